"""Tables as files: Parquet for programs, CSV for people, the same bytes from the same tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.paths import build

if TYPE_CHECKING:
    from helpers.story import Story

FOLDER = "PARALLAX_OUTPUT"
"""Environment variable: where notebooks save their tables (default: build/<story>/tables)."""

FORMATS = ("parquet", "csv")
GROUP = 1 << 20
"""Rows of a row group of Parquet, pyarrow's default: pieces give the same bytes as one table."""
_CSV_ROWS = 50_000  # turned into text at once
_RISKY = "=+-@\t\r\n"
_SPECIAL = re.compile(r"[\",\r\n]")
_LOOK = r"^[=+\-@\t\r\n]|[\",\r\n]"
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")


def safe_cell(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it as a formula.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("-0.5"), safe_cell("no = sign")
    ("'=HYPERLINK(1)", '-0.5', 'no = sign')
    """
    if text[:1] in _RISKY and text and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def write_table(table: pd.DataFrame, folder: Path, name: str, *, formats: Iterable[str]) -> None:
    """Write one table as ``folder/name.parquet`` and ``folder/name.csv``, whichever is asked."""
    write_pieces([table], folder, name, formats=formats)


def write_pieces(
    pieces: Iterable[pd.DataFrame], folder: Path, name: str, *, formats: Iterable[str]
) -> tuple[int, int]:
    """Write a table that comes in pieces, the same bytes as in one; its rows and columns.

    Pieces are held until they fill a row group, `GROUP` rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds = tuple(formats)
    if unknown := [kind for kind in kinds if kind not in FORMATS]:
        raise ValueError(f"no format is called {unknown[0]!r}; there are {', '.join(FORMATS)}")
    # Written beside and moved into place: an interrupted run leaves no half of a table.
    drafts = {kind: folder / f"{name}.{kind}.part" for kind in kinds}
    rows = columns = 0
    with ExitStack() as stack:
        writers = [_WRITERS[kind](drafts[kind]) for kind in kinds]
        for writer in writers:
            stack.callback(writer.close)
        for group in _groups(pieces):
            rows, columns = rows + len(group), group.shape[1]
            for writer in writers:
                writer.write(group)
    for kind, draft in drafts.items():
        draft.replace(folder / f"{name}.{kind}")
    return rows, columns


def _groups(pieces: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The rows in groups of `GROUP`; one empty group where there are none."""
    held: list[pd.DataFrame] = []
    empty: pd.DataFrame | None = None
    some = False
    for piece in pieces:
        # An empty table says nothing of the types of its further columns.
        if piece.empty:
            empty = piece if empty is None else empty
            continue
        some = True
        held.append(piece)
        while sum(map(len, held)) > GROUP:
            whole = pd.concat(held, ignore_index=True)
            yield whole.iloc[:GROUP]
            held = [whole.iloc[GROUP:]]
    if held:
        yield held[0] if len(held) == 1 else pd.concat(held, ignore_index=True)
    elif not some and empty is not None:
        yield empty


class _Parquet:
    """A Parquet file that is written group by group."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writer: Any = None

    def write(self, group: pd.DataFrame) -> None:
        """Add a group of rows."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pandas(group, preserve_index=False)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._file, table.schema, compression="zstd")
        self._writer.write_table(table.cast(self._writer.schema), row_group_size=GROUP)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


class _Csv:
    """A CSV file that is written group by group."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream: Any = None

    def write(self, group: pd.DataFrame) -> None:
        """Add a group of rows, the header before the first."""
        header = csv_text(group.iloc[:0])
        if self._stream is None:
            self._stream = self._file.open("w", encoding="utf-8", newline="")
            self._stream.write(header)
        for start in range(0, len(group), _CSV_ROWS):
            text = csv_text(group.iloc[start : start + _CSV_ROWS])
            self._stream.write(text[len(header) :])

    def close(self) -> None:
        """Finish the file."""
        if self._stream is not None:
            self._stream.close()


_WRITERS: dict[str, type[_Parquet] | type[_Csv]] = {"parquet": _Parquet, "csv": _Csv}


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV, its text cells guarded against being run as formulas.

    Columns are turned into text at once, by Arrow: six times as fast as row by row.

    >>> csv_text(pd.DataFrame({"a": ["x, y", None], "n": [0.1 + 0.2, 2.0], "ok": [True, False]}))
    'a,n,ok\\n"x, y",0.3,True\\n,2.0,False\\n'
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    header = ",".join(_cell(str(name)) for name in table.columns)
    if table.empty:
        return header + "\n"
    columns = [_as_text(table[name]) for name in table.columns]
    rows = pc.binary_join_element_wise(*columns, pa.scalar(",", pa.large_string())).to_pylist()
    return "\n".join([header, *rows, ""])


def _cell(text: str) -> str:
    """A text cell, guarded, and quoted where CSV needs it."""
    text = safe_cell(text)
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _as_text(column: pd.Series) -> Any:
    """The cells of a column as they stand in a CSV file; missing ones are empty."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.dtype == "float64":
        # 0.1 + 0.2 has one spelling on every machine; so have twelve decimal places.
        numbers = pa.array(np.round(column.to_numpy(), 12) + 0.0, from_pandas=True)
        text = pc.replace_substring_regex(numbers.cast(pa.large_string()), r"^(-?\d+)$", r"\1.0")
    elif column.dtype == "bool":
        text = pc.if_else(pa.array(column.to_numpy()), "True", "False").cast(pa.large_string())
    elif pd.api.types.is_integer_dtype(column.dtype):
        text = pa.array(column, from_pandas=True).cast(pa.large_string())
    else:
        text = pa.array(column.astype("str"), type=pa.large_string(), from_pandas=True)
        if isinstance(text, pa.ChunkedArray):
            text = text.combine_chunks()
        # Few cells need more than a copy: those alone are looked at one by one.
        mask = pc.fill_null(pc.match_substring_regex(text, _LOOK), False)
        if pc.any(mask).as_py():
            mended = [_cell(cell) for cell in text.filter(mask).to_pylist()]
            text = pc.replace_with_mask(text, mask, pa.array(mended, type=pa.large_string()))
    return pc.fill_null(text, pa.scalar("", pa.large_string()))


def save(story: Story, *names: str, formats: Iterable[str] = FORMATS) -> pd.DataFrame:
    """Write the named tables of ``story``; one row per table: its rows, columns and files.

    They go to the folder in the environment variable ``PARALLAX_OUTPUT``, else to
    ``build/<story>/tables`` (`helpers.paths.build`).
    """
    given = os.environ.get(FOLDER)
    folder = Path(given) if given else build() / story.name / "tables"
    kinds = tuple(formats)
    rows = []
    for name in names:
        table = getattr(story, name)
        write_table(table, folder, name, formats=kinds)
        files = ", ".join(f"{name}.{kind}" for kind in kinds)
        rows.append({"table": name, "rows": len(table), "columns": table.shape[1], "files": files})
    return pd.DataFrame(rows, columns=["table", "rows", "columns", "files"])
