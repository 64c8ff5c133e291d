"""Do intervals hold what is true? Six ways, by simulation of articles that repeat themselves.

    python benchmarks/intervals.py [--runs 4000] [--differences 400] [--write]

Shares: each article has 1 + NB parts (8 on average) and its own share, beta distributed about the
true one with an intraclass correlation. Rates: articles of about 700 words use a word 2 times per
1,000 words, with negative binomial counts of a given squared coefficient of variation between
articles. Of each way: the share of runs whose interval holds the truth, and its mean width over
that of the percentile bootstrap. `known` is not a way but a bound: the shortest equal multiple
interval of one who knows how articles vary. Then the intervals of differences between an outlet
of so many articles and others of three times as many together, as the lenses have them for a pair
alone. `--write` puts both tables into docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics import Ratio, difference_table, ratio_interval
from helpers.statistics.clustered import sums_of
from helpers.statistics.student import NORMAL_REACH, t_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "statistics.md"
MARKS = {
    "intervals": ("<!-- intervals -->\n", "<!-- end of intervals -->"),
    "differences": ("<!-- differences -->\n", "<!-- end of differences -->"),
}
SEED = 20190925
SIZES = 5, 10, 20, 50
DRAWS = 400
TAIL = 0.025

Floats = npt.NDArray[np.float64]
Ends = tuple[Floats, Floats]


def shares(rng: np.random.Generator, n: int, runs: int, *, share: float, alike: float) -> Ends:
    """What is counted and all parts: one row per article, one column per run."""
    parts = 1 + rng.negative_binomial(1.5, 1.5 / 8.5, size=(n, runs))
    odds = (1 - alike) / alike
    own = rng.beta(share * odds, (1 - share) * odds, size=(n, runs))
    return rng.binomial(parts, own).astype(float), parts.astype(float)


def rates(rng: np.random.Generator, n: int, runs: int, *, rate: float, bursts: float) -> Ends:
    """Uses and words: one row per article, one column per run."""
    words = np.exp(rng.normal(np.log(700), 0.5, size=(n, runs))).round()
    k = 1 / bursts
    return rng.negative_binomial(k, k / (k + rate * words)).astype(float), words


def percentile(top: Floats, bottom: Floats, share: bool) -> Ends:
    """Percentiles of whole articles drawn again, widened for few articles; exact at the ends."""
    n = len(top)
    value = top.sum(axis=0) / bottom.sum(axis=0)
    weights = _weights(n)
    drawn = (weights @ top) / (weights @ bottom)
    low, high = value + (np.quantile(drawn, (TAIL, 1 - TAIL), axis=0) - value) * np.sqrt(
        n / (n - 1)
    )
    return _exact_ends(value, np.maximum(low, 0), high, top, bottom, share)


def linear_t(top: Floats, bottom: Floats, share: bool) -> Ends:
    """Student's t about the ratio."""
    sums = sums_of(top, bottom)
    reach = t_of(NORMAL_REACH, len(top) - 1) * np.sqrt(sums.linearised()) / sums.bottom
    return _exact_ends(
        sums.ratio, np.maximum(sums.ratio - reach, 0), sums.ratio + reach, top, bottom, share
    )


def transformed_t(top: Floats, bottom: Floats, share: bool) -> Ends:
    """Student's t about the logit of a share or the logarithm of a rate, with jackknife variance
    and Kish's effective number of articles as degrees of freedom."""
    sums = sums_of(top, bottom)
    error = np.sqrt(sums.linearised(2)) / sums.bottom
    reach = t_of(NORMAL_REACH, np.maximum(1 / sums.concentration - 1, 1))
    return _on_scale(sums.ratio, reach * error, reach * error, top, bottom, share)


def studentised(top: Floats, bottom: Floats, share: bool) -> Ends:
    """The bootstrap of t about the transformed ratio (Efron and Tibshirani 1993, chapter 12)."""
    sums, weights = sums_of(top, bottom), _weights(len(top))
    ratio = (weights @ top) / (weights @ bottom)
    squares = weights @ top**2 - 2 * ratio * (weights @ (top * bottom))
    squares = np.maximum(squares + ratio**2 * (weights @ bottom**2), 0)
    own = np.sqrt(squares) / (weights @ bottom)
    with np.errstate(all="ignore"):
        slope = 1 / (ratio * (1 - ratio)) if share else 1 / ratio
        moved = _forth(ratio, share) - _forth(sums.ratio, share)
        drawn = np.where(squares > 0, moved / (own * slope), np.nan)
        drawn = np.where(np.isfinite(drawn), drawn, np.nan)
        drawn[:, np.isnan(drawn).all(axis=0)] = 0  # of no use at all the exact bound is taken
        ends = np.nanquantile(drawn, (TAIL, 1 - TAIL), axis=0)
    error = np.sqrt(sums.linearised()) / sums.bottom
    return _on_scale(sums.ratio, ends[1] * error, -ends[0] * error, top, bottom, share)


