"""The lens on quotations and reported speech: who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.lenses.lens import Lens, LensTable
from helpers.lenses.quotes import find_quotes
from helpers.lenses.quotes.columns import QUOTES
from helpers.lenses.quotes.findings import quote_findings, quoted

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told


def _quotes(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    found_mentions: pd.DataFrame,
) -> pd.DataFrame:
    return find_quotes(articles, sentences, tokens, found_mentions)


def _findings(told: Told) -> list[Finding]:
    return quote_findings(told["quotes"], told.compared)


def _asked(told: Told, _: str) -> Measure:
    return quoted(told["quotes"], told.compared)


LENS = Lens(
    "quotes",
    tables=(
        LensTable(
            QUOTES,
            of="documents",
            needs=("articles", "sentences", "tokens", "found_mentions"),
            make=_quotes,
        ),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("quotes",),
)
