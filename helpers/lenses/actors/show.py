"""How the notebook on actors shows who is in the story, where, when and under which names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts
from helpers.display import reading as reading
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
)
unresolved_places = Passages("The most frequent of them", spread=False)


def frequency_dots(overall: pd.DataFrame) -> charts.Figure:
    """The share of articles that mention each actor, with its interval."""
    return charts.dots(
        overall,
        charts.Columns("actor", "share", low="share_low", high="share_high"),
        charts.Look(
            "Share of articles that mention the actor", axis="share of articles", unit="share"
        ),
    )


def outlets_grid(per_outlet: pd.DataFrame, *, order: Sequence[str]) -> charts.Figure:
    """Mentions per 1,000 words: actor × outlet."""
    return charts.heatmap(
        per_outlet,
        charts.Columns("actor", "per_1000_words", "outlet"),
        charts.Look("Mentions per 1,000 words", axis="mentions per 1,000 words", order=order),
    )


def kinds_bars(kinds: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions by kind."""
    return _parts(kinds, "How the actors are mentioned", KINDS)


def places_bars(places: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions in headline, lead and body."""
    return _parts(places, "Where the actors are mentioned", PLACES)


def voices_bars(voices: pd.DataFrame) -> charts.Figure:
    """Each actor's mentions by the voice that they stand in."""
    return _parts(voices, "Whose words mention the actors", VOICES)


def _parts(table: pd.DataFrame, title: str, parts: Sequence[str]) -> charts.Figure:
    return charts.share_bars(
        table, charts.Columns("actor", "n", "part"), charts.Look(title, unit="mention"), parts=parts
    )


def days(over_time: pd.DataFrame, *, order: Sequence[str]) -> charts.Figure:
    """Mentions per day, a row per actor."""
    return charts.timeline(
        over_time,
        charts.Look("Mentions over time", unit="mention", order=order),
        date="period",
        group="actor",
        value="mentions",
    )


def together(pairs: pd.DataFrame) -> charts.Figure:
    """Who is mentioned together with whom in a sentence."""
    return charts.co_mentions(
        pairs,
        charts.Columns("actor", "n", "other"),
        charts.Look("Sentences that mention both", axis="sentences"),
    )
