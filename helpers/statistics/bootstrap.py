"""Intervals from drawing whole articles again (Efron and Tibshirani 1993)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics.rules import (
    CACHED_CELLS,
    DRAWS,
    LEVEL,
    MIN_ARTICLES,
    SEED,
    SHARE_SCALES,
    Floats,
    Ratio,
    enough,
    require,
)


class Interval(NamedTuple):
    """A value with its interval; arrays where several columns were asked for at once."""

    value: Floats
    low: Floats
    high: Floats


def bootstrap_weights(n: int, *, draws: int = DRAWS, seed: int = SEED) -> npt.NDArray[np.float32]:
    """One row per draw, one column per article: how often the article was drawn (read-only)."""
    drawn = _drawn if n * draws <= CACHED_CELLS else _drawn.__wrapped__
    return drawn(n, draws, seed)


@lru_cache(maxsize=8)  # many comparisons in a row draw from equally many articles
def _drawn(n: int, draws: int, seed: int) -> npt.NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, max(n, 1), size=(draws, n))
    picks += np.arange(draws)[:, None] * n
    counts = np.bincount(picks.ravel(), minlength=draws * n)
    weights = counts.reshape(draws, n).astype(np.float32)
    weights.flags.writeable = False
    return weights


def bootstrap_ratio(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    *,
    scale: float = 1.0,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Interval:
    """Ratio of sums over articles (a rate, a share, a mean) with its cluster-bootstrap interval.

    `numerator` has one row per article and optionally one column per thing counted;
    `denominator` is one number per article or has the same shape. Mentions per 1,000 words:
    mentions, words, `scale=1000`. A mean: sums and counts per article. Articles whose
    denominator is zero carry no information and are not counted as units. The interval is
    missing below `MIN_ARTICLES` such articles. Where every resample gives zero (or, for shares,
    everything) the resamples know nothing of what was not seen: the exact bound takes over.

    >>> value, low, high = bootstrap_ratio([2, 1, 3, 2, 2], [500, 400, 700, 450, 450], scale=1000)
    >>> float(value), bool(low < value < high)
    (4.0, True)
    """
    top = np.asarray(numerator, dtype=np.float64)
    single = top.ndim == 1
    top = top[:, None] if single else top
    bottom = np.asarray(denominator, dtype=np.float64)
    bottom = bottom[:, None] if bottom.ndim == 1 else bottom
    bottom = np.broadcast_to(bottom, top.shape) if bottom.shape[1] != 1 else bottom
    units = (bottom > 0).sum(axis=0)
    n, columns = top.shape
    total_top, total_bottom = top.sum(axis=0), bottom.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(total_bottom > 0, total_top / total_bottom, np.nan) * scale
    units = np.broadcast_to(units, value.shape)
    low, high = np.full(columns, np.nan), np.full(columns, np.nan)
    wanted = units >= MIN_ARTICLES
    if n and wanted.any():
        weights = bootstrap_weights(n, draws=draws, seed=seed)
        below = bottom if bottom.shape[1] == 1 else bottom[:, wanted]
        resampled = _ratios(weights, top[:, wanted], below) * scale
        tail = (1 - LEVEL) / 2
        ends = _quantiles(resampled, (tail, 1 - tail))
        low[wanted], high[wanted] = widen(value[wanted], ends, units[wanted])
        low, high = _bounded(low, high, value, top, bottom, units, scale, tail)
    if single:
        return Interval(value[0], low[0], high[0])
    return Interval(value, low, high)


def _ratios(weights: Floats, top: Floats, bottom: Floats) -> Floats:
    """Ratios per draw (rows) and column; missing where a draw holds no denominator."""
    above = weights @ top.astype(np.float32)
    under = weights @ bottom.astype(np.float32)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under > 0, above / under, np.nan)


def _quantiles(resampled: Floats, at: tuple[float, float]) -> Floats:
    """Two quantiles per column, by sorting once; missing draws are left out."""
    if np.isnan(resampled).any():
        return np.nanquantile(resampled, at, axis=0)
    return np.quantile(resampled, at, axis=0)


def widen(value: Floats, ends: Floats, units: npt.NDArray[np.integer[Any]]) -> Floats:
    """Widen percentile ends for few articles: the bootstrap's variance is (n-1)/n too small."""
    factor = np.sqrt(units / np.maximum(units - 1, 1))
    return value + (ends - value) * factor


def _bounded(
    low: Floats,
    high: Floats,
    value: Floats,
    top: Floats,
    bottom: Floats,
    units: Floats,
    scale: float,
    tail: float,
) -> tuple[Floats, Floats]:
    """Keep counts above zero and shares below one; open intervals that collapsed to a point."""
    counts = (top >= 0).all(axis=0)
    share = scale in SHARE_SCALES  # words are no trials: a rate has no ceiling to respect
    shares = counts & (top <= bottom).all(axis=0) & share
    low = np.where(counts, np.maximum(low, 0.0), low)
    high = np.where(shares, np.minimum(high, scale), high)
    known = ~np.isnan(low)
    with np.errstate(divide="ignore", invalid="ignore"):
        share_end = (1 - tail ** (1 / np.maximum(units, 1))) * scale
        rate_end = -math.log(tail) / bottom.sum(axis=0) * scale
    none = known & counts & (value == 0)
    high = np.where(none, np.where(shares, share_end, np.broadcast_to(rate_end, high.shape)), high)
    everything = known & shares & (value == scale)
    low = np.where(everything, scale - share_end, low)
    return low, high


def ratio_table(
    units: pd.DataFrame,
    ratio: Ratio,
    *,
    by: Sequence[str],
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per group of `by`: the ratio with its interval and the raw counts beside it.

    `units` holds one or more rows per article (doc_id): rows of one article are summed first, so
    that the article is what is drawn. Columns: `by`, value, low, high, n (sum of the numerator),
    total (sum of the denominator), articles, descriptive.
    """
    counted = [ratio.numerator, ratio.denominator]
    require(units, [*by, *counted, "doc_id"])
    sums = units.groupby([*by, "doc_id"], sort=True, observed=True)[counted].sum().reset_index()
    rows: list[dict[Hashable, Any]] = []
    for key, group in sums.groupby(list(by), sort=True, observed=True):
        top, bottom = (group[name].to_numpy(float) for name in counted)
        articles = int((bottom > 0).sum())
        value, low, high = bootstrap_ratio(top, bottom, scale=ratio.scale, draws=draws, seed=seed)
        names = key if isinstance(key, tuple) else (key,)
        row: dict[Hashable, Any] = dict(zip(by, names, strict=True))
        row |= {"value": float(value), "low": float(low), "high": float(high)}
        row |= {"n": float(top.sum()), "total": float(bottom.sum()), "articles": articles}
        rows.append(row | {"descriptive": not enough(articles)})
    columns = [*by, "value", "low", "high", "n", "total", "articles", "descriptive"]
    # Of no rows, too, a mask: an empty column of objects would choose columns.
    return pd.DataFrame(rows, columns=columns).astype({"descriptive": bool})
