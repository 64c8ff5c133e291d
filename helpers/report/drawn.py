"""The chart of a notebook that anybody may have made: no picture, no link, no markup but ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from helpers.report.shapes import Malformed, leads, mapping, shaped

DEEPEST = 16
"""Levels of a chart's JSON; ours have seven."""
_TALLEST, _FARTHEST = 100_000, 1e300
_KEY = re.compile(r"[a-z][A-Za-z0-9_]*")
_MARKUP = re.compile(r"<br>|<span style='font-size:11px'>|</span>|</?(?:b|i|sub|sup)>|<|>")
_LEFT_OUT = frozenset({"images", "template", "updatemenus", "sliders", "constructor", "prototype"})
"""Keys of a chart that hold pictures, or change it when they are used."""


def chart(value: Any, name: str) -> dict[str, Any]:
    """Plotly's JSON as the page may draw it; raises `Malformed` where it cannot."""
    given = shaped(value, {"data": [dict], "layout?": dict}, name)
    layout = given.get("layout", {})
    meta = mapping(mapping(layout.get("meta")).get("leads"))
    found = leads(dict(meta), "leads") if meta else {}
    made = {
        "data": [_drawn(t, 0) for t in given["data"] if t.get("type", "scatter") != "image"],
        "layout": _drawn({k: v for k, v in layout.items() if k != "meta"}, 0),
    }
    for trace in made["data"]:
        customdata = trace.get("customdata")
        marks = list(_flat(customdata if isinstance(customdata, list) else ["none"]))
        told = list(_flat(trace.get("hovertext") or trace.get("text")))
        ours = all(isinstance(m, int) and -1 <= m < len(found.get("refs", ())) for m in marks)
        if not ours or len(marks) != len(told) or not all(isinstance(t, str) for t in told):
            trace.pop("customdata", None)
        if not isinstance(trace.get("marker", {}), dict):
            raise Malformed(f"{name} has a marker that is no table")
    _standing(made["layout"], name)
    made["layout"]["meta"] = {"leads": found}
    return made


def _standing(layout: dict[str, Any], name: str) -> None:
    """What the page reads or changes of a layout is of its type."""
    title = layout.get("title", {})
    tables = {key: layout.setdefault(key, {}) for key in ("font", "margin", "xaxis", "yaxis")}
    tables["title"] = {} if isinstance(title, str) else title
    tables["subtitle"] = mapping(title).get("subtitle", {})
    for key, held in tables.items():
        if not isinstance(held, dict):
            raise Malformed(f"{name} has a {key} that is no table")
    for held, key in ((layout, "height"), (tables["margin"], "t")):
        size = held.get(key, 0)
        if not isinstance(size, int | float) or not 0 <= size <= _TALLEST:
            raise Malformed(f"{name} has no height that can be drawn")


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    elif value is not None:
        yield value


def _drawn(value: Any, depth: int) -> Any:
    """The JSON of a chart without pictures, and with the markup alone that we write ourselves."""
    if depth > DEEPEST:
        raise Malformed("the chart is nested too deeply")
    if isinstance(value, str):
        return _MARKUP.sub(_kept, value)
    if isinstance(value, list):
        return [_drawn(each, depth + 1) for each in value]
    if isinstance(value, Mapping):
        return {
            key: _drawn(each, depth + 1)
            for key, each in value.items()
            if isinstance(key, str) and _KEY.fullmatch(key) and key not in _LEFT_OUT
        }
    if isinstance(value, int | float) and not -_FARTHEST < value < _FARTHEST:
        return None  # nor does JavaScript draw it
    return value


def _kept(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;"}.get(found[0], found[0])
