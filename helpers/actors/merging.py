"""Local actors of many articles into the actors of the story (phases 2 and 3).

Only summaries are compared: names, counts, offices. People are bucketed by the consonants of
their surname, so the work grows with the number of distinct names, not of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from helpers.actors import forms
from helpers.actors.gazetteer import COUNTRY, DEMONYM, gazetteer
from helpers.actors.local import Local, same_office
from helpers.actors.vocabulary import vocabulary

_DOMINANT = 0.75
"""Share of articles from which a surname without a full name is taken for one person."""


@dataclass(slots=True)
class Actor:
    """An actor of the story: what it is called, by how many articles, and what it holds."""

    type: str
    keys: list[tuple[str, ...]] = field(default_factory=list)
    suffix: str = ""
    label: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    offices: Counter[tuple[str, str]] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    docs: int = 0
    count: int = 0
    male: int = 0
    female: int = 0

    @property
    def gender(self) -> str:
        """m, f or empty."""
        return "" if self.male == self.female else "m" if self.male > self.female else "f"


@dataclass
class Registry:
    """All actors of the story, and where each article's local actors went (None: undecided)."""

    actors: list[Actor]
    assigned: dict[tuple[int, int], int | None]
    sure: dict[tuple[int, int], float]
    nouns: dict[str, Counter[str]] = field(default_factory=dict)

    def label(self, doc: int, local: int) -> str | None:
        """The story's label of a local actor."""
        at = self.assigned.get((doc, local))
        return None if at is None else self.actors[at].label

    def holder(self, country: str, title: str) -> tuple[int | None, float]:
        """Who holds an office in this story, where one person clearly does."""
        votes: Counter[int] = Counter()
        for i, actor in enumerate(self.actors):
            for (where, office), n in actor.offices.items():
                fits = same_office(office, title) or (title == "leader" and where)
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

    def state(self, actor: int) -> str | None:
        """The state in whose name a person holds office."""
        votes: Counter[str] = Counter()
        labels = gazetteer().labels
        for (where, office), n in self.actors[actor].offices.items():
            if where in labels and "ambassador" not in office and "envoy" not in office:
                votes[where] += n
        if not votes:
            return None
        return min(votes.items(), key=lambda v: (-v[1], v[0]))[0]


