"""Numbers and names as a reader sees them: the same words in charts, tables, findings and pages.

Everything here is pure and returns plain text; whoever writes markup escapes it afterwards.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

MISSING = "–"
LONG_WORD = 24
"""Letters of a word at whose beginning a line is cut; a longer one is cut in its middle."""
DESCRIPTIVE = "descriptive only"
WITHIN_CHANCE = "within chance"

_SPACES = re.compile(r"\s+")
# Bidirectional controls would reorder the words around a name that holds them.
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# What terminals take as commands: colours, moves, titles of windows, links.
_ESCAPED = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?"
)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_IRREGULAR = {"is": "are", "was": "were", "has": "have", "person": "people"}


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas' NA.

    >>> is_missing(float("nan")), is_missing(None), is_missing(0), is_missing("")
    (True, True, False, False)
    """
    if value is None:
        return True
    if isinstance(value, str):
        return False
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"} or bool(
        getattr(value, "dtype", None) is not None and value != value
    )


def clean(text: Any, limit: int | None = None) -> str:
    """``text`` on one line, without control characters, cut to ``limit`` characters with "…".

    >>> clean("  two\\nlines\\x00 ")
    'two lines'
    >>> clean("a very long name of an outlet", 12)
    'a very long…'
    """
    if is_missing(text):
        return MISSING
    line = str(text).translate(_BIDI)
    line = "".join(_shown(c) for c in line) if not line.isprintable() else line
    line = _SPACES.sub(" ", line).strip()
    if limit is not None and len(line) > limit:
        space = line.rfind(" ", max(limit - LONG_WORD, 1), limit)
        line = line[: space if space > 0 else limit - 1].rstrip() + "…"
    return line


def plain_lines(text: str) -> str:
    r"""``text`` with its lines, without what a terminal obeys or what hides how words are read.

    >>> plain_lines("a\x1b[31mred\x1b[0m\r\nb\x07\u202e\tc")
    'ared\nb\tc'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _UNSEEN.sub("", _ESCAPED.sub("", text)).translate(_BIDI)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":  # half of a surrogate pair, as broken file names hold them
        return "\N{REPLACEMENT CHARACTER}"
    return " " if category in {"Cc", "Zl", "Zp"} else character


def number(value: Any, digits: int = 2) -> str:
    """A count with thousands separators, or a decimal number with ``digits`` places.

    >>> number(1234), number(0.5), number(-3.14159, 1), number(float("nan"))
    ('1,234', '0.50', '−3.1', '–')
    """
    if is_missing(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    whole = float(value).is_integer() and (not isinstance(value, float) or digits == 0)
    words = f"{int(value):,}" if whole else f"{float(value):,.{digits}f}"
    if words.lstrip("-").strip("0.,") == "":
        words = words.lstrip("-")
    return words.replace("-", "\N{MINUS SIGN}")


def percent(share: Any) -> str:
    """A share of 1 as a percentage, with one decimal only below 1%.

    >>> percent(0.374), percent(0.004), percent(0), percent(1)
    ('37%', '0.4%', '0%', '100%')
    """
    if is_missing(share):
        return MISSING
    value = 100 * float(share)
    if 0 < abs(value) < 1:
        return f"{value:.1f}%".replace("-", "\N{MINUS SIGN}")
    return f"{value:.0f}%".replace("-", "\N{MINUS SIGN}")


def amount(value: Any, unit: str = "") -> str:
    """``value`` in its unit: ``"share"`` gives a percentage, any other unit a number.

    >>> amount(0.25, "share"), amount(12), amount(1.5, "per 1,000 words")
    ('25%', '12', '1.5')
    """
    if unit == "share":
        return percent(value)
    if not is_missing(value) and float(value).is_integer():
        return number(int(value))
    return number(value, 1 if not is_missing(value) and abs(float(value)) >= 1 else 2)


def between(low: Any, high: Any, unit: str = "") -> str:
    """An interval in words, or nothing where an end is missing.

    >>> between(0.2, 0.31, "share"), between(None, 3)
    ('20% to 31%', '')
    """
    if is_missing(low) or is_missing(high):
        return ""
    return f"{amount(low, unit)} to {amount(high, unit)}"


def plural(noun: str) -> str:
    """The plural of a noun or verb that the project uses.

    >>> plural("article"), plural("story"), plural("was")
    ('articles', 'stories', 'were')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def count(n: int, noun: str) -> str:
    """A number and its noun.

    >>> count(1, "article"), count(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number(int(n))} {noun if int(n) == 1 else plural(noun)}"


def out_of(part: Any, whole: Any) -> str:
    """A part, its whole and the share.

    >>> out_of(12, 40), out_of(0, 0)
    ('12 of 40 (30%)', '0 of 0')
    """
    words = f"{number(int(part))} of {number(int(whole))}"
    return f"{words} ({percent(part / whole)})" if whole else words


def sentence(text: str) -> str:
    """``text`` with a capital at its beginning, unless its first word has one of its own inside.

    >>> sentence("coverage before May tells less."), sentence("iNews tells less.")
    ('Coverage before May tells less.', 'iNews tells less.')
    """
    first = text.partition(" ")[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]


def listing(items: Sequence[str], limit: int | None = None) -> str:
    """The items in a row, the last one joined with "and"; beyond ``limit`` only their number.

    >>> listing(["a", "b", "c"]), listing(["a", "b", "c", "d"], 2), listing([])
    ('a, b and c', 'a, b and 2 more', '')
    """
    names = list(items)
    if limit is not None and len(names) > limit:
        names = [*names[:limit], f"{len(names) - limit} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
