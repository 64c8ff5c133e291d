"""Contrasts: where outlets differ in a way that can be read off their sentences.

A contrast claims nothing about chance. It holds both sides' sentences, and it is told only where
neither side rests on agency copy, a transcript, furniture or, of what it is about, one article
alone. Sentiment is no contrast: which of two outlets is the harsher is known too badly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from helpers.comparing.terms import function_words
from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.account import of_blame
from helpers.spread.called import BY_NAME, Use, printing
from helpers.spread.cuts import of_cuts
from helpers.spread.grid import Column, Contrast, Side
from helpers.spread.heard import of_heard
from helpers.spread.matched import begin_alike
from helpers.spread.material import FEW, Material, columns_of, kinds
from helpers.spread.openings import of_leads
from helpers.spread.opposed import by_contrast
from helpers.spread.retold import of_wording
from helpers.spread.spreads import LEAST_SIDES, Event
from helpers.spread.unquoted import of_unquoted
from helpers.spread.untold import of_reports
from helpers.spread.verdicts import of_verdicts
from helpers.wording import clean, count, listing

LEAST_ARTICLES = 2
"""Articles on the side of the word that judges."""
MOST_SIDES = 8
"""Sides of an event of which something can be told by one alone; of more each tells much so."""
EVENTS = 12
"""Events in which is looked for what one side alone tells."""
MAIN, SHARED = 6, 2
"""Main actors of a side, and how many of them those of another one must be on the same story."""
NEAR = 0.4
"""How alike the beginnings of a few articles must be to be read as one event."""
OUTLETS = 5
"""Outlets of one side that are named."""


def contrasts(m: Material, found: Iterable[Use]) -> list[Contrast]:
    """All contrasts of a story by kind, the strongest of each first."""
    told = told_events(m)
    readers = of_leads, of_verdicts, of_wording, of_cuts, of_unquoted, of_heard
    read = [_of_events(m, told, each) for each in readers]
    kinds = *read, _of_names(m, found), of_blame(m), of_reports(m)
    return [
        contrast
        for same in kinds
        for contrast in sorted(same, key=lambda c: (-c.strength, c.statement))
    ]


def told_events(m: Material) -> list[Event]:
    """The events of most sides; of a few articles on one story, these."""
    told = by_contrast(m, EVENTS)
    few = LEAST_SIDES <= len(m.articles) <= FEW
    if not told and few and _is_one_story(m) and begin_alike(m, [*m.articles]) >= NEAR:
        return [Event("", "", tuple(m.articles))]
    return told


def _of_events(
    m: Material,
    told: Sequence[Event],
    read: Callable[[Material, list[Column], Sequence[str]], Iterator[Contrast]],
) -> Iterator[Contrast]:
    """What can be read off some events, each with the event that it is claimed of."""
    for event in told:
        if LEAST_SIDES <= len(columns := columns_of(m, event.doc_ids)) <= MOST_SIDES:
            for each in read(m, columns, event.doc_ids):
                yield _on(event, each) if len(event.doc_ids) < len(m.articles) else each


def _on(event: Event, found: Contrast) -> Contrast:
    """A contrast with the event that it is claimed of, which is not the whole story."""
    when = f", {event.when}" if event.when else ""
    on = f"(event: {clean(event.name, 70)}{when})"
    return replace(found, statement=f"{found.statement} {on}")


def _is_one_story(m: Material) -> bool:
    """Whether any two sides of a few articles have most of their main actors in common."""
    main = [m.main_actors(column.doc_ids, MAIN) for column in columns_of(m, [*m.articles])]
    return all(len(a & b) >= SHARED for a, b in combinations(main, 2))


# ------------------------------------------------------------------------------------- names


def _of_names(m: Material, found: Iterable[Use]) -> Iterator[Contrast]:
    """A word that judges in some outlets, where others write another one for the same thing.

    What somebody is called beside his name is left to the table of names: there is always more
    than one word for him, and that others do not write one of them says little.
    """
    groups: dict[tuple[str, str], list[Use]] = {}
    for use in found:
        if use.kind not in ("family", "actor") and m.outlet(use.place[0]) != UNKNOWN_OUTLET:
            groups.setdefault((use.kind, use.of), []).append(use)
    for (kind, of), group in sorted(groups.items()):
        if kind == "deed" and " by " in of:
            continue  # what somebody does may be another deed each time
        judging = {m.outlet(u.place[0]) for u in group if u.loaded}
        plain = [u for u in group if u.own and m.outlet(u.place[0]) not in judging]
        able = []
        for word in sorted({u.stem for u in group if u.loaded}):
            here = _settled([u for u in group if u.stem == word and u.loaded], group, m)
            if _articles(here, plain) < LEAST_ARTICLES:
                continue  # before all words of the story are looked at
            alike = {u.word for u in group if u.stem == word}
            forms = {part for w in {*alike, word, f"{word}s"} for part in w.lower().split()}
            writing = {m.outlet(doc) for doc in printing(m, forms - function_words())}
            others = [u for u in plain if m.outlet(u.place[0]) not in writing]
            instead = _most_stem(others)
            others = [u for u in others if u.stem == instead]
            if _articles(here, others) >= LEAST_ARTICLES:
                able.append((here, others, writing))
        if able:
            often = Counter(u.stem for u in group if u.loaded)
            best = max(able, key=lambda a: (_articles(a[0], a[1]), often[a[0][0].stem]))
            yield _named(m, of, *best)


def _settled(here: Sequence[Use], group: Sequence[Use], m: Material) -> list[Use]:
    """The uses of outlets that write no other word for the same thing, in whomever's voice."""
    other = {m.outlet(u.place[0]) for u in group if not u.loaded}
    return [u for u in here if m.outlet(u.place[0]) not in other]