def merge(articles: Sequence[Sequence[Local]]) -> Registry:
    """Join the local actors of all articles (given in article order)."""
    registry = Registry([], {}, {})
    _labelled(articles, registry)
    people = _people(articles, registry)
    _short_names(articles, registry, people)
    _surnames(articles, registry, people)
    _bodies(articles, registry)
    _offices(articles, registry)
    for actor in registry.actors:
        actor.label = actor.label or _label(actor)
    _distinct_labels(registry)
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
        bucket = key[-1][:1] + forms.skeleton(key[-1])
        fit = [
            i
            for i in buckets[bucket]
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
        registry.actors[at].keys.append(key)
        if at not in buckets[bucket]:
            buckets[bucket].append(at)
        joined.setdefault("".join(key) + kept, at)
        place[key, suffix] = at
    words: dict[str, list[int]] = defaultdict(list)
    for where, local in _locals(articles):
        if local.type == "person" and local.full:
            at = place[local.key, local.suffix]
            registry.assigned[where] = at
            registry.sure[where] = 0.95
            _add(registry.actors[at], local)
    for (key, _), at in place.items():
        for word in key:
            if at not in words[word]:
                words[word].append(at)
    return words


def _short_names(
    articles: Sequence[Sequence[Local]], registry: Registry, people: dict[str, list[int]]
) -> None:
    """A surname that its article never gives in full: the story's one bearer, if there is one."""
    alone: dict[tuple[str, ...], int] = {}
    for where, local in _locals(articles):
        if local.type != "person" or local.full or not local.key:
            continue
        word = local.key[-1]
        candidates = [i for i in people.get(word, ()) if word == registry.actors[i].keys[0][-1]]
        candidates = candidates or list(people.get(word, ()))
        near = [
            registry.assigned[where[0], c] for c in local.candidates
            if registry.assigned.get((where[0], c)) is not None
        ]  # fmt: skip
        at, sure = _bearer(local, candidates, [n for n in near if n is not None], registry)
        if at is None and not _fitting(local, candidates, registry):
            if local.key not in alone:
                registry.actors.append(Actor("person", [local.key]))
                alone[local.key] = len(registry.actors) - 1
            at, sure = alone[local.key], 0.6
        registry.assigned[where] = at
        registry.sure[where] = sure
        if at is not None:
            _add(registry.actors[at], local)


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
            at, sure = registry.assigned.get((d, local.candidates[0])), 0.5
        if at is None and not office[0]:
            at, sure = _present(d, articles[d], office[1], registry)
        registry.assigned[d, i], registry.sure[d, i] = at, sure


def _present(
    d: int, entities: Sequence[Local], title: str, registry: Registry
) -> tuple[int | None, float]:
    """Of the people an article names, the one who holds the office in other articles."""
    counts: Counter[int] = Counter()
    for i, local in enumerate(entities):
        at = registry.assigned.get((d, i))
        if local.type == "person" and local.key and at is not None:
            offices = registry.actors[at].offices
            if any(same_office(o, title) and n > 1 for (_, o), n in offices.items()):
                counts[at] += local.count
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return ranked[0][0], 0.5
    return None, 0.0


def _fitting(local: Local, candidates: list[int], registry: Registry) -> list[int]:
    """The bearers of a surname whose gender, where known, is that of the short name.

    "Warren" alone may be a given name: one vote for a gender is no evidence against a surname.
    """
    actors = registry.actors
    given = local.key[-1].capitalize() in vocabulary().given
    gender = local.gender if not given or abs(local.male - local.female) > 1 else ""
    return [i for i in candidates if not (gender and actors[i].gender not in ("", gender))]


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
    total = sum(actors[i].docs for i in fit)
    best = max(fit, key=lambda i: (actors[i].docs, -i))
    share = actors[best].docs / total if total else 0.0
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
    """Organisations, places and what stayed unknown: by words, by initials, by longer names."""
    counts: Counter[tuple[str, ...]] = Counter()
    surface: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for where, local in _locals(articles):
        if not local.label and local.type != "person" and where not in registry.assigned:
            counts[_singular(local.key)] += local.count
            surface[_singular(local.key)].update(local.forms)
    target = _joined_bodies(counts, surface)
    at: dict[tuple[str, ...], int] = {}
    labels = {a.label: i for i, a in enumerate(registry.actors) if a.label}
    for where, local in _locals(articles):
        if local.label or local.type == "person" or where in registry.assigned:
            continue
        key = _singular(local.key)
        key = target.get(key, key)
        if key not in at:
            known = next((labels[f] for f in local.forms if f in labels), None)
            if known is None:
                registry.actors.append(Actor(local.type, [key]))
                known = len(registry.actors) - 1
            at[key] = known
        registry.assigned[where] = at[key]
        registry.sure[where] = 0.9
        _add(registry.actors[at[key]], local)
    for actor in registry.actors:
        if not actor.label and actor.type != "person" and actor.types:
            order = ("organization", "government", "place", "other", "")
            actor.type = max(actor.types, key=lambda t: (actor.types[t], -order.index(t)))


def _singular(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w[:-1] if len(w) > 4 and w.endswith("s") and w[-2] != "s" else w for w in key)


def _joined_bodies(
    counts: Counter[tuple[str, ...]], surface: dict[tuple[str, ...], Counter[str]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Which name of an organisation goes with which longer one of the corpus."""
    initials: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(counts):
        if len(key) > 1:
            initials["".join(w[0] for w in key if w not in ("of", "the", "for", "and"))].append(key)
            for word in key:
                by_word[word].append(key)
    target: dict[tuple[str, ...], tuple[str, ...]] = {}
    states = gazetteer()
    for key in sorted(counts):
        if len(key) == 1 and any(f.isupper() for f in surface[key]):
            longer = initials.get(key[0], [])
            if len(longer) == 1:
                target[longer[0]] = key
        elif len(key) > 1:
            bare = key
            entry = states.single(next(iter(surface[key]), "").split(" ")[0])
            if entry is not None and entry.kind in (COUNTRY, DEMONYM) and len(key) > 2:
                bare = key[1:]
            if bare != key and bare in counts:
                target[bare] = key if bare not in target else bare
    # A bare name that several states' bodies share ("Foreign Ministry") stays by itself.
    return {a: b for a, b in target.items() if a != b}


def _label(actor: Actor) -> str:
    """The usual name: the most frequent full form, a longer one where it is not much rarer."""
    if not actor.forms:
        return " ".join(w.capitalize() for w in (actor.keys[0] if actor.keys else ()))
    if actor.type == "person":
        full: Counter[str] = Counter()
        for form, n in actor.forms.items():
            words = [
                w for w in form.split() if not (len(w) <= 2 and w[0].isupper() and w[-1] == ".")
            ]
            if len(words) > 2 and words[-1] in ("II", "III", "IV"):
                words.pop()
            if len(words) > 1:
                full[" ".join(words)] += n
        pool = full or actor.forms
        top = max(pool.values())
        usual = [f for f, n in pool.items() if n == top]
        best = max(usual, key=lambda f: (len(f), f))
        for form, n in sorted(pool.items()):
            if len(form) > len(best) and n * 3 >= top and set(best.split()) < set(form.split()):
                best = form
        return best
    top = max(actor.forms.values())
    usual = [f for f, n in actor.forms.items() if n >= 0.5 * top]
    return max(usual, key=lambda f: (len(f), f))


def _distinct_labels(registry: Registry) -> None:
    """Two people of one name keep two labels."""
    seen: Counter[str] = Counter()
    for actor in registry.actors:
        seen[actor.label] += 1
        if seen[actor.label] > 1:
            actor.label = f"{actor.label} ({seen[actor.label]})"
