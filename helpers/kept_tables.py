"""Rows of tables, article by article, kept in the user's cache folder between runs.

A store is one SQLite file of batches, each the rows of some articles as an Arrow stream with its
checksum, and of an index: key of an article's rows (16 bytes) → batch and place. What it gives is
what was put in, or nothing: a batch that is not what was written is not used, and a damaged file is
begun anew.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers import cache

if TYPE_CHECKING:
    import pyarrow as pa

_TABLES = """
CREATE TABLE IF NOT EXISTS batches (id INTEGER PRIMARY KEY, data BLOB, sum BLOB);
CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, batch INTEGER, first INTEGER, n INTEGER,
                                 sum BLOB) WITHOUT ROWID;
"""
_MOST = 500_000_000
"""Bytes of one batch that are kept at most."""


def frame_of(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a data frame in which a text that stands in many rows is one object.

    Where texts are held as Python's (`made.patiently`), each cell would else be an object of its
    own: the tokens of a corpus then take a quarter of the memory.
    """
    import pyarrow as pa

    if pd.get_option("mode.string_storage") != "python":
        return table.to_pandas()
    shared: dict[str, Any] = {}
    for field in table.schema:
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            coded = table[field.name].combine_chunks().dictionary_encode()
            if 2 * len(coded.dictionary) <= len(table):
                shared[field.name] = coded
    rest = table.drop_columns([*shared]).to_pandas()
    for name, coded in shared.items():
        texts = np.array([*coded.dictionary.to_pylist(), np.nan], dtype=object)
        places = coded.indices.fill_null(len(texts) - 1).to_numpy()
        rest[name] = pd.array(texts[places], dtype="str")
    return rest[table.column_names]


class KeptTables:
    """Rows by key, under a name that changes with whatever makes them."""

    def __init__(self, name: str) -> None:
        at = cache.folder()
        self.file = None if at is None else at / f"{name}{cache.TABLES}"

    def get(self, keys: Sequence[bytes]) -> list[pa.Table | None]:
        """The rows of each key, None where none are kept."""
        found: list[pa.Table | None] = [None] * len(keys)
        if self.file is None or not self.file.is_file():
            return found
        try:
            with closing(self._open()) as kept:
                places = [
                    kept.execute("SELECT * FROM rows WHERE key = ?", (key,)).fetchone()
                    for key in keys
                ]
                read: dict[int, Any] = {}
                for i, place in enumerate(places):
                    if place is None or place[4] != _sum(repr(place[:4]).encode()):
                        continue
                    _, batch, first, n, _ = place
                    if batch not in read:
                        read[batch] = self._batch(kept, batch)
                    if read[batch] is not None:
                        found[i] = read[batch].slice(first, n)
            os.utime(self.file)
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            self._rebuild(error)
            return [None] * len(keys)
        return found

    def add(self, keys: Sequence[bytes], table: pa.Table, counts: Sequence[int]) -> None:
        """Keep a table of so many rows for each key, in their order; where that cannot be, none."""
        if self.file is None:
            return
        data = _written(table)
        if len(data) > min(_MOST, cache.limit()):
            return
        firsts = accumulate(counts[:-1], initial=0)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(self._open()) as kept, kept:
                kept.executescript(_TABLES)
                added = kept.execute(
                    "INSERT INTO batches (data, sum) VALUES (?, ?)", (data, _sum(data))
                ).lastrowid
                places = [
                    (key, added, first, n)
                    for key, first, n in zip(keys, firsts, counts, strict=True)
                ]
                kept.executemany(
                    "INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?)",
                    [(*place, _sum(repr(place).encode())) for place in places],
                )
            cache.trim(self.file)
        except sqlite3.OperationalError:
            self.file = None  # read-only, full or locked for long: this run keeps nothing more
        except (sqlite3.Error, OSError) as error:
            self._rebuild(error)

    def _open(self) -> sqlite3.Connection:
        assert self.file is not None
        return sqlite3.connect(self.file, timeout=cache.PATIENCE)

    def _batch(self, kept: sqlite3.Connection, number: int) -> pa.Table | None:
        """A batch, or None where it is not what was written."""
        import pyarrow as pa

        query = "SELECT data, sum FROM batches WHERE id = ?"
        data, checksum = kept.execute(query, (number,)).fetchone() or (b"", b"")
        if _sum(data) != checksum:
            return None
        with pa.ipc.open_stream(data) as stream:
            return stream.read_all()

    def _rebuild(self, error: Exception) -> None:
        """Put a damaged file away, so that a new one is begun."""
        assert self.file is not None
        cache.note("%s was damaged (%s) and is made anew", self.file.name, error)
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def _written(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
