"""Bars: ranked, and shares of a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    Columns,
    Estimate,
    bar,
    cells,
    estimates,
    further,
    group_colours,
    legend_name,
    not_shown,
    ordered,
    sums,
    tip,
    whiskers,
    words_at,
)
from helpers.charts.figure import (
    ROW,
    Figure,
    Look,
    build,
    category_axis,
    hover,
    nothing,
    on_colour,
    part_colours,
    rounded,
    tell,
    value_axis,
)
from helpers.wording import amount, between, clean, count, listing, number, percent, plural

if TYPE_CHECKING:
    import pandas as pd

_WRITTEN_FROM = 0.07
"""Shares below it have no room for their number."""


def ranked_bars(table: pd.DataFrame, columns: Columns, look: Look) -> Figure:
    """Horizontal bars, longest first, one per label (and per group), whiskers from low to high.

    ``table`` has one row per label and group. Labels beyond the top 12 are left out and counted
    in the subtitle.
    """
    rows = estimates(table, columns)
    if not rows:
        return nothing(look, "no row has a number", table)
    groups = ordered((r.group for r in rows), look.order)
    totals = sums(rows)
    names = sorted(totals, key=lambda n: -totals[n])  # equal ones keep the table's order
    shown, left = names[: look.top or 12], names[look.top or 12 :]
    place = {n: i for i, n in enumerate(shown)}
    drawn = [r for r in rows if r.label in place]
    look = replace(
        look,
        axis=look.axis or _counted(look.unit),
        note=not_shown(look.note, _together(left, totals, look.unit)),
    )
    paint = group_colours(groups, look.order)
    thick = 0.78 / len(groups)
    traces: list[dict[str, Any]] = []
    for g, name in enumerate(groups):
        mine = sorted((r for r in drawn if r.group == name), key=lambda r: place[r.label])
        at = [place[r.label] + (g - (len(groups) - 1) / 2) * thick for r in mine]
        tips = [tip(r, look.axis, look.unit, group=name) for r in mine]
        traces += [
            {
                **bar([r.value for r in mine], at, paint[name], width=thick * 0.88, tips=tips),
                "name": legend_name(name),
                "marks": [(r.label, r.group) for r in mine],
                "error_x": whiskers(mine),
                "showlegend": len(groups) > 1,
            },
            _numbers(mine, at, look.unit, size=11 if len(groups) < 3 else 10),
        ]
    reach = max(max(r.value, r.high or 0) for r in drawn)
    lowest = min(0.0, *(min(r.value, r.low or 0) for r in drawn))
    return build(
        traces,
        {
            "barmode": "overlay",
            "xaxis": {
                **value_axis(look.axis, look.unit),
                "range": [rounded(lowest), rounded(reach * 1.14)],
            },
            "yaxis": category_axis(shown),
        },
        look,
        height=max(ROW, 14 * len(groups) + 8) * len(shown),
        alt=tell(look.title, _ranked_words(rows, shown, look), look.note),
        table=table,
    )


def share_bars(
    table: pd.DataFrame, columns: Columns, look: Look, *, parts: Sequence[str] | None = None
) -> Figure:
    """Bars of 100%, one per label, cut into groups: kinds of quotes, voices, sentiments.

    ``table`` has one row per label and group with its count; ``parts`` orders the groups. Each
    label carries its total. Parts with a fixed meaning (negative, direct, author …) have fixed
    colours.
    """
    rows = estimates(table, columns)
    totals = {n: t for n, t in sums(rows).items() if t > 0}
    if not totals:
        return nothing(look, "all counts are zero", table)
    ranked = ordered(sorted(totals, key=lambda n: (-totals[n], n)), look.order)
    shown, left = ranked[: look.top or 15], ranked[look.top or 15 :]
    pieces = ordered((r.group for r in rows), parts)
    paint = part_colours(pieces)
    counts = cells(rows)
    traces = []
    for p in pieces:
        have = [counts.get((n, p), 0.0) for n in shown]
        shares = [h / totals[n] for h, n in zip(have, shown, strict=True)]
        tips = [
            hover(n, f"{p}: {number(int(h))} of {number(int(totals[n]))} ({percent(s)})")
            for n, h, s in zip(shown, have, shares, strict=True)
        ]
        traces.append(
            {
                **bar(shares, range(len(shown)), paint[p], width=0.74, tips=tips),
                "marker": {"color": paint[p], "line": {"width": 0}},
                "name": legend_name(p),
                "marks": [(n, p) for n in shown],
                "text": [percent(s) if s >= _WRITTEN_FROM else "" for s in shares],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 11, "color": on_colour(paint[p])},
                "showlegend": True,
            }
        )
    look = replace(look, note=not_shown(look.note, _together(left, totals, "")))
    figure = build(
        traces,
        {
            "barmode": "stack",
            "legend": _legend("normal"),
            "xaxis": {
                **value_axis(unit="share", zero=False),
                "range": [0, 1],
                "showgrid": False,
                "showticklabels": False,
                "automargin": False,
            },
            "yaxis": category_axis(shown, totals=totals),
        },
        look,
        height=max(ROW + 5, 30) * len(shown),
        alt=tell(look.title, _share_words(counts, totals, shown, pieces, look.unit), look.note),
        table=table,
    )
    # every part carries its percentage: no scale is needed
    figure.layout["height"] -= figure.layout["margin"]["b"] - 6
    figure.layout["margin"]["b"] = 6
    return figure


def _numbers(
    rows: Sequence[Estimate], at: Sequence[float], unit: str, *, size: int
) -> dict[str, Any]:
    """The number of each bar behind its end."""
    ends = [max(r.value, r.high or r.value) for r in rows]
    texts = [f"  {amount(r.value, unit)}" for r in rows]
    trace = words_at(ends, at, texts, size=size)
    return {**trace, "textposition": "middle right", "cliponaxis": False}


def _legend(order: str) -> dict[str, Any]:
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "traceorder": order, "itemclick": False, "itemdoubleclick": False,
    }  # fmt: skip


# ---------------------------------------------------------------------------------------- words


def _counted(unit: str) -> str:
    """What the axis counts, from the unit alone."""
    if unit == "share":
        return ""
    return plural(unit) if unit.isalpha() else unit


def _together(left: Sequence[str], totals: Mapping[str, float], unit: str) -> str:
    """How many rows are left out, and what they come to."""
    if not left or unit == "share":
        return further(left)
    return f"{further(left)} ({amount(sum(totals[n] for n in left))} together)"


def _ranked_words(rows: Sequence[Estimate], shown: Sequence[str], look: Look) -> str:
    """The longest bars in words; with groups, the span between groups for the first labels."""
    several = len({r.group for r in rows}) > 1
    told = []
    for name in shown[:3]:
        mine = [r for r in rows if r.label == name]
        inside = _span(mine, look.unit) if several else _value(mine[0], look)
        told.append(f"{clean(name, 40)} ({inside})")
    start = "Highest" if len(shown) > 1 else "Only"
    return f"{start}: {listing(told)}."


def _span(rows: Sequence[Estimate], unit: str) -> str:
    """The groups with the most and the least."""
    best = max(rows, key=lambda r: (r.value, r.group))
    least = min(rows, key=lambda r: (r.value, r.group))
    words = f"most in {clean(best.group, 30)}: {amount(best.value, unit)}"
    if least is not best:
        words += f"; least in {clean(least.group, 30)}: {amount(least.value, unit)}"
    return words


def _value(row: Estimate, look: Look) -> str:
    """One number with what it counts, and its interval."""
    if look.unit.isalpha() and look.unit != "share" and float(row.value).is_integer():
        words = count(int(row.value), look.unit)
    else:
        what = f" {clean(look.axis)}" if look.axis and look.unit != "share" else ""
        words = f"{amount(row.value, look.unit)}{what}"
    inside = between(row.low, row.high, look.unit)
    return f"{words}, interval {inside}" if inside else words


def _share_words(
    counts: Mapping[tuple[str, str], float],
    totals: Mapping[str, float],
    shown: Sequence[str],
    pieces: Sequence[str],
    noun: str,
) -> str:
    told = []
    for n in shown[:4]:
        biggest = [p for p in pieces if counts.get((n, p))]
        biggest.sort(key=lambda p: -counts[n, p])
        shares = [f"{clean(p, 24)} {percent(counts[n, p] / totals[n])}" for p in biggest[:2]]
        whole = count(int(totals[n]), noun) if noun else number(int(totals[n]))
        told.append(f"{clean(n, 40)} {', '.join(shares)} (of {whole})")
    return f"Largest parts: {'; '.join(told)}."
