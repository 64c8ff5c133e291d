"""Source and content of one reporting word: what its construction gives it."""

from __future__ import annotations

import re

from helpers.grammar.document import Document
from helpers.grammar.nouns import noun_before, owner_of, phrase_ending, phrase_from, with_head
from helpers.grammar.reporting import MOSTLY, ReportingWord, says
from helpers.grammar.subjects import (
    DOCUMENTS,
    following_subject,
    group_start,
    is_passive,
    previous_subject,
    subject,
    takes_clause,
)
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.candidates import Candidate
from helpers.lenses.quotes.constructions import OBJECT, TELLING, Taken
from helpers.lenses.quotes.content_around import around, condition
from helpers.lenses.quotes.content_behind import LAST, Site, behind
from helpers.lenses.quotes.contents import end_of
from helpers.lenses.quotes.marked_article import (
    Attribution,
    MarkedArticle,
    Opening,
    Range,
    span,
)
from helpers.lenses.quotes.rules import SAYING
from helpers.lexicons import words


def by_verb(
    article: MarkedArticle, candidate: Candidate, cues: set[int], found: list[Attribution]
) -> Attribution | None:
    """What a verb reports, if it does; ``found`` are the attributions before it."""
    doc, code = article.doc, article.doc.code
    i, word, t = candidate.token, candidate.word, candidate.taken
    low, high = doc.sents[doc.sent[i]]
    start = group_start(doc, i, low)
    if word.lemma in TELLING and word.lemma != "show" and t.construction == "object":
        return None  # the one addressed, and nothing said
    site = Site(article, i, word, t, start, low, high, cues)
    source: Range | None
    inverted = False
    if is_passive(doc, start, i, word.lemma) or _asked_by(doc, i, start, low):
        source = _agent(doc, i, high)
        if t.construction in _ABOUT_SUBJECT:
            return _by_passive(site, source)
    elif word.lemma == "call" and t.construction == "object" and not _names_it(article, t, high):
        return None  # called a meeting, called the mayor
    elif _turned(article, i, t, word, high):
        source = phrase_from(doc, i + 1, high)
        inverted = True
    else:
        source = _shared_source(doc, start, low, found)
        if source is None:
            source = _subject(doc, i, start, low, high)
    if source is None and code[i] == "g" and start <= low + 1:
        source = _last_speaker(doc, low, found)
    if word.lemma == "show" and not tells(doc, source):
        return None  # a photo shows the port, a poll shows a lead
    if word.lemma == "show" and not _EVIDENCE.isdisjoint(doc.lower[i + 1 : t.begin]):
        site = site._replace(taken=Taken("objthat", i + 1, ""))  # shows [little evidence that …]
    # quoted as saying by the agency: what was said went before
    told_where = _tells_where(word, t) or (code[i] == "g" and t.key == "prep by")
    if told_where or t.construction in ("bare", "other", "none"):
        content = around(article, i, start, source, inverted, low, high, cues)
        rule = "bare" if t.construction == "other" else t.construction
        return site.report(content, source, rule) if content else None
    made = behind(site, source, found)
    if made is not None and t.construction in ("quote", "clause") and not inverted:
        first = condition(article, start if source is None else min(source[0], start), low, cues)
        made.content[:0] = [] if first is None else [first]
    return made


def _names_it(article: MarkedArticle, t: Taken, high: int) -> bool:
    """Whether "call" says what its object is: "called the deal [a farce]"."""
    code = article.doc.code
    found = OBJECT.match(code, t.begin, high)
    if found is None or _TWO_PHRASES.search(code, t.begin, found.end()):
        return True  # "called every opening [a reward]", read as one phrase
    return code[found.end() : found.end() + 1] not in ("", *",.;:RIPtcr)&-")


_TWO_PHRASES = re.compile("[gnNp]D")


_EVIDENCE = frozenset({"evidence", "indication", "indications", "proof", "sign", "signs"})
_FINDINGS = words("findings") | DOCUMENTS


def tells(doc: Document, source: Range | None) -> bool:
    """Whether what is shown is told: by a poll or a report, not by a picture or a person."""
    return source is not None and not _FINDINGS.isdisjoint(doc.lower[source[0] : source[1]])


def _tells_where(word: ReportingWord, t: Taken) -> bool:
    """Whether what a verb of saying takes is the scene: "said at a rally"."""
    return (
        t.construction in ("prep", "other", "to")
        and t.word in _SCENE_WORDS
        and says(word, MOSTLY, ("bare",))
    )


def _asked_by(doc: Document, i: int, start: int, low: int) -> bool:
    """Whether a participle that opens its clause has its speaker behind "by": "asked by Hale"."""
    opens = start == low or doc.code[start - 1] == "," or doc.lower[start - 1] in _ASKED
    return (
        opens
        and start == i
        and doc.code[i] in "eF"
        and doc.lower[i + 1 : i + 2] == ["by"]
        and (takes_clause(lemma_of(doc.lower[i], "VBN")))
    )


