"""Points: estimates with their intervals, two roles on one line, frequency against weight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.charts.bars import _key, _name, _ordered, _rows, _tip
from helpers.charts.figure import (
    GRID,
    INK,
    PALETTE,
    ROW,
    SYMBOLS,
    ZERO,
    Figure,
    build,
    category_axis,
    column,
    hover,
    label,
    nothing,
    numbers,
    outlet_colours,
    part_colours,
    rounded,
    tell,
    value_axis,
)
from helpers.wording import DESCRIPTIVE, amount, between, clean, count, listing, number

if TYPE_CHECKING:
    import pandas as pd


def dots(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    low: str | None = None,
    high: str | None = None,
    group: str | None = None,
    descriptive: str | None = None,
    reference: float | None = None,
    unit: str = "",
    axis: str = "",
    top: int = 20,
    sort: bool = True,
    order: Sequence[str] | None = None,
    colours: Mapping[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Estimates as dots with their intervals, one row per ``label``, one dot per ``group``.

    Where the column ``descriptive`` is true the dot is hollow: too few articles for more than a
    description. ``reference`` draws a line, such as 0 for differences. ``sort=False`` keeps the
    frame's order of rows.
    """
    rows = _rows(frame, label, value, group, low, high)
    if not rows:
        return nothing(title, "no row has a number", frame)
    flags = column(frame, descriptive) if descriptive else [False] * len(frame)
    flags = [bool(f) for f, v in zip(flags, numbers(frame, value), strict=True) if v is not None]
    rows = [{**r, "hollow": f} for r, f in zip(rows, flags, strict=True)]
    groups = _ordered({r["group"] for r in rows}, [r["group"] for r in rows], order)
    names = list(dict.fromkeys(r["label"] for r in rows))
    if sort:
        peak = {n: max(r["value"] for r in rows if r["label"] == n) for n in names}
        names.sort(key=lambda n: -peak[n])  # equal ones keep the frame's order
    shown, left = names[:top], names[top:]
    place = {n: i for i, n in enumerate(shown)}
    paint = {**outlet_colours(groups), **(colours or {})}
    many = len(groups) > 1
    step = 0.62 / len(groups) if many and (low or len(groups) < 4) else 0.0
    traces = []
    for g, name in enumerate(groups):
        mine = [r for r in rows if r["group"] == name and r["label"] in place]
        colour = paint.get(name, PALETTE[g % len(PALETTE)])
        colour = colour if many else PALETTE[0]
        shape = SYMBOLS[g % len(SYMBOLS)] if many else "circle"
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _name(name),
                "x": [r["value"] for r in mine],
                "y": [place[r["label"]] + (g - (len(groups) - 1) / 2) * step for r in mine],
                "marker": {
                    "color": colour,
                    "size": 9,
                    "symbol": [f"{shape}-open" if r["hollow"] else shape for r in mine],
                    "line": {"width": 1.6, "color": colour},
                },
                "error_x": _bars(mine, colour),
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    _tip(r, many, axis, unit) + (f"<br>{DESCRIPTIVE}" if r["hollow"] else "")
                    for r in mine
                ],
                "showlegend": many,
            }
        )
    words = [note, f"{count(len(left), 'further row')} not shown." if left else ""]
    if any(r["hollow"] for r in rows):
        words.append(f"Hollow: {DESCRIPTIVE}, fewer than four articles on a side.")
    subtitle = " ".join(w for w in words if w)
    x_axis = value_axis(axis, unit)
    if unit == "share" and all((r["low"] or r["value"]) >= 0 for r in rows):
        x_axis["rangemode"] = "tozero"
    layout: dict[str, Any] = {
        "xaxis": x_axis,
        "yaxis": {**category_axis(shown), "showgrid": True, "gridcolor": GRID},
    }
    if reference is not None:
        layout["shapes"] = [_line(reference)]
    alt = tell(title, _dot_words(rows, shown, many, unit), subtitle)
    return build(
        traces,
        layout,
        title=title,
        subtitle=subtitle,
        height=max(ROW, round(9 * len(groups) * bool(step)) + 10) * len(shown) + 10,
        alt=alt,
        table=frame,
    )


