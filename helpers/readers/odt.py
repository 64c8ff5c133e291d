"""OpenDocument texts (.odt): what is shown, in its order; notes stand at the end.

Tracked deletions, annotations and hidden text are left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO

from helpers.readers import exports, one_pass
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked
from helpers.readers.exports.layout import blocks

MAX_MARKED = 500_000_000
_NOT_SHOWN = frozenset({
    "tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "note-citation",
    "desc", "title", "script", "forms", "sequence-decls", "variable-decls",
})  # fmt: skip
_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the text of an OpenDocument file; of a database's file, one an article."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("content.xml").file_size > MAX_MARKED:
                raise Unreadable("too much XML", "left out; save it as .txt")
            shown = _Shown()
            with archive.open("content.xml") as file:
                shown.parse(file)
    except Unreadable:
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(
            f"no valid OpenDocument text, or a locked one ({type(error).__name__})",
            "left out; save it as .docx without a password",
        ) from error
    text = blocks([*shown.paragraphs, *shown.notes])
    found = exports.in_document(text)
    yield from checked(text) if found is None else found


class _Shown:
    """The paragraphs and notes of a text, read in one pass."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self._open: list[list[str]] = []
        self._in_note = 0
        self._skipped = 0
        self._in_body = False

    def parse(self, file: IO[bytes]) -> None:
        one_pass.parse(self, file, what="an OpenDocument file", remedy=REMEDY_BROKEN)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if self._skipped or name in _NOT_SHOWN:
            self._skipped += 1
        elif name == "body":
            self._in_body = True
        elif name in {"p", "h"}:
            self._open.append([])
        elif name == "note":
            self._in_note += 1
        elif name == "s" and self._open:
            count = next((v for k, v in attributes.items() if k.endswith(" c")), "1")
            self._open[-1].append(" " * min(int(count) if count.isdigit() else 1, 100))
        elif name in _SIGNS and self._open:
            self._open[-1].append(_SIGNS[name])

    def _end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = tag.rpartition(" ")[2]
        if name == "note":
            self._in_note -= 1
        elif name in {"p", "h"} and self._open:
            text = "".join(self._open.pop())
            (self.notes if self._in_note else self.paragraphs).append(text)

    def _characters(self, text: str) -> None:
        if self._in_body and not self._skipped and self._open:
            self._open[-1].append(text)
