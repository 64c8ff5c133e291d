"""What the views are declared with, a table and spans in their sentences, and those all share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers import display
from helpers.leads import Lead
from helpers.wording import listing

if TYPE_CHECKING:
    import pandas as pd

    from helpers.story import Story


def in_voice(title: str, voice: str) -> str:
    """The title of a view that repeats the one before it in another voice.

    >>> in_voice("Terms by weight", "quoted")
    'The same in the quoted voice: terms by weight'
    """
    return f"The same in the {voice} voice: {title[:1].lower()}{title[1:]}" if voice else title


def spaced(names: pd.Series) -> pd.Series:
    """Names with spaces in place of underscores."""
    return names.astype("str").str.replace("_", " ", regex=False)


@dataclass(frozen=True)
class Table:
    """A table as a reader sees it; call it with the frame.

    ``columns`` are those shown, each with its heading (none: all, under their own names);
    ``shares`` are those written as percentages, ``keys`` those that hold names with underscores
    (human_interest), written with spaces; ``limit`` is the number of rows shown at most.
    With ``order``, the outlets of a story, their rows come in that order, so that a long table
    begins with the outlets that have most articles; what stands in the columns before the outlet
    stays together as it was. ``leads`` says of columns which rows their numbers count; those rows
    are given as ``of`` (a table, or several by name).
    """

    caption: str
    columns: Mapping[str, str] = field(default_factory=dict)
    shares: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    limit: int | None = 20
    leads: Mapping[str, Lead] = field(default_factory=dict)

    def __call__(
        self,
        frame: pd.DataFrame,
        *,
        caption: str = "",
        voice: str = "",
        order: Sequence[str] = (),
        of: pd.DataFrame | Mapping[str, pd.DataFrame] | None = None,
    ) -> display.Shown:
        frame = frame.assign(**{key: spaced(frame[key]) for key in self.keys})
        return display.table(
            self._ordered(frame, order) if order else frame,
            caption=in_voice(caption or self.caption, voice),
            columns=self.columns or None,
            units=dict.fromkeys(self.shares, "share"),
            limit=self.limit,
            of=of,
            leads=self.leads,
        )

    def _ordered(self, frame: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
        """The rows by the columns before the outlet, as they came, then by the outlets' order."""
        names = list(self.columns)
        before = [frame[c].map(_places(frame[c].unique())) for c in names[: names.index("outlet")]]
        keys = [*before, frame["outlet"].map(_places(order))]
        ranks = frame[[]].assign(**{f"key {i}": key for i, key in enumerate(keys)})
        return frame.loc[ranks.sort_values([str(key) for key in ranks], kind="stable").index]


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}


@dataclass(frozen=True)
class Passages:
    """Spans in their sentences; call it with a table of spans and the story they are from.

    ``note`` is the column whose value stands beside each sentence. With ``spread`` the first
    passages come from different outlets; without, the table's order is kept. ``of`` says in the
    caption whose passages they are.
    """

    caption: str
    note: str | None = None
    spread: bool = True
    limit: int = 5

    def __call__(
        self, spans: pd.DataFrame, story: Story, *, of: Iterable[str] = ()
    ) -> display.Shown:
        whose = listing([name for name in of if name])
        return display.evidence(
            spans,
            story.articles,
            sentences=story.sentences,
            caption=f"{self.caption}: {whose}" if whose else self.caption,
            note=self.note,
            spread=self.spread,
            limit=self.limit,
        )


problems = Table("Problems, each with what was done and what would mend it", limit=40)
corrected = Table(
    "Shares by people’s codes, beside the program’s",
    {
        "answer": "answer",
        "group": "of",
        "items": "items",
        "codes": "codes",
        "program": "the program",
        "corrected": "corrected",
        "low": "low",
        "high": "high",
        "note": "note",
    },
    shares=("program", "corrected", "low", "high"),
    limit=30,
)
saved = Table("Saved tables")
