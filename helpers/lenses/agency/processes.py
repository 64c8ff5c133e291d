"""What kind of deed a verb tells: doing, saying, thinking or being.

The kinds are Halliday's process types (1985, An Introduction to Functional Grammar): material (does
something), verbal (says), mental (thinks, feels, perceives) and relational (is, has, undergoes).
Only of the first can it be said that somebody acts, or that something is done to somebody: who
"said", "hopes" or "is expected" does not act, and who is asked, endorsed or seen suffers nothing.
"""

from __future__ import annotations

from functools import cache

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence, frame
from helpers.grammar.clauses.factuality import ENDING
from helpers.lemmas import lemma
from helpers.lenses.agency.verbs import process_of, verb_of

LIGHT = lexicons.words("light_verbs")
_PHASES = lexicons.words("phase_verbs")
_NOUNS = {
    "verbal": lexicons.words("nouns_of_saying"),
    "mental": lexicons.words("nouns_of_thinking"),
    "relational": lexicons.words("nouns_of_having"),
}
_CONTENTS = (_NOUNS["verbal"], _NOUNS["mental"], lexicons.words("nouns_of_hearsay"))
_SPURNING = lexicons.words("verbs_of_taking_up")
_RECEIVING = lexicons.words("receiving_verbs")
_OFFICES = lexicons.words("nouns_of_office")
_OFFICE_ENDINGS = ("ship", "ency")
_LEAST_REPORTS = 3
_AHEAD = frozenset(("beat", "lead", "trail"))


def process(s: Sentence, p: Predicate) -> tuple[str | None, str | None]:
    """The kind of a clause, and the noun that tells it where the verb is light.

    "Issued a warning" is verbal by its noun; "appeared ready" is relational by what follows. Of a
    verb that no list holds no kind is said: read by hand, half of them were no deeds.
    """
    told, noun = p.object or p.relative_object, _object(s, p)
    verb = verb_of(s, p)
    if verb in LIGHT:
        for kind, nouns in _NOUNS.items():
            if noun in nouns:
                # "is getting little attention": it is the others who attend
                return ("relational" if p.lemma in _RECEIVING else kind), noun
    if verb in _SPURNING and is_of_words(s, p):
        return "verbal", None  # "rejected the claim"
    if p.lemma == "assume" and (noun in _OFFICES or noun.endswith(_OFFICE_ENDINGS)):
        return "material", None
    following = s.letters[p.end : p.end + 3].lstrip("R")[:1]
    if p.lemma == "appear" and following in ("t", "J", "e"):
        return "relational", None
    if p.lemma == "get" and (following in ("J", "e") or s.letters[p.start] == "H"):
        return "relational", None  # "got angry", "has got a lead"
    if p.lemma in _AHEAD and not p.passive and (not told or _in_numbers(s, p)):
        return "relational", None  # in a poll; or to what follows
    if s.words[p.end + 1 : p.end + 2] in (["%"], ["percent"], ["points"]):
        return "relational", None  # "the shares dropped 2 percent"
    if p.lemma == "do" and s.words[p.start - 1].lower() == "as" and p.start:
        return "relational", None  # "as did Ann": the deed of another clause
    if p.lemma == "continue" and not p.object and (_beside_words(s, p) or _says_along(s, p)):
        return "verbal", None
    if verb == "get" and told:
        return "relational", None  # "got a pardon"
    return process_of(verb) or process_of(p.lemma) or _reported(verb), None


def is_of_words(s: Sentence, p: Predicate) -> bool:
    """Whether what a deed is done to is said or thought: "shot down *rumors*"."""
    return any(_object(s, p) in nouns for nouns in _CONTENTS)


def is_phase(s: Sentence, p: Predicate) -> bool:
    """Whether the deed is told by the verb behind.

    "Went on *to call*", "stopped *calling*", "began by *calling*".
    """
    at = p.end + (s.words[p.end : p.end + 1] in (["on"], ["by"]))
    following = s.letters[at : at + 1]
    if p.passive or p.object:
        return False
    return (p.lemma in _PHASES and following in ("t", "g")) or (
        p.lemma in ENDING and following == "g"
    )


def _beside_words(s: Sentence, p: Predicate) -> bool:
    """Whether quoted words stand behind a verb, or before its subject: “…,” he continued."""
    first = s.starts[p.subject[0]] if p.subject else p.start
    return s.letters[p.end : p.end + 1] in (",", ":", '"') or s.letters[first - 1 : first] == '"'


def _says_along(s: Sentence, p: Predicate) -> bool:
    """Whether the same doer says something meanwhile: "continued on Monday, *saying* that"."""
    along = (q for q in s.predicates if q.link == "participle" and q.subject == p.subject)
    return any(process_of(q.lemma) == "verbal" for q in along)


def _in_numbers(s: Sentence, p: Predicate) -> bool:
    """Whether "by 46 percent" or "46 to 42" stands behind a verb and its object."""
    at = s.ends[p.object[-1]] if p.object and p.object[-1] < len(s.kinds) else p.end
    behind = s.letters[at : at + 3]
    return "C" in behind


def _before_name(s: Sentence, p: Predicate) -> str:
    """The plural that a clause without "that" goes with: "the *remarks* Ann had made"."""
    if p.passive or not p.subject or p.subject[-1] < len(s.kinds):
        return ""  # a subject of its own, not the end of a noun group
    at = s.starts[p.subject[-1]] - 1
    return lemma(s.words[at].lower(), "NNS") if s.tags[at] == "NNS" else ""


def _object(s: Sentence, p: Predicate) -> str:
    """The noun of a verb's object: "the *comments* he made"."""
    told = p.object or p.relative_object
    return _head(s, told[-1]) if told and told[-1] < len(s.kinds) else _before_name(s, p)


def _head(s: Sentence, chunk: int) -> str:
    at = s.ends[chunk] - 1
    return lemma(s.words[at].lower(), s.tags[at])


@cache
def _reported(verb: str) -> str | None:
    """Of a verb in no group, by how often it was counted to report."""
    if verb in frame("intransitive"):
        return None
    act = _acts().get(verb)
    return None if act is None else "verbal" if act == "speech" else "mental"


@cache
def _acts() -> dict[str, str]:
    table = lexicons.load("reporting_verbs")
    share, n = table["share"].astype("float64"), table["n_reports"].astype("int64")
    often = table[(share >= 0.5) & (n >= _LEAST_REPORTS)]
    return dict(zip(often["lemma"], often["act"], strict=True))
