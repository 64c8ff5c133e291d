"""Words and two-word phrases of each article, counted in the voice that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.grammar.forms import forms_of, places
from helpers.schema import needs

VOICE_CHOICES = ("author", "quoted", "reported", "all")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?\.?(?:[^\W\d_]\.)*$")
_CLITICS = frozenset("n't n’t 's ’s s t 're ’re 've ’ve 'll ’ll 'd ’d 'm ’m st nd rd th".split())
_MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_SPAN = 1 << 32  # one article's stretch on the common line of positions
_GENERIC = frozenset("the online web news media digital com writer guest opinion".split())

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class TermCounts:
    """How often each article uses each term, with the words of the article as denominator."""

    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]
    words: npt.NDArray[np.float64]
    """Counted words of each article, phrases not among them."""
    doc: Ints
    term: Ints
    count: Ints
    """Three columns of one sparse table: article number, term number, occurrences."""

    def dense(self, at: slice | Sequence[int] | None = None) -> npt.NDArray[np.float32]:
        """One row per article, one column per term (or per term of the slice `at`)."""
        wanted = np.arange(len(self.terms))[at if at is not None else slice(None)]
        place = np.full(len(self.terms), -1)
        place[wanted] = np.arange(len(wanted))
        keep = place[self.term] >= 0
        table = np.zeros((len(self.doc_ids), len(wanted)), dtype=np.float32)
        table[self.doc[keep], place[self.term[keep]]] = self.count[keep]
        return table

    def widespread(self, most: int) -> TermCounts:
        """The counts of the terms that most articles use, at most `most` of them."""
        if len(self.terms) <= most:
            return self
        spread = self.documents()
        bar = int(np.sort(spread)[::-1][most])  # terms as spread as the first one left out go too
        place = np.full(len(self.terms), -1, dtype=np.int64)
        kept = np.flatnonzero(spread > bar)
        place[kept] = np.arange(len(kept))
        here = place[self.term] >= 0
        return TermCounts(
            self.doc_ids,
            tuple(self.terms[i] for i in kept.tolist()),
            self.words,
            self.doc[here],
            place[self.term[here]],
            self.count[here],
        )

    def documents(self) -> Ints:
        """Number of articles that use each term."""
        return np.bincount(self.term, minlength=len(self.terms))


def voice_mask(spans: pd.DataFrame, quotes: pd.DataFrame | None, *, voice: str) -> Flags:
    """One flag per row of `spans`: whether its first character is in the voice asked for.

    Only the quotes are needed. The author's voice is everything outside their spans; "quoted" is
    inside a direct quotation or between the marks of a mixed one, "reported" is the paraphrase.
    A column `voice` that is already filled is believed.
    """
    if voice not in VOICE_CHOICES:
        raise ValueError(f"voice must be one of {', '.join(VOICE_CHOICES)}, not {voice!r}")
    known = "voice" in spans and bool(spans["voice"].notna().any())
    if voice == "all" or (quotes is None and not known):
        return np.ones(len(spans), dtype=bool)
    if known:
        return (spans["voice"] == voice).to_numpy(dtype=bool)
    assert quotes is not None
    needs(quotes, "doc_id", "start", "end", table="quotes")
    number, names = pd.factorize(spans["doc_id"])
    at = number.astype(np.int64) * _SPAN + spans["start"].to_numpy(np.int64)
    # quotes of articles without a span lie behind everything
    base = places(quotes["doc_id"].tolist(), names.tolist()) % (len(names) + 1) * _SPAN
    starts = base + quotes["start"].to_numpy(np.int64)
    ends = base + quotes["end"].to_numpy(np.int64)
    if voice == "author":
        return ~_inside(at, starts, ends)
    direct = (quotes["kind"] == "direct").to_numpy(dtype=bool)
    pieces = _marked(quotes[~direct], starts[~direct])
    quoted = _inside(at, np.r_[starts[direct], pieces[:, 0]], np.r_[ends[direct], pieces[:, 1]])
    if voice == "quoted":
        return quoted
    return _inside(at, starts[~direct], ends[~direct]) & ~quoted


def _marked(quotes: pd.DataFrame, starts: Ints) -> Ints:
    """Where quotation marks stand inside a paraphrase: begin and end of every marked piece."""
    if "text" not in quotes:
        return np.zeros((0, 2), dtype=np.int64)
    found = [
        (begin + m.start(), begin + m.end())
        for text, begin in zip(quotes["text"].tolist(), starts.tolist(), strict=True)
        for m in _MARKED.finditer(text)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _inside(at: Ints, starts: Ints, ends: Ints) -> Flags:
    """Whether each position lies in any of the half-open stretches, which may overlap."""
    if not len(starts):
        return np.zeros(len(at), dtype=bool)
    order = np.argsort(starts, kind="stable")
    opened, reach = starts[order], np.maximum.accumulate(ends[order])
    last = np.searchsorted(opened, at, side="right") - 1
    return (last >= 0) & (at < reach[np.maximum(last, 0)])


def count_terms(
    tokens: pd.DataFrame,
    *,
    doc_ids: Sequence[str],
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
    outlets: Iterable[str] = (),
    aliases: Mapping[str, Sequence[str]] | None = None,
    phrases: bool = True,
    function: bool = False,
    minimum: int = 1,
    keep: Flags | None = None,
) -> TermCounts:
    """Count words and two-word phrases of the articles `doc_ids`, terms in >= `minimum` of them.

    Words are compared in lower case; a phrase is two neighbouring words, neither of them a
    function word. Function words are terms only with `function` (their many and even counts make
    it harder to see anything else), but they always count as words of the article. The names of
    the `outlets` themselves (and their `aliases`) are left out: that an outlet names itself says
    nothing about how it tells a story. `keep` flags tokens to count.
    """
    doc, code, forms, flags = _prepare(tokens, doc_ids, outlets, aliases)
    flags &= voice_mask(tokens, quotes, voice=voice)
    if keep is not None:
        flags &= keep
    n_docs, n_forms = len(doc_ids), max(len(forms), 1)
    words = np.bincount(doc[flags], minlength=n_docs).astype(np.float64)
    content = flags & _content(forms)[code] if len(code) else flags
    shown = flags if function else content
    singles, counts = np.unique(doc[shown] * n_forms + code[shown], return_counts=True)
    parts = [(singles // n_forms, singles % n_forms, counts)]
    names = list(forms)
    if phrases and len(code) > 1:
        both = _neighbours(tokens, doc, content)
        pair = code[:-1][both] * n_forms + code[1:][both]
        pairs, number = np.unique(pair, return_inverse=True)
        if len(pairs):
            key, seen = np.unique(doc[:-1][both] * len(pairs) + number, return_counts=True)
            parts.append((key // len(pairs), key % len(pairs) + len(forms), seen))
            names += [f"{forms[p // n_forms]} {forms[p % n_forms]}" for p in pairs]
    row, term, count = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _frequent(tuple(doc_ids), names, words, row, term, count, minimum)


def _prepare(
    tokens: pd.DataFrame,
    doc_ids: Sequence[str],
    outlets: Iterable[str],
    aliases: Mapping[str, Sequence[str]] | None,
) -> tuple[Ints, Ints, list[str], Flags]:
    """Article number, form number and "is a word" of every token; the forms in lower case."""
    needs(tokens, "doc_id", "start", "end", "text", table="tokens")
    forms = forms_of(tokens)
    doc = places(forms.doc_ids, list(doc_ids))[forms.doc] if len(tokens) else forms.doc
    lowered = [text.lower().replace("’", "'") for text in forms.spellings]
    is_word = np.array(
        [low not in _CLITICS and _WORD.match(text) is not None
         for text, low in zip(forms.spellings, lowered, strict=True)], dtype=bool
    )  # fmt: skip
    upper = np.array([text[:1].isupper() for text in forms.spellings], dtype=bool)
    flags = is_word[forms.raw] & (doc >= 0)
    sequences = name_sequences(outlets, aliases)
    flags &= ~_own_names(forms.code, upper[forms.raw], forms.lowered, sequences)
    return doc, forms.code, forms.lowered, flags


def _content(forms: list[str]) -> Flags:
    small = function_words()
    return np.array([form not in small for form in forms], dtype=bool)


def _neighbours(tokens: pd.DataFrame, doc: Ints, content: Flags) -> Flags:
    """Whether a token and the next make a phrase: same sentence, both counted, both content."""
    both = content[:-1] & content[1:] & (doc[:-1] == doc[1:])
    if "sentence_id" in tokens:
        sentence = tokens["sentence_id"].to_numpy(np.int64)
        both &= sentence[:-1] == sentence[1:]
    return both


def _frequent(
    doc_ids: tuple[str, ...],
    names: list[str],
    words: npt.NDArray[np.float64],
    row: Ints,
    term: Ints,
    count: Ints,
    minimum: int,
) -> TermCounts:
    """Keep terms of enough articles, in alphabetical order, so that nothing depends on input."""
    spread = np.bincount(term, minlength=len(names))
    kept = sorted(np.flatnonzero(spread >= max(minimum, 1)).tolist(), key=lambda i: names[i])
    place = np.full(len(names), -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    here = place[term] >= 0
    return TermCounts(
        doc_ids=doc_ids,
        terms=tuple(names[i] for i in kept),
        words=words,
        doc=row[here],
        term=place[term[here]],
        count=count[here].astype(np.int64),
    )


def joined(parts: Iterable[TermCounts], *, minimum: int = 1) -> TermCounts:
    """The counts of several sets of articles as one, terms in >= `minimum` of them."""
    number: dict[str, int] = {}
    doc_ids: list[str] = []
    words, columns = [], []
    for part in parts:
        place = np.array([number.setdefault(t, len(number)) for t in part.terms], dtype=np.int64)
        columns.append((part.doc + len(doc_ids), place[part.term], part.count))
        words.append(part.words)
        doc_ids += part.doc_ids
    row, term, count = (np.concatenate(column) for column in zip(*columns, strict=True))
    return _frequent(tuple(doc_ids), list(number), np.concatenate(words), row, term, count, minimum)


def term_hits(
    tokens: pd.DataFrame,
    terms: Iterable[str],
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per occurrence of a term: doc_id, start, end, term (and sentence_id where known)."""
    wanted = sorted(set(terms))
    forms = forms_of(tokens)
    flags = voice_mask(tokens, quotes, voice=voice)
    starts, ends = tokens["start"].to_numpy(np.int64), tokens["end"].to_numpy(np.int64)
    docs, code = forms.doc, forms.code
    number = {form: i for i, form in enumerate(forms.lowered)}
    rows: list[tuple[int, int, str]] = []
    for term in wanted:
        first, _, second = term.partition(" ")
        at = np.flatnonzero((code == number.get(first, -1)) & flags)
        if second:
            at = at[at + 1 < len(code)]
            at = at[(code[at + 1] == number.get(second, -1)) & flags[at + 1]]
            at = at[docs[at] == docs[at + 1]]
        rows += [(int(i), int(i) + bool(second), term) for i in at]
    rows.sort()
    table: dict[str, Any] = {
        "doc_id": [forms.doc_ids[docs[a]] for a, _, _ in rows],
        "start": np.array([starts[a] for a, _, _ in rows], dtype=np.int64),
        "end": np.array([ends[b] for _, b, _ in rows], dtype=np.int64),
        "term": [term for _, _, term in rows],
    }
    if "sentence_id" in tokens:
        table["sentence_id"] = tokens["sentence_id"].to_numpy()[[a for a, _, _ in rows]]
    return pd.DataFrame(table).astype({"doc_id": "str", "term": "str"})


