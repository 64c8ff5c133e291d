"""Findings about sentiment: how authors, in their own words, speak of the actors."""

from __future__ import annotations

import pandas as pd

from helpers.briefing.compare import doubt, gaps, in_articles, interval, method, per_article
from helpers.briefing.finding import Finding, spans_of, strength
from helpers.wording import count, number, percent

LEAST = 8
"""Decided mentions below which an actor's share of negative ones is not told."""
COMPARED = 10
SHRINK = 20
LEAST_ILL = 5
"""About one decided label in five is wrong; fewer negative ones than this are no pattern."""


def sentiment_findings(target_sentiment: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Whom authors speak of most unkindly, and where one outlet differs from the others.

    Only the author's voice counts, only actors that the model supports, and only mentions whose
    label is decided; how many are uncertain is said with the number.
    """
    voiced = target_sentiment[target_sentiment["voice"].fillna("author") == "author"]
    own = voiced[voiced["actor"].notna()]
    if "supported" in own:  # of countries and the like the model knows too little
        own = own[own["supported"].astype(bool)]
    decided = own[own["label"] != "uncertain"]
    if decided.empty:
        return []
    made = _most_negative(own, decided) or _overall(own, decided)
    totals = decided.groupby("actor").size()
    order = sorted(totals.index, key=lambda a: (-totals[a], a))[:COMPARED]
    rows = decided[decided["actor"].isin(order)]
    rows = rows.assign(
        subject=rows["actor"], top=(rows["label"] == "negative").astype(float), bottom=1.0
    )
    units = per_article(rows, articles, top="top", bottom="bottom")
    for gap in gaps(units, least=float(LEAST)):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        mine = rows[(rows["actor"] == gap.subject) & rows["doc_id"].isin(docs)]
        kind = mine[mine["label"] == "negative"]
        made.append(
            Finding(
                claim_id="sentiment-difference",
                topic="sentiment",
                statement=f"In its own words, {gap.outlet} speaks ill of {gap.subject} in "
                f"{percent(gap.value)} of {count(int(gap.total), 'decided mention')}, the other "
                f"outlets in {percent(gap.reference)} of "
                f"{number(int(gap.reference_total))}.{doubt(gap)}",
                value=gap.value,
                unit="share",
                denominator=gap.total,
                base=f"{count(int(gap.total), 'decided mention')} in {gap.outlet}",
                low=float("nan"),
                high=float("nan"),
                method=method(gap, "target sentiment, author’s voice", unit="share"),
                evidence=spans_of(kind if len(kind) else mine),
                descriptive=gap.descriptive,
                p_value=gap.p_value,
                strength=strength(
                    effect=gap.difference,
                    support=gap.total + gap.reference_total,
                    p_value=gap.p_value,
                    descriptive=gap.descriptive,
                ),
            )
        )
    return made


def _most_negative(own: pd.DataFrame, decided: pd.DataFrame) -> list[Finding]:
    totals = decided.groupby("actor").size()
    negative = decided[decided["label"] == "negative"].groupby("actor").size()
    often = [a for a in totals.index if totals[a] >= LEAST and negative.get(a, 0) >= LEAST_ILL]
    if not often:
        return []
    usual = len(decided[decided["label"] == "negative"]) / len(decided)
    # Shrunk towards the usual share, so that 8 of 9 do not come before 80 of 100.
    shrunk = {a: (negative[a] + SHRINK * usual) / (totals[a] + SHRINK) for a in often}
    who = min(often, key=lambda a: (-shrunk[a], -totals[a], a))
    n, whole = int(negative[who]), int(totals[who])
    mine = decided[decided["actor"] == who]
    bottom = mine.groupby("doc_id").size()
    ill = mine[mine["label"] == "negative"]
    top = ill.groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    open_ones = int((own["actor"] == who).sum()) - whole
    few = len(bottom) < 4
    return [
        Finding(
            claim_id="sentiment-most-negative",
            topic="sentiment",
            statement=f"Authors speak ill of {who} most often: in {number(n)} of "
            f"{count(whole, 'decided mention')} ({percent(n / whole)}), "
            f"{in_articles(len(bottom))}; {count(open_ones, 'further mention')} stay uncertain.",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=f"{count(whole, 'decided mention')} in the author’s voice",
            low=low,
            high=high,
            method=f"target sentiment; actors with {LEAST} decided mentions or more",
            evidence=spans_of(ill),
            descriptive=few,
            strength=strength(effect=n / whole, support=whole, descriptive=few) - 0.2,
        )
    ]


def _overall(own: pd.DataFrame, decided: pd.DataFrame) -> list[Finding]:
    """Where nobody is spoken of ill often enough to be named: how often authors take sides."""
    n, whole = int((decided["label"] == "negative").sum()), len(decided)
    well = int((decided["label"] == "positive").sum())
    if whole < LEAST:
        return []
    bottom = decided.groupby("doc_id").size()
    sided = decided[decided["label"] != "neutral"]
    top = sided.groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    few = len(bottom) < 4
    return [
        Finding(
            claim_id="sentiment-overall",
            topic="sentiment",
            statement=f"In their own words authors speak ill in {number(n)} and well in "
            f"{number(well)} of {count(whole, 'decided mention')}; "
            f"{count(len(own) - whole, 'further mention')} stay uncertain.",
            value=(n + well) / whole,
            unit="share",
            denominator=float(whole),
            base=f"{count(whole, 'decided mention')} in the author’s voice",
            low=low,
            high=high,
            method="target sentiment; ill and well together",
            evidence=spans_of(sided),
            descriptive=few,
            strength=strength(effect=(n + well) / whole, support=whole, descriptive=few) - 0.2,
        )
    ]
