"""What tables of actors say, in sentences."""

from __future__ import annotations

import pandas as pd

from helpers.statistics import DESCRIPTIVE_ONLY, MIN_ARTICLES, shrunken
from helpers.takeaways import NOTHING, names_its_outlet
from helpers.wording import count, listing, number, percent


def mentions_read(mentions: pd.DataFrame) -> str:
    """How many mentions there are, and of how many the actor could be decided."""
    known = int(mentions["actor"].notna().sum())
    share = f" ({percent(known / len(mentions))})" if len(mentions) else ""
    return f"{count(len(mentions), 'mention')}, {number(known)}{share} with a decided actor"


def most_named(overall: pd.DataFrame, *, top: int = 3) -> str:
    """Which actors most articles mention, from `actors.frequency` over all outlets as one."""
    if overall.empty:
        return "No actor was found."
    first = overall.head(top)
    total = int(first["n_articles"].iloc[0])
    rows = zip(first["actor"], first["articles"], first["mentions"], strict=True)
    whole = count(total, "article")
    named = [f"{a} ({n} of {whole}, {count(m, 'mention')})" for a, n, m in rows]
    return f"Most widely mentioned: {listing(named)}; {count(len(overall), 'actor')} in all."


def widest_gap(per_outlet: pd.DataFrame) -> str:
    """The actor whose rate differs most between two outlets that can be compared.

    In the order of rates drawn towards all outlets' (`shrunken`), the more the less is told.
    """
    able = per_outlet[(per_outlet["n_articles"] >= MIN_ARTICLES) & names_its_outlet(per_outlet)]
    if able["outlet"].nunique() < 2:
        return (
            f"Fewer than two outlets have {MIN_ARTICLES} articles: the rates are "
            f"{DESCRIPTIVE_ONLY}."
        )
    # an outlet's words are the same for every actor, and told by those that it mentions
    told = able["mentions"] / able["per_1000_words"].where(able["mentions"] > 0) * 1000
    able = able.assign(words=told.groupby(able["outlet"]).transform("max").fillna(0.0))
    best = (0.0, "")
    for actor, rows in able.groupby("actor", sort=True):
        steady = shrunken(rows["mentions"], rows["words"], rates=True)
        ranked = rows.assign(steady=steady).sort_values(["steady", "outlet"], kind="stable")
        low, high = ranked.iloc[0], ranked.iloc[-1]
        gap = float(high["steady"] - low["steady"])
        apart = bool(high["low"] > low["high"])
        text = (
            f"{actor} differs most: {number(high['per_1000_words'], 1)} mentions per 1,000 words "
            f"in {high['outlet']}, {number(low['per_1000_words'], 1)} in {low['outlet']}; the "
            f"intervals {'do not overlap' if apart else 'overlap'}."
        )
        best = max(best, (gap, text))
    return best[1] or NOTHING
