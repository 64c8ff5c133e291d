"""Which part of a story is meant: conditions on articles, on sentences and on rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.errors import ParallaxError
from helpers.spelling import nearest
from helpers.wording import clean

DAYS = ("since", "until")
ROW_HOMES: Mapping[str, Mapping[str, str]] = {
    "actor": {"mentions": "actor", "target_sentiment": "actor", "agency": "actor"},
    "speaker": {"quotes": "actor", "mentions": "speaker", "target_sentiment": "speaker",
                "frames": "speaker", "agency": "speaker"},
}  # fmt: skip
"""The columns in which a row says who is mentioned, and who speaks; the first table knows all. (A
quotation's `actor` is its speaker.)"""
MOST_NAMED = 8
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class SelectionError(ParallaxError):
    """A condition names nothing that the story has; the message says what is near."""


class Selection:
    """The articles, sentences and rows of a story that fulfil all conditions.

    ``story`` is asked for its tables when they are needed, ``wanted`` maps conditions to a value or
    several (`Askable.where`). Conditions on articles and the names in all conditions are checked at
    once.
    """

    def __init__(self, story: Any, wanted: Mapping[str, Any]) -> None:
        self._story = story
        articles: pd.DataFrame = story.articles
        kept = pd.Series(True, index=articles.index)
        self._rows: dict[str, list[Any]] = {}
        self._phrase: re.Pattern[str] | None = None
        for name, value in wanted.items():
            if name in DAYS:
                kept &= _on_days(articles["published"], name, value)
            elif name == "contains":
                self._phrase = pattern(value)
            elif name in articles and name not in ROW_HOMES and name != "text":
                column = articles[name].astype("str")
                chosen = [one_of(name, v, column.dropna().unique()) for v in _listed(value)]
                kept &= column.isin(chosen)
            else:
                self._rows[name] = self._values(name, _listed(value))
        self._doc_ids = set(articles.loc[kept, "doc_id"])

    @cached_property
    def doc_ids(self) -> frozenset[str]:
        """The articles that fulfil the conditions and hold a sentence that does."""
        if self._phrase is None and not self._rows:
            return frozenset(self._doc_ids)
        return frozenset(doc_id for doc_id, _ in self._sentences)

    def of(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table of articles' rows that belong to the part."""
        kept = table["doc_id"].isin(self.doc_ids)
        if "sentence_id" in table and (self._phrase is not None or self._rows):
            places = _places(table)
            if self._phrase is not None:
                kept &= places.isin(self._with_phrase)
            for condition, values in self._rows.items():
                column = self._homes(condition).get(name)
                if column is not None and table[column].isin(values).any():
                    kept &= table[column].isin(values)
                else:
                    kept &= places.isin(self._with(condition))
        return table[kept].reset_index(drop=True)

    # -- sentences --------------------------------------------------------------------------

    @cached_property
    def _sentences(self) -> set[tuple[str, int]]:
        """The sentences of the chosen articles that fulfil the conditions on rows."""
        found = {p for p in _places(self._story.sentences) if p[0] in self._doc_ids}
        if self._phrase is not None:
            found &= self._with_phrase
        for condition in self._rows:
            found &= self._with(condition)
        return found

    @cached_property
    def _with_phrase(self) -> set[tuple[str, int]]:
        assert self._phrase is not None
        sentences = self._story.sentences
        has = [self._phrase.search(text) is not None for text in sentences["text"].tolist()]
        return {*_places(sentences[has])}

    def _with(self, condition: str) -> set[tuple[str, int]]:
        """The sentences in which a row of the condition's tables fulfils it."""
        found: set[tuple[str, int]] = set()
        for name, column in self._homes(condition).items():
            table = getattr(self._story, name)
            found |= {*_places(table[table[column].isin(self._rows[condition])])}
            if condition in ROW_HOMES:
                break
        return found

    # -- names --------------------------------------------------------------------------------

    def _homes(self, condition: str) -> Mapping[str, str]:
        """The tables of articles' rows that have a condition's column, and its name there."""
        if condition in ROW_HOMES:
            return ROW_HOMES[condition]
        tables = self._story.lens_tables
        return {
            name: condition
            for name in ("sentences", *tables)
            if not self._story.is_of_outlets(name)
            and (name not in tables or tables[name].saved)
            and {condition, "sentence_id"} <= {*getattr(self._story, name).columns}
        }

    def _values(self, condition: str, values: list[Any]) -> list[Any]:
        homes = self._homes(condition)
        if not homes:
            known = [*ROW_HOMES, *DAYS, "contains", *self._story.articles.columns]
            known += [c for n in self._story.lens_tables for c in self._columns(n)]
            raise SelectionError(
                f"no table has a column {condition!r}; {_near(condition, dict.fromkeys(known))}"
            )
        labels: dict[Any, None] = {}
        for name, column in homes.items():
            labels |= dict.fromkeys(getattr(self._story, name)[column].dropna())
        if condition not in ROW_HOMES:
            return [one_of(condition, value, labels) for value in values]
        return [self._actor(condition, str(value), labels) for value in values]

    def _columns(self, name: str) -> list[str]:
        return [] if self._story.is_of_outlets(name) else [*getattr(self._story, name).columns]

    def _actor(self, condition: str, value: str, labels: Iterable[str]) -> str:
        """The label of an actor, given by it, a name written for no one else, or a part of it."""
        if value in labels:
            return value
        mentions = self._story.mentions
        written = mentions["text"].str.casefold() == value.casefold()
        meant = [*mentions.loc[written & mentions["actor"].isin([*labels]), "actor"].unique()]
        if not meant and value.split():
            part = pattern(value)
            meant = [label for label in labels if part.search(label)]
        if len(meant) > 1:
            raise SelectionError(
                f"{value!r} is written for {len(meant)} actors: write {_listing(sorted(meant))}"
            )
        names = mentions.loc[mentions["actor"].isin([*labels]), "text"]
        return str(meant[0]) if meant else str(one_of(condition, value, [*labels, *names]))


def pattern(phrase: Any, *, case: bool = False) -> re.Pattern[str]:
    """What finds a phrase: whole words, whatever blanks are between them.

    >>> bool(pattern("red  line").search("a red\\nline")), bool(pattern("line").search("lines"))
    (True, False)
    """
    if isinstance(phrase, re.Pattern):
        return phrase
    words = str(phrase).split()
    if not words:
        raise SelectionError("an empty phrase is found everywhere: give a word")
    written = r"\s+".join(map(re.escape, words))
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    return re.compile(before + written + after, re.NOFLAG if case else re.IGNORECASE)


def _places(table: pd.DataFrame) -> pd.Series:
    """Article and number of each row's sentence."""
    keys = zip(table["doc_id"].tolist(), table["sentence_id"].tolist(), strict=True)
    return pd.Series([*keys], index=table.index, dtype="object")


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) or not isinstance(value, Iterable) else [*value]


def one_of(condition: str, value: Any, known: Iterable[Any]) -> Any:
    """The known value that is meant: the same, or the only one of other capitals."""
    values = [*known]
    if value in values:
        return value
    same = [v for v in values if str(v).casefold() == str(value).casefold()]
    if len(same) == 1:
        return same[0]
    raise SelectionError(f"no {condition} is {str(value)!r}; {_near(str(value), values)}")


def _near(value: str, known: Iterable[Any]) -> str:
    names = [*dict.fromkeys(str(k) for k in known)]
    near = nearest(value, names)
    return f"did you mean {near!r}?" if near else f"there are {_listing(names)}"


def _listing(names: list[str]) -> str:
    shown = ", ".join(repr(clean(name, 60)) for name in names[:MOST_NAMED])
    return shown + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _on_days(published: pd.Series, name: str, value: Any) -> pd.Series:
    """Which articles were published since or until a day; undated ones were not."""
    first, last = _span(name, value)
    days = published.fillna("").astype("str")
    chosen: Callable[[str], bool] = {
        "since": lambda day: bool(day) and day >= first,
        "until": lambda day: bool(day) and day <= last,
    }[name]
    return days.map(chosen).astype(bool)


def _span(name: str, value: Any) -> tuple[str, str]:
    """The first and last day that a day, month or year means.

    >>> _span("since", "2019-09"), _span("until", date(2020, 1, 3))[1]
    (('2019-09-01', '2019-09-31'), '2020-01-03')
    """
    if isinstance(value, date):
        day = value.isoformat()[:10]
        return day, day
    match = _DAY.fullmatch(str(value).strip())
    if match is None:
        raise SelectionError(
            f"{name} is {str(value)!r}, which is no day: write it YYYY-MM-DD (or YYYY-MM, YYYY)"
        )
    year, month, day = match.groups()
    if month and day:
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            raise SelectionError(f"{name} is {str(value)!r}, which is no day") from None
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}"
