"""The actors of a story, and where each article's entities went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from helpers.lenses.actors.article_entities import ArticleEntity
from helpers.lenses.actors.gazetteer import HOUSE, gazetteer
from helpers.lenses.actors.labels import Actor
from helpers.lenses.actors.offices import (
    HEADS,
    POSTED,
    as_exact,
    is_unique,
    long_office,
    same_office,
    same_post,
)

DOMINANT = 0.75
"""Share of the votes from which one of several is taken."""


@dataclass
class Registry:
    """All actors of the story, and where each article's entities went (None: undecided)."""

    actors: list[Actor]
    assigned: dict[tuple[int, int], int | None]
    sure: dict[tuple[int, int], float]
    nouns: dict[str, Counter[str]] = field(default_factory=dict)
    _home: str | None = None

    def states(self) -> dict[str, str | None]:
        """Labels of governments and of their bodies → the state; every state is its own."""
        out: dict[str, str | None] = {s: s for s in sorted(gazetteer().labels)}
        return out | {a.label: a.state for a in self.actors if a.state}

    def holder(self, country: str, title: str, past: bool) -> tuple[int | None, float]:
        """Who holds (or, with `past`, held) an office in this story, and how surely.

        "The president" without a state is that of the story's home state.
        """
        votes: Counter[int] = Counter()
        wanted = long_office(title)
        if wanted in POSTED or not is_unique(wanted):
            return None, 0.0
        posted = wanted.startswith(tuple(f"{post} " for post in POSTED))
        home = self.home() if not country and wanted in HEADS else ""
        for i, actor in enumerate(self.actors):
            if not actor.offices or not self.may_hold(i, title, past):
                continue
            if home and self.state(i) not in (None, home):
                continue
            for (where, office), n in actor.offices.items():
                fits = same_office(office, title) and as_exact(office, title)
                fits = fits or (title == "leader" and bool(where))
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

    def may_hold(self, actor: int, title: str, past: bool) -> bool:
        """Whether a person may be meant by "the former X" (`past`), or by "the X".

        Who is mostly called the former head of a government is no longer its head.
        """
        known = self.actors[actor]
        left = sum(n for o, n in known.past.items() if same_post(title, o))
        if past or long_office(title) not in HEADS:
            return left > 0 or not past
        return not left or 2 * left < sum(
            n for (where, o), n in known.offices.items() if not where and same_post(title, o)
        )

    def government(self, noun: str) -> tuple[str | None, float]:
        """The state of which the story says "regime", "administration" …, where it is one."""
        votes = self.nouns.get(noun)
        if not votes:
            return None, 0.0
        best, n = min(votes.items(), key=lambda v: (-v[1], v[0]))
        share = n / sum(votes.values())
        return (best, round(0.7 * share, 2)) if share >= DOMINANT else (None, 0.0)

    def home(self) -> str:
        """The state at whose seat (its White House, its Kremlin) the story mostly is, if any."""
        if self._home is None:
            gaz = gazetteer()
            votes: Counter[str] = Counter()
            for actor in self.actors:
                for form, n in actor.wordings.items() if actor.type == "government" else ():
                    words = [w for w in form.split() if w.lower() != "the"]
                    entry = gaz.match(words, 0, len(words)) if words else None
                    votes[actor.label] += n * (entry is not None and entry.kind == HOUSE)
            best = min(votes, key=lambda s: (-votes[s], s), default="")
            clear = votes[best] and votes[best] >= DOMINANT * sum(votes.values())
            self._home = best if clear else ""
        return self._home

    def state(self, actor: int, *, bare: bool = True) -> str | None:
        """The state in whose name a person holds office; a bare "president" is the home state's.

        Without ``bare`` only offices count that are said to be of a state.
        """
        votes: Counter[str] = Counter()
        unsaid = 0
        labels = gazetteer().labels
        offices = self.actors[actor].offices
        for (where, office), n in offices.items():
            if where in labels and "ambassador" not in office and "envoy" not in office:
                votes[where] += n
            elif bare and not where and office in HEADS:
                unsaid += n
        # "President X" of whom others seldom say which state's president he is.
        if unsaid > votes.total() / (1 - DOMINANT):
            votes[self.home()] += unsaid
        votes.pop("", None)
        return min(votes.items(), key=lambda v: (-v[1], v[0]))[0] if votes else None

    def note_namesakes(self) -> None:
        """Note on the namesakes of each head of government its state: "the Keller administration".

        Of several heads of one surname the one of most mentions.
        """
        heads: dict[str, int] = {}
        people = [i for i, a in enumerate(self.actors) if a.type == "person" and a.keys]
        for i in sorted(people, key=lambda i: (-self.actors[i].count, i)):
            if any(office in HEADS for _, office in self.actors[i].offices):
                heads.setdefault(self.actors[i].keys[0][-1], i)
        for i in people:
            head = heads.get(self.actors[i].keys[0][-1], i)
            if head != i and self.state(i) is None:
                self.actors[i].namesake_state = self.state(head)

    def administered(self, actor: int, noun: str) -> str | None:
        """The state of "the X administration": X's, or that of a namesake who heads a government.

        Of a person of whom nothing is said the story's. No home government is called a regime.
        """
        if noun == "regime":
            return self.state(actor, bare=False)
        state = self.state(actor) or self.actors[actor].namesake_state
        if state is None and self.actors[actor].type == "person" and not self.actors[actor].offices:
            state = self.government(noun)[0]
        return state


def count_in(actor: Actor, entity: ArticleEntity) -> None:
    actor.wordings.update(entity.wordings)
    actor.offices.update(entity.offices)
    actor.past.update(entity.past)
    actor.docs += 1
    actor.count += entity.count
    actor.male += entity.male
    actor.female += entity.female
    actor.types[entity.type] += entity.count
    actor.states.update(entity.states)


def each_entity(
    articles: Sequence[Sequence[ArticleEntity]],
) -> Iterator[tuple[tuple[int, int], ArticleEntity]]:
    for d, entities in enumerate(articles):
        for i, entity in enumerate(entities):
            yield (d, i), entity
