"""Findings about quotations: who speaks, who stays unnamed, and what is cut from a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from helpers.briefing.compare import doubt, gaps, in_articles, interval, method, per_article
from helpers.briefing.finding import Finding, spans_of, strength
from helpers.wording import clean, count, number, out_of, percent

SHINGLE = 5
"""Words in a row that make two quotations the same statement."""
SHORTER = 0.75
"""A quotation with less than this part of the words of the longest one is cut."""
_MARKED = (
    re.compile(r"[“\"]([^“”\"]+)[”\"]"),
    re.compile(r"‘([^‘]+?)’(?!\w)"),
    re.compile(r"(?<!\w)'([^']+)'(?!\w)"),
)
_WORD = re.compile(r"[\w'’]+")
_COMMON = 40
"""A run of words in more quotations than this is a phrase, not a statement."""


def quote_findings(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Who gets quoted, whose words have no name, and statements cut differently."""
    if quotes.empty:
        return []
    first = quotes.drop_duplicates("quote_id")
    return [
        *_most_quoted(quotes, first),
        *_undecided(quotes, first),
        *_unnamed(quotes, first, articles),
        *cut_differently(quotes, articles),
    ]


def _most_quoted(quotes: pd.DataFrame, first: pd.DataFrame) -> list[Finding]:
    spoken = first[first["actor"].notna()]
    if spoken.empty:
        return []
    totals = spoken.groupby("actor").size()
    order = sorted(totals.index, key=lambda a: (-totals[a], a))
    who, n, whole = order[0], int(totals[order[0]]), len(first)
    bottom = first.groupby("doc_id").size()
    mine = first[first["actor"] == who]
    top = mine.groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    few = len(bottom) < 4
    then = f"; next is {order[1]} ({number(int(totals[order[1]]))})" if len(order) > 1 else ""
    return [
        Finding(
            claim_id="quotes-most-quoted",
            topic="quotes",
            statement=f"{who} is quoted most: {number(n)} of {count(whole, 'quotation')} "
            f"({percent(n / whole)}), {in_articles(mine['doc_id'].nunique())}{then}.",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=f"{count(whole, 'quotation')} by {count(len(order), 'known speaker')}",
            low=low,
            high=high,
            method="direct, mixed and indirect quotations; spans of one attribution count once",
            evidence=spans_of(quotes[quotes["actor"] == who]),
            descriptive=few,
            strength=strength(effect=n / whole, support=whole, descriptive=few),
        )
    ]


def _undecided(quotes: pd.DataFrame, first: pd.DataFrame) -> list[Finding]:
    missing = first["actor"].isna() & ~first["anonymous"].astype(bool)
    n, whole = int(missing.sum()), len(first)
    if not n:
        return []
    ids = set(first.loc[missing, "quote_id"])
    bottom = first.groupby("doc_id").size()
    top = first[missing].groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    few = len(bottom) < 4
    return [
        Finding(
            claim_id="quotes-undecided",
            topic="quotes",
            statement=f"For {out_of(n, whole)} quotations no actor could be decided as the "
            "speaker; they are in no count of speakers.",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=count(whole, "quotation"),
            low=low,
            high=high,
            method="a limit of the method as much as of the articles",
            evidence=spans_of(quotes[quotes["quote_id"].isin(ids)]),
            descriptive=few,
            # A limit is worth knowing, but nothing to open a briefing with.
            strength=0.5 * strength(effect=n / whole, support=whole, descriptive=True),
        )
    ]


