"""Attributions of one article: cue, source and content, found around every word that reports.

The parts are those of PolNeAR and of Pareti (2012): a *cue* (said), a *source* (the minister) and
a *content*. A word is taken for a cue where it reports often enough in the construction it stands
in (`grammar.reporting`); source and content are then the phrases that the construction gives them.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from helpers.grammar.reporting import Word, thoughts, words
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.behind import after_quotations, before_quotations
from helpers.lenses.quotes.constructions import Taken, noun_takes, taken
from helpers.lenses.quotes.counted import counted
from helpers.lenses.quotes.frame import Attribution, Frame
from helpers.lenses.quotes.phrases import according_to, as_they_say, colons, in_their_view
from helpers.lenses.quotes.reports import by_noun, by_verb
from helpers.lenses.quotes.signs import signs

THRESHOLD = 0.42
"""Share of reports from which a word in its construction is a cue to the words around it."""

ENOUGH = 0.34
"""Share of marked attributions, given the signs around it, from which one is kept: the one with
the best F1 in cross-validation inside the training part."""
WANTED = frozenset({"think", "believe", "want"})
"""Verbs that are kept below it: the plainest attitudes there are."""
PLAIN = 0.3
SURE = 0.8
"""Share from which a word is one of speech: its reports inside others are kept from a lower …"""
SPEAKS = 0.25
"""… share on, as what people are reported to have said is looked for, marked there or not."""
WORTH = 0.15
"""Share below which no signs can make it one."""

NESTED = 0.75
"""The same for a verb that takes quoted words inside a report: "said aides were calling it “…”"."""


def find(frame: Frame) -> list[Attribution]:
    """All attributions that a cue in the text announces, in the order of their cues."""
    view = frame.view
    spoken = colons(frame)
    proposed = candidates(frame)
    cues = {c.token for c in proposed if c.share >= THRESHOLD}
    out, inserted = by_place(frame, cues)
    used = {a.cue[1] - 1 for a in out + inserted if a.cue is not None}
    counts = counted("reports")
    for candidate in proposed:
        i, _, t, share, marked, pos = candidate
        if marked < WORTH or i in used:
            continue
        if t.construction == "quote" and share < NESTED and t.word not in (",", ":"):
            place = view.starts[i]
            if any(s <= place < e for a in out[-4:] for s, e in a.content):
                continue  # a fragment inside a report is the reporter's quotation
        made = propose(frame, candidate, cues, out)
        if made is None:
            continue
        facts = signs(frame, i, pos, t, made, out, cues)
        sure = counts.share(facts, math.log(marked / (1 - marked)))
        if sure >= _least(candidate):
            made.confidence = round(sure, 2)
            out.append(made)
    out += inserted
    out += according_to(frame, cues)
    out += in_their_view(frame, cues)
    out += spoken
    out = _without_borrowed(frame, out)
    out.sort(key=lambda a: (a.cue or (0, 0), a.content))
    return out


def _least(candidate: Candidate) -> float:
    if candidate.share >= SURE:
        return SPEAKS
    return PLAIN if candidate.word.lemma in WANTED else ENOUGH


def by_place(frame: Frame, cues: set[int]) -> tuple[list[Attribution], list[Attribution]]:
    """Reports that their place announces: those next to quotations, and ", as they say"."""
    beside = before_quotations(frame, THRESHOLD) + after_quotations(frame, cues, THRESHOLD)
    return beside, as_they_say(frame, cues)


def propose(
    frame: Frame, candidate: Candidate, cues: set[int], found: list[Attribution]
) -> Attribution | None:
    """The attribution that a candidate makes if it is a report, whether or not it is one."""
    i, word, t, _, _, pos = candidate
    low, high = frame.view.sents[frame.view.sent[i]]
    if pos == "verb":
        return by_verb(frame, i, word, t, low, high, cues, found)
    return by_noun(frame, i, word, t, low, high, cues)


_SPEECH = frozenset(
    (
        "clause", "clauselate", "bare", "after quotation", "according to", "in their view",
        "as they say", "quote",
    )
)  # fmt: skip


def _without_borrowed(frame: Frame, found: list[Attribution]) -> list[Attribution]:
    """Without attitudes inside a report that hold quoted words: the words are the reporter's.

    In "he claimed that Tehran declined the offer due to the “toxic atmosphere”" nobody but him
    speaks between the marks.
    """
    view = frame.view
    reports = [a for a in found if a.rule in _SPEECH]
    out = []
    for a in found:
        weak = a.rule not in _SPEECH or (
            a.rule in ("clause", "quote") and (a.lemma in thoughts() or a.confidence < SURE)
        )
        if weak and a.cue is not None:
            at = view.starts[a.cue[1] - 1]
            holds = any(s <= q.start and q.end <= e for s, e in a.content for q in frame.marks)
            if holds and any(s <= at < e for r in reports if r is not a for s, e in r.content):
                continue
        out.append(a)
    return out


_POS = {"F": "verb", "v": "verb", "g": "verb", "e": "verb", "n": "noun", "J": "adjective"}
_MEMO: dict[tuple[str, str, str], Word | None] = {}
_MEMO_SIZE = 50_000


def _word(lower: str, tag: str, pos: str) -> Word | None:
    """The reporting word that a token is a form of."""
    key = (lower, tag, pos)
    if key not in _MEMO:
        if len(_MEMO) >= _MEMO_SIZE:
            _MEMO.clear()
        lemma = lower if pos == "adjective" else lemma_of(lower, tag)
        _MEMO[key] = None if lower == "according" else words(pos).get(lemma)
    return _MEMO[key]


class Candidate(NamedTuple):
    """A token that may report."""

    token: int
    word: Word
    taken: Taken
    share: float
    """How often the word reports with what it takes here."""
    marked: float
    """How often what is found here is a marked attribution."""
    pos: str


def candidates(frame: Frame) -> list[Candidate]:
    """Every token that may report, in text order."""
    view, quoted = frame.view, frame.quoted
    code, lower, tags, sent, sents = view.code, view.lower, view.tags, view.sent, view.sents
    out = []
    for i, c in enumerate(code):
        pos = _POS.get(c)
        if pos is None or quoted[i]:
            continue
        word = _word(lower[i], tags[i], pos)
        if word is None:
            continue
        end = sents[sent[i]][1]
        if pos == "verb":
            t = taken(view, i, end, word.lemma)
        else:
            if pos == "noun" and (i + 1 >= len(code) or code[i + 1] not in 'IctwrNnpDq":,'):
                continue
            t = noun_takes(view, i, end)
        share, marked = word.share.get(t.key, 0.0), word.marked.get(t.key, 0.0)
        out.append(Candidate(i, word, t, share, marked, pos))
    return out
