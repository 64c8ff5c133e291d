"""The counts behind the figures of agency."""

from __future__ import annotations

import pandas as pd


def acts(agency: pd.DataFrame) -> pd.DataFrame:
    """The rows that show an actor acting, or something done to it, as a fact.

    Left out are saying, thinking and being, what is denied and what is only wished, planned,
    possible or asked about, and constructions that are seldom right (`counted`).
    """
    return agency[agency["counted"].astype(bool)]


def roles(agency: pd.DataFrame, *, by: str, top: int) -> pd.DataFrame:
    """One row per ``by`` (actor or outlet) and role: ``n`` deeds and the ``share`` of its own.

    Only deeds told as done count (`acts`): who says something does not act by it.

    >>> rows = pd.DataFrame({"actor": ["A", "A", "B"], "role": ["agent", "patient", "agent"]})
    >>> rows = rows.assign(counted=True)
    >>> roles(rows, by="actor", top=1).to_dict("records")  # doctest: +NORMALIZE_WHITESPACE
    [{'actor': 'A', 'role': 'agent', 'n': 1, 'share': 0.5},
     {'actor': 'A', 'role': 'patient', 'n': 1, 'share': 0.5}]
    """
    agency = acts(agency)
    totals = agency[by].value_counts().rename("total").rename_axis(by).reset_index()
    totals = totals.sort_values(["total", by], ascending=[False, True]).head(top)
    full = totals.merge(pd.DataFrame({"role": ["agent", "patient"]}), how="cross")
    counts = agency.groupby([by, "role"]).size().rename("n").reset_index()
    table = full.merge(counts, on=[by, "role"], how="left")
    table["n"] = table["n"].fillna(0).astype("int64")
    table["share"] = table["n"] / table["total"]
    return table.drop(columns="total")
