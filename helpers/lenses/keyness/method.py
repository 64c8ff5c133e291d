"""Keyness: which words and phrases one outlet uses more than the others, and whether it holds.

The effect is the weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and
Quinn 2008): the pooled corpus lends every term a few pseudo-counts, so that rare terms do not
lead. What is *called* a difference is decided by exchanging the outlets' names among the
articles of one event (`exchange`); of many articles (`statistics.many`) it is decided by a bound
on what exchanges can give (`moments`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.comparing.events import comparable, event_strata
from helpers.comparing.exchange import descriptive_only, judge
from helpers.comparing.matching import rows_of
from helpers.comparing.terms import TermCounts, count_terms, joined
from helpers.lenses.keyness import moments
from helpers.schema import make, needs
from helpers.statistics import (
    ALPHA,
    DRAWS,
    LEAST_RELABELLINGS,
    SEED,
    STANDARD_ERRORS,
    benjamini_hochberg,
    bootstrap_weights,
    enough,
    many,
    problem,
)

PRIOR_WORDS = 500.0  # pseudo-words of the prior, as in Monroe, Colaresi and Quinn (2008)
INTERVAL_DRAWS = 200
CELLS = 50_000_000  # articles times terms held at once (200 MB); beyond, the rarest terms go
PARTS = ("headline", "heading", "body")  # of an article, whose words count

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
    parts: Sequence[str] = PARTS,
    events: str | pd.Series | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    phrases: bool = True,
    function: bool = False,
    minimum_articles: int | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    control: str = "max",
    counts: TermCounts | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per outlet × term: the term in that outlet against all other outlets.

    `voice` is "author" (default), "quoted", "reported" or "all"; it needs `quotes`. `parts`
    (with `sentences`) sets headline and body apart. Function words are terms only with
    `function`. Terms must occur in `minimum_articles` articles (default 3; fewer in very small
    stories, one in 50 in large ones). `counts` may be given ready-made instead of `tokens`.
    Beyond the declared columns: rate_target and rate_reference (per 1,000 words),
    articles_target and articles_reference (that use the term), z (of log_odds), significant
    (q_value at most `ALPHA`), descriptive (fewer than 4 articles a side: no interval, no p-value).
    `control` is "max" (largest statistic over all terms and outlets) or "bh". Whatever keeps an
    answer from being given is a plain sentence in `problems`. Where the first 200 exchanges show
    that no term can come near (family-wise p of the best above .25), the rest are not drawn.
    Of many articles see `keyness_of_many`.
    """
    if control not in ("max", "bh"):
        raise ValueError(f"control must be 'max' or 'bh', not {control!r}")
    notes = problems if problems is not None else []
    compared = comparable(articles, notes)
    if counts is None:
        least = minimum_articles or _least(len(compared))
        counts = counted(
            tokens, compared, quotes, sentences, voice=voice, parts=parts, aliases=aliases,
            phrases=phrases, function=function, minimum=least, problems=notes,
        )  # fmt: skip
    else:
        compared = compared[compared["doc_id"].isin(counts.doc_ids)].reset_index(drop=True)
    if many(len(compared)):
        whole = counts
        return keyness_of_many(
            lambda: [whole], compared, voice=voice, events=events, control=control, problems=notes,
            minimum_articles=minimum_articles,
        )  # fmt: skip
    outlets = sorted(compared["outlet"].unique())
    if len(outlets) < 2:
        notes.append(_too_few(outlets))
        return _frame([], [])
    if not counts.words.sum():
        notes.append(_no_words(voice))
        return _frame([], [])
    strata = event_strata(compared, events=events, problems=notes)
    most = CELLS // max(len(counts.doc_ids), 1)
    if len(counts.terms) > most:
        what = (
            f"{len(counts.terms):,} terms of {len(counts.doc_ids):,} articles are too many at once"
        )
        counts = counts.widespread(most)
        action = f"the {len(counts.terms):,} terms that most articles use are compared"
        notes.append(problem("articles", what, action))
    number = {doc_id: i for i, doc_id in enumerate(counts.doc_ids)}
    rows = [number[doc_id] for doc_id in compared["doc_id"]]
    table = counts.dense()[rows]
    used = np.flatnonzero(table.any(axis=0))
    table, terms = table[:, used], [counts.terms[i] for i in used]
    told = compared["outlet"].to_numpy(dtype=object)
    words = counts.words[rows]
    judged = judge(
        table, words, told, outlets, strata.to_numpy(dtype=object), draws, seed, control, notes
    )
    sums = table.sum(axis=0, dtype=np.float64), np.count_nonzero(table, axis=0)
    blocks = [
        _rows(outlet, table, words, told == outlet, sums, judged.get(outlet), seed)
        for outlet in outlets
    ]
    return _frame(blocks, terms)


