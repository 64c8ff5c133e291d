"""Whose text an article is: the outlet's own, an agency's copy, or one that others print as well.

Agencies are recognised by the byline ("By JANE DOE, Associated Press"), the dateline ("WASHINGTON
(AP) —") and the credits at the end; text shared with other outlets by `helpers.duplicates.shared`.
What an agency itself publishes is its own. A line that only says that an agency contributed
leaves a text the outlet's own, with the agency named in `shared_with`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers.lexicons import listed, load
from helpers.readers.front_matter import body_start

OWN, WIRE, SHARED = ORIGINS = ("own", "wire", "shared")
MOST_OF_IT = 0.5
"""Share of a text's words that must be others' too for it to be shared (ours)."""
BESIDE = 0.2
"""Share from which an outlet is named among those that print the text."""
JOINER = "; "
"""Between the names in `shared_with`."""
HEAD, TAIL = 6, 8
"""Lines at the top and at the end in which bylines, datelines and credits are sought."""
LONGEST = 160
"""Characters of a line that may be a byline or a credit: a longer one is a paragraph."""
SHORT = 60
"""Characters of a line that names nothing but agencies."""
MOST_AUTHORS = 3
"""In a longer list of names without "and" an agency is one of many contributors."""

_NAMES = dict(zip(load("agencies")["name"], load("agencies")["label"], strict=True))
_LONGEST_FIRST = sorted(_NAMES, key=lambda name: (-len(name), name))
_ONE = rf"(?:[Tt]he )?(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})"
_ANY = re.compile(rf"\b{_ONE}\b")
_SMALL = r"(?:of|and|the|de|la|al|el|on|in|near|aboard|at|with)"
_DATELINE = re.compile(
    rf"\W{{0,3}}(?:(?:[A-Z0-9][\w.’'-]*|{_SMALL})[,/]?\s+){{0,9}}?[-–—]?\s*"
    rf"\(\s*({_ONE})\s*\)\s*(?:[-–—:]|$|(?=[A-Z“]))"
)
_BEHIND_HEADLINE = re.compile(
    rf"\b[A-Z]{{3,}}(?:[/ ,]+[\w.’'-]+){{0,5}}\s*\(\s*({_ONE})\s*\)\s*[-–—]"
)
"""A dateline behind a headline that is glued to the text."""
_BY = re.compile(r"\W{0,3}(?:by|from|written by|source|via)\b:?\s+", re.I)
_SPLIT = re.compile(r"\s*(,|;|\||/|\band\b|\bwith\b|&|\+|\bfor\b|\bof\b|\s[-–—]\s)\s*")
_STAFF = re.compile(
    r"(?:staff|editorial|news|writers?|reporters?|correspondents?|services?)\.?", re.I
)
_WORDS = re.compile(r"[^\W\d_]{2,}(?<!and)(?<!via)")
_REPORTING = re.compile(r"\W{0,2}\((?:additional )?(?:reporting|writing|editing) by\b", re.I)
_CREDIT = re.compile(
    rf"(?:(?:©|\(c\)|copyright)\W*(?:\d{{4}}\W*)?(?P<rights>{_ONE})\b"
    rf"|\W*(?P<writers>{_ONE})(?:['’]s?)? (?:writers?|reporters?|journalists?|correspondents?)\b"
    r".*\b(?:contributed|reported|assisted))", re.I
)  # fmt: skip
_PART = re.compile(
    r"\b(?:contribut\w+|in part|with (?:files|additional|reporting)|additional)\b", re.I
)


class Credit(NamedTuple):
    """What a text says of where it comes from."""

    agencies: tuple[str, ...]
    whole: bool
    """Whether the text is theirs; else they contributed to it."""


NOTHING = Credit((), False)


def credited(text: str, byline: str = "") -> Credit:
    """The agencies that the byline, the dateline or the credits of a text name.

    >>> credited("Talks Fail\\n\\nOSLO, Norway (AP) — The talks failed on Monday.")
    Credit(agencies=('AP',), whole=True)
    >>> credited("Talks Fail\\n\\nThe talks failed.\\n\\nReuters contributed to this report.")
    Credit(agencies=('Reuters',), whole=False)
    """
    signed = _signed(byline) if byline else NOTHING
    if signed.whole:
        return signed
    lines = _edges(text[body_start(text) :])
    part = list(signed.agencies)
    for found in (*map(_of_head, lines[0]), *map(_of_tail, lines[1])):
        if found.whole:
            return found
        part += found.agencies
    return Credit(tuple(dict.fromkeys(part)), False)


def _edges(body: str) -> tuple[list[str], list[str]]:
    """The first and the last lines that hold anything."""
    first = [line.strip() for line in body[:4000].split("\n") if line.strip()][:HEAD]
    last = [line.strip() for line in body[-4000:].split("\n") if line.strip()][-TAIL:]
    return first, last


def _of_head(line: str) -> Credit:
    if found := _DATELINE.match(line[:LONGEST]) or _BEHIND_HEADLINE.search(line[: 2 * LONGEST]):
        return Credit((_label(found[1]),), True)
    if len(line) > LONGEST:
        return NOTHING
    only = len(line) <= SHORT and _only(line)
    return _signed(line) if _BY.match(line) or only or _affiliated(line) else NOTHING


def _of_tail(line: str) -> Credit:
    if _REPORTING.match(line) or ("(Reporting by" in line and line.endswith(")")):
        return Credit(("Reuters",), True)
    if found := _CREDIT.match(line):
        return Credit((_label(found["rights"] or found["writers"]),), True)
    if len(line) > 2 * LONGEST:
        return NOTHING
    part = _PART.search(line)
    if not part and (len(line) > SHORT or not _only(line)):
        return NOTHING
    named = tuple(dict.fromkeys(_label(name) for name in _ANY.findall(line)))
    return Credit(named, not part) if named else NOTHING


def _label(name: str) -> str:
    plain = re.sub(r"^the ", "", name, flags=re.I)
    return _NAMES.get(plain) or _NAMES.get(name) or _folded()[plain.lower()]


@cache
def _folded() -> dict[str, str]:
    return {name.lower(): label for name, label in _NAMES.items()}


def _only(line: str) -> bool:
    """Whether a line names agencies and nothing else."""
    rest = _ANY.sub("", _BY.sub("", line))
    return bool(_ANY.search(line)) and not _WORDS.search(_STAFF.sub("", rest))


def _affiliated(line: str) -> bool:
    """Whether a line is names and, behind a comma or bar, the agency they write for."""
    found = re.search(rf"[,|/]\s*({_ONE})\W*$", line)
    before = line[: found.start()] if found else ""
    names = before.replace(" and ", " ").split()
    return 2 <= len(names) <= 12 and all(name[:1].isupper() for name in names)


def _signed(byline: str) -> Credit:
    """The agencies in a byline: alone or behind a comma its authors', behind "and" they helped.

    >>> _signed("By JANE DOE and TOM ROE, Associated Press").whole
    True
    >>> _signed("Jane Doe for Mailbag and Reuters").whole
    False
    """
    pieces = _SPLIT.split(_BY.sub("", byline.strip(), count=1))
    names, joints = pieces[::2], ["", *pieces[1::2]]
    agencies: list[str] = []
    others, joined = 0, len(names) > MOST_AUTHORS and "and" not in joints
    for name, joint in zip(names, joints, strict=True):
        plain = _STAFF.sub("", name).strip(" .()")
        if plain and _ANY.fullmatch(plain):
            agencies.append(_label(plain))
            joined |= others > 0 and joint in ("and", "with", "&", "+", ";")
        elif name.strip(" .()"):
            others += 1
    if not agencies:
        return NOTHING
    return Credit(tuple(dict.fromkeys(agencies)), not joined)


def agency_of(outlet: str) -> str:
    """The agency that an outlet is, or an empty text.

    >>> agency_of("AP News"), agency_of("Reuters"), agency_of("Daily Post")
    ('AP', 'Reuters', '')
    """
    named = [found for found in _ANY.findall(outlet) if _label(found) != "wire services"]
    if named:
        return _label(named[0])
    low = f" {outlet.lower()} "
    return outlet if any(f" {name} " in low for name in listed("agency_outlets")) else ""


def ranks(articles: pd.DataFrame, credits_: Sequence[Credit]) -> list[int]:
    """For each article how likely it is the first print: an agency's own, an outlet's, copied."""
    return [
        0 if agency_of(outlet) else 2 if _others(credit, outlet).whole else 1
        for outlet, credit in zip(articles["outlet"].tolist(), credits_, strict=True)
    ]


def _others(credit: Credit, outlet: str) -> Credit:
    """The credit without the outlet's own name."""
    own = agency_of(outlet)
    agencies = tuple(a for a in credit.agencies if a != own)
    return Credit(agencies, credit.whole and len(agencies) == len(credit.agencies))


