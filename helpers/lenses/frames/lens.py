"""The lens on generic frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.comparing.events import describable
from helpers.lenses.frames import method
from helpers.lenses.frames.columns import FRAMES
from helpers.lenses.frames.findings import frame_findings, framed
from helpers.lenses.frames.overview import cells
from helpers.lenses.lens import Lens, LensTable
from helpers.lenses.quotes import add_voice

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.story import Story


def _frames(sentences: pd.DataFrame, tokens: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    return add_voice(method.frames(sentences, tokens), quotes)


def _findings(told: Told) -> list[Finding]:
    own = told.own
    return frame_findings(own["frames"], own["tokens"], own.compared, quotes=own.get("quotes"))


def _compared(story: Story, voice: str) -> pd.DataFrame:
    hits = story.in_originals(story.frames)
    compared = describable(story.originals, voice=voice)
    shares = method.frame_shares(hits, story.tokens, compared, quotes=story.quotes, voice=voice)
    return shares[shares["told"].astype(bool)].reset_index(drop=True)


def _asked(told: Told, _: str) -> Measure:
    own = told.own
    return framed(own["frames"], own["tokens"], own.compared, quotes=own.get("quotes"))


LENS = Lens(
    "frames",
    tables=(
        LensTable(FRAMES, of="documents", needs=("sentences", "tokens", "quotes"), make=_frames),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("frames", "tokens"),
    looks_in=("quotes",),
    heading="Frame",
    compared=_compared,
    cells=cells,
)
