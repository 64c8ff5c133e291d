"""How far coders agree: Krippendorff's alpha of nominal labels (Krippendorff 2004)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics.rules import ALPHA, SEED, Floats

DRAWS = 1000
"""Bootstrap draws of an interval."""


def krippendorff_alpha(codings: pd.DataFrame) -> float:
    """Krippendorff's alpha of several coders: one row per item, one column per coder.

    Missing cells are items that a coder did not code. Missing where nobody could disagree (one
    label only, or no item coded twice).

    >>> round(krippendorff_alpha(pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 0, 1]})), 2)
    0.53
    """
    counts = _counts(codings)
    return float(_alpha(counts, np.arange(len(counts))[None, :])[0]) if len(counts) else math.nan


def alpha_interval(codings: pd.DataFrame) -> tuple[float, float]:
    """The interval of alpha over items: a bootstrap, seeded. Missing where alpha is."""
    counts = _counts(codings)
    if not len(counts) or math.isnan(krippendorff_alpha(codings)):
        return math.nan, math.nan
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (DRAWS, len(counts)))
    low, high = np.nanquantile(_alpha(counts, drawn), [ALPHA / 2, 1 - ALPHA / 2])
    return float(low), float(high)


def _counts(codings: pd.DataFrame) -> Floats:
    """How often each label was given to an item: a row per item that two coders or more coded."""
    long = codings.reset_index(drop=True).stack().dropna()
    table = pd.crosstab(long.index.get_level_values(0), long.to_numpy())
    counts = table.to_numpy(np.float64)
    return counts[counts.sum(axis=1) > 1]


def _alpha(counts: Floats, drawn: npt.NDArray[np.int64]) -> Floats:
    """Alpha of each row of ``drawn`` items."""
    coders = counts.sum(axis=1)
    unlike = (coders**2 - (counts**2).sum(axis=1)) / (coders - 1)
    labels = counts[drawn].sum(axis=1)
    total = labels.sum(axis=1)
    expected = total**2 - (labels**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (total - 1) * unlike[drawn].sum(axis=1) / expected
    return np.where(expected > 0, alpha, np.nan)
