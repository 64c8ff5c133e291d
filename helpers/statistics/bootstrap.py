"""Intervals from drawing whole articles again (Efron and Tibshirani 1993)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from helpers.statistics.rules import CACHED_CELLS, DRAWS, SEED, Floats


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


def widen(value: Floats, ends: Floats, units: npt.NDArray[np.integer[Any]]) -> Floats:
    """Widen percentile ends for few articles: the bootstrap's variance is (n-1)/n too small."""
    factor = np.sqrt(units / np.maximum(units - 1, 1))
    return value + (ends - value) * factor
