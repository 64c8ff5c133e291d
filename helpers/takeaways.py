"""Takeaways: what a table says, as a sentence computed from it.

Every function takes tables and returns plain text for `helpers.display.reading`, or the rows that
such a sentence speaks of. A sentence names the number and its denominator; with too few articles it
says "descriptive only" and compares nothing. Nothing here is written for one story; what one lens
alone has to say stands in its folder.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.schema import UNKNOWN_OUTLET
from helpers.statistics import ALPHA, DESCRIPTIVE_ONLY, MIN_ARTICLES
from helpers.wording import count, listing, number, percent

NOTHING = "Nothing was found that could be counted."


def names_its_outlet(table: pd.DataFrame) -> pd.Series:
    """Which rows are of an outlet that has a name: the others are no outlet to compare."""
    return table["outlet"] != UNKNOWN_OUTLET


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
