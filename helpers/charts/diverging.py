"""Bars to two sides of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    Columns,
    Estimate,
    bar,
    estimates,
    not_shown,
    tip,
    whiskers,
    words_at,
)
from helpers.charts.figure import (
    INK,
    PALETTE,
    ROW,
    Figure,
    Look,
    build,
    category_axis,
    label,
    nothing,
    rounded,
    tell,
    value_axis,
)
from helpers.wording import clean, count, listing, number

if TYPE_CHECKING:
    import pandas as pd

_HOLLOW = "rgba(128,128,128,0.10)"


def diverging_bars(
    table: pd.DataFrame,
    columns: Columns,
    look: Look,
    *,
    left: str,
    right: str,
    certain: str | None = None,
) -> Figure:
    """Bars to both sides of zero: what speaks for ``left`` (below zero) and ``right`` (above).

    For word shifts and log-odds. The top 12 of each side are shown. Rows whose column ``certain``
    is false are drawn hollow: seen here, not shown to be more than chance.
    """
    rows = estimates(table, columns, marked=certain)
    most = look.top or 12
    below = sorted((r for r in rows if r.value < 0), key=lambda r: (r.value, r.label))
    above = sorted((r for r in rows if r.value > 0), key=lambda r: (-r.value, r.label))
    picked = above[:most] + below[:most][::-1]
    if not picked:
        return nothing(look, "nothing differs from zero", table)
    paint = [PALETTE[1] if r.value > 0 else PALETTE[0] for r in picked]
    firm = [certain is None or r.marked for r in picked]
    filled = [c if f else _HOLLOW for c, f in zip(paint, firm, strict=True)]
    tips = [tip(r, look.axis, "") for r in picked]
    bars = bar([r.value for r in picked], range(len(picked)), filled, width=0.7, tips=tips)
    bars["marks"] = [(r.label, r.group) for r in picked]
    bars["marker"]["line"] = {"color": paint, "width": 1.5}
    reach = 1.35 * max(abs(_outer(r, side)) for r in picked for side in (False, True))
    if rest := len(rows) - len(picked):
        look = replace(look, note=not_shown(look.note, f"{count(rest, 'row')} nearer to zero"))
    alt = tell(
        look.title,
        _side_words(above, right),
        _side_words(below, left),
        "Hollow bars are not more than chance could give." if not all(firm) else "",
    )
    return build(
        [
            {**bars, "error_x": whiskers(picked), "showlegend": False},
            _side_names(picked, rightward=False),
            _side_names(picked, rightward=True),
        ],
        {
            "barmode": "overlay",
            "xaxis": {**value_axis(look.axis), "range": [rounded(-reach), rounded(reach)]},
            "yaxis": {
                **category_axis([r.label for r in picked]),
                "showticklabels": False,
                "range": [len(picked) - 0.5, -1.4],
            },
            "annotations": [
                _side(f"← {clean(left, 40)}", 0.0, "left"),
                _side(f"{clean(right, 40)} →", 1.0, "right"),
            ],
        },
        look,
        height=(ROW - 2) * (len(picked) + 1),
        alt=alt,
        table=table,
    )


def _outer(row: Estimate, rightward: bool) -> float:
    """The end of a bar with its whisker, towards one side, at least zero."""
    return max(row.value, row.high or 0.0) if rightward else min(row.value, row.low or 0.0)


def _side_names(picked: Sequence[Estimate], *, rightward: bool) -> dict[str, Any]:
    """The names of the bars of one side, behind their ends."""
    mine = [(i, r) for i, r in enumerate(picked) if (r.value > 0) == rightward]
    names = [label(r.label, 24) for _, r in mine]
    trace = words_at(
        [_outer(r, rightward) for _, r in mine],
        [i for i, _ in mine],
        [f" {name}" if rightward else f"{name} " for name in names],
        size=12,
    )
    position = "middle right" if rightward else "middle left"
    return {**trace, "textposition": position, "cliponaxis": False}


def _side(words: str, x: float, anchor: str) -> dict[str, Any]:
    return {
        "text": label(words, None), "x": x, "xref": "paper", "xanchor": anchor,
        "y": -0.95, "yref": "y", "yanchor": "middle", "showarrow": False,
        "font": {"size": 12, "color": INK},
    }  # fmt: skip


def _side_words(rows: Sequence[Estimate], name: str) -> str:
    if not rows:
        return f"Nothing towards {clean(name, 40)}."
    told = [f"{clean(r.label, 30)} ({number(r.value)})" for r in rows[:3]]
    return f"Strongest towards {clean(name, 40)}: {listing(told)}."
