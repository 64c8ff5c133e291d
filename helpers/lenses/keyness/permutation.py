"""The verdict on terms: a permutation of the outlets' names within events.

The statistic is the excess of a term over what its event's articles would give an average teller,
divided by a spread that lies between that of independent words and that of the articles as they
are, with a constant added (a moderated t, after Tusher, Tibshirani and Chu 2001 and Smyth 2004).
Each further use of a word in an article counts a little less than the one before it (a logarithm,
as search engines weigh terms: Salton and Buckley 1988): words come in bursts, and one article that
repeats a name would else drown the rest. What is expected is damped alike, by the article's length.
All terms of an outlet are judged together by the largest statistic of each permutation, and the
outlets by the rarest of these, each by its own permutations (`statistics.tails`), so that outlets
of few articles, whose statistics have long tails, set no bar for the others. Terms that are used
often where outlets can be told apart, and outlets of which that is many articles, have more of the
level (`statistics.weights_of`): no permutation alters how much that is. Half of a briefing's level
is for words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.lenses.keyness import sums
from helpers.statistics import (
    LEAST_RELABELLINGS,
    MIN_ARTICLES,
    WORDS_PART,
    clustered,
    enough,
    permuted_labels,
    problem,
    relabellings,
    tails_of,
    weights_of,
)
from helpers.statistics.student import LIKELY_REACH

MODERATION = 0.8  # share of the articles' own spread in the statistic's denominator
DAMPED = 8.0  # uses after which a further one counts half as much as the first
STEADY = 0.5  # added to every variance, so that a term used five times does not lead by luck
FIRST_LOOK = 200  # permutations after which the search ends where nothing can come of it
HOPELESS = 0.25  # family-wise p of the best term at the first look that ends it
_SHAPE = 0.11
_TIMES = np.geomspace(1.25, 100, 45)  # how many times as often a term is looked at
_BLOCK = 400_000  # cells of one matrix product; keeps the work inside the processor's cache

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


class Judged(NamedTuple):
    """The verdict on every term in one outlet."""

    p_value: Floats
    """Missing for terms that no permutation can move."""
    q_value: Floats
    size: Floats
    """The statistic; above zero where the outlet uses the term more than its events let expect."""
    bar: Floats
    """What the statistic of each term has to pass."""
    tests: int
    """Terms and outlets that were judged together."""
    could_show: Floats
    """How many times as often as elsewhere the outlet would have to use each term for that to be
    found `LIKELY` often; missing where a hundred times would not do."""


@dataclass(frozen=True)
class ArticleTerms:
    """What is compared, one row per article."""

    table: Singles
    """Uses; one column per term."""
    words: Floats
    outlet: npt.NDArray[Any]
    stratum: npt.NDArray[Any]
    """The event within which the article's outlet may be permuted."""

    @property
    def outlets(self) -> list[str]:
        """All outlets, in alphabetical order."""
        return sorted(set(self.outlet.tolist()))

    def as_movers(self, mover: npt.NDArray[Any]) -> ArticleTerms:
        """One row per outlet that moves between the sides of a comparison as a whole."""
        names, first, of = np.unique(mover.astype(str), return_index=True, return_inverse=True)
        table = np.zeros((len(names), self.table.shape[1]), dtype=self.table.dtype)
        np.add.at(table, of, self.table)
        return ArticleTerms(
            table=table,
            words=np.bincount(of, weights=self.words, minlength=len(names)).astype(np.float64),
            outlet=self.outlet[first],
            stratum=np.full(len(names), "whole story", dtype=object),
        )


