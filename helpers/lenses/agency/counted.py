"""Which deeds enter the counts: what the author tells as one event, with the one who did it.

A row that stays out of the counts stays in the table. Asked is that a deed shown as done was done,
so a row counts only in constructions of which that was mostly right when they were read; what a
present tense tells is mostly a habit or an office ("runs a firm"), a verb of many senses ("came
under fire", "gave no sign") tells its deed with the words behind it, and where a thing is the doer
("the rules gave her a say") nobody did anything to anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.grammar.clauses.factuality import is_reported
from helpers.lemmas import lemma
from helpers.lenses.agency.sources import Actors, Mention
from helpers.lenses.agency.verbs import group_of

VAGUE = lexicons.words("verbs_of_many_senses")
_EVENTS = lexicons.words("nouns_of_events")
_IN_WORDS = lexicons.words("verbs_of_attack_in_words")
_NEED_AN_OBJECT = frozenset(("attack", "appoint", "detain"))
_ALONE = frozenset(("assail", "attack", "batter", "challenge"))
_PHASES = lexicons.words("phase_verbs")
_LEADING = _PHASES | lexicons.words("implicative_verbs")
_PERSONAL = lexicons.words("pronouns_of_persons")
_BODIES = lexicons.words("nouns_of_bodies") | lexicons.words("neutral_polity_nouns")
_PEOPLE = lexicons.words("nouns_of_people")
_FORCES = lexicons.words("forces_of_nature")
_PEOPLE_ENDS = ("ists", "ers", "ors", "ians", "men", "women", "man", "woman", "ist")
_ENDS = frozenset(".?!")


def is_event(s: Sentence, p: Predicate, verb: str, actors: Actors) -> bool:
    """Whether a clause tells one deed that happened, not a state, a habit or a standing rule.

    The present tense tells events in headlines alone, which no full stop ends.
    """
    particle = s.letters[p.end - 1] == "P" and p.end - 1 > p.main
    if particle and verb == p.lemma:
        return False  # "opened up to her", "picked up on it"
    if verb in VAGUE and not _is_of_event(s, p):
        return False
    if _is_set_apart(s, p) or _is_in_title(s, p) or is_reported(s, p):
        return False
    met = p.lemma == "meet" and bool(p.patients)
    if _shares_subject(s, p) or (met and not any_somebody(s, p.patients, actors)):
        return False  # "met the deadline", "a threshold met by both"
    if group_of(verb)[0] in _NEED_AN_OBJECT and not (p.passive or p.object or p.relative_object):
        return False  # "crushed in the north": an election; "seized on the remark"
    if verb == "leave" and (s.letters[p.end : p.end + 1] == "J" or _is_aside(s, p)):
        return False  # "left open what it costs"; "Ann, left, greets Bob", in a caption
    one = actors.one
    present = one.tags[p.start] in ("VBZ", "VBP") and s.letters[p.main] != "g"
    past = one.words[p.main].lower() != p.lemma  # "shot", tagged as a present tense
    present &= one.tags[p.start] == "VBZ" or p.passive or not past
    simple = p.start == p.main or (p.passive and s.letters[p.start] == "B")
    return not (present and simple) or not _ENDS.intersection(one.words[-2:])


def is_bound(
    s: Sentence, p: Predicate, role: str, link: str, m: Mention, through: str | None
) -> bool:
    """Whether an actor hangs on its verb in a way that was mostly right when it was read.

    Who does what a participle says ("he left, *slamming* the door") was right in 12 of 25 rows.
    """
    if role == "recipient":
        return m.person  # "sent ships to Alba"
    if link == "conjunct":
        return _is_joined(s, p)
    if link == "relative" and role == "agent":
        return _is_near(s, p, m, through)
    return link != "participle"


def is_led(s: Sentence, p: Predicate) -> bool:
    """Whether the verb before an infinitive or a form in -ing says that it came about.

    "Managed to leave", "began leaving", "was fined for leaving", but not "made leaving a habit".
    """
    q = s.by_chunk.get(len(s.kinds[: p.chunk].rstrip("Ru")) - 1)
    return q is None or q.lemma in (_PHASES if s.letters[p.start] == "g" else _LEADING)


def is_done_by_somebody(s: Sentence, p: Predicate, verb: str, actors: Actors) -> bool:
    """Whether a person, a body or an actor does it, or a passive leaves open who.

    What does violence ("the strike that killed them") is somebody's deed too.
    """
    if any(not _FORCES.isdisjoint(w.lower() for w in s.words[a:b]) for a, b in p.agents):
        return False  # "Hurricane Ann struck Alba"
    if (p.passive and not p.agents) or (group_of(verb)[0] == "attack" and verb not in _IN_WORDS):
        return True
    return any_somebody(s, p.agents, actors)


def is_in_words(verb: str, doers: Sequence[Mention], done_to: Sequence[Mention]) -> bool:
    """Whether an attack may be one in words, as it often is where a person attacks.

    Where nobody is named who does it, "attacked" and "challenged" a person are words too.
    """
    alone = verb in _ALONE and any(m.person for m in done_to)
    return verb in _IN_WORDS and (alone or any(m.person for m in doers))


def _is_joined(s: Sentence, p: Predicate) -> bool:
    """Whether "and" joins a past tense to another, with its subject: "shot and fled"."""
    before = s.kinds[: p.chunk].rstrip("Ru")
    other = next(s.before(p), None)
    alike = other is not None and s.tags[other.start] == s.tags[p.start]
    past = s.tags[p.start] == "VBD"
    if other is not None and other.passive and not p.object:
        return False  # "was fined and *sentenced*", with a participle tagged as a past tense
    return past and alike and before.endswith("&") and s.word(len(before) - 1) == "and"


def _is_near(s: Sentence, p: Predicate, m: Mention, through: str | None) -> bool:
    """Whether a relative pronoun fits what stands before it: "who" a person, "that" a body.

    "A clerk of the Alban Bank, who left" is the clerk, "a raid on an Alban envoy that hurt" the
    raid.
    """
    who = "who" in (w.lower() for w in s.words[max(p.start - 3, 0) : p.start])
    return who == (m.person or through is not None)


def _is_of_event(s: Sentence, p: Predicate) -> bool:
    """Whether the object of a verb of many senses names an event: "held a *rally*"."""
    held = [j for j in p.object if j < len(s.kinds)]
    at = s.ends[held[-1]] - 1 if held else -1
    return at >= 0 and lemma(s.words[at].lower(), s.tags[at]) in _EVENTS


def _is_set_apart(s: Sentence, p: Predicate) -> bool:
    """Whether a mark other than a comma stands between the verb and its subject: "Ann; leave"."""
    held = [j for j in p.subject if j < p.chunk]
    return bool(held) and p.start == p.main and s.kinds[p.chunk - 1] == ":"


def _is_aside(s: Sentence, p: Predicate) -> bool:
    """Whether a verb stands alone between commas."""
    return s.kinds[p.chunk - 1 : p.chunk] == s.kinds[p.chunk + 1 : p.chunk + 2] == ","


def _shares_subject(s: Sentence, p: Predicate) -> bool:
    """Whether two verbs claim one subject, which is then mostly the first one's alone.

    "Dorn, whose brother, Carver, was mayor, *left*": the first one's clause stands in between.
    """
    before = (q for q in s.before(p) if q.finite and q.link == p.link == "direct")
    return any(q.subject and q.subject == p.subject for q in before)


def _is_in_title(s: Sentence, p: Predicate) -> bool:
    """Whether a form in -ing has a capital inside its sentence: the novel “Leaving Alba”."""
    word = s.words[p.main]
    inside = p.start > 0 and s.letters[p.start] == "g"
    return inside and word.istitle() and any(w.islower() for w in s.words[: p.start])


def any_somebody(s: Sentence, spans: Sequence[tuple[int, int]], actors: Actors) -> bool:
    """Whether a person, a body or an actor is among the spans."""
    return any(_is_somebody(s, a, b, actors) for a, b in spans)


def _is_somebody(s: Sentence, a: int, b: int, actors: Actors) -> bool:
    word = s.words[b - 1].lower()
    if s.tags[b - 1].startswith("NNP") or word in _PERSONAL or actors.of(a, b):
        return True
    noun = lemma(word, s.tags[b - 1])
    return s.tags[b - 1] in ("NN", "NNS") and (noun in _people() or word.endswith(_PEOPLE_ENDS))


@cache
def _people() -> frozenset[str]:
    names = ("anonymous_sources", "representatives", "describing_nouns")
    listed = (noun for name in names for noun in lexicons.load(name)["noun"])
    return frozenset(listed) | _BODIES | _PEOPLE
