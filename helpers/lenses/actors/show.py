"""How the notebook on actors shows who is in the story, where, when and under which names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.show.base import Passages, Table
from helpers.show.base import saved as saved

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("name", "title", "metonym", "demonym", "pronoun")
PLACES = ("headline", "lead", "body")
VOICES = ("author", "reported", "quoted")

mentions = Table(
    "Mentions in a text",
    {
        "text": "text",
        "kind": "kind",
        "actor": "actor",
        "voice": "voice",
        "confidence": "confidence",
        "rule": "rule",
    },
)
frequency = Table(
    "Actors by the articles that mention them",
    {
        "actor": "actor",
        "actor_type": "type",
        "articles": "articles",
        "share": "of all",
        "share_low": "low",
        "share_high": "high",
        "mentions": "mentions",
        "per_1000_words": "per 1,000 words",
    },
    shares=("share", "share_low", "share_high"),
    limit=15,
    leads={
        "articles": Lead(("actor",), once=("doc_id",)),
        "share": Lead(("actor",), once=("doc_id",)),
        "mentions": Lead(("actor",)),
        "per_1000_words": Lead(("actor",)),
    },
)
first_mentions = Passages("Some mentions by name", note="kind")
by_outlet = Table(
    "Actors by outlet",
    {
        "actor": "actor",
        "outlet": "outlet",
        "n_articles": "articles",
        "articles": "with the actor",
        "mentions": "mentions",
        "per_1000_words": "per 1,000 words",
        "low": "low",
        "high": "high",
    },
    limit=24,
    leads={
        "n_articles": Lead(("outlet",), where={"repeats": False}, source="articles"),
        "articles": Lead(("actor", "outlet"), once=("doc_id",), source="mentions"),
        "mentions": Lead(("actor", "outlet"), source="mentions"),
        "per_1000_words": Lead(("actor", "outlet"), source="mentions"),
    },
)
names = Table(
    "Names of the most mentioned actors",
    {
        "actor": "actor",
        "outlet": "outlet",
        "label": "called",
        "kind": "kind",
        "n": "times",
        "articles": "articles",
    },
    limit=40,
    leads={
        "n": Lead(("actor", "outlet", "key")),
        "articles": Lead(("actor", "outlet", "key"), once=("doc_id",)),
    },
)
unresolved = Table(
    "Words that stand for an actor that could not be decided",
    {
        "text": "words",
        "kind": "kind",
        "n": "times",
        "articles": "articles",
        "share": "of all of this kind",
    },
    shares=("share",),
    limit=15,
    leads={
        "n": Lead(("kind", "key"), source="open"),
        "articles": Lead(("kind", "key"), once=("doc_id",), source="open"),
        "share": Lead(("kind", "key"), whole=Lead(("kind",), source="all"), source="open"),
    },
)
unresolved_places = Passages("The most frequent of them", spread=False)


def frequency_dots(overall: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """The share of articles that mention each actor, with its interval."""
    return charts.dots(
        overall,
        charts.Columns("actor", "share", low="share_low", high="share_high"),
        charts.Look(
            "Share of articles that mention the actor", axis="share of articles", unit="share"
        ),
    ).leading(of, Lead(("label=actor",), once=("doc_id",)))


def outlets_grid(
    per_outlet: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame
) -> charts.Figure:
    """Mentions per 1,000 words: actor × outlet."""
    return charts.heatmap(
        per_outlet,
        charts.Columns("actor", "per_1000_words", "outlet"),
        charts.Look("Mentions per 1,000 words", axis="mentions per 1,000 words", order=order),
    ).leading(of, Lead(("label=actor", "group=outlet")))


def kinds_bars(kinds: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions by kind."""
    return _parts(kinds, "How the actors are mentioned", KINDS, of, "kind")


def places_bars(places: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions in headline, lead and body."""
    return _parts(places, "Where the actors are mentioned", PLACES, of, "place")


def voices_bars(voices: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions by the voice that they stand in."""
    return _parts(voices, "Whose words mention the actors", VOICES, of, "voice")


def _parts(
    table: pd.DataFrame, title: str, parts: Sequence[str], of: pd.DataFrame, column: str
) -> charts.Figure:
    figure = charts.share_bars(
        table, charts.Columns("actor", "n", "part"), charts.Look(title, unit="mention"), parts=parts
    )
    whole = Lead(("label=actor",))
    return figure.leading(of, Lead(("label=actor", f"group={column}"), whole=whole))


def days(over_time: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame) -> charts.Figure:
    """Mentions per day, a row per actor."""
    told = over_time.loc[over_time["mentions"] > 0, "period"]
    placed = of.assign(period=charts.periods(of["published"], told))
    return charts.timeline(
        over_time,
        charts.Look("Mentions over time", unit="mention", order=order),
        date="period",
        group="actor",
        value="mentions",
    ).leading(placed, Lead(("label=actor", "group=period")))


def together(pairs: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """Who is mentioned together with whom in a sentence."""
    return charts.co_mentions(
        pairs,
        charts.Columns("actor", "n", "other"),
        charts.Look("Sentences that mention both", axis="sentences"),
    ).leading(of, Lead(("label=actor", "group=other")))
