"""Names that stand for a longer one, or open it: "the North", "the Church", "Keller Doctrine"."""

from __future__ import annotations

from collections.abc import Iterator

from helpers import lexicons
from helpers.lenses.actors.candidates import GOVERNMENT, OTHER, PERSON, Candidate
from helpers.lenses.actors.gazetteer import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    ORGANIZATION,
    PLACE,
    gazetteer,
)
from helpers.lenses.actors.metonyms import TREATIES
from helpers.lenses.actors.name_matching import initials
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import Vocabulary, vocabulary

_DIRECTIONS = lexicons.words("compass_directions")


class ShortForms:
    """Decides what the short forms among one article's candidates stand for."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.gaz = gazetteer()
        self.voc: Vocabulary = vocabulary()

    def resolve(self, candidates: list[Candidate]) -> None:
        """Give names that are no actor by themselves what they open with or are short for."""
        self._openings(candidates)
        self._for_longer(candidates)

    def _for_longer(self, candidates: list[Candidate]) -> None:
        """Names that stand for a longer one: "the North", "the Church" of "Church of …"."""
        tok, low = self.doc.words, self.doc.lower
        states: dict[str, set[str]] = {}
        bodies: dict[str, set[str]] = {}
        people: set[str] = set()
        for p in candidates:
            if p.type == PERSON and p.core_last - p.core > 1:
                people |= initials(low[p.core : p.core_last])
            if p.label and p.type == GOVERNMENT and len(p.label.split()) == 2:
                states.setdefault(p.label.split()[0], set()).add(p.label)
            for short in self._short_names(p):
                bodies.setdefault(short, set()).add(" ".join(tok[p.core : p.core_last]))
        for p in candidates:
            if p.kind != "name" or p.label:
                continue
            word = tok[p.core]
            whole = bodies.get(" ".join(tok[p.core : p.core_last]), set())
            if p.core_last - p.core > 1:
                if p.type == ORGANIZATION and len(whole) == 1:
                    p.rule, p.short_for = "short for a body", next(iter(whole))  # "Red Sox"
                continue
            if (word in _DIRECTIONS and self._twin(p)) or p.type == PERSON:
                continue
            if p.rule == "acronym" and len(word) > 2 and word.lower() in people and not whole:
                p.type, p.rule = PERSON, "initials"
                continue
            the = p.core > 0 and low[p.core - 1] == "the"
            if the and (last := self._last_named(p, candidates)) is not None:
                p.type, p.rule, p.confidence = ORGANIZATION, "short for a body", 0.7
                p.label = last.label
                p.short_for = last.short_for or " ".join(tok[last.core : last.core_last])
                continue
            if the and word in _DIRECTIONS and len(states.get(word, ())) == 1:
                p.label, p.type = next(iter(states[word])), GOVERNMENT
                p.rule, p.confidence = "short for a state", 0.7
            elif (the or p.type == ORGANIZATION) and len(whole) == 1:
                p.type, p.rule, p.confidence = ORGANIZATION, "short for a body", 0.7
                p.short_for = next(iter(whole))

    def _last_named(self, p: Candidate, candidates: list[Candidate]) -> Candidate | None:
        """ "The Council" of two that the article names: the body of that head named last before."""
        word = self.doc.words[p.core]
        bodies = [
            q for q in candidates
            if q.type == ORGANIZATION and q.core_last - q.core > 1 and not q.muted
            and self.doc.words[q.core_last - 1] == word and q.kind == "name"
        ]  # fmt: skip
        names = {q.label or " ".join(self.doc.words[q.core : q.core_last]) for q in bodies}
        before = [q for q in bodies if q.first < p.first]
        return before[-1] if len(names) > 1 and before else None

    def _short_names(self, p: Candidate) -> Iterator[str]:
        """What may stand for a body later on: its first or its last word, its name without a state.

        The head is short for all, and a first word that is none: "the Church" of "Church of …",
        but not "the House" of "House Judiciary Committee".
        """
        words = self.doc.words[p.core : p.core_last]
        if p.type != ORGANIZATION or p.label or len(words) < 2 or p.muted:
            return
        if words[0] not in self.voc.heads or words[1] == "of":
            yield words[0]
        if "of" not in words:
            yield words[-1]
        if len(words) > 2 and self.gaz.single(words[0]):
            yield " ".join(words[1:])

    def _twin(self, p: Candidate) -> bool:
        """ "North and South Korea": the first half is a state of its own."""
        tok = self.doc.words
        k = p.core + 1
        if tok[k : k + 1] in (["and"], ["or"]):
            entry = self.gaz.match(tok, k + 1, self.doc.sents[p.sentence][1])
            if entry is not None and entry.kind == COUNTRY and len(entry.words) == 2:
                other = self.gaz.match([tok[p.core], entry.words[1]], 0, 2)
                if other is not None and other.kind == COUNTRY and len(other.words) == 2:
                    p.type, p.label, p.rule = GOVERNMENT, other.label, "short for a state"
                    return True
        return False

    def _openings(self, candidates: list[Candidate]) -> None:
        """ "Keller Doctrine", "Oslo Games": no actor, but its first words are one."""
        tok = self.doc.words
        known: dict[str, Candidate] = {}
        for p in candidates:
            if p.kind in ("name", CAPITAL) and p.type in (PERSON, ORGANIZATION, PLACE, GOVERNMENT):
                known.setdefault(" ".join(tok[p.core : p.core_last]), p)
        for p in candidates:
            seat = self.voc.heads.get(tok[p.core_last - 1]) == "seat"
            if (p.type != OTHER and not seat) or p.kind != "name" or p.core_last - p.core < 2:
                continue
            entry = self.gaz.match(tok, p.core, p.core_last)
            if (
                entry is not None
                and entry.kind in (COUNTRY, DEMONYM)
                and (len(entry.words) < p.core_last - p.core)
            ):
                # "U.S. Embassy", "Swiss Embassy": the state is named, the building is a place.
                p.type, p.label = GOVERNMENT, entry.label
                p.kind = "demonym" if entry.kind == DEMONYM else "name"
                p.first, p.last = p.core, p.core + len(entry.words)
                p.core_last, p.rule, p.confidence = p.last, "opens a longer name", 0.8
                continue
            if seat or p.muted:
                continue
            town = self.gaz.match(tok, p.core, p.core + 1)
            if tok[p.core_last - 1].lower() in TREATIES and town and town.kind == CAPITAL:
                continue  # "Oslo Accords"
            for n in (p.core_last - p.core - 1, 2, 1):
                like = known.get(" ".join(tok[p.core : p.core + n]))
                entry = self.gaz.match(tok, p.core, p.core + n) if like is None else None
                if (
                    entry is not None
                    and len(entry.words) == n
                    and entry.kind in (COUNTRY, PLACE, CAPITAL)
                ):
                    p.type = GOVERNMENT if entry.kind == COUNTRY else PLACE
                    p.label = entry.label if entry.kind == COUNTRY else ""
                elif like is not None:
                    p.type, p.label, p.kind = like.type, like.label, "name"
                else:
                    continue
                p.first, p.last, p.core_last = p.core, p.core + n, p.core + n
                p.rule, p.confidence = "opens a longer name", 0.6
                break
