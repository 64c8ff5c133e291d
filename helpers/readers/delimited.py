"""CSV and other tables of text: one article a row.

Files are read row by row, so that a table larger than the memory's free half costs no more than
the articles in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from helpers.readers import encoding, metadata
from helpers.readers.document import MAX_CHARACTERS, Document, Doubt, Unreadable
from helpers.readers.records import documents, one_line, text_column, without_text

DELIMITERS = (",", "\t", ";", "|")
WHOLE = 64_000_000
"""Up to this many bytes a table is decoded at once, in any encoding; beyond it must be UTF-8."""

HEAD_ROWS = 10
"""Among so many first lines that with the columns' names is sought."""
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?$', re.IGNORECASE)
_MOST_NULS, _FEW_NULS = 0.001, 3
_SHORT = 100
"""Bytes for each of the few NULs, from which on a table is text all the same."""
Row = tuple[int, dict[str, str] | Doubt]


def read_csv(path: Path | bytes) -> Iterator[Document | Doubt]:
    """One document per row of a CSV or TSV file, given by its path or content."""
    stream, doubts = stream_of(path)
    yield from _articles(stream, doubts)


def table_in(text: str) -> Iterator[Document | Doubt] | None:
    """The articles of a table that stands in a text file; None where its first line heads none.

    Such a line names texts and at least one more thing that we know, divided by tabs or semicolons;
    by commas or strokes only where the first row has as many cells as there are names.

    >>> [item.text for item in table_in("Title\\tText\\nEnd\\tThey left.")]
    ['They left.']
    >>> table_in("Title: text; and more\\nThey left.") is None
    True
    """
    header, _, rest = text[:2_000].lstrip("\ufeff").partition("\n")
    if not rest.strip():
        return None
    for delimiter in "\t;,|":
        if delimiter not in header:
            continue
        names = names_of(header.rstrip("\r").split(delimiter))
        if text_column(names) is None or not any(map(metadata.is_known, names)):
            continue
        if delimiter in "\t;" or _is_row(rest, delimiter, len(names)):
            return _articles(io.StringIO(text, newline=""), [])
    return None


def _is_row(rest: str, delimiter: str, width: int) -> bool:
    """Whether the first row below a header has as many cells as it, three or more."""
    rows = csv.reader(io.StringIO(rest[:MAX_CHARACTERS], newline=""), delimiter=delimiter)
    try:
        return width >= 3 and len(next(rows, [])) == width
    except csv.Error:
        return False


def _articles(stream: TextIO, doubts: list[Doubt]) -> Iterator[Document | Doubt]:
    columns, rows = _parsed(stream, doubts, lambda names: text_column(names) is not None)
    if text_column(columns) is None:
        raise without_text(columns) if columns else Unreadable("empty", "left out")
    yield from documents((f"row {number}" if number else "", row) for number, row in rows)


def csv_rows(path: Path, *, wanted: str) -> tuple[list[str], Iterator[Row]]:
    """The columns of a CSV file, and its rows as dictionaries with their number from 1.

    The delimiter is the one that gives the header a column called ``wanted``.
    """
    stream, doubts = stream_of(path)
    return _parsed(stream, doubts, lambda names: wanted in names)


def _parsed(
    stream: TextIO, doubts: list[Doubt], wanted: Callable[[list[str]], bool]
) -> tuple[list[str], Iterator[Row]]:
    csv.field_size_limit(4 * MAX_CHARACTERS)
    header = stream.readline()
    delimiters: Sequence[str] = DELIMITERS
    if match := _SEPARATOR.match(header.lstrip("\ufeff")):
        delimiters = (match[1],)
        header = stream.readline()
    cells, delimiter, known = _heads(header, delimiters, wanted)
    if not known:
        below = stream.tell()
        for above in range(1, HEAD_ROWS):
            found = _heads(stream.readline(), delimiters, wanted)
            if found[2] and sum(map(metadata.is_known, names_of(found[0]))):
                cells, delimiter, _ = found
                lines = f"{above} line{'s' * (above > 1)} above the names of the columns"
                doubts = [*doubts, Doubt(lines, "left out")]
                break
        else:
            stream.seek(below)
    doubts = [*doubts, *twice_named(cells)]
    columns = names_of(cells)
    return columns, _rows(stream, columns, delimiter, doubts)


def _heads(
    line: str, delimiters: Sequence[str], wanted: Callable[[list[str]], bool]
) -> tuple[list[str], str, bool]:
    """The cells of a line, what divides them, and whether they name what is wanted."""
    heads = [next(csv.reader([line], delimiter=sign), []) for sign in delimiters]
    widest = max(range(len(heads)), key=lambda i: len(heads[i]))
    known = next((i for i, cells in enumerate(heads) if wanted(names_of(cells))), None)
    chosen = widest if known is None else known
    return heads[chosen], delimiters[chosen], known is not None


