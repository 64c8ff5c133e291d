"""Who holds which office in an article: what appositions say, and whom descriptions mean."""

from __future__ import annotations

import re
from itertools import takewhile

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE, Candidate
from helpers.lenses.actors.gazetteer import PLACE, gazetteer
from helpers.lenses.actors.offices import POSTED, holders, long_office
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import OFFICE, POSSESSIVE, RANK, ROLE

_PARTY = re.compile(r"[A-Z]-([A-Z][a-z]{3,}.*)$")
_AFTER_ASIDE = lexicons.words("after_office_aside")
_CLOSING = frozenset({",", ".", ";", ":", "”", '"', "''", ")", "—", "–", "--", "who"})


class OfficeLinks:
    """The offices of one article's entities, as they are told."""

    def __init__(self, doc: TaggedArticle, entities: list[ArticleEntity]) -> None:
        self.doc = doc
        self.entities = entities
        self.last: dict[str, Candidate] = {}
        """The last description of each office."""

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
            self._office_behind(p, entity, candidates[i + 1])
        if i:
            self._office_before(p, entity, candidates[i - 1])

    def _office_behind(self, p: Candidate, entity: ArticleEntity, after: Candidate) -> None:
        """ "Name, the X minister,", "Minister Name of X"."""
        n, b = p.last, self.doc.sents[p.sentence][1]
        if n >= b:
            return
        near = after.kind == TITLE and after.sentence == p.sentence and after.first <= n + 2
        state = after.label and after.type == GOVERNMENT and after.first == n + 1 < b
        if self.doc.words[n] == "," and near and self._aside(entity, after):
            _appose(p, entity, after)
        elif self.doc.lower[n] == "of" and state and p.title:
            entity.offices[after.label, p.title] += 1

    def _office_before(self, p: Candidate, entity: ArticleEntity, before: Candidate) -> None:
        """ "X's minister, Name", "X's Minister Name"."""
        if before.last != p.first - 1:
            return
        between = self.doc.lower[before.last]
        if before.kind == TITLE and before.sentence == p.sentence and between == ",":
            _appose(p, entity, before)
        if p.title and before.label and before.type == GOVERNMENT and between in POSSESSIVE:
            entity.offices[before.label, p.title] += 1

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
        states = gazetteer().labels
        if title.country in states and any(
            w in states and w != title.country for w, _ in entity.offices
        ):
            return False
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
        place = p.rule.startswith("title: ")
        if p.rule == "title: place" and kind != OFFICE and len(loose) == 1:
            exact = exact or loose  # "the Ruritania senator", of the only senator there is
        held = exact or ([] if where else loose)
        if len(held) == 1:
            p.entity, p.confidence, p.rule = held[0], 0.85 if where else 0.7, "office"
        elif held:
            before = takewhile(lambda q: q.first < p.first, candidates)
            p.entity = [held[0], *(q.entity for q in before if q.entity in held)][-1]
            p.confidence, p.rule = 0.5, "office: nearest"
        elif not place and (kind == OFFICE or (where and kind in (ROLE, RANK))):
            # Whether a president without a state is this state's, the corpus may know.
            p.entity = self._office(p, tuple(loose))

    def _office(self, p: Candidate, bearers: tuple[int, ...]) -> int:
        """An office whose holder this article does not name: the corpus may."""
        key = (p.body or p.country, p.title)
        for i, e in enumerate(self.entities):
            if not e.key and key in e.offices:
                e.count += 1
                return i
        entity = ArticleEntity(PERSON, (), first=p.first, count=1, bearers=bearers)
        entity.offices[key] = 1
        self.entities.append(entity)
        return len(self.entities) - 1


def _hold(entity: ArticleEntity, title: Candidate) -> None:
    """What an apposition says counts twice: in the state and in the body."""
    for where in dict.fromkeys((title.country, title.body) if title.body else (title.country,)):
        entity.offices[where, title.title] += 2


def _appose(p: Candidate, entity: ArticleEntity, title: Candidate) -> None:
    """The title stands for the person whom it stands beside."""
    _hold(entity, title)
    title.entity = p.entity
    title.rule, title.confidence = "apposition", 0.95


def _post(title: str) -> str:
    """The office without where it is held: "ambassador" of "ambassador to norway"."""
    return long_office(title).partition(" to ")[0].partition(" for ")[0]
