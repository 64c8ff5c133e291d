"""One file a format: bytes in, decoded text and declared metadata out.

`read_file` finds the reader by the file's suffix and loads it, and the library it needs, only then.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from helpers.readers.document import MAX_CHARACTERS, Document, Doubt, Unreadable

__all__ = ["READABLE", "TABLES", "Document", "Doubt", "Unreadable", "kind", "read_file"]

_WHOLE = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", "": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
TABLES = {
    ".csv": "read_csv", ".tsv": "read_csv", ".jsonl": "read_jsonl", ".ndjson": "read_jsonl",
    ".json": "read_json", ".parquet": "read_parquet",
}  # fmt: skip
READABLE = (
    "plain text (.txt), Markdown (.md), web pages (.html), .pdf, .docx, or tables with a column "
    "called text (.csv, .tsv, .jsonl, .json, .parquet)"
)
_MAX_BYTES = {"text": 4 * MAX_CHARACTERS, "html": 20_000_000, "pdf": 100_000_000,
              "docx": 100_000_000}  # fmt: skip
_LIMITED = {"pdf": 0, "docx": 0, "html": 1_000_000}
"""From so many bytes on a file is read in a process with a limit on its time."""
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


def kind(path: Path) -> str | None:
    """How a file would be read: text, html, pdf, docx or table; None where it would not be.

    >>> [kind(Path(p)) for p in ("a.TXT", "b.parquet", "c.exe", "Iran talks, 30 Sept. 2019")]
    ['text', 'table', None, 'text']
    """
    suffix = suffix_of(path.name).lower()
    return "table" if suffix in TABLES else _WHOLE.get(suffix)


def suffix_of(name: str) -> str:
    """The suffix, where what stands after the last full stop looks like one."""
    suffix = Path(name).suffix
    return suffix if _SUFFIX.fullmatch(suffix) and not suffix[1:].isdigit() else ""


def read_file(path: Path) -> Iterator[tuple[Document | Doubt, str]]:
    """Every document and doubt of a file, each document with its hash.

    The hash is of the file's bytes, or of the row's text in UTF-8 where the file is a table.
    Raises `Unreadable` where nothing more can be read.
    """
    found = kind(path)
    if found is None:
        raise Unreadable(
            f"a kind of file that is not read ({suffix_of(path.name)})",
            f"left out; readable are {READABLE}",
        )
    size = _size(path)
    if found == "table":
        tables = import_module("helpers.readers.tables")
        for item in getattr(tables, TABLES[suffix_of(path.name).lower()])(path):
            yield item, _hash(item.text.encode()) if isinstance(item, Document) else ""
        return
    if size > _MAX_BYTES[found]:
        raise Unreadable(
            f"{size / 1e6:,.0f} MB, too big for one article", "left out; split it into articles"
        )
    data = read_bytes(path, limit=_MAX_BYTES[found])
    if len(data) >= _LIMITED.get(found, size + 1):
        from helpers.readers import limited

        items = limited.read(found, data)
    else:
        items = import_module(f"helpers.readers.{found}").read(data)
    for item in items:
        yield item, _hash(data)


def read_bytes(path: Path, *, limit: int) -> bytes:
    """The bytes of a regular file; never waits for a pipe or reads more than ``limit``."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise _not_opened(error) from error
    with os.fdopen(descriptor, "rb") as file:
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable("no regular file (a pipe, socket or device)", "left out")
            return file.read(limit)
        except OSError as error:
            raise _not_opened(error) from error


def _size(path: Path) -> int:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _not_opened(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("no regular file (a pipe, socket or device)", "left out")
    if not os.access(path, os.R_OK):
        raise Unreadable("no permission to read it", "left out; change its permissions")
    return status.st_size


def _not_opened(error: Exception) -> Unreadable:
    reason = getattr(error, "strerror", None) or "its name is not valid"
    return Unreadable(f"cannot be opened ({reason.lower()})", "left out")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
