"""A chart as a still picture: SVG from the same traces and layout that Plotly draws.

It stands beside Plotly's JSON in a saved notebook, for viewers that run no script: pages that show
notebooks, `nbconvert`, print. Drawn are the kinds of traces that this room makes (bars, markers,
words, lines, grids of cells) on one pair of axes. Coordinates have one decimal, so that a
figure is the same bytes on every machine; every word is escaped.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

WIDTH = 700
CHARACTER = 0.57
"""Mean width of a character in parts of the size of its type."""
_MARKUP = re.compile(r"<br>|</?(?:span|b|i|sub|sup)\b[^>]*>")
_GRID, _AXIS = "rgba(128,128,128,0.20)", "rgba(128,128,128,0.65)"
_TICKS = 7
_DAY = 86_400_000
_CORNERS = {
    "square": (4, 0.25), "diamond": (4, 0.5), "cross": (4, 0.5), "triangle-up": (3, -0.5),
    "triangle-down": (3, 0.5), "star": (5, -0.5), "hexagon": (6, -0.5),
}  # fmt: skip
"""Symbol → its corners, and where the first stands (in half turns); any other is a circle."""
_ANCHOR = {"left": "end", "center": "middle", "right": "start"}
"""Of the words of a mark that stand to its left, upon it, to its right."""

Scale = Callable[[float], float]


def svg(data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], alt: str) -> str:
    """The picture of a figure's traces; ``alt`` is its text alternative."""
    return _Picture(data, layout).drawn(alt)


