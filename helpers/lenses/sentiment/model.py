"""The trained model: weights by hashed key, three calibrated probabilities, and reasons.

A linear model (three one-against-rest support vector machines, Fan et al. 2008, trained by
``scripts/train_target_sentiment.py``); its scores are turned into probabilities by matrix scaling
(Guo et al. 2017). Being linear, it can say for every word what it added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import paths
from helpers.lenses.sentiment import features, keys, token_arrays
from helpers.lenses.sentiment import sums as _sums
from helpers.lenses.sentiment.keys import Array
from helpers.lenses.sentiment.word_table import Vocabulary, WordTable

FOLDER = paths.MODELS / "target_sentiment"
LABELS = ("negative", "neutral", "positive")
UNCERTAIN = "uncertain"
CHUNK = 1_000  # targets scored at once: enough for NumPy to pay off, little memory


class Contribution(NamedTuple):
    """What each token added to each of the three scores of its target."""

    row: Array
    token: Array
    score: Array

    def only(self, chosen: Array) -> Contribution:
        """The contributions of the chosen rows."""
        return Contribution(*(part[chosen] for part in self))


def slots(keys: Array, bits: int) -> Array:
    """Place of each key in a table of ``2 ** bits`` weights."""
    return (keys >> np.uint64(64 - bits)).astype(np.int64)


def share(family: keys.Family, n: int) -> Array:
    """For each target the value of its features of the family: all weigh 1 together (in square)."""
    count = np.bincount(family.row, minlength=n)
    value: Array = keys.WEIGHT.get(family.name, 1.0) / np.sqrt(np.maximum(count, 1))
    return value


def file(*, names: bool) -> Path:
    """Where the weights are stored: of the model that reads the target's own words, or does not."""
    return FOLDER / ("with_names.npz" if names else "without_names.npz")


