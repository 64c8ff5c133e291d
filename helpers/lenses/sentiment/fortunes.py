"""What befalls each actor beside what is thought of it: two counts that must not be mixed up."""

from __future__ import annotations

import pandas as pd

from helpers import schema
from helpers.lenses.sentiment.befalling import BENEFIT, HARM
from helpers.lenses.sentiment.judging import ATTRIBUTED
from helpers.lenses.sentiment.tables import counted


def told_of(
    scored: pd.DataFrame, articles: pd.DataFrame, *, supported: bool = True
) -> pd.DataFrame:
    """One row per mention in a sentence of the author's: what `fortunes` counts."""
    schema.needs(scored, "befalls", table="target_sentiment")
    rows = counted(scored, articles, supported=supported)
    return rows[rows["voice"].fillna("author").isin(["author", ATTRIBUTED])]


def fortunes(
    scored: pd.DataFrame, articles: pd.DataFrame, *, supported: bool = True
) -> pd.DataFrame:
    """One row per actor: mentions in the author's sentences, what befalls it and how it is judged.

    ``harm`` and ``benefit`` count the mentions that something bad or good is told to happen to,
    ``ill`` and ``well`` those that the author speaks ill or well of; ``both`` those that harm
    befalls and that are spoken of ill in the same sentence. Whom most harm befalls comes first.
    """
    rows = told_of(scored, articles, supported=supported)
    ill = (rows["label"] == "negative") & (rows["words"] == "author")
    well = (rows["label"] == "positive") & (rows["words"] == "author")
    harm = rows["befalls"] == HARM
    each = pd.DataFrame(
        {
            "actor": rows["actor"],
            "n": 1,
            "harm": harm.astype(int),
            "benefit": (rows["befalls"] == BENEFIT).astype(int),
            "ill": ill.astype(int),
            "well": well.astype(int),
            "both": (harm & ill).astype(int),
        }
    )
    table = each.groupby("actor").sum().reset_index()
    return table.sort_values(["harm", "n", "actor"], ascending=[False, False, True],
                             ignore_index=True)  # fmt: skip
