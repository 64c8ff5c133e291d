"""Where a finite verb's subject is: the walk to the left, over what stands between.

One finder for all that asks who acts or speaks (agency, quotations). Each kind of chunk on the
way has a step of its own, which ends the walk or says where it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpers.grammar.clauses.groups import (
    PREPOSITIONS,
    Predicate,
    Sentence,
    accusative,
    antecedent,
    frame,
    governing_verb,
    group,
    group_start,
    is_inserted,
    is_parenthesis,
    is_party,
    is_turned,
    last_of_list,
    nominative,
    opening_mark,
    takes_clause,
    waits,
)
from helpers.lexicons import words as listed

Found = tuple[Sequence[int], str]
"""The chunks of a subject, and how the verb came by it; no chunk where there is none."""
Step = Callable[[Sentence, Predicate, int], "int | Found"]
NOBODY: Found = ((), "")
_FLOATING = listed("floating_quantifiers")
_POINTING = listed("demonstratives")
_IDLE = frozenset("Ru")
"""Adverbs and negations: what may stand between a subject and its verb anywhere."""


def finite_subject(s: Sentence, p: Predicate) -> Found:
    """The subject of a finite verb; `link` says how it was reached.

    Of a verb outside quotation marks no subject is looked for inside them, where they hold a
    clause; one inside may have its subject before them (he “would not leave”).
    """
    j = p.chunk - 1
    if is_turned(s, p) and s.kinds[max(j - 1, 0) : j + 1] in (',"', '."'):
        return NOBODY  # “…,” said Ann
    if is_inserted(s, p):
        return NOBODY
    while j >= 0:
        if s.inside[j] and s.inside[j] != s.inside[p.chunk]:
            j -= 1
            continue
        found = _STEPS.get(s.kinds[j], _stop)(s, p, j)
        if isinstance(found, int):
            j = found
            continue
        if not found[0]:
            break
        return (_before_apposition(s, p, found[0]), "direct") if found[1] == "direct" else found
    return _over_relative(s, p) or _beside(s, p)


def _past(s: Sentence, p: Predicate, j: int) -> int | Found:
    return j - 1


def _stop(s: Sentence, p: Predicate, j: int) -> int | Found:
    return NOBODY


def _noun(s: Sentence, p: Predicate, j: int) -> int | Found:
    """A noun group: the subject, unless it is the object of a preposition or of another verb."""
    kinds = s.kinds
    before = kinds[j - 1] if j else ""
    if accusative(s, j) or (before == "G" and s.head(j) in _FLOATING):
        return j - 1  # "they all left"
    if _is_pronoun_beside(s, p, j):
        return _left_group(s, j), "direct"
    if kinds[max(j - 2, 0) : j + 2] == 'G"G"':
        return j - 2  # "the film “Storm” says"
    if before == "," and kinds[j + 1] == "," and not s.letters_of(j).strip("C"):
        return j - 2  # an age between commas
    if before and before in PREPOSITIONS and not _opens_clause(s, p, j):
        return _after_preposition(s, p, j)
    first = group_start(s, j)
    if first < j and first and kinds[first - 1] in PREPOSITIONS:
        return _list_after_preposition(s, p, first, j)
    governor = governing_verb(s, j)
    if governor is not None and governor.link == "inverted" and is_inserted(s, governor):
        return governor.chunk - 2
    if governor is None or before == "s" or takes_clause(governor.lemma):
        return _left_group(s, j), "direct"
    return _object(s, p, j, governor)


def _object(s: Sentence, p: Predicate, j: int, governor: Predicate) -> int | Found:
    """A noun group in the object place of another verb: that verb's clause stands in between."""
    if _is_named_so(s, p, j, governor):
        if governor.finite:
            _reduce(governor)
        return governor.chunk - 1
    if name := _name_after_noun(s, p, j):
        return [name], "direct"
    if group_start(s, j) < j and _between(s, p, j) <= _IDLE:
        return [j], "direct"  # "counts the money and the clerk leaves"
    if governor.link == "relative":
        return _whole(s, governor.subject)
    if not governor.finite:
        return governor.chunk - 1
    outer = _around_clause(s, governor)
    return outer if outer is not None else (_left_group(s, j), "direct")