class Model:
    """Weights and calibration of one target model; ``names``: does it read the target's words?"""

    def __init__(self, arrays: dict[str, Array], vocabulary: Vocabulary, *, names: bool) -> None:
        self.names = names
        self.vocabulary = vocabulary
        self.bits = int(arrays["bits"])
        self.weights: Array = np.zeros((1 << self.bits, len(LABELS)), np.int8)
        places = np.cumsum(arrays["steps"].astype(np.int64))
        self.weights[places] = arrays["weights"].T
        self.scale: Array = arrays["scale"].astype(np.float64)
        self.sums: Array = arrays["sums"].astype(np.float64)
        self.intercept: Array = arrays["intercept"].astype(np.float64)
        self.matrix: Array = arrays["matrix"].astype(np.float64)
        self.offset: Array = arrays["offset"].astype(np.float64)
        self.threshold = float(arrays["threshold"])
        self.heat_of_states = float(arrays["heat_of_states"])
        self.shift_of_states: Array = arrays["shift_of_states"].astype(np.float64)

    def families(self, targets: token_arrays.Targets) -> Iterator[keys.Family]:
        """The features the model reads."""
        for family in features.families(targets):
            if self.names or family.name != "target":
                yield family

    def scores(self, targets: token_arrays.Targets) -> Array:
        """Raw scores: one row per target, columns as `LABELS`."""
        n = targets.n
        raw = np.zeros((n, len(LABELS)))
        for family in self.families(targets):
            value = share(family, n)
            # take, because indexing rows with [] is ten times slower
            weight = self.weights.take(slots(family.key, self.bits), axis=0)
            for label in range(len(LABELS)):
                raw[:, label] += np.bincount(family.row, weight[:, label], n) * value
        raw *= self.scale
        # einsum, because what BLAS adds up depends on how many rows are multiplied together
        raw += np.einsum("ij,jk->ik", _sums.sums(targets).values, self.sums) + self.intercept
        return raw

    def probability(self, raw: Array, states: Array | None = None) -> Array:
        """Calibrated probabilities of raw scores; where ``states``, as calibrated for countries.

        Sentences about countries are full of strikes and threats that nobody holds against the
        country: their probabilities are flatter, and lean to neutral.
        """
        logits = np.einsum("ij,jk->ik", raw, self.matrix) + self.offset
        if states is not None:
            logits[states] = logits[states] * self.heat_of_states + self.shift_of_states
        logits -= logits.max(axis=1, keepdims=True)
        odds: Array = np.exp(logits)
        return odds / odds.sum(axis=1, keepdims=True)

    def contributions(self, targets: token_arrays.Targets) -> Contribution:
        """What each token added to the raw scores; features of two words count for both alike."""
        tokens, n = targets.tokens, targets.n
        rows, places, scores = [], [], []
        for family in self.families(targets):
            weight = self.weights.take(slots(family.key, self.bits), axis=0) * self.scale
            score = weight * share(family, n)[family.row, None]
            step = {"pair": 1, "pair_side": 1, "gap": 2}.get(family.name, 0)
            if step:
                score = score / 2
                rows.append(family.row)
                places.append(family.token + step)
                scores.append(score)
            rows.append(family.row)
            places.append(family.token)
            scores.append(score)
        sums = _sums.sums(targets)
        for at, score in (
            (sums.at, self._of_sums(targets, sums)),
            (sums.group_at, self._of_groups(targets, sums)),
            (sums.lean_at, self._of_leanings(targets, sums)),
        ):
            rows.append(targets.row[at])
            places.append(targets.token[at])
            scores.append(score)
        row, token = np.concatenate(rows), np.concatenate(places)
        score = np.concatenate(scores)
        pair, back = np.unique(row * max(tokens.size, 1) + token, return_inverse=True)
        total = np.stack([np.bincount(back, score[:, c], len(pair)) for c in range(3)], axis=1)
        size = max(tokens.size, 1)
        return Contribution(pair // size, pair % size, total)

    def _of_sums(self, targets: token_arrays.Targets, sums: _sums.Sums) -> Array:
        """Hand each sum's contribution on to its words, by their part in it."""
        row = targets.row[sums.at]
        score = np.zeros((len(sums.at), len(LABELS)))
        column = 0
        for region in _sums.regions(targets, sums.at):
            for part in sums.parts:
                here = part * region
                total = np.bincount(row, here, targets.n)[row]
                with np.errstate(divide="ignore", invalid="ignore"):
                    fraction = np.where(total > 0, here / total, 0.0)
                for c in (column, column + 1):
                    score += fraction[:, None] * (sums.values[row, c][:, None] * self.sums[c])
                column += 2
        side = targets.side[sums.at]
        for good, bad in ((0, 1), (2, 3)):
            word = (sums.parts[good] - sums.parts[bad]) * sums.decayed
            squeezed = np.where(
                sums.values[row, column] != 0,
                sums.values[row, column + 1]
                / np.where(sums.values[row, column] != 0, sums.values[row, column], 1.0),
                1.0,
            )
            for c, value in (
                (column, word), (column + 1, word * squeezed),
                (column + 2, word * (side == keys.LEFT)),
                (column + 3, word * (side == keys.RIGHT)),
            ):  # fmt: skip
                score += value[:, None] * self.sums[c]
            column += 4
        return score

    def _of_groups(self, targets: token_arrays.Targets, sums: _sums.Sums) -> Array:
        """The same for the sums of words of one category."""
        size = targets.tokens.n_categories
        group = sums.group.astype(np.int64) - 1
        cell = targets.row[sums.group_at] * size + group
        score = np.zeros((len(cell), len(LABELS)))
        column = _sums.N_SUMS
        for region in _sums.group_regions(targets, sums.group_at):
            total = np.bincount(cell[region], minlength=targets.n * size)[cell]
            value = np.where(region, np.log1p(total) / np.maximum(total, 1), 0.0)
            score += value[:, None] * self.sums[column + group]
            column += size
        return score

    def _of_leanings(self, targets: token_arrays.Targets, sums: _sums.Sums) -> Array:
        """The same for the words' learned leanings."""
        row = targets.row[sums.lean_at]
        score = np.zeros((len(row), len(LABELS)))
        column = sums.values.shape[1] - _sums.N_LEAN
        strong = np.where(np.abs(sums.lean) > _sums.STRONG, sums.lean, 0.0)
        for region in _sums.lean_regions(targets, sums.lean_at):
            for part, squeeze in (
                (np.maximum(strong, 0) * region, np.log1p),
                (np.maximum(-strong, 0) * region, np.log1p),
                (sums.lean * region, np.tanh),
            ):
                total = np.bincount(row, part, targets.n)[row]
                with np.errstate(divide="ignore", invalid="ignore"):
                    value = np.where(total != 0, part / total * squeeze(total), 0.0)
                score += value[:, None] * self.sums[column]
                column += 1
        return score


def labels(probability: Array, threshold: float) -> list[str]:
    """The likeliest label, or ``uncertain`` where its probability is below the threshold."""
    best = probability.argmax(axis=1)
    sure = probability.max(axis=1) >= threshold
    return [LABELS[b] if s else UNCERTAIN for b, s in zip(best, sure, strict=True)]


def _stored(path: Path) -> dict[str, Array]:
    if not path.is_file():
        raise FileNotFoundError(
            f"The target-sentiment model is incomplete ({path.name} is missing): restore "
            "data/models/target_sentiment or run scripts/train_target_sentiment.py."
        )
    with np.load(path, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


@cache
def vocabulary() -> Vocabulary:
    """What is known of words, read on first use; both models share it."""
    return Vocabulary(WordTable(_stored(FOLDER / "words.npz")))


@cache
def load(*, names: bool = True) -> Model:
    """The model, read on first use and kept."""
    return Model(_stored(file(names=names)), vocabulary(), names=names)


def chunks(
    model: Model, texts: Sequence[str], sentence: Array, start: Array, end: Array
) -> Iterator[tuple[slice, token_arrays.Targets]]:
    """Targets by the thousand, in order; a text shared by neighbouring targets is read once."""
    for low in range(0, len(sentence), CHUNK):
        part = slice(low, min(low + CHUNK, len(sentence)))
        wanted, place = np.unique(sentence[part], return_inverse=True)
        tokens = token_arrays.Tokens([texts[i] for i in wanted], model.vocabulary)
        yield part, token_arrays.Targets(tokens, place, start[part], end[part])
