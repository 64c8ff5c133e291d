"""Bars: ranked, shares of a whole, and to two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.charts.figure import (
    INK,
    PALETTE,
    ROW,
    Figure,
    build,
    category_axis,
    column,
    hover,
    label,
    nothing,
    numbers,
    on_colour,
    outlet_colours,
    part_colours,
    rounded,
    tell,
    value_axis,
)
from helpers.wording import amount, between, clean, count, listing, number, percent, plural

if TYPE_CHECKING:
    import pandas as pd


def ranked_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    group: str | None = None,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
    axis: str = "",
    top: int = 12,
    order: Sequence[str] | None = None,
    colours: Mapping[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Horizontal bars, longest first, one per ``label`` (and per ``group``), whiskers from
    ``low`` to ``high``.

    ``frame`` has one row per label and group. ``unit="share"`` writes percentages. ``order`` fixes
    the order of the groups, ``colours`` their colours (`outlet_colours`). Labels beyond ``top``
    are left out and counted in the subtitle.
    """
    rows = _rows(frame, label, value, group, low, high)
    if not rows:
        return nothing(title, "no row has a number", frame)
    axis = axis or (
        plural(unit) if unit.isalpha() and unit != "share" else unit * (unit != "share")
    )
    groups = _ordered({r["group"] for r in rows}, [r["group"] for r in rows], order)
    totals: dict[str, float] = {}
    for r in rows:
        totals[r["label"]] = totals.get(r["label"], 0.0) + r["value"]
    names = sorted(totals, key=lambda n: -totals[n])  # equal ones keep the frame's order
    shown, left = names[:top], names[top:]
    place = {n: i for i, n in enumerate(shown)}
    paint = {**outlet_colours(groups), **(colours or {})}
    thick = 0.78 / len(groups)
    traces: list[dict[str, Any]] = []
    for g, name in enumerate(groups):
        mine = [r for r in rows if r["group"] == name and r["label"] in place]
        mine.sort(key=lambda r: place[r["label"]])
        at = [place[r["label"]] + (g - (len(groups) - 1) / 2) * thick for r in mine]
        colour = paint.get(name, PALETTE[g % len(PALETTE)])
        tips = [_tip(r, group is not None, axis, unit) for r in mine]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": _name(name),
                "x": [r["value"] for r in mine],
                "y": at,
                "width": thick * 0.88,
                "marker": {"color": colour},
                "error_x": _whiskers(mine),
                "hoverinfo": "text",
                "hovertext": tips,
                "showlegend": group is not None and len(groups) > 1,
            }
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [max(r["value"], r["high"] or r["value"]) for r in mine],
                "y": at,
                "text": [f"  {amount(r['value'], unit)}" for r in mine],
                "textposition": "middle right",
                "textfont": {"size": 11 if len(groups) < 3 else 10, "color": INK},
                "cliponaxis": False,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    reach = max(max(r["value"], r["high"] or 0) for r in rows if r["label"] in place)
    lowest = min(0.0, *(min(r["value"], r["low"] or 0) for r in rows if r["label"] in place))
    each = max(ROW, 14 * len(groups) + 8)
    subtitle = _subtitle(note, left, sum(totals[n] for n in left), unit)
    alt = tell(title, _ranked_words(rows, shown, groups, group is not None, unit, axis), subtitle)
    return build(
        traces,
        {
            "barmode": "overlay",
            "xaxis": {**value_axis(axis, unit), "range": [rounded(lowest), rounded(reach * 1.14)]},
            "yaxis": category_axis(shown),
        },
        title=title,
        subtitle=subtitle,
        height=each * len(shown),
        alt=alt,
        table=frame,
    )


