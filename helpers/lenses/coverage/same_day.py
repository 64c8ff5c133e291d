"""Whether an article of the same days tells a thing of the same actors, at a lower bar.

An outlet that quotes one speech reports it by other sentences, in fewer words or without marks,
and tells who attacked whom by another verb. Between articles of one day that much is a doubt; weeks
apart the same speaker says the same word of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.lenses.coverage.other_words import MARKED, STEM
from helpers.lexicons import load, words

DAYS = 3
"""Days between two articles that tell the news of one day, and what follows on it."""
UNDATED = 100
"""Articles without dates beyond which nothing is said to be of one day."""
COMMON, FEW = 0.1, 3
"""Share of the articles from which a word is no rare one; a word of so few articles always is."""
LONGEST = 8
"""Sentences of a quotation beyond which a mark was forgotten."""
SPOKEN = 2
"""Words of a speech that tell it without its marks."""

_WORD = re.compile(r"[a-z]{4,}")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|me)\b")
_FIGURE = re.compile(r"\d\s?(?:%|percent|per cent)")
_MAJORITY = re.compile(
    r"\b(?:" + "|".join(w.replace("_", " ") for w in sorted(words("words_of_majority"))) + r")\b"
)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class _Made(NamedTuple):
    """What a sentence is made of."""

    stems: set[str]
    spoken: set[str]
    """The rare ones of those that somebody says in it."""


class SameDay:
    """The sentences of all articles, to be asked which of the same days tell one of them.

    Sentences are looked up by what they would have to share, so that the work grows with those that
    share it and not with all that name an actor on a day.
    """

    def __init__(
        self, row: Ints, feature: Ints, names: list[str], doc: Ints, texts: list[str], days: Floats
    ) -> None:
        """Features are those of `sentence_features`; ``days`` are the articles', NaN: unknown."""
        self._doc, self._texts, self._undated = doc, texts, len(days) <= UNDATED
        self._day = np.where(np.isnan(days), -1.0, days)[doc] if len(days) else np.zeros(len(doc))
        self._marked, self._since = _with_marks(texts, doc)
        order = np.argsort(row, kind="stable")
        self._feature, self._names = feature[order], names
        self._begins = np.searchsorted(row[order], np.arange(len(texts) + 1))
        self._actors: list[set[str]] = [set() for _ in texts]
        named = np.array([name[0] == "@" for name in names], dtype=bool)[feature]
        for r, f in zip(row[named].tolist(), feature[named].tolist(), strict=True):
            self._actors[r].add(names[f])
        inside = doc[row] >= 0
        deeds = [_deeds().get(name, "") for name in names]
        self._with_deed = _rows_by(deeds, row[inside], feature[inside])
        stems = ["" if name[0] in "@#" else name[:STEM] for name in names]
        self._with_stem = _rows_by(stems, row[inside], feature[inside])
        most = max(FEW, COMMON * len(days))
        self._rare = {s for s, rows in self._with_stem.items() if len(np.unique(doc[rows])) <= most}
        self._with_spoken = self._said()

    def _said(self) -> dict[str, Ints]:
        """The sentences in which somebody says each of the rare stems."""
        found: dict[str, list[int]] = {}
        for r in np.flatnonzero(self._doc >= 0).tolist():
            text = self._marked[r]
            if MARKED.search(text) or _FIRST_PERSON.search(text):
                for stem in self._made(r).spoken:
                    found.setdefault(stem, []).append(r)
        return {stem: np.array(rows, dtype=np.int64) for stem, rows in found.items()}

    def _held(self, r: int) -> list[str]:
        features = self._feature[self._begins[r] : self._begins[r + 1]].tolist()
        return [self._names[f] for f in features]

    def _made(self, r: int) -> _Made:
        stems = {name[:STEM] for name in self._held(r) if name[0] not in "@#"}
        return _Made(stems, _spoken(self._marked[r], stems) & self._rare)

    def by(self, sentence: int) -> set[int]:
        """The rows of sentences that tell it, or a part of the speech that it tells."""
        found = np.unique(np.concatenate(self._telling(sentence)))
        found = found[self._doc[found] != self._doc[sentence]]
        around = self._around(sentence)
        return {r for r in found.tolist() if any(self._actors[n] & around for n in self._beside(r))}

    def _telling(self, r: int) -> list[Ints]:
        """The sentences of the same days that tell one, whomever they name."""
        one = self._made(r)
        told = [
            self._of_days(r, _each(self._with_spoken, one.spoken)),
            _several(self._of_days(r, _each(self._with_stem, one.spoken))),
            _several(self._of_days(r, _each(self._with_spoken, one.stems))),
        ]
        deeds = {group for name in self._held(r) if (group := _deeds().get(name))}
        done = self._of_days(r, _each(self._with_deed, deeds)).tolist()
        same = [n for n in done if len(self._actors[r] & self._actors[n]) >= 2]
        if _FIGURE.search(self._texts[r]):
            most = self._of_days(r, [self._majorities]).tolist()
            same += [n for n in most if len(one.stems & self._made(n).stems) >= SPOKEN]
        return [*told, np.array(same, dtype=np.int64)]

    @cached_property
    def _majorities(self) -> Ints:
        """The sentences that speak of a majority."""
        inside = np.flatnonzero(self._doc >= 0).tolist()
        found = [r for r in inside if _MAJORITY.search(self._texts[r].lower())]
        return np.array(found, dtype=np.int64)

    def _of_days(self, r: int, lists: Sequence[Ints]) -> Ints:
        """The rows of all lists whose days are near to that of one sentence."""
        rows = np.concatenate([*lists, np.zeros(0, dtype=np.int64)])
        own, day = self._day[r], self._day[rows]
        if own < 0:
            return rows if self._undated else rows[:0]
        near = (day >= 0) & (np.abs(day - own) <= DAYS)
        return rows[near | (day < 0)] if self._undated else rows[near]

    def _beside(self, r: int) -> Iterator[int]:
        """A sentence and those beside it."""
        rows = range(max(r - 1, 0), min(r + 2, len(self._doc)))
        return (n for n in rows if self._doc[n] == self._doc[r])

    def _around(self, r: int) -> set[str]:
        """The actors of a sentence, of those beside it and of those since its quotation opened."""
        rows = range(max(self._since[r] - 1, 0), min(r + 2, len(self._doc)))
        return {a for n in rows if self._doc[n] == self._doc[r] for a in self._actors[n]}


