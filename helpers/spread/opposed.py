"""Which events come first: those that most sides tell, then those of the most opposed headlines.

The words that evaluate order them, and claim nothing: a headline of one bad word may be fair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from helpers.made import kept
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.material import Material
from helpers.spread.spreads import Event, events
from helpers.spread.tone import tone


def by_contrast(m: Material, most: int | None = None) -> list[Event]:
    """Events by how many sides tell them, then by how far two of their headlines stand apart."""
    tones = kept(m.story, "_tones", lambda: _tones(m))
    return events(m, most, order=lambda event: -_widest(m, event, tones))


def _widest(m: Material, event: Event, tones: Mapping[str, Mapping[str, float]]) -> float:
    named = [d for d in event.doc_ids if d in tones and m.outlet(d) != UNKNOWN_OUTLET]
    pairs = combinations(_furthest(m, named, tones), 2)
    apart = [_apart(tones, a, b) for a, b in pairs if m.outlet(a) != m.outlet(b)]
    return max(apart, default=0.0)


def _furthest(
    m: Material, docs: Sequence[str], tones: Mapping[str, Mapping[str, float]]
) -> list[str]:
    """Of each outlet the articles whose headlines evaluate best and worst."""
    by_outlet: dict[str, list[str]] = {}
    for doc in docs:
        by_outlet.setdefault(m.outlet(doc), []).append(doc)
    chosen: dict[str, None] = {}
    for mine in by_outlet.values():
        ranked = sorted(mine, key=lambda doc: (sum(tones[doc].values()), doc))
        chosen |= dict.fromkeys((ranked[0], ranked[-1]))
    return [doc for doc in docs if doc in chosen]


def _apart(tones: Mapping[str, Mapping[str, float]], a: str, b: str) -> float:
    """How far apart two headlines are; nothing where they lean to one side."""
    mine = sum(weight for word, weight in tones[a].items() if word not in tones[b])
    theirs = sum(weight for word, weight in tones[b].items() if word not in tones[a])
    return abs(mine - theirs) if mine * theirs < 0 else 0.0


def _tones(m: Material) -> dict[str, dict[str, float]]:
    """doc_id → the words that evaluate in a headline, names apart, with their weight."""
    found: dict[str, dict[str, float]] = {}
    tokens = m.story.tokens
    places = {doc: place for doc in sorted(m.own) if (place := m.headline(doc)[1])}
    ends = tokens["doc_id"].map({doc: end for doc, (_, _, end) in places.items()})
    head = tokens[tokens["end"] <= ends]
    columns = (head[c].tolist() for c in ("doc_id", "start", "text", "tag"))
    for doc, start, token, tag in zip(*columns, strict=True):
        weight = tone(token.lower(), tag) if start >= places[doc][1] else 0.0
        if weight and not any(a <= start < b for a, b, _ in m.mentions(doc)):
            found.setdefault(doc, {})[token.lower()] = weight
    return found
