"""How far each term sets an outlet apart: weighted log-odds with their intervals, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.lenses.keyness import sums
from helpers.lenses.keyness.permutation import ArticleTerms
from helpers.schema import make
from helpers.statistics import ALPHA, STANDARD_ERRORS, bootstrap_weights, enough

PRIOR_WORDS = 500.0  # pseudo-words of the prior, as in Monroe, Colaresi and Quinn (2008)
INTERVAL_DRAWS = 200

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

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
    "significant",
    "descriptive",
]


def rows_of_outlet(
    articles: ArticleTerms,
    outlet: str,
    totals: tuple[Floats, npt.NDArray[np.int64]],
    judged: tuple[Floats, Floats] | None,
    seed: int,
) -> dict[str, Any]:
    """One row per term of one outlet: counts, rates, effect with interval, judgement.

    `totals` are the uses of each term and the articles that use it.
    """
    table, words, mine = articles.table, articles.words, articles.outlet == outlet
    total, spread = totals
    target = table[mine].sum(axis=0, dtype=np.float64)
    sizes = float(words[mine].sum()), float(words[~mine].sum())
    used = np.count_nonzero(table[mine], axis=0)
    effect, error = _effect(target, total, sizes)
    low = high = np.full(len(total), np.nan)
    if enough(int((words[mine] > 0).sum()), int((words[~mine] > 0).sum())):
        low, high = _interval(articles, mine, _prior(total), effect, seed)
    return _block(
        outlet, target, total, sizes, (used, spread), (effect, error, low, high), judged
    )  # fmt: skip


def rows_of_many(
    made: sums.CorpusSums, at: int, outlet: str, judged: tuple[Floats, Floats] | None
) -> dict[str, Any]:
    """The same from sums over articles; `at` is the outlet's place in them."""
    groups = made.outlets
    mine = np.arange(len(groups.words)) == at
    target, total = groups.uses[at], groups.uses.sum(axis=0)
    sizes = float(groups.words[at]), float(groups.words[~mine].sum())
    effect, error = _effect(target, total, sizes)
    low = high = np.full(len(total), np.nan)
    if enough(int(groups.articles[at]), int(groups.articles[~mine].sum())):
        prior = _prior(total)
        spread = np.zeros(len(total))
        for flags, uses, n in ((mine, target, sizes[0]), (~mine, total - target, sizes[1])):
            rest = np.maximum(n + PRIOR_WORDS - uses - prior, 0.5)
            spread += sums.variance(groups, flags, uses + prior, rest)
        reach = STANDARD_ERRORS * np.sqrt(spread)
        low, high = effect - reach, effect + reach
    used = groups.spread[at], groups.spread.sum(axis=0)
    return _block(outlet, target, total, sizes, used, (effect, error, low, high), judged)


def _block(
    outlet: str,
    target: Floats,
    total: Floats,
    sizes: tuple[float, float],
    used: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    effects: tuple[Floats, Floats, Floats, Floats],
    judged: tuple[Floats, Floats] | None,
) -> dict[str, Any]:
    """The columns of one outlet, its most certain terms first.

    `used` is in how many articles of the outlet and of all each term stands; `effects` are the
    log-odds, their standard error and the ends of the interval.
    """
    # what an untestable outlet does not say is no finding, and would fill the table
    at = np.arange(len(total)) if judged is not None else np.flatnonzero(target > 0)
    missing = np.full(len(total), np.nan)
    effect, error, low, high = effects
    p_values, q_values = (missing, missing) if judged is None else judged
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
        "significant": np.nan_to_num(q_values, nan=1.0) <= ALPHA,
        "descriptive": np.full(len(total), judged is None),
    }
    block: dict[str, Any] = {name: values[at] for name, values in columns.items()}
    order = np.lexsort((at, -np.abs(block["z"]), block["q_value"]))  # missing q last
    block = {name: values[order] for name, values in block.items()}
    return {"outlet": [outlet] * len(at), "term": at[order], **block}


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


def _interval(
    articles: ArticleTerms, mine: Flags, prior: Floats, effect: Floats, seed: int
) -> tuple[Floats, Floats]:
    """Bootstrap over articles of both sides: `STANDARD_ERRORS` around the effect."""
    sides: list[tuple[Singles, Singles]] = []
    for flags, shift in ((mine, 0), (~mine, 1)):
        n = int(flags.sum())
        weights = bootstrap_weights(n, draws=INTERVAL_DRAWS, seed=seed + shift)
        drawn = np.zeros((INTERVAL_DRAWS, len(flags)), dtype=np.float32)
        drawn[:, flags] = 1 + (weights - 1) * np.float32(np.sqrt(n / max(n - 1, 1)))
        # The widening can take a small sum below zero.
        size = np.maximum(drawn @ articles.words.astype(np.float32), 0)[:, None]
        sides.append((np.maximum(drawn @ articles.table, 0), size))
    (target, n_target), (reference, n_reference) = sides
    error = np.empty(len(effect))
    lent = prior.astype(np.float32)
    for first in range(0, len(effect), 1024):
        at = slice(first, first + 1024)
        a, b = target[:, at] + lent[at], reference[:, at] + lent[at]
        rest_a = np.maximum(n_target + PRIOR_WORDS - a, 0.5)
        rest_b = np.maximum(n_reference + PRIOR_WORDS - b, 0.5)
        odds = np.log(a * rest_b / (b * rest_a))
        error[at] = odds.std(axis=0)
    return effect - STANDARD_ERRORS * error, effect + STANDARD_ERRORS * error


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
