"""Archives (.zip, .tar …): their files, read in memory; nothing is unpacked onto the disk.

What leads out of the archive, links, locked files and archives in archives are left out with a
doubt, and so is what is beyond the limits.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from helpers.readers.document import REMEDY_BROKEN, Doubt, Unreadable
from helpers.readers.folder import note_on_name, printable
from helpers.readers.formats import Format, format_of, refusal

MOST_FILES = 20_000
MAX_UNPACKED = 2_000_000_000
"""Bytes in all."""
Member = tuple[str, Format, bytes]


def members(path: Path) -> Iterator[Member | Doubt]:
    """Name, format and content of every readable file of an archive; doubts on the others."""
    try:
        if zipfile.is_zipfile(path):
            yield from _of_zip(path)
        else:
            yield from _of_tar(path)
    except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error,
            lzma.LZMAError) as error:  # fmt: skip
        kind = type(error).__name__
        raise Unreadable(f"no valid archive, or a broken one ({kind})", REMEDY_BROKEN) from error


class _Budget:
    """What may still be read of an archive."""

    def __init__(self) -> None:
        self.files, self.bytes = MOST_FILES, MAX_UNPACKED

    def spent(self, size: int) -> bool:
        self.files -= 1
        self.bytes -= size
        return self.files < 0 or self.bytes < 0


_TOO_MUCH = Doubt(
    f"more than {MOST_FILES:,} files or {MAX_UNPACKED / 1e9:.0f} GB in it",
    "the rest is left out; divide it",
)


def _of_zip(path: Path) -> Iterator[Member | Doubt]:
    budget = _Budget()
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename.split("/")):
            if info.is_dir():
                continue
            if budget.spent(info.file_size):
                yield _TOO_MUCH
                return
            found = _wanted(info.filename, info.file_size)
            if isinstance(found, Format) and info.flag_bits & 1:
                found = _doubt(info.filename, "locked with a password", "left out; unlock it")
            if isinstance(found, Format):
                try:
                    with archive.open(info) as file:
                        data = file.read(found.max_bytes)
                except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
                    problem = f"broken in the archive ({type(error).__name__})"
                    yield _doubt(info.filename, problem, "left out")
                    continue
                yield info.filename, found, data
            elif found:
                yield found


def _of_tar(path: Path) -> Iterator[Member | Doubt]:
    budget = _Budget()
    with _unpacked(path) as plain, tarfile.open(fileobj=plain, mode="r|") as archive:
        for info in archive:
            if info.isdir():
                continue
            if budget.spent(info.size):
                yield _TOO_MUCH
                return
            found = _wanted(info.name, info.size)
            if isinstance(found, Format) and not info.isreg():
                found = _doubt(info.name, "no regular file (a link or device)", "left out")
            if isinstance(found, Format):
                file = archive.extractfile(info)
                yield info.name, found, file.read(found.max_bytes) if file else b""
            elif found:
                yield found


def _unpacked(path: Path) -> IO[bytes]:
    """A tar archive's own bytes, unpacked as they are read.

    tarfile's streams unpack each block whole, and copy what is left of it for each that is read.
    """
    with path.open("rb") as file:
        begin = file.read(6)
    known = (opened for mark, opened in _PACKED.items() if begin.startswith(mark))
    opened = next(known, None)
    return path.open("rb") if opened is None else opened(path)


_PACKED: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open,
}  # fmt: skip
"""How packed files begin, and what unpacks them."""


def _wanted(name: str, size: int) -> Format | Doubt | None:
    """How a file of an archive is read, or why it is not; None for what systems add."""
    parts = name.replace("\\", "/").split("/")
    if "__MACOSX" in parts or parts[-1] in {".DS_Store", "Thumbs.db"}:
        return None
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return _doubt(name, "its path leads out of the archive", "left out")
    if doubt := note_on_name(parts[-1]):
        return _doubt(name, doubt.problem, doubt.action)
    found = format_of(parts[-1])
    if found is None:
        problem, action = refusal(parts[-1])
        return _doubt(name, problem, action)
    if found.archive:
        return _doubt(name, "an archive in an archive", "left out; unpack it")
    if size > found.max_bytes:
        return _doubt(name, f"{size / 1e6:,.0f} MB, too big for one article", "left out; split it")
    return found


def _doubt(name: str, problem: str, action: str) -> Doubt:
    return Doubt(problem, action, printable(name))
