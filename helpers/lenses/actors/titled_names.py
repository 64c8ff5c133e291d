"""Titles in small letters before a name: "former Norwegian foreign minister Anna Keller"."""

from __future__ import annotations

from helpers.lenses.actors.candidates import GOVERNMENT, OTHER, PERSON, UNKNOWN, Candidate
from helpers.lenses.actors.gazetteer import ORGANIZATION, PLACE
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    POSSESSIVE,
    RANK,
    RELATIVE,
    Title,
    Vocabulary,
    usual_tag,
    vocabulary,
)

_OWNERS = 3
"""So many states and bodies are looked for before a title."""


def before_modifiers(doc: TaggedArticle, k: int, floor: int) -> int:
    """Where the modifiers before token `k` begin ("former"), not before `floor`."""
    modifiers = vocabulary().modifiers
    while k > floor and doc.lower[k - 1] in modifiers and doc.words[k - 1] != "Then":
        k -= 1
    return k


def is_body(word: str) -> bool:
    """Whether a word in small letters names a body: ministry, force, department."""
    return vocabulary().heads.get(word.capitalize()) == ORGANIZATION and word != "campaign"


def called(doc: TaggedArticle, candidate: Candidate) -> str:
    """By which word an office in a state or body is kept."""
    return candidate.label or " ".join(doc.words[candidate.core : candidate.core_last])


class TitledNames:
    """Grows the names of one article to the left over titles, bodies and states."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.out: list[Candidate] = []

    def take_in(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates, names with the titles before them and what these belong to."""
        self.out = []
        for candidate in candidates:
            if candidate.kind == "name" and candidate.type in (PERSON, UNKNOWN):
                self._grow(candidate)
            self.out.append(candidate)
        return self.out

    def _grow(self, candidate: Candidate) -> None:
        """Move the name's beginning; a state or body that it takes in is no candidate any more."""
        a = self.doc.sents[candidate.sentence][0]
        k = self._small_titles(candidate, a)
        if not candidate.titles:
            return
        k = before_modifiers(self.doc, k, self._floor(a))
        if candidate.titles[-1].kind != HONORIFIC:
            while (
                k > a
                and is_body(self.doc.lower[k - 1])
                and not self.doc.words[k - 1][0].isupper()
                and self.doc.tags[k - 1][:2] != "VB"  # not "they force President X"
            ):
                k -= 1  # "foreign ministry spokesman X", "Quds force commander X"
        k = self._owners(candidate, k)
        k = before_modifiers(self.doc, k, self._floor(a))
        candidate.first = self._possessor(candidate, k, a)

    def _floor(self, a: int) -> int:
        """The first token that a candidate of the sentence may take in."""
        return max(a, self.out[-1].last) if self.out else a

    def _small_titles(self, candidate: Candidate, a: int) -> int:
        """Take in titles in small letters, joined by "and" too; where the first begins."""
        low = self.doc.lower
        floor = self._floor(a)
        k = candidate.first
        lone = candidate.type == UNKNOWN and candidate.core_last == candidate.core + 1
        if lone and usual_tag(self.doc.words[candidate.core]) == "JJ":
            return k  # "the chief Democratic sponsor"
        titles = list(candidate.titles)
        while (title := self._small_title(floor, k)) is not None:
            titles.insert(0, title)
            k -= len(title.words)
            if k - 2 >= a and low[k - 1] == "and" and self.voc.title_before(low, floor, k - 1):
                k -= 1
        if k < candidate.first:
            candidate.title = candidate.title or titles[0].name
            candidate.type, candidate.rule = PERSON, "title and name"
            candidate.confidence = max(candidate.confidence, 0.9)
            candidate.titles = tuple(titles)
        return k

    def _small_title(self, floor: int, k: int) -> Title | None:
        """The office or role in small letters that ends before token `k`."""
        title = self.voc.title_before(self.doc.lower, floor, k)
        if title is None or title.kind in (HONORIFIC, RELATIVE) or title.plural:
            return None  # "the officers Keller accused"
        if title.kind == RANK and self.doc.tags[k - 1] == "JJ":
            return None  # "a major Keller ally"
        return None if self.doc.words[k - 1][0].isupper() else title

    def _owners(self, candidate: Candidate, k: int) -> int:
        """Take in the states and bodies right before the title; where the first begins."""
        for _ in range(_OWNERS):
            if not self.out or not self._adjoins(self.out[-1], candidate, k):
                break
            owner = self.out.pop()
            k = owner.first
            if owner.label and owner.type == GOVERNMENT:
                candidate.country = candidate.country or owner.label
            elif owner.type in (ORGANIZATION, PLACE):
                candidate.body = candidate.body or called(self.doc, owner)
        return k

    def _adjoins(self, owner: Candidate, candidate: Candidate, k: int) -> bool:
        """Whether nothing stands between them, or up to two words ("Oslo [harbour] mayor X")."""
        gap = range(owner.last, k)
        if (
            owner.sentence != candidate.sentence
            or owner.type == PERSON
            or not 0 <= k - owner.last <= 2
        ):
            return False
        low, tag = self.doc.lower, self.doc.tags
        plain = all(tag[j] in ("JJ", "NN") and low[j].isalpha() for j in gap)
        return not gap or (owner.type != OTHER and plain)

    def _possessor(self, candidate: Candidate, k: int, a: int) -> int:
        """ "Iran's Foreign Minister X": one mention, the state says which office."""
        if k - 1 < a or self.doc.lower[k - 1] not in POSSESSIVE or not self.out:
            return k
        owner = self.out[-1]
        if owner.last != k - 1 or owner.sentence != candidate.sentence or not owner.label:
            return k
        if owner.type not in (GOVERNMENT, PLACE) or all(
            t.kind == HONORIFIC for t in candidate.titles
        ):
            return k
        self.out.pop()
        candidate.country = candidate.country or owner.label
        return owner.first
