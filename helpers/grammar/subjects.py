"""The noun phrase that speaks: the subject of a reporting verb, found from the verb outwards.

The phrase next to the verb is often not the speaker: "Hale, the editor of the Post, said" (an
apposition stands between), "the editor of the Post said" (a preposition does), "Hale, who called
him, said" (a relative clause), "“…,” said Hale" (the order is turned round).
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.grammar.clauses.groups import takes_clause as takes_clause
from helpers.grammar.clauses.subjects import finite_subject
from helpers.grammar.document import Document
from helpers.grammar.nouns import (
    CORE,
    Phrase,
    phrase_ending,
    phrase_from,
    with_head,
)
from helpers.lemmas import lemma as lemma_of

# Who made the document speaks in it: "released a statement saying".
DOCUMENTS = lexicons.words("documents")
_PASSIVE = lexicons.words("passive_auxiliaries")
# Participles that describe a state of mind: their subject is who feels it.
_STATES = lexicons.words("state_participles")


def group_start(doc: Document, i: int, low: int) -> int:
    """First token of the verb group whose main verb is at ``i``: "had never [said]"."""
    code, lower = doc.code, doc.lower
    j = i
    while j > low:
        c, after = code[j - 1], code[j]
        two = code[j - 2] if j - 2 >= low else ""
        if c in "FMvR" or (c in "eg" and after in "vegtRFP"):
            grows = not (c == "F" and _main_at(code, j) and lower[j - 1] not in _AUXILIARIES)
            grows = grows and not (c in "eg" and after == "F" and lower[j] in _AUXILIARIES)
        elif c == "t":
            grows = two != "" and two in "FvegMRJ"
        elif c == "J":
            grows = after == "t" and two != "" and two in "FRve"
        else:
            grows = c == "P" and two != "" and two in "Fveg"
        if not grows:
            break
        j -= 1
    while j < i and code[j] in "R" and lower[j] not in ("n't", "not"):
        j += 1
    return j


def _main_at(code: str, j: int) -> bool:
    """Whether a finite verb stands at ``j``, or behind the adverbs there."""
    while code[j] == "R":
        j += 1
    return code[j] == "F"


_AUXILIARIES = lexicons.words("auxiliaries")


def is_passive(doc: Document, start: int, i: int, lemma: str) -> bool:
    """Whether the subject is spoken about: "has been accused", "was told"."""
    if doc.code[i] not in "eF" or lemma in _STATES:
        return False
    j = i - 1
    while j >= start and doc.code[j] == "R":
        j -= 1
    if j >= start and doc.lower[j] in ("'s", "’s") and j and doc.lower[j - 1] in _PERSONS:
        return not takes_clause(lemma)  # who's [has] argued that …
    return j >= start and doc.lower[j] in _PASSIVE


_PERSONS = lexicons.words("persons_before_has")


def subject(doc: Document, start: int, low: int) -> Phrase | None:
    """The subject of the verb group that begins at token ``start``, not left of ``low``.

    A verb without one takes that of the verb before it. Where no verb stands at ``start`` ("the
    Post notes that", read as a noun) the noun phrase before it counts.
    """
    base, s = _sentence(doc, start)
    p = _verb_at(doc, s, base, start)
    k = start - 1
    while k > low and doc.code[k] == "R":
        k -= 1
    if k > low and doc.tags[k] == "VBZ" and doc.code[k] == "F":
        near = phrase_ending(doc, k - 1, low)
        if near is not None and (doc.code[k - 1] in "DS" or not takes_clause(doc.lemma(k))):
            return near[0], k + 1  # a plural taken for a verb: Senate [aides] said
    if p is None:
        near = phrase_ending(doc, start - 1, low)
        return with_head(doc, near, low) if near is not None else None
    chunks, link = p.subject, p.link
    if link == "inverted":
        return None
    if _is_aside(s, p):  # "he mocked her, [referred] to her age": no participle here
        chunks, link = finite_subject(s, p)
    if chunks:
        return _phrase(s, p, chunks, link, base, low)
    k = p.chunk - 1
    while k > 0 and s.kinds[k] in "RuT":
        k -= 1
    if k >= 0 and s.kinds[k] == "w":
        return base + s.starts[k], base + s.ends[k]
    return previous_subject(doc, start - 1, low) if start > low else None


def _sentence(doc: Document, i: int) -> tuple[int, Sentence]:
    number = doc.sent[i]
    return doc.sents[number][0], doc.clauses(number)


def _verb_at(doc: Document, s: Sentence, base: int, start: int) -> Predicate | None:
    """The verb whose group begins at ``start``, or behind the adverbs there."""
    p = next((p for p in s.predicates if start < base + p.end), None)
    if p is None or set(doc.code[start : base + p.start]) > {"R"}:
        return None
    return p if start >= base + p.start or doc.code[start] == "R" else None


def _is_aside(s: Sentence, p: Predicate) -> bool:
    """Whether a bare past participle behind a mark was given a subject as a modifier."""
    bare = s.letters[p.start] == "e" and p.link in ("participle", "")
    return bare and p.chunk > 0 and s.kinds[p.chunk - 1] in ",R:"


def _phrase(
    s: Sentence, p: Predicate, chunks: Sequence[int], link: str, base: int, low: int
) -> Phrase | None:
    """The chunks of a subject as tokens, with the prepositions and the "who" that belong to it."""
    a, b = min(s.starts[k] for k in chunks), max(s.ends[k] for k in chunks)
    first, last = chunks[0], chunks[-1]
    if link == "participle":  # "a message on Twitter reading …"
        while 1 < first < len(s.kinds) and s.kinds[first - 2] + s.kinds[first - 1] in ("Gf", "GI"):
            first -= 2
            a = s.starts[first]
    if last < p.chunk:
        k = last + 1
        while k + 1 < p.chunk and s.kinds[k + 1] == "G":
            if s.kinds[k] not in "IfY" and s.word(k) != "for":
                break
            b = s.ends[k + 1]
            k += 2
        if s.kinds[k : k + 3] == ",G," and s.is_name(k + 1) and not s.is_name(last):
            b = s.ends[k + 1]  # the mayor of Oldport, Ann Hale, said
        if link == "relative" or (link == "conjunct" and _is_antecedent(s, chunks)):
            opener = next((k for k in range(last + 1, p.chunk) if s.kinds[k] in "wa"), None)
            b = s.ends[opener] if opener is not None else b
    return (base + a, base + b) if base + a >= low else None


def _is_antecedent(s: Sentence, chunks: Sequence[int]) -> bool:
    return any(q.link == "relative" and [*q.subject] == [*chunks] for q in s.predicates)


def previous_subject(doc: Document, j: int, low: int, *, main: bool = False) -> Phrase | None:
    """The subject of the nearest finite verb to the left: "rose and said", ", adding that".

    Of a verb inside a report the reporter is the subject: "[Hale] said it was late, adding …".
    ``main`` asks for the main clause: "[Hale] left after they came, saying …".
    """
    base, s = _sentence(doc, j)
    for q in reversed(s.predicates):
        at = base + q.main
        if at > j or not q.finite or doc.quoted[at]:
            continue
        if base + q.start < low or ";" in doc.code[at:j]:
            return None
        relative = q.link == "relative" or q.relative_object
        if relative and (main or j - at > 12 or "," in doc.code[at:j]):
            continue
        if not q.subject or q.link == "inverted":
            continue
        found = _phrase(s, q, q.subject, q.link, base, low)
        if found is not None and found[0] > low:
            before = found[0] - 1
            if _reported(doc, before) or (main and _under(doc, before)):
                return previous_subject(doc, before, low, main=main) or found
        return found
    return None


def _reported(doc: Document, k: int) -> bool:
    """Whether a clause whose subject stands behind the token ``k`` is somebody's report."""
    if doc.code[k] == "c":
        return doc.lower[k] == "that"
    if doc.code[k] not in "Fveg":
        return False
    return takes_clause(lemma_of(doc.lower[k], doc.tags[k]))


def _under(doc: Document, k: int) -> bool:
    """Whether the token ``k`` opens a subordinate clause."""
    return doc.code[k] == "r" or doc.lower[k] in _UNDER


_UNDER = lexicons.words("subordinate_openers")


def following_subject(doc: Document, p: int, end: int) -> Phrase | None:
    """The subject of the clause that comes after: "Speaking on Monday, [Hale] said"."""
    code, quoted = doc.code, doc.quoted
    k = p
    while k < end:
        ends = quoted[k] and not quoted[k + 1] and doc.text[doc.starts[k] - 1] == ","
        if (ends or (code[k] == "," and not quoted[k])) and not quoted[k + 1]:
            found = CORE.match(code, k + 1, end)
            if found is not None:
                return phrase_from(doc, k + 1, end)
        k += 1
    return None
