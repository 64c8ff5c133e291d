"""Who judges in one side's articles alone: quoted there, and named by no other side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Side, Span
from helpers.spread.material import MARKS, Material
from helpers.spread.speaking import of_side
from helpers.spread.tone import judging
from helpers.spread.voices import Voice
from helpers.wording import count, listing

LEAST_WORDS, LEAST_JUDGING = 20, 2
"""Words that are quoted of somebody before it is told, and different ones that judge."""
OUTLETS = 5
"""Outlets that are named."""
_NUMBERED = re.compile(r"\s+\(\d+\)$")


def of_heard(m: Material, columns: Sequence[Column], doc_ids: Sequence[str]) -> Iterator[Contrast]:
    """Whom each side of an event quotes with words that judge, and no other side names.

    That the last word of the name stands nowhere else is looked up letter by letter, not read.
    """
    for column in columns:
        if column.name == UNKNOWN_OUTLET or not set(column.doc_ids) & m.own:
            continue
        docs = {doc for each in columns for doc in each.doc_ids} | set(doc_ids)
        texts = [m.articles[doc]["text"].casefold() for doc in sorted(docs - set(column.doc_ids))]
        told: dict[str, list[Voice]] = {}
        for voice in of_side(m, column):
            own = voice.actor and voice.actor.casefold() in column.name.casefold()
            if voice.actor and not own and not any(_last(voice.actor) in text for text in texts):
                told.setdefault(voice.name, []).append(voice)
        found = [(_weight(m, said), who) for who, said in sorted(told.items())]
        weight, who = max(found, key=lambda each: each[0], default=(0.0, ""))
        if not weight:
            continue
        quoted = _quoted(m, told[who])
        rest = listing([c.name for c in columns if c is not column], OUTLETS)
        other = Side(rest, f"{'does' if len(columns) == 2 else 'do'} not print the name", ())
        later = " (which appeared later)" if _is_later(m, column, doc_ids) else ""
        places = sorted(quoted, key=lambda at: (-len(judging(m.text(at))), at))
        yield Contrast(
            "heard",
            f"Only {column.name}{later} quotes {who}, {_known(told[who])}",
            (Side(column.name, count(sum(quoted.values()), "word"), tuple(places)), other),
            how_right("heard"),
            weight,
        )


def _weight(m: Material, told: Sequence[Voice]) -> float:
    """How many different words of somebody judge; of few words nothing.

    Nothing, too, of whom the text does not say what he is: a reader cannot tell what he counts for.
    """
    quoted = _quoted(m, told)
    if sum(quoted.values()) < LEAST_WORDS or not _known(told):
        return 0.0
    words = set().union(*(judging(m.text(place)) for place in quoted))
    return float(len(words)) if len(words) >= LEAST_JUDGING else 0.0


def _quoted(m: Material, told: Sequence[Voice]) -> dict[Span, int]:
    """The statements that are quoted, in part at least, and not only reported; their words."""
    spans = (span for voice in told for span in voice.spans.items())
    return {at: words for at, words in spans if any(mark in m.text(at) for mark in MARKS)}


def _known(told: Sequence[Voice]) -> str:
    """What somebody is, in the words of the text; empty where it does not say so."""
    return next((v.office for v in told if v.office), "")


def _last(actor: str) -> str:
    """The last word of a name, in small letters; "(2)" behind one of two is none."""
    return _NUMBERED.sub("", actor).split()[-1].casefold()


def _is_later(m: Material, column: Column, doc_ids: Sequence[str]) -> bool:
    """Whether all that a side printed of an event came out after the day of everybody else's."""
    days = {doc: m.day(doc) for doc in doc_ids}
    mine = [days[doc] for doc in column.doc_ids]
    rest = [day for doc, day in days.items() if doc not in column.doc_ids]
    return bool(rest) and all(days.values()) and min(mine) > max(rest)
