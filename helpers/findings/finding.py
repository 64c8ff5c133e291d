"""A finding: a computed statement, its number and interval, and the spans it was counted from.

What was counted and what it is held against are told apart: opening a number has to show as many
sentences as the number says, and what else it was a part of beside them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.schema import make
from helpers.statistics import ALPHA
from helpers.wording import is_missing, sentence

Span = tuple[str, int, int]

COUNTED = "counted"
REFERENCE = "reference"


@dataclass(frozen=True)
class Finding:
    """One claim of the briefing. ``evidence`` holds the spans that its numerator counts, one each,
    in text order (those that the statement names first)."""

    claim_id: str
    statement: str
    value: float
    denominator: float
    low: float
    high: float
    method: str
    evidence: tuple[Span, ...] = ()
    reference: tuple[Span, ...] = ()
    """What it is held against: the rest of the denominator, and the other side of a comparison."""
    numerator: float = math.nan
    """How many were counted: as many as ``evidence`` holds."""
    topic: str = ""
    unit: str = ""
    """"share" for shares of 1, else empty."""
    base: str = ""
    """The denominator in words."""
    descriptive: bool = True
    """Too few articles to say more than what these articles hold."""
    p_value: float = math.nan
    """Permutation of outlets within events, corrected for all comparisons that were looked at."""
    corrected: float = math.nan
    """The value as people's codes correct it (`helpers.coding`), and its interval."""
    corrected_low: float = math.nan
    corrected_high: float = math.nan
    answer: str = ""
    """What a person would call a row of the numerator, where that can be coded."""
    rival: str = ""
    """The answer that comes next to it, where the claim ranks two."""
    outlet: str = ""
    """The outlet whose share it is, where it is held against the others'."""
    strength: float = 0.0
    """Where the claim stands in the briefing: certainty, size and support, 0 to 4."""


def strength(
    *, effect: float, support: float, p_value: float = math.nan, descriptive: bool = False
) -> float:
    """What is worth saying first: surely different, then large, then well supported.

    ``effect`` is a difference of shares or its like (0 to 1), ``support`` what was counted.
    A difference that chance gives as well counts no more than a description.

    >>> strength(effect=0.3, support=100, p_value=0.01) > strength(effect=0.6, support=1000)
    True
    """
    seen = min(1.0, math.log10(1 + max(support, 0.0)) / 3)
    size = min(1.0, abs(effect)) * (0.4 + 0.6 * seen) + 0.4 * seen
    if p_value <= ALPHA:
        return round(2.0 + size, 4)
    if not math.isnan(p_value):
        return round(0.6 * size, 4)
    return round(0.8 * size if descriptive else 0.3 + size, 4)


def ranked(findings: Iterable[Finding], *, limit: int | None = None) -> list[Finding]:
    """The strongest first, topics mixed: each further claim of a topic has to be stronger."""
    left = sorted(findings, key=lambda f: (-f.strength, f.claim_id))
    told: dict[str, int] = {}
    order: list[Finding] = []
    while left and (limit is None or len(order) < limit):
        best = max(left, key=lambda f: (f.strength - 0.45 * told.get(f.topic, 0), -left.index(f)))
        left.remove(best)
        order.append(best)
        told[best.topic] = told.get(best.topic, 0) + 1
    return order


def tables(findings: Sequence[Finding]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `findings` (one row per claim, in order) and `evidence` (a span on a side)."""
    rows = [
        {
            "claim_id": f.claim_id,
            "statement": f.statement,
            "value": f.value,
            "denominator": f.denominator,
            "low": f.low,
            "high": f.high,
            "method": f.method,
            "numerator": f.numerator,
            "topic": f.topic,
            "unit": f.unit,
            "base": f.base,
            "descriptive": f.descriptive,
            "p_value": f.p_value,
            "corrected": f.corrected,
            "corrected_low": f.corrected_low,
            "corrected_high": f.corrected_high,
            "strength": f.strength,
        }
        for f in findings
    ]
    spans = [
        {
            "claim_id": f.claim_id,
            "doc_id": doc_id,
            "start": start,
            "end": end,
            "side": side,
            "place": place,
        }
        for f in findings
        for side, held in ((COUNTED, f.evidence), (REFERENCE, f.reference))
        for place, (doc_id, start, end) in enumerate(held, 1)
    ]
    return make("findings", rows), make("evidence", spans)


def numbered(findings: Iterable[Finding]) -> list[Finding]:
    """The claims as they are told: each statement begins as a sentence does, and claims with equal
    ids get numbers, so that every id is one claim."""
    seen: dict[str, int] = {}
    made = []
    for f in findings:
        seen[f.claim_id] = seen.get(f.claim_id, 0) + 1
        turn = seen[f.claim_id]
        claim_id = f.claim_id if turn == 1 else f"{f.claim_id}-{turn}"
        made.append(replace(f, claim_id=claim_id, statement=sentence(f.statement)))
    return made


def one_each(rows: pd.DataFrame) -> tuple[Span, ...]:
    """The span of every row, in text order: of rows that were counted, as many as they are."""
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end"))
    return tuple(sorted((str(d), int(s), int(e)) for d, s, e in zip(*columns, strict=True)))


def spans_of(rows: pd.DataFrame) -> tuple[Span, ...]:
    """The distinct spans of a table, in text order; of two that begin alike the longer one."""
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end"))
    longest: dict[tuple[str, int], int] = {}
    for d, s, e in zip(*columns, strict=True):
        if not is_missing(d) and not is_missing(s) and not is_missing(e):
            longest[str(d), int(s)] = max(int(e), longest.get((str(d), int(s)), 0))
    return tuple((d, s, e) for (d, s), e in sorted(longest.items()))
