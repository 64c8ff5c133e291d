"""What was told when, by whom first."""

from __future__ import annotations

import pandas as pd

from helpers.schema import UNKNOWN_OUTLET
from helpers.settings import DATE
from helpers.spread.material import Material
from helpers.wording import clean, is_missing, listing

LATER = 5
"""Outlets that tell a thing later, by name."""
LONGEST = 220


def chronology(m: Material) -> pd.DataFrame:
    """One row per report that two outlets tell: the day, who told it first, what, and who later.

    Outlets of the same day stand together as the first; what is told on one day alone, and
    articles without a date, are left out. Of periods there is no row: the earlier one tells
    everything first.
    """
    told = m.story.coverage
    asked = m.story.compared_groups
    if asked is not None and asked.by == DATE and m.kind == "side":
        told = told.head(0)
    told = told[(told["status"] == "present") & told["start"].notna()]
    told = told[told["doc_id"].isin(sorted(m.articles)) & (told["outlet"] != UNKNOWN_OUTLET)]
    days = told["doc_id"].map({doc: _day(row) for doc, row in m.articles.items()})
    told = told.assign(day=days).dropna(subset=["day"])
    rows = []
    for _, group in told.groupby("fact_id", sort=True):
        group = group.sort_values(["day", "doc_id"], kind="stable")
        first = group.iloc[0]
        same = group[group["day"] == first["day"]]
        later = [f"{o} ({d[5:]})" for o, d in zip(group["outlet"], group["day"], strict=True)
                 if d != first["day"]]  # fmt: skip
        if later:  # of one day nobody was first
            what = clean(first["statement"], LONGEST)
            place = first["doc_id"], int(first["start"]), int(first["end"])
            by = listing(list(dict.fromkeys(same["outlet"])), LATER)
            rows.append((first["day"], by, what, listing(later, LATER), len(group), *place))
    columns = ["day", "first", "what", "later", "outlets", "doc_id", "start", "end"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["day", "outlets", "doc_id", "start"],
                             ascending=[True, False, True, True], ignore_index=True)  # fmt: skip


def _day(row: dict[str, object]) -> str | None:
    published = row["published"]
    return None if is_missing(published) else str(published)[:10]
