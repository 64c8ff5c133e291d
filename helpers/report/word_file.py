"""The briefing as a Word file: what was found, its sentences and where each is from, no chart."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import helpers
from helpers.wording import clean

if TYPE_CHECKING:
    from docx.document import Document

_BLOCK = re.compile(r"<(?P<tag>h[1-6]|p|li|pre)\b[^>]*>(?P<inner>.*?)</(?P=tag)>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TIME = datetime(2000, 1, 1)
"""The file's own time: the same report gives the same bytes whenever it is made."""


def word_file(
    *,
    title: str,
    question: str,
    corpus: Sequence[str],
    chapters: Sequence[Mapping[str, Any]],
    method: str,
) -> bytes:
    """The bytes of a .docx with the blocks of the chapters, and the paragraph of method.

    Charts stand as the words that tell what they show; a block of a kind that has no words is left
    out with a line that says so.
    """
    from docx import Document as new_document

    document = new_document()
    core = document.core_properties
    core.author, core.title = f"Parallax {helpers.__version__}", clean(title)
    core.created = core.modified = _TIME
    document.add_heading(clean(title), 0)
    if question:
        document.add_paragraph(clean(question), style="Subtitle")
    if corpus:
        document.add_paragraph(" · ".join(map(clean, corpus)))
    for chapter in chapters:
        if chapter["title"]:
            document.add_heading(clean(chapter["title"]), 1)
        for block in chapter["blocks"]:
            _add(document, block)
    if method:
        document.add_heading("Method", 1)
        document.add_paragraph(method)
    made = io.BytesIO()
    document.save(made)
    return _timeless(made)


def _timeless(file: io.BytesIO) -> bytes:
    """The parts of the file, with the one time for all of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _TIME.timetuple()[:6]), old.read(name))
    return made.getvalue()


def _add(document: Document, block: Mapping[str, Any]) -> None:
    kind = block["kind"]
    if kind == "prose":
        for level, words in _prose(str(block["html"])):
            if level:
                document.add_heading(words, level)
            else:
                document.add_paragraph(words)
    elif kind == "reading":
        parts = [block["text"], block["denominator"] and f"Of {block['denominator']}."]
        parts.append(block["limit"] and f"Limit: {block['limit']}")
        document.add_paragraph(" ".join(clean(p) for p in parts if p))
    elif kind == "findings":
        for claim in block["claims"]:
            _claim(document, claim)
    elif kind == "evidence":
        document.add_paragraph(clean(block["caption"] or "In the articles"), style="Caption")
        _sentences(document, block["items"])
    elif kind == "table":
        _table(document, block)
    elif kind == "figure":
        words = " ".join(filter(None, (block["title"], block["subtitle"], block["alt"])))
        document.add_paragraph(f"Figure {block['number']}. {clean(words)}")
    elif kind == "aside":
        for inner in block["blocks"]:
            _add(document, inner)
    elif kind in {"said", "plain", "stream"}:
        document.add_paragraph(clean(block["text"]))
    elif kind != "code":
        document.add_paragraph(f"(A view of the kind “{clean(kind)}” stands on the page alone.)")


def _claim(document: Document, claim: Mapping[str, Any]) -> None:
    document.add_heading(clean(claim["statement"]), 3)
    number = f"{claim['value']} {claim['unit']}".strip()
    parts = [number, claim["denominator"] and f"of {claim['denominator']}"]
    parts += [claim["interval"] and f"interval {claim['interval']}", claim["method"]]
    document.add_paragraph(" · ".join(clean(p) for p in parts if p))
    _sentences(document, claim["items"])
    if claim["total"] > len(claim["items"]):
        left = claim["total"] - len(claim["items"])
        document.add_paragraph(f"{left:,} more in the table “evidence”, claim {claim['claim_id']}.")


def _sentences(document: Document, items: Iterable[Mapping[str, Any]]) -> None:
    for item in items:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(_piece(item["before"]))
        paragraph.add_run(_piece(item["span"])).bold = True
        paragraph.add_run(_piece(item["after"]))
        where = f"{item['outlet'] or 'unknown'}, {item['published'] or 'undated'}, "
        where += f"“{item['title']}” ({item['doc_id']}, characters {item['start']}–{item['end']})"
        paragraph.add_run(f" – {clean(where)}").italic = True


def _table(document: Document, block: Mapping[str, Any]) -> None:
    document.add_paragraph(clean(block["caption"]), style="Caption")
    if not block["rows"]:
        document.add_paragraph("None.")
        return
    table = document.add_table(rows=1, cols=len(block["columns"]))
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, block["columns"], strict=True):
        cell.text = clean(column["heading"])
    for row in block["rows"]:
        for cell, words in zip(table.add_row().cells, row["cells"], strict=True):
            cell.text = clean(words)
    if block["note"]:
        document.add_paragraph(clean(block["note"]))


def _prose(text: str) -> list[tuple[int, str]]:
    """Headings (with their level) and paragraphs (0) of our own HTML, as plain words."""
    return [
        (int(m["tag"][1]) if m["tag"][0] == "h" else 0, words)
        for m in _BLOCK.finditer(text)
        if (words := clean(html.unescape(_TAG.sub("", m["inner"]))))
    ]


def _piece(words: str) -> str:
    """A part of a sentence, with the space at its ends."""
    return f"{' ' * words[:1].isspace()}{clean(words)}{' ' * words[-1:].isspace()}" if words else ""
