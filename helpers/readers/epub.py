"""Electronic books (.epub), as news programs make them: one article a chapter."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from helpers.readers import markup
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked

MAX_UNPACKED = 500_000_000
LEAST_WORDS = 30
"""Fewer words in a chapter are a cover, a title page or a list of contents."""
_ROOT = re.compile(r"full-path\s*=\s*[\"']([^\"']+\.opf)[\"']")
_ITEM = re.compile(r"<(?:\w+:)?item\b[^>]{0,2000}>")
_PLACE = re.compile(r"<(?:\w+:)?itemref\b[^>]{0,500}\bidref\s*=\s*[\"']([^\"']+)[\"']")
_VALUE = r"\b{}\s*=\s*[\"']([^\"']+)[\"']"
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d+)")


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document per chapter of a book, in the order in which it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise Unreadable("unpacks to too many bytes", "left out; save its articles as .txt")
            if "META-INF/encryption.xml" in archive.namelist():
                raise Unreadable("a protected book", "left out; save its articles as .txt")
            pages = [(name, archive.read(name)) for name in _in_order(archive)]
    except Unreadable:
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(f"no valid book ({type(error).__name__})", REMEDY_BROKEN) from error
    if not pages:
        raise Unreadable("a book without a page", "left out")
    short = number = 0
    for _, page in pages:
        title, lines = _shown(page)
        if sum(len(line.split()) for line in lines) < LEAST_WORDS:
            short += 1
            continue
        number += 1
        yield from checked("\n\n".join(lines), {"title": title}, row=f"article {number}")
    if short:
        yield Doubt(
            f"{short} page{'s' * (short > 1)} of fewer than {LEAST_WORDS} words",
            "left out as a cover or contents",
        )


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    """The pages in the order of the book's spine; by their names where it has none."""
    names = [name for name in archive.namelist() if _PAGE.search(name)]
    found: list[str] = []
    if "META-INF/container.xml" in archive.namelist() and (
        root := _ROOT.search(archive.read("META-INF/container.xml").decode("utf-8", "replace"))
    ):
        package = archive.read(root[1]).decode("utf-8", "replace")
        items = {}
        for item in _ITEM.findall(package):
            key, href = (re.search(_VALUE.format(name), item) for name in ("id", "href"))
            if key and href and 'properties="nav"' not in item:
                place = posixpath.join(posixpath.dirname(root[1]), unquote(href[1]))
                items[key[1]] = posixpath.normpath(place)
        found = [items[key] for key in _PLACE.findall(package) if items.get(key) in names]
    return found or sorted(
        names, key=lambda n: [int(p) if p.isdigit() else p for p in _NUMBERS.split(n)]
    )


def _shown(page: bytes) -> tuple[str, list[str]]:
    """The title and the lines of a page."""
    root = markup.tree(page.decode("utf-8", "replace"))
    heads = [" ".join(h.text_content().split()) for h in root.iter("h1", "h2", "title")]
    return next(filter(None, heads), ""), [*markup.lines(root)]
