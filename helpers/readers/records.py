"""Rows of any table or interface to articles: where their text stands, and what it is worth.

A record is what a row of a table, an object of JSON or an entry of a list holds. Its text is the
first of the names that texts go by (`text_columns` in the word lists) that holds one. What is wrong
with many records is told once, with their number.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from helpers.lexicons import listed
from helpers.readers import markup, metadata
from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.spelling import squeezed

_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?\d+ char(?:acter)?s\]\s*$")
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_INSIDE = frozenset({"fields", "article", "attributes", "_source", "metadata", "data", "document"})
"""Objects whose parts are the record's own, in answers of interfaces and search engines."""
_CALLED = ("name", "main", "original", "title", "literal", "raw", "rendered")
"""What an object that stands for a source, a headline or an author calls itself."""
_SAID = ("rendered", "text", "content", "value", "plain", "html", "#text")
"""What an object that stands for a text calls it."""
_OWN = frozenset({"title", "headline", "date", "published", "url"})
"""What a part of a text has not: an object with them is an article of its own."""
_SHORTEST = 20
_NAMED = 10


@cache
def _text_names() -> tuple[str, ...]:
    return tuple(map(squeezed, listed("text_columns")))


@cache
def _abstract_names() -> frozenset[str]:
    return frozenset(map(squeezed, listed("abstract_columns")))


def text_column(columns: Iterable[str]) -> str | None:
    """The column that holds texts; None where no name is one of theirs.

    >>> text_column(["title", "Full Text", "text_id"]), text_column(["title", "url"])
    ('Full Text', None)
    """
    known = {squeezed(column): column for column in reversed([*columns])}
    return next((known[name] for name in _text_names() if name in known), None)


def without_text(columns: Iterable[str]) -> Unreadable:
    """The error of a table in which no column holds texts."""
    columns = [*columns]
    named = ", ".join(columns[:8]) + (" …" if len(columns) > 8 else "")
    return Unreadable(
        f"no column called text (there are: {one_line(named)})",
        f"left out; {_remedy(columns)}",
    )


def _remedy(columns: Iterable[str]) -> str:
    known = [*map(squeezed, columns)]
    if any(name in _abstract_names() for name in known):
        return "it has abstracts only: save the articles' pages as .html, or add a column `text`"
    if any(name.endswith(("url", "link")) for name in known):
        return "it has addresses only: save the articles' pages as .html, or add a column `text`"
    return "call the column with the articles' text `text`"


@dataclass
class _Seen:
    """What has been met in the records so far."""

    records: int = 0
    documents: int = 0
    empty: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    first: Doubt | None = None
    titles: set[str] = field(default_factory=set)


def documents(
    records: Iterable[tuple[str, Mapping[str, Any] | Doubt]],
) -> Iterator[Document | Doubt]:
    """The article of each record, and doubts; what is wrong with several is one doubt at the end.

    Each record comes with its place ("row 3"). Raises `Unreadable` where none holds a text.
    """
    seen = _Seen()
    before: list[Doubt] = []
    for where, record in records:
        seen.records += bool(where)
        items = [record] if isinstance(record, Doubt) else _of(record, where, seen)
        for item in items:
            if isinstance(item, Document):
                yield from before
                before = []
                seen.documents += 1
                seen.titles.add(item.declared.get("title", f"row {seen.records}"))
                yield item
            elif seen.documents:
                yield item
            else:
                before.append(item)
                seen.first = seen.first or item
    if not seen.records:
        raise Unreadable("no article in it: it has no rows", "left out")
    if not seen.documents and (len(before) + len(seen.empty) > 1 or not before):
        first = None if seen.empty else seen.first
        told = first is not None and first.row and first.action.startswith("left out")
        raise Unreadable(
            f"no article in its {seen.records:,} row{'s' * (seen.records > 1)} "
            f"({'no text in it' if first is None else first.problem})",
            first.action if first is not None and told else f"left out; {_remedy(seen.names)}",
        )
    yield from before
    yield from _closing(seen)


def of_frame(frame: Any) -> Iterator[Document | Doubt]:
    """One document per row of a data frame; raises `Unreadable` where no column holds texts."""
    names = [str(name).strip() for name in frame.columns]
    if text_column(names) is None:
        raise without_text(names)
    columns = [frame.iloc[:, i].tolist() for i in range(len(names))]
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    yield from documents((f"row {number}", row) for number, row in enumerate(rows, start=1))


def _closing(seen: _Seen) -> Iterator[Doubt]:
    """What was wrong with several records."""
    if seen.documents > 3 and 2 * (titles := len(seen.titles)) <= seen.documents:
        yield Doubt(
            f"{seen.documents:,} rows, {titles:,} title{'s' * (titles > 1)}: paragraphs, perhaps",
            "read as an article each; if they are parts, join those of an article in one row",
        )
    for rows, problem, action in (
        (seen.empty, "no text in it", "left out"),
        (seen.cut, "cut short by its source (“[+… chars]”)",
         "read as far as it goes; for the whole text save its page as .html"),
        (seen.marked, "marked up as HTML", "read as a browser shows it"),
        (seen.lists, "its text is a list", "read as its paragraphs"),
    ):  # fmt: skip
        if len(rows) == 1:
            yield Doubt(problem, action, rows[0])
        elif rows:
            numbers = ", ".join(row.removeprefix("row ") for row in rows[:_NAMED])
            more = ", …" if len(rows) > _NAMED else ""
            yield Doubt(f"{problem}: {len(rows):,} rows ({numbers}{more})", action)


