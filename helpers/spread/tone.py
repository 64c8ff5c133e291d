"""Words that evaluate, and how much each weighs."""

from __future__ import annotations

import re
from functools import cache

from helpers import lexicons
from helpers.lemmas import lemma

GENERAL = ("good", "bad")
"""Categories of evaluating words that weigh half: many of them only name a topic."""
JUDGING = (
    "anger", "corrupt", "criticism", "deceit", "extreme", "failure", "insult", "opposition",
    "praise", "reckless", "virtue",
)  # fmt: skip
"""Categories whose words judge, and do not only tell that something good or bad happens."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
NO_TONE = ("act", "hedge", "poll", "turn", "law")


@cache
def _weights() -> dict[str, float]:
    rows = lexicons.load("evaluation")
    idle = lexicons.words("words_without_tone")
    rows = rows[~rows["category"].isin(NO_TONE) & ~rows["word"].isin(sorted(idle))]
    return {
        word: int(polarity) * (0.5 if category in GENERAL else 1.0)
        for word, category, polarity in zip(
            rows["word"], rows["category"], rows["polarity"], strict=True
        )
    }


@cache
def evaluates(word: str) -> bool:
    """Whether a word (in small letters) evaluates, and does more than name a topic.

    >>> [evaluates(word) for word in ("slammed", "official", "democrat")]
    [True, False, False]
    """
    return any(abs(tone(word, tag)) >= 1 for tag in ("JJ", "NNS", "VBD", "VBG", "VBZ"))


@cache
def _judging() -> frozenset[str]:
    rows = lexicons.load("evaluation")
    return frozenset(rows.loc[rows["category"].isin(JUDGING), "word"])


@cache
def judges(word: str) -> bool:
    """Whether a word (in small letters) judges whom or what it is said of.

    >>> [judges(word) for word in ("mismanagement", "served", "pardon", "foolishly")]
    [True, False, False, True]
    """
    return any(form in _judging() for form in (word, lemma(word, "VBD"), lemma(word, "NNS")))


def judging(text: str) -> set[str]:
    """The words of a text, in small letters, that judge.

    >>> judging("Foolishly the crew left"), judging("The crew left")
    ({'foolishly'}, set())
    """
    return set(filter(judges, (word.lower() for word in _WORD.findall(text))))


def tone(word: str, tag: str) -> float:
    """The weight of a word (in small letters): below nothing where it evaluates badly."""
    return _weights().get(word) or _weights().get(lemma(word, tag), 0.0)
