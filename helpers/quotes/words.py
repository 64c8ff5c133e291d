"""Words that report, and how often they do in each construction.

The counts in ``data/lexicons/reporting_constructions.csv`` say how often a word reports speech in
each of the constructions it takes. They are kept apart because they differ: "agreed that" nearly
always reports, "agreed to" often, "agreed with" seldom.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers import lexicons


class Word(NamedTuple):
    """One word that may report."""

    lemma: str
    stance: str
    share: dict[str, float]
    """How often it reports, by construction; smoothed towards all words in that construction."""


_SMOOTHING = 3.0
NOTHING: dict[str, float] = {}


@cache
def _stances() -> dict[str, str]:
    table = lexicons.load("reporting_verbs")
    return dict(zip(table["lemma"], table["stance"], strict=True))


@cache
def thoughts() -> frozenset[str]:
    """Lemmas that report what someone thinks or feels rather than says."""
    table = lexicons.load("reporting_verbs")
    return frozenset(table.loc[table["act"] == "thought", "lemma"])


@cache
def words(pos: str) -> dict[str, Word]:
    """The reporting words of one part of speech (verb, noun, adjective), by lemma."""
    table = lexicons.load("reporting_constructions")
    table = table[table["pos"] == pos]
    met = [int(n) for n in table["n"]]
    reports = [int(n) for n in table["n_reports"]]
    rows = list(zip(table["lemma"], table["construction"], met, reports, strict=True))
    of_lemma: dict[str, list[int]] = {}
    of_construction: dict[str, list[int]] = {}
    for lemma, construction, n, r in rows:
        for key, totals in ((lemma, of_lemma), (construction.split()[0], of_construction)):
            total = totals.setdefault(key, [0, 0])
            total[0] += n
            total[1] += r
    stance = _stances()
    out = {lemma: Word(lemma, stance.get(lemma, "neutral"), {}) for lemma in of_lemma}
    for lemma, construction, n, r in rows:
        a, b = of_lemma[lemma], of_construction[construction.split()[0]]
        expected = (a[1] / a[0] + b[1] / b[0]) / 2
        out[lemma].share[construction] = (r + _SMOOTHING * expected) / (n + _SMOOTHING)
    if pos == "verb":
        for lemma, kind in stance.items():  # listed by hand, never met where it was counted
            out.setdefault(lemma, Word(lemma, kind, {"clause": 0.8, "quote": 0.8, "bare": 0.6}))
    return out
