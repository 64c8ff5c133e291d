"""Whom "the Texas Republican" means: who is so described in the same article.

What an article says of a person beside the name is kept as words: titles before it ("Sen."), the
nouns around it ("New York businessman"), the apposition or bracket behind it ("a Virginia
Democrat", "(R-Mo.)"). A description means whoever shares most of its words and is called nothing
that contradicts it; of several, who was named last.
"""

from __future__ import annotations

import re
from functools import cache

from helpers import lexicons
from helpers.lenses.actors.article_entities import Mention
from helpers.lenses.actors.salience import FINITE
from helpers.lenses.actors.tagged_article import TaggedArticle

_IDLE = lexicons.words("idle_descriptions")
_CALLED = ("called_senator", "called_representative", "called_governor")
_PARTIES = ("called_republican", "called_democrat")
_WORDS = re.compile(r"[^\W\d_](?:[\w.’'-]*\w\.?)?")
_PARTY = re.compile(r"\b([rdi])[-–](?=\w)")
_CLOSES = frozenset({",", ")", "—", ";"})
_ASIDE = 9
"""Words of an apposition that are looked at."""
_BEFORE = frozenset({"JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS"})


@cache
def _places() -> dict[str, str]:
    """The names of states that have a short form, by both in lower case."""
    table = lexicons.load("state_abbreviations")
    short = dict(zip(table["short"].str.lower(), table["long"].str.lower(), strict=True))
    return short | {long: long for long in short.values()}


@cache
def _meanings() -> dict[str, frozenset[str]]:
    """What a word says of somebody: "lawmaker" may be a senator or a representative."""
    found: dict[str, set[str]] = {}
    for name in (*_CALLED, *_PARTIES):
        for word in lexicons.words(name):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def facts(text: str) -> set[str]:
    """What a description says of somebody, whatever form its words take.

    >>> sorted(facts("Sen. Ann Hale (R-N.Y."))
    ['ann', 'called_republican', 'called_senator', 'hale', 'new york']
    """
    found: set[str] = set()
    places, meanings = _places(), _meanings()
    words = _WORDS.findall(_PARTY.sub(r"\1 ", text.lower()))
    k = 0
    while k < len(words):
        word, pair = words[k], " ".join(words[k : k + 2])
        bare = word.rstrip(".")
        if pair != word and pair in places:
            found.add(places[pair])
            k += 1
        elif word in places or bare in places:
            found.add(places.get(word) or places[bare])
        elif word in meanings or bare in meanings:
            found |= meanings.get(word) or meanings[bare]
        elif bare not in _IDLE:
            found.add(bare)
        k += 1
    return found


class Described:
    """What the article has said of each person so far, by the root of the candidate."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.of: dict[int, set[str]] = {}
        self.last: dict[int, int] = {}

    def note(self, mention: Mention, root: int, a: int, b: int) -> None:
        """Keep what stands beside the name of a person in the sentence from ``a`` to ``b``."""
        doc, low, tags = self.doc, self.doc.lower, self.doc.tags
        first, last = mention.first, mention.last
        while first > a and mention.first - first < 4 and tags[first - 1] in _BEFORE:
            first -= 1
        end = last
        if last + 1 < b and low[last] in (",", "("):
            end = last + 1
            while end < min(b - 1, last + _ASIDE) and low[end] not in _CLOSES:
                end += 1
            closed = end == b - 1 or low[end] in _CLOSES
            if not closed or not FINITE.isdisjoint(tags[last + 1 : end]):
                end = last
        said = facts(doc.text[doc.starts[first] : doc.ends[end - 1]])
        self.of.setdefault(root, set()).update(said)
        self.last[root] = mention.first

    def means(self, text: str, people: set[int], floor: int | None) -> int:
        """The root of whom a description means; -1: nobody, or it is unclear.

        ``people`` are the roots that may be meant. ``floor`` spoke last, or acted since: "the Texas
        Republican" is that one where no party or state is said of anybody.
        """
        asked = facts(text)
        best = (0, -1, -1)
        for root in people:
            known = self.of.get(root)
            if known is not None and not _contradict(asked, known):
                best = max(best, (len(asked & known), self.last[root], root))
        needed = len(asked - _LAWMAKERS) + bool(asked & _LAWMAKERS)
        if best[0] and 2 * best[0] > needed:
            return best[2]
        tells = bool(asked & (_SEATS | _kinds()[1]))
        known = self.of.get(-1 if floor is None else floor)
        if floor is None or known is None or floor not in people or not tells:
            return -1
        runs = bool(asked & _RUNS) and not known & _RUNS
        return -1 if runs or _contradict(asked, known) else floor


_LAWMAKERS = frozenset(_CALLED[:2])
_RUNS = frozenset({"candidate", "contender", "front-runner", "frontrunner", "hopeful", "nominee"})
"""Who runs for an office is so called beside his name: nobody else is meant by it."""


_SEATS = frozenset({*_CALLED, *_PARTIES})


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    """Facts of which nobody has two: the party, the state, the office."""
    states = frozenset(_places().values())
    return frozenset(_PARTIES), states, frozenset({*_CALLED, "president", "secretary", "minister"})


def _contradict(asked: set[str], known: set[str]) -> bool:
    """Whether two descriptions name two parties, two states or two offices."""
    return any(asked & kind and known & kind and not asked & known & kind for kind in _kinds())
