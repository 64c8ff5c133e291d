"""Readings: what a table says, as a sentence computed from it.

Every function takes tables and returns plain text for `helpers.display.reading`. A sentence names
the number and its denominator; with too few articles it says "descriptive only" and compares
nothing. Nothing here is written for one story.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from helpers.schema import UNKNOWN_OUTLET
from helpers.statistics import ALPHA, DESCRIPTIVE_ONLY, MIN_ARTICLES, bootstrap_ratio
from helpers.wording import count, listing, number, out_of, percent

NOTHING = "Nothing was found that could be counted."


def _named(table: pd.DataFrame) -> pd.Series:
    """Which rows are of an outlet that has a name: the others are no outlet to compare."""
    return table["outlet"] != UNKNOWN_OUTLET


# -- actors -----------------------------------------------------------------------------------


def mentions_read(mentions: pd.DataFrame) -> str:
    """How many mentions there are, and of how many the actor could be decided."""
    known = int(mentions["actor"].notna().sum())
    share = f" ({percent(known / len(mentions))})" if len(mentions) else ""
    return f"{count(len(mentions), 'mention')}, {number(known)}{share} with a decided actor"


def most_named(overall: pd.DataFrame, *, top: int = 3) -> str:
    """Which actors most articles mention, from `actors.frequency` over all outlets as one."""
    if overall.empty:
        return "No actor was found."
    first = overall.head(top)
    total = int(first["n_articles"].iloc[0])
    rows = zip(first["actor"], first["articles"], first["mentions"], strict=True)
    whole = count(total, "article")
    named = [f"{a} ({n} of {whole}, {count(m, 'mention')})" for a, n, m in rows]
    return f"Most widely mentioned: {listing(named)}; {count(len(overall), 'actor')} in all."


def widest_gap(per_outlet: pd.DataFrame) -> str:
    """The actor whose rate differs most between two outlets that can be compared."""
    able = per_outlet[(per_outlet["n_articles"] >= MIN_ARTICLES) & _named(per_outlet)]
    if able["outlet"].nunique() < 2:
        return (
            f"Fewer than two outlets have {MIN_ARTICLES} articles: the rates are "
            f"{DESCRIPTIVE_ONLY}."
        )
    best = (0.0, "")
    for actor, rows in able.groupby("actor", sort=True):
        ranked = rows.sort_values(["per_1000_words", "outlet"], kind="stable")
        low, high = ranked.iloc[0], ranked.iloc[-1]
        gap = float(high["per_1000_words"] - low["per_1000_words"])
        apart = bool(high["low"] > low["high"])
        text = (
            f"{actor} differs most: {number(high['per_1000_words'], 1)} mentions per 1,000 words "
            f"in {high['outlet']}, {number(low['per_1000_words'], 1)} in {low['outlet']}; the "
            f"intervals {'do not overlap' if apart else 'overlap'}."
        )
        best = max(best, (gap, text))
    return best[1] or NOTHING


def top_rows(table: pd.DataFrame, label: str, value: str, top: int) -> pd.DataFrame:
    """The rows of the ``top`` labels with the largest sums of ``value``; "(…)" is no label.

    >>> rows = pd.DataFrame({"who": ["A", "B", "A", "(not decided)"], "n": [1, 2, 3, 9]})
    >>> top_rows(rows, "who", "n", 1)["n"].tolist()
    [1, 3]
    """
    named = table[~table[label].fillna("(").str.startswith("(")]
    sums = named.groupby(label)[value].sum().reset_index()
    first = sums.sort_values([value, label], ascending=[False, True])[label].head(top)
    return named[named[label].isin(first)].reset_index(drop=True)


def varied(table: pd.DataFrame, label: str, variant: str, *, each: int) -> pd.DataFrame:
    """At most ``each`` rows of a ``label``: its different variants first, where ``n`` is largest.

    The labels keep their order. A table in which one label has hundreds of rows so shows all
    labels, and of each what differs.

    >>> rows = [("A", "x", 9), ("A", "x", 7), ("A", "y", 2), ("B", "z", 1)]
    >>> table = pd.DataFrame(rows, columns=["who", "called", "n"])
    >>> varied(table, "who", "called", each=2).values.tolist()
    [['A', 'x', 9], ['A', 'y', 2], ['B', 'z', 1]]
    """
    place = {name: i for i, name in enumerate(table[label].unique())}
    rows = table.assign(_place=table[label].map(place))
    rows = rows.sort_values(["_place", "n"], ascending=[True, False], kind="stable")
    rows["_turn"] = rows.groupby([label, variant]).cumcount()
    picked = rows.sort_values(["_place", "_turn"], kind="stable").groupby("_place").head(each)
    order = picked.sort_values(["_place", "n"], ascending=[True, False], kind="stable")
    return order[list(table)].reset_index(drop=True)


def in_parts(table: pd.DataFrame, label: str, parts: Sequence[str]) -> pd.DataFrame:
    """One row per ``label`` and part: the sum of the part's column as ``n``; a missing column is 0.

    >>> in_parts(pd.DataFrame({"a": ["X"], "name": [2]}), "a", ["name", "title"]).values.tolist()
    [['X', 'name', 2], ['X', 'title', 0]]
    """
    counted = table.reindex(columns=[label, *parts], fill_value=0)
    sums = counted.groupby(label, sort=False)[list(parts)].sum().reset_index()
    long = sums.melt(id_vars=label, value_vars=list(parts), var_name="part", value_name="n")
    return long.assign(n=long["n"].fillna(0).astype("int64"))


def first(table: pd.DataFrame, label: str, value: str) -> str:
    """The label with the largest sum of ``value``; an empty text without one."""
    rows = top_rows(table, label, value, 1)
    return str(rows[label].iloc[0]) if len(rows) else ""


# -- quotes -----------------------------------------------------------------------------------


def quotes_read(quotes: pd.DataFrame) -> str:
    """How many attributions there are, and how many of them have a decided speaker."""
    one = quotes.drop_duplicates("quote_id")
    known = int(one["actor"].notna().sum())
    unnamed = int((one["actor"].isna() & one["anonymous"]).sum())
    return (
        f"{count(len(one), 'attribution')}, {number(known)} with a known speaker, "
        f"{number(unnamed)} from unnamed sources"
    )


def most_quoted(said_by: pd.DataFrame, *, top: int = 3) -> str:
    """Who is quoted most over all outlets, from `quotes.said_by`."""
    rows = top_rows(said_by, "speaker", "n", top)
    if rows.empty:
        return "No quotation has a known speaker."
    sums = rows.groupby("speaker", as_index=False).agg(
        n=("n", "sum"), outlets=("outlet", "nunique")
    )
    ranked = sums.sort_values(["n", "speaker"], ascending=[False, True])
    total = int(said_by["n"].sum())
    known = bool(_named(said_by).all())
    names = [
        f"{who} ({number(n)}, {percent(n / total)}{f', in {outlets}' if known else ''})"
        for who, n, outlets in zip(
            ranked["speaker"],
            ranked["n"],
            [count(n, "outlet") for n in ranked["outlets"]],
            strict=True,
        )
    ]
    return f"Most quoted, of {count(total, 'attribution')}: {listing(names)}."


def reasons(left: pd.DataFrame, total: int) -> str:
    """Why attributions have no known speaker, from `quotes.unattributed`."""
    if left.empty:
        return f"All {count(total, 'attribution')} have a known speaker."
    counts = left["reason"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    parts = listing([f"{n} × {reason}" for reason, n in counts.items()])
    return f"{out_of(len(left), total)} attributions have no known speaker: {parts}."


# -- shares -----------------------------------------------------------------------------------


def share_of(
    table: pd.DataFrame,
    *,
    part: str,
    whole: str,
    what: str,
    of: str,
    by: str = "outlet",
    least: int = 10,
) -> str:
    """Where ``part`` is largest and smallest as a share of ``whole``, over the rows of ``by``.

    Rows with fewer than ``least`` in all count towards the sum, and are no largest or smallest.

    >>> rows = pd.DataFrame({"outlet": ["X", "Y"], "n": [1, 6], "all": [10, 12]})
    >>> share_of(rows, part="n", whole="all", what="anonymous", of="quote")
    '7 of 22 quotes (32%) are anonymous: most in Y (6 of 12, 50%), least in X (1 of 10, 10%).'
    """
    rows = table[table[whole] > 0]
    if rows.empty:
        return NOTHING
    total, all_ = int(rows[part].sum()), int(rows[whole].sum())
    head = f"{number(total)} of {count(all_, of)} ({percent(total / all_)}) are {what}"
    able = rows[rows[whole] >= least]
    if len(able) < 2:
        return f"{head}."
    few = f" (of those with {least} or more)" if len(able) < len(rows) else ""
    ranked = able.assign(share=rows[part] / rows[whole]).sort_values(
        ["share", by], ascending=[False, True], kind="stable"
    )

    def side(row: pd.Series) -> str:
        return (
            f"{row[by]} ({int(row[part])} of {int(row[whole])}, {percent(row[part] / row[whole])})"
        )

    return f"{head}: most in {side(ranked.iloc[0])}, least in {side(ranked.iloc[-1])}{few}."


def ranking(
    table: pd.DataFrame, *, label: str, value: str, noun: str, lead: str, top: int = 3
) -> str:
    """The first rows of a ranking in words.

    >>> rows = pd.DataFrame({"actor": ["A", "B"], "n": [4, 1]})
    >>> ranking(rows, label="actor", value="n", noun="quote", lead="Most quoted")
    'Most quoted: A (4 quotes) and B (1 quote).'
    """
    rows = table[table[label].notna()].sort_values([value, label], ascending=[False, True])
    if rows.empty:
        return NOTHING
    first = [
        f"{name} ({count(int(n), noun)})"
        for name, n in rows[[label, value]].head(top).itertuples(index=False)
    ]
    return f"{lead}: {listing(first)}."


def outlets_compared(articles: pd.DataFrame, outlets: Sequence[str]) -> str:
    """Which outlets a test can compare, and which are described only."""
    counts = articles["outlet"].value_counts()
    named = [o for o in outlets if o != UNKNOWN_OUTLET]
    able = [o for o in named if counts.get(o, 0) >= MIN_ARTICLES]
    few = len(named) - len(able)
    if not named:
        return "No outlet is named: nothing can be compared."
    if len(named) < 2:
        return "One outlet: nothing can be compared."
    if not able:
        return f"No outlet has {MIN_ARTICLES} articles: {DESCRIPTIVE_ONLY}."
    tail = f"; {few} with fewer than {MIN_ARTICLES}: {DESCRIPTIVE_ONLY}" if few else ""
    return f"Tested: {listing(able, 6)}{tail}."


# -- sentiment --------------------------------------------------------------------------------


def tones_read(scored: pd.DataFrame) -> str:
    """How many mentions were scored, of whom, and how many were decided."""
    persons = scored[scored["supported"]]
    decided = int((persons["label"] != "uncertain").sum())
    return (
        f"{count(len(scored), 'scored mention')}, {number(len(persons))} of persons, of which "
        f"{number(decided)} decided"
    )


def tone(counts: pd.DataFrame) -> str:
    """How mentions of persons read in the author's and in others' words, from `label_counts`."""
    if counts.empty:
        return "No mention of a person could be scored."
    parts = []
    for words, said in (("author", "the authors’ own"), ("others", "quoted and reported")):
        rows = counts[counts["words"] == words]
        decided = int(rows[["negative", "neutral", "positive"]].to_numpy().sum())
        bad, good = int(rows["negative"].sum()), int(rows["positive"].sum())
        if decided:
            parts.append(
                f"in {said} words {out_of(bad, decided)} decided mentions read negative and "
                f"{number(good)} ({percent(good / decided)}) positive"
            )
    return f"Of persons: {'; '.join(parts)}." if parts else "Every mention stayed uncertain."


def harshest(shares: pd.DataFrame) -> str:
    """The widest gap between two outlets in how one actor's mentions read, from `label_shares`."""
    able = shares[shares["negative"].notna() & shares["negative_low"].notna() & _named(shares)]
    best = (0.0, "")
    for actor, rows in able.groupby("actor", sort=True):
        if len(rows) < 2:
            continue
        ranked = rows.sort_values(["negative", "outlet"], kind="stable")
        low, high = ranked.iloc[0], ranked.iloc[-1]
        apart = bool(high["negative_low"] > low["negative_high"])
        text = (
            f"The outlets differ most on {actor}: of {int(high['n'])} mentions in "
            f"{high['outlet']}’s own words {percent(high['negative'])} read negative, of "
            f"{int(low['n'])} in {low['outlet']}’s {percent(low['negative'])}; the intervals "
            f"{'do not overlap' if apart else 'overlap'}."
        )
        best = max(best, (float(high["negative"] - low["negative"]), text))
    return best[1] or f"No actor can be compared between two outlets: {DESCRIPTIVE_ONLY}."


