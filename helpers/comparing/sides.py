"""Sides: what a story compares in place of single outlets, by `[compare]` or `--by`.

A side takes an outlet's place in the column `outlet` of the articles, so that every lens, chart and
finding follows; the outlet itself stays in `publisher`, and stays the higher unit: where each
outlet is on one side only (groups of outlets, a lean), outlets move between the sides as a whole,
so that one with twenty articles does not speak for its group; where outlets stand on several
sides (genres, authors, before and after a day), articles move inside their outlet only.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from helpers.comparing.events import event_strata
from helpers.schema import UNKNOWN_OUTLET, needs
from helpers.settings import DATE, Compare, near_remedy, shown
from helpers.spelling import nearest
from helpers.statistics import problem
from helpers.wording import listing

PUBLISHER = "publisher"
"""The column that holds the outlet where a side stands in its place."""
OUTLETS = "the outlets are compared"
"""How a problem's action begins where there is nothing else to compare by."""


def sided(articles: pd.DataFrame, asked: Compare, notes: list[dict[str, str]]) -> pd.DataFrame:
    """The articles with their side as `outlet` and the outlet as `publisher`.

    Articles on no side have no named outlet, so that no comparison counts them. What cannot be used
    is told in ``notes``; where nothing is left to compare by, the articles come back as they were.
    """
    needs(articles, "doc_id", "outlet", table="articles")
    if asked.groups:
        sides = _by_groups(articles, asked, notes)
    elif asked.by == DATE:
        sides = _by_day(articles, asked, notes)
    else:
        sides = _by_column(articles, asked, notes)
    if sides is None:
        return articles
    sides = _only(sides, asked, notes)
    named = articles["outlet"].fillna(UNKNOWN_OUTLET) != UNKNOWN_OUTLET
    sides = sides.where(named)
    out = int((sides.isna() & named).sum())
    if out:
        what = f"{out} of {len(articles)} articles are on no side of the comparison"
        _note(notes, what, "they are left out of it")
    return articles.assign(
        publisher=articles["outlet"], outlet=sides.fillna(UNKNOWN_OUTLET).astype("str")
    )


def by_publisher(articles: pd.DataFrame) -> pd.DataFrame:
    """The articles with their outlet as `outlet`, whatever is compared."""
    return articles.assign(outlet=articles[PUBLISHER]) if PUBLISHER in articles else articles


def printer(article: Mapping[str, Any]) -> str:
    """The outlet that prints an article, whatever side it is on.

    >>> printer({"outlet": "left", "publisher": "Post"}), printer({"outlet": "Post"})
    ('Post', 'Post')
    """
    return str(article.get(PUBLISHER, article["outlet"]))


def are_named(articles: pd.DataFrame) -> str:
    """Which outlets stand on which side, where each is on one and a side holds several; or "".

    >>> are_named(pd.DataFrame({"outlet": ["left", "left", "right"], "publisher": list("ABC")}))
    'left (A and B) and right (C)'
    """
    articles = articles[articles["outlet"] != UNKNOWN_OUTLET]
    if moved_whole(articles) is None:
        return ""
    sides = articles.groupby("outlet", sort=True)[PUBLISHER].unique()
    return listing([f"{side} ({listing(sorted(held), 8)})" for side, held in sides.items()])


def others(articles: pd.DataFrame, outlet: str) -> str:
    """What an outlet, or a side, is held against, in words: by its name where it is only one.

    >>> frame = pd.DataFrame({"outlet": ["A", "B", "C"]})
    >>> others(frame, "A"), others(frame.head(2), "A"), others(frame.assign(publisher="P"), "A")
    ('the other outlets', 'B', 'the other sides')
    """
    names = set(articles["outlet"].dropna()) - {outlet, UNKNOWN_OUTLET}
    return str(names.pop()) if len(names) == 1 else f"the other {kind(articles)}s"


def kind(articles: pd.DataFrame) -> str:
    """What is compared, in the singular: "outlet" or "side"."""
    return "side" if PUBLISHER in articles else "outlet"


def moved_whole(articles: pd.DataFrame) -> pd.Series | None:
    """The outlet of each article where outlets move between the sides as a whole; else None.

    >>> frame = pd.DataFrame({"outlet": ["left", "left", "right"], "publisher": ["A", "B", "C"]})
    >>> moved_whole(frame).tolist(), moved_whole(frame.assign(outlet=["left", "right", "right"],
    ...     publisher=["A", "A", "C"]))
    (['A', 'B', 'C'], None)
    """
    if PUBLISHER not in articles or articles.empty:
        return None
    pairs = articles[["outlet", PUBLISHER]].drop_duplicates()
    if pairs[PUBLISHER].duplicated().any() or not pairs["outlet"].duplicated().any():
        return None
    return articles[PUBLISHER]


