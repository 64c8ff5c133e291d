"""The lens on the stance of reporting verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.lenses.lens import Lens
from helpers.lenses.stance.method import stance_shares
from helpers.lenses.stance.overview import cells

if TYPE_CHECKING:
    from helpers.story import Story


def _compared(story: Story, _: str) -> pd.DataFrame:
    return stance_shares(story.quotes, story.originals)


LENS = Lens("stance", heading="Reports speech", compared=_compared, cells=cells)