def two_outlets(counts: pd.DataFrame, actor: str, *, least: int = 3) -> tuple[str, str] | None:
    """The two outlets that mention ``actor`` most in the author's voice, if two do often enough."""
    rows = counts[(counts["actor"] == actor) & (counts["words"] == "author")]
    rows = rows[rows["n"] >= least].sort_values(["n", "outlet"], ascending=[False, True])
    names = rows["outlet"].head(2).tolist()
    return (names[0], names[1]) if len(names) == 2 else None


def vader_means(sentiment: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet and voice: the mean VADER compound of its sentences, with its interval.

    ``sentiment`` has the column outlet. Headlines and body count; the interval is a bootstrap over
    articles, missing below four (``descriptive``).
    """
    keys = ["doc_id", "sentence_id"]
    parts = sentences[[*keys, "part"]]
    rows = sentiment.merge(parts[parts["part"].isin(["headline", "body"])], on=keys)
    units = (
        rows.groupby(["outlet", "voice", "doc_id"])["compound"].agg(["sum", "size"]).reset_index()
    )
    table = []
    for (outlet, voice), group in units.groupby(["outlet", "voice"], sort=True):
        few = len(group) < MIN_ARTICLES
        mean = bootstrap_ratio(group["sum"].to_numpy(), group["size"].to_numpy())
        table.append(
            {
                "outlet": outlet,
                "voice": voice,
                "mean": float(group["sum"].sum() / group["size"].sum()),
                "low": math.nan if few else float(mean.low),
                "high": math.nan if few else float(mean.high),
                "sentences": int(group["size"].sum()),
                "articles": len(group),
                "descriptive": few,
            }
        )
    columns = ["outlet", "voice", "mean", "low", "high", "sentences", "articles", "descriptive"]
    return pd.DataFrame(table, columns=columns)


# -- framing ----------------------------------------------------------------------------------


def surviving_terms(keyness: pd.DataFrame) -> str:
    """How many terms set an outlet apart beyond chance, and which."""
    if keyness.empty:
        return "No word could be compared between outlets."
    tested = keyness[~keyness["descriptive"]]
    terms = int(tested["term"].nunique())
    if tested.empty:
        return f"Too few articles for a test: the terms are {DESCRIPTIVE_ONLY}."
    kept = tested[tested["significant"]].sort_values("q_value", kind="stable")
    if kept.empty:
        return f"Of {count(terms, 'tested term')} none sets an outlet apart beyond chance."
    names = [f"“{t}” ({o})" for t, o in kept[["term", "outlet"]].itertuples(index=False)]
    return f"Of {count(terms, 'tested term')} {len(kept)} survive: {listing(names, 6)}."


def strongest_terms(keyness: pd.DataFrame, *, per_outlet: int) -> pd.DataFrame:
    """The terms with the largest weight of each outlet, the surviving and tested ones first."""
    rows = keyness[keyness["log_odds"] > 0].assign(tested=~keyness["descriptive"])
    rows = rows.sort_values(
        ["significant", "tested", "outlet", "z", "term"],
        ascending=[False, False, True, False, True],
        kind="stable",
    )
    rows = rows[~_in_pairs(rows)]
    return rows.groupby("outlet", sort=False).head(per_outlet).reset_index(drop=True)


def _in_pairs(keyness: pd.DataFrame) -> pd.Series:
    """Which terms are words of which the outlet uses half or more inside one pair of the table.

    "Laden" says nothing beside "bin Laden".
    """
    used: dict[tuple[str, str], int] = {}
    columns = [keyness[c].tolist() for c in ("outlet", "term", "n_target")]
    for outlet, term, n in zip(*columns, strict=True):
        for word in term.split() if " " in term else ():
            used[outlet, word] = max(n, used.get((outlet, word), 0))
    inside = [2 * used.get((o, t), 0) >= n for o, t, n in zip(*columns, strict=True)]
    return pd.Series(inside, index=keyness.index, dtype=bool)


def contested_names(
    naming: pd.DataFrame, *, top: int, least: int = 2, each: int = 5
) -> pd.DataFrame:
    """The rows of `naming` of the ``top`` actors with most different labels, used ``least`` times.

    Of an actor at most ``each`` rows, as `varied` picks them.
    """
    often = naming[naming["n"] >= least]
    rows = often.assign(labels=often.groupby("actor")["label"].transform("nunique"))
    rows = rows[rows["labels"] > 1]
    order = ["labels", "actor", "n", "outlet", "label"]
    rows = rows.sort_values(order, ascending=[False, True, False, True, True], ignore_index=True)
    return varied(
        rows[rows["actor"].isin(rows["actor"].unique()[:top])], "actor", "label", each=each
    )


def roles(agency: pd.DataFrame, *, by: str, top: int) -> pd.DataFrame:
    """One row per ``by`` (actor or outlet) and role: ``n`` clauses and the ``share`` of its own.

    >>> rows = pd.DataFrame({"actor": ["A", "A", "B"], "role": ["agent", "patient", "agent"]})
    >>> roles(rows, by="actor", top=1).to_dict("records")  # doctest: +NORMALIZE_WHITESPACE
    [{'actor': 'A', 'role': 'agent', 'n': 1, 'share': 0.5},
     {'actor': 'A', 'role': 'patient', 'n': 1, 'share': 0.5}]
    """
    totals = agency[by].value_counts().rename("total").rename_axis(by).reset_index()
    totals = totals.sort_values(["total", by], ascending=[False, True]).head(top)
    full = totals.merge(pd.DataFrame({"role": ["agent", "patient"]}), how="cross")
    counts = agency.groupby([by, "role"]).size().rename("n").reset_index()
    table = full.merge(counts, on=[by, "role"], how="left")
    table["n"] = table["n"].fillna(0).astype("int64")
    table["share"] = table["n"] / table["total"]
    return table.drop(columns="total")


def coverage_grid(coverage: pd.DataFrame) -> pd.DataFrame:
    """One row per fact and outlet with a number for its status: present 1, uncertain ½, absent 0.

    Facts that are absent somewhere come first.
    """
    value = {"present": 1.0, "uncertain": 0.5, "absent": 0.0}
    grid = coverage.assign(score=coverage["status"].map(value).astype("float64"))
    absent = (
        grid["status"].eq("absent").groupby(grid["fact_id"]).transform("sum")
        if len(grid)
        else grid["score"]
    )
    order = grid.assign(absent=absent).sort_values(
        ["absent", "fact_id"], ascending=[False, True], kind="stable"
    )
    return order.drop(columns="absent").reset_index(drop=True)


def coverage_counts(coverage: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet: how many facts are present, uncertain and absent."""
    columns = ["present", "uncertain", "absent"]
    table = (
        coverage.groupby(["outlet", "status"]).size().unstack(fill_value=0)
        if len(coverage)
        else pd.DataFrame(columns=columns, index=pd.Index([], name="outlet"))
    )
    table = table.reindex(columns=columns, fill_value=0)
    table["facts"] = table.sum(axis=1)
    return table.sort_values(["absent", "present"], ascending=False, kind="stable").reset_index()


# -- the briefing -----------------------------------------------------------------------------


def first_finding(findings: pd.DataFrame) -> str:
    """How many findings there are, and the first of them."""
    if findings.empty:
        return "No finding: nothing could be counted that would say something about these articles."
    return f"{count(len(findings), 'finding')}; first: {findings['statement'].iloc[0]}"


def how_sure(findings: pd.DataFrame) -> str:
    """How many findings were held against chance and stood, and how many describe only.

    >>> rows = pd.DataFrame({"p_value": [0.01, 0.4, None], "descriptive": [False, False, True]})
    >>> how_sure(rows)
    'Of 3 findings 2 were held against chance and 1 stood; 1 is descriptive only.'
    """
    if findings.empty:
        return NOTHING
    tested = findings["p_value"].notna()
    stood = int((findings["p_value"] <= ALPHA).sum())
    described = int(findings["descriptive"].sum())
    only = f"; {described} {'is' if described == 1 else 'are'} {DESCRIPTIVE_ONLY}"
    return (
        f"Of {count(len(findings), 'finding')} {int(tested.sum())} were held against chance and "
        f"{stood} stood{only if described else ''}."
    )
