"""What several sides report, and which of them have no sentence like it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.spread.grid import Column, Entry, Row, Span, plain
from helpers.spread.material import MARKS, Material
from helpers.wording import clean, count, is_missing

LONGEST = 200
LACKING = "not found there"
UNSURE = "perhaps told in other words"


def reports(m: Material, columns: Sequence[Column], *, limit: int) -> list[Row]:
    """One row per report that two sides tell and another lacks, those that most lack first.

    A side lacks it where the lens `coverage` says so of its outlet; where the lens is not sure,
    the cell says that. With articles or groups as sides nothing is said to be lacking.
    """
    table = m.story.coverage
    if table.empty:
        return []
    docs = {doc: column.name for column in columns for doc in column.doc_ids}
    told = m.rows("coverage", docs).dropna(subset=["start"])
    told = told[told["status"] == "present"]
    said = [any(mark in words for mark in MARKS) for words in told["statement"].tolist()]
    told = told[~np.array(said, dtype=bool)]  # `quotations` has what was said
    told = told.assign(side=told["doc_id"].map(docs))
    sides = told.groupby("fact_id")["side"].nunique()
    wanted = sides[sides > 1].index
    status = {
        (fact, outlet): (state, reason)
        for fact, outlet, state, reason in zip(
            table["fact_id"], table["outlet"], table["status"], table["reason"], strict=True
        )
    }
    told = told[told["fact_id"].isin(wanted)]
    first = told.sort_values("score", ascending=False, kind="stable")
    first = first.drop_duplicates(["fact_id", "side"])
    fields = (first[c].tolist() for c in ("fact_id", "side", "doc_id", "start", "end"))
    best = {
        (fact, side): (str(doc), int(start), int(end))
        for fact, side, doc, start, end in zip(*fields, strict=True)
    }
    ranked = []
    for fact, group in told.groupby("fact_id", sort=True):
        each = [(fact, column.name) for column in columns]
        cells = tuple(_cell(m, best.get(key), status.get(key)) for key in each)
        lacking = sum(cell == (plain(LACKING),) for cell in cells)
        if lacking:
            ranked.append((-lacking, -int(sides[fact]), str(fact), _row(group, cells)))
    return [row for *_, row in sorted(ranked, key=lambda r: r[:3])[:limit]]


def _row(group: pd.DataFrame, cells: tuple[tuple[Entry, ...], ...]) -> Row:
    tellers = int(group["tellers"].iloc[0])
    statement = clean(group["statement"].iloc[0], LONGEST).strip('“”"')
    return Row(
        f"“{statement}”",
        cells,
        note=f"told in {count(tellers, 'text')} of the story",
        empty="not told",
    )


def _cell(m: Material, span: Span | None, status: tuple[str, str] | None) -> tuple[Entry, ...]:
    """The likeliest sentence of a side; without one what the lens says of its outlet."""
    if span is not None:
        return (plain(clean(m.text(span), LONGEST), at=[span]),)
    if status is None or is_missing(status[1]):
        return ()
    state, reason = status
    if state == "absent":
        return (plain(LACKING),)
    return (plain(UNSURE),) if reason == "near" else ()
