"""Words and phrases of two and three words of each article, counted in the voice asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

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
    """Of two and three words, as terms too."""
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
    """Count words and phrases of the articles `doc_ids`, in the voice asked for.

    Words are compared in lower case, house style folded (`house_style`); a phrase is two
    neighbouring words of content, or three with one of any kind between two of content ("act of
    war"). Function words always count as words of the article, whether or not they are terms. Only
    with `sentences` are the parts of an article told apart.
    """
    told = _shown(tokens, doc_ids, counting, quotes=quotes, sentences=sentences, voice=voice)
    doc, code, forms, least = told.doc, told.code, told.forms, counting.least_articles or 1
    n_forms = max(len(forms), 1)
    words = np.bincount(doc[told.words], minlength=len(doc_ids)).astype(np.float64)
    names: list[str] = []
    parts = []

    def add(at: Ints, keys: Ints, name: Callable[[int], str]) -> None:
        distinct, number = np.unique(keys, return_inverse=True)
        width = max(len(distinct), 1)
        cells, uses = np.unique(doc[at] * width + number, return_counts=True)
        row, term = cells // width, cells % width
        kept = np.flatnonzero(np.bincount(term, minlength=width) >= least)
        place = np.full(width, -1, dtype=np.int64)
        place[kept] = np.arange(len(kept)) + len(names)
        here = place[term] >= 0
        parts.append((row[here], place[term[here]], uses[here]))
        names.extend(name(int(distinct[i])) for i in kept if len(distinct))

    single = np.flatnonzero(told.shown)
    add(single, code[single], lambda key: forms[key])
    two = np.flatnonzero(told.two)
    pairs, number = np.unique(code[:-1] * n_forms + code[1:], return_inverse=True)

    def of_two(key: int) -> str:
        return f"{forms[key // n_forms]} {forms[key % n_forms]}"

    add(two, number[two], lambda key: of_two(int(pairs[key])))
    three = np.flatnonzero(told.three)
    add(
        three,
        number[three] * n_forms + code[2:][three],
        lambda key: f"{of_two(int(pairs[key // n_forms]))} {forms[key % n_forms]}",
    )
    row, term, count = (np.concatenate(column) for column in zip(*parts, strict=True))
    whole = TermCounts(tuple(doc_ids), tuple(names), words, row, term, count)
    return whole.frequent(least)


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
    told = _shown(tokens, doc_ids, counting, quotes=quotes, sentences=sentences, voice=voice)
    forms, code = told.forms, told.code
    double = np.zeros(len(code), dtype=bool)
    if not counting.house_style and len(tokens):
        double = folded(tokens).double
    number = {form: i for i, form in enumerate(forms)}
    order = np.argsort(code, kind="stable")
    bounds = np.searchsorted(code[order], np.arange(len(forms) + 1))
    rows: list[tuple[int, int, str]] = []
    for term in sorted(set(terms)):
        numbers = [number.get(word, -1) for word in term.split(" ")]
        if -1 in numbers:
            continue
        begins = (told.shown, told.two, told.three)[len(numbers) - 1]
        at = order[bounds[numbers[0]] : bounds[numbers[0] + 1]]
        at = at[at < len(begins)]
        at = at[begins[at]]
        for k, wanted in enumerate(numbers[1:], start=1):
            at = at[code[at + k] == wanted]
        for i in at.tolist():
            end = i + len(numbers) - 1
            rows.append((i, end + int(double[end]), term))
    rows.sort()
    first, last = [a for a, _, _ in rows], [b for _, b, _ in rows]
    places = {
        "doc_id": tokens["doc_id"].take(first).to_numpy(),
        "start": tokens["start"].to_numpy(np.int64)[first],
        "end": tokens["end"].to_numpy(np.int64)[last],
        "term": [term for _, _, term in rows],
    }
    return pd.DataFrame(places).astype({"doc_id": "str", "term": "str"})


class _Shown(NamedTuple):
    """Which tokens count as words, which of them as terms, and which begin a phrase."""

    doc: Ints
    """Number of each token's article."""
    code: Ints
    forms: list[str]
    words: Flags
    shown: Flags
    two: Flags
    """Whether a token and the next are a phrase."""
    three: Flags
    """Whether a token and the next two are one."""


def _shown(
    tokens: pd.DataFrame,
    doc_ids: Sequence[str],
    counting: Counting,
    *,
    quotes: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
    voice: str,
) -> _Shown:
    doc, code, forms, flags, terms, phrases = _prepare(tokens, doc_ids, counting)
    flags &= voice_mask(tokens, quotes, voice=voice)
    if sentences is not None:
        needs(sentences, "doc_id", "sentence_id", "part", table="sentences")
        wanted = sentences["part"].isin(counting.parts).to_numpy(dtype=bool)
        flags &= np.append(wanted, False)[sentence_rows(sentences, tokens)]
    content = flags & _content(forms)[code] if len(code) else flags
    small = flags & ~content
    content &= terms
    shown = flags & terms if counting.function_words else content
    two, three = (np.zeros(max(len(code) - k, 0), dtype=bool) for k in (1, 2))
    if counting.phrases and len(code) > 1:
        near = _neighbours(tokens, doc) & phrases
        two = near & content[:-1] & content[1:]
        three = near[:-1] & near[1:] & content[:-2] & (content | small)[1:-1] & content[2:]
    return _Shown(doc, code, forms, flags, shown, two, three)


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


def _neighbours(tokens: pd.DataFrame, doc: Ints) -> Flags:
    """Whether a token and the next stand in one sentence."""
    near = doc[:-1] == doc[1:]
    if "sentence_id" in tokens:
        sentence = tokens["sentence_id"].to_numpy(np.int64)
        near &= sentence[:-1] == sentence[1:]
    return near


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