_ASKED = words("question_openers")


def _turned(article: MarkedArticle, i: int, t: Taken, word: ReportingWord, high: int) -> bool:
    """Whether the speaker follows the verb: “…,” said Hale. Not: told Hale; put it.

    Nor where a verb goes with what follows: then it is what was said.
    """
    if t.construction != "bare" or t.begin >= high or article.doc.code[t.begin] not in "nNpDqJCP$":
        return False
    if word.lemma in TELLING or article.doc.lower[i + 1] == "it":
        return False
    phrase = phrase_from(article.doc, i + 1, high)
    behind = _CLAUSE.match(article.doc.code, high if phrase is None else phrase[1], high)
    return behind is None  # said [the plan put forward by Hale is bad]


_CLAUSE = re.compile(r"[^F,.;:()\"w]*F")
"""The rest of a clause, with its verb."""
_SCENE_WORDS = words("scene_openers")
_ABOUT_SUBJECT = frozenset("prep to object as".split())
"""Constructions of a passive whose subject is what is said."""


def _by_passive(site: Site, source: Range | None) -> Attribution | None:
    """The deal was seen by some as dead; talks are expected to fail: the subject is content."""
    article, t, high = site.article, site.taken, site.high
    doc = article.doc
    content: list[Range] = []
    # no subject inside or left of a long quotation
    floors = (b for a, b in article.ranges if site.low < b <= site.start and b - a >= 5)
    about = subject(doc, site.start, max(floors, default=site.low))
    p = _said_of_subject(doc, t, high, source)
    if about is not None and (
        p >= high or t.construction in ("to", "object", "other") or t.word in ("as", "by")
    ):
        content.append(span(article, *about))
    opening = None
    if p < high:
        opening = Opening(p, f"passive {t.construction}", False)
        end = end_of(doc, p, high, article.quoted, site.cues, opening.taken)
        if end > p:
            content.append(span(article, p, end))
    return site.report(content, source, "passive " + t.construction, opening) if content else None


_MARKS = tuple(",;:-.")
_SAID_OF = words("passive_content_prepositions")


def _said_of_subject(doc: Document, t: Taken, high: int, source: Range | None) -> int:
    """Where what is said of a passive's subject begins: "seen by some as [dead]"."""
    if t.construction != "prep":
        return high if doc.code[t.begin : t.begin + 1] in _MARKS else t.begin
    if t.word == "by" and source is not None:
        p = source[1]
        if p < high and doc.lower[p] == "as":
            return p + 1
        return p if p < high and doc.code[p] == "t" else high
    return t.begin if t.word in _SAID_OF else high


def _shared_source(doc: Document, start: int, low: int, found: list[Attribution]) -> Range | None:
    """The speaker of the report that this one is joined to: "said A and [warned] B"."""
    if start == low or doc.code[start - 1] not in "&,R-":
        return None
    if doc.code[start] == "g" and doc.code[start - 1] in ",-":
        said = [
            a
            for a in found
            if a.cue is not None and low <= a.cue[0] < start and a.source and a.rule in SAYING
        ]
        if said:
            return max(said, key=lambda a: a.cue or (0, 0)).source
    if _name_first(doc, start, low) is not None:
        return None
    here = doc.starts[start]
    for a in reversed(found[-LAST:]):
        if a.cue is not None and low <= a.cue[0] < start:
            end = max(e for _, e in a.content)
            if a.source is not None and 0 <= here - end <= 12 and not _inside(doc, a, found):
                return a.source
    return None


def _inside(doc: Document, a: Attribution, found: list[Attribution]) -> bool:
    """Whether the cue of ``a`` stands in a report that goes on as far: the outer one counts."""
    if a.cue is None:
        return False
    at, end = doc.starts[a.cue[0]], max(e for _, e in a.content)
    return any(
        s <= at < e and abs(e - end) <= 2 and x.source is not None
        for x in found[-LAST:]
        if x is not a and x.rule in SAYING
        for s, e in x.content
    )


def _last_speaker(doc: Document, low: int, found: list[Attribution]) -> Range | None:
    """Who was reported in the sentence before: "[Hale] said no. Adding: …"."""
    before = doc.sent[low] - 1
    near = [
        a
        for a in found[-LAST:]
        if a.cue is not None and a.rule in SAYING and doc.sent[a.cue[0]] == before
    ]
    return near[-1].source if near else None


def _subject(doc: Document, i: int, start: int, low: int, high: int) -> Range | None:
    code = doc.code
    if code[i] == "g" and start == i:
        j = start - 1
        while j >= low and code[j] == "R":
            j -= 1
        if j < low:
            return following_subject(doc, i, high)
        if code[j] in "nNp":
            near = subject(doc, start, low)
            if near is not None and doc.lower[near[0] - 1] == "with":
                return near  # with one of her ads asking …
            if near is None or DOCUMENTS.isdisjoint(doc.lower[near[0] : near[1]]):
                return near
        return (
            previous_subject(doc, j, low, main=code[j] in ",-")
            or noun_before(doc, j, low)
            or following_subject(doc, i, high)
        )
    found = _before_dashes(doc, start, low) or _name_first(doc, start, low)
    found = found or subject(doc, start, low)
    if found is None and start == low and code[start] in "eg":
        return following_subject(doc, i, high)  # Worried that it sinks, [Hale] left
    return found or _name_before(doc, start, low)


