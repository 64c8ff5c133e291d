"""From the words that name a speaker to the actor: names, pronouns, descriptions.

A source whose head word stands in a mention is that mention's actor, pronouns and descriptions
too: `actors` knows who is speaking where it decides them. What stays open stays missing. A source
that names no one (a European diplomat, critics) is anonymous, and so is the "he" that follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from helpers import lexicons
from helpers.grammar.document import Document
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lexicons import listed, load, words

_FIRST = words("first_and_second_pronouns")
TITLES = frozenset(title.lower().rstrip(".") for title in load("titles")["title"])
PRONOUNS = frozenset(load("pronouns")["pronoun"]) - {"there"}


class Mention(NamedTuple):
    """A row of the `mentions` table, as far as it is needed here."""

    start: int
    end: int
    actor: str | None
    kind: str
    type: str
    text: str
    rule: str = ""


class Speaker(NamedTuple):
    """What is known of whoever a source names."""

    actor: str | None
    anonymous: bool


NOBODY = Speaker(None, False)


@cache
def _people() -> dict[str, str]:
    """Words for persons that name nobody: one or many."""
    table = lexicons.load("anonymous_sources")
    return dict(zip(table["noun"], table["number"], strict=True))


def is_described(word: str, tag: str) -> bool:
    """Whether a noun is one for persons: "voters", "an aide"."""
    noun = lemma_of(word, tag)
    return word in _people() or noun in _people() or noun.endswith(_PERSONAL)


class Mentions:
    """The mentions of one article, looked up by place."""

    def __init__(self, rows: list[Mention]) -> None:
        self.rows = rows
        self.starts = [m.start for m in rows]

    def over(self, position: int) -> Mention | None:
        """The mention that holds the character at ``position``."""
        k = bisect_right(self.starts, position) - 1
        if k >= 0 and self.rows[k].end > position:
            return self.rows[k]
        return None

    def between(self, start: int, end: int) -> list[Mention]:
        k = bisect_right(self.starts, start - 1)
        out = []
        while k < len(self.rows) and self.rows[k].start < end:
            out.append(self.rows[k])
            k += 1
        return out


def resolve(
    article: MarkedArticle, found: list[Attribution], mentions: list[Mention]
) -> list[Speaker]:
    """The speaker of each attribution of ``found``."""
    places = Mentions(mentions)
    known: dict[Range | None, Speaker] = {}
    out = []
    for a in found:
        if a.actor is not None:
            speaker = Speaker(a.actor, False)
        elif a.source is None:
            speaker = NOBODY
        else:
            speaker = known.get(a.source) or identify(article.doc, a.source, places)
        known[a.source] = speaker
        out.append(speaker)
    return out


def identify(doc: Document, source: Range, places: Mentions) -> Speaker:
    """Whoever the source names."""
    a, b = trimmed(doc, source)
    word = doc.lower[a]
    if b == a + 1 and word in PRONOUNS:
        return _pronoun(doc, a, places)
    heads = heads_of(doc, (a, b))
    named = [m for h in heads if (m := places.over(doc.starts[h])) is not None]
    actors = {m.actor for m in named if m.actor is not None}
    if len(heads) > 1 and (len(actors) != 1 or len(named) < len(heads)):
        people = not named and all(_is_anonymous(doc, h, h + 1, h) for h in heads)
        return Speaker(None, people)
    if named:
        return _of_mention(named[0])
    if doc.lower[heads[0]] in _STAND_FOR or doc.lower[heads[0]] in _UTTERANCES:
        owner = _owner_of(doc, a, heads[0], places)
        if owner is not None:
            return owner
    apposed = _apposed(doc, a, b, places)
    if apposed is not None:
        return _of_mention(apposed)
    return Speaker(None, _is_anonymous(doc, a, b, heads[0]))


def trimmed(doc: Document, source: Range) -> Range:
    """The source without the words that only join it to what follows ("Pence, who")."""
    a, b = source
    while b > a + 1 and doc.code[b - 1] in "w,Ic":
        b -= 1
    return a, b


def heads_of(doc: Document, source: Range) -> list[int]:
    """The head words of the (joined) noun phrases of a source."""
    code = doc.code
    a, b = source
    heads: list[int] = []
    k = a + (doc.lower[a] == "both")
    while k < b:
        j = k
        while j < b and code[j] not in "Ic,w(-&\"'rFMR" and code[j] != "t":
            j += 1
        if j > k:
            head = j - 1
            while head > k and code[head] in "SC":
                head -= 1
            heads.append(head)
        listed = _LIST.fullmatch(code, j, b)
        if j < b and j > k and ((code[j] == "&" and doc.lower[j] == "and") or listed):
            k = j + 1 + (code[j : j + 2] == ",&")
            continue
        break
    return heads or [b - 1]


_LIST = re.compile(r"(?:,N+)*,?&N+")
"""The rest of a list of names: "Hale[, Tom Brand and Ada Grey]"."""

_STAND_FOR = words("speaking_bodies")
"""Whoever owns these speaks through them: "Hale's office said", "the Saudi military says"."""

_UTTERANCES = words("utterances")
"""Whoever made these speaks in them: "Hale's letter said"."""


def _owner_of(doc: Document, a: int, head: int, places: Mentions) -> Speaker | None:
    if doc.code[a] == "q" and head - a <= 2 and doc.lower[head] == "office":
        return _pronoun(doc, a, places)
    inside = places.between(doc.starts[a], doc.starts[head])
    if not inside or inside[-1].actor is None:
        return None
    owner = inside[-1]
    if doc.lower[head] in _UTTERANCES:
        return _of_mention(owner) if owner.type in ("person", "organization") else None
    if doc.lower[head] == "office":
        return _of_mention(owner) if owner.type == "person" else None
    return _of_mention(owner) if owner.type in ("government", "country") else None


def _of_mention(mention: Mention) -> Speaker:
    return Speaker(mention.actor, False)


def _apposed(doc: Document, a: int, b: int, places: Mentions) -> Mention | None:
    """The name in an apposition: "the foreign minister, [Ann Hale],"."""
    code = doc.code
    _, high = doc.sents[doc.sent[a]]
    for k in range(a, b):
        if code[k] == "," and k + 1 < b:
            for m in (places.over(doc.starts[k + 1]), places.over(doc.starts[b - 1])):
                if m is not None and m.kind == "name" and m.type == "person":
                    return m
    close = places.over(doc.starts[b - 1])
    if close is not None and close.kind == "name" and close.type == "person":
        before = doc.at(close.start) - 1
        near = places.over(doc.starts[before]) if before > a else None
        office = doc.words[before][:1].isupper() and doc.lower[before].rstrip(".") not in TITLES
        if before > a and near is None and office and doc.words[a][:1].isupper():
            return close  # Secretary of State [Ann Hale], but an aide to President [Ann Hale]
    if b + 1 < high and code[b] == ",":
        m = places.over(doc.starts[b + 1])
        if m is not None and m.kind in ("name", "title") and m.type == "person":
            end = doc.until(m.end)
            if end >= high or code[end] in ",.(":
                return m
    return None


def _is_anonymous(doc: Document, a: int, b: int, head: int) -> bool:
    """Whether the words from ``a`` to ``b`` are people whom the article does not name.

    "A senior official", "critics", "one of them" are. "Representative Ann Hale", a name that no
    mention holds, and "the Vermont senator", whom readers know, are not, nor are "those of us".
    """
    word = doc.lower[head]
    noun = lemma_of(word, doc.tags[head]) if doc.code[head] == "n" else word
    number = _people().get(word) or _people().get(noun, "")
    if not number and doc.code[head] == "n" and noun.endswith(_PERSONAL):
        number = "one"
    if not number or any(w in _FIRST for w in doc.lower[head + 1 : b]):
        return False
    one = number == "one" and doc.tags[head] not in ("NNS", "NNPS")
    if one and doc.code[a] == "q" and noun in _COUNTERPARTS:
        return False  # "his rival": the other one
    known = doc.lower[a] in _DEFINITE or "S" in doc.code[a:head]  # "the", "Alba's minister"
    if one and known and noun in _OFFICES:
        return False
    bare = one and doc.code[a] not in "DqCm" and "S" not in doc.code[a:head]
    return not (bare and (doc.code[head] == "N" or "NN" in doc.code[head + 1 : b]))


_COUNTERPARTS = words("counterparts")
_PERSONAL = listed("person_endings")
_DEFINITE = words("described_as_known")
_OFFICES = words("offices_of_one")


def _pronoun(doc: Document, a: int, places: Mentions) -> Speaker:
    """Whom `actors` found the pronoun to stand for."""
    mention = places.over(doc.starts[a])
    if mention is not None and mention.actor is not None:
        return _of_mention(mention)
    return Speaker(None, mention is not None and "unnamed" in mention.rule)
