"""What an article knows of its actors: entities and their mentions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from helpers.lenses.actors.tagged_article import TaggedArticle


@dataclass(slots=True)
class ArticleEntity:
    """A person, body, state or place in one article: how it is called, what is said about it."""

    type: str
    key: tuple[str, ...]
    suffix: str = ""
    label: str = ""
    full: bool = False
    wordings: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    offices: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    past: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """The offices that this person is said to have held before, in full ("former senator")."""
    male: int = 0
    female: int = 0
    first: int = 0
    count: int = 0
    bearers: tuple[int, ...] = ()
    """The full names of the article that a short name may cut short."""
    likely: int = -1
    """The full name of the article that a doubtful short name cuts short, unless the corpus
    knows better."""
    nouns: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    states: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    """The states of which a body is said to be one ("Norway's parliament")."""

    acronyms: set[str] = field(default_factory=set)
    """The folded acronyms that stand for a body here, in brackets behind its name first."""

    @property
    def gender(self) -> str:
        """m, f, or empty where the article and the name leave it open."""
        if self.male == self.female:
            return ""
        return "m" if self.male > self.female else "f"


@dataclass(slots=True)
class Mention:
    """A mention in the article, with the number of its entity (-1: none)."""

    first: int
    last: int
    kind: str
    type: str
    sentence: int
    entity: int
    confidence: float
    rule: str
    office: tuple[str, str] = ("", "")
    within: tuple[Mention, ...] = ()
    second: int = -1
    """Of a pronoun: the next likely entity, should the first turn out to be of the other gender."""


@dataclass(slots=True)
class ArticleMentions:
    """What is known of an article by itself: its mentions and whom or what they name."""

    doc: TaggedArticle
    mentions: list[Mention]
    entities: list[ArticleEntity]
