"""The cell of the overview: a name for an actor that the others hardly use."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.lenses.lens import Cell, Cells, cell, rows, widest
from helpers.lenses.naming.method import is_chosen

LEAST_SHARE = 0.03  # two of 160 namings do not stand out
LEAST_ELSEWHERE = 3  # what the others name less often says nothing about them


def cells(naming: pd.DataFrame) -> Cells:
    """The word for an actor that the outlet uses in several articles and the others hardly do."""
    return widest(_candidates(naming))


def _candidates(naming: pd.DataFrame) -> Iterator[tuple[str, float, Cell]]:
    described = naming[is_chosen(naming["parts"])]
    forms = naming[["actor", "outlet", "total"]].drop_duplicates(["actor", "outlet"])
    totals = forms.groupby("actor")["total"].sum()
    uses = described.groupby(["actor", "label"])["n"].sum()
    for row in rows(described):
        rest = float(totals[row.actor] - row.total)
        if row.n < max(2, LEAST_SHARE * row.total) or rest < LEAST_ELSEWHERE:
            continue
        elsewhere = float(uses[row.actor, row.label] - row.n)
        others = elsewhere / rest
        odds = np.log((row.n + 0.5) / row.total) - np.log((elsewhere + 0.5) / rest)
        weight = odds * np.sqrt(row.n) * (1 if row.articles > 1 else 0.5)
        times = f"{row.n} of {row.total} mentions"
        text = f"{row.actor}: “{row.written}” ({times}; others {others:.0%})"
        yield row.outlet, weight, cell(text, row.n / row.total, others, row.n)
