"""Nexis Uni: the layout of its Word, RTF, PDF and text files, and that of the older LexisNexis."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.readers.exports.layout import (
    COPYRIGHT,
    Found,
    Layout,
    byline,
    date_of,
    filled,
    labelled,
    section_and_page,
)

_NAMES = {
    "byline": "byline", "headline": "title", "section": "section", "length": "length",
    "url": "url", "load-date": "load-date", "language": "language", "source": "newswire",
    "autor": "byline", "auteur": "byline", "rubrik": "section", "rubrique": "section",
    "länge": "length", "longueur": "length", "sprache": "language", "langue": "language",
    "date-chargement": "load-date", "titel": "title", "titre": "title",
}  # fmt: skip
_HEAD = (
    "byline|section|length|dateline|highlight|series|body|distribution|column|headline"
    "|autor|auteur|rubrik|rubrique|länge|longueur|encart|titel|titre"
)
_TAIL = (
    "load-date|language|graphic|publication-type|document-type|subject|company|ticker|industry"
    "|person|organization|geographic|city|state|country|region|journal-code|journal code|acc-no"
    "|update|correction|correction-date|notes|url|category|name|copyright|insert|stock-symbol"
    "|sprache|langue|grafik|date-chargement|type-publication|code-revue|sujet|société|societe"
    "|localisation-geo|geo-localization|activity-sector|secteur-activite|symbole-boursier"
)
_BODY = re.compile(r"\s*Body\s*$")
_AFTER = re.compile(r"\s*(?:(?:Classification|Graphic|Notes|Correction)\s*$|Load-Date:\s)")
_LABEL = re.compile(rf"\s*({_HEAD}|{_TAIL}) ?: ?(.*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(?:length|länge|longueur):\s*[\d,.]+\s+\w+", re.IGNORECASE)
_LAST = re.compile(r"\s*End of Document\s*$")
_OWNED = re.compile(rf"{COPYRIGHT.pattern}|\s*All Rights Reserved", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+\.\s+")


def _new(lines: Sequence[str]) -> Found | None:
    """One article between two lines "End of Document"."""
    lines = [line for line in lines if not _LAST.match(line)]
    begin = next((i for i, line in enumerate(lines) if _BODY.match(line)), None)
    if begin is None:  # older files do without: the text stands below the last line of the head
        length = next((i for i, line in enumerate(lines) if _LENGTH.match(line)), None)
        if length is None:
            return None
        begin = length
        while begin + 1 < len(lines) and (
            not lines[begin + 1].strip() or _LABEL.match(lines[begin + 1])
        ):
            begin += 1
    head = lines[:begin]
    days = (i for i in range(len(head) - 1, -1, -1) if date_of(head[i].strip()))
    dated = next(days, next((i for i, line in enumerate(head) if COPYRIGHT.match(line)), None))
    if dated is None:
        return None
    end = next((i for i in range(begin + 1, len(lines)) if _AFTER.match(lines[i])), len(lines))
    above = filled(head[:dated])
    if len(above) < 2:
        return None
    fields = labelled([*head[dated:], "", *lines[end:]], _LABEL, _NAMES)
    return Found(
        _tidied(fields)
        | {"title": _title(above[:-1]), "outlet": above[-1], "published": date_of(head[dated])},
        lines[begin + 1 : end],
    )


def _title(above: Sequence[str]) -> str:
    """The title that ends the lines above an outlet: all of them but those of a cover page.

    A title on several lines of a first article is known by its line in the cover's list.
    """
    if len(above) <= 3:
        return " ".join(above)
    listed = {_NUMBERED.sub("", line) for line in above[:-1]}
    for lines in range(1, 5):
        title = " ".join(above[-lines:])
        if title in listed:
            return title
    return above[-1]


def _old(lines: Sequence[str]) -> Found | None:
    """One article behind a line like "3 of 20 DOCUMENTS"."""
    dated = next((i for i in range(len(lines)) if date_of(lines[i].strip())), None)
    labels = [i for i, line in enumerate(lines) if _capital_label(line, _HEAD)]
    if not labels or (dated is not None and dated > labels[0]):
        dated = None
    if not labels:
        return None
    begin = _head_end(lines, labels[0])
    ends = (i for i in range(begin, len(lines)) if _ends_old(lines, i))
    end = next(ends, len(lines))
    above = filled(lines[: labels[0]])
    outlet = [text for text in above if not _OWNED.match(text)]
    known: dict[str, str] = {}
    if dated is not None:
        at = outlet.index(lines[dated].strip())
        known["published"] = date_of(outlet[at])
        known["title"] = " ".join(outlet[at + 1 :])
        outlet = outlet[:at]
    elif len(outlet) > 1:
        known["title"] = " ".join(outlet[1:])
    if outlet:
        known["outlet"] = outlet[0]
    fields = labelled([*lines[labels[0] : begin], "", *lines[end:]], _LABEL, _NAMES)
    return Found(_tidied(fields) | known, lines[begin:end])


def _head_end(lines: Sequence[str], first: int) -> int:
    """Where the paragraphs end that begin with a label of the head."""
    end = first
    while end < len(lines) and (not lines[end].strip() or _capital_label(lines[end], _HEAD)):
        while end < len(lines) and lines[end].strip():
            end += 1
        end += 1
    return min(end, len(lines))


def _capital_label(line: str, labels: str) -> re.Match[str] | None:
    match = re.match(rf"\s*({labels}) ?:", line, re.IGNORECASE)
    return match if match and match[1].isupper() else None


def _ends_old(lines: Sequence[str], i: int) -> bool:
    """Whether a paragraph begins here that the database has added below the text."""
    begins = not i or not lines[i - 1].strip()
    return begins and bool(_capital_label(lines[i], _TAIL) or COPYRIGHT.match(lines[i]))


def _tidied(fields: dict[str, str]) -> dict[str, str]:
    found = fields | section_and_page(fields.get("section", ""))
    if "byline" in found:
        found["byline"] = byline(found["byline"])
    return found


_FIRST = re.compile(
    r"\s*(?:FOCUS - )?(?:\d+ of (?=\d+ DOC)|Dokument \d+ von |Document \d+ de )"
    r"([\d,]+)(?: DOC\w+)?\s*$"
)

LAYOUTS = (
    Layout(
        "Nexis Uni",
        ("End of Document", "Load-Date:"),
        _new,
        last=_LAST,
        promised=re.compile(r"\s*Documents? \(([\d,]+)\)\s*$"),
    ),
    Layout(
        "LexisNexis",
        ("DOCUMENT", "Dokument ", "Document "),
        _old,
        first=_FIRST,
        promised=_FIRST,
    ),
)
