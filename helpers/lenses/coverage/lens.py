"""The lens on coverage: which reported facts an outlet tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from helpers.lenses.coverage import method
from helpers.lenses.coverage.columns import COVERAGE
from helpers.lenses.coverage.findings import coverage_findings
from helpers.lenses.coverage.overview import cells
from helpers.lenses.lens import Lens, LensTable

if TYPE_CHECKING:
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.story import Story


def _coverage(
    rows_of: Callable[[str, pd.Series | None], pd.DataFrame],
    originals: pd.DataFrame,
    facts: pd.DataFrame | None,
    event_column: str | None,
    outlets: list[str],
    notes: list[dict[str, str]],
) -> pd.DataFrame:
    def part(doc_ids: pd.Series | None) -> method.Part:
        return method.Part(*(rows_of(n, doc_ids) for n in ("sentences", "tokens", "mentions")))

    return method.coverage_of_parts(
        part, originals, facts=facts, events=event_column, outlets=outlets, problems=notes
    )


def _findings(told: Told) -> list[Finding]:
    return coverage_findings(told["coverage"], told.articles)


def _compared(story: Story, _: str) -> pd.DataFrame:
    return story.coverage


LENS = Lens(
    "coverage",
    tables=(
        LensTable(
            COVERAGE,
            of="outlets",
            needs=("rows_of", "originals", "facts", "event_column", "outlets", "notes"),
            make=_coverage,
        ),
    ),
    findings=_findings,
    found_in=("coverage",),
    heading="Covers",
    compared=_compared,
    cells=cells,
)
