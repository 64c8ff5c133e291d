"""Statistics for every comparison of outlets: the article is the unit, never the word.

Words of one article are not independent observations: a name used thirty times in one report is
one editorial decision. So intervals come from resampling whole articles (cluster bootstrap,
Efron and Tibshirani 1993; widened for few articles as in Hesterberg 2015), p-values from
exchanging the outlets' names among the articles of the same event (permutation within strata,
Good 2005), and many terms tested at once are controlled by the largest statistic of each
exchange (Westfall and Young 1993) or by the false-discovery rate (Benjamini and Hochberg 1995).

With fewer than `MIN_ARTICLES` articles on a side no exchange could ever be surprising: results
are then *descriptive only*, without p-value and without interval.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

MIN_ARTICLES = 4  # two-sided exact p cannot go below .10 with 3 against 3, .029 with 4 against 4
DESCRIPTIVE_ONLY = "descriptive only"
DRAWS = 2000
LEVEL = 0.95
ALPHA = 0.05
SEED = 20190925
SHARE_SCALES = (1.0, 100.0)
EXPLORATORY_ALPHA = 0.667  # Krippendorff (2004): below it no conclusions, not even tentative ones

Floats = npt.NDArray[np.floating[Any]]


class Interval(NamedTuple):
    """A value with its interval; arrays where several columns were asked for at once."""

    value: Floats
    low: Floats
    high: Floats


def problem(file: str, what: str, action: str) -> dict[str, str]:
    """One row of the table `problems`: what was wrong, in a plain sentence, and what was done."""
    return {"file": file, "problem": what, "action": action}


def enough(*articles: int, minimum: int = MIN_ARTICLES) -> bool:
    """Whether every side has the articles a comparison needs.

    >>> enough(4, 9), enough(3, 90)
    (True, False)
    """
    return all(n >= minimum for n in articles)


# ------------------------------------------------------------------------------- bootstrap


def bootstrap_weights(n: int, *, draws: int = DRAWS, seed: int = SEED) -> npt.NDArray[np.float32]:
    """One row per draw, one column per article: how often the article was drawn."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, max(n, 1), size=(draws, n))
    picks += np.arange(draws)[:, None] * n
    counts = np.bincount(picks.ravel(), minlength=draws * n)
    return counts.reshape(draws, n).astype(np.float32)


