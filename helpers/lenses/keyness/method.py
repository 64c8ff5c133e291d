"""Keyness: which words and phrases one outlet uses more than the others, and whether it holds.

The effect is the weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and
Quinn 2008): the pooled corpus lends every term a few pseudo-counts, so that rare terms do not
lead. What is *called* a difference is decided by exchanging the outlets' names among the
articles of one event (`permutation`); of many articles (`statistics.many`) it is decided by a
bound on what exchanges can give (`sums`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.comparing.events import comparable, event_strata
from helpers.comparing.terms import DEFAULT, Counting, TermCounts, count_terms, joined
from helpers.lenses.keyness import sums
from helpers.lenses.keyness.permutation import ArticleTerms, descriptive_only, judge
from helpers.schema import make
from helpers.statistics import (
    ALPHA,
    DRAWS,
    LEAST_RELABELLINGS,
    SEED,
    STANDARD_ERRORS,
    bootstrap_weights,
    enough,
    many,
    problem,
)

PRIOR_WORDS = 500.0  # pseudo-words of the prior, as in Monroe, Colaresi and Quinn (2008)
INTERVAL_DRAWS = 200
CELLS = 50_000_000  # articles times terms held at once (200 MB); beyond, the rarest terms go

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


def keyness(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    voice: str = "author",
    events: str | pd.Series | None = None,
    counting: Counting = DEFAULT,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per outlet × term: the term in that outlet against all other outlets.

    `voice` is "author" (default), "quoted", "reported" or "all"; it needs `quotes`. `counting`
    says which words are terms; its parts of an article need `sentences`. Terms must occur in at
    least 3 articles, if it says no other number (fewer in very small stories, one in 50 in large
    ones). Beyond the declared columns: rate_target and rate_reference (per 1,000 words),
    articles_target and articles_reference (that use the term), z (of log_odds), significant
    (q_value at most `ALPHA`), descriptive (fewer than 4 articles a side: no interval, no
    p-value). Whatever keeps an answer from being given is a plain sentence in `problems`.
    """
    notes = problems if problems is not None else []
    compared = comparable(articles, notes)
    least = counting.least_articles or _least(len(compared))
    counts = counted(
        tokens, compared, quotes, sentences, replace(counting, least_articles=least),
        voice=voice, problems=notes,
    )  # fmt: skip
    return keyness_of_counts(
        counts, compared, voice=voice, events=events, least_articles=counting.least_articles,
        problems=notes,
    )  # fmt: skip


