"""The encoder's forward pass in NumPy: a transformer (Vaswani et al. 2017) of a few layers.

The weights come from one file of arrays; matrices are stored in eight bits with a scale for each
row, and are unpacked into 32 bits on loading. All sums are in 32 bits. The last layer answers for
the target alone, beside the mean over the sentence of what the layer before it made: a seventh of
the work is saved, and the network was trained so (`scripts/encoder_network.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

HEADS = 12
EPSILON = np.float32(1e-12)
SLICE = 64  # rows whose activation is worked out at once: they stay in the processor's cache
ABOUT = 4
"""Layers after which a mean says best what a sentence is about; the last ones only judge."""
MATRICES = ("qkv", "o", "up", "down")
CURVE = np.float32(0.044715)
BEND = np.float32(np.sqrt(2 / np.pi))


class Layer:
    """One layer's weights: attention (``qkv``, ``o``) and the two-step map (``up``, ``down``)."""

    def __init__(self, arrays: dict[str, Any], at: str) -> None:
        matrix = {name: unpacked(arrays, at + name) for name in MATRICES}
        bias = {name: arrays[f"{at}{name}.bias"].astype(np.float32) for name in MATRICES}
        width = len(matrix["o"])
        shrink = np.float32(1 / np.sqrt(width // HEADS))
        self.qkv: Floats = np.ascontiguousarray(matrix["qkv"].T)
        self.qkv[:, :width] *= shrink
        self.qkv_bias: Floats = bias["qkv"]
        self.qkv_bias[:width] *= shrink
        self.o, self.up = (np.ascontiguousarray(matrix[name].T) for name in ("o", "up"))
        self.down: Floats = np.ascontiguousarray(matrix["down"].T) * np.float32(0.5)
        self.o_bias, self.up_bias, self.down_bias = bias["o"], bias["up"], bias["down"]
        self.norm1, self.norm2 = (arrays[f"{at}norm{i}"].astype(np.float32) for i in (1, 2))


class Network:
    """The trunk and the two answers, each three numbers before the softmax."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        self.words: npt.NDArray[np.int8] = arrays["words"]
        self.words_scale = arrays["words.scale"].astype(np.float32)[:, None]
        self.places = arrays["places"].astype(np.float32)
        self.norm = arrays["norm"].astype(np.float32)
        self.layers = [Layer(arrays, f"{i}.") for i in range(int(arrays["layers"]))]
        self.answer = np.ascontiguousarray(arrays["answer"].astype(np.float32).T)
        self.answer_bias = arrays["answer.bias"].astype(np.float32)

    @property
    def longest(self) -> int:
        """The most pieces that it reads at once."""
        return len(self.places)

    def __call__(self, pieces: Ints, length: Ints, target: Ints) -> Floats:
        """For each row of ``pieces`` both answers, (rows, 2, 3).

        ``length`` says how many of a row's pieces count, ``target`` where the hidden target is.
        """
        rows, width = pieces.shape
        here = np.arange(width) < length[:, None]
        x, blind = self._through(pieces, here, len(self.layers) - 1)
        mean = _mean(x, here, length)
        seen = for_targets(self.layers[-1], x, blind, target)
        found: Floats = np.concatenate([seen, mean], axis=1) @ self.answer + self.answer_bias
        return found.reshape(rows, 2, 3)

    def meaning(self, pieces: Ints, length: Ints) -> Floats:
        """For each row of ``pieces`` the mean of what the first `ABOUT` layers make of it."""
        here = np.arange(pieces.shape[1]) < length[:, None]
        x, _ = self._through(pieces, here, ABOUT)
        return _mean(x, here, length)

    def _through(
        self, pieces: Ints, here: npt.NDArray[np.bool_], depth: int
    ) -> tuple[Floats, Floats]:
        """What the first layers make of every place, and what hides the places past a row's end."""
        rows, width = pieces.shape
        x = self.words[pieces].astype(np.float32)
        x *= self.words_scale[pieces]
        x += self.places[:width]
        x = x.reshape(rows * width, -1)
        normalise(x, self.norm)
        blind = np.where(here, np.float32(0), np.float32(-1e9))[:, None, None, :]
        for layer in self.layers[:depth]:
            x = whole(layer, x, blind)
        return x, blind


def _mean(x: Floats, here: npt.NDArray[np.bool_], length: Ints) -> Floats:
    """The mean over the places of each row that count."""
    placed = x.reshape(*here.shape, -1)
    summed: Floats = np.matmul(here[:, None, :].astype(np.float32), placed)[:, 0]
    summed /= length[:, None].astype(np.float32)
    return summed


def unpacked(arrays: dict[str, Any], name: str) -> Floats:
    """A matrix stored in eight bits, in 32."""
    matrix: Floats = arrays[name].astype(np.float32)
    matrix *= arrays[f"{name}.scale"].astype(np.float32)[:, None]
    return matrix


def normalise(x: Floats, norm: Floats) -> None:
    """Each row to mean 0 and variance 1, then scaled and shifted; in place."""
    x -= x.mean(axis=1, keepdims=True)
    square = np.einsum("ij,ij->i", x, x)
    square /= np.float32(x.shape[1])
    square += EPSILON
    x *= (np.float32(1) / np.sqrt(square))[:, None]
    x *= norm[0]
    x += norm[1]


def whole(layer: Layer, x: Floats, blind: Floats) -> Floats:
    """What a layer makes of all places."""
    rows, width = len(blind), blind.shape[-1]
    mixed = (x @ layer.qkv + layer.qkv_bias).reshape(rows, width, 3, HEADS, -1)
    q, k, v = mixed.transpose(2, 0, 3, 1, 4)
    seen = attend(q, k, v, blind).transpose(0, 2, 1, 3).reshape(len(x), -1)
    return finish(layer, x, seen)


def for_targets(layer: Layer, x: Floats, blind: Floats, target: Ints) -> Floats:
    """What a layer makes of the targets' places."""
    rows, width = len(blind), blind.shape[-1]
    size = x.shape[1]
    own = x.reshape(rows, width, size)[np.arange(rows), target]
    q = (own @ layer.qkv[:, :size] + layer.qkv_bias[:size]).reshape(rows, HEADS, 1, -1)
    mixed = x @ layer.qkv[:, size:] + layer.qkv_bias[size:]
    k, v = mixed.reshape(rows, width, 2, HEADS, -1).transpose(2, 0, 3, 1, 4)
    return finish(layer, own, attend(q, k, v, blind).reshape(rows, size))


def attend(q: Floats, k: Floats, v: Floats, blind: Floats) -> Floats:
    """(rows, heads, places, size): for each place the mean of ``v``, weighted by q · k."""
    weight = np.matmul(q, k.swapaxes(-1, -2))
    weight += blind
    weight -= weight.max(axis=-1, keepdims=True)
    np.exp(weight, out=weight)
    found: Floats = np.matmul(weight, v)
    found /= weight.sum(axis=-1, keepdims=True)
    return found


def finish(layer: Layer, x: Floats, seen: Floats) -> Floats:
    """The second half of a layer, from what attention saw."""
    x = seen @ layer.o + layer.o_bias + x
    normalise(x, layer.norm1)
    inner: Floats = x @ layer.up
    for low in range(0, len(inner), SLICE):
        activate(inner[low : low + SLICE], layer.up_bias)
    made: Floats = inner @ layer.down
    made += layer.down_bias
    made += x
    normalise(made, layer.norm2)
    return made


def activate(inner: Floats, bias: Floats) -> None:
    """GELU by its tanh formula (Hendrycks & Gimpel 2016), twice as large; in place."""
    inner += bias
    bent = inner * inner
    bent *= CURVE
    bent += np.float32(1)
    bent *= inner
    bent *= BEND
    np.tanh(bent, out=bent)
    bent += np.float32(1)
    inner *= bent


def stored(file: Path) -> dict[str, Any]:
    """The arrays of a file of weights. Raises `FileNotFoundError`, saying what to do."""
    if not file.is_file():
        raise FileNotFoundError(
            f"The encoder of sentiment is not there ({file.name} is missing): restore "
            f"data/models/{file.parent.name} or run scripts/train_encoder.py."
        )
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
