"""Tables in a terminal: columns of plain text, nothing that a terminal would obey."""

from __future__ import annotations

import pandas as pd

from helpers.readers.folder import printable

WIDEST = 60


def lines(table: pd.DataFrame, *, limit: int | None = None) -> str:
    """The rows in aligned columns under their names, numbers to the right; long cells are cut.

    >>> print(lines(pd.DataFrame({"outlet": ["Post", "Wire"], "articles": [12, 3]})))
    outlet  articles
    Post          12
    Wire           3
    """
    shown = table if limit is None else table.head(limit)
    columns = [
        [printable(str(name)), *("" if pd.isna(v) else _cut(str(v)) for v in shown[name])]
        for name in shown.columns
    ]
    right = [pd.api.types.is_numeric_dtype(shown[name]) for name in shown.columns]
    widths = [max(map(len, column)) for column in columns]
    out = []
    for row in zip(*columns, strict=True):
        cells = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right, strict=True)
        ]
        out.append("  ".join(cells).rstrip())
    if len(shown) < len(table):
        out.append(f"… and {len(table) - len(shown):,} more")
    return "\n".join(out)


def _cut(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
