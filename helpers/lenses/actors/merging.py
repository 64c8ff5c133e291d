"""Local actors of many articles into the actors of the story (phases 2 and 3).

Only summaries are compared: names, counts, offices. People are bucketed by the consonants of
their surname, so the work grows with the number of distinct names, not of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from helpers import lexicons
from helpers.lenses.actors import forms
from helpers.lenses.actors.bodies import SMALL, Joint, name_of
from helpers.lenses.actors.gazetteer import HOUSE, gazetteer
from helpers.lenses.actors.labels import Actor, label_of, make_distinct
from helpers.lenses.actors.local import POSTED, Local, long_office, same_office, unique
from helpers.lenses.actors.vocabulary import vocabulary

Where = tuple[int, int]
_DOMINANT = 0.75
"""Share of articles from which a surname without a full name is taken for one person."""
_CLEAR = 3
"""A third of a body's mentions say which state's it is."""
_HEADS = lexicons.words("government_heads")
"""Offices of those whose administration or government is a state's."""
_LOOKED_AT = 50
"""Articles of a bearer that are looked at for the company in which a short name stands."""


@dataclass
class Registry:
    """All actors of the story, and where each article's local actors went (None: undecided)."""

    actors: list[Actor]
    assigned: dict[tuple[int, int], int | None]
    sure: dict[tuple[int, int], float]
    nouns: dict[str, Counter[str]] = field(default_factory=dict)
    _home: str | None = None

    def label(self, doc: int, local: int) -> str | None:
        """The story's label of a local actor."""
        at = self.assigned.get((doc, local))
        return None if at is None else self.actors[at].label

    def states(self) -> dict[str, str | None]:
        """Labels of governments and of their bodies → the state; every state is its own."""
        out: dict[str, str | None] = {s: s for s in sorted(gazetteer().labels)}
        return out | {a.label: a.state for a in self.actors if a.state}

    def holder(self, country: str, title: str) -> tuple[int | None, float]:
        """Who holds an office in this story, where one person clearly does."""
        votes: Counter[int] = Counter()
        wanted = long_office(title)
        if wanted in POSTED or not unique(wanted):
            return None, 0.0
        posted = wanted.startswith(tuple(f"{post} " for post in POSTED))
        for i, actor in enumerate(self.actors):
            for (where, office), n in actor.offices.items():
                fits = same_office(office, title) or (title == "leader" and where)
                fits = fits and not (posted and long_office(office) != wanted)
                if fits and (where == country if country else True):
                    votes[i] += n
        total = sum(votes.values())
        if not total:
            return None, 0.0
        best, n = min(votes.items(), key=lambda v: (-v[1], v[0]))
        share = n / total
        if share >= (0.6 if country else 0.9):
            return best, round(0.8 * share if country else 0.5 * share, 2)
        return None, 0.0

    def government(self, noun: str) -> tuple[str | None, float]:
        """The state of which the story says "regime", "administration" …, where it is one."""
        votes = self.nouns.get(noun)
        if not votes:
            return None, 0.0
        best, n = min(votes.items(), key=lambda v: (-v[1], v[0]))
        share = n / sum(votes.values())
        return (best, round(0.7 * share, 2)) if share >= _DOMINANT else (None, 0.0)

    def home(self) -> str:
        """The state at whose seat (its White House, its Kremlin) the story mostly is, if any."""
        if self._home is None:
            gaz = gazetteer()
            votes: Counter[str] = Counter()
            for actor in self.actors:
                for form, n in actor.forms.items() if actor.type == "government" else ():
                    words = [w for w in form.split() if w.lower() != "the"]
                    entry = gaz.match(words, 0, len(words)) if words else None
                    votes[actor.label] += n * (entry is not None and entry.kind == HOUSE)
            best = min(votes, key=lambda s: (-votes[s], s), default="")
            clear = votes[best] and votes[best] >= _DOMINANT * sum(votes.values())
            self._home = best if clear else ""
        return self._home

    def state(self, actor: int) -> str | None:
        """The state in whose name a person holds office; a bare "president" is the home state's."""
        votes: Counter[str] = Counter()
        labels = gazetteer().labels
        offices = self.actors[actor].offices
        for (where, office), n in offices.items():
            if where in labels and "ambassador" not in office and "envoy" not in office:
                votes[where] += n
        if votes:
            return min(votes.items(), key=lambda v: (-v[1], v[0]))[0]
        if any(not where and office in _HEADS for where, office in offices):
            return self.home() or None
        return None

    def administered(self, actor: int, noun: str) -> str | None:
        """The state of "the X administration": X's, or of whom nothing is said, the story's."""
        state = self.state(actor)
        if state is None and self.actors[actor].type == "person" and not self.actors[actor].offices:
            state = self.government(noun)[0]
        return state


