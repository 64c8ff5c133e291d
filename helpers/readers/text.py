"""Plain text and Markdown, with optional front matter: one file, one article, left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.readers import encoding, front_matter
from helpers.readers.document import Document, Doubt, Unreadable, checked

_DECLARED = re.compile(rb"\n(?:encoding|charset)[ \t]*:[ \t]*[\"']?([\w-]+)", re.IGNORECASE)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the decoded file, untouched, and the values its front matter declares."""
    found = _DECLARED.search(data[:5000]) if data.startswith(b"---") else None
    text, doubts = encoding.decode(data, declared=found[1].decode() if found else None)
    declared, start = front_matter.parse(text)
    if not text[start:].strip():
        raise Unreadable("no text below the front matter" if start else "empty", "left out")
    yield from doubts
    yield from checked(text, declared)
