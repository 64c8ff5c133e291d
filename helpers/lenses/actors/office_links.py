"""Who holds which office in an article: what appositions say, and whom descriptions mean."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE, Candidate
from helpers.lenses.actors.gazetteer import HOUSE, PLACE, gazetteer
from helpers.lenses.actors.offices import (
    HEADS,
    POSTED,
    bare_office,
    holders,
    long_office,
    same_post,
)
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.titled_names import called
from helpers.lenses.actors.vocabulary import OFFICE, RANK, ROLE

_PARTY = re.compile(r"[A-Z]-([A-Z][a-z]{3,}.*)$")
_AFTER_ASIDE = lexicons.words("after_office_aside")
_INDEFINITE = lexicons.words("indefinite_determiners")
_FRONTED = lexicons.words("pure_subordinators") | lexicons.words("subordinators")
_CLOSING = frozenset({",", ".", ";", ":", "”", '"', "''", ")", "—", "–", "--", "who"})


class OfficeLinks:
    """The offices of one article's entities, as they are told."""

    def __init__(self, doc: TaggedArticle, entities: list[ArticleEntity]) -> None:
        self.doc = doc
        self.entities = entities
        self.last: dict[str, Candidate] = {}
        """The last description of each office."""
        self.home: str | None = None

    def around(self, candidates: list[Candidate], i: int) -> None:
        """What appositions say: "Name, the X minister", "X's minister, Name", "Name of X"."""
        p = candidates[i]
        if p.entity < 0:
            return
        entity = self.entities[p.entity]
        seat = self._seat(p.last, self.doc.sents[p.sentence][1])
        for title in p.titles if seat else ():
            entity.offices[seat, title.name] += 1
        if i + 1 < len(candidates):
            self._office_behind(p, entity, *candidates[i + 1 : i + 3])
        if i:
            self._office_before(p, entity, candidates[i - 1])

    def _office_behind(
        self, p: Candidate, entity: ArticleEntity, after: Candidate, behind: Candidate | None = None
    ) -> None:
        """ "Name, the X minister,", "Minister Name of X"."""
        n, b = p.last, self.doc.sents[p.sentence][1]
        if n >= b:
            return
        if after.type == PLACE and self.doc.lower[n] == "of" and after.first == n + 1:
            if p.title:
                entity.offices[called(self.doc, after), p.title] += 1
            self._office_behind_seat(p, entity, after, behind)
            return
        near = after.kind == TITLE and after.sentence == p.sentence and after.first <= n + 2
        state = after.label and after.type == GOVERNMENT and after.first == n + 1 < b
        # "Keller, now the minister", but not "the counsel, Anna Keller, of the president".
        near = near and (after.first == n + 1 or self.doc.tags[n + 1] not in ("IN", "TO", "CC"))
        if self.doc.words[n] == "," and near and self._aside(entity, after):
            if not self._opens_main_clause(p, after, behind):
                _appose(p, entity, after)
        elif self.doc.lower[n] == "of" and state and p.title:
            entity.offices[after.label, p.title] += 1

    def _opens_main_clause(self, p: Candidate, title: Candidate, behind: Candidate | None) -> bool:
        """ "While they heard Moss, the mayor, Anna Keller, left": the comma ends the clause."""
        if behind is None or behind.type != PERSON or behind.first != title.last + 1:
            return False
        opener = self.doc.lower[self.doc.sents[p.sentence][0]]
        return self.doc.words[title.last] == "," and opener in _FRONTED

    def _office_behind_seat(
        self, p: Candidate, entity: ArticleEntity, seat: Candidate, title: Candidate | None
    ) -> None:
        """ "Senator Name of Jutland, the majority leader,"."""
        n = seat.last
        if (
            title is not None and title.kind == TITLE and title.sentence == p.sentence
            and title.first == n + 1 and self.doc.words[n] == "," and self._aside(entity, title)
        ):  # fmt: skip
            _appose(p, entity, title)

    def _office_before(self, p: Candidate, entity: ArticleEntity, before: Candidate) -> None:
        """ "X's minister, Name", "X's Minister Name"."""
        if before.last != p.first - 1:
            return
        between = self.doc.lower[before.last]
        other = [t.name for t in p.titles if t.kind == OFFICE]
        # "The president, Vice President Keller and …" is a list.
        one = not other or any(same_post(before.title, o) for o in [*other, "leader"])
        if before.kind == TITLE and before.sentence == p.sentence and between == "," and one:
            _appose(p, entity, before)

    def _seat(self, n: int, b: int) -> str:
        """The region for which somebody sits: "(D-Jutland)", ", Liberal of Jutland"."""
        tok = self.doc.words
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

    def _aside(self, entity: ArticleEntity, title: Candidate) -> bool:
        """Whether "Name, the X of Y," closes again, and Name is not another state's."""
        b = self.doc.sents[title.sentence][1]
        if title.last >= b or self.doc.words[title.last] in _CLOSING:
            return True
        # "Name, the former envoy to X during the war": nothing that a clause could begin with.
        return bool(title.within) and self.doc.lower[title.last] in _AFTER_ASIDE

    def describe(self, p: Candidate, candidates: list[Candidate]) -> None:
        """Link a description to who holds the office in this article."""
        if p.entity < 0:
            if self._again(p, candidates):
                return
            self._link(p, candidates)
        if p.entity >= 0:
            self.last[_post(p.title)] = p

    def _again(self, p: Candidate, candidates: list[Candidate]) -> bool:
        """ "The ambassador" after "Norway's ambassador", whom the article does not name."""
        earlier = self.last.get(p.title)
        if p.title not in POSTED or p.country or earlier is None or not earlier.country:
            return False
        last = max((q.first for q in candidates if q.entity == earlier.entity), default=-1)
        if self.entities[earlier.entity].key or last != earlier.first:
            return False
        p.entity, p.rule, p.confidence = earlier.entity, "office: named before", 0.6
        return True

    def _link(self, p: Candidate, candidates: list[Candidate]) -> None:
        """The holder of the office, the nearest of several, or an unknown one."""
        where, kind = p.body or p.country, p.titles[-1].kind if p.titles else ""
        exact, loose = holders(self.entities, where, p.title)
        exact, loose = self._sitting(p, exact), self._sitting(p, loose)
        place = p.rule.startswith("title: ")
        known = [o for i in loose for o in self.entities[i].past]
        left = not p.past and any(same_post(bare_office(p.title), o) for o in known)
        if p.rule == "title: place" and kind != OFFICE and len(loose) == 1 and not left:
            exact = exact or loose  # "the Ruritania senator", of the only senator there is
        held = exact or ([] if where else loose)
        if p.first > 0 and self.doc.lower[p.first - 1] == "as":  # "as the mayor": who she is
            held = [i for i in held if i in self._named_before(p, candidates)]
            place = True
        if held and not where and long_office(p.title) in HEADS:
            held = self._heads(p, held, candidates)
        if kind == ROLE and self._another_since(p, held, candidates):
            return
        if len(held) == 1:
            p.entity, p.confidence, p.rule = held[0], 0.85 if where else 0.7, "office"
        elif held:
            before = takewhile(lambda q: q.first < p.first, candidates)
            p.entity = [held[0], *(q.entity for q in before if q.entity in held)][-1]
            p.confidence, p.rule = 0.5, "office: nearest"
        elif not place and (kind == OFFICE or (where and kind in (ROLE, RANK))):
            # Whether a president without a state is this state's, the corpus may know.
            p.entity = self._office(p, tuple(loose))

    def _another_since(self, p: Candidate, held: list[int], candidates: list[Candidate]) -> bool:
        """ "The aide" after "an aide to the mayor", who came in after the aides that have names."""
        low = self.doc.lower
        named = (q.last for q in candidates if q.entity in held and q.last <= p.first)
        for k in range(max(named, default=p.first), p.first):
            if low[k] in _INDEFINITE and any(same_post(w, p.title) for w in low[k + 1 : k + 4]):
                return True
        return False

    def _named_before(self, p: Candidate, candidates: list[Candidate]) -> set[int]:
        """Who is named in the sentence before the description."""
        return {q.entity for q in candidates if q.sentence == p.sentence and q.first < p.first}

    def _sitting(self, p: Candidate, held: list[int]) -> list[int]:
        """Of those who hold or held an office: "the former X" left it, "the president" did not."""
        office = bare_office(p.title)
        past = [i for i in held if any(same_post(office, o) for o in self.entities[i].past)]
        if p.past:
            return past
        return [i for i in held if i not in past] or ([] if office in HEADS else past)

    def _heads(self, p: Candidate, held: list[int], candidates: list[Candidate]) -> list[int]:
        """Whom "the president" means: that of the state from which the article is told.

        Another state's only where nobody else is named since he was, and he is named more often.
        None, where the article calls nobody of its own state so, but is told from there.
        """
        home = self._home(candidates)
        abroad = [i for i in held if self._is_abroad(i, home)]
        own = sorted((i for i in held if i not in abroad), key=lambda i: -self.entities[i].count)
        named = [
            q for q in takewhile(lambda q: q.first < p.first, candidates)
            if q.type == PERSON and q.kind == "name" and q.entity >= 0
        ]  # fmt: skip
        last = named[-1].entity if named and named[-1].sentence >= p.sentence - 1 else -1
        count = self.entities[own[0]].count if own else 0
        if last in abroad and self.entities[last].count > count:
            return [last]
        most = [i for i in own if self.entities[i].count == count]
        nearest = [i for q in named if (i := q.entity) in most][-1:]
        return nearest or most or ([] if home else abroad)

    def _is_abroad(self, i: int, home: str) -> bool:
        """Whether a person holds office in a state, which is not the article's."""
        states = {w for w, _ in self.entities[i].offices if w in gazetteer().labels}
        return bool(home and states) and home not in states

    def _home(self, candidates: list[Candidate]) -> str:
        """The state whose seat (its White House, its Kremlin) the article names most, if any."""
        if self.home is None:
            gaz, words = gazetteer(), self.doc.words
            seats = Counter(
                p.label for p in candidates
                if p.label and p.type == GOVERNMENT
                and (entry := gaz.match(words, p.core, p.core_last)) and entry.kind == HOUSE
            )  # fmt: skip
            self.home = min(seats, key=lambda s: (-seats[s], s), default="")
        return self.home

    def _office(self, p: Candidate, bearers: tuple[int, ...]) -> int:
        """An office whose holder this article does not name: the corpus may."""
        key = (p.body or p.country, p.title)
        for i, e in enumerate(self.entities):
            if not e.key and key in e.offices and bool(e.past) == p.past:
                e.count += 1
                return i
        entity = ArticleEntity(PERSON, (), first=p.first, count=1, bearers=bearers)
        entity.offices[key] = 1
        if p.past:
            entity.past[bare_office(p.title)] = 1
        self.entities.append(entity)
        return len(self.entities) - 1


def _hold(entity: ArticleEntity, title: Candidate) -> None:
    """What an apposition says counts twice: in the state and in the body."""
    for where in dict.fromkeys((title.country, title.body) if title.body else (title.country,)):
        entity.offices[where, title.title] += 2
    if title.past:
        entity.past[bare_office(title.title)] += 1


def _appose(p: Candidate, entity: ArticleEntity, title: Candidate) -> None:
    """The title stands for the person whom it stands beside."""
    _hold(entity, title)
    title.entity = p.entity
    title.rule, title.confidence = "apposition", 0.95


def _post(title: str) -> str:
    """The office without where it is held: "ambassador" of "ambassador to norway"."""
    return long_office(title).partition(" to ")[0].partition(" for ")[0]
