"""The briefing: the findings of all lenses, the one most worth saying first.

=============  ===================================================================================
`find`         all findings of a story's tables, in order
`tables`       findings → the tables `findings` and `evidence`
`Finding`      one claim
=============  ===================================================================================

No statement is written by hand: every name and number in it comes from the tables. Differences
between outlets count the article as the unit, and say when chance often gives as much; below four
articles on a side they are marked as descriptive only. What a lens finds stands in its folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.comparing.sides import by_publisher
from helpers.findings.finding import Finding, numbered, ranked, tables
from helpers.findings.same_text import same_text
from helpers.findings.told import told
from helpers.lenses import load
from helpers.lenses.lens import Lens

LIMIT = 12


def find(
    articles: pd.DataFrame,
    given: Mapping[str, pd.DataFrame],
    *,
    events: str | pd.Series | None = None,
    lenses: Sequence[Lens] = (),
    printed: pd.DataFrame | None = None,
    limit: int | None = LIMIT,
) -> list[Finding]:
    """All findings that the tables at hand support, the one most worth saying first.

    ``articles`` are those that count (`Story.originals`); rows of other articles are left out.
    ``given`` holds tables by their names: a lens finds something where it has those it needs.
    ``events`` is a column or a Series, as `helpers.comparing.events.event_strata` takes it: outlets
    are only ever permuted within one event. ``printed`` are all articles, copies among them: with
    them it is told which text several outlets print.
    """
    source = told(articles, given, events=events)
    found = [
        finding
        for lens in lenses or load()
        if lens.findings is not None and all(name in source.tables for name in lens.found_in)
        for finding in lens.findings(source)
    ]
    if printed is not None:
        found += same_text(by_publisher(printed))
    return ranked(numbered(found), limit=limit)


__all__ = ["LIMIT", "Finding", "find", "ranked", "tables"]
