"""VADER for every sentence: a rough measure of tone, blind to whom the tone is meant for."""

from __future__ import annotations

import pandas as pd

from helpers import schema
from helpers.lenses.sentiment import vader


def sentence_sentiment(sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per sentence: NLTK's VADER, with ``voice`` still missing.

    ``neg``, ``neu`` and ``pos`` are shares of the sentence's words, ``compound`` runs from -1 to
    1. The means of such scores do not tell outlets apart (see ``docs/sentiment.md``); use
    :func:`target_sentiment` for what is said of an actor.

    >>> import pandas as pd
    >>> sentences = pd.DataFrame({
    ...     "doc_id": ["a", "a"], "sentence_id": [0, 1],
    ...     "text": ["The talks were a great success.", "The talks ended on Monday."],
    ... })
    >>> sentence_sentiment(sentences)[["sentence_id", "neg", "neu", "pos", "compound"]]
       sentence_id  neg    neu    pos  compound
    0            0  0.0  0.278  0.722    0.8316
    1            1  0.0  1.000  0.000    0.0000
    """
    schema.needs(sentences, "doc_id", "sentence_id", "text", table="sentences")
    scores = vader.scores(sentences["text"].tolist())
    return schema.make(
        "sentiment",
        {
            "doc_id": sentences["doc_id"].array,
            "sentence_id": sentences["sentence_id"].array,
            **{key: [score[key] for score in scores] for key in ("neg", "neu", "pos", "compound")},
        },
    )
