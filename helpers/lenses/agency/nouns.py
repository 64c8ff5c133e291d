"""Deeds said with a noun: "X's attack on Y", "the killing of Y", which hides the killer.

Which nouns, for which verb, with which preposition before the done-to, and whether a possessor is
the doer ("X's attack") or the done-to ("X's arrest") is data (`nominalisations.csv`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence, frame
from helpers.grammar.clauses.factuality import is_hypothetical_noun
from helpers.grammar.clauses.groups import PREPOSITIONS, waits
from helpers.lemmas import lemma
from helpers.lenses.agency.sources import Actors, Mention, Tokens
from helpers.lenses.agency.verbs import group_of, prepositions, verb_of

_LEADING_ON = lexicons.words("deed_prepositions")
_DEFINITE = lexicons.words("definite_openers")
_FAVOURS = frozenset(("favor", "favour"))
_PLAIN = frozenset(("JJ", "HYPH", "CD"))
# Groups of deeds whose done-to may stand before the noun without a possessive: "the Hale killing",
# but "the U.S. election".
_FOR_SOMEBODY = ("help", "release", "support")
_ON_PERSONS = ("attack", "detain", "oust")


class Deed(NamedTuple):
    """One deed noun with its doers and done-tos; `hidden` when nobody is named as doer.

    `hypothetical` when the deed is not told as done ("the threat of an attack"), `known` when it is
    one that the reader knows of ("the attack", "Alba's attack") or that a past tense tells.
    """

    predicate: str
    start: int
    end: int
    noun: tuple[int, int]
    agents: list[Mention]
    patients: list[Mention]
    hidden: bool
    negated: bool
    hypothetical: bool
    known: bool


class _Entry(NamedTuple):
    verb: str
    prepositions: frozenset[str]
    possessor: str


def deeds(one: Tokens, s: Sentence, actors: Actors) -> Iterator[Deed]:
    """The deed nouns of a sentence that have an actor as doer or done-to."""
    for j, kind in enumerate(s.kinds):
        if kind != "G" or s.letters[s.ends[j] - 1] != "n":
            continue
        b = s.ends[j]
        entry = _entry(one.words[b - 1])
        if (
            entry is not None
            and not _is_title(one, s.starts[j], b)
            and (deed := _deed(one, s, actors, j, entry)) is not None
        ):
            yield deed


def _deed(one: Tokens, s: Sentence, actors: Actors, j: int, entry: _Entry) -> Deed | None:
    a, b = s.starts[j], s.ends[j]
    owners = actors.inside(a, b)
    if not _owns(one, owners, b - 1, own=group_of(entry.verb)[0] == "negotiate"):
        owners = []  # "the Alba troop withdrawal": it is not Alba that withdraws
    patients, agents, last = _behind(one, s, actors, j, entry.prepositions)
    owned_so = "S" in s.letters[a:b] or s.tags[a] == "PRP$"
    if j and owned_so and s.word(j - 1) == "to" and group_of(entry.verb)[0] in _FOR_SOMEBODY:
        return None  # "came to Alba's aid"
    named_after = not owned_so and any(m.person for m in owners)
    if named_after and not patients:  # "the Hale strike" hit him, "the Hale meeting" was with him
        patients = owners if group_of(entry.verb)[0] in _ON_PERSONS else []
    elif entry.possessor == "patient" and not patients and not _is_completed(s, j, entry):
        patients = owners if owned_so or group_of(entry.verb)[0] in _ON_PERSONS else []
    elif not named_after and (entry.possessor != "unclear" or _is_completed(s, j, entry)):
        agents = agents or owners
    negated = False
    verb = next((p for p in s.predicates if j in p.object), None)
    if verb is not None:
        whole = verb_of(s, verb)
        if patients and whole in prepositions():
            return None  # "imposed sanctions on Y": the verb's own clause says it
        negated = verb.negated or whole in frame("reversal")
        if verb.lemma in frame("light"):
            agents = agents or actors.all_of(verb.agents)
    if entry.verb == "elect":  # "Alba's elections" elect somebody else
        patients = [m for m in patients if m.person]
    if not agents and not patients:
        return None
    owned = entry.possessor == "agent" and owned_so
    return Deed(
        entry.verb,
        one.starts[a],
        one.ends[last],
        (one.starts[b - 1], one.ends[b - 1]),
        agents,
        patients,
        not agents and not owned,
        negated,
        is_hypothetical_noun(s, j, verb),
        owned_so or one.words[a].lower() in _DEFINITE or _is_told(s, j, verb),
    )


def _is_title(one: Tokens, a: int, b: int) -> bool:
    """Whether a noun belongs to a title inside its sentence: "her book Harbour *Capture*"."""
    title = one.words[b - 1].istitle() and b - 2 >= a and one.words[b - 2].istitle()
    return title and any(w.islower() for w in one.words[:a])


def _is_told(s: Sentence, j: int, verb: Predicate | None) -> bool:
    """Whether a past tense tells the deed: "made an attack", "an attack killed them"."""
    q = verb or s.by_chunk.get(j + 1)
    return q is not None and q.finite and s.tags[q.start] == "VBD" and s.kinds[j - 1 : j] != "t"


def _owns(one: Tokens, owners: list[Mention], head: int, *, own: bool) -> bool:
    """Whether the actor before a deed noun is the noun's own: a possessive, or adjacent.

    With ``own`` a possessive alone will do: "the palace meeting" is none of the palace.
    """
    if not owners:
        return False
    tags = [one.tags[i] for i in range(head) if one.starts[i] >= owners[-1].end]
    if one.tags[head - len(tags) - 1] == "PRP$" or tags[:1] == ["POS"]:
        return True
    return not own and _PLAIN.issuperset(tags)


def _opens(s: Sentence, j: int) -> bool:
    """Whether a noun group is a subject that still waits for its verb."""
    return waits(s, j) and (j == 0 or s.kinds[j - 1] not in PREPOSITIONS)


def _is_completed(s: Sentence, j: int, entry: _Entry) -> bool:
    """Whether a done-to stands behind the noun, whoever it is: "Alba's arrest *of clerks*"."""
    return s.kinds[j + 2 : j + 3] == "G" and s.word(j + 1) in entry.prepositions


def _behind(
    one: Tokens, s: Sentence, actors: Actors, j: int, wanted: frozenset[str]
) -> tuple[list[Mention], list[Mention], int]:
    """(done-tos, doers, last token) of the phrases behind a deed noun."""
    patients: list[Mention] = []
    agents: list[Mention] = []
    last = s.ends[j] - 1
    k, open_ = j + 1, True
    while k + 1 < len(s.kinds) and s.kinds[k] in "IfYt" and s.kinds[k + 1] == "G":
        word = s.word(k)
        spans = s.spans(k + 1)
        if s.kinds[k + 2 : k + 3] == ",":
            spans = spans[:1]  # "after the killing of Ann, Bob and Carl left"
        elif s.kinds[k + 2 : k + 4] == "&G" and len(spans) == 1 and _opens(s, j):
            spans = s.spans(k + 1) + s.spans(k + 3)  # "the killing of Ann and Bob shook them"
        found = actors.all_of(spans)
        if s.head(k + 1) in _FAVOURS:
            break  # "meddled in the election in favour of Ann"
        if word == "by" and not agents:
            agents = found
        elif word in wanted and open_:
            patients, open_ = found, False  # not "the election of a mayor *of Rome*"
        elif word not in _LEADING_ON:
            break
        k = s.coordination(k + 1)[-1] + 1
        if found:
            last = s.ends[k - 1] - 1
    return patients, agents, last


@lru_cache(maxsize=8192)
def _entry(word: str) -> _Entry | None:
    listed, low = _listed(), word.lower()
    return listed.get(low) or listed.get(lemma(low, "NNS"))


@cache
def _listed() -> dict[str, _Entry]:
    table = lexicons.load("nominalisations").fillna("")
    rows = zip(table["noun"], table["lemma"], table["preposition"], table["possessor"], strict=True)
    return {
        noun: _Entry(verb, frozenset(words.split()), possessor)
        for noun, verb, words, possessor in rows
    }
