"""From a number to the spans it counts: which rows stand behind a cell of a table or a mark.

A `Lead` says it for a column or a chart; a `Book` holds the spans that were found, each once, as
text that is short in a notebook and the same from run to run:

    {"places": {doc_id: "start-end start-end"}, "refs": [[counted, rest], …]}

`refs` hold the numbers of the places, from 0 in that order ("0-2,7"): what a number counts, and the
rest of what it is a part of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.wording import is_missing

if TYPE_CHECKING:
    import pandas as pd

Span = tuple[str, int, int]


@dataclass(frozen=True)
class Lead:
    """Which rows a number counts.

    ``by`` names the columns in which its row and theirs agree ("shown=counted" where the two are
    called differently), ``where`` the values that theirs have besides (several: any of them).
    ``once`` counts one row for each value of a column, such as articles. ``whole`` leads to what
    a share is a part of (its rows may hold the spans of another source inside); with ``others``
    the number counts what of it is not of its row. ``source`` picks one of several tables.
    """

    by: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    once: tuple[str, ...] = ()
    whole: Lead | None = None
    others: bool = False
    source: str = ""

    def spans(self, shown: Sequence[Sequence[Any]], of: Any) -> list[list[Span]]:
        """For each row of values (in the order of ``by``) the spans that its number counts."""
        rows = of[self.source] if isinstance(of, Mapping) else of
        names = [each.partition("=")[2] or each for each in self.by]
        asked = [tuple(map(_key, row)) for row in shown]
        wanted = [
            (column, {_key(v) for v in value} if isinstance(value, tuple) else {_key(value)})
            for column, value in self.where.items()
        ]
        wanted += [(name, {key[i] for key in asked}) for i, name in enumerate(names)]
        at = np.flatnonzero(rows["start"].notna())
        for column, keys in wanted:
            kept = [key in keys for key in _keys(rows[column].iloc[at])]
            at = at[np.array(kept, dtype=bool)]
        columns = dict.fromkeys([*names, *self.once, "doc_id", "start", "end"])
        rows = rows[list(columns)].iloc[at]
        if self.once:
            rows = rows.drop_duplicates(list(dict.fromkeys([*names, *self.once])))
        found: dict[tuple[str, ...], list[Span]] = {key: [] for key in asked}
        of_rows = zip(*(_keys(rows[c]) for c in names), strict=True) if names else [()] * len(rows)
        places = (rows[c].tolist() for c in ("doc_id", "start", "end"))
        for key, doc_id, start, end in zip(of_rows, *places, strict=True):
            if key in found:
                found[key].append((str(doc_id), int(start), int(end)))
        return [found[key] for key in asked]

    def of_frame(self, shown: pd.DataFrame, of: Any) -> list[tuple[list[Span], list[Span]]]:
        """For each row of a frame the spans counted, and the rest of the whole."""
        return self.of_values({c: shown[c].tolist() for c in self._shown()}, len(shown), of)

    def of_values(
        self, shown: Mapping[str, Sequence[Any]], size: int, of: Any
    ) -> list[tuple[list[Span], list[Span]]]:
        """The same for columns of values."""
        counted = self.spans(_rows(shown, self.by, size), of)
        if self.whole is None:
            return [(spans, []) for spans in counted]
        wholes = self.whole.spans(_rows(shown, self.whole.by, size), of)
        sides = []
        for mine, whole in zip(counted, wholes, strict=True):
            if self.whole.source == self.source:
                rest = sorted((Counter(whole) - Counter(mine)).elements())
            else:
                rest = _without(whole, mine)
            sides.append((rest, mine) if self.others else (mine, rest))
        return sides

    def _shown(self) -> list[str]:
        wanted = [*self.by, *(self.whole.by if self.whole else ())]
        return list(dict.fromkeys(each.partition("=")[0] for each in wanted))


class Book:
    """The spans behind the numbers of one table or chart, each held once."""

    def __init__(self) -> None:
        self._refs: list[tuple[list[Span], list[Span]]] = []
        self._known: dict[tuple[tuple[Span, ...], tuple[Span, ...]], int] = {}

    def ref(self, counted: Sequence[Span], rest: Sequence[Span] = ()) -> int:
        """The number under which the spans of a cell are held; −1 where there is none."""
        if not counted and not rest:
            return -1
        key = tuple(sorted(counted)), tuple(sorted(rest))
        if key not in self._known:
            self._known[key] = len(self._refs)
            self._refs.append((list(key[0]), list(key[1])))
        return self._known[key]

    def data(self) -> dict[str, Any]:
        """The record of all spans and of what every number counts."""
        spans = sorted({s for counted, rest in self._refs for s in (*counted, *rest)})
        at = {span: i for i, span in enumerate(spans)}
        places: dict[str, list[str]] = {}
        for doc_id, start, end in spans:
            places.setdefault(doc_id, []).append(f"{start}-{end}")
        return {
            "places": {doc_id: " ".join(held) for doc_id, held in places.items()},
            "refs": [
                [runs(at[s] for s in counted), runs(at[s] for s in rest)]
                for counted, rest in self._refs
            ],
        }


def runs(numbers: Iterable[int]) -> str:
    """Rising numbers in short; one that is there twice stays so.

    >>> runs([0, 1, 2, 7, 7])
    '0-2,7,7'
    """
    made: list[list[int]] = []
    for n in numbers:
        if made and n == made[-1][1] + 1:
            made[-1][1] = n
        else:
            made.append([n, n])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in made)


def opened(data: Mapping[str, Any], ref: int) -> tuple[list[Span], list[Span]]:
    """The spans behind a number: counted, and the rest.

    >>> book = Book()
    >>> number = book.ref([("a", 3, 9)], [("b", 0, 4)])
    >>> opened(book.data(), number)
    ([('a', 3, 9)], [('b', 0, 4)])
    """
    if ref < 0:
        return [], []
    spans = [
        (doc_id, *map(int, place.split("-")))
        for doc_id, held in data["places"].items()
        for place in held.split()
    ]
    counted, rest = ([spans[n] for n in _numbers(side)] for side in data["refs"][ref])
    return counted, rest


def _without(whole: Sequence[Span], mine: Sequence[Span]) -> list[Span]:
    """The spans of a whole that hold none of the counted ones.

    >>> _without([("a", 0, 9), ("a", 10, 19), ("b", 0, 9)], [("a", 12, 15)])
    [('a', 0, 9), ('b', 0, 9)]
    """
    inside: dict[str, list[int]] = {}
    for doc_id, start, _ in sorted(mine):
        inside.setdefault(doc_id, []).append(start)

    def free(span: Span) -> bool:
        starts = inside.get(span[0], [])
        return bisect_left(starts, span[1]) == bisect_left(starts, span[2])

    return [span for span in whole if free(span)]


def _numbers(side: str) -> list[int]:
    numbers: list[int] = []
    for run in filter(None, side.split(",")):
        first, _, last = run.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _rows(
    shown: Mapping[str, Sequence[Any]], by: Sequence[str], size: int
) -> list[tuple[Any, ...]]:
    columns = [shown[each.partition("=")[0]] for each in by]
    return list(zip(*columns, strict=True)) if columns else [()] * size


def _keys(column: pd.Series) -> list[str]:
    """The key of each value of a column; each value is spelled once."""
    values = column.tolist()
    spelled = {value: _key(value) for value in set(values)}
    return [spelled[value] for value in values]


def _key(value: Any) -> str:
    """A value as it is compared: names are shown with spaces for underscores."""
    return "" if is_missing(value) else str(value).replace("_", " ")
