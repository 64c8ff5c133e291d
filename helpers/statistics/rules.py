"""The rules every comparison keeps, and how a broken one is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.wording import DESCRIPTIVE

MIN_ARTICLES = 4  # two-sided exact p cannot go below .10 with 3 against 3, .029 with 4 against 4
DESCRIPTIVE_ONLY = DESCRIPTIVE
DRAWS = 2000
ALPHA = 0.05
"""The significance level. All that follows from it, texts among them, is computed from it."""
LEVEL = 1 - ALPHA  # of the intervals
WORDS_PART, LENS_PART = 2, 8
"""One part in so many of the level is for the lens on words, which looks at most, and for each of
the four others that look for differences between outlets: together one, so that the chance of even
one false difference in a whole briefing is at most the level (Bonferroni with weights)."""
LIKELY = 0.8
"""How often a difference is found that is said to have been findable (Cohen 1988)."""
LEAST_RELABELLINGS = 1 / ALPHA  # with fewer ways to permute names no p-value could reach ALPHA
ALPHA_TEXT = f"{ALPHA:g}".removeprefix("0")
LEVEL_TEXT = f"{100 * LEVEL:g}%"
SEED = 20190925
SHARE_SCALES = (1.0, 100.0)
CACHED_CELLS = 2_000_000  # larger drawings are made anew: a memo must stay small
MANY = 10_000
"""Articles above which words are compared from sums: permutations would need all of them."""
EXPLORATORY_ALPHA = 0.667  # Krippendorff (2004): below it no conclusions, not even tentative ones

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Ratio:
    """What is compared: one column's sum over another's (a share, a mean, a rate)."""

    numerator: str
    denominator: str
    scale: float = 1.0
    """1000 for uses per 1,000 words."""


def problem(file: str, what: str, action: str) -> dict[str, str]:
    """One row of the table `problems`: what was wrong, in a plain sentence, and what was done."""
    return {"file": file, "problem": what, "action": action}


def enough(*articles: int) -> bool:
    """Whether every side has the articles a comparison needs.

    >>> enough(4, 9), enough(3, 90)
    (True, False)
    """
    return all(n >= MIN_ARTICLES for n in articles)


def many(articles: int) -> bool:
    """Whether there are too many articles to permute their outlets.

    >>> many(500), many(500_000)
    (False, True)
    """
    return articles > MANY


def require(table: pd.DataFrame, columns: Sequence[str]) -> None:
    """Say at the door which column is missing and which ones there are."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(
            f"column {missing[0]!r} is missing; the table has {', '.join(map(str, table.columns))}"
        )
