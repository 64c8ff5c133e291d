"""How it is shown who does what, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import charts
from helpers.leads import Lead
from helpers.show.base import Passages, Table, in_voice

if TYPE_CHECKING:
    import pandas as pd

ROLES = ("agent", "patient")

deeds = Table(
    "Deeds in a text",
    {
        "actor": "actor",
        "role": "role",
        "predicate": "predicate",
        "process": "kind of deed",
        "construction": "construction",
        "polarity": "polarity",
    },
)
polarity = Table(
    "What the actors are shown doing and suffering",
    {"actor": "actor", "role": "role", "polarity": "deeds", "size": "clauses"},
    limit=15,
    leads={"size": Lead(("actor", "role", "polarity"))},
)
blame = Table(
    "Who blames whom",
    {"outlet": "outlet", "blamer": "blamer", "predicate": "verb", "blamed": "blamed"},
    limit=15,
)
doerless = Passages("Such deeds without a doer", note="construction")


def roles_dumbbell(roles: pd.DataFrame, *, of: pd.DataFrame, voice: str = "") -> charts.Figure:
    """How many deeds told as done show each actor doing, and being done to."""
    return charts.dumbbell(
        roles,
        charts.Columns("actor", "n", "role"),
        charts.Look(in_voice("Deeds that an actor does, or that are done to it", voice), "deeds"),
        roles=ROLES,
    ).leading(of, Lead(("label=actor", "group=role")))


def outlets_dumbbell(roles: pd.DataFrame, *, actor: str, of: pd.DataFrame) -> charts.Figure:
    """The shares of one actor's deeds that show it doing, and being done to, by outlet."""
    return charts.dumbbell(
        roles,
        charts.Columns("outlet", "share", "role"),
        charts.Look(
            f"{actor}: agent or patient, by outlet",
            axis="share of its deeds, saying left out",
            unit="share",
        ),
        roles=ROLES,
    ).leading(of, Lead(("label=outlet", "group=role"), whole=Lead(("label=outlet",))))
