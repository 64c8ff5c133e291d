"""Agency: what each actor is shown doing, and what is done to it.

Rows come from clauses (`helpers.grammar.clauses`) and from nouns that stand for a deed ("the
killing of …"), joined with the actors' mentions at the head of doer and done-to. Which deeds
escalate is data: `data/lexicons/en/verb_groups.csv`. Counting who acts on whom follows transitivity
analysis (Fowler et al. 1979, Language and Control), which also names what passives and
nominalisations hide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from helpers import lexicons, schema
from helpers.grammar.clauses import Predicate, Sentence
from helpers.grammar.clauses.factuality import is_denied, is_hypothetical
from helpers.lenses.agency.blaming import blame
from helpers.lenses.agency.counted import (
    VAGUE,
    any_somebody,
    is_bound,
    is_done_by_somebody,
    is_event,
    is_in_words,
    is_led,
)
from helpers.lenses.agency.nouns import Deed, deeds
from helpers.lenses.agency.processes import is_of_words, is_phase, process
from helpers.lenses.agency.sources import Actors, Tokens, with_mentions
from helpers.lenses.agency.verbs import group_of, prepositions, process_of, told_group, verb_of

__all__ = ["agency", "blame"]

_MORE = {
    "group": "str",
    "process": "str",
    "noun": "str",
    "negated": "bool",
    "hypothetical": "bool",
    "sentence_id": "int64",
    "mention_start": "int64",
    "mention_end": "int64",
    "construction": "str",
    "link": "str",
    "through": "str",
    "verb_start": "int64",
    "verb_end": "int64",
    "counted": "bool",
}
_COLUMNS = ["doc_id", "start", "end", "actor", "role", "predicate", "polarity", *_MORE]
# Links by which an argument stands in its own clause, so that it belongs to the clause's span.
_OWN = ("direct", "inverted")
_PREPOSITIONS = lexicons.words("verbs_as_prepositions")
_STATES = lexicons.words("state_participles")
_INSTRUMENTS = lexicons.words("instruments_of_states")
_OF_TITLES = lexicons.words("participles_of_titles")
_BEFORE_GERUNDS = lexicons.words("verbs_before_gerunds")
# Groups of deeds that are told as such where they are done to somebody ("released funds" frees
# nobody), that one which words cannot suffer ("shot down rumours"), and that which takes two.
_TO_SOMEBODY = lexicons.words("groups_done_to_somebody")
_ON_WHAT_IS = "attack"
_BETWEEN_TWO = "negotiate"
# Who enters, visits or leaves a place does nothing to it.
_TO_PLACES = lexicons.words("motion_to_places")


def agency(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per clause and actor in it, as doer (agent) or as done-to (patient).

    `predicate` is the verb's base form (with its particle: "bring down"), `group` and `polarity`
    are those of the verb list (missing for a verb it does not hold, and where the sense is open:
    `_group`), `process` is the kind of deed
    (`helpers.lenses.agency.processes`) and `noun` what tells it where the verb is light ("issued a
    *warning*"); `negated` marks "did not" and "lifted the ban", `hypothetical` what is not told as
    done (`grammar.clauses.factuality`); polarity stays the group's. Verbs that only begin or
    continue another deed ("went on to call") have no row. `construction` is active, passive,
    agentless passive, nominalisation or agentless nominalisation ("the killing of …", no killer
    named). `link` says how the actor came to the verb: direct, inverted ("said X"), recipient
    ("told X"), oblique ("met with X"), or taken over from a neighbour: conjunct, relative,
    control, participle. `through` holds the noun where the actor acts through its people ("Iranian
    *officials*"). `counted` marks what `helpers.lenses.agency.counted` lets into the counts.
    `start` and `end` enclose the verb and the arguments in its own clause.
    Boilerplate is left out; `voice` is for `helpers.lenses.quotes.add_voice`.
    """
    rows: list[tuple[Any, ...]] = []
    for one, found in with_mentions(articles, sentences, tokens, mentions):
        s = one.clauses()
        actors = Actors(one, found)
        for p in s.predicates:
            if not p.auxiliary and not _compound(one, p) and not _is_no_deed(s, p):
                rows += _clause_rows(one, s, p, actors)
        for deed in deeds(one, s, actors):
            rows += _deed_rows(one, deed)
    table = pd.DataFrame(rows, columns=_COLUMNS).astype(_MORE)
    table = table.drop_duplicates(["doc_id", "start", "actor", "role", "predicate"])
    place = table["doc_id"].map({doc: i for i, doc in enumerate(articles["doc_id"].tolist())})
    order = table.assign(place=place).sort_values(["place", "start", "end"], kind="stable")
    return schema.make("agency", order.drop(columns="place").reset_index(drop=True))


def _compound(one: Tokens, p: Predicate) -> bool:
    """Whether the verb ends a compound: a "U.S.-led mission" shows nobody being led."""
    at = p.start
    return at > 0 and one.words[at - 1] == "-" and one.ends[at - 1] == one.starts[at]


def _is_no_deed(s: Sentence, p: Predicate) -> bool:
    """A verb that leads to another, or a participle that only describes.

    "Went on *to call*"; "held *closed* talks", "seems *fixated* on", "was *focused* on",
    "is well *placed*";     "*following* the killing".
    """
    if is_phase(s, p):
        return True
    if p.passive and not p.agents and (p.lemma in _STATES or s.words[p.main - 1] == "well"):
        return True
    bare = p.start == p.main and not p.finite
    if bare and p.link == "participle" and s.words[p.main] in _OF_TITLES and _adjoins(s, p):
        return True
    describes = bare and p.link == "control" and (s.letters[p.main] == "e" or _modifies(s, p))
    return describes or (p.start == p.main and s.words[p.main].lower() in _PREPOSITIONS)


