"""Grids as the notebooks and the page show them: structured, as escaped HTML, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.display import CONTRAST, SPREAD, Shown, in_context
from helpers.leads import Book
from helpers.show.base import Table
from helpers.spread.first import nothing
from helpers.spread.grid import Contrast, Entry, Grid, Row, Side
from helpers.spread.material import Material
from helpers.wording import clean

if TYPE_CHECKING:
    from helpers.spread.grid import Span

NOTHING = "There is nothing to hold against each other."
MOST = 8
"""Sentences behind one entry that JupyterLab shows; on the page an entry opens all of them."""
FIRST = 2
"""Sentences of each side of a contrast that stand open."""
chronology = Table(
    "What was told when, by whom first",
    {"day": "day", "first": "first told by", "what": "what", "later": "later by (month-day)"},
    limit=12,
)
_TAGS = {"plain": "", "mark": "mark", "cut": "del", "retold": "em"}


def grids(
    m: Material, shown: Sequence[Grid], *, folded: int | None = None, none: str = NOTHING
) -> Shown:
    """Grids below each other; those from number ``folded`` on are one click away."""
    made = [_grid(m, each) for each in shown]
    data = {"grids": made, "open": len(made) if folded is None else folded, "none": none}
    html = "".join(_html(m, each) for each in made) or f"<p>{escape(none)}</p>"
    for entry in _entries(made):
        entry.pop("places", None)  # the page finds them by their number
    return Shown(SPREAD, data, html, "\n\n".join(map(_plain, made)) or none)


def grid(m: Material, shown: Grid) -> Shown:
    """One grid; of one whose sides the reader chooses JupyterLab shows the two that are open."""
    empty = not (shown.columns and shown.rows)
    return grids(m, [] if empty else [shown], none=shown.note if empty and shown.note else NOTHING)


def contrasts(m: Material, shown: Sequence[Contrast], *, alerts: Sequence[str] = ()) -> Shown:
    """Contrasts below each other, both sides' sentences beside each other; alerts before them."""
    made = [_contrast(m, each) for each in shown]
    before = [clean(alert) for alert in alerts]
    none = "" if made else nothing(m)
    html = "".join(f"<p>{escape(alert)}</p>" for alert in before)
    html += "".join(map(_contrast_html, made)) or f"<p><strong>{escape(none)}</strong></p>"
    plain = "\n\n".join([*before, *(map(_contrast_plain, made) if made else [none])])
    return Shown(CONTRAST, {"alerts": before, "contrasts": made, "none": none}, html, plain)


def _contrast(m: Material, each: Contrast) -> dict[str, Any]:
    book = Book()
    made = {
        "statement": clean(each.statement),
        "note": clean(each.note),
        "sides": [_side(m, side, book) for side in each.sides],
    }
    return made | {"leads": book.data()}


def _side(m: Material, side: Side, book: Book) -> dict[str, Any]:
    return {
        "name": clean(side.name),
        "note": clean(side.note),
        "items": _sentences(m, side.places, FIRST, spread=True),
        "total": len(side.places),
        "ref": book.ref(side.places),
    }


def _sentences(
    m: Material, places: Sequence[Span], limit: int, *, spread: bool = False
) -> list[dict[str, Any]]:
    """The first places in their sentences, as `display.evidence` has them."""
    spans = pd.DataFrame(list(places), columns=["doc_id", "start", "end"])
    known = m.story.articles
    return in_context(spans, known, sentences=m.story.sentences, limit=limit, spread=spread)


def _contrast_html(data: dict[str, Any]) -> str:
    sides = "".join(
        f'<td style="text-align:left;vertical-align:top"><strong>{escape(side["name"])}</strong>'
        f"<br><small>{escape(side['note'])}</small>{_items_html(side['items'])}</td>"
        for side in data["sides"]
    )
    return (
        f"<h4>{escape(data['statement'])}</h4><table><tr>{sides}</tr></table>"
        f"<p><small>{escape(data['note'])}</small></p>"
    )


def _items_html(items: Sequence[dict[str, Any]]) -> str:
    return "".join(
        f"<p>{escape(i['before'])}<mark>{escape(i['span'])}</mark>{escape(i['after'])} "
        f"<small>{escape(i['outlet'])}</small></p>"
        for i in items
    )


def _contrast_plain(data: dict[str, Any]) -> str:
    lines = [data["statement"]]
    for side in data["sides"]:
        lines.append(f"  {side['name']} ({side['note']})")
        lines += [f"    {i['before']}⟦{i['span']}⟧{i['after']}" for i in side["items"]]
    return "\n".join([*lines, f"  {data['note']}"])


