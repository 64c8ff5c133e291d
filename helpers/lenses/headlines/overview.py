"""The cell of the overview: what an outlet's headlines name beyond the bodies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.lenses.frames import FRAME_NAMES
from helpers.lenses.lens import Cell, Cells, cell, rows, widest


def cells(headlines: pd.DataFrame) -> Cells:
    """What the headlines name or frame beyond the bodies, and more than other outlets' do."""
    return widest(_candidates(headlines))


def _candidates(headlines: pd.DataFrame) -> Iterator[tuple[str, float, Cell]]:
    whole = headlines.assign(gaps=headlines["difference"] * headlines["articles"])
    sums = whole.groupby(["kind", "item"])[["gaps", "articles"]].sum()
    for row in rows(headlines):
        gaps, articles = sums.loc[(row.kind, row.item)]
        rest = articles - row.articles
        usual = (gaps - row.difference * row.articles) / rest if rest else 0.0
        if row.difference <= 0 or row.difference <= usual or not row.headlines:
            continue
        name = FRAME_NAMES.get(row.item, row.item) if row.kind == "frame" else row.item
        text = (
            f"{name} in {row.headlines} of {row.articles} headlines, "
            f"{row.share_body:.0%} of body sentences"
        )
        values = row.share_headline, row.share_body, row.articles, row.descriptive
        yield row.outlet, (row.difference - usual) * np.sqrt(row.headlines), cell(text, *values)
