"""What a reader can search for in the page: outlets, actors and speakers, with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from helpers.comparing.sides import by_publisher
from helpers.leads import Book
from helpers.report.store import led
from helpers.wording import clean, is_missing

if TYPE_CHECKING:
    import pandas as pd

MOST = 300
"""Names offered in a list, those with most places first; the others are found by their words."""


def searchable(
    articles: pd.DataFrame,
    docs: Mapping[str, str],
    *,
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """The fields of the search with their choices, and where the names among them stand.

    ``docs`` are the articles that the page holds, with their anchors.
    """
    held = by_publisher(articles[articles["doc_id"].isin(list(docs))])
    outlets = sorted({clean(o, 80) for o in held["outlet"] if not is_missing(o)})
    fields: list[tuple[str, str, list[str]]] = [("outlet", "Outlet", outlets)]
    leads = {}
    for name, label, rows in (("actor", "Actor", mentions), ("speaker", "Speaker", quotes)):
        names, found = _places(rows, docs)
        fields.append((name, label, sorted(names)))
        leads[f"search-{name}s"] = {"names": names, **found}
    return {"fields": fields, "leads": leads}


def _places(
    rows: pd.DataFrame | None, docs: Mapping[str, str]
) -> tuple[list[str], dict[str, Any]]:
    """The actors of a table, most named first, and their places."""
    by: dict[str, list[tuple[str, int, int]]] = {}
    if rows is not None:
        if "counted" in rows:  # what surely reports words
            rows = rows[rows["counted"]]
        known = rows[rows["actor"].notna() & rows["doc_id"].isin(list(docs))]
        columns = (known[c].tolist() for c in ("actor", "doc_id", "start", "end"))
        for actor, doc_id, start, end in zip(*columns, strict=True):
            by.setdefault(clean(actor, 80), []).append((doc_id, int(start), int(end)))
    names = sorted(by, key=lambda name: (-len(by[name]), name))[:MOST]
    book = Book()
    order = [book.ref(by[name]) for name in names]
    data = book.data()
    return names, led({**data, "refs": [data["refs"][n] for n in order]}, docs)
