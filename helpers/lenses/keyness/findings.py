"""The finding about own words: the terms that an outlet surely uses more."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.comparing.sides import kind
from helpers.findings.asked import PER_WORDS, Measure, per_words
from helpers.findings.compare import is_undivided
from helpers.findings.finding import Finding, Span, one_each, spans_of, strength
from helpers.lenses.keyness.method import uses
from helpers.statistics import ALPHA, LIKELY
from helpers.wording import clean, count, listing, number

WORDS_TOLD = 3


def keyness_findings(
    keyness: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    tokens: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
) -> list[Finding]:
    """The words an outlet surely uses more; where there is none, how many were tested."""
    if keyness.empty:
        return []
    tested = keyness[keyness["q_value"].notna()]
    sure = tested[(tested["q_value"] <= ALPHA) & (tested["log_odds"] > 0)]
    terms = tested["term"].nunique()
    topic = ", whether by outlet or topic" if is_undivided(articles) else ""
    made = []
    if len(tested) and sure.empty:
        made.append(
            Finding(
                claim_id="framing-no-own-word",
                topic="framing",
                statement=f"No word belongs to one {kind(articles)} more than chance would give: "
                f"of {count(terms, 'tested term')} none survives.",
                value=0.0,
                numerator=0.0,
                denominator=float(terms),
                base=count(terms, "tested term"),
                low=math.nan,
                high=math.nan,
                method="weighted log-odds; permutation of outlets, corrected for all terms"
                + _findable(tested),
                descriptive=False,
                strength=0.9,
            )
        )
    for outlet, rows in sure.groupby("outlet", sort=True):
        best = _distinct(rows.sort_values(["log_odds", "term"], ascending=[False, True]))
        told = [_use(row) for row in best.to_dict("records")]
        lead = best.iloc[0]
        more = len(rows) - len(best)
        further = f", and {count(more, 'further term')}" if more else ""
        n = float(best["n_target"].sum())
        whole = n + float(best["n_reference"].sum())
        mine: tuple[Span, ...] = ()
        others: tuple[Span, ...] = ()
        if tokens is not None:
            found = uses(tokens, articles, best["term"], quotes=quotes, sentences=sentences)
            theirs = found["outlet"] == outlet
            mine, others = one_each(found[theirs]), spans_of(found[~theirs])
        made.append(
            Finding(
                claim_id="framing-own-words",
                topic="framing",
                statement=f"{outlet} in its own words uses {listing(told)} more often than chance "
                f"gives{topic}{further}.",
                value=n,
                unit="uses",
                numerator=n,
                denominator=whole,
                base=f"{count(int(whole), 'use')} of {'it' if len(best) == 1 else 'them'} in all "
                f"{kind(articles)}s",
                low=math.nan,
                high=math.nan,
                method="weighted log-odds; permutation of outlets, corrected for "
                f"{count(terms, 'tested term')}",
                evidence=mine,
                reference=others,
                descriptive=False,
                p_value=float(lead["q_value"]),
                strength=strength(
                    effect=min(1.0, float(lead["log_odds"]) / 4),
                    support=n,
                    p_value=float(lead["q_value"]),
                ),
            )
        )  # fmt: skip
    return made


def _findable(tested: pd.DataFrame) -> str:
    """What an outlet, the best placed, would have had to do for a word to be called its own."""
    if "could_show" not in tested:
        return ""
    times = tested.fillna({"could_show": math.inf}).groupby("outlet")["could_show"].median()
    least, outlet = min((value, str(name)) for name, value in times.items())
    if math.isinf(least):
        return "; most terms could not have been found, however often one outlet used them"
    return (
        f"; half of the terms would have been found {LIKELY:.0%} of the time if {clean(outlet)} "
        f"used them {number(least, 1)} times as often as the others"
    )


def reference_findings(
    keyness: pd.DataFrame | None,
    articles: pd.DataFrame,
    tokens: pd.DataFrame | None,
    quotes: pd.DataFrame | None,
) -> list[Finding]:
    """The words of the outlet that stands out most against a reference corpus."""
    if keyness is None or keyness.empty:
        return []
    sure = keyness[(keyness["q_value"] <= ALPHA) & (keyness["log_odds"] > 0)]
    if sure.empty:
        return []
    outlet = min(
        sure["outlet"].unique(),
        key=lambda name: (-sure.loc[sure["outlet"] == name, "z"].max(), name),
    )
    rows = sure[sure["outlet"] == outlet]
    best = _distinct(rows.sort_values(["z", "term"], ascending=[False, True]))
    told = [_use(row, "in the reference") for row in best.to_dict("records")]
    n = float(best["n_target"].sum())
    whole = n + float(best["n_reference"].sum())
    mine: tuple[Span, ...] = ()
    if tokens is not None:
        found = uses(tokens, articles, best["term"], quotes=quotes)
        mine = one_each(found[found["outlet"] == outlet])
    return [
        Finding(
            claim_id="framing-reference",
            topic="framing",
            statement=f"Held against the reference corpus, {outlet} in its own words uses "
            f"{listing(told)} more often than chance gives, and {count(len(rows), 'term')} in all; "
            "other topics and another time make such differences, too.",
            value=n,
            unit="uses",
            numerator=n,
            denominator=whole,
            base=f"{count(int(whole), 'use')} in {outlet} and in the reference corpus",
            low=math.nan,
            high=math.nan,
            method="weighted log-odds; permutation of articles over both corpora, corrected for "
            "all terms and outlets",
            evidence=mine,
            descriptive=False,
            p_value=float(best["q_value"].max()),
            strength=strength(effect=0.1, support=n),
        )
    ]


def _distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """The first `WORDS_TOLD` terms, of a phrase and a part of it only one.

    That is the phrase, where it makes more than half of the part's uses.
    """
    terms = [f" {term} " for term in rows["term"]]
    uses = rows["n_target"].tolist()
    out = set()
    for i, part in enumerate(terms):
        for j, phrase in enumerate(terms):
            if i != j and part in phrase:
                out.add(i if 2 * uses[j] > uses[i] else j)
    return rows[[i not in out for i in range(len(rows))]].head(WORDS_TOLD)


def _use(row: Mapping[Hashable, Any], others: str = "elsewhere") -> str:
    """A term with how often the outlet and the others use it, as rates where they are known."""
    here, there = number(int(row["n_target"])), number(int(row["n_reference"]))
    if "rate_target" in row:
        here = (
            f"{count(int(row['n_target']), 'use')}, {number(row['rate_target'], 1)} per 1,000 words"
        )
        there = number(row["rate_reference"], 1)
    else:
        here = count(int(row["n_target"]), "use")
    return f"“{clean(row['term'], 40)}” ({here}; {others} {there})"


def uses_of(
    term: str,
    articles: pd.DataFrame,
    tokens: pd.DataFrame | None,
    quotes: pd.DataFrame | None,
) -> Measure:
    """Uses of a term in outlets' own words, for a question asked beforehand."""
    from helpers.comparing.house_style import compared_as

    hits = pd.DataFrame(columns=["doc_id", "start", "end", "subject"])
    if tokens is not None:
        hits = uses(tokens, articles, [compared_as(term)], quotes=quotes)
        hits = hits.rename(columns={"term": "subject"})
    return Measure(
        of="term",
        units=per_words(hits, articles),
        places=hits,
        says="{outlet} uses “{subject}” {value} times per 1,000 words in its own words, {others} "
        "{reference} times.",
        unit="word",
        what="uses in the author’s voice by words of whole articles",
        scale=PER_WORDS,
    )