def _is_named_so(s: Sentence, p: Predicate, j: int, governor: Predicate) -> bool:
    """Whether a participle of naming stands before the group: "a club called the Friends said"."""
    k = governor.chunk
    return (
        governor.lemma in frame("naming")
        and s.kinds[k - 1 : k + 2] == "GVG"
        and j == k + 1
        and governor.start == governor.main
        and s.letters[governor.main] in "eF"
        and _between(s, p, j) <= set('J"Ru')
    )


def _after_preposition(s: Sentence, p: Predicate, j: int) -> int | Found:
    if s.letters.startswith("nS", s.starts[j]):
        return [j], "direct"  # "the secretary of state's plan"
    if name := _name_after_noun(s, p, j):
        return [name], "direct"
    j -= 2
    while j >= 0 and s.kinds[j] in "Ifz":
        j -= 1
    return j


def _list_after_preposition(s: Sentence, p: Predicate, first: int, j: int) -> int | Found:
    """ "As A and B left", "along with A, B left", "the heads of A and B left"."""
    if _opens_clause(s, p, first) and s.kinds[first - 1] == "z":
        return group(s, j), "direct"
    inner = last_of_list(s, j)
    return (inner, "direct") if inner is not None else first - 2


def _mark(s: Sentence, p: Predicate, j: int) -> int | Found:
    """A mark: what it closes is passed by; a comma that closes nothing joins verbs."""
    opening = opening_mark(s, j)
    if opening >= 0 and is_parenthesis(s, opening, j):
        return opening - 1
    if s.kinds[j] != ",":
        return NOBODY
    shared = _shared(s, p, j)
    if shared[0] or is_turned(s, p) or (j == p.chunk - 1 and s.kinds[j - 1] != ")"):
        return shared
    return j - 1  # "the light, not that of day, but of lamps, failed"


def _relative(s: Sentence, p: Predicate, j: int) -> int | Found:
    kinds = s.kinds
    if kinds[j - 2 : j] == "Gf" and s.letters_of(j - 2) in ("D", "p", "C", "m"):
        return [j - 2], "direct"  # "both of whom"
    if kinds[j] == "Q":
        return NOBODY
    if kinds[j] == "w" and j > 1 and kinds[j - 1] in PREPOSITIONS and kinds[j - 2] == "G":
        return [j - 2], "direct"  # "the plans for which had failed"
    found: Sequence[int] = antecedent(s, j)
    if not found and kinds[j - 1 : j] == "&":  # "who came and who left"
        found = next((q.subject for q in s.before(p) if q.link == "relative"), ())
    return (found, "relative") if found else NOBODY


def _verb(s: Sentence, p: Predicate, j: int) -> int | Found:
    """A verb on the way: passed by without a subject of its own, else its clause is."""
    q = s.by_chunk[j]
    if not q.finite:
        return j - 1
    if q.link == "relative" or q.relative_object:
        return _whole(s, q.relative_object or q.subject)
    if not q.subject or q.link != "direct":
        return NOBODY
    if (outer := _around_clause(s, q)) is not None:
        return outer
    if q.subject[-1] == j - 1 and _is_reduced(s, q, p):
        _reduce(q)
        return j - 1
    return NOBODY


def _shared(s: Sentence, p: Predicate, j: int) -> Found:
    """Coordinated verbs share the subject of the nearest earlier verb of the same form.

    Of two reports in a row the first one's speaker makes both: "Ann said he lied and added".
    """
    here = (0, s.inside[p.chunk])
    earlier = [
        q for q in s.before(p)
        if q.chunk < j and q.finite and q.subject and s.inside[q.chunk] in here
    ]  # fmt: skip
    if not earlier:
        return NOBODY
    alike: list[Predicate] = []
    if takes_clause(p.lemma):
        alike = [q for q in earlier if takes_clause(q.lemma)]
        alike = alike or [q for q in earlier if not _is_in_that_clause(s, q)]
    alike = alike or [
        q for q in earlier
        if s.letters[q.start] == s.letters[p.start] or s.tags[q.start] == s.tags[p.start]
    ]  # fmt: skip
    return (alike or earlier)[0].subject, "conjunct"


