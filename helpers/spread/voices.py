"""Who speaks, as what and for whom, as far as the texts say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from helpers import lexicons
from helpers.lenses import actors
from helpers.made import kept
from helpers.spread.grid import Span
from helpers.spread.material import Material
from helpers.wording import clean, is_missing

NOT_SAID = "not said"
KINDS = ("official", "former official", "expert", "witness", "document", "unnamed", NOT_SAID)
"""What a source is, in the order in which they are told."""
_DESCRIBED = frozenset(("before", "apposition", "predicate"))
_CANDIDATE = re.compile(r"\b(?:candidate|nominee|hopeful|campaign|strategist|super pac)\b", re.I)
_OF_STATES = ("president", "secretary")
"""Roles that are an office where no other body stands beside them."""
_FORMER = re.compile(r"\b(?:former|ex|then|late|retired|onetime|erstwhile)\b", re.I)


LONGEST = 60
"""Characters of a speaker's name."""
_NOBODY = lexicons.words("words_for_no_speaker")
_DOCUMENTS = lexicons.words("document_nouns")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def speaker(actor: object, source: object) -> str:
    """The speaker as a reader knows him: the actor, else the words of the text; empty if unclear.

    >>> speaker("Ann Orr", "she"), speaker(None, "a senior aide"), speaker(None, "he")
    ('Ann Orr', 'a senior aide', '')
    """
    if not is_missing(actor):
        return clean(actor, LONGEST)
    words = "" if is_missing(source) else clean(source, LONGEST)
    return words if _LETTERS.search(words) and words.lower() not in _NOBODY else ""


def is_speaker(words: str) -> bool:
    """Whether words name somebody or a document; anything else was hardly the speaker.

    >>> [is_speaker(w) for w in ("Ann Orr", "the report", "confidence and poise")]
    [True, True, False]
    """
    return any(w[:1].isupper() or w in _DOCUMENTS for w in words.split())


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


@dataclass(frozen=True)
class _Description:
    """Words beside a name, with the states, the party and the organisation they hold."""

    words: str
    camp: str


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
    described, bodies, states = _descriptions(m), _bodies(m), _states(m)
    spans: dict[tuple[str, str, bool, bool], dict[Span, int]] = {}
    about: dict[tuple[str, str, bool, bool], tuple[str, str]] = {}
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "text", "actor", "source",
                                          "anonymous"))  # fmt: skip
    for doc, start, end, text, actor, source, anonymous in zip(*columns, strict=True):
        who = speaker(actor, source)
        unnamed = bool(anonymous) and bool(who) and is_missing(actor)
        who = who if unnamed or is_speaker(who) else ""
        written = not is_missing(source) and not _DOCUMENTS.isdisjoint(str(source).split())
        key = doc, who, unnamed, written
        spans.setdefault(key, {})[doc, start, end] = len(str(text).split())
        about.setdefault(key, ("" if is_missing(actor) else str(actor), str(source)))
    found = []
    for key, places in spans.items():
        doc, who, unnamed, written = key
        actor, source = about[key]
        near = described.get(actor, {}) if actor else {doc: [_read(source)]} if who else {}
        kind = "unnamed" if unnamed else "document" if written else NOT_SAID
        if who and kind == NOT_SAID:
            kind = _kind(near.get(doc, ()), source, actor in states)
        camp = bodies.get(actor) or _camp(near, doc)
        found.append(Voice(doc, who, kind, camp or NOT_SAID, places))
    return sorted(found, key=lambda v: (v.doc_id, min(v.spans)))


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


def _descriptions(m: Material) -> dict[str, dict[str, list[_Description]]]:
    """Actor → article → what stands beside the name there: titles, appositions, "(R-Ohio)"."""
    found: dict[str, dict[str, list[_Description]]] = {}
    rows = m.story.mentions.dropna(subset=["actor"])
    rows = rows[(rows["actor_type"] == "person") & rows["kind"].isin(["name", "title"])]
    columns = (rows[c].tolist() for c in ("doc_id", "end", "text", "actor"))
    for doc, end, text, actor in zip(*columns, strict=True):
        if doc in m.articles:
            behind = actors.party_behind(m.articles[doc]["text"][end : end + 24])
            found.setdefault(actor, {}).setdefault(doc, []).append(_read(text, behind))
    named = m.namings[m.namings["part"].isin(_DESCRIBED)]
    columns = (named[c].tolist() for c in ("doc_id", "text", "actor"))
    for doc, text, actor in zip(*columns, strict=True):
        if doc in m.articles:
            found.setdefault(actor, {}).setdefault(doc, []).append(_read(text))
    return found


@cache
def _read(words: str, party: str = "") -> _Description:
    states = actors.states_in(words)
    return _Description(words, party or actors.party_of(words) or (states[0] if states else ""))


def _camp(found: Mapping[str, list[_Description]], doc: str) -> str:
    """What the article says, else what most descriptions in the story do."""
    here = [d.camp for d in found.get(doc, ()) if d.camp]
    if here:
        return here[0]
    counts = Counter(d.camp for each in found.values() for d in each if d.camp)
    return min(counts, key=lambda camp: (-counts[camp], camp)) if counts else ""


def _kind(described: Iterable[_Description], source: str, is_state: bool) -> str:
    if is_state or _body_pattern().fullmatch(source.lower().removeprefix("the ")):
        return "official"
    return next((k for d in described if (k := kind_of(d.words))), NOT_SAID)


def kind_of(words: str) -> str:
    """What a description says that its bearer is; empty where it says nothing of the kind.

    >>> [kind_of(w) for w in ("Saudi Foreign Minister", "a law professor", "the club’s director")]
    ['official', 'expert', '']
    """
    low = " ".join(words.replace("-", " ").lower().split())
    if _CANDIDATE.search(low):
        return ""
    listed = _listed()
    for noun in _pattern().findall(low):
        kind = listed[noun]
        heads = low.removeprefix("the ").startswith(_OF_STATES) and " of " not in low
        if kind == "role" and not (heads or _of_state(words)):
            continue
        if kind in ("office", "role"):
            return "former official" if _FORMER.search(low) else "official"
        return kind
    return ""


def _of_state(words: str) -> bool:
    """Whether a description names a state or one of its bodies."""
    low = words.lower()
    return bool(actors.states_in(words)) or bool(_body_pattern().search(low))


@cache
def _listed() -> dict[str, str]:
    rows = lexicons.load("source_kinds")
    return dict(zip(rows["words"].str.replace("-", " "), rows["kind"], strict=True))


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_listed(), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?!\w)")


@cache
def _body_pattern() -> re.Pattern[str]:
    bodies = (*lexicons.load("state_bodies")["body"], *lexicons.listed("words_of_a_state"))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, bodies))})\b")
