"""A candidate name or description in an article, as the room passes it on."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.lenses.actors.gazetteer import Entry
from helpers.lenses.actors.vocabulary import Title

PERSON = "person"
GOVERNMENT = "government"
OTHER = "other"
TITLE = "title"
UNKNOWN = ""


@dataclass(slots=True)
class Candidate:
    """A candidate: token span, type, the bare name inside it, what titles and states precede it."""

    first: int
    last: int
    type: str
    core: int
    core_last: int
    label: str = ""
    kind: str = "name"
    title: str = ""
    titles: tuple[Title, ...] = ()
    country: str = ""
    body: str = ""
    """The body in which the office is held, beside its state."""
    past: bool = False
    """A description of who held the office before ("the former president")."""
    muted: bool = False
    sentence: int = 0
    entity: int = -1
    short_for: str = ""
    noun: str = ""
    within: tuple[Candidate, ...] = ()
    """Candidates that a description took in; they stand again where it describes nobody known."""
    rule: str = ""
    confidence: float = 0.9


@dataclass(slots=True)
class Part:
    """A part of a run: a title, a form of the gazetteer, a word that joins, or a word."""

    kind: str  # word, title, join, or a gazetteer kind
    first: int
    last: int
    entry: Entry | None = None
    title: Title | None = None
