"""How likely a candidate is the antecedent of a pronoun.

Every candidate is weighed by distance, grammar, prominence, gender and quotation marks, the factors
of Lappin and Leass (1994). The weights stand half way between those set by hand and those that a
search found best on the part of GUM that the benchmark does not hold: there other genres prevail,
and all the way did worse on news.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers import lexicons
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import Vocabulary, pronouns, vocabulary

_BE = lexicons.words("idle_it_verbs")
"""What follows an "it" that stands for nothing ("it was clear that")."""
_FAULTING = lexicons.words("verbs_of_faulting")
_REASONS = frozenset({"because"})
_TIMES = frozenset({"when", "if"})
_NEXT = 3
"""Tokens from a verb to whom it is done to: "that", an article."""
_SUBJECTS = ("subject", "inverted")
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_BREAKS = lexicons.words("clause_breaks") | {",", ";", "—", "–"}

# What speaks for a candidate, in units of about one sentence of distance.
WEIGHTS = {
    "distance": -1.3,
    "paragraph": -0.6,
    "gender known": 0.8,
    "subject": 0.9,
    "oblique": -0.5,
    "possessive": 0.2,
    "count": 0.08,
    "continues": 0.1,
    "opens": 0.5,
    "main subject": 0.5,
    "own clause": -3.0,
    "own subject": 0.7,
    "speaker": -1.0,
    "inside quotation": -0.5,
    "same quotation": 0.6,
    "goes on speaking": 0.5,
    "unnamed": -0.3,
    "near": 0.006,
    "margin": 0.5,
    "least": -1.4,
    "chain": 0.3,
    "topic": 0.3,
    "adjacent": 3.2,
    "turn": 2.0,
    "turn margin": 0.3,
    "reports": 0.5,
    "reason": 3.0,
    "just named": 3.0,
    "inserted": -3.0,
}


# "It" mostly stands for a thing that has no name: less is believed, nouns between count against.
THINGS = WEIGHTS | {
    "margin": 0.5,
    "least": 0.0,
    "subject": 0.5,
    "noun between": -0.8,
    "close": 1.4,
    "be": -1.0,
    "many": 0.3,
    "one": -1.0,
    "modifier": -1.5,
    "topic": 0.0,
    "chain": 0.3,
}


@dataclass(slots=True)
class Antecedent:
    """Where a candidate was last seen, and as what."""

    index: int
    root: int
    """One number for all names and pronouns of the candidate."""
    sentence: int
    token: int
    last: int
    role: str
    kind: str
    quoted: bool
    speaks: bool
    first: bool
    count: int
    gender: str
    thing: bool
    pronoun: bool = False
    many: bool = False


class Salience:
    """Weighs the candidates of one article's pronouns; `topic` is who is named most in it."""

    def __init__(self, doc: TaggedArticle, *, topic: int) -> None:
        self.doc = doc
        self.voc: Vocabulary = vocabulary()
        self.topic = topic

    def speech(self, k: int) -> bool:
        """Whether token `k` is a verb of saying and the like, as people do."""
        low = self.doc.lower
        return k < len(low) and self.voc.contexts.get(("after", low[k]), ("",))[0] == "person"

    def score(
        self, s: Antecedent, k: int, number: int, at: int, role: str, word: str, a: int
    ) -> float:
        """What speaks for a candidate of the pronoun at token `k`, in units of `WEIGHTS`.

        ``at`` is the sentence in which it was last seen or heard.
        """
        distance = number - at
        terms = self._prominence(s, role, distance)
        if s.thing:
            terms.append(self._thing(s, k, word, distance))
        if distance == 0:
            terms += self._same_sentence(s, k, role, number)
        elif s.first and s.role in _SUBJECTS:
            terms += self._main_subject(s, role, opens=k - a <= 2 and distance == 1)
        w = THINGS if s.thing else WEIGHTS
        if self.doc.paragraphs[number] != self.doc.paragraphs[at]:
            terms.append(w["paragraph"])
        terms += self._quotations(s, k, role, distance)
        score = 0.0
        for term in terms:
            score += term
        return score

    def _prominence(self, s: Antecedent, role: str, distance: int) -> list[float]:
        """How near and how often named the candidate is, and in which role."""
        w = THINGS if s.thing else WEIGHTS
        subject = s.role in _SUBJECTS
        return [
            w["distance"] * distance,
            w["count"] * min(s.count, 6),
            w["gender known"] if s.gender else 0.0,
            w["subject"] if subject else w.get(s.role, 0.0),
            w["continues"] if s.pronoun and subject and role == "subject" else 0.0,
            w["chain"] if s.pronoun and distance <= 1 else 0.0,
            w["unnamed"] if s.index < 0 else 0.0,
            w["topic"] if s.index == self.topic else 0.0,
        ]

    def _same_sentence(self, s: Antecedent, k: int, role: str, number: int) -> list[float]:
        """ "Keller said she": the subject of the pronoun's own clause, but not of its verb."""
        w = THINGS if s.thing else WEIGHTS
        a = self.doc.sents[number][0]
        near = w["near"] * (s.token - a)
        if role == "subject" and not s.thing:
            near += w["reason"] * self._is_reason_of(s, k, number, a)
            near += w["just named"] * self._just_named(s, k)
            near += w["inserted"] * self._is_inserted(s, k - a, number, a)
        if role == "reflexive" and s.last == k:
            near += w["adjacent"]  # "that Keller himself knew"
        joint = self.doc.lower[k - 1] == "and" or (
            self.doc.lower[k - 1] == "for" and s.role == "object"
        )
        if role == "possessive" and s.last == k - 1 and joint:
            near += w["adjacent"]  # "Keller and her aides", "thanked Keller for her help"
        if role == "object" and self._does(s, k - a, number, a):
            return [near, w["own clause"]]
        if s.role not in _SUBJECTS or any(t in _BREAKS for t in self.doc.words[s.token + 1 : k]):
            return [near]
        return [near, w["own clause"] if role == "object" else w["own subject"]]

    def _is_reason_of(self, s: Antecedent, k: int, number: int, a: int) -> bool:
        """ "Moss demanded that *Keller* resign because he", "faulted *Keller* because he"."""
        if self.doc.lower[k - 1] not in _REASONS and not self._is_what_for(s, k):
            return False
        return any(
            p.lemma in _FAULTING and not p.passive and 0 < s.token - a - p.main <= _NEXT
            for p in self.doc.clauses(number).predicates
        )

    def _is_what_for(self, s: Antecedent, k: int) -> bool:
        """ "Praised *Keller* for the calm he had shown": a noun stands behind "for"."""
        at = s.last + (self.doc.words[s.last : s.last + 1] == [","])
        between = self.doc.tags[at + 1 : k]
        for_ = self.doc.lower[at : at + 1] == ["for"]
        return for_ and 0 < len(between) <= _NEXT and between[-1] in ("NN", "NNS")

    def _is_inserted(self, s: Antecedent, at: int, number: int, a: int) -> bool:
        """ "Moss, who said that *Keller* might go, left after he": named in an aside before."""
        clauses = self.doc.clauses(number)
        who = [clauses.starts[j] for j, kind in enumerate(clauses.kinds) if kind == "w"]
        for p in clauses.predicates:
            held = [clauses.starts[j] for j in p.subject if j < len(clauses.kinds)]
            if p.finite and p.link == "direct" and held and p.start < at:
                inside = any(held[0] < w < s.token - a < p.start for w in who)
                if inside and clauses.kinds[p.chunk - 1] == ",":
                    return True
        return False

    def _just_named(self, s: Antecedent, k: int) -> bool:
        """ "In a *Keller* administration, when he": whose name stands before the noun."""
        low = self.doc.lower
        if low[k - 1] not in _TIMES or s.kind != "metonym":
            return False
        return s.last <= k - 1 and all(not w[0].isalnum() for w in low[s.last : k - 1])

    def _does(self, s: Antecedent, at: int, number: int, a: int) -> bool:
        """Whether the candidate does what is done to the pronoun: "Keller left after calling her".

        Not where a clause as a whole does it: "Keller won again, giving her the lead".
        """
        clauses = self.doc.clauses(number)
        for p in clauses.predicates:
            if any(x <= at < y for x, y in (*p.patients, *p.recipients)):
                if p.link == "participle" and clauses.kinds[p.chunk - 1] == ",":
                    return False
                return any(x <= s.token - a and s.last - a == y for x, y in p.agents)
        return False

    def _main_subject(self, s: Antecedent, role: str, *, opens: bool) -> list[float]:
        """ "Keller left. She": the subject that opened an earlier sentence."""
        w = THINGS if s.thing else WEIGHTS
        return [w["main subject"] if role == "subject" else 0.0, w["opens"] if opens else 0.0]

    def _quotations(self, s: Antecedent, k: int, role: str, distance: int) -> list[float]:
        """Inside a quotation the speaker says "I", so "he" is someone else."""
        w = THINGS if s.thing else WEIGHTS
        if self.doc.quoted[k]:
            if s.quoted:
                return [w["same quotation"]] if distance <= 1 else []
            return [w["speaker"]] if s.speaks and distance <= 1 else []
        terms = [w["inside quotation"]] if s.quoted else []
        if s.speaks and role == "subject" and distance and self.speech(k + 1):
            terms.append(w["goes on speaking"])
        return terms

    def _thing(self, s: Antecedent, k: int, word: str, distance: int) -> float:
        """What speaks for a state or body, which many nouns without a name compete with."""
        doc, w = self.doc, THINGS
        plural = word[0] == "t"
        score = w["many"] if s.many == plural else w["one"] if plural else -w["many"]
        nouns = sum(t in ("NN", "NNS") for t in doc.tags[s.token + 1 : k]) if not distance else 2
        score += w["noun between"] * min(nouns, 3)
        if not distance and word in ("its", "their"):
            names = sum(t.startswith("NNP") for t in doc.tags[s.last : k])
            score += w["close"] if not nouns + names else 0.0
        if word == "it" and k + 1 < len(doc.lower) and doc.lower[k + 1] in _BE:
            score += w["be"]
        return score


def role_of(tag: list[str], word: str, k: int) -> str:
    """subject, object, possessive or reflexive: the role of the pronoun `word` at token `k`."""
    if word == "her":
        return "possessive" if tag[k] == "PRP$" else "object"
    if word == "it":
        return "subject" if k + 1 < len(tag) and tag[k + 1] in FINITE else "object"
    return pronouns()[word].case
