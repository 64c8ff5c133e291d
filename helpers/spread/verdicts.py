"""What a side of an event says against somebody in its own words, beside others' words of him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from helpers.findings.measured import how_right
from helpers.spread.grid import Column, Contrast, Side
from helpers.spread.judging import Judgement, judgements, words
from helpers.spread.matched import Matched, matched
from helpers.spread.material import Material
from helpers.wording import listing

WORDS = 3
"""Words of one side that a statement names."""
NEAR = 0.3
"""How alike another side's sentence of the same actor must be to stand beside a verdict."""


def of_verdicts(
    m: Material, columns: Sequence[Column], doc_ids: Sequence[str]
) -> Iterator[Contrast]:
    """Whom each side judges in its own words, beside the nearest sentence of another that names
    him.

    Persons alone: of states and bodies news is full of bad words that nobody holds against them.
    That the others do not judge him is not said: more is judged than is found.
    """
    found = matched(m, columns, doc_ids)
    if found is None:
        return
    number = {name[1:]: f for f, name in enumerate(found.names) if name.startswith("@")}
    sides = {doc: i for i, column in enumerate(columns) for doc in column.doc_ids}
    against: dict[tuple[int, str], list[Judgement]] = {}
    for j in judgements(m):
        if j.polarity < 0 and j.place[0] in sides and j.actor in m.persons & number.keys():
            against.setdefault((sides[j.place[0]], j.actor), []).append(j)
    for (i, actor), mine in sorted(against.items()):
        if columns[i].name not in m.story.outlets:
            continue  # of articles whose outlet is not known whole texts are held to account
        rows = sorted({r for j in mine for r in found.rows_at(j.place)})
        near, o = _nearest(found, rows, number[actor], i, len(columns))
        if near < NEAR:
            continue
        other = int(found.side[o])
        theirs = against.get((other, actor), [])
        said = listing([f"“{word}”" for word in words(m, [j.place for j in mine])[:WORDS]])
        beside = [j.place for j in theirs] or [found.span(o)]
        note = "in its own words" if theirs else "the nearest sentence that names the same"
        yield Contrast(
            "verdict",
            f"{columns[i].name} judges {actor} in its own words ({said})",
            (
                Side(columns[i].name, "in its own words", tuple(j.place for j in mine)),
                Side(columns[other].name, note, tuple(beside)),
            ),
            how_right("blame"),
            len(rows) + near,
        )


def _nearest(
    found: Matched, rows: Sequence[int], actor: int, side: int, sides: int
) -> tuple[float, int]:
    """How alike the nearest sentence of another side that names an actor is to some, and which."""
    body = (found.sentences["part"] == "body").to_numpy()
    able = (found.side != side) & (found.side < sides) & body
    able &= np.array([actor in made for made in found.made_of], dtype=bool)
    alike = np.where(able, found.alike[rows].max(axis=0), -1.0)
    return float(alike.max()), int(alike.argmax())
