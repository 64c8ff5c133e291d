"""Sums of good and bad words, of words of each category, and of learned leanings.

Each over several parts of the sentence: one side of the target, its clause, its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from helpers.lenses.sentiment.keys import LEFT, RIGHT, Array
from helpers.lenses.sentiment.token_arrays import Targets, Tokens, categories


def regions(targets: Targets, at: Array) -> Iterator[Array]:
    """Parts of the sentence over which polarity is summed, each as a mask of the pairs ``at``."""
    side, distance = targets.side[at], targets.distance[at]
    clauses, between, quoted = targets.clauses[at], targets.between[at], targets.quoted[at]
    yield np.ones(len(at), np.bool_)
    for one in (LEFT, RIGHT):
        here = side == one
        yield here
        yield here & (clauses == 0)
        yield here & (distance <= 5)
        yield here & (between == 0)
        yield here & (distance <= 2)
    for state in range(4):
        yield quoted == state


N_REGIONS = 15
N_SUMS = N_REGIONS * 8 + 8
N_GROUP_REGIONS = N_REGIONS + 1
N_LEAN_REGIONS = 9
N_LEAN = 3 * N_LEAN_REGIONS
STRONG = 0.15  # a leaning that counts as good or bad by itself


class Sums(NamedTuple):
    """One row per target; columns of polarity by region, of categories, and of learned leaning.

    ``at`` are the pairs with a good or bad word, ``parts`` how good and bad they are (by our list
    and by VADER's), ``group_at`` and ``group`` the pairs with a word of a category, ``lean_at`` and
    ``lean`` the near pairs with a word beside which targets came off well or badly in training.
    """

    values: Array
    at: Array
    parts: Array
    decayed: Array
    group_at: Array
    group: Array
    lean_at: Array
    lean: Array


def n_columns(tokens: Tokens) -> int:
    """How many sums there are for each target."""
    return N_SUMS + N_GROUP_REGIONS * tokens.n_categories + N_LEAN


def group_regions(targets: Targets, at: Array) -> Iterator[Array]:
    """As `regions`, with negated words left out of the narrow ones and by themselves at the end."""
    negated = targets.tokens.negated[targets.token[at]]
    for number, region in enumerate(regions(targets, at)):
        yield region & ~negated if number in (2, 4, 7, 9) else region
    yield negated


def sums(targets: Targets) -> Sums:
    """Good and bad words by region (negation turned around), and words of each category."""
    tokens, n = targets.tokens, targets.n
    values = np.empty((n, n_columns(tokens)))
    charged = (tokens.polarity != 0) | (tokens.valence != 0)
    at = np.nonzero((targets.side > 0) & charged[targets.token])[0]
    token, row = targets.token[at], targets.row[at]
    turn = np.where(tokens.negated[token], -0.7, 1.0)
    own = tokens.polarity[token] * turn
    vader = tokens.valence[token] * turn / 2
    parts = np.stack(
        [np.maximum(own, 0), np.maximum(-own, 0), np.maximum(vader, 0), np.maximum(-vader, 0)]
    )
    column = 0
    for region in regions(targets, at):
        for part in parts:
            total = np.bincount(row, part * region, n)
            values[:, column] = np.log1p(total)
            values[:, column + 1] = total > 0
            column += 2
    decayed = 1 / (1 + targets.distance[at] / 4.0)
    side = targets.side[at]
    for score in (own, vader):
        total = np.bincount(row, score * decayed, n)
        values[:, column] = total
        values[:, column + 1] = np.tanh(total)
        values[:, column + 2] = np.bincount(row, score * decayed * (side == LEFT), n)
        values[:, column + 3] = np.bincount(row, score * decayed * (side == RIGHT), n)
        column += 4
    group_at, group = categories(targets, targets.side > 0)
    size = tokens.n_categories
    cell = targets.row[group_at] * size + group.astype(np.int64) - 1
    for region in group_regions(targets, group_at):
        total = np.bincount(cell[region], minlength=n * size).reshape(n, size)
        values[:, column : column + size] = np.log1p(total)
        column += size
    leaning, lean_at, lean = leanings(targets, tokens.lean)
    values[:, column:] = leaning
    return Sums(values, at, parts, decayed, group_at, group, lean_at, lean)


def lean_regions(targets: Targets, at: Array) -> Iterator[Array]:
    """Parts of the sentence over which leanings are summed."""
    for number, region in enumerate(regions(targets, at)):
        if number < N_REGIONS - 4 and number not in (5, 10):
            yield region


def leanings(targets: Targets, lean: Array) -> tuple[Array, Array, Array]:
    """Sums of the words' leaning (one number per token) near the target, and their parts."""
    tokens, n = targets.tokens, targets.n
    near = (targets.side > 0) & ((targets.clauses <= 1) | (targets.distance <= 8))
    at = np.nonzero(near & (np.abs(lean) > 0.02)[targets.token])[0]
    token, row = targets.token[at], targets.row[at]
    part = lean[token] * np.where(tokens.negated[token], -1.0, 1.0)
    strong = np.where(np.abs(part) > STRONG, part, 0.0)
    values = np.empty((n, N_LEAN))
    for number, region in enumerate(lean_regions(targets, at)):
        good, bad = np.maximum(strong, 0) * region, np.maximum(-strong, 0) * region
        values[:, 3 * number] = np.log1p(np.bincount(row, good, n))
        values[:, 3 * number + 1] = np.log1p(np.bincount(row, bad, n))
        values[:, 3 * number + 2] = np.tanh(np.bincount(row, part * region, n))
    return values, at, part
