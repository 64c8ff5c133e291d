"""Who does what a verb without a subject says: control, participles, shared auxiliaries."""

from __future__ import annotations

from helpers.grammar.clauses.groups import (
    PREPOSITIONS,
    Predicate,
    Sentence,
    frame,
    governing_verb,
    group,
    group_start,
    is_person,
)
from helpers.grammar.clauses.subjects import NOBODY, Found, finite_subject
from helpers.lexicons import words

_AFTER_OBJECT = words("prepositions_after_objects")
_OF_TOPICS = words("prepositions_of_topics")


def nonfinite_subject(s: Sentence, p: Predicate) -> Found:
    """Control: who is to do what an infinitive says, or does what a participle says.

    A bare base form behind a mark may be a present tense: "officials, in fact, insist".
    """
    found = _nonfinite(s, p)
    if not found[0] and s.letters[p.start] == "v" and s.kinds[p.chunk - 1 : p.chunk] in (*",:R",):
        present = finite_subject(s, p)
        if present[1] == "direct" and present[0][-1] < p.chunk:
            p.finite = True
            return present
    return found


def _nonfinite(s: Sentence, p: Predicate) -> Found:
    kinds, letter = s.kinds, s.letters[p.start]
    j = p.chunk - 1
    while j >= 0 and kinds[j] in ("RuT" if letter in "vg" else "Ru"):
        j -= 1
    if j < 0:
        return NOBODY
    kind = kinds[j]
    if kind == "V":
        q = s.by_chunk[j]
        return (q.subject, "control") if q.subject else NOBODY
    if kind == "G":
        return _infinitive(s, p, j) if letter in "tvbhk" else (group(s, j), "participle")
    if kind == "&" or (kind == "," and letter in "vbhk"):
        return _conjunct(s, p)
    if (letter in "gyei" and kind in ",:") or (letter in "gy" and kind == '"'):
        return _of_main_clause(s, p, j)
    if letter in "gyi" and kind in PREPOSITIONS:
        return _gerund(s, j)
    return NOBODY


def _infinitive(s: Sentence, p: Predicate, j: int) -> Found:
    """Behind noun group `j`: "told Ann to go", "saw Ann go", "has a plan to go"."""
    letter = s.letters[p.start]
    governor = governing_verb(s, j)
    if governor is None and letter == "v":
        p.finite = True  # "Ann put …" with the tag of the base form
        return finite_subject(s, p)
    if governor is None and s.word(j - 1) == "for":
        return group(s, j), "control"  # "it is time for Ann to go"
    if governor is None or (letter != "t" and governor.lemma not in frame("bare")):
        return NOBODY
    purpose = governor.object and letter == "t" and not _may_act(s, j)
    if purpose or governor.lemma in frame("subject control"):
        return governor.subject, "control"
    return governor.object or group(s, j), "control"


def _may_act(s: Sentence, j: int) -> bool:
    """Whether a noun group names somebody who may be told to do something."""
    return s.letters[s.starts[j]] == "p" or s.is_name(j) or is_person(s.head(j))


def _conjunct(s: Sentence, p: Predicate) -> Found:
    shared = coordinate(s, p)
    if shared is None:
        return NOBODY
    p.finite = shared.finite
    return shared.subject, "conjunct" if shared.finite else shared.link


def _gerund(s: Sentence, j: int) -> Found:
    """Behind preposition `j`: "accused him of lying", "left without saying"."""
    q = next((q for q in reversed(s.predicates) if q.chunk < j and (q.subject or q.object)), None)
    if q is None:
        return NOBODY
    if q.object and s.word(j) in _AFTER_OBJECT:  # "blamed him for leaving"
        return q.object, "control"
    if s.kinds[j - 1] == "G" and s.word(j) in _OF_TOPICS:  # "a remark on leaving": nobody leaves
        lectured = q.object and q.object[-1] == j - 1 and _may_act(s, j - 1)
        return (q.object, "control") if lectured else NOBODY
    return q.subject, "participle"


def coordinate(s: Sentence, p: Predicate) -> Predicate | None:
    """The earlier verb that shares its auxiliary with this one ("was tried and hanged")."""
    letter = s.letters[p.main]
    for q in s.before(p):
        if s.letters[q.main] == letter and (q.start < q.main or not q.finite):
            return q if q.subject else None
    return None


def _of_main_clause(s: Sentence, p: Predicate, j: int) -> Found:
    """A participle behind a mark: "Ann, accused of theft,", "Ann left, slamming the door"."""
    k = j - 1
    beside = k >= 0 and s.kinds[k] == "G"
    if beside and s.letters[p.start] == "e":
        hangs = k > 0 and s.kinds[k - 1] in PREPOSITIONS
        return NOBODY if hangs else (group(s, k), "participle")
    here = s.inside[p.chunk]
    for q in s.before(p):
        if q.chunk < j and q.finite and q.subject and s.inside[q.chunk] in (0, here):
            return q.subject, "participle"
    beside = beside and s.inside[k] in (0, here)
    return ([k], "participle") if beside else NOBODY


def _opens_main_clause(s: Sentence, p: Predicate, q: Predicate) -> bool:
    """Whether the subject of verb `q` stands behind a comma that ends the phrase of `p`."""
    if not (q.finite and q.subject and q.link in ("direct", "inverted")):
        return False
    if s.inside[q.chunk] != s.inside[p.chunk]:
        return False
    first = q.subject[0] if q.subject[0] < len(s.kinds) else q.chunk - 1
    _, comma, opening = s.kinds[p.chunk : group_start(s, first)].rpartition(",")
    return bool(comma) and not set(opening) & set("wQasV&")


def fill_fronted(s: Sentence) -> None:
    """Participles before their subject: "After meeting Ann, Bob left".

    A clause within the participle's phrase does not give it: "Calling a show Ann likes, Bob left".
    """
    for i, p in enumerate(s.predicates):
        if p.link or p.finite or s.letters[p.start] not in "gyei":
            continue
        if s.kinds[p.chunk - 1 : p.chunk] in ("a", "w", "Q", "V"):
            continue  # "thinks that closing them helps, he says"
        if s.letters[p.start] == "e" and any(q.finite for q in s.before(p)):
            continue
        later = next((q for q in s.predicates[i + 1 :] if _opens_main_clause(s, p, q)), None)
        if later is not None:
            p.subject, p.link = later.subject, "participle"
            spans = [(s.starts[j], s.ends[j]) for j in p.subject]
            if p.passive:
                p.patients, p.patient_link = spans, p.link
            else:
                p.agents, p.agent_link = spans, p.link
