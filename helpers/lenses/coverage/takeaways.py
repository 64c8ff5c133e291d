"""The counts behind the figures of coverage."""

from __future__ import annotations

import pandas as pd


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
