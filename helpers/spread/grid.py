"""Grids and contrasts: what several outlets (or articles, or groups) print, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.wording import count

Span = tuple[str, int, int]
"""doc_id, first character, one past the last."""
Run = tuple[str, str]
"""A style and words: plain ("plain"), marked ("mark"), left out ("cut"), retold ("retold")."""


@dataclass(frozen=True)
class Column:
    """One side of a comparison: its name, what it is made of, and its articles."""

    name: str
    doc_ids: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing in a cell, with the places that it was read from; ``note`` is its small print."""

    runs: tuple[Run, ...]
    at: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Row:
    """The same question to all columns: one cell each, in their order, of none or some entries."""

    label: str
    cells: tuple[tuple[Entry, ...], ...]
    note: str = ""
    empty: str = ""
    """What an empty cell says."""
    differs: bool = False
    """Of two chosen sides shown only where both have something, and not the same words."""

    @property
    def filled(self) -> int:
        """Columns that have something to show."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """Columns and rows under a caption."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    chosen: tuple[int, ...] = ()
    """The columns that stand open; of a grid whose columns the reader chooses."""


@dataclass(frozen=True)
class Side:
    """One side of a contrast: who, how much, and every place that was counted."""

    name: str
    note: str
    places: tuple[Span, ...]


@dataclass(frozen=True)
class Contrast:
    """A difference in plain words with its sides, two or more, and how it is known."""

    kind: str
    """"leads", "names", "blame", "verdict", "report", "wording", "unquoted", "quotation", "heard"
    or "tested"."""
    statement: str
    sides: tuple[Side, ...]
    note: str
    strength: float
    """How much and how often they differ: articles on both sides, the thinner one first."""


def plain(words: str, *, at: Sequence[Span] = (), note: str = "") -> Entry:
    """An entry of words alone."""
    return Entry((("plain", words),), tuple(at), note)


def times(places: Sequence[Span]) -> str:
    """How often, in how many articles, in words."""
    articles = len({doc for doc, _, _ in places})
    more = f" in {count(articles, 'article')}" if articles > 1 else ""
    return f"{count(len(places), 'time')}{more}" if len(places) > 1 else ""
