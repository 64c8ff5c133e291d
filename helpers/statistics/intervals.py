"""Intervals of shares, rates and means over articles.

Six ways were compared by simulation (docs/statistics.md). Taken were: for shares the interval of
Wilson (1927) with the effective number of parts (Kish 1965) and Student's t, for rates a t interval
of the logarithm, both with a variance between articles that is drawn towards what is usual
(`clustered`), because five articles tell little of how much articles vary; for means, which may be
negative, a t interval with the linearised variance (Woodruff 1971).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics import clustered
from helpers.statistics.clustered import Flags, Ints, Sums
from helpers.statistics.rules import (
    ALPHA,
    MIN_ARTICLES,
    SHARE_SCALES,
    Floats,
    Ratio,
    require,
)
from helpers.statistics.student import NORMAL_REACH, t_of

_HALF = 0.5  # of a use, added before taking a logarithm (Haldane and Anscombe)


class Interval(NamedTuple):
    """A value with its interval; arrays where several columns were asked for at once."""

    value: Floats
    low: Floats
    high: Floats


def ratio_interval(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, *, scale: float = 1.0
) -> Interval:
    """Ratio of sums over articles (a share, a rate, a mean) with its interval.

    `numerator` has one row per article and optionally one column per thing counted;
    `denominator` is one number per article or has the same shape. Mentions per 1,000 words:
    mentions, words, `scale=1000`. A mean: sums and counts per article. Articles whose
    denominator is zero carry no information and are not counted as units. The interval is
    missing below `MIN_ARTICLES` such articles.

    >>> value, low, high = ratio_interval([2, 1, 3, 2, 2], [500, 400, 700, 450, 450], scale=1000)
    >>> float(value), bool(low < value < high)
    (4.0, True)
    """
    top = np.asarray(numerator, dtype=np.float64)
    single = top.ndim == 1
    top = top[:, None] if single else top
    bottom = np.asarray(denominator, dtype=np.float64)
    bottom = bottom[:, None] if bottom.ndim == 1 else bottom
    bottom = np.broadcast_to(bottom, top.shape)
    value, low, high = _intervals(top, bottom, scale)
    if single:
        return Interval(value[0], low[0], high[0])
    return Interval(value, low, high)


def _intervals(
    top: Floats, bottom: Floats, scale: float, firsts: Ints | None = None
) -> tuple[Floats, Floats, Floats]:
    """Value, low and high of each column or, of groups of rows, of each group."""
    sums = clustered.sums_of(top, bottom, firsts)
    shares, rates = clustered.kinds(top, bottom, scale, firsts)
    bounded = clustered.every(np.abs(top) <= bottom, firsts) & (scale in SHARE_SCALES)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low, high = _mean_ends(sums, bounded)
        for flags, ends in ((shares, _share_ends(sums)), (rates, _rate_ends(sums))):
            low, high = np.where(flags, ends[0], low), np.where(flags, ends[1], high)
    known = sums.units >= MIN_ARTICLES
    low, high = np.where(known, low, np.nan) * scale, np.where(known, high, np.nan) * scale
    return sums.ratio * scale, low, high


def _share_ends(sums: Sums) -> tuple[Floats, Floats]:
    """Wilson's interval of as many independent parts as the parts of these articles are worth."""
    value = sums.ratio
    worth = sums.bottom / (1 + clustered.correlation(sums) * clustered.clumping(sums))
    square = t_of(NORMAL_REACH, sums.freedom) ** 2 / worth
    middle = (value + square / 2) / (1 + square)
    reach = np.sqrt(square * (value * (1 - value) + square / 4)) / (1 + square)
    low = np.where(value <= 0, 0.0, np.minimum(middle - reach, value))
    return low, np.where(value >= 1, 1.0, np.maximum(middle + reach, value))


def _rate_ends(sums: Sums) -> tuple[Floats, Floats]:
    """The t interval of the logarithm; of nothing the exact bound for negative binomial counts."""
    alike = clustered.overdispersion(sums)
    freedom, bursts = clustered.rate_freedom(sums, alike), alike * sums.concentration
    reach = t_of(NORMAL_REACH, freedom) * np.sqrt(1 / (sums.top + _HALF) + bursts)
    middle = (sums.top + _HALF) / sums.bottom
    none = np.expm1(-bursts * np.log(ALPHA / 2)) / bursts / sums.bottom
    low = np.where(sums.top > 0, np.minimum(middle * np.exp(-reach), sums.ratio), 0.0)
    return low, np.where(sums.top > 0, middle * np.exp(reach), none)


def _mean_ends(sums: Sums, bounded: Flags) -> tuple[Floats, Floats]:
    """The t interval; ``bounded``: no article can be outside -1 to 1, nor then can the mean."""
    error = np.sqrt(sums.linearised()) / sums.bottom
    reach = t_of(NORMAL_REACH, np.maximum(sums.units - 1, 1)) * error
    low, high = sums.ratio - reach, sums.ratio + reach
    return (
        np.where(bounded, np.maximum(low, -1.0), low),
        np.where(bounded, np.minimum(high, 1.0), high),
    )


def ratio_table(units: pd.DataFrame, ratio: Ratio, *, by: Sequence[str]) -> pd.DataFrame:
    """One row per group of `by`: the ratio with its interval and the raw counts beside it.

    `units` holds one or more rows per article (doc_id): rows of one article are summed first, so
    that the article is the unit. Columns: `by`, value, low, high, n (sum of the numerator),
    total (sum of the denominator), articles, descriptive.
    """
    counted = [ratio.numerator, ratio.denominator]
    require(units, [*by, *counted, "doc_id"])
    sums = units.groupby([*by, "doc_id"], sort=True, observed=True)[counted].sum().reset_index()
    firsts = np.flatnonzero(~sums.duplicated(list(by)).to_numpy())
    top, bottom = (sums[name].to_numpy(float) for name in counted)
    value, low, high = _intervals(top, bottom, ratio.scale, firsts)
    totals = clustered.sums_of(top, bottom, firsts)
    articles = totals.units.astype(np.int64)
    columns: dict[str, Any] = {name: sums[name].iloc[firsts].tolist() for name in by}
    columns |= {"value": value, "low": low, "high": high, "n": totals.top, "total": totals.bottom}
    return pd.DataFrame(columns | {"articles": articles, "descriptive": articles < MIN_ARTICLES})