def _rows_by(groups: Sequence[str], row: Ints, feature: Ints) -> dict[str, Ints]:
    """Of each group of features (empty: none) the sentences that hold one of them, in order."""
    number: dict[str, int] = {}
    of = np.array([number.setdefault(g, len(number)) if g else -1 for g in groups], dtype=np.int64)
    group = of[feature]
    width = int(row.max(initial=0)) + 1
    pairs = np.unique(group[group >= 0] * width + row[group >= 0])
    ends = np.searchsorted(pairs, np.arange(len(number) + 1) * width)
    return {name: pairs[ends[i] : ends[i + 1]] % width for name, i in number.items()}


def _each(rows: Mapping[str, Ints], keys: Iterable[str]) -> list[Ints]:
    return [rows[key] for key in keys if key in rows]


def _several(rows: Ints) -> Ints:
    """The rows that stand in a list `SPOKEN` times."""
    found, times = np.unique(rows, return_counts=True)
    return found[times >= SPOKEN]


def days_of(articles: pd.DataFrame) -> Floats:
    """Of each article the day on which it was published, as a number; NaN where that is unknown."""
    if "published" not in articles:
        return np.full(len(articles), np.nan)
    days = pd.to_datetime(articles["published"].astype("str").str[:10], errors="coerce")
    return np.asarray((days - pd.Timestamp("1970-01-01")).dt.days, dtype=np.float64)


def _with_marks(texts: list[str], doc: Ints) -> tuple[list[str], list[int]]:
    """The sentences, each with the mark that still is open, and the row in which that opened."""
    marked: list[str] = []
    since: list[int] = []
    for r, text in enumerate(texts):
        goes_on = r > 0 and doc[r] == doc[r - 1] and r - since[-1] < LONGEST
        open_mark = _open_mark(marked[-1]) if goes_on else ""
        goes_on = bool(open_mark) and not text.lstrip().startswith(("“", '"'))
        since.append(since[-1] if goes_on else r)
        marked.append(open_mark + text if goes_on else text)
    return marked, since


def _open_mark(text: str) -> str:
    """The quotation mark that a text leaves open; empty: none."""
    if "“" in text:
        return "“" if text.rindex("“") > text.rfind("”") else ""
    return '"' if text.count('"') % 2 else ""


def _spoken(text: str, held: Iterable[str]) -> set[str]:
    """The stems of the content words between quotation marks, or of all that "I" say without."""
    known = set(held)
    if not MARKED.search(text) and _FIRST_PERSON.search(text):
        return known
    marked = " ".join(m[1] or m[2] or m[3] or "" for m in MARKED.finditer(text))
    found = {w[:STEM] for w in _WORD.findall(marked.lower())}
    return found & known


@cache
def _deeds() -> dict[str, str]:
    """The group of each verb that tells a deed for or against somebody."""
    table = load("verb_groups").dropna(subset="polarity")
    return dict(zip(table["lemma"], table["group"], strict=True))
