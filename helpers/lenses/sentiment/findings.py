"""Findings about sentiment: how the sentences of authors, in their own words, read for the actors.

A negative sentence is not a negative author: who is killed or sued is mentioned in dark sentences
too. So the statements say how mentions *read*, and the method says what that includes.
"""

from __future__ import annotations

import pandas as pd

from helpers.findings.claims import leaders, of_gap, of_share, share, strength_of
from helpers.findings.compare import gaps, in_articles, per_article
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.wording import count, number, out_of, percent

LEAST = 8
"""Decided mentions below which an actor's share of negative ones is not told."""
COMPARED = 10
SHRINK = 20
LEAST_ILL = 5
"""About one decided label in five is wrong; fewer negative ones than this are no pattern."""
_WHAT = "target sentiment, author’s voice; misfortune reads like blame"


def sentiment_findings(target_sentiment: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Whose mentions read negative most often, and where one outlet differs from the others.

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
    order = leaders(decided)[1][:COMPARED]
    rows = decided[decided["actor"].isin(order)]
    rows = rows.assign(
        subject=rows["actor"], top=(rows["label"] == "negative").astype(float), bottom=1.0
    )
    units = per_article(rows, articles, top="top", bottom="bottom")
    for gap in gaps(units, least=float(LEAST)):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        read = rows[(rows["actor"] == gap.subject) & rows["doc_id"].isin(articles["doc_id"])]
        ill = read["doc_id"].isin(docs) & (read["label"] == "negative")
        made.append(
            of_gap(
                gap,
                "sentiment-difference",
                f"In {gap.outlet}’s own words, {percent(gap.value)} of "
                f"{count(int(gap.total), 'decided mention')} of {gap.subject} "
                f"read negative, against {percent(gap.reference)} of "
                f"{number(int(gap.reference_total))} in the other outlets’.",
                base=f"{count(int(gap.total), 'decided mention')} in {gap.outlet}",
                what=_WHAT,
                evidence=one_each(read[ill]),
                reference=spans_of(read[~ill]),
                strength=strength_of(gap, support=gap.total + gap.reference_total),
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
    ranked = sorted(often, key=lambda a: (-shrunk[a], -totals[a], a))
    who = ranked[0]
    then = ""
    if len(ranked) > 1:
        second = ranked[1]
        then = f", before {second} ({number(int(negative[second]))} of {number(totals[second])})"
    mine = decided[decided["actor"] == who]
    ill = mine[mine["label"] == "negative"]
    part = share(ill, mine)
    open_ones = int((own["actor"] == who).sum()) - part.whole
    return [
        of_share(
            part,
            "sentiment-most-negative",
            f"In the authors’ own words, mentions of {who} read negative most often: "
            f"{number(part.n)} of {count(part.whole, 'decided mention')} ({percent(part.value)}), "
            f"{in_articles(part.articles)}{then}; {_open(open_ones)}.",
            base=f"{count(part.whole, 'decided mention')} in the author’s voice",
            how=f"{_WHAT}; actors with {LEAST} decided mentions or more",
            evidence=one_each(ill),
            reference=spans_of(mine.drop(ill.index)),
            strength=part.strength - 0.2,
        )
    ]


def _overall(own: pd.DataFrame, decided: pd.DataFrame) -> list[Finding]:
    """Where nobody is mentioned darkly often enough to be named: how mentions read in all."""
    if len(decided) < LEAST:
        return []
    ill = decided["label"] == "negative"
    part = share(decided[ill], decided)
    well = int((decided["label"] == "positive").sum())
    return [
        of_share(
            part,
            "sentiment-overall",
            f"In the authors’ own words, {out_of(part.n, part.whole)} decided mentions of persons "
            f"read negative and {number(well)} ({percent(well / part.whole)}) positive; "
            f"{_open(len(own) - part.whole)}.",
            base=f"{count(part.whole, 'decided mention')} in the author’s voice",
            how=_WHAT,
            evidence=one_each(decided[ill]),
            reference=spans_of(decided[~ill]),
            strength=part.strength - 0.2,
        )
    ]


def _open(n: int) -> str:
    """How many mentions the model left undecided, as the end of a statement."""
    return f"{count(n, 'further mention')} {'stays' if n == 1 else 'stay'} uncertain"
