"""What several sides of an event quote somebody saying, and another one prints nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Entry, Row, Side, Span
from helpers.spread.matched import Matched, matched
from helpers.spread.material import Material, stems
from helpers.spread.quotations import ABSENT, statements
from helpers.spread.tone import evaluates
from helpers.wording import clean, listing

QUOTING = 2
"""Sides that must quote a statement before it is told that another one does not."""
LEAST_WORDS = 18
"""Words of a statement, in its longest version."""
TOLD_ELSEWHERE = 0.6
"""How alike a sentence must be to one of the statement to tell it in other words."""
SHARED = 3
"""Different words with content, by their first letters, that a sentence shares with a statement
which it may retell."""
AS_LONG = 0.6
"""Words that a side has, by those of the shortest side that quotes the statement: of a short notice
nobody expects it."""
BEGUN = 90
"""Characters of a statement by which it is known."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def of_unquoted(
    m: Material, columns: Sequence[Column], doc_ids: Sequence[str]
) -> Iterator[Contrast]:
    """Statements with words that judge which `QUOTING` sides quote and another prints in no words.

    That it prints none is looked up letter by letter (`quotations`); none of its sentences may be
    like one of the statement in meaning or share `SHARED` words with it. It must have printed on
    the day or later, and as much.
    """
    found = matched(m, columns, doc_ids)
    if found is None:
        return
    made_of = list(map(stems, found.sentences["text"]))
    for who, row in statements(m, columns):
        quoting = [i for i, cell in enumerate(row.cells) if _is_printed(cell)]
        if len(quoting) < QUOTING:
            continue
        said = _longest(row, quoting)
        judging = sum(map(evaluates, sorted({word.lower() for word in _WORD.findall(said)})))
        if len(said.split()) < LEAST_WORDS or not judging:
            continue
        places = [place for i in quoting for entry in row.cells[i] for place in entry.at]
        none = [
            i for i, cell in enumerate(row.cells)
            if not cell and row.empty == ABSENT and columns[i].name != UNKNOWN_OUTLET
        ]  # fmt: skip
        lacking = [
            i for i in none
            if not _is_retold(found, made_of, places, said, i) and _could(m, columns, quoting, i)
        ]  # fmt: skip
        if lacking:
            strength = len(said.split()) * (1.0 + judging)
            made = _contrast(who, said, row, columns, quoting, lacking, strength)
            if rest := [columns[i].name for i in none if i not in lacking]:
                verb = "does" if len(rest) == 1 else "do"
                note = f"Nor {verb} {listing(rest)}, which may tell it in other words."
                made = replace(made, note=note)
            yield made


def _contrast(
    who: str,
    said: str,
    row: Row,
    columns: Sequence[Column],
    quoting: Sequence[int],
    lacking: Sequence[int],
    strength: float,
) -> Contrast:
    names = listing([columns[i].name for i in lacking])
    prints = "prints" if len(lacking) == 1 else "print"
    sides = [Side(columns[i].name, row.cells[i][0].note, row.cells[i][0].at[:1]) for i in quoting]
    quote = listing([side.name for side in sides])
    statement = f"{names} {prints} no word of {who}’s “{clean(said, BEGUN)}”, which {quote} quote"
    return Contrast("unquoted", statement, (*sides, Side(names, "none of it", ())), "", strength)


def _is_printed(cell: Sequence[Entry]) -> bool:
    """Whether a cell has words of the statement between marks, at a place."""
    return any(entry.at and any(style == "plain" for style, _ in entry.runs) for entry in cell)


def _longest(row: Row, quoting: Sequence[int]) -> str:
    """The words of the side that prints most of them."""
    said = (
        " ".join(words for style, words in entry.runs if style == "plain")
        for i in quoting
        for entry in row.cells[i]
    )
    return max(said, key=len)


def _is_retold(
    found: Matched, made_of: Sequence[set[str]], places: Sequence[Span], said: str, side: int
) -> bool:
    """Whether a side may tell a statement in other words, or quote a shred of it."""
    rows = sorted({r for place in places for r in found.rows_at(place)})
    theirs = found.side == side
    if float(found.alike[rows][:, theirs].max(initial=0.0)) >= TOLD_ELSEWHERE:
        return True
    words = stems(said)
    return any(len(words & made_of[r]) >= SHARED for r in np.flatnonzero(theirs).tolist())


def _could(m: Material, columns: Sequence[Column], quoting: Sequence[int], side: int) -> bool:
    """Whether a side printed enough, and late enough, to have the statement."""
    words = [sum(len(m.articles[d]["text"].split()) for d in column.doc_ids) for column in columns]
    days = [[day for d in column.doc_ids if (day := m.day(d))] for column in columns]
    first = min((min(days[i]) for i in quoting if days[i]), default="")
    late = not days[side] or max(days[side]) >= first
    return late and words[side] >= AS_LONG * min(words[i] for i in quoting)
