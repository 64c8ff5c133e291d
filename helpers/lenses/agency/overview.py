"""The cell of the overview: the actor whose part as doer differs most."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.lenses.agency.takeaways import acts
from helpers.lenses.lens import Cell, Cells, cell, rows, widest
from helpers.statistics import shrunken

LEAST_CLAUSES = 4  # what is shown less often on either side says nothing about it


def in_voice(agency: pd.DataFrame, articles: pd.DataFrame, voice: str) -> pd.DataFrame:
    """The deeds told as done in ``articles``, in a voice ("all": in any), with their outlet."""
    outlet = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    agency = acts(agency)
    told = agency[(agency["voice"].fillna("author") == voice) | (voice == "all")]
    return told.assign(outlet=told["doc_id"].map(outlet)).dropna(subset=["outlet", "actor"])


def cells(clauses: pd.DataFrame) -> Cells:
    """The actor whose part as doer differs most from what the other outlets show."""
    return widest(_candidates(clauses))


def _candidates(clauses: pd.DataFrame) -> Iterator[tuple[str, float, Cell]]:
    told = clauses.assign(does=(clauses["role"] == "agent").astype(float))
    by = told.groupby(["actor", "outlet"], sort=True)["does"].agg(["sum", "size"]).reset_index()
    whole = by.groupby("actor")[["sum", "size"]].sum()
    drawn = {
        (actor, outlet): value
        for actor, group in by.groupby("actor", sort=True)
        for outlet, value in zip(
            group["outlet"], shrunken(group["sum"], group["size"]).tolist(), strict=True
        )
    }
    for actor, outlet, does, n in rows(by):
        rest = float(whole.loc[actor, "size"]) - n
        if n < LEAST_CLAUSES or rest < LEAST_CLAUSES:
            continue
        share, others = does / n, (float(whole.loc[actor, "sum"]) - does) / rest
        role = "as doer" if share > others else "as done-to"
        shown = (share, others) if share > others else (1 - share, 1 - others)
        text = f"{actor} {role} {shown[0]:.0%} of {n} (others {shown[1]:.0%})"
        yield outlet, abs(drawn[actor, outlet] - others), cell(text, share, others, n)
