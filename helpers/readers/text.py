"""Plain text and Markdown, with optional front matter: an article is left as it is.

A text of several articles, or of one with a database's lines about it, is cut apart (`exports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.readers import encoding, exports, formats, front_matter, jsons, limited, markup
from helpers.readers.delimited import table_in
from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.readers.exports import plain
from helpers.readers.wrapping import unwrapped

_DECLARED = re.compile(rb"\n(?:encoding|charset)[ \t]*:[ \t]*[\"']?([\w-]+)", re.IGNORECASE)


_OTHERS = {"<!doctype html": ".html", "<html": ".html", "<?xml": ".rss", "<rss": ".rss",
           "<feed": ".rss", "{\\rtf": ".rtf", "%pdf-": ".pdf"}  # fmt: skip
"""How files begin that are no plain text, in spite of their suffix, and what they are."""


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the decoded file, untouched, and the values its front matter declares.

    Of a file of several articles, one document each.
    """
    marked = _DECLARED.search(data[:5000]) if data.startswith(b"---") else None
    text, doubts = encoding.decode(data, declared=marked[1].decode() if marked else None)
    declared, start = front_matter.parse(text)
    if not text[start:].strip():
        raise Unreadable("no text below the front matter" if start else "empty", "left out")
    if (other := _other_format(text)) is not None:
        yield Doubt(f"what a file called {other.suffixes[0]} holds", f"read as {other.suffixes[0]}")
        yield from limited.read(other, data)
        return
    yield from doubts
    if not declared and (shown := markup.text_of(text)) is not None:
        yield Doubt("marked up as HTML", "read as a browser shows it")
        text = shown
    found = plain.split(text)
    if found is None and not declared:
        found = table_in(text) or jsons.objects_in(text, data) or exports.articles(text, unwrapped)
    yield from checked(text, declared) if found is None else found


def _other_format(text: str) -> formats.Format | None:
    """The format of a file that is no plain text; None of one that is."""
    begin = text[:200].lstrip("\ufeff \t\r\n")
    if begin[:1] not in "<{%":
        return None
    found = (suffix for opening, suffix in _OTHERS.items() if begin.lower().startswith(opening))
    return formats.format_of(f"a{suffix}") if (suffix := next(found, "")) else None
