"""Time: when each outlet wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from helpers.charts.bars import _ordered
from helpers.charts.figure import (
    GRID,
    INK,
    PALETTE,
    ROW,
    Figure,
    build,
    category_axis,
    column,
    hover,
    nothing,
    numbers,
    outlet_colours,
    tell,
    value_axis,
)
from helpers.wording import clean, count, number

if TYPE_CHECKING:
    import pandas as pd

_DAYS_AS_DAYS = 62
_DAYS_AS_WEEKS = 420


def timeline(
    frame: pd.DataFrame,
    *,
    date: str,
    title: str,
    group: str | None = None,
    value: str | None = None,
    noun: str = "article",
    order: Sequence[str] | None = None,
    colours: Mapping[str, str] | None = None,
    top: int = 14,
    note: str = "",
) -> Figure:
    """How many per day: bars, or with ``group`` a row of circles per outlet, area by number.

    ``frame`` has one row per thing with a ``date`` (YYYY-MM-DD), or one per date (and group) with
    its number in ``value``. Longer spans are counted by week or month. What has no date is left
    out and stated.
    """
    weights = [1.0 if w is None else w for w in numbers(frame, value)]
    groups = column(frame, group) if group else [""] * len(frame)
    points: list[tuple[Date, str, float]] = []
    undated = 0.0
    for day, g, w in zip(column(frame, date), groups, weights, strict=True):
        when = _day(day)
        if w <= 0:
            continue
        if when is None:
            undated += w
        else:
            points.append((when, "not known" if g is None else str(g), w))
    missing = (
        f"{count(int(undated), noun)} without a date not shown." if undated else ""
    )  # fmt: skip
    if not points:
        return nothing(title, f"no {noun} has a date", frame)
    first, last = min(p[0] for p in points), max(p[0] for p in points)
    step = _step(first, last)
    counts: dict[tuple[str, Date], float] = {}
    for when, g, w in points:
        counts[g, _start(when, step)] = counts.get((g, _start(when, step)), 0.0) + w
    subtitle = " ".join(
        w for w in (note, f"Counted by {step}." if step != "day" else "", missing) if w
    )
    days: dict[Date, float] = {}
    for (_, when), n in counts.items():
        days[when] = days.get(when, 0.0) + n
    peak = max(sorted(days), key=lambda d: days[d])
    total = count(int(sum(days.values())), noun)
    words = (
        f"{total} between {first.isoformat()} and {last.isoformat()}; most "
        f"({number(int(days[peak]))}) {'on' if step == 'day' else f'in the {step} of'} "
        f"{peak.isoformat()}."
        if last > first
        else f"{total}, all of {first.isoformat()}."
    )
    edge = {"day": 1, "week": 5, "month": 18}[step]
    x_axis: dict[str, Any] = {
        **value_axis("", ""),
        "type": "date",
        "tickformat": "%-d %b\n%Y" if step != "month" else "%b\n%Y",
        "range": [
            (_start(first, step) - timedelta(days=edge)).isoformat(),
            (last + timedelta(days=edge)).isoformat(),
        ],
        "zeroline": False,
    }
    if step == "day":
        x_axis["tick0"] = first.isoformat()
        x_axis["dtick"] = 86_400_000 * max(1, -(-(last - first).days // 8))
    if group is None:
        return _columns(
            frame, days, x_axis, title, subtitle, noun, step, tell(title, words, subtitle)
        )
    return _strips(
        frame, counts, x_axis, title, subtitle, noun, step,
        order, colours, top, tell(title, words, subtitle),
    )  # fmt: skip


def _columns(
    frame: pd.DataFrame,
    days: Mapping[Date, float],
    x_axis: dict[str, Any],
    title: str,
    subtitle: str,
    noun: str,
    step: str,
    alt: str,
) -> Figure:
    when = sorted(days)
    width = {"day": 0.8, "week": 6.0, "month": 24.0}[step] * 86_400_000
    trace = {
        "type": "bar",
        "x": [d.isoformat() for d in when],
        "y": [days[d] for d in when],
        "width": width,
        "marker": {"color": PALETTE[0]},
        "hoverinfo": "text",
        "hovertext": [hover(d.isoformat(), count(int(days[d]), noun)) for d in when],
        "showlegend": False,
    }
    y_axis = {**value_axis("", ""), "rangemode": "tozero", "nticks": 5}
    return build(
        [trace],
        {"xaxis": {**x_axis, "showgrid": False}, "yaxis": y_axis},
        title=title,
        subtitle=subtitle,
        height=180,
        alt=alt,
        table=frame,
    )


def _strips(
    frame: pd.DataFrame,
    counts: Mapping[tuple[str, Date], float],
    x_axis: dict[str, Any],
    title: str,
    subtitle: str,
    noun: str,
    step: str,
    order: Sequence[str] | None,
    colours: Mapping[str, str] | None,
    top: int,
    alt: str,
) -> Figure:
    totals: dict[str, float] = {}
    for (g, _), n in counts.items():
        totals[g] = totals.get(g, 0.0) + n
    names = _ordered(set(totals), sorted(totals, key=lambda g: (-totals[g], g)), order)
    if len(names) > top:
        keep = set(sorted(totals, key=lambda g: (-totals[g], g))[:top])
        left = [n for n in names if n not in keep]
        names = [n for n in names if n in keep]
        rest = count(int(sum(totals[n] for n in left)), noun)
        subtitle = f"{subtitle} {count(len(left), 'further row')} ({rest}) not shown.".strip()
    paint = {**outlet_colours(order or names), **(colours or {})}
    place = {n: i for i, n in enumerate(names)}
    dots = sorted((place[g], d, n) for (g, d), n in counts.items() if g in place)
    biggest = max(n for _, _, n in dots)
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [d.isoformat() for _, d, _ in dots],
        "y": [i for i, _, _ in dots],
        "text": [number(int(n)) if n > 1 else "" for _, _, n in dots],
        "textfont": {"size": 10, "color": "#ffffff"},
        "textposition": "middle center",
        "marker": {
            "size": [max(8 + 14 * ((n - 1) / max(biggest - 1, 1)) ** 0.5, _least(n))
                     for _, _, n in dots],
            "color": [paint.get(names[i], PALETTE[0]) for i, _, _ in dots],
            "opacity": 0.92,
            "line": {"width": 0},
        },
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            hover(names[i], f"{step} of {d.isoformat()}" if step != "day" else d.isoformat(),
                  count(int(n), noun))
            for i, d, n in dots
        ],
        "showlegend": False,
    }  # fmt: skip
    rows = {**category_axis(names), "showgrid": True, "gridcolor": GRID}
    rows["ticktext"] = [
        f"{text}  <span style='font-size:11px'>{number(int(totals[n]))}</span>"
        for text, n in zip(rows["ticktext"], names, strict=True)
    ]
    rows["tickfont"] = {"color": INK}
    return build(
        [trace],
        {"xaxis": x_axis, "yaxis": rows},
        title=title,
        subtitle=subtitle,
        height=(ROW + 3) * len(names) + 12,
        alt=alt,
        table=frame,
    )


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


def _step(first: Date, last: Date) -> str:
    span = (last - first).days
    if span <= _DAYS_AS_DAYS:
        return "day"
    return "week" if span <= _DAYS_AS_WEEKS else "month"


def _start(when: Date, step: str) -> Date:
    if step == "week":
        return when - timedelta(days=when.weekday())
    return when.replace(day=1) if step == "month" else when
