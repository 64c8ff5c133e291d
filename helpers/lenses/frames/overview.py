"""The cell of the overview: the frame by which an outlet exceeds the others most."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from helpers.lenses.lens import Cell, Cells, cell, rows, widest
from helpers.statistics import shrunken

FRAME_NAMES = {"human_interest": "human interest", "economic": "economic consequences"}
LEAST_GAP = 0.02  # 5% against 4% does not stand out


def cells(frame_shares: pd.DataFrame) -> Cells:
    """The frame by which the outlet exceeds the other outlets most, its share drawn to theirs."""
    return widest(_candidates(frame_shares), least=LEAST_GAP)


def _candidates(frame_shares: pd.DataFrame) -> Iterator[tuple[str, float, Cell]]:
    for frame, group in frame_shares.groupby("frame", sort=True):
        total, carrying = group["total"].sum(), group["n"].sum()
        usual = shrunken(group["n"], group["total"])
        for row, drawn in zip(rows(group), usual.tolist(), strict=True):
            rest = total - row.total
            if not rest or not row.total:
                continue
            others = (carrying - row.n) / rest
            text = (
                f"{FRAME_NAMES.get(str(frame), str(frame))} {row.value:.0%} (others {others:.0%})"
            )
            shown = cell(text, row.value, others, row.n, row.descriptive)
            yield row.outlet, drawn - others, shown
