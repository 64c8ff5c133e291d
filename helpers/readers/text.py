"""Plain text and Markdown, with optional front matter: an article is left as it is.

A text of several articles, or of one with a database's lines about it, is cut apart (`exports`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.readers import encoding, exports, front_matter, jsons, markup
from helpers.readers.delimited import table_in
from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.readers.exports import plain
from helpers.readers.wrapping import unwrapped

_DECLARED = re.compile(rb"\n(?:encoding|charset)[ \t]*:[ \t]*[\"']?([\w-]+)", re.IGNORECASE)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the decoded file, untouched, and the values its front matter declares.

    Of a file of several articles, one document each.
    """
    marked = _DECLARED.search(data[:5000]) if data.startswith(b"---") else None
    text, doubts = encoding.decode(data, declared=marked[1].decode() if marked else None)
    declared, start = front_matter.parse(text)
    if not text[start:].strip():
        raise Unreadable("no text below the front matter" if start else "empty", "left out")
    yield from doubts
    if not declared and (shown := markup.text_of(text)) is not None:
        yield Doubt("marked up as HTML", "read as a browser shows it")
        text = shown
    found = plain.split(text)
    if found is None and not declared:
        found = table_in(text) or jsons.objects_in(text, data) or exports.articles(text, unwrapped)
    yield from checked(text, declared) if found is None else found
