"""People of many articles: full names that are one person's, and whom a short name means.

People are looked up by the consonants of their surname, so the work grows with the number of
distinct names, not of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from helpers.lenses.actors import name_matching
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.labels import Actor
from helpers.lenses.actors.offices import same_post
from helpers.lenses.actors.registry import DOMINANT, Registry, count_in, each_entity
from helpers.lenses.actors.vocabulary import vocabulary

_LOOKED_AT = 50
"""Articles of a bearer that are looked at for the company in which a short name stands."""


class Company:
    """Who is named in full in which article: bearers of one name are told apart by company."""

    def __init__(self, articles: Sequence[Sequence[ArticleEntity]], registry: Registry) -> None:
        self.people: list[frozenset[int]] = []
        self.articles: dict[int, list[int]] = defaultdict(list)
        for d, entities in enumerate(articles):
            full = {
                at
                for i, entity in enumerate(entities)
                if entity.type == "person" and entity.full
                and (at := registry.assigned.get((d, i))) is not None
            }  # fmt: skip
            self.people.append(frozenset(full))
            for at in sorted(full):
                if len(self.articles[at]) < _LOOKED_AT:
                    self.articles[at].append(d)

    def closest(self, d: int, bearers: Sequence[int]) -> tuple[int | None, float]:
        """The candidate whose articles share clearly more people with article `d`, if one does."""
        if not bearers:
            return None, 0.0
        here = self.people[d]
        shared = {
            i: max((len(here & self.people[o]) for o in self.articles[i]), default=0)
            for i in bearers
        }
        ranked = sorted(bearers, key=lambda i: (-shared[i], i))
        best = shared[ranked[0]]
        rest = max((shared[i] for i in ranked[1:]), default=0)
        return (ranked[0], 0.6) if best >= 2 and best >= 2 * rest else (None, 0.0)


class _FullNames:
    """The people of the story by their full names, the usual and the long names first."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.shelves: dict[str, list[int]] = defaultdict(list)
        """People under keys that two spellings of one name share."""
        self.joined: dict[str, int] = {}
        self.place: dict[tuple[tuple[str, ...], str], int] = {}

    def add(self, key: tuple[str, ...], suffix: str, kept: str) -> None:
        """Find whose the name is, or let it be somebody new; `kept` tells two bearers apart."""
        at = self._known(key, kept)
        if at is None:
            self.registry.actors.append(Actor("person", suffix=kept))
            at = len(self.registry.actors) - 1
        known = self.registry.actors[at].keys
        named = not known or (
            name_matching.near(known[0][-1], key[-1])
            and (name_matching.given_match(known[0][0], key[0]) or _is_given(key[0]))
        )
        if named:
            known.append(key)  # what follows is compared with these, not with a slip
        for shelf in _shelves(key):
            if at not in self.shelves[shelf]:
                self.shelves[shelf].append(at)
        self.joined.setdefault("".join(key) + kept, at)
        self.place[key, suffix] = at

    def _known(self, key: tuple[str, ...], kept: str) -> int | None:
        """Who has this name in another spelling; an initial that fits several names nobody."""
        actors = self.registry.actors
        fit = [
            i
            for i in dict.fromkeys(i for shelf in _shelves(key) for i in self.shelves[shelf])
            if actors[i].suffix == kept
            and all(name_matching.same_person(k, key) for k in actors[i].keys[:4])
        ]
        whole = self.joined.get("".join(key) + kept)
        if whole is not None and whole not in fit:
            fit.insert(0, whole)
        return None if not fit or (len(fit) > 1 and len(key[0]) == 1) else fit[0]


def _is_given(word: str) -> bool:
    return len(word) == 1 or word.capitalize() in vocabulary().given


def _shelves(key: tuple[str, ...]) -> list[str]:
    """By the surname's consonants, turned names, a misspelt surname by the names before it."""
    shelves = [key[-1][:1] + name_matching.skeleton(key[-1]), " ".join(sorted(key))]
    if len(key) == 2:  # "Abdul Mahdi" beside "Adil Abdul-Mahdi"
        joined = "".join(key)
        shelves.append(joined[0] + name_matching.skeleton(joined))
    return shelves + ([" ".join(key[:-1])] if len(key) > 2 else [])


