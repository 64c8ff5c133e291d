"""Results that are slow to make, kept in the user's cache folder between runs.

A store is one SQLite file: key (16 bytes) → a few 32-bit numbers. It is never needed: without a
folder to write to, or with a damaged file, everything is worked out anew and comes out the same.
The folder is ``PARALLAX_CACHE``, else the system's folder for caches; ``run.py cache --clear``
empties it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = "PARALLAX_CACHE"
"""Environment variable: where results are kept; empty: nowhere."""
ENDING = ".scores"
_AT_ONCE = 500  # keys asked for in one query
_PATIENCE = 10.0  # seconds that a process waits for another one to finish writing

Floats = npt.NDArray[np.float32]
_log = logging.getLogger("parallax")


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
    """The files of all stores."""
    at = folder()
    return sorted(at.glob(f"*{ENDING}")) if at is not None and at.is_dir() else []


def clear() -> int:
    """Remove all stores; how many bytes they held."""
    freed = 0
    for file in files():
        freed += file.stat().st_size
        file.unlink()
    return freed


def key(*parts: str | int) -> bytes:
    """16 bytes that stand for what a result was made of."""
    written = "\0".join(str(part) for part in parts)
    return hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).digest()


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
            self.file.parent.mkdir(parents=True, exist_ok=True)
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
        return sqlite3.connect(self.file, timeout=_PATIENCE)

    def _rebuild(self, error: Exception) -> None:
        """Put a damaged file away, so that a new one is begun; where that fails, keep nothing."""
        assert self.file is not None
        try:
            self.file.unlink(missing_ok=True)
            _log.warning("%s was damaged (%s) and is made anew", self.file.name, error)
        except OSError:
            self.file = None
