"""One outlet against all others inside events: the difference, and how sure it is.

The difference is that of Mantel and Haenszel (1959), as for rates by Greenland and Robins (1985):
each event's difference, weighted by how much both sides tell of it; without events it is the plain
difference of two ratios. An article's parts count for as many as they are worth, since they are
alike: forty mentions in one article tell little more than ten (the weights of Kleinman 1973; for
rates those of a negative binomial count). The variance is that of parts which clump as those of all
articles do (`clustered`); where the articles vary more about the difference, linearised (Woodruff
1971), theirs is taken. A difference over its own standard error is what is permuted (Janssen 1997,
Chung and Romano 2013): so neither an outlet whose articles are only shorter, nor one article that
repeats a word, is taken for a pattern.
"""

from __future__ import annotations

import copy
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
        _, event = np.unique(stratum, return_inverse=True)
        members = np.bincount(event)
        self._ratio = float(top.sum() / bottom.sum())
        worth = self._learned(top, bottom, scale)
        parts = worth * bottom
        self._whole = float(parts.sum())
        excess = worth * top - (np.bincount(event, worth * top) / np.bincount(event, parts))[
            event
        ] * parts
        freedom = max(int((members - 1).sum()), 1)
        # what an event's own ratio, and the difference, take from the residuals
        mended = (members / np.maximum(members - 1, 1))[event] * freedom / max(freedom - 1, 1)
        bases = [parts, worth * parts, parts**2]
        self._columns = np.stack(
            [excess, excess**2 * mended, excess * parts * mended, parts**2 * mended, *bases], axis=1
        )
        self._event = event
        self._keep(np.argsort(event, kind="stable"))

    def within(self, moving: npt.NDArray[np.bool_]) -> Contrast:
        """The same looking only at the articles whose label can change; of the others none says
        anything of the difference."""
        some = copy.copy(self)
        some._keep(self._order[moving[self._order]])
        return some

    def _keep(self, order: npt.NDArray[np.int64]) -> None:
        """Look at these articles, those of an event side by side."""
        self._order, columns = order, self._columns[order]
        self._excess, self._parts = columns[:, 0], columns[:, 4]
        self._squared = columns[:, [1, 4, 5, 6]]
        self._cubed = columns[:, [2, 4, 5, 6]]
        self._fourth = columns[:, [3, 4, 5, 6]]
        _, self._first, self._members = np.unique(
            self._event[order], return_index=True, return_counts=True
        )
        self._told = np.add.reduceat(self._parts, self._first)

    def _learned(self, top: Floats, bottom: Floats, scale: float) -> Floats:
        """How much a part of each article tells, given that the parts of an article are alike."""
        share, rate = clustered.kinds(top[:, None], bottom[:, None], scale)
        self._share, self._rate = bool(share[0]), bool(rate[0])
        self._usual = clustered.USUAL if self._share or self._rate else 0.0
        sums = clustered.sums_of(top[:, None], bottom[:, None])
        if self._share:
            self._alike = float(clustered.correlation(sums)[0])
            return 1 / (1 + self._alike * np.maximum(bottom - 1, 0.0))
        if self._rate:
            self._bursts = float(clustered.overdispersion(sums)[0])
            return 1 / (1 + self._bursts * self._ratio * bottom)
        return np.ones_like(bottom)

    def measured(self, labels: npt.NDArray[Any], freedom: float) -> Measured:
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
        labels = mine[None, :]
        _, second, third, fourth = self._sums(labels)
        error = float(self.measured(labels, freedom).error[0])
        part = float(self._parts[mine[self._order]].sum() / self._whole)

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

    def _sums(self, labels: npt.NDArray[Any]) -> tuple[Floats, Floats, Floats, Floats]:
        """How far each label is from its event's share, and sums of the powers of that."""
        apart = self._apart(labels)
        squared = apart * apart
        second = (squared @ self._squared).T
        third = ((squared * apart) @ self._cubed).T
        return apart, second, third, ((squared * squared) @ self._fourth).T

    def _apart(self, labels: npt.NDArray[Any]) -> Floats:
        """How far the label of each article that is looked at is from its event's share."""
        chosen = labels[:, self._order].astype(np.float64)
        share = np.add.reduceat(chosen * self._parts, self._first, axis=1) / self._told
        chosen -= np.repeat(share, self._members, axis=1)
        return chosen

    def _modelled(
        self, ratio: float, difference: Floats, second: Floats, third: Floats, fourth: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """The least variance, that of independent parts; that without a difference, with the
        clumps or bursts of all articles; and that with the difference. Means have none.

        Sums of the second to fourth powers of `apart`, times the parts, and times what these vary
        one by one and for their clumps or bursts. Shares keep a part of what one ratio for both
        sides would give, so that "all here, none there" is no certainty.
        """
        weight, alone, clumps = second[1:]
        if self._share:
            bent = difference * (1 - 2 * ratio)
            single, clumped = (
                (base, np.maximum(base + bent * third[i] - difference**2 * fourth[i], _ROOM * base))
                for i, base in ((2, ratio * (1 - ratio) * alone), (1, ratio * (1 - ratio) * weight))
            )
            return np.minimum(*single), *clumped
        if self._rate:
            one, bursts = ratio * alone, ratio**2 * clumps
            two = np.maximum(one + difference * third[2], _ROOM * one)
            grown = bursts + 2 * ratio * difference * third[3] + difference**2 * fourth[3]
            grown = np.maximum(grown, _ROOM * bursts)
            return one, one + self._bursts * bursts, two + self._bursts * grown
        none = np.zeros_like(weight)
        return none, none, none

    def own_freedom(self, mine: npt.NDArray[np.bool_]) -> float:
        """Degrees of freedom of the articles' own variance, after Welch (1947)."""
        apart, mine = self._apart(mine[None, :])[0], mine[self._order]
        difference = (apart @ self._excess) / max(float(apart**2 @ self._parts), _TINY)
        parts = (apart * (self._excess - difference * apart * self._parts)) ** 2
        sides = float(parts[mine].sum()), float(parts[~mine].sum())
        fewest = float(max(min(mine.sum(), (~mine).sum()) - 1, 1))
        below = sides[0] ** 2 / max(mine.sum() - 1, 1) + sides[1] ** 2 / max((~mine).sum() - 1, 1)
        return max(fewest, sum(sides) ** 2 / below) if below > _TINY else fewest

    def freedom(self, own: float) -> float:
        """Those of the variance that is used."""
        return own + self._usual

    def sizes(self, labels: npt.NDArray[Any], own: float, towards: int = 0) -> Floats:
        """Differences over their errors, as values of a normal distribution; without sign.

        ``towards`` 1 or -1 counts those above, or below, zero only.
        """
        found = self.measured(labels, own)
        with np.errstate(divide="ignore", invalid="ignore"):
            size = np.where(found.error > 0, found.difference / found.error, 0.0)
        one_way = np.maximum(towards * size, 0.0) if towards else np.abs(size)
        return z_of(one_way, self.freedom(own))
