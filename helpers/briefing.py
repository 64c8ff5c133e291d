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
from helpers.findings.asked import answers
from helpers.findings.finding import Finding, numbered, ranked, tables
from helpers.findings.reach import nothing_to_show
from helpers.findings.same_text import same_text
from helpers.findings.told import told
from helpers.lenses import load
from helpers.lenses.lens import Lens
from helpers.settings import Question

LIMIT = 12


def find(
    articles: pd.DataFrame,
    given: Mapping[str, pd.DataFrame],
    *,
    events: str | pd.Series | None = None,
    lenses: Sequence[Lens] = (),
    printed: pd.DataFrame | None = None,
    questions: Sequence[Question] = (),
    file_mark: str = "",
    problems: list[dict[str, str]] | None = None,
    limit: int | None = LIMIT,
) -> list[Finding]:
    """All findings that the tables at hand support, the one most worth saying first.

    Answers to ``questions`` (of the file with the ``file_mark``) stand before all that was found by
    looking, and do not count for the ``limit``; what cannot be answered is told in ``problems``.

    ``articles`` are those that count (`Story.originals`); rows of other articles are left out.
    ``given`` holds tables by their names: a lens finds something where it has those it needs.
    ``events`` is a column or a Series, as `helpers.comparing.events.event_strata` takes it: outlets
    are only ever permuted within one event. ``printed`` are all articles, copies among them: with
    them it is told which text several outlets print.
    """
    source = told(articles, given, events=events)
    able = [
        lens for lens in lenses or load() if all(name in source.tables for name in lens.found_in)
    ]
    found = nothing_to_show(source.compared)
    found += [f for lens in able if lens.findings is not None for f in lens.findings(source)]
    measures = {lens.name: lens.asked for lens in able if lens.asked is not None}
    notes = problems if problems is not None else []
    answered = answers(questions, source, measures, file_mark=file_mark, notes=notes)
    if printed is not None:
        found += same_text(by_publisher(printed))
    return numbered(answered) + ranked(numbered(found), limit=limit)


__all__ = ["LIMIT", "Finding", "find", "ranked", "tables"]