def judge(
    articles: ArticleTerms, *, draws: int, seed: int, problems: list[dict[str, str]]
) -> dict[str, Judged]:
    """The verdict for each outlet that has enough articles and permutations."""
    outlets, able = articles.outlets, _testable(articles, problems)
    if not able:
        return {}
    mirrored = len(outlets) == 2 and len(able) == 2  # two outlets: the same test, read twice
    tested = able[:1] if mirrored else able
    undamped = articles
    articles, residuals = _damped(articles)
    scores = [Score(articles, residuals, outlet) for outlet in tested]
    sides = [articles.outlet == outlet for outlet in tested]
    squared, seen = zip(*(s.seen(mine) for s, mine in zip(scores, sides, strict=True)), strict=True)
    lifted = [score.lifted(of) for score, of in zip(scores, seen, strict=True)]
    best = np.array([float(of.max(initial=0)) for of in lifted])
    weights = weights_of(np.array([score.information for score in scores]))
    hits = np.zeros((len(tested), articles.table.shape[1]), dtype=np.int64)
    largest = np.zeros((0, len(tested)))
    codes = np.array([outlets.index(outlet) for outlet in articles.outlet], dtype=np.int16)
    permuted = permuted_labels(codes, articles.stratum, draws=draws, seed=seed)
    for first, last in ((0, FIRST_LOOK), (FIRST_LOOK, draws)):
        part = permuted[first:last]
        if not len(part):
            break
        if first and tails_of(best, largest, weights).p_values(best).min() > HOPELESS:
            break
        tops = np.zeros((len(part), len(tested)))
        for row, score in enumerate(scores):
            labels = part == outlets.index(tested[row])
            reached, tops[:, row] = score.exceedances(labels, squared[row])
            hits[row] += reached
        largest = np.concatenate([largest, tops])
    tails = tails_of(best, largest, weights)
    bars = tails.bars(WORDS_PART)
    tests = len(able) * int(max((of >= 0).sum() for of in seen))
    judged = {}
    for row, outlet in enumerate(tested):
        size = np.maximum(seen[row], 0)
        p = np.where(seen[row] >= 0, (1 + hits[row]) / (1 + len(largest)), np.nan)
        q = WORDS_PART * tails.of(row).p_values(scores[row].lifted(size))
        more = np.sign(residuals[sides[row]].sum(axis=0))
        bar = scores[row].bars(float(bars[row]))
        judged[outlet] = Judged(
            p, np.maximum(np.minimum(q, 1.0), p), more * size, bar, tests,
            scores[row].could_show(undamped, bar),
        )  # fmt: skip
    if mirrored:
        shown = Score(articles, residuals, able[1]).could_show(undamped, judged[able[0]].bar)
        judged[able[1]] = judged[able[0]]._replace(size=-judged[able[0]].size, could_show=shown)
    return judged


def _testable(articles: ArticleTerms, problems: list[dict[str, str]]) -> list[str]:
    """The outlets with enough articles and permutations; of the others it is said why not."""
    filled = articles.words > 0
    able: list[str] = []
    few: list[str] = []
    alone: list[str] = []
    for outlet in articles.outlets:
        mine = (articles.outlet == outlet) & filled
        if not enough(int(mine.sum()), int((filled & ~mine).sum())):
            few.append(outlet)
        elif relabellings(mine, articles.stratum) < LEAST_RELABELLINGS:
            alone.append(outlet)
        else:
            able.append(outlet)
    problems += descriptive_only(few, alone)
    return able


def descriptive_only(few: list[str], alone: list[str]) -> list[dict[str, str]]:
    """Which outlets cannot be tested, and why."""
    notes = []
    if few:
        what = f"fewer than {MIN_ARTICLES} articles on a side of the comparison: {', '.join(few)}"
        notes.append(
            problem("articles", what, "their keyness is descriptive only, without p-values")
        )
    if alone:
        what = f"too few events shared with other outlets for any test: {', '.join(alone)}"
        action = "their keyness is descriptive only; name wider events in articles.csv"
        notes.append(problem("articles", what, action))
    return notes


def _damped(articles: ArticleTerms) -> tuple[ArticleTerms, Singles]:
    """The articles with damped counts, and each of these minus what the article's length and the
    event's use of the term let expect."""
    table = np.log1p(articles.table / np.float32(DAMPED)) / np.float32(math.log1p(1 / DAMPED))
    residuals = np.empty_like(table)
    for stratum in pd.unique(articles.stratum):
        inside = articles.stratum == stratum
        length = articles.words[inside]
        share = articles.table[inside].sum(axis=0) / max(length.sum(), 1.0)
        expected = _expected(np.outer(length, share).astype(np.float32))
        whole = np.maximum(expected.sum(axis=0), np.float32(1e-9))
        residuals[inside] = table[inside] - expected * (table[inside].sum(axis=0) / whole)
    return replace(articles, table=table), residuals


def _expected(mean: Singles) -> Singles:
    """The mean of a damped Poisson count, but for a factor, where the count's own mean is given.

    Only the shape is used, which is that of ln(1 + 0.11 m) within 1% for means up to thirty.
    """
    return np.log1p(np.float32(_SHAPE) * mean)


