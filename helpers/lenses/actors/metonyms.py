"""A capital: its government or the town? Decided by the words around it, the doubt kept."""

from __future__ import annotations

from functools import cache

from helpers import lexicons
from helpers.lenses.actors.gazetteer import COUNTRY, gazetteer
from helpers.lenses.actors.pieces import Piece
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import POSSESSIVE, Vocabulary

_ACTS = frozenset({"VBZ", "VBD", "VBP", "MD"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "("})
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
    for entries in gazetteer().first.values():
        for entry in entries:
            if entry.kind != COUNTRY:
                continue
            for style in _STYLES:
                words = [w.lower().removesuffix("s") for w in entry.words]
                if style in words and style not in entry.label.lower():
                    owners[style].add(entry.label)
    return {style: tuple(sorted(states)) for style, states in owners.items()}


def government(
    doc: Reading, piece: Piece, voc: Vocabulary, sentence: tuple[int, int]
) -> tuple[float, str]:
    """(how sure the capital stands for its government, the rule); below .5 it is a place.

    The cues follow the metonymy studies of Markert and Nissim (2007): a place after a locative
    preposition, an institution as the subject of a verb or with a possessive.
    """
    a, b = sentence
    tok, low, tag = doc.tok, doc.low, doc.tag
    k, n = piece.first, piece.last
    before = low[k - 1] if k > a else ""
    after = low[n] if n < b else ""
    after_tag = tag[n] if n < b else ""
    if before in ("the", "a") and k - 1 > a:
        before = low[k - 2]
    if after == "," and n + 1 < b and tok[n + 1][0].isupper() and n + 2 < b and tok[n + 2] in ",.":
        return 0.1, "place: town, country"
    if k - a <= 1 and (tok[n] in _DASHES if n < b else False):
        return 0.1, "place: dateline"
    context = voc.contexts
    kind, weight = context.get(("before", before), ("", 0))
    if kind == "place" and weight >= 2:
        return 0.1, "place: preposition"
    if before == "of" and k - 2 >= a and ("of", low[k - 2]) in context:
        return 0.1, "place: town of"
    kind, weight = context.get(("after", after), ("", 0))
    possessive = after in POSSESSIVE
    if possessive and n + 1 < b:
        kind, weight = context.get(("after", low[n + 1]), ("", 0))
    if kind == "place":
        return 0.2, "place: what follows"
    if before in _MOTION:
        window = low[max(a, k - 5) : k - 1]
        if any(("motion", w) in context and context["motion", w][1] for w in window):
            return 0.15, "place: motion"
        if before == "to" and (k - 2 >= a and tag[k - 2] in ("VBD", "VBZ", "VBG", "VB", "RB")):
            return 0.45, "metonym: doubtful"
    if possessive:
        return 0.8, "metonym: possessive"
    if after_tag in _ACTS and before not in _UNSUBJECT:
        return 0.9, "metonym: subject"
    if before in _PARTNERS:
        return 0.75, "metonym: partner"
    if before == "and" or after == "and":
        other = low[k - 2] if before == "and" and k - 2 >= a else ""
        if other and context.get(("before", low[k - 3] if k - 3 >= a else ""), ("",))[0] == "place":
            return 0.3, "place: preposition"
        return 0.7, "metonym: joined"
    if before in _DOUBTFUL:
        return 0.55, "metonym: doubtful"
    if after_tag in ("NN", "NNS", "NNP", "NNPS", "CD"):
        return 0.3, "place: modifier"
    if k > a and tag[k - 1].startswith("VB"):
        return 0.7, "metonym: object"
    return 0.5, "metonym: doubtful"
