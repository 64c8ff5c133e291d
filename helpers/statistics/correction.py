"""What a program counts, corrected by a small sample that people coded.

The program's guess is known for every item, a person's code for a few items that were drawn with
known probabilities. The mean of the guesses is taken, as far as guesses and codes agree, and the
weighted mean of what they leave over is added: prediction-powered inference with a tuned weight
(Angelopoulos, Duchi and Zrnic 2023), with the sampling weights of design-based supervised learning
(Egami, Hinck, Stewart and Wei 2023), both as the difference estimator of survey sampling (Särndal,
Swensson and Wretman 1992). A guess without any worth gets the weight 0: then the codes count alone.

The article is the unit: its items' errors are added up before variances are taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from helpers.statistics.rules import MIN_ARTICLES, Floats
from helpers.statistics.student import NORMAL_REACH, t_of

LEAST_CODES = 20
"""Fewer codes correct nothing: one is then more than a twentieth of what is known, and
the intervals of differences fall short."""
_STEADY = 20.0
"""Codes for which the weight of the guesses is drawn halfway to zero: with few codes the weight
that fits them best is too large for the rest."""

_NOTHING = 1e-20  # what is left of zero by rounding


@dataclass(frozen=True)
class Corrected:
    """A corrected mean: its interval at `LEVEL`, and what it rests on."""

    value: float
    low: float
    high: float
    raw: float
    """The mean of the program's guesses."""
    trust: float
    """The weight of the guesses: 0 where the codes count alone, 1 where guesses count fully."""
    codes: int
    articles: int
    """Articles with a coded item."""
    pulls: Floats
    """How far each article pulls the mean, in the order of the articles' numbers."""
    share: bool
    """Whether all codes are 0 or 1, so that the mean is a share."""


def corrected_mean(
    guess: npt.ArrayLike,
    code: npt.ArrayLike,
    weight: npt.ArrayLike,
    article: npt.ArrayLike,
    *,
    articles: int | None = None,
) -> Corrected | None:
    """The mean of all items' true values, or None with too few codes to say anything.

    One entry per item: the program's ``guess`` (0 or 1, a probability or a score), a person's
    ``code`` (NaN where not coded), the ``weight`` of a coded item (one over the probability that it
    was drawn) and its ``article``. Where the mean is to be compared with another one
    (`corrected_difference`), articles are given by their number below ``articles``.

    >>> guess, article = [1, 0] * 20, np.arange(40) // 2
    >>> code = np.where(np.arange(40) < 20, guess, np.nan)
    >>> found = corrected_mean(guess, code, np.full(40, 2.0), article)
    >>> round(found.value, 2), found.codes, found.articles
    (0.5, 20, 10)
    """
    f, y = np.asarray(guess, dtype=np.float64), np.asarray(code, dtype=np.float64)
    if articles is None:
        numbers, at = np.unique(np.asarray(article), return_inverse=True)
        articles = len(numbers)
    else:
        at = np.asarray(article)
    coded = ~np.isnan(y)
    n, units = int(coded.sum()), len(np.unique(at[coded]))
    if n < LEAST_CODES or units < MIN_ARTICLES:
        return None
    w = np.where(coded, np.asarray(weight, dtype=np.float64), 0.0)
    w /= w.sum()
    known = np.where(coded, y, 0.0)
    trust = _trust(f, known, w, n)
    left = np.where(coded, known - trust * f, 0.0)
    rest = float(w @ left)
    value = trust * float(f.mean()) + rest
    pull = trust * (f - f.mean()) / len(f) + w * (left - rest)
    pulls = np.bincount(at, weights=pull, minlength=articles).astype(np.float64)
    share = bool(np.isin(known[coded], (0.0, 1.0)).all() and (f >= 0).all() and (f <= 1).all())
    low, high = _ends(value, pulls, share=share)
    return Corrected(value, low, high, float(f.mean()), trust, n, units, pulls, share)


def corrected_difference(one: Corrected, other: Corrected) -> tuple[float, float, float]:
    """The difference of two corrected means and its interval.

    Both must have been given the same list of articles, by which an article with items on both
    sides counts as one.
    """
    value = one.value - other.value
    low, high = _ends(value, one.pulls - other.pulls, share=False)
    return value, low, high


def _trust(f: Floats, y: Floats, w: Floats, n: int) -> float:
    """The weight of the guesses with the least variance (PPI++), steadied for few codes."""
    middle_f, middle_y = float(w @ f), float(w @ y)
    spread = float(w @ (f - middle_f) ** 2)
    if spread < _NOTHING:
        return 0.0
    together = float(w @ ((f - middle_f) * (y - middle_y)))
    best = together / spread / (1 + n / len(f))
    return float(np.clip(best, 0.0, 1.0) * n / (n + _STEADY))


def _ends(value: float, pulls: Floats, *, share: bool) -> tuple[float, float]:
    """A t interval over articles; of a share Wilson's (1927) with the effective number of items."""
    squares = pulls**2
    units = int((squares > _NOTHING).sum())
    variance = float(squares.sum()) * units / max(units - 1, 1)
    if units < 2:
        return float("nan"), float("nan")
    # Few articles with a large pull tell as little as few articles (Satterthwaite).
    freedom = max(float(squares.sum()) ** 2 / float((squares**2).sum()) - 1, 1.0)
    reach = float(t_of(NORMAL_REACH, freedom))
    if not share or not 0 < value < 1 or variance <= 0:
        half = reach * variance**0.5
        return value - half, value + half
    size = value * (1 - value) / variance
    middle = (value + reach**2 / (2 * size)) / (1 + reach**2 / size)
    half = (
        reach
        / (1 + reach**2 / size)
        * (value * (1 - value) / size + reach**2 / (4 * size**2)) ** 0.5
    )
    return middle - half, middle + half
