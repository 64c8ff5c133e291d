"""An executed notebook as a chapter: plain blocks that the template draws.

Only structured outputs are read: Plotly JSON, our own ``application/vnd.parallax.*+json``, plain
text and streams, all of known form (`outputs.known`). A cell's ``text/html`` is never looked at.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from nbformat.v4 import new_markdown_cell

from helpers import reader
from helpers.display import CONTRAST, EVIDENCE, FINDING, READER, READING, SPREAD, TABLE, row_header
from helpers.notebook_form import PLOTLY
from helpers.report import sides
from helpers.report.execute import INJECTED, PARAMETERS
from helpers.report.markdown import headings, to_html
from helpers.report.places import Places, slugs
from helpers.report.store import led
from helpers.spread.show import NOTHING
from helpers.wording import clean

if TYPE_CHECKING:
    from nbformat import NotebookNode

HIDDEN = {INJECTED, "hide", "hide-cell", "remove-cell", "remove_cell"}
ASIDE = "aside"
"""Cells with this tag are folded: one click away, not in the way."""
METHOD = "method"
"""Cells of the briefing's notebook with this tag stand on the page of methods alone."""
_ROWS_OF = {SPREAD: "grids", TABLE: "rows"}
"""Kinds of outputs that may be empty, and what they hold otherwise."""
_SHORT, _LONG = 22, 36
"""Letters up to which a column's cells never wrap, and from which they need room to wrap."""
_TAG = re.compile(r"<[^>]*>")


def chapter_names(notebooks: Sequence[NotebookNode]) -> dict[str, str]:
    """The notebook's file stem → the id of its chapter."""
    stems = [
        str(nb.metadata.get("parallax", {}).get("notebook") or f"notebook-{i}")
        for i, nb in enumerate(notebooks, 1)
    ]
    return slugs(stems, prefix="chapter-")


def chapters(
    notebooks: Sequence[NotebookNode],
    places: Places,
    *,
    shift: int = 1,
    hrefs: Mapping[str, str] | None = None,
    code: bool = True,
) -> list[dict[str, Any]]:
    """One record per notebook: id, title, sections for the table of contents, blocks.

    Headings go down by ``shift`` levels. ``hrefs`` are the links to notebooks, by their file
    stems; without them they lead within the page. Without ``code`` the cells' sources stay out.
    """
    names = chapter_names(notebooks)
    links = hrefs if hrefs is not None else {stem: f"#{name}" for stem, name in names.items()}
    figures = count(1)
    return [
        _chapter(nb, name, links, places, figures, shift, code)
        for nb, name in zip(notebooks, names.values(), strict=True)
    ]


def parted(notebook: NotebookNode) -> tuple[NotebookNode, NotebookNode]:
    """The briefing's notebook as the two pages show it: what was found, and how it was counted.

    Cells tagged ``method`` stand on the page of methods alone, which also shows the code of all.
    """
    found, method = copy(notebook), copy(notebook)
    found["cells"], method["cells"] = [], []
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", ()))
        if METHOD not in tags:
            found["cells"].append(cell)
        if tags & {METHOD, INJECTED}:
            method["cells"].append(cell)
        elif cell.cell_type == "code":
            bare = copy(cell)
            bare["outputs"] = []
            method["cells"].append(bare)
    found["cells"] = _telling(found["cells"])
    return found, method


