"""What the words beside a name say of its bearer: an office, an expert, and for whom he stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from helpers import lexicons
from helpers.lenses import actors
from helpers.spread import stated
from helpers.spread.material import Material

FORMER = "former official"
KINDS_OF_PERSONS = ("official", FORMER, "expert", "witness")
_DESCRIBED = frozenset(("before", "apposition", "predicate"))
_CANDIDATE = re.compile(r"\b(?:candidate|nominee|hopeful|campaign|strategist|super pac)\b", re.I)
_OF_STATES = ("president", "secretary")
"""Roles that are an office where no other body stands beside them."""
_FORMER = re.compile(r"\b(?:former|ex|then|late|retired|onetime|erstwhile|served as)\b")
_NOW = re.compile(r"\b(?:now|current|currently|sitting|acting|incumbent)\b")
_SEVERAL = re.compile(r"\b(Sen|Rep|Gov)s\.")
_OWNER = re.compile(r"[^,;]*?\w[’']s?\s+[a-z]")
"""A person's name with what is hers: "Orr's lawyer", but not "Orr and others"."""
_PARTS = re.compile(r"\s+and\s+|\s*[,;]\s*|\s+who\s+")
ASIDE = 130
"""Characters on both sides of a name in which it may be said what its bearer is."""
AROUND = 40
"""Characters on both sides of a name in which a party may stand."""


@dataclass(frozen=True)
class Description:
    """Words beside a name, with the state or the party in them."""

    words: str
    camp: str
    titles: bool
    """Whether they stand right before the name."""
    shown: str = ""
    """The words as they are shown to a reader."""


Said = dict[str, dict[str, list[Description]]]
"""Actor → article → what stands beside the name there, in the order of the text."""


def read(
    words: str, *, name: str = "", party: str = "", titles: bool = False, shown: str = ""
) -> Description:
    """What a description says; the bearer's own name in it is no country.

    >>> read("police chief Ann Jordan", name="Ann Jordan").camp, read("Norwegian envoy").camp
    ('', 'Norway')
    >>> read("envoy for Norway").camp, read("spokesman for Norway").camp
    ('', 'Norway')
    """
    bare = _SEVERAL.sub(r"\1.", _without(words, name) if name else words)
    held = stated.head(bare)
    states = actors.states_in(held)
    parties = {found for each in held.split(" and ") if (found := actors.party_of(each))}
    camp = party or (states[0] if states else "")
    if len(parties) == 1 and not party:
        camp = min(parties)
    return Description(bare, camp, titles, shown)


def descriptions(m: Material) -> Said:
    """What the articles say beside each person's name: titles, appositions, "(R-Ohio)"."""
    found: dict[str, dict[str, list[tuple[int, Description]]]] = {}
    ended: dict[str, int] = {}
    rows = m.story.mentions.dropna(subset=["actor"])
    rows = rows[(rows["actor_type"] == "person") & rows["kind"].isin(["name", "title"])]
    named = rows[rows["kind"] == "name"]
    names = {str(doc): set(of["start"].tolist()) for doc, of in named.groupby("doc_id")}
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "text", "actor", "kind"))
    for doc, start, end, words, actor, kind in zip(*columns, strict=True):
        if doc in m.articles:
            text = m.articles[doc]["text"]
            party = actors.party_behind(text[end : end + AROUND])
            party = party or actors.party_before(text[max(start - AROUND, 0) : start])
            lead = text[max(start - AROUND, ended.get(doc, 0), 0) : start]
            ended[doc] = end
            if lead.endswith((" a ", " an ")):  # "the hopes of a President Orr"
                continue
            title = stated.title(words, actor, lead)
            title = title if kind == "name" else ""
            here = found.setdefault(actor, {}).setdefault(doc, [])
            here.append((start, read(words, name=actor, party=party, titles=kind == "name",
                                     shown=title)))  # fmt: skip
            if kind == "name":
                beside = _own(stated.behind(text[end : end + ASIDE]), text, end, actor, names[doc])
                first, _, more = words.partition(" ")
                full = bool(more) and first.lower().rstrip(".") not in stated.HONORIFICS
                beside += [stated.before(text[max(start - ASIDE, 0) : start], full=full)]
                here += [(start, read(each, shown=each)) for each in beside if each]
    named = m.namings[m.namings["part"].isin(_DESCRIBED)]
    columns = (named[c].tolist() for c in ("doc_id", "start", "text", "actor", "part"))
    for doc, start, words, actor, part in zip(*columns, strict=True):
        if doc in m.articles and actor in found:
            said = read(words, titles=part == "before")
            found[actor].setdefault(doc, []).append((start, said))
    return {
        actor: {doc: [d for _, d in sorted(of, key=lambda f: f[0])] for doc, of in docs.items()}
        for actor, docs in found.items()
    }


