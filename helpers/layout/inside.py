"""Boilerplate fused into sentences: titles of linked articles, credits, prices of shares."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from helpers import lexicons
from helpers.layout.paragraphs import trim
from helpers.layout.patterns import spans_inside

_FURTHEST = 900
"""Characters between a name and the mark that ends the titles linked from it; three titles have
at most some 600."""
_NEAR = 120
"""Characters before a title that hold the name that it is linked from."""
# "Mike Orr Michael (Mike) OrrSenate votes …": the name, the full name, a title glued to it.
_GLUED = re.compile(
    r"\b([A-Z][\w.'’-]*\w)[ \xa0](?:[A-Z(“\"'‘][^\s]*[ \xa0]){0,6}?\1(?=[\"'“‘]?[A-Z0-9])"
)
_SPACED = re.compile(
    r"(?=\b([A-Z][\w.'’-]*\w)[ \xa0]((?:[A-Z(“\"'‘][^\s]*[ \xa0]){0,6}?)\1[ \xa0][\"'“‘]?[A-Z0-9])"
)
_GLUE = re.compile(r"[a-z][\"'“‘]?[A-Z]")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_SENTENCE_START = re.compile(r"[.!?…][\"'”’)]*[ \xa0]+(?=[\"“‘'(]?[A-Z])")
_LEAST_RUNS = 3
"""Titles that a word must end in an outlet before it is taken for a mark of the outlet's own."""


class Inside(NamedTuple):
    """A span inside a paragraph that is set aside."""

    start: int
    end: int
    rule: str


@cache
def _listed_ends() -> frozenset[str]:
    return lexicons.words("link_ends")


def inside(text: str, start: int, ends: tuple[str, ...] = ()) -> list[Inside]:
    """What is set aside inside paragraphs from ``start`` on, in text order, none in another.

    ``ends`` are the words with which this outlet ends the titles that it links from names.
    """
    found = [*_linked_titles(text, start, _listed_ends() | {*ends})]
    for pattern, needles, what in spans_inside():
        if any(needle in text for needle in needles):
            found += [Inside(m.start(), m.end(), what) for m in pattern.finditer(text, start)]
    kept: list[Inside] = []
    for span in sorted(found):
        span = _with_caption(text, span) if span.rule == "credit" else span
        span = Inside(*trim(text, span.start, span.end), span.rule)
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _linked_titles(text: str, start: int, ends: frozenset[str]) -> list[Inside]:
    """The titles of other articles behind a name: "Orr Ada OrrSenate votes … MORE said"."""
    found: list[Inside] = []
    held = [word for word in ends if word in text]
    if not held:
        return found
    reach = start
    for end in re.finditer(rf"(?<=\S)[ \xa0](?:{'|'.join(sorted(held))})\b", text[start:]):
        first = max(reach, end.start() + start - _FURTHEST)
        last = end.start() + start
        window = text[text.rfind("\n", first, last) + 1 or first : last]
        at = _name_end(window)
        if at is not None:
            begin = last - len(window) + at + 1
            found.append(Inside(begin, end.end() + start, "titles of linked articles"))
        reach = end.end() + start
    return found


def _name_end(window: str) -> int | None:
    """Where the name ends behind which titles begin."""
    glued = _GLUED.search(window)
    if glued:
        return glued.end(1)
    best = _SPACED.search(window)
    # "Joe Orr Joe Orr Senate votes": the whole name is said twice, not its first word alone.
    further = best
    while further:
        best = further
        further = _SPACED.match(window, best.end(1) + 1)
    return best.end(1) if best else None


def title_ends(text: str, start: int) -> Counter[str]:
    """How often each word in capitals is the first one after a title glued to a name."""
    counts: Counter[str] = Counter()
    for glue in _GLUE.finditer(text, start):
        line = text.rfind("\n", start, glue.start()) + 1
        match = _GLUED.search(text[max(line, glue.start() - _NEAR) : glue.end()])
        if match:
            line = text.find("\n", glue.end())
            limit = min(glue.end() + _FURTHEST, line if line >= 0 else len(text))
            counts[""] += 1
            counts.update(set(_CAPITALS.findall(text, glue.end(), limit)))
    return counts


def own_ends(counts: Counter[str]) -> tuple[str, ...]:
    """The words that end most of an outlet's titles, where no listed one does."""
    runs = counts[""]
    if runs < _LEAST_RUNS or any(counts[word] >= runs / 2 for word in _listed_ends()):
        return ()
    return tuple(sorted(w for w, n in counts.items() if w and n >= 0.8 * runs))


def _with_caption(text: str, credit: Inside) -> Inside:
    """The credit with the caption before it: from the beginning of its sentence."""
    after = text[credit.end : credit.end + 3].lstrip(" \xa0.")
    if after and not (after[0].isupper() or after[0] in '\n\r"“‘'):
        return credit  # "the bridge (Getty Images) was closed"
    line = text.rfind("\n", 0, credit.start) + 1
    begin = line
    for match in _SENTENCE_START.finditer(text, line, credit.start):
        begin = match.end()
    return Inside(begin, credit.end, "caption")