def full_names(
    articles: Sequence[Sequence[ArticleEntity]], registry: Registry
) -> dict[str, list[int]]:
    """Full names; returns the people by each folded word of their names."""
    names: Counter[tuple[tuple[str, ...], str]] = Counter()
    together: set[tuple[str, ...]] = set()
    suffixed: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    held: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for _, entity in each_entity(articles):
        if entity.type == "person" and entity.full and entity.suffix:
            suffixed[entity.key[-1:]].add(entity.key)
            held[entity.key] |= {office for _, office in entity.offices}
    for entities in articles:
        full = [e for e in entities if e.type == "person" and e.full]
        names.update((e.key, e.suffix) for e in full)
        plain = {e.key for e in full if not e.suffix}
        together |= {e.key for e in full if e.suffix and e.key in plain}
        for entity in entities:
            # "President Keller" beside "Peter Keller Jr.", who holds no such office.
            if entity.type == "person" and not entity.full and entity.offices:
                offices = {office for _, office in entity.offices}
                together |= {
                    key
                    for key in suffixed.get(entity.key[-1:], ())
                    if not offices & held[key]
                    if any(e.key == key and e.suffix for e in full)
                }
    people = _FullNames(registry)
    # Longer and more frequent names first: they say most about who is meant.
    for (key, suffix), _ in sorted(names.items(), key=lambda n: (-n[1], -len(n[0][0]), n[0])):
        people.add(key, suffix, suffix if key in together else "")
    for where, entity in each_entity(articles):
        if entity.type == "person" and entity.full:
            at = people.place[entity.key, entity.suffix]
            registry.assigned[where] = at
            registry.sure[where] = 0.95
            count_in(registry.actors[at], entity)
            alone = {name_matching.person_key([f])[0] for f in entity.wordings if " " not in f}
            registry.actors[at].bare.update(word for key in alone for word in key)
    words: dict[str, list[int]] = defaultdict(list)
    for (key, _), at in people.place.items():
        for word in key:
            if at not in words[word]:
                words[word].append(at)
    return words


def short_names(
    articles: Sequence[Sequence[ArticleEntity]],
    registry: Registry,
    people: dict[str, list[int]],
    company: Company,
) -> None:
    """A surname that its article never gives in full: the story's one bearer, if there is one."""
    alone: dict[tuple[str, ...], int] = {}
    for (d, i), entity in each_entity(articles):
        if entity.type != "person" or entity.full or not entity.key:
            continue
        bearers = _bearers(entity, people, registry, most=max(2.0, len(articles) / 2))
        if entity.likely >= 0:
            usual = registry.assigned[d, entity.likely]
            at, sure = _instead(entity, usual, bearers, registry)
        else:
            near = [n for c in entity.bearers if (n := registry.assigned.get((d, c))) is not None]
            at, sure = _bearer(entity, bearers, near, registry)
            if at is None:
                fit = _fitting(entity, bearers, registry)
                fit = [b for b in fit if registry.actors[b].keys[0][-1] == entity.key[-1]]
                at, sure = company.closest(d, fit)
        if at is None and not _fitting(entity, bearers, registry):
            if entity.key not in alone:
                registry.actors.append(Actor("person", [entity.key]))
                alone[entity.key] = len(registry.actors) - 1
            at, sure = alone[entity.key], 0.6
        registry.assigned[d, i] = at
        registry.sure[d, i] = sure
        if at is not None:
            count_in(registry.actors[at], entity)


def _bearers(
    entity: ArticleEntity, people: dict[str, list[int]], registry: Registry, most: float
) -> list[int]:
    """Whom a short name may cut short: those with that surname, else with that word.

    `most` is the number of articles from which on somebody is what the story is about.
    """
    word, actors = entity.key[-1], registry.actors
    named = people.get(word, [])
    offices = {office for _, office in entity.offices}
    held = {i: {office for _, office in actors[i].offices} for i in named}
    if word.capitalize() in vocabulary().given and not entity.bearers and not entity.suffix:
        # "Michael" alone is nobody of whom no other article speaks so.
        named = [
            i for i in named if actors[i].bare[word] or actors[i].docs >= most or offices & held[i]
        ]
    bearers = [i for i in named if word == actors[i].keys[0][-1]] or list(named)
    if entity.suffix:  # "Donald Jr."
        return [i for i in bearers if actors[i].suffix == entity.suffix]
    if offices:  # "President Moss", not Peter Moss Jr.
        return [i for i in bearers if actors[i].suffix != "jr" or offices & held[i]]
    return bearers


