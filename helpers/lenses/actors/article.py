"""One article alone: its mentions, gathered into local actors that the corpus may join later.

Phase 1 of three. What leaves this module is small (names, counts, offices, genders per local
actor), so that a large corpus can be read in partitions.
"""

from __future__ import annotations

import re

from helpers import lexicons
from helpers.lenses.actors import forms
from helpers.lenses.actors.descriptions import Describer
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.judging import Judge
from helpers.lenses.actors.local import POSTED, ArticleNames, Found, Local, holders, long_office
from helpers.lenses.actors.pieces import GOVERNMENT, PERSON, TITLE, Piece
from helpers.lenses.actors.proposed import Proposed, ProposedNames
from helpers.lenses.actors.reading import Reading
from helpers.lenses.actors.vocabulary import OFFICE, POSSESSIVE, RANK, ROLE, Vocabulary, vocabulary

_PARTY = re.compile(r"[A-Z]-([A-Z][a-z]{3,}.*)$")
_AFTER_ASIDE = lexicons.words("after_office_aside")
_CLOSING = frozenset({",", ".", ";", ":", "”", '"', "''", ")", "—", "–", "--", "who"})


def read_article(doc: Reading, names: list[Proposed] | None = None) -> ArticleNames:
    """The article's mentions and local actors, pronouns not yet.

    ``names`` are those that a model from elsewhere proposes; None: our own names by shape.
    """
    chunker = None if names is None else ProposedNames(doc, names)
    pieces = Judge(doc).judge(Describer(doc, chunker).pieces())
    cluster = _Clusters(doc)
    cluster.gather(pieces)
    found = [_found(p) for p in pieces]
    found.sort(key=lambda f: (f.first, -f.last))
    return ArticleNames(doc, found, cluster.entities)


def _found(p: Piece) -> Found:
    within = tuple(_found(w) for w in p.within) if p.within else ()
    office = (p.body or p.country, p.title)
    return Found(
        p.first, p.last, p.kind, p.type, p.sentence, p.entity, p.confidence, p.rule, office, within
    )  # fmt: skip


