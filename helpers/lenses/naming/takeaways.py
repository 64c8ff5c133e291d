"""The rows of the table of names that are worth showing."""

from __future__ import annotations

import pandas as pd

from helpers.lenses.naming.method import is_chosen
from helpers.takeaways import varied


def contested_names(
    naming: pd.DataFrame, *, top: int, least: int = 2, each: int = 5
) -> pd.DataFrame:
    """The rows of `naming` of the ``top`` actors with most different labels, used ``least`` times.

    Titles and descriptions alone are labels: not the name, nor a capital that stands for a state.
    Of an actor at most ``each`` rows, as `varied` picks them.
    """
    often = naming[(naming["n"] >= least) & is_chosen(naming["parts"])]
    rows = often.assign(labels=often.groupby("actor")["label"].transform("nunique"))
    rows = rows[rows["labels"] > 1]
    order = ["labels", "actor", "n", "outlet", "label"]
    rows = rows.sort_values(order, ascending=[False, True, False, True, True], ignore_index=True)
    return varied(
        rows[rows["actor"].isin(rows["actor"].unique()[:top])], "actor", "label", each=each
    )
