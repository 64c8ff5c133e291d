"""The lens on headlines: what they stress against the bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.lenses.headlines.method import headline_against_body
from helpers.lenses.headlines.overview import cells
from helpers.lenses.lens import Lens

if TYPE_CHECKING:
    from helpers.story import Story


def _compared(story: Story, _: str) -> pd.DataFrame:
    return headline_against_body(
        story.originals, story.sentences, mentions=story.mentions, hits=story.frames
    )


LENS = Lens("headlines", heading="Headlines", compared=_compared, cells=cells)
