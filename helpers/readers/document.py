"""What a reader hands over: texts with what their file declares about them, and doubts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.readers.mending import mended

MAX_CHARACTERS = 5_000_000
"""The longest novels have 3.5 million characters: what is longer is no article, and one such text
would hold up every later step."""

_WORD = re.compile(r"[^\W_]")
REMEDY_BROKEN = "left out; get the file again, or save its text as .txt"
REMEDY_TOO_LONG = f"left out; split it into articles of at most {MAX_CHARACTERS:,} characters"


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


def failure(error: Exception) -> tuple[str, str]:
    """Problem and action of a file whose reader met what it does not know."""
    return f"cannot be read ({type(error).__name__})", "left out; save its text as .txt"


@dataclass(frozen=True)
class Document:
    """One text with its declared metadata; ``row`` says where it stood inside a file of several."""

    text: str
    declared: Mapping[str, str] = field(default_factory=dict)
    row: str = ""
    inside: str = ""
    """Its path inside the archive that its file is."""
    database: str = ""
    """The press database from whose export it was cut."""


def storable(text: str) -> str:
    """The text with lone surrogates, which no UTF-8 file can hold, as U+FFFD.

    >>> storable("a\\ud800b") == "a\ufffdb"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text)
    return text


def checked(
    text: str, declared: Mapping[str, str] | None = None, *, row: str = ""
) -> list[Document | Doubt]:
    """The document, or the doubt in its place, where a text is empty, too long or not storable."""
    whole, told = mended(text)
    clean = storable(whole)
    if not _WORD.search(clean):
        return [Doubt("no word in it" if clean.strip() else "empty", "left out", row)]
    if len(clean) > MAX_CHARACTERS:
        return [Doubt(f"{len(clean):,} characters", REMEDY_TOO_LONG, row)]
    found: list[Document | Doubt] = []
    found += [Doubt(problem, action, row) for problem, action in told]
    if clean is not whole:
        found.append(Doubt("characters that no file can hold", "each read as U+FFFD", row))
    said = (declared or {}).items()
    values = {storable(key): mended(storable(value))[0] for key, value in said if value}
    return [*found, Document(clean, values, row)]
