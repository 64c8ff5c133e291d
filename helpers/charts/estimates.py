"""What bars and points share: numbers read from a table, their order, whiskers and hover text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.charts.figure import INK, PALETTE, hover, label, outlet_colours
from helpers.wording import amount, between, count, is_missing

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Columns:
    """Which columns of a long-form table play which part in a chart."""

    label: str
    """What the rows of the chart are: an actor, an outlet, a word."""
    value: str
    group: str | None = None
    """What a row is divided into: outlets, parts of a whole, roles, the columns of a grid."""
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True)
class Estimate:
    """One row of a table: a number with its interval, and what it is of."""

    label: str
    value: float
    group: str
    low: float | None
    high: float | None
    marked: bool
    """Set apart by the chart: descriptive only, or more than chance."""


def estimates(
    table: pd.DataFrame, columns: Columns, *, marked: str | None = None
) -> list[Estimate]:
    """The table's rows with a number; ``marked`` is the column that sets rows apart."""
    names, values = column(table, columns.label), numbers(table, columns.value)
    groups = column(table, columns.group) if columns.group else [""] * len(names)
    lows, highs = numbers(table, columns.low), numbers(table, columns.high)
    marks = column(table, marked) if marked else [False] * len(names)
    return [
        Estimate(known(n), v, known(g), lo, hi, bool(m))
        for n, v, g, lo, hi, m in zip(names, values, groups, lows, highs, marks, strict=True)
        if v is not None
    ]


def column(table: pd.DataFrame, name: str) -> list[Any]:
    """A column as a list, with an error that says which columns there are."""
    if name not in table.columns:
        have = ", ".join(map(str, table.columns))
        raise KeyError(f"the table has no column {name!r} to draw; it has {have}")
    return [None if is_missing(v) else v for v in table[name].tolist()]


def numbers(table: pd.DataFrame, name: str | None) -> list[float | None]:
    """A column of numbers as floats; None where nothing is known."""
    if name is None:
        return [None] * len(table)
    return [None if v is None else float(v) for v in column(table, name)]


def known(value: Any) -> str:
    """A name from a table, or that there is none."""
    return "not known" if value is None else str(value)


def sums(rows: Iterable[Estimate]) -> dict[str, float]:
    """The values of each label together, in the table's order."""
    totals: dict[str, float] = {}
    for r in rows:
        totals[r.label] = totals.get(r.label, 0.0) + r.value
    return totals


def cells(rows: Iterable[Estimate]) -> dict[tuple[str, str], float]:
    """The values of each label and group together."""
    found: dict[tuple[str, str], float] = {}
    for r in rows:
        found[r.label, r.group] = found.get((r.label, r.group), 0.0) + r.value
    return found


def ordered(names: Iterable[str], order: Sequence[str] | None) -> list[str]:
    """The names once each: those of the given order first, the rest as they came."""
    have = dict.fromkeys(names)
    first = [name for name in dict.fromkeys(order or ()) if name in have]
    return first + [name for name in have if name not in set(first)]


def group_colours(groups: Sequence[str], order: Sequence[str] | None) -> dict[str, str]:
    """The colour of each group, by its place in the ``order`` of all charts where there is one."""
    fixed = outlet_colours(order or groups)
    return {name: fixed.get(name, PALETTE[g % len(PALETTE)]) for g, name in enumerate(groups)}


def not_shown(note: str, *left: str) -> str:
    """The note under the title, with what is left out where something is."""
    words = " and ".join(word for word in left if word)
    return f"{note} {words} not shown.".strip() if words else note


def further(names: Sequence[str], what: str = "row") -> str:
    """How many names are left out, in words; nothing where none is."""
    return count(len(names), f"further {what}") if names else ""


def legend_name(text: str) -> str:
    """A group's name in the legend."""
    return label(text, 34)


def whiskers(
    rows: Sequence[Estimate], colour: str = INK, *, thickness: float = 1.2, width: int = 3
) -> dict[str, Any] | None:
    """The intervals of the rows, if any has one."""
    if not any(r.low is not None and r.high is not None for r in rows):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, (r.value if r.high is None else r.high) - r.value) for r in rows],
        "arrayminus": [max(0.0, r.value - (r.value if r.low is None else r.low)) for r in rows],
        "color": colour,
        "thickness": thickness,
        "width": width,
    }


def bar(
    x: Sequence[float],
    y: Sequence[float],
    colour: str | Sequence[str],
    *,
    width: float,
    tips: Sequence[str],
) -> dict[str, Any]:
    """Horizontal bars."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": x,
        "y": list(y),
        "width": width,
        "marker": {"color": colour},
        "hoverinfo": "text",
        "hovertext": tips,
    }


def words_at(
    x: Sequence[float], y: Sequence[float], text: Sequence[str], **font: Any
) -> dict[str, Any]:
    """Words written into a chart, without hover text of their own."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textfont": {"color": INK, **font},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def tip(row: Estimate, look_axis: str, unit: str, *, group: str = "") -> str:
    """Hover text: what it is, how much of what, and the interval."""
    inside = between(row.low, row.high, unit)
    return hover(
        row.label,
        group,
        f"{amount(row.value, unit)} {look_axis if unit != 'share' else ''}".strip(),
        f"interval {inside}" if inside else "",
    )
