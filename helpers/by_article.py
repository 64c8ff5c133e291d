"""What was read of an article is not read again: rows of tables, kept under what decides on them.

The rows of an article depend on its text and metadata, on what its outlet repeats, on the code with
its lists and models, and, once the names of the story are joined, on which actors its mentions
became. A hash of all that is the key under which each table's rows are kept (`kept_tables`). So an
article that is added, edited or renamed is read, the others are not; where it changes an actor, the
articles that mention this actor are told anew from what was read of them.

Only our own lenses and models are kept so: nothing says what those of others read.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from helpers import cache
from helpers.kept_tables import KeptTables, frame_of

Make = Callable[[tuple[str, ...] | None], pd.DataFrame]
"""Articles by doc_id (None: all) → their rows of a table, in the order of the articles."""
LEAST = 30
"""Articles of a story below which reading them all is as quick as looking what is kept."""

WHO = "found_mentions"
"""The table that says which actors an article's mentions are; what reads it is kept by its rows."""


class ByArticle:
    """Tables of documents, of which the rows of an article are kept under its key."""

    def __init__(self, docs: Iterable[str], keys: Sequence[bytes], store: KeptTables) -> None:
        self.docs, self._keys, self._store = list(docs), list(keys), store

    def with_(self, keys: Sequence[bytes]) -> ByArticle:
        """The same for what depends on more."""
        both = zip(self._keys, keys, strict=True)
        return ByArticle(self.docs, [cache.key(a.hex(), b.hex()) for a, b in both], self._store)

    def table(self, name: str, make: Make) -> pd.DataFrame:
        """The rows of a table for all articles: those that are kept, and the others made and kept.

        A table without a column ``doc_id`` has one row an article.
        """
        import pyarrow as pa

        keys = [cache.key(name, key.hex()) for key in self._keys]
        pieces = self._store.get(keys)
        missing = [i for i, piece in enumerate(pieces) if piece is None]
        if missing:
            some = tuple(self.docs[i] for i in missing)
            everything = len(missing) == len(self.docs)
            table = make(None if everything else some)
            counts = _counts(table, some)
            made = pa.Table.from_pandas(table, preserve_index=False)
            self._store.add([keys[i] for i in missing], made, counts)
            if everything:
                return table
            first = 0
            for i, n in zip(missing, counts, strict=True):
                pieces[i] = made.slice(first, n)
                first += n
        # An empty table says nothing of the types of its further columns.
        full = [piece for piece in pieces if piece is not None and len(piece)] or pieces[:1]
        return frame_of(pa.concat_tables(full, promote_options="permissive"))

    def missing(self, name: str) -> list[str]:
        """The articles of which no rows of a table are kept."""
        pieces = self._store.get([cache.key(name, key.hex()) for key in self._keys])
        return [doc for doc, piece in zip(self.docs, pieces, strict=True) if piece is None]

    def keep(self, name: str, docs: Sequence[str], table: pd.DataFrame) -> None:
        """Keep the rows of some articles, in their order, that were made elsewhere."""
        import pyarrow as pa

        of = dict(zip(self.docs, self._keys, strict=True))
        keys = [cache.key(name, of[doc].hex()) for doc in docs]
        made = pa.Table.from_pandas(table, preserve_index=False)
        self._store.add(keys, made, _counts(table, docs))


def store() -> KeptTables | None:
    """Where rows are kept that this code makes with these packages; None for nowhere."""
    versions = (np.__version__, pd.__version__, sys.version, platform.machine())
    kept = KeptTables(f"read-{cache.key(cache.code_hash(), *versions).hex()}")
    return kept if kept.file is not None else None


def keys_of(rows: pd.DataFrame, *others: object) -> list[bytes]:
    """A key for each row of a table of articles, of all its cells and of ``others``."""
    also = repr(others)
    cells = rows.to_numpy(dtype=object).tolist()
    names = repr(list(rows.columns))
    return [cache.key(names, *map(repr, row), also) for row in cells]


def sums_of(table: pd.DataFrame, docs: Sequence[str]) -> list[bytes]:
    """A key for each article of the rows that it has in a table."""
    columns = [column.tolist() for _, column in table.drop(columns="doc_id").items()]
    lines: dict[str, list[str]] = {doc: [] for doc in docs}
    for doc, *row in zip(table["doc_id"].tolist(), *columns, strict=True):
        lines[doc].append(repr(row))
    return [cache.key(*lines[doc]) for doc in docs]


def _counts(table: pd.DataFrame, docs: Sequence[str]) -> list[int]:
    """How many rows each article has; the rows have to stand in the articles' order."""
    if "doc_id" not in table:
        if len(table) != len(docs):
            raise ValueError(f"{len(table)} rows for {len(docs)} articles")
        return [1] * len(docs)
    places = pd.Index(docs).get_indexer(pd.Index(table["doc_id"]))
    if len(places) and (places.min() < 0 or (np.diff(places) < 0).any()):
        raise ValueError("the rows of a table do not stand in the order of their articles")
    counts: list[int] = np.bincount(places, minlength=len(docs)).tolist()
    return counts
