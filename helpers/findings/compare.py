"""One outlet against the others, with the article as the unit, and how to say it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from pandas.api.types import is_numeric_dtype

from helpers.statistics import (
    ALPHA,
    LENS_PART,
    LIKELY,
    MIN_ARTICLES,
    Ratio,
    difference_table,
    ratio_interval,
)
from helpers.wording import between, count, number

TOLD = 4
"""How many sure gaps of one lens are told; the correction counts all that were looked at."""
SEEN = 5.0
"""What is counted fewer times on both sides together is no pattern, whatever shares it makes."""
UNDIVIDED = -1
"""The stratum of articles with neither events nor dates: outlet and topic cannot be told apart."""
WHOLE = -2
"""From here down strata are outlets that move between the sides of a comparison as a whole."""
NARROW = 0.05
"""Shares that differ by less are not worth telling; a test may still find nothing in them."""


@dataclass(frozen=True)
class Gap:
    """One outlet's ratio against that of all other outlets together."""

    subject: str
    outlet: str
    value: float
    reference: float
    n: float
    total: float
    reference_n: float
    reference_total: float
    low: float
    """Of the difference inside events, as `statistics.difference_table` has it: without zero
    exactly where the gap is sure."""
    high: float
    p_value: float
    """Permutation of outlets within events, corrected for all gaps looked at and for all lenses."""
    could_show: float
    """The smallest difference that would mostly have been found."""
    descriptive: bool
    undivided: bool
    """Whether outlets were permuted over articles of whatever topic."""
    looked_at: int
    """Gaps among which this one was picked."""

    @property
    def difference(self) -> float:
        """The outlet's ratio less that of the others."""
        return self.value - self.reference

    @property
    def sure(self) -> bool:
        """Whether so wide a gap is more than chance gives."""
        return self.p_value <= ALPHA

    @property
    def untested(self) -> bool:
        """Whether nothing could be held against chance: too few articles, or too few events."""
        return self.descriptive or math.isnan(self.p_value)


def is_undivided(units: pd.DataFrame) -> bool:
    """Whether a table with a column stratum holds articles with neither events nor dates."""
    return bool((units["stratum"] == UNDIVIDED).all())


def per_article(
    rows: pd.DataFrame, articles: pd.DataFrame, *, top: str, bottom: str
) -> pd.DataFrame:
    """One row per subject and article with its sums, articles without any included as zero.

    ``rows`` has subject, doc_id and the two columns; ``articles`` doc_id, outlet and stratum.
    """
    sums = rows.groupby(["subject", "doc_id"], as_index=False)[[top, bottom]].sum()
    return sums.merge(articles[["doc_id", "outlet", "stratum"]], on="doc_id")


def by_mover(units: pd.DataFrame) -> pd.DataFrame:
    """``units`` with one row for all articles of an outlet where it moves as a whole.

    What an outlet of twenty articles does is then seen once, and not twenty times.
    """
    if not is_numeric_dtype(units["stratum"]) or not (units["stratum"] <= WHOLE).any():
        return units
    sums = units.groupby(["subject", "outlet", "stratum"], as_index=False)[["top", "bottom"]].sum()
    return sums.assign(doc_id=sums["stratum"].astype("str"), stratum=UNDIVIDED)


