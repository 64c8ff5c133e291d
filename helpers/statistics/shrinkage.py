"""Shares and rates drawn towards what is usual, for putting them in order.

Eight of nine is a larger share than eighty of a hundred, and says less. Each share is the mean of
its posterior under a beta distribution, each rate under a gamma distribution, whose mean and spread
are those of all units by moments (empirical Bayes: Kleinman 1973; for rates Clayton and Kaldor
1987). Only orders rest on it: what is printed are the counts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from helpers.statistics.clustered import USUAL
from helpers.statistics.rules import Floats


def shrunken(top: npt.ArrayLike, bottom: npt.ArrayLike, *, rates: bool = False) -> Floats:
    """The ratio of each unit drawn towards that of all, the more the less it rests on.

    What is usual counts for as many parts as the units' own spread says, at least `USUAL`, because
    few units tell little of their spread. Units without any base get what is usual; ``rates`` says
    that the top may be larger than the bottom.

    >>> shrunken([8, 80, 10, 20, 5], [9, 100, 50, 60, 30]).round(2).tolist()
    [0.77, 0.79, 0.22, 0.34, 0.21]
    """
    counts, base = np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    whole = base.sum()
    if not whole > 0:
        return np.full(counts.shape, np.nan)
    usual = counts.sum() / whole
    alone = usual if rates else usual * (1 - usual)  # the variance of one independent part
    filled = base > 0
    own = counts[filled] / base[filled]
    units = int(filled.sum())
    squares = float((base[filled] * (own - usual) ** 2).sum()) - (units - 1) * alone
    room = whole - float((base**2).sum()) / whole - (0 if rates else units - 1)
    between = squares / room if room > 0 else 0.0
    worth = alone / between - (0 if rates else 1) if between > 0 else whole
    # a part of a rate is the base in which one is expected
    least = USUAL / usual if rates and usual > 0 else USUAL
    worth = float(np.clip(worth, min(least, whole), whole))
    return (counts + worth * usual) / (base + worth)
