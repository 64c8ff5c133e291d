"""Words that report, and how often they do in each construction.

The counts in ``reporting_constructions.csv`` say how often a word reports speech in
each of the constructions it takes. They are kept apart because they differ: "agreed that" nearly
always reports, "agreed to" often, "agreed with" seldom.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from helpers import lexicons


class ReportingWord(NamedTuple):
    """One word that may report."""

    lemma: str
    stance: str
    share: dict[str, float]
    """How often it reports, by construction; smoothed towards all words in that construction."""
    marked: dict[str, float]
    """How often the attribution that is found there is a marked one, likewise."""


SAYING = ("bare", "quote", "clause")
"""The constructions of saying: “…,” he said; he said, “…”; he said that …"""
CUE = 0.42
"""Share of reports from which a word in its construction is a cue to the words around it …"""
MOSTLY = 0.6
"""… is one that mostly reports …"""
NEARLY_ALWAYS = 0.8
"""… and one that does hardly anything else."""
_SMOOTHING = 3.0


def says(
    word: ReportingWord | None, at_least: float, constructions: Iterable[str] = SAYING
) -> bool:
    """Whether a word reports so often (`CUE`, `MOSTLY` …) in one of the ``constructions``.

    >>> says(reporting_words("verb")["say"], NEARLY_ALWAYS), says(None, CUE)
    (True, False)
    """
    return word is not None and any(word.share.get(name, 0.0) >= at_least for name in constructions)


def _stances() -> dict[str, str]:
    table = lexicons.load("reporting_verbs")
    return dict(zip(table["lemma"], table["stance"], strict=True))


@cache
def acts() -> dict[str, str]:
    """What each verb reports: speech, a thought, or an attitude that needs no words."""
    table = lexicons.load("reporting_verbs")
    return dict(zip(table["lemma"], table["act"], strict=True))


class Tally:
    """How often the words of one part of speech were met, and how often it was so."""

    def __init__(self, rows: Iterable[tuple[str, str, int, int]]) -> None:
        """``rows``: lemma, construction, times met, times it was so."""
        self.cells: dict[tuple[str, str], tuple[int, int]] = {}
        self._lemmas: dict[str, list[int]] = {}
        self._constructions: dict[str, list[int]] = {}
        for lemma, construction, n, r in rows:
            self.cells[lemma, construction] = n, r
            for key, totals in (
                (lemma, self._lemmas), (construction.split()[0], self._constructions),
            ):  # fmt: skip
                total = totals.setdefault(key, [0, 0])
                total[0] += n
                total[1] += r

    def share(self, lemma: str, construction: str, *, without: tuple[int, int] = (0, 0)) -> float:
        """The smoothed share, ``without`` so many cases that are to be left out of it."""
        out, so = without
        n, r = self.cells[lemma, construction]
        a, b = self._lemmas[lemma], self._constructions[construction.split()[0]]
        all_of = (b[1] - so) / max(b[0] - out, 1)
        expected = (all_of + ((a[1] - so) / (a[0] - out) if a[0] > out else all_of)) / 2
        return (r - so + _SMOOTHING * expected) / (n - out + _SMOOTHING)


def tally(pos: str, cases: str, hits: str) -> Tally:
    """The counts of one part of speech: of the ``cases`` (a column) how many are ``hits``."""
    table = lexicons.load("reporting_constructions")
    table = table[table["pos"] == pos]
    met, so = table[cases].astype(int), table[hits].astype(int)
    return Tally(zip(table["lemma"], table["construction"], met, so, strict=True))


@cache
def reporting_words(pos: str) -> dict[str, ReportingWord]:
    """The reporting words of one part of speech (verb, noun, adjective), by lemma."""
    reports, marked = tally(pos, "n", "n_reports"), tally(pos, "n_found", "n_marked")
    stance = _stances()
    out: dict[str, ReportingWord] = {}
    for lemma, construction in reports.cells:
        word = out.get(lemma)
        if word is None:
            word = ReportingWord(lemma, stance.get(lemma, "neutral"), {}, {})
            out[lemma] = word
        word.share[construction] = reports.share(lemma, construction)
        word.marked[construction] = marked.share(lemma, construction)
    if pos == "verb":
        for lemma, kind in stance.items():  # listed by hand, never met where it was counted
            by_hand = {"clause": 0.8, "quote": 0.8, "bare": 0.6}
            out.setdefault(lemma, ReportingWord(lemma, kind, by_hand, by_hand))
    return out
