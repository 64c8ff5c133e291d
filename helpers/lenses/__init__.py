"""The lenses: one folder each, with all that is particular to it.

This file is the only one outside a lens's folder that names it. A folder holds ``columns.py`` (the
declaration of its tables), the method, ``findings.py``, ``takeaways.py`` and ``show.py`` (its
sentences, tables and figures in the notebooks) and ``lens.py`` with ``LENS``, the record by which
story, partitions, briefing and overview know it (`helpers.lenses.lens`).

A lens of somebody else is an entry point of the group ``parallax.lenses`` that names such a record;
a story uses it where its ``story.toml`` says ``lenses = ["its name"]``, never by mere installation.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, overload

from helpers import schema
from helpers.errors import ParallaxError
from helpers.lenses.lens import Lens

if TYPE_CHECKING:
    import pandas as pd

NAMES = (
    "actors",
    "quotes",
    "sentiment",
    "keyness",
    "frames",
    "naming",
    "agency",
    "coverage",
    "headlines",
    "stance",
)
GROUP = "parallax.lenses"


class LensError(ParallaxError):
    """A lens that a story asks for cannot be had; the message says why and what to do."""


class LensTable:
    """An attribute of a story: the table of a lens, made once, when it is first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, story: None, owner: type) -> LensTable: ...

    @overload
    def __get__(self, story: Any, owner: type) -> pd.DataFrame: ...

    def __get__(self, story: Any, owner: type) -> LensTable | pd.DataFrame:
        if story is None:
            self.__doc__ = f"One row per {schema.declared(self.name).grain}."
            return self
        table: pd.DataFrame = story.table(self.name)
        return table


class LensTables:
    """The tables of our lenses as attributes that an editor completes and a checker knows."""

    mentions = LensTable()
    quotes = LensTable()
    sentiment = LensTable()
    target_sentiment = LensTable()
    keyness = LensTable()
    reference_keyness = LensTable()
    frames = LensTable()
    naming = LensTable()
    agency = LensTable()
    coverage = LensTable()


@cache
def load() -> tuple[Lens, ...]:
    """Our lenses, in the order in which a briefing goes over them; their tables are declared."""
    return tuple(known(import_module(f"{__name__}.{name}.lens").LENS) for name in NAMES)


def installed(names: Iterable[str]) -> tuple[Lens, ...]:
    """Lenses of others by the names of their entry points; raises `LensError` without one."""
    there = {point.name: point for point in entry_points(group=GROUP)}
    found = []
    for name in names:
        if name not in there:
            others = ", ".join(sorted(there)) or "none"
            raise LensError(
                f"the lens {name!r} is not installed (installed are: {others}): install the "
                f"package that offers it as an entry point of {GROUP}, or take it out of story.toml"
            )
        lens = there[name].load()
        if not isinstance(lens, Lens):
            raise LensError(
                f"the lens {name!r} is no helpers.lenses.lens.Lens but a {type(lens).__name__}: "
                "ask its author to mend the entry point, or take it out of story.toml"
            )
        found.append(known(lens))
    return tuple(found)


def known(lens: Lens) -> Lens:
    """The lens, with its tables declared."""
    for made in lens.tables:
        if made.saved:
            schema.declare(made.table)
    return lens