def design_effect(top: Floats, bottom: Floats, share: bool) -> Ends:
    """Wilson's and the score interval of counts divided by their design effect, as measured."""
    sums = sums_of(top, bottom)
    square = t_of(NORMAL_REACH, len(top) - 1) ** 2
    value, variance = sums.ratio, np.maximum(sums.linearised(), 1e-12)
    with np.errstate(all="ignore"):
        if share:
            worth = np.minimum(value * (1 - value) * sums.bottom**2 / variance, sums.bottom)
            worth = np.where((value > 0) & (value < 1), worth, len(top))
            middle = (value + square / 2 / worth) / (1 + square / worth)
            spread = square * value * (1 - value) / worth + square**2 / 4 / worth**2
            reach = np.sqrt(spread) / (1 + square / worth)
        else:
            effect = np.where(sums.top > 0, np.maximum(variance / sums.top, 1), 1)
            middle = (sums.top + square * effect / 2) / sums.bottom
            reach = np.sqrt(square * effect * sums.top + (square * effect / 2) ** 2) / sums.bottom
    return np.maximum(middle - reach, 0), middle + reach


def ours(top: Floats, bottom: Floats, share: bool) -> Ends:
    """What the lenses use."""
    _, low, high = ratio_interval(top, bottom, scale=1.0 if share else 1000.0)
    scale = 1.0 if share else 1000.0
    return np.asarray(low) / scale, np.asarray(high) / scale


WAYS: dict[str, Callable[[Floats, Floats, bool], Ends]] = {
    "percentile": percentile,
    "linear t": linear_t,
    "logit or log t": transformed_t,
    "studentised": studentised,
    "design effect": design_effect,
    "ours": ours,
}
CELLS: dict[str, tuple[Callable[..., Ends], dict[str, float], float]] = {
    "share 30%, correlation .25": (shares, {"share": 0.3, "alike": 0.25}, 0.3),
    "share 5%, correlation .25": (shares, {"share": 0.05, "alike": 0.25}, 0.05),
    "share 30%, correlation .03": (shares, {"share": 0.3, "alike": 0.03}, 0.3),
    "share 5%, correlation .03": (shares, {"share": 0.05, "alike": 0.03}, 0.05),
    "share 5%, correlation .5": (shares, {"share": 0.05, "alike": 0.5}, 0.05),
    "2 per 1,000, bursts 3.3": (rates, {"rate": 0.002, "bursts": 3.3}, 0.002),
    "2 per 1,000, bursts 1": (rates, {"rate": 0.002, "bursts": 1.0}, 0.002),
    "2 per 1,000, bursts 8": (rates, {"rate": 0.002, "bursts": 8.0}, 0.002),
}


Side = dict[str, float]
PAIRS: dict[str, tuple[Callable[..., Ends], Side, Side, float, float]] = {
    "share 30% against 30%, correlation .25": (
        shares, {"share": 0.3, "alike": 0.25}, {"share": 0.3, "alike": 0.25}, 0.0, 1.0),
    "share 50% against 20%, correlation .25": (
        shares, {"share": 0.5, "alike": 0.25}, {"share": 0.2, "alike": 0.25}, 0.3, 1.0),
    "2 against 2 per 1,000, bursts 1": (
        rates, {"rate": 0.002, "bursts": 1.0}, {"rate": 0.002, "bursts": 1.0}, 0.0, 1000.0),
    "6 against 2 per 1,000, bursts 1": (
        rates, {"rate": 0.006, "bursts": 1.0}, {"rate": 0.002, "bursts": 1.0}, 4.0, 1000.0),
}  # fmt: skip


