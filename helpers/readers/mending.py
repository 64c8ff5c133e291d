"""Damaged text: mended where it can only have been one thing, told of where it cannot.

What programs do to texts on their way: letters written as HTML entities, UTF-8 that was read as
Windows-1252 (“â€œ”), soft hyphens and blanks of no width, lines broken at a column. Offsets count
in the mended text.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from itertools import pairwise

from helpers.readers.front_matter import body_start
from helpers.readers.wrapping import NARROWEST, WIDEST, unwrapped

_UNSEEN = re.compile("(?<=\\w)[\u00ad\u200b\u2060\ufeff]+(?=\\w)")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_MARKUP = frozenset({"&lt;", "&gt;"})
_ENTITIES = frozenset(name for name in html5 if name.endswith(";"))
_UNDEFINED = "\x81\x8d\x8f\x90\x9d"
"""Bytes that Windows-1252 leaves undefined, as programs pass them on."""
_FROM_BYTE = {
    **{bytes([i]).decode("cp1252", "ignore") or chr(i): i for i in range(0x80, 0x100)},
    **{sign: ord(sign) for sign in _UNDEFINED},
}
_RUN = re.compile("[" + re.escape("".join(_FROM_BYTE)) + "]{2,}")
_LOST = re.compile(r"â€\ufffd")
_ASKED = re.compile(r"(?<![\w?!.])\?(?=[A-Z\u2018a-z])|(?<=[a-z])\?(?=[a-z]{1,2}\b)")
_LEAST_INSIDE, _LEAST_FULL = 5, 0.9
"""So many lines must have another below them, and such a share of these be full, before lines are
taken for broken ones."""
_NARROW, _WIDE = 50, 100
"""Columns between which the layout of an article joins broken lines by itself."""
_DIVIDED = re.compile(r"[ \t]*((?<![^ \t\n])[^\w\s]*)?([^\W\d_]+)-\r?\n([a-z]+)")
_PUT_TOGETHER = "put together, and their lines joined to paragraphs"
_LONG = re.compile(rf"[^\n]{{{WIDEST + 40}}}")
"""A line, blanks around it included, that no program has broken."""
_SHORT = 200
_SUSPECT = re.compile(r"[&?\r\n]")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Told = list[tuple[str, str]]


def mended(text: str) -> tuple[str, Told]:
    """The text, and what was done or is left to do as (problem, action).

    >>> mended("It&rsquo;s â€œoverâ€\\ufffd, she said.")[0]
    'It’s “over”, she said.'
    >>> mended("Nothing is wrong with AT&T.")
    ('Nothing is wrong with AT&T.', [])
    """
    if len(text) < _SHORT and text.isascii() and not _SUSPECT.search(text):
        return text, []
    told: Told = []
    steps = (_entities, _lines) if text.isascii() else (_entities, _misread, _unseen, _lines)
    for step in steps:
        text, done = step(text)
        told += done
    return text, told + _lost(text)


def _entities(text: str) -> tuple[str, Told]:
    if "&" not in text:
        return text, []
    found = [e for e in _ENTITY.findall(text) if e[1] == "#" or e[1:] in _ENTITIES]
    if not found or _MARKUP.issuperset(found):
        return text, []
    whole = _ENTITY.sub(lambda match: html.unescape(match[0]), text).replace("\xa0", " ")
    return whole, [(f"HTML entities ({found[0]} …)", "read as the letters they stand for")]


def _misread(text: str) -> tuple[str, Told]:
    """UTF-8 that was decoded as Windows-1252, where all such runs are valid UTF-8."""
    if not ("â€" in text or "Ã" in text or "Â" in text):
        return text, []
    example: list[str] = []

    def original(match: re.Match[str]) -> str:
        data = bytes(_FROM_BYTE[sign] for sign in match[0])
        try:
            decoded = data.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        if not decoded.replace("\xa0", "").isprintable():
            return match[0]
        example.append(match[0])
        return decoded

    whole = _RUN.sub(original, _LOST.sub("”", text))
    if whole == text:
        return text, []
    shown = example[0] if example else "â€"
    return whole, [(f"UTF-8 that was read as Windows-1252 ({shown[:6]} …)", "read as UTF-8 again")]


def _unseen(text: str) -> tuple[str, Told]:
    """The text without soft hyphens and signs of no width inside its words."""
    if not any(sign in text for sign in "\u00ad\u200b\u2060\ufeff"):
        return text, []
    whole, lost = _UNSEEN.subn("", text)
    told = [(f"{lost:,} soft hyphens or signs of no width", "left out of the text")]
    return (whole, told) if lost else (text, [])


def _lines(text: str) -> tuple[str, Told]:
    """Paragraphs of lines that were broken at a column which the layout does not know."""
    if "\n" not in text:
        return text.replace("\r", "\n"), []
    told: Told = []
    if _is_divided(text):
        text, told = _joined(text)
    start = body_start(text)
    if any(action == _PUT_TOGETHER for _, action in told):  # a program has broken these lines
        blocks = _EMPTY_LINE.split(text[start:])
        return text[:start] + "\n\n".join(" ".join(block.split()) for block in blocks), told
    if _LONG.search(text, start):
        return text, told
    lines = text[start:].split("\n")
    stripped = [line.strip() for line in lines]
    width = max(map(len, stripped))
    if not NARROWEST <= width <= WIDEST or _NARROW <= width <= _WIDE:
        return text, told
    inside = [(a, b) for a, b in pairwise(stripped) if a and b]
    full = sum(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width - 2 for a, b in inside)
    if len(inside) < _LEAST_INSIDE or full < _LEAST_FULL * len(inside):
        return text, told
    told.append((f"lines broken at {width} columns", "joined to paragraphs"))
    return text[:start] + unwrapped(lines), told


def _is_divided(text: str) -> bool:
    """Whether a hyphen between letters ends a line."""
    at = text.find("-")
    while at > 0:
        below = text[at + 1 : at + 3].replace("\r", "")
        if below[:1] == "\n" and text[at - 1].isalpha():
            return True
        at = text.find("-", at + 1)
    return False


def _joined(text: str) -> tuple[str, Told]:
    """The text with words put together that a line's end divides, where their form is certain.

    Each stands on the lower line, as it would if its line could not have held it.

    >>> _joined("The clos-\\ning of a well-\\nknown mill, a well-known wa-\\ntermill.")[0]
    'The\\nclosing of a\\nwell-known mill, a well-known\\nwatermill.'
    """
    words = {word.lower() for word in _WORDS.findall(_DIVIDED.sub(" ", text))}
    joined: list[str] = []
    open_: list[str] = []

    def whole(match: re.Match[str]) -> str:
        hyphened, one = f"{match[2]}-{match[3]}", f"{match[2]}{match[3]}"
        if hyphened.lower() in words:
            return f"\n{match[1] or ''}{hyphened}"
        if one.lower() in words or match[2].lower() not in words:
            joined.append(one)
            return f"\n{match[1] or ''}{one}"
        open_.append(hyphened)
        return match[0]

    whole_text = _DIVIDED.sub(whole, text)
    told: Told = []
    if len(joined) > 1:
        problem = f"{len(joined):,} words divided at a line's end ({joined[0]} …)"
        told.append((problem, _PUT_TOGETHER))
    elif joined:
        return text, []  # one hyphen at a line's end may be a dash
    if open_:
        problem = f"{len(open_):,} words that a line's end may divide ({open_[0]} …)"
        told.append((problem, "left as they are; put them together"))
    return whole_text, told


def _lost(text: str) -> Told:
    """What cannot be mended."""
    told = []
    if lost := text.count("\ufffd"):
        told.append((f"{lost:,} lost letters (U+FFFD)", "read as it is; get the text as UTF-8"))
    if text.count("?") > 3 and len(asked := _ASKED.findall(text)) > 3:
        told.append(
            (f"{len(asked)} question marks where others belong (?so?)",
             "read as it is, its quotations are lost; get the text as UTF-8")
        )  # fmt: skip
    return told
