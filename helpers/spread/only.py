"""Whom one side names and no other side does, and who blames whom on each."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.lenses import agency
from helpers.spread.grid import Column, Entry, Row, Span, plain, times
from helpers.spread.material import Material, frame_of
from helpers.wording import is_missing

SHOWN = 6
"""Actors, or pairs of them, of one cell."""


def named_only(m: Material, columns: Sequence[Column]) -> Row:
    """The actors that one side alone names, those of most mentions first."""
    per_side: list[dict[str, list[Span]]] = []
    for column in columns:
        places: dict[str, list[Span]] = {}
        for doc in column.doc_ids:
            for start, end, actor in m.mentions(doc):
                places.setdefault(actor, []).append((doc, start, end))
        per_side.append(places)
    cells = []
    for i, places in enumerate(per_side):
        others = {actor for j, other in enumerate(per_side) if j != i for actor in other}
        alone = sorted(set(places) - others, key=lambda a: (-len(places[a]), a))
        cells.append(tuple(_actor(actor, places[actor]) for actor in alone[:SHOWN]))
    return Row("Named here alone", tuple(cells), empty="nobody")


def _actor(actor: str, places: Sequence[Span]) -> Entry:
    return plain(actor, at=sorted(places), note=times(places))


def blaming(m: Material, columns: Sequence[Column]) -> Row:
    """Who blames or accuses whom on each side, with who says so where it is not the side itself."""
    articles, sentences, tokens, mentions = (
        frame_of(table, [doc for column in columns for doc in column.doc_ids])
        for table in (m.story.articles, m.story.sentences, m.story.tokens, m.story.mentions)
    )
    rows = agency.blame(articles, sentences, tokens, mentions)
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
        cells.append(tuple(_actor(who, places[who]) for who in order[:SHOWN]))
    return Row("Who blames whom", tuple(cells), note="said by anybody", empty="no blaming found")