def share_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    part: str,
    value: str,
    title: str,
    parts: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    noun: str = "",
    axis: str = "",
    top: int = 15,
    order: Sequence[str] | None = None,
    note: str = "",
) -> Figure:
    """Bars of 100%, one per ``label``, cut into ``part``: kinds of quotes, voices, sentiments.

    ``frame`` has one row per label and part with the count in ``value``. Each label carries its
    total; ``noun`` names what is counted ("quote"). ``names`` rewords parts for the legend.
    Parts with a fixed meaning (negative, direct, author …) have fixed colours.
    """
    rows = _rows(frame, label, value, part, None, None)
    totals: dict[str, float] = {}
    for r in rows:
        totals[r["label"]] = totals.get(r["label"], 0.0) + r["value"]
    totals = {n: t for n, t in totals.items() if t > 0}
    if not totals:
        return nothing(title, "all counts are zero", frame)
    ranked = sorted(totals, key=lambda n: (-totals[n], n))
    if order is not None:
        ranked = [n for n in dict.fromkeys(order) if n in totals] + [
            n for n in ranked if n not in set(order)
        ]
    shown, left = ranked[:top], ranked[top:]
    pieces = _ordered({r["group"] for r in rows}, [r["group"] for r in rows], parts)
    paint = part_colours(pieces)
    called = {p: (names or {}).get(p, p) for p in pieces}
    cells: dict[tuple[str, str], float] = {}
    for r in rows:
        cells[r["label"], r["group"]] = cells.get((r["label"], r["group"]), 0.0) + r["value"]
    traces = []
    for p in pieces:
        have = [cells.get((n, p), 0.0) for n in shown]
        shares = [h / totals[n] for h, n in zip(have, shown, strict=True)]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": _name(called[p]),
                "x": shares,
                "y": list(range(len(shown))),
                "width": 0.74,
                "marker": {"color": paint[p], "line": {"width": 0}},
                "text": [percent(s) if s >= 0.07 else "" for s in shares],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 11, "color": on_colour(paint[p])},
                "hoverinfo": "text",
                "hovertext": [
                    hover(n, f"{called[p]}: {number(int(h))} of {number(int(totals[n]))}"
                             f" ({percent(s)})")
                    for n, h, s in zip(shown, have, shares, strict=True)
                ],
                "showlegend": True,
            }
        )  # fmt: skip
    subtitle = _subtitle(note, left, sum(totals[n] for n in left), "")
    rows_axis = category_axis(shown)
    rows_axis["ticktext"] = [
        f"{text}  <span style='font-size:11px'>{number(int(totals[n]))}</span>"
        for text, n in zip(rows_axis["ticktext"], shown, strict=True)
    ]
    alt = tell(title, _share_words(cells, totals, shown, pieces, called, noun), subtitle)
    figure = build(
        traces,
        {
            "barmode": "stack",
            "legend": _legend("normal"),
            "xaxis": {
                **value_axis(axis, "share", zero=False),
                "range": [0, 1],
                "showgrid": False,
                "showticklabels": False,
                "automargin": False,
            },
            "yaxis": rows_axis,
        },
        title=title,
        subtitle=subtitle,
        height=max(ROW + 5, 30) * len(shown),
        alt=alt,
        table=frame,
    )
    if not axis:  # every part carries its percentage: no scale is needed
        figure.layout["height"] -= figure.layout["margin"]["b"] - 6
        figure.layout["margin"]["b"] = 6
    return figure


