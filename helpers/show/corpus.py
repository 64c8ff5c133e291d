"""How the notebook on the corpus shows what was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers import charts, display
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.show.base import Passages, Table
from helpers.show.base import problems as problems
from helpers.show.base import saved as saved

if TYPE_CHECKING:
    import pandas as pd

sentences = Table(
    "A text, cut into sentences",
    {"sentence_id": "sentence id", "part": "part", "start": "start", "end": "end", "text": "text"},
)
outlets = Table(
    "Articles per outlet",
    leads={
        "articles": Lead(("outlet",), where={"repeats": False}),
        "words": Lead(("outlet",), where={"repeats": False}),
        "dated": Lead(("outlet",), where={"repeats": False, "dated": True}),
        "duplicates": Lead(("outlet",), where={"repeats": True}),
    },
)
origins = Table(
    "Whose text the original articles are",
    limit=30,
    leads={"articles": Lead(("outlet", "origin", "source"), where={"repeats": False})},
)
parts = Table(
    "Parts of the original articles", leads={"sentences": Lead(("part",)), "words": Lead(("part",))}
)
set_aside = Table(
    "What was set aside, and why",
    {"outlet": "outlet", "rule": "rule", "spans": "spans", "words": "words", "share": "share"},
    shares=("share",),
    limit=40,
    leads=dict.fromkeys(("spans", "words", "share"), Lead(("outlet", "rule"))),
)
boilerplate = Passages("Some of what was set aside as boilerplate", note="rule", limit=8)
repeats = Table("Articles that repeat an earlier one")


def outlets_bars(per_outlet: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """Articles per outlet, most first."""
    return charts.ranked_bars(
        per_outlet,
        charts.Columns("outlet", "articles"),
        charts.Look("Articles per outlet", unit="article", top=20),
    ).leading(of, Lead(("label=outlet",), where={"repeats": False}))


def days(articles: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame) -> charts.Figure:
    """Articles per day, a row per outlet."""
    placed = of.assign(day=charts.periods(of["published"], articles["published"]))
    return charts.timeline(
        articles, charts.Look("Articles over time", order=order), date="published", group="outlet"
    ).leading(placed, Lead(("label=outlet", "group=day"), where={"repeats": False}))


def genres(
    by_genre: pd.DataFrame, *, order: Sequence[str], of: pd.DataFrame
) -> charts.Figure | display.Shown:
    """The genres of each outlet's articles, or that none is declared."""
    if by_genre["genre"].eq("not stated").all():
        return display.reading(
            "No genre is declared, nor could one be guessed: reports and opinion pieces cannot "
            "be told apart."
        )
    original = {"repeats": False}
    figure = charts.share_bars(
        by_genre,
        charts.Columns("outlet", "n", "genre"),
        charts.Look("Genres, declared or guessed", unit="article", order=order),
    )
    whole = Lead(("label=outlet",), where=original)
    return figure.leading(of, Lead(("label=outlet", "group=genre"), where=original, whole=whole))
