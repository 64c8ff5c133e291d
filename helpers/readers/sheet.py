"""The sheet `articles.csv`: what the analyst knows of each file, one row a file.

Columns are file, outlet, title, published, byline, url, genre, event, origin and shared_with; any
but `file` may be missing, further ones are kept. Cells are text: nothing is parsed or guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from helpers.readers import metadata
from helpers.readers.delimited import csv_rows
from helpers.readers.document import Doubt, Unreadable, storable
from helpers.readers.folder import printable
from helpers.spelling import nearest

NAME = "articles.csv"


def read(path: Path) -> tuple[dict[str, dict[str, str]], list[Doubt]]:
    """The rows of a sheet by the file they name, and doubts; a broken sheet is one doubt.

    In each row the key ``#`` holds the row's number in words.
    """
    rows: dict[str, dict[str, str]] = {}
    doubts: list[Doubt] = []
    try:
        columns, found = csv_rows(path, wanted="file")
        if "file" not in columns:
            raise Unreadable("no column called file", f"not used; {_remedy(columns)}")
        doubts += metadata.slips(tuple(columns))
        for number, row in found:
            where = f"row {number}"
            if isinstance(row, Doubt):
                doubts.append(row)
                continue
            name = storable(row.pop("file")).strip().replace("\\", "/")
            if not name:
                doubts.append(Doubt("names no file", "left out; fill the cell `file`", where))
            elif name in rows:
                doubts.append(Doubt(f"a second row for {name}", "left out", where))
            else:
                cells = {storable(key): storable(value).strip() for key, value in row.items()}
                rows[name] = cells | {"#": where}
    except Unreadable as error:
        doubts.append(Doubt(error.problem, error.action.replace("left out", "not used")))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        doubts.append(Doubt(f"cannot be opened ({reason})", "not used"))
    return rows, doubts


def _remedy(columns: list[str]) -> str:
    """What would make a sheet without the column `file` a usable one."""
    meant = nearest("file", (c for c in columns if not metadata.is_known(c)))
    return f"rename {meant} to file" if meant else "add one that names each article's file"


def matched(
    rows: dict[str, dict[str, str]], files: Iterable[str]
) -> tuple[dict[str, dict[str, str]], list[Doubt]]:
    """The rows by the file they belong to, and a doubt for every row whose file is not there.

    A row may name its file with or without `articles/` before it, and in any Unicode form.

    >>> rows, doubts = matched({"articles/a.txt": {"#": "row 1"}, "b.txt": {"#": "row 2"}},
    ...                        ["a.txt"])
    >>> rows
    {'a.txt': {'#': 'row 1'}}
    >>> doubts[0].problem
    'names b.txt, which is not there'
    """
    known = {_key(file): file for file in files}
    found: dict[str, dict[str, str]] = {}
    doubts = []
    for name, row in rows.items():
        file = known.get(_key(name)) or known.get(_key(name.removeprefix("articles/")))
        if file is None:
            doubts.append(
                Doubt(
                    f"names {printable(name)[:200]}, which is not there",
                    "no article read; mend the name or add the file",
                    row["#"],
                )
            )
        else:
            found.setdefault(file, row)
    return found, doubts


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name.removeprefix("./"))