def diverging_bars(
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    left: str,
    right: str,
    low: str | None = None,
    high: str | None = None,
    survives: str | None = None,
    axis: str = "",
    top: int = 12,
    note: str = "",
) -> Figure:
    """Bars to both sides of zero: what speaks for ``left`` (below zero) and ``right`` (above).

    For word shifts and log-odds. The ``top`` strongest of each side are shown. Rows whose column
    ``survives`` is false are drawn hollow: seen here, not shown to be more than chance.
    """
    rows = _rows(frame, label, value, survives, low, high)
    below = sorted((r for r in rows if r["value"] < 0), key=lambda r: (r["value"], r["label"]))
    above = sorted((r for r in rows if r["value"] > 0), key=lambda r: (-r["value"], r["label"]))
    picked = above[:top] + below[:top][::-1]
    if not picked:
        return nothing(title, "nothing differs from zero", frame)
    names = [r["label"] for r in picked]
    values = [r["value"] for r in picked]
    paint = [PALETTE[1] if v > 0 else PALETTE[0] for v in values]
    firm = [survives is None or r["group"] == "True" for r in picked]
    ends = [
        [min(r["value"], r["low"] or 0.0) for r in picked],
        [max(r["value"], r["high"] or 0.0) for r in picked],
    ]
    reach = 1.35 * max(abs(e) for side in ends for e in side)
    rest = len(rows) - len(picked)
    subtitle = " ".join(
        s for s in (note, f"{count(rest, 'row')} nearer to zero not shown." if rest else "") if s
    )
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "x": values,
            "y": list(range(len(picked))),
            "width": 0.7,
            "marker": {
                "color": [c if f else "rgba(128,128,128,0.10)"
                          for c, f in zip(paint, firm, strict=True)],
                "line": {"color": paint, "width": 1.5},
            },
            "error_x": _whiskers(picked),
            "hoverinfo": "text",
            "hovertext": [_tip({**r, "group": ""}, False, axis, "") for r in picked],
            "showlegend": False,
        },
        *(
            {
                "type": "scatter",
                "mode": "text",
                "x": [end for end, v in zip(ends[side], values, strict=True) if (v > 0) == side],
                "y": [i for i, v in enumerate(values) if (v > 0) == side],
                "text": [_gap(n, bool(side)) for n, v in zip(names, values, strict=True)
                         if (v > 0) == side],
                "textposition": "middle right" if side else "middle left",
                "textfont": {"size": 12, "color": INK},
                "cliponaxis": False,
                "hoverinfo": "skip",
                "showlegend": False,
            }
            for side in (0, 1)
        ),
    ]  # fmt: skip
    sides = {
        "annotations": [
            _side(f"← {clean(left, 40)}", 0.0, "left"),
            _side(f"{clean(right, 40)} →", 1.0, "right"),
        ]
    }
    alt = tell(
        title,
        _side_words(above, right),
        _side_words(below, left),
        "Hollow bars are not more than chance could give." if not all(firm) else "",
    )
    return build(
        traces,
        {
            "barmode": "overlay",
            "xaxis": {**value_axis(axis, ""), "range": [rounded(-reach), rounded(reach)]},
            "yaxis": {**category_axis(names), "showticklabels": False,
                      "range": [len(picked) - 0.5, -1.4]},
            **sides,
        },
        title=title,
        subtitle=subtitle,
        height=(ROW - 2) * (len(picked) + 1),
        alt=alt,
        table=frame,
    )  # fmt: skip


def _rows(
    frame: pd.DataFrame,
    name: str,
    value: str,
    group: str | None,
    low: str | None,
    high: str | None,
) -> list[dict[str, Any]]:
    """The frame's rows with a number, as records with fixed names."""
    names = column(frame, name)
    values = numbers(frame, value)
    groups = column(frame, group) if group else [""] * len(names)
    lows, highs = numbers(frame, low), numbers(frame, high)
    return [
        {"label": _key(n), "value": v, "group": _key(g), "low": lo, "high": hi}
        for n, v, g, lo, hi in zip(names, values, groups, lows, highs, strict=True)
        if v is not None
    ]


def _key(value: Any) -> str:
    return "not known" if value is None else str(value)


def _ordered(have: set[str], seen: Sequence[str], order: Sequence[str] | None) -> list[str]:
    """The given order first, then the rest as they came."""
    ranked = [o for o in dict.fromkeys(order or ()) if o in have]
    return ranked + [g for g in dict.fromkeys(seen) if g not in set(ranked)]


def _name(text: str) -> str:
    return label(text, 34)


def _whiskers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    if not any(r["low"] is not None and r["high"] is not None for r in rows):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, (r["high"] or r["value"]) - r["value"]) for r in rows],
        "arrayminus": [
            max(0.0, r["value"] - (r["value"] if r["low"] is None else r["low"])) for r in rows
        ],
        "color": INK,
        "thickness": 1.2,
        "width": 3,
    }