def _most_stem(group: Sequence[Use]) -> str:
    """The word most often written, by its stem."""
    often = Counter(u.stem for u in group)
    return min(often, key=lambda stem: (-often[stem], stem), default="")


def _articles(*sides: Sequence[Use]) -> int:
    """Articles on the thinner side."""
    return min(len({use.place[0] for use in side}) for side in sides)


def _named(
    m: Material, of: str, here: Sequence[Use], others: Sequence[Use], writing: set[str]
) -> Contrast:
    users, rest = _outlets(m, here), _outlets(m, others)
    verb, verbs = ("writes" if len(side) == 1 else "write" for side in (users, rest))
    instead = f"where {listing(rest, OUTLETS)} {verbs} “{_most(others)}”"
    word = _most(here)
    statement = f"{listing(users, OUTLETS)} {verb} “{word}” {instead}: the {of}"
    sides = _side(m, here), _side(m, others)
    more = sorted(writing - set(users))
    also = f"“{word}” also stands in {listing(more, OUTLETS)}. " if more else ""
    size = min(_articles(here, others), 9) + len(rest) / 100
    return Contrast("names", statement, sides, f"{also}{how_right('names')}", size)


def _most(group: Sequence[Use]) -> str:
    words = [u.word for u in group]
    return min(words, key=lambda w: (-words.count(w), w))


def _outlets(m: Material, group: Sequence[Use]) -> list[str]:
    """The outlets, those with most articles first."""
    docs: dict[str, set[str]] = {}
    for use in group:
        docs.setdefault(m.outlet(use.place[0]), set()).add(use.place[0])
    return sorted(docs, key=lambda o: (-len(docs[o]), o))


def _side(m: Material, group: Sequence[Use]) -> Side:
    ordered = sorted(group, key=lambda u: (u.word == BY_NAME, u.place))
    places = tuple(use.place for use in ordered)  # those that chose a word stand first
    docs = sorted({doc for doc, _, _ in places})
    often = Counter(m.outlet(doc) for doc, _, _ in places)
    each = listing([f"{o} {often[o]}" for o in _outlets(m, group)], OUTLETS)
    note = f"{count(len(places), 'time')} in {kinds(m, docs, always=True)}"
    note += f": {each}" if len(often) > 1 else ""
    return Side(listing(_outlets(m, group), OUTLETS), note, places)
