"""Word lists: CSV files in ``data/lexicons/<language>/``, each with its origin, loaded once.

Analysis modules never open a file themselves; they ask here for a list by its name. A list is
data: it can be read, corrected and extended without touching code. Small classes of words (days,
object pronouns, conjunctions) stand together in ``classes/<room>.csv``, one row a class with its
meaning and origin; `words` gives one of them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import paths

LANGUAGE = "en"
"""The only language there are lists for."""
FOLDER = paths.LEXICONS / LANGUAGE


class WordClass(NamedTuple):
    """A small class of words, as one row of ``classes/*.csv``."""

    name: str
    words: tuple[str, ...]
    """In the order of the file."""
    meaning: str
    origin: str


def path(name: str) -> Path:
    """The file that holds the list `name`; raises with the names that exist when it is missing."""
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        known = ", ".join(sorted(entry.stem for entry in FOLDER.glob("*.csv"))) or "none"
        raise FileNotFoundError(f"No word list {name!r} in data/lexicons/en (there: {known}).")
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


@cache
def classes() -> dict[str, WordClass]:
    """Every class of ``classes/*.csv`` by its name.

    Words are separated by blanks; inside an entry of several words an underscore is the blank.
    """
    found: dict[str, WordClass] = {}
    for file in sorted((FOLDER / "classes").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                entries = tuple(word.replace("_", " ") for word in row["words"].split())
                if row["class"] in found:
                    raise ValueError(f"{file.name}: the class {row['class']} stands twice")
                found[row["class"]] = WordClass(
                    row["class"], entries, row["meaning"], row["origin"]
                )
    return found


@cache
def judging_words() -> dict[str, int]:
    """The words that judge wherever they stand, whoever is meant, with their polarity: -1 or 1."""
    rows = load("judging_words").query("anywhere == '1' and kind != 'name'")
    return {word: int(p) for word, p in zip(rows["word"], rows["polarity"], strict=True)}


def listed(name: str) -> tuple[str, ...]:
    """The words of a class in the order of its file; raises with the names that are near."""
    known = classes()
    if name not in known:
        raise KeyError(f"No class of words {name!r} (there: {', '.join(sorted(known))}).")
    return known[name].words


def words(name: str) -> frozenset[str]:
    """The words of a class.

    >>> "monday" in words("days")
    True
    """
    return frozenset(listed(name))