class _Company:
    """Who is named in full in which article: bearers of one name are told apart by company."""

    def __init__(self, articles: Sequence[Sequence[Local]], registry: Registry) -> None:
        self.people: list[frozenset[int]] = []
        self.articles: dict[int, list[int]] = defaultdict(list)
        for d, entities in enumerate(articles):
            full = {
                at
                for i, local in enumerate(entities)
                if local.type == "person" and local.full
                and (at := registry.assigned.get((d, i))) is not None
            }  # fmt: skip
            self.people.append(frozenset(full))
            for at in sorted(full):
                if len(self.articles[at]) < _LOOKED_AT:
                    self.articles[at].append(d)

    def closest(self, d: int, candidates: Sequence[int]) -> tuple[int | None, float]:
        """The candidate whose articles share clearly more people with article `d`, if one does."""
        if not candidates:
            return None, 0.0
        here = self.people[d]
        shared = {
            i: max((len(here & self.people[o]) for o in self.articles[i]), default=0)
            for i in candidates
        }
        ranked = sorted(candidates, key=lambda i: (-shared[i], i))
        best = shared[ranked[0]]
        rest = max((shared[i] for i in ranked[1:]), default=0)
        return (ranked[0], 0.6) if best >= 2 and best >= 2 * rest else (None, 0.0)


def merge(articles: Sequence[Sequence[Local]]) -> Registry:
    """Join the local actors of all articles (given in article order)."""
    registry = Registry([], {}, {})
    _labelled(articles, registry)
    people = _people(articles, registry)
    _short_names(articles, registry, people, _Company(articles, registry))
    _surnames(articles, registry, people)
    _bodies(articles, registry)
    _states(registry)
    _offices(articles, registry)
    for actor in registry.actors:
        actor.label = actor.label or label_of(actor)
    make_distinct(registry.actors)
    for where, local in _locals(articles):
        at = registry.assigned.get(where)
        state = (
            (local.label or (registry.state(at) if at is not None else None))
            if (local.nouns)
            else None
        )
        for noun, n in local.nouns.items():
            if state:
                registry.nouns.setdefault(noun, Counter())[state] += n
    return registry


def _add(actor: Actor, local: Local) -> None:
    actor.forms.update(local.forms)
    actor.offices.update(local.offices)
    actor.docs += 1
    actor.count += local.count
    actor.male += local.male
    actor.female += local.female
    actor.types[local.type] += local.count
    actor.states.update(local.states)


def _locals(articles: Sequence[Sequence[Local]]) -> Iterable[tuple[tuple[int, int], Local]]:
    for d, entities in enumerate(articles):
        for i, local in enumerate(entities):
            yield (d, i), local


def _labelled(articles: Sequence[Sequence[Local]], registry: Registry) -> None:
    at: dict[str, int] = {}
    for where, local in _locals(articles):
        if local.label:
            if local.label not in at:
                registry.actors.append(Actor(local.type, [local.key], label=local.label))
                at[local.label] = len(registry.actors) - 1
            registry.assigned[where] = at[local.label]
            registry.sure[where] = 1.0
            _add(registry.actors[at[local.label]], local)