def keyness_of_parts(
    parts: moments.Parts,
    articles: pd.DataFrame,
    *,
    events: str | pd.Series | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness`, author's voice, from `counted` terms that come in parts."""
    notes = problems if problems is not None else []
    n = len(comparable(articles))
    if not many(n):
        counts = joined(parts(), minimum=_least(n))
        empty = make("tokens")
        return keyness(empty, articles, counts=counts, events=events, problems=notes)
    compared = comparable(articles, notes)
    return keyness_of_many(parts, compared, events=events, problems=notes)


def _least(n: int) -> int:
    """In how many of ``n`` articles a term must occur."""
    if many(n):
        return moments.least_articles(n)
    return max(3 if n >= 8 else 2 if n >= 4 else 1, n // 50)


def keyness_of_many(
    parts: moments.Parts,
    articles: pd.DataFrame,
    *,
    voice: str = "author",
    events: str | pd.Series | None = None,
    minimum_articles: int | None = None,
    control: str = "max",
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness` from counts that come in parts, none of which is held for long.

    `parts` gives the counts of `counted`, each for some of the articles and of all terms. Columns
    as in `keyness`. The p-value is a bound on what exchanges of outlets within events can give
    (`moments`), q_value that bound times the number of tests (or, with control "bh",
    Benjamini and Hochberg's), and the interval `STANDARD_ERRORS` over articles.
    """
    notes = problems if problems is not None else []
    outlets = sorted(articles["outlet"].unique())
    if len(outlets) < 2:
        notes.append(_too_few(outlets))
        return _frame([], [])
    strata = event_strata(articles, events=events, problems=notes)
    docs = articles["doc_id"].tolist()
    place = {outlet: i for i, outlet in enumerate(outlets)}
    made = moments.gather(
        parts,
        dict(zip(docs, [place[outlet] for outlet in articles["outlet"].tolist()], strict=True)),
        dict(zip(docs, pd.factorize(strata.to_numpy(dtype=object))[0].tolist(), strict=True)),
        minimum=minimum_articles or moments.least_articles(len(docs)),
    )
    if not made.outlets.words.sum():
        notes.append(_no_words(voice))
        return _frame([], [])
    what = f"{len(docs):,} articles are too many to exchange their outlets"
    action = "keyness is judged by a bound on what exchanges could give: small differences are lost"
    notes.append(problem("articles", what, action))
    if made.left_out:
        what = f"{made.left_out + len(made.terms):,} terms are too many at once"
        action = f"the {len(made.terms):,} terms that most articles use are compared"
        notes.append(problem("articles", what, action))
    judged = _bounded(made, outlets, control, notes)
    blocks = [_rows_of_many(i, made, outlet, judged) for i, outlet in enumerate(outlets)]
    return _frame(blocks, made.terms)


def _bounded(
    made: moments.Moments, outlets: list[str], control: str, notes: list[dict[str, str]]
) -> dict[str, tuple[Floats, Floats]]:
    """p- and q-values of every term for each outlet that has enough articles and exchanges."""
    n = made.outlets.articles
    sides = {o: (int(n[i]), int(n.sum() - n[i])) for i, o in enumerate(outlets)}
    few = [o for o in outlets if not enough(*sides[o])]
    ways = {o: moments.exchanges(made, i) for i, o in enumerate(outlets)}
    alone = [o for o in outlets if o not in few and ways[o] < LEAST_RELABELLINGS]
    notes += descriptive_only(few, alone)
    able = [(i, o) for i, o in enumerate(outlets) if o not in few and o not in alone]
    if not able:
        return {}
    p_values = np.concatenate([moments.bound(made, i) for i, _ in able])
    if control == "max":
        q_values = np.minimum(p_values * np.count_nonzero(~np.isnan(p_values)), 1.0)
    else:
        q_values = benjamini_hochberg(p_values)
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
    *,
    voice: str = "author",
    parts: Sequence[str] = PARTS,
    outlets: Sequence[str] | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    phrases: bool = True,
    function: bool = False,
    minimum: int = 1,
    problems: list[dict[str, str]] | None = None,
) -> TermCounts:
    """The terms of the articles, in the voice and the parts asked for.

    `outlets` are those whose own names do not count (default: those of the articles).
    """
    if quotes is None and "voice" not in tokens and voice != "all" and problems is not None:
        problems.append(
            problem(
                "quotes",
                "without a table of quotes nobody knows who speaks",
                "words of all voices are counted together",
            )
        )
    keep = None
    if sentences is not None:
        needs(sentences, "doc_id", "sentence_id", "part", table="sentences")
        wanted = sentences["part"].isin(list(parts)).to_numpy(dtype=bool)
        keep = np.append(wanted, False)[rows_of(sentences, tokens)]
    return count_terms(
        tokens,
        doc_ids=articles["doc_id"].tolist(),
        quotes=quotes,
        voice=voice,
        outlets=sorted(articles["outlet"].unique()) if outlets is None else outlets,
        aliases=aliases,
        phrases=phrases,
        function=function,
        minimum=minimum,
        keep=keep,
    )


def _no_words(voice: str) -> dict[str, str]:
    return problem(
        "articles",
        f"no word of the articles is in the voice asked for ({voice})",
        "keyness stays empty; ask for voice='all' to count every word",
    )


def _too_few(outlets: list[str]) -> dict[str, str]:
    if not outlets:
        what = "no article names its outlet, so there is nothing to compare"
    else:
        what = f"all articles are by one outlet ({outlets[0]}), so there is nothing to compare"
    return problem("articles", what, "keyness stays empty")


# ---------------------------------------------------------------------------------- effects


def _rows(
    outlet: str,
    table: Singles,
    words: Floats,
    mine: Flags,
    sums: tuple[Floats, npt.NDArray[np.int64]],
    judged: tuple[Floats, Floats] | None,
    seed: int,
) -> dict[str, Any]:
    """One row per term of one outlet: counts, rates, effect with interval, judgement."""
    total, spread = sums
    target = table[mine].sum(axis=0, dtype=np.float64)
    sizes = float(words[mine].sum()), float(words[~mine].sum())
    used = np.count_nonzero(table[mine], axis=0)
    effect, error = _effect(target, total, sizes)
    low = high = np.full(len(total), np.nan)
    if enough(int((words[mine] > 0).sum()), int((words[~mine] > 0).sum())):
        low, high = _interval(table, words, mine, _prior(total), effect, seed)
    return _block(
        outlet, target, total, sizes, (used, spread), (effect, error, low, high), judged
    )  # fmt: skip


def _rows_of_many(
    at: int,
    made: moments.Moments,
    outlet: str,
    judged: dict[str, tuple[Floats, Floats]],
) -> dict[str, Any]:
    """The same from sums over articles."""
    sums = made.outlets
    mine = np.arange(len(sums.words)) == at
    target, total = sums.uses[at], sums.uses.sum(axis=0)
    sizes = float(sums.words[at]), float(sums.words[~mine].sum())
    effect, error = _effect(target, total, sizes)
    low = high = np.full(len(total), np.nan)
    if enough(int(sums.articles[at]), int(sums.articles[~mine].sum())):
        prior = _prior(total)
        spread = np.zeros(len(total))
        for flags, uses, n in ((mine, target, sizes[0]), (~mine, total - target, sizes[1])):
            rest = np.maximum(n + PRIOR_WORDS - uses - prior, 0.5)
            spread += moments.variance(sums, flags, uses + prior, rest)
        reach = STANDARD_ERRORS * np.sqrt(spread)
        low, high = effect - reach, effect + reach
    used = sums.spread[at], sums.spread.sum(axis=0)
    return _block(
        outlet, target, total, sizes, used, (effect, error, low, high), judged.get(outlet)
    )  # fmt: skip


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
    table: Singles, words: Floats, mine: Flags, prior: Floats, effect: Floats, seed: int
) -> tuple[Floats, Floats]:
    """Bootstrap over articles of both sides: `STANDARD_ERRORS` around the effect."""
    sums: list[tuple[Singles, Singles]] = []
    for flags, shift in ((mine, 0), (~mine, 1)):
        n = int(flags.sum())
        weights = bootstrap_weights(n, draws=INTERVAL_DRAWS, seed=seed + shift)
        drawn = np.zeros((INTERVAL_DRAWS, len(flags)), dtype=np.float32)
        drawn[:, flags] = 1 + (weights - 1) * np.float32(np.sqrt(n / max(n - 1, 1)))
        # The widening can take a small sum below zero.
        size = np.maximum(drawn @ words.astype(np.float32), 0)[:, None]
        sums.append((np.maximum(drawn @ table, 0), size))
    (target, n_target), (reference, n_reference) = sums
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


def _frame(blocks: list[dict[str, Any]], terms: Sequence[str]) -> pd.DataFrame:
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
