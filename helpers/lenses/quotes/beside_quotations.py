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
from helpers.grammar.subjects import previous_subject
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import TELLING, taken
from helpers.lenses.quotes.content_around import around
from helpers.lenses.quotes.marked_article import (
    Attribution,
    MarkedArticle,
    Range,
    is_work,
    same_line,
    span,
)
from helpers.lexicons import words

_REPORT_AFTER = re.compile(
    rf"(?:{PHRASE})(?:(?:I|t|,?&|,)(?:{PHRASE})){{0,3}}"  # the minister of trade
    r"(?:,[^.;:\"]{1,60}?,|\([^)]{1,30}\)|-[^.;\"]{1,40}?-|R|w[^,.;]{1,20}?,?)?"  # an aside
    r"R*(?=[FMev])"
)
_GROUP = re.compile(r"[FMev](?:R|[veg](?=[Rveg]|$)|F(?=[e]))*[veg]?")


def before_quotations(article: MarkedArticle) -> list[Attribution]:
    """Said Hale: “…”; in other words, asked Hale, a nurse, “…”: verb, speaker, quotation."""
    out = []
    for n, q in enumerate(article.marks):
        a, b = article.ranges[n]
        if a < 3 or a >= b or article.doc.code[a - 1] not in ",:":
            continue
        found = _verb_and_speaker(article, a)
        if found is not None:
            i, word, source = found
            out.append(
                Attribution(
                    [span(article, a, b)], (i, i + 1), source, "quote", word.lemma, word.stance,
                    0.9, q.problem,
                )
            )  # fmt: skip
    return out


def _verb_and_speaker(article: MarkedArticle, a: int) -> tuple[int, ReportingWord, Range] | None:
    """The verb that opens the clause before the quotation at token ``a``, and the name behind."""
    doc, code = article.doc, article.doc.code
    low = max(doc.sents[doc.sent[a - 1]][0], a - _LONG)
    for i in range(low, a - 2):
        if i > low and not (code[i - 1] in ",&" and "F" not in code[low:i]):
            continue
        if code[i] not in "Fegn" or article.quoted[i] or doc.words[i].isupper():
            continue
        word = reporting_words("verb").get(lemma_of(doc.lower[i], "VBD"))
        if word is None or doc.lower[i] == word.lemma or not says(word, CUE):
            continue
        source = phrase_from(doc, i + 1, a)
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


def after_quotations(article: MarkedArticle, cues: set[int]) -> list[Attribution]:
    """“…,” said Hale; “…,” Hale told reporters: the report follows its quotation."""
    doc = article.doc
    out: list[Attribution] = []
    for n, q in enumerate(article.marks):
        a, b = article.ranges[n]
        p = _goes_on(article, n)
        if p is None or is_work(article, n):
            continue
        high = doc.sents[doc.sent[p]][1]
        low = doc.sents[doc.sent[b - 1]][0]
        report = _report(doc, p, high, a, low)
        if report is None or not _reports_it(article, n, report, low, high):
            continue
        start, after, source, inverted = report
        told = any(low <= last.cue[0] < a for last in out[-1:] if last.cue)
        if told and doc.code[a - 1] == ",":
            low = a  # “A,” she said, but, [“B,”] said Hale
        i, edge = after - 1, start if inverted else p
        content = around(article, i, edge, source if inverted else None, inverted, low, high, cues)
        if not content:
            continue
        content += _resumed(article, n, max(after, source[1]), cues)
        lemma = doc.lemma(i)
        word = reporting_words("verb").get(lemma)
        out.append(
            Attribution(
                content, (start, after), source, "after quotation", lemma,
                word.stance if word else "neutral", 0.95 if word else 0.7, q.problem,
            )
        )  # fmt: skip
    return out


def _last(article: MarkedArticle, n: int) -> str:
    """The last sign between the marks of quotation ``n``."""
    q = article.marks[n]
    return article.doc.text[q.inner_start : q.inner_end].rstrip("'’”\" \u00a0")[-1:] or " "


def _goes_on(article: MarkedArticle, n: int) -> int | None:
    """The token where the sentence goes on behind quotation ``n``, if it does."""
    doc, code = article.doc, article.doc.code
    a, p = article.ranges[n]
    if p >= len(code) or p <= a:
        return None
    high, last = doc.sents[doc.sent[p]][1], _last(article, n)
    if code[p] == "," and p + 1 < high:
        p += 1
    elif last not in ",!?…—-" or not same_line(doc, p - 1, p):
        return None
    if article.quoted[p] or (last not in ",—-" and code[p] != "N" and doc.words[p][0].isupper()):
        return None  # “Really?” He added: … begins anew
    return p


