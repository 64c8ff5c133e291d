"""Spreadsheets (.xlsx, .xls, .ods …): one article a row of the sheets that have a column of texts.

Cells are read as they are stored, by [python-calamine](https://pypi.org/project/python-calamine/);
formulas are not computed and macros not run.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from helpers.readers.delimited import HEAD_ROWS, Row, names_of, twice_named
from helpers.readers.document import Document, Doubt, Unreadable
from helpers.readers.records import documents, text_column, without_text

MAX_UNPACKED = 1_000_000_000


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document per row of a spreadsheet; sheets without texts have a doubt."""
    sheets = _sheets(data)
    filled = [(name, rows) for name, rows in sheets if any(any(map(_text, row)) for row in rows)]
    heads = {name: _head(rows) for name, rows in filled}
    with_texts = [(name, rows) for name, rows in filled if heads[name] is not None]
    if not with_texts:
        columns = [_text(cell) for cell in filled[0][1][0]] if filled else []
        raise without_text(columns) if columns else Unreadable("empty", "left out")
    for name, _ in filled:
        if heads[name] is None:
            yield Doubt(f"the sheet {name[:60]} has no column of texts", "left out")
    several = len(with_texts) > 1
    yield from documents(
        item
        for name, rows in with_texts
        for item in _records(rows, heads[name] or 0, f"sheet {name[:60]} " if several else "")
    )


def table_rows(data: bytes, *, wanted: str) -> tuple[list[str], list[Row]]:
    """The columns and filled rows of the first sheet with a column ``wanted``, as `csv_rows` has
    them; of none, where no sheet has it."""
    for _, rows in _sheets(data):
        for head, row in enumerate(rows[:HEAD_ROWS]):
            columns = names_of([_text(cell) for cell in row])
            if wanted in columns:
                below = enumerate(rows[head + 1 :], start=1)
                filled = [(n, cells) for n, cells in below if any(map(_text, cells))]
                texts = [(n, [_text(_value(cell)) for cell in cells]) for n, cells in filled]
                return columns, [(n, dict(zip(columns, row, strict=False))) for n, row in texts]
    return [], []


def _sheets(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    """The sheets by their names, with all their rows."""
    from python_calamine import CalamineWorkbook

    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise Unreadable(f"unpacks to {unpacked / 1e6:,.0f} MB", "left out; save it as .csv")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except Exception as error:  # a parser of others' files may fail in any way
        kind = type(error).__name__
        locked = "assword" in kind or "assword" in str(error)
        raise Unreadable(
            "a spreadsheet locked with a password" if locked else f"no valid spreadsheet ({kind})",
            "left out; save it as .xlsx or .csv without a password",
        ) from error


def _head(rows: list[list[Any]]) -> int | None:
    """The row that names the columns, a column of texts among them."""
    heads = (i for i, row in enumerate(rows[:HEAD_ROWS]) if text_column(map(_text, row)))
    return next(heads, None)


def _records(
    rows: list[list[Any]], head: int, sheet: str
) -> Iterator[tuple[str, Mapping[str, Any] | Doubt]]:
    """The filled rows below the head as records, by their number from 1."""
    heads = [_text(cell) for cell in rows[head]]
    names = names_of(heads)
    yield from (("", doubt) for doubt in twice_named(heads))
    for number, row in enumerate(rows[head + 1 :], start=1):
        if any(map(_text, row)):
            values = {n: _value(cell) for n, cell in zip(names, row, strict=False) if _text(cell)}
            yield f"{sheet}row {number}", values


def _value(cell: Any) -> Any:
    """Whole numbers without a decimal point, days without the midnight that sheets add."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date()
    return cell


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
