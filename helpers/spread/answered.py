"""A denial, a doubt or a clearing that one side of an event alone prints.

What answers a charge matters most where the others print the charge and not the answer. The cues
are few and plain; nothing is concluded of who is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from helpers import lexicons
from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Side
from helpers.spread.matched import Matched, is_whole, matched
from helpers.spread.material import Material
from helpers.wording import listing

WHAT = {"denial": "A denial", "doubt": "A doubt", "cleared": "A clearing"}
"""Kind of answer → what it is called."""
LEAST_WORDS, MOST_WORDS = 9, 50
TOLD_ELSEWHERE = 0.55
"""How alike a sentence of another side must be for the answer to stand there, too."""
LEAD = 0.5
"""How much less the last sentence of an article weighs than the first."""
OUTLETS = 5
"""Outlets that are named."""
_QUOTED = re.compile(r"[“\"][^”\"]*(?:[”\"]|$)")
_UNDONE = re.compile(
    r"(?:\b(?:not|never|nobody|could|would|might|may|can|cannot)|n[’']t)\s+(?:\w+\s+)?$"
)
"""Words before a cue with which nothing is answered: "did not dispute", "could refute"."""
_PRONOUN = re.compile(r"\W*(?:He|She|They|It|That|This|We|I)\b")


def of_answers(
    m: Material, columns: Sequence[Column], doc_ids: Sequence[str]
) -> Iterator[Contrast]:
    """Each side's first answer of each kind that no other side has.

    The cue stands outside quotation marks, in a sentence that names somebody whom another side
    names, too. No sentence of the others is like it in meaning, and none that names the same has
    a cue of the same kind.
    """
    found = matched(m, columns, doc_ids)
    if found is None:
        return
    texts = found.sentences["text"].tolist()
    cues = [_cue(text) for text in texts]
    shared = _shared(found)
    late = _late(found)
    for i, column in enumerate(columns):
        if column.name == UNKNOWN_OUTLET or not set(column.doc_ids) & m.own:
            continue
        told: set[str] = set()
        for r, (kind, words) in enumerate(cues):
            named = found.made_of[r] & shared
            if found.side[r] != i or not kind or kind in told or not _is_able(found, texts[r], r):
                continue
            elsewhere = any(
                cue == kind and found.side[o] != i and named & found.made_of[o]
                for o, (cue, _) in enumerate(cues)
            )
            if not named or elsewhere or found.closest(r) >= TOLD_ELSEWHERE:
                continue
            told.add(kind)
            rest = listing([c.name for c in columns if c is not column], OUTLETS)
            yield Contrast(
                "answer",
                f"{WHAT[kind]} in {column.name} alone (“{words}”)",
                (Side(column.name, "", (found.span(r),)),
                 Side(rest, "no sentence like it was found", ())),
                how_right("answer"),
                1 - LEAD * late[r],
            )  # fmt: skip


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = lexicons.load("answers")
    return tuple((k, re.compile(p)) for k, p in zip(rows["kind"], rows["pattern"], strict=True))


def _cue(text: str) -> tuple[str, str]:
    """The kind of answer that a sentence gives outside its quotation marks, and its words.

    >>> [_cue(text) for text in ("Orr denied the charge.", "Orr was denied a visa.")]
    [('denial', 'denied'), ('', '')]
    """
    plain = _QUOTED.sub(" ", text)
    for kind, cue in _cues():
        for words in cue.finditer(plain):
            if not _UNDONE.search(plain, 0, words.start()):
                return kind, words[0]
    return "", ""


def _is_able(found: Matched, text: str, r: int) -> bool:
    """Whether a sentence of a text's body says by itself who answers."""
    whole = is_whole(text) and not _PRONOUN.match(text)
    body = str(found.sentences["part"].iat[r]) == "body"
    return whole and body and LEAST_WORDS <= len(text.split()) <= MOST_WORDS


def _shared(found: Matched) -> frozenset[int]:
    """The actors that at least two sides name."""
    sides: dict[int, set[int]] = {}
    for r, f in zip(found.row.tolist(), found.feature.tolist(), strict=True):
        if found.names[f].startswith("@"):
            sides.setdefault(f, set()).add(int(found.side[r]))
    return frozenset(f for f, of in sides.items() if len(of) > 1)


def _late(found: Matched) -> list[float]:
    """How far down its article each sentence stands, from 0 to 1."""
    article = found.sentences.groupby("doc_id")["doc_id"]
    late: list[float] = (article.cumcount() / article.transform("size")).tolist()
    return late
