"""The role of a mention in its sentence, by what stands beside it."""

from __future__ import annotations

from helpers import lexicons
from helpers.lenses.actors.salience import FINITE
from helpers.lenses.actors.tagged_article import TaggedArticle

_TYING = lexicons.words("tying_prepositions")
_PHRASE = frozenset({"IN", "DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH", "PRP$"})
"""Tags of what may stand between a subject's head and its verb."""

_BRACKETS = 8
"""Tokens behind a name among which what is in brackets ends."""


def position(doc: TaggedArticle, first: int, last: int, a: int, b: int) -> str:
    """subject, object, possessive, oblique or aside, from the words around."""
    tag, tok = doc.tags, doc.words
    if "(" in tok[last : last + 1] and ")" in tok[last : min(last + _BRACKETS, b)]:
        last = tok.index(")", last) + 1  # "Keller (D-Ohio), who"
    after = tag[last] if last < b else ""
    if after == "POS" or (last < b and tok[last] in ("'s", "’s")):
        return "possessive"
    before = tag[first - 1] if first > a else ""
    if after.startswith("NN"):
        return "modifier"  # "House Republicans"
    if (
        first > a
        and doc.lower[first - 1 - (before == "DT")] in _TYING
        and first - 1 - (before == "DT") >= a
    ):
        return "oblique"
    if after == "WP":
        return "subject"  # "a president who cannot leave his room"
    if after in FINITE or (after == "RB" and last + 1 < b and tag[last + 1] in FINITE):
        return "subject"
    if before in ("IN", "TO"):
        return "oblique"
    if before in ("VBD", "VBZ") and after in ("", ".", "''", ","):
        return "inverted" if first - 1 > a and tok[first - 2] in (",", "”", '"', "''") else (
            "object"
        )  # fmt: skip
    if before.startswith("VB"):
        return "object"
    k = last
    while k < b and tag[k] in _PHRASE:
        k += 1
    if last < k < b and tag[k] in FINITE and tag[last] == "IN":
        return "subject"  # "an official at the ministry laughed"
    if first - (before == "DT") <= a or before in (",", "``", ":"):
        return "subject" if last < b and tok[last] == "," else "aside"
    return "other"