def exchange_strata(
    articles: pd.DataFrame,
    *,
    events: str | pd.Series | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.Series:
    """One value per article (index: doc_id): within it sides are exchanged.

    The event (`event_strata`); the outlet where outlets stand on several sides.
    """
    if PUBLISHER in articles:
        pairs = articles[["outlet", PUBLISHER]].drop_duplicates()
        if pairs[PUBLISHER].duplicated().any():
            index = pd.Index(articles["doc_id"], name="doc_id")
            publishers = articles[PUBLISHER].to_numpy(dtype=object)
            return pd.Series(publishers, index=index, name=PUBLISHER, dtype="object")
    return event_strata(articles, events=events, problems=problems)


# -- the sides ------------------------------------------------------------------------------------


def _by_groups(
    articles: pd.DataFrame, asked: Compare, notes: list[dict[str, str]]
) -> pd.Series | None:
    """Declared groups; of one group alone, the others are the other side."""
    known = [o for o in articles["outlet"].dropna().unique() if o != UNKNOWN_OUTLET]
    side: dict[Hashable, str] = {}
    filled: list[str] = []
    for group, outlets in asked.groups.items():
        named = 0
        for outlet in outlets:
            if outlet not in known:
                what = f"compare.groups.{shown(group)}: no article is of {shown(outlet)}"
                _note(notes, what, f"left out of the group; {_outlet_remedy(outlet, known)}")
            elif outlet in side:
                what = f"compare.groups: {shown(outlet)} is in {side[outlet]} and in {group}"
                _note(notes, what, f"it counts for {side[outlet]}")
            else:
                side[outlet] = group
                named += 1
        if named:
            filled.append(group)
        else:
            _note(notes, f"compare.groups.{shown(group)} names no outlet of this story",
                  "there is no such side")  # fmt: skip
    if len(filled) == 1 and len(asked.groups) == 1:
        rest = "other outlets" if filled[0] != "other outlets" else "all other outlets"
        side |= {outlet: rest for outlet in known if outlet not in side}
    sides = articles["outlet"].map(side)
    return _of_two(sides, "compare.groups leave", notes)


def _outlet_remedy(outlet: str, known: list[str]) -> str:
    return near_remedy(outlet, known, f"there are {listing(sorted(known), 8)}")


def _by_day(
    articles: pd.DataFrame, asked: Compare, notes: list[dict[str, str]]
) -> pd.Series | None:
    """Before a day, and from it on; named so that sentences can tell of them as of outlets."""
    days = articles[DATE].dropna().astype("str") if DATE in articles else pd.Series(dtype="str")
    if not asked.at:
        _note(notes, "a comparison by published needs a day",
              f'{OUTLETS}; write at = "2020-01-31", or --by published=2020-01-31')  # fmt: skip
        return None
    if days.empty or not days.min() < asked.at <= days.max():
        span = f"from {days.min()} to {days.max()}" if len(days) else "of no known day"
        _note(notes, f"compare: no article is on one side of {asked.at}; they are {span}",
              f"{OUTLETS}; name a day within")  # fmt: skip
        return None
    names = {True: f"coverage before {asked.at}", False: f"coverage from {asked.at} on"}
    return (articles[DATE].astype("str") < asked.at).map(names).where(articles[DATE].notna())


def _by_column(
    articles: pd.DataFrame, asked: Compare, notes: list[dict[str, str]]
) -> pd.Series | None:
    """The values of a column; by `outlet` the outlets themselves."""
    if asked.by == "outlet":
        return articles["outlet"] if asked.only else None
    able = [c for c in articles.columns if c not in _NO_SIDES]
    if asked.by not in able:
        meant = nearest(asked.by, able)
        remedy = f"write {meant} if that is meant" if meant else f"there are {', '.join(able)}"
        _note(notes, f"compare: articles have no column {shown(asked.by)} to compare by",
              f"{OUTLETS}; {remedy}")  # fmt: skip
        return None
    values = articles[asked.by]
    texts = values.astype("str").str.strip()
    sides = texts.where(values.notna() & (texts != ""))
    return _of_two(sides, f"compare: the column {shown(asked.by)} holds", notes)


_NO_SIDES = frozenset({"doc_id", "file", "title", "url", "text", "n_words", "sha256", "event",
                       "event_found", "duplicate_of", "shared_with", "genre_guessed"})  # fmt: skip
"""Columns whose values are no sides."""


def _only(sides: pd.Series, asked: Compare, notes: list[dict[str, str]]) -> pd.Series:
    """The sides that were asked for, one against one; all where too few are there."""
    there = sorted(sides.dropna().unique())
    wanted = [side for side in asked.only if side in there]
    for side in asked.only:
        if side not in there:
            remedy = near_remedy(side, there, f"there are {listing(there, 8)}")
            what = f"compare.only: there is no side {shown(side)}"
            _note(notes, what, f"left out; {remedy}")
    if len(wanted) < 2:
        if asked.only:
            _note(notes, "compare.only leaves fewer than two sides", "all sides are compared")
        return sides
    return sides.where(sides.isin(wanted))


def _of_two(sides: pd.Series, what: str, notes: list[dict[str, str]]) -> pd.Series | None:
    """The sides, or None with a row where there are fewer than two."""
    values = sorted(sides.dropna().unique())
    if len(values) > 1:
        return sides
    told = f"only {shown(values[0])}" if values else "nothing"
    _note(notes, f"{what} {told} to compare", f"{OUTLETS}; it takes two values")
    return None


def _note(notes: list[dict[str, str]], what: str, action: str) -> None:
    notes.append(problem("story.toml", what, action))
