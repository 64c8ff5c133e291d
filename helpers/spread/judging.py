"""Whom a side judges in its own words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from helpers.findings.measured import in_short
from helpers.lenses import sentiment
from helpers.made import kept
from helpers.spread.grid import Column, Entry, Row, Span, times
from helpers.spread.material import Material

SHOWN = 4
"""Actors of one cell, those of most words first."""
WORDS = 5
"""Words beside one actor that are shown."""


@dataclass(frozen=True)
class Judgement:
    """A word that judges an actor, in its place."""

    actor: str
    place: Span
    polarity: int


def judgements(m: Material) -> list[Judgement]:
    """What the articles say for or against each actor in their own words, in order of place.

    A verdict is bound to its actor by grammar (`sentiment.judgements`); it is a side's own where
    nobody speaks, no quotation mark stands beside it and the sentence puts it down to nobody.
    """
    return kept(m.story, "_judgements", lambda: _judgements(m))


def _judgements(m: Material) -> list[Judgement]:
    story = m.story
    rows = story.rows_by_article(
        "judgements",
        lambda s: sentiment.judgements(s.articles, s.sentences, s.tokens, s.mentions),
    )
    rows = rows[rows["doc_id"].isin(sorted(m.articles))]
    spans = list(zip(rows["doc_id"], rows["start"].tolist(), rows["end"].tolist(), strict=True))
    mine = m.in_own_voice(spans)
    columns = (rows[c].tolist() for c in ("actor", "polarity", "attributed"))
    found = [
        Judgement(actor, span, polarity)
        for span, is_mine, actor, polarity, attributed in zip(spans, mine, *columns, strict=True)
        if is_mine and not attributed and span[0] in m.own
    ]
    return sorted(found, key=lambda j: (j.place, j.actor))


def judged(m: Material, columns: Sequence[Column], *, of: Collection[str]) -> list[Row]:
    """What each side says against and for the actors ``of``, in its own words."""
    mine = [j for j in judgements(m) if j.actor in of]
    note = f"its own words, by actor; {in_short('blame')}"
    return [
        Row(label, _cells(m, columns, [j for j in mine if j.polarity == sign]), note=note)
        for label, sign in (("Whom it criticises", -1), ("Whom it praises", 1))
    ]  # fmt: skip


def _cells(
    m: Material, columns: Sequence[Column], found: Sequence[Judgement]
) -> tuple[tuple[Entry, ...], ...]:
    cells = []
    for column in columns:
        places: dict[str, list[Span]] = {}
        for j in found:
            if j.place[0] in column.doc_ids:
                places.setdefault(j.actor, []).append(j.place)
        order = sorted(places, key=lambda who: (-len(places[who]), who))
        cells.append(tuple(_entry(m, who, places[who]) for who in order[:SHOWN]))
    return tuple(cells)


def _entry(m: Material, actor: str, places: Sequence[Span]) -> Entry:
    often = words(m, places)
    listed = ", ".join(often[:WORDS]) + (" …" if len(often) > WORDS else "")
    return Entry((("plain", f"{actor}:"), ("mark", listed)), tuple(places), times(places))


def words(m: Material, places: Sequence[Span]) -> list[str]:
    """The distinct words of some places, the most frequent first."""
    said = [m.text(place).lower() for place in places]
    return sorted(dict.fromkeys(said), key=lambda w: (-said.count(w), said.index(w)))
