"""Noun groups and verb groups of a tagged sentence, cut by one regular expression over letters.

Every token becomes one letter (its tag, and for the auxiliaries, "by", "of", "that" its word); the
string of a sentence is then cut by a small grammar into noun groups, verb groups and single
letters, in the manner of finite-state chunkers (Abney 1996).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from helpers import lexicons

_TAGS = {
    "DT": "D", "PDT": "D", "PRP$": "D", "JJ": "J", "JJR": "J", "JJS": "J", "HYPH": "J", "AFX": "J",
    "CD": "c", "$": "c", "SYM": "c", "NN": "N", "NNS": "N", "FW": "N", "GW": "N", "ADD": "N",
    "NNP": "P", "NNPS": "P", "PRP": "O", "EX": "O", "POS": "S", "RB": "R", "RBR": "R", "RBS": "R",
    "MD": "M", "TO": "o", "VBD": "V", "VBZ": "V", "VBP": "V", "VB": "v", "VBN": "d", "VBG": "g",
    "WP": "W", "WDT": "W", "WP$": "Q", "WRB": "w", "IN": "I", "CC": "C", ",": ",", ":": ":",
    "-LRB-": "(", "-RRB-": ")", "``": "q", "''": "q", ".": ".", "NFP": ".", "RP": "p",
    "UH": "U", "LS": "U",
}  # fmt: skip
_BE = {"is": "B", "are": "B", "am": "B", "was": "B", "were": "B", "'s": "B", "'re": "B", "'m": "B",
       "be": "b", "been": "e", "being": "i", "ai": "B"}  # fmt: skip
_HAVE = {"has": "H", "have": "H", "had": "H", "'ve": "H", "'d": "H", "having": "y"}
_DO = {"do": "X", "does": "X", "did": "X", "dont": "X", "doesnt": "X", "didnt": "X"}
_GET = {"get": "k", "gets": "G", "got": "G", "getting": "k", "gotten": "k"}
_SUBORDINATORS = lexicons.words("pure_subordinators")
_EITHER = lexicons.words("conjunctions_or_prepositions")
_WH_NOUN = lexicons.words("nominal_wh_words")
_TIME = frozenset().union(
    *map(lexicons.words, ("days", "months", "relative_days", "calendar_abbreviations"))
) - {"may"}
_PERIOD = lexicons.words("period_nouns")
_NEGATIONS = lexicons.words("negations")
_DASHES = frozenset({"-", "--", "–", "—", "---", "―"})
# Participles that serve as prepositions, and pairs whose first half stands before a noun group.
_LIKE_PREPOSITIONS = lexicons.words("participles_as_prepositions")
_FIRST_OF_PAIR = lexicons.words("first_of_pair")
_YEAR = re.compile(r"1\d\d\d|20\d\d")
_YEARS = re.compile(r"(?:1[5-9]|20)?\d0['’]?s$")

# A noun group: determiners, what may stand before a noun, nouns and names, a trailing number
# ("Apollo 11"). Participles belong to it only before its first noun ("the embattled leader", not
# "the man leading").
_HEADS = r"(?:[JmcNPt]|R(?=[JmRc]))*[NPt](?:(?<=P)c(?![NPJtc]))?"
_NOUNS = (
    r"(?:D{1,3}(?:[JmcdgqT](?!P)|[JmcdgqT](?<![T])|R(?=[JmcdgR]))*"
    + _HEADS
    + "|"
    + _HEADS
    + "|T(?=S))"
)
_NOUN_GROUP = (
    r"D{0,2}R?m(?=[FIaW]|R*[MXHBGV])|D[Rm]*[Jm](?=R*[MXHBGV]|,?[WQ])|"
    + _NOUNS
    + r"(?:S(?:[JmcdgDT]|R(?=[JmdgR]))*"
    + _HEADS
    + r")*|S[JcNPt]+|O|D|c+"
)
# A verb group: auxiliaries with adverbs between them, the verb, its particle.
_VERB_GROUP = r"(?:[oMXHBGheibky](?:,R,|,?C?[Rnq])*(?=[heibkyvdgVGHX]))*[MXHBGheibkyvdgV]p?"
_BEFORE_TIME = re.compile(r"(?<=[NP])[Jc]t")
_GRAMMAR = re.compile(rf"({_NOUN_GROUP})|({_VERB_GROUP})|.", re.DOTALL)


_SINGLE = {"T": "t", "m": "J"}
_QUANTITIES = lexicons.words("quantity_adjectives")


class Chunked(NamedTuple):
    """A sentence cut into chunks; `kinds` has one letter each (N noun, V verb group, t time)."""

    letters: str
    kinds: str
    starts: list[int]
    ends: list[int]


class _Letters(dict[tuple[str, str], str]):
    """Letter of a (word, tag) pair, worked out once; bounded."""

    def __missing__(self, key: tuple[str, str]) -> str:
        if len(self) > 40_000:
            self.clear()
        letter = self[key] = _letter(*key)
        return letter


_LETTERS = _Letters()


def chunk(words: Sequence[str], tags: Sequence[str]) -> Chunked:
    """Cut one tagged sentence into noun groups, verb groups and the single words between them.

    >>> chunk("The king was seen by Ann".split(), "DT NN VBD VBN IN NNP".split()).kinds
    'NVYN'
    """
    letters = "".join(map(_LETTERS.__getitem__, zip(words, tags, strict=True)))
    kinds: list[str] = []
    starts: list[int] = []
    for match in _GRAMMAR.finditer(letters):
        start, end = match.span()
        which = match.lastindex
        if which == 1 and (letters[end - 1] == "t" or letters[start] == "c"):
            for begin, kind in _noun_pieces(words, letters, start, end):
                kinds.append(kind)
                starts.append(begin)
            continue
        letter = letters[start]
        kinds.append("N" if which == 1 else "V" if which == 2 else _SINGLE.get(letter, letter))
        starts.append(start)
    ends = [*starts[1:], len(letters)] if starts else []
    return Chunked(letters, "".join(kinds), starts, ends)


def _noun_pieces(
    words: Sequence[str], letters: str, start: int, end: int
) -> tuple[tuple[int, str], ...]:
    """Where the pieces of a noun group begin and their kinds: a time is no part of it."""
    if letters[end - 1] == "t":
        cut = _BEFORE_TIME.search(letters, start, end)  # "sued the firm last year"
        return ((start, "t"),) if cut is None else ((start, "N"), (cut.start(), "t"))
    number = letters[start] == "c" and end > start + 1 and letters[start - 1 : start] == "I"
    if number and _YEAR.fullmatch(words[start]) is not None:
        return (start, "N"), (start + 1, "N")  # "in 2015 settlers came"
    return ((start, "N"),)


def _letter(word: str, tag: str) -> str:
    low = word.lower().replace("’", "'")
    if low in _NEGATIONS:
        return "n"
    if low in _DASHES and (tag != "HYPH" or low != "-"):
        return ":"
    if low in _LIKE_PREPOSITIONS and tag == "VBG":
        return "I"
    if tag == "CC" and low in _FIRST_OF_PAIR:
        return "D"
    if tag[:2] == "VB":
        for forms in (_BE, _HAVE, _GET):
            if low in forms:
                return _verb(forms[low], low, tag)
        if low in _DO and tag != "VBN":
            return "v" if tag == "VB" else "X"
        return _TAGS[tag]
    if tag[:2] == "JJ" and low in _QUANTITIES:
        return "m"
    if tag == "CD" and _YEARS.match(low) and low[-1] == "s":
        return "T"
    if tag == "IN":
        return (
            "Y" if low == "by" else "F" if low == "of" else "a" if low == "that"
            else "s" if low in _SUBORDINATORS else "z" if low in _EITHER else "I"
        )  # fmt: skip
    if tag in ("WP", "WDT") and low in _WH_NOUN:
        return "Q"
    if tag[:2] == "NN":
        if low in _TIME or _YEARS.match(low):
            return "T"
        return "t" if low in _PERIOD and tag[:3] != "NNP" else _TAGS[tag]
    return _TAGS.get(tag, "U")


def _verb(letter: str, low: str, tag: str) -> str:
    """The auxiliary's letter, unless the tag says another form of it ("had" as participle)."""
    if letter == "H":
        return "h" if tag == "VB" else "d" if tag == "VBN" else "H"
    if letter in "Gk":
        return (
            "d"
            if tag == "VBN" and low == "got"
            else "k"
            if tag == "VB"
            else "G"
            if tag != "VBG"
            else "k"
        )
    if low == "'s" or letter != "B":
        return letter
    return "B"
