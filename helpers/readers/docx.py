"""Word documents (.docx): the paragraphs, headings and table cells in their order.

The file's own title and author are not used: Word fills them in with the template's and the
computer's owner's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from helpers.readers import exports
from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.readers.exports.layout import blocks

MAX_UNPACKED = 200_000_000
"""A document that unpacks to more bytes is a bomb or a picture book."""
MAX_MARKED = 40_000_000
"""Bytes of XML: a novel has ten million; each element takes many times its size in memory."""


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the text of a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            marked = sum(p.file_size for p in archive.infolist() if p.filename.endswith(".xml"))
        if marked > MAX_MARKED:
            raise Unreadable(f"{marked / 1e6:,.0f} MB of XML", "left out; save it as .txt")
        if unpacked > MAX_UNPACKED:
            raise Unreadable(f"unpacks to {unpacked / 1e6:,.0f} MB", "left out; save it as .txt")
        import docx

        parts = _texts(docx.Document(io.BytesIO(data)))
    except Unreadable:
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(f"no valid Word document ({type(error).__name__})", "left out") from error
    text = "\n\n".join(text for part in parts if (text := part.strip()))
    found = exports.articles(text, blocks)
    yield from checked(text) if found is None else found


def _texts(container: Any) -> list[str]:
    found: list[str] = []
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            cells = (cell for row in block.rows for cell in row.cells)
            found.extend(text for cell in dict.fromkeys(cells) for text in _texts(cell))
        else:
            found.append(block.text)
    return found
