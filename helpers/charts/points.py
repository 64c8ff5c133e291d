"""Points: estimates with their intervals, and two roles on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    Columns,
    Estimate,
    cells,
    estimates,
    further,
    group_colours,
    legend_name,
    not_shown,
    ordered,
    tip,
    whiskers,
)
from helpers.charts.figure import (
    GRID,
    PALETTE,
    ROW,
    SYMBOLS,
    ZERO,
    Figure,
    Look,
    build,
    category_axis,
    hover,
    nothing,
    part_colours,
    tell,
    value_axis,
)
from helpers.wording import DESCRIPTIVE, amount, between, clean, listing

if TYPE_CHECKING:
    import pandas as pd


def dots(
    table: pd.DataFrame,
    columns: Columns,
    look: Look,
    *,
    descriptive: str | None = None,
    reference: float | None = None,
    sort: bool = True,
) -> Figure:
    """Estimates as dots with their intervals, one row per label, one dot per group.

    Where the column ``descriptive`` is true the dot is hollow: too few articles for more than a
    description. ``reference`` draws a line, such as 0 for differences. ``sort=False`` keeps the
    table's order of rows.
    """
    rows = estimates(table, columns, marked=descriptive)
    if not rows:
        return nothing(look, "no row has a number", table)
    groups = ordered((r.group for r in rows), look.order)
    names = _by_peak(rows) if sort else list(dict.fromkeys(r.label for r in rows))
    shown, left = names[: look.top or 20], names[look.top or 20 :]
    place = {n: i for i, n in enumerate(shown)}
    apart = columns.low is not None or len(groups) < 4
    step = 0.62 / len(groups) if len(groups) > 1 and apart else 0.0
    paint = group_colours(groups, look.order) if len(groups) > 1 else {groups[0]: PALETTE[0]}
    traces = []
    for g, name in enumerate(groups):
        mine = [r for r in rows if r.group == name and r.label in place]
        at = [place[r.label] + (g - (len(groups) - 1) / 2) * step for r in mine]
        trace = _markers(mine, at, look, colour=paint[name], symbol=SYMBOLS[g % len(SYMBOLS)])
        traces.append({**trace, "name": legend_name(name), "showlegend": len(groups) > 1})
    layout: dict[str, Any] = {
        "xaxis": _dots_axis(rows, look),
        "yaxis": {**category_axis(shown), "showgrid": True, "gridcolor": GRID},
    }
    if reference is not None:
        layout["shapes"] = [_line(reference)]
    look = replace(look, note=_dots_note(rows, left, look))
    return build(
        traces,
        layout,
        look,
        height=max(ROW, round(9 * len(groups) * bool(step)) + 10) * len(shown) + 10,
        alt=tell(look.title, _dot_words(rows, shown, look.unit), look.note),
        table=table,
    )


def dumbbell(
    table: pd.DataFrame, columns: Columns, look: Look, *, roles: tuple[str, str] | None = None
) -> Figure:
    """Two roles of each label on one line, joined: agent against patient, now against then.

    ``table`` has one row per label and role (its group). ``roles`` picks and orders the two. Rows
    are sorted by the gap between the two.
    """
    rows = estimates(table, columns)
    pair = list(roles or dict.fromkeys(r.group for r in rows))[:2]
    found = cells(r for r in rows if r.group in pair)
    labels = list(dict.fromkeys(name for name, _ in found))
    if not labels or len(pair) < 2:
        return nothing(look, "there are not two roles to compare", table)
    first, second = ({n: found.get((n, role), 0.0) for n in labels} for role in pair)
    gap = {n: second[n] - first[n] for n in labels}
    most = look.top or 15
    keep = set(sorted(labels, key=lambda n: (-(first[n] + second[n]), n))[:most])
    ranked = sorted(keep, key=lambda n: (-gap[n], n))
    left = [n for n in labels if n not in keep]
    traces = [_joined([(first[n], second[n]) for n in ranked])]
    paint = part_colours(pair)
    for role, values, symbol in zip(pair, (first, second), ("circle", "diamond"), strict=True):
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": legend_name(role),
                "x": [values[n] for n in ranked],
                "y": list(range(len(ranked))),
                "marks": [(n, role) for n in ranked],
                "marker": {"color": paint[role], "size": 11, "symbol": symbol},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [hover(n, f"{role}: {amount(values[n], look.unit)}") for n in ranked],
                "showlegend": True,
            }
        )
    told = [
        f"{clean(n, 40)} ({clean(pair[0], 24)} {amount(first[n], look.unit)}, "
        f"{clean(pair[1], 24)} {amount(second[n], look.unit)})"
        for n in sorted(ranked, key=lambda n: (-abs(gap[n]), n))[:3]
    ]
    look = replace(look, note=not_shown(look.note, further(left)))
    return build(
        traces,
        {
            "xaxis": {**value_axis(look.axis, look.unit), "rangemode": "tozero"},
            "yaxis": category_axis(ranked),
        },
        look,
        height=(ROW + 3) * len(ranked) + 10,
        alt=tell(look.title, f"Widest gaps: {listing(told)}.", look.note),
        table=table,
    )


# ----------------------------------------------------------------------------------------- dots


def _by_peak(rows: Sequence[Estimate]) -> list[str]:
    """The labels by their highest value; equal ones keep the table's order."""
    peak: dict[str, float] = {}
    for r in rows:
        peak[r.label] = max(r.value, peak.get(r.label, r.value))
    return sorted(peak, key=lambda n: -peak[n])


