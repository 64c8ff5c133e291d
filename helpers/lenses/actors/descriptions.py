"""Descriptions that stand for an actor: "the French president", "the X government".

A title without a name is read whole: the state or body before it, "of", "to", "for" and what
follows. Only a definite one ("the", "Norway's") describes somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from helpers import lexicons
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE, UNKNOWN, Candidate
from helpers.lenses.actors.gazetteer import CAPITAL, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.offices import HEADS, POSTED, long_office, said_past
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.titled_names import before_modifiers, called, is_body
from helpers.lenses.actors.vocabulary import (
    HONORIFIC,
    OFFICE,
    POSSESSIVE,
    ROLE,
    Title,
    Vocabulary,
    vocabulary,
)

_DETERMINERS = frozenset({"the", "this"})
_LANDS = frozenset({"country", "nation"})
_OTHER_HOLDER = lexicons.words("other_holder_words")
_STATE_ADJECTIVES = lexicons.words("bare_government_adjectives")
_OFFICE_PREPOSITIONS = lexicons.words("office_prepositions")


@dataclass(slots=True)
class _Growth:
    """A title as it grows: where it begins now, and which candidates it took in on either side."""

    first: int
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    definite: bool = False


class Descriptions:
    """Finds the descriptions among one article's candidates."""

    def __init__(self, doc: TaggedArticle, candidates: list[Candidate]) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.candidates = candidates
        self.starts = {p.first: i for i, p in enumerate(candidates)}
        self.ends = {p.last: i for i, p in enumerate(candidates)}
        self.inside = bytearray(len(doc.words) + 1)
        for p in candidates:
            self.inside[p.first : p.last] = b"\x01" * (p.last - p.first)
        self.taken: set[int] = set()
        """Candidates that a description took in."""

    def find(self) -> list[Candidate]:
        """The candidates with descriptions among them, what these took in left out."""
        new: list[Candidate] = []
        for i, candidate in enumerate(self.candidates):
            noun = self._government_noun(candidate)
            if noun >= 0:
                new += self._administration(i, noun)
            elif (noun := self._campaign_noun(candidate)) >= 0:
                new.append(self._campaign(i, noun))
            elif candidate.kind == TITLE:
                self._grow_capitals(candidate)
        new += [title for title in self._lone_titles() if self._describes(title)]
        new += self._governments(new)
        kept = [
            p for i, p in enumerate(self.candidates)
            if i not in self.taken and not (p.kind == TITLE and p.rule == "drop")
        ]  # fmt: skip
        return sorted(kept + new, key=lambda p: p.first)

    # -- governments: "the Trump administration", "the regime" -------------------------------

    def _government_noun(self, candidate: Candidate) -> int:
        """The token "administration", "government" … right behind a name or its "'s", else -1."""
        low, n = self.doc.lower, candidate.last
        b = self.doc.sents[candidate.sentence][1]
        n += n < b and low[n] in POSSESSIVE
        if n >= b or self.inside[n] or self.voc.heads.get(low[n]) != GOVERNMENT:
            return -1
        if n + 1 < b and is_body(low[n + 1]):
            return -1  # "the House administration committee"
        return n if candidate.label or candidate.type in (PERSON, UNKNOWN) else -1

    def _administration(self, i: int, n: int) -> list[Candidate]:
        """ "the Trump administration", "Iran's government": the government as one span."""
        candidate, low, tag = self.candidates[i], self.doc.lower, self.doc.tags
        first = candidate.first
        follows = tag[n + 1][:2] if n + 1 < len(tag) else ""
        if first > 0 and low[first - 1] in ("a", "an") and follows in ("NN", "JJ"):
            return []  # "an Oslo government official"
        if first > 0 and low[first - 1] == "the":
            first -= 1
        self.taken.add(i)
        return [
            Candidate(first, n + 1, GOVERNMENT, candidate.core, candidate.core_last, kind="metonym",
                  label=candidate.label, sentence=candidate.sentence, rule="administration",
                  confidence=0.9, muted=candidate.muted, titles=candidate.titles, noun=low[n],
                  title="" if candidate.label else "holder")
        ]  # fmt: skip

    def _campaign_noun(self, candidate: Candidate) -> int:
        """The token "campaign" right behind a person's name, else -1.

        "The Keller campaign said", but not "the Keller campaign bus"; in "Keller's campaign" a
        person is named, as in "Keller's aides".
        """
        n, b = candidate.last, self.doc.sents[candidate.sentence][1]
        if candidate.kind != "name" or candidate.label or candidate.type not in (PERSON, UNKNOWN):
            return -1
        if n >= b or self.doc.lower[n] != "campaign" or self.inside[n]:
            return -1
        modifies = n + 1 < b and self.doc.tags[n + 1][:2] in ("NN", "JJ", "HY")
        return -1 if modifies else n

    def _campaign(self, i: int, n: int) -> Candidate:
        """ "The Keller campaign": a body of its own."""
        candidate = self.candidates[i]
        name = " ".join(self.doc.words[candidate.core : candidate.core_last])
        self.taken.add(i)
        return Candidate(
            candidate.first, n + 1, ORGANIZATION, candidate.core, n + 1, rule="campaign",
            sentence=candidate.sentence, muted=candidate.muted, short_for=f"{name} campaign",
        )  # fmt: skip

    def _governments(self, new: list[Candidate]) -> list[Candidate]:
        """ "the administration", "the kingdom": which state's, the article must say."""
        doc = self.doc
        found: list[Candidate] = []
        held = {k for p in new for k in range(p.first, p.last)}
        alone = {
            p.first: i for i, p in enumerate(self.candidates)
            if p.last == p.first + 1 and p.kind == "name" and not p.label
        }  # fmt: skip
        nouns = _government_nouns()
        number = 0
        for k in [k for k, w in enumerate(doc.lower) if w in nouns]:
            while k >= doc.sents[number][1]:
                number += 1
            a = doc.sents[number][0]
            first = k - 1
            if first > a and doc.lower[first] in _STATE_ADJECTIVES:
                first -= 1
            if first < a or doc.lower[first] not in _DETERMINERS or k in held:
                continue
            if self.inside[k] and not self._take_capital_noun(k, alone):
                continue
            former = first < k - 1 and doc.lower[first + 1] in ("previous", "former")
            found.append(
                Candidate(first, k + 1, GOVERNMENT, first, k + 1, kind="metonym", sentence=number,
                          title=doc.lower[k], rule="bare government",
                          confidence=0.5 if former else 0.65)
            )  # fmt: skip
        return found

    def _take_capital_noun(self, k: int, alone: dict[int, int]) -> bool:
        """ "the Administration": a candidate of one word gives way to the description."""
        at = alone.get(k, -1)
        if self.doc.lower[k] not in ("administration", "regime") or at < 0 or at in self.taken:
            return False
        self.taken.add(at)
        return True

    # -- titles without a name ---------------------------------------------------------------

    def _grow_capitals(self, candidate: Candidate) -> None:
        """A title in capitals without a name ("the Iranian Foreign Minister"), or none."""
        low = self.doc.lower
        a = self.doc.sents[candidate.sentence][0]
        office = candidate.first
        k = candidate.first = before_modifiers(self.doc, office, a)
        candidate.past = said_past(low[k : office + 1])
        possessive = k > a and low[k - 1] in POSSESSIVE
        owner = self.ends.get(k - 1) if possessive and k - 1 > a else None
        if self._goes_on_unknown(candidate):
            candidate.rule = "drop"
        elif (
            owner is not None
            and owner not in self.taken
            and self.candidates[owner].type == GOVERNMENT
        ):
            candidate.country = candidate.country or self.candidates[owner].label
            candidate.within = (self.candidates[owner],)
            candidate.first = self.candidates[owner].first
            self.taken.add(owner)
        elif k > a and low[k - 1] in _DETERMINERS:
            candidate.first -= 1
        elif any(w in ("a", "an") for w in low[max(a, k - 2) : k]) or not (
            candidate.country or possessive or self._is_introduced(candidate)
        ):
            candidate.rule = "drop"

    def _goes_on_unknown(self, candidate: Candidate) -> bool:
        """ "Minister of Fish": an office that the title alone is not."""
        n = candidate.last
        if n + 1 >= self.doc.sents[candidate.sentence][1] or self.doc.lower[n] not in ("of", "for"):
            return False
        after = self.starts.get(n + 1)
        known = after is not None and self.candidates[after].type in (GOVERNMENT, ORGANIZATION)
        return self.doc.words[n + 1][0].isupper() and not known

    def _is_introduced(self, candidate: Candidate) -> bool:
        """ "Foreign Minister, Anna Keller": a name follows the comma."""
        return candidate.last + 1 in self.starts and self.doc.words[candidate.last] == ","

    def _lone_titles(self) -> Iterator[Candidate]:
        """Titles in small letters that stand before no name."""
        doc, inside, titles = self.doc, self.inside, self.voc.titles
        number = n = 0
        for k in [k for k, w in enumerate(doc.lower) if w in titles]:
            if k < n or inside[k]:
                continue
            while k >= doc.sents[number][1]:
                number += 1
            b = doc.sents[number][1]
            title = self.voc.title_at(doc.lower, k, b)
            if title is None or title.kind == HONORIFIC or title.plural:
                continue
            n = k + len(title.words)
            if any(inside[k:n]) or (n < b and self._is_person(n)) or self._leads_firm(title, n, b):
                continue
            yield Candidate(k, n, PERSON, n, n, kind=TITLE, title=title.name, titles=(title,),
                        sentence=number, rule="title", confidence=0.6)  # fmt: skip

    def _leads_firm(self, title: Title, n: int, b: int) -> bool:
        """ "The president and publisher", "the president and chief executive": no state's."""
        if title.name not in HEADS or n + 1 >= b or self.doc.lower[n] != "and":
            return False
        return self.doc.tags[n + 1] == "NN" or self.doc.lower[n + 1] == "chief"

    def _is_person(self, k: int) -> bool:
        """Whether a name that is or may be a person's opens at token `k`."""
        if not self.inside[k] or k not in self.starts:
            return False
        candidate = self.candidates[self.starts[k]]
        return candidate.kind == "name" and candidate.type in (PERSON, UNKNOWN)

    def _describes(self, title: Candidate) -> bool:
        """Grow a title to the left and right; whether it describes one known holder."""
        a, office = self.doc.sents[title.sentence][0], title.first
        grown = _Growth(before_modifiers(self.doc, office, a))
        self._take_owners(title, grown, a)
        if not grown.left:
            self._take_state_of_body(title, grown, a)
        self._take_determiner(title, grown, a)
        self._take_complements(title, grown, a)
        if not grown.definite or not self._is_whole(title, grown):
            return False
        took = sorted(grown.left + grown.right)
        self.taken.update(took)
        title.within = tuple(self.candidates[i] for i in took)
        title.first = grown.first
        title.past = said_past(self.doc.lower[grown.first : office + 1])
        return True

    def _take_owners(self, title: Candidate, grown: _Growth, a: int) -> None:
        """ "the French president", "Norway's Harbour Guard commander": at most state and body."""
        low = self.doc.lower
        while len(grown.left) < 2:
            k = grown.first
            at = self.ends.get(k)
            possessive = at is None and k > a and low[k - 1] in POSSESSIVE
            at = self.ends.get(k - 1) if possessive else at
            if at is None or self.candidates[at].first < a or at in self.taken or at in grown.left:
                return
            owner = self.candidates[at]
            if owner.type not in (GOVERNMENT, ORGANIZATION, PLACE) and owner.kind != CAPITAL:
                return
            self._belong(title, owner)
            grown.left.append(at)
            grown.definite |= possessive
            grown.first = before_modifiers(self.doc, owner.first, a)

    def _belong(self, title: Candidate, owner: Candidate) -> None:
        """Note on the title the body, region or state that stands before it."""
        if owner.type == ORGANIZATION and title.title in POSTED:
            title.title = f"{title.title} to {called(self.doc, owner).lower()}"
        elif owner.type in (ORGANIZATION, PLACE) and owner.kind != CAPITAL:
            title.body = title.body or called(self.doc, owner)
            title.rule = "title: place" if owner.type == PLACE else title.rule
        else:
            title.country = called(self.doc, owner)

    def _take_state_of_body(self, title: Candidate, grown: _Growth, a: int) -> None:
        """ "the Norwegian nuclear agency spokesman": the state before a body in small letters."""
        k = back = grown.first
        while back > a and is_body(self.doc.lower[back - 1]):
            back -= 1
        if back == k:
            return
        while k - 3 < back - 1 > a and self.doc.tags[back - 1] in ("JJ", "NN"):
            back -= 1
        at = self.ends.get(back)
        if at is not None and at not in self.taken and self.candidates[at].type == GOVERNMENT:
            title.country = self.candidates[at].label
            grown.left.append(at)
            grown.first = self.candidates[at].first

    def _take_determiner(self, title: Candidate, grown: _Growth, a: int) -> None:
        """ "the president", "the country's president"."""
        low, k = self.doc.lower, grown.first
        if k > a and low[k - 1] in _DETERMINERS:
            k -= 1
            grown.definite = True
        if k - 1 > a and low[k - 1] in POSSESSIVE and low[k - 2] in _LANDS:
            k = self._take_land(title, k, a)
            grown.definite = k < title.first
        grown.first = k

    def _take_land(self, title: Candidate, k: int, a: int) -> int:
        """ "The country's president": of the state named last in the sentence; where it begins."""
        before = [
            p for p in self.candidates
            if a <= p.first and p.last < k - 2 and p.type == GOVERNMENT and p.kind == "name"
        ]  # fmt: skip
        if k - 3 < a or self.doc.lower[k - 3] != "the" or not before or not before[-1].label:
            return k
        title.country = before[-1].label
        return k - 3

    def _take_complements(self, title: Candidate, grown: _Growth, a: int) -> None:
        """ "the head of the Guard's elite Harbour Force", "the ambassador to Peru"."""
        while (at := self._complement(title, grown, a)) is not None:
            join, label = self.doc.lower[title.last], called(self.doc, self.candidates[at])
            if title.title in POSTED and join in ("to", "for"):
                title.title = f"{title.title} {join} {label.lower()}"
            elif self.candidates[at].type != GOVERNMENT:
                title.body = label if join in ("of", "from") or grown.right else title.body
                if self.candidates[at].type == PLACE:
                    title.rule = "title: of a place"
            else:
                title.country = title.country or label
            grown.right.append(at)
            title.last = self.candidates[at].last

    def _complement(self, title: Candidate, grown: _Growth, a: int) -> int | None:
        """The state or body that "of", "to", "for" or, once there is one, "'s" joins to it."""
        low, n = self.doc.lower, title.last
        b = self.doc.sents[title.sentence][1]
        nested = bool(grown.right)
        if n + 1 >= b or not (low[n] in _OFFICE_PREPOSITIONS or (nested and low[n] in POSSESSIVE)):
            return None
        m = n + 1
        if low[m] == "the" and m + 1 < b:
            m += 1
        if nested and m not in self.starts and m + 1 < b and self.doc.tags[m] == "JJ":
            m += 1  # "the Guard's elite Harbour Force"
        at = self.starts.get(m)
        if at is None or at in self.taken:
            return None
        after, k = self.candidates[at], grown.first
        # "Keller, the leader of Kara Nord,": what Kara Nord is may be unknown yet.
        headed = low[n] == "of" and k - 1 > a and low[k - 1] == "," and k - 1 in self.ends
        unknown = headed and after.type == UNKNOWN and not after.titles
        place = after.type == PLACE and low[n] in ("of", "from")
        return at if after.type in (GOVERNMENT, ORGANIZATION) or unknown or place else None

    def _is_whole(self, title: Candidate, grown: _Growth) -> bool:
        """Whether the title says enough, and nothing that follows makes another of it."""
        low, n = self.doc.lower, title.last
        b = self.doc.sents[title.sentence][1]
        if title.titles[0].kind not in (OFFICE, ROLE) and not (grown.left or grown.right):
            return False
        if n >= b:
            return True
        if grown.right:
            return low[n] not in POSSESSIVE  # "the commander of the Guard's air force"
        if low[n] == "of" and n + 2 < b and self._is_of_other(title, n + 1):
            return False
        # "The leader of" somebody or something that we did not understand.
        m = n + 1 + (n + 2 < b and low[n + 1] == "the")
        return m >= b or low[n] != "of" or not self.doc.words[m][0].isupper()

    def _is_of_other(self, title: Candidate, n: int) -> bool:
        """ "The leader of that party", "the president of the league": nobody named by it."""
        low = self.doc.lower
        if low[n] in _OTHER_HOLDER:
            return True
        head = long_office(title.title) in HEADS and low[n] == "the"
        return head and low[n + 1] not in _LANDS and not self.doc.words[n + 1][0].isupper()


@cache
def _government_nouns() -> frozenset[str]:
    """ "administration", "regime", and the styles of states: "kingdom", "republic"."""
    nouns = {w for w, kind in vocabulary().heads.items() if kind == GOVERNMENT}
    return frozenset(nouns | {s.lower() for s in gazetteer().official if " " not in s})
