"""JSON and JSON lines: one article an object, bare or inside what an interface wraps it in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.readers import encoding
from helpers.readers.delimited import WHOLE, beginning, stream_of
from helpers.readers.document import MAX_CHARACTERS, Document, Doubt, Unreadable
from helpers.readers.records import documents, first_line, text_column

_WRAPPERS = (
    "articles", "results", "docs", "items", "documents", "stories", "entries", "news", "hits",
    "data", "response", "result",
)  # fmt: skip
"""What interfaces call the list of their articles, or what holds it."""
_DEEPEST = 4
Numbered = Iterator[tuple[str, Mapping[str, Any] | Doubt]]


def read_jsonl(path: Path | bytes) -> Iterator[Document | Doubt]:
    """One document per line of a JSON lines file."""
    yield from documents(_lines(path))


def _lines(path: Path | bytes) -> Numbered:
    stream, doubts = stream_of(path)
    yield from (("", doubt) for doubt in doubts)
    number = 0
    with stream:
        while line := stream.readline(8 * MAX_CHARACTERS):
            number += 1
            where = f"row {number}"
            if len(line) == 8 * MAX_CHARACTERS and not line.endswith("\n"):
                while line and not line.endswith("\n"):
                    line = stream.readline(8 * MAX_CHARACTERS)
                too_long = f"more than {8 * MAX_CHARACTERS:,} characters"
                yield where, Doubt(too_long, "left out", where)
            elif line.strip():
                yield where, _parsed(line, where)


def _parsed(line: str, where: str) -> Mapping[str, Any] | Doubt:
    try:
        return _record(json.loads(line), where)
    except (ValueError, RecursionError) as error:
        return Doubt(f"no JSON ({first_line(error)})", "left out", where)


def _record(value: Any, where: str) -> Mapping[str, Any] | Doubt:
    return value if isinstance(value, dict) else Doubt("no object with a text", "left out", where)


def read_json(path: Path | bytes) -> Iterator[Document | Doubt]:
    """One document per object of a JSON list (or the one object); JSON lines are read as such."""
    data = beginning(path)
    if len(data) > WHOLE:
        raise Unreadable(f"JSON of more than {WHOLE:,} bytes", "left out; save it as JSON lines")
    text, doubts = encoding.decode(data)
    if not text.strip():
        raise Unreadable("empty", "left out")
    try:
        value = json.loads(text)
    except RecursionError:
        raise Unreadable("JSON nested too deeply", "left out") from None
    except ValueError:
        yield from read_jsonl(path)
        return
    yield from doubts
    found = unwrapped(value)
    yield from documents(
        (where, _record(record, where))
        for number, record in enumerate(found, start=1)
        for where in (f"row {number}",)
    )


def unwrapped(value: Any, depth: int = 0) -> list[Any]:
    """The list of articles in what an interface answered.

    >>> unwrapped({"status": "ok", "response": {"docs": [{"text": "a"}]}})
    [{'text': 'a'}]
    >>> unwrapped({"text": "a", "items": [{"id": 1}]})
    [{'text': 'a', 'items': [{'id': 1}]}]
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth > _DEEPEST or text_column(map(str, value)):
        return [value]
    lower = {str(key).lower(): inner for key, inner in value.items()}
    for name in _WRAPPERS:
        inner = lower.get(name)
        if isinstance(inner, list) and inner and all(isinstance(v, dict) for v in inner):
            return inner
        if isinstance(inner, dict) and (found := unwrapped(inner, depth + 1)) != [inner]:
            return found
    return [value]
