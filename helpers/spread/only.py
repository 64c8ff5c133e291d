"""Whom one side names and no other side does, and who blames whom on each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from helpers.lenses import agency
from helpers.spread.grid import Column, Entry, Row, Span, plain, times
from helpers.spread.material import Material, frame_of
from helpers.wording import is_missing

SHOWN = 6
"""Actors, or pairs of them, of one cell."""
DOERS, DEEDS = 4, 5
"""Actors of one cell, and verbs of each, that are shown."""


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


def doing(m: Material, columns: Sequence[Column], *, of: Collection[str]) -> Row:
    """What each side shows the actors ``of`` do to escalate or to calm, in its own voice.

    Which deeds escalate or calm is said by the verb's group (`lenses.agency`).
    """
    rows = m.story.agency
    polar = rows["polarity"].isin(["escalating", "de-escalating"])
    sure = ~rows["negated"] & ~rows["hypothetical"] & (rows["voice"] == "author")
    rows = rows[polar & sure & (rows["role"] == "agent") & rows["actor"].isin(sorted(of))]
    cells = []
    for column in columns:
        places: dict[str, list[Span]] = {}
        mine = frame_of(rows, column.doc_ids)
        fields = (mine[c].tolist() for c in ("doc_id", "verb_start", "verb_end", "actor"))
        for doc, start, end, actor in zip(*fields, strict=True):
            places.setdefault(actor, []).append((doc, start, end))
        order = sorted(places, key=lambda who: (-len(places[who]), who))
        cells.append(tuple(_deeds(m, who, places[who]) for who in order[:DOERS]))
    note = "deeds that escalate or calm, in its own voice"
    return Row("Who is shown doing what", tuple(cells), note=note, empty="no such deed found")


def _deeds(m: Material, who: str, places: Sequence[Span]) -> Entry:
    words = [m.text(place).lower() for place in places]
    often = sorted(dict.fromkeys(words), key=lambda w: (-words.count(w), words.index(w)))
    listed = ", ".join(often[:DEEDS]) + (" …" if len(often) > DEEDS else "")
    return plain(f"{who}: {listed}", at=sorted(places), note=times(places))


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