def keyness_of_counts(
    counts: TermCounts,
    articles: pd.DataFrame,
    *,
    voice: str = "author",
    events: str | pd.Series | None = None,
    least_articles: int | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness` from counts of terms in the `voice`.

    Where the first 200 permutations show that no term can come near (family-wise p of the best
    above .25), the rest are not drawn. Of many articles see `keyness_of_many`.
    """
    notes = problems if problems is not None else []
    compared = comparable(articles, notes)
    compared = compared[compared["doc_id"].isin(counts.doc_ids)].reset_index(drop=True)
    if many(len(compared)):
        whole = counts
        return keyness_of_many(
            lambda: [whole], compared, voice=voice, events=events, problems=notes,
            least_articles=least_articles,
        )  # fmt: skip
    outlets = sorted(compared["outlet"].unique())
    if len(outlets) < 2:
        notes.append(_too_few(outlets))
        return _table([], [])
    if not counts.words.sum():
        notes.append(_no_words(voice))
        return _table([], [])
    strata = event_strata(compared, events=events, problems=notes)
    most = CELLS // max(len(counts.doc_ids), 1)
    if len(counts.terms) > most:
        what = (
            f"{len(counts.terms):,} terms of {len(counts.doc_ids):,} articles are too many at once"
        )
        counts = counts.widespread(most)
        notes.append(_most_used(what, len(counts.terms)))
    number = {doc_id: i for i, doc_id in enumerate(counts.doc_ids)}
    rows = [number[doc_id] for doc_id in compared["doc_id"]]
    table = counts.dense()[rows]
    used = np.flatnonzero(table.any(axis=0))
    told = ArticleTerms(
        table=table[:, used],
        words=counts.words[rows],
        outlet=compared["outlet"].to_numpy(dtype=object),
        stratum=strata.to_numpy(dtype=object),
    )
    judged = judge(told, draws=draws, seed=seed, problems=notes)
    totals = told.table.sum(axis=0, dtype=np.float64), np.count_nonzero(told.table, axis=0)
    blocks = [_rows(told, outlet, totals, judged.get(outlet), seed) for outlet in outlets]
    return _table(blocks, [counts.terms[i] for i in used])


def keyness_of_parts(
    parts: sums.Parts,
    articles: pd.DataFrame,
    *,
    events: str | pd.Series | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness`, author's voice, from `counted` terms that come in parts."""
    notes = problems if problems is not None else []
    n = len(comparable(articles))
    if not many(n):
        counts = joined(parts(), least_articles=_least(n))
        return keyness_of_counts(counts, articles, events=events, problems=notes)
    compared = comparable(articles, notes)
    return keyness_of_many(parts, compared, events=events, problems=notes)


def _least(n: int) -> int:
    """In how many of ``n`` articles a term must occur."""
    if many(n):
        return sums.least_articles(n)
    return max(3 if n >= 8 else 2 if n >= 4 else 1, n // 50)


def keyness_of_many(
    parts: sums.Parts,
    articles: pd.DataFrame,
    *,
    voice: str = "author",
    events: str | pd.Series | None = None,
    least_articles: int | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness` from counts that come in parts, none of which is held for long.

    `parts` gives the counts of `counted`, each for some of the articles and of all terms. Columns
    as in `keyness`. The p-value is a bound on what exchanges of outlets within events can give
    (`sums`), q_value that bound times the number of tests, and the interval `STANDARD_ERRORS`
    over articles.
    """
    notes = problems if problems is not None else []
    outlets = sorted(articles["outlet"].unique())
    if len(outlets) < 2:
        notes.append(_too_few(outlets))
        return _table([], [])
    strata = event_strata(articles, events=events, problems=notes)
    docs = articles["doc_id"].tolist()
    place = {outlet: i for i, outlet in enumerate(outlets)}
    made = sums.gather(
        parts,
        dict(zip(docs, [place[outlet] for outlet in articles["outlet"].tolist()], strict=True)),
        dict(zip(docs, pd.factorize(strata.to_numpy(dtype=object))[0].tolist(), strict=True)),
        least=least_articles or sums.least_articles(len(docs)),
    )
    if not made.outlets.words.sum():
        notes.append(_no_words(voice))
        return _table([], [])
    what = f"{len(docs):,} articles are too many to exchange their outlets"
    action = "keyness is judged by a bound on what exchanges could give: small differences are lost"
    notes.append(problem("articles", what, action))
    if made.left_out:
        what = f"{made.left_out + len(made.terms):,} terms are too many at once"
        notes.append(_most_used(what, len(made.terms)))
    judged = _bounded(made, outlets, notes)
    blocks = [
        _rows_of_many(made, i, outlet, judged.get(outlet)) for i, outlet in enumerate(outlets)
    ]
    return _table(blocks, made.terms)


def _bounded(
    made: sums.CorpusSums, outlets: list[str], notes: list[dict[str, str]]
) -> dict[str, tuple[Floats, Floats]]:
    """p- and q-values of every term for each outlet that has enough articles and exchanges."""
    n = made.outlets.articles
    sides = {o: (int(n[i]), int(n.sum() - n[i])) for i, o in enumerate(outlets)}
    few = [o for o in outlets if not enough(*sides[o])]
    ways = {o: sums.relabellings(made, i) for i, o in enumerate(outlets)}
    alone = [o for o in outlets if o not in few and ways[o] < LEAST_RELABELLINGS]
    notes += descriptive_only(few, alone)
    able = [(i, o) for i, o in enumerate(outlets) if o not in few and o not in alone]
    if not able:
        return {}
    p_values = np.concatenate([sums.bound(made, i) for i, _ in able])
    q_values = np.minimum(p_values * np.count_nonzero(~np.isnan(p_values)), 1.0)
    return {
        outlet: (p, q)
        for (_, outlet), p, q in zip(
            able, np.split(p_values, len(able)), np.split(q_values, len(able)), strict=True
        )
    }


def counted(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    quotes: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
    counting: Counting = DEFAULT,
    *,
    voice: str = "author",
    problems: list[dict[str, str]] | None = None,
) -> TermCounts:
    """The terms of the articles, in the voice asked for.

    The outlets' own names do not count (if `counting` names no others: those of the articles).
    """
    if quotes is None and "voice" not in tokens and voice != "all" and problems is not None:
        problems.append(
            problem(
                "quotes",
                "without a table of quotes nobody knows who speaks",
                "words of all voices are counted together",
            )
        )
    if counting.outlets is None:
        counting = replace(counting, outlets=sorted(articles["outlet"].unique()))
    return count_terms(
        tokens, articles["doc_id"].tolist(), counting,
        quotes=quotes, sentences=sentences, voice=voice,
    )  # fmt: skip


def _no_words(voice: str) -> dict[str, str]:
    return problem(
        "articles",
        f"no word of the articles is in the voice asked for ({voice})",
        "keyness stays empty; ask for voice='all' to count every word",
    )


def _most_used(what: str, kept: int) -> dict[str, str]:
    return problem("articles", what, f"the {kept:,} terms that most articles use are compared")


def _too_few(outlets: list[str]) -> dict[str, str]:
    if not outlets:
        what = "no article names its outlet, so there is nothing to compare"
    else:
        what = f"all articles are by one outlet ({outlets[0]}), so there is nothing to compare"
    return problem("articles", what, "keyness stays empty")


# ---------------------------------------------------------------------------------- effects


def _rows(
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


def _rows_of_many(
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


def _table(blocks: list[dict[str, Any]], terms: Sequence[str]) -> pd.DataFrame:
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
