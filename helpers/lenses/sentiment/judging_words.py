"""The words of a span that judge, by their part of speech and by what stands around them.

The list is data, ``data/lexicons/en/judging_words.csv``; whom a word judges, `verdicts` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from helpers import lexicons
from helpers.grammar.clauses import Sentence
from helpers.lemmas import lemma

_KINDS = {"J": ("adjective",), "N": ("noun", "person"), "R": ("adverb",), "V": ("verb",)}
_PEOPLE = lexicons.words("nouns_for_own_people")
_OTHERWISE = {
    "failed": lexicons.words("nouns_of_undertakings"),
    "outstanding": lexicons.words("nouns_of_dues"),
}
"""Words that judge nobody before some nouns: a failed bid, an outstanding debt."""
_DEGREES = lexicons.words("adverbs_of_degree")
_NOTHING = frozenset(("nothing", "anything", "no", "hardly"))
_FIXED = frozenset(lexicons.listed("phrases_without_verdict"))
_BEING = frozenset("BbEi")


class Verdict(NamedTuple):
    """A word that judges the target: its token in the sentence, and +1 or -1."""

    token: int
    polarity: int


def can_judge(word: str, tag: str) -> bool:
    """Whether a word (in small letters) judges whatever it is bound to, in a wide search."""
    return _polarity(word, tag, True) != 0


def words_of_verdict(s: Sentence, wide: bool, a: int, b: int) -> Iterator[Verdict]:
    """The words of tokens ``a`` to ``b`` that judge whatever they are bound to."""
    for i in range(a, b):
        word = s.words[i].lower()
        # "Hale’s Reckless Offer", but not "Noble Energy"
        wide_here = wide and (s.tags[i][:3] != "NNP" or not {"’s", "'s"}.isdisjoint(s.words[a:i]))
        polarity = _polarity(word, s.tags[i], wide_here)
        following = {word.lower() for word in s.words[i + 1 : b]}
        # "did nothing wrong", "has no training or expertise"
        low = a - 6 if s.words[a - 1 : a] in (["or"], ["nor"]) else a - 1
        denied = not _NOTHING.isdisjoint(w.lower() for w in s.words[max(low, 0) : i])
        fixed = f"{word} {s.words[i + 1].lower()}" in _FIXED if i + 1 < len(s.words) else False
        fixed |= i > 0 and f"{s.words[i - 1].lower()} {word}" in _FIXED
        undertaken = following & _OTHERWISE.get(word, frozenset())
        degree = word in _DEGREES and s.tags[i + 1 : i + 2] in (["JJ"], ["RB"])
        enough = s.words[i + 1 : i + 2] == ["enough"]  # "is smart enough" for something
        acts = _is_verb(s, i, a, b) and (lemma(word, s.tags[i]), "verb") not in listed()
        if polarity and not any((degree, enough, denied, fixed, undertaken, acts)):
            yield Verdict(i, polarity)


def _is_verb(s: Sentence, i: int, a: int, b: int) -> bool:
    """Whether a participle is a verb's: "has *failed*", but "is *misguided*"."""
    return s.letters[i] in "eg" and any(
        (q.start, q.end) == (a, b) and q.main == i and _BEING.isdisjoint(s.letters[a:b])
        for q in s.predicates
    )


def _polarity(word: str, tag: str, wide: bool) -> int:
    """-1 or +1 for a listed word in the part of speech that it is listed in, else 0."""
    if (found := _narrow(word, tag)) or lemma(word, tag) == "lie":
        return found
    anywhere = lexicons.judging_words()
    return anywhere.get(word) or anywhere.get(lemma(word, tag), 0) if wide else 0


@cache
def _narrow(word: str, tag: str) -> int:
    """As `_polarity`, for the words that judge whoever does or is so."""
    kinds = ("adjective",) if tag in ("VBN", "VBG") else ()
    for kind in (*kinds, *_KINDS.get("" if tag[:3] == "NNP" else tag[:1], ())):
        form = word if kind in ("adjective", "adverb") else lemma(word, tag)
        if (form, kind) in listed():
            # "Iraq lies to the north" and "wants to lie down" tell no lie
            rests = (form, kind) == ("lie", "verb") and tag not in ("VBD", "VBN", "VBG")
            return 0 if rests else listed()[form, kind]
    return 0


@cache
def listed() -> dict[tuple[str, str], int]:
    """The polarity of each word by its kind, as the list has them."""
    table = lexicons.load("judging_words")
    rows = zip(table["word"], table["kind"], table["polarity"], strict=True)
    return {(word, kind): int(polarity) for word, kind, polarity in rows}


@cache
def persons() -> frozenset[str]:
    """Nouns and titles that say what somebody is, each by its last word."""
    tables = (("titles", "title"), ("describing_nouns", "noun"), ("anonymous_sources", "noun"))
    words = (word for table, column in tables for word in lexicons.load(table)[column])
    return _PEOPLE | {str(word).lower().split()[-1] for word in words}
