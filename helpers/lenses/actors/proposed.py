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

from helpers.lenses.actors.candidates import OTHER, PERSON, TITLE, Candidate
from helpers.lenses.actors.chunking import Chunker
from helpers.lenses.actors.gazetteer import ORGANIZATION, PLACE
from helpers.lenses.actors.name_parsing import entry_candidate
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import POSSESSIVE

RULE = "proposed name"
_TYPES = {"person": PERSON, "organization": ORGANIZATION, "place": PLACE, "other": OTHER}
_NOT_FIRST = frozenset({"the", "a", "an"})


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

    def __init__(self, doc: TaggedArticle, names: list[Proposed]) -> None:
        super().__init__(doc)
        self.names = [
            (bisect_left(doc.starts, n.start), bisect_left(doc.ends, n.end) + 1, n) for n in names
        ]
        self.firsts = [first for first, _, _ in self.names]

    def _sentence(self, number: int) -> list[Candidate]:
        a, b = self.doc.sents[number]
        found: list[Candidate] = []
        floor = a
        for first, last, name in self.names[slice(*(bisect_left(self.firsts, k) for k in (a, b)))]:
            candidate = self._candidate(first, last, name, floor)
            if candidate is None:
                continue
            found += [*self._listed(a, floor, candidate.first, number), candidate]
            floor = candidate.last
        found += self._listed(a, floor, b, number)
        for candidate in found:
            candidate.sentence, candidate.muted = number, self.doc.muted[number]
        return found

    def _candidate(self, first: int, last: int, name: Proposed, floor: int) -> Candidate | None:
        """The name as the room passes it on: bare, with the title before it, by its label."""
        tok, low = self.doc.words, self.doc.lower
        begin = first
        while first < last and low[first] in _NOT_FIRST:
            first += 1
        while first < last and low[last - 1] in POSSESSIVE:
            last -= 1
        if first == last:
            return None
        type_ = _TYPES[name.type]
        if type_ == PERSON:
            return self._with_titles(first, last, name, floor)
        entry = self.gaz.match(tok, first, last)
        if entry is not None and len(entry.words) == last - first:
            candidate = entry_candidate(entry, first, last)
        else:
            candidate = Candidate(
                first, last, type_, first, last, rule=RULE, confidence=name.confidence
            )
        if (
            candidate.type == ORGANIZATION
            and tok[begin] == "The"
            and begin not in self.doc.openings
        ):
            candidate.first = candidate.core = begin  # inside a sentence it is part of the name
        return candidate

    def _with_titles(self, first: int, last: int, name: Proposed, floor: int) -> Candidate:
        tok, low, voc = self.doc.words, self.doc.lower, self.voc
        core, titles = first, []
        while (title := voc.title_at(low, core, last)) and core + len(title.words) < last:
            titles.append(title)
            core += len(title.words)
        while (title := voc.title_before(low, floor, first)) and tok[first - 1][0].isupper():
            titles.insert(0, title)
            first -= len(title.words)
        return Candidate(
            first, last, PERSON, core, last, title=titles[-1].name if titles else "",
            titles=tuple(titles), rule="title and name" if titles else RULE,
            confidence=name.confidence,
        )  # fmt: skip

    def _listed(self, a: int, first: int, last: int, number: int) -> Iterator[Candidate]:
        """What the lists know between two names: titles, states, their people, capitals."""
        end = first
        for k in self._starts(first, last):
            if k < end or not self.capitals.opens(k, last, self.doc.muted[number]):
                continue
            end = self.runs.end(k, last, self.doc.muted[number])
            if end == k + 1 and self._ends_title(a, k):
                continue
            yield from (p for p in self.parser.parse(k, end) if p.kind == TITLE or p.label)
