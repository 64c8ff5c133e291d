"""Sizes of comparisons that are not alike, on one scale: how seldom chance reaches each.

Of some outlets few articles tell, and chance gives them large sizes more often. Held against the
largest size of all, the others would pay for them. So each comparison's size is turned into how
seldom permutations of *that* comparison reach it (the smallest p-values of Westfall and Young 1993,
prepivoting of Beran 1988). Permutations alone cannot tell one in a million; the tail above
`TAIL` is taken for a generalised Pareto distribution, fitted by probability-weighted moments
(Hosking and Wallis 1987; for permutations Knijnenburg and others 2009).

Not all comparisons can show as much. Those that rest on more may be given more of the level: a
weight multiplies how seldom a size is (Genovese, Roeder and Wasserman 2006). It must not rest on
what was observed, and has a mean of one.

How often chance gives anything does not rest on that fit: what was observed counts as one of the
permutations, so that all are turned alike, and is judged by its rank among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from helpers.statistics.permutation import critical_value, max_statistic_p
from helpers.statistics.rules import Floats

TAIL = 0.1
"""Share of the permutations above which a distribution is fitted."""
MOST_SHAPE = 0.5
"""Of the fitted tail; heavier ones have no variance, and are the work of single articles."""
_LEVEL = -np.log(TAIL)
_TINY = 1e-9


@dataclass(frozen=True)
class Tails:
    """Of each comparison: the square of the size where its tail starts, and how it falls.

    Squares, because those of normal sizes fall as an exponential distribution does: the shape is
    zero for them, and above zero where chance gives large sizes more often.
    """

    start: Floats
    scale: Floats
    shape: Floats
    lift: Floats
    """The logarithm of each comparison's weight: by so much its levels are higher."""
    rarest: Floats
    """The highest level of any comparison, of each permutation."""

    def of(self, column: int) -> Tails:
        """Those of one comparison."""
        own = self.start[column], self.scale[column], self.shape[column], self.lift[column]
        return Tails(*own, self.rarest)

    def p_values(self, sizes: Floats) -> Floats:
        """How often chance gives any comparison so rare a size: allowed for are all of them."""
        return max_statistic_p(self.level(sizes), self.rarest)

    def bars(self, families: int = 1) -> Floats:
        """Of each comparison the size above which `families` × its p-value is at most the level."""
        return self.size(critical_value(self.rarest, families))

    def level(self, sizes: Floats) -> Floats:
        """Of each size the logarithm of one over its p-value; below the tail only a monotone
        number."""
        squares = np.square(sizes)
        above = np.maximum(squares - self.start, 0.0) / self.scale
        with np.errstate(divide="ignore", invalid="ignore"):
            fallen = np.where(self.shape > 0, np.log1p(self.shape * above) / self.shape, above)
        level: Floats = _LEVEL * np.minimum(squares / self.start, 1.0) + fallen + self.lift
        return level

    def size(self, level: float) -> Floats:
        """Of each comparison the size of this level: what has to be passed."""
        own = np.maximum(level - self.lift, 0.0)
        over = np.maximum(own - _LEVEL, 0.0)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            above = np.where(self.shape > 0, np.expm1(self.shape * over) / self.shape, over)
        return np.sqrt(self.start * np.minimum(own / _LEVEL, 1.0) + self.scale * above)


def weights_of(information: Floats) -> Floats:
    """Weights of comparisons by what they rest on, with a mean of one.

    Half of the level is shared evenly, so that none loses more than half of its part; half by the
    square of the information, since what rests on little is found by luck alone.

    >>> weights_of(np.array([1.0, 1.0, 4.0])).round(2).tolist()
    [0.58, 0.58, 1.83]
    """
    squares = np.square(information)
    whole = squares.mean() if len(squares) else 0.0
    return 0.5 + 0.5 * squares / whole if whole > 0 else np.ones(len(squares))


def tails_of(observed: Floats, permuted: Floats, weights: Floats | None = None) -> Tails:
    """The tails of comparisons (columns) from their sizes, observed and permuted (rows).

    >>> drawn = np.random.default_rng(1).normal(size=(1999, 1))
    >>> tails = tails_of(np.array([2.0]), drawn)
    >>> np.exp(-tails.level(np.array([2.0, 3.0]))).round(3).tolist(), tails.bars().round(1)
    ([0.048, 0.003], array([2.]))
    """
    squares = np.sort(np.square(np.vstack([observed[None, :], permuted])), axis=0)
    n = max(round(TAIL * len(squares)), 1)
    start = np.maximum(squares[-n - 1] if n < len(squares) else 0 * squares[0], _TINY)
    excess = np.maximum(squares[-n:] - start, 0.0)
    rank = (np.arange(1, n + 1) - 0.35) / n
    mean = np.maximum(excess.mean(axis=0), _TINY)
    lower = np.clip(((1 - rank)[:, None] * excess).mean(axis=0) / mean, _TINY, 0.5 - _TINY)
    shape = np.clip(2 - 1 / (1 - 2 * lower), 0.0, MOST_SHAPE)
    lift = np.zeros(len(observed)) if weights is None else np.log(weights)
    tails = Tails(start, mean * (1 - shape), shape, lift, np.zeros(0))
    return replace(tails, rarest=tails.level(permuted).max(axis=1, initial=0.0))
