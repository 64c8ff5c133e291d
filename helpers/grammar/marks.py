"""Quotation marks as newspapers really set them: which words stand between them.

The scanner knows curly, straight and doubled marks, guillemets and low marks, single quotes as
outer marks, marks that point the wrong way, mixed pairs, quotes inside quotes, and quotes that run
over several paragraphs and open again at each. Apostrophes, inches, decades ('90s) and plural
possessives (the voters' rights) are no quotation marks. A mark without its partner costs only its
own paragraph: the span is kept and the doubt recorded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from helpers.layout.slid_marks import slid_marks


class Quoted(NamedTuple):
    """Words between marks; ``text[start:end]`` includes the marks."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    """0 for an outer quotation, 1 and more for one inside another."""
    group: int
    """The paragraphs of one running quotation share a group."""
    single: bool
    problem: str | None


WRONG_WAY = "quotation mark points the wrong way"
UNCLOSED = "unclosed quotation mark"
UNOPENED = "quotation mark closes but never opens"

# The punctuation class comes first: look-behinds in front of it would run at every character.
_MARK = re.compile(
    r"""[“”„‟«»"]"""
    r"""|'(?<=\S')(?=''(?!'))"""  # three in a row: the inner quotation closes first
    r"""|''|``|,,(?=\w)|‘‘|’’"""
    r"""|['‘’‚‛`´‹›](?:(?!\w)|(?<![\w]['‘’‚‛`´‹›]))"""
)
_OPENERS = frozenset("“„‟«``,,‘‘‘‚‛`‹") | {"``", ",,", "‘‘"}
_CLOSERS = frozenset("”»’’’´›") | {"’’"}
_SINGLE = frozenset("'‘’‚‛`´‹›")
_GUILLEMETS = frozenset("«»‹›")
_BEFORE_OPEN = frozenset(" \t\n\r\u00a0\u2009\u202f\u200b([{-–—/:>*_|=…")
_AFTER_CLOSE = frozenset(" \t\n\r\u00a0\u2009\u202f\u200b)]}-–—/,.;:?!…<*_|")
_SPACED = frozenset(" \u00a0\u2009\u202f")
"""The blanks that French usage sets inside guillemets."""
_ELISION = re.compile(
    r"(?:\d\ds?|em|til|tis|twas|cause|n|bout|round|cuz|s|t|re|ve|ll|d|m)\b", re.IGNORECASE
)
_FEET = re.compile(r"\d['’′]\s?$|\d['’′]\s?\d{1,2}(?:\.\d+)?$")
_NUMBER_BEFORE = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d+)?$")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_TWO_PAIRS = ([True, True], [True, True])
_PARAGRAPH = re.compile(r"[^\n]+")

_LONGEST_SINGLE = 1200  # characters; a longer pair of single quotes is two apostrophes
_LONGEST_UNOPENED = 5000  # characters looked at for where an unopened quotation may begin


