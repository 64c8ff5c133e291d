"""Terms by how often they are used and how strongly they lean to their outlet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.charts.estimates import (
    Columns,
    estimates,
    group_colours,
    legend_name,
    numbers,
    ordered,
)
from helpers.charts.figure import (
    INK,
    SYMBOLS,
    Figure,
    Look,
    build,
    hover,
    label,
    nothing,
    rounded,
    tell,
    value_axis,
)
from helpers.wording import clean, count, listing, number

if TYPE_CHECKING:
    import pandas as pd

_CLOUD = "rgba(128,128,128,0.30)"
NAMED = 18
"""Terms that carry their name at most."""


@dataclass(frozen=True)
class Term:
    """One term of one outlet."""

    name: str
    outlet: str
    weight: float
    uses: float
    significant: bool

    @property
    def key(self) -> tuple[str, str]:
        """The term and its outlet."""
        return self.name, self.outlet

    @property
    def drawn_at(self) -> float:
        """Its uses on the axis, where a term without any still has a place."""
        return max(self.uses, 0.8)


def keyness_scatter(table: pd.DataFrame, look: Look) -> Figure:
    """Each term of a table `keyness` by how often it is used and how strongly it leans.

    Labels and colour only for terms that are significant; the rest is a grey cloud, which is what
    chance looks like. Of grey terms that would lie on one another one is drawn.
    """
    kept = _terms(table)
    if not kept:
        return nothing(look, "no term was tested", table)
    strong = _by_weight(t for t in kept if t.significant)
    sides = _room_for_names(strong, kept)
    cloud = _apart([t for t in kept if not t.significant], kept)
    traces = [_markers(cloud, "not more than chance", {}, colour=_CLOUD, symbol="circle", size=5)]
    groups = ordered((t.outlet for t in strong), look.order)
    paint = group_colours(groups, look.order)
    for g, name in enumerate(groups):
        mine = [t for t in strong if t.outlet == name]
        symbol = SYMBOLS[g % len(SYMBOLS)]
        traces.append(
            _markers(mine, name or "survives", sides, colour=paint[name], symbol=symbol, size=9)
        )
    uses = {
        **value_axis("uses (log scale)"),
        "type": "log",
        "dtick": 1,
        "minor": {"ticks": "", "dtick": "D2"},
        "zeroline": False,
        "range": [-0.12, rounded(_widest(kept) + 0.25)],
    }
    return build(
        traces,
        {"xaxis": uses, "yaxis": value_axis(look.axis or "weighted log-odds")},
        look,
        height=380,
        alt=tell(look.title, _verdict(kept, strong), look.note),
        table=table,
    )


def _terms(table: pd.DataFrame) -> list[Term]:
    rows = estimates(table, Columns("term", "log_odds", "outlet"), marked="significant")
    values = numbers(table, "log_odds")
    uses = [n for n, v in zip(numbers(table, "n_target"), values, strict=True) if v is not None]
    return [
        Term(r.label, r.group, r.value, n or 0.0, r.marked) for r, n in zip(rows, uses, strict=True)
    ]


def _verdict(kept: Sequence[Term], strong: Sequence[Term]) -> str:
    """How many terms survive, and the strongest of them."""
    outlets = {t.outlet for t in kept}
    among = f" in {count(len(outlets), 'outlet')}" if len(outlets) > 1 else ""
    drawn = f"Of {count(len({t.name for t in kept}), 'term')}{among}"
    if not strong:
        return f"{drawn} none survives."
    best = [
        f"“{clean(t.name, 30)}”"
        + (f" in {clean(t.outlet, 30)}" if t.outlet else "")
        + f" ({number(t.weight)}, used {number(int(t.uses))} times)"
        for t in strong[:3]
    ]
    verb = "survives" if len(strong) == 1 else "survive"
    return f"{drawn} {number(len(strong))} {verb}: {listing(best)}."


def _by_weight(terms: Iterable[Term]) -> list[Term]:
    """The strongest first."""
    return sorted(terms, key=lambda t: (-abs(t.weight), t.name, t.outlet))


def _widest(kept: Sequence[Term]) -> float:
    """The most uses, on the logarithmic axis."""
    return max(math.log10(max(t.uses, 1.0)) for t in kept)


def _apart(cloud: Sequence[Term], kept: Sequence[Term]) -> list[Term]:
    """One term of those whose dots lie on one another: thirty outlets share tens of thousands.

    The strongest is drawn, by a grid of 3 pixels on a plot of usual size.
    """
    weights = [t.weight for t in kept]
    lowest = min(weights)
    tall = (max(weights) - lowest) / 110 or 1.0
    wide = (_widest(kept) + 0.37) / 200
    cells: dict[tuple[int, int], Term] = {}
    for t in _by_weight(cloud):
        at = int(math.log10(t.drawn_at) / wide), int((t.weight - lowest) / tall)
        cells.setdefault(at, t)
    return list(cells.values())


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


def _room_for_names(strong: Sequence[Term], kept: Sequence[Term]) -> dict[tuple[str, str], str]:
    """The side on which a term's name fits without lying on another name; strongest terms first.

    Measured on a plot of usual size (620 × 330 pixels, 6.5 a letter); a name without room is left
    to the hover text and the table.
    """
    weights = [t.weight for t in kept]
    wide, tall = _widest(kept) + 0.37, (max(weights) - min(weights)) or 1.0
    places = [
        (620 * (math.log10(t.drawn_at) + 0.12) / wide, 330 * (max(weights) - t.weight) / tall)
        for t in strong
    ]
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    sides: dict[tuple[str, str], str] = {}
    for t, (x, y) in zip(strong[: 3 * NAMED], places, strict=False):
        if len(sides) == NAMED:
            break
        for side, box in _boxes(x, y, 6.5 * len(clean(t.name, 24))):
            inside = box[0] >= -10 and box[2] <= 660
            if inside and not any(_overlap(box, other) for other in taken):
                sides[t.key] = side
                taken.append(box)
                break
    return sides


def _boxes(x: float, y: float, wide: float) -> tuple[tuple[str, Box], ...]:
    """Where a name of this width may stand beside a dot, the best place first."""
    return (
        ("middle right", (x + 7, y - 7, x + 9 + wide, y + 7)),
        ("middle left", (x - 9 - wide, y - 7, x - 7, y + 7)),
        ("top center", (x - wide / 2, y - 20, x + wide / 2, y - 6)),
        ("bottom center", (x - wide / 2, y + 6, x + wide / 2, y + 20)),
    )


def _overlap(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _markers(
    terms: Sequence[Term],
    name: str,
    sides: Mapping[tuple[str, str], str],
    *,
    colour: str,
    symbol: str,
    size: int,
) -> dict[str, Any]:
    """Dots, with the names of those that have room for it (`_room_for_names`)."""
    return {
        "type": "scatter",
        "mode": "markers+text" if sides else "markers",
        "name": legend_name(name),
        "x": [t.drawn_at for t in terms],
        "y": [t.weight for t in terms],
        "marks": [t.key for t in terms],
        "text": [label(t.name, 24) if t.key in sides else "" for t in terms],
        "textposition": [sides.get(t.key, "middle right") for t in terms],
        "textfont": {"size": 11, "color": INK},
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [
            hover(t.name, t.outlet, f"{number(int(t.uses))} uses", f"weight {number(t.weight)}")
            for t in terms
        ],
        "showlegend": bool(terms),
    }