def _rows(stream: TextIO, columns: list[str], delimiter: str, doubts: list[Doubt]) -> Iterator[Row]:
    yield from ((0, doubt) for doubt in doubts)
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    with stream:
        while True:
            number += 1
            where = f"row {number}"
            cells, doubt = _next_row(reader, lines, delimiter, columns, where)
            if cells is None and doubt is None:
                return
            if doubt:
                yield number if cells is None else 0, doubt
            if cells is None:
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


def _next_row(
    reader: Iterator[list[str]], lines: _Lines, delimiter: str, columns: list[str], where: str
) -> tuple[list[str] | None, Doubt | None]:
    """The cells of the next row, and a doubt on how they were told apart; None at the end.

    A quotation mark that opens a cell and is not closed where a cell can end is a letter: the row
    is then the one line, and the next row begins below it.
    """
    lines.taken = []
    at = lines.number + 1
    try:
        cells = next(reader, None)
        if len(lines.taken) < 4 or not _holds_rows(lines.taken, delimiter, columns):
            return cells, None
        problem = "a quotation mark that is never closed"
    except csv.Error as error:
        problem = str(error)
    first = lines.taken[0]
    alone = len(lines.taken) == 1
    lines.put_back(lines.taken[1:])
    if alone and first.count('"') % 2 == 0:
        try:
            return next(csv.reader([first], delimiter=delimiter)), None
        except (csv.Error, StopIteration):
            return None, Doubt(f"cannot be parsed ({problem})", "left out", where)
    literal = csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return next(literal), Doubt(
        f"a quotation mark that is never closed (line {at + 1:,} of the file)",
        "read as a letter of its one line; close it, or write it twice",
        where,
    )


def _holds_rows(lines: Sequence[str], delimiter: str, columns: Sequence[str]) -> bool:
    """Whether a row on several lines is many rows, glued together by one mark at a line's end."""
    if len(columns) < 3:
        return False
    rows = sum(line.count(delimiter) == len(columns) - 1 for line in lines[1:])
    return rows >= 0.9 * (len(lines) - 1)


class _Lines:
    """The lines of a stream, with those that the last row took, which can be put back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: list[str] = []
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._stream)
        self.number += 1
        self.taken.append(line)
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Let these lines, the last that were taken, come again."""
        self._waiting += reversed(lines)
        self.number -= len(lines)


def names_of(cells: Sequence[str]) -> list[str]:
    """Column names in lower case, none empty, none twice."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = cell.strip().lstrip("\ufeff").lower() or f"column {position}"
        names.append(f"{name} {position}" if name in names else name)
    return names


def twice_named(cells: Iterable[str]) -> list[Doubt]:
    """A doubt for each name that several columns bear.

    >>> [doubt.problem for doubt in twice_named(["text", "Title", " title", "", ""])]
    ['2 columns are called title']
    """
    names = Counter(cell.strip().lstrip("\ufeff").lower() for cell in cells)
    return [
        Doubt(f"{n} columns are called {one_line(name)}", "the first is used; rename the others")
        for name, n in names.items()
        if name and n > 1
    ]


def stream_of(path: Path | bytes) -> tuple[TextIO, list[Doubt]]:
    """The decoded file, at once where it is small, else as a stream of UTF-8."""
    data = beginning(path)
    if isinstance(path, bytes) or len(data) <= WHOLE:
        data, lost = _without_nuls(data)
        text, doubts = encoding.decode(data)
        return io.StringIO(text, newline=""), [*lost, *doubts]
    stream = path.open(encoding="utf-8-sig", errors="parallax.cp1252", newline="")
    return stream, [] if _valid_utf8(path) else [
        Doubt("not valid UTF-8", "read as UTF-8 with the odd bytes as cp1252")
    ]


def beginning(path: Path | bytes) -> bytes:
    """The file's content, or one byte more than is decoded at once."""
    if isinstance(path, bytes):
        return path
    with path.open("rb") as file:
        return file.read(WHOLE + 1)


def _without_nuls(data: bytes) -> tuple[bytes, list[Doubt]]:
    """The bytes of a table without the few NULs that a database has left in it."""
    nuls = 0 if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.count(b"\0")
    if not nuls or nuls > max(min(_FEW_NULS, len(data) // _SHORT), _MOST_NULS * len(data)):
        return data, []
    signs = f"{nuls:,} NUL character{'s' * (nuls > 1)}"
    return data.replace(b"\0", b""), [Doubt(signs, "left out of the text")]


def _valid_utf8(path: Path) -> bool:
    with path.open(encoding="utf-8", newline="") as stream:
        try:
            while stream.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return False
    return True
