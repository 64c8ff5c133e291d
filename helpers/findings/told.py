"""What findings are read from: the articles that are told of, and their rows of every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from helpers.comparing.events import WHOLE_STORY, own_words
from helpers.comparing.sides import exchange_strata, moved_whole
from helpers.findings.compare import UNDIVIDED, WHOLE
from helpers.schema import UNKNOWN_OUTLET


@dataclass(frozen=True)
class Told:
    """The articles that count, and the tables at hand."""

    articles: pd.DataFrame
    compared: pd.DataFrame
    """Those of them that name their outlet, with a column ``stratum``: within one, outlets may be
    permuted (from `WHOLE` down: the outlet that moves between sides as a whole)."""
    tables: Mapping[str, pd.DataFrame]
    """By name, without the rows of other articles."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    @cached_property
    def own(self) -> Told:
        """The same without the articles that are not in their outlet's own words."""
        theirs = own_words(self.articles)
        if theirs.all():
            return self
        kept = self.articles[theirs].reset_index(drop=True)
        docs = set(kept["doc_id"])
        compared = self.compared[self.compared["doc_id"].isin(docs)].reset_index(drop=True)
        tables = {name: _of(table, docs) for name, table in self.tables.items()}
        return replace(self, articles=kept, compared=compared, tables=tables)

    def get(self, name: str) -> pd.DataFrame | None:
        """A table that may not be at hand."""
        return self.tables.get(name)


def told(
    articles: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    *,
    events: str | pd.Series | None = None,
) -> Told:
    """What findings on ``articles`` are read from; rows of other articles are left out.

    ``events`` is a column or a Series, as `helpers.comparing.events.event_strata` takes it.
    """
    known = articles[articles["outlet"].fillna(UNKNOWN_OUTLET) != UNKNOWN_OUTLET]
    known = known.reset_index(drop=True)
    strata = exchange_strata(known, events=events, problems=[])
    compared = known.assign(stratum=pd.factorize(strata.to_numpy(dtype=object))[0])
    if strata.name == WHOLE_STORY:
        compared["stratum"] = UNDIVIDED
    if (whole := moved_whole(known)) is not None:
        compared["stratum"] = WHOLE - pd.factorize(whole)[0]
    docs = set(articles["doc_id"])
    return Told(articles, compared, {name: _of(table, docs) for name, table in tables.items()})


def _of(table: pd.DataFrame, docs: set[str]) -> pd.DataFrame:
    """The rows of some articles; a comparison of outlets has no rows of single articles."""
    if "outlet" in table or "doc_id" not in table:
        return table
    kept = table["doc_id"].isin(docs)
    return table if kept.all() else table[kept]
