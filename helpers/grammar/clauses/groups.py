"""A chunked sentence, its verbs, and how noun groups in it hang together.

Coordination, parentheses and what a relative pronoun refers to, all by position among the chunks: a
word's neighbours decide, no tree is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from helpers import lexicons
from helpers.grammar.clauses.chunks import Chunked
from helpers.lexicons import listed, words

PREPOSITIONS = "IfYz"
_NOMINATIVE = words("subject_pronouns")
_ACCUSATIVE = words("never_subjects")
# Endings of nouns for people: what "who" refers to in "the head of the bank who".
_PERSON_ENDS = listed("person_noun_endings")
_PEOPLE_ENDS = (*(end + "s" for end in _PERSON_ENDS), "men", "women", "people", "members")


@dataclass(slots=True)
class Predicate:
    """One verb; `agents`, `patients`, `recipients` are token spans, their heads last."""

    start: int
    end: int
    main: int
    lemma: str
    passive: bool
    finite: bool
    negated: bool
    chunk: int
    agents: Sequence[tuple[int, int]] = ()
    patients: Sequence[tuple[int, int]] = ()
    recipients: Sequence[tuple[int, int]] = ()
    agent_link: str = ""
    patient_link: str = ""
    # What the clause passes on: its grammatical subject as chunk numbers, and how it came by it.
    subject: Sequence[int] = ()
    link: str = ""
    auxiliary: bool = False
    object: Sequence[int] = ()
    # "the deal that he signed": the antecedent, which is what is signed.
    relative_object: Sequence[int] = ()


class Sentence:
    """The chunks of one sentence and the predicates found so far, read from left to right."""

    __slots__ = (
        "by_chunk",
        "ends",
        "inside",
        "kinds",
        "letters",
        "predicates",
        "starts",
        "tags",
        "words",
    )

    def __init__(
        self,
        words: Sequence[str],
        tags: Sequence[str],
        chunked: Chunked,
        quotation: Sequence[int] = (),
    ) -> None:
        self.words, self.tags = words, tags
        self.letters, self.kinds, self.starts, self.ends = chunked
        self.inside = [quotation[a] for a in self.starts] if quotation else [0] * len(self.kinds)
        """Of each chunk the number of the quotation with a clause in which it stands, else 0."""
        self.predicates: list[Predicate] = []
        self.by_chunk: dict[int, Predicate] = {}

    def head(self, i: int) -> str:
        """Last word of a chunk, small."""
        return self.words[self.ends[i] - 1].lower()

    def word(self, i: int) -> str:
        """First word of a chunk, small; empty behind the last."""
        return self.words[self.starts[i]].lower() if i < len(self.kinds) else ""

    def letters_of(self, i: int) -> str:
        return self.letters[self.starts[i] : self.ends[i]]

    def is_name(self, i: int) -> bool:
        """Whether the last word of a chunk is a proper noun."""
        return self.tags[self.ends[i] - 1][:3] == "NNP"

    def before(self, p: Predicate) -> Iterator[Predicate]:
        """The verbs before `p`, the nearest first."""
        return (q for q in reversed(self.predicates) if q.chunk < p.chunk)

    def add(self, start: int, end: int) -> int:
        """The number of a further noun group, a part of one that was read as a whole."""
        self.starts.append(start)
        self.ends.append(end)
        return len(self.starts) - 1

    def coordination(self, i: int) -> list[int]:
        """The noun groups coordinated with noun group `i`, from it to the right."""
        return group(self, group_end(self, i), floor=i)

    def spans(self, i: int) -> list[tuple[int, int]]:
        """Token spans of the coordination that begins at chunk `i`; empty where none does."""
        if i >= len(self.kinds) or self.kinds[i] != "G":
            return []
        return [(self.starts[k], self.ends[k]) for k in self.coordination(i)]


@cache
def frame(name: str) -> frozenset[str]:
    table = lexicons.load("verb_frames")
    return frozenset(table["lemma"][table["frame"] == name])


def takes_clause(verb: str) -> bool:
    return verb in frame("clause")


def nominative(s: Sentence, j: int) -> bool:
    return s.letters[s.starts[j]] == "p" and s.head(j) in _NOMINATIVE


def accusative(s: Sentence, j: int) -> bool:
    return s.letters[s.starts[j]] == "p" and s.head(j) in _ACCUSATIVE


def group(s: Sentence, j: int, *, floor: int = 0) -> list[int]:
    """The noun groups of the coordination that ends with `j`."""
    first = max(group_start(s, j), floor)
    return [k for k in range(first, j + 1) if s.kinds[k] == "G"]


def group_start(s: Sentence, j: int) -> int:
    """The first chunk of the coordination that ends with noun group `j`."""
    kinds = s.kinds
    while j >= 2 and kinds[j - 1] == "&":
        k = j - 2
        if k >= 0 and kinds[k] == ",":
            k -= 1
            if kinds[k - 1 : k] != ",":
                break  # "left the house, and the clerk": no list of two takes a comma
        if k < 0 or kinds[k] != "G":
            break
        if nominative(s, j) and not waits(s, k):
            break
        j = k
        while j >= 2 and kinds[j - 1] == "," and kinds[j - 2] == "G":
            j -= 2
    return j


def group_end(s: Sentence, j: int) -> int:
    """The last chunk of the coordination that begins with noun group `j`."""
    kinds, n = s.kinds, len(s.kinds)
    k = j
    while k + 2 < n and kinds[k + 1] == "," and kinds[k + 2] == "G" and _list_goes_on(s, k + 2):
        k += 2
    c = k + 1
    if k > j and c + 1 < n and kinds[c] == "," and kinds[c + 1] == "&":
        c += 1
    if c + 1 < n and kinds[c] == "&" and kinds[c + 1] == "G" and not nominative(s, c + 1):
        after = s.by_chunk.get(c + 2)
        if after is None or not after.finite:
            return c + 1
    return j


def _list_goes_on(s: Sentence, j: int) -> bool:
    kinds, n = s.kinds, len(s.kinds)
    while j + 1 < n:
        if kinds[j + 1] == "&" or kinds[j + 1 : j + 3] == ",&":
            return True
        if kinds[j + 1 : j + 3] != ",G":
            return False
        j += 2
    return False


def last_of_list(s: Sentence, j: int) -> list[int] | None:
    """The part of a coordination that is the subject, where its first part hangs on a preposition.

    "Along with A, B and C left" gives B and C; "the heads of A and B left" gives None.
    """
    k = j - 2
    if s.kinds[k] == ",":
        k -= 1
    if s.kinds[k - 1] == ",":
        first = group_start(s, j)
        # "along with A, B and C left", but "guests from A, B and C left"
        guests = first >= 2 and s.kinds[first - 2] == "G" and waits(s, first - 2)
        return None if guests else [k, j]
    base = k
    while base >= 2 and s.kinds[base] == "G" and s.kinds[base - 1] in PREPOSITIONS:
        base -= 2
    if s.kinds[base] == "V":
        q = s.by_chunk[base]
        return [j] if q.finite and q.link != "relative" else None  # "the people hit by A and B"
    if s.kinds[base] != "G":
        return [j] if base > 0 else None
    if waits(s, base):
        return None  # "the derailing of the process by A and B"
    governor = governing_verb(s, base)
    if governor is not None and _is_modifier(s, governor):
        return None  # "a study comparing the bones of A and B"
    if governor is not None and not takes_clause(governor.lemma):
        return [j]  # "he flew to Rome and the envoy stayed"
    left, right = s.letters[s.starts[k]], s.letters[s.starts[j]]
    return [j] if right == "D" and left != "D" else None


def _is_modifier(s: Sentence, q: Predicate) -> bool:
    """Whether a participle belongs to a noun that still waits for its verb."""
    i = q.chunk - 1
    participle = not q.finite and s.letters[q.start] in "ge"
    return participle and i >= 0 and s.kinds[i] == "G" and waits(s, i)


def waits(s: Sentence, j: int) -> bool:
    """Whether noun group `j` still waits for its verb: none has come since its clause began."""
    kinds = s.kinds
    for k in range(j - 1, -1, -1):
        if kinds[k] == "V":
            return False
        if kinds[k] == "," and kinds[k - 1 : k] == "G" and kinds[k + 1] == "G":
            continue  # a list
        if kinds[k] in ",:(sawrQ" or (kinds[k] == "&" and kinds[k - 1 : k] != "G"):
            return True
    return True


def governing_verb(s: Sentence, j: int) -> Predicate | None:
    """The verb whose object place a noun group stands in."""
    first = group_start(s, j)
    k = first - 1
    while k >= 0 and s.kinds[k] in 'RP"':
        k -= 1
    q = s.by_chunk.get(k) if k >= 0 else None
    if q is None or q.passive or (q.auxiliary and s.letters[q.main] in "BbEi"):
        return None
    return q


def is_turned(s: Sentence, p: Predicate) -> bool:
    """Whether the subject of a verb of speech may stand behind it: "…", said the minister."""
    if p.lemma not in frame("speech") or s.letters[p.start] != "F":
        return False
    j = p.chunk + 1
    left = s.kinds[p.chunk - 1] if p.chunk else ","
    if left not in ',".:)(' or s.kinds[j : j + 1] != "G":
        return False
    return s.kinds[j + 1 : j + 2] != "V" and not accusative(s, j)


def is_inserted(s: Sentence, p: Predicate) -> bool:
    """Whether "said X" stands between a subject and its verb: "Ann, said Bob, never forgives"."""
    c = p.chunk
    if not is_turned(s, p) or s.kinds[c - 1 : c] != "," or s.kinds[c - 2 : c - 1] != "G":
        return False
    opening = opening_mark(s, c - 1)
    if opening >= 0 and is_parenthesis(s, opening, c - 1):
        return False  # "Ann, the mayor, said Bob left"
    k = group_end(s, c + 1) + 1
    return s.kinds[k : k + 1] == "," and any(q.finite and q.chunk > k for q in s.predicates)


def opening_mark(s: Sentence, j: int) -> int:
    """The mark that opens the parenthesis closed at `j`."""
    kind = s.kinds[j]
    want = "(" if kind == ")" else kind
    k = j - 1
    while k >= 0 and s.kinds[k] != want:
        k -= 1
    return k


def is_parenthesis(s: Sentence, opening: int, closing: int) -> bool:
    """Whether what stands between two marks is an apposition, relative clause, aside or phrase."""
    kinds = s.kinds
    first = kinds[opening + 1] if opening + 1 < closing else ""
    if opening == 0 or not first:
        return False
    if first in "wrQ" or kinds[opening] in "(:":
        return True
    if first in "Ifz" and kinds[opening + 2 : opening + 3] in ("w", "Q"):
        return True
    if first in "VRIfzJsr" and kinds[opening - 1] == "G" and waits(s, opening - 1):
        return True  # "Hale, when he came, said": the subject still waits for its verb
    finite = [q for q in s.predicates if opening < q.chunk < closing and q.finite]
    if not finite or (first in "GRT" and _is_report(s, finite, opening, closing)):
        return True
    return first in "sz" or finite[0].link == "relative"


def _is_report(s: Sentence, finite: list[Predicate], opening: int, closing: int) -> bool:
    """Whether an insertion is all subject and verb of saying: ", he said on Monday,"."""
    q = finite[0]
    alone = s.kinds[opening:closing].count("V") == 1 and q.chunk > opening + 1
    return alone and takes_clause(q.lemma) and s.kinds[q.chunk + 1] != "G"


def is_party(s: Sentence, k: int) -> bool:
    """Whether a noun group is a lawmaker's party and state: "D-Ohio"."""
    return _PARTY.match(s.words[s.starts[k]]) is not None


