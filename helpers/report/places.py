"""Where an article's words stand in the page: anchors, and which of them are pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_UNSAFE = re.compile(r"[^A-Za-z0-9_]+")


def slugs(names: Iterable[str], *, prefix: str = "") -> dict[str, str]:
    """A distinct id for each name, of letters, digits, "_" and "-" alone.

    >>> slugs(["2019/A b", "2019-A-b"], prefix="doc-")
    {'2019/A b': 'doc-2019-A-b', '2019-A-b': 'doc-2019-A-b-2'}
    """
    taken: set[str] = set()
    made: dict[str, str] = {}
    for name in names:
        if name in made:
            continue
        stem = prefix + (_UNSAFE.sub("-", name).strip("-")[:80] or "x")
        slug, turn = stem, 1
        while slug in taken:
            turn += 1
            slug = f"{stem}-{turn}"
        taken.add(slug)
        made[name] = slug
    return made


@dataclass
class Places:
    """The articles that the page holds, and the spans in them that something points at."""

    docs: dict[str, str]
    """doc_id → anchor of the article."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """doc_id → the article's title."""
    page: str = ""
    """The page that holds the articles, where another one points at them."""
    here: str = ""
    """The page that points, as a link back names it; empty on the page of the articles."""
    marks: dict[str, dict[tuple[int, int], list[str]]] = field(default_factory=dict)
    """doc_id → span → links to the places that point at it."""
    labels: dict[str, int] = field(default_factory=dict)
    """Name of a region → how often it was given."""

    def link(self, doc_id: str, start: int, end: int, back: str = "") -> str:
        """The link to a span; it is remembered as pointed at from ``back``. Empty without text."""
        anchor = self.docs.get(doc_id)
        if anchor is None:
            return ""
        sources = self.marks.setdefault(doc_id, {}).setdefault((start, max(end, start)), [])
        source = f"{self.here}#{back}"
        if back and source not in sources:
            sources.append(source)
        return f"{self.page}#{anchor}-{start}"

    def on(self, here: str, *, page: str) -> Places:
        """The same articles as another page, ``here``, points at them on ``page``."""
        return Places(self.docs, self.titles, page=page, here=here, marks=self.marks)

    def linked(self, items: Iterable[Mapping[str, Any]], back: str) -> list[dict[str, Any]]:
        """Evidence items with the link to their place in the articles."""
        return [{**i, "href": self.link(i["doc_id"], i["start"], i["end"], back)} for i in items]

    def label(self, words: str) -> str:
        """``words`` as the name of a region of the page, with a number from the second one on."""
        self.labels[words] = self.labels.get(words, 0) + 1
        turn = self.labels[words]
        return words if turn == 1 else f"{words} ({turn})"

    def point(self, doc_id: str, start: int) -> str:
        """The link to a position, without marking any words."""
        return self.link(doc_id, start, start)