def _markers(
    rows: Sequence[Estimate], at: Sequence[float], look: Look, *, colour: str, symbol: str
) -> dict[str, Any]:
    """Dots with whiskers, those of marked rows hollow."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r.value for r in rows],
        "y": at,
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": [f"{symbol}-open" if r.marked else symbol for r in rows],
            "line": {"width": 1.6, "color": colour},
        },
        "error_x": whiskers(rows, colour, thickness=1.6, width=0),
        "cliponaxis": False,
        "marks": [(r.label, r.group) for r in rows],
        "hoverinfo": "text",
        "hovertext": [
            tip(r, look.axis, look.unit, group=r.group) + (f"<br>{DESCRIPTIVE}" if r.marked else "")
            for r in rows
        ],
    }


def _dots_axis(rows: Sequence[Estimate], look: Look) -> dict[str, Any]:
    """The axis of numbers; shares that are nowhere below zero begin there."""
    axis = value_axis(look.axis, look.unit)
    if look.unit == "share" and all((r.low or r.value) >= 0 for r in rows):
        axis["rangemode"] = "tozero"
    return axis


def _dots_note(rows: Sequence[Estimate], left: Sequence[str], look: Look) -> str:
    hollow = f"Hollow: {DESCRIPTIVE}, fewer than four articles on a side."
    words = [not_shown(look.note, further(left)), hollow if any(r.marked for r in rows) else ""]
    return " ".join(w for w in words if w)


def _dot_words(rows: Sequence[Estimate], shown: Sequence[str], unit: str) -> str:
    several = len({r.group for r in rows}) > 1
    ranked = sorted(
        (r for r in rows if r.label in set(shown)), key=lambda r: (-r.value, r.label, r.group)
    )
    told = []
    for r in ranked if len(ranked) < 4 else [*ranked[:2], ranked[-1]]:
        where = f" in {clean(r.group, 30)}" if several else ""
        inside = between(r.low, r.high, unit)
        interval = f" (interval {inside})" if inside else ""
        told.append(f"{clean(r.label, 40)}{where} {amount(r.value, unit)}{interval}")
    return f"From highest to lowest: {'; '.join(told)}."


def _line(x: float) -> dict[str, Any]:
    return {
        "type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": ZERO, "width": 1, "dash": "dot"}, "layer": "below",
    }  # fmt: skip


# ------------------------------------------------------------------------------------- dumbbell


def _joined(pairs: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """A line from the first to the second role of each row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i, (first, second) in enumerate(pairs):
        x += [first, second, None]
        y += [i, i, None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y,
        "line": {"color": "rgba(128,128,128,0.45)", "width": 3},
        "hoverinfo": "skip", "showlegend": False,
    }  # fmt: skip
