"""Tables as files: Parquet for programs, CSV for people, the same bytes from the same tables."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from helpers.story import Story

FOLDER = "PARALLAX_OUTPUT"
"""Environment variable: where notebooks save their tables (default: build/<story>/tables)."""

FORMATS = ("parquet", "csv")
_RISKY = "=+-@\t\r\n"
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
    folder.mkdir(parents=True, exist_ok=True)
    for kind in formats:
        target = folder / f"{name}.{kind}"
        # Written beside and moved into place: an interrupted run leaves no half of a table.
        draft = target.with_name(target.name + ".part")
        if kind == "parquet":
            table.to_parquet(draft, index=False, compression="zstd")
        elif kind == "csv":
            draft.write_text(csv_text(table), encoding="utf-8", newline="")
        else:
            raise ValueError(f"no format is called {kind!r}; there are {', '.join(FORMATS)}")
        draft.replace(target)


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV, its text cells guarded against being run as formulas."""
    return _guarded(table).to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)


def _guarded(table: pd.DataFrame) -> pd.DataFrame:
    text = [c for c in table.columns if table[c].dtype == "str"]
    guarded = {c: table[c].map(safe_cell, na_action="ignore") for c in text}
    # 0.1 + 0.2 has one spelling on every machine; so have twelve significant digits.
    rounded = {
        c: table[c].map(lambda v: float(f"{v:.12g}") + 0.0, na_action="ignore")
        for c in table.columns
        if table[c].dtype == "float64"
    }
    return table.assign(**guarded, **rounded).rename(columns=lambda name: safe_cell(str(name)))


def save(story: Story, *names: str, formats: Iterable[str] = FORMATS) -> pd.DataFrame:
    """Write the named tables of ``story``; one row per table: its rows, columns and files.

    They go to the folder in the environment variable ``PARALLAX_OUTPUT``, else to
    ``build/<story>/tables`` in the project.
    """
    project = Path(__file__).resolve().parent.parent
    given = os.environ.get(FOLDER)
    folder = Path(given) if given else project / "build" / story.name / "tables"
    kinds = tuple(formats)
    rows = []
    for name in names:
        table = getattr(story, name)
        write_table(table, folder, name, formats=kinds)
        files = ", ".join(f"{name}.{kind}" for kind in kinds)
        rows.append({"table": name, "rows": len(table), "columns": table.shape[1], "files": files})
    return pd.DataFrame(rows, columns=["table", "rows", "columns", "files"])
