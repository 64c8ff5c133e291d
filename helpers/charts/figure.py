"""What every chart shares: the wrapper, the look, and how names from data become labels.

A label is text from a stranger. Plotly renders a subset of HTML in every label and hover text, so
whatever comes from data goes through `label` or `hover`, which escape it; nothing from data enters
a template string (``%{…}``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.charts.picture import svg
from helpers.leads import Book, Lead
from helpers.notebook_form import PLOTLY, as_javascript
from helpers.wording import clean, number

if TYPE_CHECKING:
    import pandas as pd


# One grey that reads on white (4.7:1) and on JupyterLab's dark ground (4.0:1). The page replaces
# it with its own ink; it is therefore the only grey used for words.
INK = "#70757d"
# Cells of a grid go from this to full colour; the page darkens both for its dark style.
CELL_LOW = "#e4eff3"
CELL_INK = "#1c2126"
GRID = "rgba(128,128,128,0.20)"
ZERO = "rgba(128,128,128,0.65)"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

# Eight hues with at least 3:1 against white and against #15181c, told apart under simulated
# protanopia, deuteranopia and tritanopia (tests/test_charts.py measures both).
PALETTE = (
    "#126d91", "#eb6c2d", "#38a779", "#b73266", "#5d71e9", "#875d0a", "#ba80be", "#cf24c6",
)  # fmt: skip
SYMBOLS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "cross",
    "star",
    "hexagon",
    "triangle-down",
)

# Parts with a fixed meaning keep one colour everywhere. Order of drawing = order of reading.
PARTS = {
    "negative": "#cf5a1f",
    "neutral": "#a6abb2",
    "uncertain": "#d5d7da",
    "positive": "#126d91",
    "direct": "#1f5f99",
    "mixed": "#4f94c4",
    "indirect": "#a9c8dd",
    "author": "#a6abb2",
    "reported": "#4f94c4",
    "quoted": "#1f5f99",
    "agent": "#cf5a1f",
    "patient": "#126d91",
    "name": "#1f5f99",
    "title": "#4f94c4",
    "metonym": "#cf8a3c",
    "demonym": "#e7c48f",
    "pronoun": "#b9bec4",
    "headline": "#1f5f99",
    "lead": "#4f94c4",
    "body": "#c3ccd3",
    "others": "#c3c6ca",
}

SVG = "image/svg+xml"
LABEL_LIMIT = 30
_PAGE = 660
ROW = 25
"""Height of a row in pixels: room for a line of 12 px with air."""


@dataclass(frozen=True)
class Look:
    """What stands around a chart, and how much of its table it draws."""

    title: str
    axis: str = ""
    """What the numbers are, under their axis."""
    unit: str = ""
    """"share" for percentages, else the noun of what is counted ("article")."""
    note: str = ""
    order: Sequence[str] | None = None
    """Of the outlets, whatever part they play; those it does not name come after it."""
    top: int | None = None
    """Rows drawn at most; the others are counted in the subtitle."""


class Figure:
    """A chart as plain Plotly JSON, with sentences that say what it shows, and its table.

    Notebooks show it through ``_repr_mimebundle_``; ``table`` is the frame that was drawn.
    ``marks`` holds for each trace what its marks are of, (label, group), in the shape of its data.
    """

    def __init__(
        self,
        data: list[dict[str, Any]],
        layout: dict[str, Any],
        alt: str,
        table: pd.DataFrame,
        marks: Sequence[Any] = (),
    ) -> None:
        self.marks = marks
        self.data = data
        self.layout = layout
        self.alt = alt
        self.table = table

    def leading(self, of: Any, lead: Lead) -> Figure:
        """The figure with each mark leading to the rows of ``of`` that it counts.

        In the lead's ``by`` the shown columns are called "label" and "group".
        """
        keys = list(dict.fromkeys(key for marks in self.marks for key in _flat(marks)))
        values = {"label": [key[0] for key in keys], "group": [key[1] for key in keys]}
        book = Book()
        found = lead.of_values(values, len(keys), of)
        at = {key: book.ref(*sides) for key, sides in zip(keys, found, strict=True)}
        data = [
            {**trace, "customdata": _numbered(marks, at)} if marks else trace
            for trace, marks in zip(self.data, self.marks, strict=True)
        ]
        layout = {**self.layout, "meta": {"leads": book.data()}} if data else self.layout
        return Figure(data, layout, self.alt, self.table, self.marks)

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.alt}
        if self.data:
            bundle[PLOTLY] = {
                "config": {"displayModeBar": False, "responsive": True, "typesetMath": False},
                "data": as_javascript(self.data),
                "layout": as_javascript(self.layout),
            }
            bundle[SVG] = svg(self.data, self.layout, self.alt)
        return bundle


def build(
    traces: Sequence[Mapping[str, Any]],
    layout: Mapping[str, Any],
    look: Look,
    *,
    height: int,
    alt: str,
    table: pd.DataFrame,
) -> Figure:
    """One checked figure from trace and layout dictionaries of plain lists."""
    import plotly.graph_objects as go

    marks = [t.get("marks") for t in traces]
    traces = [{k: v for k, v in t.items() if k != "marks"} for t in traces]
    entries = [str(t.get("name", "")) for t in traces if t.get("showlegend")]
    legend = bool(entries)
    foot = 40 if "title" in layout.get("xaxis", {}) else 26
    head = 30 + 20 * bool(look.note) + 8 + 20 * _legend_rows(entries)
    whole = {
        # An empty template keeps Plotly's own (6.5 kB a figure) out.
        "template": {},
        "title": {
            "text": label(look.title, None),
            "subtitle": {"text": label(look.note, None), "font": {"size": 12, "color": INK}},
            "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 8, "t": 8},
            "y": 1, "yref": "container", "yanchor": "top",
            "font": {"size": 15, "color": INK},
        },
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 28, "t": head, "b": foot},
        "height": height + head + foot,
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": 12}},
        "showlegend": legend,
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
            "title": {"text": ""}, "itemclick": False, "itemdoubleclick": False,
        },
        "dragmode": False,
        "bargap": 0.2,
        **layout,
    }  # fmt: skip
    figure = go.Figure(data=[dict(t) for t in traces], layout=whole).to_plotly_json()
    figure["layout"]["template"] = {}  # graph_objects writes defaults back into it
    data = [_plain(trace) for trace in figure["data"]]
    return Figure(data, _plain(figure["layout"]), alt, table, marks)


def _flat(marks: Any) -> list[Any]:
    """The keys of a trace's marks, also of a grid's."""
    if isinstance(marks, list):
        return [key for each in marks for key in _flat(each)]
    return [] if marks is None else [marks]


def _numbered(marks: Any, at: Mapping[Any, int]) -> Any:
    if isinstance(marks, list):
        return [_numbered(each, at) for each in marks]
    return at[marks]


def _legend_rows(entries: Sequence[str]) -> int:
    """How many lines the legend takes on a page of usual width; Plotly wraps it in columns."""
    if not entries:
        return 0
    widths = [46 + 7 * len(name) for name in entries]
    if sum(widths) <= _PAGE:
        return 1
    return -(-len(entries) // max(1, _PAGE // max(widths)))


def nothing(look: Look, why: str, table: pd.DataFrame) -> Figure:
    """A figure that has nothing to draw says so and draws nothing."""
    return Figure([], {}, f"{_stop(look.title)} Nothing to draw: {why}.", table)


def category_axis(
    labels: Sequence[str],
    *,
    limit: int = LABEL_LIMIT,
    totals: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Rows from top to bottom at 0, 1, 2 …: positions are numbers, so that two names which look
    the same after cutting stay two rows, and no name is taken for a date or a number. Where
    there are ``totals``, each name carries its own, smaller."""
    texts = [label(name, limit) for name in labels]
    if totals is not None:
        texts = [
            f"{text}  <span style='font-size:11px'>{number(int(totals[name]))}</span>"
            for text, name in zip(texts, labels, strict=True)
        ]
    return {
        "type": "linear",
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": texts,
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "ticks": "",
        "ticklabelstandoff": 6,
    }


