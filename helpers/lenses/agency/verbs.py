"""What the verb list says of a verb: group, polarity, process, the prepositions of its done-to."""

from __future__ import annotations

from functools import cache

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence

_PARTICLES = lexicons.words("deed_particles")
_OPEN = lexicons.words("verbs_of_open_groups") | lexicons.words("verbs_of_many_senses")


def verb_of(s: Sentence, p: Predicate) -> str:
    """A verb's base form with its particle, where the two are a verb of their own.

    The particle stands behind the verb or its object: "brought *down* a jet", "won them *over*";
    a preposition behind the verb counts where the list holds the two: "called *on* them".
    """
    inside = s.letters[p.end - 1] == "P"
    for at in dict.fromkeys((p.end - inside, s.ends[p.object[-1]] if p.object else p.end)):
        word = s.words[at].lower() if at < len(s.words) else ""
        whole, letter = f"{p.lemma} {word}", s.letters[at : at + 1]
        if letter == "P" or word in _PARTICLES:
            if whole in _processes() or (letter == "P" and s.letters[at + 1 : at + 2] != "I"):
                return whole
        elif at == p.end and not inside and letter in ("I", "z") and whole in _processes():
            return whole
    return p.lemma


def group_of(verb: str) -> tuple[str | None, str | None]:
    """(group, polarity) of a verb's base form; (None, None) for one the list does not hold."""
    return _groups().get(verb, (None, None))


def told_group(verb: str) -> tuple[str | None, str | None]:
    """(group, polarity) that a verb tells by itself: an open one ("join", "sign") tells neither."""
    return (None, None) if verb in _OPEN else group_of(verb)


def process_of(verb: str) -> str | None:
    """The kind of deed that a listed verb tells; None for one the list does not hold."""
    return _processes().get(verb)


@cache
def prepositions() -> dict[str, frozenset[str]]:
    """Verb → the prepositions that lead to whom it is done to or with ("met with")."""
    table = lexicons.load("verb_groups").dropna(subset=["preposition"])
    pairs = zip(table["lemma"], table["preposition"], strict=True)
    return {verb: frozenset(words.split()) for verb, words in pairs}


@cache
def _groups() -> dict[str, tuple[str | None, str | None]]:
    table = lexicons.load("verb_groups")
    rows = zip(table["lemma"], table["group"], table["polarity"], strict=True)
    return {verb: (group, polarity) for verb, group, polarity in rows}


@cache
def _processes() -> dict[str, str]:
    table = lexicons.load("verb_groups")
    return dict(zip(table["lemma"], table["process"], strict=True))
