"""Names by shape: runs of capitalised words, cut into titles, gazetteer forms and bare names."""

from __future__ import annotations

import re
from bisect import bisect_left

from helpers import lexicons
from helpers.lenses.actors.candidates import PERSON, UNKNOWN, Candidate
from helpers.lenses.actors.capitals import Capitals
from helpers.lenses.actors.gazetteer import ORGANIZATION, Gazetteer, gazetteer
from helpers.lenses.actors.name_parsing import Parser
from helpers.lenses.actors.runs import Runs
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import Vocabulary, vocabulary

_ORDINAL = re.compile(rf"\d+(?:{'|'.join(lexicons.listed('ordinal_endings'))})$")
_COUNTING = lexicons.words("ordinals")
_OPENING = lexicons.words("opening_particles")


class Chunker:
    """Cuts one article's sentences into candidates; keeps the word lists at hand."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.gaz: Gazetteer = gazetteer()
        self.voc: Vocabulary = vocabulary()
        self.capitals = Capitals(doc)
        self.parser = Parser(doc, self.capitals.pairs)
        self.runs = Runs(doc, self.capitals, self.parser.surnames)
        arabic = {w for w in doc.spellings if w[:3] in ("al-", "el-") and w[3:4].isupper()}
        small = [k for k, word in enumerate(doc.words) if word in arabic] if arabic else []
        self.starts = sorted(doc.capitals + small) if small else doc.capitals

    def candidates(self) -> list[Candidate]:
        """Every candidate in text order; headlines are read with the body's names."""
        found: list[Candidate] = []
        later: list[int] = []
        for number, muted in enumerate(self.doc.muted):
            if muted:
                later.append(number)
            else:
                found += self._sentence(number)
        self._learn(found)
        for number in later:
            found += self._sentence(number)
        found.sort(key=lambda p: p.first)
        return found

    def _learn(self, found: list[Candidate]) -> None:
        """Keep the body's names: what a headline has of them is a name too."""
        known = self.capitals.known
        for candidate in found:
            words = self.doc.words[candidate.core : candidate.core_last]
            if candidate.type in (PERSON, ORGANIZATION, UNKNOWN):
                known.update(w for w in words if w[0].isupper())
            if candidate.type == PERSON and len(words) > 1:
                self.parser.surnames.add(words[-1])
                self.runs.names.setdefault(words[0], []).append(tuple(words))
        for longer in self.runs.names.values():
            longer.sort(key=lambda w: -len(w))
        known.update([w.upper() for w in known])

    def _sentence(self, number: int) -> list[Candidate]:
        doc = self.doc
        a, b = doc.sents[number]
        muted = doc.muted[number]
        tok = doc.words
        found: list[Candidate] = []
        end = a
        for k in self._starts(a, b):
            if k < end or not self.capitals.opens(k, b, muted):
                continue
            end = self.runs.end(k, b, muted)
            if end == k + 1 and self._ends_title(a, k):
                continue
            the = tok[k - 1] == "The" and k - 1 >= a and k - 1 not in doc.openings and not muted
            for candidate in self.parser.parse(k, end):
                if muted and not self._supported(candidate):
                    continue
                if candidate.type == PERSON and candidate.kind == "name":
                    self._whole_person(candidate, a)
                elif candidate.first == k and candidate.type in (ORGANIZATION, UNKNOWN):
                    self._whole_body(candidate, a, the)
                candidate.muted = muted
                candidate.sentence = number
                found.append(candidate)
        return found

    def _ends_title(self, a: int, k: int) -> bool:
        """ "the secretary of State": the capital belongs to an office in small letters."""
        title = self.voc.title_before(self.doc.lower, a, k + 1)
        return title is not None and len(title.words) > 1

    def _supported(self, candidate: Candidate) -> bool:
        """Whether more than a headline's capitals speaks for a name of persons or nobody knows."""
        if candidate.type not in (PERSON, UNKNOWN) or candidate.kind != "name" or candidate.title:
            return True
        words = self.doc.words[candidate.core : candidate.core_last]
        return any(w in self.capitals.known or w in self.voc.given for w in words)

    def _starts(self, a: int, b: int) -> list[int]:
        """Capitalised tokens of a sentence, and "al-X" in small letters."""
        first, last = bisect_left(self.starts, a), bisect_left(self.starts, b)
        return self.starts[first:last]

    def _whole_person(self, candidate: Candidate, a: int) -> None:
        """Take in particles before the name."""
        low = self.doc.lower
        if candidate.core == candidate.first:
            while candidate.first > a and low[candidate.first - 1] in _OPENING:
                candidate.first -= 1
                candidate.core = candidate.first

    def _whole_body(self, candidate: Candidate, a: int, the: bool) -> None:
        """Take in "The" where it stands inside a sentence, or a number before the name."""
        if the:
            candidate.first = candidate.core = candidate.first - 1  # a newspaper's, say
        elif candidate.first > a:
            self._take_ordinal(candidate)

    def _take_ordinal(self, candidate: Candidate) -> None:
        """ "5th Fleet", "Second Circuit": the number belongs to the body's name."""
        before = self.doc.words[candidate.first - 1]
        counted = _ORDINAL.match(before) or (
            before in _COUNTING and candidate.first - 1 not in self.doc.openings
        )
        ends = (self.doc.words[candidate.core], self.doc.words[candidate.core_last - 1])
        if counted and any(self.voc.heads.get(word) == ORGANIZATION for word in ends):
            candidate.first -= 1
            if not candidate.label:
                candidate.core = candidate.first
