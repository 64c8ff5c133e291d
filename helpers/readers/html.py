"""Web pages saved as HTML: the article's text without menus, and what the page declares of it.

The text is found by trafilatura (Barbaresi 2021, ACL demo). Metadata are taken only where the page
states them (`og:` and `article:` tags, JSON-LD), never guessed from its text. Offsets count in the
extracted text, as a page has no other plain form.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from helpers.readers import encoding
from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.readers.exports import pages

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]+)", re.I
)
_META = {
    "og:title": "title",
    "og:site_name": "outlet",
    "og:url": "url",
    "article:published_time": "published",
    "datepublished": "published",
    "author": "byline",
}
_NEWS = re.compile(r"Article|Report|BlogPosting")
_KNOWN_DEPTH = 40


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the article of a page; `Unreadable` where there is none.

    Of a database's page of several articles, one document each.
    """
    import trafilatura

    charset = _CHARSET.search(data[:4096])
    page, doubts = encoding.decode(data, declared=charset[1].decode() if charset else None)
    if not page.strip():
        raise Unreadable("empty", "left out")
    if (articles := pages.articles(page)) is not None:
        yield from doubts
        yield from articles
        return
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=False)
    except Exception as error:  # a parser of others' pages may fail in any way
        raise Unreadable(f"no valid page ({type(error).__name__})", "left out") from error
    if not text:
        raise Unreadable(
            "a page without an article that could be told from its menus",
            "left out; save the article's text as .txt",
        )
    yield from doubts
    yield from checked(text.replace("\n", "\n\n"), declared(page))


def declared(page: str) -> dict[str, str]:
    """What a page says of its article: title, outlet, byline, published, url.

    >>> declared('<meta property="og:site_name" content="The Daily Post"><title>x</title>')
    {'outlet': 'The Daily Post'}
    """
    parser = _Head()
    parser.feed(page)
    found: dict[str, str] = {}
    for block in parser.blocks:
        try:
            found |= _from_json(json.loads(block), 0)
        except (ValueError, RecursionError):
            continue
    return found | parser.found


class _Head(HTMLParser):
    """Collects meta tags and JSON-LD blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.blocks: list[str] = []
        self._in_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            field = _META.get(name.lower())
            content = values.get("content", "").strip()
            # Some pages give the author's address on another site instead of the name.
            if field and content and not (field == "byline" and content.startswith("http")):
                self.found.setdefault(field, content)
        elif tag == "link" and values.get("rel") == "canonical":
            self.found.setdefault("url", values.get("href", ""))
        elif tag == "script":
            self._in_block = values.get("type", "").lower() == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_block = False

    def handle_data(self, data: str) -> None:
        if self._in_block:
            self.blocks.append(data)


def _from_json(value: Any, depth: int) -> dict[str, str]:
    """The fields of the first news article in a JSON-LD block."""
    if depth > _KNOWN_DEPTH:
        return {}
    if isinstance(value, list):
        return next((f for v in value if (f := _from_json(v, depth + 1))), {})
    if not isinstance(value, dict):
        return {}
    if not _NEWS.search(str(value.get("@type", ""))):
        return _from_json(value.get("@graph"), depth + 1)
    fields = {
        "title": value.get("headline"),
        "published": value.get("datePublished"),
        "byline": _names(value.get("author")),
        "outlet": _names(value.get("publisher")),
    }
    return {key: text.strip() for key, text in fields.items() if isinstance(text, str) and text}


def _names(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(name for v in value if (name := _names(v)))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
