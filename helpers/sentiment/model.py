"""The trained model: weights by hashed key, three calibrated probabilities, and reasons.

A linear model (three one-against-rest support vector machines, Fan et al. 2008, trained by
``scripts/train_target_sentiment.py``); its scores are turned into probabilities by matrix scaling
(Guo et al. 2017). Being linear, it can say for every word what it added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from helpers.sentiment import features
from helpers.sentiment.words import Vocabulary, WordTable

Array = npt.NDArray[Any]

FILE = Path(__file__).resolve().parents[2] / "data" / "models" / "target_sentiment" / "model.npz"
LABELS = ("negative", "neutral", "positive")
UNCERTAIN = "uncertain"
CHUNK = 1_000  # targets scored at once: enough for NumPy to pay off, little memory


class Scores(NamedTuple):
    """Raw scores of targets, and their probabilities; one row per target, columns as `LABELS`."""

    raw: Array
    probability: Array


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


def share(family: features.Family, n: int) -> Array:
    """Value of each feature of the family: all of one target weigh 1 together (in square)."""
    count = np.bincount(family.row, minlength=n)
    weight = features.WEIGHT.get(family.name, 1.0)
    return (weight / np.sqrt(np.maximum(count, 1)))[family.row]


class Model:
    """Weights and calibration of the target model, as stored in one ``.npz`` file."""

    def __init__(self, arrays: dict[str, Array]) -> None:
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
        self.vocabulary = Vocabulary(
            WordTable({name[5:]: array for name, array in arrays.items() if name[:5] == "word_"})
        )

    def scores(self, targets: features.Targets, *, names: bool = True) -> Scores:
        """Raw scores and probabilities. Without ``names`` the words of the target count nothing."""
        n = targets.n
        raw = np.zeros((n, len(LABELS)))
        for family in features.families(targets):
            if family.name == "target" and not names:
                continue
            value = share(family, n)
            weight = self.weights[slots(family.key, self.bits)]
            for label in range(len(LABELS)):
                raw[:, label] += np.bincount(family.row, weight[:, label] * value, n)
        raw *= self.scale
        raw += features.sums(targets).values @ self.sums + self.intercept
        return Scores(raw, self.probability(raw))

    def probability(self, raw: Array) -> Array:
        """Calibrated probabilities of raw scores."""
        logits = raw @ self.matrix + self.offset
        logits -= logits.max(axis=1, keepdims=True)
        odds: Array = np.exp(logits)
        return odds / odds.sum(axis=1, keepdims=True)

    def labels(self, probability: Array) -> list[str]:
        """The likeliest label, or ``uncertain`` where its probability is below the threshold."""
        best = probability.argmax(axis=1)
        sure = probability.max(axis=1) >= self.threshold
        return [LABELS[b] if s else UNCERTAIN for b, s in zip(best, sure, strict=True)]

    def contributions(self, targets: features.Targets, *, names: bool = True) -> Contribution:
        """What each token added to the raw scores; features of two words count for both alike."""
        tokens, n = targets.tokens, targets.n
        rows, places, scores = [], [], []
        for family in features.families(targets):
            if family.name == "target" and not names:
                continue
            weight = self.weights[slots(family.key, self.bits)] * self.scale
            score = weight * share(family, n)[:, None]
            step = {"pair": 1, "pair_side": 1, "gap": 2}.get(family.name, 0)
            if step:
                score = score / 2
                rows.append(family.row)
                places.append(family.token + step)
                scores.append(score)
            rows.append(family.row)
            places.append(family.token)
            scores.append(score)
        sums = features.sums(targets)
        token, row = targets.token[sums.at], targets.row[sums.at]
        scores.append(self._of_sums(targets, sums))
        rows.append(row)
        places.append(token)
        row, token = np.concatenate(rows), np.concatenate(places)
        score = np.concatenate(scores)
        pair, back = np.unique(row * max(tokens.size, 1) + token, return_inverse=True)
        total = np.stack([np.bincount(back, score[:, c], len(pair)) for c in range(3)], axis=1)
        size = max(tokens.size, 1)
        return Contribution(pair // size, pair % size, total)

    def _of_sums(self, targets: features.Targets, sums: features.Sums) -> Array:
        """Hand each sum's contribution on to its words, by their part in it."""
        row = targets.row[sums.at]
        score = np.zeros((len(sums.at), len(LABELS)))
        column = 0
        for region in features.regions(targets, sums.at):
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
                (column + 2, word * (side == features.LEFT)),
                (column + 3, word * (side == features.RIGHT)),
            ):  # fmt: skip
                score += value[:, None] * self.sums[c]
            column += 4
        return score


@cache
def load(file: Path = FILE) -> Model:
    """The model, read on first use and kept."""
    if not file.is_file():
        raise FileNotFoundError(
            f"The target-sentiment model is missing ({file.name}): restore data/models or run "
            "scripts/train_target_sentiment.py."
        )
    with np.load(file, allow_pickle=False) as stored:
        return Model({name: stored[name] for name in stored.files})


def chunks(
    model: Model, texts: Sequence[str], sentence: Array, start: Array, end: Array
) -> Iterator[tuple[slice, features.Targets]]:
    """Targets by the thousand, in order; a text shared by neighbouring targets is read once."""
    for low in range(0, len(sentence), CHUNK):
        part = slice(low, min(low + CHUNK, len(sentence)))
        wanted, local = np.unique(sentence[part], return_inverse=True)
        tokens = features.Tokens([texts[i] for i in wanted], model.vocabulary)
        yield part, features.Targets(tokens, local, start[part], end[part])
