"""Damaged text: mended where it can only have been one thing, told of where it cannot.

What programs do to texts on their way: letters written as HTML entities or escapes, UTF-8 that was
read as Windows-1252 (“â€œ”) or Mac Roman, soft hyphens, blanks of no width and ligatures, lines
broken at a column. Offsets count in the mended text.
"""

from __future__ import annotations

import html
import json
import quopri
import re
import unicodedata
from collections.abc import Callable
from html.entities import html5
from itertools import pairwise

from helpers.readers.front_matter import body_start
from helpers.readers.wrapping import NARROWEST, WIDEST, unwrapped

_UNSEEN = re.compile("(?<=\\w)[\u00ad\u200b\u2060\ufeff]+(?=\\w)")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_MARKUP = frozenset({"&lt;", "&gt;"})
_ENTITIES = frozenset(name for name in html5 if name.endswith(";"))
_CONTROLS = re.compile("[\x80-\x9f]")
"""Signs that no text has: bytes of Windows-1252 that were read as Latin-1."""
_BYTES = {
    "Windows-1252": (
        ("â€", "â\x80", "Ã", "Â"),
        {chr(i): i for i in range(0x80, 0xA0)}
        | {bytes([i]).decode("cp1252", "ignore") or chr(i): i for i in range(0x80, 0x100)},
    ),
    "Mac Roman": (
        ("‚Ä",), {bytes([i]).decode("mac_roman"): i for i in range(0x80, 0x100)}
    ),
}  # fmt: skip
"""What UTF-8 looks like that was read in each encoding, and the byte that each letter was."""
_CUES = ("â€", "Ã", "Â", "‚Ä", "\x80", "\x92", "\x93")
"""Of these one is in any text that was misread, quotation marks and apostrophes being in it."""
_RUNS = {
    name: re.compile("[" + re.escape("".join(letters)) + "]{2,}")
    for name, (_, letters) in _BYTES.items()
}
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_PRINTABLE_BYTES = re.compile(r"=E2=80=[0-9A-F]{2}|=C3=[0-9A-F]{2}")
_LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0xFB00, 0xFB07))}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LOST = re.compile(r"â€\ufffd")
_ASKED = re.compile(r"\?(?:(?<![\w?!.]\?)(?=[A-Z\u2018a-z])|(?<=[a-z]\?)(?=[a-z]{1,2}\b))")
"""It begins with its mark, by which it is found quickly."""
_LEAST_INSIDE, _LEAST_FULL = 5, 0.9
"""So many lines must have another below them, and such a share of these be full, before lines are
taken for broken ones."""
_NARROW, _WIDE = 50, 100
"""Columns between which the layout of an article joins broken lines by itself."""
_DIVIDED = re.compile(r"[ \t]*((?<![^ \t\n])[^\w\s]*)?([^\W\d_]+)-\r?\n([a-z]+)")
_PUT_TOGETHER = "put together, and their lines joined to paragraphs"
_FORWARDED = re.compile(r"^(?:> ?)+")
_LONG = re.compile(rf"[^\n]{{{WIDEST + 40}}}")
"""A line, blanks around it included, that no program has broken."""
_SHORT = 200
_SUSPECT = re.compile(r"[&?\r\n\\=]")
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
    steps: tuple[Callable[[str], tuple[str, Told]], ...] = (_escaped, _entities, _lines)
    if not text.isascii():
        steps = (_escaped, _entities, _misread, _unseen, _lines)
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
    whole = text
    for _ in range(2):  # programs escape twice
        whole = _ENTITY.sub(lambda match: html.unescape(match[0]), whole)
    whole = whole.replace("\xa0", " ")
    return whole, [(f"HTML entities ({found[0]} …)", "read as the letters they stand for")]


def _escaped(text: str) -> tuple[str, Told]:
    """Letters that programs have written as ``\\u201c``, or as ``=E2=80=9C`` in mails."""
    if "\\u" in text and (match := _ESCAPES.search(text)):
        whole = _ESCAPES.sub(lambda found: json.loads(f'"{found[0]}"'), text)
        return whole, [(f"letters written as {match[0][:6]} …", "read as the letters they are")]
    if "=E2=80=" in text and len(_PRINTABLE_BYTES.findall(text)) > 1:
        try:
            whole = quopri.decodestring(text.encode()).decode()
        except UnicodeDecodeError:
            return text, []
        return whole, [("letters written as =E2=80 …, as in mails", "read as the letters they are")]
    return text, []


