"""How the names of actors and things are shown."""

from __future__ import annotations

from helpers.leads import Lead
from helpers.lenses.naming.method import FORMS
from helpers.show.base import Passages, Table

names = Table(
    "Actors with the most different names",
    {
        "actor": "actor",
        "outlet": "outlet",
        "written": "called",
        "n": "times",
        "total": "of",
        "articles": "articles",
    },
    limit=30,
    leads={
        "n": Lead(("actor", "outlet", "label")),
        "total": Lead(("actor", "outlet"), where={"part": FORMS}),
        "articles": Lead(("actor", "outlet", "label"), once=("doc_id",)),
    },
)
things = Table(
    "The same thing under different names",
    {"actor": "thing", "outlet": "outlet", "written": "called", "n": "times", "total": "of"},
    limit=30,
    leads={
        "n": Lead(("actor=thing", "outlet", "label")),
        "total": Lead(("actor=thing", "outlet")),
    },
)
thing_places = Passages("Some of these names in their sentences", note="label", limit=6)
