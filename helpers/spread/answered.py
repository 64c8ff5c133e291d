"""A denial, a doubt or a clearing that one side of an event alone prints.

What answers a charge matters most where the others print the charge and not the answer. The cues
are few and plain; nothing is concluded of who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from helpers import lexicons
from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Side
from helpers.spread.matched import Matched, is_whole, matched
from helpers.spread.material import Material

WHAT = {"denial": "A denial", "doubt": "A doubt", "cleared": "A clearing"}
"""Kind of answer → what it is called."""
LEAST_WORDS, MOST_WORDS = 9, 50
TOLD_ELSEWHERE = 0.55
"""How alike a sentence of another side must be for the answer to stand there, too."""
NEAR = 0.1
"""How alike a sentence with any such cue must be to answer the same."""
LEAD = 0.5
"""How much less the last sentence of an article weighs than the first."""
_QUOTED = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)")
_UNDONE = re.compile(
    r"(?:\b(?:not|never|nobody|could|would|might|may|can|cannot)|n[’']t)\s+(?:\w+\s+)?$"
)
"""Words before a cue with which nothing is answered: "did not dispute", "could refute"."""
_PRONOUN = re.compile(r"\W*(?:He|She|They|It|That|This|We|I)\b")


def of_answers(
    m: Material, columns: Sequence[Column], doc_ids: Sequence[str]
) -> Iterator[Contrast]:
    """Each side's first answer of each kind that no other side has, beside their nearest sentence.

    The cue stands outside quotation marks, in a sentence that names somebody whom another side
    names, too. No sentence of the others is like it in meaning; none that names the same has a cue
    of the same kind, and none that comes `NEAR` any such cue.
    """
    found = matched(m, columns, doc_ids)
    if found is None:
        return
    texts = found.sentences["text"].tolist()
    kinds = [_kind(text) for text in texts]
    shared = frozenset(np.flatnonzero(found.is_actor & found.is_shared).tolist())
    for i, column in enumerate(columns):
        if column.name == UNKNOWN_OUTLET or not set(column.doc_ids) & m.own:
            continue
        told: set[str] = set()
        for r, kind in enumerate(kinds):
            named = found.made_of[r] & shared
            if found.side[r] != i or not kind or kind in told or not _is_able(found, texts[r], r):
                continue
            elsewhere = any(
                cue and found.side[o] != i
                and (found.alike[r, o] >= NEAR or (cue == kind and named & found.made_of[o]))
                for o, cue in enumerate(kinds)
            )  # fmt: skip
            if not named or elsewhere or found.closest(r) >= TOLD_ELSEWHERE:
                continue
            told.add(kind)
            mine = Side(column.name, "", (found.span(r),))
            yield Contrast(
                "answer",
                f"{WHAT[kind]} that only {column.name} prints",
                (mine, _nearest(found, columns, r)),
                how_right("answer"),
                1 - LEAD * float(found.late[r]),
            )


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = lexicons.load("answers")
    return tuple((k, re.compile(p)) for k, p in zip(rows["kind"], rows["pattern"], strict=True))


def _nearest(found: Matched, columns: Sequence[Column], r: int) -> Side:
    """The sentence of another side that comes nearest to one."""
    shown = (found.side != found.side[r]) & (found.side < len(columns))
    o = int(np.where(shown, found.alike[r], -1.0).argmax())
    return Side(columns[int(found.side[o])].name, "the nearest sentence", (found.span(o),))


def _kind(text: str) -> str:
    """The kind of answer that a sentence gives outside its quotation marks; empty of none.

    >>> [_kind(text) for text in ("Orr denied the charge.", "Orr was denied a visa.")]
    ['denial', '']
    """
    plain = _QUOTED.sub(" ", text)
    for kind, cue in _cues():
        for words in cue.finditer(plain):
            if not _UNDONE.search(plain, 0, words.start()):
                return kind
    return ""


def _is_able(found: Matched, text: str, r: int) -> bool:
    """Whether a sentence of a text's body says by itself who answers."""
    whole = is_whole(text) and not _PRONOUN.match(text)
    body = str(found.sentences["part"].iat[r]) == "body"
    return whole and body and LEAST_WORDS <= len(text.split()) <= MOST_WORDS
