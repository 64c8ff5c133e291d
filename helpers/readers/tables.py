"""Tables of articles: CSV, TSV, JSON lines, JSON and Parquet with a column called `text`.

One row, one article. Files are read row by row, so that a table larger than the memory's free
half costs no more than the articles in it.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from helpers.readers import encoding, metadata
from helpers.readers.document import MAX_CHARACTERS, Document, Doubt, Unreadable, checked

DELIMITERS = (",", "\t", ";", "|")
WHOLE = 64_000_000
"""Up to this many bytes a table is decoded at once, in any encoding; beyond it must be UTF-8."""
BATCH = 1_000


def read_csv(path: Path) -> Iterator[Document | Doubt]:
    """One document per row of a CSV or TSV file."""
    columns, rows = csv_rows(path, wanted="text")
    if "text" not in columns:
        raise _no_text(columns)
    for number, row in rows:
        if isinstance(row, Doubt):
            yield row
        else:
            yield from checked(row.pop("text"), row, row=f"row {number}")


def csv_rows(
    path: Path, *, wanted: str
) -> tuple[list[str], Iterator[tuple[int, dict[str, str] | Doubt]]]:
    """The columns of a CSV file, and its rows as dictionaries with their number from 1.

    The delimiter is the one that gives the header a column called ``wanted``.
    """
    stream, doubts = _stream(path)
    csv.field_size_limit(4 * MAX_CHARACTERS)
    header = stream.readline()
    cells: list[str] = []
    delimiter = ","
    for candidate in DELIMITERS:
        parsed = next(csv.reader([header], delimiter=candidate), [])
        cells = cells or parsed
        if wanted in _names(parsed):
            cells, delimiter = parsed, candidate
            break
    columns = _names(cells)
    return columns, _csv_rows(stream, columns, delimiter, doubts)


def _csv_rows(
    stream: TextIO, columns: list[str], delimiter: str, doubts: list[Doubt]
) -> Iterator[tuple[int, dict[str, str] | Doubt]]:
    yield from ((0, doubt) for doubt in doubts)
    quotes = _QuoteCount(stream)
    rows = csv.reader(quotes, delimiter=delimiter)
    number = 0
    with stream:
        while True:
            number += 1
            where = f"row {number}"
            try:
                cells = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                yield number, Doubt(f"cannot be parsed ({error})", "left out", where)
                continue
            if not any(cell.strip() for cell in cells):
                number -= not cells
                continue
            if any(cell.strip() for cell in cells[len(columns) :]):
                yield (
                    number,
                    Doubt(
                        f"{len(cells)} cells under {len(columns)} column names",
                        "left out; put its text into quotation marks",
                        where,
                    ),
                )
                continue
            cells += [""] * (len(columns) - len(cells))
            yield number, dict(zip(columns, cells, strict=False))
    if quotes.odd:
        yield (
            number,
            Doubt(
                "a quotation mark that is never closed",
                "read, but rows may have run together: look for one very long article",
            ),
        )


class _QuoteCount:
    """The lines of a stream, and whether the quotation marks seen so far are an odd number."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.odd = False

    def __iter__(self) -> _QuoteCount:
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self.odd ^= line.count('"') % 2 == 1
        return line


def read_jsonl(path: Path) -> Iterator[Document | Doubt]:
    """One document per line of a JSON lines file."""
    yield from _with_a_text(_jsonl(path))


def _with_a_text(items: Iterator[Document | Doubt]) -> Iterator[Document | Doubt]:
    """The items, but one `Unreadable` instead of a doubt a row where no row holds a text."""
    before: list[Doubt] = []
    for item in items:
        if isinstance(item, Document):
            yield from before
            yield item
            yield from items
            return
        before.append(item)
    if len(before) == 1:
        yield from before
    elif before:
        raise Unreadable(
            f"no article in its {len(before):,} rows (first: {before[0].problem})",
            "left out; call the articles' text `text`",
        )


def _jsonl(path: Path) -> Iterator[Document | Doubt]:
    stream, doubts = _stream(path)
    yield from doubts
    number = 0
    with stream:
        while line := stream.readline(8 * MAX_CHARACTERS):
            number += 1
            where = f"row {number}"
            if len(line) == 8 * MAX_CHARACTERS and not line.endswith("\n"):
                while line and not line.endswith("\n"):
                    line = stream.readline(8 * MAX_CHARACTERS)
                yield Doubt(f"more than {8 * MAX_CHARACTERS:,} characters", "left out", where)
            elif line.strip():
                yield from _json_document(line, where)


def _json_document(line: str, where: str) -> list[Document | Doubt]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return [Doubt(f"no JSON ({_first_line(error)})", "left out", where)]
    return _from_record(value, where)


