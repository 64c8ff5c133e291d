"""Word lists: CSV files in ``data/lexicons/``, each with its origin, loaded once and kept.

Analysis modules never open a file themselves; they ask here for a list by its name. A list is
data: it can be read, corrected and extended without touching code.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from helpers import paths

FOLDER = paths.LEXICONS


def path(name: str) -> Path:
    """The file that holds the list `name`; raises with the names that exist when it is missing."""
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        known = ", ".join(sorted(entry.stem for entry in FOLDER.glob("*.csv"))) or "none"
        raise FileNotFoundError(f"No word list {name!r} in data/lexicons (there: {known}).")
    return file


@cache
def load(name: str) -> pd.DataFrame:
    """One row per entry of the list `name`, every column as text (an empty cell is missing).

    The table is shared between callers: take what is needed from it, never change it. A word
    such as "null" or "NA" stays a word.
    """
    return pd.read_csv(
        path(name), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
