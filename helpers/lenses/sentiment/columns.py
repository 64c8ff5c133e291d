"""The declaration of the tables `sentiment` and `target_sentiment`."""

from __future__ import annotations

from helpers.schema import COUNT, FLAG, NUMBER, OFFSET, TEXT, VOICE, table

SENTIMENT = table(
    "sentiment",
    "sentence",
    {
        "doc_id": TEXT,
        "sentence_id": COUNT,
        "neg": NUMBER,
        "neu": NUMBER,
        "pos": NUMBER,
        "compound": NUMBER,
        "voice": TEXT,
    },
    ("doc_id", "sentence_id"),
    neg="VADER's share of negative words",
    neu="VADER's share of neutral words",
    pos="VADER's share of positive words",
    compound="VADER's sum, squeezed into -1 to 1",
)

TARGET_SENTIMENT = table(
    "target_sentiment",
    "mention",
    {
        "doc_id": TEXT,
        "start": OFFSET,
        "end": OFFSET,
        "actor": TEXT,
        "sentence_id": COUNT,
        **VOICE,
        "negative": NUMBER,
        "neutral": NUMBER,
        "positive": NUMBER,
        "label": TEXT,
    },
    ("doc_id", "start"),
    voice="whose view it is: author (the outlet's own), attributed (the author's sentence, which "
    "puts what is thought down to somebody), quoted or reported",
    negative="calibrated probability that the sentence reads negative for the actor",
    neutral="calibrated probability of neither",
    positive="calibrated probability that the sentence speaks well of the actor",
    label="negative, neutral, positive; uncertain where too close, or where nothing but the model "
    "says that the target is judged",
    further={
        "model": (TEXT, "what read the sentence: linear, encoder, or other (an adapter)"),
        "supported": (FLAG, "whether the model is good enough for this type of actor: persons"),
        "befalls": (TEXT, "harm, benefit or none: what is told as happening to the target"),
        "speaks": (FLAG, "whether the target is itself the one who says or blames"),
        "attributed": (
            FLAG,
            "whether the sentence puts what is thought of it down to somebody; in the author's "
            "sentences its voice is attributed, too",
        ),
    },
)