def dumbbell(
    frame: pd.DataFrame,
    *,
    label: str,
    role: str,
    value: str,
    title: str,
    roles: tuple[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    unit: str = "",
    axis: str = "",
    top: int = 15,
    note: str = "",
) -> Figure:
    """Two roles of each ``label`` on one line, joined: agent against patient, now against then.

    ``frame`` has one row per label and role. ``roles`` picks and orders the two, ``names`` rewords
    them. Rows are sorted by the gap between the two.
    """
    rows = _rows(frame, label, value, role, None, None)
    pair = list(roles or dict.fromkeys(r["group"] for r in rows))[:2]
    cells: dict[str, dict[str, float]] = {}
    for r in rows:
        if r["group"] in pair:
            cells.setdefault(r["label"], {})[r["group"]] = r["value"]
    if not cells or len(pair) < 2:
        return nothing(title, "there are not two roles to compare", frame)
    first, second = pair
    gap = {n: c.get(second, 0.0) - c.get(first, 0.0) for n, c in cells.items()}
    ranked = sorted(cells, key=lambda n: (-gap[n], n))
    if len(ranked) > top:
        keep = set(sorted(cells, key=lambda n: (-sum(cells[n].values()), n))[:top])
        ranked, left = [n for n in ranked if n in keep], [n for n in ranked if n not in keep]
    else:
        left = []
    called = {p: (names or {}).get(p, p) for p in pair}
    paint = part_colours(pair)
    lines_x: list[float | None] = []
    lines_y: list[float | None] = []
    for i, n in enumerate(ranked):
        lines_x += [cells[n].get(first, 0.0), cells[n].get(second, 0.0), None]
        lines_y += [i, i, None]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "x": lines_x, "y": lines_y,
            "line": {"color": "rgba(128,128,128,0.45)", "width": 3},
            "hoverinfo": "skip", "showlegend": False,
        }
    ]  # fmt: skip
    for p, symbol in zip(pair, ("circle", "diamond"), strict=True):
        values = [cells[n].get(p, 0.0) for n in ranked]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _name(called[p]),
                "x": values,
                "y": list(range(len(ranked))),
                "marker": {"color": paint[p], "size": 11, "symbol": symbol},
                "cliponaxis": False,
                "hoverinfo": "text",
                "hovertext": [
                    hover(n, f"{called[p]}: {amount(v, unit)}")
                    for n, v in zip(ranked, values, strict=True)
                ],
                "showlegend": True,
            }
        )
    subtitle = f"{note} {count(len(left), 'further row')} not shown.".strip() if left else note
    told = [
        f"{clean(n, 40)} ({clean(called[first], 24)} {amount(cells[n].get(first, 0.0), unit)}, "
        f"{clean(called[second], 24)} {amount(cells[n].get(second, 0.0), unit)})"
        for n in sorted(ranked, key=lambda n: (-abs(gap[n]), n))[:3]
    ]
    return build(
        traces,
        {
            "xaxis": {**value_axis(axis, unit), "rangemode": "tozero"},
            "yaxis": category_axis(ranked),
        },
        title=title,
        subtitle=subtitle,
        height=(ROW + 3) * len(ranked) + 10,
        alt=tell(title, f"Widest gaps: {listing(told)}.", subtitle),
        table=frame,
    )


def keyness_scatter(
    frame: pd.DataFrame,
    *,
    title: str,
    term: str = "term",
    frequency: str = "n_target",
    effect: str = "log_odds",
    survives: str = "survives",
    group: str | None = "outlet",
    colours: Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
    top_labels: int = 18,
    axis: str = "weighted log-odds",
    note: str = "",
) -> Figure:
    """Each term by how often it is used and how strongly it leans to its outlet.

    Labels and colour only for terms whose column ``survives`` is true; the rest is a grey cloud,
    which is what chance looks like. At most ``top_labels`` terms carry their name. Of grey terms
    that would lie on one another one is drawn.
    """
    rows = _rows(frame, term, effect, group, None, None)
    frequencies = numbers(frame, frequency)
    firm = [bool(v) for v in column(frame, survives)]
    kept = [
        {**r, "n": n or 0.0, "firm": f}
        for r, n, f in zip(
            rows,
            [n for n, v in zip(frequencies, numbers(frame, effect), strict=True) if v is not None],
            [f for f, v in zip(firm, numbers(frame, effect), strict=True) if v is not None],
            strict=True,
        )
    ]
    if not kept:
        return nothing(title, "no term was tested", frame)
    cloud = _apart([r for r in kept if not r["firm"]], kept)
    strong = sorted(
        (r for r in kept if r["firm"]), key=lambda r: (-abs(r["value"]), r["label"], r["group"])
    )
    groups = _ordered({r["group"] for r in strong}, [r["group"] for r in strong], order)
    paint = {**outlet_colours(order or groups), **(colours or {})}
    named = _room_for_names(strong, kept, top_labels)
    traces = [_terms(cloud, "rgba(128,128,128,0.30)", "circle", "not more than chance", {}, 5)]
    for g, name in enumerate(groups):
        mine = [r for r in strong if r["group"] == name]
        colour = paint.get(name, PALETTE[g % len(PALETTE)])
        traces.append(_terms(mine, colour, SYMBOLS[g % len(SYMBOLS)], name or "survives", named, 9))
    best = [
        f"“{clean(r['label'], 30)}”" + (f" in {clean(r['group'], 30)}" if r["group"] else "")
        + f" ({number(r['value'])}, used {number(int(r['n']))} times)"
        for r in strong[:3]
    ]  # fmt: skip
    outlets = {r["group"] for r in kept}
    drawn = f"Of {count(len({r['label'] for r in kept}), 'term')}" + (
        f" in {count(len(outlets), group)}" if group and len(outlets) > 1 else ""
    )
    verdict = f"{drawn} {number(len(strong))} survive" + ("s" if len(strong) == 1 else "")
    alt = tell(title, f"{verdict}: {listing(best)}." if best else f"{drawn} none survives.", note)
    log_axis = {
        **value_axis("uses (log scale)", ""),
        "type": "log",
        "dtick": 1,
        "minor": {"ticks": "", "dtick": "D2"},
        "zeroline": False,
    }
    highest = max(math.log10(max(r["n"], 1.0)) for r in kept)
    log_axis["range"] = [-0.12, rounded(highest + 0.25)]
    return build(
        traces,
        {"xaxis": log_axis, "yaxis": value_axis(axis, "")},
        title=title,
        subtitle=note,
        height=380,
        alt=alt,
        table=frame,
    )