def read_json(path: Path) -> Iterator[Document | Doubt]:
    """One document per object of a JSON list (or the one object); JSON lines are read as such."""
    with path.open("rb") as file:
        data = file.read(WHOLE + 1)
    if len(data) > WHOLE:
        raise Unreadable(f"JSON of more than {WHOLE:,} bytes", "left out; save it as JSON lines")
    text, doubts = encoding.decode(data)
    try:
        value = json.loads(text)
    except RecursionError:
        raise Unreadable("JSON nested too deeply", "left out") from None
    except ValueError:
        yield from read_jsonl(path)
        return
    yield from doubts
    records = enumerate(value if isinstance(value, list) else [value], start=1)
    rows = (_from_record(record, f"row {number}") for number, record in records)
    yield from _with_a_text(item for row in rows for item in row)


def _from_record(record: Any, where: str) -> list[Document | Doubt]:
    if not isinstance(record, dict):
        return [Doubt("no object with a text", "left out", where)]
    values = {str(key).strip().lower(): value for key, value in record.items()}
    if not isinstance(values.get("text"), str):
        return [Doubt("no text in it", "left out", where)]
    return checked(values.pop("text"), _cells(values), row=where)


def read_parquet(path: Path) -> Iterator[Document | Doubt]:
    """One document per row of a Parquet file."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        named = {name.strip().lower(): name for name in file.schema_arrow.names}
        if "text" not in named:
            raise _no_text(list(named))
        number = 0
        for batch in file.iter_batches(batch_size=BATCH):
            texts = batch.column(named["text"])
            if pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type):
                texts = texts.cast(pa.large_binary())  # a broken text must not cost its batch
            others = [
                (key, batch.column(name).to_pylist())
                for key, name in named.items()
                if key != "text"
            ]
            for i, value in enumerate(texts.to_pylist()):
                number += 1
                cells = _cells({key: column[i] for key, column in others})
                yield from _parquet_document(value, cells, f"row {number}")
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(f"no valid Parquet ({_first_line(error)})", "left out") from error


def of_frame(frame: Any) -> Iterator[Document | Doubt]:
    """One document per row of a data frame with a column `text`; raises `Unreadable` without."""
    named = {str(name).strip().lower(): name for name in frame.columns}
    if "text" not in named:
        raise _no_text(list(named))
    texts = frame[named["text"]].tolist()
    others = {key: frame[name].tolist() for key, name in named.items() if key != "text"}
    for number, text in enumerate(texts, start=1):
        cells = _cells({key: column[number - 1] for key, column in others.items()})
        yield from checked(text if isinstance(text, str) else "", cells, row=f"row {number}")


def _parquet_document(value: Any, cells: dict[str, str], where: str) -> list[Document | Doubt]:
    if not isinstance(value, bytes):
        value = "" if value is None else str(value)
        return checked(value, cells, row=where)
    try:
        text, doubts = encoding.decode(value)
    except Unreadable as error:
        return [Doubt(error.problem, "left out", where)]
    return [*(d._replace(row=where) for d in doubts), *checked(text, cells, row=where)]


def _cells(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text; what is missing is left out."""
    cells = {}
    for key, value in values.items():
        if value is None or value != value:  # NaN is the value that differs from itself
            continue
        if isinstance(value, datetime.date | datetime.datetime):
            cells[key] = value.isoformat()
        elif metadata.is_known(key) and (names := _names_in(value)):
            cells[key] = names
        elif isinstance(value, dict | list):
            cells[key] = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        else:
            cells[key] = str(value)
    return cells


def _names_in(value: Any) -> str:
    """The names in what JSON holds of a source or author: texts, objects with a name, or lists."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_names_in, value)))
    name = value.get("name") if isinstance(value, dict) else value
    return name if isinstance(name, str) else ""


def _names(cells: list[str]) -> list[str]:
    """Column names in lower case, none empty, none twice."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = cell.strip().lstrip("\ufeff").lower() or f"column {position}"
        names.append(f"{name} {position}" if name in names else name)
    return names


def _stream(path: Path) -> tuple[TextIO, list[Doubt]]:
    """The decoded file, at once where it is small, else as a stream of UTF-8."""
    with path.open("rb") as file:
        data = file.read(WHOLE + 1)
    if len(data) <= WHOLE:
        text, doubts = encoding.decode(data)
        return io.StringIO(text, newline=""), doubts
    stream = path.open(encoding="utf-8-sig", errors="parallax.cp1252", newline="")
    return stream, [] if _valid_utf8(path) else [
        Doubt("not valid UTF-8", "read as UTF-8 with the odd bytes as cp1252")
    ]


def _valid_utf8(path: Path) -> bool:
    with path.open(encoding="utf-8", newline="") as stream:
        try:
            while stream.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return False
    return True


def _no_text(columns: list[str]) -> Unreadable:
    named = ", ".join(columns[:8]) + (" …" if len(columns) > 8 else "")
    return Unreadable(
        f"no column called text (there are: {_one_line(named)})",
        "left out; call the column with the articles' text `text`",
    )


def _one_line(names: str) -> str:
    """Column names fit for one line of a report."""
    return names.encode("utf-8", "replace").decode().replace("\n", " ")[:200] or "none"


def _first_line(error: BaseException) -> str:
    return _one_line(str(error).split("\n")[0])[:120]
