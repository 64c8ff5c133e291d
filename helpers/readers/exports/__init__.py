"""Exports of press databases: many articles in one file, or one with the database's lines about it.

A database is a module here that declares its layouts (`layout.Layout`), and a line in `_LAYOUTS`.
An ordinary article is none of these: it is asked for words that every export holds, then for the
lines that begin, end and head an article; only where all of them are there is anything split.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.readers import markup
from helpers.readers.document import Document, Doubt
from helpers.readers.exports import factiva, newsbank, nexis, plain, proquest
from helpers.readers.exports.layout import Join, blocks, split

_LAYOUTS = (*nexis.LAYOUTS, *factiva.LAYOUTS, *proquest.LAYOUTS, *newsbank.LAYOUTS)
_MARKS = tuple(dict.fromkeys(mark for layout in _LAYOUTS for mark in layout.marks))


def in_document(text: str) -> Iterator[Document | Doubt] | None:
    """The articles of a word processor's document, an empty line between its paragraphs."""
    return articles(text, blocks) or plain.split(text, spaced=True)


def on_page(page: str) -> Iterator[Document | Doubt] | None:
    """The articles of a database's text that was saved as a web page; None where it is none."""
    if any(mark in page for mark in _MARKS if not mark.startswith("Document")):
        text = "\n\n".join(markup.lines(markup.tree(page)))
        return articles(text, blocks)
    return None


def articles(text: str, join: Join) -> Iterator[Document | Doubt] | None:
    """The articles of a database's export, from its lines; None where the text is none.

    Text and tail of the database are cut off; a declared title comes first in each text. ``join``
    makes paragraphs of a body's lines. Raises `Unreadable` for an export whose layout is unknown.
    """
    marks = {mark for mark in _MARKS if mark in text}
    lines: list[str] = []
    for layout in _LAYOUTS if marks else ():
        if marks.isdisjoint(layout.marks):
            continue
        lines = lines or text.splitlines()
        if (found := split(lines, layout, join)) is not None:
            return found
    return None
