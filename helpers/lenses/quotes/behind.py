"""Reports that follow their quotation: “…,” said Hale; “…,” Hale told reporters."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.grammar.document import Document as View
from helpers.grammar.letters import PHRASE
from helpers.grammar.nouns import phrase_ending, phrase_from
from helpers.grammar.reporting import Word, words
from helpers.grammar.retagging import another_verb
from helpers.grammar.subjects import previous_subject
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import TELLING, taken
from helpers.lenses.quotes.frame import Attribution, Frame, Range, around, same_line, span

_REPORT_AFTER = re.compile(
    rf"(?:{PHRASE})(?:(?:I|t|,?&|,)(?:{PHRASE})){{0,3}}"  # the minister of trade
    r"(?:,[^.;:\"]{1,60}?,|\([^)]{1,30}\)|-[^.;\"]{1,40}?-|R|w[^,.;]{1,20}?,?)?"  # an aside
    r"R*(?=[FMev])"
)
_GROUP = re.compile(r"[FMev](?:R|[veg](?=[Rveg]|$)|F(?=[e]))*[veg]?")


def before_quotations(frame: Frame, threshold: float) -> list[Attribution]:
    """Said Hale: “…”; in other words, asked Hale, a nurse, “…”: verb, speaker, quotation."""
    view, code = frame.view, frame.view.code
    verbs = words("verb")
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        if a < 3 or a >= b or code[a - 1] not in ",:":
            continue
        low = max(view.sents[view.sent[a - 1]][0], a - _LONG)
        for i in range(low, a - 2):
            if i > low and not (code[i - 1] in ",&" and "F" not in code[low:i]):
                continue
            if code[i] not in "Fegn" or frame.quoted[i] or view.words[i].isupper():
                continue
            word = verbs.get(lemma_of(view.lower[i], "VBD"))
            if word is None or view.lower[i] == word.lemma or _says(word) < threshold:
                continue
            source = phrase_from(view, i + 1, a)
            if source is None or "N" not in code[source[0] : source[1]]:
                continue
            between = code[source[1] : a - 1]
            if between and (between[0] not in ",(" or ";" in between):
                continue
            out.append(
                Attribution(
                    [span(frame, a, b)], (i, i + 1), source, "quote", word.lemma, word.stance,
                    0.9, q.problem,
                )
            )  # fmt: skip
            break
    return out


_LONG = 40
"""Tokens of a verb, its speaker and an aside before a quotation."""


class Report(NamedTuple):
    """A report behind its quotation: “…,” [said Hale]."""

    start: int
    """First token of the verb group."""
    after: int
    """One past its main verb."""
    source: Range
    inverted: bool


def after_quotations(frame: Frame, cues: set[int], threshold: float) -> list[Attribution]:
    """“…,” said Hale; “…,” Hale told reporters: the report follows its quotation."""
    view = frame.view
    verbs = words("verb")
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        p = _goes_on(frame, n)
        if p is None:
            continue
        high = view.sents[view.sent[p]][1]
        low = view.sents[view.sent[b - 1]][0]
        report = _report(view, p, high, a, low)
        if report is None or not _reports(frame, n, report, low, high, threshold):
            continue
        start, after, source, inverted = report
        i, edge = after - 1, start if inverted else p
        content = around(frame, i, edge, source if inverted else None, inverted, low, high, cues)
        if not content:
            continue
        content += _resumed(frame, n, max(after, source[1]), cues)
        lemma = lemma_of(view.lower[i], view.tags[i])
        word = verbs.get(lemma)
        out.append(
            Attribution(
                content, (start, after), source, "after quotation", lemma,
                word.stance if word else "neutral", 0.95 if word else 0.7, q.problem,
            )
        )  # fmt: skip
    return out


def _last(frame: Frame, n: int) -> str:
    """The last sign between the marks of quotation ``n``."""
    q = frame.marks[n]
    return frame.view.text[q.inner_start : q.inner_end].rstrip("'’”\" \u00a0")[-1:] or " "


def _goes_on(frame: Frame, n: int) -> int | None:
    """The token where the sentence goes on behind quotation ``n``, if it does."""
    view, code = frame.view, frame.view.code
    a, p = frame.ranges[n]
    if p >= len(code) or p <= a:
        return None
    high, last = view.sents[view.sent[p]][1], _last(frame, n)
    if code[p] == "," and p + 1 < high:
        p += 1
    elif last not in ",!?…—-" or not same_line(view, p - 1, p):
        return None
    if view.lower[p] == "as" and p + 1 < high:
        p += 1
    if frame.quoted[p] or (last not in ",—-" and code[p] != "N" and view.words[p][0].isupper()):
        return None  # “Really?” He added: … begins anew
    return p


def _reports(frame: Frame, n: int, report: Report, low: int, high: int, threshold: float) -> bool:
    """Whether the verb behind quotation ``n`` reports it, and nothing else."""
    view, code = frame.view, frame.view.code
    a, _ = frame.ranges[n]
    q = frame.marks[n]
    start, after, source, inverted = report
    i = after - 1
    if frame.quoted[i] or (_last(frame, n) != "," and after < high and code[after] == ":"):
        return False
    lemma = lemma_of(view.lower[i], view.tags[i])
    word = words("verb").get(lemma)
    bare = word.share.get("bare", 0.0) if word is not None else 0.0
    if code[start] in "ev" and bare < threshold and (
        code[i] != "e" or another_verb(view, view.code, after, high)
    ):  # fmt: skip
        return False
    if a > low + 1 and code[a - 1] not in ",:":  # words in the midst of a sentence
        if word is None or _says(word) < threshold or (inverted and bare < threshold):
            return False
        t = taken(view, i, high, lemma)
        own = t.construction in _OWN and not (inverted and t.begin < source[1])
        if own and lemma not in TELLING:
            return False  # “Although he was “tired,” he said he would go”
    size = len(view.text[q.inner_start : q.inner_end].split())
    return word is not None or (size >= LEAST_UNKNOWN and lemma not in _NEVER)


def _report(view: View, p: int, high: int, a: int, low: int) -> Report | None:
    """The verb and the speaker at token ``p``, behind the quotation that begins at ``a``."""
    code = view.code
    r = p
    while r < high and code[r] == "R":
        r += 1
    if r < high and code[r] == "F":
        word = words("verb").get(lemma_of(view.lower[r], view.tags[r]))
        found = _GROUP.match(code, r, high)
        alone = found is None or (word is not None and _says(word) >= _SAYING)
        after = r + 1 if alone or found is None else found.end()  # said [retired] Gen. Hale
        source = phrase_from(view, after, high)
        if source is None and alone and after < high and code[after] == "F":
            source = phrase_from(view, after + 1, high)
        if source is not None:
            return Report(r, after, source, True)
        source = previous_subject(view, a, low)
        return Report(r, after, source, False) if source is not None else None
    if code[p] == "g" and code[p + 1 : p + 2] in tuple("DqpN"):
        return None  # “…,” echoing some who said
    found = _REPORT_AFTER.match(code, p, high)
    source = phrase_from(view, p, high)
    if found is not None:
        start = found.end()
    elif source is not None and source[1] < high and code[source[1]] in "FM":
        start = source[1]
    else:
        return _plain(view, p, high)
    comma = code.rfind(",", p, start)
    if comma > p and code[start - 1] not in ",R" and code[comma + 1] in "Np":
        source = phrase_from(view, comma + 1, high)  # “…,” the dawn of an age, Hale said
    group = _GROUP.match(code, start, high)
    after = group.end() if group else start + 1
    return Report(start, after, source, False) if source is not None else None


def _plain(view: View, p: int, high: int) -> Report | None:
    """A verb of saying behind words that are no phrase: “…,” Fight for Ten director Hale said."""
    code = view.code
    for k in range(p + 1, min(high, p + _REACH)):
        if code[k] in ",;:c\"'" or view.quoted[k]:
            return None
        if code[k] in "FM":
            word = words("verb").get(lemma_of(view.lower[k], view.tags[k]))
            if word is None or _says(word) < _SAYING or not view.words[k - 1][0].isupper():
                return None
            return Report(k, k + 1, phrase_ending(view, k - 1, p) or (p, k), False)
    return None


_REACH = 12
"""Tokens of a subject."""


def _resumed(frame: Frame, n: int, after: int, cues: set[int]) -> list[Range]:
    """The rest of a quotation that a long report cuts in two: “A,” said Hale, a nurse, “B.”"""
    view, code = frame.view, frame.view.code
    if n + 1 >= len(frame.marks) or after >= len(code):
        return []
    a, b = frame.ranges[n + 1]
    if not after + 1 < a <= b or view.sent[a] != view.sent[after] or code[a - 1] not in ",-":
        return []
    stretch = code[after : a - 1]
    if ";" in stretch or any(k in cues for k in range(after, a)):
        return []
    finite = [i for i, c in enumerate(stretch) if c in "FM"]
    if finite and set("wrIc").isdisjoint(stretch[: finite[0]]):
        return []  # a clause of its own stands between
    return [span(frame, a, b)]


def _says(word: Word) -> float:
    """How often the verb reports in the constructions of saying."""
    return max(word.share.get(c, 0.0) for c in ("bare", "quote", "clause"))


_SAYING = 0.8
"""Share from which a verb is one of saying and no auxiliary."""

_OWN = frozenset("clause quote object objthat objto as to".split())
"""Constructions whose verb has its content behind it."""

LEAST_UNKNOWN = 4
"""Words a quotation needs for a verb that is in no list to count as its report."""
_NEVER = frozenset("be have do".split())
