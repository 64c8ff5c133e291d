"""Findings: computed statements, each with its number, interval, method and evidence.

=============  ===================================================================================
`find`         all findings of a story's tables, the one most worth saying first
`tables`       findings → the tables `findings` and `evidence`
`from_tables`  the two tables → findings again
`Finding`      one claim
=============  ===================================================================================

No statement is written by hand: every name and number in it comes from the tables. Differences
between outlets count the article as the unit, and say when chance often gives as much; below four
articles on a side they are marked as descriptive only.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.findings.compare import UNDIVIDED
from helpers.findings.finding import Finding, from_tables, numbered, ranked, tables
from helpers.lenses.actors.findings import actor_findings
from helpers.lenses.framing_findings import (
    agency_findings,
    coverage_findings,
    frame_findings,
    keyness_findings,
    naming_findings,
)
from helpers.lenses.quotes.findings import cut_differently, quote_findings
from helpers.lenses.sentiment.findings import sentiment_findings
from helpers.schema import UNKNOWN_OUTLET

LIMIT = 12


def find(
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    target_sentiment: pd.DataFrame | None = None,
    keyness: pd.DataFrame | None = None,
    naming: pd.DataFrame | None = None,
    agency: pd.DataFrame | None = None,
    frames: pd.DataFrame | None = None,
    coverage: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    facts: Mapping[str, str] | None = None,
    events: str | pd.Series | None = None,
    limit: int | None = LIMIT,
) -> list[Finding]:
    """All findings that the tables at hand support, the one most worth saying first.

    ``articles`` are those that count (`Story.originals`); rows of other articles are left out.
    ``events`` is a column or a Series, as `helpers.comparing.events.event_strata` takes it: outlets
    are only ever exchanged within one event. ``facts`` maps a fact's id to its statement.
    """
    from helpers.comparing.events import WHOLE_STORY, event_strata

    known = articles[articles["outlet"].fillna(UNKNOWN_OUTLET) != UNKNOWN_OUTLET]
    known = known.reset_index(drop=True)
    strata = event_strata(known, events=events, problems=[])
    compared = known.assign(stratum=pd.factorize(strata.to_numpy(dtype=object))[0])
    if strata.name == WHOLE_STORY:
        compared["stratum"] = UNDIVIDED
    docs = set(articles["doc_id"])

    def of(table: pd.DataFrame | None) -> pd.DataFrame | None:
        if table is None:
            return None
        kept = table["doc_id"].isin(docs)
        return table if kept.all() else table[kept]

    found: list[Finding] = []
    named, said, toned = of(mentions), of(quotes), of(target_sentiment)
    acting, framed, words = of(agency), of(frames), of(tokens)
    if named is not None:
        found += actor_findings(named, compared)
    if said is not None:
        found += quote_findings(said, compared)
    if toned is not None:
        found += sentiment_findings(toned, compared)
    if keyness is not None:
        found += keyness_findings(keyness, compared, tokens=words, quotes=said)
    if naming is not None and named is not None:
        found += naming_findings(naming, named, compared)
    if acting is not None:
        found += agency_findings(acting, compared)
    if framed is not None and words is not None:
        found += frame_findings(framed, words, compared, quotes=said)
    if coverage is not None:
        found += coverage_findings(coverage, facts or {}, articles)
    return ranked(numbered(found), limit=limit)


__all__ = [
    "Finding",
    "actor_findings",
    "agency_findings",
    "coverage_findings",
    "cut_differently",
    "find",
    "frame_findings",
    "from_tables",
    "keyness_findings",
    "naming_findings",
    "quote_findings",
    "ranked",
    "sentiment_findings",
    "tables",
]
