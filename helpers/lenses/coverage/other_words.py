"""Whether an outlet tells a thing in other words: what looks like a gap is then a doubt.

The likeness by which facts are found sees shared words. "The death of the general" and "the
general was killed" share none, so that an outlet that told it would be said to lack it. Here words
stand for what they name: a verb and its noun for one deed (`nominalisations.csv`), words for one
kind of event for each other (`same_event_words.csv`), and inflections for their stem; two sentences
side by side count as one, and so do a headline and its lead; and a few words quoted from what is
quoted at length count too (of one day still less is enough: `same_day`). What is found so is never
enough to call a fact present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from helpers.comparing.terms import function_words
from helpers.lexicons import load

LEAST, SHARE = 3, 0.4
"""So many of a telling sentence's features, and so large a share, in one sentence: a doubt."""
WIDE_LEAST, WIDE_SHARE = 4, 0.5
"""The same in two sentences side by side."""
WEIGHT = 0.3
"""The same by weight (rare ones weigh more): who tells it shorter keeps what is rare."""
QUOTED = 3
"""Words in a row that are quoted from a longer quotation; two of them have content."""
STEM = 6
"""Letters of a word beyond which its ending is taken for an inflection."""

LEAD = 2
"""Sentences of a body that are read together with the headline."""

MARKED = re.compile(r"“([^”]*)(?:”|$)|\"([^\"]*)(?:\"|$)|(?<!\w)‘([^’]*)’(?!\w)")
"""What stands between quotation marks."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

Ints = npt.NDArray[np.int64]


@cache
def _events() -> dict[str, str]:
    """The kind of event that a word names; a noun made from a verb goes with the verb."""
    table = load("same_event_words")
    kinds: dict[str, str] = {}
    for event, words in zip(table["event"], table["words"], strict=True):
        for word in words.split():
            kinds.setdefault(word, event)
    nouns = load("nominalisations")
    for noun, verb in zip(nouns["noun"], nouns["lemma"], strict=True):
        kinds.setdefault(noun, kinds.get(verb, verb[:STEM]))
    return kinds


def meaning(feature: str) -> str:
    """What a feature of a sentence stands for: names and figures for themselves.

    >>> meaning("killing") == meaning("death"), meaning("sanction") == meaning("sanctioned")
    (True, True)
    """
    if feature[0] in "@#":
        return feature
    return _events().get(feature) or feature[:STEM]


def meanings(row: Ints, feature: Ints, names: list[str]) -> tuple[Ints, Ints, list[str]]:
    """Sentence row and number of every meaning in it, each once, and the meanings' names."""
    numbers: dict[str, int] = {}
    of = np.array([numbers.setdefault(meaning(n), len(numbers)) for n in names], dtype=np.int64)
    width = max(len(numbers), 1)
    key = np.unique(row * width + of[feature]) if len(row) else np.zeros(0, dtype=np.int64)
    return key // width, key % width, list(numbers)


class Told:
    """The meanings of all sentences, to be asked which of them tell a sentence in other words."""

    def __init__(
        self,
        row: Ints,
        feature: Ints,
        names: list[str],
        doc: Ints,
        texts: list[str],
        parts: list[str],
    ) -> None:
        row, self._feature, self._names = meanings(row, feature, names)
        known = doc[row] >= 0
        row, self._feature = row[known], self._feature[known]
        self._rows = len(doc)
        spread = np.unique(self._feature * np.int64(self._rows + 1) + doc[row])
        spread = np.bincount(spread // (self._rows + 1), minlength=len(self._names))
        self._weight = np.log((2 + doc.max(initial=0)) / np.maximum(spread, 1))
        self._texts = texts
        self._fragments: dict[tuple[str, ...], set[int]] = {}
        for i, text in enumerate(texts):
            for run in _quoted_runs(text):
                self._fragments.setdefault(run, set()).add(i)
        self._begins = np.searchsorted(row, np.arange(self._rows + 1))
        order = np.argsort(self._feature, kind="stable")
        self._holders = row[order]
        self._by = np.searchsorted(self._feature[order], np.arange(len(self._names) + 1))
        self._goes_on = np.zeros(self._rows, dtype=bool)
        self._goes_on[:-1] = doc[1:] == doc[:-1]
        self._thing = np.array([not name.startswith("@") for name in self._names], dtype=bool)
        self._opening = _openings(doc, parts)

    def by(self, sentence: int) -> list[int]:
        """The rows of sentences that hold most of what a sentence holds; names alone do not do."""
        wanted = self._feature[self._begins[sentence] : self._begins[sentence + 1]]
        quoting = {
            row for run in _runs(self._texts[sentence]) for row in self._fragments.get(run, ())
        }
        if len(wanted) < LEAST:
            return sorted(quoting)
        lists = [self._holders[self._by[f] : self._by[f + 1]] for f in wanted.tolist()]
        held = np.concatenate(lists)
        which = np.repeat(np.arange(len(wanted)), [len(rows) for rows in lists])
        shared = np.bincount(held, minlength=self._rows)
        weight = np.bincount(held, weights=self._weight[wanted][which], minlength=self._rows)
        things = np.bincount(held, weights=self._thing[wanted][which], minlength=self._rows) > 0
        much = (shared >= SHARE * len(wanted)) | (weight >= WEIGHT * self._weight[wanted].sum())
        alone = np.flatnonzero(much & (shared >= LEAST) & things)
        before = self._goes_on[held - 1] & (held > 0)  # the sentence before goes on with this one
        pair = _holding(np.r_[held, held[before] - 1], np.r_[which, which[before]], len(wanted))
        top = self._opening[held] >= 0
        opening = _holding(self._opening[held[top]], which[top], len(wanted))
        return sorted(quoting.union(alone.tolist(), pair[things[pair]].tolist(), opening.tolist()))


def _holding(group: Ints, which: Ints, n: int) -> Ints:
    """The groups that hold enough of ``n`` features, of which some may stand there twice."""
    least = max(WIDE_LEAST, WIDE_SHARE * n)
    near = np.bincount(group) >= least  # few are, and only those have to be looked at for doubles
    some = near[group]
    found, wide = np.unique(
        np.unique(group[some] * n + which[some]) // n, return_counts=True
    )
    return found[wide >= least]


def _openings(doc: Ints, parts: list[str]) -> Ints:
    """Of each row the first of its article's headline and lead, if it is in them, else -1."""
    found = np.full(len(doc), -1, dtype=np.int64)
    first, body = -1, 0
    for r, part in enumerate(parts):
        if r == 0 or doc[r] != doc[r - 1]:
            first, body = r, 0
        body += part == "body"
        if body <= LEAD and doc[r] >= 0:
            found[r] = first
    return found


def _quoted_runs(text: str) -> Iterator[tuple[str, ...]]:
    """The runs of words between quotation marks."""
    for found in MARKED.finditer(text):
        yield from _runs(found[1] or found[2] or found[3] or "")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < QUOTED:
        return
    small = function_words()
    content = [word not in small for word in words]
    for i in range(len(words) - QUOTED + 1):
        if sum(content[i : i + QUOTED]) >= 2:
            yield tuple(words[i : i + QUOTED])
