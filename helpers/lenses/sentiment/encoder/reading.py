"""Targets in their sentences, read by the encoder: probabilities of the code book's two questions.

Targets of like length are read together. Lengths and batches are filled up to multiples of four, so
that every product of matrices is cut into the same tiles: what is said of a target does not depend
on which others are read with it, to the last bit.

Of evaluation the linear model is asked, too, and the two are averaged (a weighted mean of
log-probabilities; Genest & Zidek 1986, Combining probability distributions). They learned from the
same sentences and err on different ones: together they are right more often than either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from helpers import paths
from helpers.lenses.sentiment import model as linear
from helpers.lenses.sentiment.encoder.network import Floats, Ints, Network, stored
from helpers.lenses.sentiment.encoder.pieces import Pieces

FILE = paths.MODELS / "target_encoder" / "encoder.npz"
CALIBRATION = FILE.with_name("calibration.json")
"""What can change while the weights stay: temperatures, shifts, threshold, linear model's share."""
EVALUATIONS = ("negative", "neutral", "positive")
BEFALLS = ("harm", "none", "benefit")
ROWS = 16  # targets in a batch, at most
STEP = 4  # lengths, and the targets of a batch, are filled up to a multiple of this


class Reading(NamedTuple):
    """Probabilities, one row for each target that was asked for."""

    evaluation: Floats
    """(n, 3): negative, neutral, positive. Is the target spoken of well or ill?"""
    befalls: Floats
    """(n, 3): harm, none, benefit. Does something happen to the target?"""


def available() -> bool:
    """Are the weights there?"""
    return FILE.is_file() and CALIBRATION.is_file()


class TargetEncoder:
    """The encoder with its vocabulary and calibration; ``threshold``: see `data/models/`.

    ``beside`` is the linear model's share in the evaluation, from 0 to 1.
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.pieces = Pieces(arrays["vocabulary"].tobytes().decode("utf-8").split("\n"))
        self.network = Network(arrays)
        self.heat = arrays["heat"].astype(np.float32)[None, :, None]
        self.shift = arrays["shift"].astype(np.float32)
        self.threshold = float(arrays["threshold"])
        self.beside = float(arrays["beside"])

    @property
    def width(self) -> int:
        """How many numbers the meaning of a sentence has."""
        return int(self.network.layers[0].o.shape[1])

    @classmethod
    def load(cls) -> TargetEncoder:
        """The shipped encoder, read on first use and kept.

        Raises `FileNotFoundError` where the weights are missing.
        """
        return _shipped()

    def read(self, sentences: Sequence[str], targets: Sequence[tuple[int, int, int]]) -> Reading:
        """What each target's sentence says of it; the target's own words are hidden.

        A target is (number of its sentence, start, end), offsets in characters, end exclusive;
        they may be empty or reach beyond the sentence. Of a long sentence the encoder sees about
        125 word pieces around the target.
        """
        found = np.zeros((len(targets), 2, 3), np.float32)
        wanted = [self._around(sentences[row], start, end) for row, start, end in targets]
        for some, pieces, length, place in self._filled(wanted):
            found[some] = self.network(pieces, length, place)[: len(some)]
        found -= found.max(axis=2, keepdims=True)
        found -= np.log(np.exp(found).sum(axis=2, keepdims=True))
        if self.beside and targets:
            found[:, 0] *= 1 - self.beside
            found[:, 0] += np.float32(self.beside) * _by_linear(sentences, targets)
        odds = np.exp(self._calibrated(found))
        odds /= odds.sum(axis=2, keepdims=True)
        return Reading(odds[:, 0], odds[:, 1])

    def meanings(self, sentences: Sequence[str]) -> Floats:
        """What each sentence is about, (n, width): alike for sentences that tell alike.

        Means over the word pieces of a sentence (Reimers & Gurevych 2019, Sentence-BERT, whose
        network ours was trained from); of a long one over its beginning.
        """
        found = np.zeros((len(sentences), self.width), np.float32)
        wanted = [self._around(sentence, 0, 0) for sentence in sentences]
        for some, pieces, length, _ in self._filled(wanted):
            found[some] = self.network.meaning(pieces, length)[: len(some)]
        return found

    def _filled(
        self, wanted: Sequence[tuple[list[int], int]]
    ) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
        """Batches of one width: numbers of what is read, pieces, their lengths, hidden places.

        The rows are filled up, so that a sentence's sums do not depend on what is read beside it.
        """
        for width, some in _batches([len(pieces) for pieces, _ in wanted]):
            rows = -(-len(some) // STEP) * STEP
            pieces = np.full((rows, width), self.pieces.padding)
            length, place = np.ones(rows, np.int64), np.zeros(rows, np.int64)
            for i, number in enumerate(some):
                of_target, place[i] = wanted[number]
                length[i] = len(of_target)
                pieces[i, : length[i]] = of_target
            for low in range(0, rows, ROWS):
                part = slice(low, low + ROWS)
                yield some[part], pieces[part], length[part], place[part]

    def _calibrated(self, logits: Floats) -> Floats:
        logits = logits * self.heat + self.shift
        logits -= logits.max(axis=2, keepdims=True)
        return logits

    def _around(self, sentence: str, start: int, end: int) -> tuple[list[int], int]:
        start = min(max(start, 0), len(sentence))
        end = min(max(end, start), len(sentence))
        return self.pieces.around(sentence, start, end, self.network.longest)


def _by_linear(sentences: Sequence[str], targets: Sequence[tuple[int, int, int]]) -> Floats:
    """The linear model's log-probabilities, (n, 3); a span that is none is widened to a sign."""
    row, start, end = np.array(targets, np.int64).T
    length = np.array([max(len(sentence), 1) for sentence in sentences])[row]
    start = np.clip(start, 0, length - 1)
    end = np.clip(end, start + 1, length)
    asked = linear.load(names=False)
    found = np.zeros((len(targets), 3))
    texts = [sentence or " " for sentence in sentences]
    for part, some in linear.chunks(asked, texts, row, start, end):
        found[part] = np.log(np.maximum(asked.probability(asked.scores(some)), 1e-9))
    return found.astype(np.float32)


def _batches(lengths: list[int]) -> Iterator[tuple[int, Ints]]:
    """For each length that occurs, filled up to a multiple of `STEP`: the targets of it."""
    width = -(-np.array(lengths, np.int64) // STEP) * STEP
    for one in np.unique(width):
        yield int(one), np.nonzero(width == one)[0]


@cache
def _shipped() -> TargetEncoder:
    given = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    return TargetEncoder(stored(FILE) | {name: np.array(value) for name, value in given.items()})
