"""Where a verb's subject is: the walk to the left, and what a verb without a subject takes over."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.grammar.clauses.groups import (
    ACCUSATIVE,
    PREPOSITIONS,
    Predicate,
    Sentence,
    antecedent,
    frame,
    governing_verb,
    group,
    group_start,
    is_parenthesis,
    last_of_list,
    opening_mark,
    takes_clause,
)


def finite_subject(s: Sentence, p: Predicate) -> tuple[Sequence[int], str]:
    """Walks left from a finite verb to its subject; `link` says how it was reached."""
    kinds = s.kinds
    j = p.chunk - 1
    link = "direct"
    while j >= 0:
        kind = kinds[j]
        if kind in "RntpqJU" or kind in PREPOSITIONS:
            j -= 1
        elif kind == "N":
            before = kinds[j - 1] if j else ""
            if s.letters[s.starts[j]] == "O" and s.head(j) in ACCUSATIVE:
                j -= 1
                continue
            if before == "," and not s.letters[s.starts[j] : s.ends[j]].strip("c"):
                j -= 2  # an age between commas
                continue
            governor = governing_verb(s, j)
            if before and before in PREPOSITIONS and not _opens_clause(s, p, j):
                if s.letters.startswith("NS", s.starts[j]):
                    return [j], link  # "the secretary of state's plan"
                if j == p.chunk - 1 and (split := _name_after_noun(s, j)):
                    return [split], link
                j -= 2
                while j >= 0 and kinds[j] in "IFz":
                    j -= 1
                continue
            first = group_start(s, j)
            if first < j and first and kinds[first - 1] in PREPOSITIONS and kinds[j - 1] == "C":
                if _opens_clause(s, p, first) and kinds[first - 1] == "z":
                    return [k for k in range(first, j + 1) if kinds[k] == "N"], link
                inner = last_of_list(s, j)
                if inner is not None:
                    return inner, link
                j = first - 2
                continue
            if governor is None or before == "s":
                return _left_group(s, j), link
            if governor.link in ("relative",) and not takes_clause(governor.lemma):
                return governor.subject, "direct"
            if not governor.finite and not takes_clause(governor.lemma):
                j = governor.chunk - 1
                continue
            return _left_group(s, j), link
        elif kind in ",:)(":
            opening = opening_mark(s, j)
            if opening < 0 or not is_parenthesis(s, opening, j):
                return _shared(s, p, j) if kind == "," else ([], "")
            j = opening - 1
        elif kind == "C":
            return _shared(s, p, j)
        elif kind in "Wa":
            found = antecedent(s, j)
            return (found, "relative") if found else ([], "")
        elif kind == "V":
            q = s.by_chunk[j]
            if q.finite and (q.link == "relative" or q.relative_object):
                return q.relative_object or q.subject, "direct"
            if q.finite:
                return [], ""
            j -= 1
        else:
            return [], ""
    return [], ""


def _opens_clause(s: Sentence, p: Predicate, j: int) -> bool:
    """Whether the noun group after "after", "as" … is the subject of the verb beside it."""
    if s.kinds[j - 1] != "z" or any(k not in "RnNC,FIt" for k in s.kinds[j + 1 : p.chunk]):
        return False
    return any(q.finite and q is not p for q in s.predicates)


def _shared(s: Sentence, p: Predicate, j: int) -> tuple[Sequence[int], str]:
    """Coordinated verbs share the subject of the nearest earlier verb of the same form."""
    earlier = [q for q in s.predicates if q.chunk < j and q.finite and q.subject]
    if not earlier:
        return [], ""
    form = s.letters[p.start]
    for q in reversed(earlier):
        if s.letters[q.start] == form or (s.tags[q.start] == s.tags[p.start]):
            return q.subject, "conjunct"
    return earlier[-1].subject, "conjunct"


def coordinate(s: Sentence, p: Predicate) -> Predicate | None:
    """The earlier verb that shares its auxiliary with this one ("was tried and hanged")."""
    letter = s.letters[p.main]
    for q in reversed(s.predicates[: s.predicates.index(p)]):
        if s.letters[q.main] == letter and (q.start < q.main or not q.finite):
            return q if q.subject else None
    return None


def _name_after_noun(s: Sentence, j: int) -> int:
    """ "the way Ann acted": the name at the end of a noun group is a noun group of its own."""
    start, end = s.starts[j], s.ends[j]
    letters = s.letters[start:end]
    cut = len(letters.rstrip("P"))
    if letters[0] != "D" or cut in (0, len(letters)) or letters[cut - 1] not in "NtT":
        return 0
    s.starts.append(start + cut)
    s.ends.append(end)
    return len(s.starts) - 1


def nonfinite_subject(s: Sentence, p: Predicate) -> tuple[Sequence[int], str]:
    """Control: who is to do what an infinitive says, or does what a participle says."""
    kinds, i = s.kinds, p.chunk
    letter = s.letters[p.start]
    j = i - 1
    while j >= 0 and kinds[j] in "Rn":
        j -= 1
    if j < 0:
        return [], ""
    kind = kinds[j]
    if kind == "V":
        q = s.by_chunk[j]
        return (q.subject, "control") if q.subject else ([], "")
    if kind == "N":
        governor = governing_verb(s, j)
        if letter == "o" or letter in "vbhk":
            if governor is None and letter == "v":
                p.finite = True  # "Ann put …" with the tag of the base form
                return finite_subject(s, p)
            if governor is None or (letter != "o" and governor.lemma not in frame("bare")):
                return [], ""
            if governor.lemma in frame("subject control"):
                return governor.subject, "control"
            return governor.object or group(s, j), "control"
        return group(s, j), "participle"
    if kind == "C" or (kind == "," and letter in "vbhk"):
        shared = coordinate(s, p)
        if shared is None:
            return [], ""
        p.finite = shared.finite
        return shared.subject, "conjunct" if shared.finite else shared.link
    if (letter in "gydi" and kind in ",:") or (letter in "gy" and kind == "q"):
        return _of_main_clause(s, p, j)
    if letter in "gyi" and kind in PREPOSITIONS:
        earlier = [q for q in s.predicates if q.chunk < j and (q.subject or q.object)]
        if not earlier:
            return [], ""
        q = earlier[-1]
        if q.object and s.word(j) in ("of", "for", "from"):  # "blamed him for leaving"
            return q.object, "control"
        return q.subject, "participle"
    return [], ""


def _of_main_clause(s: Sentence, p: Predicate, j: int) -> tuple[Sequence[int], str]:
    """A participle behind a mark: "Ann, accused of theft,", "Ann left, slamming the door"."""
    k = j - 1
    beside = k >= 0 and s.kinds[k] == "N"
    if beside and s.letters[p.start] == "d":
        hangs = k > 0 and s.kinds[k - 1] in PREPOSITIONS
        return ([], "") if hangs else (group(s, k), "participle")
    earlier = [q for q in s.predicates if q.chunk < j and q.finite and q.subject]
    if earlier:
        return earlier[-1].subject, "participle"
    return ([k], "participle") if beside else ([], "")


def fill_fronted(s: Sentence) -> None:
    """Participles before their subject: "After meeting Ann, Bob left"."""
    for i, p in enumerate(s.predicates):
        if p.link or p.finite or s.letters[p.start] not in "gydi":
            continue
        later = next((q for q in s.predicates[i + 1 :] if q.finite and q.subject), None)
        if later is not None and later.link == "direct" and "," in s.kinds[p.chunk : later.chunk]:
            p.subject, p.link = later.subject, "participle"
            spans = [(s.starts[j], s.ends[j]) for j in p.subject]
            if p.passive:
                p.patients, p.patient_link = spans, p.link
            else:
                p.agents, p.agent_link = spans, p.link


def _left_group(s: Sentence, j: int) -> list[int]:
    """A subject coordination, unless its left part is the object of an earlier verb."""
    first = group_start(s, j)
    if first == j:
        return [j]
    before = s.kinds[first - 1] if first else ""
    if before == "V" and not s.by_chunk[first - 1].auxiliary:
        return [j]
    return [k for k in range(first, j + 1) if s.kinds[k] == "N"]
