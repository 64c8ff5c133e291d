"""Time: when each outlet wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    column,
    further,
    group_colours,
    known,
    not_shown,
    numbers,
    ordered,
)
from helpers.charts.figure import (
    GRID,
    INK,
    PALETTE,
    ROW,
    Figure,
    Look,
    build,
    category_axis,
    hover,
    nothing,
    tell,
    value_axis,
)
from helpers.wording import clean, count, is_missing, number

if TYPE_CHECKING:
    import pandas as pd

_DAYS_AS_DAYS = 62
_DAYS_AS_WEEKS = 420
_DAY_IN_MILLISECONDS = 86_400_000


def timeline(
    table: pd.DataFrame,
    look: Look,
    *,
    date: str,
    group: str | None = None,
    value: str | None = None,
) -> Figure:
    """How many per day: bars, or with ``group`` a row of circles per outlet, area by number.

    ``table`` has one row per thing with a ``date`` (YYYY-MM-DD), or one per date (and group) with
    its number in ``value``; the look's unit says what they are. Longer spans are counted by week
    or month. What has no date is left out and stated.
    """
    look = replace(look, unit=look.unit or "article")
    groups = column(table, group) if group else [""] * len(table)
    points: list[tuple[Date, str, float]] = []
    undated = 0.0
    for day, name, weight in zip(column(table, date), groups, numbers(table, value), strict=True):
        number_of = 1.0 if weight is None else weight
        when = _day(day)
        if number_of > 0 and when is not None:
            points.append((when, known(name), number_of))
        elif number_of > 0:
            undated += number_of
    if not points:
        return nothing(look, f"no {look.unit} has a date", table)
    calendar = _calendar([when for when, _, _ in points])
    counts: dict[tuple[str, Date], float] = {}
    for when, name, n in points:
        at = name, calendar.start(when)
        counts[at] = counts.get(at, 0.0) + n
    notes = [
        look.note,
        f"Counted by {calendar.step}." if calendar.step != "day" else "",
        f"{count(int(undated), look.unit)} without a date not shown." if undated else "",
    ]
    look = replace(look, note=" ".join(w for w in notes if w))
    if group is None:
        return _columns(table, {when: n for (_, when), n in counts.items()}, calendar, look)
    return _strips(table, counts, calendar, look)


def periods(days: pd.Series, drawn: pd.Series) -> pd.Series:
    """The first day of the step in which a `timeline` of the days ``drawn`` counts each day."""
    known_days = [when for day in column(drawn.to_frame("day"), "day") if (when := _day(day))]
    if not known_days:
        return days.astype("str")
    calendar = _calendar(known_days)

    def step(day: Any) -> str | None:
        when = _day(None if is_missing(day) else day)
        return None if when is None else calendar.start(when).isoformat()

    return days.map(step)


@dataclass(frozen=True)
class _Calendar:
    """The span of a chart, and in what steps it is counted."""

    first: Date
    last: Date
    step: str

    def start(self, when: Date) -> Date:
        """The first day of the step."""
        if self.step == "week":
            return when - timedelta(days=when.weekday())
        return when.replace(day=1) if self.step == "month" else when

    def named(self, when: Date) -> str:
        """A day, or the step that begins with it."""
        return when.isoformat() if self.step == "day" else f"{self.step} of {when.isoformat()}"

    def axis(self) -> dict[str, Any]:
        """The axis of time, with room at both ends."""
        edge = timedelta(days={"day": 1, "week": 5, "month": 18}[self.step])
        ends = [self.start(self.first) - edge, self.last + edge]
        axis = {
            **value_axis(),
            "type": "date",
            "tickformat": "%-d %b\n%Y" if self.step != "month" else "%b\n%Y",
            "range": [end.isoformat() for end in ends],
            "zeroline": False,
        }
        if self.step == "day":
            axis["tick0"] = self.first.isoformat()
            days = max(1, -(-(self.last - self.first).days // 8))
            axis["dtick"] = _DAY_IN_MILLISECONDS * days
        return axis

    def told(self, days: Mapping[Date, float], unit: str) -> str:
        """How many there are, and when most of them."""
        total = count(int(sum(days.values())), unit)
        if self.first == self.last:
            return f"{total}, all of {self.first.isoformat()}."
        peak = max(sorted(days), key=lambda d: days[d])
        when = f"on {peak.isoformat()}" if self.step == "day" else f"in the {self.named(peak)}"
        return (
            f"{total} between {self.first.isoformat()} and {self.last.isoformat()}; most "
            f"({number(int(days[peak]))}) {when}."
        )


def _calendar(days: list[Date]) -> _Calendar:
    first, last = min(days), max(days)
    span = (last - first).days
    step = "day" if span <= _DAYS_AS_DAYS else "week" if span <= _DAYS_AS_WEEKS else "month"
    return _Calendar(first, last, step)


def _columns(
    table: pd.DataFrame, days: Mapping[Date, float], calendar: _Calendar, look: Look
) -> Figure:
    when = sorted(days)
    width = {"day": 0.8, "week": 6.0, "month": 24.0}[calendar.step] * _DAY_IN_MILLISECONDS
    trace = {
        "type": "bar",
        "x": [d.isoformat() for d in when],
        "y": [days[d] for d in when],
        "marks": [("", d.isoformat()) for d in when],
        "width": width,
        "marker": {"color": PALETTE[0]},
        "hoverinfo": "text",
        "hovertext": [hover(d.isoformat(), count(int(days[d]), look.unit)) for d in when],
        "showlegend": False,
    }
    y_axis = {**value_axis(), "rangemode": "tozero", "nticks": 5}
    return build(
        [trace],
        {"xaxis": {**calendar.axis(), "showgrid": False}, "yaxis": y_axis},
        look,
        height=180,
        alt=tell(look.title, calendar.told(days, look.unit), look.note),
        table=table,
    )


def _strips(
    table: pd.DataFrame,
    counts: Mapping[tuple[str, Date], float],
    calendar: _Calendar,
    look: Look,
) -> Figure:
    totals: dict[str, float] = {}
    days: dict[Date, float] = {}
    for (name, when), n in counts.items():
        totals[name] = totals.get(name, 0.0) + n
        days[when] = days.get(when, 0.0) + n
    alt = tell(look.title, calendar.told(days, look.unit), look.note)
    ranked = sorted(totals, key=lambda name: (-totals[name], name))
    kept, left = ranked[: look.top or 14], ranked[look.top or 14 :]
    names = ordered(kept, look.order)
    if left:
        rest = count(int(sum(totals[name] for name in left)), look.unit)
        look = replace(look, note=not_shown(look.note, f"{further(left)} ({rest})"))
    paint = group_colours(names, look.order)
    place = {name: i for i, name in enumerate(names)}
    dots = sorted((place[name], d, n) for (name, d), n in counts.items() if name in place)
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [d.isoformat() for _, d, _ in dots],
        "y": [i for i, _, _ in dots],
        "marks": [(names[i], d.isoformat()) for i, d, _ in dots],
        "text": [number(int(n)) if n > 1 else "" for _, _, n in dots],
        "textfont": {"size": 10, "color": "#ffffff"},
        "textposition": "middle center",
        "marker": {
            "size": _sizes([n for _, _, n in dots]),
            "color": [paint[names[i]] for i, _, _ in dots],
            "opacity": 0.92,
            "line": {"width": 0},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            hover(names[i], calendar.named(d), count(int(n), look.unit)) for i, d, n in dots
        ],
        "showlegend": False,
    }
    rows = {**category_axis(names, totals=totals), "showgrid": True, "gridcolor": GRID}
    return build(
        [trace],
        {"xaxis": calendar.axis(), "yaxis": {**rows, "tickfont": {"color": INK}}},
        look,
        height=(ROW + 3) * len(names) + 12,
        alt=alt,
        table=table,
    )


def _sizes(counts: list[float]) -> list[float]:
    """The circles of all counts: area by number, and never too small to hold it."""
    biggest = max(counts)
    return [max(8 + 14 * ((n - 1) / max(biggest - 1, 1)) ** 0.5, _least(n)) for n in counts]


def _least(n: float) -> float:
    """The smallest circle that holds its number; one alone has none."""
    return 8.0 if n <= 1 else 9.0 + 5.0 * len(str(int(n)))


def _day(value: Any) -> Date | None:
    if value is None:
        return None
    if hasattr(value, "date") and callable(value.date):
        return value.date()
    try:
        return Date.fromisoformat(clean(value)[:10])
    except ValueError:
        return None
