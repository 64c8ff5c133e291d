"""Sides held against each other as blocks of the page: grids, with the way to every sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.report.places import Places
from helpers.report.store import led
from helpers.spread.show import tells, words

TAGS = {"mark": "mark", "cut": "del", "retold": "em"}
"""How a run of words is marked up, by its style."""
SHORT = 40
"""Characters up to which entries stand behind each other, and not below."""


def wanted(data: Mapping[str, Any]) -> Iterator[str]:
    """The doc_ids that grids or contrasts point at."""
    for made in (*data.get("contrasts", ()), *data.get("grids", ())):
        yield from made["leads"]["places"]
    for entry in _entries(data):
        if "at" in entry:
            yield entry["at"][0]


def _entries(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for grid in data.get("grids", ()):
        for row in grid["rows"]:
            for cell in row["cells"]:
                yield from cell


def block(data: Mapping[str, Any], name: str, places: Places) -> dict[str, Any]:
    """The grids of one output, drawn by the template."""
    grids = []
    for number, grid in enumerate(data["grids"], 1):
        own = f"{name}-{number}"
        chosen = grid["chosen"] or range(len(grid["columns"]))
        rows = [
            {
                **row,
                "cells": [[_entry(e, own, places) for e in cell] for cell in row["cells"]],
                "words": [words(cell) for cell in row["cells"]],
                "flow": _is_short(row),
                "off": not tells(row, [row["cells"][i] for i in chosen]),
            }
            for row in grid["rows"]
        ]
        off = [i not in chosen for i in range(len(grid["columns"]))]
        leads = led(grid["leads"], places.docs) if grid["leads"]["refs"] else {}
        label = places.label(grid["caption"])
        more = {"leads": leads, "id": own, "rows": rows, "off": off, "label": label}
        grids.append({**grid, **more})
    return {"kind": "spread", "grids": grids, "open": data["open"], "none": data.get("none", "")}


def _is_short(row: Mapping[str, Any]) -> bool:
    """Whether all entries of a row are a few words, and stand behind each other."""
    return all(len(words([entry])) <= SHORT for cell in row["cells"] for entry in cell)


def _entry(entry: Mapping[str, Any], name: str, places: Places) -> dict[str, Any]:
    made: dict[str, Any] = {
        "runs": [(TAGS.get(style, ""), words) for style, words in entry["runs"]],
        "note": entry["note"],
        "href": "",
        "ref": entry.get("ref", -1),
    }
    if "at" in entry:
        doc, start, end = entry["at"]
        made |= {"href": places.link(doc, start, end, name), "title": entry["title"]}
    return made


def contrasts(data: Mapping[str, Any], name: str, places: Places) -> dict[str, Any]:
    """Contrasts of one output, each with the sentences of both its sides."""
    made = []
    for number, contrast in enumerate(data["contrasts"], 1):
        own = f"{name}-{number}"
        both = [
            {**side, "items": places.linked(side["items"], own)} for side in contrast["sides"]
        ]
        leads = led(contrast["leads"], places.docs) if contrast["leads"]["refs"] else {}
        made.append({**contrast, "id": own, "sides": both, "leads": leads})
    return {"kind": "contrasts", **data, "contrasts": made}
