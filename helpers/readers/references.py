"""Lists of references (.ris, .bib): what Zotero and others export beside the articles' own files.

A list holds no texts. Where it names the file of a reference (Zotero: "Export files"), it tells of
that file what a row of `articles.csv` would: title, outlet, day, byline and address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from helpers.readers import bibtex, encoding
from helpers.readers.document import Document, Doubt, Unreadable, storable

SUFFIXES = (".ris", ".bib")
_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_TAGS = {
    "title": ("TI", "T1"),
    "outlet": ("T2", "JO", "JF", "J2", "PB"),
    "published": ("DA", "Y1", "PY"),
    "url": ("UR",),
}
"""Of the format, the surest first."""
_FILES = ("L1", "L2", "L3", "L4")
_REMEDY = (
    "left out; export the items' files (Zotero: “Export files”) and put the pages or PDFs here, "
    "with the list or a table articles.csv (columns file, title, outlet, published)"
)


def read(data: bytes) -> Iterator[Document | Doubt]:
    """Always `Unreadable`: how many references there are, and what would make them articles."""
    found = references(data)
    if not found:
        raise Unreadable("no list of references", "left out")
    yield from ()
    raise Unreadable(_without(len(found)), _REMEDY)


def references(data: bytes) -> list[dict[str, list[str]]]:
    """One record per reference: the values of each tag, in order; nothing outside of references.

    >>> references(b"TY  - NEWS\\nTI  - A\\n line\\nER  - \\n")
    [{'TY': ['NEWS'], 'TI': ['A line']}]
    """
    text, _ = encoding.decode(data)
    if text.lstrip()[:1] in {"@", "%"}:
        return bibtex.references(text)
    found: list[dict[str, list[str]]] = []
    values: list[str] | None = None
    for line in text.splitlines():
        match = _LINE.match(line)
        if not match:
            if values and line.strip():  # a value that runs on
                values[-1] += f" {line.strip()}"
            continue
        tag, value = match[1], (match[2] or "").strip()
        if tag == "TY":
            found.append({})
        if tag == "ER" or not found:
            values = None
            continue
        values = found[-1].setdefault(tag, [])
        values.append(value)
    return found


def attached(path: Path, name: str) -> tuple[dict[str, dict[str, str]], list[Doubt]]:
    """What a list tells of the files it names, as rows of a sheet, and doubts.

    ``name`` is the list's own within the folder; in each row the key ``#`` holds its place and
    ``@`` the list.
    """
    rows: dict[str, dict[str, str]] = {}
    doubts = []
    alone = 0
    found = references(path.read_bytes())
    for number, reference in enumerate(found, start=1):
        files = [each for tag in _FILES for each in reference.get(tag, []) if "://" not in each]
        alone += not files
        told = _told(reference) | {"#": f"reference {number}", "@": name}
        for each in files:
            place = PurePosixPath(name).parent / each.replace("\\", "/")
            rows.setdefault(storable(str(place)), told)
    if alone or not found:
        what = _without(alone) if found else "no list of references"
        doubts.append(Doubt(what, _REMEDY if found else "left out"))
    return rows, doubts


def _told(reference: dict[str, list[str]]) -> dict[str, str]:
    """What a reference says of its text, under our names."""
    told = {}
    for field, tags in _TAGS.items():
        value = next((v for tag in tags for v in reference.get(tag, []) if v), "")
        if value:
            told[field] = storable(value)
    names = [*reference.get("AU", []), *reference.get("A1", [])]
    if byline := ", ".join(map(_in_order, filter(None, names))):
        told["byline"] = storable(byline)
    return told


def _in_order(name: str) -> str:
    """A name as it is spoken.

    >>> _in_order("Orr, Ada"), _in_order("The Desk")
    ('Ada Orr', 'The Desk')
    """
    family, _, given = (part.strip() for part in name.partition(","))
    return f"{given} {family}".strip()


def _without(count: int) -> str:
    return f"{count:,} reference{'s' * (count > 1)} without the articles' texts"
