"""Camps: the country or party that the words beside a name give its bearer."""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses.actors.gazetteer import COUNTRY, DEMONYM, gazetteer

_PARTIES = dict(
    zip(lexicons.load("party_words")["word"], lexicons.load("party_words")["party"], strict=True)
)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:-[^\W\d_]+)*")
_NAMES = "|".join(word for word in _PARTIES if len(word) > 3)
_BEFORE = re.compile(rf"\b({_NAMES}|GOP)\s+$")
_BEHIND = re.compile(rf"\s*[(,]\s*(?:([A-Z])(?:[-–][A-Z]|\))|(?:an? )?({_NAMES})\b)")
"""A party behind a name: "(R-Ohio)", ", D-Mass.", ", a Democrat"."""


def party_of(words: str) -> str:
    """The party that a description names; empty without one.

    >>> party_of("Democratic Senator Ann Hale"), party_of("the mayor")
    ('Democratic Party', '')
    """
    named = (w for w in _WORD.findall(words) if len(w) > 1)  # a letter alone is an initial
    return next((_PARTIES[w] for w in named if w in _PARTIES), "")


def party_before(text: str) -> str:
    """The party whose name ends a text: what stands right before a name.

    >>> party_before("her opponent, Republican "), party_before("the Republicans met ")
    ('Republican Party', '')
    """
    found = _BEFORE.search(text)
    return _PARTIES.get(found[1], "") if found else ""


def party_behind(text: str) -> str:
    """The party that stands right behind a name, by its letter or its name.

    >>> party_behind(" (R-Ohio) said"), party_behind(", a Democrat"), party_behind(", who left")
    ('Republican Party', 'Democratic Party', '')
    """
    found = _BEHIND.match(text)
    return _PARTIES.get(found[1] or found[2], "") if found else ""


def states_in(words: str) -> list[str]:
    """The states that a description names, by country or demonym, in its order.

    >>> states_in("the Saudi envoy to the U.S."), states_in("the mayor")
    (['Saudi Arabia', 'United States'], [])
    """
    known, found = gazetteer(), []
    tokens = _WORD.findall(words)
    at = 0
    while at < len(tokens):
        entry = known.match(tokens, at, len(tokens))
        if entry is not None and entry.kind in (COUNTRY, DEMONYM):
            found.append(entry.label)
        at += len(entry.words) if entry is not None else 1
    return list(dict.fromkeys(found))
