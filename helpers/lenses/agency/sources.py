"""Sentences as token lists, with the actors mentioned in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers import lexicons, schema
from helpers.grammar.clauses import Sentence
from helpers.grammar.document import Document, documents
from helpers.lemmas import lemma

_NOMINAL = [[tag] for tag in ("NN", "NNS", "JJ", "VBG", "VBN", "RB", "NNP", "CD")]
_FORMER = lexicons.words("marks_of_former_office")
_VERSUS = frozenset(("v.", "vs."))
_ARTICLES = lexicons.words("article_words")


class Mention(NamedTuple):
    """One actor mention of a sentence, by offsets."""

    start: int
    end: int
    actor: str
    person: bool


class Tokens(NamedTuple):
    """One sentence's tokens, by column."""

    doc_id: str
    sentence_id: int
    starts: list[int]
    ends: list[int]
    words: list[str]
    tags: list[str]
    document: Document
    number: int
    """Of the sentence in its document."""

    def clauses(self) -> Sentence:
        return self.document.clauses(self.number)


class Actors:
    """Which actors a span of one sentence's tokens stands for."""

    __slots__ = ("at", "one")

    def __init__(self, one: Tokens, mentions: list[Mention]) -> None:
        self.one = one
        # Token number → the mentions that cover it.
        self.at: dict[int, list[Mention]] = {}
        for mention in mentions:
            i = bisect_right(one.starts, mention.start) - 1
            while i < len(one.starts) and one.starts[i] < mention.end:
                if one.starts[i] >= mention.start and one.ends[i] <= mention.end:
                    self.at.setdefault(i, []).append(mention)
                i += 1

    def of(self, a: int, b: int) -> list[tuple[Mention, str | None]]:
        """The actors of tokens a to b, each with the noun through which it acts, if it does.

        An actor is meant when its mention covers the head (the last token); "Iranian officials"
        and "Iran's foreign ministry" stand for the actor they belong to.
        """
        direct = self.at.get(b - 1)
        if not _VERSUS.isdisjoint(self.one.words[max(a - 1, 0) : b]):
            return []  # the case of "Ann v. Alba" closed nothing as Alba
        if direct is not None and _goes_on(self.one, b):
            return []
        if direct is not None:
            return [(m, None) for m in direct if not self._is_part(m, b - 1)]
        if a == b - 1 or self.at.keys().isdisjoint(range(a, b - 1)):
            return []
        noun = lemma(self.one.words[b - 1], self.one.tags[b - 1]).lower()
        if noun not in _representatives():
            return []
        if not _FORMER.isdisjoint(self.one.words[a:b]):
            return []  # what a former official does is no deed of the state
        owners = [m for m in self.inside(a, b) if noun != "state" or not m.person]
        return [(m, None) for m in self._beside(b)] or [(m, noun) for m in owners]

    def _is_part(self, m: Mention, i: int) -> bool:
        """Whether a person's name is a piece of another: "the *Bush* and Hale governments"."""
        one = self.one
        alone = m.person and m.start == one.starts[i] and one.tags[i] != "NNPS"
        return alone and i > 0 and one.words[i - 1].lower() in _ARTICLES

    def _beside(self, b: int) -> list[Mention]:
        """Who is named right behind a description: "the Senate leader, *Ann Hale*, left"."""
        opens = self.one.words[b : b + 1] == [","]
        return self.at.get(b + opens, [])[-1:]

    def inside(self, a: int, b: int) -> list[Mention]:
        """The last actor named before the head of tokens a to b: "*Iran*'s attack"."""
        for i in range(b - 2, a - 1, -1):
            if i in self.at and b - 1 not in self.at:
                return self.at[i][-1:]
        return []

    def all_of(self, spans: Sequence[tuple[int, int]]) -> list[Mention]:
        return [m for a, b in spans for m, _ in self.of(a, b)]


def with_mentions(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> Iterator[tuple[Tokens, list[Mention]]]:
    """The sentences in which an actor is mentioned, with its mentions."""
    schema.needs(mentions, "doc_id", "sentence_id", "start", "end", "actor", table="mentions")
    known = mentions[mentions["actor"].notna()]
    columns = [known[c].tolist() for c in ("doc_id", "sentence_id", "start", "end", "actor")]
    kinds = known["actor_type"] if "actor_type" in known else pd.Series("", known.index)
    found: dict[str, dict[int, list[Mention]]] = {}
    persons = (kinds == "person").tolist()
    for doc, number, start, end, actor, person in zip(*columns, persons, strict=True):
        mention = Mention(start, end, actor, person)
        found.setdefault(doc, {}).setdefault(number, []).append(mention)
    for document in _documents(articles, sentences, tokens):
        here = found.get(document.doc_id, {})
        for i, number in enumerate(document.sentence_ids):
            if number in here:
                yield _tokens(document, i), here[number]


def _documents(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> list[Document]:
    schema.needs(articles, "doc_id", "text", table="articles")
    schema.needs(sentences, "doc_id", "sentence_id", table="sentences")
    schema.needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    return documents(articles, sentences, tokens)


def _tokens(document: Document, i: int) -> Tokens:
    a, b = document.sents[i]
    return Tokens(
        document.doc_id, document.sentence_ids[i], document.starts[a:b], document.ends[a:b],
        document.words[a:b], document.tags[a:b], document, i,
    )  # fmt: skip


def _goes_on(one: Tokens, b: int) -> bool:
    """Whether a span of tokens that ends before `b` is cut off its noun.

    "*His* drinking hurt", "the *CNN*/Post poll".
    """
    if one.words[b : b + 1] == ["/"]:
        return True
    return one.tags[b - 1] == "PRP$" and one.tags[b : b + 1] in _NOMINAL


@cache
def _representatives() -> frozenset[str]:
    return frozenset(lexicons.load("representatives")["noun"])