class _Open(NamedTuple):
    position: int
    end: int
    mark: str
    problem: str | None


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines of ``text`` that hold something, as spans.

    >>> paragraphs("One.\\n\\nTwo.")
    [(0, 4), (6, 10)]
    """
    spans = []
    for found in _PARAGRAPH.finditer(text):
        body = found.group()
        if stripped := body.strip():
            start = found.start() + body.index(stripped[0])
            spans.append((start, start + len(stripped)))
    return spans


def scan(text: str, spans: Sequence[tuple[int, int]] | None = None) -> list[Quoted]:
    """Every quotation of ``text``, in text order, outer before inner.

    ``spans`` are the paragraphs (lines, where not given). Marks never pair across paragraphs; a
    quotation that is open at the end of one and opens again in the next is one ``group``.

    >>> [(q.start, q.end) for q in scan("A “wall” of fire")]
    [(2, 8)]
    """
    found: list[Quoted] = []
    group = 0
    running: int | None = None  # group of a quotation left open by the paragraph before
    last_end = 0
    for start, end in paragraphs(text) if spans is None else spans:
        start = max(start, last_end)
        last_end = end
        if start >= end:
            continue
        here, opens, group = _paragraph(text, start, end, running, group)
        found.extend(here)
        running = opens
    _settle(found)
    return found


@lru_cache(4096)
def outer(text: str) -> tuple[tuple[int, int], ...]:
    """The outer quotations of a stretch by itself, as spans with their marks.

    Kept for the texts asked last: the same report is looked at for its voice and for its words.

    >>> outer("a “wall” of fire")
    ((2, 8),)
    """
    return tuple((q.start, q.end) for q in scan(text, [(0, len(text))]) if q.depth == 0)


def _settle(found: list[Quoted]) -> None:
    """Clears the doubt of a paragraph whose quotation goes on in the next one."""
    last: dict[int, int] = {}
    for i, quote in enumerate(found):
        if quote.depth == 0:
            if quote.group in last and found[last[quote.group]].problem == UNCLOSED:
                found[last[quote.group]] = found[last[quote.group]]._replace(problem=None)
            last[quote.group] = i


def _paragraph(
    text: str, start: int, end: int, running: int | None, group: int
) -> tuple[list[Quoted], int | None, int]:
    """The quotations of one paragraph, the group that is still open at its end, the last group."""
    marks = [
        (m.start(), m.end(), m.group())
        for m in _MARK.finditer(text, start, end)
        if not _is_no_mark(text, m.start(), m.end(), m.group(), start)
    ]
    if not marks:
        return [], None, group
    doubles = _Doubles(text, start, end, [m for m in marks if m[2] not in _SINGLE], running, group)
    out, still_open, group = doubles.read()
    singles = [m for m in marks if m[2] in _SINGLE]
    if len(singles) > 1:
        group = _singles(text, singles, start, end, out, group)
        out = _nested(sorted(out, key=lambda q: (q.start, -q.end)))
    return out, still_open, group


class _Doubles:
    """The double marks of one paragraph, paired from left to right."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        marks: Sequence[tuple[int, int, str]],
        running: int | None,
        group: int,
    ) -> None:
        self.text, self.start, self.end, self.marks = text, start, end, marks
        self.running, self.group = running, group
        self.opens = [_may_open(text, at, after, start, end) for at, after, _ in marks]
        self.closes = [_may_close(text, at, after, start, end) for at, after, _ in marks]
        self.slid = slid_marks(text, start, end)
        self.stack: list[_Open] = []
        self.groups: dict[int, int] = {}
        self.out: list[Quoted] = []
        self.reach = 0
        """Where the furthest quotation so far ends."""

    def read(self) -> tuple[list[Quoted], int | None, int]:
        """The quotations in text order, the group open at the end, the last group's number."""
        first = True  # until a mark was read that is one
        for k in range(len(self.marks)):
            if self.stack:
                self._inside(k)
            elif self._is_inches(k) or not self._outside(k, first):
                continue
            first = False
        still_open = self.groups[self.stack[0].position] if self.stack else None
        while self.stack:
            self._close(self.end, self.end, UNCLOSED)
        self.out.sort(key=lambda q: (q.start, -q.end))
        return self.out, still_open, self.group

    def _is_inches(self, k: int) -> bool:
        at, _, mark = self.marks[k]
        lead = self.text[max(self.start, at - 6) : at]
        return mark in '"”' and bool(_NUMBER_BEFORE.search(lead))

    def _outside(self, k: int, first: bool) -> bool:
        """Reads a mark while nothing is open; whether it is a mark at all."""
        at, after, mark = self.marks[k]
        opening, closing = self.opens[k], self.closes[k]
        goes_on = first and self.running is not None
        slid = at in self.slid
        if slid or opening or mark in _OPENERS or not closing or self._is_glued(k):
            stray = not opening and not closing and mark not in _OPENERS  # a blank on either side
            if stray or not self.text[after : self.end].strip():
                return False
            again = goes_on and at <= self.start + 2
            self._open(k, again=self.running if again else None)
        elif goes_on:  # went on without opening again
            assert self.running is not None
            self._add(Quoted(self.start, after, self.start, at, 0, self.running, False, None))
        else:
            self.group += 1
            begin = max(_sentence_start(self.text, self.start, at), self.reach)
            if self.text[begin:at].strip():
                begin += len(self.text[begin:at]) - len(self.text[begin:at].lstrip())
                self._add(Quoted(begin, after, begin, at, 0, self.group, False, UNOPENED))
        return True

    def _is_glued(self, k: int) -> bool:
        """Whether a mark opens though no blank stands before it, because the next one closes."""
        after = self.marks[k][1]
        return (
            self.closes[k]
            and self.text[after : after + 1].isalpha()
            and k + 1 < len(self.marks)
            and self.closes[k + 1]
            and not self.opens[k + 1]
        )

    def _inside(self, k: int) -> None:
        """Reads a mark while a quotation is open."""
        at, after, mark = self.marks[k]
        opens_another = self.opens[k] and (not self.closes[k] or mark in _OPENERS)
        if not opens_another:
            self._close(at, after, None)
        elif end := self._lost_end(k):
            self._close(end, end, UNCLOSED)
            self._open(k)
        elif _both_close(self.opens, self.closes, k + 1) or self._other_style(k):
            # A quotation inside a quotation: the marks left can close both.
            self._open(k, nested=True)
        elif mark not in _OPENERS and k + 1 == len(self.marks):
            self._close(at, after, WRONG_WAY)
        else:  # the earlier one never closed: it ends where this one begins
            cut = len(self.text[:at].rstrip())
            self._close(cut, cut, UNCLOSED)
            self._open(k)

    def _lost_end(self, k: int) -> int:
        """Where the open quotation ends if its second mark was lost; 0: it was not.

        Straight marks that open and close twice, behind a sentence that ended, are no quotations
        inside one: the first ended with that sentence.
        """
        opened, (at, _, mark) = self.stack[-1], self.marks[k]
        pairs = (self.opens[k : k + 4 : 2], self.closes[k + 1 : k + 4 : 2])
        if len(self.stack) > 1 or not (opened.mark == mark == '"' and pairs == _TWO_PAIRS):
            return 0
        found = _SENTENCE_END.search(self.text, opened.end, at)
        return found.start() + 1 if found else 0

    def _other_style(self, k: int) -> bool:
        """Whether curly marks stand inside a straight one: “…” is closed by its own kind."""
        outer = self.stack[-1].mark
        return (
            self.marks[k][2] == "“"
            and outer == '"'
            and self.marks[k + 1 : k + 2] != []
            and (self.marks[k + 1][2] == "”")
        )

    def _open(self, k: int, *, again: int | None = None, nested: bool = False) -> None:
        """Puts a mark on the stack; ``again`` is the group that it goes on with."""
        at, after, mark = self.marks[k]
        self.group += 1
        wrong = mark in _CLOSERS and mark not in _GUILLEMETS and not nested
        self.stack.append(_Open(at, after, mark, WRONG_WAY if wrong else None))
        self.groups[at] = self.group if again is None else again

    def _close(self, at: int, after: int, problem: str | None) -> None:
        opened = self.stack.pop()
        inside = self.text[opened.end : at]
        if inside.strip():
            begin, end = opened.end, at
            if opened.mark in _GUILLEMETS or opened.position in self.slid:
                # the blanks inside belong to the marks
                begin += len(inside) - len(inside.lstrip())
                end -= len(inside) - len(inside.rstrip())
            number, doubt = self.groups[opened.position], opened.problem or problem
            self._add(
                Quoted(opened.position, after, begin, end, len(self.stack), number, False, doubt)
            )

    def _add(self, quote: Quoted) -> None:
        self.out.append(quote)
        self.reach = max(self.reach, quote.end)


