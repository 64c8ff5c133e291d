"""A gap between one outlet and the others as a finding."""

from __future__ import annotations

import math

from helpers.findings.compare import Gap, doubt, method
from helpers.findings.finding import Finding, Span, strength


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
    strength: float,
    unit: str = "share",
) -> Finding:
    """The finding that ``statement`` tells; what may be concluded from the gap is added to it.

    ``claim_id`` begins with the topic, ``base`` says what the denominator is, ``what`` what was
    counted.
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
        descriptive=gap.untested,
        p_value=gap.p_value,
        strength=strength,
    )
