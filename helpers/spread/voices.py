"""Who speaks, as what and for whom, as far as the texts say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from helpers.made import kept
from helpers.spread.describing import (
    KINDS_OF_PERSONS,
    camp_of,
    descriptions,
    is_body,
    kind_in,
    named_body,
    read,
    shown_of,
)
from helpers.spread.given import attributions, counted
from helpers.spread.grid import Span
from helpers.spread.known import Known
from helpers.spread.labels import (
    is_document,
    is_outlet,
    is_person,
    is_place,
    is_speaker,
    label,
    noun_of,
    speaker,
)
from helpers.spread.material import Material
from helpers.wording import is_missing

NOT_SAID = "not said"
KINDS = (*KINDS_OF_PERSONS, "document", "unnamed", NOT_SAID)
"""What a source is, in the order in which they are told."""
_ARTICLE = re.compile(r"^(?:an?|the|his|her)\s")
_NAMED_TEXT = 3
"""Words of a text's name of which fewer only point back: "the document", "records"."""
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
    """A country, party or organisation other than a paper or station; `NOT_SAID`."""
    office: str
    """Title, description and party beside the name, in the article's words; empty without."""
    actor: str
    """The person, if the speaker is one who is named; else empty."""
    spans: Mapping[Span, int]
    """Place of each attribution → its words."""

    @property
    def words(self) -> int:
        return sum(self.spans.values())


def voices(m: Material) -> list[Voice]:
    """One row per article and speaker of quoted or reported speech, in order of first place.

    Words are counted once where two attributions share them; a headline, a question that was put
    to the speaker and what he only named ("announced the charges") are no words given to him. The
    kind is what the words beside the name say in the article, for a source without a name its own
    words; a state or one of its bodies is official. An unnamed source is ``unnamed``, whatever
    else it is. The camp is what the article says, else what most others do.
    """
    return kept(m.story, "_voices", lambda: _voices(m))


class _Key(NamedTuple):
    """What makes one speaker of an article."""

    doc: str
    name: str
    unnamed: bool
    written: bool


class _Said(NamedTuple):
    """Who spoke last in an article, and where that ends."""

    doc: str = ""
    end: int = 0
    actor: str = ""
    name: str = ""
    anonymous: bool = False


def _voices(m: Material) -> list[Voice]:
    rows = attributions(m)
    described, bodies, states = descriptions(m), _bodies(m), _states(m)
    known = Known(m, described)
    days = _days(m)
    spans: dict[_Key, list[Span]] = {}
    about: dict[_Key, tuple[str, str]] = {}
    last = _Said()
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "kind", "actor", "source",
                                          "source_start", "anonymous"))  # fmt: skip
    for doc, start, end, kind, actor, source, at, anonymous in zip(*columns, strict=True):
        if is_missing(actor) and not is_missing(source) and not is_missing(at):
            source, at = str(source), int(at)
            actor = known.means(doc, source, at)
            before = last if _follows(m, last, doc, min(start, at)) else _Said()
            if actor is not None:
                described[actor].setdefault(doc, []).append(read(source))
            elif before.name and not before.actor and source.lower() == "they":
                source, anonymous = before.name, before.anonymous
            else:
                actor = known.goes_on(doc, source, min(start, at), before.actor)
                if actor is None:
                    source = known.introduced(doc, source, at)
        if actor in described and not is_missing(at):
            both = known.together(doc, str(source), int(at))
            actor, source = (None, both) if both else (actor, source)
        who = speaker(actor, source)
        body = named_body(str(source)) if actor in bodies else ""
        of_body = actor in bodies and not body and is_person(noun_of(str(source)))
        who = body or (speaker(None, source) if of_body else who)
        unnamed = bool(who) and (of_body or (bool(anonymous) and is_missing(actor)))
        if is_missing(actor) and who and not is_speaker(who):
            if kind != "direct" and not is_place(label(str(source))):
                continue  # a thing does not speak: what was read is no attribution
            who = ""
        text = not is_missing(source) and is_document(label(str(source)))
        written = text and actor not in described  # a person's statement is that person's
        key = _Key(doc, who, unnamed and bool(who), written)
        spans.setdefault(key, []).append((doc, start, end))
        about.setdefault(key, ("" if is_missing(actor) else str(actor), str(source)))
        ends = end if is_missing(at) else max(end, int(at) + len(str(source)))
        last = _Said(doc, ends, "" if is_missing(actor) else str(actor), who, bool(anonymous))
    for key in [k for k in spans if k.written and len(k.name.split()) < _NAMED_TEXT]:
        noun = noun_of(key.name).lower().removesuffix("s")  # "the documents": the court's
        texts = [k for k in spans if k.doc == key.doc and k.written and k != key
                 and noun_of(k.name).lower().removesuffix("s") == noun]  # fmt: skip
        if texts:
            spans[max(texts, key=lambda k: len(k.name.split()))] += spans.pop(key)
    for key in [k for k in spans if k.name and not (about[k][0] or k.written)]:
        # "Orr’s lawyer", whom the article also names
        same = [who for who in known.persons.get(key.doc, ())
                if _is_office(key.name, shown_of(described[who], key.doc))]  # fmt: skip
        if len(same) == 1:
            one = _Key(key.doc, same[0], False, False)
            about.setdefault(one, (same[0], same[0]))
            spans.setdefault(one, []).extend(spans.pop(key))
    found = []
    for key, places in spans.items():
        actor, source = about[key]
        near = described.get(actor, {}) if actor else {key.doc: [read(source)]} if key.name else {}
        kind = "unnamed" if key.unnamed else "document" if key.written else ""
        if key.name and not kind:
            official = actor in states or is_body(source)
            kind = "official" if official else kind_in(near, key.doc, _near(days, key.doc, near))
        camp = bodies.get(actor) or camp_of(near, key.doc)
        camp = "" if is_outlet(camp) else camp
        person = actor if actor in described else ""
        office = shown_of(near, key.doc) if person else ""
        office = known.introduced(key.doc, office, min(places)[1])  # "the spokeswoman": whose
        found.append(Voice(key.doc, key.name, kind or NOT_SAID, camp or NOT_SAID, office, person,
                           counted(m, places)))  # fmt: skip
    return sorted(found, key=lambda v: (v.doc_id, min(v.spans)))


def _is_office(name: str, office: str) -> bool:
    """Whether an unnamed source is what a named person is: "A lawyer for Orr"."""
    bare, held = (_ARTICLE.sub("", each.replace("’", "'").lower()) for each in (name, office))
    return len(held.split()) > 1 and f" {bare}".endswith(f" {held}")


def _follows(m: Material, last: _Said, doc: str, at: int) -> bool:
    """Whether the sentence at ``at`` is the one of the last speaker or the next one."""
    if last.doc != doc:
        return False
    low, _ = m.sentence(doc, at)
    _, high = m.sentence(doc, last.end - 1)
    return not m.articles[doc]["text"][high:low].strip()


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