def _tip(row: Mapping[str, Any], grouped: bool, axis: str, unit: str) -> str:
    inside = between(row["low"], row["high"], unit)
    return hover(
        row["label"],
        row["group"] if grouped else "",
        f"{amount(row['value'], unit)} {axis if unit != 'share' else ''}".strip(),
        f"interval {inside}" if inside else "",
    )


def _subtitle(note: str, left: Sequence[str], rest: float, unit: str) -> str:
    words = note
    if left:
        tail = "" if unit == "share" else f" ({amount(rest)} together)"
        words = f"{words} {count(len(left), 'further row')}{tail} not shown.".strip()
    return words


def _legend(order: str) -> dict[str, Any]:
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
        "traceorder": order, "itemclick": False, "itemdoubleclick": False,
    }  # fmt: skip


def _gap(name: str, right: bool) -> str:
    text = label(name, 24)
    return f" {text}" if right else f"{text} "


def _side(words: str, x: float, anchor: str) -> dict[str, Any]:
    return {
        "text": label(words, None), "x": x, "xref": "paper", "xanchor": anchor,
        "y": -0.95, "yref": "y", "yanchor": "middle", "showarrow": False,
        "font": {"size": 12, "color": INK},
    }  # fmt: skip


def _ranked_words(
    rows: Sequence[Mapping[str, Any]],
    shown: Sequence[str],
    groups: Sequence[str],
    grouped: bool,
    unit: str,
    axis: str,
) -> str:
    """The longest bars in words; with groups, the span between groups for the first labels."""
    what = f" {clean(axis)}" if axis and unit != "share" else ""
    told = []
    for name in shown[:3]:
        mine = [r for r in rows if r["label"] == name]
        if grouped and len(groups) > 1:
            best = max(mine, key=lambda r: (r["value"], r["group"]))
            least = min(mine, key=lambda r: (r["value"], r["group"]))
            told.append(
                f"{clean(name, 40)} (most in {clean(best['group'], 30)}: "
                f"{amount(best['value'], unit)}"
                + (f"; least in {clean(least['group'], 30)}: {amount(least['value'], unit)})"
                   if least is not best else ")")
            )  # fmt: skip
        else:
            inside = between(mine[0]["low"], mine[0]["high"], unit)
            told.append(
                f"{clean(name, 40)} ({_much(mine[0]['value'], unit, what)}"
                + (f", interval {inside})" if inside else ")")
            )
    start = "Highest" if len(shown) > 1 else "Only"
    return f"{start}: {listing(told)}."


def _much(value: float, unit: str, what: str) -> str:
    if unit.isalpha() and unit != "share" and float(value).is_integer():
        return count(int(value), unit)
    return f"{amount(value, unit)}{what}"


def _share_words(
    cells: Mapping[tuple[str, str], float],
    totals: Mapping[str, float],
    shown: Sequence[str],
    pieces: Sequence[str],
    called: Mapping[str, str],
    noun: str,
) -> str:
    told = []
    for n in shown[:4]:
        biggest = [p for p in pieces if cells.get((n, p))]
        biggest.sort(key=lambda p: -cells[n, p])
        shares = [
            f"{clean(called[p], 24)} {percent(cells.get((n, p), 0.0) / totals[n])}"
            for p in biggest[:2]
        ]
        whole = count(int(totals[n]), noun) if noun else number(int(totals[n]))
        told.append(f"{clean(n, 40)} {', '.join(shares)} (of {whole})")
    return f"Largest parts: {'; '.join(told)}."


def _side_words(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    if not rows:
        return f"Nothing towards {clean(name, 40)}."
    told = [f"{clean(r['label'], 30)} ({number(r['value'])})" for r in rows[:3]]
    return f"Strongest towards {clean(name, 40)}: {listing(told)}."
