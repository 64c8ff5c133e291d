"""The declaration of the table `agency`."""

from __future__ import annotations

from helpers.schema import COUNT, FLAG, OFFSET, TEXT, table

AGENCY = table(
    "agency",
    "clause with an actor as doer or done-to",
    {
        "doc_id": TEXT,
        "start": OFFSET,
        "end": OFFSET,
        "actor": TEXT,
        "role": TEXT,
        "predicate": TEXT,
        "polarity": TEXT,
        "voice": TEXT,
    },
    ("doc_id", "start", "actor", "role", "predicate"),
    role="agent (does) or patient (is done to)",
    predicate="the verb's lemma",
    polarity="of the verb's group: escalating, de-escalating or neutral",
    further={
        "group": (TEXT, "the verb's group in data/lexicons/en/verb_groups.csv"),
        "process": (TEXT, "material, verbal, mental or relational deed; missing if unlisted"),
        "noun": (TEXT, "the noun that tells the deed of a light verb: issued a *warning*"),
        "negated": (FLAG, "whether the deed is denied"),
        "hypothetical": (FLAG, "whether it is wished, planned, possible or asked about"),
        "sentence_id": (COUNT, "the sentence's number inside its article"),
        "mention_start": (OFFSET, "first character of the actor's mention"),
        "mention_end": (OFFSET, "one past its last character"),
        "construction": (TEXT, "active, passive, agentless passive or nominalisation"),
        "link": (TEXT, "how doer or done-to is bound to the verb: direct, relative, control …"),
        "through": (TEXT, "the noun that stands between: Iranian *officials*"),
        "verb_start": (OFFSET, "first character of the verb"),
        "verb_end": (OFFSET, "one past its last character"),
        "counted": (FLAG, "whether it is told as a deed done, by whom the row says"),
        "speaker": (TEXT, "the actor then speaking"),
    },
)
