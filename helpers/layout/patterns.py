"""The wording of boilerplate: the patterns of ``data/lexicons/en/boilerplate.csv`` by place.

A pattern holds for a whole paragraph (anywhere, at the start, at the end of an article), for a
sentence inside a paragraph, or for a span inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any

from helpers import lexicons


class Patterns:
    """The patterns of one place.

    Those that need a piece of text (``needs``) are tried only where it is; of the others those
    bound to the beginning are tried there alone.
    """

    begin: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    needing: list[tuple[list[str], re.Pattern[str]]]

    def __init__(self, rows: Sequence[Mapping[Hashable, Any]]) -> None:
        self.rows = [(re.compile(row["pattern"], re.IGNORECASE), row["what"]) for row in rows]
        plain = [row["pattern"] for row in rows if not _needles(row)]
        self.begin = _either([p for p in plain if p.startswith("^")])
        self.inside = _either([p for p in plain if not p.startswith("^")])
        self.needing = [
            (needles, re.compile(row["pattern"], re.IGNORECASE))
            for row in rows
            if (needles := _needles(row))
        ]

    def within(self, lower: str) -> Patterns:
        """The patterns that there can be in an article, given in small letters."""
        fewer = copy(self)
        fewer.needing = [each for each in self.needing if any(map(lower.__contains__, each[0]))]
        return fewer

    def found(self, text: str) -> str | None:
        """What the first pattern that is in the text finds; None where none is."""
        if (
            (self.begin and self.begin.match(text))
            or (self.inside and self.inside.search(text))
            or (self.needing and self._needed(text))
        ):
            return next(what for pattern, what in self.rows if pattern.search(text))
        return None

    def _needed(self, text: str) -> bool:
        lower = text.lower()
        for needles, pattern in self.needing:
            for needle in needles:
                if needle in lower:
                    if pattern.search(text):
                        return True
                    break
        return False


def _needles(row: Mapping[Hashable, Any]) -> list[str]:
    return row["needs"].split("|") if isinstance(row["needs"], str) else []


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None


@cache
def patterns() -> dict[str, Patterns]:
    """The patterns by their place."""
    table = lexicons.load("boilerplate")
    return {
        str(where): Patterns(rows.to_dict("records"))
        for where, rows in table[table["where"] != "inside"].groupby("where")
    }


@cache
def spans_inside() -> list[tuple[re.Pattern[str], list[str], str]]:
    """The patterns of spans inside a sentence, in which the case of letters counts.

    Each with the pieces of text without one of which it is not there, and what it finds.
    """
    table = lexicons.load("boilerplate")
    rows = table[table["where"] == "inside"]
    return [
        (re.compile(row["pattern"]), _needles(row), row["what"]) for row in rows.to_dict("records")
    ]


_SIGNS = re.compile(r"[\W\d_]+")
_TALKS = re.compile(r"[\"“”«»]")
LONGEST = 320
"""Characters; a longer sentence that has the words of boilerplate holds more than that."""


class Wording:
    """The patterns of all places that there can be in one article, and what its outlet repeats."""

    def __init__(self, text: str, again: Mapping[str, str]) -> None:
        lower = text.lower()
        self.places = {place: each.within(lower) for place, each in patterns().items()}
        self.again = again
        """The sentences that the outlet repeats, each with its rule."""

    def paragraph(self, place: str, text: str) -> str | None:
        """What kind of boilerplate a paragraph is at a place, None where it is none."""
        return self.places[place].found(text)

    def sentence(self, text: str) -> str | None:
        """What kind of boilerplate a sentence inside a paragraph is, None where it is none.

        >>> wording = Wording("Sign up for our newsletter here.", {})
        >>> wording.sentence("Sign up for our newsletter here.")
        'call to the reader'
        >>> wording.sentence("He told them to sign up for the army.") is None
        True
        """
        if len(text) > LONGEST or _TALKS.match(text):
            return None
        if self.again and (rule := self.again.get(key_of(text))):
            return rule
        return self.places["sentence"].found(text)


def spread(rules: Sequence[str], sentences: Sequence[str]) -> list[str]:
    """The rules of a paragraph's sentences; where half of them are boilerplate, so are the others.

    A sentence that tells what happened stays, and so does a paragraph of one sentence.

    >>> spread(["call to the reader", "", "call to the reader"], ["Join us.", "Why?", "Sign up."])
    ['call to the reader', 'call to the reader', 'call to the reader']
    """
    held = [rule for rule in rules if rule]
    if len(held) < 2 or 2 * len(held) < len(rules):
        return list(rules)
    return [
        rule or ("" if tells(sentence) or _TALKS.search(sentence) else held[0])
        for rule, sentence in zip(rules, sentences, strict=True)
    ]


def key_of(text: str) -> str:
    """The words of a text, without case, signs and numbers: what nearly repeats has one key.

    >>> key_of("Updated at 9:40 p.m.") == key_of("Updated at 10:05 p.m.")
    True
    """
    return _SIGNS.sub(" ", text.casefold()).strip()


_VERB_ENDS = re.compile(r"\b[a-z]{2,}ed\b")
_LOWER_WORD = re.compile(r"\b[a-z]+\b")


@cache
def _past_forms() -> frozenset[str]:
    forms = lexicons.load("irregular_verbs")["past"].dropna().str.split()
    present = set(lexicons.load("irregular_verbs")["lemma"])
    return frozenset(form for row in forms for form in row) - present | {"has", "have"}


def tells(text: str) -> bool:
    """Whether a text has a verb in the past: it may report what happened.

    >>> tells("Iran denied it."), tells("Get the stories that you care about.")
    (True, False)
    """
    if _VERB_ENDS.search(text):
        return True
    past = _past_forms()
    return any(word in past for word in _LOWER_WORD.findall(text))


def blanked(text: str, spans: Iterable[tuple[int, int]], start: int = 0) -> str:
    """``text`` with the spans as blanks, so that every other character keeps its place.

    ``text`` begins at ``start``; a span may begin before it or end behind it.

    >>> blanked("He said Read more yes", [(8, 17)])
    'He said           yes'
    >>> blanked("abcdef", [(13, 19), (8, 12), (9, 11)], 10)
    '  c   '
    """
    pieces = []
    at = 0
    for a, b in sorted(spans):
        first, last = max(a - start, at), min(b - start, len(text))
        if first < last:
            pieces += [text[at:first], " " * (last - first)]
            at = last
    return "".join([*pieces, text[at:]])
