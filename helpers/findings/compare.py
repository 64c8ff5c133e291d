"""One outlet against the others, with the article as the unit, and how to say it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.statistics import ALPHA, MIN_ARTICLES, Ratio, difference_table, ratio_interval
from helpers.wording import between, count

TESTED = 4
"""How many of the widest gaps are held against chance: the correction counts all of them."""
SHRINK = 5.0
"""Added to both denominators when gaps are ranked, so that a gap of 1 of 2 does not come first."""
SEEN = 5.0
"""What is counted fewer times on both sides together is no pattern, whatever shares it makes."""
UNDIVIDED = -1
"""The stratum of articles with neither events nor dates: outlet and topic cannot be told apart."""
WHOLE = -2
"""From here down strata are outlets that move between the sides of a comparison as a whole."""
NARROW = 0.05
"""Shares that differ by less are not worth describing; a test may still find nothing in them."""
_DRAWS = 400
_MANY_DRAWS = 6000
"""Enough for a p-value that is still small after correction for a hundred comparisons."""
_PROMISING = 0.02


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
    high: float
    p_value: float
    """The larger of the two below: a difference has to hold against both."""
    p_permuted: float
    """Permutation of outlets within events, corrected for all gaps looked at."""
    p_resampled: float
    """How rarely resampled articles give a difference of the other sign."""
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
    if not (units["stratum"] <= WHOLE).any():
        return units
    sums = units.groupby(["subject", "outlet", "stratum"], as_index=False)[["top", "bottom"]].sum()
    return sums.assign(doc_id=sums["stratum"].astype("str"), stratum=UNDIVIDED)


def gaps(
    units: pd.DataFrame, *, scale: float = 1.0, least: float = 5.0, tested: int = TESTED
) -> list[Gap]:
    """The widest gaps between one outlet and the others, the tested ones with p and interval.

    ``units``: one row per subject and article with top, bottom, outlet and stratum. Outlets with
    four articles or more come first; below that a gap is only described. ``least`` is what both
    sides need in the denominator; in the numerator they need `SEEN` together.
    """
    if units.empty or units["outlet"].nunique() < 2:
        return []
    units = by_mover(units)
    sides = units.assign(used=units["bottom"] > 0)
    sums = sides.groupby(["subject", "outlet"], as_index=False)[["top", "bottom", "used"]].sum()
    whole = sums.groupby("subject")[["top", "bottom", "used"]].transform("sum")
    rest = whole - sums[["top", "bottom", "used"]]
    enough = (sums["bottom"] >= least) & (rest["bottom"] >= least) & (whole["top"] >= SEEN)
    mine = (sums["top"] + SHRINK * whole["top"] / whole["bottom"]) / (sums["bottom"] + SHRINK)
    others = (rest["top"] + SHRINK * whole["top"] / whole["bottom"]) / (rest["bottom"] + SHRINK)
    few = np.minimum(sums["used"], rest["used"]) < MIN_ARTICLES
    table = sums.assign(
        wide=(mine - others).abs(), few=few, rest_top=rest["top"], rest_bottom=rest["bottom"]
    )[enough]
    table = table.sort_values(
        ["few", "wide", "subject", "outlet"], ascending=[True, False, True, True]
    )
    looked_at = int((~table["few"]).sum())
    apart = (table["top"] / table["bottom"] - table["rest_top"] / table["rest_bottom"]).abs()
    described = table[table["few"] & ((apart >= NARROW) | (scale != 1.0))]
    picked = pd.concat([table[~table["few"]].head(tested), described.head(1)])
    found = []
    for row in picked.to_dict("records"):
        low = high = permuted = resampled = math.nan
        if not row["few"]:
            mine = units[units["subject"] == row["subject"]]
            low, high, permuted, resampled = _tested(mine, row["outlet"], scale=scale)
            permuted = min(1.0, permuted * looked_at) if permuted >= 0 else math.nan
        found.append(
            Gap(
                subject=str(row["subject"]), outlet=str(row["outlet"]),
                value=row["top"] / row["bottom"] * scale,
                reference=row["rest_top"] / row["rest_bottom"] * scale,
                n=float(row["top"]), total=float(row["bottom"]),
                reference_n=float(row["rest_top"]), reference_total=float(row["rest_bottom"]),
                low=low, high=high,
                p_value=max(permuted, resampled) if permuted >= 0 else math.nan,
                p_permuted=permuted, p_resampled=resampled,
                descriptive=bool(row["few"]), undivided=is_undivided(units), looked_at=looked_at,
            )
        )  # fmt: skip
    return worth_telling(found)


def _tested(part: pd.DataFrame, outlet: str, *, scale: float) -> tuple[float, float, float, float]:
    """Interval of the difference and both p-values; many draws only where few leave it open."""
    part = part.assign(side=np.where(part["outlet"] == outlet, "a", "b"))
    for draws in (_DRAWS, _MANY_DRAWS):
        answer = difference_table(
            part, Ratio("top", "bottom", scale), group="side", strata="stratum", draws=draws
        ).iloc[0]
        if not answer["p_permuted"] <= _PROMISING:
            break
    low, high, permuted, resampled = answer[["low", "high", "p_permuted", "p_resampled"]]
    return float(low), float(high), float(permuted), float(resampled)


def worth_telling(found: Sequence[Gap]) -> list[Gap]:
    """All sure gaps; without any, the widest tested one; without that, the widest described."""
    sure = [g for g in found if g.sure]
    if sure:
        return sure
    return list(found[:1])


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
    told = "not possible"
    if not gap.untested:
        told = f"p {_p(gap.p_permuted)}, corrected for {count(gap.looked_at, 'comparison')}"
        if gap.p_resampled > gap.p_permuted:
            told += f"; resampling of articles p {_p(gap.p_resampled)}"
    inside = between(gap.low, gap.high, unit)
    return f"{what}; difference {inside} over articles; permutation of outlets {told}"


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
