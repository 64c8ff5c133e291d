"""Attributions of one article: cue, source and content, found around every word that reports.

The parts are those of PolNeAR and of Pareti (2012): a *cue* (said), a *source* (the minister) and
a *content*. A word is taken for a cue where it reports often enough in the construction it stands
in (`grammar.reporting`); source and content are then the phrases that the construction gives them.
"""

from __future__ import annotations

import math

from helpers import lexicons
from helpers.grammar.reporting import CUE, acts, reporting_words
from helpers.lenses.quotes.beside_quotations import after_quotations, before_quotations
from helpers.lenses.quotes.candidates import Candidate, candidates, reporting_word
from helpers.lenses.quotes.counted import counted
from helpers.lenses.quotes.fixed_phrases import according_to, as_they_say, colons, in_their_view
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, inside
from helpers.lenses.quotes.report_evidence import Contents, evidence
from helpers.lenses.quotes.reports import by_noun, by_verb, is_claim
from helpers.lenses.quotes.rules import SPEAKING

ENOUGH = 0.34
"""Share of marked attributions, given the evidence around it, from which one is kept: the one with
the best F1 in the training part."""
SURE = 0.8
"""Confidence from which a report holds quoted words of its own inside another."""
LIKELY = 0.5
"""The same where a comma or colon announces the quoted words ("said that Hale told him, “…”")."""
WORTH = 0.15
"""Share below which no evidence can make it one …"""
WORTH_OF_PHRASES = 0.2
"""… and the same for a verb with a phrase behind it ("passed a law"): of those between the two a
quarter was marked, whatever the evidence."""

NESTED = 0.75
"""The same for a verb that takes quoted words inside a report: "said aides were calling it “…”"."""


def find(article: MarkedArticle) -> list[Attribution]:
    """All attributions that a cue in the text announces, in the order of their cues."""
    spoken = colons(article)
    proposed = candidates(article)
    cues = {c.token for c in proposed if c.share >= CUE}
    out, inserted = by_place(article, cues)
    used = {a.cue[1] - 1 for a in out + inserted if a.cue is not None}
    counts = counted("reports")
    contents = Contents(out)
    for candidate in proposed:
        marked = candidate.marked
        if marked < _worth(candidate) or candidate.token in used:
            continue
        if candidate.taken.construction == "quote" and _borrows(article, candidate, out, cues):
            continue
        made = propose(article, candidate, cues, out)
        if made is None:
            continue
        facts = evidence(article, candidate, made, contents, cues)
        sure = counts.share(facts, math.log(marked / (1 - marked)))
        if sure >= _least(candidate, made):
            made.confidence = round(sure, 2)
            out.append(made)
            contents.add(made)
    out += inserted
    out += according_to(article, cues)
    out += in_their_view(article, cues)
    out += spoken
    out = _without_borrowed(article, out)
    out.sort(key=lambda a: (a.cue or (0, 0), a.content))
    return out


def _worth(candidate: Candidate) -> float:
    phrase = candidate.pos == "verb" and candidate.taken.construction in _PHRASES
    return WORTH_OF_PHRASES if phrase else WORTH


_PHRASES = frozenset(("object", "objto", "to", "ing", "prep"))


def _borrows(
    article: MarkedArticle, candidate: Candidate, found: list[Attribution], cues: set[int]
) -> bool:
    """Whether the quoted words behind a verb are another's: a reporter's, or whoever says them.

    "She claimed it was “lost”; this means “we lose,” she [said]".
    """
    doc, t = article.doc, candidate.taken
    if candidate.share >= NESTED or t.word in (",", ":"):
        return False
    number = article.holder.get(t.begin)
    if number is not None and inside(article, number).endswith(","):
        after = article.ranges[number][1]
        if after in cues or after + 1 in cues:
            return True
    place = doc.starts[candidate.token]
    return any(s <= place < e for a in found[-4:] for s, e in a.content)


def _least(candidate: Candidate, made: Attribution) -> float:
    """What is enough: for somebody's claim, which is said for sure, that it can be one at all."""
    return WORTH if is_claim(candidate) and made.source is not None else ENOUGH


def by_place(article: MarkedArticle, cues: set[int]) -> tuple[list[Attribution], list[Attribution]]:
    """Reports that their place announces: those next to quotations, and ", as they say"."""
    beside = before_quotations(article) + after_quotations(article, cues)
    return beside, as_they_say(article, cues)


def propose(
    article: MarkedArticle, candidate: Candidate, cues: set[int], found: list[Attribution]
) -> Attribution | None:
    """The attribution that a candidate makes if it is a report, whether or not it is one."""
    if candidate.pos == "verb":
        return by_verb(article, candidate, cues, found)
    return by_noun(article, candidate, cues)


def _without_borrowed(article: MarkedArticle, found: list[Attribution]) -> list[Attribution]:
    """Without attitudes inside a report that hold quoted words: the words are the reporter's.

    In "he claimed that Tehran declined the offer due to the “toxic atmosphere”" nobody but him
    speaks between the marks.
    """
    doc = article.doc
    reports = [a for a in found if a.rule in SPEAKING]
    out = []
    for a in found:
        announced = a.confidence >= LIKELY and doc.code[doc.at(a.content[0][0]) - 1] in ",:"
        weak = a.rule not in SPEAKING or (
            a.rule in ("clause", "quote")
            and not (announced and a.rule == "quote")  # "said that Hale told him, “…”"
            and (acts().get(a.lemma) == "thought" or a.confidence < SURE)
        )
        if weak and a.cue is not None:
            at = doc.starts[a.cue[1] - 1]
            holds = any(s <= q.start and q.end <= e for s, e in a.content for q in article.marks)
            if holds and any(s <= at < e for r in reports if r is not a for s, e in r.content):
                continue
        out.append(a)
    return out


def forget_lists() -> None:
    """Reads the word lists anew when next asked: for a script that has just written them."""
    for kept in (lexicons.load, counted, reporting_words, acts, reporting_word):
        kept.cache_clear()
