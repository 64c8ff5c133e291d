"""An article's entities and mentions as JSON: what one process leaves on the disk for the next.

What is read back is data and nothing else: whoever puts a file of their own in its place can give
a story other names, and make nothing run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from helpers.lenses.actors.article_entities import ArticleEntity, Mention

_COUNTS = ("wordings", "offices", "past", "nouns", "states")


def write(records: Sequence[ArticleEntity] | Sequence[Mention]) -> str:
    """The records of one article, in their order; counts keep the order of their keys.

    >>> mention = Mention(0, 1, "name", "person", 0, -1, 1.0, "full", within=())
    >>> read_mentions(write([mention])) == [mention]
    True
    """
    return json.dumps([_plain(record) for record in records], separators=(",", ":"))


def read_entities(text: str) -> list[ArticleEntity]:
    """The entities that `write` was given."""
    return [_entity(row) for row in json.loads(text)]


def read_mentions(text: str) -> list[Mention]:
    """The mentions that `write` was given."""
    return [_mention(row) for row in json.loads(text)]


def _plain(value: Any) -> Any:
    if isinstance(value, ArticleEntity | Mention):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _entity(row: dict[str, Any]) -> ArticleEntity:
    for name in _COUNTS:
        counts = ((tuple(k) if isinstance(k, list) else k, n) for k, n in row[name])
        row[name] = defaultdict(int, counts)
    row |= {"key": tuple(row["key"]), "bearers": tuple(row["bearers"])}
    return ArticleEntity(**row | {"acronyms": set(row["acronyms"])})


def _mention(row: dict[str, Any]) -> Mention:
    within = tuple(_mention(inner) for inner in row["within"])
    return Mention(**row | {"office": tuple(row["office"]), "within": within})
