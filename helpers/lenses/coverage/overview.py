"""The cell of the overview: how many facts an outlet tells of those it could have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.lenses.lens import Cells, cell


def cells(coverage: pd.DataFrame) -> Cells:
    """How many of the facts it could have told the outlet has."""
    found = {}
    for outlet, group in coverage.groupby("outlet", sort=True):
        has = int((group["status"] == "present").sum())
        lacks = int((group["status"] == "absent").sum())
        unjudged = "reason" in group and bool((group["reason"] == "genre").any())
        if not has + lacks:
            found[str(outlet)] = cell("no fact that can be compared")
        elif unjudged and not lacks:
            text = f"tells {has} facts; what it lacks is not judged (no report among its articles)"
            found[str(outlet)] = cell(text, n=has)
        else:
            text = f"{has} of the {has + lacks} facts it could have told"
            found[str(outlet)] = cell(text, has / (has + lacks), np.nan, has + lacks)
    return found
