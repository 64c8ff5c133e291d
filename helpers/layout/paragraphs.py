"""An article's paragraphs, with or without lines broken by hand."""

from __future__ import annotations

import re
from itertools import pairwise

_BLANKS = " \t\r\n\f\v\xa0\u200b\u200e\u200f\ufeff\u2028\u2029"
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
MARKDOWN = re.compile(r"(?:#{1,6}|>+|[*•·⦁-]|\d{1,2}[.)])[ \t\xa0]+")
"""The mark of a heading, a quotation or an item of a list."""


def paragraphs(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The (start, end) of every paragraph of ``text`` from ``start`` on, trimmed of white space.

    A line is a paragraph, unless the text is hard-wrapped (blank lines between blocks whose lines
    break at a like width): then a block is.
    """
    lines = [m.span() for m in _LINE.finditer(text, start)]
    trimmed = [t for t in (trim(text, a, b) for a, b in lines) if t[0] < t[1]]
    if not _hard_wrapped(text, trimmed):
        return trimmed
    blocks: list[tuple[int, int]] = []
    for a, b in trimmed:
        if blocks and text.count("\n", blocks[-1][1], a) == 1 and not MARKDOWN.match(text, a):
            blocks[-1] = (blocks[-1][0], b)
        else:
            blocks.append((a, b))
    return blocks


def trim(text: str, a: int, b: int) -> tuple[int, int]:
    """The span without the white space at its ends; empty where it is nothing else."""
    while a < b and text[a] in _BLANKS:
        a += 1
    while b > a and text[b - 1] in _BLANKS:
        b -= 1
    return a, b


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether most lines that are followed at once by another break at 50 to 100 characters."""
    joined = [(b - a) for (a, b), (c, _) in pairwise(lines) if text.count("\n", b, c) == 1]
    if len(joined) < 3 or len(joined) == len(lines) - 1 < 8:
        return False
    return sum(50 <= n <= 100 for n in joined) >= 0.8 * len(joined)
