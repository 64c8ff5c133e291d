"""A capital: its government or the town? Decided by the words around it, the doubt kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers import lexicons
from helpers.lenses.actors.candidates import Candidate
from helpers.lenses.actors.gazetteer import COUNTRY, gazetteer
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import POSSESSIVE, Vocabulary

_ACTS = frozenset({"VBZ", "VBD", "VBP", "MD"})
_MOVES = frozenset({"VBD", "VBZ", "VBG", "VB", "RB"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "("})
_MODIFIERS = _NOUNS | {"JJ"}
TREATIES = lexicons.words("treaty_nouns")
"""Nouns of what is named for the town where it was agreed on."""
_PARTNERS = lexicons.words("metonym_partners")
_MOTION = lexicons.words("motion_prepositions")
_DOUBTFUL = lexicons.words("doubtful_prepositions")
_UNSUBJECT = lexicons.words("unsubject_prepositions")
_STYLES = lexicons.listed("lone_state_styles")


@cache
def styles() -> dict[str, tuple[str, ...]]:
    """The states that are called "the kingdom", "the emirate" … after their official names.

    A state whose usual name says its style already (the United Kingdom) is left out.
    """
    owners: dict[str, set[str]] = {style: set() for style in _STYLES}
    for entries in gazetteer().by_first_word.values():
        for entry in entries:
            if entry.kind != COUNTRY:
                continue
            for style in _STYLES:
                words = [w.lower().removesuffix("s") for w in entry.words]
                if style in words and style not in entry.label.lower():
                    owners[style].add(entry.label)
    return {style: tuple(sorted(states)) for style, states in owners.items()}


@dataclass(frozen=True, slots=True)
class _Capital:
    """A capital in its sentence `a:b`, and the words next to it in small letters."""

    doc: TaggedArticle
    contexts: dict[tuple[str, str], tuple[str, int]]
    a: int
    b: int
    first: int
    last: int
    before: str
    """The word before it, an article left out; empty where it opens the sentence."""
    after: str
    after_tag: str

    @property
    def possessive(self) -> bool:
        """Whether it is a possessor ("Oslo's")."""
        return self.after in POSSESSIVE

    def back(self, n: int) -> str:
        """The n-th word before the capital; empty beyond the sentence."""
        return self.doc.lower[self.first - n] if self.first - n >= self.a else ""


Answer = tuple[float, str]
"""How sure a capital stands for its government, and the rule that says so."""


def government(
    doc: TaggedArticle, candidate: Candidate, voc: Vocabulary, sentence: tuple[int, int]
) -> Answer:
    """(how sure the capital stands for its government, the rule); below .5 it is a place.

    The cues follow the metonymy studies of Markert and Nissim (2007): a place after a locative
    preposition, an institution as the subject of a verb or with a possessive. The first rule that
    has an answer decides.
    """
    a, b = sentence
    k, n = candidate.first, candidate.last
    before = doc.lower[k - 1] if k > a else ""
    if before in ("the", "a") and k - 1 > a:
        before = doc.lower[k - 2]
    after, tag = (doc.lower[n], doc.tags[n]) if n < b else ("", "")
    capital = _Capital(doc, voc.contexts, a, b, k, n, before, after, tag)
    answers = (answer for rule in _RULES if (answer := rule(capital)) is not None)
    return next(answers, (0.5, "metonym: doubtful"))


def _named_for(c: _Capital) -> Answer | None:
    """ "the Oslo accord", "the Oslo climate agreement": a treaty, and nobody's government."""
    if c.possessive:
        return None
    for i in range(c.last, min(c.last + 4, c.b)):
        if c.doc.lower[i] in TREATIES:
            return 0.1, "place: treaty of"
        if c.doc.tags[i] not in _MODIFIERS:
            break
    return None


def _address(c: _Capital) -> Answer | None:
    """ "in Oslo, Norway,", "OSLO (Wire) —"."""
    tok, n = c.doc.words, c.last
    if c.after == "," and n + 2 < c.b and tok[n + 1][0].isupper() and tok[n + 2] in ",.":
        return 0.1, "place: town, country"
    if c.first - c.a <= 1 and n < c.b and tok[n] in _DASHES:
        return 0.1, "place: dateline"
    return None


def _located(c: _Capital) -> Answer | None:
    """ "near Oslo", "the city of Oslo", "Oslo suburbs", "Oslo's streets"."""
    kind, weight = c.contexts.get(("before", c.before), ("", 0))
    if kind == "place" and weight >= 2:
        return 0.1, "place: preposition"
    if c.before == "of" and ("of", c.back(2)) in c.contexts:
        return 0.1, "place: town of"
    noun = c.doc.lower[c.last + 1] if c.possessive and c.last + 1 < c.b else c.after
    if c.contexts.get(("after", noun), ("", 0))[0] == "place":
        return 0.2, "place: what follows"
    return None


def _reached(c: _Capital) -> Answer | None:
    """ "flew to Oslo", "sent a letter to Oslo"."""
    if c.before not in _MOTION:
        return None
    window = c.doc.lower[max(c.a, c.first - 5) : c.first - 1]
    if any(c.contexts.get(("motion", word), ("", 0))[1] for word in window):
        return 0.15, "place: motion"
    verb = c.doc.tags[c.first - 2] in _MOVES if c.first - 2 >= c.a else False
    return (0.45, "metonym: doubtful") if c.before == "to" and verb else None


def _acting(c: _Capital) -> Answer | None:
    """ "Oslo's offer", "Oslo said", "talks with Oslo"."""
    if c.possessive:
        return 0.8, "metonym: possessive"
    if c.after_tag in _ACTS and c.before not in _UNSUBJECT:
        return 0.9, "metonym: subject"
    return (0.75, "metonym: partner") if c.before in _PARTNERS else None


def _joined(c: _Capital) -> Answer | None:
    """ "Oslo and Lima"; after "in Lima and" a place."""
    if c.before != "and" and c.after != "and":
        return None
    placed = c.contexts.get(("before", c.back(3)), ("",))[0] == "place"
    if c.before == "and" and c.back(2) and placed:
        return 0.3, "place: preposition"
    return 0.7, "metonym: joined"


def _doubtful(c: _Capital) -> Answer | None:
    """ "from Oslo", "an Oslo hotel", "urged Oslo"."""
    if c.before in _DOUBTFUL:
        return 0.55, "metonym: doubtful"
    if c.after_tag in _NOUNS:
        return 0.3, "place: modifier"
    if c.first > c.a and c.doc.tags[c.first - 1].startswith("VB"):
        return 0.7, "metonym: object"
    return None


_RULES = (_named_for, _address, _located, _reached, _acting, _joined, _doubtful)