def of_differences(runs: int) -> str:
    """The page's second table: how often the interval of a difference holds it."""
    sizes = " | ".join(f"{n} against {3 * n}" for n in SIZES)
    lines = [f"| difference, articles | {sizes} |"]
    lines.append("| --- " * 5 + "|")
    for name, (make, one, other, truth, scale) in PAIRS.items():
        cells = []
        for n in SIZES:
            rng = np.random.default_rng(SEED + n)
            here, there = make(rng, n, runs, **one), make(rng, 3 * n, runs, **other)
            held = sum(_holds(here, there, run, truth, scale) for run in range(runs))
            cells.append(f"{held / runs:.3f}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _holds(here: Ends, there: Ends, run: int, truth: float, scale: float) -> bool:
    top, bottom = (np.concatenate([here[i][:, run], there[i][:, run]]) for i in (0, 1))
    outlet = ["ours"] * len(here[0]) + ["theirs"] * len(there[0])
    units = pd.DataFrame({"outlet": outlet, "top": top, "bottom": bottom})
    units["doc_id"] = range(len(top))
    row = difference_table(units, Ratio("top", "bottom", scale), draws=DRAWS).iloc[0]
    return bool(row["low"] <= truth <= row["high"])


def measured(runs: int) -> Iterator[tuple[str, int, dict[str, tuple[float, float]]]]:
    """Of each cell and number of articles: coverage and width of each way."""
    for cell, (make, how, truth) in CELLS.items():
        for n in SIZES:
            top, bottom = make(np.random.default_rng(SEED + n), n, runs, **how)
            share = make is shares
            found = {name: way(top, bottom, share) for name, way in WAYS.items()}
            if not share:
                found["known"] = _known(top, bottom, truth)
            usual = float(np.mean(found["percentile"][1] - found["percentile"][0]))
            yield cell, n, {
                name: (
                    float(np.mean((low <= truth) & (truth <= high))),
                    float(np.mean(high - low)) / usual,
                )
                for name, (low, high) in found.items()
            }


def table(runs: int) -> str:
    """The page's table: coverage, and in brackets the width."""
    names = [*WAYS, "known"]
    lines = [f"| what | articles | {' | '.join(names)} |", "| --- " * (2 + len(names)) + "|"]
    for cell, n, found in measured(runs):
        cells = [f"{c:.3f} ({w:.2f})" if w < 100 else f"{c:.3f} (wide)" for c, w in found.values()]
        cells += [""] * (len(names) - len(cells))
        lines.append(f"| {cell} | {n} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _weights(n: int) -> Floats:
    rng = np.random.default_rng(SEED)
    return rng.multinomial(n, np.full(n, 1 / n), size=DRAWS).astype(float)


def _exact_ends(
    value: Floats, low: Floats, high: Floats, top: Floats, bottom: Floats, share: bool
) -> Ends:
    """Where nothing or everything was counted, the exact bound."""
    n = len(top)
    bound = np.full(value.shape, 1 - TAIL ** (1 / n)) if share else -np.log(TAIL) / bottom.sum(0)
    low, high = np.where(value == 0, 0, low), np.where(value == 0, bound, high)
    if share:
        low, high = np.where(value == 1, 1 - bound, low), np.minimum(high, 1)
    return low, high


def _forth(value: Floats, share: bool) -> Floats:
    with np.errstate(all="ignore"):
        return np.log(value / (1 - value)) if share else np.log(value)


def _on_scale(
    value: Floats, down: Floats, up: Floats, top: Floats, bottom: Floats, share: bool
) -> Ends:
    """Ends at distances from the ratio that are taken to its logit or logarithm."""
    with np.errstate(all="ignore"):
        slope = 1 / (value * (1 - value)) if share else 1 / value
        middle = _forth(value, share)
        low, high = middle - down * slope, middle + up * slope
        back: Any = (lambda x: 1 / (1 + np.exp(-x))) if share else np.exp
        return _exact_ends(value, back(low), back(high), top, bottom, share)


def _known(top: Floats, bottom: Floats, truth: float) -> Ends:
    """The shortest interval between two multiples of the estimate that holds as often as asked."""
    estimate = (top.sum(axis=0) + 0.5) / bottom.sum(axis=0)
    best: Ends = (estimate, estimate)
    shortest = np.inf
    for beyond in np.linspace(0, 2 * TAIL, 21):
        small, large = np.quantile(estimate / truth, (2 * TAIL - beyond, 1 - beyond))
        if 1 / small - 1 / large < shortest:
            shortest, best = 1 / small - 1 / large, (estimate / large, estimate / small)
    return best


@click.command(help=__doc__)
@click.option("--runs", default=4000, show_default=True)
@click.option("--differences", default=400, show_default=True, help="runs of differences")
@click.option("--write", is_flag=True, help="put the tables into docs/statistics.md")
def main(runs: int, differences: int, write: bool) -> None:
    found = {"intervals": table(runs), "differences": of_differences(differences)}
    for name, made in found.items():
        print(made)
        if write:
            first, last = MARKS[name]
            before, rest = PAGE.read_text(encoding="utf-8").split(first)
            PAGE.write_text(before + first + made + last + rest.split(last)[1], "utf-8")


if __name__ == "__main__":
    main()
