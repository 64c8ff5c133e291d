"""The articles in full: which of them a page prints, and what it shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from helpers import reader
from helpers.reader import Marks
from helpers.report.places import Places
from helpers.wording import clean

if TYPE_CHECKING:
    import pandas as pd

WHOLE = 1_100_000
"""Characters of article text up to which all articles are printed; beyond, those pointed at."""


def choose(articles: pd.DataFrame, wanted: set[str]) -> list[str]:
    """The doc_ids of the articles to print, in the table's order."""
    sizes = articles["text"].str.len().fillna(0).tolist()
    docs = articles["doc_id"].tolist()
    if sum(sizes) <= WHOLE:
        return docs
    kept, used = [], 0.0
    for doc_id, size in zip(docs, sizes, strict=True):
        if doc_id in wanted and used + size <= WHOLE:
            kept.append(doc_id)
            used += size
    return kept


def entries(records: Iterable[Mapping[str, Any]], places: Places) -> list[dict[str, Any]]:
    """What the page shows of each of `reader.records`: anchor, title block and text as HTML.

    In the text stand the anchors of what is pointed at; its other marks are drawn by the page's
    script, from the numbers of `store.packed_articles`.
    """
    made = []
    for known in records:
        anchor = places.docs[known["doc_id"]]
        shown = places.marks.get(known["doc_id"], {})
        plain = {**known, "marks": Marks().data()}
        made.append(
            {
                "id": anchor,
                "title": known["title"] or clean(known["doc_id"], 200),
                "outlet": known["outlet"] or "unknown",
                "published": known["published"],
                "marks": sum(1 for start, end in shown if end > start),
                "about": Markup(reader.about(known, further=_twin(known, places.docs))),
                "html": Markup(reader.article(plain, anchor=anchor, shown=shown)),
            }
        )
    return made


def bar() -> Markup:
    """The switches for the marks of all articles, and the key to them."""
    return Markup(reader.switches(("shown", "What is shown above, boxed", False)))


def _twin(known: Mapping[str, Any], docs: Mapping[str, str]) -> str:
    """Which earlier article this one repeats, with the way to it."""
    twin = known["duplicate_of"]
    if not twin:
        return ""
    name = escape(clean(twin))
    link = f'<a href="#{docs[twin]}">{name}</a>' if twin in docs else name
    return f"<span>repeats {link}</span>"
