"""Features of a target in its sentence, as integer keys, for thousands of targets at once.

Every feature is a 64-bit mix of a word
(or of two words in a row, or of a category of words) and of where it stands towards the target:
side, distance, clause, in or out of quotation, negated or not. No feature is ever stored as text:
:mod:`helpers.lenses.sentiment.model` adds up the weights that the keys point to.

After the features that worked best in the literature on targets in news (Hamborg & Donnay 2021,
NewsMTSC) and in sentiment before neural models (Kiritchenko et al. 2014, NRC-Canada).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.lenses.sentiment.keys import CODE, EDGE, LEFT, RIGHT, TARGET, Array, Family, mix
from helpers.lenses.sentiment.roles import roles
from helpers.lenses.sentiment.token_arrays import Targets, categories

_NEAR = np.array([0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, *[6] * 8, 7])
_COARSE = np.array([0, 0, 0, 0, 1, 1, 2, 2])


def families(targets: Targets) -> Iterator[Family]:
    """All features of the targets, one family after the other, in the order of `keys.FAMILIES`."""
    tokens, row, token = targets.tokens, targets.row, targets.token
    side, negated = targets.side, tokens.negated[token]
    outside = side > 0
    words = np.nonzero(outside & ~tokens.mark[token])[0]
    near = _NEAR[np.minimum(targets.distance, 21)]

    def family(name: str, at: Array, *parts: Array) -> Family:
        code = CODE[name]
        context = np.zeros(len(at), np.uint64) + np.uint64(code)
        for part in parts[1:]:
            context = context * np.uint64(16) + part[at].astype(np.uint64)
        return Family(name, row[at], token[at], mix(parts[0][at], context))

    root = tokens.masked_root[token]
    yield family("word", words, root, negated)
    yield family("place", words, root, side, _COARSE[near])
    yield family("clause", words, root, np.minimum(targets.clauses, 2), side, negated)
    yield family("quoted", words, root, targets.quoted)
    close = np.nonzero(outside & (targets.distance <= 4))[0]
    yield family("near", close, tokens.masked_word[token], side, targets.distance)

    # Two words in a row, and two with one between; the target's own words are not among them.
    pair = np.zeros(tokens.size, np.uint64)
    gap = np.zeros(tokens.size, np.uint64)
    pair[:-1] = mix(tokens.masked_root[:-1], tokens.masked_root[1:])
    gap[:-2] = mix(tokens.masked_root[:-2], 7, tokens.masked_root[2:])
    whole = _stays_outside(targets, 1)
    yield family("pair", whole, pair[token])
    yield family("pair_side", whole, pair[token], side)
    yield family("gap", _stays_outside(targets, 2), gap[token], side)

    yield _around(targets)
    inside = np.nonzero(~outside)[0]
    yield family("target", inside, tokens.root[token])
    marks = np.nonzero(outside & tokens.mark[token])[0]
    yield family("mark", marks, tokens.word[token], side)
    yield from roles(targets)

    # The same places again, with categories of words instead of words.
    at, category = categories(targets, outside)
    for name, context in (
        ("group_clause", (side, targets.clauses, negated)),
        ("group_quoted", (targets.quoted, negated)),
        ("group_between", (side, targets.between, negated)),
    ):
        code = np.zeros(len(at), np.uint64) + np.uint64(CODE[name])
        for part in context:
            code = code * np.uint64(16) + part[at].astype(np.uint64)
        yield Family(name, row[at], token[at], mix(category, code))


def _stays_outside(targets: Targets, reach: int) -> Array:
    """Pairs from whose token the next ``reach`` tokens are in the sentence, off the target."""
    token, row = targets.token, targets.row
    end = targets.high[row]
    left = (targets.side == LEFT) & (token + reach < targets.first[row])
    right = (targets.side == RIGHT) & (token + reach < end)
    return np.nonzero(left | right)[0]


def _around(targets: Targets) -> Family:
    """Runs of two to four words with the target among them, its own words as one sign."""
    tokens, n = targets.tokens, targets.n

    def word(step: int) -> tuple[Array, Array]:
        at = np.where(step < 0, targets.first, targets.last) + step
        inside = (at >= targets.low) & (at < targets.high)
        safe = np.where(inside, at, targets.first)
        return np.where(inside, tokens.masked_word[safe], np.uint64(EDGE)), safe

    place = {step: word(step) for step in (-3, -2, -1, 1, 2, 3)}
    target = np.full(n, TARGET, np.uint64)
    rows, at, keys = [], [], []
    for run in ((-1,), (1,), (-2, -1), (-1, 1), (1, 2), (-3, -2, -1), (1, 2, 3), (-1, 1, 2)):
        parts = [place[step][0] if step else target for step in sorted((0, *run))]
        rows.append(np.arange(n))
        at.append(place[run[0] if run[0] > 0 else run[-1] if run[-1] < 0 else run[0]][1])
        keys.append(mix(CODE["around"], len(run), *parts))
    return Family("around", np.concatenate(rows), np.concatenate(at), np.concatenate(keys))