def _own(
    asides: Iterable[str], text: str, end: int, actor: str, names: Collection[int]
) -> list[str]:
    """The asides behind a name that ends at ``end``, up to one that is another's.

    It begins with another's name, or has the bearer's own once more: "Orr, Bolt and others", "Orr
    of Bolt", "Orr, her chief Ann Orr"; but "Orr, Bolt’s lawyer".
    """
    found: list[str] = []
    for aside in asides:
        at = text.find(aside, end)
        at += len("of ") if aside.startswith("of ") else 0
        if actor in aside or (at in names and not _OWNER.match(aside)):
            break
        found.append(aside)
    return found


def camp_of(found: Mapping[str, Sequence[Description]], doc: str) -> str:
    """The state or party that most descriptions name: of the article, else of the story.

    A party comes before a state: a "U.S. Representative" speaks for his party.
    """
    here = [d.camp for d in found.get(doc, ()) if d.camp]
    every = [d.camp for each in found.values() for d in each if d.camp]
    told = ([camp for camp in camps if camp in _parties()] for camps in (here, every))
    return next((_most(camps) for camps in told if camps), "") or _most(here or every)


@cache
def _parties() -> frozenset[str]:
    return frozenset(lexicons.load("party_words")["party"])


def shown_of(found: Mapping[str, Sequence[Description]], doc: str) -> str:
    """What an article states of a person, in its words: title, place, description and party.

    >>> told = [read("", titles=w == "Sen.", shown=w) for w in ("Sen.", "D-Ohio")]
    >>> shown_of({"a": told}, "a"), shown_of({"a": told}, "b")
    ('Sen., D-Ohio', '')
    """
    here = [d for d in found.get(doc, ()) if d.shown]
    titles = [d.shown for d in here if d.titles]
    return stated.summary(titles, [d.shown for d in here if not d.titles])


def kind_in(found: Mapping[str, Sequence[Description]], doc: str, near: Iterable[str]) -> str:
    """What a person is: by titles before the name, then by what else the article says.

    Articles ``near`` in time decide between two offices: who is "the former senator" here and
    "Secretary of State" there holds an office, and "Ambassador Orr" none where another article
    calls her the former ambassador.
    """
    here = found.get(doc, ())
    beside = [d for each in near if each != doc for d in found.get(each, ())]
    past = {s.noun for d in (*here, *beside) for s in says(d.words) if s.kind == FORMER}
    titles = [d for d in here if d.titles]
    title = _most(_kinds(titles, past))
    kind = title or _most(_kinds(here, past))
    if kind == FORMER:
        others = _most(_kinds((d for d in beside if d.titles), past))
        return others or kind
    return kind


class Says(NamedTuple):
    """What one part of a description says: a kind, by which noun."""

    kind: str
    noun: str


def kind_of(description: str) -> str:
    """What a description says that its bearer is; empty where it says nothing of the kind.

    Of an office that is held and one that was, the one that is held tells.

    >>> [kind_of(w) for w in ("Saudi Foreign Minister", "a law professor", "the club’s director")]
    ['official', 'expert', '']
    """
    return _first(says(description))


_OF_ONE_KIND = re.compile(r"\bfellow (?!(?:at|of|with|in|for|and)\b)(?=\w)")
"""The word that makes nobody an expert: "fellow Republicans"."""


