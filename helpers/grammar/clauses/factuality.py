"""Whether a deed is told as done, or as wished, planned, feared, possible or asked about.

After the distinction of facts and possibilities in FactBank (Saurí and Pustejovsky 2009): modal
verbs, conditions, questions, infinitives and -ing forms that a verb of wanting, asking or
preventing governs. What is denied is told apart from it (`negated`).
"""

from __future__ import annotations

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.grammar.clauses.groups import takes_clause
from helpers.lemmas import lemma

ENDING = lexicons.words("ending_verbs")
_DENYING = lexicons.words("denying_verbs")
_IMPLICATIVE = lexicons.words("implicative_verbs")
_UNFULFILLED = lexicons.words("negative_implicative_verbs")
_WISHING = lexicons.words("wishing_verbs")
_SECURING = lexicons.words("securing_verbs")
_REALISED = lexicons.words("realised_before_infinitive")
_CONDITIONS = lexicons.words("conditional_openers")
_TO_COME = lexicons.words("openers_of_what_is_to_come")
_OF_FACTS = lexicons.words("prepositions_of_deeds_done")
_OF_MANNER = lexicons.words("prepositions_of_manner")
_OF_SEQUELS = lexicons.words("prepositions_of_sequels")
_DOUBTING = lexicons.words("doubting_adverbs")
_MODIFIERS = lexicons.words("unreal_modifiers")
_GOVERNORS = lexicons.words("unreal_governors")
_NOUNS = lexicons.words("unreal_nouns")
_HEARSAY = lexicons.words("nouns_of_hearsay")
_NONE = lexicons.words("determiners_of_none")
_NONE_BEFORE = frozenset(("neither", "no", "not"))  # "not one of them left"


def is_hypothetical(s: Sentence, p: Predicate) -> bool:
    """Whether a clause is not told as something that happens or has happened."""
    near = [w.lower() for w in (s.words[0], *s.words[max(p.start - 1, 0) : p.end])]
    doubted = not _DOUBTING.isdisjoint(near)
    if p.subject and p.subject[0] < len(s.kinds) and s.word(p.subject[0]) == "any":
        return True  # "any attack that harms them"
    if doubted or _asked(s, p.chunk) or "M" in s.letters[p.start : p.end] or _modal_before(s, p):
        return True
    letter = s.letters[p.start]
    if p.finite and (letter != "v" or p.link != "conjunct"):
        return _in_condition(s, p) or _is_wished(s, p) or (letter == "v" and _is_imperative(s, p))
    if p.link == "conjunct":  # "should go and *ask*"
        return any(is_hypothetical(s, q) for q in _beside(s, p))
    if letter == "t":
        return _of_infinitive(s, p)
    if letter == "e" and s.kinds[p.chunk - 1] in "Rs" and _in_condition(s, p):
        return True  # "if attacked"
    if letter in "vbhk":  # "helped Ann leave"
        governor = next((q for q in s.before(p) if not q.auxiliary), None)
        if governor is None or not p.subject or _is_imperative(s, p):
            return letter == "v"
        return is_hypothetical(s, governor)
    return letter in "giy" and _of_gerund(s, p)


def is_denied(s: Sentence, p: Predicate) -> bool:
    """Whether a deed is told as not done: "did not go", "failed to go", "stopped going"."""
    q = _governor(s, p)
    if q is None or p.finite:
        return p.negated or _of_none(s, p) or _for_none(s, p) or _is_other_denied(s, p)
    letter = s.letters[p.start]
    if q.lemma in _IMPLICATIVE and letter == "t" and is_denied(s, q):
        return True
    undone = (letter == "t" and q.lemma in _UNFULFILLED) or (letter == "g" and q.lemma in ENDING)
    undone |= letter in "giy" and q.lemma in _DENYING
    return p.negated != (undone and not is_denied(s, q)) if undone else p.negated


def _is_other_denied(s: Sentence, p: Predicate) -> bool:
    """Whether "or" joins a verb to one that is denied: "has not won or *managed* to draw"."""
    joined = p.link == "conjunct" and s.word(p.chunk - 1) in ("or", "nor")
    return joined and any(q.negated for q in _beside(s, p))


def _of_none(s: Sentence, p: Predicate) -> bool:
    """Whether nobody does it, or nothing is done: "took no step", "neither Ann nor Bob left"."""
    held = [j for j in (*p.subject, *p.object) if j < len(s.kinds)]
    return any(s.word(j) in _NONE for j in held) or (
        bool(p.subject) and p.subject[0] > 0 and s.word(p.subject[0] - 1) in _NONE_BEFORE
    )