def _before_dashes(doc: Document, start: int, low: int) -> Range | None:
    """Who stands before an aside in dashes: "[Hale], a nurse — A; B; and C — also said"."""
    code = doc.code
    k = start - 1
    while k > low and code[k] == "R":
        k -= 1
    at = code.rfind("-", low, k) if code[k] == "-" else -1
    found = phrase_ending(doc, at - 1, low) if at > low else None
    while found is not None:
        found = with_head(doc, found, low)
        a = found[0] - 1
        left = phrase_ending(doc, a - 1, low) if a > low and code[a] in ",&" else None
        named = left is not None and (code[a] == "&" or code[left[1] - 1] == "N")
        if left is None or not named or (left[0] > low and code[left[0] - 1] in "Itr"):
            return found
        found = left
    return None


def _name_first(doc: Document, start: int, low: int) -> Range | None:
    """The name that opens a sentence: "[Hale], an aide whose office was shut, said"."""
    code = doc.code
    k = start - 1
    while k > low and code[k] == "R":
        k -= 1
    first = phrase_from(doc, low, start) if k > low and code[k] == "," else None
    if first is None or code[first[1] - 1] != "N" or code[first[1]] != ",":
        return None
    between = code[first[1] + 1 : k]
    opener = between.find("w")
    finite = opener < 0 or not {"F", "M"}.isdisjoint(between[:opener])
    return None if finite or between[:1] in tuple("gtIc&") or ";" in between else first


def _name_before(doc: Document, start: int, low: int) -> Range | None:
    """The name next to its verb, where the grammar sees none: "at a rally [Ann Hale] (D) said"."""
    code = doc.code
    k = start - 1
    if k > low and code[k] == ")":
        k = code.rfind("(", low, k) - 1
    end = k + 1
    while k >= low and code[k] == "N":
        k -= 1
    return (k + 1, end) if k + 1 < end else None


def _agent(doc: Document, i: int, high: int) -> Range | None:
    """The "by …" of a passive."""
    for k in range(i + 1, min(high, i + 12)):
        if doc.lower[k] == "by":
            return phrase_from(doc, k + 1, high)
        if doc.code[k] in ",.;F":
            break
    return None


_CLAIMS = words("claim_nouns")
_MAKING = words("claim_making_verbs")


def is_claim(candidate: Candidate) -> bool:
    """Whether a noun is what somebody said: "the claim that …" (with a source: whose it is)."""
    return candidate.word.lemma in _CLAIMS and candidate.taken.construction == "clause"


def _made_by_subject(doc: Document, i: int, low: int) -> bool:
    """Whether the claim at ``i`` is its subject's: "made the [claim] that", not "disputed the"."""
    k = i - 1
    while k > low and doc.code[k] in "DJRCeqn":
        k -= 1
    return doc.code[k] in "Fveg" and doc.lemma(k) in _MAKING


_NO_CONTENT = words("not_content_prepositions")


def by_noun(article: MarkedArticle, candidate: Candidate, cues: set[int]) -> Attribution | None:
    """What a noun or an adjective reports, if it does: "his claim that …", "aware of …"."""
    doc = article.doc
    i, word, t = candidate.token, candidate.word, candidate.taken
    low, high = doc.sents[doc.sent[i]]
    if t.construction in ("none", "to", "relative") or t.begin >= high:
        return None
    if t.construction == "prep" and t.word in _NO_CONTENT:
        return None
    construction = "clause" if t.construction == "is" else t.construction
    opening = Opening(t.begin, f"{candidate.pos} {construction}", False)
    end = end_of(doc, t.begin, high, article.quoted, cues, opening.taken)
    if end <= t.begin:
        return None
    source = t.source or owner_of(doc, i, low)
    if source is None and (word.lemma not in _CLAIMS or _made_by_subject(doc, i, low)):
        source = previous_subject(doc, i - 1, low)
    if source is not None and doc.code[source[0]] == "x":
        return None  # there is little doubt that …
    if candidate.pos == "adjective" and source is not None and doc.lower[source[0]] == "it":
        return None  # it was clear that …
    if source is None and t.construction == "clause" and i > low and doc.code[i - 1] in "nNpR,":
        source = subject(doc, i, low)  # a verb for a noun: "the Post notes that …"
    return Attribution(
        [span(article, t.begin, end)], (i, i + 1), source, f"noun {construction}", word.lemma,
        word.stance, opening=opening,
    )  # fmt: skip
