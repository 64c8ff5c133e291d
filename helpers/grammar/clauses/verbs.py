"""Verb groups and their arguments: passives, participles, objects, inversions, "by" phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from helpers.grammar.clauses.chunks import chunk
from helpers.grammar.clauses.groups import (
    PREPOSITIONS,
    Predicate,
    Sentence,
    antecedent,
    frame,
    governing_verb,
    group,
    group_end,
    group_start,
    is_turned,
    nominative,
    takes_clause,
)
from helpers.grammar.clauses.nonfinite import coordinate, fill_fronted, nonfinite_subject
from helpers.grammar.clauses.subjects import finite_subject
from helpers.grammar.letters import letters_of
from helpers.lemmas import lemma

_FINITE = "MXHBOF"
_MAIN_OF = {"M": "vbhkg", "X": "vbhkg", "H": "e", "B": "eg"}
"""Letters of the verb that an auxiliary may have behind its subject."""


def sentence_clauses(words: Sequence[str], tags: Sequence[str]) -> list[Predicate]:
    """The lexical verbs of one tagged sentence, each with its agents and patients."""
    return [p for p in read(words, tags).predicates if not p.auxiliary]


def read(
    words: Sequence[str], tags: Sequence[str], letters: str = "", quotation: Sequence[int] = ()
) -> Sentence:
    """The sentence's chunks and all its verbs (auxiliaries too) with their arguments.

    ``letters`` are those of the words with their tags, where they are known already.
    ``quotation`` numbers the quotations with a clause of their own: of each token the one in
    which it stands, 0 outside.
    """
    s = Sentence(words, tags, chunk(words, letters or letters_of(words, tags)), quotation)
    for i, kind in enumerate(s.kinds):
        if kind == "V":
            predicate = _verb_group(s, i)
            s.predicates.append(predicate)
            s.by_chunk[i] = predicate
    for predicate in s.predicates:
        _arguments(s, predicate)
    fill_fronted(s)
    return s


def _verb_group(s: Sentence, i: int) -> Predicate:
    start, end = s.starts[i], s.ends[i]
    offset, last, passive, finite, negated = _shape(s.letters[start:end])
    main = start + offset
    if i and s.kinds[i - 1] == "u":
        negated = True
    following = s.kinds[i + 1] if i + 1 < len(s.kinds) else ""
    if passive and following == "G" and s.words[start] in ("'s", "’s"):
        passive = False  # "he's met Ann": has, not is
    auxiliary = (
        last in "MtBbEi"
        or (last == "X" and following != "G")
        or (last in "Hh" and following in ("", ".", ",", ":", "&", ")"))
    )
    return Predicate(
        start,
        end,
        main,
        lemma(s.words[main], "VBN" if passive and last == "F" else s.tags[main]),
        passive,
        finite,
        negated,
        i,
        auxiliary=auxiliary,
    )


@lru_cache(maxsize=4096)
def _shape(letters: str) -> tuple[int, str, bool, bool, bool]:
    """Of a verb group: place and letter of its main verb, whether passive, finite, negated."""
    main = len(letters) - (2 if letters[-1] == "P" and len(letters) > 1 else 1)
    verbs = [c for c in letters[: main + 1] if c not in 'Ru"P,&']
    last = verbs[-1]
    before = verbs[-2] if len(verbs) > 1 else "-"
    passive = (last == "e" and before in "BbEiOk") or (last in "Fv" and before in "BbEi")
    return main, last, passive, verbs[0] in _FINITE, "u" in letters


def _arguments(s: Sentence, p: Predicate) -> None:
    """Fills in subject and object of one verb; earlier verbs are already resolved."""
    _join_inverted(s, p)
    letter = s.letters[p.start]
    objects = [] if p.passive else _objects(s, p)
    if letter == "e" and not p.passive:
        _participle(s, p, objects)
    past = s.letters[p.main] == "F" and s.tags[p.main] not in ("VBZ", "VBP")
    if not p.passive and p.finite and past and p.start == p.main:
        if not objects:
            _reduced(s, p)
        elif p.lemma in frame("naming") and _governed(s, p.chunk - 1) and p is not s.predicates[0]:
            p.passive, p.finite = True, False
            objects.clear()
    if not p.link:
        if p.finite:
            p.subject, p.link = finite_subject(s, p)
            if not p.subject or p.link == "conjunct":
                _inverted_speech(s, p, objects)
        else:
            p.subject, p.link = nonfinite_subject(s, p)
    p.object = objects
    _assign_roles(s, p)


def _assign_roles(s: Sentence, p: Predicate) -> None:
    """Who does it and to whom, from the grammatical subject and object of a verb."""
    subject, objects = _spans(s, p.subject), p.object
    if objects and _addressed(s, p, objects[-1] + 1):
        p.recipients, objects = _spans(s, objects), []
    if p.passive:
        p.patients, p.patient_link = subject, p.link
        p.agents = _spans(s, _by_phrase(s, p.chunk))
        p.agent_link = "direct" if p.agents else ""
        return
    p.agents, p.agent_link = subject, p.link
    p.patients, p.patient_link = _spans(s, objects), "direct" if objects else ""
    if not objects:
        p.relative_object = _object_relative(s, p)
        p.patients = _spans(s, p.relative_object)
        p.patient_link = "relative" if p.patients else ""


def _spans(s: Sentence, chunks: Sequence[int]) -> list[tuple[int, int]]:
    """The token spans of chunks."""
    return [(s.starts[j], s.ends[j]) for j in chunks]


def _addressed(s: Sentence, p: Predicate, after: int) -> bool:
    """Whether the object is the one spoken to: "told the envoy", "warned him that …"."""
    if p.lemma not in frame("addressee"):
        return False
    following = s.kinds[after] if after < len(s.kinds) else "."
    return p.lemma in ("tell", "ask") or following in 'aVrQws"'


def _join_inverted(s: Sentence, p: Predicate) -> None:
    """Questions and "never has he …": an auxiliary, its subject, then the verb."""
    if p.finite or s.letters[p.start] == "t":
        return
    j = p.chunk - 1
    while j >= 0 and s.kinds[j] in "RuT":
        j -= 1
    if j < 1 or s.kinds[j] != "G":
        return
    last = j
    first = group_start(s, j)
    while first >= 2 and s.kinds[first - 1] in "fI" and s.kinds[first - 2] == "G":
        last = first - 2
        first = group_start(s, last)
    front = s.by_chunk.get(first - 1)
    if front is None or not front.finite or front.link == "joined":
        return
    aux = [c for c in s.letters[front.start : front.end] if c not in 'Ru"P'][-1]
    if aux in "BH" and first >= 2 and s.kinds[first - 2] == "G":
        return  # "he is the man killed": no inversion
    main = s.letters[p.main]
    if main in _MAIN_OF.get(aux, ""):
        p.finite, p.negated = True, p.negated or front.negated
        p.passive = p.passive or (aux == "B" and main == "e")
        p.subject, p.link = group(s, last), "direct"
        front.link, front.auxiliary = "joined", True


def _participle(s: Sentence, p: Predicate, objects: list[int]) -> None:
    """A bare past participle: reduced passive, or a past tense that was tagged so."""
    before = s.kinds[p.chunk - 1] if p.chunk else ""
    if before == "&" and (q := coordinate(s, p)) is not None and q.finite:
        p.finite, p.passive, p.subject, p.link = True, q.passive, q.subject, "conjunct"
        if p.passive:
            objects.clear()
        return
    others = [q for q in s.predicates if q.finite and q is not p]
    hangs = p.chunk >= 2 and s.kinds[p.chunk - 2] in PREPOSITIONS
    free = before == "G" and not (hangs and others)
    if _is_past(s, p, objects, before, free=free, alone=not others):
        p.finite = True
        return
    p.finite, p.passive = free and not others, True
    objects.clear()


def _is_past(
    s: Sentence, p: Predicate, objects: list[int], before: str, *, free: bool, alone: bool
) -> bool:
    """Whether a verb that was tagged as a participle is a past tense, by what is around it.

    ``free`` says that it follows a noun that no other verb claims, ``alone`` that the sentence
    has no other finite verb.
    """
    following = s.kinds[p.chunk + 1] if p.chunk + 1 < len(s.kinds) else ""
    if s.words[p.main].lower() == "said" and p.start == p.main:
        return True  # no noun is "said": "the group, which left - said Ann won"
    if _has_nominative(s, p.chunk - 1):
        return True  # "the money he raised", "a pledge he and Ann made"
    if before == "&" and objects and not alone and p.start == p.main:
        return p.lemma not in frame("naming") and p.lemma not in frame("dative")
    if before == "&":  # "she lied and said that"
        reports = takes_clause(p.lemma) and (objects or following in ("a", ",", '"', ":", "r"))
        return bool(reports) and not alone
    if not free and before not in (",", "R", ")", ":", "V"):
        return False
    if following == "a" and takes_clause(p.lemma):
        return True  # "while the envoy stressed that …"
    if alone and objects and before in (",", ":", ")"):
        return True  # "Hale, speaking on Monday, called it a lie"
    if free and alone and p.lemma in frame("intransitive"):
        return True
    # A participle takes no object of its own, except names and gifts.
    if not objects or p.lemma in frame("naming") or p.lemma in frame("dative"):
        return False
    return free or s.letters[s.starts[objects[0]]] not in "nJ"  # "discussed heightened tensions"


def _has_nominative(s: Sentence, j: int) -> bool:
    """Whether a pronoun that is only ever a subject stands at chunk ``j``, before adverbs too."""
    while j >= 0 and s.kinds[j] == "R":
        j -= 1
    return j >= 0 and s.kinds[j] == "G" and any(nominative(s, k) for k in group(s, j))


def _governed(s: Sentence, j: int) -> bool:
    """Whether noun group `j` is the object of a verb or preposition: "a game called …"."""
    if j < 1 or s.kinds[j] != "G":
        return False
    return s.kinds[j - 1] in PREPOSITIONS or governing_verb(s, j) is not None


def _reduced(s: Sentence, p: Predicate) -> None:
    """A past tense that is really a participle: "the man killed by … said"."""
    i = p.chunk
    if i == 0 or s.kinds[i - 1] != "G" or i + 1 >= len(s.kinds) or s.kinds[i + 1] != "Y":
        return
    by = _by_phrase(s, i)
    if by and _governed(s, i - 1):
        p.passive, p.finite = True, False
    elif by and by[-1] + 1 < len(s.kinds):
        k = by[-1] + 1
        following = s.by_chunk.get(k)
        if following is not None and following.finite:
            p.passive, p.finite = True, False


def _inverted_speech(s: Sentence, p: Predicate, objects: list[int]) -> None:
    """`"…", said the minister`: the subject of a verb of speech behind it."""
    if not is_turned(s, p):
        return
    j = p.chunk + 1
    p.subject, p.link = group(s, group_end(s, j)), "inverted"
    objects.clear()


def _objects(s: Sentence, p: Predicate) -> list[int]:
    """The noun group right of an active verb, unless it opens a clause of its own."""
    kinds, n = s.kinds, len(s.kinds)
    if p.lemma in frame("linking") or p.lemma in frame("intransitive"):
        return []
    j = p.chunk + 1
    while j < n and kinds[j] in 'RuP"':
        j += 1
    if j >= n or kinds[j] != "G" or nominative(s, j) or s.letters[s.starts[j]] == "S":
        return []
    end = group_end(s, j)
    after = end + 1
    if after < n and kinds[after] == "G" and end == j and p.lemma in frame("dative"):
        p.recipients = [(s.starts[j], s.ends[j])]
        j, end = after, group_end(s, after)
        after = end + 1
    if p.lemma in frame("no person") and s.tags[s.ends[end] - 1] == "NNP":
        return []  # "says Ann (who …) left"
    return [] if _has_verb_of_its_own(s, p, after) else group(s, end, floor=j)


def _has_verb_of_its_own(s: Sentence, p: Predicate, after: int) -> bool:
    """Whether the noun group that ends before chunk `after` is the subject of a verb behind it."""
    while after < len(s.kinds) and s.kinds[after] in 'Ru"':
        after += 1
    following = s.by_chunk.get(after)
    if following is not None:
        letter = s.letters[following.start]
        if p.lemma in frame("perception") and letter in "gv":
            return True  # "saw Ann leave": what is seen is the leaving
        clause = takes_clause(p.lemma) or not _relative_before(s, p)
        if following.finite and letter != "e" and clause:
            return True
    return takes_clause(p.lemma) and _verb_after_phrases(s, after)


def _verb_after_phrases(s: Sentence, j: int) -> bool:
    """Whether a finite verb follows prepositional phrases: "said the head of the group left"."""
    n = len(s.kinds)
    while j + 1 < n and s.kinds[j] in "If" and s.kinds[j + 1] in "GT":
        j += 2
    following = s.by_chunk.get(j)
    return following is not None and following.finite


def _relative_before(s: Sentence, p: Predicate) -> bool:
    j = p.chunk - 1
    while j >= 0 and s.kinds[j] in "RuT":
        j -= 1
    return (j >= 0 and s.kinds[j] in "wa") or not p.finite


def _by_phrase(s: Sentence, i: int) -> list[int]:
    """The noun group after "by" behind a passive verb, over phrases of place and time."""
    kinds, n = s.kinds, len(s.kinds)
    j = i + 1
    while j + 1 < n:
        kind = kinds[j]
        if kind == "Y" and kinds[j + 1] == "G":
            return group(s, group_end(s, j + 1), floor=j + 1)
        if kind in "wr&:(.Qa" or (kind == "V" and not _gerund_phrase(s, j)):
            return []
        j += 1
    return []


def _gerund_phrase(s: Sentence, j: int) -> bool:
    """ "accused of lying by …": the phrase between a passive and its agent may hold a gerund."""
    return s.letters[s.starts[j]] == "g" and s.kinds[j - 1] in "fI"


def _object_relative(s: Sentence, p: Predicate) -> list[int]:
    """ "the deal that he signed", "the deal he signed": the antecedent is what is signed."""
    if not p.subject or p.subject[0] >= len(s.kinds) or p.link != "direct" or not p.finite:
        return []
    j = group_start(s, p.subject[0]) - 1
    if j >= 1 and s.kinds[j] == "w" and s.words[s.starts[j]].lower() != "who":
        return antecedent(s, j)
    if j >= 0 and s.kinds[j] == "G" and p.lemma not in frame("intransitive"):
        own = s.letters[s.starts[j + 1]] in "pNDS" and s.letters[s.ends[j] - 1] == "n"
        return [j] if own and not takes_clause(p.lemma) else []
    return []