def _first(found: Sequence[Says]) -> str:
    kinds = [each.kind for each in found]
    return "official" if "official" in kinds else next(iter(kinds), "")


@cache
def says(description: str) -> tuple[Says, ...]:
    """What each part of a description says that its bearer is or was.

    >>> [s.kind for s in says("former senator and now governor")]
    ['former official', 'official']
    >>> says("fellow Republicans"), [s.kind for s in says("a fellow at a think tank")]
    ((), ['expert'])
    """
    if _CANDIDATE.search(description):
        return ()
    of_state, former, found = _of_state(description), False, []
    low = _OF_ONE_KIND.sub("", " ".join(description.replace("-", " ").lower().split()))
    at = 0
    for stop in [*_PARTS.finditer(low), None]:
        part = low[at : stop.start() if stop else len(low)]
        said, over = _part(part, of_state)
        former = over or (former and not _NOW.search(part))
        if said:
            found.append(Says(FORMER, said.noun) if said.kind == "official" and former else said)
        if stop:
            at = stop.end()
            former = former and stop[0].strip() == "and"
    return tuple(found)


def _part(low: str, of_state: bool) -> tuple[Says | None, bool]:
    """What one part of a description says, and whether it says that this is over."""
    listed, past = _listed(), _FORMER.search(low)
    for noun in _pattern().finditer(low):
        kind = listed[noun[0]]
        heads = low.removeprefix("the ").startswith(_OF_STATES) and " of " not in low
        if kind == "role" and not (heads or of_state):
            continue
        over = past is not None and past.start() < noun.start()
        return Says("official" if kind in ("office", "role") else kind, noun[0]), over
    return None, past is not None


def is_body(words: str) -> bool:
    """Whether words are a body of a state and nothing else.

    >>> is_body("the Senate"), is_body("the ferry club")
    (True, False)
    """
    low = words.lower().removeprefix("the ")
    return low != "agency" and bool(_bodies().fullmatch(low))  # an agency may be one of news


def named_body(source: str) -> str:
    """The words for a state's body where they are its name; else empty.

    >>> named_body("the White House"), named_body("White House officials"), named_body("it")
    ('White House', '', '')
    """
    bare = re.sub(r"^the\s+", "", source.strip(), flags=re.I)
    if not bare[:1].isupper():
        return ""
    return bare if bare in _houses() or bare.endswith(" administration") or is_body(bare) else ""


def _of_state(words: str) -> bool:
    """Whether a description names a state or one of its bodies."""
    return bool(actors.states_in(words)) or bool(_bodies().search(words.lower()))


def _without(words: str, name: str) -> str:
    """A description without the name at its end."""
    parts, known = words.split(), set(name.split())
    while parts and (parts[-1] in known or re.fullmatch(r"[A-Z]\.", parts[-1])):
        parts.pop()
    return " ".join(parts)


def _kinds(described: Iterable[Description], past: Collection[str]) -> Iterator[str]:
    """The kind that each description says; an office of the ``past`` is none that is held."""
    for each in described:
        said = [
            Says(FORMER, s.noun)
            if s.kind == "official" and any(s.noun in over for over in past)
            else s
            for s in says(each.words)
        ]
        if kind := _first(said):
            yield kind


def _most(found: Iterable[str]) -> str:
    """The most frequent one, of equals the first; empty of none."""
    counts = Counter(found)
    return max(counts, key=lambda each: counts[each]) if counts else ""


@cache
def _listed() -> dict[str, str]:
    rows = lexicons.load("source_kinds")
    return dict(zip(rows["words"].str.replace("-", " "), rows["kind"], strict=True))


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_listed(), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?!\w)")


@cache
def _bodies() -> re.Pattern[str]:
    bodies = (*lexicons.load("state_bodies")["body"], *lexicons.listed("words_of_a_state"))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, bodies))})\b")


@cache
def _houses() -> frozenset[str]:
    rows = lexicons.load("metonyms")
    return frozenset(rows.loc[rows["kind"] == "house", "form"])
