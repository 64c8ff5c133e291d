"""One file a format: bytes in, decoded text and declared metadata out.

`read_file` finds the reader by the file's suffix (`formats`) and loads it, and the library it
needs, only then.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers.readers.document import Document, Doubt, Unreadable, failure
from helpers.readers.folder import printable
from helpers.readers.formats import Format, format_of, readable, refusal, register

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

    The hash is of the file's bytes; of the text in UTF-8 where the file holds several.
    Raises `Unreadable` where nothing more can be read.
    """
    found = format_of(path)
    if found is None:
        raise Unreadable(*refusal(path.name))
    size = _size(path)
    if found.archive:
        yield from _archive(path)
        return
    if found.table:
        yield from _hashed(found.load()(path), b"")
        return
    if size > found.max_bytes:
        raise Unreadable(
            f"{size / 1e6:,.0f} MB, too big for one article", "left out; split it into articles"
        )
    data = read_bytes(path, limit=found.max_bytes)
    yield from _hashed(_read(found, data), data)


def _hashed(
    items: Iterator[Document | Doubt], data: bytes
) -> Iterator[tuple[Document | Doubt, str]]:
    """Each item with the hash of its file; of its own text where it is one of several."""
    whole = _hash(data)
    for item in items:
        own = isinstance(item, Document) and item.row
        yield item, _hash(item.text.encode()) if own and isinstance(item, Document) else whole


def _archive(path: Path) -> Iterator[tuple[Document | Doubt, str]]:
    """What is read of each file of an archive."""
    from helpers.readers import archives

    empty = True
    for member in archives.members(path):
        empty = False
        if isinstance(member, Doubt):
            yield member, ""
            continue
        name, found, data = member
        inside = printable(name)
        try:
            read = found.load()(data) if found.table else _read(found, data)
            for item, sha256 in _hashed(read, data):
                if isinstance(item, Document):
                    yield replace(item, inside=inside), sha256
                else:
                    where = f"{inside}, {item.row}" if item.row else inside
                    yield item._replace(row=where), sha256
        except Unreadable as error:
            yield Doubt(error.problem, error.action, inside), ""
    if empty:
        raise Unreadable("an archive of nothing", "left out")


def _read(found: Format, data: bytes) -> Iterator[Document | Doubt]:
    """What the format's reader makes of a file, in a process with limits where it needs one."""
    if found.limited_from is not None and len(data) >= found.limited_from:
        from helpers.readers import limited

        yield from limited.read(found, data)
        return
    try:
        yield from found.load()(data)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(*failure(error)) from error


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
