"""What an actor is called beside its name: before it, in an apposition, a predicate, a polity.

A naming is a whole noun phrase ("a former pilot" as *former pilot*) with a head that can name a
person, a body or a state ("regime", "hardliner", "threat"). "The idea of …" behind a comma names
nobody, and an adjective alone only if it judges ("the crooked [Name]", not "the full [House]").
What completes the noun belongs to it ("an ally of the king").
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.grammar.token_codes import places, token_codes
from helpers.made import made_of_tables
from helpers.tagging import default_tagger

Found = tuple[int, int, str]
"""First token, last token, part."""

STEP = np.int64(1 << 32)
ADJECTIVES = ("JJ", "JJR", "JJS", "VBN", "VBG")
NOUNS = ("NN", "NNS")
ARTICLES = lexicons.words("article_words")
_COPULAS = lexicons.words("copular_verbs")
_PLAIN = lexicons.words("ordering_adjectives")
_NEGATIONS = lexicons.words("negations")
_APPOSITION_ENDS = lexicons.words("apposition_ends")
_PERSON_ENDINGS = lexicons.listed("person_noun_endings")
_BODIES = lexicons.words("nouns_of_bodies")
_NOUN_TAGS = frozenset(NOUNS)
_MODIFIERS = frozenset((*ADJECTIVES, *NOUNS))
_COMPLETING = lexicons.words("complement_prepositions")
_PHRASE = frozenset((*ADJECTIVES, "DT", "PRP$", "POS", "CD", "HYPH", "``", "''"))
_COMPLEMENT_REACH = 10
_PREDICATE_REACH = 6
_APPOSITION_REACH = 8


class TokenSequence:
    """A token table as lists, to be read around spans from left to right."""

    def __init__(self, tokens: pd.DataFrame) -> None:
        forms = token_codes(tokens)
        self.doc_ids = forms.doc_ids
        self.line = forms.doc * STEP + tokens["start"].to_numpy(np.int64)
        lowered, spellings = forms.lowered, forms.spellings
        self.low = [lowered[c] for c in forms.code.tolist()]
        self.spelled = [spellings[c] for c in forms.raw.tolist()]
        self.tag: list[str] = tokens["tag"].tolist()
        self.starts: list[int] = tokens["start"].tolist()
        self.ends: list[int] = tokens["end"].tolist()
        n = len(tokens)
        sentence = tokens["sentence_id"].to_numpy(np.int64)
        opens = np.ones(n + 1, dtype=bool)
        opens[1:n] = (forms.doc[1:] != forms.doc[:-1]) | (sentence[1:] != sentence[:-1])
        edges = np.flatnonzero(opens)
        number = np.cumsum(opens[:n]) - 1
        self.left: list[int] = edges[number].tolist()
        self.right: list[int] = (edges[number + 1] - 1).tolist()

    def spans(
        self, docs: list[str], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> tuple[list[int], list[int]]:
        """First and last token of every stretch of text; last < first where it holds none."""
        at = places(docs, self.doc_ids)
        first = np.searchsorted(self.line, at * STEP + starts)
        after = np.searchsorted(self.line, at * STEP + ends)
        return first.tolist(), np.where(at >= 0, after - 1, -1).tolist()

    def text(self, first: int, last: int) -> str:
        """The tokens as printed, every gap between them one blank."""
        parts = [self.spelled[first]]
        for k in range(first + 1, last + 1):
            parts.append(" " if self.starts[k] > self.ends[k - 1] else "")
            parts.append(self.spelled[k])
        return "".join(parts)

    def around(self, first: int, last: int, *, person: bool, polity: bool = True) -> list[Found]:
        """The phrases that name what the span names, each with its part.

        ``polity`` says that the span may name a state, whose government is called something.
        """
        right = self.right[first]
        if last >= right:
            return self._before(first)
        following = self.low[last + 1]
        if not person:
            governed = self._polity(last, right) if polity else []
            if governed:
                return governed
            tag = self.tag[last + 1]
            if following in ("'s", "'") or tag in _MODIFIERS or tag.startswith("NNP"):
                return []  # "top [Demonym] officials": the words describe the officials
        found = self._before(first)
        if following == ",":
            found += self._apposition(last, right, person=person)
        elif following in _COPULAS and self.tag[last + 1] != "VB":  # "should [Name] become"
            found += self._predicate(last, right)
        return found

    def _before(self, first: int) -> list[Found]:
        """The noun right before a name with its modifiers: "the embattled strongman [Name]"."""
        left = self.left[first]
        start = first
        while start > left and self.tag[start - 1] in _MODIFIERS:
            start -= 1
        if start == first:
            return []
        wider = start
        while wider > left and self.tag[wider - 1].startswith("NNP"):
            wider -= 1
        if left < wider < start and self.tag[wider - 1] in ADJECTIVES:
            start = wider - 1  # "former WWE executive [Name]": no executive any more
            while start > left and self.tag[start - 1] in _MODIFIERS:
                start -= 1
            if self.low[first - 1] in _describing_nouns():
                return [(self._after_order(start, first - 1), first - 1, "before")]
            return []
        opened = start > left and (
            self.tag[start - 1] in ("DT", "PRP$", "POS") or self.tag[start - 1].startswith("NNP")
        )
        if opened and self.tag[start - 1].startswith("NNP") and self.tag[start].startswith("VB"):
            return []  # "Hale defeated incumbent [Name]"
        if opened and start - 1 == left and _is_modifier(self.low[left]):
            start = left  # "Film star [Name]": a capital that the sentence's beginning gives
        elif opened and wider > left:
            start = wider  # "the Harbour Bank executive [Name]": no executive of anything else
        end = first - 1
        # "the policy [Name] announced": the noun is not the name's
        if not opened or self.low[end] not in _describing_nouns():
            return []
        return [(self._after_order(start, end), end, "before")]

    def _after_order(self, start: int, end: int) -> int:
        """Where a phrase begins behind "other", "first" and the like."""
        while start < end and self.low[start] in _PLAIN:
            start += 1
        return start

    def _polity(self, last: int, right: int) -> list[Found]:
        """What a government is called: "[Country]'s hard-line rulers", "the [Demonym] regime"."""
        i = last + 1
        if self.low[i] in ("'s", "'"):
            i += 1
        elif self.tag[last] in ("NNS", "NNPS"):
            return []  # "Americans outside government"
        start = i
        while i < right and self.tag[i] in ADJECTIVES:
            i += 1
        while i < right and self.tag[i] in _NOUN_TAGS and self.tag[i + 1] in _NOUN_TAGS:
            i += 1
        if i > right or self.low[i] not in _polity_nouns():
            return []
        if i < right and self.tag[i + 1].startswith("NN"):
            return []  # "[Demonym] state TV"
        if i + 1 < right and self.tag[i + 1] == "JJ" and self.low[i + 2] not in _COMPLETING:
            return []  # "the [Demonym] leadership compound beside it", tagged as an adjective
        return [(self._after_order(start, i), i, "polity")]

    def _apposition(self, last: int, right: int, *, person: bool) -> list[Found]:
        """ ", a former pilot," after the name.

        Behind a state it may belong to what came before ("a deal with [Country], an aim of …"):
        there its head has to be a noun for states.
        """
        if last + 2 > right or self.low[last + 2] not in ARTICLES:
            return []
        found = self._noun_phrase(last + 3, min(right, last + _APPOSITION_REACH), "apposition")
        if not found:
            return []
        first, end, _ = found[-1]
        opens = (k for k in range(first, end) if self.low[k] in _COMPLETING)
        head = self.low[next(opens, end + 1) - 1]  # "a *test* for a president"
        if head in _BODIES if person else head not in _describing_nouns() | _polity_nouns():
            return []
        after = found[-1][1] + 1
        if after < right and self.low[after] == "," and self.tag[after + 1].startswith("NNP"):
            return []  # "after talks with [Name], the Senate leader, Ann Hale, left"
        closed = after > right or self.low[after] in _APPOSITION_ENDS
        return found if closed else []

    def _predicate(self, last: int, right: int) -> list[Found]:
        """ "is a rogue state" after the name; not "is not a rogue state"."""
        i = last + 2
        while i <= right and self.tag[i].startswith("RB"):
            if self.low[i] in _NEGATIONS:
                return []
            i += 1
        if i > right or self.low[i] not in ARTICLES:
            return []
        return self._noun_phrase(i + 1, min(right, i + _PREDICATE_REACH), "predicate")

    def _noun_phrase(self, start: int, stop: int, part: str) -> list[Found]:
        """The noun phrase that begins at `start`, if its head can name somebody."""
        i = start
        while i <= stop and (self.tag[i] in _MODIFIERS or self.tag[i][:2] in ("RB", "NN")):
            i += 1
        while i > start and self.tag[i - 1].startswith("RB"):
            i -= 1
        head = i - 1
        if (
            head < start
            or self.tag[head] not in NOUNS
            or not names_somebody(self.low[head], apposition=part == "apposition")
        ):
            return []
        right = self.right[start]
        if i <= right and self.tag[i] == "POS":
            return []  # "was the president's board"
        last = self._complement(i, right) if i <= right else head
        return [(self._after_order(start, head), last, part)] if last >= head else []

    def _complement(self, i: int, right: int) -> int:
        """The last token of a phrase that stands before token `i` with what completes it.

        "An ally *of the king*": without it the noun would say something else. Where the phrase
        behind the preposition cannot be read to its end, -1.
        """
        end = i - 1
        while i < right and self.low[i] in _COMPLETING and not self.tag[i + 1].startswith("VB"):
            j = i + 1
            while j <= right and (self.tag[j] in _PHRASE or self.tag[j].startswith("NN")):
                j += 1
            if not self.tag[j - 1].startswith("NN") or j - i > _COMPLEMENT_REACH:
                return -1
            i, end = j, j - 1
        return end


@made_of_tables
def sequence_of(tokens: pd.DataFrame) -> TokenSequence:
    """The sequence of a table of tokens."""
    return TokenSequence(tokens)


@cache
def names_somebody(noun: str, *, apposition: bool) -> bool:
    """Whether a noun can name a person, a body or a state: a hardliner, a regime, a threat.

    In an apposition those that end like a person's, too (a choirmaster), but no mere judgement
    ("after the arrest of Hale, a breakthrough,").
    """
    if noun in _describing_nouns() | _polity_nouns() | _title_nouns():
        return True
    return noun.endswith(_PERSON_ENDINGS) if apposition else noun in _judging_words()


@cache
def _is_modifier(word: str) -> bool:
    """Whether a word in small letters is mostly a noun or an adjective, or no usual word."""
    return default_tagger().classes.get(word, "NN").partition("|")[0] in _MODIFIERS


@cache
def _judging_words() -> frozenset[str]:
    table = lexicons.load("evaluation")
    return frozenset(table.loc[table["polarity"] != "0", "word"])


@cache
def _title_nouns() -> frozenset[str]:
    return frozenset(" ".join(lexicons.load("titles")["title"].str.lower()).split())


@cache
def _describing_nouns() -> frozenset[str]:
    return frozenset(lexicons.load("describing_nouns")["noun"])


@cache
def _polity_nouns() -> frozenset[str]:
    return frozenset(lexicons.load("polity_nouns")["noun"])
