"""Offices: when two titles name one office, and who of an article holds it."""

from __future__ import annotations

from collections.abc import Sequence

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.candidates import PERSON
from helpers.lenses.actors.vocabulary import OFFICE, ROLE, Title, vocabulary

POSTED = lexicons.words("posted_offices")
"""Offices of which a state has many: only with "to …" or "for …" do they say who is meant."""
FORMER = lexicons.words("former_prefixes")
PAST = lexicons.words("past_office_words")
HEADS = lexicons.words("government_heads")
"""Offices of those whose administration or government is a state's."""
CROWNS = frozenset({"king", "queen", "prince", "princess", "emperor", "empress", "pope"})
"""Titles of those who are called by the given name."""
_OTHER_OFFICE = lexicons.words("other_office_words")


def same_office(a: str, b: str) -> bool:
    """Whether two titles may name one office ("sen." is a senator, "deputy X" no X)."""
    long = vocabulary().long_titles
    a, b = sorted((long.get(a, a), long.get(b, b)), key=len)
    if a == b or b.startswith((a + " to ", a + " for ")):
        return True
    # "Prime minister" is a minister, but a vice president is another than the president.
    return b.endswith(" " + a) and not _OTHER_OFFICE & set(b[: -len(a)].split())


def same_post(a: str, b: str) -> bool:
    """Whether who is called by one title may hold or have held the other.

    "Secretary X" may be the secretary of state, "then-President X" the president.
    """
    a, b = sorted((_without_prefix(a), _without_prefix(b)), key=len)
    return same_office(a, b) or b.startswith(a + " of ")


def _without_prefix(title: str) -> str:
    prefix, hyphen, office = title.partition("-")
    return office if prefix + hyphen in FORMER else title


def long_office(title: str) -> str:
    """The title in full, as two titles are compared ("sen." is a senator)."""
    return vocabulary().long_titles.get(title, title)


def bare_office(title: str) -> str:
    """The office in full without "ex-" and "then-"."""
    return long_office(_without_prefix(title))


def said_past(words: Sequence[str]) -> bool:
    """Whether the words before an office, or its own, say that it was held before."""
    return any(w in PAST or w.startswith(tuple(FORMER)) for w in words)


def is_unique(title: str) -> bool:
    """Whether a state has one holder of the office: the corpus may know who."""
    words = tuple(title.partition(" to ")[0].partition(" for ")[0].split())
    known = vocabulary().titles.get(words[0], ()) if words else ()
    return any(t.words == words and t.kind == OFFICE and t.unique for t in known)


def opens_unique(title: Title) -> bool:
    """Whether a state has one holder of the office, or of one that opens so.

    "Secretary Keller" may be the secretary of state.
    """
    if title.kind not in (OFFICE, ROLE):
        return False
    longer = vocabulary().titles.get(title.words[0], ())
    return title.unique or any(
        t.unique and t.words[: len(title.words) + 1] == (*title.words, "of") for t in longer
    )


def holders(entities: list[ArticleEntity], country: str, title: str) -> tuple[list[int], list[int]]:
    """The entities who hold `title` of `country`, and those whose state is not said."""
    exact: list[int] = []
    loose: list[int] = []
    for i, e in enumerate(entities):
        if e.type != PERSON or not e.key:
            continue
        fits = [w for w, o in e.offices if _holds(e, o, title) or (title == "leader" and w)]
        if country and country in fits:
            exact.append(i)
        elif (
            fits
            and title != "leader"
            and (not country or not any(w and w != country for w, _ in e.offices))
        ):
            loose.append(i)
    return exact, loose


def _holds(entity: ArticleEntity, office: str, title: str) -> bool:
    """Whether who is called by `office` is meant by `title`.

    "Secretary Keller" is the defence secretary only as long as nothing more is said of her office.
    """
    if not same_office(office, title):
        return False
    return as_exact(office, title) or len({long_office(o) for _, o in entity.offices}) == 1


def as_exact(office: str, title: str) -> bool:
    """Whether the office says as much as the title: a leader need not be the supreme leader."""
    return len(_post(office)) >= len(_post(title))


def _post(title: str) -> list[str]:
    """The words of an office without to whom or for what."""
    return bare_office(title).partition(" to ")[0].partition(" for ")[0].split()