def _people(articles: Sequence[Sequence[Local]], registry: Registry) -> dict[str, list[int]]:
    """Full names; returns the people by each folded word of their names."""
    names: Counter[tuple[tuple[str, ...], str]] = Counter()
    together: set[tuple[str, ...]] = set()
    for entities in articles:
        full = [e for e in entities if e.type == "person" and e.full]
        for e in full:
            names[e.key, e.suffix] += 1
        plain = {e.key for e in full if not e.suffix}
        together |= {e.key for e in full if e.suffix and e.key in plain}
    buckets: dict[str, list[int]] = defaultdict(list)
    joined: dict[str, int] = {}
    place: dict[tuple[tuple[str, ...], str], int] = {}
    # Longer and more frequent names first: they say most about who is meant.
    for (key, suffix), _ in sorted(names.items(), key=lambda n: (-n[1], -len(n[0][0]), n[0])):
        kept = suffix if key in together else ""
        # By the surname's consonants; a misspelt surname by the names before it; turned names.
        shelves = [key[-1][:1] + forms.skeleton(key[-1]), " ".join(sorted(key))]
        shelves += [" ".join(key[:-1])] if len(key) > 2 else []
        fit = [
            i
            for i in dict.fromkeys(i for shelf in shelves for i in buckets[shelf])
            if registry.actors[i].suffix == kept
            and all(forms.same_person(k, key) for k in registry.actors[i].keys[:4])
        ]
        whole = joined.get("".join(key) + kept)
        if whole is not None and whole not in fit:
            fit.insert(0, whole)
        if fit and not (len(fit) > 1 and min(len(w) for w in key[:1]) == 1):
            at = fit[0]
        else:
            registry.actors.append(Actor("person", suffix=kept))
            at = len(registry.actors) - 1
        known = registry.actors[at].keys
        if not known or forms.near(known[0][-1], key[-1]):
            known.append(key)  # what follows is compared with these, not with a slip
        for shelf in shelves:
            if at not in buckets[shelf]:
                buckets[shelf].append(at)
        joined.setdefault("".join(key) + kept, at)
        place[key, suffix] = at
    words: dict[str, list[int]] = defaultdict(list)
    for where, local in _locals(articles):
        if local.type == "person" and local.full:
            at = place[local.key, local.suffix]
            registry.assigned[where] = at
            registry.sure[where] = 0.95
            _add(registry.actors[at], local)
            alone = {forms.person_key([f])[0] for f in local.forms if " " not in f}
            registry.actors[at].bare.update(word for key in alone for word in key)
    for (key, _), at in place.items():
        for word in key:
            if at not in words[word]:
                words[word].append(at)
    return words


def _short_names(
    articles: Sequence[Sequence[Local]],
    registry: Registry,
    people: dict[str, list[int]],
    company: _Company,
) -> None:
    """A surname that its article never gives in full: the story's one bearer, if there is one."""
    alone: dict[tuple[str, ...], int] = {}
    given = vocabulary().given
    for (d, i), local in _locals(articles):
        if local.type != "person" or local.full or not local.key:
            continue
        word = local.key[-1]
        bearers = people.get(word, ())
        candidates = [i for i in bearers if word == registry.actors[i].keys[0][-1]]
        if word.capitalize() in given and not local.candidates:
            # "Michael" alone is no surname unless others call somebody so.
            candidates = [i for i in candidates if registry.actors[i].bare[word]]
        candidates = candidates or list(bearers)
        if local.suffix:  # "Donald Jr."
            candidates = [i for i in candidates if registry.actors[i].suffix == local.suffix]
        near = [at for c in local.candidates if (at := registry.assigned.get((d, c))) is not None]
        if local.default >= 0:
            usual = registry.assigned[d, local.default]
            at, sure = _instead(local, usual, candidates, registry)
        else:
            at, sure = _bearer(local, candidates, near, registry)
            if at is None:
                fit = _fitting(local, candidates, registry)
                fit = [b for b in fit if registry.actors[b].keys[0][-1] == word]
                at, sure = company.closest(d, fit)
        if at is None and not _fitting(local, candidates, registry):
            if local.key not in alone:
                registry.actors.append(Actor("person", [local.key]))
                alone[local.key] = len(registry.actors) - 1
            at, sure = alone[local.key], 0.6
        registry.assigned[d, i] = at
        registry.sure[d, i] = sure
        if at is not None:
            _add(registry.actors[at], local)


