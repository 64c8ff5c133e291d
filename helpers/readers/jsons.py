"""JSON and JSON lines: one article an object, bare or inside what an interface wraps it in."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.readers import encoding
from helpers.readers.delimited import WHOLE, beginning, stream_of
from helpers.readers.document import MAX_CHARACTERS, Document, Doubt, Unreadable
from helpers.readers.records import documents, first_line, has_text, text_column

_DEEPEST = 4
_BLANKS = re.compile(r"\s*")
_COMMA = re.compile(r"\s*,\s*(?=\{)")
_BEFORE = re.compile(
    r"\ufeff?\s*(?:(?:\)\]\}',?|(?:(?:var|let|const)\s+)?[\w.$]+\s*[=(]|//[^\n]*\n|/\*.*?\*/)\s*){0,9}"
    r"(?=[\[{])",
    re.DOTALL,
)
"""What stands before the JSON of an answer to a page: a call, an assignment, a guard, a comment."""
_TRAILING = re.compile(
    r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])|//[^\n]*|/\*.*?\*/', re.DOTALL
)
"""A text, which stays; a comma behind the last item; a comment."""
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
        return Doubt(f"no JSON ({first_line(error)})", "left out; save it as JSON or .csv", where)


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
        raise Unreadable("JSON nested too deeply", "left out; save its articles as .csv") from None
    except ValueError:
        if (value := _one_after_another(text)) is None:
            mended = _loose(text) or _broken_off(text)
            if mended is None:
                yield from read_jsonl(path)
                return
            value, doubt = mended
            doubts = [*doubts, doubt]
    yield from doubts
    found = unwrapped(value)
    yield from documents(
        (where, _record(record, where))
        for number, record in enumerate(found, start=1)
        for where in (f"row {number}",)
    )


def objects_in(text: str, data: bytes) -> Iterator[Document | Doubt] | None:
    """The articles of JSON, or JSON lines, in a text file; None where it is a text."""
    if text[:1] not in "{[" or '"' not in text[:200]:
        return None
    try:
        whole = text if text[:1] == "[" or "\n" not in text else text.partition("\n")[0]
        value = json.loads(whole)
    except (ValueError, RecursionError):
        if text[:1] == "[" or (found := _one_after_another(text)) is None:
            return None
        value = found
    return read_json(data) if any(map(has_text, unwrapped(value)[:10])) else None


def _one_after_another(text: str) -> list[Any] | None:
    """The objects of a file that holds them without a comma between; None where it is no such."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        found.append(value)
        at = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # it matches anything
    return found


def _loose(text: str) -> tuple[Any, Doubt] | None:
    """What stands in a file that is nearly JSON, and what is wrong with it; None of others.

    >>> _loose('show([{"text": "a, ]"},]);')[0], _loose("[{'text': 'a', 'by': None}]")[0]
    ([{'text': 'a, ]'}], [{'text': 'a', 'by': None}])
    """
    begin = _BEFORE.match(text)
    end = max(text.rfind("]"), text.rfind("}")) + 1
    if begin is None or text[end:].strip(" \t\r\n;)"):
        return None
    body = text[begin.end() : end]
    try:
        value = json.loads(_TRAILING.sub(lambda found: found[1] or "", body))
        return value, Doubt("JSON with signs that JSON has not", "read without them")
    except (ValueError, RecursionError):
        pass
    try:
        if body[1:40].lstrip(" {\n").startswith("'"):
            return ast.literal_eval(body), Doubt("a list as Python prints it", "read as JSON")
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        pass
    return None


def _broken_off(text: str) -> tuple[list[Any], Doubt] | None:
    """The objects of a list of JSON that breaks off, but the last one; None of other files."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = text.find("{", text.find("[")) if "[" in text.partition("\n")[0][:200] else -1
    while at >= 0:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        comma = _COMMA.match(text, at)
        at = comma.end() if comma else -1
    if not any(map(has_text, found)):
        return None
    rows = f"{len(found):,} row{'s' * (len(found) > 1)}"
    return found, Doubt(f"JSON that breaks off behind {rows}", "those were read; save it again")


def unwrapped(value: Any) -> list[Any]:
    """The list of articles in what an interface answered, or a program wrote.

    Of the lists of objects in it that with most texts; where none has any, the longest of those
    that the fewest objects wrap.

    >>> unwrapped({"status": "ok", "response": {"docs": [{"text": "a"}], "tags": [{"id": 1}] * 9}})
    [{'text': 'a'}]
    >>> unwrapped({"text": "a", "items": [{"id": 1}]})
    [{'text': 'a', 'items': [{'id': 1}]}]
    >>> unwrapped({"text": {"0": "a", "1": "b"}, "id": {"0": 7, "1": 8}})
    [{'text': 'a', 'id': 7}, {'text': 'b', 'id': 8}]
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return [value]
    if (rows := _rows_of_columns(value)) is not None:
        return rows
    if has_text(value):
        return [value]
    found = [*_lists(value, 0)]
    with_texts = [sum(map(has_text, rows)) for _, rows in found]
    if any(with_texts):
        return [*found[with_texts.index(max(with_texts))][1]]
    lists = [(depth, rows) for depth, rows in found if isinstance(rows, list)]
    return min(lists, key=lambda item: (item[0], -len(item[1])), default=(0, [value]))[1]


def _lists(value: Mapping[str, Any], depth: int) -> Iterator[tuple[int, Collection[Any]]]:
    """The lists of objects, or objects of objects, in an object, with how deep they stand."""
    for inner in (value, *value.values()) if not depth else value.values():
        if isinstance(inner, dict) and inner and all(isinstance(v, dict) for v in inner.values()):
            yield depth, inner.values()
        if isinstance(inner, list) and inner and all(isinstance(v, dict) for v in inner):
            yield depth, inner
            if len(inner) == 1 and depth < _DEEPEST:
                yield from _lists(inner[0], depth + 1)
        elif isinstance(inner, dict) and inner is not value and depth < _DEEPEST:
            yield from _lists(inner, depth + 1)


def _rows_of_columns(value: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a table that is written column by column, as pandas does; None for others."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(type(r) is list for r in rows):
        return [dict(zip(map(str, names), row, strict=False)) for row in rows]
    if len(value) < 2 or text_column(map(str, value)) is None:
        return None
    columns = [v.values() if isinstance(v, dict) else v for v in value.values()
               if isinstance(v, dict | list)]  # fmt: skip
    if len(columns) < len(value) or len({len(column) for column in columns}) > 1:
        return None
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
