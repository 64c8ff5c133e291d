"""The declaration of the table `mentions`."""

from __future__ import annotations

from helpers.schema import COUNT, NUMBER, SPAN, TEXT, VOICE, table

MENTIONS = table(
    "mentions",
    "mention of an actor",
    {
        **SPAN,
        "sentence_id": COUNT,
        "actor": TEXT,
        "kind": TEXT,
        **VOICE,
        "actor_type": TEXT,
        "confidence": NUMBER,
        "rule": TEXT,
        "state": TEXT,
    },
    ("doc_id", "start"),
    span=True,
    kind="name, title, metonym, demonym or pronoun",
    actor_type="person, government, organization, place or other",
    state="of a government or a body of one (parliament, ministry, army): the state",
)