def _adjoins(s: Sentence, p: Predicate) -> bool:
    """Whether a noun without a determiner follows: "the *managing* director"."""
    return s.letters[p.end : p.end + 1] in ("n", "N")


def _modifies(s: Sentence, p: Predicate) -> bool:
    """Whether a form in -ing stands before the noun that a verb takes: "imposed *crippling* fees".

    Behind a verb that takes such a form it is a deed: "began attacking ships".
    """
    q = s.by_chunk.get(p.chunk - 1)
    if q is None or s.letters[p.main] != "g" or not p.object or p.object[0] != p.chunk + 1:
        return False
    bare = s.letters[s.starts[p.object[0]]] == "n"
    return bare and q.lemma not in _BEFORE_GERUNDS and not q.passive


def _clause_rows(
    one: Tokens, s: Sentence, p: Predicate, actors: Actors
) -> Iterator[tuple[Any, ...]]:
    found = [
        (role, link, mention, through)
        for role, spans, link in _roles(p)
        if role != "patient" or p.passive or p.lemma not in _TO_PLACES
        for a, b in spans
        for mention, through in actors.of(a, b)
        if role == "agent" or through not in _INSTRUMENTS  # a drone is shot, not its owner
    ]
    for a, b in _oblique(s, p):
        to = s.words[a - 1].lower() == "to"
        role, link = ("recipient", "recipient") if to else ("patient", "oblique")
        found += [(role, link, *of) for of in actors.of(a, b)]
    if not found:
        return
    verb = one.starts[p.start], one.ends[p.end - 1]
    own = [span for _, spans, how in _roles(p) if how in _OWN for span in spans]
    start = min([verb[0], *(one.starts[a] for a, _ in own)])
    end = max([verb[1], *(one.ends[b - 1] for _, b in own)])
    whole = verb_of(s, p)
    dismissed = whole == "fire" and any(actors.of(a, b) for a, b in p.patients)
    group, polarity = _group(s, p, "sack" if dismissed else whole, actors)
    if group == _BETWEEN_TWO and len({m.actor for _, _, m, _ in found}) < 2:
        group = polarity = None  # "met fans"
    kind, noun = process(s, p)
    denied, unreal = is_denied(s, p), is_hypothetical(s, p)
    real = kind == "material" and not denied and not unreal and is_event(s, p, whole, actors)
    real = real and (p.link != "control" or is_led(s, p))
    if real:
        real = not is_in_words(whole, *(
            [m for role, _, m, _ in found if (role == "agent") == does] for does in (True, False)
        ))  # fmt: skip
    to_somebody = real and is_done_by_somebody(s, p, whole, actors)
    deed = group, kind, noun, denied, unreal, one.sentence_id
    for role, link, m, through in found:
        done_to = "patient" if role == "recipient" else role
        counted = real if role == "agent" else to_somebody
        counted = counted and is_bound(s, p, role, link, m, through)
        yield (one.doc_id, start, end, m.actor, done_to, whole, polarity, *deed, m.start, m.end,
               _construction(p), link, through, *verb, counted)  # fmt: skip


def _group(
    s: Sentence, p: Predicate, verb: str, actors: Actors
) -> tuple[str | None, str | None]:
    """(group, polarity) of a clause's deed, neither where its words leave the sense open."""
    group, polarity = told_group(verb)
    done_to = [*p.patients, *_oblique(s, p)]
    told = p.object or p.relative_object or p.passive
    idle = group in _TO_SOMEBODY and told and not any_somebody(s, done_to, actors)
    idle = idle or (group == _ON_WHAT_IS and is_of_words(s, p))
    return (None, None) if idle else (group, polarity)


def _deed_rows(one: Tokens, deed: Deed) -> Iterator[tuple[Any, ...]]:
    group, polarity = group_of(deed.predicate)
    if deed.predicate == "fire" or (deed.predicate == "release" and not deed.patients):
        group = polarity = None  # of missiles, or of an aide; of papers
    construction = "agentless nominalisation" if deed.hidden else "nominalisation"
    kind = process_of(deed.predicate) or "material"
    counted = kind == "material" and deed.known and not deed.negated and not deed.hypothetical
    counted &= deed.predicate not in VAGUE
    counted &= not is_in_words(deed.predicate, deed.agents, deed.patients)
    for role, found in (("agent", deed.agents), ("patient", deed.patients)):
        for m in found:
            yield (one.doc_id, deed.start, deed.end, m.actor, role, deed.predicate, polarity,
                   group, kind, None, deed.negated, deed.hypothetical, one.sentence_id, m.start,
                   m.end, construction, "direct", None, *deed.noun, counted)  # fmt: skip


def _roles(p: Predicate) -> tuple[tuple[str, Sequence[tuple[int, int]], str], ...]:
    return (
        ("agent", p.agents, p.agent_link),
        ("patient", p.patients, p.patient_link),
        ("recipient", p.recipients, "recipient"),
    )


def _construction(p: Predicate) -> str:
    return "active" if not p.passive else "passive" if p.agents else "agentless passive"


def _oblique(s: Sentence, p: Predicate) -> list[tuple[int, int]]:
    """Done-tos behind a preposition that belongs to the verb: "met with", "retaliated against"."""
    known, whole = prepositions(), verb_of(s, p)
    wanted = known.get(p.lemma)
    if whole.rpartition(" ")[2] not in (wanted or ()):  # "called off talks", but "called on them"
        wanted = known.get(whole)
    if wanted is None or p.passive:
        return []
    j = (p.object[-1] if p.object else p.chunk) + 1
    while j < len(s.kinds) and s.kinds[j] in "RTPu":
        j += 1
    return s.spans(j + 1) if s.word(j) in wanted else []
