"""ProQuest: its text and Word files, articles between long lines of underscores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.readers.exports.layout import (
    Found,
    Layout,
    byline,
    date_of,
    filled,
    labelled,
    section_and_page,
)

_NAMES = {
    "title": "title", "author": "byline", "publication title": "outlet",
    "publication date": "published", "section": "section", "pages": "page",
    "document url": "url", "full text": "full text",
}  # fmt: skip
_TAIL = (
    "Subject|Business indexing term|Location|People|Company / organization|Classification"
    "|Identifier / keyword|Illustration|Credit|Title|Alternate title|Publication title"
    "|Publication subject|Publication year|Publication date|Pages|Section|Column|Edition|Volume"
    "|Issue|Number of pages|First page|Publisher|Place of publication|Country of publication|ISSN"
    "|e-ISSN|Source type|Language of publication|Document type|Document feature"
    "|ProQuest document ID|Document URL|Copyright|Last updated|Database|Dateline|DOI|Source"
    "|Source attribution|Publication info|Author affiliation"
)
_LABEL = re.compile(rf"\s*({_TAIL}|Author|Abstract|Links|Full text|Correspondence author): ?(.*)")
_FULL = re.compile(r"\s*(?:(?:Full text|FULL TEXT): ?|(?:Full text|FULL TEXT)\s*$)(.*)")
_AFTER = re.compile(rf"\s*(?:{_TAIL}): ")
_NUMBERED = re.compile(r"\s*Document \d+ of ([\d,]+)\s*$")
_KNOWN = re.compile(r"\s*(?:Publication info|ProQuest document ID): ")
_INFO = re.compile(r"(.+?) ?[;,] .*?\](\d\d? \w+ \d{4})")


def _article(lines: Sequence[str]) -> Found | None:
    begin = next((i for i, line in enumerate(lines) if _FULL.match(line)), None)
    opening = next((i for i, line in enumerate(lines) if _LABEL.match(line)), len(lines))
    above = [text for text in filled(lines[:opening]) if not _NUMBERED.match(text)]
    if begin is None:
        return Found({}, ()) if any(map(_KNOWN.match, lines)) else None  # an abstract, or less
    end = next((i for i in range(begin + 1, len(lines)) if _AFTER.match(lines[i])), len(lines))
    first = _FULL.match(lines[begin])
    assert first is not None
    fields = labelled([*lines[opening:begin], "", *lines[end:]], _LABEL, _NAMES)
    fields.setdefault("title", " ".join(above))
    info = _INFO.match(fields.get("publication info", ""))
    outlet = fields.get("outlet", info[1] if info else "")
    published = fields.get("published", info[2] if info else "")
    fields |= {
        "outlet": outlet.split(";")[0].strip(),
        "published": date_of(published) or published,
        "byline": byline(fields.get("byline", "")),
        **section_and_page(fields.get("section", "")),
    }
    return Found(fields, [first[1], *lines[begin + 1 : end]])


def _cut(lines: Sequence[str]) -> list[int]:
    """Where articles begin: below each line of underscores that something of ProQuest's follows.

    Without such lines, as in pages, at each line "Document 3 of 20".
    """
    rules = [i + 1 for i, line in enumerate(lines) if _RULE.match(line)]
    rules = rules or [i for i, line in enumerate(lines) if _NUMBERED.match(line)]
    ends = [*rules[1:], len(lines)]
    return [a for a, b in zip(rules, ends, strict=False) if any(map(_LABEL.match, lines[a:b]))]


_RULE = re.compile(r"\s*_{20,}\s*$")

LAYOUTS = (Layout("ProQuest", ("ProQuest",), _article, cut=_cut, promised=_NUMBERED),)