def _instead(
    entity: ArticleEntity, usual: int | None, bearers: list[int], registry: Registry
) -> tuple[int | None, float]:
    """Whom the corpus calls by a short name that its article does not clearly cut short.

    "President X" in an article about Anna X is the X whom other articles call president; a bare X
    before the first "Anna X" is the one whom the corpus calls X.
    """
    actors = registry.actors
    if usual is None:
        return None, 0.9
    votes = _held(entity, _fitting(entity, bearers, registry), registry)
    if votes:
        best = max(votes, key=lambda i: (votes[i], i == usual, actors[i].docs, -i))
        return best, 0.9
    if entity.offices:
        return usual, 0.9
    at, sure = _bearer(entity, bearers, [], registry)
    if at is not None and actors[at].bare[entity.key[-1]] > 1:
        return at, sure
    return usual, 0.9


def _held(entity: ArticleEntity, bearers: list[int], registry: Registry) -> dict[int, int]:
    """How often the story gives each bearer an office that stands beside the short name."""
    wanted = {office for _, office in entity.offices}
    held = {
        i: sum(
            n
            for (_, office), n in registry.actors[i].offices.items()
            if any(same_post(office, o) for o in wanted)
        )
        for i in bearers
        if wanted
    }
    return {i: n for i, n in held.items() if n}


def _fitting(entity: ArticleEntity, bearers: list[int], registry: Registry) -> list[int]:
    """The bearers of a surname whose gender, where known, is that of the short name.

    "Warren" alone may be a given name: one vote for a gender is no evidence against a surname,
    nor is one pronoun against who holds the office.
    """
    actors, gender = registry.actors, entity.gender
    weak = abs(entity.male - entity.female) <= 1
    given = entity.key[-1].capitalize() in vocabulary().given
    offices = {o for _, o in entity.offices}
    return [
        i
        for i in bearers
        if not gender
        or actors[i].gender in ("", gender)
        or (weak and (given or offices & {o for _, o in actors[i].offices}))
    ]


def _bearer(
    entity: ArticleEntity, bearers: list[int], near: list[int], registry: Registry
) -> tuple[int | None, float]:
    actors = registry.actors
    fit = _fitting(entity, bearers, registry)
    if not fit:
        return None, 0.0
    held = _held(entity, fit, registry)
    if held:
        return max(held, key=lambda i: (held[i], actors[i].docs, -i)), 0.9
    close = [i for i in near if i in fit]
    if len(close) == 1:
        return close[0], 0.7
    # Who is called by the word alone elsewhere; where nobody is, who is in most articles.
    votes = {i: actors[i].bare[entity.key[-1]] for i in fit}
    if not any(votes.values()):
        votes = {i: actors[i].docs for i in fit}
    total = sum(votes.values())
    best = max(fit, key=lambda i: (votes[i], actors[i].docs, -i))
    share = votes[best] / total if total else 0.0
    if share >= DOMINANT:
        return best, round(0.9 * share, 2)
    return None, 0.0


def surnames(
    articles: Sequence[Sequence[ArticleEntity]], registry: Registry, people: dict[str, list[int]]
) -> None:
    """A lone word that its article cannot place, and that other articles use as a surname."""
    for where, entity in each_entity(articles):
        if entity.label or len(entity.key) != 1 or entity.type not in ("organization", "other", ""):
            continue
        word = entity.key[0]
        bearers = [
            i for i in people.get(word, ())
            if registry.actors[i].keys[0][-1] == word and registry.actors[i].docs > 1
        ]  # fmt: skip
        if len(word) < 4 or not bearers:
            continue
        at, sure = _bearer(entity, bearers, [], registry)
        if at is not None:
            registry.assigned[where], registry.sure[where] = at, round(0.8 * sure, 2)
            registry.actors[at].wordings.update(entity.wordings)
            registry.actors[at].count += entity.count
