"""A notebook in the forms that Parallax writes, whoever wrote the notebook.

The page draws what a notebook holds, and a notebook may come from anybody. Of each output the keys
of its form get through, each with a value of its type; an output that has the name of a form and
not the form is told, and not drawn. In a chart no picture, link or further markup stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from helpers.display import CONTRAST, EVIDENCE, FINDING, READER, READING, SPREAD, TABLE
from helpers.notebook_form import PLOTLY
from helpers.report.drawn import chart
from helpers.report.shapes import (
    Malformed,
    counted,
    joined,
    leads,
    listed,
    listed_as,
    mapping,
    shaped,
)
from helpers.wording import plain_lines

if TYPE_CHECKING:
    from nbformat import NotebookNode


def known(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its sources, tags and outputs of known form, and nothing else; valid."""
    from nbformat import from_dict

    meta = mapping(mapping(notebook.get("metadata")).get("parallax"))
    name = meta.get("notebook")
    cells = [_cell(mapping(c)) for c in listed(notebook.get("cells"))]
    made: NotebookNode = from_dict(
        {
            "nbformat": 4,
            "nbformat_minor": 4,
            "metadata": {"parallax": {"notebook": name}} if isinstance(name, str) else {},
            "cells": cells,
        }
    )
    return made


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    tags = listed(mapping(cell.get("metadata")).get("tags"))
    made: dict[str, Any] = {
        "cell_type": kind if kind in {"markdown", "code"} else "raw",
        "source": plain_lines(joined(cell.get("source"))),
        "metadata": {"tags": [tag for tag in tags if isinstance(tag, str)]},
    }
    if kind == "code":
        made["execution_count"] = None
        made["outputs"] = [_output(output) for output in listed(cell.get("outputs"))]
    return made


def _output(output: Any) -> dict[str, Any]:
    try:
        given = shaped(output, {}, "the output") or output
        kind = given.get("output_type")
        if kind == "stream":
            stream = {"name": str, "text": _words}
            return {"output_type": kind, **shaped(given, stream, "the output")}
        if kind == "error":
            error = {"ename": _words, "evalue": _words}
            return {"output_type": kind, "traceback": [], **shaped(given, error, "the output")}
        if kind not in {"display_data", "execute_result"}:
            raise Malformed("the output is of no known type")
        data = shaped(given.get("data", {}), {}, "data") or given.get("data", {})
        forms = {
            key: shaped(data[key], shape, key.removesuffix("+json").rpartition(".")[2])
            for key, shape in _FORMS.items()
            if key in data
        }
        plain = {"text/plain": _words(data["text/plain"], "text")} if "text/plain" in data else {}
        return {"output_type": "display_data", "metadata": {}, "data": forms | plain}
    except Malformed as error:
        text = f"An output is not drawn, since it is not of the form that it names: {error}."
        return {"output_type": "stream", "name": "stderr", "text": text}


# -- forms ------------------------------------------------------------------------------------


def _words(value: Any, name: str) -> str:
    """Text of several lines, without what a terminal or a reader's eye would obey."""
    if not isinstance(value, str | list):
        raise Malformed(f"{name} is no text")
    return plain_lines(joined(value))


def _table(value: Any, name: str) -> dict[str, Any]:
    made: dict[str, Any] = shaped(value, _TABLE, name)
    names = [column["name"] for column in made["columns"]]
    if any(len(row) != len(names) for row in made["rows"]):
        raise Malformed(f"{name} has rows of other lengths")
    links = made.get("links")
    if links is not None and len(links) != len(made["rows"]):
        raise Malformed(f"{name} has other links than rows")
    at = made.get("leads", {}).setdefault("at", {})
    if any(len(column) != len(made["rows"]) for column in at.values()):
        raise Malformed(f"{name} has other numbers than rows")
    return made


def _link(value: Any, name: str) -> list[Any]:
    if value == []:
        return []
    return listed_as(value, name, str, int)


def _grid(value: Any, name: str) -> dict[str, Any]:
    made: dict[str, Any] = shaped(value, _GRID, name)
    size = len(made["columns"])
    if any(len(row["cells"]) != size for row in made["rows"]):
        raise Malformed(f"{name} has rows of other lengths")
    if any(not 0 <= at < size for at in made["chosen"]):
        raise Malformed(f"{name} opens sides that are not there")
    cells = (cell for row in made["rows"] for cell in row["cells"])
    counted((entry.get("ref", -1) for cell in cells for entry in cell), made["leads"])
    return made


