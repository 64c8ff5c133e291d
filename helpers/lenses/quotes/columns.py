"""The declaration of the table `quotes`."""

from __future__ import annotations

from helpers.schema import COUNT, FLAG, MAYBE_OFFSET, NUMBER, SPAN, TEXT, table

QUOTES = table(
    "quotes",
    "content span of an attribution",
    {
        "quote_id": TEXT,
        **SPAN,
        "kind": TEXT,
        "cue": TEXT,
        "cue_start": MAYBE_OFFSET,
        "cue_end": MAYBE_OFFSET,
        "source": TEXT,
        "source_start": MAYBE_OFFSET,
        "source_end": MAYBE_OFFSET,
        "actor": TEXT,
        "sentence_id": COUNT,
        "rule": TEXT,
        "anonymous": FLAG,
        "stance": TEXT,
        "confidence": NUMBER,
        "problem": TEXT,
    },
    ("doc_id", "start", "end", "quote_id"),
    span=True,
    quote_id="the attribution; its spans share one",
    kind="direct, mixed or indirect",
    cue="the words that report the speech (said, according to …)",
    cue_start="first character of the cue",
    cue_end="one past the last character of the cue",
    source="the words that name the speaker",
    source_start="first character of the source",
    source_end="one past the last character of the source",
    anonymous="whether the source is left unnamed by the article",
    stance="of the cue: neutral, endorsing, doubting, arguing or ordering",
    problem="a doubt, such as a quotation mark that was never closed",
    further={
        "lemma": (TEXT, "the cue's base form"),
        "counted": (FLAG, "whether it is speech, and sure enough to enter counts and findings"),
        "form": (TEXT, "speech, thought (believes) or attitude (wants, refused to)"),
    },
)
