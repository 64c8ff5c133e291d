"""NewsBank (Access World News): text and PDF, an article below its title and its paper's line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.readers.exports.layout import Found, Layout, byline, date_of, filled, labelled

_DAY = r"(\w+\.? \d{1,2}, \d{4}|\d{1,2} \w+\.? \d{4}|\d{4}-\d\d-\d\d)"
_PAPER = re.compile(rf"\s*(\w.{{0,80}}?\([^()]{{2,40}}\)) [-–—] {_DAY}\s*$")
_DATED = re.compile(rf"\s*{_DAY} (?:\||•|[-–—]) (\w.{{0,80}}?\([^()]{{2,40}}\))\s*$")
_HEAD = (
    "Author/Byline|Author|Byline|Edition|Section|Page|Readability|Column|Series|Source|Word count"
)
_TAIL = (
    "Caption|Index terms|Record Number|Memo|Correction|Dateline|Copyright|Citation|OpenURL Link"
    "|Document ID|Record"
)
_LABEL = re.compile(rf"\s*({_HEAD}|{_TAIL}): ?(.*)")
_OPENING = re.compile(rf"\s*(?:(?:{_HEAD}|OpenURL Link): ?|[\d,]+ Words\s*$|OpenURL Link\s*$)")
_AFTER = re.compile(rf"\s*(?:(?:{_TAIL}): ?|(?:Copyright|©)(?: \(c\)| ©)?,? \d{{4}})")
_NAMES = {
    "author/byline": "byline", "author": "byline", "byline": "byline", "section": "section",
    "page": "page", "source": "newswire",
}  # fmt: skip
_SUFFIXED = re.compile(r"(.+), (The|A|An) \((.+)\)$")


def _paper(line: str) -> tuple[str, str] | None:
    """Outlet and day of the line below a title.

    >>> _paper("Post, The (Kestrel Bay, ENG) - March 4, 2024")
    ('The Post (Kestrel Bay, ENG)', '2024-03-04')
    """
    if match := _PAPER.match(line):
        name, date = match[1], match[2]
    elif match := _DATED.match(line):
        name, date = match[2], match[1]
    else:
        return None
    published = date_of(date)
    return (_SUFFIXED.sub(r"\2 \1 (\3)", name), published) if published else None


def _cut(lines: Sequence[str]) -> list[int]:
    """Where articles begin: at the title, which is the paragraph that ends at the paper's line."""
    starts = []
    for i, line in enumerate(lines):
        if _paper(line) is None:
            continue
        start = i
        while start and not lines[start - 1].strip():
            start -= 1
        while start and lines[start - 1].strip() and not _AFTER.match(lines[start - 1]):
            start -= 1
        starts.append(start)
    return starts


def _article(lines: Sequence[str]) -> Found | None:
    at = next((i for i, line in enumerate(lines) if _paper(line)), None)
    if at is None:
        return None
    begin = at + 1
    while begin < len(lines) and (_OPENING.match(lines[begin]) or not lines[begin].strip()):
        begin += 1
    end = next((i for i in range(begin, len(lines)) if _AFTER.match(lines[i])), len(lines))
    if end == len(lines):
        return None
    found = labelled([*lines[at + 1 : begin], "", *lines[end:]], _LABEL, _NAMES)
    paper = _paper(lines[at])
    assert paper is not None
    if "byline" in found:
        found["byline"] = byline(found["byline"].split(",")[0])
    title = " ".join(filled(lines[:at]))
    return Found(
        found | {"title": title, "outlet": paper[0], "published": paper[1]}, lines[begin:end]
    )


LAYOUTS = (Layout("NewsBank", ("Record Number", "NewsBank"), _article, cut=_cut),)