# ------------------------------------------------------------------------- outlets' own names


def name_sequences(
    outlets: Iterable[str], aliases: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, ...]]:
    """The word sequences, in lower case, by which outlets call themselves.

    >>> name_sequences(["NPR Online News", "The Evening Lantern"])
    [('evening', 'lantern'), ('npr',), ('npr', 'online', 'news')]
    """
    found: set[tuple[str, ...]] = set()
    for outlet in outlets:
        for name in (outlet, *(aliases or {}).get(outlet, ())):
            plain = re.sub(r"\(.*?\)", " ", str(name))
            words = re.findall(r"[^\W_][\w’'.&]*", plain)
            kept = words[1:] if len(words) > 1 and words[0].lower() == "the" else words
            core = [word for word in kept if word.lower() not in _GENERIC]
            found.add(tuple(word.lower() for word in kept))
            if len(core) == 1 and (len(kept) == 1 or core[0].isupper()):
                found.add((core[0].lower(),))
            capitals = [word for word in kept if word.isupper() and len(word) > 1]
            if capitals and len(capitals) < len(kept):
                found |= {(word.lower(),) for word in capitals}
    return sorted(found - {()})


def _own_names(
    code: Ints, upper: Flags, forms: list[str], sequences: list[tuple[str, ...]]
) -> Flags:
    """Tokens that belong to an outlet's name; only where the text writes it with a capital."""
    number = {form: i for i, form in enumerate(forms)}
    hidden = np.zeros(len(code), dtype=bool)
    initials = np.array([ord(form[0]) if form else 0 for form in forms], dtype=np.int32)
    first_letter = initials[code] if forms else code
    for words in sequences:
        wanted = [number.get(word, -2) for word in words]
        _mark(hidden, upper, [code == w for w in wanted])
        if len(words) == 1 and 3 <= len(words[0]) <= 5 and words[0].isalpha():
            letters = [first_letter == ord(letter) for letter in words[0]]
            _mark(hidden, upper, [flag & upper for flag in letters])
    return hidden


def _mark(hidden: Flags, upper: Flags, steps: list[Flags]) -> None:
    """Flag every run of tokens that takes the steps one after the other, capital first."""
    length = len(steps)
    if length > len(hidden):
        return
    ends = len(hidden) - length + 1
    run = upper[:ends].copy()
    for k, step in enumerate(steps):
        run &= step[k : k + ends]
    at = np.flatnonzero(run)
    for k in range(length):
        hidden[at + k] = True


@cache
def function_words() -> frozenset[str]:
    """Words without content of their own (`data/lexicons/en/function_words.csv`)."""
    return frozenset(lexicons.load("function_words")["word"])
