"""Findings about quotations: who speaks, who stays unnamed, and what is cut from a statement."""

from __future__ import annotations

import re

import pandas as pd

from helpers.comparing.sides import others
from helpers.findings.asked import Measure
from helpers.findings.claims import leaders, of_gap, of_share, share, strength_of
from helpers.findings.compare import gaps, in_articles, per_article
from helpers.findings.finding import Finding, one_each, spans_of, strength
from helpers.wording import clean, count, listing, number, out_of, percent

_MARKED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
UNNAMED = "somebody unnamed"
"""What a coder calls a source without a name (`data/codebooks/quotes.toml`)."""
SHORTER = 0.75
"""An outlet that prints less than this part of the longest version's words has cut it."""


def quote_findings(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Who gets quoted, whose words have no name, and statements cut differently."""
    first = _said(quotes)
    if first.empty:
        return []
    return [
        *_most_quoted(first),
        *_undecided(first),
        *_unnamed(first, articles),
        *cut_differently(quotes, articles),
    ]


def _most_quoted(first: pd.DataFrame) -> list[Finding]:
    spoken = first[first["actor"].notna()]
    if spoken.empty:
        return []
    totals, order, ties = leaders(spoken)
    mine = first[first["actor"] == order[0]]
    part = share(mine, first)
    told = f"{number(part.n)} of {count(part.whole, 'attribution')} ({percent(part.value)})"
    if len(ties) > 1:
        statement = f"{listing(ties, 4)} are quoted most: {told} each."
    else:
        then = f"; next is {order[1]} ({number(int(totals[order[1]]))})" if len(order) > 1 else ""
        docs = mine["doc_id"].nunique()
        statement = f"{order[0]} is quoted most: {told}, {in_articles(docs)}{then}."
    return [
        of_share(
            part,
            "quotes-most-quoted",
            statement,
            base=f"{count(part.whole, 'attribution')} by {count(len(order), 'known speaker')}",
            how="words said, quoted or reported; the spans of one attribution count once",
            evidence=one_each(mine),
            reference=spans_of(first.drop(mine.index)),
            answer=order[0],
            rival=order[1] if len(order) > 1 else "",
        )
    ]


def _undecided(first: pd.DataFrame) -> list[Finding]:
    missing = first["actor"].isna() & ~first["anonymous"].astype(bool)
    if not missing.any():
        return []
    part = share(first[missing], first)
    return [
        of_share(
            part,
            "quotes-undecided",
            f"For {out_of(part.n, part.whole)} attributions no actor could be decided as the "
            "speaker; they are in no count of speakers.",
            base=count(part.whole, "attribution"),
            how="a limit of the method as much as of the articles",
            evidence=one_each(first[missing]),
            reference=spans_of(first[~missing]),
            # A limit is worth knowing, but nothing to open a briefing with.
            strength=0.5 * strength(effect=part.value, support=part.whole, descriptive=True),
        )
    ]


def _unnamed(first: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    hidden = first["anonymous"].astype(bool)
    if not hidden.any():
        return []
    rows = first.assign(subject="unnamed", top=hidden.astype(float), bottom=1.0)
    units = per_article(rows, articles, top="top", bottom="bottom")
    found = gaps(units)
    if found:
        gap = found[0]
        mine = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        told = first[first["doc_id"].isin(articles["doc_id"])]
        counted = told["doc_id"].isin(mine) & told["anonymous"].astype(bool)
        return [
            of_gap(
                gap,
                "quotes-unnamed",
                f"{gap.outlet} leaves the source of {percent(gap.value)} of its attributions "
                f"unnamed, {others(articles, gap.outlet)} of {percent(gap.reference)}.",
                base=f"{count(int(gap.total), 'attribution')} in {gap.outlet}, against "
                f"{number(int(gap.reference_total))}",
                what="sources such as “a senior official”",
                evidence=one_each(told[counted]),
                reference=spans_of(told[~counted]),
                strength=strength_of(gap, support=len(first)),
                answer=UNNAMED,
            )
        ]
    part = share(first[hidden], first)
    return [
        of_share(
            part,
            "quotes-unnamed",
            f"{out_of(part.n, part.whole)} attributions come from sources that stay unnamed.",
            base=count(part.whole, "attribution"),
            how="sources such as “a senior official”",
            evidence=one_each(first[hidden]),
            reference=spans_of(first[~hidden]),
            answer=UNNAMED,
        )
    ]


def cut_differently(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Statements that one outlet prints at length and another in a few words."""
    from helpers.lenses.quotes import across_outlets

    shared = across_outlets(quotes, articles)
    if shared.empty:
        return []
    longest = shared.groupby("statement_id")["n_words"].transform("max")
    # Several quotations of one outlet add up: what one of them leaves out another may hold.
    shared = shared.assign(gone=((1 - shared["shared_outlet"]) * longest).round())
    # What holds mostly other words than the longest version is no cut of it.
    of_it = shared["shared"] * longest >= 0.7 * shared["n_words"]
    short = shared[(shared["shared_outlet"] < SHORTER) & of_it]
    all_of, cut = shared["statement_id"].nunique(), short["statement_id"].nunique()
    if not cut:
        return []
    order = ["gone", "shared", "doc_id", "start"]
    worst = short.sort_values(order, ascending=[False, False, True, True]).iloc[0]
    same = shared[shared["statement_id"] == worst["statement_id"]]
    full = same.sort_values(["n_words", "doc_id"], ascending=[False, True]).iloc[0]
    speaker = next((a for a in same["actor"] if isinstance(a, str)), "")
    kept = round(float(worst["shared_outlet"]) * int(full["n_words"]))
    whose = f" of {speaker}’s" if speaker else ""
    # One place for each statement: where least of it is left.
    least = short.sort_values(order, ascending=[False, False, True, True])
    least = least.drop_duplicates("statement_id").drop(worst.name)
    held = shared[shared["statement_id"].isin(short["statement_id"])]
    return [
        Finding(
            claim_id="quotes-cut",
            topic="quotes",
            statement=f"{number(cut)} of {count(all_of, 'statement')} that several outlets quote "
            f"{'is' if cut == 1 else 'are'} cut to different lengths. Most is left out where "
            f"{full['outlet']} prints {count(int(full['n_words']), 'word')}{whose} and "
            f"{worst['outlet']} keeps {number(kept)} of them: “{_opening(worst['text'])}”.",
            value=float(cut),
            denominator=float(all_of),
            base=f"{count(all_of, 'statement')} in two outlets or more",
            low=float("nan"),
            high=float("nan"),
            method="words between quotation marks, matched by shared runs; cut = less than "
            f"{percent(SHORTER)} of the longest version, with all that the outlet’s articles print "
            "of it anywhere or tell of it within two sentences",
            evidence=(
                *one_each(worst.to_frame().T),
                *one_each(least),
            ),
            reference=(
                *one_each(full.to_frame().T),
                *spans_of(held.drop([worst.name, full.name, *least.index])),
            ),
            numerator=float(cut),
            descriptive=True,
            strength=strength(effect=cut / all_of, support=10 * cut, descriptive=True) + 0.4,
        )
    ]


def _opening(text: str) -> str:
    """The words between the first quotation marks, cut to a line."""
    marked = _MARKED.search(text)
    return clean(marked[1] if marked else text, 60).strip("“”\"'‘’ ,.")


def quoted(quotes: pd.DataFrame, articles: pd.DataFrame) -> Measure:
    """The share of attributions that are an actor's, for a question asked beforehand."""
    first = _said(quotes[quotes["doc_id"].isin(articles["doc_id"])])
    all_of = first.groupby("doc_id").size().rename("bottom").reset_index()
    places = first[first["actor"].notna()]
    places = places.assign(subject=places["actor"])
    counts = places.groupby(["subject", "doc_id"]).size()
    grid = pd.MultiIndex.from_product(
        [sorted(places["subject"].unique()), all_of["doc_id"]], names=["subject", "doc_id"]
    )
    units = counts.reindex(grid, fill_value=0).rename("top").reset_index()
    return Measure(
        of="actor",
        units=units.merge(all_of, on="doc_id"),
        places=places,
        says="{value} of {outlet}’s attributions are words of {subject}, {reference} of "
        "those in {others}.",
        unit="attribution",
        what="words said, quoted or reported; the spans of one attribution count once",
    )


def _said(quotes: pd.DataFrame) -> pd.DataFrame:
    """The first span of each attribution in which somebody speaks.

    Thoughts and attitudes ("believes", "wants") are attributions, but nobody speaks in them.
    """
    from helpers.lenses.quotes import speech

    said = speech(quotes) if "counted" in quotes else quotes
    return said.drop_duplicates("quote_id")
