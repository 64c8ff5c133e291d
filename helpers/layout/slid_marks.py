"""Quotation marks that stayed behind the sentence before the one that they open.

Where the paragraphs of a text were joined, the mark that opened a paragraph may stand at the end of
the one before: `The talks failed." It was never close," Hale said.` By its place such a mark
closes, but nothing is open, and the next mark closes too.
"""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[.!?…]\"(?=\s+[\w\[($])")
_LONGEST = 1500
"""Characters of what such a mark may open: further on, the mark that closes is another's."""


def slid_marks(text: str, a: int, b: int) -> frozenset[int]:
    """Where in ``text[a:b]`` such marks stand.

    >>> text = 'The talks failed." It was never close," Hale said. "We left." He called.'
    >>> slid_marks(text, 0, len(text))
    frozenset({17})
    """
    between = {found.end() - 1 for found in _BETWEEN.finditer(text, a, b)}
    if not between:
        return frozenset()
    marks = [i for i in range(a, b) if text[i] == '"' and not text[i - 1 : i].isdigit()]
    ways = [_opens(text, i, a, b) for i in marks]
    found: set[int] = set()
    inside = False
    for k, (at, opens) in enumerate(zip(marks, ways, strict=True)):
        if inside or opens:
            inside = opens
        elif at in between and ways[k + 1 : k + 2] == [False] and marks[k + 1] - at <= _LONGEST:
            found.add(at)
            inside = True
    return frozenset(found)


def _opens(text: str, at: int, a: int, b: int) -> bool:
    before = text[at - 1] if at > a else " "
    return not (before.isalnum() or before in ".,!?…)]") and not text[at + 1 : b][:1].isspace()
