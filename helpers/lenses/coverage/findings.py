"""The finding about coverage: what one outlet lacks that others report."""

from __future__ import annotations

import math
import re

import pandas as pd

from helpers.comparing.sides import kind
from helpers.findings.finding import Finding, one_each, spans_of, strength
from helpers.wording import clean, count, listing, number


def coverage_findings(coverage: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """The outlet in which most is absent of what two others or more report.

    How much the outlet has in the folder stands beside it: one short article lacks most things.
    """
    if coverage.empty or coverage["outlet"].nunique() < 2:
        return []
    present = coverage[coverage["status"] == "present"].groupby("fact_id")["outlet"].nunique()
    if "tellers" in coverage:  # one text that several print is told once
        texts = coverage.groupby("fact_id")["tellers"].first().reindex(present.index)
        present = present.where(present <= texts, texts)
    told = {fact for fact, n in present.items() if n >= 2}
    if not told:
        return []
    gone = coverage[coverage["fact_id"].isin(told) & (coverage["status"] == "absent")]
    if gone.empty:
        return []
    totals = gone.groupby("outlet").size()
    outlet = min(totals.index, key=lambda o: (-totals[o], o))
    mine = gone[gone["outlet"] == outlet]
    first = min(mine["fact_id"], key=lambda f: (-present[f], f))
    here = coverage[(coverage["fact_id"] == first) & (coverage["status"] == "present")]
    # What is lacking has no place; it is shown where another outlet tells it, once a statement,
    # that which the claim names first.
    proof = coverage[coverage["fact_id"].isin(mine["fact_id"]) & (coverage["status"] == "present")]
    proof = proof[proof["start"].notna()]
    once = proof.drop_duplicates("fact_id")
    named = once["fact_id"] == first
    cells = coverage[coverage["fact_id"].isin(told) & (coverage["outlet"] == outlet)]
    unsure = int((cells["status"] == "uncertain").sum())
    known = (
        dict(zip(here["fact_id"], here["statement"], strict=True)) if "statement" in here else {}
    )
    what = _inside_marks(clean(known.get(first) or first, 160))
    n, whole = len(mine), len(cells) - unsure
    # What is found in the texts is mostly what somebody said: no fact, but a report of one.
    found = "kind" in cells and bool(cells["kind"].eq("found").any())
    noun, side = "statement" if found else "fact", kind(articles)
    doubtful = f" {number(unsure)} further {'is' if unsure == 1 else 'are'} uncertain."
    its = articles[articles["outlet"] == outlet]
    return [
        Finding(
            claim_id="coverage-gaps",
            topic="coverage",
            statement=f"{outlet} ({count(len(its), 'article')}, "
            f"{count(int(its['n_words'].sum()), 'word')}) lacks {number(n)} of "
            f"{count(whole, noun)} that two {side}s or more report, among them “{what}” "
            f"(in {listing(sorted(here['outlet'].unique()), 3)}).{doubtful if unsure else ''}",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=f"{count(whole, noun)} reported by two {side}s or more and decided",
            low=math.nan,
            high=math.nan,
            method=f"what sentences of several {side}s tell or quote alike, be it true or not; "
            "lacking = no sentence comes near in words and names, though it may in meaning",
            evidence=(*one_each(once[named]), *one_each(once[~named])),
            reference=spans_of(proof.drop(once.index)),
            numerator=float(n),
            descriptive=True,
            strength=strength(effect=n / whole, support=float(whole * 3), descriptive=True),
        )
    ]


def _inside_marks(words: str) -> str:
    """Words that can stand between quotation marks: their own become single ones."""
    return re.sub('[“”"]', "'", words.strip('“”" ').rstrip("."))
