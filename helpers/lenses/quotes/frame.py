"""An attribution, and what is worked out once for an article before they are looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from helpers.grammar.document import Document as View
from helpers.grammar.marks import Quoted
from helpers.lenses.quotes.contents import before, end_of

Range = tuple[int, int]
SPOKEN = 2
"""Mark of tokens in a transcript: inside no quotation marks, and yet nothing to look for."""


class Opening(NamedTuple):
    """From where the end of a content is looked for; kept for the counts."""

    begin: int
    taken: str
    """What the cue takes (see `possible_ends`)."""
    initial: bool
    """Whether the report opens its sentence and the main clause is still to come."""


@dataclass
class Attribution:
    """Who said what; token ranges, but the content in characters."""

    content: list[Range]
    cue: Range | None
    source: Range | None
    rule: str
    lemma: str = ""
    stance: str = "neutral"
    confidence: float = 0.5
    problem: str | None = None
    quotes: list[int] = field(default_factory=list)
    opening: Opening | None = None


@dataclass
class Frame:
    """What is worked out once for an article."""

    view: View
    marks: list[Quoted]
    """The outer quotations."""
    quoted: bytearray
    """1 for every token between (or at) outer quotation marks."""
    holder: dict[int, int]
    """Token → number of its quotation."""
    ranges: list[Range]
    """Token ranges of the quotations."""
    reach: list[int]
    """Where the furthest of the quotations up to each ends."""

    def marks_from(self, start: int) -> Iterator[tuple[int, Quoted]]:
        """The outer quotations with their numbers, without those that end by ``start``."""
        for number in range(bisect_right(self.reach, start), len(self.marks)):
            yield number, self.marks[number]


def frame(document: View) -> Frame:
    """The quotations of an article, over a copy of it: what a transcript says is marked there."""
    view = copy(document)
    view.quoted = bytearray(document.quoted)
    holder = {i: number for number, (a, b) in enumerate(view.ranges) for i in range(a, b)}
    reach = list(accumulate((q.end for q in view.marks), max))
    return Frame(view, view.marks, view.quoted, holder, view.ranges, reach)


def span(frame: Frame, a: int, b: int) -> Range:
    """Tokens ``a`` to ``b`` as characters; a quotation that is touched at an edge is kept whole."""
    view = frame.view
    start, end = view.starts[a], view.ends[b - 1]
    if frame.quoted[b - 1] == 1:
        end = max(end, frame.marks[frame.holder[b - 1]].end)
    if frame.quoted[a] == 1:
        start = min(start, frame.marks[frame.holder[a]].start)
    return start, end


def around(
    frame: Frame,
    i: int,
    start: int,
    source: Range | None,
    inverted: bool,
    low: int,
    high: int,
    cues: set[int],
) -> list[Range]:
    """The content before a report that takes nothing after it, and what goes on behind it."""
    view, code, quoted = frame.view, frame.view.code, frame.quoted
    edge = start
    if source is not None and not inverted and source[0] < edge:
        edge = source[0]
        if edge > low and code[edge - 1] == "&" and view.lower[edge - 1] in ("and", "but"):
            edge -= 1
    out: list[Range] = []
    left = None
    joined = edge < start and code[edge] == "&"
    if edge > low and (quoted[edge - 1] or (code[edge - 1] in ",-" and not joined)):
        left = before(view, edge, low, quoted)
        if left is not None:
            out.append(span(frame, *left))
    elif edge == low and low > 0 and quoted[low - 1] and _goes_on(frame, low, i, high):
        a, b = frame.ranges[frame.holder[low - 1]]
        out.append(span(frame, a, b))  # the sentence was cut behind the closing mark
    p = source[1] if inverted and source is not None else i + 1
    while p < high and code[p] not in ",:;.-" and not quoted[p]:
        p += 1
    if p + 1 < high and code[p] in ",:;-":
        if quoted[p + 1]:
            end = end_of(view, p + 1, high, quoted, cues, "clause")
            out.append(span(frame, p + 1, end))
        elif left is not None and not quoted[left[1] - 1] and code[p] == ",":
            stretch = code[left[0] : left[1]]
            unfinished = "F" not in stretch and "M" not in stretch
            if unfinished and code[p + 1] not in "&g":
                end = end_of(view, p + 1, high, quoted, cues, "clause")
                if end > p + 1:
                    out.append(span(frame, p + 1, end))
    if not out and high < len(code) and quoted[high] and high - 1 >= 0 and code[high - 1] == ":":
        out.append(span(frame, high, frame.ranges[frame.holder[high]][1]))
    return out


def _goes_on(frame: Frame, low: int, i: int, high: int) -> bool:
    """Whether the sentence at ``low`` belongs to the quotation before: “Really?” [she asked]."""
    view = frame.view
    if not same_line(view, low - 1, low):
        return False
    q = frame.marks[frame.holder[low - 1]]
    last = view.text[q.inner_start : q.inner_end].rstrip()[-1:]
    if last in ",—-" or not view.words[low][0].isupper():
        return True
    # “No.” She said, twice, that … has a content of its own
    return set(",:;c\"'").isdisjoint(view.code[i + 1 : high])


def same_line(view: View, a: int, b: int) -> bool:
    return "\n" not in view.text[view.ends[a] : view.starts[b]]
