"""The days of one table, read as one column: whether the day or the month comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.readers.document import Doubt
from helpers.readers.metadata import day, order

_TWO_FIGURES = re.compile(r"\s*(\d{1,2})([-/.])\d{1,2}\2\d\d(?!\d)")
MOST_NAMED = 3
"""So many doubtful days have a row each; of more, one row tells the number."""


class _Open(NamedTuple):
    """A day that can be read in two ways, or not at all."""

    written: str
    record: dict[str, object]
    where: str


@dataclass
class Dates:
    """What a table declares of days; `fill` gives each record its `published`."""

    orders: dict[str, str] = field(default_factory=dict)
    """By the order that a day can only be in ("day", "month"; "stops"), the first such day."""
    open: list[_Open] = field(default_factory=list)

    def add(self, written: str, record: dict[str, object], where: str) -> None:
        """A day as it is written, and the record and place that it is of."""
        self.orders.setdefault(order(written), written)
        if (found := day(written, foreign=True)) is not None:
            record["published"] = found
        else:
            self.open.append(_Open(written, record, where))

    def fill(self) -> Iterator[tuple[str, Doubt]]:
        """Read what was open, where the other days leave one order only; doubts by their places.

        >>> dates, rows = Dates(), [{}, {}]
        >>> for row, written in zip(rows, ["04/03/2024", "25/03/2024"]):
        ...     dates.add(written, row, "t.csv, row 1")
        >>> [doubt.action for _, doubt in dates.fill()], rows[0]["published"]
        (['read day first, as 25/03/2024 can only be'], '2024-03-04')
        """
        reason = self._reason()
        left: list[_Open] = []
        read: list[_Open] = []
        for item in self.open:
            found = day(item.written, first=reason[0]) if reason else None
            if found is None:
                left.append(item)
            else:
                item.record["published"] = found
                read.append(item)
        if read and reason:
            file = read[0].where.partition(", row ")[0]
            days = f"days such as {read[0].written[:40]} ({len(read):,})"
            yield file, Doubt(days, reason[1].format(read[0].record["published"]))
        if len(left) > MOST_NAMED:
            file = left[0].where.partition(", row ")[0]
            some = ", ".join(item.written[:40] for item in left[:MOST_NAMED])
            yield file, Doubt(
                f"{len(left):,} doubtful dates ({some} …)", "dates left out; write them YYYY-MM-DD"
            )
            return
        for item in left:
            yield item.where, Doubt(
                f"doubtful date: {item.written[:80]}", "date left out; write it YYYY-MM-DD"
            )

    def _reason(self) -> tuple[str, str] | None:
        """How the days of this table are written, and what is said of it; None: nothing tells."""
        short = {found[1] for item in self.open if (found := _TWO_FIGURES.match(item.written))}
        if len(short) == 1 and int(*short) > 12:
            return None  # 24.03.04, 24.03.25: the figure that stays may be the year
        certain = self.orders.keys() & {"day", "month"}
        if len(certain) == 1:
            (first,) = certain
            return first, f"read {first} first, as {self.orders[first][:40]} can only be"
        if not certain and "either" not in self.orders:
            if "stops" in self.orders:
                return "day", "read day first, as days with full stops are"
            if "short" in self.orders:
                return "day", "read day first, year last (the first is {})"
            if "serial" in self.orders:
                return "serial", "read as spreadsheets count days from 1900 (the first is {})"
        return None
