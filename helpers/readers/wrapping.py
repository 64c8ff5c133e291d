"""Lines of a text joined to paragraphs where a program, and not the author, has broken them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

NARROWEST, WIDEST = 35, 130
"""Columns at which programs break lines: shorter and longer ones are paragraphs."""
LEAST_FULL = 0.5
"""Share of the lines with another below them that must be full; else none was broken."""
_SLACK = 2
"""Programs differ by this much in what they let stand in a line."""


def unwrapped(lines: Sequence[str]) -> str:
    """Paragraphs, an empty line between them.

    A line goes on in the next where the next one's first word would not have fitted any more.

    >>> unwrapped(["The talks between the two old governments", "failed.", "", "x"])
    'The talks between the two old governments failed.\\n\\nx'
    """
    stripped = [line.strip() for line in lines]
    lengths = [len(line.rstrip()) for line in lines]
    width = max(lengths, default=0)
    inside = [bool(a and b) for a, b in pairwise([*stripped, ""])]
    full = [
        both and length + 1 + len(following.split(maxsplit=1)[0]) > width - _SLACK
        for both, length, following in zip(inside, lengths, [*stripped[1:], ""], strict=False)
    ]
    broken = NARROWEST <= width <= WIDEST and sum(full) >= LEAST_FULL * sum(inside)
    done: list[str] = []
    open_ = False
    for line, goes_on in zip(stripped, full, strict=True):
        if line and open_:
            done[-1] = f"{done[-1]} {line}"
        elif line:
            done.append(line)
        open_ = broken and goes_on
    return "\n\n".join(done)
