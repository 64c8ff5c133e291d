"""Front matter: ``key: value`` lines between two lines of three dashes, at the top of a file."""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"\ufeff?---[ \t]*\r?\n((?:[A-Za-z_][\w -]*:[^\n]*\r?\n|[ \t]*(?:#[^\n]*)?\r?\n)*)---[ \t]*(?:\r?\n|$)"
)


def body_start(text: str) -> int:
    """Where the body begins: after the front matter, else after a byte-order mark, else at 0."""
    match = _BLOCK.match(text)
    if match:
        return match.end()
    return 1 if text.startswith("\ufeff") else 0


def declared(text: str) -> dict[str, str]:
    """The declared ``key: value`` pairs, keys in lower case, quotation marks around values cut."""
    match = _BLOCK.match(text)
    pairs: dict[str, str] = {}
    for line in match.group(1).splitlines() if match else ():
        key, colon, value = line.partition(":")
        value = value.strip()
        if colon and not key.lstrip().startswith("#") and value:
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            pairs[key.strip().lower()] = value
    return pairs
