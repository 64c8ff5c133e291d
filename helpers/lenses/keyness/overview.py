"""The cell of the overview: the terms that set an outlet apart most."""

from __future__ import annotations

import pandas as pd

from helpers.lenses.lens import Cells, cell
from helpers.statistics import DESCRIPTIVE_ONLY

TERMS = 3


def cells(keyness: pd.DataFrame) -> Cells:
    """The terms that survive; else the most distinctive ones, called descriptive."""
    found = {}
    for outlet, group in keyness[keyness["log_odds"] > 0].groupby("outlet", sort=True):
        sure = group[group["significant"]] if "significant" in group else group.iloc[:0]
        several = group[group["articles_target"] > 1] if "articles_target" in group else group
        chosen = sure if len(sure) else several
        order = ["p_value", "z", "term"] if "p_value" in chosen else ["z", "term"]
        chosen = chosen.sort_values(
            order, ascending=[name != "z" for name in order], kind="stable", na_position="last"
        )
        top = _unnested(chosen["term"].tolist())[:TERMS]
        if not top:
            continue
        first = chosen[chosen["term"] == top[0]].iloc[0]
        text = ", ".join(f"“{term}”" for term in top)
        found[str(outlet)] = cell(
            text if len(sure) else f"{text} ({DESCRIPTIVE_ONLY})",
            first["rate_target"],
            first["rate_reference"],
            first["n_target"],
            not len(sure),
        )
    return found


def _unnested(terms: list[str]) -> list[str]:
    """Terms without those that are part of one already named ("rogue" beside "rogue state")."""
    kept: list[str] = []
    named: set[str] = set()
    for term in terms:
        words = term.split()
        if named.isdisjoint(words):
            kept.append(term)
            named.update(words)
    return kept
