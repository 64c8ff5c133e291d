"""How the notebook of the human check shows what was coded and what follows from it."""

from __future__ import annotations

import pandas as pd

from helpers import charts
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.show.base import Passages, Table
from helpers.show.base import corrected as corrected
from helpers.show.base import saved as saved

_OF = ("lens", "of")
coded = Table(
    "What was coded",
    {"lens": "lens", "items": "items", "coders": "coders", "codes": "codes", "decided": "decided"},
    leads={"decided": Lead(("lens",), where={"of": "all"})},
)
accuracy = Table(
    "How often the program is right on this corpus",
    {
        "lens": "lens",
        "of": "of",
        "coded": "coded",
        "decided": "decided",
        "right": "right",
        "precision": "precision",
        "precision_low": "from",
        "precision_high": "to",
        "recall": "recall",
        "recall_low": "recall from",
        "recall_high": "recall to",
    },
    shares=("precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high"),
    limit=50,
    leads={
        "coded": Lead(_OF),
        "decided": Lead(_OF, where={"decided": True}, whole=Lead(_OF)),
        "right": Lead(_OF, where={"right": True}, whole=Lead(_OF)),
        "precision": Lead(
            _OF, where={"called": True, "right": True}, whole=Lead(_OF, where={"called": True})
        ),
        "recall": Lead(
            _OF, where={"given": True, "right": True}, whole=Lead(_OF, where={"given": True})
        ),
    },
)
errors = Passages("Where people and the program differ", note="said", spread=False, limit=8)
agreement = Table(
    "How far coders agree, and the program with each",
    {
        "lens": "lens",
        "between": "between",
        "of": "labels",
        "items": "items",
        "same": "same label",
        "alpha": "alpha",
        "low": "low",
        "high": "high",
    },
    shares=("same",),
    limit=30,
)
disagreements = Table("To be decided: what coders called the same item", limit=20)
plan = Table(
    "What further items of a lens would narrow",
    {
        "lens": "lens",
        "statement": "finding",
        "codes": "codes",
        "further": "further",
        "width": "width",
        "expected": "then about",
    },
    shares=("width", "expected"),
)
findings = Table(
    "Findings that codes correct",
    {
        "statement": "statement",
        "value": "the program",
        "corrected": "corrected",
        "corrected_low": "low",
        "corrected_high": "high",
    },
    shares=("value", "corrected", "corrected_low", "corrected_high"),
)


def accuracy_dots(checks: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """How much of what the program decides is right, by lens and outlet."""
    whole = ~checks["of"].astype("str").str.startswith("label: ")
    rows = checks[whole].assign(
        what=checks["lens"].astype("str") + ", " + checks["of"].astype("str")
    )
    return charts.dots(
        rows,
        charts.Columns("what", "precision", low="precision_low", high="precision_high"),
        charts.Look("Right of what the program decides", axis="share", unit="share"),
        sort=False,
    ).leading(
        of.assign(what=of["lens"].astype("str") + ", " + of["of"].astype("str")),
        Lead(("label=what",), where={"called": True}),
    )
