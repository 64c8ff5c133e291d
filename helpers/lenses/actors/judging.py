"""What the candidates are: unknown names, towns or governments, short forms, datelines."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from helpers import lexicons
from helpers.lenses.actors import forms, kinds, metonyms
from helpers.lenses.actors.gazetteer import (
    CAPITAL,
    COUNTRY,
    DEMONYM,
    HOUSE,
    OFFICIAL,
    ORGANIZATION,
    PLACE,
    gazetteer,
)
from helpers.lenses.actors.pieces import GOVERNMENT, OTHER, PERSON, UNKNOWN, Piece
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import Vocabulary, usual_tag, vocabulary

_DASHES = frozenset({"—", "–", "-", "--", "―"})
_DIRECTIONS = lexicons.words("compass_directions")
_JOINS = lexicons.words("name_prepositions")
_ACRONYM = 0.15
"""From this chance on an acronym is taken for an organisation: in news most of them are."""
_LONE_PERSON = 0.4
"""Below this chance a word that stands alone, in no full name, is taken for no person."""
_SMALL = lexicons.words("acronym_small_words")
_UNSURE = frozenset({"shape", "acronym", "given name"})


def groups_of(
    doc: Reading, pieces: list[Piece]
) -> tuple[list[list[Piece]], Counter[str], set[str]]:
    """(unknown names of an article, longest first; words that stand alone; known surnames)."""
    groups: dict[str, list[Piece]] = {}
    surnames: set[str] = set()
    lone: Counter[str] = Counter()
    for p in pieces:
        if p.kind != "name":
            continue
        words = doc.tok[p.core : p.core_last]
        if len(words) == 1:
            lone[words[0]] += 1
        if p.type == UNKNOWN or p.rule in _UNSURE:
            groups.setdefault(" ".join(words), []).append(p)
        elif p.type == PERSON and words:
            surnames.add(words[-1])
    order = sorted(groups.values(), key=lambda g: -(g[0].core_last - g[0].core))
    return order, lone, surnames


def _initials(words: list[str]) -> set[str]:
    """First letters of the words, with and without the small ones; hyphens part words."""
    parts = [p for w in words for p in w.split("-") if p[:1].isalnum() or p == "&"]
    return {
        "".join(p[0] for p in parts if p != "&"),
        "".join(p[0] for p in parts if p not in _SMALL),
    }


class Judge:
    """Decides over the whole article what each candidate is."""

    def __init__(self, doc: Reading) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.gaz = gazetteer()
        self.initials: dict[str, str] = {}

    def judge(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces with their types decided, datelines left out."""
        self._judge(pieces)
        pieces = self._without_datelines(pieces)
        self._capitals(pieces)
        self._officials(pieces)
        return pieces

    def _judge(self, pieces: list[Piece]) -> None:
        """Decide unknown names by the company they keep, over the whole article."""
        groups, lone, surnames = groups_of(self.doc, pieces)
        firsts = {
            self.doc.tok[p.core]
            for p in pieces
            if p.type == PERSON and p.core_last - p.core > 1 and p.kind == "name"
        }
        bearers = self._bearers(pieces)
        articled = self._articled(pieces)
        full = {" ".join(self.doc.tok[p.core : p.core_last]) for p in pieces if p.type == PERSON}
        self.initials = {}
        for p in pieces:
            if p.type in (ORGANIZATION, OTHER) and p.rule not in _UNSURE:
                self._note_initials(p)
        for members in groups:
            p = members[0]
            words = self.doc.tok[p.core : p.core_last]
            kind, confidence = self._kind(members, words, surnames, lone)
            like = kind in (OTHER, PERSON) and words[0] not in self.voc.given
            if like and len(words) == 1 and words[0] in firsts:
                kind, confidence = PERSON, 0.7  # the family name comes first: "Wu Qian", "Wu"
            for member in members:
                member.type = kind
                member.confidence = min(member.confidence, confidence)
            if kind == PERSON and len(words) > 1:
                surnames.add(words[-1])
                firsts.add(words[0])
            elif kind in (ORGANIZATION, OTHER):
                self._note_initials(p)
        for p in pieces:
            if p.rule == "full name" and p.type == PERSON and self._thing(p, articled):
                p.type, p.confidence = OTHER, 0.6
            elif p.rule in (PLACE, CAPITAL) and self.doc.tok[p.core] in bearers:
                p.type, p.kind, p.label = PERSON, "name", ""
                p.rule, p.confidence = "shape", 0.7
        for p in pieces:
            if p.type == PERSON and p.kind == "name":
                self._cut_after(p, full)
        self._openings(pieces)
        self._cut_short(pieces)

    def _note_initials(self, p: Piece) -> None:
        """Remember what the initials of a longer name would name."""
        if p.core_last - p.core > 1:
            for letters in _initials(self.doc.low[p.core : p.core_last]):
                self.initials.setdefault(letters, p.type)

    def _cut_after(self, p: Piece, full: set[str]) -> None:
        """ "Anna Keller Servers Fail": cut what a headline or a message put after a known name."""
        words = self.doc.tok[p.core : p.core_last]
        for n in range(len(words) - 1, 1, -1):
            if " ".join(words[:n]) in full and forms.fold(words[n]) not in forms.SUFFIXES:
                p.last = p.core_last = p.core + n
                break

    def _cut_short(self, pieces: list[Piece]) -> None:
        """Names that stand for a longer one: "the North", "the Church" of "Church of …"."""
        tok, low = self.doc.tok, self.doc.low
        states: dict[str, set[str]] = {}
        bodies: dict[str, set[str]] = {}
        for p in pieces:
            words = tok[p.core : p.core_last]
            if p.label and p.type == GOVERNMENT and len(p.label.split()) == 2:
                states.setdefault(p.label.split()[0], set()).add(p.label)
            elif p.type == ORGANIZATION and not p.label and len(words) > 1 and not p.muted:
                # The head is short for all, and a first word that is none: "the Church" of "Church
                # of …", but not "the House" of "House Judiciary Committee".
                if words[0] not in self.voc.heads or words[1] == "of":
                    bodies.setdefault(words[0], set()).add(" ".join(words))
                if "of" not in words:
                    bodies.setdefault(words[-1], set()).add(" ".join(words))
                if len(words) > 2 and self.gaz.single(words[0]):
                    bodies.setdefault(" ".join(words[1:]), set()).add(" ".join(words))
        for p in pieces:
            words = tok[p.core : p.core_last]
            if p.kind != "name" or p.label:
                continue
            if len(words) > 1:
                whole = bodies.get(" ".join(words), set())
                if p.type == ORGANIZATION and len(whole) == 1:
                    p.rule, p.short_for = "short for a body", next(iter(whole))  # "Red Sox"
                continue
            if words[0] in _DIRECTIONS and self._twin(p):
                continue
            if p.type == PERSON:
                continue
            the = p.core > 0 and low[p.core - 1] == "the"
            of_that_name = states.get(words[0], set())
            if len(of_that_name) == 1 and the and words[0] in _DIRECTIONS:
                p.label, p.type = next(iter(of_that_name)), GOVERNMENT
                p.rule, p.confidence = "short for a state", 0.7
            elif (the or p.type == ORGANIZATION) and len(bodies.get(words[0], ())) == 1:
                p.type, p.rule, p.confidence = ORGANIZATION, "short for a body", 0.7
                p.short_for = next(iter(bodies[words[0]]))

    def _twin(self, p: Piece) -> bool:
        """ "North and South Korea": the first half is a state of its own."""
        tok = self.doc.tok
        k = p.core + 1
        if tok[k : k + 1] in (["and"], ["or"]):
            entry = self.gaz.match(tok, k + 1, self.doc.bounds[p.sentence][1])
            if entry is not None and entry.kind == COUNTRY and len(entry.words) == 2:
                other = self.gaz.match([tok[p.core], entry.words[1]], 0, 2)
                if other is not None and other.kind == COUNTRY and len(other.words) == 2:
                    p.type, p.label, p.rule = GOVERNMENT, other.label, "short for a state"
                    return True
        return False

    def _openings(self, pieces: list[Piece]) -> None:
        """ "Keller Doctrine", "Oslo Games": no actor, but its first words are one."""
        tok = self.doc.tok
        known: dict[str, Piece] = {}
        for p in pieces:
            if p.kind in ("name", CAPITAL) and p.type in (PERSON, ORGANIZATION, PLACE, GOVERNMENT):
                known.setdefault(" ".join(tok[p.core : p.core_last]), p)
        for p in pieces:
            seat = self.voc.heads.get(tok[p.core_last - 1]) == "seat"
            if (p.type != OTHER and not seat) or p.kind != "name" or p.core_last - p.core < 2:
                continue
            entry = self.gaz.match(tok, p.core, p.core_last)
            if (
                entry is not None
                and entry.kind in (COUNTRY, DEMONYM)
                and (len(entry.words) < p.core_last - p.core)
            ):
                # "U.S. Embassy", "Swiss Embassy": the state is named, the building is a place.
                p.type, p.label = GOVERNMENT, entry.label
                p.kind = "demonym" if entry.kind == DEMONYM else "name"
                p.first, p.last = p.core, p.core + len(entry.words)
                p.core_last, p.rule, p.confidence = p.last, "opens a longer name", 0.8
                continue
            if seat or p.muted:
                continue
            for n in (p.core_last - p.core - 1, 2, 1):
                like = known.get(" ".join(tok[p.core : p.core + n]))
                entry = self.gaz.match(tok, p.core, p.core + n) if like is None else None
                if (
                    entry is not None
                    and len(entry.words) == n
                    and entry.kind in (COUNTRY, PLACE, CAPITAL)
                ):
                    p.type = GOVERNMENT if entry.kind == COUNTRY else PLACE
                    p.label = entry.label if entry.kind == COUNTRY else ""
                elif like is not None:
                    p.type, p.label, p.kind = like.type, like.label, "name"
                else:
                    continue
                p.first, p.last, p.core_last = p.core, p.core + n, p.core + n
                p.rule, p.confidence = "opens a longer name", 0.6
                break

    def _kind(
        self, members: list[Piece], words: list[str], surnames: set[str], lone: Counter[str]
    ) -> tuple[str, float]:
        if len(words) == 1 and words[-1] in surnames:
            return PERSON, 0.9
        if self._cued(members, "other") or self._opener(members, words):
            return OTHER, 0.8
        found = kinds.features(self.doc, members, lone, surnames, self.voc)
        chances = kinds.classify(found)
        if len(words) == 1 and (
            chances[PERSON] < _LONE_PERSON
            or self._plural(members)
            or (words[0] in self.voc.heads and words[0] not in self.voc.given)
        ):
            chances[PERSON] = 0.0
        elif words[0] == "The":
            chances[PERSON] = 0.0  # a newspaper's article
        kind = max(kinds.CLASSES, key=chances.__getitem__)
        if kind == PERSON and self._counted(members):
            return OTHER, 0.6
        if members[0].rule == "acronym":
            full = self._spelled_out(words[0], members)
            if full:
                return full, 0.8
            if kind == OTHER and chances[ORGANIZATION] >= _ACRONYM:
                kind = ORGANIZATION
        return kind, round(chances[kind], 2)

    def _spelled_out(self, letters: str, members: list[Piece]) -> str:
        """What an acronym stands for, where the article spells it out; else empty."""
        letters = letters.replace(".", "").lower()
        kind = self.initials.get(letters, "")
        if kind:
            return kind
        tok, low = self.doc.tok, self.doc.low
        for m in members:
            k = m.first - 1
            a = self.doc.bounds[m.sentence][0]
            if k > a and tok[k] == "(" and m.last < len(tok) and tok[m.last] == ")":
                for first in range(max(a, k - len(letters) - 3), k):
                    if letters in _initials(low[first:k]):
                        return self._long_form(low[first:k], tok[first][0].isupper())
        return ""

    def _plural(self, members: list[Piece]) -> bool:
        """ "Baathists", "Forests": many, so no person."""
        tag = [self.doc.tag[m.core] for m in members]
        return 2 * sum(t in ("NNS", "NNPS") for t in tag) > len(tag)

    def _long_form(self, words: list[str], named: bool) -> str:
        """What "central bank" or "Panel on Trade" names; empty where its head says nothing."""
        opened = [a for a, b in pairwise(words) if b in _JOINS]
        for noun in [*opened, words[-1]]:
            head = self.voc.heads.get(noun.capitalize())
            if head in (ORGANIZATION, OTHER):
                return head
        return "" if named else OTHER

    def _opener(self, members: list[Piece], words: list[str]) -> bool:
        """ "Lifting it": a form of a verb that only ever opens sentences is no name."""
        if len(words) > 1 or self.doc.mid.get(words[0]) or words[0] in self.voc.given:
            return False
        form = words[0].lower()
        return usual_tag(form)[:2] in ("VB", "RB", "IN") or (
            form.endswith("ing")
            and len(form) > 5
            and all(m.core in self.doc.initial for m in members)
        )

    def _counted(self, members: list[Piece]) -> bool:
        """ "a Polaroid", "two Polaroids": a name that can be counted is nobody's."""
        low, tag = self.doc.low, self.doc.tag
        counted = sum(
            m.first > 0 and (low[m.first - 1] in ("a", "an") or tag[m.first - 1] == "CD")
            for m in members
        )
        return counted >= max(1, 0.2 * len(members))

    def _cued(self, members: list[Piece], kind: str) -> bool:
        """Whether the word before a name says what it is ("the tanker X")."""
        low = self.doc.low
        return any(
            self.voc.contexts.get(("before", low[m.first - 1]), ("",))[0] == kind
            for m in members
            if m.first > 0
        )

    def _articled(self, pieces: list[Piece]) -> set[str]:
        """Full names that mostly have "the" before them, or once a word such as "tanker"."""
        n: Counter[str] = Counter()
        the: Counter[str] = Counter()
        for p in pieces:
            if p.rule == "full name":
                name = " ".join(self.doc.tok[p.core : p.core_last])
                n[name] += 1
                the[name] += (
                    p.core > 0
                    and self.doc.low[p.core - 1] == "the"
                    and not (p.last < len(self.doc.tag) and self.doc.tag[p.last][:2] == "NN")
                )  # "the Anna Keller archive" is named after her
                the[name] += len(pieces) * self._cued([p], OTHER)
        return {name for name in n if the[name] > n[name] / 2}

    def _bearers(self, pieces: list[Piece]) -> set[str]:
        """Towns' names that are a person's here ("Jack London … London"), and nowhere a town's."""
        low, tok = self.doc.low, self.doc.tok
        people = {tok[p.core_last - 1] for p in pieces if p.rule == "full name" and not p.muted}
        towns: set[str] = set()
        for p in pieces:
            before = low[p.core - 1] if p.rule in (PLACE, CAPITAL) and p.core else ""
            kind, weight = self.voc.contexts.get(("before", before), ("", 0))
            if kind == PLACE and weight:
                towns.add(tok[p.core])
        return people - towns

    def _thing(self, p: Piece, articled: set[str]) -> bool:
        """A full name without a title that has "the" or "tanker" before it: a ship, a ward."""
        return not p.titles and " ".join(self.doc.tok[p.core : p.core_last]) in articled

    def _without_datelines(self, pieces: list[Piece]) -> list[Piece]:
        """Leave out "LISBON, Portugal (Wire) —": where it was written is no mention."""
        doc = self.doc
        ends: list[int] = []
        for a, b in doc.bounds:
            end = a
            if doc.tok[a].isupper() and len(doc.tok[a]) > 2:
                end = next((k for k in range(a + 1, min(b, a + 12)) if doc.tok[k] in _DASHES), a)
            ends.append(end)
        return [p for p in pieces if p.first >= ends[p.sentence]]

    def _officials(self, pieces: list[Piece]) -> None:
        """ "the Islamic Republic": the state of that style which the article names most."""
        counts = Counter(p.label for p in pieces if p.label)
        for p in pieces:
            if p.rule != OFFICIAL:
                continue
            form = " ".join(self.doc.tok[p.core : p.core_last])
            owners = [c for c in self.gaz.official.get(form, []) if counts[c]]
            if owners:
                p.label = max(owners, key=lambda c: (counts[c], c))
                p.confidence = 0.9 if len(owners) == 1 else 0.6
            else:
                p.type = OTHER

    # -- capitals -----------------------------------------------------------------------------

    def _capitals(self, pieces: list[Piece]) -> None:
        low = self.doc.low
        for p in pieces:
            if p.rule == HOUSE and p.kind == "metonym":
                a = self.doc.bounds[p.sentence][0]
                k = p.first - (p.first > a and low[p.first - 1] == "the")
                before = low[k - 1] if k > a else ""
                kind, weight = self.voc.contexts.get(("before", before), ("", 0))
                if kind == PLACE and weight and before != "across":
                    p.kind, p.type, p.label, p.rule = "name", PLACE, "", "place: preposition"
                else:
                    p.first = k
            elif p.kind == "demonym" and p.first > self.doc.bounds[p.sentence][0]:
                end = self.doc.bounds[p.sentence][1]
                after = self.doc.tag[p.last] if p.last < end else "."
                if low[p.first - 1] == "the" and after[:2] not in ("NN", "JJ", "CD", "VB", "HY"):
                    p.first -= 1  # "the Norwegians" is a noun phrase of its own
                elif (
                    low[p.first - 1] == "the"
                    and self.doc.tok[p.last - 1].endswith("s")
                    and (self.doc.tag[p.last - 1] in ("NNS", "NNPS"))
                ):
                    p.first -= 1
            if p.kind != CAPITAL:
                continue
            sure, rule = metonyms.government(self.doc, p, self.voc, self.doc.bounds[p.sentence])
            p.rule = rule
            if sure >= 0.5:
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, sure
            else:
                p.kind, p.type, p.confidence, p.label = "name", PLACE, 1 - sure, ""