_PARTY = re.compile(r"[DIR]-[A-Z]")


def antecedent(s: Sentence, j: int) -> list[int]:
    """What a relative pronoun refers to: the nearest noun group, or the person in office."""
    kinds = s.kinds
    k = j - 1
    if k >= 0 and kinds[k] in PREPOSITIONS:
        return []
    while k >= 0 and kinds[k] in ',(:"T)':
        k = opening_mark(s, k) - 1 if kinds[k] == ")" else k - 1
    if k >= 2 and kinds[k - 1 : k + 1] == ",G" and is_party(s, k):
        k -= 2  # Ann Hale, D-Ohio, who
    if k < 0 or kinds[k] != "G":
        return []
    if kinds[j] == "a" and kinds[j - 1] != "G":
        return []
    name = s.tags[s.ends[k] - 1] == "NNP"
    while k == j - 1 and name and k >= 2 and kinds[k - 1] in "fI":
        # Without a comma a name takes no relative clause: "a letter to Ann which says".
        noun = k - 2
        while noun > 0 and kinds[noun] in "fIP":
            noun -= 1  # "an attack off of Alba that"
        if kinds[noun] != "G":
            break
        k = noun
        j = k + 1
        name = s.tags[s.ends[k] - 1] == "NNP"
    if s.words[s.starts[j]].lower() == "who":
        first = group_start(s, k)
        while first >= 2 and kinds[first - 1] in "fI" and kinds[first - 2] == "G":
            if not is_person(s.head(first - 2)):
                break
            k = first - 2
            first = group_start(s, k)
    one = s.words[s.starts[j] + 1 : s.starts[j] + 2] in _SINGULAR  # "Ann and her son, who has"
    return group(s, k) if kinds[k - 1 : k] == "&" and not one else [k]


_SINGULAR = (["has"], ["is"], ["was"])


def is_person(noun: str) -> bool:
    return noun.endswith(_PERSON_ENDS + _PEOPLE_ENDS)
