"""How frames, their cues and shares are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.leads import Lead
from helpers.show.base import Passages, Table, in_voice, spaced

if TYPE_CHECKING:
    import pandas as pd

cues = Table(
    "Cues and the frames that they carry",
    {"frame": "frame", "text": "text", "cue": "cue", "sentence_id": "sentence id"},
    keys=("frame",),
)
codebook = Table(
    "The codebook",
    {
        "frame": "frame",
        "question": "question",
        "agreement": "agreement of people",
        "exploratory": "exploratory",
        "precision": "cues read that are right",
        "n_read": "cues read",
        "told": "told",
    },
    shares=("precision",),
    keys=("frame",),
)
frames = Table(
    "With intervals over articles, outlets with four articles or more",
    {
        "outlet": "outlet",
        "frame": "frame",
        "value": "share",
        "low": "low",
        "high": "high",
        "n": "sentences",
        "total": "of",
    },
    shares=("value", "low", "high"),
    keys=("frame",),
    limit=30,
    leads={
        "value": Lead(
            ("outlet", "frame"), source="cues", whole=Lead(("outlet",), source="sentences")
        ),
        "n": Lead(("outlet", "frame"), source="cues"),
        "total": Lead(("outlet",), source="sentences"),
    },
)
cue_places = Passages("Some cues in their sentences", note="frame", limit=6)


def frames_grid(
    shares: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame, voice: str = ""
) -> charts.Figure:
    """The share of sentences that carry a frame: frame × outlet."""
    return charts.heatmap(
        shares.assign(frame=spaced(shares["frame"])),
        charts.Columns("frame", "value", "outlet"),
        charts.Look(
            in_voice("Share of sentences that carry a frame", voice),
            axis="share of sentences",
            unit="share",
            order=order,
        ),
    ).leading(of, Lead(("label=frame", "group=outlet")))
