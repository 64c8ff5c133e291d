"""Who speaks, as what and for whom, as far as the texts say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.made import kept
from helpers.spread.describing import (
    KINDS_OF_PERSONS,
    camp_of,
    descriptions,
    is_body,
    kind_in,
    read,
)
from helpers.spread.grid import Span
from helpers.spread.known import Known
from helpers.spread.labels import is_document, is_speaker, label, speaker
from helpers.spread.material import Material
from helpers.wording import is_missing

NOT_SAID = "not said"
KINDS = (*KINDS_OF_PERSONS, "document", "unnamed", NOT_SAID)
"""What a source is, in the order in which they are told."""
NEAR = 45
"""Days within which another article's title for somebody is the one that he has now."""


@dataclass(frozen=True)
class Voice:
    """One speaker of one article, and every place where his words stand."""

    doc_id: str
    name: str
    """Empty where the speaker is not clear."""
    kind: str
    camp: str
    """A country, party or organisation; `NOT_SAID`."""
    spans: Mapping[Span, int]
    """Place of each attribution → its words."""

    @property
    def words(self) -> int:
        return sum(self.spans.values())


def voices(m: Material) -> list[Voice]:
    """One row per article and speaker of quoted or reported speech, in order of first place.

    The kind is what the words beside the name say in the article, for a source without a name its
    own words; a state or one of its bodies is official. An unnamed source is ``unnamed``, whatever
    else it is. The camp is what the article says, else what most others do.
    """
    return kept(m.story, "_voices", lambda: _voices(m))


def _voices(m: Material) -> list[Voice]:
    rows = m.story.quotes
    rows = rows[rows["counted"] & (rows["form"] == "speech") & rows["doc_id"].isin([*m.articles])]
    described, bodies, states = descriptions(m), _bodies(m), _states(m)
    known = Known(m, described)
    days = _days(m)
    spans: dict[tuple[str, str, bool, bool], dict[Span, int]] = {}
    about: dict[tuple[str, str, bool, bool], tuple[str, str]] = {}
    rows = rows[[not relayed for relayed in _relayed(rows)]]
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "text", "actor", "source",
                                          "source_start", "anonymous"))  # fmt: skip
    for doc, start, end, text, actor, source, at, anonymous in zip(*columns, strict=True):
        if is_missing(actor) and not is_missing(source) and not is_missing(at):
            actor = known.means(doc, str(source), int(at))
            if actor is not None:
                described[actor].setdefault(doc, []).append(read(str(source)))
        who = speaker(actor, source)
        unnamed = bool(anonymous) and bool(who) and is_missing(actor)
        who = who if not is_missing(actor) or is_speaker(who) else ""
        written = not is_missing(source) and is_document(label(str(source)))
        key = doc, who, unnamed and bool(who), written
        spans.setdefault(key, {})[doc, start, end] = len(str(text).split())
        about.setdefault(key, ("" if is_missing(actor) else str(actor), str(source)))
    found = []
    for key, places in spans.items():
        doc, who, unnamed, written = key
        actor, source = about[key]
        near = described.get(actor, {}) if actor else {doc: [read(source)]} if who else {}
        kind = "unnamed" if unnamed else "document" if written else ""
        if who and not kind:
            official = actor in states or is_body(source)
            kind = "official" if official else kind_in(near, doc, _near(days, doc, near))
        camp = bodies.get(actor) or camp_of(near, doc)
        found.append(Voice(doc, who, kind or NOT_SAID, camp or NOT_SAID, places))
    return sorted(found, key=lambda v: (v.doc_id, min(v.spans)))


def _relayed(rows: pd.DataFrame) -> list[bool]:
    """Which attributions hold another's quotation: "“No,” Orr said, according to a paper"."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "kind", "rule"))
    every = [*zip(*columns, strict=True)]
    for doc, start, end, kind, _ in every:
        if kind == "direct":
            quoted.setdefault(doc, []).append((start, end))
    return [
        rule == "according to" and any(start <= s and e < end for s, e in quoted.get(doc, ()))
        for doc, start, end, _, rule in every
    ]


def _days(m: Material) -> dict[str, float]:
    """The day of each article, as a number; NaN where that is unknown."""
    published = m.story.originals["published"].astype("str").str[:10]
    days = (pd.to_datetime(published, errors="coerce") - pd.Timestamp(0)).dt.days
    return dict(zip(m.story.originals["doc_id"], days.astype("float64"), strict=True))


def _near(days: Mapping[str, float], doc: str, others: Iterable[str]) -> list[str]:
    """The articles of a person that are near in time to one; undated ones (NaN) are."""
    return [each for each in others if not abs(days[each] - days[doc]) > NEAR]


def _bodies(m: Material) -> dict[str, str]:
    """Actor → its camp, for governments, their bodies and organisations."""
    rows = m.story.mentions.dropna(subset=["actor"])
    rows = rows[rows["actor_type"].isin(["government", "organization"])]
    found: dict[str, str] = {}
    for actor, state in zip(rows["actor"], rows["state"], strict=True):
        found.setdefault(str(actor), str(actor) if is_missing(state) else str(state))
    return found


def _states(m: Material) -> frozenset[str]:
    """The actors that are states or bodies of one."""
    rows = m.story.mentions.dropna(subset=["actor", "state"])
    return frozenset(rows["actor"].astype("str"))
