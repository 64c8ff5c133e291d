"""Words and two-word phrases of each article, counted in the voice that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.comparing.house_style import folded
from helpers.comparing.outlet_names import name_sequences, own_name_flags
from helpers.comparing.spans import sentence_rows, voice_mask
from helpers.grammar.token_codes import places, token_codes
from helpers.schema import needs

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?\.?(?:[^\W\d_]\.)*$")
_CLITICS = lexicons.words("clitics")

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Counting:
    """Which words of an article count, and which of them are terms."""

    parts: Sequence[str] = ("headline", "heading", "body")
    """Of an article, as `sentences` has them."""
    phrases: bool = True
    function_words: bool = False
    """As terms too; they are so many and so even that it is hard to see anything else."""
    least_articles: int | None = None
    """That must use a term."""
    outlets: Sequence[str] | None = None
    """Whose own names do not count."""
    aliases: Mapping[str, Sequence[str]] | None = None
    """Further names of the outlets."""
    house_style: bool = False
    """Whether words count as they are written; else what is house style is folded."""


DEFAULT = Counting()


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

    def dense(self) -> npt.NDArray[np.float32]:
        """One row per article, one column per term."""
        table = np.zeros((len(self.doc_ids), len(self.terms)), dtype=np.float32)
        table[self.doc, self.term] = self.count
        return table

    def widespread(self, most: int) -> TermCounts:
        """The counts of the terms that most articles use, at most `most` of them."""
        if len(self.terms) <= most:
            return self
        spread = self.documents()
        bar = int(np.sort(spread)[::-1][most])  # terms as spread as the first one left out go too
        return self._of(np.flatnonzero(spread > bar).tolist())

    def frequent(self, least: int) -> TermCounts:
        """The counts of the terms of at least so many articles, in alphabetical order.

        Any other order would depend on that of the articles.
        """
        kept = np.flatnonzero(self.documents() >= least).tolist()
        return self._of(sorted(kept, key=lambda i: self.terms[i]))

    def _of(self, kept: Sequence[int]) -> TermCounts:
        """The counts of some terms, in the order given."""
        place = np.full(len(self.terms), -1, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        here = place[self.term] >= 0
        return TermCounts(
            self.doc_ids,
            tuple(self.terms[i] for i in kept),
            self.words,
            self.doc[here],
            place[self.term[here]],
            self.count[here].astype(np.int64),
        )

    def documents(self) -> Ints:
        """Number of articles that use each term."""
        return np.bincount(self.term, minlength=len(self.terms))


def count_terms(
    tokens: pd.DataFrame,
    doc_ids: Sequence[str],
    counting: Counting = DEFAULT,
    *,
    quotes: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    voice: str = "author",
) -> TermCounts:
    """Count words and two-word phrases of the articles `doc_ids`, in the voice asked for.

    Words are compared in lower case, house style folded (`house_style`); a phrase is two
    neighbouring words, neither of them a function word. Function words always count as words of
    the article, whether or not they are terms. Only with `sentences` are the parts of an article
    told apart.
    """
    doc, code, forms, flags, shown, both = _shown(
        tokens, doc_ids, counting, quotes=quotes, sentences=sentences, voice=voice
    )
    n_docs, n_forms = len(doc_ids), max(len(forms), 1)
    words = np.bincount(doc[flags], minlength=n_docs).astype(np.float64)
    singles, counts = np.unique(doc[shown] * n_forms + code[shown], return_counts=True)
    parts = [(singles // n_forms, singles % n_forms, counts)]
    names = list(forms)
    if both.any():
        pair = code[:-1][both] * n_forms + code[1:][both]
        pairs, number = np.unique(pair, return_inverse=True)
        key, seen = np.unique(doc[:-1][both] * len(pairs) + number, return_counts=True)
        parts.append((key // len(pairs), key % len(pairs) + len(forms), seen))
        names += [f"{forms[p // n_forms]} {forms[p % n_forms]}" for p in pairs]
    row, term, count = (np.concatenate(column) for column in zip(*parts, strict=True))
    whole = TermCounts(tuple(doc_ids), tuple(names), words, row, term, count)
    return whole.frequent(counting.least_articles or 1)


def term_places(
    tokens: pd.DataFrame,
    doc_ids: Sequence[str],
    terms: Iterable[str],
    counting: Counting = DEFAULT,
    *,
    quotes: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per use of a term that `count_terms` counts: doc_id, start, end, term."""
    _, code, forms, _, shown, both = _shown(
        tokens, doc_ids, counting, quotes=quotes, sentences=sentences, voice=voice
    )
    wanted = set(terms)
    double = folded(tokens).double if not counting.house_style and len(tokens) else shown & False
    told = np.array([form in wanted for form in forms], dtype=bool)
    single = np.flatnonzero(shown & told[code]) if len(forms) else np.flatnonzero(shown)
    rows = [(i, i + int(double[i]), forms[code[i]]) for i in single.tolist()]
    for i in np.flatnonzero(both).tolist():
        phrase = f"{forms[code[i]]} {forms[code[i + 1]]}"
        if phrase in wanted:
            rows.append((i, i + 1, phrase))
    rows.sort()
    first, last = [a for a, _, _ in rows], [b for _, b, _ in rows]
    places = {
        "doc_id": tokens["doc_id"].to_numpy()[first],
        "start": tokens["start"].to_numpy(np.int64)[first],
        "end": tokens["end"].to_numpy(np.int64)[last],
        "term": [term for _, _, term in rows],
    }
    return pd.DataFrame(places).astype({"doc_id": "str", "term": "str"})


