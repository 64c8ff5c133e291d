"""Rich text (.rtf), and .doc files that are rich text or a page in truth.

The words are found by [striprtf](https://pypi.org/project/striprtf/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.readers import docx, exports, html
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked
from helpers.readers.exports.layout import blocks

_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")
_HIDDEN = re.compile(rb"\{[^{}]*\\v(?![a-z0-9])[^{}]*\}")
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the text of a rich text file; of a database's file, one an article."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("no rich text, in spite of its suffix", "left out; save it as .docx")
    from striprtf.striprtf import rtf_to_text

    slim = _HIDDEN.sub(b"", _PICTURE.sub(b"", data)).decode("latin-1")
    try:
        text = rtf_to_text(slim, encoding="cp1252", errors="replace")
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(f"no valid rich text ({type(error).__name__})", REMEDY_BROKEN) from error
    text = blocks(text.splitlines())
    found = exports.in_document(text)
    yield from checked(text) if found is None else found


def read_doc(data: bytes) -> Iterator[Document | Doubt]:
    """What a .doc holds where it is none of Word's old binary files."""
    if data.lstrip().startswith(b"{\\rtf"):
        yield from read(data)
    elif data.startswith(b"PK"):
        yield from docx.read(data)
    elif _PAGE.match(data):
        yield from html.read(data)
    else:
        raise Unreadable(
            "a Word document of before 2007 (.doc)",
            "left out; open it in Word or LibreOffice and save it as .docx",
        )
