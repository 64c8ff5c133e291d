"""The findings about agency: whom one outlet shows acting more than the others do."""

from __future__ import annotations

import math

import pandas as pd

from helpers.findings.compare import doubt, gaps, method, per_article
from helpers.findings.finding import Finding, spans_of, strength
from helpers.wording import count, number, percent

LEAST_CLAUSES = 8


def agency_findings(agency: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Whom one outlet shows acting, where the others show that something is done to them."""
    own = agency[(agency["voice"].fillna("author") == "author") & agency["actor"].notna()]
    if own.empty:
        return []
    rows = own.assign(subject=own["actor"], top=(own["role"] == "agent").astype(float), bottom=1.0)
    units = per_article(rows, articles, top="top", bottom="bottom")
    made = []
    for gap in gaps(units, least=float(LEAST_CLAUSES), tested=3):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        mine = rows[(rows["actor"] == gap.subject) & rows["doc_id"].isin(docs)]
        made.append(
            Finding(
                claim_id="framing-agency",
                topic="framing",
                statement=f"In {gap.outlet}, {gap.subject} is the one who acts in "
                f"{percent(gap.value)} of {count(int(gap.total), 'clause')}, in the other outlets "
                f"in {percent(gap.reference)} of {number(int(gap.reference_total))}.{doubt(gap)}",
                value=gap.value,
                unit="share",
                denominator=gap.total,
                base=f"{count(int(gap.total), 'clause')} in {gap.outlet}",
                low=math.nan,
                high=math.nan,
                method=method(gap, "agent against patient, author’s voice", unit="share"),
                evidence=spans_of(mine),
                descriptive=gap.untested,
                p_value=gap.p_value,
                strength=strength(
                    effect=gap.difference,
                    support=gap.total + gap.reference_total,
                    p_value=gap.p_value,
                    descriptive=gap.untested,
                )
                - 0.1,
            )
        )
    return made