def _shown(
    tokens: pd.DataFrame,
    doc_ids: Sequence[str],
    counting: Counting,
    *,
    quotes: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
    voice: str,
) -> tuple[Ints, Ints, list[str], Flags, Flags, Flags]:
    """Article and form of every token, the forms, and which tokens count as words, which of them
    as terms, and which make a phrase with the next."""
    doc, code, forms, flags, terms, phrases = _prepare(tokens, doc_ids, counting)
    flags &= voice_mask(tokens, quotes, voice=voice)
    if sentences is not None:
        needs(sentences, "doc_id", "sentence_id", "part", table="sentences")
        wanted = sentences["part"].isin(counting.parts).to_numpy(dtype=bool)
        flags &= np.append(wanted, False)[sentence_rows(sentences, tokens)]
    content = flags & _content(forms)[code] if len(code) else flags
    content &= terms
    shown = flags & terms if counting.function_words else content
    both = np.zeros(max(len(code) - 1, 0), dtype=bool)
    if counting.phrases and len(code) > 1:
        both = _neighbours(tokens, doc, content) & phrases
    return doc, code, forms, flags, shown, both


def _prepare(
    tokens: pd.DataFrame, doc_ids: Sequence[str], counting: Counting
) -> tuple[Ints, Ints, list[str], Flags, Flags, Flags]:
    """Article number, form number and "is a word" of every token; the forms in lower case.

    The last two: whether a token may be a term, and whether it and the next may be a phrase.
    """
    needs(tokens, "doc_id", "start", "end", "text", table="tokens")
    forms = token_codes(tokens)
    doc = places(forms.doc_ids, list(doc_ids))[forms.doc] if len(tokens) else forms.doc
    lowered = [text.lower().replace("’", "'") for text in forms.spellings]
    is_word = np.array(
        [low not in _CLITICS and _WORD.match(text) is not None
         for text, low in zip(forms.spellings, lowered, strict=True)], dtype=bool
    )  # fmt: skip
    upper = np.array([text[:1].isupper() for text in forms.spellings], dtype=bool)
    flags = is_word[forms.raw] & (doc >= 0)
    own = name_sequences(counting.outlets or (), counting.aliases)
    flags &= ~own_name_flags(forms.code, upper[forms.raw], forms.lowered, own)
    if counting.house_style or not len(tokens):
        every = np.ones(len(forms.code), dtype=bool)
        return doc, forms.code, forms.lowered, flags, every, every[1:]
    told = folded(tokens)
    names = told.proper[:-1] & told.proper[1:]
    return doc, told.code, told.forms, flags, told.shown, ~(names | told.double[:-1])


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


def joined(parts: Iterable[TermCounts], *, least_articles: int = 1) -> TermCounts:
    """The counts of several sets of articles as one, terms of at least so many of them."""
    number: dict[str, int] = {}
    doc_ids: list[str] = []
    words, columns = [], []
    for part in parts:
        place = np.array([number.setdefault(t, len(number)) for t in part.terms], dtype=np.int64)
        columns.append((part.doc + len(doc_ids), place[part.term], part.count))
        words.append(part.words)
        doc_ids += part.doc_ids
    row, term, count = (np.concatenate(column) for column in zip(*columns, strict=True))
    whole = TermCounts(tuple(doc_ids), tuple(number), np.concatenate(words), row, term, count)
    return whole.frequent(least_articles)


@cache
def function_words() -> frozenset[str]:
    """Words without content of their own (`data/lexicons/en/function_words.csv`)."""
    return frozenset(lexicons.load("function_words")["word"])
