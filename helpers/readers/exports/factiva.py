"""Factiva: articles with its two-letter codes (RTF, text, web page), and those without."""

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
    section_and_page,
)

_CODES = {
    "SE": "section", "HD": "title", "CR": "credit", "BY": "byline", "WC": "length",
    "PD": "published", "ET": "time", "SN": "outlet", "SC": "source code", "ED": "edition",
    "PG": "page", "VOL": "volume", "LA": "language", "CY": "copyright", "LP": "lead",
    "TD": "text", "CLM": "column", "ART": "picture", "CT": "contact", "RF": "reference",
    "CO": "company", "IN": "industry", "NS": "subject", "RE": "region", "IPC": "ipc",
    "IPD": "ipd", "PUB": "published by", "AN": "accession number",
}  # fmt: skip
_BODY = ("lead", "text")
_CODE = re.compile(r"\s*({})(?:[ \t|\xa0]+(.*))?\s*$".format("|".join(_CODES)))
_HEADLINE = re.compile(r"\s*HD(?:[ \t|\xa0]|$)")
_WORDS = re.compile(r"\s*[\d,.]+ (?:words|mots|Wörter|palabras|parole)\s*$")
_TIME = re.compile(r"\d{1,2}:\d\d\b")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}$")
_CAPITALISED = re.compile(r"[^\W\d_a-z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_OF_FIRMS = frozenset(
    "ltd limited inc llc plc co corp company corporation group media press gmbh ag se sa sas spa"
    " bv nv ab as publishing publishers holdings".split()
)
_PARTICLES = frozenset({"and", "de", "van", "von", "der", "al", "bin", "in", "&"})


def article(lines: Sequence[str]) -> Found | None:
    """One article that ends with its accession number."""
    lines = [line.strip("| \t") for line in lines]
    return _coded(lines) if any(map(_HEADLINE.match, lines)) else _plain(lines)


def _coded(lines: Sequence[str]) -> Found | None:
    """An article whose parts stand behind codes, on the same line or below."""
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if (match := _CODE.match(line)) and _CODES[match[1]] not in parts:
            current = parts.setdefault(_CODES[match[1]], [match[2] or ""])
        else:
            current.append(line)
    if "title" not in parts or not any(name in parts for name in _BODY):
        return None
    body = [line for name in _BODY for line in [*parts.get(name, []), ""]]
    return Found(_fields({name: " ".join(filled(parts[name])) for name in parts}), body)


def _fields(values: dict[str, str]) -> dict[str, str]:
    """What the codes say, the text apart."""
    found = {name: value for name, value in values.items() if name not in _BODY}
    found["published"] = date_of(found.get("published", "")) or found.get("published", "")
    found["byline"] = byline(found.get("byline", ""))
    found |= section_and_page(found.get("section", ""))
    found["accession number"] = found.get("accession number", "").removeprefix("Document ")
    return found


def _plain(lines: Sequence[str]) -> Found | None:
    """An article without codes: its number of words stands above its date."""
    counted = next((i for i, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None:
        return None
    above = filled(lines[:counted])
    end = next((i for i in range(counted, len(lines)) if COPYRIGHT.match(lines[i])), None)
    if not above or end is None:
        return None
    below = filled(lines[counted + 1 : end])
    if not below or not date_of(below[0]):
        return None
    outlet = [text for text in below[1:] if not _TIME.match(text)]
    found = _above(above) | {
        "length": lines[counted].strip(),
        "published": date_of(below[0]),
        "outlet": outlet[0] if outlet else "",
        "copyright": lines[end].strip(),
    }
    for text in outlet[1:]:
        found.setdefault("source code" if _SOURCE_CODE.match(text) else "edition", text)
    body = list(lines[end + 1 :])
    while body and not body[-1].strip():
        body.pop()
    number = body.pop().split()[-1] if body else ""
    while body and not body[-1].strip():
        body.pop()
    if body and _publisher(body[-1], found["copyright"]):
        found["published by"] = body.pop().strip()
    return Found(found | {"accession number": number}, body)


def _above(lines: Sequence[str]) -> dict[str, str]:
    """Section, title and byline, of which only the title always stands there.

    >>> _above(["Business", "Mayor defends closing of bridge", "Ruth Calloway"])
    {'section': 'Business', 'title': 'Mayor defends closing of bridge', 'byline': 'Ruth Calloway'}
    """
    found: dict[str, str] = {}
    rest = list(lines)
    if len(rest) > 1 and _names_people(rest[-1]):
        name = byline(rest.pop())
        found = {"byline": name}
    section = {"section": rest.pop(0)} if len(rest) > 1 else {}
    return section | {"title": " ".join(rest)} | found


def _names_people(line: str) -> bool:
    """Whether a line is a byline: "By …", or two to six words in capitals or small particles."""
    words = line.split()
    return line.lower().startswith("by ") or (
        2 <= len(words) <= 6
        and all(_CAPITALISED.match(w) or w.lower() in _PARTICLES for w in words)
    )


def _publisher(line: str, owner: str) -> bool:
    """Whether a last line names the publisher, as the copyright does, and says nothing else.

    >>> _publisher("The Post Ltd.", "(c) 2024 The Post"), _publisher("The mayor left.", "The Post")
    (True, False)
    """
    words = {word for word in _LETTERS.findall(line.lower()) if word not in _OF_FIRMS}
    return bool(words) and words <= {*_LETTERS.findall(owner.lower())}


LAYOUTS = (
    Layout(
        "Factiva",
        ("Document ",),
        article,
        last=re.compile(r"\s*(?:AN[\s|]+)?Document (?=\w*\d)[A-Za-z0-9]{14,}[\s|]*$"),
    ),
)