def gaps(
    units: pd.DataFrame, *, scale: float = 1.0, least: float = 5.0, told: int = TOLD
) -> list[Gap]:
    """The gaps between one outlet and the others that stand out most over their standard error.

    ``units``: one row per subject and article with top, bottom, outlet and stratum. All pairs of
    subject and outlet are tested together; below four articles a side a gap is only described.
    ``least`` is what both sides need in the denominator; in the numerator they need `SEEN`
    together. All sure gaps come back, at most ``told``; without any, the one that stands out most;
    without that, the most striking of those that can only be described.
    """
    if units.empty or units["outlet"].nunique() < 2:
        return []
    units = by_mover(units)
    table = difference_table(
        units,
        Ratio("top", "bottom", scale),
        by=["subject"],
        strata="stratum",
        least=least,
        seen=SEEN,
        families=LENS_PART,
    )
    if units["outlet"].nunique() == 2:  # what one side has more of, the other has less of
        table = table[table["value"] >= table["reference"]]
    looked_at = int(table["q_value"].notna().sum())
    apart = table["value"] - table["reference"]
    # What turns round inside events is neither one thing nor the other.
    wide = (apart * table["difference"] >= 0) & ((apart.abs() >= NARROW) | (scale != 1.0))
    few = table["descriptive"]
    picked = pd.concat([_striking(table[wide & ~few]), _striking(table[wide & few]).head(1)])
    found = [
        Gap(
            subject=str(row["subject"]), outlet=str(row["outlet"]),
            value=row["value"], reference=row["reference"],
            n=row["n_target"], total=row["total_target"],
            reference_n=row["n_reference"], reference_total=row["total_reference"],
            low=row["low"], high=row["high"],
            p_value=row["q_value"], could_show=row["could_show"],
            descriptive=bool(row["descriptive"]), undivided=is_undivided(units),
            looked_at=looked_at,
        )
        for row in picked.to_dict("records")
    ]  # fmt: skip
    return worth_telling(found, told)


def _striking(table: pd.DataFrame) -> pd.DataFrame:
    """What stands out most first."""
    return table.assign(size=table["size"].round(9)).sort_values(
        ["q_value", "size", "subject", "outlet"], ascending=[True, False, True, True]
    )


def worth_telling(found: Sequence[Gap], told: int = TOLD) -> list[Gap]:
    """The sure gaps; without any, the first tested one; without that, the first described."""
    sure = [g for g in found if g.sure]
    return sure[:told] or list(found[:1])


def doubt(gap: Gap) -> str:
    """What may be concluded from a gap, as the end of its statement."""
    if gap.descriptive:
        return ""
    if gap.sure:
        topic = "; whether outlet or topic makes it cannot be told" if gap.undivided else ""
        return f" That is more than chance gives{topic}."
    if math.isnan(gap.p_value):
        return " Too few events are shared to hold it against chance."
    among = f"Among {gap.looked_at} comparisons " if gap.looked_at > 1 else ""
    said = "chance often gives as wide a gap."
    if gap.p_value <= 0.2:
        said = "so wide a gap may still be chance."
    return f" {among}{said}" if among else f" {said[0].upper()}{said[1:]}"


def method(gap: Gap, what: str, *, unit: str = "") -> str:
    """How the number was made, in a few words."""
    if gap.descriptive:
        return f"{what}; fewer than {MIN_ARTICLES} articles on a side"
    where = "" if gap.undivided else " inside events"
    told = f"{what}; difference{where} {between(gap.low, gap.high, unit)} over articles"
    if gap.untested:
        return f"{told}; permutation of outlets not possible"
    allowed = f"{count(gap.looked_at, 'comparison')} and the other lenses"
    return (
        f"{told}, with {allowed} allowed for; permutation of outlets p {_p(gap.p_value)}; "
        + findable(gap.could_show, unit)
    )


def findable(difference: float, unit: str) -> str:
    """The smallest difference that would mostly have been found, in words.

    >>> findable(0.14, "share")
    '14 points would have been found 80% of the time'
    >>> findable(math.inf, "")
    'no difference, however large, would have been found 80% of the time'
    """
    if math.isinf(difference):
        return f"no difference, however large, would have been found {LIKELY:.0%} of the time"
    size = f"a difference of {number(difference, 1)}"
    if unit == "share":
        size = count(max(round(100 * difference), 1), "point")
    return f"{size} would have been found {LIKELY:.0%} of the time"


def _p(p_value: float) -> str:
    if p_value < 0.001:
        return "< .001"
    return f"= {p_value:.3f}".replace("0.", ".") if p_value < 1 else "= 1"


def interval(top: Sequence[float], bottom: Sequence[float]) -> tuple[float, float]:
    """The interval of a share over articles; missing below four articles."""
    if not len(top):
        return math.nan, math.nan
    _, low, high = ratio_interval(list(top), list(bottom))
    return float(low), float(high)


def in_articles(articles: int) -> str:
    """ "in 12 articles"."""
    return f"in {count(articles, 'article')}"