def _damped_moments(mean: Floats, bursts: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of damped negative binomial counts, by their first two derivatives."""
    variance = mean + bursts * mean**2
    scale = math.log1p(1 / DAMPED)
    middle = np.log1p(mean / DAMPED) - variance / 2 / (DAMPED + mean) ** 2
    return middle / scale, variance / (DAMPED + mean) ** 2 / scale**2


class Score:
    """The excess of every term in one outlet, over its moderated spread.

    Inside a stratum the residuals sum to zero, so the excess is zero on average over permutations,
    whatever the strata; its variance under permutation (sampling without replacement) is known.
    """

    def __init__(self, articles: ArticleTerms, residuals: Singles, outlet: str) -> None:
        table, mine = articles.table, articles.outlet == outlet
        terms = table.shape[1]
        independent = np.zeros(terms)
        permuted = np.zeros(terms)
        freedom = 0
        moved: list[tuple[float, float, float, float]] = []
        moving = np.zeros(len(mine), dtype=bool)
        for stratum in pd.unique(articles.stratum):
            inside = articles.stratum == stratum
            n, k = int(inside.sum()), int(mine[inside].sum())
            if not 0 < k < n:
                continue
            moving |= inside
            independent += k * (n - k) / n**2 * table[inside].sum(axis=0)
            squares = (residuals[inside].astype(np.float64) ** 2).sum(axis=0)
            permuted += k * (n - k) / (n * (n - 1)) * squares
            freedom += n - 1
            alone = 1 - k / n
            # what the outlet's uses give to the excess, to its variance, and to the spread
            moved.append((k * alone, k * alone**2, k**2 * alone / n, (k * alone) ** 2 / (n - 1)))
        self.mine, self.rows = mine, np.flatnonzero(moving)
        self.residuals = residuals[self.rows]
        # spread = steady + (1 - m) independent + m (permuted - excess² / f) f / (f - 1): what the
        # labelling itself explains is taken out of the articles' own spread
        own = MODERATION * freedom / max(freedom - 1, 1)
        self.whole = ((1 - MODERATION) * independent + STEADY + own * permuted).astype(np.float32)
        self.explained = np.float32(own / max(freedom, 1))
        self.tested = independent > 0
        self.information = float(independent.sum())
        weights = weights_of(np.where(self.tested, independent, 0.0)[self.tested])
        self.lift = np.zeros(terms, dtype=np.float32)
        self.lift[self.tested] = 2 * np.log(weights)
        self.moved = np.array(moved).reshape(-1, 4).sum(axis=0)

    def squared_excess(self, labels: npt.NDArray[Any], at: slice = slice(None)) -> Singles:
        """One row per labelling: the squared excess of every term of the slice."""
        excess = labels[:, self.rows].astype(np.float32) @ self.residuals[:, at]
        return np.square(excess, out=excess)

    def seen(self, mine: Flags) -> tuple[Singles, Singles]:
        """Squared excess and statistic of one labelling; -1 for terms no permutation can move."""
        squared = self.squared_excess(mine[None, :])[0]
        statistic = np.sqrt(squared / (self.whole - self.explained * squared))
        return squared, np.where(self.tested, statistic, -1).astype(np.float32)

    def lifted(self, statistic: Floats) -> Floats:
        """The statistics by which terms are judged together: a normal one is as rare as its square
        is high, so weights are added there."""
        return np.where(self.tested, np.sqrt(np.maximum(statistic**2 + self.lift, 0.0)), 0.0)

    def bars(self, bar: float) -> Floats:
        """What the statistic of each term has to pass, where lifted ones have to pass ``bar``."""
        return np.sqrt(np.maximum(bar**2 - self.lift, 0.0), dtype=np.float64)

    def could_show(self, articles: ArticleTerms, bar: Floats) -> Floats:
        """The least of `_TIMES` by which the statistic passes its bar `LIKELY` often.

        ``articles`` with counts as they are. The outlet's are taken as equally long, and uses as
        negative binomial with the bursts of the others'.
        """
        rest = ~self.mine
        others = sums.of_articles(articles.table[rest], articles.words[rest])
        bursts = np.asarray(clustered.overdispersion(others), dtype=np.float64)
        usual = others.ratio * articles.words[self.mine].mean()
        level, varies = _damped_moments(usual, bursts)
        shown = np.full(len(usual), np.nan)
        whole, own, noise, between = self.moved
        unexplained = self.whole - self.explained * self.squared_excess(self.mine[None, :])[0]
        for times in _TIMES[::-1]:
            mean, variance = _damped_moments(times * usual, bursts)
            excess = whole * (mean - level) - LIKELY_REACH * np.sqrt(own * variance)
            spread = MODERATION * (noise * (variance - varies) + between * (mean - level) ** 2)
            spread += unexplained - self.explained * (whole * (mean - level)) ** 2
            passed = (excess > 0) & (excess**2 >= bar**2 * spread) & self.tested
            shown = np.where(passed, times, shown)
        return shown

    def exceedances(
        self, labels: npt.NDArray[Any], squared: Singles
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """How many draws reach what was seen, per term; and the largest lifted statistic of each.

        A term's statistic grows with its squared excess, so the latter is what is compared.
        """
        draws, terms = len(labels), len(squared)
        hits = np.zeros(terms, dtype=np.int64)
        largest = np.zeros(draws)
        width = min(terms, 2048) or 1
        height = max(1, _BLOCK // width)
        for first in range(0, terms, width):
            at = slice(first, min(first + width, terms))
            bar = squared[at] * (1 - 1e-5)  # sums in another order differ
            spread = np.where(self.tested[at], self.whole[at], np.inf)
            for start in range(0, draws, height):
                part = self.squared_excess(labels[start : start + height], at)
                hits[at] += np.count_nonzero(part >= bar, axis=0)
                part /= spread - self.explained * part
                part += self.lift[at]
                rows = slice(start, start + len(part))
                top = np.sqrt(np.maximum(part.max(axis=1), 0.0))
                np.maximum(largest[rows], top, out=largest[rows])
        return hits, largest
