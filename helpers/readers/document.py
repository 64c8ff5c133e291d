"""What a reader hands over: texts with what their file declares about them, and doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_BYTES = 5_000_000
"""The longest novels have 3.5 million characters: what is longer is no article, and one such file
would hold up every later step."""

REMEDY_TOO_LONG = f"not read; split it into articles of at most {MAX_BYTES // 1_000_000} MB"


class Doubt(NamedTuple):
    """Something wrong with a file or row that was read nonetheless, or was left out."""

    problem: str
    action: str
    row: str = ""


class Unreadable(Exception):
    """A file from which nothing could be read: what is wrong, and what was or can be done."""

    def __init__(self, problem: str, action: str) -> None:
        super().__init__(f"{problem}: {action}")
        self.problem = problem
        self.action = action


@dataclass(frozen=True)
class Document:
    """One text with its declared metadata; ``row`` says where it stood inside a table file."""

    text: str
    declared: Mapping[str, str] = field(default_factory=dict)
    row: str = ""


def without_surrogates(text: str) -> tuple[str, bool]:
    """The text with lone surrogates, which no UTF-8 file can hold, as U+FFFD; whether there were.

    >>> without_surrogates("a\\ud800b")
    ('a\ufffdb', True)
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text), True
    return text, False
