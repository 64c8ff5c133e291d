"""The lens on agency: whom an outlet shows acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.comparing.events import comparable
from helpers.lenses.agency import method
from helpers.lenses.agency.columns import AGENCY
from helpers.lenses.agency.findings import acting, agency_findings
from helpers.lenses.agency.overview import cells, in_voice
from helpers.lenses.lens import Lens, LensTable
from helpers.lenses.quotes import add_voice

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.story import Story


def _agency(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    return add_voice(method.agency(articles, sentences, tokens, mentions), quotes)


def _findings(told: Told) -> list[Finding]:
    return agency_findings(told.own["agency"], told.own.compared)


def _compared(story: Story, voice: str) -> pd.DataFrame:
    return in_voice(story.agency, comparable(story.originals, voice=voice), voice)


def _asked(told: Told, _: str) -> Measure:
    return acting(told.own["agency"])


LENS = Lens(
    "agency",
    tables=(
        LensTable(
            AGENCY,
            of="documents",
            needs=("articles", "sentences", "tokens", "mentions", "quotes"),
            make=_agency,
        ),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("agency",),
    heading="Shows acting",
    compared=_compared,
    cells=cells,
)
