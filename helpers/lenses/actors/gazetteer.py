"""States, their capitals, demonyms and seats of government, as one look-up by form.

Names, capitals and demonyms come from the packages countryinfo (ISO 3166 and restcountries) and
babel (CLDR); what they lack (U.S., White House, Briton) is in ``data/lexicons/en/``. No form is
typed in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from helpers import lexicons

COUNTRY = "country"
DEMONYM = "demonym"
CAPITAL = "capital"
HOUSE = "house"
ORGANIZATION = "organization"
PLACE = "place"
OFFICIAL = "official"

# An official name is worth knowing; a native spelling ("Island" for Iceland) would only mislead.
_OFFICIAL = re.compile(
    rf"^(?=[ -~]+$)(?=.*\b(?:{'|'.join(lexicons.listed('state_styles'))})\b)(?=.* )(?!.*,)"
)
_PLAIN = re.compile(r"^[A-Za-z .'-]+$")
_UNCOMMON = re.compile(r"[^ -~]|[(&]| - | SAR |Territories")
_SMALL_STATE = 300_000
"""Below this many inhabitants a capital ("Hamilton", "Stanley") is hardly ever a government."""
_LARGE_STATE = 2_500_000
"""Provinces of states above this area (km²) are well known; smaller ones are often surnames."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form stands for: its kind, the actor's label, and the words it is made of."""

    kind: str
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Forms by their first word, longest first; official names by what they open with."""

    first: dict[str, list[Entry]]
    labels: frozenset[str]
    official: dict[str, list[str]]

    def match(self, words: list[str], at: int, end: int) -> Entry | None:
        """The longest form that stands at `words[at:]`, none beyond `end`."""
        for entry in self.first.get(words[at], ()):
            n = len(entry.words)
            if n == 1 or (at + n <= end and tuple(words[at : at + n]) == entry.words):
                return entry
        return None

    def single(self, word: str) -> Entry | None:
        """The entry of a form of one word."""
        entries = self.first.get(word)
        return entries[-1] if entries and len(entries[-1].words) == 1 else None


def _label(name: str, code: str | None, cldr: dict[str, str]) -> str:
    """The common English name: CLDR's where it is plain, else the package's, without article."""
    common = cldr.get(code or "", "")
    if not common or _UNCOMMON.search(common):
        common = name
    return common.removeprefix("The ")


def _plural(demonym: str) -> list[str]:
    if demonym.endswith(lexicons.listed("unchanging_demonym_endings")):
        return [demonym]
    return [demonym, demonym + "s"]


@cache
def gazetteer() -> Gazetteer:
    """Every form the packages and word lists know; a later source never overrides an earlier."""
    from babel import Locale
    from countryinfo import all_countries

    territories = {str(k): str(v) for k, v in Locale("en").territories.items()}
    infos: list[dict[str, Any]] = [dict(c.info()) for c in all_countries()]
    infos.sort(key=lambda i: (-(i.get("population") or 0), str(i.get("name"))))
    forms: dict[str, tuple[str, str]] = {}
    never: set[str] = set()
    labels: set[str] = set()
    alias: dict[str, str] = {}
    official: dict[str, list[str]] = {}

    names = lexicons.load("country_names")
    for form, country in zip(names["form"], names["country"].fillna(""), strict=True):
        if country:
            alias[form] = country
        else:
            never.add(form)

    def add(form: str, kind: str, label: str) -> None:
        if form and (form not in never or kind == PLACE):
            forms.setdefault(form, (kind, label))

    states = []
    for info in infos:
        code = (info.get("ISO") or {}).get("alpha2")
        name = str(info.get("name") or "")
        label = _label(name, code, territories)
        label = alias.get(label, label)
        states.append((info, name, label))
        if label not in labels:
            labels.add(label)
            for other in info.get("altSpellings") or []:
                if _OFFICIAL.match(other):
                    bare = other.removeprefix("the ").removeprefix("The ")
                    opening = bare.split(" of ")[0]
                    if label not in official.setdefault(opening, []) and " " in opening:
                        official[opening].append(label)
    for form, country in alias.items():
        add(form, COUNTRY, country)
    for info, name, label in states:
        add(label, COUNTRY, label)
        add(name, COUNTRY, label)
        code = (info.get("ISO") or {}).get("alpha2")
        common = territories.get(code or "", "")
        if common and "(" not in common and " - " not in common:
            add(common, COUNTRY, label)
        for other in info.get("altSpellings") or []:
            if _OFFICIAL.match(other):
                add(other.removeprefix("the "), COUNTRY, label)

    def canonical(country: str) -> str:
        return forms[country][1] if country in forms else country

    for row in lexicons.load("demonyms").itertuples():
        for form in _plural(str(row.form)):
            add(form, DEMONYM, canonical(str(row.country)))
    for info, _, label in states:
        for demonym in re.split(r"[,/]| and ", info.get("demonym") or ""):
            if _PLAIN.match(demonym) and demonym not in labels:
                for form in _plural(demonym):
                    add(form, DEMONYM, label)
    for row in lexicons.load("metonyms").itertuples():
        add(str(row.form), CAPITAL if row.kind == "capital" else HOUSE, canonical(str(row.country)))
    for row in lexicons.load("organisations").itertuples():
        form = str(row.form)
        add(form, ORGANIZATION, str(row.organisation))
        if form.isupper() and form.isalpha() and len(form) < 6:
            add(".".join(form) + ".", ORGANIZATION, str(row.organisation))
    for info, _, label in states:
        capital = info.get("capital")
        if isinstance(capital, str) and (info.get("population") or 0) >= _SMALL_STATE:
            add(capital, CAPITAL, label)
    for code, name in territories.items():
        if not (len(code) == 2 and code.isalpha()):
            add(name, PLACE, name)
    for row in lexicons.load("places").itertuples():
        add(str(row.form), PLACE, str(row.form))
    given = set(lexicons.load("given_names")["name"])
    for info, _, _ in states:
        if (info.get("area") or 0) < _LARGE_STATE:
            continue
        for province in info.get("provinces") or []:
            if isinstance(province, str) and _PLAIN.match(province) and province not in given:
                add(province, PLACE, province)
    # "the Islamic Republic" alone: which one, the article must say.
    for opening, owners in official.items():
        if owners:
            add(opening, OFFICIAL, "")
    return Gazetteer(_by_first_word(forms), frozenset(labels), official)


def _by_first_word(forms: dict[str, tuple[str, str]]) -> dict[str, list[Entry]]:
    first: dict[str, list[Entry]] = {}
    for form, (kind, label) in forms.items():
        for words in _spellings(form):
            first.setdefault(words[0], []).append(Entry(kind, label, words))
    for entries in first.values():
        entries.sort(key=lambda e: -len(e.words))
    return first


def _spellings(form: str) -> Iterable[tuple[str, ...]]:
    """The form's words as they stand in text; in capitals too beyond three letters."""
    from helpers.segment import tokenize

    pieces = [form]
    if "’" in form or "'" in form:
        pieces = [form.replace("’", "'"), form.replace("'", "’")]
    for piece in dict.fromkeys(pieces):
        words = tuple(piece[a:b] for a, b in tokenize(piece))
        yield words
        if len(piece) > 3 and not piece.isupper():
            yield tuple(w.upper() for w in words)
