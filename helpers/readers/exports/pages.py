"""Exports that are web pages: Factiva's with or without its codes, and Europresse's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from helpers.readers import markup
from helpers.readers.document import Document, Doubt, checked
from helpers.readers.exports.factiva import LAYOUTS
from helpers.readers.exports.layout import blocks, byline, date_of, split

_FACTIVA = re.compile(r"<div[^>]{0,80}class=[\"'][^\"']{0,60}\b\w{0,3}Article\b")
_CODED_DAY = re.compile(r"\b(\d{4})(\d\d)(\d\d)\b")
_PAGE = re.compile(r"pp?\. ?(\w+)")


def articles(page: str) -> Iterator[Document | Doubt] | None:
    """The articles of a database's page; None where it is a page as any other."""
    if "DocPublicationName" in page and "<article" in page:
        return _europresse(page)
    if "Document " in page and _FACTIVA.search(page):
        return _factiva(page)
    return None


def _factiva(page: str) -> Iterator[Document | Doubt] | None:
    lines: list[str] = []
    for article in markup.tree(page).iter("div"):
        if re.search(r"\b\w{0,3}Article\b", article.get("class", "")):
            for line in markup.lines(article):
                lines += [line, ""] if len(line) > 5 else [line]
    return split(lines, LAYOUTS[0], blocks)


def _europresse(page: str) -> Iterator[Document | Doubt] | None:
    found = [item for item in markup.tree(page).iter("article") if _of(item, "DocPublicationName")]
    return _read_europresse(found) if found else None


def _read_europresse(found: list[Any]) -> Iterator[Document | Doubt]:
    for number, article in enumerate(found, start=1):
        header = _of(article, "DocHeader")
        code = _of(article, "publiC-lblNodoc")
        fields = {
            "outlet": _of(article, "DocPublicationName"),
            "title": _of(article, "titreArticle"),
            "published": _day(header, code),
            "byline": byline(_of(article, "sm-margin-bottomNews")),
            "section": header.split(",")[0],
            "page": page[1] if (page := _PAGE.search(header)) else "",
            "document code": code,
        }
        parts = _with_class(article, "docOcurrContainer")
        body = blocks([line for part in parts for line in markup.lines(part)])
        row = f"article {number}" if len(found) > 1 else ""
        if not body:
            yield Doubt("an article without a text", "left out; export it with its full text", row)
            continue
        text = f"{fields['title']}\n\n{body}" if fields["title"] else body
        for item in checked(text, fields, row=row):
            yield replace(item, database="Europresse") if isinstance(item, Document) else item


def _day(header: str, code: str) -> str:
    """The day of an article: as its header says it in English, else in its code."""
    said = (date_of(part.strip()) for part in header.split(","))
    if found := next(filter(None, said), "") or date_of(header.partition(",")[2].strip()):
        return found
    return "-".join(match.groups()) if (match := _CODED_DAY.search(code)) else ""


def _with_class(article: Any, name: str) -> list[Any]:
    return [e for e in article.iter() if name in str(e.get("class") or "").split()]


def _of(article: Any, name: str) -> str:
    """The text of the first element of a class, on one line."""
    return " ".join(line for e in _with_class(article, name)[:1] for line in markup.lines(e))
