"""What a program counts, corrected by a small sample that people coded.

The program's guess is known for every item, a person's code for a few items that were drawn with
known probabilities. The mean of the guesses is taken, as far as guesses and codes agree, and the
weighted mean of what they leave over is added: prediction-powered inference with a tuned weight
(Angelopoulos, Duchi and Zrnic 2023), with the sampling weights of design-based supervised learning
(Egami, Hinck, Stewart and Wei 2023), both as the difference estimator of survey sampling (Särndal,
Swensson and Wretman 1992). A guess without any worth gets the weight 0: then the codes count alone.

This mean is right on average, and its interval is told. Yet where the guesses save much of what the
codes alone would err by, and the program's own mean is near, that mean mostly is the better one. So
the value told is moved towards it, by less than was saved, and ever less where the two lie further
apart (a limited translation: Efron and Morris 1971): it cannot err more than the codes alone, and a
program that is far off is not followed.

The article is the unit: its items' errors are added up before variances are taken. What a few
articles show of them is drawn towards what is usual, as everywhere
(`helpers.statistics.clustered`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from helpers.statistics.clustered import CORRELATION, USUAL
from helpers.statistics.rules import MIN_ARTICLES, Floats
from helpers.statistics.student import NORMAL_REACH, t_of

LEAST_CODES = 10
"""Fewer codes correct nothing: one is then more than a tenth of what is known. With as many on
either side the intervals of differences hold (`benchmarks/correction.py`)."""
LEAST_CHECKED = 5
"""Fewer codes say nothing of how often the program is right."""
_NEAR, _FAR = 0.6, 2.6
"""Which part of the way to the program's mean is gone where it is near, and how many times what the
guesses save (a standard error) it is away where half as much is gone. With these two nowhere more
is gone than what they save."""
_UNSEEN = 0.2
"""Of so many errors more the variance of a mean allows: a few codes hold few of the program's rare
errors, often none. Where codes and guesses leave nothing over at all, of `_UNSEEN_AT_ALL`."""
_UNSEEN_AT_ALL = 2.0
_LEAST_REST = 0.2  # of the codes' weight outside an article, however much it has
_NOTHING = 1e-20  # what is left of zero by rounding


@dataclass(frozen=True)
class Corrected:
    """A corrected mean: its interval at `LEVEL`, and what it rests on."""

    value: float
    """What is told: ``plain``, moved towards ``raw``."""
    low: float
    high: float
    plain: float
    """The mean that is right on average, about which the interval lies."""
    raw: float
    """The mean of the program's guesses."""
    trust: float
    """The weight of the guesses: 0 where the codes count alone, 1 where guesses count fully."""
    codes: int
    articles: int
    """Articles with a coded item."""
    pulls: Floats
    """How far each article pulls the mean, in the order of the articles' numbers; more the more of
    the codes' weight it has (a mean follows the articles that it rests on)."""
    weights: Floats
    """Each article's part of the codes' weight."""
    usual: float
    """The variance of the mean if codes of one article are as alike as is usual."""
    unseen: float
    """The variance of errors that are too rare to be among the codes."""


