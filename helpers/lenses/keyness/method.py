"""Keyness: which words and phrases one outlet uses more than the others, and whether it holds.

The effect is the weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and
Quinn 2008): the pooled corpus lends every term a few pseudo-counts, so that rare terms do not
lead. What is *called* a difference is decided by permuting the outlets' names among the
articles of one event (`permutation`); of many articles (`statistics.many`) it is decided by a
bound on what permutations can give (`sums`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.comparing.events import comparable
from helpers.comparing.sides import by_publisher, exchange_strata, moved_whole
from helpers.comparing.terms import DEFAULT, Counting, TermCounts, count_terms, joined, term_places
from helpers.lenses.keyness import sums
from helpers.lenses.keyness.effects import as_table, rows_of_many, rows_of_outlet
from helpers.lenses.keyness.permutation import ArticleTerms, Judged, descriptive_only, judge
from helpers.statistics import (
    ALPHA,
    DRAWS,
    LEAST_RELABELLINGS,
    SEED,
    WORDS_PART,
    enough,
    many,
    problem,
)
from helpers.statistics.student import two_sided

CELLS = 50_000_000  # articles times terms held at once (200 MB); beyond, the rarest terms go

Floats = npt.NDArray[np.float64]


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
    compared = comparable(articles, notes, voice=voice)
    least = counting.least_articles or least_of(len(compared))
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
    compared = comparable(articles, notes, voice=voice)
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
        return as_table([], [])
    if not counts.words.sum():
        notes.append(_no_words(voice))
        return as_table([], [])
    strata = exchange_strata(compared, events=events, problems=notes)
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
    mover = moved_whole(compared)
    movers = told if mover is None else told.as_movers(mover.to_numpy(dtype=object))
    judged = judge(movers, draws=draws, seed=seed, problems=notes)
    totals = sums.of_articles(told.table, told.words), np.count_nonzero(told.table, axis=0)
    blocks = [rows_of_outlet(told, outlet, totals, judged.get(outlet)) for outlet in outlets]
    return as_table(blocks, [counts.terms[i] for i in used])


def keyness_of_parts(
    parts: sums.Parts,
    articles: pd.DataFrame,
    *,
    events: str | pd.Series | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The table `keyness`, author's voice, from `counted` terms that come in parts."""
    notes = problems if problems is not None else []
    n = len(comparable(articles, voice="author"))
    if not many(n):
        counts = joined(parts(), least_articles=least_of(n))
        return keyness_of_counts(counts, articles, events=events, problems=notes)
    compared = comparable(articles, notes, voice="author")
    return keyness_of_many(parts, compared, events=events, problems=notes)


def least_of(n: int) -> int:
    """In how many of ``n`` articles a term must occur to be compared."""
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
    as in `keyness`. The p-value is a bound on what permutations of outlets within events can give,
    or what the outlet's own bursts give, whichever is larger (`sums`); q_value is that times the
    number of tests and of parts into which the level is cut.
    """
    notes = problems if problems is not None else []
    outlets = sorted(articles["outlet"].unique())
    if len(outlets) < 2:
        notes.append(_too_few(outlets))
        return as_table([], [])
    strata = exchange_strata(articles, events=events, problems=notes)
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
        return as_table([], [])
    what = f"{len(docs):,} articles are too many to permute their outlets"
    action = "keyness is judged by a bound on what these could give: small differences are lost"
    notes.append(problem("articles", what, action))
    if moved_whole(articles) is not None:
        what = "groups of outlets are held against each other article by article in a large corpus"
        notes.append(problem("articles", what, "an outlet with many articles speaks for its group"))
    if made.left_out:
        what = f"{made.left_out + len(made.terms):,} terms are too many at once"
        notes.append(_most_used(what, len(made.terms)))
    judged = _bounded(made, outlets, notes)
    blocks = [rows_of_many(made, i, outlet, judged.get(outlet)) for i, outlet in enumerate(outlets)]
    return as_table(blocks, made.terms)


def _bounded(
    made: sums.CorpusSums, outlets: list[str], notes: list[dict[str, str]]
) -> dict[str, Judged]:
    """The verdict for each outlet that has enough articles and permutations."""
    n = made.outlets.articles
    sides = {o: (int(n[i]), int(n.sum() - n[i])) for i, o in enumerate(outlets)}
    few = [o for o in outlets if not enough(*sides[o])]
    ways = {o: sums.relabellings(made, i) for i, o in enumerate(outlets)}
    alone = [o for o in outlets if o not in few and ways[o] < LEAST_RELABELLINGS]
    notes += descriptive_only(few, alone)
    able = [(i, o) for i, o in enumerate(outlets) if o not in few and o not in alone]
    if not able:
        return {}
    sizes = {o: sums.sizes(made, i) for i, o in able}
    p_values = {o: np.maximum(sums.bound(made, i), two_sided(sizes[o])) for i, o in able}
    tests = sum(int(np.count_nonzero(~np.isnan(p))) for p in p_values.values())
    bar = NormalDist().inv_cdf(1 - ALPHA / 2 / max(WORDS_PART * tests, 1))
    return {
        o: Judged(
            p, np.minimum(p * WORDS_PART * tests, 1.0), sizes[o], np.full(len(p), bar), tests,
            p * np.nan,
        )
        for o, p in p_values.items()
    }  # fmt: skip


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
        names = by_publisher(articles)["outlet"]
        counting = replace(counting, outlets=sorted(names.unique()))
    return count_terms(
        tokens, articles["doc_id"].tolist(), counting,
        quotes=quotes, sentences=sentences, voice=voice,
    )  # fmt: skip


def uses(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    terms: Iterable[str],
    *,
    quotes: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
    voice: str = "author",
) -> pd.DataFrame:
    """One row per use of a term that `keyness` counts in the voice: outlet, term, its place."""
    compared = comparable(articles, voice=voice)
    outlet = dict(zip(compared["doc_id"], compared["outlet"], strict=True))
    counting = replace(DEFAULT, outlets=sorted(by_publisher(compared)["outlet"].unique()))
    hits = term_places(
        tokens, compared["doc_id"].tolist(), terms, counting,
        quotes=quotes, sentences=sentences, voice=voice,
    )  # fmt: skip
    return hits.assign(outlet=hits["doc_id"].map(outlet).astype("str"))


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
        what = (
            f"without copies and the words of others all articles are by one outlet ({outlets[0]}),"
            " so there is nothing to compare"
        )
    return problem("articles", what, "keyness stays empty")