def _of(record: Mapping[str, Any], where: str, seen: _Seen) -> list[Document | Doubt]:
    """The article of one record, or why there is none."""
    values = _flat(record)
    seen.names.update(dict.fromkeys(values))
    found = _text_of(values)
    if found is None:
        seen.empty.append(where)
        return []
    name, value = found
    del values[name]
    if isinstance(value, list):
        seen.lists.append(where)
        runs = {type(part) for part in record.get(name, ())} == {str, dict}  # spans of one text
        value = ("" if runs else "\n\n").join(value)
    if _PAGE.match(value) and (items := _on_page(value)):
        seen.marked.append(where)
        told = [item._replace(row=where) for item in items if isinstance(item, Doubt)]
        article = next(item.text for item in items if isinstance(item, Document))
        return [*told, *checked(article, cells(values), row=where)]
    if (shown := markup.text_of(value)) is not None:
        seen.marked.append(where)
        value = shown
    if len(value) < _SHORTEST and re.fullmatch(r"[\d\s.,]*", value):
        return [Doubt("no word in it", "left out", where)]  # the sum below a table
    if "]" in value[-20:] and (cut := _CUT.search(value, max(0, len(value) - 100))):
        seen.cut.append(where)
        value = value[: cut.start()] + "…"
    return checked(value, cells(values), row=where)


def _on_page(page: str) -> list[Document | Doubt]:
    """The article, and doubts, of a page that a record holds whole; none told from menus: nothing.

    Of several articles the page is not cut apart: it is shown as it is.
    """
    from helpers.readers import formats, limited

    found = formats.format_of("a.html")
    assert found is not None
    try:
        items = [*limited.read(found, page.encode("utf-8", "replace"))]
    except Unreadable:
        return []
    return items if sum(isinstance(item, Document) for item in items) == 1 else []


def has_text(record: object) -> bool:
    """Whether an object holds an article's text."""
    return isinstance(record, dict) and _text_of(_flat(record)) is not None


def _text_of(values: Mapping[str, Any]) -> tuple[str, str | list[str]] | None:
    """The name under which a record holds its text, and the text."""
    for name in _texts_among(tuple(values)):
        value = values[name]
        if isinstance(value, dict):
            value = _said(value)
        if isinstance(value, list) and (parts := [*filter(None, map(_said, value))]):
            return name, parts
        if isinstance(value, str) and value.strip():
            return name, value
    return None


def _said(part: Any) -> str | None:
    """The text of a part of a text: itself, or what an object calls it."""
    if isinstance(part, dict) and _OWN.isdisjoint(part):
        part = next((v for key in _SAID if isinstance(v := part.get(key), str)), None)
    return part if isinstance(part, str) else None


@lru_cache(maxsize=256)
def _texts_among(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of texts among a record's, the surest first."""
    known = {squeezed(name): name for name in reversed(names)}
    return tuple(known[name] for name in _text_names() if name in known)


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record's values by their names in lower case, those of its inner objects after its own."""
    values = {str(key).strip().lower(): value for key, value in record.items()}
    for key in sorted(_INSIDE & values.keys()):
        inner = values[key]
        if isinstance(inner, Mapping):
            del values[key]
            for name, value in inner.items():
                values.setdefault(str(name).strip().lower(), value)
    return values


def cells(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value as text; what is missing is left out."""
    made = {}
    for key, value in values.items():
        if value is None or value != value:  # NaN is the value that differs from itself
            continue
        if isinstance(value, datetime.date | datetime.datetime):
            made[key] = value.isoformat()
        elif metadata.is_known(key) and (names := _names_in(value)):
            made[key] = names
        elif value in ([], {}):
            continue
        elif isinstance(value, dict | list):
            made[key] = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        else:
            made[key] = str(value)
    return made


def _names_in(value: Any) -> str:
    """The names in what JSON holds of a source or author: texts, objects with a name, or lists."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_names_in, value)))
    for given, family in (("given", "family"), ("firstName", "lastName")):
        if isinstance(value, dict) and isinstance(value.get(family), str):
            return " ".join(filter(None, (str(value.get(given) or ""), value[family])))
    if isinstance(value, dict):
        if day := _day_in(value):
            return day
        value = {str(key).lower(): inner for key, inner in value.items()}
        value = next((v for key in _CALLED if isinstance(v := value.get(key), str) and v), None)
    return value if isinstance(value, str) else ""


def _day_in(value: Mapping[str, Any]) -> str:
    """The day of a date as lists of references write it, in parts; empty where it is none.

    >>> _day_in({"date-parts": [["2024", 3, 4]]}), _day_in({"date-parts": [[2024]]})
    ('2024-03-04', '')
    """
    match value.get("date-parts"):
        case [[year, month, day], *_]:
            parts = [str(part) for part in (year, month, day)]
            if all(part.isdecimal() for part in parts):
                return f"{parts[0]}-{parts[1]:0>2}-{parts[2]:0>2}"
    return ""


def one_line(names: str) -> str:
    """Column names fit for one line of a report."""
    return names.encode("utf-8", "replace").decode().replace("\n", " ")[:200] or "none"


def first_line(error: BaseException) -> str:
    """What an error says, on one line."""
    return one_line(str(error).split("\n")[0])[:120]