class _Picture:
    """One chart: its axes, the room that their words need, and what is drawn into it."""

    def __init__(self, data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        self.data, self.layout = data, layout
        self.x, self.y = layout.get("xaxis", {}), layout.get("yaxis", {})
        self.bars = _ends(data, stacked=layout.get("barmode") == "stack")
        self.span = {name: self._span(name) for name in "xy"}
        self.ticks = {name: [*self._ticks(name)] for name in "xy"}
        margin = layout.get("margin", {})
        names = [words for _, words in self.ticks["y"]]
        self.left = 8 + max([_wide(words, 12) for words in names], default=0) + 8
        self.left += 18 * ("title" in self.y)
        above = self.x.get("side") == "top"
        angle = math.radians(abs(self.x.get("tickangle", 0) or 0)) * above
        widest = max([_wide(words, 12) for _, words in self.ticks["x"]], default=0)
        self.right = WIDTH - max(margin.get("r", 28), widest * math.cos(angle) * (angle > 0))
        over = (widest * math.sin(angle) + 16) * above
        under = 13 * any("\n" in words for _, words in self.ticks["x"])
        self.top = margin.get("t", 38) + over
        self.bottom = layout.get("height", 200) - margin.get("b", 26) + over
        self.height = layout.get("height", 200) + over + under
        self.parts: list[str] = []

    # -- axes

    def _values(self, name: str) -> list[float]:
        """All places that the traces need on an axis; bars begin at zero."""
        found: list[float] = []
        for i, trace in enumerate(self.data):
            values = [self._number(name, v) for v in trace.get(name, ()) if v is not None]
            if trace["type"] == "bar" and name == _along(trace):
                values = [end for pair in self.bars[i] for end in pair]
            found += values
            error = trace.get("error_x", {}) if name == "x" else {}
            for value, up, down in zip(values, error.get("array", ()),
                                       error.get("arrayminus", ()), strict=False):  # fmt: skip
                found += [value + (up or 0), value - (down or 0)]
        return found

    def _span(self, name: str) -> tuple[float, float]:
        axis = self.x if name == "x" else self.y
        if len(given := axis.get("range", ())) == 2:
            log = axis.get("type") == "log"  # Plotly gives its range in logarithms
            low, high = (float(v) if log else self._number(name, v) for v in given)
            return low, high
        values = self._values(name) or [0.0, 1.0]
        low, high = min(values), max(values)
        if axis.get("rangemode") == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
        room = 0.06 * (high - low) or 0.5
        return low - room * (low != 0), high + room * (high != 0)

    def _number(self, name: str, value: Any) -> float:
        """A value as a place on its axis: days, logarithms or plain numbers."""
        kind = (self.x if name == "x" else self.y).get("type")
        if kind == "date":
            return float(date.fromisoformat(str(value)[:10]).toordinal())
        return math.log10(max(float(value), 1e-12)) if kind == "log" else float(value)

    def _ticks(self, name: str) -> Iterator[tuple[float, str]]:
        axis = self.x if name == "x" else self.y
        if axis.get("showticklabels") is False:
            return
        low, high = sorted(self.span[name])
        if axis.get("tickmode") == "array":
            pairs = zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True)
            yield from ((self._number(name, v), str(words)) for v, words in pairs)
        elif axis.get("type") == "date":
            yield from _days(low, high, axis)
        elif axis.get("type") == "log":
            for power in range(math.floor(low), math.ceil(high) + 1):
                for step in (1, 2, 5):
                    if low <= (place := power + math.log10(step)) <= high:
                        yield place, f"{step * 10.0**power:,g}"
        else:
            wide = float(axis.get("dtick") or _step((high - low) / _TICKS))
            share = axis.get("tickformat", "").endswith("%")
            for k in range(math.ceil(low / wide - 1e-9), math.floor(high / wide + 1e-9) + 1):
                value = round(k * wide, 10) + 0.0
                yield value, f"{100 * value:,.6g}%" if share else f"{value:,.6g}"

    def _scales(self) -> tuple[Scale, Scale]:
        def scale(span: tuple[float, float], a: float, b: float) -> Scale:
            wide = span[1] - span[0] or 1.0
            return lambda value: a + (value - span[0]) / wide * (b - a)

        upwards = scale(self.span["y"], self.bottom, self.top)
        return scale(self.span["x"], self.left, self.right), upwards

    # -- drawing

    def drawn(self, alt: str) -> str:
        at_x, at_y = self._scales()
        self._frame(at_x, at_y)
        for shape in self.layout.get("shapes", ()):
            x = at_x(self._number("x", shape["x0"]))
            self._line(x, self.top, x, self.bottom, shape["line"]["color"], dash="2 3")
        for i, trace in enumerate(self.data):
            draw = {"bar": self._bars, "heatmap": self._cells}.get(trace["type"], self._marks)
            draw(i, trace, at_x, at_y)
        for note in self.layout.get("annotations", ()):
            x = self.left + note["x"] * (self.right - self.left)
            anchor = {"left": "start", "right": "end"}.get(note["xanchor"], "middle")
            self._words(note["text"], x, at_y(note["y"]), note["font"], anchor)
        size = f'viewBox="0 0 {WIDTH} {_f(self.height)}" width="{WIDTH}"'
        font = html.escape(self.layout.get("font", {}).get("family", "sans-serif"), quote=True)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} height="{_f(self.height)}" role="img" '
            f'font-family="{font}"><title>{html.escape(alt)}</title>{"".join(self.parts)}</svg>'
        )

    def _frame(self, at_x: Scale, at_y: Scale) -> None:
        """Title, legend, grid and the words of both axes."""
        title, small = self.layout.get("title", {}), {"size": 12, "color": _ink(self.layout)}
        big = {"size": 15, "color": small["color"]}
        self._words(title.get("text", ""), 8, 18, big, "start")
        self._words(title.get("subtitle", {}).get("text", ""), 8, 36, small, "start")
        self._legend(small)
        above = self.x.get("side") == "top"
        for value, words in self.ticks["x"]:
            if not self.left - 1 <= (x := at_x(value)) <= self.right + 1:
                continue
            if self.x.get("showgrid", True):
                self._line(x, self.top, x, self.bottom, _AXIS if value == 0 else _GRID)
            for row, line in enumerate(words.split("\n")):
                y = self.top - 8 if above else self.bottom + 14 + 13 * row
                turned = self.x.get("tickangle", 0) if above else 0
                self._words(line, x, y, small, "start" if turned else "middle", turned)
        for value, words in self.ticks["y"]:
            y = at_y(value)
            if self.y.get("showgrid", True):
                self._line(self.left, y, self.right, y, _AXIS if value == 0 else _GRID)
            self._words(words, self.left - 8, y, small, "end")
        for axis, x, y, turned in (
            (self.x, (self.left + self.right) / 2, self.height - 8, 0),
            (self.y, 14, (self.top + self.bottom) / 2, -90),
        ):
            self._words(axis.get("title", {}).get("text", ""), x, y, small, "middle", turned)

    def _legend(self, font: Mapping[str, Any]) -> None:
        shown = [t for t in self.data if t.get("showlegend") and t.get("name")]
        y, x = self.layout.get("margin", {}).get("t", 38) - 10.0, 8.0
        rows: list[list[tuple[float, Mapping[str, Any]]]] = [[]]
        for trace in shown:
            wide = 26 + _wide(str(trace["name"]), 12)
            if x + wide > WIDTH and rows[-1]:
                rows.append([])
                x = 8.0
            rows[-1].append((x, trace))
            x += wide
        for number, row in enumerate(rows):
            height = y - 20 * (len(rows) - 1 - number)
            for x, trace in row:
                colour = _at(trace.get("marker", {}).get("color"), 0) or _AXIS
                self.parts.append(_rect(x, height - 5, 10, 10, colour))
                self._words(str(trace["name"]), x + 14, height, font, "start")

    def _bars(self, number: int, trace: Mapping[str, Any], at_x: Scale, at_y: Scale) -> None:
        lying = _along(trace) == "x"
        across, name = (at_y, "y") if lying else (at_x, "x")
        thick = float(_at(trace.get("width"), 0) or 0.8)
        if (self.y if lying else self.x).get("type") == "date":
            thick /= _DAY  # Plotly gives it in milliseconds
        thick = abs(across(thick) - across(0))
        marker, font = trace.get("marker", {}), trace.get("textfont", {})
        for i, ends in enumerate(self.bars[number]):
            a, b = sorted(map(at_x if lying else at_y, ends))
            middle = across(self._number(name, trace[name][i]))
            line = marker.get("line", {})
            edge = _at(line.get("color"), i) if line.get("width") else None
            box = (a, middle - thick / 2, b - a, thick)
            if not lying:
                box = (middle - thick / 2, a, thick, b - a)
            if b > a:
                self.parts.append(_rect(*box, _at(marker.get("color"), i), edge))
            if words := _at(trace.get("text"), i):
                place = ((a + b) / 2, middle) if lying else (middle, (a + b) / 2)
                self._words(words, *place, font, "middle")

    def _cells(self, number: int, trace: Mapping[str, Any], at_x: Scale, at_y: Scale) -> None:
        low, high = trace.get("zmin", 0), trace.get("zmax", 1)
        gap = trace.get("xgap", 0)
        wide, tall = abs(at_x(1) - at_x(0)) - gap, abs(at_y(1) - at_y(0)) - gap
        for y, row in zip(trace["y"], trace["z"], strict=True):
            for x, value in zip(trace["x"], row, strict=True):
                if value is not None:
                    part = (value - low) / ((high - low) or 1)
                    fill = _shade(min(max(part, 0.0), 1.0), trace["colorscale"])
                    self.parts.append(
                        _rect(at_x(x) - wide / 2, at_y(y) - tall / 2, wide, tall, fill)
                    )

    def _marks(self, number: int, trace: Mapping[str, Any], at_x: Scale, at_y: Scale) -> None:
        mode, marker, error = trace["mode"], trace.get("marker", {}), trace.get("error_x", {})
        points = [
            (i, at_x(self._number("x", x)), at_y(self._number("y", y)))
            for i, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True))
            if x is not None and y is not None
        ]
        if "lines" in mode:
            line = trace.get("line", {})
            known = {i for i, *_ in points}
            for (i, x, y), (j, u, v) in pairwise(points):
                if j == i + 1 and {i, j} <= known:
                    self._line(x, y, u, v, line.get("color", _AXIS), line.get("width", 1))
        for i, x, y in points:
            if error:
                value = float(trace["x"][i])
                ends = (
                    at_x(value - (_at(error.get("arrayminus"), i) or 0)),
                    at_x(value + (_at(error.get("array"), i) or 0)),
                )
                if ends[0] < ends[1]:
                    self._line(ends[0], y, ends[1], y, error.get("color", _AXIS), 1.6)
            size = float(_at(marker.get("size"), i) or 8)
            if "markers" in mode:
                fill = _at(marker.get("color"), i) or _AXIS
                opacity = _at(marker.get("opacity"), i)
                self.parts.append(_mark(_at(marker.get("symbol"), i), x, y, size, fill, opacity))
            if "text" in mode and (words := _at(trace.get("text"), i)):
                side = str(_at(trace.get("textposition"), i) or "middle center").split()[-1]
                away = (size / 2 + 3 if "markers" in mode else 2) * (
                    (side == "right") - (side == "left")
                )
                self._words(words, x + away, y, trace.get("textfont", {}), _ANCHOR[side])

    def _line(
        self, x: float, y: float, u: float, v: float, colour: str, width: float = 1, dash: str = ""
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="M{_f(x)} {_f(y)}L{_f(u)} {_f(v)}" stroke="{_colour(colour)}" '
            f'stroke-width="{_f(width)}"{dashed}/>'
        )

    def _words(
        self, words: str, x: float, y: float, font: Mapping[str, Any], anchor: str,
        turned: float = 0,
    ) -> None:  # fmt: skip
        plain = _plain(words)
        if not plain:
            return
        size = float(font.get("size", 12))
        place = f'x="{_f(x)}" y="{_f(y + 0.35 * size)}"'
        turn = f' transform="rotate({_f(turned)} {_f(x)} {_f(y)})"' if turned else ""
        self.parts.append(
            f'<text {place} font-size="{_f(size)}" text-anchor="{anchor}" '
            f'fill="{_colour(font.get("color", "#70757d"))}"{turn}>{html.escape(plain)}</text>'
        )


