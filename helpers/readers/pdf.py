"""PDF: the text of its pages, with the lines of the layout joined to paragraphs again.

A PDF holds glyphs at places, no paragraphs: the joining is guesswork and always has a problem row.
"""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from helpers.readers import exports
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked

MAX_PAGES = 200
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_NUMBER = re.compile(r"\s*Page \d+ of \d+\s*$")
_HYPHEN = re.compile(r"(\w+)-$")


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the text of a PDF; `Unreadable` where it is locked or only pictures."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = pypdf.PdfReader(io.BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise Unreadable("a PDF locked with a password", "left out; unlock it")
        pages = len(file.pages)
        if pages > MAX_PAGES:
            raise Unreadable(f"{pages} pages, too many for one article", "left out; split it")
        texts = [page.extract_text().split("\n") for page in file.pages]
    except Unreadable:
        raise
    except Exception as error:  # a parser of others' files may fail in any way
        raise Unreadable(f"no valid PDF ({type(error).__name__})", REMEDY_BROKEN) from error
    found = exports.articles("\n".join(_without_heads(texts)), paragraphs)
    text = paragraphs([line for page in texts for line in [*page, ""]])
    if not text:
        raise Unreadable("a PDF without text (a scan?)", "left out; recognise its text first (OCR)")
    yield Doubt("text from the layout of a PDF", "read; check where paragraphs begin and end")
    yield from checked(text) if found is None else found


def _without_heads(pages: list[list[str]]) -> Iterator[str]:
    """The lines of the pages, without "Page 2 of 9" and the running title below it."""
    numbered = [
        next((i for i, line in enumerate(page[:3]) if _NUMBER.match(line)), None) for page in pages
    ]
    tops = Counter(
        page[i + 1].strip()
        for page, i in zip(pages, numbered, strict=True)
        if i is not None and i + 1 < len(page)
    )
    for page, number in zip(pages, numbered, strict=True):
        start = 0
        if number is not None:
            start = number + 1
            top = page[start].strip() if start < len(page) else ""
            again = "".join(page[start + 1 : start + 4]).replace(" ", "")
            start += tops[top] > 1 or (bool(top) and again.startswith(top.replace(" ", "")))
        yield from (line for line in page[start:] if not _NUMBER.match(line))


def paragraphs(lines: Sequence[str]) -> str:
    """The lines joined to paragraphs, words divided at a line's end put together.

    A paragraph ends where a line is empty, or is clearly shorter than most and ends a sentence or
    is followed by a capital.

    >>> paragraphs(["The talks between the two govern-", "ments failed.", "", "Nobody was sad."])
    'The talks between the two governments failed.\\n\\nNobody was sad.'
    """
    lines = [" ".join(line.split()) for line in lines]
    lengths = [len(line) for line in lines if line]
    width = statistics.quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0
    everything = " ".join(lines)
    done: list[str] = []
    current = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        current = _joined(current, line, everything) if line else current
        # A page's end is an empty line too, but a sentence may go on over it.
        open_ = bool(current) and not _SENTENCE_END.search(current) and following[:1].islower()
        short = len(line) < 0.8 * width
        ended = short and (_SENTENCE_END.search(line) or not following[:1].islower())
        if current and not open_ and (not line or ended):
            done.append(current)
            current = ""
    return "\n\n".join([*done, current] if current else done)


def _joined(current: str, line: str, everything: str) -> str:
    divided = _HYPHEN.search(current)
    if not divided or not line[:1].islower():
        return f"{current} {line}".strip()
    whole = f"{divided[1]}-{line.split()[0]}".strip(".,;:!?”’\"')")
    if whole in everything:  # written with a hyphen elsewhere, too
        return current + line
    return current[:-1] + line
