"""What the candidates name: unknown names, towns or governments, short forms, datelines."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from helpers import lexicons
from helpers.lenses.actors import metonyms, name_matching, type_model
from helpers.lenses.actors.candidates import GOVERNMENT, OTHER, PERSON, UNKNOWN, Candidate
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
from helpers.lenses.actors.short_forms import ShortForms
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import Vocabulary, usual_tag, vocabulary

_DASHES = frozenset({"—", "–", "-", "--", "―"})
_JOINS = lexicons.words("name_prepositions")
_ACRONYM = 0.15
"""From this chance on an acronym is taken for an organisation: in news most of them are."""
_LONE_PERSON = 0.4
"""Below this chance a word that stands alone, in no full name, is taken for no person."""
_RACES = lexicons.words("races_for_a_seat")
_LISTING = frozenset({",", "and", "or"})
_TOWN = 20.0
"""However many live in a town, its name is so many times more likely a town's at most."""
_UNSURE = frozenset({"shape", "acronym", "given name"})


def unknown_names(
    doc: TaggedArticle, candidates: list[Candidate]
) -> tuple[list[list[Candidate]], Counter[str], set[str]]:
    """(unknown names of an article, longest first; words that stand alone; known surnames)."""
    groups: dict[str, list[Candidate]] = {}
    surnames: set[str] = set()
    lone: Counter[str] = Counter()
    for p in candidates:
        if p.kind != "name":
            continue
        words = doc.words[p.core : p.core_last]
        if len(words) == 1:
            lone[words[0]] += 1
        if p.type == UNKNOWN or p.rule in _UNSURE:
            groups.setdefault(" ".join(words), []).append(p)
        elif p.type == PERSON and words:
            surnames.add(words[-1])
    order = sorted(groups.values(), key=lambda g: -(g[0].core_last - g[0].core))
    return order, lone, surnames


