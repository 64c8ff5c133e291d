"""Whether a deed is told as done, or as wished, planned, feared, possible or asked about.

After the distinction of facts and possibilities in FactBank (Saurí and Pustejovsky 2009): modal
verbs, conditions, questions, infinitives and -ing forms that a verb of wanting, asking or
preventing governs. What is denied is told apart from it (`negated`).
"""

from __future__ import annotations

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.lemmas import lemma

_IMPLICATIVE = lexicons.words("implicative_verbs")
_REALISED = lexicons.words("realised_before_infinitive")
_CONDITIONS = lexicons.words("conditional_openers")
_OF_FACTS = lexicons.words("prepositions_of_deeds_done")
_MODIFIERS = lexicons.words("unreal_modifiers")
_GOVERNORS = lexicons.words("unreal_governors")
_NOUNS = lexicons.words("unreal_nouns")


def is_hypothetical(s: Sentence, p: Predicate) -> bool:
    """Whether a clause is not told as something that happens or has happened."""
    if _asked(s, p.chunk) or "M" in s.letters[p.start : p.end] or _modal_before(s, p):
        return True
    if p.finite:
        return _in_condition(s, p)
    if p.link == "conjunct":
        return any(is_hypothetical(s, q) for q in _beside(s, p))
    letter = s.letters[p.start]
    if letter == "t":
        return _of_infinitive(s, p)
    if letter in "vbhk":  # "helped Ann leave"
        governor = next((q for q in s.before(p) if not q.auxiliary), None)
        return governor is not None and is_hypothetical(s, governor)
    return letter in "giy" and _of_gerund(s, p)


def is_hypothetical_noun(s: Sentence, j: int, verb: Predicate | None) -> bool:
    """The same of the deed that the head of noun group ``j`` stands for."""
    if _asked(s, j) or any(w.lower() in _MODIFIERS for w in s.words[s.starts[j] : s.ends[j]]):
        return True
    if verb is not None:
        return verb.lemma in _GOVERNORS or is_hypothetical(s, verb)
    before = s.word(j - 1) if j else ""
    if before == "of" and j > 1 and s.kinds[j - 2] == "G":
        return _noun(s, j - 2) in _NOUNS
    return before in ("against", "for") and j > 1 and _governed_by(s, j - 2)


def _asked(s: Sentence, chunk: int) -> bool:
    """Whether a question mark belongs to the clause: not to a quotation that ends in one."""
    if "?" not in s.words[-2:]:
        return False
    return s.words[-1] == "?" or not any(s.inside) or bool(s.inside[chunk])


def _modal_before(s: Sentence, p: Predicate) -> bool:
    """An auxiliary that was cut off from its verb: "could, he said, attack", "could attack"."""
    front = s.by_chunk.get(p.chunk - 1)
    if front is None and p.chunk > 1 and s.kinds[p.chunk - 1] in "GR":
        front = s.by_chunk.get(p.chunk - 2)
        if front is not None and front.link != "joined":
            return False
    return front is not None and front.auxiliary and "M" in s.letters[front.start : front.end]


def _in_condition(s: Sentence, p: Predicate) -> bool:
    """Whether "if" or "whether" opens the clause: nothing but its subject stands in between."""
    k = min([p.chunk, *(j for j in p.subject if j < len(s.kinds))]) - 1
    while k >= 0 and s.kinds[k] in "RTGIfPD":
        if s.word(k) in _CONDITIONS:
            return True
        k -= 1
    return k >= 0 and s.word(k) in _CONDITIONS


def _of_infinitive(s: Sentence, p: Predicate) -> bool:
    j = p.chunk - 1
    while j >= 0 and s.kinds[j] in "RuTP":
        j -= 1
    if j < 0:
        return True
    if s.kinds[j] in "GJ":
        words = {w.lower() for w in s.words[s.starts[j] : s.ends[j]]}
        if words & _REALISED:
            return False
        q = next((q for q in s.before(p) if j in q.object), None)
    else:
        q = s.by_chunk.get(j)
    return q is None or q.lemma not in _IMPLICATIVE or q.negated or is_hypothetical(s, q)


def _of_gerund(s: Sentence, p: Predicate) -> bool:
    j = p.chunk - 1
    while j >= 0 and s.kinds[j] in "Ru":
        j -= 1
    if j < 0:
        return False
    q = s.by_chunk.get(j)
    if q is not None:
        return q.lemma in _GOVERNORS or is_hypothetical(s, q)
    if s.kinds[j] not in "IfYzL":
        return False
    if s.word(j) == "for":  # "thanked him for coming", but "called for leaving"
        calls = s.kinds[j - 1 : j] == "G" and _noun(s, j - 1) in _NOUNS
        return j > 0 and (calls or _governed_by(s, j - 1))
    return s.word(j) not in _OF_FACTS


def _beside(s: Sentence, p: Predicate) -> list[Predicate]:
    """The verb that a conjunct goes on from."""
    return [q for q in s.before(p) if not q.auxiliary][:1]


def _governed_by(s: Sentence, j: int) -> bool:
    q = s.by_chunk.get(j)
    return q is not None and q.lemma in _GOVERNORS


def _noun(s: Sentence, j: int) -> str:
    at = s.ends[j] - 1
    return lemma(s.words[at].lower(), s.tags[at])
