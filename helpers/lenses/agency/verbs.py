"""What the verb list says of a verb: group, polarity, process, the prepositions of its done-to."""

from __future__ import annotations

from functools import cache

from helpers import lexicons


def group_of(verb: str) -> tuple[str | None, str | None]:
    """(group, polarity) of a verb's base form; (None, None) for one the list does not hold."""
    return _groups().get(verb, (None, None))


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