def _entries(grids: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for grid in grids:
        for row in grid["rows"]:
            for cell in row["cells"]:
                yield from cell


def _grid(m: Material, grid: Grid) -> dict[str, Any]:
    book = Book()
    made = {
        "caption": grid.caption,
        "note": grid.note,
        "columns": [{"name": c.name, "note": c.note} for c in grid.columns],
        "rows": [_row(m, row, book) for row in grid.rows],
        "chosen": list(grid.chosen),
    }
    return made | {"leads": book.data()}


def _row(m: Material, row: Row, book: Book) -> dict[str, Any]:
    return {
        "label": row.label,
        "note": row.note,
        "empty": row.empty,
        "differs": row.differs,
        "cells": [[_entry(m, entry, book) for entry in cell] for cell in row.cells],
    }


def _entry(m: Material, entry: Entry, book: Book) -> dict[str, Any]:
    made: dict[str, Any] = {"runs": [list(run) for run in entry.runs if run[1]], "note": entry.note}
    if len(entry.at) == 1:
        made["at"] = list(entry.at[0])
        made["title"] = m.headline(entry.at[0][0])[0]
    elif entry.at:
        made["ref"] = book.ref(entry.at)
        made["places"] = entry.at
    return made


def _opened(data: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Columns and rows of the sides that stand open; a row without anything in them goes."""
    at = data["chosen"] or range(len(data["columns"]))
    rows = [{**row, "cells": [row["cells"][i] for i in at]} for row in data["rows"]]
    return [data["columns"][i] for i in at], [row for row in rows if tells(row, row["cells"])]


def tells(row: Mapping[str, Any], cells: Sequence[Sequence[Mapping[str, Any]]]) -> bool:
    """Whether a row has something to show in these cells."""
    if not row["differs"] or len(cells) != 2:
        return any(cells)
    return all(cells) and words(cells[0]) != words(cells[1])


def words(cell: Sequence[Mapping[str, Any]]) -> str:
    """What stands in a cell, without its numbers."""
    return "; ".join(" ".join(text for _, text in entry["runs"]) for entry in cell)


def _html(m: Material, data: dict[str, Any]) -> str:
    columns, rows = _opened(data)
    head = "".join(
        f"<th>{escape(c['name'])}<br><small>{escape(c['note'])}</small></th>" for c in columns
    )
    body = "".join(_html_row(m, row) for row in rows)
    note = f"<p><small>{escape(data['note'])}</small></p>" if data["note"] else ""
    return (
        f"{note}<table><caption>{escape(data['caption'])}</caption><thead><tr><th></th>{head}</tr>"
        f"</thead><tbody>{body}</tbody></table>"
    )


def _html_row(m: Material, row: dict[str, Any]) -> str:
    none = f"<small>{escape(row['empty'])}</small>"
    cells = "".join(
        f'<td style="text-align:left;vertical-align:top">{_html_cell(m, cell) or none}</td>'
        for cell in row["cells"]
    )
    note = f"<br><small>{escape(row['note'])}</small>" if row["note"] else ""
    return f'<tr><th style="text-align:left">{escape(row["label"])}{note}</th>{cells}</tr>'


def _html_cell(m: Material, cell: Sequence[dict[str, Any]]) -> str:
    return "".join(_html_entry(m, entry) for entry in cell)


def _html_entry(m: Material, entry: dict[str, Any]) -> str:
    words = " ".join(
        f"<{tag}>{escape(text)}</{tag}>" if (tag := _TAGS[style]) else escape(text)
        for style, text in entry["runs"]
    )
    note = f" <small>{escape(entry['note'])}</small>" if entry["note"] else ""
    if "places" not in entry:
        return f"<p>{words}{note}</p>"
    inside = "".join(
        f"<li>{escape(i['before'])}<mark>{escape(i['span'])}</mark>{escape(i['after'])}</li>"
        for i in _sentences(m, entry["places"], MOST)
    )
    return f"<details><summary>{words}{note}</summary><ol>{inside}</ol></details>"


def _plain(data: dict[str, Any]) -> str:
    columns, rows = _opened(data)
    lines = [data["caption"], " | ".join(c["name"] for c in columns)]
    for row in rows:
        cells = ["; ".join(map(_plain_entry, cell)) or row["empty"] for cell in row["cells"]]
        lines.append(f"{row['label']}: {' | '.join(cells)}")
    return "\n".join([*lines, data["note"]] if data["note"] else lines)


def _plain_entry(entry: dict[str, Any]) -> str:
    words = " ".join(f"[{text}]" if style == "cut" else text for style, text in entry["runs"])
    return f"{words} ({entry['note']})" if entry["note"] and words else words or entry["note"]