def bootstrap_ratio(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    *,
    scale: float = 1.0,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
    minimum: int = MIN_ARTICLES,
) -> Interval:
    """Ratio of sums over articles (a rate, a share, a mean) with its cluster-bootstrap interval.

    `numerator` has one row per article and optionally one column per thing counted;
    `denominator` is one number per article or has the same shape. Mentions per 1,000 words:
    mentions, words, `scale=1000`. A mean: sums and counts per article. Articles whose
    denominator is zero carry no information and are not counted as units. The interval is
    missing below `minimum` such articles. Where every resample gives zero (or, for shares,
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
    wanted = units >= minimum
    if n and wanted.any():
        weights = bootstrap_weights(n, draws=draws, seed=seed)
        below = bottom if bottom.shape[1] == 1 else bottom[:, wanted]
        resampled = _ratios(weights, top[:, wanted], below) * scale
        tail = (1 - level) / 2
        ends = _quantiles(resampled, (tail, 1 - tail))
        low[wanted], high[wanted] = _widen(value[wanted], ends, units[wanted])
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


def _widen(value: Floats, ends: Floats, units: npt.NDArray[np.integer[Any]]) -> Floats:
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
    *,
    by: Sequence[str],
    numerator: str,
    denominator: str,
    cluster: str = "doc_id",
    scale: float = 1.0,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
    minimum: int = MIN_ARTICLES,
) -> pd.DataFrame:
    """One row per group of `by`: the ratio with its interval and the raw counts beside it.

    `units` holds one or more rows per article (`cluster`): rows of one article are summed first,
    so that the article is what is drawn. Columns: `by`, value, low, high, n (sum of the
    numerator), total (sum of the denominator), articles, descriptive.
    """
    _require(units, [*by, numerator, denominator, cluster])
    sums = (
        units.groupby([*by, cluster], sort=True, observed=True)[[numerator, denominator]]
        .sum()
        .reset_index()
    )
    rows: list[dict[Hashable, Any]] = []
    for key, group in sums.groupby(list(by), sort=True, observed=True):
        top, bottom = group[numerator].to_numpy(float), group[denominator].to_numpy(float)
        articles = int((bottom > 0).sum())
        value, low, high = bootstrap_ratio(
            top, bottom, scale=scale, draws=draws, level=level, seed=seed, minimum=minimum
        )
        names = key if isinstance(key, tuple) else (key,)
        row: dict[Hashable, Any] = dict(zip(by, names, strict=True))
        row |= {"value": float(value), "low": float(low), "high": float(high)}
        row |= {"n": float(top.sum()), "total": float(bottom.sum()), "articles": articles}
        rows.append(row | {"descriptive": articles < minimum})
    columns = [*by, "value", "low", "high", "n", "total", "articles", "descriptive"]
    return pd.DataFrame(rows, columns=columns)


# ----------------------------------------------------------------------------- permutation


def codes(values: Sequence[Any] | pd.Series | npt.NDArray[Any] | None, n: int) -> npt.NDArray:
    """Whole numbers for strata; articles without a stratum share one, none given means one."""
    if values is None:
        return np.zeros(n, dtype=np.int64)
    return pd.factorize(pd.Series(list(values), dtype="object"), sort=False)[0].astype(np.int64)


def relabellings(labels: npt.ArrayLike, strata: npt.ArrayLike | None = None) -> float:
    """How many different ways the labels can fall inside their strata (capped at 1e18).

    With fewer than 20 no two-sided p-value can reach .05, whatever was counted.

    >>> relabellings([True] * 4 + [False] * 4)
    70.0
    >>> relabellings([True, False, True], ["monday", "monday", "tuesday"])
    2.0
    """
    chosen = np.asarray(labels, dtype=bool)
    stratum = codes(None if strata is None else list(np.asarray(strata)), len(chosen))
    ways = 1.0
    for code in np.unique(stratum):
        inside = chosen[stratum == code]
        ways = min(ways * math.comb(len(inside), int(inside.sum())), 1e18)
    return float(ways)


def permuted_labels(
    labels: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> npt.NDArray[Any]:
    """One row per draw: the labels exchanged among the articles of the same stratum.

    Each stratum keeps its labels, so an outlet that covered an event twice still covers it
    twice. Works for flags and for integer codes of several outlets alike.
    """
    given = np.asarray(labels)
    stratum = codes(None if strata is None else list(np.asarray(strata)), len(given))
    places = np.argsort(stratum, kind="stable")
    rng = np.random.default_rng(seed)
    keys = rng.random((draws, len(given)))
    keys += stratum[None, :]
    order = np.argsort(keys, axis=1)  # the k-th block of positions holds the k-th stratum
    exchanged = np.empty((draws, len(given)), dtype=given.dtype)
    exchanged[:, places] = given[order]
    return exchanged


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
    reached = len(ladder) - np.searchsorted(ladder, seen - 1e-6 * (1 + seen), side="left")
    return np.where(np.isnan(seen), np.nan, (1 + reached) / (1 + len(ladder)))


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """q-values (Benjamini and Hochberg 1995); missing p-values stay missing and are not tests.

    >>> benjamini_hochberg([0.01, 0.02, 0.9, float("nan")]).round(3).tolist()
    [0.03, 0.03, 0.9, nan]
    """
    given = np.asarray(p_values, dtype=float)
    result = np.full(given.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(given))
    if not len(tested):
        return result
    order = tested[np.argsort(given[tested], kind="stable")]
    ranked = given[order] * len(order) / np.arange(1, len(order) + 1)
    result[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return result


def difference_table(
    units: pd.DataFrame,
    *,
    numerator: str,
    denominator: str,
    group: str = "outlet",
    by: Sequence[str] = (),
    strata: str | None = None,
    cluster: str = "doc_id",
    scale: float = 1.0,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
    minimum: int = MIN_ARTICLES,
    control: str = "bh",
) -> pd.DataFrame:
    """One row per group of `by` × outlet: its ratio against that of all other outlets together.

    Columns: `by`, `group`, value, reference, difference, low, high, n_target, n_reference,
    articles_target, articles_reference, p_value, q_value, descriptive. The difference (for
    shares: the risk difference) has a cluster-bootstrap interval, p_value exchanges outlets
    within `strata`, q_value is taken over all rows of the answer: `control` "bh"
    (Benjamini-Hochberg) or "none". Fewer than `minimum` articles on a side, or too few
    exchanges for any p below .05, give a descriptive row without p-value.
    """
    _require(units, [*by, group, numerator, denominator, cluster, *([strata] if strata else [])])
    if control not in ("bh", "none"):
        raise ValueError(f"control must be 'bh' or 'none', not {control!r}")
    keys = [*by, group, cluster]
    aggregated = {numerator: "sum", denominator: "sum"} | ({strata: "first"} if strata else {})
    sums = units.groupby(keys, sort=True, observed=True).agg(aggregated).reset_index()
    parts = sums.groupby(list(by), sort=True, observed=True) if by else [((), sums)]
    rows: list[dict[Hashable, Any]] = []
    for key, part in parts:
        names = key if isinstance(key, tuple) else (key,)
        top, bottom = part[numerator].to_numpy(float), part[denominator].to_numpy(float)
        events = part[strata].to_numpy(dtype=object) if strata else None
        for outlet in sorted(part[group].dropna().unique()):
            mine = (part[group] == outlet).to_numpy()
            rows.append(
                dict(zip(by, names, strict=True))
                | {group: outlet}
                | _difference(
                    top,
                    bottom,
                    mine,
                    events,
                    scale=scale,
                    draws=draws,
                    level=level,
                    seed=seed,
                    minimum=minimum,
                )
            )
    columns = [*by, group, "value", "reference", "difference", "low", "high", "n_target"]
    columns += ["n_reference", "articles_target", "articles_reference", "p_value", "descriptive"]
    table = pd.DataFrame(rows, columns=columns)
    p_values = table["p_value"].to_numpy(dtype=float)
    adjusted = benjamini_hochberg(p_values) if control == "bh" else p_values
    table.insert(list(table.columns).index("p_value") + 1, "q_value", adjusted)
    return table


def _difference(
    top: Floats,
    bottom: Floats,
    mine: npt.NDArray[np.bool_],
    events: npt.NDArray[Any] | None,
    *,
    scale: float,
    draws: int,
    level: float,
    seed: int,
    minimum: int,
) -> dict[Hashable, Any]:
    """One outlet against the rest: difference of ratios, bootstrap interval, permutation p."""
    counted = bottom > 0
    sides = int((counted & mine).sum()), int((counted & ~mine).sum())

    def ratio(weights: Floats, flags: npt.NDArray[Any]) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return (weights @ (top * flags)) / (weights @ (bottom * flags)) * scale

    ones = np.ones((1, len(top)))
    value, reference = float(ratio(ones, mine)[0]), float(ratio(ones, ~mine)[0])
    row: dict[Hashable, Any] = {
        "value": value,
        "reference": reference,
        "difference": value - reference,
        "low": np.nan,
        "high": np.nan,
        "n_target": float(top[mine].sum()),
        "n_reference": float(top[~mine].sum()),
        "articles_target": sides[0],
        "articles_reference": sides[1],
        "p_value": np.nan,
        "descriptive": not enough(*sides, minimum=minimum),
    }
    if row["descriptive"]:
        return row
    target, other = bottom * mine > 0, bottom * ~mine > 0
    inside = bootstrap_weights(sides[0], draws=draws, seed=seed)
    outside = bootstrap_weights(sides[1], draws=draws, seed=seed + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = (inside @ top[target]) / (inside @ bottom[target])
        drawn = (drawn - (outside @ top[other]) / (outside @ bottom[other])) * scale
    ends = np.nanquantile(drawn, ((1 - level) / 2, (1 + level) / 2))
    row["low"], row["high"] = (
        float(end) for end in _widen(row["difference"], ends, np.asarray(min(sides)))
    )
    if relabellings(mine[counted], None if events is None else events[counted]) >= 1 / ALPHA:
        labels = permuted_labels(mine, events, draws=draws, seed=seed).astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = (labels @ top) / (labels @ bottom)
            moved = (moved - ((1 - labels) @ top) / ((1 - labels) @ bottom)) * scale
        row["p_value"] = float(permutation_p(row["difference"], np.nan_to_num(moved)))
    return row


# ----------------------------------------------------------------------------- effect sizes


def log_odds_ratio(
    n_target: npt.ArrayLike,
    total_target: npt.ArrayLike,
    n_reference: npt.ArrayLike,
    total_reference: npt.ArrayLike,
    *,
    prior: float = 0.5,
) -> Floats:
    """Log odds ratio with `prior` added to each cell (Haldane and Anscombe), so never infinite.

    >>> round(float(log_odds_ratio(30, 1000, 10, 1000)), 2)
    1.09
    """
    a, b = np.asarray(n_target, float) + prior, np.asarray(n_reference, float) + prior
    c = np.asarray(total_target, float) - np.asarray(n_target, float) + prior
    d = np.asarray(total_reference, float) - np.asarray(n_reference, float) + prior
    return np.log(a * d / (b * c))


def risk_difference(
    n_target: npt.ArrayLike,
    total_target: npt.ArrayLike,
    n_reference: npt.ArrayLike,
    total_reference: npt.ArrayLike,
) -> Floats:
    """Share in the target minus share in the reference; missing where a side is empty.

    >>> float(risk_difference(3, 4, 1, 4))
    0.5
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        target = np.asarray(n_target, float) / np.asarray(total_target, float)
        return target - np.asarray(n_reference, float) / np.asarray(total_reference, float)