def _nested(quotes: list[Quoted]) -> list[Quoted]:
    """The quotations without those that cross another, each at its depth."""
    stack: list[Quoted] = []
    kept: list[Quoted] = []
    for quote in quotes:
        while stack and stack[-1].end <= quote.start:
            stack.pop()
        if stack and quote.end > stack[-1].end:
            continue
        quote = quote._replace(depth=len(stack))
        stack.append(quote)
        kept.append(quote)
    return kept


def _both_close(opens: list[bool], closes: list[bool], first: int) -> bool:
    """Whether from mark ``first`` on two more marks close than open before more open than close."""
    level = 0
    for k in range(first, len(opens)):
        if closes[k] and not opens[k]:
            level += 1
            if level == 2:
                return True
        elif opens[k]:
            level -= 1
            if level < 0:
                break
    return False


def _is_no_mark(text: str, at: int, after: int, mark: str, start: int) -> bool:
    """Whether the sign is an apostrophe, a decade, an elision, feet or inches."""
    before = text[at - 1] if at > start else " "
    follow = text[after] if after < len(text) else " "
    if mark in _SINGLE:
        if before.isdigit() and mark in "'’" and follow.isdigit():
            return True
        # 'em, '90s; a pair that quotes such a word is rarer than the elision
        return mark in "'’‘" and not before.isalnum() and bool(_ELISION.match(text, after))
    if mark in '"”' and before.isdigit():
        lead = text[max(start, at - 12) : at]
        return _FEET.search(lead) is not None
    return False


