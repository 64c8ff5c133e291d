"""An article's paragraphs as they are printed, for what is told by place and not by grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.lenses.quotes.marked_article import Range
from helpers.lexicons import words

_REMARK = re.compile(r"[\[(]([^\[\]()\n]{2,60})[\])]")
_STAGE = words("stage_remarks")
_LETTERS = re.compile(r"[a-z]+")
_LEFT = " \t\u00a0*_"
SIGNED = re.compile(
    r"(?P<dash>—|–|--|(?<=\s)-)\s?(?P<name>[^\n—–()@]{1,60}?)\s?\((?P<handle>@\w{1,30})\)"
    r"(?P<date>,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\.?,?\s\d{4}))?"
)
"""The signature of an embedded post: — Ann Hale (@annhale) May 5, 2019."""
LINKS = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S*")


class Line(NamedTuple):
    """A paragraph: its tokens and characters, and its part."""

    first: int
    last: int
    """One past its last token."""
    start: int
    end: int
    part: str


class Lines:
    """The paragraphs of an article, and which are taken as somebody's words."""

    def __init__(self, doc: Document) -> None:
        self.whole = doc.text
        self._rows: list[Line] = []
        previous = None
        for (a, b), paragraph, part in zip(doc.sents, doc.paragraphs, doc.parts, strict=True):
            if paragraph == previous:
                row = self._rows[-1]
                self._rows[-1] = row._replace(last=b, end=doc.ends[b - 1])
            else:
                self._rows.append(Line(a, b, doc.starts[a], doc.ends[b - 1], part))
            previous = paragraph
        self._taken: set[int] = set()
        self._usual: int | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, n: int) -> Line:
        return self._rows[n]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._rows)

    def text(self, n: int) -> str:
        return self.whole[self._rows[n].start : self._rows[n].end]

    def take(self, n: int) -> None:
        self._taken.add(n)

    def is_taken(self, n: int) -> bool:
        return n in self._taken

    def gap(self, n: int) -> int:
        """The line breaks between line ``n`` and the next."""
        return self.whole.count("\n", self._rows[n].end, self._rows[n + 1].start)

    def usual_gap(self) -> int:
        """The line breaks that mostly stand between two lines."""
        if self._usual is None:
            gaps = Counter(self.gap(n) for n in range(len(self._rows) - 1))
            self._usual = gaps.most_common(1)[0][0] if gaps else 1
        return self._usual

    def is_remark(self, n: int) -> bool:
        """Whether the line is a stage remark, dots or a rule: nobody's words."""
        text = self.text(n).strip()
        m = _REMARK.fullmatch(text)
        return (m is not None and (text.isupper() or _stage(m[1]))) or not any(
            c.isalnum() for c in text
        )

    def words_in(self, n: int, start: int, end: int | None) -> list[Range]:
        """The spans of line ``n`` from ``start`` to ``end`` without remarks and signatures."""
        stop = self._rows[n].end if end is None else end
        signed = SIGNED.search(self.whole, start, stop)
        if signed is not None:
            stop = signed.start()
        out = []
        for m in _REMARK.finditer(self.whole, start, stop):
            if _stage(m[1]):
                out.append((start, m.start()))
                start = m.end()
        out.append((start, stop))
        return [span for a, b in out if (span := self._trimmed(a, b)) is not None]

    def _trimmed(self, a: int, b: int) -> Range | None:
        while a < b and (self.whole[a].isspace() or self.whole[a] in _LEFT):
            a += 1
        while b > a and (self.whole[b - 1].isspace() or self.whole[b - 1] in _LEFT):
            b -= 1
        return (a, b) if any(c.isalnum() for c in self.whole[a:b]) else None


def _stage(inside: str) -> bool:
    """Whether the words in brackets tell what is heard or seen: applause, the end of a clip."""
    found = _LETTERS.findall(inside.lower())
    return 0 < len(found) <= 8 and not _STAGE.isdisjoint(found)