def _for_none(s: Sentence, p: Predicate) -> bool:
    """Whether an infinitive says what there is none for: "found no proof to suggest that"."""
    noun = p.chunk - 1
    return s.letters[p.start] == "t" and s.kinds[noun : p.chunk] == "G" and s.word(noun) in _NONE


def is_reported(s: Sentence, p: Predicate) -> bool:
    """Whether a clause is what somebody says or thinks: "told them that he left"."""
    first = p.subject[0] if p.subject and p.subject[0] < len(s.kinds) else p.chunk
    k = min(first, p.chunk) - 1
    k -= k >= 0 and s.word(k) == "that"
    while k >= 0 and s.kinds[k] in "GITR" and s.kinds[k + 1 : k + 2] != "G":
        k -= 1
    q = s.by_chunk.get(k)
    return p.link == "direct" and q is not None and q is not p and takes_clause(q.lemma)


def is_free(s: Sentence, p: Predicate) -> bool:
    """Whether no verb governs an infinitive or an -ing form: a purpose, or what comes along.

    "Rose *to say*", "left, *saying*"; not "hopes *to say*", "stopped *saying*".
    """
    return s.letters[p.start] in "tg" and _governor(s, p) is None


def is_hypothetical_noun(s: Sentence, j: int, verb: Predicate | None) -> bool:
    """The same of the deed that the head of noun group ``j`` stands for."""
    if _asked(s, j) or any(w.lower() in _MODIFIERS for w in s.words[s.starts[j] : s.ends[j]]):
        return True
    if verb is not None:
        return verb.lemma in _GOVERNORS or is_hypothetical(s, verb)
    before = s.word(j - 1) if j else ""
    if before == "of" and j > 1 and s.kinds[j - 2] == "G":
        return _noun(s, j - 2) in _NOUNS
    if before == "from" and j > 1 and (cause := s.by_chunk.get(j - 2)) is not None:
        return is_hypothetical(s, cause)  # "would result from an attack"
    return before in ("against", "for") and j > 1 and _governed_by(s, j - 2)


def _is_doer(p: Predicate, j: int) -> bool:
    """Whether a noun before an infinitive is who does it: "forced the mayor to go"."""
    return j in p.subject


def _asked(s: Sentence, chunk: int) -> bool:
    """Whether a question mark belongs to the clause: not to a quotation that ends in one."""
    if "?" not in s.words[-2:]:
        return False
    return s.words[-1] == "?" or not any(s.inside) or bool(s.inside[chunk])


def _modal_before(s: Sentence, p: Predicate) -> bool:
    """An auxiliary that was cut off from its verb: "could, he said, attack", "could attack"."""
    front = s.by_chunk.get(p.chunk - 1)
    if front is None:
        front = s.by_chunk.get(_chunk_before(s, p, "GR"))
        if front is not None and front.link != "joined":
            return False
    return front is not None and front.auxiliary and "M" in s.letters[front.start : front.end]


def _in_condition(s: Sentence, p: Predicate) -> bool:
    """Whether "if" or "whether" opens the clause: nothing but its subject stands in between.

    So does "until" before a present tense: "wait until he leaves".
    """
    present = s.tags[p.start] in ("VBZ", "VBP", "VB")
    openers = _CONDITIONS | _TO_COME if present else _CONDITIONS
    k = min([p.chunk, *(j for j in p.subject if j < len(s.kinds))]) - 1
    while k >= 0 and s.kinds[k] in "RTGIfPD":
        if s.word(k) in openers:
            return True
        k -= 1
    return k >= 0 and s.word(k) in openers


def _of_infinitive(s: Sentence, p: Predicate) -> bool:
    j = _chunk_before(s, p, "RuTP")
    if j < 0:
        return True
    if s.kinds[j] in "GJ":
        words = {w.lower() for w in s.words[s.starts[j] : s.ends[j]]}
        before = s.by_chunk.get(j - 1)
        if words & _REALISED and (_is_doer(p, j) or before is None or before.lemma == "be"):
            return False
        if s.kinds[j] == "G" and s.tags[s.ends[j] - 1] in ("NN", "NNS") and not _is_doer(p, j):
            return True  # "his refusal to go", "a chance to meet Ann"
        q = next((q for q in s.before(p) if j in q.object), None)
    else:
        q = s.by_chunk.get(j)
    if q is not None and q.lemma in _UNFULFILLED:
        return is_hypothetical(s, q)
    if q is not None and q.lemma == "go" and s.tags[q.main] == "VBG":
        return True  # "was going to leave"
    return q is None or q.lemma not in _IMPLICATIVE or q.negated or is_hypothetical(s, q)


