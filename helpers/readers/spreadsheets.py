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

from helpers.readers.delimited import HEAD_ROWS, names_of, twice_named
from helpers.readers.document import Document, Doubt, Unreadable
from helpers.readers.records import documents, text_column, without_text

MAX_UNPACKED = 1_000_000_000


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document per row of a spreadsheet; sheets without texts have a doubt."""
    from python_calamine import CalamineWorkbook

    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise Unreadable(f"unpacks to {unpacked / 1e6:,.0f} MB", "left out; save it as .csv")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except Exception as error:  # a parser of others' files may fail in any way
        kind = type(error).__name__
        locked = "assword" in kind or "assword" in str(error)
        raise Unreadable(
            "a spreadsheet locked with a password" if locked else f"no valid spreadsheet ({kind})",
            "left out; save it as .xlsx or .csv without a password",
        ) from error
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
