"""How the names of actors and things are shown."""

from __future__ import annotations

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
)
things = Table(
    "The same thing under different names",
    {"actor": "thing", "outlet": "outlet", "written": "called", "n": "times", "total": "of"},
    limit=30,
)
thing_places = Passages("Some of these names in their sentences", note="label", limit=6)