def origins(
    articles: pd.DataFrame,
    credits_: Sequence[Credit],
    shared: Sequence[Mapping[int, float]],
) -> pd.DataFrame:
    """One row per article: ``origin`` and ``shared_with``; what is declared goes before.

    ``shared`` gives for each article, by the number of another outlet's article that is no later,
    the share of its words that both print.
    """
    outlets = articles["outlet"].tolist()
    declared = articles["origin"].fillna("").str.lower().tolist()
    named = articles["shared_with"].fillna("").tolist()
    rows = []
    for i, outlet in enumerate(outlets):
        credit = _others(credits_[i], outlet)
        near = {} if agency_of(outlet) else shared[i]
        partners = {j: part for j, part in near.items() if part >= BESIDE}
        sources = [a for j in partners for a in _source(outlets[j], credits_[j]) if a != outlet]
        with_ = [*credit.agencies, *sources, *(outlets[j] for j in partners)]
        enough = max(near.values(), default=0.0) >= MOST_OF_IT
        if agency_of(outlet) or not (credit.whole or enough):
            origin = OWN
        else:
            origin = WIRE if credit.whole or sources else SHARED
        rows.append((declared[i] or origin, named[i] or JOINER.join(_distinct(with_)) or None))
    return pd.DataFrame(rows, columns=["origin", "shared_with"], index=articles.index, dtype="str")


def _source(outlet: str, credit: Credit) -> tuple[str, ...]:
    """The agencies whose text another outlet's article is."""
    if own := agency_of(outlet):
        return (own,)
    return credit.agencies if credit.whole else ()


def _distinct(names: Sequence[str]) -> list[str]:
    """The names once each; an outlet that is a named agency is not named again."""
    found: list[str] = []
    for name in names:
        if name not in found and agency_of(name) not in found:
            found.append(name)
    return found
