"""How it is shown which outlet tells which facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.leads import Lead
from helpers.show.base import Passages, Table

if TYPE_CHECKING:
    import pandas as pd

facts = Table(
    "Facts per outlet",
    {
        "outlet": "outlet",
        "present": "present",
        "uncertain": "uncertain",
        "absent": "absent",
        "facts": "facts",
    },
    limit=40,
    leads={"present": Lead(("outlet",), where={"status": "present"})},
)
fact_places = Passages("Some facts where they stand", note="statement")


def facts_grid(grid: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame) -> charts.Figure:
    """Which facts are present, uncertain and absent: fact × outlet."""
    return charts.heatmap(
        grid,
        charts.Columns("statement", "score", "outlet"),
        charts.Look(
            "Facts and outlets (1 present, ½ uncertain, 0 absent)",
            axis="present",
            order=order,
            top=20,
        ),
    ).leading(of, Lead(("label=statement", "group=outlet"), whole=Lead(("label=statement",))))
