"""How the notebook on quotations shows who is quoted, how and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.lenses.quotes.tables import UNKNOWN
from helpers.show.base import Passages, Table
from helpers.show.base import corrected as corrected
from helpers.show.base import saved as saved

if TYPE_CHECKING:
    import pandas as pd

FORMS = ("direct", "mixed", "indirect")
VOICES = ("author", "reported", "quoted")
STANCES = ("neutral", "endorsing", "arguing", "ordering", "doubting")

attributions = Table(
    "Attributions in a text",
    {
        "quote_id": "quote id",
        "kind": "kind",
        "text": "text",
        "cue": "cue",
        "source": "source",
        "actor": "actor",
        "anonymous": "anonymous",
    },
)
speakers = Table(
    "Attributions by speaker and outlet",
    {
        "outlet": "outlet",
        "speaker": "speaker",
        "n": "attributions",
        "direct": "direct",
        "mixed": "mixed",
        "indirect": "indirect",
        "share": "of the outlet’s",
    },
    shares=("share",),
    limit=25,
    leads={
        "n": Lead(("outlet", "speaker")),
        "share": Lead(("outlet", "speaker"), whole=Lead(("outlet",))),
    }
    | {kind: Lead(("outlet", "speaker"), where={"kind": kind}) for kind in FORMS},
)
speakers_words = Passages("Some of the most quoted speaker’s words", note="cue")
kinds = Table(
    "Kinds of quotation per outlet",
    {
        "outlet": "outlet",
        "n": "attributions",
        "direct": "direct",
        "mixed": "mixed",
        "indirect": "indirect",
        "anonymous": "unnamed source",
        "undecided": "speaker undecided",
    },
    shares=("direct", "mixed", "indirect", "anonymous", "undecided"),
    limit=40,
    leads={
        "n": Lead(("outlet",)),
        "anonymous": Lead(("outlet",), where={"anonymous": True}, whole=Lead(("outlet",))),
        "undecided": Lead(("outlet",), where={"speaker": UNKNOWN}, whole=Lead(("outlet",))),
    }
    | {kind: Lead(("outlet",), where={"kind": kind}, whole=Lead(("outlet",))) for kind in FORMS},
)
voices = Table(
    "Voices, and who fills them most",
    {"outlet": "outlet", "voice": "voice", "share": "of the text", "speakers": "mostly"},
    shares=("share",),
    limit=30,
    leads={"share": Lead(("outlet", "voice"))},
)
verbs = Table(
    "Verbs that are not neutral, by outlet",
    {
        "outlet": "outlet",
        "lemma": "verb",
        "stance": "stance",
        "n": "times",
        "share": "of the outlet’s",
    },
    shares=("share",),
    leads={
        "n": Lead(("outlet", "lemma", "stance")),
        "share": Lead(("outlet", "lemma", "stance"), whole=Lead(("outlet",))),
    },
)
doubted = Passages("Words put after a doubting verb", note="cue")
statements = Table(
    "The same words, cut differently",
    {
        "statement_id": "statement",
        "outlet": "outlet",
        "actor": "speaker",
        "cue": "cue",
        "text": "as printed",
        "cut": "left out",
        "shared": "kept",
    },
    shares=("shared",),
)
statements_places = Passages(
    "The first of these statements in their places", note="cue", spread=False
)
unattributed = Table(
    "Attributions without a known speaker",
    {"outlet": "outlet", "text": "words", "cue": "cue", "source": "source", "reason": "why"},
    limit=12,
)


def speakers_grid(
    said_by: pd.DataFrame, *, order: Sequence[str], top: int, of: pd.DataFrame
) -> charts.Figure:
    """Attributions: speaker × outlet."""
    return charts.heatmap(
        said_by,
        charts.Columns("speaker", "n", "outlet"),
        charts.Look(
            "Attributions per speaker and outlet", axis="attributions", order=order, top=top
        ),
    ).leading(of, Lead(("label=speaker", "group=outlet")))


def kinds_bars(
    forms: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame
) -> charts.Figure:
    """Direct, mixed and indirect quotation in each outlet."""
    return charts.share_bars(
        forms,
        charts.Columns("outlet", "n", "part"),
        charts.Look("Kinds of quotation", unit="attribution", order=order),
        parts=FORMS,
    ).leading(of, Lead(("label=outlet", "group=kind"), whole=Lead(("label=outlet",))))


def voices_bars(
    table: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame
) -> charts.Figure:
    """The characters of each outlet's text that are the author's, reported and quoted."""
    return charts.share_bars(
        table,
        charts.Columns("outlet", "n", "voice"),
        charts.Look("Text given to each voice", unit="character", order=order),
        parts=VOICES,
    ).leading(of, Lead(("label=outlet", "group=voice")))


def stances_bars(stances: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """The stances of the verbs that report each speaker's words."""
    return charts.share_bars(
        stances,
        charts.Columns("actor", "n", "stance"),
        charts.Look("Stance of the verb, by speaker", unit="attribution"),
        parts=STANCES,
    ).leading(of, Lead(("label=actor", "group=stance"), whole=Lead(("label=actor",))))


def about_grid(about: pd.DataFrame, *, top: int, of: pd.DataFrame) -> charts.Figure:
    """Whom each speaker's words mention: speaker × actor."""
    return charts.heatmap(
        about,
        charts.Columns("speaker", "n", "about"),
        charts.Look("Mentions of an actor in a speaker’s words", axis="mentions", top=top),
        top_columns=top,
    ).leading(of, Lead(("label=speaker", "group=about")))
