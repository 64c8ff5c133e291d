"""The cell of the overview: how many reporting verbs do more than report."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.lenses.lens import Cells, cell, rows
from helpers.lenses.stance.method import EVERYONE


def cells(stance_shares: pd.DataFrame) -> Cells:
    """The share of reporting verbs that do more than report, over all speakers."""
    everyone = stance_shares["speaker"] == EVERYONE
    whole = stance_shares[everyone & (stance_shares["stance"] == "neutral")]
    total, neutral = whole["total"].sum(), whole["n"].sum()
    found = {}
    for row in rows(whole):
        rest = total - row.total
        others = 1 - (neutral - row.n) / rest if rest else np.nan
        text = f"{1 - row.value:.0%} of {row.total:.0f} verbs take a stance"
        if rest:
            text += f" (others {others:.0%})"
        found[row.outlet] = cell(text, 1 - row.value, others, row.total, row.descriptive)
    return found
