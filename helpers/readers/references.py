"""Lists of references (.ris): what Zotero and others export beside the articles' own files.

They hold no texts, so that none is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.readers import encoding
from helpers.readers.document import Document, Doubt, Unreadable

_REMEDY = (
    "left out; export the items' files (Zotero: “Export files”) and put the pages or PDFs here, "
    "with the references as a table articles.csv (columns file, title, outlet, published)"
)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """Always `Unreadable`: how many references there are, and what would make them articles."""
    text, _ = encoding.decode(data)
    found = sum(line.startswith("TY  -") for line in text.splitlines())
    if not found:
        raise Unreadable("no list of references", "left out")
    yield from ()
    plural = "s" * (found > 1)
    raise Unreadable(f"{found:,} reference{plural} without the articles' texts", _REMEDY)