def _telling(cells: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The cells without the sections that show nothing, which one line at the end names."""
    sections: list[list[NotebookNode]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    kept, silent = list(sections[0]), []
    for section in sections[1:]:
        made = [output for cell in section for output in _made(cell)]
        if made and not any(map(_shows, made)):
            if NOTHING in (o["data"].get(SPREAD, {}).get("none", NOTHING) for o in made):
                silent.append(headings(section[0].source)[0][1].rstrip("?."))
        else:
            kept += [c for c in section if not (made := _made(c)) or any(map(_shows, made))]
    if silent:
        line = new_markdown_cell(f"## What was not found\n\nNothing to show: {'; '.join(silent)}.")
        line["id"] = "not-found"
        kept.append(line)
    return kept


def _made(cell: NotebookNode) -> list[Mapping[str, Any]]:
    """The outputs of a cell that show data."""
    return [output for output in cell.get("outputs", ()) if output.get("data")]


def _shows(output: Mapping[str, Any]) -> bool:
    """Whether an output shows more than that there is nothing; only of tables and grids it may."""
    data = output["data"]
    return not any(kind in data and not data[kind][rows] for kind, rows in _ROWS_OF.items())


def wanted_articles(notebooks: Sequence[NotebookNode]) -> set[str]:
    """The doc_ids that some output of the notebooks points at."""
    wanted: set[str] = set()
    for nb in notebooks:
        for cell in nb.cells:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                shown = data.get(EVIDENCE, {})
                wanted.update(i["doc_id"] for i in shown.get("items", ()))
                wanted.update(shown.get("leads", {}).get("places", ()))
                wanted.update(row[0] for row in data.get(TABLE, {}).get("links", ()) if row)
                wanted.update(data.get(TABLE, {}).get("leads", {}).get("places", ()))
                wanted.update(_meta(data.get(PLOTLY, {})).get("places", ()))
                for made in (SPREAD, CONTRAST):
                    wanted.update(sides.wanted(data.get(made, {})))
                for claim in data.get(FINDING, {}).get("findings", ()):
                    wanted.update(i["doc_id"] for i in claim["items"])
                    wanted.update(claim.get("leads", {}).get("places", ()))
    return wanted


def _meta(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """What the marks of a chart lead to."""
    found: dict[str, Any] = (bundle.get("layout") or {}).get("meta", {}).get("leads", {})
    return found


def _chapter(
    notebook: NotebookNode,
    name: str,
    hrefs: Mapping[str, str],
    places: Places,
    figures: Iterator[int],
    shift: int,
    with_code: bool,
) -> dict[str, Any]:
    title = ""
    sections: list[dict[str, Any]] = []
    blocks: list[dict[str, Any]] = []
    code: list[str] = []
    used: dict[str, int] = {}
    numbers = count(1)

    def identify(words: str) -> str:
        stem = next(iter(slugs([words]).values())).lower()
        used[stem] = used.get(stem, 0) + 1
        turn = "" if used[stem] == 1 else f"-{used[stem]}"
        return f"{name}-{stem}{turn}"

    # A chapter may begin with the heading of a section; on a page of its own that stays one.
    heading = re.compile(r"\s*##?\s+(.+?)\s*(?:\n|$)" if shift else r"\s*#\s+(.+?)\s*(?:\n|$)")
    for cell in _as_run(notebook):
        if HIDDEN & set(cell.metadata.get("tags", ())):
            continue
        if cell.cell_type == "markdown":
            _flush(code, blocks)
            source = cell.source
            if not title and (first := heading.match(source)):
                title = headings(f"# {first[1]}")[0][1]
                source = source[first.end() :]
            if not source.strip():
                continue
            made: list[tuple[str, str]] = []

            def remember(words: str, made: list[tuple[str, str]] = made) -> str:
                made.append((identify(words), words))
                return made[-1][0]

            text = to_html(source, shift=shift, identify=remember, chapters=hrefs)
            levels = [level for level, _ in headings(source)]
            sections += [
                {"id": i, "title": words}
                for (i, words), level in zip(made, levels, strict=True)
                if level <= 2
            ]
            blocks.append({"kind": "prose", "html": text, "lead": not blocks})
        elif cell.cell_type == "code":
            if with_code and cell.source.strip():
                code.append(cell.source.strip("\n"))
            made_blocks = [
                block
                for output in cell.get("outputs", ())
                if (block := _output(output, f"{name}-{next(numbers)}", places, figures))
            ]
            if ASIDE in cell.metadata.get("tags", ()) and made_blocks:
                title_of = _name_of(made_blocks[0])
                made_blocks = [{"kind": "aside", "title": title_of, "blocks": made_blocks}]
            blocks.extend(made_blocks)
    _flush(code, blocks)
    return {"id": name, "title": title or name, "sections": sections, "blocks": blocks}


def _as_run(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The cells, those tagged ``parameters`` with the values that were set when they ran.

    Of a path only its last part is shown: where the folder lies is nobody's business but its
    owner's, and the page has to be the same on every machine.
    """
    injected = [c for c in notebook.cells if INJECTED in c.metadata.get("tags", ())]
    given: dict[str, str] = {}
    for line in "\n".join(c.source for c in injected).splitlines():
        name, _, value = line.partition(" = ")
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            known = ast.literal_eval(value)
            given[name] = json.dumps(PurePath(known).name) if isinstance(known, str) else value
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", ()) and given:
            cell = cell.copy()
            cell["source"] = "\n".join(_as_set(line, given) for line in cell.source.splitlines())
        yield cell


def _as_set(line: str, given: Mapping[str, str]) -> str:
    """A line of the parameters with the value that was set; its comment stays."""
    name, _, rest = line.partition(" = ")
    if name not in given:
        return line
    comment = rest.partition("  #")[2]
    return f"{name} = {given[name]}" + (f"  #{comment}" if comment else "")


def _name_of(block: Mapping[str, Any]) -> str:
    """What a folded block is called: its title, its caption, or its first words."""
    return str(block.get("title") or block.get("caption") or block.get("text") or "More")


def _flush(code: list[str], blocks: list[dict[str, Any]]) -> None:
    if code:
        blocks.append({"kind": "code", "source": "\n\n".join(code)})
        code.clear()


def _output(
    output: Mapping[str, Any], name: str, places: Places, figures: Iterator[int]
) -> dict[str, Any] | None:
    """The block for one output, or None where there is nothing to show."""
    kind = output["output_type"]
    if kind == "stream":
        return {"kind": "stream", "text": output["text"], "warning": output["name"] == "stderr"}
    if kind == "error":
        return {"kind": "stream", "text": f"{output['ename']}: {output['evalue']}", "warning": True}
    data = output.get("data", {})
    if TABLE in data:
        return _table(data[TABLE], name, places)
    if EVIDENCE in data:
        shown = data[EVIDENCE]
        return {
            "kind": "evidence",
            "id": name,
            "caption": shown["caption"],
            "items": places.linked(shown["items"], name),
            "total": shown["total"],
            "leads": _led(shown.get("leads", {}), places),
        }
    if READER in data:
        return {"kind": "reader", "html": Markup(reader.reader(data[READER]["articles"]))}
    if CONTRAST in data:
        return sides.contrasts(data[CONTRAST], name, places)
    if SPREAD in data:
        return sides.block(data[SPREAD], name, places)
    if READING in data:
        return {**data[READING], "kind": "reading"}
    if FINDING in data:
        claims = data[FINDING]["findings"]
        return {
            "kind": "findings",
            "claims": [
                {
                    **c,
                    "id": f"{name}-{i}",
                    "items": places.linked(c["items"], f"{name}-{i}"),
                    "leads": _led(c.get("leads", {}), places),
                }
                for i, c in enumerate(claims, 1)
            ],
        }
    if PLOTLY in data:
        alt = str(data.get("text/plain", ""))
        return figure(data[PLOTLY], alt, name, next(figures), places)
    plain = data.get("text/plain", "")
    if plain[:1] in {"'", '"'}:
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            return {"kind": "said", "text": str(ast.literal_eval(plain))}
    return {"kind": "plain", "text": plain} if plain and plain != "None" else None


def _table(data: Mapping[str, Any], name: str, places: Places) -> dict[str, Any]:
    links = data.get("links") or [[] for _ in data["rows"]]
    hrefs = [places.point(link[0], link[1]) if link else "" for link in links]
    # Where a row leads to its sentence, the columns of offsets say nothing more to a reader.
    placed = any(href and link[1] for href, link in zip(hrefs, links, strict=True))
    hidden = {"doc_id", "start", "end"} if placed else set()
    keep = [i for i, c in enumerate(data["columns"]) if c["name"] not in hidden]
    leads = data.get("leads", {"at": {}})
    at = [leads["at"].get(data["columns"][i]["name"], [-1] * len(hrefs)) for i in keep]
    rows = [
        {
            "cells": [row[i] for i in keep],
            "href": href,
            "title": places.titles.get(link[0], link[0]) if link else "",
            "refs": [refs[n] for refs in at],
        }
        for n, (row, href, link) in enumerate(zip(data["rows"], hrefs, links, strict=True))
    ]
    return {
        "kind": "table",
        "id": name,
        "caption": data["caption"],
        "label": places.label(data["caption"]),
        "columns": [
            {**data["columns"][i], "width": _width([row[i] for row in data["rows"]])} for i in keep
        ],
        "head": row_header([data["columns"][i] for i in keep]),
        "rows": rows,
        "linked": any(hrefs),
        "note": data["note"],
        "sortable": len(rows) > 4,
        "leads": _led(leads, places),
    }


def _led(leads: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """What the numbers of a block lead to, for the page's script; empty without any."""
    return led(leads, places.docs) if leads.get("refs") else {}


def led_to(blocks: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What the numbers of all blocks lead to, by the id of the table, chart, finding or list."""
    found: dict[str, dict[str, Any]] = {}
    for block in blocks:
        if block.get("leads"):
            found[block["id"]] = block["leads"]
        for inside in ("blocks", "claims", "grids", "contrasts"):
            found |= led_to(block.get(inside, ()))
    return found


def _width(cells: Sequence[str]) -> str:
    longest = max(map(len, cells), default=0)
    return "short" if longest <= _SHORT else "long" if longest > _LONG else ""


def figure(
    bundle: Mapping[str, Any], alt: str, name: str, number: int, places: Places
) -> dict[str, Any]:
    """A chart: its title and subtitle leave the drawing and become the page's own words.

    With marks that lead somewhere the page lists each in words, for those who cannot point at it.
    """
    drawing = json.loads(json.dumps({k: bundle.get(k) for k in ("data", "layout")}))
    layout = drawing["layout"] or {}
    leads = _meta(drawing)
    layout.pop("meta", None)
    heading = layout.pop("title", None) or {}
    heading = heading if isinstance(heading, dict) else {"text": heading}
    title = _words(heading.get("text"))
    subtitle = _words((heading.get("subtitle") or {}).get("text"))
    margin = layout.setdefault("margin", {})
    legend = 30 if layout.get("showlegend") else 6
    if "height" in layout and "t" in margin:
        top = 8 if layout.get("xaxis", {}).get("side") == "top" else legend
        layout["height"] -= max(0, margin["t"] - top)
        margin["t"] = top
    words = clean(alt)
    if title and words.startswith(title):
        words = words[len(title) :].lstrip(" .?!")
    if subtitle and words.endswith(subtitle):
        words = words[: -len(subtitle)].rstrip()
    return {
        "kind": "figure",
        "id": name,
        "number": number,
        "title": title,
        "subtitle": subtitle,
        "alt": words,
        "height": int(layout.get("height", 420)),
        "json": safe_json(drawing),
        "leads": _led(leads, places),
        "marks": any("customdata" in trace for trace in drawing["data"]),
    }


def safe_json(value: Any) -> Markup:
    """JSON that can stand inside a script element: no "<", ">", "&" or line separator.

    The template prints a block's text as it is only where it is of this type.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True, sort_keys=True)
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)


def _words(label: Any) -> str:
    """A Plotly label as plain words: its entities resolved, its few tags gone."""
    return clean(html.unescape(_TAG.sub(" ", str(label)))) if label else ""
