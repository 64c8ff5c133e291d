"""Who blames whom on each side."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.lenses import agency
from helpers.spread.grid import Column, Row, Span, plain, times
from helpers.spread.material import Material, frame_of
from helpers.wording import is_missing

SHOWN = 6
"""Pairs of actors of one cell."""


def blamings(m: Material) -> pd.DataFrame:
    """Every blaming of the story (`agency.blame`)."""
    return m.story.rows_by_article(
        "blamings", lambda s: agency.blame(s.articles, s.sentences, s.tokens, s.mentions)
    )


def blaming(m: Material, columns: Sequence[Column]) -> Row:
    """Who blames or accuses whom on each side, with who says so where it is not the side itself."""
    rows = blamings(m)
    cells = []
    for column in columns:
        places: dict[str, list[Span]] = {}
        mine = frame_of(rows, column.doc_ids)
        fields = (mine[c].tolist() for c in ("doc_id", "start", "end", "blamer", "blamed"))
        for doc, start, end, blamer, blamed in zip(*fields, strict=True):
            if is_missing(blamed):
                continue  # that somebody is blamed tells nothing
            who = "somebody" if is_missing(blamer) else str(blamer)
            places.setdefault(f"{who} blames {blamed}", []).append((doc, start, end))
        order = sorted(places, key=lambda who: (-len(places[who]), who))
        entries = [plain(w, at=sorted(places[w]), note=times(places[w])) for w in order[:SHOWN]]
        cells.append(tuple(entries))
    return Row("Who blames whom", tuple(cells), note="said by anybody", empty="no blaming found")
