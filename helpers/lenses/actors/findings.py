"""Findings about who is mentioned: most often, and by one outlet more than by the others."""

from __future__ import annotations

import pandas as pd

from helpers.comparing.sides import others
from helpers.findings.asked import PER_WORDS, Measure, per_words
from helpers.findings.claims import leaders, of_gap, of_share, share, strength_of
from helpers.findings.compare import gaps, in_articles
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.wording import count, listing, number, percent

COMPARED = 10
"""So many of the most named actors are compared between outlets."""


def actor_findings(mentions: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Who is mentioned most, and the widest differences between outlets in it."""
    known = mentions[mentions["actor"].notna()]
    if known.empty:
        return []
    totals, order, ties = leaders(known)
    mine = known[known["actor"].isin(ties)]
    first = known["actor"] == order[0]
    part = share(known[first], known)
    told = f"{number(part.n)} of {count(part.whole, 'mention')} ({percent(part.value)})"
    if len(ties) > 1:
        statement = f"{listing(ties, 4)} are mentioned most: {told} each."
    else:
        then = f", before {order[1]} ({number(int(totals[order[1]]))})" if len(order) > 1 else ""
        docs = mine["doc_id"].nunique()
        statement = f"{order[0]} is mentioned most: {told}, {in_articles(docs)}{then}."
    made = [
        of_share(
            part,
            "actors-most-named",
            statement,
            base=f"{count(part.whole, 'mention')} of {count(len(order), 'actor')}",
            how="mentions of any kind: name, title, capital or adjective of a country, pronoun",
            evidence=one_each(known[first]),
            reference=spans_of(known[~first]),
            answer=order[0] if len(ties) == 1 else "",
            rival=order[1] if len(order) > 1 else "",
        )
    ]
    counts = known[known["actor"].isin(order[:COMPARED])].groupby(["actor", "doc_id"]).size()
    grid = pd.MultiIndex.from_product([order[:COMPARED], articles["doc_id"]])
    cells = counts.reindex(grid, fill_value=0)
    units = pd.DataFrame(
        {
            "subject": cells.index.get_level_values(0),
            "doc_id": cells.index.get_level_values(1),
            "top": cells.to_numpy(float),
        }
    ).merge(articles[["doc_id", "outlet", "stratum", "n_words"]], on="doc_id")
    units = units.rename(columns={"n_words": "bottom"})
    for gap in gaps(units, scale=1000.0, least=300.0):
        docs_of = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        named = known[(known["actor"] == gap.subject) & known["doc_id"].isin(articles["doc_id"])]
        theirs = named["doc_id"].isin(docs_of)
        high_side = max(gap.value, gap.reference)
        made.append(
            of_gap(
                gap,
                "actors-difference",
                f"{gap.outlet} mentions {gap.subject} {number(gap.value, 1)} times per "
                f"1,000 words, {others(articles, gap.outlet)} {number(gap.reference, 1)} times.",
                unit="per 1,000 words",
                base=f"{number(int(gap.total))} words in {gap.outlet}",
                what="mentions of any kind",
                evidence=one_each(named[theirs]),
                reference=spans_of(named[~theirs]),
                strength=strength_of(
                    gap,
                    effect=0.5 * abs(gap.difference) / high_side if high_side else 0.0,
                    support=gap.n + gap.reference_n,
                ),
            )
        )
    return made


def mentions_of(mentions: pd.DataFrame, articles: pd.DataFrame) -> Measure:
    """Mentions of an actor per 1,000 words, for a question asked beforehand."""
    known = mentions[mentions["actor"].notna() & mentions["doc_id"].isin(articles["doc_id"])]
    places = known.assign(subject=known["actor"])
    return Measure(
        of="actor",
        units=per_words(places, articles),
        places=places,
        says="{outlet} mentions {subject} {value} times per 1,000 words, {others} {reference} "
        "times.",
        unit="word",
        what="mentions of any kind",
        scale=PER_WORDS,
    )
