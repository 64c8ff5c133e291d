"""An article's entities and mentions as JSON: what one process leaves on the disk for the next.

What is read back is data and nothing else: whoever puts a file of their own in its place can give
a story other names, and make nothing run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from sys import intern
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


class _Nothing(defaultdict[Any, int]):
    """Counts of nothing, for all that have none: most entities have four of five empty."""

    def __missing__(self, key: Any) -> int:
        return 0

    def __setitem__(self, key: Any, value: int) -> None:
        raise TypeError("what was read back of an article is not changed")


_NOTHING = _Nothing(int)
_NO_NAMES: Any = frozenset()


@lru_cache(maxsize=100_000)
def _one(name: tuple[str, ...]) -> tuple[str, ...]:
    """The same object for the same name: those of a corpus are held at once (`lens`)."""
    return tuple(map(intern, name))


def _entity(row: dict[str, Any]) -> ArticleEntity:
    for name in _COUNTS:
        counts = ((_one(tuple(k)) if isinstance(k, list) else intern(k), n) for k, n in row[name])
        row[name] = defaultdict(int, counts) if row[name] else _NOTHING
    row |= {"key": _one(tuple(row["key"])), "bearers": tuple(row["bearers"])}
    row |= {name: intern(row[name]) for name in ("type", "suffix", "label")}
    return ArticleEntity(**row | {"acronyms": set(row["acronyms"]) or _NO_NAMES})


def _mention(row: dict[str, Any]) -> Mention:
    within = tuple(_mention(inner) for inner in row["within"])
    return Mention(**row | {"office": tuple(row["office"]), "within": within})
