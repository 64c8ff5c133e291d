"""Effect sizes, and one outlet against all others with interval and p-value."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.statistics.bootstrap import bootstrap_weights, widen
from helpers.statistics.permutation import (
    benjamini_hochberg,
    permutation_p,
    permuted_labels,
    relabellings,
)
from helpers.statistics.rules import (
    DRAWS,
    LEAST_RELABELLINGS,
    LEVEL,
    SEED,
    SHARE_SCALES,
    Floats,
    Ratio,
    enough,
    require,
)


def difference_table(
    units: pd.DataFrame,
    ratio: Ratio,
    *,
    group: str = "outlet",
    by: Sequence[str] = (),
    strata: str | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per group of `by` × outlet: its ratio against that of all other outlets together.

    `units` holds one or more rows per article (doc_id). Columns: `by`, `group`, value, reference,
    difference, low, high, n_target, n_reference, articles_target, articles_reference,
    p_permuted, p_resampled, p_value, q_value, descriptive.
    The difference (for shares: the risk difference) has a cluster-bootstrap interval and
    `p_resampled`, how rarely a resampled difference lies on the other side of zero.
    `p_permuted` permutes outlets within `strata`. Alone it also rejects where an outlet's
    articles are only shorter than the others' (three uses in one of them are a large share of
    few words), so `p_value` is the larger of the two; q_value is Benjamini and Hochberg's over
    all rows of the answer. Fewer than `MIN_ARTICLES` articles on a side, or fewer than
    `LEAST_RELABELLINGS` permutations, give a descriptive row without p-value.
    """
    keys = [*by, group, "doc_id"]
    aggregated = {ratio.numerator: "sum", ratio.denominator: "sum"}
    aggregated |= {strata: "first"} if strata else {}
    require(units, [*keys, *aggregated])
    sums = units.groupby(keys, sort=True, observed=True).agg(aggregated).reset_index()
    parts = sums.groupby(list(by), sort=True, observed=True) if by else [((), sums)]
    rows: list[dict[Hashable, Any]] = []
    for key, part in parts:
        names = key if isinstance(key, tuple) else (key,)
        top = part[ratio.numerator].to_numpy(float)
        bottom = part[ratio.denominator].to_numpy(float)
        events = part[strata].to_numpy(dtype=object) if strata else None
        for outlet in sorted(part[group].dropna().unique()):
            mine = (part[group] == outlet).to_numpy()
            rows.append(
                dict(zip(by, names, strict=True))
                | {group: outlet}
                | _difference(top, bottom, mine, events, scale=ratio.scale, draws=draws, seed=seed)
            )
    columns = [*by, group, "value", "reference", "difference", "low", "high", "n_target"]
    columns += ["n_reference", "articles_target", "articles_reference", "p_permuted"]
    columns += ["p_resampled", "p_value", "descriptive"]
    table = pd.DataFrame(rows, columns=columns)
    p_values = table["p_value"].to_numpy(dtype=float)
    q_values = benjamini_hochberg(p_values)
    table.insert(list(table.columns).index("p_value") + 1, "q_value", q_values)
    return table


def _difference(
    top: Floats,
    bottom: Floats,
    mine: npt.NDArray[np.bool_],
    events: npt.NDArray[Any] | None,
    *,
    scale: float,
    draws: int,
    seed: int,
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
        "p_permuted": np.nan,
        "p_resampled": np.nan,
        "p_value": np.nan,
        "descriptive": not enough(*sides),
    }
    if row["descriptive"]:
        return row
    target, other = bottom * mine > 0, bottom * ~mine > 0
    inside = bootstrap_weights(sides[0], draws=draws, seed=seed)
    outside = bootstrap_weights(sides[1], draws=draws, seed=seed + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = (inside @ top[target]) / (inside @ bottom[target])
        drawn = (drawn - (outside @ top[other]) / (outside @ bottom[other])) * scale
    difference = np.asarray(row["difference"])
    drawn = np.asarray(widen(difference, drawn[~np.isnan(drawn)], np.asarray(min(sides))), float)
    ends = np.quantile(drawn, ((1 - LEVEL) / 2, (1 + LEVEL) / 2)) if len(drawn) else [np.nan] * 2
    if scale in SHARE_SCALES and (top >= 0).all() and (top <= bottom).all():
        ends = np.clip(ends, -scale, scale)  # shares differ by no more than the whole
    row["low"], row["high"] = (float(end) for end in ends)
    other_side = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    row["p_resampled"] = min(1.0, 2 * (1 + other_side) / (1 + len(drawn)))
    ways = relabellings(mine[counted], None if events is None else events[counted])
    if ways >= LEAST_RELABELLINGS:
        labels = permuted_labels(mine, events, draws=draws, seed=seed).astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = (labels @ top) / (labels @ bottom)
            moved = (moved - ((1 - labels) @ top) / ((1 - labels) @ bottom)) * scale
        row["p_permuted"] = float(permutation_p(row["difference"], np.nan_to_num(moved)))
        row["p_value"] = max(row["p_permuted"], row["p_resampled"])
    return row


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
