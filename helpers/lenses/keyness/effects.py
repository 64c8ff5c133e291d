"""How far each term sets an outlet apart: weighted log-odds with their intervals, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.lenses.keyness import sums
from helpers.lenses.keyness.permutation import ArticleTerms, Judged
from helpers.schema import make
from helpers.statistics import ALPHA, WORDS_PART, clustered, enough, student

PRIOR_WORDS = 500.0  # pseudo-words of the prior, as in Monroe, Colaresi and Quinn (2008)

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

COLUMNS = [
    "outlet",
    "term",
    "n_target",
    "n_reference",
    "rate_target",
    "rate_reference",
    "articles_target",
    "articles_reference",
    "log_odds",
    "low",
    "high",
    "z",
    "p_value",
    "q_value",
    "could_show",
    "significant",
    "descriptive",
]


def rows_of_outlet(
    articles: ArticleTerms,
    outlet: str,
    totals: tuple[clustered.Sums, npt.NDArray[np.int64]],
    judged: Judged | None,
) -> dict[str, Any]:
    """One row per term of one outlet: counts, rates, effect with interval, judgement.

    `totals` are the sums of each term and the articles that use it.
    """
    mine = articles.outlet == outlet
    whole, spread = totals
    here = sums.of_articles(articles.table[mine], articles.words[mine])
    used = np.count_nonzero(articles.table[mine], axis=0)
    return _block(outlet, here, sums.less(whole, here), (used, spread), judged)


def rows_of_many(
    made: sums.CorpusSums, at: int, outlet: str, judged: Judged | None
) -> dict[str, Any]:
    """The same from sums over articles; `at` is the outlet's place in them."""
    here, others = sums.sides(made, at)
    used = made.outlets.spread[at], made.outlets.spread.sum(axis=0)
    return _block(outlet, here, others, used, judged)


def _block(
    outlet: str,
    here: clustered.Sums,
    others: clustered.Sums,
    used: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    judged: Judged | None,
) -> dict[str, Any]:
    """The columns of one outlet, its most certain terms first.

    `used` is in how many articles of the outlet and of all each term stands.
    """
    target = np.asarray(here.top, dtype=np.float64)
    total = target + others.top
    sizes = float(here.bottom.max(initial=0)), float(others.bottom.max(initial=0))
    effect, error = _effect(target, total, sizes)
    # what an untestable outlet does not say is no finding, and would fill the table
    at = np.arange(len(total)) if judged is not None else np.flatnonzero(target > 0)
    missing = np.full(len(total), np.nan)
    p_values = missing if judged is None else judged.p_value
    q_values = missing if judged is None else _one_way(judged, effect)
    low, high = _interval(here, others, effect, q_values, judged)
    columns = {
        "n_target": target.astype(np.int64),
        "n_reference": (total - target).astype(np.int64),
        "rate_target": target / sizes[0] * 1000 if sizes[0] else missing,
        "rate_reference": (total - target) / sizes[1] * 1000 if sizes[1] else missing,
        "articles_target": used[0],
        "articles_reference": used[1] - used[0],
        "log_odds": effect,
        "low": low,
        "high": high,
        "z": effect / error,
        "p_value": p_values,
        "q_value": q_values,
        "could_show": missing if judged is None else judged.could_show,
        "significant": np.nan_to_num(q_values, nan=1.0) <= ALPHA,
        "descriptive": np.full(len(total), judged is None),
    }
    block: dict[str, Any] = {name: values[at] for name, values in columns.items()}
    order = np.lexsort((at, -np.abs(block["z"]), block["q_value"]))  # missing q last
    block = {name: values[order] for name, values in block.items()}
    return {"outlet": [outlet] * len(at), "term": at[order], **block}


def _one_way(judged: Judged, effect: Floats) -> Floats:
    """The corrected p-values, without those of terms that are used more inside events and less
    over all, or the other way about: these are neither one thing nor the other."""
    turned: Floats = np.where(judged.size * effect < 0, 1.0, judged.q_value)
    return np.where(np.isnan(judged.q_value), np.nan, turned)


def _interval(
    here: clustered.Sums,
    others: clustered.Sums,
    effect: Floats,
    q_values: Floats,
    judged: Judged | None,
) -> tuple[Floats, Floats]:
    """Of the effect, for all terms at once that were judged together; alone for those that were
    not. Zero is outside exactly where the test says so."""
    missing = np.full(len(effect), np.nan)
    if not enough(*(int(side.units.max(initial=0)) for side in (here, others))):
        return missing, missing
    lent = _prior(here.top + others.top)
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = [(side, clustered.overdispersion(side)) for side in (here, others)]
        one, other = (1 / (s.top + lent) + bursts * s.concentration for s, bursts in sides)
        of_one, of_other = (clustered.rate_freedom(s, bursts) for s, bursts in sides)
        freedom = (one + other) ** 2 / (one**2 / of_one + other**2 / of_other)
    tests = WORDS_PART * judged.tests if judged is not None else 1
    reach = student.t_of(NormalDist().inv_cdf(1 - ALPHA / 2 / tests), freedom)
    low, high = effect - reach * np.sqrt(one + other), effect + reach * np.sqrt(one + other)
    if judged is None:
        return low, high
    sure = np.nan_to_num(q_values, nan=1.0) <= ALPHA
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.where(sure, effect * (1 - judged.bar / np.abs(judged.size)), 0.0)
    low = np.where((effect > 0) & ((low > 0) != sure), near, low)
    return low, np.where((effect < 0) & ((high < 0) != sure), near, high)


def _prior(total: Floats) -> Floats:
    """The pseudo-words that the pooled corpus lends to every term."""
    lent: Floats = total / max(total.sum(), 1.0) * PRIOR_WORDS
    return lent


def _effect(target: Floats, total: Floats, sizes: tuple[float, float]) -> tuple[Floats, Floats]:
    """Weighted log-odds of an outlet's uses against all others', and their standard error."""
    effect, variance = _log_odds(target, sizes[0], total - target, sizes[1], _prior(total))
    return effect, np.sqrt(variance)


def _log_odds(
    target: Any, n_target: Any, reference: Any, n_reference: Any, prior: Floats
) -> tuple[Floats, Floats]:
    """Weighted log-odds and its variance (equations 16, 18 and 20 of the paper)."""
    a, b = target + prior, reference + prior
    rest_a = np.maximum(n_target + PRIOR_WORDS - a, 0.5)
    rest_b = np.maximum(n_reference + PRIOR_WORDS - b, 0.5)
    return np.log(a * rest_b / (b * rest_a)), 1 / a + 1 / b


def as_table(blocks: list[dict[str, Any]], terms: Sequence[str]) -> pd.DataFrame:
    """The table `keyness`, each outlet's most certain terms first."""
    if not any(len(block["outlet"]) for block in blocks):
        empty = {name: pd.Series(dtype="float64") for name in COLUMNS}
        empty |= {name: pd.Series(dtype="bool") for name in ("significant", "descriptive")}
        return make("keyness", pd.DataFrame(empty))
    names = np.array(terms, dtype=object)
    columns = {name: np.concatenate([block[name] for block in blocks]) for name in COLUMNS[2:]}
    outlets = [outlet for block in blocks for outlet in block["outlet"]]
    texts = names[np.concatenate([block["term"] for block in blocks])]
    return make("keyness", pd.DataFrame({"outlet": outlets, "term": texts, **columns}))
