"""Grids: two sorts of things against each other, with the number in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpers.charts.figure import (
    CELL_INK,
    CELL_LOW,
    INK,
    LABEL_LIMIT,
    Figure,
    build,
    category_axis,
    column,
    hover,
    nothing,
    numbers,
    rounded,
    tell,
)
from helpers.wording import amount, clean, count, listing

if TYPE_CHECKING:
    import pandas as pd

_FULL = "#126d91"
_BELOW = "#cf5a1f"
_DARK_FROM = 0.72
"""Share of the full colour from which white reads better than dark ink."""
CELL = 30


def heatmap(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    title: str,
    unit: str = "",
    diverging: bool = False,
    row_order: Sequence[str] | None = None,
    column_order: Sequence[str] | None = None,
    top_rows: int = 16,
    top_columns: int = 12,
    axis: str = "",
    note: str = "",
    empty: str = "",
) -> Figure:
    """A grid of cells with their numbers: outlet × frame, speaker × actor, outlet × fact.

    ``frame`` has one row per row and column; combinations that are not in it stay blank (or show
    ``empty``). Without an order, rows and columns are ranked by their sums. ``diverging=True``
    colours below and above zero apart.
    """
    cells = _cells(frame, row, column, value)
    if not cells:
        return nothing(title, "no cell has a number", frame)
    rows = _ranked(cells, 0, row_order)
    columns = _ranked(cells, 1, column_order)
    left_rows, left_columns = rows[top_rows:], columns[top_columns:]
    rows, columns = rows[:top_rows], columns[:top_columns]
    shown = {k: v for k, v in cells.items() if k[0] in set(rows) and k[1] in set(columns)}
    left = [
        count(len(names), f"further {word}")
        for names, word in ((left_rows, "row"), (left_columns, "column"))
        if names
    ]
    subtitle = f"{note} {listing(left)} not shown.".strip() if left else note
    strongest = sorted(shown.items(), key=lambda kv: (-abs(kv[1]), kv[0]))[:3]
    told = [f"{clean(r, 40)} × {clean(c, 40)} ({amount(v, unit)})" for (r, c), v in strongest if v]
    alt = tell(
        title,
        f"{count(len(rows), 'row')} by {count(len(columns), 'column')}; strongest: "
        f"{listing(told)}." if told else "All cells are zero.",
        subtitle,
    )  # fmt: skip
    return _draw(frame, shown, rows, columns, title, subtitle, unit, diverging, axis, empty, alt)


def co_mentions(
    frame: pd.DataFrame,
    *,
    a: str,
    b: str,
    value: str,
    title: str,
    top: int = 12,
    axis: str = "",
    note: str = "",
) -> Figure:
    """Who is named together with whom: a symmetric grid of counts from one row per pair.

    A pair may be given in either order or in both; both halves of the grid show it, the diagonal
    stays blank.
    """
    pairs: dict[frozenset[str], float] = {}
    for (x, y), v in _cells(frame, a, b, value).items():
        if x != y:
            pairs[frozenset((x, y))] = max(v, pairs.get(frozenset((x, y)), 0.0))
    both = {(x, y): v for pair, v in pairs.items() for x in pair for y in pair if x != y}
    if not both:
        return nothing(title, "no two are named together", frame)
    names = _ranked(both, 0, None)
    shown = names[:top]
    keep = set(shown)
    subtitle = (
        f"{note} {count(len(names) - top, 'further row')} not shown.".strip()
        if len(names) > top
        else note
    )
    best = sorted(
        ((v, sorted(pair)) for pair, v in pairs.items() if pair <= keep),
        key=lambda e: (-e[0], e[1]),
    )[:3]
    told = [f"{clean(p[0], 40)} and {clean(p[1], 40)} ({amount(v)})" for v, p in best]
    alt = tell(title, f"Most often together: {listing(told)}.", subtitle)
    cells = {k: v for k, v in both.items() if k[0] in keep and k[1] in keep}
    return _draw(frame, cells, shown, shown, title, subtitle, "", False, axis, "", alt)


def _room(names: list[str]) -> int:
    """Whole statements as rows need more room than names."""
    long = sum(len(name) > LABEL_LIMIT for name in names)
    return 48 if 2 * long > len(names) else LABEL_LIMIT


def _cells(frame: pd.DataFrame, row: str, col: str, value: str) -> dict[tuple[str, str], float]:
    cells: dict[tuple[str, str], float] = {}
    for r, c, v in zip(column(frame, row), column(frame, col), numbers(frame, value), strict=True):
        if v is not None:
            key = ("not known" if r is None else str(r), "not known" if c is None else str(c))
            cells[key] = cells.get(key, 0.0) + v
    return cells


def _ranked(
    cells: dict[tuple[str, str], float], side: int, order: Sequence[str] | None
) -> list[str]:
    sums: dict[str, float] = {}
    for key, v in cells.items():
        sums[key[side]] = sums.get(key[side], 0.0) + abs(v)
    ranked = sorted(sums, key=lambda n: (-sums[n], n))
    if order is None:
        return ranked
    first = [n for n in dict.fromkeys(order) if n in sums]
    return first + [n for n in ranked if n not in set(first)]


def _draw(
    frame: pd.DataFrame,
    cells: dict[tuple[str, str], float],
    rows: list[str],
    columns: list[str],
    title: str,
    subtitle: str,
    unit: str,
    diverging: bool,
    axis: str,
    empty: str,
    alt: str,
) -> Figure:
    limit = max((abs(v) for v in cells.values()), default=0.0) or 1.0
    grid = [[cells.get((r, c)) for c in columns] for r in rows]
    scale: list[list[Any]] = [[0.0, CELL_LOW], [1.0, _FULL]]
    if diverging:
        scale = [[0.0, _BELOW], [0.5, CELL_LOW], [1.0, _FULL]]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": list(range(len(columns))),
            "y": list(range(len(rows))),
            "z": grid,
            "zmin": rounded(-limit if diverging else 0.0),
            "zmax": rounded(limit),
            "colorscale": scale,
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
            "hoverinfo": "text",
            "hoverongaps": False,
            "text": [
                [hover(r, c, f"{amount(cells.get((r, c)), unit)} {axis}".strip()) for c in columns]
                for r in rows
            ],
        }
    ]
    strong = [(k, v) for k, v in cells.items() if abs(v) > _DARK_FROM * limit]
    weak = [(k, v) for k, v in cells.items() if abs(v) <= _DARK_FROM * limit]
    blank = [((r, c), None) for r in rows for c in columns if (r, c) not in cells] if empty else []
    at_row, at_column = {r: i for i, r in enumerate(rows)}, {c: i for i, c in enumerate(columns)}
    for group, ink in ((strong, "#ffffff"), (weak, CELL_INK), (blank, INK)):
        if not group:
            continue
        placed = sorted((at_row[r], at_column[c], v) for (r, c), v in group)
        traces.append(
            {
                "type": "scatter",
                "mode": "text",
                "x": [c for _, c, _ in placed],
                "y": [r for r, _, _ in placed],
                "text": [empty if v is None else amount(v, unit) for _, _, v in placed],
                "textfont": {"size": 11, "color": ink},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    steep = len(columns) > 5 or max(len(clean(c)) for c in columns) > 14
    columns_axis = {
        **category_axis(columns, limit=22),
        "range": [-0.5, len(columns) - 0.5],
        "side": "top",
        "tickangle": -40 if steep else 0,
    }
    figure = build(
        traces,
        {"xaxis": columns_axis, "yaxis": category_axis(rows, limit=_room(rows))},
        title=title,
        subtitle=subtitle,
        height=CELL * len(rows) + (90 if steep else 20),
        alt=alt,
        table=frame,
    )
    figure.layout["height"] -= figure.layout["margin"]["b"] - 8
    figure.layout["margin"]["b"] = 8
    figure.layout["margin"]["r"] = 78 if steep else 28  # slanted names lean to the right
    return figure
