"""One file a format: bytes in, decoded text and declared metadata out.

`read_file` finds the reader by the file's suffix (`formats`) and loads it, and the library it
needs, only then.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from helpers.readers.document import Document, Doubt, Unreadable
from helpers.readers.formats import Format, format_of, readable, register, suffix_of

__all__ = [
    "Document",
    "Doubt",
    "Format",
    "Unreadable",
    "format_of",
    "read_file",
    "readable",
    "register",
]


def read_file(path: Path) -> Iterator[tuple[Document | Doubt, str]]:
    """Every document and doubt of a file, each document with its hash.

    The hash is of the file's bytes, or of the row's text in UTF-8 where the file is a table.
    Raises `Unreadable` where nothing more can be read.
    """
    found = format_of(path)
    if found is None:
        raise Unreadable(
            f"a kind of file that is not read ({suffix_of(path.name)})",
            f"left out; readable are {readable()}",
        )
    size = _size(path)
    if found.table:
        for item in found.load()(path):
            yield item, _hash(item.text.encode()) if isinstance(item, Document) else ""
        return
    if size > found.max_bytes:
        raise Unreadable(
            f"{size / 1e6:,.0f} MB, too big for one article", "left out; split it into articles"
        )
    data = read_bytes(path, limit=found.max_bytes)
    for item in _read(found, data):
        yield item, _hash(data)


def _read(found: Format, data: bytes) -> Iterator[Document | Doubt]:
    """What the format's reader makes of a file, in a process with limits where it needs one."""
    if found.limited_from is not None and len(data) >= found.limited_from:
        from helpers.readers import limited

        yield from limited.read(found, data)
    else:
        yield from found.load()(data)


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