class TypeDecider:
    """Decides over the whole article what each candidate is."""

    def __init__(self, doc: TaggedArticle) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.gaz = gazetteer()
        self.initials: dict[str, str] = {}
        self.families: set[str] = set()

    def decide(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates with their types decided, datelines left out."""
        self._decide(candidates)
        candidates = self._without_datelines(candidates)
        self._capitals(candidates)
        self._officials(candidates)
        return candidates

    def _decide(self, candidates: list[Candidate]) -> None:
        """Decide unknown names by the company they keep, over the whole article."""
        bearers = self._bearers(candidates)
        articled = self._articled(candidates)
        full = {
            " ".join(self.doc.words[p.core : p.core_last])
            for p in candidates
            if p.type == PERSON and not p.muted
        }
        self._decide_unknown(candidates)
        for p in candidates:
            if p.rule == "full name" and p.type == PERSON and self._thing(p, articled):
                p.type, p.confidence = OTHER, 0.6
            elif p.rule in (PLACE, CAPITAL, COUNTRY) and self.doc.words[p.core] in bearers:
                p.type, p.kind, p.label = PERSON, "name", ""
                p.rule, p.confidence = "shape", 0.7
        alone = Counter(
            self.doc.words[p.core]
            for p in candidates
            if p.type == PERSON and p.kind == "name" and p.core_last == p.core + 1
        )
        for p in candidates:
            if p.type == PERSON and p.kind == "name":
                self._cut_after(p, full)
            if p.type in (PERSON, ORGANIZATION) and p.kind == "name" and not p.titles:
                self._cut_before(p, full, alone)
        ShortForms(self.doc).resolve(candidates)

    def _decide_unknown(self, candidates: list[Candidate]) -> None:
        """Decide each unknown name, longer ones first: they say what shorter ones are."""
        groups, lone, surnames = unknown_names(self.doc, candidates)
        firsts = {
            self.doc.words[p.core]
            for p in candidates
            if p.type == PERSON and p.core_last - p.core > 1 and p.kind == "name"
        }
        sure = self.voc.given.keys() - self.voc.doubtful_given
        self.families = surnames - sure
        self.initials = {}
        for p in candidates:
            if p.type in (ORGANIZATION, OTHER) and p.rule not in _UNSURE:
                self._note_initials(p)
        for members in groups:
            p = members[0]
            words = self.doc.words[p.core : p.core_last]
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

    def _note_initials(self, p: Candidate) -> None:
        """Remember what the initials of a longer name would name."""
        if p.core_last - p.core > 1:
            for letters in name_matching.initials(self.doc.lower[p.core : p.core_last]):
                self.initials.setdefault(letters, p.type)

    def _cut_after(self, p: Candidate, full: set[str]) -> None:
        """ "Anna Keller Servers Fail": cut what a headline or a message put after a known name."""
        words = self.doc.words[p.core : p.core_last]
        for n in range(len(words) - 1, 1, -1):
            if (
                " ".join(words[:n]) in full
                and name_matching.fold(words[n]) not in name_matching.SUFFIXES
            ):
                p.last = p.core_last = p.core + n
                break

    def _plain(self, word: str) -> bool:
        """Whether a word is a usual one, or names a group: no part of a person's name."""
        small = word.lower() in self.doc.spellings or usual_tag(word) != ""
        return small or self.voc.heads.get(word) == OTHER

    def _cut_before(self, p: Candidate, full: set[str], alone: Counter[str]) -> None:
        """ "Absent Keller", "Democrats Anna Keller": cut usual words before a known name.

        A surname counts as known where it stands alone more often than behind those words, which
        only open a sentence or stand in a headline.
        """
        words = self.doc.words[p.core : p.core_last]
        if p.first != p.core or words[0] in self.voc.given or p.label:
            return
        for n in range(1, len(words)):
            if words[n - 1] in self.voc.given or not self._plain(words[n - 1]):
                return
            rest = words[n:]
            opens = p.muted or p.core in self.doc.openings
            known = len(rest) > 1 and rest[0] in self.voc.given
            # "Democrat Anna Keller", or a name that the article has without those words
            known = known and (self.voc.heads.get(words[0]) == OTHER or " ".join(rest) in full)
            if known or (len(rest) == 1 and opens and alone[rest[0]] > 1):
                p.first = p.core = p.core + n
                p.type, p.rule = PERSON, "full name" if known else "short name"
                return

    def _kind(
        self, members: list[Candidate], words: list[str], surnames: set[str], lone: Counter[str]
    ) -> tuple[str, float]:
        if len(words) == 1 and words[-1] in surnames:
            return PERSON, 0.9
        if self._cued(members, "other") or self._opener(members, words) or self._several(words):
            return OTHER, 0.8
        found = type_model.features(self.doc, members, lone, surnames, self.voc)
        chances = type_model.classify(found)
        if len(words) == 1 and (
            chances[PERSON] < _LONE_PERSON
            or self._plural(members)
            or (words[0] in self.voc.heads and words[0] not in self.voc.given)
        ):
            chances[PERSON] = 0.0
        elif words[0] == "The":
            chances[PERSON] = 0.0  # a newspaper's article
        elif words[-1] not in surnames and usual_tag(words[0]) and self._plural(members):
            chances[PERSON] = 0.0  # "Founding Fathers"
        if len(words) == 1 and words[0] in self.voc.towns:
            chances[PLACE] *= min(self.voc.towns[words[0]], _TOWN)
        kind = max(type_model.CLASSES, key=chances.__getitem__)
        if kind == PERSON and self._counted(members):
            return OTHER, 0.6
        if members[0].rule == "acronym":
            full = self._spelled_out(words[0], members)
            if full:
                return full, 0.8
            if kind == OTHER and chances[ORGANIZATION] >= _ACRONYM:
                kind = ORGANIZATION
        return kind, round(chances[kind], 2)

    def _spelled_out(self, letters: str, members: list[Candidate]) -> str:
        """What an acronym stands for, where the article spells it out; else empty."""
        letters = letters.replace(".", "").lower()
        kind = self.initials.get(letters, "")
        if kind:
            return kind
        tok, low = self.doc.words, self.doc.lower
        for m in members:
            k = m.first - 1
            a = self.doc.sents[m.sentence][0]
            if k > a and tok[k] == "(" and m.last < len(tok) and tok[m.last] == ")":
                for first in range(max(a, k - len(letters) - 3), k):
                    if letters in name_matching.initials(low[first:k]):
                        return self._long_form(low[first:k], tok[first][0].isupper())
        return ""

    def _plural(self, members: list[Candidate]) -> bool:
        """ "Baathists", "Forests": many, so no person."""
        tag = [self.doc.tags[m.core_last - 1] for m in members]
        return 2 * sum(t in ("NNS", "NNPS") for t in tag) > len(tag)

    def _long_form(self, words: list[str], named: bool) -> str:
        """What "central bank" or "Panel on Trade" names; empty where its head says nothing."""
        opened = [a for a, b in pairwise(words) if b in _JOINS]
        for noun in [*opened, words[-1]]:
            head = self.voc.heads.get(noun.capitalize())
            if head in (ORGANIZATION, OTHER):
                return head
        return "" if named else OTHER

    def _several(self, words: list[str]) -> bool:
        """ "Keller-Moss", "the Kellers": several names of the article in one word."""
        word, known = words[0], self.doc.spellings
        if len(words) > 1:
            return False
        halves = word.split("-")
        if len(halves) == 2 and all(halves):
            return all(
                h in known or self.gaz.single(h) is not None or self.voc.heads.get(h) == OTHER
                for h in halves
            )
        return word.endswith("s") and word[:-1] in self.families

    def _opener(self, members: list[Candidate], words: list[str]) -> bool:
        """ "Lifting it": a form of a verb that only ever opens sentences is no name."""
        if len(words) > 1 or self.doc.inside_counts.get(words[0]) or words[0] in self.voc.given:
            return False
        form = words[0].lower()
        return usual_tag(form)[:2] in ("VB", "RB", "IN", "UH") or (
            form.endswith("ing")
            and len(form) > 5
            and all(m.core in self.doc.openings for m in members)
        )

    def _counted(self, members: list[Candidate]) -> bool:
        """ "a Polaroid", "two Polaroids": a name that can be counted is nobody's."""
        low, tag = self.doc.lower, self.doc.tags
        counted = sum(
            m.first > 0 and (low[m.first - 1] in ("a", "an") or tag[m.first - 1] == "CD")
            for m in members
        )
        return counted >= max(1, 0.2 * len(members))

    def _cued(self, members: list[Candidate], kind: str) -> bool:
        """Whether the word before a name says what it is ("the tanker X")."""
        low = self.doc.lower
        return any(
            self.voc.contexts.get(("before", low[m.first - 1]), ("",))[0] == kind
            for m in members
            if m.first > 0
        )

    def _articled(self, candidates: list[Candidate]) -> set[str]:
        """Full names that mostly have "the" before them, or once a word such as "tanker"."""
        n: Counter[str] = Counter()
        the: Counter[str] = Counter()
        for p in candidates:
            if p.rule == "full name":
                name = " ".join(self.doc.words[p.core : p.core_last])
                n[name] += 1
                the[name] += (
                    p.core > 0
                    and self.doc.lower[p.core - 1] == "the"
                    and not (p.last < len(self.doc.tags) and self.doc.tags[p.last][:2] == "NN")
                )  # "the Anna Keller archive" is named after her
                the[name] += len(candidates) * self._cued([p], OTHER)
        return {name for name in n if the[name] > n[name] / 2}

    def _bearers(self, candidates: list[Candidate]) -> set[str]:
        """Towns' names that are a person's here ("Jack London … London"), and nowhere a town's."""
        low, tok = self.doc.lower, self.doc.words
        people = {
            tok[p.core_last - 1]
            for p in candidates
            if p.type == PERSON and p.core_last - p.core > 1 and not p.muted
            if p.titles or tok[p.core] in self.voc.given
        }
        towns: set[str] = set()
        for p in candidates:
            if p.rule in (PLACE, CAPITAL, COUNTRY, DEMONYM) and p.core:
                kind, weight = self.voc.contexts.get(("before", low[p.core - 1]), ("", 0))
                if (kind == PLACE and weight) or (p.rule == DEMONYM and p.label in people):
                    towns.add(p.label if p.rule == DEMONYM else tok[p.core])
        return people - towns

    def _thing(self, p: Candidate, articled: set[str]) -> bool:
        """A full name without a title that has "the" or "tanker" before it: a ship, a ward."""
        return not p.titles and " ".join(self.doc.words[p.core : p.core_last]) in articled

    def _without_datelines(self, candidates: list[Candidate]) -> list[Candidate]:
        """Leave out "LISBON, Portugal (Wire) —": where it was written is no mention."""
        doc = self.doc
        ends: list[int] = []
        for a, b in doc.sents:
            end = a
            if doc.words[a].isupper() and len(doc.words[a]) > 2:
                end = next((k for k in range(a + 1, min(b, a + 12)) if doc.words[k] in _DASHES), a)
            ends.append(end)
        return [p for p in candidates if p.first >= ends[p.sentence]]

    def _officials(self, candidates: list[Candidate]) -> None:
        """ "the Islamic Republic": the state of that style which the article names most."""
        counts = Counter(p.label for p in candidates if p.label)
        for p in candidates:
            if p.rule != OFFICIAL:
                continue
            form = " ".join(self.doc.words[p.core : p.core_last])
            owners = [c for c in self.gaz.official.get(form, []) if counts[c]]
            if owners:
                p.label = max(owners, key=lambda c: (counts[c], c))
                p.confidence = 0.9 if len(owners) == 1 else 0.6
            else:
                p.type = OTHER

    def _listed(self, p: Candidate, q: Candidate) -> bool:
        """Whether a place that is no capital stands beside it in a list: "Oslo, Bergen and"."""
        if q.type != PLACE or q.kind == CAPITAL or q.sentence != p.sentence:
            return False
        before, behind = (p, q) if p.first < q.first else (q, p)
        between = self.doc.lower[before.last : behind.first]
        if not 0 < len(between) < 3 or any(word not in _LISTING for word in between):
            return False
        # "In Bergen, Oslo said no" is no list, "Bergen, Oslo and Tromsø" is one.
        goes_on = behind.last < len(self.doc.lower) and self.doc.lower[behind.last] in _LISTING
        return between != [","] or goes_on

    # -- capitals -----------------------------------------------------------------------------

    def _capitals(self, candidates: list[Candidate]) -> None:
        low = self.doc.lower
        for i, p in enumerate(candidates):
            if p.rule == HOUSE and p.kind == "metonym":
                a = self.doc.sents[p.sentence][0]
                k = p.first - (p.first > a and low[p.first - 1] == "the")
                before = low[k - 1] if k > a else ""
                kind, weight = self.voc.contexts.get(("before", before), ("", 0))
                goal = before in ("for", "to") and low[k - 2] in _RACES
                after = low[p.last] if p.last < len(low) else ""
                if (kind == PLACE and weight and before != "across") or goal or after in _RACES:
                    p.kind, p.type, p.label, p.rule = "name", PLACE, "", "place: preposition"
                else:
                    p.first = k
            elif p.kind == "demonym" and p.first > self.doc.sents[p.sentence][0]:
                end = self.doc.sents[p.sentence][1]
                after = self.doc.tags[p.last] if p.last < end else "."
                if low[p.first - 1] == "the" and after[:2] not in ("NN", "JJ", "CD", "VB", "HY"):
                    p.first -= 1  # "the Norwegians" is a noun phrase of its own
                elif (
                    low[p.first - 1] == "the"
                    and self.doc.words[p.last - 1].endswith("s")
                    and (self.doc.tags[p.last - 1] in ("NNS", "NNPS"))
                ):
                    p.first -= 1
            if p.kind != CAPITAL:
                continue
            if any(self._listed(p, q) for q in candidates[max(0, i - 1) : i + 2] if q is not p):
                p.kind, p.type, p.confidence, p.label = "name", PLACE, 0.8, ""
                p.rule = "place: list"
                continue
            sure, rule = metonyms.government(self.doc, p, self.voc, self.doc.sents[p.sentence])
            p.rule = rule
            if sure >= 0.5:
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, sure
            else:
                p.kind, p.type, p.confidence, p.label = "name", PLACE, 1 - sure, ""
