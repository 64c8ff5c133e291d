"""p-values from permuting labels within strata (Good 2005), and control over many of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics.rules import ALPHA, CACHED_CELLS, DRAWS, SEED, Floats

_SLACK = 1e-6  # sums in another order differ


def codes(values: Sequence[Any] | pd.Series | npt.NDArray[Any] | None, n: int) -> npt.NDArray:
    """Whole numbers for strata; articles without a stratum share one, none given means one."""
    if values is None:
        return np.zeros(n, dtype=np.int64)
    return pd.factorize(pd.Series(list(values), dtype="object"), sort=False)[0].astype(np.int64)


def relabellings(labels: npt.ArrayLike, strata: npt.ArrayLike | None = None) -> float:
    """How many different ways the labels can fall inside their strata (capped at 1e18).

    With fewer than `LEAST_RELABELLINGS` no two-sided p-value reaches `ALPHA`, whatever was
    counted.

    >>> relabellings([True] * 4 + [False] * 4)
    70.0
    >>> relabellings([True, False, True], ["monday", "monday", "tuesday"])
    2.0
    """
    chosen = np.asarray(labels, dtype=bool)
    stratum = codes(None if strata is None else list(np.asarray(strata)), len(chosen))
    ways = 1.0
    _, number = np.unique(stratum, return_inverse=True)
    whole = np.bincount(number)
    mine = np.bincount(number[chosen], minlength=len(whole))
    for n, k in zip(whole.tolist(), mine.tolist(), strict=True):
        ways = min(ways * choices(n, k), 1e18)
    return float(ways)


def choices(n: int, k: int) -> float:
    """In how many ways k of n can be chosen (capped at 1e18, long before a float ends).

    >>> choices(8, 4), choices(100_000, 300)
    (70.0, 1e+18)
    """
    if min(k, n - k) > 40:  # 41 of 82 is more than that
        return 1e18
    return float(min(math.comb(n, k), 10**18))


def permuted_labels(
    labels: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> npt.NDArray[Any]:
    """One row per draw: the labels permuted among the articles of the same stratum.

    Each stratum keeps its labels, so an outlet that covered an event twice still covers it
    twice. Works for flags and for integer codes of several outlets alike.
    """
    given = np.asarray(labels)
    stratum = codes(None if strata is None else list(np.asarray(strata)), len(given))
    small = draws * len(given) <= CACHED_CELLS
    ordered = _orders if small else _orders.__wrapped__
    places, order = ordered(stratum.tobytes(), draws, seed)
    permuted = np.empty((draws, len(given)), dtype=given.dtype)
    permuted[:, places] = given[order]
    return permuted


@lru_cache(maxsize=4)  # the outlets of one comparison are permuted in the same strata
def _orders(
    stratum: bytes, draws: int, seed: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Where the members of each stratum stand, and the orders in which they are drawn."""
    number = np.frombuffer(stratum, dtype=np.int64)
    rng, n = np.random.default_rng(seed), len(number)
    order = np.empty((draws, n), dtype=np.int32)
    height = max(CACHED_CELLS // max(n, 1), 1)
    for first in range(0, draws, height):
        rows = order[first : first + height]
        # the k-th block of sorted keys holds the k-th stratum
        rows[:] = np.argsort(rng.random(rows.shape) + number[None, :], axis=1)
    return np.argsort(number, kind="stable"), order


def permutation_p(observed: npt.ArrayLike, permuted: npt.ArrayLike) -> Floats:
    """Two-sided p-values: share of draws at least as extreme, the observed one counted in.

    `permuted` has one row per draw. Never zero (Phipson and Smyth 2010).
    """
    seen = np.abs(np.asarray(observed, dtype=float))
    drawn = np.abs(np.asarray(permuted, dtype=float))
    slack = 1e-9 * (1 + seen)  # equal arrangements may differ in the last bit
    hits = (drawn >= seen - slack).sum(axis=0)
    return np.where(np.isnan(seen), np.nan, (1 + hits) / (1 + len(drawn)))


def max_statistic_p(observed: npt.ArrayLike, largest: npt.ArrayLike) -> Floats:
    """p-values adjusted over all terms: share of draws whose largest |statistic| reaches ours.

    Controls the chance of even one false call (Westfall and Young 1993, single step).

    >>> max_statistic_p([5.0, 1.0], [2.0, 3.0, 1.5, 2.5]).tolist()
    [0.2, 1.0]
    """
    seen = np.abs(np.asarray(observed, dtype=float))
    ladder = np.sort(np.abs(np.asarray(largest, dtype=float)))
    reached = len(ladder) - np.searchsorted(ladder, seen - _SLACK * (1 + seen), side="left")
    return np.where(np.isnan(seen), np.nan, (1 + reached) / (1 + len(ladder)))


def critical_value(largest: npt.ArrayLike, families: int = 1) -> float:
    """The statistic above which `families` × `max_statistic_p` is at most the level.

    Infinite where there are too few draws for that.
    """
    ladder = np.sort(np.abs(np.asarray(largest, dtype=float)))
    allowed = math.floor(ALPHA / families * (1 + len(ladder)) + _SLACK) - 1
    if allowed < 0:
        return math.inf
    return float((ladder[len(ladder) - 1 - allowed] + _SLACK) / (1 - _SLACK))
