"""How terms that set outlets apart are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.leads import Lead
from helpers.show.base import Passages, Table, in_voice
from helpers.wording import DESCRIPTIVE

if TYPE_CHECKING:
    import pandas as pd

terms = Table(
    "Terms that set an outlet apart most; only those that survive may be called different",
    {
        "outlet": "outlet",
        "term": "term",
        "n_target": "here",
        "rate_target": "per 1,000",
        "n_reference": "elsewhere",
        "rate_reference": "per 1,000 elsewhere",
        "log_odds": "log-odds",
        "q_value": "q",
        "could_show": "times as often to be found",
        "significant": "survives",
        "descriptive": "descriptive only",
    },
    limit=40,
    leads=dict.fromkeys(
        ("n_target", "rate_target", "log_odds"),
        Lead(("outlet", "term"), whole=Lead(("term",))),
    )
    | dict.fromkeys(
        ("n_reference", "rate_reference"),
        Lead(("outlet", "term"), whole=Lead(("term",)), others=True),
    ),
)
term_places = Passages("The first of these terms in its sentences")


def terms_scatter(
    keyness: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame, voice: str = ""
) -> charts.Figure:
    """The tested terms by frequency and weight, those that survive named; all, where none was."""
    title = in_voice("Terms by frequency and weight", voice)
    tested = keyness[~keyness["descriptive"].astype(bool)]
    return charts.keyness_scatter(
        tested if len(tested) else keyness,
        charts.Look(
            title,
            order=order,
            note="" if len(tested) else f"{DESCRIPTIVE.capitalize()}: no term was tested.",
        ),
    ).leading(of, Lead(("label=term", "group=outlet")))
