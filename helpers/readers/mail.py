"""Mail (.eml, .mbox) and pages saved with their pictures (.mht): by the standard library.

A newsletter's outlet is its sender, its title the subject, its day the date it was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from helpers.readers import html, markup
from helpers.readers.document import Document, Doubt, Unreadable, checked

MOST_LETTERS = 20_000
_FROM = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_eml(data: bytes) -> Iterator[Document | Doubt]:
    """The letter of a mail."""
    yield from _letter(data, "")


def read_mbox(data: bytes) -> Iterator[Document | Doubt]:
    """One document per letter of a mailbox."""
    starts = [match.end() for match in _FROM.finditer(data)]
    if not starts:
        raise Unreadable("no mailbox", "left out; save its letters as .eml")
    ends = [*[match.start() for match in _FROM.finditer(data)][1:], len(data)]
    if len(starts) > MOST_LETTERS:
        raise Unreadable(f"{len(starts):,} letters", f"left out; at most {MOST_LETTERS:,} a file")
    for number, (a, b) in enumerate(zip(starts, ends, strict=True), start=1):
        yield from _letter(_ESCAPED.sub(rb"\1", data[a:b]), f"article {number}")


def read_mht(data: bytes) -> Iterator[Document | Doubt]:
    """The page that was saved together with what it shows."""
    message = _message(data)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise Unreadable("a saved page without HTML", "left out; save it as .html")
    address = str(
        pages[0].get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    )
    for item in html.read(_text(pages[0]).encode("utf-8", "replace")):
        if isinstance(item, Document) and address.startswith("http"):
            item = replace(item, declared={"url": address, **item.declared})
        yield item


def _letter(data: bytes, row: str) -> Iterator[Document | Doubt]:
    message = _message(data)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        yield Doubt("a letter without a text", "left out", row)
        return
    text = _text(body)
    if body.get_content_type() == "text/html":
        text = markup.text_of(text) or text
    declared = {
        "title": _header(message, "Subject"),
        "outlet": parseaddr(_header(message, "From"))[0],
        "published": _day(message),
    }
    yield from checked(text.replace("\r\n", "\n").strip(), declared, row=row)
    attached = [_attached(part) for part in message.iter_attachments()]
    if attached:
        yield Doubt(
            f"{len(attached)} attached file{'s' * (len(attached) > 1)} ({attached[0][:60]} …)",
            "left out; save what is an article beside it",
            row,
        )


def _attached(part: MIMEPart) -> str:
    """The name of an attached file, or what it is."""
    return part.get_filename() or {"message/rfc822": "a letter"}.get(
        part.get_content_type(), part.get_content_type()
    )


def _message(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _text(part: MIMEPart) -> str:
    """A part's text in its own encoding, odd bytes as cp1252."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("utf-8", "parallax.cp1252")


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):  # headers that the library trips on
        return ""


def _day(message: EmailMessage) -> str:
    written = _header(message, "Date")
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return written
