"""Feeds (RSS 2.0, RSS 1.0, Atom): one article an entry that holds more than a summary.

Other XML is read by `news_xml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from helpers.readers import markup, news_xml
from helpers.readers.document import Document, Doubt, Unreadable
from helpers.readers.news_xml import local
from helpers.readers.records import documents

_NAMES = {
    "title": "title", "link": "url", "creator": "byline", "author": "byline",
    "pubdate": "published",
    "published": "published", "date": "published", "updated": "updated", "encoded": "content",
    "content": "content", "description": "description", "summary": "summary", "source": "source",
}  # fmt: skip
LEAST_WORDS = 80
"""A description with so many words is the article; summaries have 20 to 60 (ours)."""


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document per entry of a feed; `Unreadable` where the file is no feed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("no valid XML", "left out; save its articles as .txt") from error
    if root is None or local(root) not in {"rss", "feed", "RDF"}:
        found = None if root is None else news_xml.records(root)
        if found is None:
            raise Unreadable("XML that is no feed", "left out; save its articles as .txt or .csv")
        yield from documents((f"article {n}", record) for n, record in enumerate(found, start=1))
        return
    channel = next((e for e in root.iter() if local(e) in {"channel", "feed"}), root)
    outlet = next((_text(e) for e in channel if local(e) == "title"), "")
    entries = [e for e in root.iter() if local(e) in {"item", "entry"}]
    yield from documents(
        (f"article {number}", _record(entry, outlet))
        for number, entry in enumerate(entries, start=1)
    )


def _record(entry: Any, outlet: str) -> Mapping[str, Any]:
    values: dict[str, str] = {}
    for part in entry:
        name = _NAMES.get(local(part).lower())
        if name == "byline" and len(part):
            text = next((_text(e) for e in part if local(e) == "name"), "")
        elif name == "url" and part.get("href"):
            text = part.get("href") if part.get("rel", "alternate") == "alternate" else ""
        else:
            text = _text(part)
        if name and text and (name != "content" or len(text) > len(values.get(name, ""))):
            values.setdefault(name, text) if name != "content" else values.update(content=text)
    if len(values.get("description", "").split()) >= LEAST_WORDS:
        values.setdefault("content", values["description"])
    if "published" in values:
        values["published"] = _day(values["published"])
    values.setdefault("published", values.pop("updated", ""))
    if (shown := markup.text_of(values.get("content", ""))) is not None:
        values["content"] = shown
    return {"outlet": outlet} | values


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return written


def _text(element: Any) -> str:
    """An element's text, or its markup where a page stands in it as elements."""
    from lxml import etree

    if any(local(child) in {"div", "p"} for child in element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return "".join(element.itertext()).strip()
