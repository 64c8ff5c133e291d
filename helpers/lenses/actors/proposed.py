"""Names that a model from elsewhere proposes, in the place of our runs of capitalised words.

The model says where names stand and what kind each is. What the story's lists know is read around
them as ever: titles, states and their people, capitals, the White House. So are descriptions,
pronouns, and which names are one actor.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers.lenses.actors.gazetteer import ORGANIZATION, PLACE
from helpers.lenses.actors.names import Chunker
from helpers.lenses.actors.parsing import entry_piece
from helpers.lenses.actors.pieces import OTHER, PERSON, TITLE, Piece
from helpers.lenses.actors.reading import Reading

RULE = "proposed name"
_TYPES = {"person": PERSON, "organization": ORGANIZATION, "place": PLACE, "other": OTHER}
_NOT_FIRST = frozenset({"the", "a", "an"})
_NOT_LAST = frozenset({"'s", "’s", "'", "’"})


class Proposed(NamedTuple):
    """A name by its characters, its kind and how sure the model is."""

    start: int
    end: int
    type: str
    confidence: float


def proposals(found: pd.DataFrame) -> dict[str, list[Proposed]]:
    """The names of each article in text order, of a name finder's table."""
    by_doc: dict[str, list[Proposed]] = {}
    columns = (found[c].tolist() for c in ("doc_id", "start", "end", "type", "confidence"))
    for doc_id, *name in zip(*columns, strict=True):
        by_doc.setdefault(doc_id, []).append(Proposed(*name))
    for names in by_doc.values():
        names.sort()
    return by_doc


class ProposedNames(Chunker):
    """Cuts sentences into the names proposed and what the lists know between them."""

    def __init__(self, doc: Reading, names: list[Proposed]) -> None:
        super().__init__(doc)
        self.names = [
            (bisect_left(doc.start, n.start), bisect_left(doc.end, n.end) + 1, n) for n in names
        ]
        self.firsts = [first for first, _, _ in self.names]

    def _sentence(self, number: int) -> list[Piece]:
        a, b = self.doc.bounds[number]
        found: list[Piece] = []
        floor = a
        for first, last, name in self.names[slice(*(bisect_left(self.firsts, k) for k in (a, b)))]:
            piece = self._piece(first, last, name, floor)
            if piece is None:
                continue
            found += [*self._listed(a, floor, piece.first, number), piece]
            floor = piece.last
        found += self._listed(a, floor, b, number)
        for piece in found:
            piece.sentence, piece.muted = number, self.doc.muted[number]
        return found

    def _piece(self, first: int, last: int, name: Proposed, floor: int) -> Piece | None:
        """The name as the room passes it on: bare, with the title before it, by its label."""
        tok, low = self.doc.tok, self.doc.low
        begin = first
        while first < last and low[first] in _NOT_FIRST:
            first += 1
        while first < last and low[last - 1] in _NOT_LAST:
            last -= 1
        if first == last:
            return None
        type_ = _TYPES[name.type]
        if type_ == PERSON:
            return self._with_titles(first, last, name, floor)
        entry = self.gaz.match(tok, first, last)
        if entry is not None and len(entry.words) == last - first:
            piece = entry_piece(entry, first, last)
        else:
            piece = Piece(first, last, type_, first, last, rule=RULE, confidence=name.confidence)
        if piece.type == ORGANIZATION and tok[begin] == "The" and begin not in self.doc.initial:
            piece.first = piece.core = begin  # inside a sentence it is part of the name
        return piece

    def _with_titles(self, first: int, last: int, name: Proposed, floor: int) -> Piece:
        tok, low, voc = self.doc.tok, self.doc.low, self.voc
        core, titles = first, []
        while (title := voc.title_at(low, core, last)) and core + len(title.words) < last:
            titles.append(title)
            core += len(title.words)
        while (title := voc.title_before(low, floor, first)) and tok[first - 1][0].isupper():
            titles.insert(0, title)
            first -= len(title.words)
        return Piece(
            first, last, PERSON, core, last, title=titles[-1].name if titles else "",
            titles=tuple(titles), rule="title and name" if titles else RULE,
            confidence=name.confidence,
        )  # fmt: skip

    def _listed(self, a: int, first: int, last: int, number: int) -> Iterator[Piece]:
        """What the lists know between two names: titles, states, their people, capitals."""
        end = first
        for k in self._starts(first, last):
            if k < end or not self._opens(k, last, self.doc.muted[number]):
                continue
            end = self._run(k, last, self.doc.muted[number])
            if end == k + 1 and self._ends_title(a, k):
                continue
            yield from (p for p in self.parse(k, end) if p.kind == TITLE or p.label)
