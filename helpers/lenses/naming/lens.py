"""The lens on names: what an outlet calls the actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.comparing.spans import voice_mask
from helpers.lenses.lens import Counted, Lens, LensTable, Pieces
from helpers.lenses.naming import method
from helpers.lenses.naming.columns import NAMING
from helpers.lenses.naming.findings import naming_findings
from helpers.lenses.naming.overview import cells

if TYPE_CHECKING:
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.story import Story


def _naming(
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
    originals: pd.DataFrame,
    quotes: pd.DataFrame,
    notes: list[dict[str, str]],
) -> pd.DataFrame:
    return method.naming(tokens, mentions, originals, quotes=quotes, problems=notes)


def _count(
    tokens: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The namings of a partition's articles in the author's voice."""
    found = method.namings(tokens, mentions)
    mine = found[voice_mask(found, quotes, voice="author")]
    return {"namings": mine.reset_index(drop=True)}


def _of_counts(
    pieces: Pieces, originals: pd.DataFrame, notes: list[dict[str, str]]
) -> pd.DataFrame:
    return method.naming_of_parts(pieces("namings"), originals, problems=notes)


def _findings(told: Told) -> list[Finding]:
    return naming_findings(
        told["naming"],
        told["mentions"],
        told.own.compared,
        tokens=told.get("tokens"),
        quotes=told.get("quotes"),
    )


def _compared(story: Story, voice: str) -> pd.DataFrame:
    if voice == "author":
        return story.naming
    return method.naming(
        story.tokens, story.mentions, story.originals, quotes=story.quotes, voice=voice
    )


LENS = Lens(
    "naming",
    tables=(
        LensTable(
            NAMING,
            of="outlets",
            needs=("tokens", "mentions", "originals", "quotes", "notes"),
            make=_naming,
            counted=Counted(
                needs=("tokens", "mentions", "quotes"),
                count=_count,
                further=("originals", "notes"),
                make=_of_counts,
            ),
            sampled=True,
        ),
    ),
    findings=_findings,
    found_in=("naming", "mentions"),
    looks_in=("tokens", "quotes"),
    heading="Calls",
    compared=_compared,
    cells=cells,
)