def _reports_it(article: MarkedArticle, n: int, report: Report, low: int, high: int) -> bool:
    """Whether the verb behind quotation ``n`` reports it, and nothing else."""
    doc, code = article.doc, article.doc.code
    q = article.marks[n]
    i, after = report.after - 1, report.after
    if article.quoted[i] or (_last(article, n) != "," and after < high and code[after] == ":"):
        return False
    lemma = doc.lemma(i)
    word = reporting_words("verb").get(lemma)
    a, _ = article.ranges[n]
    # words in the midst of a sentence
    under = doc.lower[low] in _SUBORDINATE
    midway = a > low + 1 and (under or code[a - 1] not in ",:")
    if midway and (word is None or not _reports_fragments(doc, report, word, high, under)):
        return False
    size = len(doc.text[q.inner_start : q.inner_end].split())
    return word is not None or (size >= LEAST_UNKNOWN and lemma not in _NEVER)


def _reports_fragments(
    doc: Document, report: Report, word: ReportingWord, high: int, under: bool
) -> bool:
    """Not: “Although he was “tired,” he said he would go”, whose verb has its content behind it."""
    if not says(word, CUE) or (report.inverted and not says(word, CUE, ("bare",))):
        return False
    t = taken(doc, report.after - 1, high, word.lemma)
    own = t.construction in _OWN and not (report.inverted and t.begin < report.source[1])
    return not own or (word.lemma in TELLING and not under)


def _report(doc: Document, p: int, high: int, a: int, low: int) -> Report | None:
    """The verb and the speaker at token ``p``, behind the quotation that begins at ``a``."""
    code = doc.code
    r = p
    while r < high and code[r] == "R":
        r += 1
    if r < high and code[r] == "F":
        return _verb_first(doc, r, high, a, low)
    return _speaker_first(doc, p, high)


def _verb_first(doc: Document, r: int, high: int, a: int, low: int) -> Report | None:
    """“…,” [said] Hale; “…,” and [added] (the subject stands before the quotation)."""
    code = doc.code
    word = reporting_words("verb").get(doc.lemma(r))
    found = _GROUP.match(code, r, high)
    alone = found is None or says(word, NEARLY_ALWAYS)
    after = r + 1 if alone or found is None else found.end()  # said [retired] Gen. Hale
    source = phrase_from(doc, after, high)
    if source is None and alone and after < high and code[after] == "F":
        source = phrase_from(doc, after + 1, high)
    if source is not None and code[source[1] : source[1] + 1] not in ("F", "M"):
        return Report(r, after, source, True)
    source = previous_subject(doc, a, low)
    if source is None or code[source[1] - 1] == "w":
        return None  # Hale, who calls it “a loss,” said …
    return Report(r, after, source, False)


def _speaker_first(doc: Document, p: int, high: int) -> Report | None:
    """“…,” [Hale], a nurse, told reporters."""
    code = doc.code
    found = _REPORT_AFTER.match(code, p, high)
    source = phrase_from(doc, p, high)
    if found is None:
        return _plain(doc, p, high)
    start = found.end()
    comma = code.rfind(",", p, start)
    if comma > p and code[start - 1] not in ",R" and code[comma + 1] in "Np":
        source = phrase_from(doc, comma + 1, high)  # “…,” the dawn of an age, Hale said
    group = _GROUP.match(code, start, high)
    after = group.end() if group else start + 1
    return Report(start, after, source, False) if source is not None else None


def _plain(doc: Document, p: int, high: int) -> Report | None:
    """A verb of saying behind words that are no phrase: “…,” Fight for Ten director Hale said."""
    code = doc.code
    for k in range(p + 1, min(high, p + _REACH)):
        if code[k] in "FM":
            word = reporting_words("verb").get(doc.lemma(k))
            if not says(word, NEARLY_ALWAYS) or not doc.words[k - 1][0].isupper():
                return None
            return Report(k, k + 1, phrase_ending(doc, k - 1, p) or (p, k), False)
    return None


_REACH = 12
"""Tokens of a subject."""


def _resumed(article: MarkedArticle, n: int, after: int, cues: set[int]) -> list[Range]:
    """The rest of a quotation that a long report cuts in two: “A,” said Hale, a nurse, “B.”"""
    doc, code = article.doc, article.doc.code
    if n + 1 >= len(article.marks) or after >= len(code):
        return []
    a, b = article.ranges[n + 1]
    if not after + 1 < a <= b or doc.sent[a] != doc.sent[after] or code[a - 1] not in ",-":
        return []
    own = _goes_on(article, n + 1)
    if own is not None and _report(doc, own, doc.sents[doc.sent[own]][1], a, after) is not None:
        return []  # “A,” she said, but, “B,” said Hale
    stretch = code[after : a - 1]
    if ";" in stretch or any(
        k in cues and not _NAMES_TOPIC.match(code, k, a) for k in range(after, a)
    ):
        return []
    return [span(article, a, b)]


_NAMES_TOPIC = re.compile(rf"[ge][It](?:{PHRASE}),")
"""An aside that says what is meant: “A,” she said, [referring to the north], “B”."""
_OWN = frozenset("clause quote object objthat objto as to".split())
"""Constructions whose verb has its content behind it."""

LEAST_UNKNOWN = 4
"""Words a quotation needs for a verb that is in no list to count as its report."""
_NEVER = words("idle_verbs")
_SUBORDINATE = words("subordinators")
