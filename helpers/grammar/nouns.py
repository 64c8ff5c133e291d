"""Noun phrases, by the letters of a sentence's tokens: ends, heads, names before appositions."""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE

Phrase = tuple[int, int]
"""Token range of a noun phrase."""

CORE = re.compile(PHRASE)
_TWO_KINDS = re.compile(rf"J&J*(?:{PHRASE})")
"""Republican and independent analysts."""
# Prepositions that tie a second noun phrase to the first: the head is further left.
_TYING = lexicons.words("tying_prepositions")
_HANGING = lexicons.words("prepositions_after_speakers")
_OF_PLACE = lexicons.words("prepositions_of_place")
_DETERMINERS = lexicons.words("determiners_after_place")
_OWN = frozenset(("his", "her", "their", "my", "our"))
_OPENERS = lexicons.words("clause_openers_before_speakers")
DAYWORD = frozenset().union(
    *map(lexicons.words, ("days", "months", "relative_days", "day_stretches"))
)
"""Words that name a time, not a speaker."""
_NP_LETTERS = frozenset("nNpxDCqJ$SegR")
_PARTED = frozenset(
    left + right
    for left in _NP_LETTERS
    for right in _NP_LETTERS
    if (right in "Dqpx" and left + right != "DD")  # a determiner or pronoun begins its phrase
    or left in "px"
    or (left == "R" and right not in "JCe")
    or (left in "eg" and right not in "nNJ")
    or left + right == "nJ"
)
"""Letters of neighbours between which one phrase ends and another begins."""
_PARTED_BY_DAY = frozenset({"nN", "NN", "Nn"})
"""The same, where the left one is a day: "on Monday [officials]"."""


def phrase_ending(doc: Document, j: int, low: int) -> Phrase | None:
    """The simple noun phrase whose last token is ``j``."""
    code, lower = doc.code, doc.lower
    if j < low or code[j] not in _NP_LETTERS:
        return None
    k = j
    while k > low and code[k - 1] in _NP_LETTERS:
        pair = code[k - 1 : k + 1]
        if pair in _PARTED or (pair in _PARTED_BY_DAY and lower[k - 1] in DAYWORD):
            break
        k -= 1
    while k < j and code[k] in "Reg":
        k += 1
    return (k, j + 1)


def with_head(doc: Document, phrase: Phrase, low: int) -> Phrase:
    """The phrase with what it hangs on: "the editor of [the Post]" from "the Post"."""
    a, b = phrase
    for _ in range(6):
        left = _head_phrase(doc, a, low)
        if left is None:
            break
        a = left[0]
    return (a, b)


def _head_phrase(doc: Document, a: int, low: int) -> Phrase | None:
    """The phrase on which the one that begins at ``a`` hangs, or with which it is coordinated."""
    code, lower = doc.code, doc.lower
    inside = a - 1 > low
    if inside and code[a - 1] == "I" and lower[a - 1] in _TYING:
        at = a - 2
        if code[at] in "Je" and at - 1 >= low and code[at - 1] in "nN":
            at -= 1  # people familiar with the talks, an aide briefed on them
        left = phrase_ending(doc, at, low)
        return left if _ends_in(doc, left, "nNpCD") and lower[at] not in DAYWORD else None
    if inside and code[a - 1] == "t" and code[a - 2] in "nN":
        return phrase_ending(doc, a - 2, low)  # an adviser to the mayor
    if inside and code[a - 1] == "&" and lower[a - 1] in ("and", "or"):
        left = phrase_ending(doc, a - 2, low)
        return left if _ends_in(doc, left, "nNp") else None
    return None


def _ends_in(doc: Document, phrase: Phrase | None, letters: str) -> bool:
    return phrase is not None and doc.code[phrase[1] - 1] in letters


def noun_before(doc: Document, j: int, low: int) -> Phrase | None:
    """The noun phrase before the comma ``j``: "[Hale] (D-Ohio), noting that …"."""
    code = doc.code
    if j <= low or code[j] not in ",-":
        return None
    k = j - 1
    if code[k] == ")":
        k = code.rfind("(", low, k) - 1
    near = phrase_ending(doc, k, low)
    if near is None or (near[0] > low and code[near[0] - 1] in "gt"):
        return None
    whole = with_head(doc, near, low)
    if whole[0] > low and code[whole[0] - 1] == "I":
        return phrase_from(doc, low, k) if code[low] in "DNp" else None
    return whole


def phrase_from(doc: Document, p: int, end: int) -> Phrase | None:
    """The noun phrase that begins at ``p``, with the prepositions that hang on it."""
    code, lower = doc.code, doc.lower
    while p < end and code[p] == "R":
        p += 1
    found = CORE.match(code, p, end) or _TWO_KINDS.match(code, p, end)
    if found is None:
        return _capitals(doc, p, end)
    b = found.end()
    if b < end and code[b - 1] in "CD" and code[b] == "J" and doc.words[b][0].isupper():
        b += 1  # one Republican
    while b < end:
        if lower[b] in _HANGING and lower[b + 1 : b + 2] != ["a"]:
            more = CORE.match(code, b + 1, end)
            if more is None or lower[b + 1] in DAYWORD or lower[more.end() - 1] in DAYWORD:
                break
            if lower[b] in _OF_PLACE and lower[b + 1] in _DETERMINERS:
                break
            if lower[b] == "from" and code[b - 1] == "N" and lower[b + 1] in _OWN:
                break  # "said Hale from her chair"
            b = more.end()
        elif lower[b] == "and":
            more = CORE.match(code, b + 1, end)
            if more is None or code[more.end() : more.end() + 1] in ("F", "M"):
                break
            b = more.end()
        else:
            break
    while b > p + 1 and lower[b - 1] in DAYWORD:
        b -= 1
    return (p, b)


def _capitals(doc: Document, p: int, end: int) -> Phrase | None:
    """A name whose words are tagged as something else: "said Suckling", "Small said"."""
    b = p
    while b < end and doc.words[b][:1].isupper() and doc.code[b] in "JgevFRonN":
        b += 1
    return (p, b) if b > p else None


def owner_of(doc: Document, i: int, low: int) -> Phrase | None:
    """Whose claim it is: "the minister's (repeated) claim", "his claim"."""
    code = doc.code
    j = i - 1
    while j >= low and code[j] in "JRCngeN&," and i - j < 6:
        j -= 1
    if j < low:
        return None
    if code[j] == "q":
        return (j, j + 1)
    if code[j] == "S" and j > low:
        k = j
        while k > low and code[k - 1] in "DqNnJ":
            k -= 1
        return (k, j) if k < j else None
    return None