def _unnamed(quotes: pd.DataFrame, first: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    hidden = first["anonymous"].astype(bool)
    n, whole = int(hidden.sum()), len(first)
    if not n:
        return []
    rows = first.assign(subject="unnamed", top=hidden.astype(float), bottom=1.0)
    units = per_article(rows, articles, top="top", bottom="bottom")
    found = gaps(units)
    ids = set(first.loc[hidden, "quote_id"])
    proof = quotes[quotes["quote_id"].isin(ids)]
    if found:
        gap = found[0]
        mine = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        told = proof[proof["doc_id"].isin(mine)]
        return [
            Finding(
                claim_id="quotes-unnamed",
                topic="quotes",
                statement=f"{gap.outlet} leaves the source of {percent(gap.value)} of its "
                f"quotations unnamed, the other outlets of {percent(gap.reference)}.{doubt(gap)}",
                value=gap.value,
                unit="share",
                denominator=gap.total,
                base=f"{count(int(gap.total), 'quotation')} in {gap.outlet}, against "
                f"{number(int(gap.reference_total))}",
                low=float("nan"),
                high=float("nan"),
                method=method(gap, "sources such as “a senior official”", unit="share"),
                evidence=spans_of(told if len(told) else proof),
                descriptive=gap.descriptive,
                p_value=gap.p_value,
                strength=strength(
                    effect=gap.difference, support=whole, p_value=gap.p_value,
                    descriptive=gap.descriptive,
                ),
            )
        ]  # fmt: skip
    bottom = first.groupby("doc_id").size()
    top = first[hidden].groupby("doc_id").size().reindex(bottom.index, fill_value=0)
    low, high = interval(top.tolist(), bottom.tolist())
    few = len(bottom) < 4
    return [
        Finding(
            claim_id="quotes-unnamed",
            topic="quotes",
            statement=f"{out_of(n, whole)} quotations come from sources that stay unnamed.",
            value=n / whole,
            unit="share",
            denominator=float(whole),
            base=count(whole, "quotation"),
            low=low,
            high=high,
            method="sources such as “a senior official”",
            evidence=spans_of(proof),
            descriptive=few,
            strength=strength(effect=n / whole, support=whole, descriptive=few),
        )
    ]


def shared_statements(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per quotation of a statement that two outlets or more print.

    Columns: statement (a number), said (the words inside quotation marks), words (how many),
    longest (of the statement's longest quotation), outlet, and those of the quotation. Two
    quotations are the same statement where at least half of the shorter one's runs of `SHINGLE`
    words are in the other, and no two different speakers are known.
    """
    spoken = quotes[quotes["kind"].isin(["direct", "mixed"])]
    whole = (
        spoken.sort_values(["doc_id", "start"])
        .groupby("quote_id", as_index=False, sort=False)
        .agg(
            doc_id=("doc_id", "first"),
            start=("start", "first"),
            end=("end", "first"),
            actor=("actor", "first"),
            kind=("kind", "first"),
            text=("text", " ".join),
        )
    ).merge(articles[["doc_id", "outlet"]], on="doc_id")
    said = [_inside(t, kind) for t, kind in zip(whole["text"], whole["kind"], strict=True)]
    words = [[w.lower().replace("’", "'") for w in _WORD.findall(text)] for text in said]
    group = _same(words, whole["actor"].tolist())
    whole = whole.assign(statement=group, said=said, words=[len(w) for w in words])
    whole = whole[whole["statement"] >= 0]
    whole = whole[whole.groupby("statement")["outlet"].transform("nunique") > 1]
    longest = whole.groupby("statement")["words"].transform("max")
    return whole.assign(longest=longest).sort_values(
        ["statement", "doc_id", "start"], ignore_index=True
    )


def _inside(text: str, kind: str) -> str:
    """The words between quotation marks; where none pair, all of a direct quotation, else none."""
    for marks in _MARKED:
        if pieces := marks.findall(text):
            return " ".join(pieces)
    return text if kind == "direct" else ""


def _same(words: Sequence[Sequence[str]], actors: Sequence[object]) -> list[int]:
    """A number per quotation: equal where they are the same statement; -1 where none is."""
    runs = [
        {tuple(said[at : at + SHINGLE]) for at in range(len(said) - SHINGLE + 1)} for said in words
    ]
    holders: dict[tuple[str, ...], list[int]] = {}
    for i, mine in enumerate(runs):
        for run in mine:
            holders.setdefault(run, []).append(i)
    shared: dict[tuple[int, int], int] = {}
    for holder in holders.values():
        if 1 < len(holder) <= _COMMON:
            for pair in combinations(holder, 2):
                shared[pair] = shared.get(pair, 0) + 1
    parent = list(range(len(words)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    speaker = {i: a for i, a in enumerate(actors) if isinstance(a, str)}
    for (i, j), n in sorted(shared.items()):
        a, b = root(i), root(j)
        if a == b or 2 * n < min(len(runs[i]), len(runs[j])):
            continue
        if a in speaker and b in speaker and speaker[a] != speaker[b]:
            continue
        parent[b] = a
        if b in speaker:
            speaker.setdefault(a, speaker[b])
    sizes: dict[int, int] = {}
    for i in range(len(words)):
        sizes[root(i)] = sizes.get(root(i), 0) + 1
    return [root(i) if sizes[root(i)] > 1 else -1 for i in range(len(words))]


def cut_differently(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[Finding]:
    """Statements that one outlet prints at length and another in a few words."""
    shared = shared_statements(quotes, articles)
    if shared.empty:
        return []
    short = shared[shared["words"] < SHORTER * shared["longest"]]
    all_of, cut = shared["statement"].nunique(), short["statement"].nunique()
    if not cut:
        return []
    left = short.assign(gone=short["longest"] - short["words"])
    worst = left.sort_values(["gone", "doc_id"], ascending=[False, True]).iloc[0]
    same = shared[shared["statement"] == worst["statement"]]
    full = same[same["words"] == same["longest"]].iloc[0]
    speaker = next((a for a in same["actor"] if isinstance(a, str)), "")
    whose = f"{count(int(worst['words']), 'word')} of {speaker}" if speaker else ""
    whose = whose or count(int(worst["words"]), "word")
    return [
        Finding(
            claim_id="quotes-cut",
            topic="quotes",
            statement=f"{number(cut)} of {count(all_of, 'statement')} that several outlets quote "
            f"{'is' if cut == 1 else 'are'} cut to different lengths. Most is left out where "
            f"{worst['outlet']} prints {whose} and {full['outlet']} {number(int(full['words']))}: "
            f"“{_opening(worst['said'])}”.",
            value=float(cut),
            denominator=float(all_of),
            base=f"{count(all_of, 'statement')} in two outlets or more",
            low=float("nan"),
            high=float("nan"),
            method=f"quotations that share {SHINGLE} words in a row; cut = less than "
            f"{percent(SHORTER)} of the longest version",
            evidence=(
                *spans_of(worst.to_frame().T),
                *spans_of(full.to_frame().T),
                *spans_of(same.drop([worst.name, full.name])),
                *spans_of(shared[shared["statement"].isin(short["statement"])].drop(same.index)),
            ),
            descriptive=True,
            strength=strength(effect=cut / all_of, support=10 * cut, descriptive=True) + 0.4,
        )
    ]


def _opening(text: str) -> str:
    return clean(text, 60).strip("“”\"'‘’ ,.")
