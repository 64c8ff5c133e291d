"""How the notebook on framing shows terms, frames, names, agency, facts and headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.display import reading as reading
from helpers.views.base import Passages, Table, in_voice, spaced
from helpers.views.base import saved as saved
from helpers.wording import DESCRIPTIVE

if TYPE_CHECKING:
    import pandas as pd

ROLES = ("agent", "patient")

deeds = Table(
    "Deeds in a text",
    {
        "actor": "actor",
        "role": "role",
        "predicate": "predicate",
        "construction": "construction",
        "polarity": "polarity",
    },
)
cues = Table(
    "Cues and the frames that they carry",
    {"frame": "frame", "text": "text", "cue": "cue", "sentence_id": "sentence id"},
    keys=("frame",),
)
summary = Table("Outlets and lenses", limit=40)
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
        "significant": "survives",
        "descriptive": "descriptive only",
    },
    limit=40,
)
term_places = Passages("The first of these terms in its sentences")
codebook = Table(
    "The codebook",
    {
        "frame": "frame",
        "question": "question",
        "agreement": "agreement of people",
        "exploratory": "exploratory",
    },
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
)
cue_places = Passages("Some cues in their sentences", note="frame", limit=6)
names = Table(
    "Actors with the most different names",
    {
        "actor": "actor",
        "outlet": "outlet",
        "written": "called",
        "n": "times",
        "total": "of",
        "articles": "articles",
    },
    limit=30,
)
things = Table(
    "The same thing under different names",
    {"actor": "thing", "outlet": "outlet", "written": "called", "n": "times", "total": "of"},
    limit=30,
)
thing_places = Passages("Some of these names in their sentences", note="label", limit=6)
polarity = Table(
    "What the actors are shown doing and suffering",
    {"actor": "actor", "role": "role", "polarity": "deeds", "size": "clauses"},
    limit=15,
)
blame = Table(
    "Who blames whom",
    {"outlet": "outlet", "blamer": "blamer", "predicate": "verb", "blamed": "blamed"},
    limit=15,
)
doerless = Passages("Such deeds without a doer", note="construction")
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
)
fact_places = Passages("Some facts where they stand", note="statement")
headlines = Table(
    "Headline against body",
    {
        "outlet": "outlet",
        "kind": "kind",
        "item": "what",
        "headlines": "headlines",
        "articles": "of",
        "share_headline": "in headlines",
        "share_body": "in bodies",
        "difference": "difference",
        "descriptive": "descriptive only",
    },
    shares=("share_headline", "share_body", "difference"),
    keys=("item",),
    limit=15,
)


def terms_scatter(keyness: pd.DataFrame, *, order: Sequence[str], voice: str = "") -> charts.Figure:
    """The tested terms by frequency and weight, those that survive named; all, where none was."""
    title = in_voice("Terms by frequency and weight", voice)
    tested = keyness[~keyness["descriptive"].astype(bool)]
    return charts.keyness_scatter(
        tested if len(tested) else keyness,
        survives="significant",
        title=title,
        order=order,
        note="" if len(tested) else f"{DESCRIPTIVE.capitalize()}: no term was tested.",
    )


def frames_grid(shares: pd.DataFrame, *, order: Sequence[str], voice: str = "") -> charts.Figure:
    """The share of sentences that carry a frame: frame × outlet."""
    return charts.heatmap(
        shares.assign(frame=spaced(shares["frame"])),
        row="frame",
        column="outlet",
        value="value",
        unit="share",
        title=in_voice("Share of sentences that carry a frame", voice),
        column_order=order,
        axis="share of sentences",
    )


def roles_dumbbell(roles: pd.DataFrame, *, voice: str = "") -> charts.Figure:
    """How many clauses show each actor doing, and being done to."""
    return charts.dumbbell(
        roles,
        label="actor",
        role="role",
        value="n",
        roles=ROLES,
        title=in_voice("Clauses in which an actor does, or is done to", voice),
        axis="clauses",
    )


def outlets_dumbbell(roles: pd.DataFrame, *, actor: str) -> charts.Figure:
    """The shares of one actor's clauses that show it doing, and being done to, by outlet."""
    return charts.dumbbell(
        roles,
        label="outlet",
        role="role",
        value="share",
        unit="share",
        roles=ROLES,
        title=f"{actor}: agent or patient, by outlet",
        axis="share of its clauses",
    )


def facts_grid(grid: pd.DataFrame, *, order: Sequence[str]) -> charts.Figure:
    """Which facts are present, uncertain and absent: fact × outlet."""
    return charts.heatmap(
        grid,
        row="statement",
        column="outlet",
        value="score",
        title="Facts and outlets (1 present, ½ uncertain, 0 absent)",
        column_order=order,
        top_rows=20,
        axis="present",
    )
