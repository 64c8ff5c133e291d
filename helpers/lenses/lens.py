"""What the other rooms know of a lens: its tables, its findings, its cell in the overview.

A lens looks at the articles from one side: who is mentioned, who is quoted, what is stressed. All
that is particular to it stays in its folder; story, partitions, briefing and overview go over these
records and name none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.schema import Table
    from helpers.story import Story

Tables = Mapping[str, "pd.DataFrame"]
Pieces = Callable[[str], "Iterator[pd.DataFrame]"]
"""What the partitions hold under a name, one table a partition, in the order of the articles."""


@dataclass(frozen=True)
class Counted:
    """How a table of outlets is made from partitions, whose articles never stand in one place."""

    needs: tuple[str, ...]
    count: Callable[..., dict[str, pd.DataFrame]]
    """In each partition: the needed tables → what is counted of them, by name."""
    further: tuple[str, ...]
    make: Callable[..., pd.DataFrame]
    """At the end: the `Pieces` and the ``further`` needed → the table."""


@dataclass(frozen=True)
class Joined:
    """How a table of documents is made in partitions where its rows depend on all articles.

    Each partition gives its share (`first`); in one place the shares are joined, and each partition
    gets what concerns it (`join`), with which it makes its rows (`make`). So the table is the same
    whatever the size of a partition.
    """

    first: Callable[[Story], dict[str, pd.DataFrame]]
    """The story of a partition's articles → its share, by name."""
    join: Callable[[Pieces, Story, int], Sequence[Any]]
    """The shares, the story and the size of a partition → one picklable object a partition."""
    make: Callable[[Story, Tables, Any], pd.DataFrame]
    """The story of a partition's articles, its share and its object → its rows of the table."""


@dataclass(frozen=True)
class LensTable:
    """One table of a lens, and how it is made from other tables."""

    table: Table
    of: Literal["documents", "outlets"]
    """Made article by article, and so in partitions; or from the articles of all outlets."""
    needs: tuple[str, ...]
    """The attributes of the story (tables, ``originals``, ``outlets``, ``facts`` …) that `make`
    takes by these names; ``notes`` is a list to which it adds rows for `problems`."""
    make: Callable[..., pd.DataFrame]
    saved: bool = True
    """Whether it is a table of its own; else it is only a step on the way to one."""
    joined: Joined | None = None
    counted: Counted | None = None
    sampled: bool = False
    """Of a table of outlets: made anew from a sample where the findings rest on one, because a
    finding's number has to be that of its sentences."""

    @property
    def name(self) -> str:
        """The table's name, by which the story has it."""
        return self.table.name


class Cell(TypedDict):
    """What sets one outlet apart in one lens, and the numbers it rests on."""

    cell: str
    value: float
    reference: float
    n: float
    descriptive: bool


Cells = dict[str, Cell]
"""One cell per outlet that something is to be said of."""


def cell(
    text: str,
    value: float = np.nan,
    reference: float = np.nan,
    n: float = np.nan,
    descriptive: bool = True,
) -> Cell:
    """A cell of the overview: the outlet's value, the other outlets', and what was counted."""
    return {
        "cell": text,
        "value": value,
        "reference": reference,
        "n": n,
        "descriptive": bool(descriptive),
    }


def rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples."""
    return iter(table.itertuples(index=False))


def widest(candidates: Iterable[tuple[str, float, Cell]], *, least: float = 0.0) -> Cells:
    """Of candidate cells, each with its outlet and weight, every outlet's first of most weight."""
    best: dict[str, tuple[float, Cell]] = {}
    for outlet, weight, found in candidates:
        if weight > best.get(outlet, (least, None))[0]:
            best[outlet] = weight, found
    return {outlet: found for outlet, (_, found) in best.items()}


@dataclass(frozen=True)
class Lens:
    """All that a story must know of a lens; the rest stays in the lens's folder."""

    name: str
    tables: tuple[LensTable, ...] = ()
    findings: Callable[[Told], list[Finding]] | None = None
    found_in: tuple[str, ...] = ()
    """The tables without which there can be no findings."""
    looks_in: tuple[str, ...] = ()
    """Further tables that `findings` look into, for sentences, where they are at hand."""
    asked: Callable[[Told, str], Measure] | None = None
    """What it counts of an actor, term or frame, for a question that was asked beforehand."""
    heading: str = ""
    """What its column in the overview is called."""
    compared: Callable[[Story, str], pd.DataFrame] | None = None
    """The story and a voice → the table by outlet from which the cells are read."""
    cells: Callable[[pd.DataFrame], Cells] | None = None
