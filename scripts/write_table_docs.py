"""Write docs/tables.md from the declarations of the tables.

python scripts/write_table_docs.py
"""

from __future__ import annotations

from pathlib import Path

from helpers import lenses
from helpers.schema import CORE, Table
from helpers.story import BRIEFED

TARGET = Path(__file__).resolve().parent.parent / "docs" / "tables.md"
TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number or missing",
    "float64": "number",
    "bool": "yes or no",
}
HEAD = """# The tables and their columns

Written by `scripts/write_table_docs.py` from `helpers/schema.py` and the `columns.py` of each lens;
a test keeps them alike.

Offsets are half-open character positions into `articles.text`. For every table with `start`,
`end` and `text` one thing holds in every row: `articles.text[start:end] == text`. Every table is
written as Parquet and as CSV; in the CSV a text cell that a spreadsheet would run as a formula is
preceded by an apostrophe. Further columns of `articles.csv` or of a table are kept in `articles`.
"""


def section(table: Table) -> str:
    """The Markdown section of one table."""
    declared = {c: (dtype, table.meaning[c]) for c, dtype in table.columns.items()}
    rows = [
        f"| `{column}` | {TYPES[dtype]} | {meaning.replace('|', chr(92) + '|')} |"
        for column, (dtype, meaning) in {**declared, **table.further}.items()
    ]
    return "\n".join(
        [
            f"## {table.name}",
            "",
            f"One row per {table.grain}. Key: {', '.join(f'`{k}`' for k in table.key)}.",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
            *rows,
        ]
    )


def document() -> str:
    """The whole page: what is read, what the lenses make of it, what the briefing says."""
    of_lenses = [made.table for lens in lenses.load() for made in lens.tables if made.saved]
    read = [table for table in CORE if table.name not in BRIEFED]
    briefed = [table for table in CORE if table.name in BRIEFED]
    return "\n\n".join([HEAD.rstrip(), *map(section, [*read, *of_lenses, *briefed])]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
