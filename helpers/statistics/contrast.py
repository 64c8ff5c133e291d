"""One outlet against all others inside events: the difference, and how sure it is.

The difference is that of Mantel and Haenszel (1959), as for rates by Greenland and Robins (1985):
each event's difference, weighted by how much both sides tell of it; without events it is the plain
difference of two ratios. Its variance is that of parts which clump as those of all articles do
(`clustered`); where the articles vary more about the difference, linearised (Woodruff 1971), theirs
is taken. A difference over its own standard error is what is permuted (Janssen 1997, Chung and
Romano 2013): so neither an outlet whose articles are only shorter, nor one article that repeats a
word, is taken for a pattern.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from helpers.statistics import clustered
from helpers.statistics.rules import Floats
from helpers.statistics.student import z_of

_TINY = 1e-12
_ROOM = 0.25
_STEPS = 20
_BEYOND = 10.0


class Measured(NamedTuple):
    """One value per labelling."""

    difference: Floats
    error: Floats
    """Its standard error if there were none: what a test holds it against."""
    apart: Floats
    """Its standard error where it is: what its interval rests on."""
    bare: Floats
    """Its standard error by what these articles are about it, without what all are like."""


class Contrast:
    """What is counted in some articles, ready to be parted into two sides in many ways."""

    def __init__(
        self, top: Floats, bottom: Floats, stratum: npt.NDArray[Any], *, scale: float
    ) -> None:
        """``top`` and ``bottom``: one number per article, ``bottom`` above zero; ``stratum``: its
        event; ``scale`` as in `rules.Ratio`."""
        _, self._event = np.unique(stratum, return_inverse=True)
        whole, members = np.bincount(self._event, bottom), np.bincount(self._event)
        self._bottom = bottom
        self._inside = (self._event[:, None] == np.arange(len(whole))) / whole
        self._excess = top - (np.bincount(self._event, top) / whole)[self._event] * bottom
        freedom = max(int((members - 1).sum()), 1)
        # what an event's own ratio, and the difference, take from the residuals
        mended = (members / np.maximum(members - 1, 1))[self._event]
        mended = mended * freedom / max(freedom - 1, 1)
        self._squared = np.stack([self._excess**2 * mended, bottom, bottom**2], axis=1)
        self._cubed = np.stack([self._excess * bottom * mended, bottom, bottom**2], axis=1)
        self._fourth = np.stack([bottom**2 * mended, bottom, bottom**2], axis=1)
        self._ratio = float(top.sum() / bottom.sum())
        share, rate = clustered.kinds(top[:, None], bottom[:, None], scale)
        self._share, self._rate = bool(share[0]), bool(rate[0])
        self._usual = clustered.USUAL if self._share or self._rate else 0.0
        whole_sums = clustered.sums_of(top[:, None], bottom[:, None])
        self._alike = float(clustered.correlation(whole_sums)[0]) if self._share else 0.0
        self._bursts = float(clustered.overdispersion(whole_sums)[0]) if self._rate else 0.0

    def measured(self, labels: Floats, freedom: float) -> Measured:
        """The difference and its errors for each row of ``labels``, which are 0 or 1.

        ``freedom``: degrees of freedom of the articles' own variance; a row that leaves one side
        empty gives no difference and no error.
        """
        apart, second, third, fourth = self._sums(labels)
        weight = second[1]
        some = weight > _TINY
        with np.errstate(divide="ignore", invalid="ignore"):
            difference = np.where(some, (apart @ self._excess) / weight, 0.0)
            own = second[0] - 2 * difference * third[0] + difference**2 * fourth[0]
            least, alike, sides = self._modelled(self._ratio, difference, second, third, fourth)
            more = np.maximum(own - alike, 0.0) * freedom / (self._usual + freedom)
            error = np.where(some, np.sqrt(alike + more) / weight, 0.0)
            bare = np.where(some, np.sqrt(np.maximum(own, least)) / weight, 0.0)
            grown = np.where(alike > _TINY, np.sqrt(sides / alike), 1.0)
        return Measured(difference, error, error * grown, bare)

    def could_show(self, mine: npt.NDArray[np.bool_], freedom: float, bar: float) -> float:
        """The difference whose size passes ``bar`` standard errors; infinite where none below
        everything, or ten times what is usual, does.

        A larger difference has a larger error too: it grows as the usual one does.
        """
        labels = mine[None, :].astype(np.float64)
        _, second, third, fourth = self._sums(labels)
        error = float(self.measured(labels, freedom).error[0])

        part = float(self._bottom[mine].sum() / self._bottom.sum())

        def usual(difference: float) -> float:
            ratio = self._ratio + difference * part  # of all, if the outlet had so much more
            ratio = min(ratio, 1.0) if self._share else ratio
            found = self._modelled(ratio, np.array([difference]), second, third, fourth)
            return float(found[2][0]) or 1.0

        shown = bar * error
        for _ in range(_STEPS):
            shown = bar * error * math.sqrt(max(usual(shown) / usual(0.0), 1.0))
            if shown > (1.0 if self._share else _BEYOND * max(self._ratio, error)):
                return math.inf
        return shown

    def _sums(self, labels: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """How far each label is from its event's share, and sums of the powers of that."""
        share = (labels * self._bottom) @ self._inside
        apart = labels - share[:, self._event]
        squared = apart * apart
        second = (squared @ self._squared).T
        third = ((squared * apart) @ self._cubed).T
        return apart, second, third, ((squared * squared) @ self._fourth).T

    def _modelled(
        self, ratio: float, difference: Floats, second: Floats, third: Floats, fourth: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """The least variance, that of independent parts; that without a difference, with the
        clumps or bursts of all articles; and that with the difference. Means have none.

        Sums of the second to fourth powers of `apart`, times the base and its square. Shares keep a
        part of what one ratio for both sides would give, so that "all here, none there" is no
        certainty.
        """
        weight, clumps = second[1], second[2]
        if self._share:
            one = ratio * (1 - ratio) * weight
            two = one + difference * (1 - 2 * ratio) * third[1] - difference**2 * fourth[1]
            two = np.maximum(two, _ROOM * one)
            inflated = 1 + self._alike * np.maximum(clumps / np.maximum(weight, _TINY) - 1, 0)
            return np.minimum(one, two), one * inflated, two * inflated
        if self._rate:
            one, bursts = ratio * weight, ratio**2 * clumps
            two = np.maximum(one + difference * third[1], _ROOM * one)
            grown = bursts + 2 * ratio * difference * third[2] + difference**2 * fourth[2]
            grown = np.maximum(grown, _ROOM * bursts)
            return one, one + self._bursts * bursts, two + self._bursts * grown
        none = np.zeros_like(weight)
        return none, none, none

    def own_freedom(self, mine: npt.NDArray[np.bool_]) -> float:
        """Degrees of freedom of the articles' own variance, after Welch (1947)."""
        labels = mine.astype(np.float64)
        apart = labels - ((labels * self._bottom) @ self._inside)[self._event]
        difference = (apart @ self._excess) / max(float(apart**2 @ self._bottom), _TINY)
        parts = (apart * (self._excess - difference * apart * self._bottom)) ** 2
        sides = float(parts[mine].sum()), float(parts[~mine].sum())
        fewest = float(max(min(mine.sum(), (~mine).sum()) - 1, 1))
        below = sides[0] ** 2 / max(mine.sum() - 1, 1) + sides[1] ** 2 / max((~mine).sum() - 1, 1)
        return max(fewest, sum(sides) ** 2 / below) if below > _TINY else fewest

    def freedom(self, own: float) -> float:
        """Those of the variance that is used."""
        return own + self._usual

    def sizes(self, labels: Floats, own: float) -> Floats:
        """Differences over their errors, as values of a normal distribution; without sign."""
        found = self.measured(labels, own)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = np.where(found.error > 0, np.abs(found.difference) / found.error, 0.0)
        return z_of(size, self.freedom(own))
