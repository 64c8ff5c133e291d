"""Reports beside their quotation: Said Hale: “…”; “…,” said Hale; “…,” Hale told reporters."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE
from helpers.grammar.nouns import phrase_ending, phrase_from
from helpers.grammar.reporting import (
    CUE,
    NEARLY_ALWAYS,
    ReportingWord,
    reporting_words,
    says,
)
from helpers.grammar.retagging import another_verb
from helpers.grammar.subjects import previous_subject
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import TELLING, taken
from helpers.lenses.quotes.frame import Attribution, Frame, Range, around, same_line, span
from helpers.lexicons import words

_REPORT_AFTER = re.compile(
    rf"(?:{PHRASE})(?:(?:I|t|,?&|,)(?:{PHRASE})){{0,3}}"  # the minister of trade
    r"(?:,[^.;:\"]{1,60}?,|\([^)]{1,30}\)|-[^.;\"]{1,40}?-|R|w[^,.;]{1,20}?,?)?"  # an aside
    r"R*(?=[FMev])"
)
_GROUP = re.compile(r"[FMev](?:R|[veg](?=[Rveg]|$)|F(?=[e]))*[veg]?")


def before_quotations(frame: Frame) -> list[Attribution]:
    """Said Hale: “…”; in other words, asked Hale, a nurse, “…”: verb, speaker, quotation."""
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        if a < 3 or a >= b or frame.view.code[a - 1] not in ",:":
            continue
        found = _verb_and_speaker(frame, a)
        if found is not None:
            i, word, source = found
            out.append(
                Attribution(
                    [span(frame, a, b)], (i, i + 1), source, "quote", word.lemma, word.stance,
                    0.9, q.problem,
                )
            )  # fmt: skip
    return out


def _verb_and_speaker(frame: Frame, a: int) -> tuple[int, ReportingWord, Range] | None:
    """The verb that opens the clause before the quotation at token ``a``, and the name behind."""
    view, code = frame.view, frame.view.code
    low = max(view.sents[view.sent[a - 1]][0], a - _LONG)
    for i in range(low, a - 2):
        if i > low and not (code[i - 1] in ",&" and "F" not in code[low:i]):
            continue
        if code[i] not in "Fegn" or frame.quoted[i] or view.words[i].isupper():
            continue
        word = reporting_words("verb").get(lemma_of(view.lower[i], "VBD"))
        if word is None or view.lower[i] == word.lemma or not says(word, CUE):
            continue
        source = phrase_from(view, i + 1, a)
        if source is None or "N" not in code[source[0] : source[1]]:
            continue
        between = code[source[1] : a - 1]
        if not between or (between[0] in ",(" and ";" not in between):
            return i, word, source
    return None


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


def after_quotations(frame: Frame, cues: set[int]) -> list[Attribution]:
    """“…,” said Hale; “…,” Hale told reporters: the report follows its quotation."""
    view = frame.view
    out = []
    for n, q in enumerate(frame.marks):
        a, b = frame.ranges[n]
        p = _goes_on(frame, n)
        if p is None:
            continue
        high = view.sents[view.sent[p]][1]
        low = view.sents[view.sent[b - 1]][0]
        report = _report(view, p, high, a, low)
        if report is None or not _reports_it(frame, n, report, low, high):
            continue
        start, after, source, inverted = report
        i, edge = after - 1, start if inverted else p
        content = around(frame, i, edge, source if inverted else None, inverted, low, high, cues)
        if not content:
            continue
        content += _resumed(frame, n, max(after, source[1]), cues)
        lemma = view.lemma(i)
        word = reporting_words("verb").get(lemma)
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


def _reports_it(frame: Frame, n: int, report: Report, low: int, high: int) -> bool:
    """Whether the verb behind quotation ``n`` reports it, and nothing else."""
    view, code = frame.view, frame.view.code
    q = frame.marks[n]
    i, after = report.after - 1, report.after
    if frame.quoted[i] or (_last(frame, n) != "," and after < high and code[after] == ":"):
        return False
    lemma = view.lemma(i)
    word = reporting_words("verb").get(lemma)
    finite = code[report.start] not in "ev" or (
        code[i] == "e" and not another_verb(view, view.code, after, high)
    )
    if not finite and not says(word, CUE, ("bare",)):
        return False
    a, _ = frame.ranges[n]
    midway = a > low + 1 and code[a - 1] not in ",:"  # words in the midst of a sentence
    if midway and (word is None or not _reports_fragments(view, report, word, high)):
        return False
    size = len(view.text[q.inner_start : q.inner_end].split())
    return word is not None or (size >= LEAST_UNKNOWN and lemma not in _NEVER)


def _reports_fragments(view: Document, report: Report, word: ReportingWord, high: int) -> bool:
    """Not: “Although he was “tired,” he said he would go”, whose verb has its content behind it."""
    if not says(word, CUE) or (report.inverted and not says(word, CUE, ("bare",))):
        return False
    t = taken(view, report.after - 1, high, word.lemma)
    own = t.construction in _OWN and not (report.inverted and t.begin < report.source[1])
    return not own or word.lemma in TELLING


def _report(view: Document, p: int, high: int, a: int, low: int) -> Report | None:
    """The verb and the speaker at token ``p``, behind the quotation that begins at ``a``."""
    code = view.code
    r = p
    while r < high and code[r] == "R":
        r += 1
    if r < high and code[r] == "F":
        return _verb_first(view, r, high, a, low)
    if code[p] == "g" and code[p + 1 : p + 2] in tuple("DqpN"):
        return None  # “…,” echoing some who said
    return _speaker_first(view, p, high)


def _verb_first(view: Document, r: int, high: int, a: int, low: int) -> Report | None:
    """“…,” [said] Hale; “…,” and [added] (the subject stands before the quotation)."""
    code = view.code
    word = reporting_words("verb").get(view.lemma(r))
    found = _GROUP.match(code, r, high)
    alone = found is None or says(word, NEARLY_ALWAYS)
    after = r + 1 if alone or found is None else found.end()  # said [retired] Gen. Hale
    source = phrase_from(view, after, high)
    if source is None and alone and after < high and code[after] == "F":
        source = phrase_from(view, after + 1, high)
    if source is not None:
        return Report(r, after, source, True)
    source = previous_subject(view, a, low)
    return Report(r, after, source, False) if source is not None else None


def _speaker_first(view: Document, p: int, high: int) -> Report | None:
    """“…,” [Hale], a nurse, told reporters."""
    code = view.code
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


def _plain(view: Document, p: int, high: int) -> Report | None:
    """A verb of saying behind words that are no phrase: “…,” Fight for Ten director Hale said."""
    code = view.code
    for k in range(p + 1, min(high, p + _REACH)):
        if code[k] in ",;:c\"'" or view.quoted[k]:
            return None
        if code[k] in "FM":
            word = reporting_words("verb").get(view.lemma(k))
            if not says(word, NEARLY_ALWAYS) or not view.words[k - 1][0].isupper():
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


_OWN = frozenset("clause quote object objthat objto as to".split())
"""Constructions whose verb has its content behind it."""

LEAST_UNKNOWN = 4
"""Words a quotation needs for a verb that is in no list to count as its report."""
_NEVER = words("idle_verbs")
