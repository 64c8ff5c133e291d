"""Which articles tell the same event, so that outlets are compared on like with like.

An outlet that covered a crash and one that covered a vote differ in words because of the world,
not because of the outlet. So outlets' names are only permuted among articles of one event: as
declared, else as found by what the articles tell (`found_events`). Where too few articles have a
counterpart from another outlet in their event, or too few outlets that have the articles for a
test can be tested, days, weeks or months take its place, whichever is the finest that will do:
for all articles where events are declared, else for those whose found event nobody else tells.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons
from helpers.schema import UNKNOWN_OUTLET, needs
from helpers.statistics import LEAST_RELABELLINGS, enough, problem, relabellings
from helpers.wording import is_missing

SHARED_ENOUGH = 0.5  # of the articles must stand beside another outlet's in their event, and of
# those whose event nobody else tells in their day, week or month
TESTED_ENOUGH = 0.75  # of the outlets with enough articles must have enough permutations
UNNAMED_OUTLET = UNKNOWN_OUTLET
OTHERS_ORIGINS = ("wire", "shared")
OTHERS_GENRES = lexicons.words("spoken_genres")
"""Genres in which others than the outlet speak."""
WHOLE_STORY = "whole story"
"""The one event of articles that share none in time or by name."""
_MIXED = "event or "
CALENDAR = tuple(mixed + unit for mixed in ("", _MIXED) for unit in ("day", "week", "month"))
"""Strata some of which hold articles of the same time, and not of one event."""
_UNITS = {"day": 10, "month": 7}  # leading characters of an ISO date


def event_strata(
    articles: pd.DataFrame,
    *,
    events: str | pd.Series | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.Series:
    """One value per article (index: doc_id): the event within which outlets may be permuted.

    `events` is the name of a column of `articles`, or a Series per article (indexed by doc_id or
    in the articles' order). Without it the finest of the column `event`, the story's days, weeks
    and months that enough articles share, else the whole story as one event. Where the events
    were found (`event_found`), days, weeks or months are only for the articles whose event no
    other outlet tells ("event or day"). The unit used is in the Series' `name`. Anything that had
    to be given up becomes a row of `problems`.
    """
    needs(articles, "doc_id", "outlet", table="articles")
    notes = problems if problems is not None else []
    index = pd.Index(articles["doc_id"], name="doc_id")
    asked = _asked(articles, events, index, notes)
    if asked is not None:
        return asked
    outlets = articles["outlet"].to_numpy(dtype=object)
    most = TESTED_ENOUGH * _testable([None] * len(outlets), outlets)
    units = _units(articles)
    for unit, values in units:
        moved = movable(values, outlets)
        if unit.startswith(_MIXED):  # days stand in for events: they have to do for the others
            moved = moved[~movable(units[0][1], outlets)]
        if moved.mean() >= SHARED_ENOUGH and _testable(values, outlets) >= most:
            if units[0][0] == "event" != unit:
                notes.append(_given_up(unit, units[0][1], outlets))
            return _series(values, index, unit)
    if not units:
        reason = "the articles carry neither an event nor a date"
    else:
        tried = ", ".join(unit.removeprefix(_MIXED) for unit, _ in units)
        reason = f"outlets seldom report in the same {tried}"
    if len(articles) > 1:
        notes.append(
            problem(
                "articles",
                f"{reason}, so differences of outlet and of topic cannot be told apart",
                "outlets are permuted over the whole story; add an `event` column to articles.csv",
            )
        )
    return pd.Series(WHOLE_STORY, index=index, name=WHOLE_STORY, dtype="object")


def _units(articles: pd.DataFrame) -> list[tuple[str, list[Hashable]]]:
    """The ways to group the articles, the finest first, with each article's group."""
    units: list[tuple[str, list[Hashable]]] = []
    calendar: list[tuple[str, list[Hashable]]] = []
    if "published" in articles and articles["published"].notna().any():
        calendar = _calendar(articles["published"])
    if "event" not in articles or not articles["event"].notna().any():
        return calendar
    events: list[Hashable] = [None if pd.isna(event) else event for event in articles["event"]]
    units.append(("event", events))
    if "event_found" not in articles or not articles["event_found"].any():
        return units + calendar
    told = movable(events, articles["outlet"])
    for unit, times in calendar:
        mixed = [e if t else d for e, t, d in zip(events, told.tolist(), times, strict=True)]
        units.append((_MIXED + unit, mixed))
    return units


def _given_up(unit: str, events: list[Hashable], outlets: np.ndarray) -> dict[str, str]:
    """That events alone do not do, and what stands in their place."""
    if not unit.startswith(_MIXED):
        what = "the events of the articles are told by too few outlets each"
        return problem("articles", what, f"the story's {unit}s are used instead")
    alone = int((~movable(events, outlets)).sum())
    return problem(
        "articles",
        f"{alone} of {len(events)} articles tell what no other outlet's article tells",
        f"those are compared within the story's {unit.removeprefix(_MIXED)}s; an `event` column "
        "in articles.csv goes before what is found",
    )


def _asked(
    articles: pd.DataFrame,
    events: str | pd.Series | None,
    index: pd.Index,
    notes: list[dict[str, str]],
) -> pd.Series | None:
    """The events the caller named, or None with a row of problems where they cannot be used."""
    if events is None:
        return None
    if isinstance(events, str):
        if events not in articles:
            known = ", ".join(map(str, articles.columns))
            what = f"there is no event column {events!r} (columns: {known})"
        elif not articles[events].notna().any():
            what = f"the event column {events!r} is empty"
        else:
            return _series(articles[events], index, events)
    elif index.isin(events.index).all():
        return _series(events.reindex(index), index, str(events.name or "event"))
    elif len(events) == len(index):
        return _series(events, index, str(events.name or "event"))
    else:
        what = f"{len(events)} events were given for {len(index)} articles"
    notes.append(problem("articles", what, "story days are used instead"))
    return None


def _series(values: Any, index: pd.Index, name: str) -> pd.Series:
    """Missing events share one stratum: nothing says that they are the same, or that not."""
    listed = ["(none)" if pd.isna(value) else value for value in values]
    return pd.Series(listed, index=index, name=name, dtype="object")


def _calendar(dates: pd.Series) -> list[tuple[str, list[Hashable]]]:
    """Days, ISO weeks and months of the dates, undated articles missing."""
    texts = [None if pd.isna(date) else str(date) for date in dates]
    days = [text[:10] if text else None for text in texts]
    parsed = pd.to_datetime(pd.Series(days, dtype="object"), errors="coerce", format="%Y-%m-%d")
    weeks = [None if pd.isna(day) else f"{day:%G-W%V}" for day in parsed]
    months = [text[: _UNITS["month"]] if text else None for text in texts]
    return [("day", list(days)), ("week", list(weeks)), ("month", list(months))]


def movable(strata: Iterable[Hashable], outlets: Iterable[Any]) -> npt.NDArray[np.bool_]:
    """Whether each article stands beside another outlet's in its stratum: its name can move.

    >>> movable(["a", "a", "b", None], ["Post", "Wire", "Post", "Wire"]).tolist()
    [True, True, False, False]
    """
    values = [None if is_missing(value) else value for value in strata]
    tellers: dict[Hashable, set[Any]] = {}
    for value, outlet in zip(values, outlets, strict=True):
        tellers.setdefault(value, set()).add(outlet)
    return np.array([v is not None and len(tellers[v]) > 1 for v in values], dtype=bool)


def compared_within(strata: pd.Series, outlets: Iterable[Any]) -> str:
    """Within what outlets are compared, and how many of the articles that lets move.

    >>> strata = pd.Series(["one", "one", "two"], name="event")
    >>> compared_within(strata, ["Post", "Wire", "Post"])
    "the event: 2 of 3 articles stand beside another outlet's, one outlet alone tells the others'"
    """
    moved = int(movable(strata, outlets).sum())
    said = f"the {strata.name}: {moved} of {len(strata)} articles stand beside another outlet's"
    return said if moved == len(strata) else f"{said}, one outlet alone tells the others'"


def _testable(values: list[Hashable], outlets: np.ndarray) -> int:
    """How many outlets have enough articles and enough permutations for a test."""
    listed = np.array(["(none)" if value is None else value for value in values], dtype=object)
    able = 0
    for outlet in pd.unique(outlets):
        mine = outlets == outlet
        sides = int(mine.sum()), int((~mine).sum())
        able += enough(*sides) and relabellings(mine, listed) >= LEAST_RELABELLINGS
    return able


def own_words(articles: pd.DataFrame) -> pd.Series:
    """Whether each article's unquoted words are its outlet's: no agency's, no shared text, no talk.

    What a newspaper prints of an agency (`origin`) says nothing of how the newspaper writes, nor
    does a transcript or an interview (`genre`).

    >>> own_words(pd.DataFrame({"origin": ["own", "wire"], "genre": [None, None]})).tolist()
    [True, False]
    """
    own = pd.Series(True, index=articles.index)
    for column, others in (("origin", OTHERS_ORIGINS), ("genre", OTHERS_GENRES)):
        if column in articles:
            own &= ~articles[column].astype("str").str.lower().isin(others)
    return own


def comparable(
    articles: pd.DataFrame,
    problems: list[dict[str, str]] | None = None,
    *,
    voice: str | None = None,
) -> pd.DataFrame:
    """One row per article that may enter a comparison: no repetition, and an outlet is named.

    Identical and nearly identical articles count once (`duplicate_of`); where the column is
    missing, articles with the very same text do. Where outlets' own words are compared (`voice` is
    "author"), articles that are not in their outlet's `own_words` are left out.
    """
    needs(articles, "doc_id", "outlet", table="articles")
    notes = problems if problems is not None else []
    if "duplicate_of" in articles:
        repeated = articles["duplicate_of"].notna()
    elif "text" in articles:
        repeated = articles["text"].duplicated()
    else:
        repeated = pd.Series(False, index=articles.index)
    if repeated.any():
        notes.append(
            problem(
                "articles",
                f"{int(repeated.sum())} of {len(articles)} articles repeat another one",
                "each is counted once in comparisons, for the outlet that printed it first",
            )
        )
    nameless = articles["outlet"].isna() | (articles["outlet"] == UNNAMED_OUTLET)
    if nameless.any() and "publisher" not in articles:  # of sides `sides` has told it
        notes.append(
            problem(
                "articles",
                f"{int(nameless.sum())} of {len(articles)} articles name no outlet",
                "they are left out of comparisons; name the outlet in articles.csv",
            )
        )
    kept = articles[~repeated & ~nameless]
    others = ~own_words(kept) if voice == "author" else pd.Series(False, index=kept.index)
    if others.any():
        notes.append(
            problem(
                "articles",
                f"{int(others.sum())} of {len(articles)} articles are agency copy, text shared "
                "with other outlets, transcripts or interviews",
                "they are left out where the outlets' own words are compared; `origin` and `genre` "
                "in articles.csv go before what was found",
            )
        )
    return kept[~others].reset_index(drop=True)


def describable(
    articles: pd.DataFrame,
    problems: list[dict[str, str]] | None = None,
    *,
    voice: str | None = None,
) -> pd.DataFrame:
    """One row per article that may be described: as `comparable`, or without any named outlet all.

    What one outlet does can be told without a second one; where no article names its outlet, all
    count as one.
    """
    compared = comparable(articles, problems, voice=voice)
    if len(compared) or len(comparable(articles)):
        return compared
    if voice == "author":
        articles = articles[own_words(articles)].reset_index(drop=True)
    if "duplicate_of" in articles:
        return articles[articles["duplicate_of"].isna()].reset_index(drop=True)
    return articles
