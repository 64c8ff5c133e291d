"""Spreads: the articles of one event, or two sides of the reader's choice, on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.alone import told_only
from helpers.spread.called import Use, called
from helpers.spread.grid import Column, Grid
from helpers.spread.judging import judged
from helpers.spread.matched import is_one_event
from helpers.spread.material import FEW, Material, columns_of
from helpers.spread.openings import headlines, openings
from helpers.spread.quotations import quotations
from helpers.spread.retold import in_other_words
from helpers.spread.speaking import MANY, speakers
from helpers.spread.told import reports
from helpers.wording import clean, is_missing, listing

LEAST_SIDES = 2
SMALL, MAIN, KNOWN = 10, 6, 2
"""Articles of a folder on one story; the main actors of one of them, and how many of them must be
among those of its only event."""
WIDEST = 5
"""Sides of one spread: more columns cannot be read beside each other."""
HELD_ABOVE = "The one event above holds all sides against each other; LEFT and RIGHT choose two."
SOME, BESIDE_MANY, ALL = 4, 2, 12
"""Rows of one kind in a spread, in one of many sides, and where the reader chooses the sides."""


@dataclass(frozen=True)
class Event:
    """Articles that tell of one event: its name, its days, and who they are."""

    name: str
    when: str
    doc_ids: tuple[str, ...]


def events(
    m: Material, most: int | None = None, *, order: Callable[[Event], float] = lambda _: 0
) -> list[Event]:
    """The events that at least two sides tell, those of most sides first; at most so many.

    An event is what the column `event` of the articles says, declared or found; what was found is
    shown only where its sides begin with one matter, which is looked at until there are as many as
    are asked for. Of as many sides those come first for which ``order`` is least. The only event
    that is found among at most `SMALL` articles takes in whatever is about the same actors: so few
    were put together as one story. Where the story names two outlets, articles of one alone cannot
    be compared.
    """
    named = len({m.outlet(doc) for doc in m.articles} - {UNKNOWN_OUTLET}) > 1
    groups: dict[str, list[str]] = {}
    for doc, row in m.articles.items():
        if not is_missing(row.get("event")):
            groups.setdefault(str(row["event"]), []).append(doc)
    ranked = []
    for name, docs in groups.items():
        columns = columns_of(m, docs)
        outlets = {m.outlet(doc) for doc in docs} - {UNKNOWN_OUTLET}
        if len(outlets if named else columns) >= LEAST_SIDES:
            event = _event(m, name, docs)
            rank = (-len(columns), order(event), -len(docs), event.when, event.name)
            ranked.append((rank, name, event))
    # Found by what they share, articles may begin with different matters all the same.
    held = (
        event
        for _, name, event in sorted(ranked, key=lambda each: each[0])
        if name not in m.articles or is_one_event(m, event.doc_ids)
    )
    told = [*islice(held, None if most is None else max(most, 2))]  # whether it is the only one
    every = [*m.articles]
    if len(told) == 1 and not groups.keys() - set(every) and len(every) <= SMALL:
        known = m.main_actors(told[0].doc_ids, 2 * MAIN)
        more = [d for d in every if len(m.main_actors([d], MAIN) & known) >= KNOWN]
        docs = [d for d in every if d in {*told[0].doc_ids, *more}]
        told = [replace(_event(m, "", docs), name=told[0].name)]
    whole = len(told) == 1 and set(told[0].doc_ids) == set(every)
    if whole and len(columns_of(m, every)) == LEAST_SIDES:
        return []  # two sides, one event: that is what `pair` shows
    return told[:most]


def _event(m: Material, name: str, doc_ids: Sequence[str]) -> Event:
    """An event under its value in the column `event`: a found one's is its earliest article."""
    published = [m.articles[doc].get("published") for doc in doc_ids]
    days = sorted(str(day)[:10] for day in published if not is_missing(day))
    when = " to ".join(dict.fromkeys([days[0], days[-1]])) if days else ""
    return Event(f"“{m.headline(name)[0]}”" if name in m.articles else name, when, tuple(doc_ids))


