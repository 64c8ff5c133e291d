"""The content behind a reporting verb, and what stands in its way.

A content runs on until the sentence goes on with something else (`contents`); before that the
clause around the report, a quotation that belongs to another report, or the main clause ends it.
"""

from __future__ import annotations

from typing import NamedTuple

from helpers.grammar.reporting import ReportingWord
from helpers.lenses.quotes.constructions import Taken
from helpers.lenses.quotes.content_ends import NEW_CLAUSE
from helpers.lenses.quotes.contents import end_of
from helpers.lenses.quotes.marked_article import (
    Attribution,
    MarkedArticle,
    Opening,
    Range,
    is_title,
    is_work,
    span,
)
from helpers.lexicons import words


class Site(NamedTuple):
    """A reporting verb in its sentence."""

    article: MarkedArticle
    token: int
    word: ReportingWord
    taken: Taken
    start: int
    """First token of the verb group."""
    low: int
    high: int
    """The sentence's tokens."""
    cues: set[int]
    """Tokens that report something themselves."""

    def report(
        self, content: list[Range], source: Range | None, rule: str, opening: Opening | None = None
    ) -> Attribution:
        particle = self.article.doc.code[self.token + 1 : self.token + 2] == "P"
        cue = (self.start, self.token + 1 + particle)  # "laid out"
        return Attribution(
            content, cue, source, rule, self.word.lemma, self.word.stance, opening=opening
        )


LAST = 40
"""Reports looked back at."""


def behind(site: Site, source: Range | None, found: list[Attribution]) -> Attribution | None:
    """The report of a verb that has its content behind it."""
    article, t, high = site.article, site.taken, site.high
    code = article.doc.code
    if t.begin < high:
        initial = code[site.start] in "gte" and site.start - site.low <= 1
        begin = t.begin
        while begin < high and code[begin] in ",-" and not article.quoted[begin]:
            begin += 1  # said that[, after the talks, it was over]
        opening = Opening(begin, t.kind, initial)
        until = _held(site, begin, _according(site, begin, _main_clause(site, high)), found)
        past = article.doc.tags[site.token] == "VBD"
        end = end_of(
            article.doc, begin, until, article.quoted, site.cues, t.kind, initial=initial, past=past
        )
        if end <= begin or _is_title(article, begin, end, t.construction):
            return None
        return site.report([span(article, begin, end)], source, t.construction, opening)
    if t.construction == "quote" and high < len(code) and article.quoted[high] == 1:
        whole = article.ranges[article.holder[high]]  # the words stand in the next paragraph
        return site.report([span(article, *whole)], source, "quote")
    return None


def _is_title(article: MarkedArticle, begin: int, end: int, taken: str) -> bool:
    """Whether all that is reported is the name of a work in marks: called in to “Harbour Hour”."""
    n = article.holder.get(begin) if article.quoted[begin] == 1 else None
    if n is None or article.ranges[n][1] < end:
        return False
    return is_work(article, n) if taken == "quote" else is_title(article, n)


def _held(site: Site, begin: int, until: int, found: list[Attribution]) -> int:
    """The quotation behind ``begin`` that goes on with one before: “A,” he said, noting B, [“C”].

    Or what an earlier verb reports: told a clerk who noted B [that C]. ``until``, where there is
    none.
    """
    doc = site.article.doc
    for a in found[-LAST:]:
        first = doc.at(a.content[0][0])
        if a.cue is not None and a.cue[0] < site.start and begin < first < until:
            return first - (doc.lower[first - 1] == "that")
        for start, _ in a.content[1:] if a.rule == "after quotation" else ():
            if doc.starts[begin] < start < doc.ends[until - 1]:
                return doc.at(start)
    return until


def _according(site: Site, begin: int, until: int) -> int:
    """Where the author says whose all of it is: "told them that A[, according to clerks]".

    ``until``, where he does not, or what is reported goes on behind.
    """
    lower, code = site.article.doc.lower, site.article.doc.code
    for j in range(begin + 1, until - 2):
        if code[j] == "," and lower[j + 1 : j + 3] == ["according", "to"]:
            return until if site.article.quoted[j] or "," in code[j + 3 : until] else j
    return until


def _main_clause(site: Site, until: int) -> int:
    """The main clause behind a report under "while": "While Hale said it failed, [Brand] left".

    ``until``, where there is none.
    """
    doc, code, quoted = site.article.doc, site.article.doc.code, site.article.quoted
    low = max(code.rfind(":", site.low, site.start) + 1, site.low)
    low += code[low] in '&"'
    if doc.lower[low] not in _LEADING or any(c in code[low : site.start] for c in "FM,;"):
        return until
    begin = site.taken.begin
    due = doc.lower[begin] in _SUBORDINATE and not site.taken.kind.endswith(" wh")
    for j in range(begin + 1, until - 1):
        closes = quoted[j] and not quoted[j + 1] and doc.text[doc.ends[j] - 2] == ","
        comma = (closes or (code[j] == "," and not quoted[j])) and not quoted[j + 1]
        if comma and NEW_CLAUSE.match(code, j + 1, until):
            if not due:
                return j + closes
            due = False
    return until


_SUBORDINATE = words("subordinators")
_LEADING = _SUBORDINATE | {"despite", "with"}
"""What opens a stretch before the main clause: "Despite polls showing A, [Hale] stayed"."""