# -------------------------------------------------------------------------------- agreement


def krippendorff_alpha(codings: pd.DataFrame, *, level: str = "nominal") -> float:
    """Krippendorff's alpha of several coders: one row per item, one column per coder.

    Missing cells are items a coder did not code. `level`: "nominal" or "interval". Missing
    where nobody could disagree (one label only, or no item coded twice). Computed by
    `nltk.metrics.agreement`.

    >>> round(krippendorff_alpha(pd.DataFrame({"a": [1, 1, 0, 0], "b": [1, 1, 0, 1]})), 2)
    0.53
    """
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, interval_distance

    if level not in ("nominal", "interval"):
        raise ValueError(f"level must be 'nominal' or 'interval', not {level!r}")
    triples = [
        (str(coder), item, label)
        for item, row in enumerate(codings.itertuples(index=False, name=None))
        for coder, label in zip(codings.columns, row, strict=True)
        if not pd.isna(label)
    ]
    coders = Counter(item for _, item, _ in triples)
    kept = [triple for triple in triples if coders[triple[1]] > 1]
    if len({label for _, _, label in kept}) < 2:
        return math.nan
    distance = binary_distance if level == "nominal" else interval_distance
    return float(AnnotationTask(data=kept, distance=distance).alpha())


def _require(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Say at the door which column is missing and which ones there are."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise ValueError(
            f"column {missing[0]!r} is missing; the table has {', '.join(map(str, frame.columns))}"
        )