def _instead(
    local: Local, usual: int | None, candidates: list[int], registry: Registry
) -> tuple[int | None, float]:
    """Whom the corpus calls by a short name that its article does not clearly cut short.

    "President X" in an article about Anna X is the X whom other articles call president; a bare X
    before the first "Anna X" is the one whom the corpus calls X.
    """
    actors = registry.actors
    offices = {o for _, o in local.offices}
    if usual is None or offices & {o for _, o in actors[usual].offices}:
        return usual, 0.9
    if offices:
        candidates = [i for i in candidates if offices & {o for _, o in actors[i].offices}]
    at, sure = _bearer(local, candidates, [], registry)
    if at is not None and actors[at].bare[local.key[-1]] > 1:
        return at, sure
    return usual, 0.9


def _offices(articles: Sequence[Sequence[Local]], registry: Registry) -> None:
    """An office whose holder its article does not name: who holds it in the story."""
    known: dict[tuple[str, str], tuple[int | None, float]] = {}
    for (d, i), local in _locals(articles):
        if local.type != "person" or local.key:
            continue
        office = next(iter(local.offices))
        if office not in known:
            known[office] = registry.holder(*office)
        at, sure = known[office]
        if at is None and len(local.candidates) == 1:
            near = registry.assigned.get((d, local.candidates[0]))
            if near is None or registry.state(near) in (None, office[0] or registry.state(near)):
                at, sure = near, 0.5
        if at is None:
            at, sure = _present(d, articles[d], office, registry)
        registry.assigned[d, i], registry.sure[d, i] = at, sure


