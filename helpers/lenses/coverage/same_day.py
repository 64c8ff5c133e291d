"""Whether an article of the same days tells a thing of the same actors, at a lower bar.

An outlet that quotes one speech reports it by other sentences, in fewer words or without marks,
and tells who attacked whom by another verb. Between articles of one day that much is a doubt; weeks
apart the same speaker says the same word of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
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
    """Those that somebody says in it."""
    deeds: set[str]


class SameDay:
    """The sentences of all articles, to be asked which of the same days tell one of them."""

    def __init__(
        self, row: Ints, feature: Ints, names: list[str], doc: Ints, texts: list[str], days: Floats
    ) -> None:
        """Features are those of `sentence_features`; ``days`` are the articles', NaN: unknown."""
        self._doc, self._texts, self._days = doc, texts, days
        self._marked, self._since = _with_marks(texts, doc)
        order = np.argsort(row, kind="stable")
        self._feature, self._names = feature[order], names
        self._begins = np.searchsorted(row[order], np.arange(len(texts) + 1))
        self._known: dict[int, _Made] = {}
        self._actors: list[set[str]] = [set() for _ in texts]
        named = np.array([name[0] == "@" for name in names], dtype=bool)[feature]
        for r, f in zip(row[named].tolist(), feature[named].tolist(), strict=True):
            self._actors[r].add(names[f])
        self._by_actor: dict[tuple[str, float], list[int]] = {}
        for r, actors in enumerate(self._actors):
            for name in actors if doc[r] >= 0 else ():
                self._by_actor.setdefault((name, self._day(r)), []).append(r)
        self._rare = self._rare_stems(row, feature)

    def _rare_stems(self, row: Ints, feature: Ints) -> set[str]:
        number: dict[str, int] = {}
        stems = [number.setdefault(n[:STEM], len(number)) if n[0] not in "@#" else -1
                 for n in self._names]  # fmt: skip
        stem = np.array(stems, dtype=np.int64)[feature]
        used, width = stem >= 0, len(self._days) + 1
        pairs = np.unique(stem[used] * width + self._doc[row[used]] + 1)
        docs = np.bincount(pairs // width, minlength=len(number))
        few = docs <= max(FEW, COMMON * len(self._days))
        return {name for name, i in number.items() if few[i]}

    def _made(self, r: int) -> _Made:
        """What a sentence is made of, worked out when it is first asked for."""
        if r not in self._known:
            features = self._feature[self._begins[r] : self._begins[r + 1]].tolist()
            held = {self._names[f] for f in features}
            stems = {n[:STEM] for n in held if n[0] not in "@#"}
            deeds = {g for n in held if (g := _deeds().get(n))}
            self._known[r] = _Made(stems, _spoken(self._marked[r], stems), deeds)
        return self._known[r]

    def by(self, sentence: int) -> set[int]:
        """The rows of sentences that tell it, or a part of the speech that it tells."""
        places = ((n, day) for n in self._around(sentence) for day in self._near(sentence))
        near = {r for place in places for r in self._by_actor.get(place, ())}
        beside = {n for r in near for n in (r - 1, r + 1) if 0 <= n < len(self._doc)
                  and self._doc[n] == self._doc[r]}  # fmt: skip
        others = (r for r in near | beside if self._doc[r] != self._doc[sentence])
        return {r for r in others if self._tells(sentence, r)}

    def _around(self, r: int) -> set[str]:
        """The actors of a sentence, of those beside it and of those since its quotation opened."""
        rows = range(max(self._since[r] - 1, 0), min(r + 2, len(self._doc)))
        return {a for n in rows if self._doc[n] == self._doc[r] for a in self._actors[n]}

    def _day(self, r: int) -> float:
        """The day of a sentence; -1 where it is unknown."""
        day = self._days[self._doc[r]]
        return -1.0 if np.isnan(day) else float(day)

    def _near(self, r: int) -> list[float]:
        """The days whose articles may tell what a sentence tells."""
        day, few = self._day(r), len(self._days) <= UNDATED
        if day < 0:
            return sorted({key[1] for key in self._by_actor}) if few else []
        return [day + n for n in range(-DAYS, DAYS + 1)] + ([-1.0] if few else [])

    def _tells(self, a: int, b: int) -> bool:
        one, two = self._made(a), self._made(b)
        mine, other = one.spoken & self._rare, two.spoken & self._rare
        if mine & other:
            return True
        if max(len(mine & two.stems), len(other & one.stems)) >= SPOKEN:
            return True
        if len(self._actors[a] & self._actors[b]) >= 2 and one.deeds & two.deeds:
            return True
        counted = _FIGURE.search(self._texts[a]) and _MAJORITY.search(self._texts[b].lower())
        return bool(counted) and len(one.stems & two.stems) >= SPOKEN


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
