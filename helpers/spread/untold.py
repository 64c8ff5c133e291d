"""What several texts tell of an event and an outlet that reports of it has no sentence for."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.findings.measured import how_right
from helpers.spread.grid import Contrast, Side
from helpers.spread.material import MARKS, Material
from helpers.wording import clean, is_missing, listing

LEAST_TELLERS = 3
"""Texts that must tell what one outlet lacks."""
OUTLETS = 5
"""Outlets of one side that are named."""


def of_reports(m: Material) -> Iterator[Contrast]:
    """What several texts tell and an outlet that reports of the same has no sentence for."""
    table = m.story.coverage
    if table.empty:
        return
    for _, group in table.groupby("fact_id", sort=True):
        lacking = group[group["status"] == "absent"]
        told = group[(group["status"] == "present") & group["doc_id"].isin(sorted(m.own))]
        tellers = group["tellers"].iloc[0]
        if lacking.empty or is_missing(tellers) or tellers < LEAST_TELLERS or len(told) < 2:
            continue
        told = told.dropna(subset=["start"])
        names = listing(sorted(lacking["outlet"]), OUTLETS)
        what = clean(group["statement"].iloc[0], 140)
        if any(mark in what for mark in MARKS):  # what was said is a matter of quotations
            continue
        places = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(told["doc_id"], told["start"], told["end"], strict=True)
        )
        tell = Side(listing(list(told["outlet"]), OUTLETS), "tell it", places)
        nearest = lacking.dropna(subset=["start"])
        near = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(
                nearest["doc_id"], nearest["start"], nearest["end"], strict=True
            )
        )
        verb = "has" if len(lacking) == 1 else "have"
        note = "the nearest sentence" if near else f"{verb} no sentence like it that was found"
        lack = Side(names, note, near)
        yield Contrast(
            "report",
            f"{names} {'does' if len(lacking) == 1 else 'do'} not tell that “{what}”",
            (tell, lack),
            how_right("report"),
            float(tellers) / 10,
        )
