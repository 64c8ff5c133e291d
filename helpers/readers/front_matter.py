"""Front matter: `key: value` lines between two lines of three hyphens, or TOML between `+++`.

A reader of our own, because a YAML parser breaks on `title: Minister: no deal`, turns `No` into
False and `012` into 10, and can be made to explode by aliases. The block stays part of the text,
so that offsets can be checked against the file; `body_start` says where the article begins.
"""

from __future__ import annotations

import re
import tomllib

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n((?s:.{0,20000}?))^\+\+\+[ \t]*$\s*", re.MULTILINE)
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_PAIR = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*))?$")
_LIST = re.compile(r"\[\s*([\"'])[^\[\]]*\1\s*\]")
MAX_LINES = 200
"""A block without an end within so many lines is no front matter but a rule above an article."""


def body_start(text: str) -> int:
    """The offset of the first character that is neither front matter nor white space after it.

    >>> text = "---\\ntitle: Minister: no deal\\n---\\n\\nTalks ended."
    >>> text[body_start(text):]
    'Talks ended.'
    >>> body_start("No front matter.")
    0
    """
    return parse(text)[1]


_TITLE = re.compile(r"^(?:title|headline)[ \t]*(?::[ \t]|=)[ \t]*", re.IGNORECASE | re.MULTILINE)


def title_span(text: str) -> tuple[int, int] | None:
    """Where the declared title stands inside the front matter; None where it has none on one line.

    >>> text = '---\\ntitle: "Talks end"\\n---\\nNobody came.'
    >>> text[slice(*title_span(text))]
    'Talks end'
    """
    values, begin = parse(text)
    match = _TITLE.search(text, 0, begin) if values else None
    if match is None:
        return None
    end = text.find("\n", match.end(), begin)
    line = text[match.end() : end].rstrip()
    value = _unquoted(line)
    start = match.end() + line.find(value)
    return (start, start + len(value)) if value and value in line else None


def parse(text: str) -> tuple[dict[str, str], int]:
    """The declared values by lower-case key, and the offset at which the article begins.

    >>> parse('---\\nTitle: "No"\\nid: 012\\n---\\nText')[0]
    {'title': 'No', 'id': '012'}
    """
    nothing: dict[str, str] = {}
    fence = _FENCE.match(text)
    if not fence and (block := _TOML.match(text)):
        try:
            return _toml(tomllib.loads(block[1].replace("\r\n", "\n"))), block.end()
        except tomllib.TOMLDecodeError:
            return nothing, int(text.startswith("\ufeff"))
    if not fence:
        return nothing, int(text.startswith("\ufeff"))
    values: dict[str, str] = {}
    key = ""
    position = fence.end()
    for _ in range(MAX_LINES):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)].rstrip()
        if _CLOSE.match(line):
            after = end + 1 if end >= 0 else len(text)
            return values, after + len(text[after:]) - len(text[after:].lstrip())
        if end < 0:
            break
        position = end + 1
        if not line.strip() or line.startswith("#"):
            continue
        if key and (line[0] in " \t" or line.startswith(("- ", "-\t"))):
            values[key] = _joined(values[key], line.strip())
        elif pair := _PAIR.match(line):
            key = pair[1].strip().lower()
            values[key] = _unquoted(pair[2] or "")
        else:
            break
    return nothing, int(text.startswith("\ufeff"))


def _toml(values: dict[str, object]) -> dict[str, str]:
    """Values of TOML as texts, lists joined; without its tables, which tell nothing of articles."""
    texts = {
        key.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in values.items()
        if not isinstance(value, dict)
    }
    return {key: value for key, value in texts.items() if value}


def _joined(value: str, line: str) -> str:
    """A value that goes on over further lines: a list's items, or a folded text."""
    if line.startswith("- "):
        return f"{value}, {_unquoted(line[2:])}" if value else _unquoted(line[2:])
    return line if value in {"", ">", "|", ">-", "|-"} else f"{value} {line}"


def _unquoted(value: str) -> str:
    value = value.strip()
    if _LIST.fullmatch(value):  # ["Ann Hale", 'Tom Abara']
        return ", ".join(map(_unquoted, value[1:-1].split(",")))
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        return value[2:-2] if value[:2] == "[[" and value[-2:] == "]]" else value  # Obsidian's link
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value
