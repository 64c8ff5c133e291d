"""What an article knows of its actors: local actors, mentions, and who holds which office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from helpers import lexicons
from helpers.lenses.actors.pieces import PERSON
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import OFFICE, vocabulary

POSTED = lexicons.words("posted_offices")
"""Offices of which a state has many: only with "to …" or "for …" do they say who is meant."""
_OTHER_OFFICE = lexicons.words("other_office_words")


@dataclass(slots=True)
class Local:
    """A local actor: what one article calls it, and what it says about it."""

    type: str
    key: tuple[str, ...]
    suffix: str = ""
    label: str = ""
    full: bool = False
    forms: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    offices: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    male: int = 0
    female: int = 0
    first: int = 0
    count: int = 0
    candidates: tuple[int, ...] = ()
    default: int = -1
    """The full name of the article that a doubtful short name cuts short, unless the corpus
    knows better."""
    nouns: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    states: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """The states of which a body is said to be one ("Norway's parliament")."""

    @property
    def gender(self) -> str:
        """m, f, or empty where the article and the name leave it open."""
        if self.male == self.female:
            return ""
        return "m" if self.male > self.female else "f"


@dataclass(slots=True)
class Found:
    """A mention in the article, with the local actor it belongs to (-1: none)."""

    first: int
    last: int
    kind: str
    type: str
    sentence: int
    entity: int
    confidence: float
    rule: str
    office: tuple[str, str] = ("", "")
    within: tuple[Found, ...] = ()


@dataclass(slots=True)
class ArticleNames:
    """What phase 1 leaves of an article."""

    doc: Reading
    found: list[Found]
    entities: list[Local]


def same_office(a: str, b: str) -> bool:
    """Whether two titles may name one office ("sen." is a senator, "deputy X" no X)."""
    long = vocabulary().long_titles
    a, b = sorted((long.get(a, a), long.get(b, b)), key=len)
    if a == b or b.startswith((a + " to ", a + " for ")):
        return True
    # "Prime minister" is a minister, but a vice president is another than the president.
    return b.endswith(" " + a) and not _OTHER_OFFICE & set(b[: -len(a)].split())


def long_office(title: str) -> str:
    """The title in full, as two titles are compared ("sen." is a senator)."""
    return vocabulary().long_titles.get(title, title)


def unique(title: str) -> bool:
    """Whether a state has one holder of the office: the corpus may know who."""
    words = tuple(title.partition(" to ")[0].partition(" for ")[0].split())
    known = vocabulary().titles.get(words[0], ()) if words else ()
    return any(t.words == words and t.kind == OFFICE and t.unique for t in known)


def holders(entities: list[Local], country: str, title: str) -> tuple[list[int], list[int]]:
    """The local actors who hold `title` of `country`, and those whose state is not said."""
    exact: list[int] = []
    loose: list[int] = []
    for i, e in enumerate(entities):
        if e.type != PERSON or not e.key:
            continue
        fits = [w for w, o in e.offices if same_office(o, title) or (title == "leader" and w)]
        if country and country in fits:
            exact.append(i)
        elif (
            fits
            and title != "leader"
            and (not country or not any(w and w != country for w, _ in e.offices))
        ):
            loose.append(i)
    return exact, loose