def _contrast(value: Any, name: str) -> dict[str, Any]:
    made: dict[str, Any] = shaped(value, _CONTRAST, name)
    counted((side["ref"] for side in made["sides"]), made["leads"])
    return made


def _article(value: Any, name: str) -> dict[str, Any]:
    made: dict[str, Any] = shaped(value, _ARTICLE, name)
    marks = made["marks"]
    names = [n for _, _, _, n in marks["said"]] + [n for _, _, n, _, _ in marks["named"]]
    if any(not -1 <= n < len(marks["names"]) for n in names):
        raise Malformed(f"{name} names people that it does not know")
    tones = [tone for _, _, _, tone, _ in marks["named"]]
    tones += [tone for _, _, tone in marks["judging"]]
    if any(tone not in (-1, 0, 1) for tone in tones):
        raise Malformed(f"{name} has tones that are none")
    places = [[made["begin"]], made["headings"], made["head"]]
    places += [span[:2] for kind in ("said", "named", "judging") for span in marks[kind]]
    if any(not 0 <= at <= len(made["text"]) for span in places for at in span):
        raise Malformed(f"{name} has marks outside of its text")
    if len(made["head"]) not in (0, 2):
        raise Malformed(f"{name} has a headline without an end")
    return made


def _entry(value: Any, name: str) -> dict[str, Any]:
    made: dict[str, Any] = shaped(value, _ENTRY, name)
    if "at" in made and "title" not in made:
        raise Malformed(f"{name} leads to an article without a title")
    return made


_ITEM = {
    "doc_id": str, "start": int, "end": int, "outlet": str, "published": str, "title": str,
    "before": str, "span": str, "after": str, "note": str,
}  # fmt: skip
_TABLE = {
    "caption": str, "columns": [{"name": str, "heading": str, "type": str}], "rows": [[str]],
    "total": int, "note": str, "links?": [_link], "leads?": leads,
}  # fmt: skip
_CLAIM = {
    "claim_id": str, "topic": str, "statement": str, "value": str, "unit": str,
    "denominator": str, "interval": str, "method": str, "descriptive": bool, "doubtful": bool,
    "items": [_ITEM], "total": int, "leads?": leads,
}  # fmt: skip
_ENTRY = {
    "runs": [lambda value, name: listed_as(value, name, str, str)], "note": str, "ref?": int,
    "at?": lambda value, name: listed_as(value, name, str, int, int), "title?": str,
}  # fmt: skip
_ARTICLE = {
    "doc_id": str, "outlet": str, "published": str, "byline": str, "genre": str, "title": str,
    "url": str, "n_words": int, "duplicate_of": str, "text": str, "begin": int, "head": [int],
    "headings": [int], "marks": {
        "names": [str],
        "said": [lambda value, name: listed_as(value, name, *[int] * 4)],
        "named": [lambda value, name: listed_as(value, name, *[int] * 5)],
        "judging": [lambda value, name: listed_as(value, name, *[int] * 3)],
    },
}  # fmt: skip
_GRID = {
    "caption": str, "note": str, "columns": [{"name": str, "note": str}], "chosen": [int],
    "rows": [{"label": str, "note": str, "empty": str, "differs": bool, "cells": [[_entry]]}],
    "leads": leads,
}  # fmt: skip
_SIDE = {"name": str, "note": str, "items": [_ITEM], "total": int, "ref": int}
_CONTRAST = {"statement": str, "note": str, "sides": [_SIDE], "leads": leads}
_FORMS: dict[str, dict[str, Any] | Callable[[Any, str], dict[str, Any]]] = {
    TABLE: _table,
    EVIDENCE: {"caption": str, "items": [_ITEM], "total": int, "leads?": leads},
    READING: {"text": str, "denominator": str, "limit": str},
    FINDING: {"findings": [_CLAIM]},
    SPREAD: {"grids": [_grid], "open": int, "none?": str},
    READER: {"articles": [_article]},
    CONTRAST: {"alerts": [str], "contrasts": [_contrast], "none": str},
    PLOTLY: chart,
}
