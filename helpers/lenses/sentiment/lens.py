"""The lens on sentiment: of sentences, and towards each actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers import schema
from helpers.lenses.lens import Lens, LensTable
from helpers.lenses.quotes import add_voice
from helpers.lenses.sentiment import sentence_sentiment
from helpers.lenses.sentiment import target_sentiment as towards
from helpers.lenses.sentiment.columns import SENTIMENT, TARGET_SENTIMENT
from helpers.lenses.sentiment.findings import ill_spoken_of, sentiment_findings
from helpers.lenses.sentiment.judging import judged
from helpers.segment import as_read

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.models import Models


def _sentiment(
    sentences: pd.DataFrame, set_aside: pd.DataFrame, quotes: pd.DataFrame
) -> pd.DataFrame:
    keys = ["doc_id", "sentence_id"]
    voice = add_voice(sentences[[*keys, "start", "end"]], quotes)[[*keys, "voice"]]
    scored = sentence_sentiment(as_read(sentences, set_aside)).drop(columns="voice")
    return schema.make("sentiment", scored.merge(voice, on=keys, how="left"))


def _target_sentiment(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    set_aside: pd.DataFrame,
    mentions: pd.DataFrame,
    agency: pd.DataFrame,
    models: Models,
) -> pd.DataFrame:
    scored = towards(mentions, as_read(sentences, set_aside), model=models.target_sentiment)
    return judged(scored, articles, sentences, tokens, agency)


def _findings(told: Told) -> list[Finding]:
    return sentiment_findings(told.own["target_sentiment"])


def _asked(told: Told, _: str) -> Measure:
    return ill_spoken_of(told.own["target_sentiment"])


LENS = Lens(
    "sentiment",
    tables=(
        LensTable(
            SENTIMENT, of="documents", needs=("sentences", "set_aside", "quotes"), make=_sentiment
        ),
        LensTable(
            TARGET_SENTIMENT,
            of="documents",
            needs=("articles", "sentences", "tokens", "set_aside", "mentions", "agency", "models"),
            make=_target_sentiment,
        ),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("target_sentiment",),
)
