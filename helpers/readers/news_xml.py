"""XML of news agencies and archives: NITF, NewsML-G2, and lists of articles of any other making.

An element that repeats, and whose parts are called as columns of a table are (`<title>`, `<text>`,
or `<field name="text">` as databases dump them), is a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from helpers.readers import markup
from helpers.readers.exports.layout import byline
from helpers.readers.records import has_text

_TEXTS = {"main": "text"}
_STAMP = re.compile(r"\d{8}T\d{6}")
_LEAST_WORDS = 15
"""What holds fewer words is a setting of a program, and no article."""
_MOST_LOOKED_AT = 100
"""So many elements are looked at for one that is a row."""


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def records(root: Any) -> Iterator[Mapping[str, str]] | None:
    """The articles below an element as records; None where nothing in it is one."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = local(element).lower()
    for name, part, read in (("newsitem", "contentset", _news_item), ("nitf", "body", _nitf)):
        if found := [e for e in root.iter(name) if next(e.iter(part), None) is not None]:
            return map(read, found)
    rows = (e for e in root.iter() if len(e) > 1)
    row = next((e for e in islice(rows, _MOST_LOOKED_AT) if _is_row(e)), None)
    if row is None:
        return None
    return (_row(e) for e in (row.getparent() if row is not root else [row]) if e.tag == row.tag)


def _is_row(element: Any) -> bool:
    """Whether an element is one article, and no list of them."""
    values = _row(element)
    long = any(len(value.split()) >= _LEAST_WORDS for value in values.values())
    return long and has_text(values) and not any(map(_is_row, element))


def _row(element: Any) -> dict[str, str]:
    """Attributes and parts of an element, these by the names that their attributes give them."""
    values = {name.lower(): value for name, value in element.attrib.items()}
    for part in element:
        if not isinstance(part.tag, str):
            continue
        name = (part.get("name") or part.get("key") or _TEXTS.get(part.tag, part.tag)).lower()
        text = " ".join(part.itertext()) if len(part) < 2 else "\n\n".join(markup.lines(part))
        if text.strip():
            values[name] = f"{values[name]}, {text.strip()}" if name in values else text.strip()
    return values


def _nitf(root: Any) -> dict[str, str]:
    """What an article in NITF says of itself, and its paragraphs."""
    said = {e.tag: e for e in reversed([*root.iter()])}
    data = dict(said["pubdata"].attrib) if "pubdata" in said else {}
    issued = data.get("date.publication") or (
        said["date.issue"].get("norm", "") if "date.issue" in said else ""
    )
    holder = said["doc.copyright"].get("holder", "") if "doc.copyright" in said else ""
    values = {
        "title": _text(said.get("hl1")) or _text(said.get("title")),
        "outlet": data.get("name") or holder,
        "published": issued[:8] if _STAMP.match(issued) else issued,
        "byline": byline(_text(said.get("byline"))),
        "url": data.get("ex-ref", ""),
        "section": data.get("position.section", ""),
        "page": data.get("position.sequence", ""),
    }
    body = said.get("body.content", root)
    blocks = {e.get("class"): e for e in body.iterchildren("block")}
    return {k: v for k, v in values.items() if v} | {
        "text": _paragraphs(blocks.get("full_text", body))
    }


def _news_item(root: Any) -> dict[str, str]:
    """What an item of NewsML-G2 says of itself, and its paragraphs, of XHTML or NITF."""
    said = {e.tag: e for e in reversed([*root.iter()])}
    content = said.get("inlinexml", said.get("inlinedata"))
    values = _nitf(said["nitf"]) if "nitf" in said else {}
    made = next((_text(said[n]) for n in ("contentcreated", "versioncreated") if n in said), "")
    source = next((said[n] for n in ("provider", "infosource", "creditline") if n in said), None)
    values |= {
        key: value
        for key, value in (
            ("title", _text(said.get("headline"))),
            ("outlet", _text(source) or (source.get("literal", "") if source is not None else "")),
            ("published", made),
            ("byline", byline(_text(said.get("by")))),
        )
        if value
    }
    if "text" not in values and content is not None:
        values["text"] = _paragraphs(content)
    return values


def _paragraphs(element: Any) -> str:
    return "\n\n".join(markup.lines(element))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
