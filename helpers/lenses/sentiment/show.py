"""How the notebook on sentiment shows how actors are spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from helpers import charts, display
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.show.base import Passages, Table
from helpers.show.base import corrected as corrected
from helpers.show.base import saved as saved
from helpers.wording import DESCRIPTIVE, number

if TYPE_CHECKING:
    import pandas as pd

OWN = {"words": "author"}
OTHERS = {"words": "others"}
ILL = {"label": "negative", "words": "author"}
LABELS = ("negative", "neutral", "uncertain", "positive")

scores = Table(
    "Scores in a text",
    {
        "text": "text",
        "actor": "actor",
        "negative": "negative",
        "neutral": "neutral",
        "positive": "positive",
        "label": "label",
        "befalls": "befalls",
        "attributed": "put down to somebody",
    },
)
fortunes = Table(
    "What befalls actors, and how authors speak of them",
    {
        "actor": "actor",
        "n": "mentions",
        "harm": "harm befalls",
        "benefit": "benefit befalls",
        "ill": "spoken of ill",
        "well": "spoken of well",
        "both": "harm, and ill",
    },
    limit=12,
    leads={
        "n": Lead(by=("actor",)),
        "harm": Lead(by=("actor",), where={"befalls": "harm"}),
        "benefit": Lead(by=("actor",), where={"befalls": "benefit"}),
        "ill": Lead(by=("actor",), where=ILL),
        "well": Lead(by=("actor",), where={"label": "positive", "words": "author"}),
        "both": Lead(by=("actor",), where={"befalls": "harm", **ILL}),
    },
)
reasons = Table(
    "The words that moved each most (tone: positive less negative)",
    {"row": "sentence", "word": "word", "tone": "tone"},
)
vader = Table(
    "Mean VADER compound per outlet (−1 to 1)",
    {
        "outlet": "outlet",
        "voice": "voice",
        "mean": "mean",
        "low": "low",
        "high": "high",
        "sentences": "sentences",
        "articles": "articles",
    },
    limit=30,
    leads={
        "mean": Lead(("outlet", "voice")),
        "sentences": Lead(("outlet", "voice")),
        "articles": Lead(("outlet", "voice"), once=("doc_id",)),
    },
)
labels = Table(
    "Labels per actor and outlet, author’s voice",
    {
        "actor": "actor",
        "outlet": "outlet",
        "negative": "negative",
        "neutral": "neutral",
        "positive": "positive",
        "uncertain": "uncertain",
        "n": "mentions",
        "n_articles": "articles",
    },
    limit=24,
    leads={
        "n": Lead(("actor", "outlet"), where=OWN),
        "n_articles": Lead(("actor", "outlet"), where=OWN, once=("doc_id",)),
    }
    | {name: Lead(("actor", "outlet"), where={**OWN, "label": name}) for name in LABELS},
)
shares = Table(
    "Shares with intervals over articles",
    {
        "actor": "actor",
        "outlet": "outlet",
        "n": "mentions",
        "negative": "negative",
        "negative_low": "low",
        "negative_high": "high",
        "positive": "positive",
        "balance": "balance",
        "speaking": "speaks itself",
        "negative_apart": "negative elsewhere",
        "note": "note",
    },
    shares=("negative", "negative_low", "negative_high", "positive", "negative_apart"),
    limit=24,
    leads={
        "n": Lead(("actor", "outlet"), where=OWN),
        "speaking": Lead(("actor", "outlet"), where={**OWN, "speaks": True}),
        "negative_apart": Lead(
            ("actor", "outlet"),
            where={**OWN, "label": "negative", "speaks": False},
            whole=Lead(("actor", "outlet"), where={**OWN, "speaks": False}),
        ),
        "balance": Lead(("actor", "outlet"), where={**OWN, "label": ("positive", "negative")}),
    }
    | {
        name: Lead(
            ("actor", "outlet"),
            where={**OWN, "label": name},
            whole=Lead(("actor", "outlet"), where=OWN),
        )
        for name in ("negative", "positive")
    },
)
speakers = Table(
    "Speakers on actors",
    {
        "speaker": "speaker",
        "actor": "of",
        "negative": "negative",
        "neutral": "neutral",
        "positive": "positive",
        "uncertain": "uncertain",
        "n": "mentions",
        "note": "note",
    },
    limit=15,
    leads={"n": Lead(("speaker", "actor"))}
    | {name: Lead(("speaker", "actor"), where={"label": name}) for name in LABELS},
)
clearest = Table(
    "The clearest sentences",
    {
        "label": "label",
        "probability": "probability",
        "because": "because of",
        "outlet": "outlet",
    },
)
clearest_places = Passages("In their place", note="label", spread=False, limit=6)


def vader_dots(tone: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """The mean tone of each outlet's own sentences, with its interval."""
    return charts.dots(
        tone,
        charts.Columns("outlet", "mean", low="low", high="high"),
        charts.Look("Tone of the author’s sentences (VADER)", axis="mean compound"),
        descriptive="descriptive",
        reference=0,
    ).leading(of, Lead(("label=outlet",), where={"voice": "author"}))


def own_bars(counts: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """How authors speak of each actor."""
    return _labels(counts, "In the author’s words", of, OWN)


def others_bars(counts: pd.DataFrame, *, of: pd.DataFrame) -> charts.Figure:
    """How the people quoted speak of each actor."""
    return _labels(counts, "In quoted and reported words", of, OTHERS)


def _labels(
    counts: pd.DataFrame, title: str, of: pd.DataFrame, words: Mapping[str, str]
) -> charts.Figure:
    whole = Lead(("label=actor",), where=words)
    return charts.share_bars(
        counts,
        charts.Columns("actor", "n", "part"),
        charts.Look(title, unit="mention"),
        parts=LABELS,
    ).leading(of, Lead(("label=actor", "group=label"), where=words, whole=whole))


def speakers_grid(matrix: pd.DataFrame, *, top: int, of: pd.DataFrame) -> charts.Figure:
    """Who speaks how of whom: speaker × actor."""
    mentions = [matrix.groupby(side)["n"].sum() for side in ("speaker", "actor")]
    said, named = (n.sort_values(ascending=False, kind="stable").index.tolist() for n in mentions)
    return charts.heatmap(
        matrix,
        charts.Columns("speaker", "balance", "actor"),
        charts.Look(
            "Who speaks how of whom (positive less negative share)",
            axis="balance",
            order=named,
            top=top,
        ),
        diverging=True,
        row_order=said,
        top_columns=top,
    ).leading(of, Lead(("label=speaker", "group=actor")))


def words_bars(
    shift: pd.DataFrame | None,
    *,
    actor: str,
    outlets: tuple[str, str] | None,
    of: pd.DataFrame | None,
) -> charts.Figure | display.Shown:
    """The words that make the first outlet's tone on ``actor`` differ from the second's, if any."""
    if shift is None or outlets is None or of is None:
        return display.reading(
            "No actor is mentioned often enough by two outlets to compare their words."
        )
    first, second = outlets
    rest = float(shift.loc[shift["word"].str.startswith("("), "shift"].sum())
    return charts.diverging_bars(
        shift[~shift["word"].str.startswith("(")],
        charts.Columns("word", "shift"),
        charts.Look(
            f"Words that make one outlet's tone on {actor} the better one",
            axis="part of the difference",
            note=f"Without function words and marks, and without what the mention itself adds "
            f"({number(rest)} together). {DESCRIPTIVE.capitalize()}.",
        ),
        left=second,
        right=first,
    ).leading(of, Lead(("label=word",)))
