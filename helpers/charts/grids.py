"""Grids: two sorts of names against each other, with the number in every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    Columns,
    cells,
    estimates,
    further,
    not_shown,
    ordered,
    words_at,
)
from helpers.charts.figure import (
    CELL_INK,
    CELL_LOW,
    LABEL_LIMIT,
    Figure,
    Look,
    build,
    category_axis,
    hover,
    nothing,
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

Cells = Mapping[tuple[str, str], float]


def heatmap(
    table: pd.DataFrame,
    columns: Columns,
    look: Look,
    *,
    diverging: bool = False,
    row_order: Sequence[str] | None = None,
    top_columns: int = 12,
) -> Figure:
    """A grid of cells with their numbers: outlet × frame, speaker × actor, outlet × fact.

    ``table`` has one row per label (a row of the grid) and group (a column); combinations that
    are not in it stay blank. Without an order, rows and columns are ranked by their sums.
    ``diverging=True`` colours below and above zero apart.
    """
    found = cells(estimates(table, columns))
    if not found:
        return nothing(look, "no cell has a number", table)
    rows, across = _ranked(found, 0, row_order), _ranked(found, 1, look.order)
    most = look.top or 16
    left = further(rows[most:]), further(across[top_columns:], "column")
    rows, across = rows[:most], across[:top_columns]
    shown = {k: v for k, v in found.items() if k[0] in set(rows) and k[1] in set(across)}
    strongest = sorted(shown.items(), key=lambda kv: (-abs(kv[1]), kv[0]))[:3]
    told = [
        f"{clean(r, 40)} × {clean(c, 40)} ({amount(v, look.unit)})" for (r, c), v in strongest if v
    ]
    size = f"{count(len(rows), 'row')} by {count(len(across), 'column')}"
    words = f"{size}; strongest: {listing(told)}." if told else "All cells are zero."
    look = replace(look, note=not_shown(look.note, *left))
    alt = tell(look.title, words, look.note)
    return _draw(table, shown, (rows, across), look, diverging=diverging, alt=alt)


def co_mentions(table: pd.DataFrame, columns: Columns, look: Look) -> Figure:
    """Who is named together with whom: a symmetric grid of counts from one row per pair.

    A pair (label and group) may be given in either order or in both; both halves of the grid show
    it, the diagonal stays blank.
    """
    pairs: dict[frozenset[str], float] = {}
    for (x, y), v in cells(estimates(table, columns)).items():
        if x != y:
            pairs[frozenset((x, y))] = max(v, pairs.get(frozenset((x, y)), 0.0))
    both = {(x, y): v for pair, v in pairs.items() for x in pair for y in pair if x != y}
    if not both:
        return nothing(look, "no two are named together", table)
    names = _ranked(both, 0, None)
    shown, left = names[: look.top or 12], names[look.top or 12 :]
    keep = set(shown)
    best = sorted(
        ((v, sorted(pair)) for pair, v in pairs.items() if pair <= keep),
        key=lambda e: (-e[0], e[1]),
    )[:3]
    told = [f"{clean(p[0], 40)} and {clean(p[1], 40)} ({amount(v)})" for v, p in best]
    look = replace(look, note=not_shown(look.note, further(left)))
    alt = tell(look.title, f"Most often together: {listing(told)}.", look.note)
    inside = {k: v for k, v in both.items() if k[0] in keep and k[1] in keep}
    return _draw(table, inside, (shown, shown), look, alt=alt)


def _ranked(found: Cells, side: int, order: Sequence[str] | None) -> list[str]:
    """The names of rows (side 0) or columns (1), by the sums of their cells."""
    sums: dict[str, float] = {}
    for key, v in found.items():
        sums[key[side]] = sums.get(key[side], 0.0) + abs(v)
    return ordered(sorted(sums, key=lambda n: (-sums[n], n)), order)


def _draw(
    table: pd.DataFrame,
    found: Cells,
    names: tuple[list[str], list[str]],
    look: Look,
    *,
    diverging: bool = False,
    alt: str,
) -> Figure:
    rows, across = names
    steep = len(across) > 5 or max(len(clean(c)) for c in across) > 14
    figure = build(
        [_coloured(found, names, look, diverging=diverging), *_written(found, names, look)],
        {
            "xaxis": {
                **category_axis(across, limit=22),
                "range": [-0.5, len(across) - 0.5],
                "side": "top",
                "tickangle": -40 if steep else 0,
            },
            "yaxis": category_axis(rows, limit=_room(rows)),
        },
        look,
        height=CELL * len(rows) + (90 if steep else 20),
        alt=alt,
        table=table,
    )
    figure.layout["height"] -= figure.layout["margin"]["b"] - 8
    figure.layout["margin"]["b"] = 8
    figure.layout["margin"]["r"] = 78 if steep else 28  # slanted names lean to the right
    return figure


def _coloured(
    found: Cells, names: tuple[list[str], list[str]], look: Look, *, diverging: bool
) -> dict[str, Any]:
    """The cells as colours, with their hover texts."""
    rows, across = names
    limit = _limit(found)
    scale: list[list[Any]] = [[0.0, CELL_LOW], [1.0, _FULL]]
    if diverging:
        scale = [[0.0, _BELOW], [0.5, CELL_LOW], [1.0, _FULL]]

    def told(r: str, c: str) -> str:
        return hover(r, c, f"{amount(found.get((r, c)), look.unit)} {look.axis}".strip())

    return {
        "type": "heatmap",
        "x": list(range(len(across))),
        "y": list(range(len(rows))),
        "marks": [[(r, c) for c in across] for r in rows],
        "z": [[found.get((r, c)) for c in across] for r in rows],
        "zmin": rounded(-limit if diverging else 0.0),
        "zmax": rounded(limit),
        "colorscale": scale,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hoverongaps": False,
        "text": [[told(r, c) for c in across] for r in rows],
    }


def _written(found: Cells, names: tuple[list[str], list[str]], look: Look) -> list[dict[str, Any]]:
    """The numbers in the cells, light on dark ones and dark on light ones."""
    at_row, at_column = ({name: i for i, name in enumerate(side)} for side in names)
    bar = _DARK_FROM * _limit(found)
    traces = []
    for dark, ink in ((True, "#ffffff"), (False, CELL_INK)):
        placed = sorted(
            (at_row[r], at_column[c], v) for (r, c), v in found.items() if (abs(v) > bar) == dark
        )
        if placed:
            texts = [amount(v, look.unit) for _, _, v in placed]
            x, y = [c for _, c, _ in placed], [r for r, _, _ in placed]
            traces.append(words_at(x, y, texts, size=11, color=ink))
    return traces


def _limit(found: Cells) -> float:
    """What has the full colour."""
    return max((abs(v) for v in found.values()), default=0.0) or 1.0


def _room(names: list[str]) -> int:
    """Whole statements as rows need more room than names."""
    long = sum(len(name) > LABEL_LIMIT for name in names)
    return 48 if 2 * long > len(names) else LABEL_LIMIT
