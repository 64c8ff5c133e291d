"""Quotations without a cue of their own: speech or not, and whose.

"“A,” he said. “B.”" is one attribution; a paragraph that is all quotation goes on with the speaker
before it. A single quoted word without a reporting verb is as often a term, a title or a scare
quote as it is speech, so it stays out; from three words on nearly all are speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from helpers.grammar.document import Document
from helpers.grammar.nouns import phrase_from
from helpers.grammar.subjects import group_start, subject
from helpers.lenses.quotes.block_quotations import announced, from_whom
from helpers.lenses.quotes.marked_article import (
    Attribution,
    MarkedArticle,
    Range,
    inside,
    is_title,
)
from helpers.lenses.quotes.quoted_fragments import attribute_fragment
from helpers.lenses.quotes.rules import SAYING, VERBATIM

LEAST_WORDS = 3


def attribute_rest(
    article: MarkedArticle, found: list[Attribution], lines: list[int], parts: list[str]
) -> list[Attribution]:
    """``found`` with the quotations that no content covers.

    ``lines`` and ``parts`` are the paragraph and the part of each sentence: words quoted in a
    heading belong to no speaker before it.
    """
    doc = article.doc
    owner = owners(article, found)
    named = {
        opening: held for n, held in enumerate(owner)
        if held is not None and held.source and (opening := _opening(article, n))
    }  # fmt: skip
    extra: list[Attribution] = []
    last: Attribution | None = None
    last_line = -1
    by_group: dict[int, Attribution] = {}
    for n, q in enumerate(article.marks):
        a, b = article.ranges[n]
        if a >= b:
            continue
        line = lines[doc.sent[a]]
        held = owner[n]
        if held is not None:
            by_group[q.group] = held
            if held.rule in VERBATIM:
                last = None  # what follows a turn or a post is the narrator's
            elif is_whole(article, n) or _size(article, n) >= _LONG:
                last, last_line = held, line
            continue
        if parts[doc.sent[a]] == "heading":
            continue
        running = by_group.get(q.group)
        if running is not None:  # a further paragraph of one running quotation
            if not _is_name(article, n) and running.rule not in VERBATIM:
                running.content.append((q.start, q.end))
                last, last_line = running, line
        elif is_whole(article, n) and _size(article, n) >= 2:
            signed = None if last is not None and line == last_line else _signed(article, n)
            if signed is None and (told := _told_this(article, n, found)) is not None:
                told.content[:] = [(q.start, q.end)]
                by_group[q.group] = last = told
                last_line = line
                continue
            near = line == last_line or (line == last_line + 1 and opens_line(doc, a, lines))
            if (again := named.get(_opening(article, n))) is not None:
                last, near = again, True  # set apart from the text, in which they stand, too
            if signed is None and last is not None and near:
                last.content.append((q.start, q.end))
                by_group[q.group], last_line = last, line
            elif _size(article, n) >= LEAST_WORDS:
                source = signed or _before(article, a, found, parts)
                new = Attribution([(q.start, q.end)], None, source, "standing alone",
                                  confidence=0.4, problem=q.problem)  # fmt: skip
                extra.append(new)
                by_group[q.group] = last = new
                last_line = line
        elif _size(article, n) >= LEAST_WORDS and not is_title(article, n):
            here = last.source if last is not None and line == last_line else None
            new = attribute_fragment(article, n, here or _reporter(article, a, found, lines))
            new.problem = q.problem
            extra.append(new)
            by_group[q.group] = new
    return found + extra


_LONG = 6
"""Words of a fragment whose speaker the next quotation may go on with; and by which words printed
twice are known."""


def _opening(article: MarkedArticle, n: int) -> tuple[str, ...]:
    """The first words of a quotation, if it has as many."""
    words = tuple(re.findall(r"\w+", inside(article, n).lower())[:_LONG])
    return words if len(words) == _LONG else ()


def opens_line(doc: Document, a: int, lines: list[int]) -> bool:
    """Whether the sentence of token ``a`` is the first of its paragraph."""
    number = doc.sent[a]
    return number == 0 or lines[number - 1] != lines[number]


def _size(article: MarkedArticle, n: int) -> int:
    return len(inside(article, n).split())


def _is_name(article: MarkedArticle, n: int) -> bool:
    """Whether all that stands in a further paragraph of a quotation is a name."""
    a, b = article.ranges[n]
    code = article.doc.code[a:b]
    opens = article.doc.words[a][:1].isupper()
    return opens and "N" in code and len(code) <= 12 and set("FMvp").isdisjoint(code)


def owners(article: MarkedArticle, found: list[Attribution]) -> list[Attribution | None]:
    """For each quotation the attribution whose content holds at least half of it.

    Of several the shortest, then the surest: “…,” Hale said, behind a sentence with a colon.
    """
    owner: list[Attribution | None] = [None] * len(article.marks)
    best = [(1 << 30, 0.0)] * len(article.marks)
    for a in found:
        size = sum(e - s for s, e in a.content)
        for s, e in a.content:
            for n, q in article.marks_from(s):
                if q.start >= e:
                    break
                rank = (size, -a.confidence)
                if 2 * (min(e, q.end) - max(s, q.start)) >= q.end - q.start and rank < best[n]:
                    owner[n], best[n] = a, rank
    return owner


def is_whole(article: MarkedArticle, n: int) -> bool:
    """Whether the quotation is a sentence or more of its own."""
    doc = article.doc
    a, b = article.ranges[n]
    low, _ = doc.sents[doc.sent[a]]
    _, high = doc.sents[doc.sent[b - 1]]
    q = article.marks[n]
    ends = doc.text[q.inner_end - 1 : q.inner_end] in ".!?…,"
    return a <= low + 1 and (b >= high - 1 or ends)


def _reporter(
    article: MarkedArticle, a: int, found: list[Attribution], lines: list[int]
) -> Range | None:
    """Whoever was last reported in the paragraph of token ``a``, before it."""
    sent = article.doc.sent
    first = bisect_left(found, a, key=lambda x: x.cue[0] if x.cue is not None else 0)
    for x in reversed(found[max(0, first - _NEAR) : first]):
        if x.cue is not None and x.source is not None and x.rule in SAYING:
            return x.source if lines[sent[x.cue[0]]] == lines[sent[a]] else None
    return None


_NEAR = 20
"""Reports looked at for the last one."""


def _before(
    article: MarkedArticle, a: int, found: list[Attribution], parts: list[str]
) -> Range | None:
    """Who speaks in a quotation that stands alone: whoever the sentence before it is about.

    A heading is about what follows, and names a speaker only where it is the name of a person.
    """
    doc = article.doc
    number = doc.sent[a] - 1
    while number >= 0 and doc.sents[number][0] == doc.sents[number][1]:
        number -= 1
    if number < 0:
        return None
    low, high = doc.sents[number]
    part = parts[number]
    if part == "headline" or (part != "body" and doc.code[low:high] not in _NAMES):
        return None
    if from_whom(doc, low) is not None and (by := announced(article, high)) is not None:
        return by.source
    if not any(c in "FM" for c in doc.code[low:high]) and high - low <= 16:
        return phrase_from(doc, low, high)  # a name stands above the words
    reports = [
        x for x in found if x.source is not None and x.cue is not None and low <= x.cue[0] < high
    ]
    if reports:
        return min(reports, key=lambda x: x.cue or (0, 0)).source
    for k in range(low, high):
        if doc.code[k] in "FM" and not article.quoted[k]:
            start = group_start(doc, k, low)
            about = subject(doc, start, low)
            if about is not None and doc.lower[about[1] - 1] not in _THINGS:
                return about
    return None


_NAMES = ("NN", "NNN")
_THINGS = frozenset(("it", "this", "that"))



def _signed(article: MarkedArticle, n: int) -> Range | None:
    """A name set behind the words, or below them: “…” — Ann Hale, a teacher."""
    doc = article.doc
    after = article.ranges[n][1]
    if n + 1 < len(article.marks) and article.marks[n + 1].group == article.marks[n].group and (
        _is_name(article, n + 1)
    ):  # fmt: skip
        return phrase_from(doc, *article.ranges[n + 1])  # a pull quote, its marks around the name
    if after + 1 < len(doc.code) and doc.code[after] == "-":
        signed = phrase_from(doc, after + 1, doc.sents[doc.sent[after]][1])
        if signed is not None and "N" in doc.code[slice(*signed)]:
            return signed
    return _signature(article, after)


def _told_this(article: MarkedArticle, n: int, found: list[Attribution]) -> Attribution | None:
    """The report behind a quotation that points back to it: “…” Hale wrote [this] to Moss."""
    doc, after = article.doc, article.ranges[n][1]
    if after >= len(doc.code) or "\n" in doc.text[doc.ends[after - 1] : doc.starts[after]]:
        return None
    high = doc.sents[doc.sent[after]][1]
    for x in found:
        if x.cue is None or x.source is None or not after < x.cue[0] < high:
            continue
        pointed = doc.lower[x.cue[1] : x.cue[1] + 1] in (["this"], ["these"], ["that"])
        if pointed and doc.code[x.cue[1] + 1 : x.cue[1] + 2] in (*"I.Rt", ""):
            return x
    return None


def _signature(article: MarkedArticle, after: int) -> Range | None:
    """A name alone in the paragraph below the words."""
    doc = article.doc
    if after >= len(doc.code) or "\n" not in doc.text[doc.ends[after - 1] : doc.starts[after]]:
        return None
    low, high = doc.sents[doc.sent[after]]
    if low != after or high - low > 12 or doc.code[low] != "N" or article.quoted[high - 1]:
        return None
    if doc.text[doc.starts[low] : doc.ends[high - 1]].isupper():
        return None  # a heading
    if any(c in "FMvg:" for c in doc.code[low:high]) or "via" in doc.lower[low:high]:
        return None  # no name alone, or the credit of a picture
    return phrase_from(doc, low, high)