def _along(trace: Mapping[str, Any]) -> str:
    """The axis that a trace's bars lie along."""
    return "x" if trace.get("orientation") == "h" else "y"


def _ends(
    data: Sequence[Mapping[str, Any]], *, stacked: bool
) -> dict[int, list[tuple[float, float]]]:
    """Number of a trace of bars → where each bar begins and ends; stacked, on those before it."""
    reached: dict[tuple[Any, bool], float] = {}
    found: dict[int, list[tuple[float, float]]] = {}
    for i, trace in enumerate(data):
        if trace["type"] == "bar":
            along = _along(trace)
            found[i] = []
            for value, place in zip(trace[along], trace["xy".replace(along, "")], strict=True):
                length = float(value or 0)
                key = place, length < 0
                begin = reached.get(key, 0.0) if stacked else 0.0
                reached[key] = begin + length
                found[i].append((begin, begin + length))
    return found


def _days(low: float, high: float, axis: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    """Ticks of an axis of days, the year under the first of each."""
    given = axis.get("dtick")
    step = int(float(given) / _DAY) if isinstance(given, int | float) else 0
    step = step or max(1, math.ceil((high - low) / _TICKS))
    first = date.fromisoformat(str(axis.get("tick0", date.fromordinal(math.ceil(low))))[:10])
    day = first + timedelta(step * math.ceil((low - first.toordinal()) / step))
    year = 0
    while day.toordinal() <= high:
        words = f"{day.day} {day:%b}" + (f"\n{day.year}" if day.year != year else "")
        year = day.year
        yield float(day.toordinal()), words
        day += timedelta(step)


def _step(rough: float) -> float:
    """The next of 1, 2, 5, 10 … that is no less than ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough or 1.0))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))


def _mark(
    symbol: Any, x: float, y: float, size: float, colour: str, opacity: float | None
) -> str:
    hollow = str(symbol).endswith("-open")
    paint = (
        f'fill="none" stroke="{_colour(colour)}" stroke-width="1.6"' if hollow
        else f'fill="{_colour(colour)}"'
    )  # fmt: skip
    if opacity is not None:
        paint += f' fill-opacity="{_f(opacity, 2)}"'
    half = size / 2
    shape = str(symbol or "circle").removesuffix("-open")
    if shape not in _CORNERS:
        return f'<circle cx="{_f(x)}" cy="{_f(y)}" r="{_f(half)}" {paint}/>'
    corners, start = _CORNERS[shape]
    start *= math.pi
    points = " ".join(
        f"{_f(x + half * math.cos(start + k * math.tau / corners))},"
        f"{_f(y + half * math.sin(start + k * math.tau / corners))}"
        for k in range(corners)
    )
    return f'<polygon points="{points}" {paint}/>'


def _rect(
    x: float, y: float, wide: float, tall: float, fill: str | None, edge: str | None = None
) -> str:
    line = f' stroke="{_colour(edge)}" stroke-width="1.5"' if edge else ""
    return (
        f'<rect x="{_f(x)}" y="{_f(y)}" width="{_f(wide)}" height="{_f(tall)}" '
        f'fill="{_colour(fill or _AXIS)}"{line}/>'
    )


def _shade(part: float, scale: Sequence[Sequence[Any]]) -> str:
    """The colour at a part of a scale of (place, #rrggbb)."""
    for (a, low), (b, high) in pairwise(scale):
        if part <= b:
            inside = (part - a) / ((b - a) or 1)
            pairs = ((int(low[i : i + 2], 16), int(high[i : i + 2], 16)) for i in (1, 3, 5))
            return "#" + "".join(f"{round(x + (y - x) * inside):02x}" for x, y in pairs)
    return str(scale[-1][1])


def _at(value: Any, i: int) -> Any:
    """The ``i``-th of a list, or the one value of all."""
    if isinstance(value, list | tuple):
        return value[i] if i < len(value) else None
    return value


def _ink(layout: Mapping[str, Any]) -> str:
    return str(layout.get("font", {}).get("color", "#70757d"))


def _colour(value: Any) -> str:
    return html.escape(str(value), quote=True)


def _plain(words: str) -> str:
    """What Plotly would show of a label, without its markup."""
    return html.unescape(_MARKUP.sub(" ", str(words))).strip()


def _wide(words: str, size: float) -> float:
    return CHARACTER * size * max(len(_plain(line)) for line in str(words).split("\n"))


def _f(value: float, places: int = 1) -> str:
    """A number of the picture, as short as it goes; never minus zero."""
    return f"{round(float(value), places) + 0.0:.{places}f}".rstrip("0").rstrip(".")
