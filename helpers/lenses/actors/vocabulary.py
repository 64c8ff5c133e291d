"""The word lists of the room in the form in which they are looked up: by word, by phrase."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from helpers import lexicons
from helpers.tagging import default_tagger

HONORIFIC = "honorific"
OFFICE = "office"
ROLE = "role"
RANK = "rank"
PROFESSION = "profession"
RELATIVE = "relative"
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
"""Tokens that make the name before them a possessor."""
_FORMER = lexicons.words("former_prefixes")
_CHOSEN = lexicons.words("elect_endings")
_UNDER = lexicons.listed("under_office_words")
"""Words that make of an office that of somebody below its holder."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title or office: its words in lower case, its class, gender, and whether one holds it."""

    words: tuple[str, ...]
    kind: str
    gender: str
    unique: bool
    plural: bool = False

    @property
    def name(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Vocabulary:
    """Titles by first and by last word (longest first), given names, heads, particles."""

    titles: dict[str, list[Title]]
    titles_by_last: dict[str, list[Title]]
    given: dict[str, str]
    doubtful_given: frozenset[str]
    heads: dict[str, str]
    particles: frozenset[str]
    calendar: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    modifiers: frozenset[str]
    towns: dict[str, float]
    """Towns of one word: how many live there for one who bears the name as a surname."""
    contexts: dict[tuple[str, str], tuple[str, int]]
    function_words: frozenset[str]
    long_titles: dict[str, str]

    def title_at(self, low: list[str], at: int, end: int) -> Title | None:
        """The longest title phrase that opens at `low[at]` and ends before `end`."""
        for title in self.titles.get(low[at], ()):
            n = len(title.words)
            if n == 1 or (at + n <= end and tuple(low[at : at + n]) == title.words):
                return title
        return None

    def title_before(self, low: list[str], start: int, end: int) -> Title | None:
        """The longest title phrase that ends at `low[end - 1]` and opens at `start` or later."""
        if end <= start:
            return None
        for title in self.titles_by_last.get(low[end - 1], ()):
            n = len(title.words)
            if n == 1 or (end - n >= start and tuple(low[end - n : end]) == title.words):
                return title
        return None


def _titles(long_titles: dict[str, str]) -> list[Title]:
    """The listed titles; of those of public office also "ex-", "then-", "-elect" and the plural.

    Notes in `long_titles` of which title a plural is.
    """
    listed: list[Title] = []
    for row in lexicons.load("titles").itertuples():
        gender = row.gender if isinstance(row.gender, str) else ""
        words = tuple(str(row.title).lower().split())
        listed.append(Title(words, str(row[2]), gender, str(row.unique) == "y"))
    known = {title.words for title in listed}
    formed: list[Title] = []
    for title in listed:
        if title.kind not in (OFFICE, ROLE, RANK) or not title.words[-1].isalpha():
            continue
        first, last = title.words[0], title.words[-1]
        forms = [((f"{prefix}{first}", *title.words[1:]), False) for prefix in _FORMER]
        if title.kind == OFFICE:  # "deputy attorney general": an office of its own
            forms += [((under, *title.words), False) for under in _UNDER]
        forms += [((*title.words[:-1], f"{last}{ending}"), False) for ending in _CHOSEN]
        forms.append(((*title.words[:-1], _plural(last)), True))
        for words, plural in forms:
            if words not in known:
                known.add(words)
                formed.append(Title(words, title.kind, title.gender, title.unique, plural))
                if plural:
                    name = title.name
                    long_titles[" ".join(words)] = long_titles.get(name, name)
    return listed + formed


def _plural(noun: str) -> str:
    if noun.endswith(("man", "men")):
        return noun[:-3] + "men"
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


@lru_cache(maxsize=20_000)
def usual_tag(word: str) -> str:
    """The usual tag of a word in small letters; empty where the tagger knows it as a name only.

    >>> usual_tag("Voices"), usual_tag("Keller")
    ('NNS', '')
    """
    usual = default_tagger().classes.get(word.lower(), "")
    return "" if usual.startswith("NNP") else usual.partition("|")[0]


@cache
def vocabulary() -> Vocabulary:
    """Every list of the room, loaded once."""
    titles: dict[str, list[Title]] = {}
    by_last: dict[str, list[Title]] = {}
    long_titles = {
        str(row.short): str(row.long) for row in lexicons.load("short_titles").itertuples()
    }
    for title in _titles(long_titles):
        titles.setdefault(title.words[0], []).append(title)
        by_last.setdefault(title.words[-1], []).append(title)
    for index in (titles, by_last):
        for entries in index.values():
            entries.sort(key=lambda t: -len(t.words))
    given = lexicons.load("given_names")
    names = {str(n): str(g) for n, g in zip(given["name"], given["gender"], strict=True)}
    doubtful = frozenset(given.loc[given["doubtful"] == "y", "name"])
    heads: dict[str, str] = {}
    for row in lexicons.load("name_heads").itertuples():
        heads.setdefault(str(row.word), str(row.type))
    nicknames: dict[str, set[str]] = {}
    for row in lexicons.load("nicknames").itertuples():
        nicknames.setdefault(str(row.short).lower(), set()).add(str(row.full).lower())
    return Vocabulary(
        titles=titles,
        titles_by_last=by_last,
        given=names,
        doubtful_given=doubtful,
        heads=heads,
        particles=frozenset(lexicons.load("name_particles")["particle"]),
        calendar=_calendar(),
        nicknames={k: frozenset(v) for k, v in nicknames.items()},
        towns={
            str(row.form): int(str(row.population)) / (1 + int(str(row.bearers)))
            for row in lexicons.load("towns").itertuples()
            if " " not in str(row.form)
        },
        contexts={
            (str(r.position), str(r.word)): (str(r.type), int(str(r.weight)))
            for r in lexicons.load("name_contexts").itertuples()
        },
        function_words=_function_words(),
        long_titles=long_titles,
        modifiers=lexicons.words("office_modifiers"),
    )


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A third-person pronoun, or "there": what it says of whom it stands for."""

    gender: str
    """m, f or empty."""
    case: str
    """subject, object, possessive, reflexive, existential; empty where the words around decide."""
    name_clue: str
    """The clue it is where it follows a name of an unknown kind; empty: none."""


@cache
def pronouns() -> dict[str, Pronoun]:
    """Pronouns by their form in lower case."""
    table = lexicons.load("pronouns").fillna("")
    return {
        str(row.pronoun): Pronoun(str(row.gender), str(row.case), str(row.name_clue))
        for row in table.itertuples()
    }


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A word for persons that names nobody: "aide", "critics"."""

    gender: str
    many: bool


@cache
def people_nouns() -> dict[str, PersonNoun]:
    """Words for persons by their form in lower case, plurals as well."""
    table = lexicons.load("anonymous_sources").fillna("")
    found: dict[str, PersonNoun] = {}
    for row in table.itertuples():
        noun, many = str(row.noun), str(row.number) == "many"
        found[noun] = PersonNoun(str(row.gender), many)
        if not many:
            found.setdefault(noun + "s", PersonNoun(str(row.gender), True))
    return found


def _function_words() -> frozenset[str]:
    """Words that open a sentence in capitals, and are no part of a name after another word."""
    table = lexicons.load("function_words")
    words = frozenset(table["word"])
    calendar = {w.lower() for w in _calendar()}
    honorifics = lexicons.words("abbreviated_honorifics")
    return words - calendar - frozenset(w for w in words if "." in w or w in honorifics)


def _calendar() -> frozenset[str]:
    """Days and months, whole and short, with and without a dot."""
    words: set[str] = set()
    for name in (*lexicons.listed("days"), *lexicons.listed("months")):
        for form in (name.capitalize(), name[:3].capitalize()):
            words |= {form, f"{form}.", form.upper(), f"{form}s"}
    return frozenset(words) | lexicons.words("calendar_short_forms")