class _Clusters:
    """The local actors of one article, as they are gathered."""

    def __init__(self, doc: Reading) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.entities: list[Local] = []
        self.by_label: dict[str, int] = {}
        self.last: dict[str, Piece] = {}
        self.surnames: set[str] = set()

    def gather(self, pieces: list[Piece]) -> None:
        """Gather the pieces: labelled forms, full names, then short names and titles."""
        people = [p for p in pieces if p.type == PERSON and p.kind == "name"]
        for p in people:
            self._behead(p)
        last = {self.doc.tok[p.core_last - 1] for p in people}
        self.surnames = {forms.fold(word) for word in last if word not in self.voc.given}
        for p in people:
            words = self.doc.tok[p.core : p.core_last]
            key, suffix = forms.person_key(words)
            if len(key) > 2 and key[-1] != key[0] and forms.given_match(key[0], key[-1]):
                # "Mike Keller Michael": the long form of a given name, glued on by a page.
                key, words = key[:-1], words[:-1]
            if len(key) > 1:
                self._full(p, key, suffix, words)
        for p in sorted((p for p in people if p.entity < 0), key=self._rank):
            self._short(p)
        for i, p in enumerate(pieces):
            if p.type == PERSON and p.kind == "name":
                self._offices_around(pieces, i)
        for p in [inner for piece in pieces for inner in piece.within]:
            if p.kind == CAPITAL:
                p.kind, p.type, p.confidence = "metonym", GOVERNMENT, 0.7
            if p.entity < 0:
                p.entity = self._labelled(p) if p.label else self._named(p)
        for p in pieces:
            if p.kind == TITLE:
                self._describe(p, pieces)
            elif p.title == "holder":
                self._holder(p)
            elif p.rule == "bare government":
                continue
            elif p.entity < 0 and p.label:
                p.entity = self._labelled(p)
            elif p.entity < 0:
                p.entity = self._named(p)
        for i, p in enumerate(pieces):
            if p.type == ORGANIZATION and p.entity >= 0:
                self._states_around(pieces, i)

    def _behead(self, p: Piece) -> None:
        """ "Norway Keller" of a headline is Keller; "Jordan Keller" is a name."""
        first = self.doc.tok[p.core]
        if p.core_last - p.core == 2 and p.first == p.core and first not in self.voc.given:
            entry = gazetteer().single(first)
            if entry is not None and entry.kind == COUNTRY:
                p.first = p.core = p.core + 1

    def _states_around(self, pieces: list[Piece], i: int) -> None:
        """Whose body it is: "Norway's parliament", "the Norwegian Storting", "parliament of X"."""
        p, low = pieces[i], self.doc.low
        states = self.entities[p.entity].states
        before = pieces[i - 1] if i else None
        if before and before.type == GOVERNMENT and before.label:
            gap = low[before.last : p.first]
            if not gap or (len(gap) == 1 and gap[0] in POSSESSIVE):
                states[before.label] += 1
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if (
            after
            and after.type == GOVERNMENT
            and after.label
            and p.sentence == after.sentence
            and [w for w in low[p.last : after.first] if w != "the"] == ["of"]
        ):
            states[after.label] += 1

    def _touch(self, index: int, p: Piece, words: list[str]) -> None:
        entity = self.entities[index]
        entity.count += 1
        if words and not p.muted:
            entity.forms[" ".join(words)] += 1
        if p.titles and not p.body and p.core > p.first:
            # "FBI Director Keller": the body stands inside the name.
            inside = gazetteer().match(self.doc.tok, p.first, p.core)
            p.body = inside.label if inside and inside.kind == ORGANIZATION else ""
        for title in p.titles:
            entity.male += 2 * (title.gender == "m")
            entity.female += 2 * (title.gender == "f")
            if title.kind in (OFFICE, ROLE, RANK):
                posted = p.target and title.name in POSTED
                office = f"{title.name} {p.target}" if posted else title.name
                for where in dict.fromkeys((p.country, p.body) if p.body else (p.country,)):
                    entity.offices[where, office] += 1
        p.entity = index

    def _full(self, p: Piece, key: tuple[str, ...], suffix: str, words: list[str]) -> None:
        for index, entity in enumerate(self.entities):
            if (
                entity.type == PERSON
                and entity.full
                and entity.suffix == suffix
                and (forms.same_person(entity.key, key))
            ):
                if len(key) > len(entity.key):
                    entity.key = key
                self._touch(index, p, words)
                return
        entity = Local(PERSON, key, suffix, full=True, first=p.first)
        gender = self.voc.given.get(words[0], "")
        entity.male += gender == "m"
        entity.female += gender == "f"
        self.entities.append(entity)
        self._touch(len(self.entities) - 1, p, words)

    def _rank(self, p: Piece) -> int:
        """Short names with an office say most about who is meant, those of a headline least."""
        if self.doc.parts[p.sentence] == "headline":
            return 2
        return 0 if any(t.kind == OFFICE for t in p.titles) else 1

    def _short(self, p: Piece) -> None:
        """A surname or given name alone: the full name it cuts short, else an actor of its own.

        Where the article introduces its only bearer later, or without the office, the short name
        stays a local actor with that bearer as `default`: the corpus may know a better one.
        """
        words = self.doc.tok[p.core : p.core_last]
        key, suffix = forms.person_key(words)
        if not key:
            return
        word = key[-1]
        gender = next((t.gender for t in reversed(p.titles) if t.gender), "")
        own = [
            i
            for i, e in enumerate(self.entities)
            if e.type == PERSON and e.full and _like(word, e.key[-1])
        ]
        if not own:
            own = [
                i
                for i, e in enumerate(self.entities)
                if e.type == PERSON and e.full and word in e.key
            ]
        if suffix:  # "Donald Jr." is no other Donald
            own = [i for i in own if self.entities[i].suffix == suffix]
        fit = [
            i for i in own
            if not (gender and self.entities[i].gender and gender != self.entities[i].gender)
        ]  # fmt: skip
        offices = {t.name for t in p.titles if t.kind in (OFFICE, RANK, ROLE)}
        alone = [
            {o for _, o in e.offices}
            for e in self.entities
            if e.type == PERSON and not e.full and e.key == key and e.offices
        ]
        if offices:
            # "President X" before any "Anna X" without that office: likely another X.
            fit = [
                i for i in fit
                if (self.entities[i].first < p.first and not self.entities[i].suffix
                    and not any(held & offices for held in alone))
                or offices & {o for _, o in self.entities[i].offices}
            ]  # fmt: skip
        elif alone:
            fit = [
                i for i in fit
                if gender and self.entities[i].gender == gender and not self.entities[i].suffix
            ]  # fmt: skip
        index = self._choose(p, fit)
        if index < 0 or self._doubtful(p, key, index):
            self._alone(p, (key, suffix), words, tuple(own), index)
            return
        p.rule = "short name" if p.rule != "title and name" else p.rule
        self._touch(index, p, words)

    def _doubtful(self, p: Piece, key: tuple[str, ...], index: int) -> bool:
        """Whether a short name may mean somebody else than the full name it could cut short."""
        e = self.entities[index]
        offices = {t.name for t in p.titles if t.kind == OFFICE and t.unique}
        if offices:
            return e.first < p.first and not offices & {o for _, o in e.offices}
        if self.doc.parts[p.sentence] == "headline" or p.muted:
            return False
        alone = [o for o in self.entities if not o.full and o.key == key and o.default == index]
        return min([p.first, *(o.first for o in alone)]) < e.first

    def _alone(
        self, p: Piece, name: tuple[tuple[str, ...], str], words: list[str],
        own: tuple[int, ...], default: int,
    ) -> None:  # fmt: skip
        """A local actor without a full name, the one that has this short name or a new one."""
        gender = next((t.gender for t in reversed(p.titles) if t.gender), "")
        for i, e in enumerate(self.entities):
            if (
                e.type == PERSON
                and not e.full
                and (e.key, e.suffix) == name
                and not (gender and e.gender and e.gender != gender)
            ):
                e.first = min(e.first, p.first)
                self._touch(i, p, words)
                return
        entity = Local(PERSON, *name, first=p.first, candidates=own, default=default)
        if words[-1] in self.voc.given and not p.titles:
            given = self.voc.given[words[-1]]
            entity.male += given == "m"
            entity.female += given == "f"
        self.entities.append(entity)
        self._touch(len(self.entities) - 1, p, words)

    def _choose(self, p: Piece, fit: list[int]) -> int:
        if len(fit) < 2:
            return fit[0] if fit else -1
        offices = {t.name for t in p.titles if t.kind in (OFFICE, ROLE)}
        if offices:
            held = [i for i in fit if offices & {o for _, o in self.entities[i].offices}]
            if len(held) == 1:
                return held[0]
        # The bare surname belongs to the one introduced first; later ones keep their given names.
        before = [i for i in fit if self.entities[i].first < p.first]
        return min(
            before or fit,
            # Two surnames in a row ("Keller Moss") are a headline's, and no third person's.
            key=lambda i: (self.entities[i].key[0] in self.surnames, self.entities[i].first),
        )

    def _offices_around(self, pieces: list[Piece], i: int) -> None:
        """What appositions say: "Name, the X minister", "X's minister, Name", "Name of X"."""
        p = pieces[i]
        doc = self.doc
        if p.entity < 0:
            return
        entity = self.entities[p.entity]
        b = doc.bounds[p.sentence][1]
        n = p.last
        seat = self._seat(n, b)
        for title in p.titles if seat else ():
            entity.offices[seat, title.name] += 1
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if (
            n < b
            and doc.tok[n] == ","
            and after
            and after.kind == TITLE
            and (after.sentence == p.sentence and after.first <= n + 2)
            and self._aside(entity, after)
        ):
            _hold(entity, after)
            after.entity = p.entity
            after.rule, after.confidence = "apposition", 0.95
        elif (
            n + 1 < b
            and doc.low[n] == "of"
            and after
            and after.first == n + 1
            and (after.label and after.type == GOVERNMENT and p.title)
        ):
            entity.offices[after.label, p.title] += 1
        before = pieces[i - 1] if i else None
        if (
            before
            and before.kind == TITLE
            and before.sentence == p.sentence
            and (before.last == p.first - 1 and doc.tok[before.last] == ",")
        ):
            _hold(entity, before)
            before.entity = p.entity
            before.rule, before.confidence = "apposition", 0.95
        if (
            before
            and p.title
            and before.label
            and before.type == GOVERNMENT
            and (before.last == p.first - 1 and doc.low[before.last] in POSSESSIVE)
        ):
            entity.offices[before.label, p.title] += 1

    def _seat(self, n: int, b: int) -> str:
        """The region for which somebody sits: "(D-Jutland)", ", Liberal of Jutland"."""
        tok = self.doc.tok
        if n + 1 >= b or tok[n] not in (",", "("):
            return ""
        party = _PARTY.match(tok[n + 1])
        if party:
            return party[1]
        if n + 3 < b and tok[n + 2] == "of" and tok[n + 1][0].isupper():
            entry = gazetteer().match(tok, n + 3, b)
            if entry is not None and entry.kind == PLACE:
                return entry.label
        return ""

    def _aside(self, entity: Local, title: Piece) -> bool:
        """Whether "Name, the X of Y," closes again, and Name is not another state's."""
        states = gazetteer().labels
        if title.country in states and any(
            w in states and w != title.country for w, _ in entity.offices
        ):
            return False
        b = self.doc.bounds[title.sentence][1]
        if title.last >= b or self.doc.tok[title.last] in _CLOSING:
            return True
        # "Name, the former envoy to X during the war": nothing that a clause could begin with.
        return bool(title.within) and self.doc.low[title.last] in _AFTER_ASIDE

    def _describe(self, p: Piece, pieces: list[Piece]) -> None:
        """Link a description to who holds the office in this article."""
        if p.entity >= 0:
            self.last[_post(p.title)] = p
            return
        earlier = self.last.get(p.title)
        if p.title in POSTED and not p.country and earlier is not None and earlier.country:
            last = max((q.first for q in pieces if q.entity == earlier.entity), default=-1)
            if not self.entities[earlier.entity].key and last == earlier.first:
                # "The ambassador" after "Norway's ambassador", whom the article does not name.
                p.entity, p.rule, p.confidence = earlier.entity, "office: named before", 0.6
                return
        where = p.body or p.country
        exact, loose = holders(self.entities, where, p.title)
        place = p.rule == "title: place"
        if place and p.titles[-1].kind != OFFICE and len(loose) == 1:
            exact = exact or loose  # "the Ruritania senator", of the only senator there is
        held = exact or ([] if where else loose)
        if len(held) == 1:
            p.entity, p.confidence, p.rule = held[0], 0.85 if where else 0.7, "office"
        elif held:
            recent = -1
            for q in pieces:
                if q.first >= p.first:
                    break
                if q.entity in held:
                    recent = q.entity
            p.entity = recent if recent >= 0 else held[0]
            p.confidence, p.rule = 0.5, "office: nearest"
        elif (
            p.titles
            and not place
            and (p.titles[-1].kind == OFFICE or (where and p.titles[-1].kind in (ROLE, RANK)))
        ):
            # Whether a president without a state is this state's, the corpus may know.
            p.entity = self._office(p, tuple(loose))
        if p.entity >= 0:
            self.last[_post(p.title)] = p

    def _office(self, p: Piece, candidates: tuple[int, ...]) -> int:
        """An office whose holder this article does not name: the corpus may."""
        key = (p.body or p.country, p.title)
        for i, e in enumerate(self.entities):
            if not e.key and key in e.offices:
                e.count += 1
                return i
        entity = Local(PERSON, (), first=p.first, count=1, candidates=candidates)
        entity.offices[key] = 1
        self.entities.append(entity)
        return len(self.entities) - 1

    def _holder(self, p: Piece) -> None:
        """ "the X administration": the state of X comes with the corpus; X is kept as entity."""
        words = self.doc.tok[p.core : p.core_last]
        key, _ = forms.person_key(words)
        if not key:
            return
        for i, e in enumerate(self.entities):
            if e.type == PERSON and e.key and (e.key == key or e.key[-1] == key[-1]):
                p.entity = i
                break
        else:
            self.entities.append(Local(PERSON, key, first=p.first))
            p.entity = len(self.entities) - 1
        self.entities[p.entity].nouns[p.noun] += 1

    def _labelled(self, p: Piece) -> int:
        if p.label not in self.by_label:
            kind = p.type
            self.entities.append(Local(kind, (p.label,), label=p.label, first=p.first, full=True))
            self.by_label[p.label] = len(self.entities) - 1
        index = self.by_label[p.label]
        entity = self.entities[index]
        if p.noun:
            entity.nouns[p.noun] += 1
        entity.count += 1
        entity.forms[" ".join(self.doc.tok[p.first : p.last])] += 1
        return index

    def _named(self, p: Piece) -> int:
        words = p.short_for.split() or self.doc.tok[p.core : p.core_last]
        key = tuple(f for f in (forms.fold(w) for w in words) if f not in ("", "the"))
        if not key:
            return -1
        for i, e in enumerate(self.entities):
            if e.type != PERSON and not e.label and e.key == key:
                index = i
                break
        else:
            self.entities.append(Local(p.type, key, first=p.first, full=len(key) > 1))
            index = len(self.entities) - 1
        entity = self.entities[index]
        entity.count += 1
        entity.forms[" ".join(words)] += 1
        return index


def _hold(entity: Local, title: Piece) -> None:
    """What an apposition says counts twice: in the state and in the body."""
    for where in dict.fromkeys((title.country, title.body) if title.body else (title.country,)):
        entity.offices[where, title.title] += 2


def _post(title: str) -> str:
    """The office without where it is held: "ambassador" of "ambassador to norway"."""
    return long_office(title).partition(" to ")[0].partition(" for ")[0]


def _like(a: str, b: str) -> bool:
    return a == b or (a[0] == b[0] and forms.near(a, b))
