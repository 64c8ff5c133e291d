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
_UNCHANGING = lexicons.listed("unchanging_demonym_endings")
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

    by_first_word: dict[str, list[Entry]]
    labels: frozenset[str]
    official: dict[str, list[str]]

    def match(self, words: list[str], at: int, end: int) -> Entry | None:
        """The longest form that stands at `words[at:]`, none beyond `end`."""
        for entry in self.by_first_word.get(words[at], ()):
            n = len(entry.words)
            if n == 1 or (at + n <= end and tuple(words[at : at + n]) == entry.words):
                return entry
        return None

    def single(self, word: str) -> Entry | None:
        """The entry of a form of one word."""
        entries = self.by_first_word.get(word)
        return entries[-1] if entries and len(entries[-1].words) == 1 else None


@dataclass(frozen=True, slots=True)
class _State:
    """A state as the packages describe it; `label` is the name by which it is counted."""

    label: str
    name: str
    common: str
    """CLDR's name; empty where that is none to write ("Hong Kong SAR China")."""
    official: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    provinces: tuple[str, ...]


class _Forms:
    """Forms as they are collected: the first source of a form decides what it stands for."""

    def __init__(self, never: Iterable[str]) -> None:
        self.never = frozenset(never)
        self.known: dict[str, tuple[str, str]] = {}

    def add(self, form: str, kind: str, label: str) -> None:
        """Let the form stand for the label, unless it is empty, known or never to be taken."""
        if form and (form not in self.never or kind == PLACE):
            self.known.setdefault(form, (kind, label))

    def canonical(self, country: str) -> str:
        """The label of a state under any of its names."""
        return self.known[country][1] if country in self.known else country


@cache
def gazetteer() -> Gazetteer:
    """Every form the packages and word lists know; a later source never overrides an earlier."""
    names = lexicons.load("country_names").fillna("")
    listed = list(zip(names["form"], names["country"], strict=True))
    alias = {form: country for form, country in listed if country}
    territories = _territories()
    states = list(_states(alias, territories))
    official = _official_openings(states)
    forms = _Forms(form for form, country in listed if not country)
    for form, country in alias.items():
        forms.add(form, COUNTRY, country)
    _add_states(forms, states)
    _add_demonyms(forms, states)
    _add_seats(forms)
    _add_organisations(forms)
    for state in states:
        forms.add(state.capital, CAPITAL, state.label)
    _add_places(forms, states, territories)
    # "the Islamic Republic" alone: which one, the article must say.
    for opening, owners in official.items():
        if owners:
            forms.add(opening, OFFICIAL, "")
    return Gazetteer(_by_first_word(forms.known), frozenset(s.label for s in states), official)


def _territories() -> dict[str, str]:
    """CLDR's English names of states, territories and continents by their code."""
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").territories.items()}


def _states(alias: dict[str, str], territories: dict[str, str]) -> Iterable[_State]:
    """Every state of countryinfo, the most populous first."""
    from countryinfo import all_countries

    infos: list[dict[str, Any]] = [dict(c.info()) for c in all_countries()]
    infos.sort(key=lambda i: (-(i.get("population") or 0), str(i.get("name"))))
    for info in infos:
        name = str(info.get("name") or "")
        common = territories.get((info.get("ISO") or {}).get("alpha2") or "", "")
        label = _label(name, common)
        capital = info.get("capital")
        governs = isinstance(capital, str) and (info.get("population") or 0) >= _SMALL_STATE
        large = (info.get("area") or 0) >= _LARGE_STATE
        yield _State(
            label=alias.get(label, label),
            name=name,
            common="" if "(" in common or " - " in common else common,
            official=tuple(o for o in info.get("altSpellings") or [] if _OFFICIAL.match(o)),
            demonyms=tuple(re.split(r"[,/]| and ", info.get("demonym") or "")),
            capital=str(capital) if governs else "",
            provinces=tuple(info.get("provinces") or ()) if large else (),
        )


def _label(name: str, common: str) -> str:
    """The common English name: CLDR's where it is plain, else the package's, without article."""
    return (name if not common or _UNCOMMON.search(common) else common).removeprefix("The ")


def _official_openings(states: Iterable[_State]) -> dict[str, list[str]]:
    """What official names open with ("Islamic Republic") by the states of that style.

    An opening of one word ("Kingdom") says too little of whose it is and keeps no states.
    """
    official: dict[str, list[str]] = {}
    seen: set[str] = set()
    for state in states:
        for name in state.official if state.label not in seen else ():
            opening = name.removeprefix("the ").removeprefix("The ").split(" of ")[0]
            owners = official.setdefault(opening, [])
            if state.label not in owners and " " in opening:
                owners.append(state.label)
        seen.add(state.label)
    return official


def _add_states(forms: _Forms, states: Iterable[_State]) -> None:
    for state in states:
        for form in (state.label, state.name, state.common):
            forms.add(form, COUNTRY, state.label)
        for form in state.official:
            forms.add(form.removeprefix("the "), COUNTRY, state.label)


def _add_demonyms(forms: _Forms, states: Iterable[_State]) -> None:
    for row in lexicons.load("demonyms").itertuples():
        for form in _plural(str(row.form)):
            forms.add(form, DEMONYM, forms.canonical(str(row.country)))
    labels = {state.label for state in states}
    for state in states:
        for demonym in state.demonyms:
            if _PLAIN.match(demonym) and demonym not in labels:
                for form in _plural(demonym):
                    forms.add(form, DEMONYM, state.label)


def _plural(demonym: str) -> list[str]:
    if demonym.endswith(_UNCHANGING):
        return [demonym]
    return [demonym, demonym + "s"]


def _add_seats(forms: _Forms) -> None:
    for row in lexicons.load("metonyms").itertuples():
        kind = CAPITAL if row.kind == "capital" else HOUSE
        forms.add(str(row.form), kind, forms.canonical(str(row.country)))


def _add_organisations(forms: _Forms) -> None:
    for row in lexicons.load("organisations").itertuples():
        form = str(row.form)
        forms.add(form, ORGANIZATION, str(row.organisation))
        if form.isupper() and form.isalpha() and len(form) < 6:
            forms.add(".".join(form) + ".", ORGANIZATION, str(row.organisation))


def _add_places(forms: _Forms, states: Iterable[_State], territories: dict[str, str]) -> None:
    """Continents and regions, listed places, and provinces that are no given names."""
    for code, name in territories.items():
        if not (len(code) == 2 and code.isalpha()):
            forms.add(name, PLACE, name)
    for form in lexicons.load("places")["form"]:
        forms.add(str(form), PLACE, str(form))
    for form in lexicons.load("towns")["form"]:
        if " " in form:  # of a town of one word its surroundings must say whether it is one
            forms.add(form, PLACE, form)
    given = set(lexicons.load("given_names")["name"])
    for state in states:
        for province in state.provinces:
            if isinstance(province, str) and _PLAIN.match(province) and province not in given:
                forms.add(province, PLACE, province)


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

    spellings = [form]
    if "’" in form or "'" in form:
        spellings = [form.replace("’", "'"), form.replace("'", "’")]
    for spelling in dict.fromkeys(spellings):
        words = tuple(spelling[a:b] for a, b in tokenize(spelling))
        yield words
        if len(spelling) > 3 and not spelling.isupper():
            yield tuple(w.upper() for w in words)
