"""Bytes in, text out: byte-order mark, strict UTF-8, declared encoding, then cp1252 with a doubt.

No detector is used: detectors guess wrong and corrupt silently.
"""

from __future__ import annotations

import codecs
import re

from helpers.readers.document import Doubt, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's codecs include some that are no character set (zlib, idna, rot13, unicode_escape).
_CHARACTER_SET = re.compile(
    r"ascii|utf-?\d+|iso-?8859-\d+|latin-?\d+|cp\d+|koi8-[rut]|mac-\w+|gb\d+|gbk|big5\w*"
    r"|euc[-_]\w+|shift[-_]jis\w*|tis-620|johab|hz"
)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
)
_WINDOWS = re.compile(rb"[\x91-\x97]")
_MAC = re.compile(rb"(?:^|[\s(])\xd2(?=\w)|(?<=[\w.,!?])\xd3(?=[\s.,;)]|$)|(?<=[a-z])\xd5(?=[a-z])")
"""Bytes that are “, ” and ’ in Mac Roman: letters in Windows-1252, capitals where none stand."""
_SHIFTED = re.compile(rb"\+(?:IB[0-9A-Za-z]|A[KL-P])[A-Za-z0-9+/]{0,12}(?:-|(?=[\s.,;]))")
"""“, ’, – or an accented letter in UTF-7."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = bytes(sign for sign in range(0x20) if _CONTROLS.match(chr(sign)))
CONTROL_SHARE = 0.01
"""A file with more control characters than this is no text (ours; real articles have none)."""


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, list[Doubt]]:
    """The text of a file's bytes, with a doubt where its encoding had to be assumed.

    Raises `Unreadable` for bytes that are no text.

    >>> decode("\\ufeffcafé".encode("utf-8"))
    ('café', [])
    >>> text, doubts = decode(b"\\x93No deal,\\x94 he said")
    >>> text, doubts[0].problem
    ('“No deal,” he said', 'not valid UTF-8 (byte 0)')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return _text(data.decode(name)), []
            except UnicodeDecodeError as error:
                if name != "utf-8-sig":
                    raise Unreadable(
                        f"marked as {name.upper()} but not valid at byte {error.start}",
                        "not read; save it as UTF-8",
                    ) from error
                data = data[len(mark) :]
    if (wide := _unmarked_utf16(data)) is not None:
        return _text(data.decode(wide)), [
            Doubt("UTF-16 without a byte-order mark", "read as UTF-16; save it as UTF-8")
        ]
    if b"\0" in data:
        raise Unreadable(
            "binary, or UTF-16 without a byte-order mark", "not read; save it as UTF-8 text"
        )
    try:
        text = _text(data.decode("utf-8"), data)
        if b"+" in data and (shifted := _utf7(data)) is not None:
            return shifted, [Doubt("UTF-7", "read as UTF-7; save it as UTF-8")]
        return text, []
    except UnicodeDecodeError as error:
        start = error.start
    problem = f"not valid UTF-8 (byte {start})"
    if declared and (known := _character_set(declared)):
        try:
            return _text(data.decode(known)), []
        except UnicodeDecodeError:
            problem += f", nor the {known} it declares"
    if _MULTIBYTE.search(data):
        return _text(data.decode("utf-8", errors="parallax.cp1252")), [
            Doubt(problem, "read as UTF-8 with the odd bytes as cp1252; check accents and quotes")
        ]
    if _is_mac_roman(data):
        return _text(data.decode("mac_roman")), [
            Doubt(problem, "read as Mac Roman; save it as UTF-8 if letters look wrong")
        ]
    try:
        return _text(data.decode("cp1252")), [
            Doubt(problem, "read as cp1252 (Windows); save it as UTF-8 if letters look wrong")
        ]
    except UnicodeDecodeError:
        raise Unreadable(f"{problem}, nor cp1252", "not read; save it as UTF-8 text") from None


def _utf7(data: bytes) -> str | None:
    """UTF-7, as old mail programs wrote it: signs of typography shifted into plain letters."""
    if not data.isascii() or len(_SHIFTED.findall(data)) < 2:
        return None
    try:
        return data.decode("utf-7")
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 that lacks its mark: of its first thousand letters nearly all are Latin ones."""
    first, second = data[0:2_000:2], data[1:2_000:2]
    if len(data) < 20 or len(data) % 2:
        return None
    for name, zeros, letters in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if zeros.count(0) > 0.9 * len(zeros) and letters.count(0) < 0.02 * len(letters):
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return None


def _is_mac_roman(data: bytes) -> bool:
    """Whether quotation marks stand where Mac Roman, and nowhere where Windows-1252 has them."""
    if _WINDOWS.search(data):
        return False
    return len(_MAC.findall(data)) >= 2


def _character_set(name: str) -> str | None:
    """Python's name of a declared character set, or None where it is none that we know."""
    try:
        known = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    if known in {"iso8859-1", "ascii"}:
        return "cp1252"  # as browsers do (WHATWG, Encoding): what says so was written on Windows
    return known if _CHARACTER_SET.fullmatch(known) else None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decodes what is no UTF-8 as cp1252: such texts were pasted together from two sources."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("parallax.cp1252", _as_cp1252)


def _text(text: str, data: bytes = b"") -> str:
    """The text, if it is one; of UTF-8 the bytes tell it too, and sooner."""
    if data:
        controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    else:
        controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > CONTROL_SHARE * len(text):
        raise Unreadable("binary: control characters in it", "not read; save it as UTF-8 text")
    return text
