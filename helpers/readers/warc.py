"""Web archives (.warc, .warc.gz; ISO 28500): the pages in them, each read as a saved page."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, cast

from helpers.readers import html
from helpers.readers.document import Document, Doubt, Unreadable

MOST_PAGES = 20_000
MAX_UNPACKED = 2_000_000_000
MAX_PAGE = 20_000_000


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document per page with an article; what else was fetched is counted in one doubt."""
    stream: IO[bytes] = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    pages = others = empty = read_in_all = 0
    try:
        for headers, block in _records(stream):
            read_in_all += len(block)
            if read_in_all > MAX_UNPACKED or pages > MOST_PAGES:
                yield Doubt("more pages than are read of one archive", "left out; divide it")
                break
            if headers.get("warc-type") not in {"response", "resource"}:
                continue
            page = _page(block) if headers["warc-type"] == "response" else block
            if page is None:
                others += 1
                continue
            pages += 1
            found = 0
            for item in _article(page, headers.get("warc-target-uri", ""), f"article {pages}"):
                found += isinstance(item, Document)
                yield item
            empty += not found
    except (OSError, EOFError, ValueError, zlib.error) as error:
        if not pages:
            raise Unreadable(
                f"no valid web archive ({type(error).__name__})", "left out"
            ) from error
        yield Doubt("ends before it should", "read as far as it goes; fetch the rest again")
    if not pages:
        raise Unreadable("a web archive without a page", "left out")
    if others:
        yield Doubt(f"{others:,} things that are no page (pictures, errors)", "left out")


def _article(page: bytes, address: str, row: str) -> Iterator[Document | Doubt]:
    try:
        for item in html.read(page):
            if isinstance(item, Document):
                declared = {"url": address, **item.declared}
                yield replace(item, declared=declared, row=row)
            else:
                yield item._replace(row=row)
    except Unreadable as error:
        yield Doubt(error.problem, "left out", row)


def _records(stream: IO[bytes]) -> Iterator[tuple[dict[str, str], bytes]]:
    """Header and content of every record."""
    while line := stream.readline(65_536):
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise ValueError("no record")
        headers = _headers(stream)
        length = int(headers.get("content-length", "0"))
        if length > MAX_PAGE:
            while length > 0 and (part := stream.read(min(length, 1 << 20))):
                length -= len(part)
            continue
        block = stream.read(length)
        if len(block) < length:
            raise EOFError
        yield headers, block


def _headers(stream: IO[bytes]) -> dict[str, str]:
    headers = {}
    while (line := stream.readline(65_536)).strip():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _page(block: bytes) -> bytes | None:
    """The page in what a server answered; None for pictures, errors and the like."""
    stream = io.BytesIO(block)
    status = stream.readline().split()
    headers = _headers(stream)
    if len(status) < 2 or status[1] != b"200" or "html" not in headers.get("content-type", ""):
        return None
    body = stream.read()
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    if headers.get("content-encoding", "").lower() == "gzip" and body.startswith(b"\x1f\x8b"):
        body = zlib.decompressobj(31).decompress(body, MAX_PAGE)
    return body


def _joined(body: bytes) -> bytes:
    """The body that was sent in chunks; as it is where it was stored whole."""
    stream, parts = io.BytesIO(body), []
    try:
        while size := int(stream.readline().split(b";")[0], 16):
            parts.append(stream.read(size))
            stream.readline()
    except ValueError:
        return b"".join(parts) or body
    return b"".join(parts)
