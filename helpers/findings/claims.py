"""Gaps between one outlet and the others, and shares of a whole, as findings."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from helpers.findings.compare import Gap, doubt, interval, method
from helpers.findings.finding import Finding, Span, strength
from helpers.statistics import MIN_ARTICLES


def strength_of(gap: Gap, *, support: float, effect: float | None = None) -> float:
    """Where a finding on the gap stands; its effect is the difference, unless another is given."""
    return strength(
        effect=gap.difference if effect is None else effect,
        support=support,
        p_value=gap.p_value,
        descriptive=gap.untested,
    )


def of_gap(
    gap: Gap,
    claim_id: str,
    statement: str,
    *,
    base: str,
    what: str,
    evidence: tuple[Span, ...],
    reference: tuple[Span, ...],
    strength: float,
    unit: str = "share",
    answer: str = "",
) -> Finding:
    """The finding that ``statement`` tells; what may be concluded from the gap is added to it.

    ``claim_id`` begins with the topic, ``base`` says what the denominator is, ``what`` what was
    counted; ``evidence`` are the spans of the outlet's numerator, ``reference`` all others that
    entered the comparison; ``answer`` is what a coder would call a row of the numerator.
    """
    return Finding(
        claim_id=claim_id,
        topic=claim_id.partition("-")[0],
        statement=statement + doubt(gap),
        value=gap.value,
        unit=unit,
        denominator=gap.total,
        base=base,
        low=math.nan,
        high=math.nan,
        method=method(gap, what, unit=unit if unit == "share" else ""),
        evidence=evidence,
        reference=reference,
        numerator=gap.n,
        descriptive=gap.untested,
        p_value=gap.p_value,
        answer=answer,
        outlet=gap.outlet,
        strength=strength,
    )


@dataclass(frozen=True)
class Share:
    """How many of all rows are of a kind, with the interval over articles."""

    n: int
    whole: int
    articles: int
    """Those with any of the rows."""
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.n / self.whole

    @property
    def few(self) -> bool:
        """Whether there are too few articles to say more than what these articles hold."""
        return self.articles < MIN_ARTICLES

    @property
    def strength(self) -> float:
        """Where a finding on the share stands."""
        return strength(effect=self.value, support=self.whole, descriptive=self.few)


def share(chosen: pd.DataFrame, rows: pd.DataFrame) -> Share:
    """The share that ``chosen`` has of ``rows``; both have a column doc_id."""
    bottom = rows.groupby("doc_id").size()
    top = chosen.groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    return Share(len(chosen), len(rows), len(bottom), low, high)


def leaders(rows: pd.DataFrame) -> tuple[pd.Series, list[str], list[str]]:
    """The rows per actor, the actors with most rows first, and those who share the first place."""
    totals = rows.groupby("actor").size()
    order = sorted(totals.index, key=lambda a: (-totals[a], a))
    return totals, order, [a for a in order if totals[a] == totals[order[0]]]


def of_share(
    found: Share,
    claim_id: str,
    statement: str,
    *,
    base: str,
    how: str,
    evidence: tuple[Span, ...],
    reference: tuple[Span, ...],
    strength: float | None = None,
    answer: str = "",
    rival: str = "",
) -> Finding:
    """The finding that ``statement`` tells; ``how`` says how the number was made.

    ``evidence`` are the spans of the share, ``reference`` those of the rest of the whole;
    ``answer`` is what a coder would call a row of the share, ``rival`` the answer next to it.
    """
    return Finding(
        claim_id=claim_id,
        topic=claim_id.partition("-")[0],
        statement=statement,
        value=found.value,
        unit="share",
        denominator=float(found.whole),
        base=base,
        low=found.low,
        high=found.high,
        method=how,
        evidence=evidence,
        reference=reference,
        numerator=float(found.n),
        descriptive=found.few,
        answer=answer,
        rival=rival,
        strength=found.strength if strength is None else strength,
    )
