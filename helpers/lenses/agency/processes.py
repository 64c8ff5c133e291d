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
from helpers.lemmas import lemma
from helpers.lenses.agency.told import ENDING
from helpers.lenses.agency.verbs import process_of, verb_of

LIGHT = lexicons.words("light_verbs")
_PHASES = lexicons.words("phase_verbs")
_NOUNS = {
    "verbal": lexicons.words("nouns_of_saying"),
    "mental": lexicons.words("nouns_of_thinking"),
    "relational": lexicons.words("nouns_of_having"),
}
_RECEIVING = lexicons.words("receiving_verbs")
_OFFICES = lexicons.words("nouns_of_office")
_OFFICE_ENDINGS = ("ship", "ency")
_LEAST_REPORTS = 3


def process(s: Sentence, p: Predicate) -> tuple[str, str | None]:
    """The kind of a clause, and the noun that tells it where the verb is light.

    "Issued a warning" is verbal by its noun; "appeared ready" is relational by what follows.
    """
    told = p.object or p.relative_object  # "the comments he made"
    noun = _head(s, told[-1]) if told and told[-1] < len(s.kinds) else ""
    verb = verb_of(s, p)
    if verb in LIGHT:
        for kind, nouns in _NOUNS.items():
            if noun in nouns:
                # "is getting little attention": it is the others who attend
                return ("relational" if p.lemma in _RECEIVING else kind), noun
    if p.lemma == "assume" and (noun in _OFFICES or noun.endswith(_OFFICE_ENDINGS)):
        return "material", None
    following = s.letters[p.end : p.end + 3].lstrip("R")[:1]
    if p.lemma == "appear" and following in ("t", "J", "e"):
        return "relational", None
    if p.lemma == "get" and (following in ("J", "e") or s.letters[p.start] == "H"):
        return "relational", None  # "got angry", "has got a lead"
    if p.lemma == "continue" and not p.object and s.letters[p.end : p.end + 1] in (",", ":", '"'):
        return "verbal", None
    return process_of(verb) or process_of(p.lemma) or _reported(verb) or "material", None


def is_phase(s: Sentence, p: Predicate) -> bool:
    """Whether the deed is told by the verb behind: "went on *to call*", "stopped *calling*"."""
    at = p.end + (s.words[p.end : p.end + 1] == ["on"])
    following = s.letters[at : at + 1]
    if p.passive or p.object:
        return False
    return (p.lemma in _PHASES and following == "t") or (p.lemma in ENDING and following == "g")


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
