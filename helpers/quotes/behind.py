"""Reports that follow their quotation: “…,” said Hale; “…,” Hale told reporters."""

from __future__ import annotations

import re

from helpers.lemmas import lemma as lemma_of
from helpers.quotes.frame import Attribution, Frame, Range, around, same_line
from helpers.quotes.sources import phrase_from, previous_subject
from helpers.quotes.view import _SIMPLE
from helpers.quotes.words import Word, words

_REPORT_AFTER = re.compile(
    rf"(?:{_SIMPLE})(?:(?:I|t|,?&|,)(?:{_SIMPLE})){{0,3}}"  # the minister of trade
    r"(?:,[^.;:\"]{1,60}?,|\([^)]{1,30}\)|-[^.;\"]{1,40}?-|R|w[^,.;]{1,20}?,?)?"  # an aside
    r"R*(?=[FMev])"
)
_GROUP = re.compile(r"[FMev](?:R|[veg](?=[Rveg]|$)|F(?=[e]))*[veg]?")


def after_quotations(frame: Frame, cues: set[int], threshold: float) -> list[Attribution]:
    """“…,” said Hale; “…,” Hale told reporters: the report follows its quotation."""
    view, code, text = frame.view, frame.view.code, frame.view.text
    verbs = words("verb")
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        p = b
        if p >= len(code) or p <= a:
            continue
        high = view.sents[view.sent[p]][1]
        low = view.sents[view.sent[b - 1]][0]
        last = text[q.inner_start : q.inner_end].rstrip("'’”\" \u00a0")[-1:] or " "
        if code[p] == "," and p + 1 < high:
            p += 1
        elif last not in ",!?…—-" or not same_line(view, b - 1, p):
            continue
        if view.lower[p] == "as" and p + 1 < high:
            p += 1
        if frame.quoted[p] or (last not in ",—-" and code[p] != "N" and view.words[p][0].isupper()):
            continue  # “Really?” He added: … begins anew
        size = len(text[q.inner_start : q.inner_end].split())
        source: Range | None = None
        r = p
        while r < high and code[r] == "R":
            r += 1
        if r < high and code[r] == "F":
            found = _GROUP.match(code, r, high)
            after = found.end() if found else r + 1
            source = phrase_from(view, after, high)
            inverted = source is not None
            start = r
            if source is None:
                source = previous_subject(view, a, low)
        else:
            found = _REPORT_AFTER.match(code, p, high)
            if found is None:
                name = phrase_from(view, p, high)
                if name is None or name[1] >= high or code[name[1]] not in "FM":
                    continue
                start = name[1]
            else:
                start = found.end()
            group = _GROUP.match(code, start, high)
            after = group.end() if group else start + 1
            source = phrase_from(view, p, high)
            inverted = False
        i = after - 1
        if last not in "," and after < high and code[after] == ":":
            continue
        if source is None or frame.quoted[i]:
            continue
        lemma = lemma_of(view.lower[i], view.tags[i])
        word = verbs.get(lemma)
        if code[start] in "ev" and (word is None or word.share.get("bare", 0.0) < threshold):
            continue
        whole = a <= low + 1 or code[a - 1] in ",:"
        if not whole and (word is None or _says(word) < threshold):
            continue
        if word is None and (size < LEAST_UNKNOWN or lemma in _NEVER):
            continue
        edge = start if inverted else p
        content = around(frame, i, edge, source if inverted else None, inverted, low, high, cues)
        if not content:
            continue
        out.append(
            Attribution(
                content, (start, after), source, "after quotation", lemma,
                word.stance if word else "neutral", 0.95 if word else 0.7, q.problem,
            )
        )  # fmt: skip
    return out


def _says(word: Word) -> float:
    """How often the verb reports in the constructions of saying."""
    return max(word.share.get(c, 0.0) for c in ("bare", "quote", "clause"))


LEAST_UNKNOWN = 4
"""Words a quotation needs for a verb that is in no list to count as its report."""
_NEVER = frozenset("be have do".split())
