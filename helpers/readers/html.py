"""Web pages saved as HTML: the article's text without menus, and what the page declares of it.

The text is found by trafilatura (Barbaresi 2021, ACL demo). Metadata are taken only where the page
states them (`og:` and `article:` tags, JSON-LD), never guessed from its text. Offsets count in the
extracted text, as a page has no other plain form.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from helpers.readers import encoding, exports, markup
from helpers.readers.document import REMEDY_BROKEN, Document, Doubt, Unreadable, checked
from helpers.readers.exports import pages
from helpers.readers.page_head import declared

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]+)", re.I
)
_WORD = re.compile(r"[^\W\d_]{2}")
_ARTICLE = re.compile(r"<article[\s>]", re.IGNORECASE)
LEAST_WORDS = 20
"""A paragraph of fewer words inside an <article> is a teaser."""


def read(data: bytes) -> Iterator[Document | Doubt]:
    """One document with the article of a page; `Unreadable` where there is none.

    Of a database's page of several articles, one document each.
    """
    import trafilatura

    charset = _CHARSET.search(data[:4096])
    page, doubts = encoding.decode(data, declared=charset[1].decode() if charset else None)
    page = markup.slim(page)
    if not page.strip():
        raise Unreadable("empty", "left out")
    if (articles := pages.articles(page) or exports.on_page(page)) is not None:
        yield from doubts
        yield from articles
        return
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=False)
    except Exception as error:  # a parser of others' pages may fail in any way
        raise Unreadable(f"no valid page ({type(error).__name__})", REMEDY_BROKEN) from error
    if not text:
        raise Unreadable(
            "a page without an article that could be told from its menus",
            "left out; save the article's text as .txt",
        )
    yield from doubts
    said = declared(page)
    heading = said.pop("h1", "")
    if depth := said.pop("deep", ""):
        yield Doubt(
            f"tags nested {depth} deep",
            "what stands deeper than 250, and behind that, may be missing; save its text as .txt",
        )
    if heading and heading not in text[:1_000]:  # that of a page laid out in tables
        text = f"{heading}\n{text}"
    several, unread = _articles_on(page, text)
    if several > 1:
        yield Doubt(
            f"a page of {several} articles, {unread} of them not read" if unread
            else f"a page of {several} articles",
            "read as one article; save each one's own page",
        )  # fmt: skip
    if left := _tables_left_out(page, text):
        yield Doubt(
            f"a table of {left} cells" if left > 1 else "a table of one cell",
            "left out, as figures in tables are no sentences; save its words as .txt to count them",
        )
    yield from checked(text.replace("\n", "\n\n"), said)


def _tables_left_out(page: str, text: str) -> int:
    """Cells with words, of tables with heads or a caption, that the article's text does not hold.

    Menus and whole pages are laid out in tables without either.
    """
    if "<table" not in page.lower():
        return 0
    cells = 0
    for table in markup.tree(page).iter("table"):
        if table.find(".//table") is None and next(table.iter("th", "caption"), None) is not None:
            told = (" ".join(markup.lines(cell)) for cell in table.iter("td", "th"))
            cells += sum(bool(_WORD.search(words)) and words not in text for words in told)
    return cells


def _articles_on(page: str, text: str) -> tuple[int, int]:
    """How many articles with a heading and paragraphs there are, and how many of them unread."""
    if len(_ARTICLE.findall(page)) < 2:
        return 0, 0
    several = unread = 0
    for article in markup.tree(page).iter("article"):
        paragraphs = [line for p in article.iter("p") for line in markup.lines(p)]
        long = [line for line in paragraphs if len(line.split()) >= LEAST_WORDS]
        headed = next(article.iter("h1", "h2"), None) is not None
        if headed and long:
            several += 1
            unread += not any(line[:60] in text for line in long)
    return several, unread
