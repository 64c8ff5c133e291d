"""The finding that several outlets print the same text: before anything else is compared."""

from __future__ import annotations

import math

import pandas as pd

from helpers.findings.finding import Finding, Span
from helpers.origin import JOINER, WIRE, agency_of
from helpers.readers.front_matter import body_start
from helpers.schema import UNKNOWN_OUTLET, needs
from helpers.wording import clean, count, listing, number

FIRST = 4.0
"""Strength of a claim that stands before all that are tested: without it they mislead."""
OUTLETS, SHARE = 3, 0.2
"""So many outlets with one text, or so large a part of all articles, make it the first claim."""
SHOWN = 400
"""Characters of each copy that are shown."""


def same_text(articles: pd.DataFrame) -> list[Finding]:
    """The text that most outlets print alike, with the opening of every copy as evidence, then
    that of every other article whose text several outlets print.

    ``articles`` are all that were read, copies among them.
    """
    needs(articles, "doc_id", "outlet", "title", "text", "duplicate_of", table="articles")
    first = articles["duplicate_of"].fillna(articles["doc_id"]).rename("first")
    named = articles[articles["outlet"].fillna(UNKNOWN_OUTLET) != UNKNOWN_OUTLET]
    outlets = named.groupby(first)["outlet"].nunique()
    several = outlets[outlets > 1]
    if several.empty:
        return []
    text = min(several.index, key=lambda doc: (-several[doc], doc))
    copies = named[first[named.index] == text]
    copies = copies.sort_values("duplicate_of", na_position="first", kind="stable")
    shared = articles[first.isin(several.index)]
    printed = pd.concat([copies, shared.drop(copies.index)])
    share = len(printed) / len(articles)
    by = f" by {source}" if (source := _source(copies)) else ""
    more = len(several) - 1
    further = f" {count(more, 'further text')} {'is' if more == 1 else 'are'} printed by several."
    return [
        Finding(
            claim_id="corpus-same-text",
            topic="corpus",
            statement=f"{number(int(several[text]))} outlets print the same text{by}, "
            f"“{clean(str(copies['title'].iloc[0]), 100)}”: "
            f"{listing(list(dict.fromkeys(copies['outlet'])), 6)}. It counts once, and never as "
            f"the own words of those who took it over.{further if more else ''}",
            value=share,
            unit="share",
            denominator=float(len(articles)),
            base=f"{count(len(articles), 'article')} read",
            low=math.nan,
            high=math.nan,
            method="articles that share at least 60% of the shorter one’s runs of five words; the "
            "agency as byline, dateline or credits name it",
            evidence=tuple(map(_opening, printed["doc_id"], printed["text"])),
            numerator=float(len(printed)),
            strength=FIRST if several[text] >= OUTLETS or share >= SHARE else round(share, 4),
        )
    ]


def _source(copies: pd.DataFrame) -> str:
    """The agency whose text it is, if one is named or is among the outlets."""
    for outlet in copies["outlet"]:
        if agency_of(outlet):
            return str(outlet)
    if "shared_with" not in copies or "origin" not in copies:
        return ""
    named = copies.loc[copies["origin"] == WIRE, "shared_with"].dropna().tolist()
    return str(named[0]).split(JOINER)[0] if named else ""


def _opening(doc_id: str, text: str) -> Span:
    """The first characters of a text, to the end of a line where there is one."""
    start = body_start(text)
    start += len(text[start:]) - len(text[start:].lstrip())
    end = text.find("\n", start + SHOWN // 4, start + SHOWN)
    return doc_id, start, end if end > 0 else min(len(text), start + SHOWN)
