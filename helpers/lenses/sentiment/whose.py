"""Whether what a sentence thinks of a target is its author's, or is put down to somebody in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from helpers import lexicons
from helpers.grammar.clauses import Predicate, Sentence
from helpers.lenses.sentiment.judging_words import Verdict
from helpers.lenses.sentiment.verdicts import is_agent, is_named_aside

_VIEWS = lexicons.words("words_of_others_views")
_HELD = lexicons.words("verbs_of_holding_for")
_SAYING = lexicons.words("verb_groups_of_views")
_BLAMING = frozenset(("criticise", "accuse"))


def is_attributed(
    s: Sentence, quoted: Sequence[int], a: int, b: int, found: Sequence[Verdict]
) -> bool:
    """Whether what is thought of the target (tokens ``a`` to ``b``) is put down to somebody.

    That is so where a verb of saying, blaming or thinking which is not the target's own stands
    before the target or before a word of the verdict, where a noun for what others think stands in
    the sentence, and where the verdict stands between quotation marks and the target does not.
    ``quoted`` says of each token whether it stands between them.

    More is put down to others than should be: what is told as the author's own is to be it.
    """
    if any(word.lower() in _VIEWS for word in s.words):
        return True
    if any(quoted[v.token] and not quoted[a] for v in found):
        return True
    last = max([b, *(v.token for v in found)])
    return any(
        (p.lemma in _HELD or _group(p.lemma) in _SAYING)
        and (p.main < last or p.agent_link == "inverted" or _behind(s, p))
        and not (is_agent(p, a, b) or is_named_aside(s, p, a) or _goes_on(s, p, b))
        for p in s.predicates
        if not p.auxiliary
        # "to name two": nobody does; but "came to protest X's failure"
        and (p.agents or p.passive or p.finite or _group(p.lemma) in _BLAMING)
    )


def _goes_on(s: Sentence, p: Predicate, b: int) -> bool:
    """Whether "she thought" behind the target is most likely its own: no end as "…, she said" is.

    "It is clear that Hale hid it, which she thought nobody would find".
    """
    alone = [x for x, y in p.agents if x >= b and s.tags[x] == "PRP" and y == x + 1]
    return bool(alone) and not _behind(s, p) and s.words[alone[0]].lower() in ("he", "she")


def _behind(s: Sentence, p: Predicate) -> bool:
    """Whether who says so stands at the end: "X is reckless, her rivals say"."""
    counted = all("C" in s.letters_of(j) for j in p.object)  # ", voters say 51 to 40"
    return counted and any(x and s.words[x - 1] == "," for x, _ in p.agents)


@cache
def _groups() -> dict[str, str]:
    table = lexicons.load("verb_groups")
    return dict(zip(table["lemma"], table["group"], strict=True))


def _group(verb: str) -> str:
    return _groups().get(verb, "")
