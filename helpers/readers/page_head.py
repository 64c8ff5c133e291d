"""What a web page states of its article: meta tags, JSON-LD and its one heading; nothing guessed.

JSON-LD is that of schema.org (NewsArticle and the like); persons and publishers may stand in it by
their ``@id``, or with a given and a family name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

_META = {
    "og:title": "title", "parsely-title": "title", "dc.title": "title", "headline": "title",
    "og:site_name": "outlet", "dc.publisher": "outlet", "dcterms.publisher": "outlet",
    "citation_journal_title": "outlet",
    "og:url": "url", "parsely-link": "url",
    "article:published_time": "published", "og:article:published_time": "published",
    "parsely-pub-date": "published", "datepublished": "published", "date": "published",
    "dc.date": "published", "dc.date.issued": "published", "dcterms.created": "published",
    "dcterms.date": "published", "dcterms.issued": "published", "dc.date.created": "published",
    "citation_publication_date": "published", "citation_date": "published",
    "publish-date": "published", "publish_date": "published", "pubdate": "published",
    "sailthru.date": "published", "article.published": "published",
    "author": "byline", "authors": "byline", "parsely-author": "byline", "dc.creator": "byline",
    "article:author": "byline", "sailthru.author": "byline", "byl": "byline",
    "dcterms.creator": "byline", "citation_author": "byline",
}  # fmt: skip
_NEWS = re.compile(r"Article|Report|BlogPosting")
_COMMENTED = re.compile(r"^\s*(?://\s*)?<!(?:\[CDATA\[|--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_TRAILING = re.compile(r",(?=\s*[}\]])")
_BY = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_KNOWN_DEPTH = 40
_DEEPEST = 250
"""Tags in tags that libxml2 still follows; it drops what stands deeper, and all behind it."""
_UNCLOSED = frozenset(
    "a area base br col dd dt embed hr img input li link meta option p param source td tfoot th tr "
    "track wbr".split()
)
"""Tags that hold nothing, or that the next of their kind closes."""


def declared(page: str) -> dict[str, str]:
    """What a page says of its article: title, outlet, byline, published, url.

    ``h1`` is its one heading of the first order, which is the title where none is stated; ``deep``
    is there where tags are nested deeper than parsers follow.

    >>> declared('<meta property="og:site_name" content="The Daily Post"><title>x</title>')
    {'outlet': 'The Daily Post'}
    >>> declared('<h1>Talks <i>fail</i></h1><p>They left.</p>')
    {'h1': 'Talks fail', 'title': 'Talks fail'}
    """
    parser = _Head()
    parser.feed(page)
    found: dict[str, str] = {}
    for block in parser.blocks:
        try:
            value = _parsed(_COMMENTED.sub("", block).strip().removesuffix(";"))
            found |= _from_json(value, {node["@id"]: node for node in _nodes(value, 0)}, 0)
        except (ValueError, RecursionError):
            if stated := _STATED.search(block):
                found.setdefault("published", stated[1])
    found |= parser.found
    if parser.deepest > _DEEPEST:
        found["deep"] = str(parser.deepest)
    headings = [text for heading in parser.headings if (text := " ".join(heading.split()))]
    if len(headings) == 1:
        found["h1"] = headings[0]
        found.setdefault("title", headings[0])
    return found


def _parsed(block: str) -> Any:
    """The value of a block of JSON; commas behind a last part, which programs leave, are none."""
    try:
        return json.loads(block, strict=False)
    except ValueError:
        return json.loads(_TRAILING.sub("", block), strict=False)


class _Head(HTMLParser):
    """Collects meta tags, JSON-LD blocks and first-order headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.blocks: list[str] = []
        self.headings: list[str] = []
        self._in_block = self._in_heading = False
        self._depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag not in _UNCLOSED
        self.deepest = max(self.deepest, self._depth)
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            field = _META.get(name.lower())
            content = values.get("content", "").strip()
            if name.lower() == "parsely-page":
                self.blocks.append(_as_article(content))
            if field == "byline":
                content = _BY.sub("", content, count=1)
            # Some pages give the author's address on another site instead of the name.
            if field and content and not (field == "byline" and content.startswith("http")):
                self.found.setdefault(field, content)
        elif tag == "link" and values.get("rel") == "canonical":
            self.found.setdefault("url", values.get("href", ""))
        elif tag == "script":
            self._in_block = values.get("type", "").lower() == "application/ld+json"
            self.blocks += [""] * self._in_block
        elif tag == "h1":
            self._in_heading = True
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - (tag not in _UNCLOSED))
        if tag == "script":
            self._in_block = False
        elif tag == "h1":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._in_block:
            self.blocks[-1] += data
        elif self._in_heading:
            self.headings[-1] += data


def _as_article(content: str) -> str:
    """What Parse.ly's one tag says, as schema.org has it; empty where it cannot be read."""
    try:
        said = json.loads(content)
        told = {"headline": said["title"], "datePublished": said.get("pub_date")}
        author = said.get("author") or said.get("authors")
        return json.dumps({"@type": "NewsArticle", **told, "author": author})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "{}"


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of a block that have an ``@id`` and say more than that."""
    if depth > _KNOWN_DEPTH:
        return
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) > 1:
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _nodes(inner, depth + 1)


def _from_json(value: Any, nodes: dict[str, dict[str, Any]], depth: int) -> dict[str, str]:
    """The fields of the first news article in a JSON-LD block."""
    if depth > _KNOWN_DEPTH:
        return {}
    if isinstance(value, list):
        return next((f for v in value if (f := _from_json(v, nodes, depth + 1))), {})
    if not isinstance(value, dict):
        return {}
    if not _NEWS.search(str(value.get("@type", ""))):
        inner = (value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
        return next((f for v in inner if (f := _from_json(v, nodes, depth + 1))), {})
    fields = {
        "title": value.get("headline"),
        "published": value.get("datePublished") or value.get("dateCreated"),
        "byline": _names(value.get("author") or value.get("creator"), nodes),
        "outlet": _names(value.get("publisher") or value.get("sourceOrganization"), nodes),
    }
    return {key: text.strip() for key, text in fields.items() if isinstance(text, str) and text}


def _names(value: Any, nodes: dict[str, dict[str, Any]]) -> str:
    if isinstance(value, list):
        return ", ".join(name for v in value if (name := _names(v, nodes)))
    if isinstance(value, dict):
        whole = value if len(value) > 1 else nodes.get(str(value.get("@id")), value)
        parts = (whole.get("givenName"), whole.get("familyName"))
        value = whole.get("name") or " ".join(part for part in parts if isinstance(part, str))
    return value if isinstance(value, str) else ""
