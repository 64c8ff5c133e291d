"""What stands around a word that may report: facts that were counted with and without a report.

"The senator fears the vote" reports, "fears of a vote sank the shares" seldom: who the subject is,
the verb's mood, the size of what is said and the reports around it all move the word's own share.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from helpers.grammar.clauses.factuality import is_denied, is_hypothetical
from helpers.grammar.document import Document
from helpers.grammar.subjects import group_start
from helpers.lenses.quotes.candidates import Candidate
from helpers.lenses.quotes.constructions import Taken
from helpers.lenses.quotes.counted import Facts
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle
from helpers.lexicons import load, words

FACTS = (
    "taken", "size", "place", "subject", "mood", "opens with", "sentence", "told",
    "closes with", "head", "next", "previous",
)  # fmt: skip
"""The facts of `evidence`, in their order."""

_SIZES = (4, 8, 15, 30, 60, 100, 160)
_PLACES = (1, 2, 4, 8, 16)
_STRETCH = 512
"""Characters by which contents are kept: each is looked up among those near its place."""
_SENTENCE, _LONGEST = 8, 6
"""Sentences are as long as each other in steps of so many tokens, up to so many steps."""
_MODALS = words("modals")
_NOT = words("negations") | {"n’t"}
_HAVE = words("have_forms")
_PRONOUNS = dict(load("subject_pronouns")[["pronoun", "group"]].to_numpy().tolist())
"""The groups of pronouns that were counted as one subject."""


def evidence(
    article: MarkedArticle,
    candidate: Candidate,
    made: Attribution,
    around: Contents,
    cues: set[int],
) -> Facts:
    """The facts of the attribution ``made`` of ``candidate``.

    ``around`` are the contents found before it, ``cues`` the tokens that report something.
    """
    doc = article.doc
    token, takes, pos = candidate.token, candidate.taken, candidate.pos
    low, high = doc.sents[doc.sent[token]]
    start = group_start(doc, token, low) if pos == "verb" else token
    group = _group(made, takes, pos)
    size = bisect_right(_SIZES, sum(e - s for s, e in made.content))
    place = bisect_right(_PLACES, token - low)
    earlier = min(3, sum(1 for k in range(low, token) if k in cues))
    begin = takes.begin
    last = doc.until(made.content[-1][1]) - 1
    source = made.source
    nested = _nested(doc, token, made, around)
    return (
        group,
        f"{group} | {size} {nested}",
        f"{group} | {place} {earlier}",
        f"{group} | {_subject(doc, source)} {nested}",
        f"{group} | {_mood(doc, start, token)}",
        f"{group} | {doc.code[begin] if begin < high else '$'}",
        f"{group} | {min((high - low) // _SENTENCE, _LONGEST)}",
        f"{group} | {_told(doc, token)}",
        doc.common(last),
        doc.common(source[1] - 1) if source is not None else "",
        doc.common(token + 1) if token + 1 < high else "",
        doc.common(start - 1) if start else "",
    )


def _told(doc: Document, token: int) -> str:
    """Whether the deed of a verb is denied, and whether it is wished or possible."""
    found = doc.predicate(token)
    return f"{is_denied(*found)} {is_hypothetical(*found)}" if found is not None else ""


def _group(made: Attribution, takes: Taken, pos: str) -> str:
    if made.rule.startswith("passive"):
        return made.rule
    return takes.construction if pos == "verb" else f"{pos} {takes.construction}"


def _nested(doc: Document, token: int, made: Attribution, around: Contents) -> str:
    """Whether the word stands in another's content, and whether that is the same stretch."""
    first, last = made.content[0][0], made.content[-1][1]
    found = ""
    for s, e in around.over(doc.starts[token]):
        shared = min(e, last) - max(s, first)
        if 2 * shared >= max(e, last) - min(s, first):
            return "same"
        found = "within"
    return found


def _subject(doc: Document, source: tuple[int, int] | None) -> str:
    if source is None:
        return "none"
    last = source[1] - 1
    if source[1] - source[0] == 1 or doc.code[last] == "w":
        return _PRONOUNS.get(doc.lower[last], doc.code[last])
    return doc.code[last]


def _mood(doc: Document, start: int, token: int) -> str:
    """The verb's modal, else whether it is an infinitive or perfect, else its tag; and "not"."""
    group = doc.lower[start:token]
    modal = next((w for w in group if w in _MODALS), "")
    if not modal:
        perfect = not _HAVE.isdisjoint(group)
        modal = "to" if "t" in doc.code[start:token] else "have" if perfect else doc.tags[token]
    return modal if _NOT.isdisjoint(group) else f"{modal} not"


class Contents:
    """The contents that were found in an article, by where they stand in it."""

    def __init__(self, found: Iterable[Attribution]) -> None:
        self._stretches: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for made in found:
            self.add(made)

    def add(self, made: Attribution) -> None:
        """Note those of one more attribution."""
        for s, e in made.content:
            for stretch in range(s // _STRETCH, e // _STRETCH + 1):
                self._stretches[stretch].append((s, e))

    def over(self, place: int) -> Iterator[tuple[int, int]]:
        """Those that a character stands in."""
        return ((s, e) for s, e in self._stretches[place // _STRETCH] if s <= place < e)
