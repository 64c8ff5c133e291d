"""Results that are slow to make, kept in the user's cache folder between runs.

A store is one SQLite file: key (16 bytes) → a few 32-bit numbers; rows of tables are kept likewise
(`kept_tables`). What a whole run wrote is one ZIP archive (`keep`, `recall`). Nothing of it is ever
needed: without a folder to write to, or with a damaged
file, everything is worked out anew and comes out the same. The folder is ``PARALLAX_CACHE``, else
the system's folder for caches; ``run.py cache --clear`` empties it. Beyond ``PARALLAX_CACHE_MB``
(2,000 unless set) the files that were not used for longest go.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import shutil
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = "PARALLAX_CACHE"
"""Environment variable: where results are kept; empty: nowhere."""
LIMIT = "PARALLAX_CACHE_MB"
"""Environment variable: how many megabytes are kept at most."""
ENDING, TABLES, RUN, _PART = ".scores", ".tables", ".run", ".part"
_MEGABYTES = 2_000
_AT_ONCE = 500  # keys asked for in one query
PATIENCE = 10.0  # seconds that a process waits for another one to finish writing

Floats = npt.NDArray[np.float32]
note = logging.getLogger("parallax").warning


def folder() -> Path | None:
    """Where results are kept; None where nothing is to be kept, or there is no home."""
    given = os.environ.get(FOLDER)
    if given is not None:
        return Path(given).expanduser() if given else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or home / ".cache"
    return Path(base) / "parallax"


def files() -> list[Path]:
    """All files that are kept."""
    at = folder()
    if at is None or not at.is_dir():
        return []
    return sorted(file for kind in (ENDING, TABLES, RUN, _PART) for file in at.glob(f"*{kind}"))


def stores() -> Path | None:
    """Where files on their way from or to an object store lie, of runs that did not end well."""
    at = folder()
    return None if at is None else at / "stores"


def size() -> int:
    """How many bytes are kept, and lie on their way."""
    under = stores()
    waiting = [] if under is None else [file for file in under.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in (*files(), *waiting))


def clear() -> int:
    """Remove all that is kept; how many bytes that was."""
    before, under = size(), stores()
    for file in files():
        file.unlink()
    if under is not None:
        shutil.rmtree(under, ignore_errors=True)
    return before


def trim(newest: Path) -> None:
    """Remove what was not used for longest, until no more is kept than may be."""
    with suppress(OSError):  # another run may be doing the same
        used = {file: file.stat() for file in files()}
        left = sum(status.st_size for status in used.values())
        for file in sorted(used, key=lambda file: (file == newest, used[file].st_mtime, file)):
            if left <= limit():
                return
            file.unlink()
            left -= used[file].st_size


def limit() -> int:
    """How many bytes are kept at most."""
    given = os.environ.get(LIMIT, "")
    return 1_000_000 * (int(given) if given.isdecimal() else _MEGABYTES)


def keep(name: str, made: Path, files: Iterable[str]) -> None:
    """Keep files of a folder under a name that says what they were made of.

    The archive is there whole or, where it cannot be written or is too large, not at all.
    """
    at = folder()
    inside = sorted(file for file in map(made.joinpath, files) if file.is_file())
    if at is None or sum(file.stat().st_size for file in inside) > limit():
        return
    try:
        at.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=at, suffix=_PART, delete=False) as part:
            try:
                with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                    for file in inside:
                        archive.write(file, file.relative_to(made).as_posix())
                part.close()
                os.replace(part.name, at / f"{name}{RUN}")
            except BaseException:
                part.close()
                os.unlink(part.name)
                raise
        trim(at / f"{name}{RUN}")
    except OSError as error:
        note("nothing is kept in %s (%s)", at, error.strerror or error)


def kept(name: str) -> bool:
    """Whether files are kept under a name."""
    at = folder()
    return at is not None and (at / f"{name}{RUN}").is_file()


def recall(name: str, into: Path) -> bool:
    """Put the files that are kept under a name into an empty folder; whether there were any.

    An archive that is damaged is removed, with a note, and the folder left empty.
    """
    at = folder()
    if at is None:
        return False
    file = at / f"{name}{RUN}"
    try:
        with zipfile.ZipFile(file) as archive:
            archive.extractall(into)  # each file's checksum is looked at
        os.utime(file)
        return True
    except FileNotFoundError:
        return False
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        note("%s could not be used (%s) and is made anew", file.name, error)
        for entry in into.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        with suppress(OSError):
            file.unlink()
        return False


def key(*parts: str | int) -> bytes:
    """16 bytes that stand for what a result was made of."""
    written = "\0".join(str(part) for part in parts)
    return hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@functools.cache
def code_hash() -> str:
    """One hash over the package's code and data files: a change of either makes all tables anew."""
    root = Path(__file__).resolve().parent
    total = hashlib.sha256()
    for folder in (root, root.parent / "data" / "lexicons", root.parent / "data" / "models"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(str(file.relative_to(root.parent)).encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


class Store:
    """Rows of ``width`` numbers by key, kept under a name that says what made them.

    The name has to change with whatever changes the numbers (the hash of a model's weights).
    """

    def __init__(self, name: str, width: int) -> None:
        self.width = width
        at = folder()
        self.file = None if at is None else at / f"{name}{ENDING}"

    def get(self, keys: Sequence[bytes]) -> Floats:
        """One row per key, NaN where nothing is kept."""
        found = np.full((len(keys), self.width), np.nan, np.float32)
        if self.file is None or not self.file.is_file():
            return found
        place = {key: i for i, key in enumerate(keys)}
        try:
            with closing(self._open()) as kept:
                for low in range(0, len(keys), _AT_ONCE):
                    some = keys[low : low + _AT_ONCE]
                    marks = ",".join("?" * len(some))
                    query = f"SELECT key, numbers FROM kept WHERE key IN ({marks})"
                    for one, numbers in kept.execute(query, some):
                        row = np.frombuffer(numbers, "<f4")
                        if len(row) == self.width:
                            found[place[one]] = row
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError) as error:
            self._rebuild(error)
            found[:] = np.nan
        return found

    def add(self, keys: Iterable[bytes], rows: Floats) -> None:
        """Keep the rows; all of them or, where that cannot be, none."""
        if self.file is None:
            return
        values = [row.astype("<f4").tobytes() for row in rows]
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(self._open()) as kept, kept:
                kept.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, numbers BLOB)")
                kept.executemany(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?)", zip(keys, values, strict=True)
                )
        except sqlite3.OperationalError:
            self.file = None  # read-only, full or locked for long: this run keeps nothing more
        except (sqlite3.Error, OSError) as error:
            self._rebuild(error)

    def _open(self) -> sqlite3.Connection:
        assert self.file is not None
        return sqlite3.connect(self.file, timeout=PATIENCE)

    def _rebuild(self, error: Exception) -> None:
        """Put a damaged file away, so that a new one is begun; where that fails, keep nothing."""
        assert self.file is not None
        try:
            self.file.unlink(missing_ok=True)
            note("%s was damaged (%s) and is made anew", self.file.name, error)
        except OSError:
            self.file = None