def value_axis(name: str = "", unit: str = "", *, zero: bool = True) -> dict[str, Any]:
    """A quiet axis of numbers with its name and the unit's tick format."""
    named = {"text": label(name, None), "font": {"size": 12, "color": INK}, "standoff": 8}
    return {
        **({"title": named} if name else {}),
        "tickformat": ".0%" if unit == "share" else ",",
        "gridcolor": GRID,
        "zeroline": zero,
        "zerolinecolor": ZERO,
        "zerolinewidth": 1,
        "fixedrange": True,
        "automargin": True,
        "nticks": 7,
    }


def label(text: Any, limit: int | None = LABEL_LIMIT) -> str:
    """Text from data as Plotly may show it: one line, cut, and free of markup and TeX.

    >>> label("<a href='x'>A & B</a> $5")
    "&lt;a href='x'&gt;A &amp; B&lt;/a&gt; &#36;5"
    """
    return escape(clean(text, limit))


def escape(line: str) -> str:
    """Plotly's markup characters as entities, and the dollar that would start TeX."""
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace("$", "&#36;")


def hover(*lines: str) -> str:
    """Lines of hover text: each escaped, joined with the only tag that we write ourselves."""
    return "<br>".join(label(line, 110) for line in lines if line)


def outlet_colours(order: Sequence[str]) -> dict[str, str]:
    """One colour per outlet, by its place in ``order``: pass the same order to every chart.

    Beyond eight outlets the colours start again; charts then tell them apart by symbol and label.

    >>> outlet_colours(["The Post", "The Wire"])
    {'The Post': '#126d91', 'The Wire': '#eb6c2d'}
    """
    names = list(dict.fromkeys(order))
    return {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(names)}


def part_colours(parts: Sequence[str]) -> dict[str, str]:
    """Colours for the parts of a whole: fixed for known parts, the palette for others."""
    fresh = iter(c for c in PALETTE * (len(parts) // len(PALETTE) + 1))
    return {p: PARTS[p] if p in PARTS else next(fresh) for p in parts}


def on_colour(colour: str) -> str:
    """White or near-black, whichever reads better on ``colour``."""
    return "#ffffff" if luminance(colour) < 0.26 else "#1c1f23"


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2), 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rounded(value: float | None) -> float | None:
    """Four places are more than a pixel; rounding keeps notebooks identical between machines."""
    if value is None or math.isinf(value) or math.isnan(value):
        return None
    return round(float(value), 4) + 0.0


def _plain(value: Any) -> Any:
    """Nested dicts and lists of plain JSON values, floats rounded, nothing unset."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int):
        return value
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return rounded(float(value))


def _stop(title: str) -> str:
    """A title as the first sentence of a text alternative."""
    line = clean(title)
    return line if line.endswith((".", "?", "!")) else f"{line}."


def tell(title: str, *sentences: str) -> str:
    """The text alternative: the title, then one to three sentences with the main numbers."""
    return " ".join([_stop(title), *(s for s in sentences if s)])
