"""What tables of quotations say, in sentences."""

from __future__ import annotations

import pandas as pd

from helpers.takeaways import names_its_outlet, top_rows
from helpers.wording import count, listing, number, out_of, percent


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
    known = bool(names_its_outlet(said_by).all())
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
