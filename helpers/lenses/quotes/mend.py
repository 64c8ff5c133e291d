"""Verbs beside a quotation that were tagged as nouns: “…,” the notice read; Hale shot back, “…”.

Beside its quotation the reporting verb is where it is expected, so its form and its place decide
where the tag says something else.
"""

from __future__ import annotations

from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.view import View
from helpers.lenses.quotes.words import words

_SAYING = 0.6
"""How often a verb reports in some construction of saying to be read as one against its tag."""
_REACH = 9
"""Tokens of a subject between a quotation and its verb."""
_BACK = frozenset("back in out".split())
_GOES_ON = frozenset(".RPIct,")


def mend(view: View, ranges: list[tuple[int, int]]) -> None:
    """Corrects the letters of ``view.code`` around the quotations ``ranges`` (token ranges)."""
    code = list(view.code)
    for a, b in ranges:
        k = _behind(view, b)
        if k is not None:
            code[k] = "F"
        k = _before(view, a)
        if k is not None:
            code[k] = "F"
    view.code = "".join(code)


def _behind(view: View, b: int) -> int | None:
    """The verb of “…,” [the notice] read."""
    code = view.code
    p = b + 1 if code[b : b + 1] == "," else b
    if p >= len(code) or "\n" in view.text[view.ends[b - 1] : view.starts[p]]:
        return None
    if code[p] not in "DNnpqJC" or view.quoted[p]:
        return None
    end = min(view.sents[view.sent[p]][1], p + _REACH)
    for k in range(p + 1, end):
        if view.quoted[k] or code[k] in "FM,;:":
            return None
        back = view.lower[k + 1 : k + 2] == ["back"] and lemma_of(view.lower[k], "VBD")
        says = _says(view.lower[k]) or (back and back != view.lower[k])
        if code[k] in "nJe" and code[k - 1] in "nNpJ" and says:
            high = view.sents[view.sent[p]][1]
            goes_on = k + 1 >= high or code[k + 1] in _GOES_ON
            if goes_on and not another_verb(view, k + 1, high):
                return k
    return None


def another_verb(view: View, k: int, high: int) -> bool:
    """Whether a finite verb stands between token ``k`` and the next comma, in the same clause."""
    for i in range(k, min(high, k + 60)):
        c = view.code[i]
        if c in ",cwr" or (c == "I" and view.lower[i] in _OPENING):
            return False
        if c in "FM":
            return True
    return False


_OPENING = frozenset("as because while since after before until".split())


def _before(view: View, a: int) -> int | None:
    """The verb of Hale [shot] back, “…”."""
    code = view.code
    k = a - 1
    if k > 0 and code[k] in ",:":
        k -= 1
    back = k > 0 and view.lower[k] in _BACK
    k -= back
    if k < 1 or code[k] not in "nJe" or code[k - 1] not in "nNp" or view.quoted[k]:
        return None
    low = view.sents[view.sent[k]][0]
    j = k - 1
    while j > max(low, k - 60) and code[j] not in ",;:&":
        if code[j] in "FM":
            return None
        j -= 1
    word = view.lower[k]
    fits = _says(word) or (back and lemma_of(word, "VBD") != word)
    return k if fits and view.words[k].islower() else None


def _says(word: str) -> bool:
    """Whether the word may be a finite form of a verb of saying."""
    tag = "VBZ" if word.endswith("s") else "VBD"
    lemma = lemma_of(word, tag)
    if lemma == word and word not in ("read", "put"):
        return False
    known = words("verb").get(lemma)
    return known is not None and any(
        known.share.get(c, 0.0) >= _SAYING for c in ("bare", "quote", "clause")
    )
