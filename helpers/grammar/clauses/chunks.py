"""Noun groups and verb groups of a tagged sentence, cut by one regular expression over letters.

The letters of a sentence (`helpers.grammar.letters`) are cut by a small grammar into noun groups,
verb groups and single letters, in the manner of finite-state chunkers (Abney 1996).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from helpers.grammar.letters import clause_letters

_YEAR = re.compile(r"1\d\d\d|20\d\d")

# A noun group: determiners, what may stand before a noun, nouns and names, a trailing number
# ("Apollo 11"). Participles belong to it only before its first noun ("the embattled leader", not
# "the man leading").
_HEADS = r"(?:[JmCnNd]|R(?=[JmRC]))*[nNd](?:(?<=N)C(?![nNJdC]))?"
_NOUNS = (
    r'(?:D{1,3}(?:[JmCeg"T](?!N)|[JmCeg"T](?<![T])|R(?=[JmCegR]))*'
    + _HEADS
    + "|"
    + _HEADS
    + "|T(?=S))"
)
_NOUN_GROUP = (
    r"D{0,2}R?m(?=[fIaw]|R*[MXHBOF])|D[Rm]*[Jm](?=R*[MXHBOF]|,?[wQ])|"
    + _NOUNS
    + r"(?:S(?:[JmCegDT]|R(?=[JmegR]))*"
    + _HEADS
    + r")*|S[JCnNd]+|p|D|C+"
)
# A verb group: auxiliaries with adverbs between them, the verb, its particle.
_VERB_GROUP = r'(?:[tMXHBOhEibky](?:,R,|,?&?[Ru"])*(?=[hEibkyvegFOHX]))*[MXHBOhEibkyvegF]P?'
_BEFORE_TIME = re.compile(r"(?<=[nN])[JC]d")
_GRAMMAR = re.compile(rf"({_NOUN_GROUP})|({_VERB_GROUP})|.", re.DOTALL)


_SINGLE = {"m": "J"}


class Chunked(NamedTuple):
    """A sentence cut into chunks.

    `kinds` has one letter each: G noun group, V verb group, T time, else that of its one token.
    """

    letters: str
    kinds: str
    starts: list[int]
    ends: list[int]


def chunk(words: Sequence[str], letters: str) -> Chunked:
    """Cut a sentence into noun groups, verb groups and the single words between them.

    >>> chunk("The king was seen by Ann".split(), "DnBeYN").kinds
    'GVYG'
    """
    letters = clause_letters(letters)
    kinds: list[str] = []
    starts: list[int] = []
    for match in _GRAMMAR.finditer(letters):
        start, end = match.span()
        which = match.lastindex
        if which == 1 and (letters[end - 1] == "d" or letters[start] == "C"):
            for begin, kind in _noun_pieces(words, letters, start, end):
                kinds.append(kind)
                starts.append(begin)
            continue
        letter = letters[start]
        kinds.append("G" if which == 1 else "V" if which == 2 else _SINGLE.get(letter, letter))
        starts.append(start)
    ends = [*starts[1:], len(letters)] if starts else []
    return Chunked(letters, "".join(kinds), starts, ends)


def _noun_pieces(
    words: Sequence[str], letters: str, start: int, end: int
) -> tuple[tuple[int, str], ...]:
    """Where the pieces of a noun group begin and their kinds: a time is no part of it."""
    if letters[end - 1] == "d":
        cut = _BEFORE_TIME.search(letters, start, end)  # "sued the firm last year"
        return ((start, "T"),) if cut is None else ((start, "G"), (cut.start(), "T"))
    number = letters[start] == "C" and end > start + 1 and letters[start - 1 : start] == "I"
    if number and _YEAR.fullmatch(words[start]) is not None:
        return (start, "G"), (start + 1, "G")  # "in 2015 settlers came"
    return ((start, "G"),)