def spread(m: Material, event: Event, found: Sequence[Use]) -> Grid:
    """One event as its sides tell it, at most `WIDEST` of them; the others are named below.

    ``found`` are the story's `called.uses`.
    """
    sides = columns_of(m, event.doc_ids)
    shown = _comparable(m, sides, found, WIDEST if len(sides) == WIDEST else WIDEST - 1)
    rest = [side for side in sides if side not in shown]
    title = clean(event.name, 90)
    title = f"{title}, {event.when}" if event.when else title
    also = listing([column.name for column in rest], 8)
    note = f"Also told by {also}." if rest else ""
    limit = SOME if len(shown) < MANY else BESIDE_MANY
    return held(
        m, shown, caption=title, found=found, note=note, limit=limit, beside=event.doc_ids
    )


def _comparable(
    m: Material, sides: list[Column], found: Sequence[Use], most: int = WIDEST
) -> list[Column]:
    """The sides that say most to the rows which compare, in their order."""
    if len(sides) <= most:
        return sides
    rows = [
        *called(m, sides, found, limit=ALL),
        *quotations(m, sides, limit=ALL),
        *reports(m, sides, limit=ALL),
    ]
    says = {side.name: sum(bool(r.cells[i]) for r in rows) for i, side in enumerate(sides)}
    first = sorted(sides, key=lambda side: -says[side.name])[:most]
    return [side for side in sides if side in first]


def pair(m: Material, found: Sequence[Use], left: str = "", right: str = "") -> Grid:
    """Every side of the story on the same rows, of which two stand open at a time.

    ``left`` and ``right`` are the names of the two that do first; without them those two that say
    most to the rows which compare.
    """
    sides = columns_of(m, [*m.articles])
    if len(sides) < LEAST_SIDES:
        caption = f"What {sides[0].name} says" if sides else ""
        return held(m, sides, caption=caption, found=found, limit=ALL)
    names = [side.name for side in sides]
    if unknown := {left, right} - {"", *names}:
        raise KeyError(f"there is no side {', '.join(sorted(unknown))}; there are {names}")
    one = len(told := events(m, 2)) == 1 and len(told[0].doc_ids) == len(m.articles)
    if one and len(sides) <= WIDEST and not (left or right):
        return Grid("", (), (), HELD_ABOVE)
    most = [side.name for side in _comparable(m, sides, found, LEAST_SIDES)]
    asked = [name for name in (left, right) if name]
    open_ones = [*asked, *(name for name in most if name not in asked)][:LEAST_SIDES]
    grid = held(m, sides, caption="Two sides on the same rows", found=found, limit=ALL)
    return replace(grid, chosen=tuple(names.index(name) for name in open_ones))


def held(
    m: Material,
    columns: Sequence[Column],
    *,
    caption: str,
    found: Sequence[Use],
    note: str = "",
    limit: int = SOME,
    beside: Sequence[str] = (),
) -> Grid:
    """The sides on all rows; a row that no side fills is left out.

    ``found`` are the story's `called.uses`; of names, quotations and reports there are at most
    ``limit`` rows each. What a side has alone no article of ``beside`` has either; of more sides
    than `WIDEST` it is not looked for, since of many each has little that is its own.
    """
    docs = [doc for column in columns for doc in column.doc_ids]
    main = m.main_actors(docs, 12 if len(docs) > FEW else 60)
    few = LEAST_SIDES <= len(columns) <= WIDEST
    rows = [
        headlines(m, columns),
        openings(m, columns),
        *(in_other_words(m, columns, beside, limit=limit) if few else []),
        *([told_only(m, columns, beside)] if few else []),
        *called(m, columns, found, limit=limit),
        *judged(m, columns, of=main),
        speakers(m, columns),
        *quotations(m, columns, limit=limit),
        *reports(m, columns, limit=limit),
    ]
    return Grid(caption, tuple(columns), tuple(row for row in rows if row.filled), note)