def _apart(
    cloud: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """One term of those whose dots lie on one another: thirty outlets share tens of thousands.

    The strongest is drawn, by a grid of 3 pixels on a plot of usual size.
    """
    values = [r["value"] for r in kept]
    lowest = min(values)
    tall = (max(values) - lowest) / 110 or 1.0
    wide = (max(math.log10(max(r["n"], 1.0)) for r in kept) + 0.37) / 200
    cells: dict[tuple[int, int], Mapping[str, Any]] = {}
    for r in sorted(cloud, key=lambda r: (-abs(r["value"]), r["label"], r["group"])):
        at = int(math.log10(max(r["n"], 0.8)) / wide), int((r["value"] - lowest) / tall)
        cells.setdefault(at, r)
    return list(cells.values())


def _room_for_names(
    strong: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]], limit: int
) -> dict[tuple[str, str], str]:
    """The side on which a term's name fits without lying on another name; strongest terms first.

    Measured on a plot of usual size (620 × 330 pixels, 6.5 a letter); a name without room is left
    to the hover text and the table.
    """
    widest = max(math.log10(max(r["n"], 1.0)) for r in kept) + 0.37
    values = [r["value"] for r in kept]
    span = (max(values) - min(values)) or 1.0
    taken: list[tuple[float, float, float, float]] = []
    sides: dict[tuple[str, str], str] = {}
    for r in strong:
        x = 620 * (math.log10(max(r["n"], 0.8)) + 0.12) / widest
        y = 330 * (max(values) - r["value"]) / span
        taken.append((x - 5, y - 5, x + 5, y + 5))
    for i, r in enumerate(strong[: 3 * limit]):
        if len(sides) == limit:
            break
        wide = 6.5 * len(clean(r["label"], 24))
        x, y = taken[i][0] + 5, taken[i][1] + 5
        for side, box in (
            ("middle right", (x + 7, y - 7, x + 9 + wide, y + 7)),
            ("middle left", (x - 9 - wide, y - 7, x - 7, y + 7)),
            ("top center", (x - wide / 2, y - 20, x + wide / 2, y - 6)),
            ("bottom center", (x - wide / 2, y + 6, x + wide / 2, y + 20)),
        ):
            free = all(
                box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken
            )
            if free and box[0] >= -10 and box[2] <= 660:
                sides[r["label"], r["group"]] = side
                taken.append(box)
                break
    return sides


def _terms(
    rows: Sequence[Mapping[str, Any]],
    colour: str,
    symbol: str,
    name: str,
    named: Mapping[tuple[str, str], str],
    size: int,
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "name": _name(name),
        "x": [max(r["n"], 0.8) for r in rows],
        "y": [r["value"] for r in rows],
        "text": [label(r["label"], 24) if (r["label"], r["group"]) in named else "" for r in rows],
        "textposition": [named.get((r["label"], r["group"]), "middle right") for r in rows],
        "textfont": {"size": 11, "color": INK},
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            hover(f"{r['label']}", _key(r["group"]), f"{number(int(r['n']))} uses",
                  f"weight {number(r['value'])}")
            for r in rows
        ],
        "showlegend": bool(rows),
    }  # fmt: skip


def _bars(rows: Sequence[Mapping[str, Any]], colour: str) -> dict[str, Any] | None:
    if not any(r["low"] is not None and r["high"] is not None for r in rows):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, (r["high"] or r["value"]) - r["value"])
                  if r["high"] is not None else 0.0 for r in rows],
        "arrayminus": [max(0.0, r["value"] - r["low"]) if r["low"] is not None else 0.0
                       for r in rows],
        "color": colour,
        "thickness": 1.6,
        "width": 0,
    }  # fmt: skip


def _line(x: float) -> dict[str, Any]:
    return {
        "type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": ZERO, "width": 1, "dash": "dot"}, "layer": "below",
    }  # fmt: skip


def _dot_words(
    rows: Sequence[Mapping[str, Any]], shown: Sequence[str], many: bool, unit: str
) -> str:
    told = []
    ranked = sorted(
        (r for r in rows if r["label"] in set(shown)),
        key=lambda r: (-r["value"], r["label"], r["group"]),
    )
    ends = ranked if len(ranked) < 4 else [*ranked[:2], ranked[-1]]
    for r in ends:
        where = f" in {clean(r['group'], 30)}" if many else ""
        inside = between(r["low"], r["high"], unit)
        told.append(
            f"{clean(r['label'], 40)}{where} {amount(r['value'], unit)}"
            + (f" (interval {inside})" if inside else "")
        )
    return f"From highest to lowest: {'; '.join(told)}."