def _present(
    d: int, entities: Sequence[Local], office: tuple[str, str], registry: Registry
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
        title.partition(" to ")[0] in POSTED or (not here and unique(long_office(title)))
    )
    for i, local in enumerate(entities):
        at = registry.assigned.get((d, i))
        if local.type == "person" and local.key and at is not None:
            offices = registry.actors[at].offices
            if country in states and registry.state(at) not in (None, country):
                continue
            held = sum(
                n
                for (where, o), n in offices.items()
                if same_office(o, title)
                and (where == country or not (strict or (where and (where in states) == here)))
            )  # fmt: skip
            counts[at] += local.count if held > 1 else 0
    ranked = sorted(((i, n) for i, n in counts.items() if n), key=lambda c: (-c[1], c[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0], 0.5
    return None, 0.0


def _fitting(local: Local, candidates: list[int], registry: Registry) -> list[int]:
    """The bearers of a surname whose gender, where known, is that of the short name.

    "Warren" alone may be a given name: one vote for a gender is no evidence against a surname,
    nor is one pronoun against who holds the office.
    """
    actors, gender = registry.actors, local.gender
    weak = abs(local.male - local.female) <= 1
    given = local.key[-1].capitalize() in vocabulary().given
    offices = {o for _, o in local.offices}
    return [
        i
        for i in candidates
        if not gender
        or actors[i].gender in ("", gender)
        or (weak and (given or offices & {o for _, o in actors[i].offices}))
    ]


def _bearer(
    local: Local, candidates: list[int], near: list[int], registry: Registry
) -> tuple[int | None, float]:
    actors = registry.actors
    fit = _fitting(local, candidates, registry)
    if not fit:
        return None, 0.0
    offices = {o for _, o in local.offices}
    if offices:
        held = [i for i in fit if offices & {o for _, o in actors[i].offices}]
        if held:
            return max(held, key=lambda i: (actors[i].docs, -i)), 0.9
    close = [i for i in near if i in fit]
    if len(close) == 1:
        return close[0], 0.7
    # Who is called by the word alone elsewhere; where nobody is, who is in most articles.
    votes = {i: actors[i].bare[local.key[-1]] for i in fit}
    if not any(votes.values()):
        votes = {i: actors[i].docs for i in fit}
    total = sum(votes.values())
    best = max(fit, key=lambda i: (votes[i], actors[i].docs, -i))
    share = votes[best] / total if total else 0.0
    if share >= _DOMINANT:
        return best, round(0.9 * share, 2)
    return None, 0.0


def _surnames(
    articles: Sequence[Sequence[Local]], registry: Registry, people: dict[str, list[int]]
) -> None:
    """A lone word that its article cannot place, and that other articles use as a surname."""
    for where, local in _locals(articles):
        if local.label or len(local.key) != 1 or local.type not in ("organization", "other", ""):
            continue
        word = local.key[0]
        bearers = [
            i for i in people.get(word, ())
            if registry.actors[i].keys[0][-1] == word and registry.actors[i].docs > 1
        ]  # fmt: skip
        if len(word) < 4 or not bearers:
            continue
        at, sure = _bearer(local, bearers, [], registry)
        if at is not None:
            registry.assigned[where], registry.sure[where] = at, round(0.8 * sure, 2)
            registry.actors[at].forms.update(local.forms)
            registry.actors[at].count += local.count


def _bodies(articles: Sequence[Sequence[Local]], registry: Registry) -> None:
    """Organisations, places and what stayed unknown: the names of one body become one actor."""
    joint = Joint(registry.home())
    free = []
    for (d, i), local in _locals(articles):
        if local.label and local.type == "organization":
            joint.add(d, (local.label,), local)
        elif not local.label and local.type != "person" and (d, i) not in registry.assigned:
            joint.add(d, local.key, local)
            free.append((d, i))
    joint.join()
    labels = {a.label: i for i, a in enumerate(registry.actors) if a.label}
    people = {key: i for i, a in enumerate(registry.actors) for key in a.keys if len(key) > 1}
    at: dict[tuple[str, ...], int] = {}
    for d, i in free:
        local = articles[d][i]
        root = joint.root(local.key)
        named = {labels.get(f) for f in local.forms}
        if root not in at:
            known = labels.get(joint.labels.get(root, ""))
            if known is None and len(named) == 1:
                known = named.pop()
            if known is None:
                # What one article takes for a person and another for a body is one thing.
                known = people.get(root)
            if known is None:
                registry.actors.append(Actor(local.type, [root]))
                known = len(registry.actors) - 1
            at[root] = known
        registry.assigned[d, i] = at[root]
        registry.sure[d, i] = 0.9
        _add(registry.actors[at[root]], local)
    _heads_alone(articles, registry, joint, free)
    order = ("organization", "government", "place", "person", "other", "")
    for actor in registry.actors:
        if actor.label or not actor.types or actor.types["person"] > actor.types["organization"]:
            continue
        actor.type = max(actor.types, key=lambda t: (actor.types[t], -order.index(t)))


def _heads_alone(
    articles: Sequence[Sequence[Local]], registry: Registry, joint: Joint, free: list[Where]
) -> None:
    """ "The department", "the Judiciary Committee": the one body of the article that ends so."""
    heads = vocabulary().heads
    for d, i in free:
        local = articles[d][i]
        core = joint.names[local.key].core
        if (
            len(core) > 2
            or joint.root(local.key) != local.key
            or heads.get(core[-1].capitalize()) != "organization"
            or any(forms.fold(f.split()[-1]) != core[-1] for f in local.forms)
        ):
            continue
        longer = set()
        for j, other in enumerate(articles[d]):
            key = (other.label,) if other.label else other.key
            if j == i or other.type != "organization" or key not in joint.names:
                continue
            name = joint.names[key].core
            before, rest = name[: -len(core)], name[-len(core) :]
            # "The courts" are not the Supreme Court, nor is the navy the department of it.
            if before and rest == core and not SMALL & set(before):
                longer.add(registry.assigned[d, j])
        at = longer.pop() if len(longer) == 1 else None
        old = registry.assigned[d, i]
        if at is not None and old is not None:
            registry.actors[old].count -= local.count
            registry.actors[at].count += local.count
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
    for form, n in [*actor.forms.items(), (actor.label, 0)]:
        name = name_of(form.split())
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