def _is_in_that_clause(s: Sentence, q: Predicate) -> bool:
    k = q.subject[0]
    return q.link == "direct" and k < len(s.kinds) and s.kinds[k - 1 : k] == "a"


def _conjunction(s: Sentence, p: Predicate, j: int) -> int | Found:
    return _shared(s, p, j)


_STEPS: dict[str, Step] = {
    **dict.fromkeys('RuTP"Jo.S' + PREPOSITIONS, _past),
    "G": _noun,
    **dict.fromkeys(",:)(", _mark),
    "&": _conjunction,
    **dict.fromkeys("waQ", _relative),
    "V": _verb,
}


def _before_apposition(s: Sentence, p: Predicate, subject: Sequence[int]) -> Sequence[int]:
    """The name before an apposition: "Ann Hale, the editor of the Post, said"."""
    j = subject[0]
    if len(subject) > 1 or not 2 <= j < len(s.kinds) or s.kinds[p.chunk - 1] != ",":
        return subject
    pointing = s.letters_of(j) == "p" or s.word(j) in _POINTING
    apposed = (
        s.kinds[j - 2 : j] == "G,"
        and s.is_name(j - 2)
        and (is_party(s, j) or not (s.is_name(j) or pointing))
        and waits(s, j - 2)
        and (j == 2 or s.kinds[j - 3] not in PREPOSITIONS)
    )
    return [j - 2] if apposed else subject


def _over_relative(s: Sentence, p: Predicate) -> Found | None:
    """Left of a relative clause between marks that holds commas of its own."""
    j = p.chunk - 1
    if j < 3 or s.kinds[j] not in ",:":
        return None
    for k in range(j - 2, 1, -1):
        if s.kinds[k] in "wQr":
            opening = k - 2 if s.kinds[k - 1] in PREPOSITIONS else k - 1
            if opening and s.kinds[opening - 1 : opening + 1] == "G" + s.kinds[j]:
                return [opening - 1], "direct"
    return None


def _beside(s: Sentence, p: Predicate) -> Found:
    """What stands beside a verb without a better subject: "Monday works", "in 1835 we came"."""
    kinds = s.kinds
    j = p.chunk - 1
    while j >= 0 and kinds[j] in _IDLE:
        j -= 1
    if j > 0 and kinds[j] == ",":
        return _before_comma(s, j)
    if j < 0 or kinds[j] not in "GTJ" or (kinds[j] == "G" and accusative(s, j)):
        return NOBODY
    if kinds[j] == "J":  # a name that was read as an adjective
        capital = s.words[s.starts[j]][:1].isupper()
        return ([j], "direct") if capital and (j == 0 or kinds[j - 1] in ',":') else NOBODY
    before = s.by_chunk.get(j - 1)
    if before is not None and s.letters[before.start] == "g" and kinds[j - 2 : j - 1] == "a":
        return NOBODY  # "that suing Ann costs money"
    k = j
    while k > 1 and kinds[k - 1] in PREPOSITIONS and kinds[k - 2] in "GT":
        k -= 2
    if k and kinds[k - 1] in PREPOSITIONS:  # the year and the noun were read as one
        return ([j], "direct") if k == 1 or kinds[k - 2] in ",:sa&" else NOBODY
    return [k], "direct"


def _before_comma(s: Sentence, j: int) -> Found:
    """The name before a comma that parts it from its verb: "Gov. Hale (D-Ohio), said"."""
    k = j - 1
    if s.kinds[k] == ")":
        k = opening_mark(s, k) - 1
    named = k >= 0 and s.kinds[k] == "G" and s.is_name(k)
    return ([k], "direct") if named and (k == 0 or s.kinds[k - 1] == ",") else NOBODY


