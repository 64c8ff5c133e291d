"""The declaration of the table `frames`."""

from __future__ import annotations

from helpers.schema import COUNT, NUMBER, SPAN, TEXT, table

FRAMES = table(
    "frames",
    "cue of a frame",
    {**SPAN, "sentence_id": COUNT, "frame": TEXT, "voice": TEXT},
    ("doc_id", "start", "frame"),
    span=True,
    frame="conflict, economic, human interest, morality, responsibility or resolution",
    further={
        "cue": (TEXT, "the codebook's entry that fired"),
        "weight": (NUMBER, "the entry's weight"),
        "speaker": (TEXT, "the actor then speaking"),
    },
)
