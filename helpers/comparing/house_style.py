"""House style: what a desk writes one way and another desk another, and says nothing of a story.

"Sen." and "Senator", "US" and "United States", "defence" and "defense" are one term; forms of
address, hours, initials and given names before a surname are none, and two names side by side
("President Donald", "Qassem Soleimani") are no phrase.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.grammar.token_codes import token_codes
from helpers.made import made_of_tables

_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?$")
_INITIAL = re.compile(r"[A-Z]\.$")
_LONGEST_SHORT = 5  # letters of a shortened title ("prof.")
_HIDDEN = lexicons.words("words_of_house_style")

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Folded(NamedTuple):
    """The tokens of a table as terms are compared."""

    code: Ints
    """Of each token the number of its form in `forms`."""
    forms: list[str]
    shown: Flags
    """Whether a token may be a term."""
    proper: Flags
    """Whether it is part of a proper name."""
    double: Flags
    """Whether the form stands for this token and the next ("United States")."""


def compared_as(term: str) -> str:
    """A term that somebody writes, in the form in which terms are counted.

    >>> [compared_as(t) for t in ("Harbour", "United States", "U.N. resolution", "Sen. Orr")]
    ['harbor', 'u.s.', 'un resolution', 'senator orr']
    """
    singles, doubles = _styles()
    words: list[str] = []
    for word in term.split():
        low = word.lower().replace("’", "'")
        form = _acronym(word) or singles.get(low, low)
        if words and (words[-1], form) in doubles:
            words[-1] = doubles[words[-1], form]
        else:
            words.append(form)
    return " ".join(words)


@made_of_tables
def folded(tokens: pd.DataFrame) -> Folded:
    """The tokens with their house style folded."""
    made = token_codes(tokens)
    forms = list(made.lowered)
    number = {form: i for i, form in enumerate(forms)}

    def code_of(form: str) -> int:
        if form not in number:
            number[form] = len(forms)
            forms.append(form)
        return number[form]

    singles, doubles = _styles()
    lowered = [text.lower().replace("’", "'") for text in made.spellings]
    by_spelling = np.array(
        [code_of(_acronym(text) or singles.get(low, low))
         for text, low in zip(made.spellings, lowered, strict=True)], dtype=np.int64
    )  # fmt: skip
    code = by_spelling[made.raw] if len(made.raw) else made.raw.astype(np.int64)
    hides = np.array(
        [low in _HIDDEN or _INITIAL.match(text) is not None
         for text, low in zip(made.spellings, lowered, strict=True)], dtype=bool
    )  # fmt: skip
    n = len(code)
    shown = ~hides[made.raw] if n else np.zeros(0, dtype=bool)
    proper = np.zeros(n, dtype=bool)
    if "tag" in tokens and n:
        proper = tokens["tag"].isin(("NNP", "NNPS")).to_numpy(dtype=bool)
    given = np.array([low in _given_names() for low in lowered], dtype=bool)
    if n > 1:
        shown[:-1] &= ~(given[made.raw][:-1] & proper[:-1] & proper[1:])
    double = np.zeros(n, dtype=bool)
    for (first, second), form in doubles.items():
        at = np.flatnonzero(code[:-1] == number.get(first, -1)) if n > 1 else np.zeros(0, int)
        at = at[code[at + 1] == number.get(second, -1)]
        if len(at):
            code[at], double[at], shown[at + 1] = code_of(form), True, False
    return Folded(code, forms, shown, proper, double)


def _acronym(text: str) -> str | None:
    """An abbreviation of capitals without its stops: U.N. as UN; "US" is no pronoun.

    >>> [_acronym(w) for w in ("U.N.", "F.B.I.", "US", "U.S.", "us", "J.", "Sen.")]
    ['un', 'fbi', 'u.s.', 'u.s.', None, None, None]
    """
    if text == "US":
        return "u.s."
    if len(text) < 3 or not _DOTTED.match(text):
        return None
    letters = text.replace(".", "").lower()
    return "u.s." if letters == "us" else letters


@cache
def _styles() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Single words and pairs of words, each with the form it is compared as."""
    table = lexicons.load("house_styles")
    titles = lexicons.load("short_titles")
    singles = {
        short: long
        for short, long in zip(titles["short"], titles["long"], strict=True)
        if len(short) <= _LONGEST_SHORT and " " not in short + long and short[0] == long[0]
    }
    doubles: dict[tuple[str, str], str] = {}
    for form, to in zip(table["form"], table["folded"], strict=True):
        first, _, second = form.partition(" ")
        if second:
            doubles[first, second] = to
        elif " " not in to:
            singles[form] = to
    return singles, doubles


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicons.load("given_names")["name"].str.lower())
