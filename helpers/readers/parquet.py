"""Parquet: one article a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.readers import encoding
from helpers.readers.delimited import twice_named
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable
from helpers.readers.records import documents, first_line, text_column, without_text

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 1_000


def read_parquet(path: Path | bytes) -> Iterator[Document | Doubt]:
    """One document per row of a Parquet file."""
    yield from documents(_rows(path))


def _rows(path: Path | bytes) -> Iterator[tuple[str, Mapping[str, Any] | Doubt]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(path) if isinstance(path, bytes) else path)
        names = [name.strip().lower() for name in file.schema_arrow.names]
        if text_column(names) is None:
            raise without_text(names)
        yield from (("", doubt) for doubt in twice_named(names))
        number = 0
        for batch in file.iter_batches(batch_size=BATCH):
            columns = [_values(batch.column(i)) for i in range(batch.num_columns)]
            for row in range(batch.num_rows):
                number += 1
                where = f"row {number}"
                record: dict[str, Any] = {}
                for name, column in zip(names, columns, strict=True):
                    value, doubts = _decoded(column[row], where)
                    record.setdefault(name, value)
                    yield from (("", doubt) for doubt in doubts)
                yield where, record
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise Unreadable(f"no valid Parquet ({first_line(error)})", REMEDY_BROKEN) from error


def _values(column: pa.Array) -> list[Any]:
    """A column's values, in forms that cannot fail: texts as bytes, times as text."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = column.cast(pa.large_binary())  # a broken text must not cost its batch
    elif pa.types.is_temporal(column.type):
        column = column.cast(pa.string())  # Python's years end at 9999
    if pa.types.is_nested(column.type):
        return [_held(cell) for cell in column]
    values: list[Any] = column.to_pylist()
    return values


def _held(cell: pa.Scalar) -> Any:
    """A list or a structure, or why it cannot be had: what is in it has limits of its own."""
    try:
        return cell.as_py()
    except (OverflowError, ValueError) as error:
        return Unreadable(f"a value that cannot be read ({first_line(error)})", "left out")


def _decoded(value: Any, where: str) -> tuple[Any, list[Doubt]]:
    """A cell, decoded where it is text, with doubts on how."""
    if isinstance(value, Unreadable):
        return None, [Doubt(value.problem, "the cell is left out", where)]
    if not isinstance(value, bytes):
        return value, []
    try:
        text, doubts = encoding.decode(value)
    except Unreadable as error:
        return None, [Doubt(error.problem, "the cell is left out", where)]
    return text, [doubt._replace(row=where) for doubt in doubts]
