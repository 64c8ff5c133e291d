"""The declaration of the table `naming`."""

from __future__ import annotations

from helpers.schema import COUNT, FIRST_PLACE, NUMBER, TEXT, table

NAMING = table(
    "naming",
    "actor, outlet and label",
    {"actor": TEXT, "outlet": TEXT, "label": TEXT, "n": COUNT, "doc_ids": TEXT},
    ("actor", "outlet", "label"),
    label="the words used for the actor, in lower case",
    n="how often the outlet used them",
    doc_ids="the articles in which they stand (1,000 at most), separated by a space and a bar",
    further={
        "written": (TEXT, "the label as it is written most often"),
        "parts": (TEXT, "how the label stands to the name: title, before, apposition …"),
        "total": (COUNT, "the outlet's namings of the actor"),
        "share": (NUMBER, "n of total"),
        "articles": (COUNT, "articles with the label"),
        **FIRST_PLACE,
    },
)
