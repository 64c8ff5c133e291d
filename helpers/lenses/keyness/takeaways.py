"""What the table of terms says, in sentences, and the rows worth showing."""

from __future__ import annotations

import pandas as pd

from helpers.statistics import DESCRIPTIVE_ONLY
from helpers.wording import count, listing


def surviving_terms(keyness: pd.DataFrame) -> str:
    """How many terms set an outlet apart beyond chance, and which."""
    if keyness.empty:
        return "No word could be compared between outlets."
    tested = keyness[~keyness["descriptive"]]
    terms = int(tested["term"].nunique())
    if tested.empty:
        return f"Too few articles for a test: the terms are {DESCRIPTIVE_ONLY}."
    kept = tested[tested["significant"]].sort_values("q_value", kind="stable")
    if kept.empty:
        return f"Of {count(terms, 'tested term')} none sets an outlet apart beyond chance."
    names = [f"“{t}” ({o})" for t, o in kept[["term", "outlet"]].itertuples(index=False)]
    return f"Of {count(terms, 'tested term')} {len(kept)} survive: {listing(names, 6)}."


def strongest_terms(keyness: pd.DataFrame, *, per_outlet: int) -> pd.DataFrame:
    """The terms with the largest weight of each outlet, the surviving and tested ones first."""
    rows = keyness[keyness["log_odds"] > 0].assign(tested=~keyness["descriptive"])
    rows = rows.sort_values(
        ["significant", "tested", "outlet", "z", "term"],
        ascending=[False, False, True, False, True],
        kind="stable",
    )
    rows = rows[~_in_pairs(rows)]
    return rows.groupby("outlet", sort=False).head(per_outlet).reset_index(drop=True)


def _in_pairs(keyness: pd.DataFrame) -> pd.Series:
    """Which terms are words of which the outlet uses half or more inside one pair of the table.

    "Laden" says nothing beside "bin Laden".
    """
    used: dict[tuple[str, str], int] = {}
    columns = [keyness[c].tolist() for c in ("outlet", "term", "n_target")]
    for outlet, term, n in zip(*columns, strict=True):
        for word in term.split() if " " in term else ():
            used[outlet, word] = max(n, used.get((outlet, word), 0))
    inside = [2 * used.get((o, t), 0) >= n for o, t, n in zip(*columns, strict=True)]
    return pd.Series(inside, index=keyness.index, dtype=bool)
