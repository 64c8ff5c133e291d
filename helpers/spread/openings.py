"""How the articles begin: headline and first sentence of each side."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.spread.grid import Column, Entry, Row, Span, plain
from helpers.spread.material import Material
from helpers.wording import clean, count

HEADLINES = 3
"""Headlines of one side that are shown; the others are counted."""
LONGEST = 260
"""Characters of a first sentence."""
LEAST_WORDS, MOST_WORDS = 5, 60
"""A shorter opening is a dateline, a byline or a caption; a longer one is run together with links
to other articles."""


def headlines(m: Material, columns: Sequence[Column]) -> Row:
    """The headlines of each side."""
    return Row("Headline", tuple(_headlines(m, column) for column in columns))


def openings(m: Material, columns: Sequence[Column]) -> Row:
    """The first sentence of each side's first article."""
    cells = [[e for d in c.doc_ids[:1] if (e := _opening(m, d))] for c in columns]
    return Row("First sentence", tuple(map(tuple, cells)), empty="not a plain sentence")


def _headlines(m: Material, column: Column) -> tuple[Entry, ...]:
    entries = []
    for doc in column.doc_ids[:HEADLINES]:
        words, place = m.headline(doc)
        if words:
            entries.append(plain(words, at=[place or (doc, 0, 0)]))
    if (more := len(column.doc_ids) - HEADLINES) > 0:
        entries.append(plain("", note=f"and {count(more, 'more article')}"))
    return tuple(entries)


def _opening(m: Material, doc: str) -> Entry | None:
    place = first_sentence(m, doc)
    return plain(clean(m.text(place), LONGEST), at=[place]) if place else None


def first_sentence(m: Material, doc: str) -> Span | None:
    """The place of an article's first plain sentence."""
    for start, end, part in m.sentences(doc):
        size = len(m.text((doc, start, end)).split())
        if part == "body" and size >= LEAST_WORDS:
            return (doc, start, end) if size < MOST_WORDS else None
    return None
