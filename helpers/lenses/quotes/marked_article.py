"""An attribution, and an article with its quotations marked, in which they are looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.grammar.marks import Quoted
from helpers.lexicons import words

Range = tuple[int, int]
SILENT = 2
"""Mark of tokens in a label or a signature: in no quotation marks, and yet nothing to look for."""


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
    opening: Opening | None = None
    actor: str | None = None
    """Who speaks, where the rule itself tells it."""


@dataclass
class MarkedArticle:
    """An article with its quotations: what every rule looks at."""

    doc: Document
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

    def silence(self, start: int, end: int) -> None:
        """Marks the tokens between two characters as ones in which nothing is looked for."""
        for i in range(self.doc.at(start), self.doc.until(end)):
            self.quoted[i] = self.quoted[i] or SILENT


def mark(document: Document) -> MarkedArticle:
    """The quotations of an article, over a copy of it: what a transcript says is marked there."""
    doc = document.with_own_marks()
    holder = {i: number for number, (a, b) in enumerate(doc.ranges) for i in range(a, b)}
    reach = list(accumulate((q.end for q in doc.marks), max))
    return MarkedArticle(doc, doc.marks, doc.quoted, holder, doc.ranges, reach)


def span(article: MarkedArticle, a: int, b: int) -> Range:
    """Tokens ``a`` to ``b`` as characters; a quotation that is touched at an edge is kept whole."""
    doc = article.doc
    start, end = doc.starts[a], doc.ends[b - 1]
    if article.quoted[b - 1] == 1:
        end = max(end, article.marks[article.holder[b - 1]].end)
    if article.quoted[a] == 1:
        start = min(start, article.marks[article.holder[a]].start)
    return start, end


def same_line(doc: Document, a: int, b: int) -> bool:
    return "\n" not in doc.text[doc.ends[a] : doc.starts[b]]


def inside(article: MarkedArticle, n: int) -> str:
    """The words between the marks of quotation ``n``."""
    q = article.marks[n]
    return article.doc.text[q.inner_start : q.inner_end]


def is_work(article: MarkedArticle, n: int) -> bool:
    """Whether quotation ``n`` is the title of a work that is named so: in her book, “Low Water,”"""
    return _is_introduced(article, n) and is_title(article, n)


def _is_introduced(article: MarkedArticle, n: int) -> bool:
    """Whether a word for a work stands before quotation ``n``."""
    a = article.ranges[n][0]
    k = a - 1 - (article.doc.code[a - 1 : a] == ",")
    return k >= 0 and article.doc.lower[k] in _WORKS


_WORKS = words("works_with_titles")


def is_title(article: MarkedArticle, n: int) -> bool:
    """Whether quotation ``n`` is a name set in marks: every long word has a capital.

    A final stop inside the marks is the sentence's where the name's owner or its kind stands before
    it: the station's “Harbour Hour.”, in the film “Low Water.”
    """
    text = inside(article, n).replace("’", "'").strip()
    a = article.ranges[n][0]
    if _is_introduced(article, n) or (a and article.doc.code[a - 1] == "S"):
        text = text.rstrip(".,")
    parts = [w for w in text.split() if len(w) > 3]
    return (
        len(text.split()) <= 6
        and len(parts) > 0
        and all(w[0].isupper() or w[0].isdigit() for w in parts)
        and text[-1] not in ".!?"
    )
