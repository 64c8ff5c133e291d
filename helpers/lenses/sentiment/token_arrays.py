"""Sentences and targets as arrays, for thousands of targets at once.

A sentence is read once; its targets share what was found. What depends on the sentence alone is in
`Tokens`, what depends on the pair of target and word in `Targets`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.lenses.sentiment.keys import ENTITY, LEFT, NUMBER, RIGHT, Array
from helpers.lenses.sentiment.word_table import (
    CLOSE,
    EITHER,
    FLAG,
    MAX_CATEGORIES,
    NAME,
    OPEN,
    OTHER,
    Vocabulary,
)  # fmt: skip

WINDOW = 80  # tokens read on each side of a target; longer sentences are rare and mostly lists


class Tokens:
    """The tokens of some sentences with everything that does not depend on a target."""

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary) -> None:
        texts = [text if text.strip() else "." for text in texts]  # every sentence has a token
        ids, counts = vocabulary.rows(texts)
        column = {name: values[ids] for name, values in vocabulary.columns.items()}
        self.ids = ids
        self.words = vocabulary.words
        self.size = len(ids)
        self.first = np.concatenate([[0], np.cumsum(counts)])  # of each sentence, and the end
        self.sentence = np.repeat(np.arange(len(texts)), counts)
        # Sentences are laid end to end, so that one sorted array holds all offsets.
        self.base = np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
        reached = np.cumsum(column["length"])
        before = np.concatenate([[0], reached])[self.first[:-1]]
        self.end = reached - before[self.sentence] + self.base[self.sentence]
        self.start = self.end - column["length"] + column["lead"]
        self.root: Array = column["stem"]
        self.pos: Array = column["pos"]
        self.mark: Array = column["mark"]
        self.valence: Array = column["valence"]
        self.polarity: Array = column["polarity"]
        self.categories: Array = vocabulary.categories[ids]
        self.n_categories = len(vocabulary.table.polarity_of)
        flags = column["flags"]
        self.flag = {name: (flags & bit) > 0 for name, bit in FLAG.items()}
        at_start = self.start == self.base[self.sentence]
        self.entity = column["capital"] & ((self.pos == NAME) | (~at_start & (self.pos != OTHER)))
        self.name = column["capital"] & (self.pos == NAME)
        mask = np.where(column["digit"], NUMBER, 0).astype(np.uint64)
        mask[self.entity] = ENTITY
        self.masked_root = np.where(mask > 0, mask, self.root)
        self.masked_word = np.where(mask > 0, mask, column["word"])
        self.lean = np.where(mask > 0, 0, column["lean"])
        self.word: Array = column["word"]
        self.clause = np.cumsum(self.flag["clause"])
        self.quoted = self._quoted(column["quote"])
        self.negated = self._negated()
        self.others = self._others()

    def _same(self, step: int) -> Array:
        """Whether the token ``step`` places further on is in the same sentence."""
        same = np.zeros(self.size, np.bool_)
        if step < self.size:
            same[:-step] = self.sentence[:-step] == self.sentence[step:]
        return same

    def _quoted(self, quote: Array) -> Array:
        """Whether each token stands inside quotation marks opened in its sentence."""
        depth = np.cumsum((quote == OPEN).astype(np.int64) - (quote == CLOSE))
        turns = np.cumsum(quote == EITHER)
        starts = self.first[:-1][self.sentence]
        depth0 = np.concatenate([[0], depth])[starts]
        turns0 = np.concatenate([[0], turns])[starts]
        return (depth - depth0 > 0) | ((turns - turns0) % 2 == 1)

    def _negated(self) -> Array:
        """Whether a negator stands at most four tokens before, in the same clause."""
        negated = np.zeros(self.size, np.bool_)
        for step in range(1, min(5, self.size)):
            same = (self.sentence[step:] == self.sentence[:-step]) & (
                self.clause[step:] == self.clause[:-step]
            )
            negated[step:] |= self.flag["negator"][:-step] & same
        return negated

    def _others(self) -> Array:
        """Running number of names and pronouns, each name of several words counted once."""
        begins = self.entity.copy()
        begins[1:] &= ~(self.entity[:-1] & (self.sentence[1:] == self.sentence[:-1]))
        return np.cumsum(begins | self.flag["pronoun"])

    def next_where(self, condition: Array) -> Array:
        """For each place the first token from there on that meets the condition, else the end."""
        at = np.where(condition, np.arange(self.size), self.size)
        found = np.minimum.accumulate(at[::-1])[::-1] if self.size else at
        found = np.minimum(found, self.first[1:][self.sentence])
        return np.concatenate([found, [self.size]])

    def last_where(self, condition: Array) -> Array:
        """For each place the last token up to there that meets the condition, else -1."""
        at = np.where(condition, np.arange(self.size), -1)
        found = np.maximum.accumulate(at) if self.size else at
        return np.where(found >= self.first[:-1][self.sentence], found, -1)


class Targets:
    """Targets in their sentences, and every (target, token) pair within reach."""

    def __init__(self, tokens: Tokens, sentence: Array, start: Array, end: Array) -> None:
        self.tokens = tokens
        self.n = len(sentence)
        low, high = tokens.first[sentence], tokens.first[sentence + 1]
        base = tokens.base[sentence]
        first = np.searchsorted(tokens.end, base + start, side="right")
        last = np.searchsorted(tokens.start, base + end, side="left") - 1
        top = np.maximum(high - 1, 0)
        self.first = np.clip(first, np.minimum(low, top), top)
        self.last = np.clip(last, self.first, np.maximum(top, self.first))
        self.low, self.high = low, high
        begin = np.maximum(low, self.first - WINDOW)
        stop = np.minimum(high, self.last + WINDOW + 1)
        n = np.maximum(stop - begin, 0)
        self.row = np.repeat(np.arange(self.n), n)
        self.token = np.arange(n.sum()) + np.repeat(begin - (np.cumsum(n) - n), n)
        before = self.token < self.first[self.row]
        after = self.token > self.last[self.row]
        self.side = np.where(before, LEFT, np.where(after, RIGHT, 0))
        self.distance = np.where(
            before, self.first[self.row] - self.token,
            np.where(after, self.token - self.last[self.row], 0),
        )  # fmt: skip
        gap = tokens.clause[self.token] - tokens.clause[self.first][self.row]
        self.clauses = np.minimum(np.abs(gap), 3)
        inside = tokens.quoted
        self.quoted = inside[self.token] * 2 + inside[self.first][self.row]
        others = tokens.others
        left_of = np.where(self.first > low, others[np.maximum(self.first - 1, 0)], 0)
        between = np.where(
            after, others[self.token] - others[self.last][self.row],
            np.where(before, left_of[self.row] - others[self.token], 0),
        )  # fmt: skip
        self.between = np.clip(between, 0, 2)


def categories(targets: Targets, outside: Array) -> tuple[Array, Array]:
    at, category = [], []
    of_token = targets.tokens.categories[targets.token]
    for rank in range(MAX_CATEGORIES):
        found = np.nonzero(outside & (of_token[:, rank] > 0))[0]
        at.append(found)
        category.append(of_token[found, rank])
    return np.concatenate(at), np.concatenate(category).astype(np.uint64)
