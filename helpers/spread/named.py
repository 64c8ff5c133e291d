"""Whom one side of an event names and no other side does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Row, Side, Span, plain, times
from helpers.spread.material import MARKS, Material, frame_of
from helpers.spread.speaking import of_side
from helpers.spread.voices import Voice
from helpers.wording import count, listing, number

NAMES = 4
"""Actors of one cell."""
PERSON = "person"
KINDS = (PERSON, "organization")
"""Types of actors; a place that is named by the way says little."""
HEARD, NAMED = 20, 4
"""Words that are quoted of somebody whom one side alone names; how often that side names somebody
whom it does not quote."""
DESCRIBED = 3.0
"""What somebody weighs of whom the text says what he is: officials come before passers-by."""
OUTLETS = 5
"""Outlets that are named."""
_NUMBERED = re.compile(r"\s+\(\d+\)$")


def named_only(m: Material, columns: Sequence[Column], beside: Sequence[str] = ()) -> Row:
    """The persons and organisations that one side alone names, persons and those named most first.

    ``beside`` are further articles of the same event, which must not name them either. A name
    whose last word another side prints is never listed, whoever was meant there.
    """
    cells = []
    for column in columns:
        alone = _alone(m, column, _others(columns, column, beside))
        ranked = sorted((kind != PERSON, -len(at), actor) for actor, (kind, at) in alone.items())
        order = [actor for *_, actor in ranked[:NAMES]]
        cell = [plain(a, at=alone[a][1], note=times(alone[a][1])) for a in order]
        if rest := [actor for *_, actor in ranked[NAMES:]]:
            places = sorted(place for actor in rest for place in alone[actor][1])
            cell.append(plain(f"and {number(len(rest))} more", at=places))
        cells.append(tuple(cell))
    return Row("Named only here", tuple(cells), empty="nobody")


def of_named(m: Material, columns: Sequence[Column], doc_ids: Sequence[str]) -> Iterator[Contrast]:
    """Whom each side of an event quotes or names most among those whom no other side names.

    That the name stands nowhere else is looked up letter by letter, not read.
    """
    for column in columns:
        if column.name == UNKNOWN_OUTLET or not set(column.doc_ids) & m.own:
            continue
        alone = _alone(m, column, _others(columns, column, doc_ids))
        people = {who: at for who, (kind, at) in alone.items() if kind == PERSON}
        told: dict[str, list[Voice]] = {who: [] for who in people}
        for voice in of_side(m, column):
            if voice.name in told:
                told[voice.name].append(voice)
        quoted = {
            who: {at: n for v in said for at, n in v.spans.items() if _is_quoted(m, at)}
            for who, said in told.items()
        }
        rest = listing([c.name for c in columns if c is not column], OUTLETS)
        other = Side(rest, f"{'does' if len(columns) == 2 else 'do'} not print the name", ())
        later = " (which appeared later)" if _is_later(m, column, doc_ids) else ""
        words = {who: sum(places.values()) for who, places in quoted.items()}
        if who := _most(words, HEARD):
            known = f", {office}," if (office := _known(told[who])) else ""
            yield Contrast(
                "heard",
                f"Only {column.name}{later} quotes {who}{known}".rstrip(","),
                (Side(column.name, count(words[who], "word"), tuple(sorted(quoted[who]))), other),
                how_right("heard"),
                words[who] * (DESCRIBED if known else 1.0),
            )
        often = {who: len(at) for who, at in people.items() if not told[who]}
        if who := _most(often, NAMED):
            yield Contrast(
                "named",
                f"Only {column.name}{later} names {who}",
                (Side(column.name, times(people[who]), tuple(people[who])), other),
                "",
                float(often[who]),
            )


def _most(counted: Mapping[str, int], least: int) -> str:
    """The name of the highest count, if it is high enough."""
    who = min(counted, key=lambda name: (-counted[name], name), default="")
    return who if who and counted[who] >= least else ""


def _is_quoted(m: Material, place: Span) -> bool:
    """Whether a statement is quoted, in part at least, and not only reported."""
    return any(mark in m.text(place) for mark in MARKS)


def _known(told: Sequence[Voice]) -> str:
    """What somebody is, in the words of the text; empty where it does not say so."""
    return next((v.office for v in told if v.office), "")


def _alone(
    m: Material, column: Column, others: Sequence[str]
) -> dict[str, tuple[str, list[Span]]]:
    """Actor → type and where a side names him, of those whom none of the ``others`` names."""
    texts = [m.articles[doc]["text"].casefold() for doc in others]
    rows = frame_of(m.story.mentions, column.doc_ids).dropna(subset=["actor"])
    rows = rows[rows["actor_type"].isin(KINDS) & rows["kind"].isin(["name", "title"])]
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "actor", "text", "actor_type"))
    places: dict[str, tuple[str, list[Span]]] = {}
    for doc, start, end, actor, text, kind in zip(*columns, strict=True):
        if text.split()[-1] in actor:  # a name of him, and no word for what he is
            places.setdefault(actor, (kind, []))[1].append((doc, start, end))
    return {
        actor: found
        for actor, found in sorted(places.items())
        if not _is(actor, column) and not any(_last(actor) in text for text in texts)
    }


def _last(actor: str) -> str:
    """The last word of a name, in small letters; "(2)" behind one of two is none."""
    return _NUMBERED.sub("", actor).split()[-1].casefold()


def _others(columns: Sequence[Column], mine: Column, beside: Sequence[str]) -> list[str]:
    docs = {doc for column in columns for doc in column.doc_ids} | set(beside)
    return sorted(docs - set(mine.doc_ids))


def _is(actor: str, column: Column) -> bool:
    """Whether an actor is the side's own outlet."""
    return actor.casefold() in column.name.casefold() or column.name.casefold() in actor.casefold()


def _is_later(m: Material, column: Column, doc_ids: Sequence[str]) -> bool:
    """Whether all that a side printed of an event came out after the day of everybody else's."""
    days = {doc: str(m.articles[doc].get("published"))[:10] for doc in doc_ids}
    mine = [days[doc] for doc in column.doc_ids]
    rest = [day for doc, day in days.items() if doc not in column.doc_ids]
    return bool(rest) and all(d[:1].isdigit() for d in days.values()) and min(mine) > max(rest)