def _is_imperative(s: Sentence, p: Predicate) -> bool:
    """Whether a base form opens its clause, without a subject: "Help them leave"."""
    before = s.kinds[p.chunk - 1] if p.chunk else '"'
    return not p.subject and p.start == p.main and before in '",:('


def _chunk_before(s: Sentence, p: Predicate, passed: str) -> int:
    """The chunk before a verb's own, over chunks of the kinds ``passed``; -1: there is none."""
    j = p.chunk - 1
    while j >= 0 and s.kinds[j] in passed:
        j -= 1
    return j


def _governor(s: Sentence, p: Predicate) -> Predicate | None:
    """The verb right before a verb: "*failed* to go", "*stopped* going"."""
    return s.by_chunk.get(_chunk_before(s, p, "Ru"))


def _is_wished(s: Sentence, p: Predicate) -> bool:
    """Whether a clause is what somebody wishes or means to bring about: "make sure that he goes".

    What somebody did "ensure" is so; what somebody has "to ensure" is not yet.
    """
    first = p.subject[0] if p.subject and p.subject[0] < len(s.kinds) else p.chunk
    k = min(first, p.chunk) - 1
    k -= k >= 0 and s.word(k) == "that"
    k -= s.word(k) == "sure" if k >= 0 else 0
    q = s.by_chunk.get(k)
    if q is None:
        content = k >= 0 and s.kinds[k] == "G" and s.word(k + 1) == "that"
        return content and _noun(s, k) in _HEARSAY  # "the claim that he went"
    sure = s.word(k + 1) == "sure"
    if q.lemma in _SECURING and (sure or q.lemma != "make"):
        return is_hypothetical(s, q)
    return q.lemma in _WISHING


def _of_gerund(s: Sentence, p: Predicate) -> bool:
    j = _chunk_before(s, p, "Ru")
    if j < 0:
        return False
    q = s.by_chunk.get(j)
    if q is not None:
        if q.lemma in ENDING:
            return is_hypothetical(s, q)
        return q.lemma in _GOVERNORS or is_hypothetical(s, q)
    if s.kinds[j] == "&" and p.link == "control":  # "accused of lying and stealing"
        other = next((q for q in s.before(p) if q.link == "control"), None)
        return other is not None and is_hypothetical(s, other)
    if s.word(j) in _OF_SEQUELS:  # "left before meeting Ann"
        main = _main_of(s, p)
        if main is None or main.negated or main.lemma in _GOVERNORS:
            return True  # "asked for proof before blaming Ann"
        return s.tags[main.start] not in ("VBD", "VBN") or is_hypothetical(s, main)
    if s.kinds[j] == "," and p.link == "participle":  # "would go, leaving them"
        main = _main_of(s, p)
        return main is not None and is_hypothetical(s, main)
    if s.kinds[j - 2 : j + 1] == "GfG":  # "the risk of *Ann* leaving"
        return j > 1 and _noun(s, j - 2) in _NOUNS
    if j and s.kinds[j] == "G" and s.kinds[j - 1] in "IfYz":  # "will end in Ann leaving"
        main = next((q for q in s.before(p) if q.finite), None)
        return main is not None and is_hypothetical(s, main)
    if s.kinds[j] not in "IfYz":
        return False
    if s.word(j) == "for":  # "thanked him for coming", but "called for leaving"
        calls = s.kinds[j - 1 : j] == "G" and _noun(s, j - 1) in _NOUNS
        return j > 0 and (calls or _governed_by(s, j - 1))
    if s.word(j) in _OF_MANNER:  # "would win by calling them"
        main = next((q for q in s.before(p) if q.subject and q.subject == p.subject), None)
        return main is not None and is_hypothetical(s, main)
    return s.word(j) not in _OF_FACTS


def _main_of(s: Sentence, p: Predicate) -> Predicate | None:
    """The finite verb whose subject does what a participle says, the last one before it if any."""
    alike = [q for q in s.predicates if q.finite and q.subject and q.subject == p.subject]
    return next((q for q in reversed(alike) if q.chunk < p.chunk), alike[0] if alike else None)


def _beside(s: Sentence, p: Predicate) -> list[Predicate]:
    """The verb that a conjunct goes on from."""
    return [q for q in s.before(p) if not q.auxiliary][:1]


def _governed_by(s: Sentence, j: int) -> bool:
    q = s.by_chunk.get(j)
    return q is not None and q.lemma in _GOVERNORS


def _noun(s: Sentence, j: int) -> str:
    at = s.ends[j] - 1
    return lemma(s.words[at].lower(), s.tags[at])
