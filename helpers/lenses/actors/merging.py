"""Entities of many articles into the actors of the story (phase 2).

Only summaries are compared: names, counts, offices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from helpers.lenses.actors import name_matching
from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.bodies import SMALL, BodyMerger, body_name
from helpers.lenses.actors.gazetteer import gazetteer
from helpers.lenses.actors.labels import Actor, label_of, make_distinct
from helpers.lenses.actors.offices import (
    POSTED,
    as_exact,
    is_unique,
    long_office,
    same_office,
)
from helpers.lenses.actors.people import Company, full_names, short_names, surnames
from helpers.lenses.actors.registry import Registry, count_in, each_entity
from helpers.lenses.actors.vocabulary import vocabulary

Where = tuple[int, int]
_CLEAR = 3
"""A third of a body's mentions say which state's it is."""


def merge(articles: Sequence[Sequence[ArticleEntity]]) -> Registry:
    """Join the entities of all articles (given in article order)."""
    registry = Registry([], {}, {})
    _labelled(articles, registry)
    people = full_names(articles, registry)
    short_names(articles, registry, people, Company(articles, registry))
    surnames(articles, registry, people)
    _bodies(articles, registry)
    _states(registry)
    _offices(articles, registry)
    registry.note_namesakes()
    for actor in registry.actors:
        actor.label = actor.label or label_of(actor)
    make_distinct(registry.actors)
    for where, entity in each_entity(articles):
        at = registry.assigned.get(where)
        if entity.nouns:
            state = entity.label or (registry.state(at) if at is not None else None)
            for noun, n in entity.nouns.items() if state else ():
                registry.nouns.setdefault(noun, Counter())[str(state)] += n
    return registry


def _labelled(articles: Sequence[Sequence[ArticleEntity]], registry: Registry) -> None:
    at: dict[str, int] = {}
    for where, entity in each_entity(articles):
        if entity.label:
            if entity.label not in at:
                registry.actors.append(Actor(entity.type, [entity.key], label=entity.label))
                at[entity.label] = len(registry.actors) - 1
            registry.assigned[where] = at[entity.label]
            registry.sure[where] = 1.0
            count_in(registry.actors[at[entity.label]], entity)


def _offices(articles: Sequence[Sequence[ArticleEntity]], registry: Registry) -> None:
    """An office whose holder its article does not call so: who holds it in the story.

    Who holds it elsewhere is taken only if this article names that person, or where the state is
    said with the office and is that of the holder.
    """
    known: dict[tuple[str, str, bool], tuple[int | None, float]] = {}
    states = gazetteer().labels
    for (d, i), entity in each_entity(articles):
        if entity.type != "person" or entity.key:
            continue
        office, past = next(iter(entity.offices)), bool(entity.past)
        if (*office, past) not in known:
            known[*office, past] = registry.holder(*office, past)
        at, sure = known[*office, past]
        if at is not None and at not in _named(d, articles[d], registry):
            said = office[0] in states and registry.state(at) == office[0]
            at = at if said and not past else None
        if at is None and len(entity.bearers) == 1:
            near = registry.assigned.get((d, entity.bearers[0]))
            if near is None or registry.state(near) in (None, office[0] or registry.state(near)):
                at, sure = near, 0.5
        if at is None:
            at, sure = _present(d, articles[d], office, past, registry)
        registry.assigned[d, i], registry.sure[d, i] = at, sure


def _named(d: int, entities: Sequence[ArticleEntity], registry: Registry) -> set[int | None]:
    """The people whom an article names."""
    return {
        registry.assigned.get((d, i))
        for i, entity in enumerate(entities)
        if entity.type == "person" and entity.key
    }


def _present(
    d: int,
    entities: Sequence[ArticleEntity],
    office: tuple[str, str],
    past: bool,
    registry: Registry,
) -> tuple[int | None, float]:
    """Of the people an article names, the one who holds the office in other articles.

    "The Norwegian general" is the general who in other articles is Norway's.
    """
    country, title = office
    counts: Counter[int] = Counter()
    states = gazetteer().labels
    here = country in states
    # An ambassador, a region's attorney general: only who is said to be that state's or region's.
    strict = bool(country) and (
        title.partition(" to ")[0] in POSTED or (not here and is_unique(long_office(title)))
    )
    for i, entity in enumerate(entities):
        at = registry.assigned.get((d, i))
        if entity.type == "person" and entity.key and at is not None:
            offices = registry.actors[at].offices
            if country in states and registry.state(at) not in (None, country):
                continue
            if not registry.may_hold(at, title, past):
                continue
            held = sum(
                n
                for (where, o), n in offices.items()
                if same_office(o, title)
                and as_exact(o, title)
                and (where == country or not (strict or (where and (where in states) == here)))
            )  # fmt: skip
            counts[at] += entity.count if held > 1 else 0
    ranked = sorted(((i, n) for i, n in counts.items() if n), key=lambda c: (-c[1], c[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0], 0.5
    return None, 0.0


def _bodies(articles: Sequence[Sequence[ArticleEntity]], registry: Registry) -> None:
    """Organisations, places and what stayed unknown: the names of one body become one actor."""
    bodies = BodyMerger(registry.home())
    free = []
    for (d, i), entity in each_entity(articles):
        if entity.label and entity.type == "organization":
            bodies.add(d, (entity.label,), entity)
        elif not entity.label and entity.type != "person" and (d, i) not in registry.assigned:
            bodies.add(d, entity.key, entity)
            free.append((d, i))
    bodies.join()
    labels = {a.label: i for i, a in enumerate(registry.actors) if a.label}
    people = {key: i for i, a in enumerate(registry.actors) for key in a.keys if len(key) > 1}
    at: dict[tuple[str, ...], int] = {}
    for d, i in free:
        entity = articles[d][i]
        root = bodies.root(entity.key)
        named = {labels.get(f) for f in entity.wordings}
        if root not in at:
            known = labels.get(bodies.labels.get(root, ""))
            if known is None and len(named) == 1:
                known = named.pop()
            if known is None:
                # What one article takes for a person and another for a body is one thing.
                known = people.get(root)
            if known is None:
                registry.actors.append(Actor(entity.type, [root]))
                known = len(registry.actors) - 1
            at[root] = known
        registry.assigned[d, i] = at[root]
        registry.sure[d, i] = 0.9
        count_in(registry.actors[at[root]], entity)
    _heads_alone(articles, registry, bodies, free)
    order = ("organization", "government", "place", "person", "other", "")
    for actor in registry.actors:
        if actor.label or not actor.types or actor.types["person"] > actor.types["organization"]:
            continue
        actor.type = max(actor.types, key=lambda t: (actor.types[t], -order.index(t)))


def _heads_alone(
    articles: Sequence[Sequence[ArticleEntity]],
    registry: Registry,
    bodies: BodyMerger,
    free: list[Where],
) -> None:
    """ "The department", "the Judiciary Committee": the one body of the article that ends so."""
    heads = vocabulary().heads
    for d, i in free:
        entity = articles[d][i]
        core = bodies.names[entity.key].core
        if (
            len(core) > 2
            or bodies.root(entity.key) != entity.key
            or heads.get(core[-1].capitalize()) != "organization"
            or any(name_matching.fold(f.split()[-1]) != core[-1] for f in entity.wordings)
        ):
            continue
        longer = set()
        for j, other in enumerate(articles[d]):
            key = (other.label,) if other.label else other.key
            if j == i or other.type != "organization" or key not in bodies.names:
                continue
            name = bodies.names[key].core
            before, rest = name[: -len(core)], name[-len(core) :]
            # "The courts" are not the Supreme Court, nor is the navy the department of it.
            if before and rest == core and not SMALL & set(before):
                longer.add(registry.assigned[d, j])
        at = longer.pop() if len(longer) == 1 else None
        old = registry.assigned[d, i]
        if at is not None and old is not None:
            registry.actors[old].count -= entity.count
            registry.actors[at].count += entity.count
            registry.assigned[d, i], registry.sure[d, i] = at, 0.7


def _states(registry: Registry) -> None:
    """The state of each government and of each body of one, where the story says or implies it."""
    home, known = registry.home(), gazetteer().labels
    for actor in registry.actors:
        if actor.type == "government" and actor.label in known:
            actor.state = actor.label
        elif actor.type == "organization":
            actor.state = _state_of_body(actor, home)


def _state_of_body(actor: Actor, home: str) -> str | None:
    certain, own = False, ""
    said = Counter(actor.states)
    organ = False
    for form, n in [*actor.wordings.items(), (actor.label, 0)]:
        name = body_name(form.split())
        said[name.state] += n
        try:
            sure, country = name.organ
        except KeyError:
            continue
        organ, certain, own = True, certain or sure, own or country
    if not organ:
        return None
    labels = gazetteer().labels
    best = min((s for s in said if s in labels), key=lambda s: (-said[s], s), default="")
    # One "Norway's parliament" among forty parliaments does not make the others Norway's.
    clear = best and (not certain or _CLEAR * said[best] >= actor.count)
    return own or (best if clear else home if certain else "") or None
