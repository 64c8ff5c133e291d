"""What a side leaves out of words that another one quotes in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Entry, Side
from helpers.spread.material import Material, stems
from helpers.spread.quotations import statements
from helpers.spread.tone import judging
from helpers.wording import clean, listing

LEAST_KEPT, LEAST_CUT, LONGEST = 6, 8, 70
"""Words in a row that a side keeps, so that it is the same statement; that it leaves out, half of
them in such rows; and of a whole statement: of a long speech everybody leaves something out."""
MOST_TOLD, TOGETHER = 0.35, 0.45
"""Share of the words with content of what is left out that one sentence of the side may hold, and
two that follow each other: what it tells in other words it does not leave out."""
BESIDE = 3
"""Words with content of it that a neighbouring sentence holds which tells it in other words."""
SHOWN = 180
"""Characters of what is left out that a title holds."""
TURN = 0.5
"""What a word that limits or turns a statement weighs beside one that judges."""
_TURNS = re.compile(
    r"\b(?:if|unless|but|only|subject to|not|no|never|however|except|although|though|nor)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""Words that limit or turn what is said."""


def of_cuts(m: Material, columns: Sequence[Column], doc_ids: Sequence[str]) -> Iterator[Contrast]:
    """Statements that one side quotes whole and another cuts, where the cut may turn the sense.

    What is left out holds a word that judges, or one that limits what is said; no sentence of the
    side tells it otherwise. Of each statement the side is told that leaves out most.
    """
    for who, row in statements(m, columns):
        whole = [i for i, cell in enumerate(row.cells) if _is_whole(cell)]
        if not whole:
            continue
        cuts = [
            (weight, i)
            for i, cell in enumerate(row.cells)
            if columns[i].name != UNKNOWN_OUTLET and i not in whole and cell
            and (weight := _weight(m, columns[i], cell[0]))
        ]  # fmt: skip
        if not cuts:
            continue
        weight, most = max(cuts, key=lambda cut: (cut[0], -cut[1]))
        run = _told_run(row.cells[most][0])
        alike = [i for _, i in sorted(cuts, key=lambda cut: cut[1])
                 if any(run in words for words in _cut(row.cells[i][0]))]  # fmt: skip
        leaving = listing([columns[i].name for i in alike])
        quoting = listing([columns[i].name for i in whole])
        statement = (
            f"{leaving} {'leaves' if len(alike) == 1 else 'leave'} out of {who}’s words "
            f"what {quoting} {'quotes' if len(whole) == 1 else 'quote'}: “{clean(run, SHOWN)}”"
        )
        sides = [_side(columns[i], row.cells[i][0]) for i in (whole[0], *alike)]
        yield Contrast("quotation", statement, tuple(sides), how_right("quotation"), weight)


def _is_whole(cell: Sequence[Entry]) -> bool:
    return bool(cell and cell[0].at) and all(style == "plain" for style, _ in cell[0].runs)


def _cut(entry: Entry) -> list[str]:
    return [words for style, words in entry.runs if style == "cut"]


def _told_run(entry: Entry) -> str:
    """Of what is left out the long run that says most, the longest of two that say as much."""
    return max(_long(entry), key=lambda run: (_sense(run), len(run.split())), default="")


def _long(entry: Entry) -> list[str]:
    return [run for run in _cut(entry) if len(run.split()) >= LEAST_KEPT]


def _sense(words: str) -> float:
    """How much some words may turn the sense of a statement."""
    return len(judging(words)) + TURN * len(_TURNS.findall(words))


def _weight(m: Material, column: Column, entry: Entry) -> float:
    """How much of its sense a version may lose; nothing where it loses little or tells it."""
    runs = _cut(entry)
    gone = sum(len(run.split()) for run in runs)
    left, retold = (
        [len(words.split()) for style, words in entry.runs if style == kind]
        for kind in ("plain", "retold")
    )
    if not entry.at or max(left, default=0) < LEAST_KEPT or sum(retold) > sum(left):
        return 0.0
    run, said = _told_run(entry), " ".join(runs)
    long = sum(len(each.split()) for each in _long(entry))
    if not LEAST_CUT <= gone <= LONGEST - sum(left) or 2 * long < gone:
        return 0.0
    told = _is_told(m, column, said) or _is_beside(m, entry, said)
    return _sense(run) * gone if _sense(run) and not told else 0.0


def _is_beside(m: Material, entry: Entry, said: str) -> bool:
    """Whether the sentence right before or behind a version tells some of what it leaves out."""
    words = stems(said)
    for doc, start, end in entry.at:
        spans = [(a, b) for a, b, _ in m.sentences(doc)]
        before = [(a, b) for a, b in spans if b <= start][-1:]
        for a, b in before + [(a, b) for a, b in spans if a >= end][:1]:
            if len(words & stems(m.text((doc, a, b)))) >= BESIDE:
                return True
    return False


def _is_told(m: Material, column: Column, said: str) -> bool:
    """Whether a side holds too much of some words to have left them out, in one sentence or in
    two that follow each other."""
    words = stems(said)
    for doc in column.doc_ids:
        here = [words & stems(m.text((doc, a, b))) for a, b, _ in m.sentences(doc)]
        pairs = [a | b for a, b in pairwise(here)]
        if max(map(len, here), default=0) > MOST_TOLD * len(words):
            return True
        if max(map(len, pairs), default=0) > TOGETHER * len(words):
            return True
    return False


def _side(column: Column, entry: Entry) -> Side:
    """A side with its longest version in its place, and how many of the words it prints."""
    at = max(entry.at, key=lambda place: (place[2] - place[1], place))
    return Side(column.name, entry.note, (at,))
