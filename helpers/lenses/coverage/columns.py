"""The declaration of the table `coverage`."""

from __future__ import annotations

from helpers.schema import MAYBE_OFFSET, NUMBER, TEXT, table

COVERAGE = table(
    "coverage",
    "reported fact and outlet",
    {
        "fact_id": TEXT,
        "outlet": TEXT,
        "status": TEXT,
        "score": NUMBER,
        "doc_id": TEXT,
        "start": MAYBE_OFFSET,
        "end": MAYBE_OFFSET,
    },
    ("fact_id", "outlet"),
    fact_id="the fact",
    status="present, absent or uncertain",
    score="how well the best sentence matches, 0 to 1",
    start="first character of the best sentence",
    end="one past its last character",
    further={
        "statement": (TEXT, "the fact in words: the analyst's, or the sentence that tells it best"),
        "kind": (TEXT, "listed in facts.csv, or found"),
        "reason": (
            TEXT,
            "why the status: told, near, lacking, exclusive, earlier, elsewhere, genre …",
        ),
        "tellers": ("Int64", "texts that tell it, one that several outlets print counted once"),
        "genre": (TEXT, "of the article with the best sentence: news, opinion, digest or spoken"),
        "sentence_id": ("Int64", "of the best sentence"),
        "text": (TEXT, "the best sentence"),
    },
)
