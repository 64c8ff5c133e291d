"""Verbs beside a quotation that were tagged as nouns: “…,” the notice read; Hale shot back, “…”.

Beside its quotation the reporting verb is where it is expected, so its form and its place decide
where the tag says something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import lexicons
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.lemmas import lemma as lemma_of

if TYPE_CHECKING:
    from helpers.grammar.document import Document

_REACH = 9
"""Tokens of a subject between a quotation and its verb."""
_BACK = lexicons.words("verb_particles_of_saying")
_GOES_ON = frozenset(".RPIct,")


def retagged(doc: Document, code: str) -> str:
    """The letters ``code`` of an article, corrected around its quotations."""
    if not doc.ranges:
        return code
    letters = list(code)
    for a, b in doc.ranges:
        for k in (_behind(doc, code, b), _before(doc, code, a)):
            if k is not None:
                letters[k] = "F"
    return "".join(letters)


def _behind(doc: Document, code: str, b: int) -> int | None:
    """The verb of “…,” [the notice] read."""
    p = b + 1 if code[b : b + 1] == "," else b
    if p >= len(code) or "\n" in doc.text[doc.ends[b - 1] : doc.starts[p]]:
        return None
    if code[p] not in "DNnpqJC" or doc.quoted[p]:
        return None
    end = min(doc.sents[doc.sent[p]][1], p + _REACH)
    for k in range(p + 1, end):
        if doc.quoted[k] or code[k] in "FM,;:":
            return None
        back = doc.lower[k + 1 : k + 2] == ["back"] and lemma_of(doc.lower[k], "VBD")
        says = _may_say(doc.lower[k]) or (back and back != doc.lower[k])
        if code[k] in "nJe" and code[k - 1] in "nNpJ" and says:
            high = doc.sents[doc.sent[p]][1]
            goes_on = k + 1 >= high or code[k + 1] in _GOES_ON
            if goes_on and not another_verb(doc, code, k + 1, high):
                return k
    return None


def another_verb(doc: Document, code: str, k: int, high: int) -> bool:
    """Whether a finite verb stands between token ``k`` and the next comma, in the same clause."""
    for i in range(k, min(high, k + 60)):
        c = code[i]
        if c in ",cwr" or (c == "I" and doc.lower[i] in _OPENING):
            return False
        if c in "FM":
            return True
    return False


_OPENING = lexicons.words("clause_openers_beside_quotations")


def _before(doc: Document, code: str, a: int) -> int | None:
    """The verb of Hale [shot] back, “…”."""
    k = a - 1
    if k > 0 and code[k] in ",:":
        k -= 1
    back = k > 0 and doc.lower[k] in _BACK
    k -= back
    if k < 1 or code[k] not in "nJe" or code[k - 1] not in "nNp" or doc.quoted[k]:
        return None
    low = doc.sents[doc.sent[k]][0]
    j = k - 1
    while j > max(low, k - 60) and code[j] not in ",;:&":
        if code[j] in "FM":
            return None
        j -= 1
    word = doc.lower[k]
    fits = _may_say(word) or (back and lemma_of(word, "VBD") != word)
    return k if fits and doc.words[k].islower() else None


def _may_say(word: str) -> bool:
    """Whether the word may be a finite form of a verb of saying."""
    tag = "VBZ" if word.endswith("s") else "VBD"
    lemma = lemma_of(word, tag)
    if lemma == word and word not in ("read", "put"):
        return False
    return says(reporting_words("verb").get(lemma), MOSTLY)
