"""The findings about agency: whom one outlet shows acting more than the others do."""

from __future__ import annotations

import pandas as pd

from helpers.comparing.sides import others
from helpers.findings.asked import Measure, per_row
from helpers.findings.claims import of_gap, strength_of
from helpers.findings.compare import gaps, per_article
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.lenses.agency.takeaways import acts
from helpers.wording import count, number, percent

LEAST_DEEDS = 8


def agency_findings(agency: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Whom one outlet shows acting, where the others show that something is done to them."""
    if agency.empty:
        return []
    own = _own(agency)
    if own.empty:
        return []
    rows = own.assign(subject=own["actor"], top=(own["role"] == "agent").astype(float), bottom=1.0)
    units = per_article(rows, articles, top="top", bottom="bottom")
    made = []
    for gap in gaps(units, least=float(LEAST_DEEDS), told=3):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        told_of = rows[(rows["actor"] == gap.subject) & rows["doc_id"].isin(articles["doc_id"])]
        counted = told_of["doc_id"].isin(docs) & (told_of["role"] == "agent")
        made.append(
            of_gap(
                gap,
                "framing-agency",
                f"In {gap.outlet}, {gap.subject} is the one who acts in "
                f"{percent(gap.value)} of {count(int(gap.total), 'deed')}, in "
                f"{others(articles, gap.outlet)} in {percent(gap.reference)} of "
                f"{number(int(gap.reference_total))}.",
                base=f"{count(int(gap.total), 'deed')} told as done in {gap.outlet}",
                what="agent against patient, author’s voice, without saying and thinking",
                evidence=one_each(told_of[counted]),
                reference=spans_of(told_of[~counted]),
                strength=strength_of(gap, support=gap.total + gap.reference_total) - 0.1,
            )
        )
    return made


def acting(agency: pd.DataFrame) -> Measure:
    """In how many of an actor's deeds it is the one who acts, for a question asked beforehand."""
    own = _own(agency)
    rows = own.assign(subject=own["actor"])
    acts_itself = rows["role"] == "agent"
    return Measure(
        of="actor",
        units=per_row(rows, acts_itself),
        places=rows[acts_itself],
        says="in {outlet}, {subject} is the one who acts in {value} of the deeds told, in {others} "
        "in {reference}.",
        unit="deed",
        what="agent against patient, author’s voice, without saying and thinking",
    )


def _own(agency: pd.DataFrame) -> pd.DataFrame:
    """The deeds of actors that authors tell in their own words."""
    told = acts(agency)
    return told[(told["voice"].fillna("author") == "author") & told["actor"].notna()]
