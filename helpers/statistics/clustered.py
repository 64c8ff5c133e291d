"""How far a sum over articles would vary: its variance, steadied by what articles are like.

Words and mentions come in bursts, so a sum varies more than its parts would one by one. By how
much is measured between the articles and, because five articles cannot measure it, drawn towards
what is usual: `USUAL` articles' worth of the intraclass correlation `CORRELATION` (shares) or of
the overdispersion `OVERDISPERSION` (rates), as moderated variances are (Smyth 2004). Never is
it held to be less than that of independent parts. Means, which have no such model, are left as
they are.

Everything follows from sums over articles, so that a corpus in parts gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from helpers.statistics.rules import SHARE_SCALES, Floats

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CORRELATION = 0.15
"""Of two parts of one article; what shares are drawn towards (docs/statistics.md)."""
OVERDISPERSION = 1.25
"""Squared coefficient of variation of a rate between articles; what rates are drawn towards."""
USUAL = 4.0
"""How many articles what is usual counts for."""
_SHARES = 2
"""Power of `Sums.linearised` for shares: once as for a mean, once more because an article moves the
ratio that it is held against."""
_SMALL = 1e-12


@dataclass(frozen=True)
class Sums:
    """Sums over articles of what is counted (``top``), of its base, and of their products."""

    units: Floats
    """Articles whose base is above zero."""
    top: Floats
    bottom: Floats
    top_squares: Floats
    products: Floats
    bottom_squares: Floats

    @property
    def ratio(self) -> Floats:
        """The ratio of the sums; missing without any base."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.bottom > 0, self.top / self.bottom, np.nan)

    @property
    def concentration(self) -> Floats:
        """The sum of the articles' squared shares of the base: one over the effective number of
        articles (Kish 1965)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.bottom_squares / self.bottom**2

    @property
    def own(self) -> Floats:
        """Degrees of freedom of what the articles themselves tell: their effective number less
        one."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(np.maximum(1 / self.concentration - 1, 0.0))

    @property
    def freedom(self) -> Floats:
        """Degrees of freedom together with what is usual."""
        return self.own + USUAL

    def linearised(self, power: int = 1) -> Floats:
        """Variance of the top about its share of the base, between articles (Woodruff 1971).

        Residuals of a fitted ratio are too small by the articles' shares of the base; with a
        ``power`` of one that is mended on average, with more they are made larger than that.
        """
        ratio = self.ratio
        squares = self.top_squares - 2 * ratio * self.products + ratio**2 * self.bottom_squares
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.maximum(squares, 0.0) / np.maximum(1 - self.concentration, _SMALL) ** power


def total(values: Floats, firsts: Ints | None = None) -> Floats:
    """Sums over rows or, where the first row of each group is given, over each group's rows."""
    summed: Floats = values.sum(axis=0) if firsts is None else np.add.reduceat(values, firsts)
    return summed


def every(flags: Flags, firsts: Ints | None = None) -> Flags:
    """Whether a flag is set in all rows, or in all rows of each group."""
    if firsts is None:
        return np.all(flags, axis=0)
    met: Flags = np.logical_and.reduceat(flags, firsts)
    return met


def sums_of(top: Floats, bottom: Floats, firsts: Ints | None = None) -> Sums:
    """Sums over rows (articles) of each column, or over those of each group (`total`)."""
    return Sums(
        units=total((bottom > 0).astype(np.float64), firsts),
        top=total(top, firsts),
        bottom=total(bottom, firsts),
        top_squares=total(top**2, firsts),
        products=total(top * bottom, firsts),
        bottom_squares=total(bottom**2, firsts),
    )


def correlation(sums: Sums) -> Floats:
    """Intraclass correlation of a share, by moments, drawn towards what is usual."""
    ratio, clumps = sums.ratio, clumping(sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        inflated = sums.linearised(_SHARES) / (sums.bottom * ratio * (1 - ratio))
        found = np.clip((inflated - 1) / clumps, 0.0, 1.0)
    told = (ratio > 0) & (ratio < 1) & (clumps > _SMALL)
    return _drawn(np.where(told, found, CORRELATION), CORRELATION, sums)


def clumping(sums: Sums) -> Floats:
    """How many further parts of its own article a part has, on average (Kish's b - 1)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(sums.bottom_squares / sums.bottom - 1, 0.0)


def overdispersion(sums: Sums) -> Floats:
    """Squared coefficient of variation of a rate, by moments, drawn towards what is usual."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (sums.linearised() - sums.top) / (sums.ratio**2 * sums.bottom_squares)
    found = np.where(sums.top > 0, np.maximum(found, 0.0), OVERDISPERSION)
    return _drawn(found, OVERDISPERSION, sums)


def rate_freedom(sums: Sums, bursts: Floats) -> Floats:
    """Degrees of freedom of the variance of a rate with such bursts.

    Few articles seldom hold the longest burst, so their variance is mostly too small and at times
    far too large. Rates that vary as a gamma distribution with the squared coefficient of variation
    ``bursts`` have an excess kurtosis of six times that, by half of which the variance of their
    variance exceeds that of normal values (Cramér 1946; degrees of freedom as by Satterthwaite
    1946).
    """
    return sums.own / (1 + 3 * bursts) + USUAL


def _drawn(found: Floats, usual: float, sums: Sums) -> Floats:
    """An estimate of some articles together with what is usual."""
    mixed: Floats = (sums.own * found + USUAL * usual) / sums.freedom
    return mixed


def kinds(
    top: Floats, bottom: Floats, scale: float, firsts: Ints | None = None
) -> tuple[Flags, Flags]:
    """Which columns (or groups of rows) are shares and which are rates; the rest are means.

    Counts are whole numbers from zero on. They are a share where none is above its base and the
    scale is that of a share; words are no trials, so uses per thousand words are a rate.
    """
    counts = every((top >= 0) & (top == np.floor(top)), firsts)
    share = counts & every(top <= bottom, firsts) & (scale in SHARE_SCALES)
    return share, counts & ~share