def _may_open(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    follow = text[after] if after < end else " "
    if text[at:after] == "»" and before.isspace() and not follow.isalnum():
        return False
    spaced = text[at:after] == "«" and follow in _SPACED  # « French », with blanks inside
    return (before in _BEFORE_OPEN or before in "\"'“‘«‹") and (spaced or not follow.isspace())


def _may_close(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    follow = text[after] if after < end else " "
    if text[at:after] == "»" and before in _SPACED and not follow.isalnum():
        return True
    return not before.isspace() and (
        follow in _AFTER_CLOSE or follow in "\"'”’»›" or (follow.isalpha() and before in ",.!?")
    )


def _singles(
    text: str,
    marks: Sequence[tuple[int, int, str]],
    start: int,
    end: int,
    outer: list[Quoted],
    group: int,
) -> int:
    """Adds the pairs of single marks to ``outer``; apostrophes at word ends make it a choice."""
    doubles = _Spans(outer)
    opens = [_may_open(text, at, after, start, end) for at, after, _ in marks]
    closes = [_may_close(text, at, after, start, end) for at, after, _ in marks]
    opened: int | None = None
    limit = end
    for k, (at, after, mark) in enumerate(marks):
        if opened is not None and at >= limit:
            opened = None
        if opened is None or not closes[k] or mark in "‚‛":
            # Open already: the mark before was an apostrophe.
            starts = opens[k] and mark not in "’´"
            if starts and (opened is not None or text[after : after + 1].strip()):
                opened, limit = k, _enclosing_end(doubles, at, end)
            continue
        if _is_plural_possessive(text, marks, k, limit, opens, closes):
            continue
        begin, inner_start, _ = marks[opened]
        opened = None
        if at - begin > _LONGEST_SINGLE or not text[inner_start:at].strip():
            continue
        near = doubles.over(begin, after)
        if any(q.start < begin < q.end < after or begin < q.start < after < q.end for q in near):
            continue
        depth = sum(q.start <= begin and after <= q.end for q in near)
        group += 1
        outer.append(Quoted(begin, after, inner_start, at, depth, group, True, None))
    return group


def _is_plural_possessive(
    text: str,
    marks: Sequence[tuple[int, int, str]],
    k: int,
    limit: int,
    opens: list[bool],
    closes: list[bool],
) -> bool:
    """Whether a mark that may close is the one of "the voters' rights", in an open quotation."""
    at, after, _ = marks[k]
    if text[at - 1] not in "sS" or _strong_close(text, after):
        return False
    closes_later = any(
        a < limit and closes[n] and text[a - 1] in ".,!?"
        for n, (a, _, _) in enumerate(marks[k + 1 : k + 6], start=k + 1)
    )
    return closes_later and not any(opens[k + 1 : k + 2])


def _strong_close(text: str, after: int) -> bool:
    """Whether what follows shows that the quotation is over rather than a possessive."""
    follow = text[after : after + 1]
    return not follow or follow in ',.;:?!)"”\n' or follow in "–—"


class _Spans:
    """Quotations, to be asked which of them lie over a stretch of text."""

    def __init__(self, quotes: Iterable[Quoted]) -> None:
        self._quotes = sorted(quotes, key=lambda q: (q.start, -q.end))
        self._starts = [q.start for q in self._quotes]
        self._reach = list(accumulate((q.end for q in self._quotes), max))

    def over(self, start: int, end: int) -> list[Quoted]:
        """Those that may share a character with the stretch, all that do among them."""
        first = bisect_right(self._reach, start)
        return self._quotes[first : bisect_left(self._starts, end)]


def _enclosing_end(doubles: _Spans, at: int, end: int) -> int:
    """A pair of single marks never leaves the double marks it opened in."""
    ends = [q.end for q in doubles.over(at, at + 1) if q.start < at < q.end]
    return min(ends) if ends else end


def _sentence_start(text: str, start: int, at: int) -> int:
    """Where the sentence before ``at`` begins, as far as a full stop or line break can tell."""
    cut = start = max(start, at - _LONGEST_UNOPENED)
    for found in re.finditer(r"[.!?][\"”’')]*\s+(?=[A-Z“\"'])", text[start : max(start, at - 1)]):
        cut = start + found.end()
    return cut