def _whole(s: Sentence, subject: Sequence[int]) -> int | Found:
    """The antecedent of a relative clause is the subject, or hangs on it."""
    j = subject[-1] if subject else -1
    hangs = 1 < j < len(s.kinds) and s.kinds[j - 1] in "fI" and s.kinds[j - 2] == "G"
    return j if hangs and waits(s, j - 2) else (subject, "direct")


def _around_clause(s: Sentence, q: Predicate) -> int | None:
    """The noun that a clause hangs on: "a vow he made will last", "the fact that he left shows"."""
    if q.link != "direct" or not q.subject:
        return None
    k = group_start(s, q.subject[-1]) if q.subject[-1] < len(s.kinds) else q.chunk - 1
    if s.kinds[k - 1 : k] == "G" and k == q.chunk - 1:
        return k - 1
    if s.kinds[max(k - 2, 0) : k] == "Ga" and waits(s, k - 2):
        return k - 2
    return None


def _is_reduced(s: Sentence, q: Predicate, p: Predicate) -> bool:
    """Whether a past tense between a noun and a verb is a participle: "men held there left"."""
    if q.start != q.main or s.letters[s.starts[q.chunk - 1]] == "p":
        return False
    if not _between(s, p, q.chunk) <= set("RuIfYzGTtP"):
        return False
    if s.letters[q.main] == "e":
        return True
    if s.letters[q.main] != "F" or takes_clause(q.lemma):
        return False
    following = s.kinds[q.chunk + 1]
    if p.lemma in frame("speech") or takes_clause(p.lemma):
        return following != "G"  # "a report published Wednesday said", "people polled said"
    return p.chunk > q.chunk + 1 and following not in "GT"


def _reduce(q: Predicate) -> None:
    """A past tense turns out to be a participle: what it was said of is what it is done to."""
    q.finite, q.passive = False, True
    q.patients, q.patient_link = q.agents, "participle"
    q.agents, q.agent_link = (), ""


def _is_pronoun_beside(s: Sentence, p: Predicate, j: int) -> bool:
    """Whether a pronoun that can be a subject stands right before the verb."""
    if s.letters[s.starts[j]] != "p" or not _between(s, p, j) <= _IDLE:
        return False
    return nominative(s, j) or (j > 0 and s.kinds[j - 1] in "zsar")


def _opens_clause(s: Sentence, p: Predicate, j: int) -> bool:
    """Whether the noun group after "after", "as" … is the subject of the verb beside it."""
    if s.kinds[j - 1] != "z":
        return False
    for k in range(j + 1, p.chunk):
        q = s.by_chunk.get(k)
        if q.finite if q is not None else s.kinds[k] not in "RuG&,fIYTP().":
            return False
    if j > 1 and s.kinds[j - 2] == "G" and waits(s, j - 2):
        return False  # "its popularity as a resort"
    return _between(s, p, j) <= _IDLE or any(q.finite and q is not p for q in s.predicates)


def _between(s: Sentence, p: Predicate, j: int) -> set[str]:
    """The kinds of chunk between chunk `j` and the verb."""
    return set(s.kinds[j + 1 : p.chunk])


def _name_after_noun(s: Sentence, p: Predicate, j: int) -> int:
    """ "the way Ann acted": the name at the end of a noun group is a noun group of its own."""
    start, end = s.starts[j], s.ends[j]
    letters = s.letters[start:end]
    cut = len(letters.rstrip("N"))
    if j != p.chunk - 1 or cut in (0, len(letters)) or letters[cut - 1] not in "ndT":
        return 0
    if letters[0] != "D" and letters[cut - 1] == "n" and s.tags[start + cut - 1] != "NNS":
        return 0  # "spokesman Bob Fox": a title and its name
    return s.add(start + cut, end)


def _left_group(s: Sentence, j: int) -> list[int]:
    """A subject coordination, unless its left part is the object of an earlier verb."""
    first = group_start(s, j)
    q = s.by_chunk.get(first - 1)
    if first < j and q is not None and not q.auxiliary and not takes_clause(q.lemma):
        return [j]
    return group(s, j)