def _misread(text: str) -> tuple[str, Told]:
    """UTF-8 that was decoded as another encoding, where such runs are valid UTF-8."""
    told: Told = []
    if not any(cue in text for cue in _CUES):
        return text, told
    for name, (cues, _) in _BYTES.items():
        if any(cue in text for cue in cues):
            text, example = _read_again(text, name)
            if example:
                problem = f"UTF-8 that was read as {name} ({example[:6]} …)"
                told.append((problem, "read as UTF-8 again"))
    if signs := len(_CONTROLS.findall(text)):
        text = _CONTROLS.sub(lambda found: _of_windows(found[0]), text)
        told.append((f"{signs:,} signs of Windows-1252 read as Latin-1", "read as what they were"))
    return text, told


def _read_again(text: str, name: str) -> tuple[str, str]:
    """The text with its UTF-8 read as such, and the first run that was."""
    letters = _BYTES[name][1]
    example: list[str] = []

    def original(match: re.Match[str]) -> str:
        data = bytes(letters[sign] for sign in match[0])
        try:
            decoded = data.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        if not decoded.replace("\xa0", "").isprintable():
            return match[0]
        example.append(match[0])
        return decoded

    if _LOST.search(text):
        example.append("â€")
        text = _LOST.sub("”", text)
    return _RUNS[name].sub(original, text), "".join(example[:1])


def _of_windows(sign: str) -> str:
    return sign.encode("latin-1").decode("cp1252", "ignore") or "\ufffd"


def _unseen(text: str) -> tuple[str, Told]:
    """The text without soft hyphens and signs of no width, and with ligatures as their letters."""
    told: Told = []
    if any(sign in text for sign in "\u00ad\u200b\u2060\ufeff"):
        text, lost = _UNSEEN.subn("", text)
        if lost:
            told.append((f"{lost:,} soft hyphens or signs of no width", "left out of the text"))
    if any(sign in text for sign in _LIGATURES) and (ligatures := len(_LIGATURE.findall(text))):
        text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
        told.append((f"{ligatures:,} ligatures (\ufb01 …)", "read as the letters they join"))
    return text, told


def _lines(text: str) -> tuple[str, Told]:
    """Paragraphs of lines that were broken at a column which the layout does not know."""
    if "\n" not in text:
        return text.replace("\r", "\n"), []
    text, told = _forwarded(text)
    if _is_divided(text):
        text, told = _joined(text)
    start = body_start(text)
    if any(action == _PUT_TOGETHER for _, action in told):  # a program has broken these lines
        blocks = _EMPTY_LINE.split(text[start:])
        return text[:start] + "\n\n".join(" ".join(block.split()) for block in blocks), told
    if _LONG.search(text, start):
        return text, told
    lines = _parted(text[start:].split("\n"))
    stripped = [line.rstrip() for line in lines]
    width = max(map(len, stripped))
    if not NARROWEST <= width <= WIDEST or _NARROW <= width <= _WIDE:
        return text, told
    inside = [(a, b) for a, b in pairwise(stripped) if a and b]
    full = sum(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width - 2 for a, b in inside)
    if len(inside) < _LEAST_INSIDE or full < _LEAST_FULL * len(inside):
        return text, told
    told.append((f"lines broken at {width} columns", "joined to paragraphs"))
    return text[:start] + unwrapped(lines), told


def _forwarded(text: str) -> tuple[str, Told]:
    """The text without the signs with which mails mark the lines of another one, if all have them.

    >>> _forwarded("> They left.\\n> Nobody\\n> came.\\n>\\n> It\\n> rained.")[0]
    'They left.\\nNobody\\ncame.\\n\\nIt\\nrained.'
    """
    if "\n>" not in text[:2_000] or text.count("\n>") < _LEAST_INSIDE:
        return text, []
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if sum(line.startswith(">") for line in filled) < _LEAST_FULL * len(filled):
        return text, []
    bare = "\n".join(_FORWARDED.sub("", line) for line in lines)
    return bare, [("lines marked with >, as in forwarded mails", "read without the signs")]


def _parted(lines: list[str]) -> list[str]:
    """The lines with an empty one above each that begins with blanks, where few of them do."""
    indented = [line[:1] in {" ", "\t"} and bool(line.strip()) for line in lines]
    if not 0 < 2 * sum(indented) <= sum(1 for line in lines if line.strip()):
        return lines
    return [
        part
        for line, first in zip(lines, indented, strict=True)
        for part in (["", line] if first else [line])
    ]


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