def corrected_mean(
    guess: npt.ArrayLike,
    code: npt.ArrayLike,
    weight: npt.ArrayLike,
    article: npt.ArrayLike,
    *,
    articles: int | None = None,
    least: int = LEAST_CODES,
) -> Corrected | None:
    """The mean of all items' true values, or None with too few codes to say anything.

    One entry per item: the program's ``guess`` (0 or 1, a probability or a score), a person's
    ``code`` (NaN where not coded), the ``weight`` of a coded item (one over the probability that it
    was drawn) and its ``article``. Fewer codes than ``least`` are too few, and so are codes in
    fewer than `MIN_ARTICLES` articles. Where the mean is to be compared with another one
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
    if n < least or units < MIN_ARTICLES:
        return None
    w = np.where(coded, np.asarray(weight, dtype=np.float64), 0.0)
    w /= w.sum()
    known = np.where(coded, y, 0.0)
    trust = _trust(f, known, w, n)
    parts = np.bincount(at, weights=w, minlength=articles).astype(np.float64)
    alike = (1 - CORRELATION) * float((w**2).sum()) + CORRELATION * float((parts**2).sum())
    raw = float(f.mean())

    def about(trust: float) -> tuple[float, Floats, float]:
        """The mean with such a weight of the guesses, its pulls and its usual variance."""
        left = np.where(coded, known - trust * f, 0.0)
        rest = float(w @ left)
        pull = trust * (f - raw) / len(f) + w * (left - rest)
        pulls = np.bincount(at, weights=pull, minlength=articles)
        spread = float(w @ (left - rest) ** 2)
        return trust * raw + rest, pulls / np.maximum(1 - parts, _LEAST_REST), spread * alike

    plain, pulls, usual = about(trust)
    largest = float(max(np.abs(known).max(), np.abs(f).max()))
    rare = (_UNSEEN if usual > _NOTHING else _UNSEEN_AT_ALL) * alike
    unseen = largest**2 * alike * rare / (1 + rare)
    if bool(np.isin(known[coded], (0.0, 1.0)).all() and (f >= 0).all() and (f <= 1).all()):
        plain = min(max(plain, 0.0), 1.0)
        low, high = _share_ends(plain, pulls, parts, usual=usual, unseen=unseen, size=1 / alike)
    else:
        low, high = _ends(plain, pulls, parts**2, usual=usual, unseen=unseen)
    _, by_codes, usual_of_codes = about(0.0)
    alone = _steadied(by_codes, parts**2, usual_of_codes)[0]
    # by so much a variance of n codes may be off
    saved = alone - _steadied(pulls, parts**2, usual)[0] - alone / n**0.5
    value = min(max(plain + _moved(raw - plain, saved), low), high)
    return Corrected(value, low, high, plain, raw, trust, n, units, pulls, parts, usual, unseen)


def corrected_difference(one: Corrected, other: Corrected) -> tuple[float, float, float]:
    """The difference of two corrected means and its interval.

    Both must have been given the same list of articles, by which an article with items on both
    sides counts as one.
    """
    low, high = _ends(
        one.plain - other.plain,
        one.pulls - other.pulls,
        one.weights**2 + other.weights**2,
        usual=one.usual + other.usual,
        unseen=one.unseen + other.unseen,
    )
    return min(max(one.value - other.value, low), high), low, high


def _moved(way: float, saved: float) -> float:
    """How much of the ``way`` to the program's mean is gone, given the variance that it saves."""
    if saved <= _NOTHING:
        return 0.0
    return _NEAR * way / (1 + (way**2 / (_FAR**2 * saved)) ** 3)


def _trust(f: Floats, y: Floats, w: Floats, n: int) -> float:
    """The weight of the guesses with the least variance (PPI++).

    It is drawn to zero by its own standard error: a weight that fits a few codes best is too large
    for the rest, unless it fits them well.
    """
    middle_f, middle_y = float(w @ f), float(w @ y)
    spread = float(w @ (f - middle_f) ** 2)
    if spread < _NOTHING:
        return 0.0
    best = float(w @ ((f - middle_f) * (y - middle_y))) / spread
    left = float(w @ (y - middle_y - best * (f - middle_f)) ** 2)
    doubt = left / spread * float((w**2).sum())
    drawn = best**3 / (best**2 + doubt) if best > 0 else 0.0
    return float(np.clip(drawn / (1 + n / len(f)), 0.0, 1.0))


def _ends(
    value: float, pulls: Floats, expected: Floats, *, usual: float, unseen: float = 0.0
) -> tuple[float, float]:
    """A t interval over articles; missing where nothing differs from anything."""
    variance, reach = _steadied(pulls, expected, usual)
    variance += unseen
    if variance < _NOTHING:
        return float("nan"), float("nan")
    return value - reach * variance**0.5, value + reach * variance**0.5


def _share_ends(
    value: float, pulls: Floats, parts: Floats, *, usual: float, unseen: float, size: float
) -> tuple[float, float]:
    """Wilson's interval (1927) with the effective number of items.

    That is ``size``, what the codes are worth by their weights and articles (Kish 1965), where all
    of them say the same.
    """
    variance, reach = _steadied(pulls, parts**2, usual)
    if variance > _NOTHING and 0 < value < 1:
        size = value * (1 - value) / (variance + unseen)
    middle = (value + reach**2 / (2 * size)) / (1 + reach**2 / size)
    half = (
        reach
        / (1 + reach**2 / size)
        * (value * (1 - value) / size + reach**2 / (4 * size**2)) ** 0.5
    )
    return max(min(middle - half, value), 0.0), min(max(middle + half, value), 1.0)


def _steadied(pulls: Floats, expected: Floats, usual: float) -> tuple[float, float]:
    """The variance of a mean, and the standard errors to either side of its interval.

    A few articles with most of the weight tell as little as a few articles: the degrees of freedom
    follow from the ``expected`` parts of the variance (Satterthwaite; Bell and McCaffrey 2002), not
    from those seen, which make every sample look small. The ``usual`` variance counts for `USUAL`
    more.
    """
    total = float(expected.sum())
    own = max(total**2 / float((expected**2).sum()) - 1, 0.0)
    variance = (own * float((pulls**2).sum()) + USUAL * usual) / (own + USUAL)
    return variance, float(t_of(NORMAL_REACH, own + USUAL))
