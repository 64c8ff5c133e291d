"""The encoder in the form in which a story asks a model of sentiment; readings are kept.

What was read once is not read again: readings are kept by a hash of sentence and target, meanings
by one of the sentence, in stores named by the hash of the weights and the code (`helpers.cache`).
Each is the same to the last bit, read or kept.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from functools import cache as cache_once
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import cache, progress, segment
from helpers.lenses.sentiment import model as linear
from helpers.lenses.sentiment.encoder import CALIBRATION, TargetEncoder, available
from helpers.lenses.sentiment.encoder.network import Floats
from helpers.models.depth import RATE, WEIGHTS

CHUNK = 256  # targets between two writes and two steps of the bar


class EncoderTargets:
    """Our encoder as `helpers.models.TargetModel`; it reads what befalls a target, too."""

    name = "encoder"

    def __init__(self, encoder: TargetEncoder | None = None) -> None:
        self._given = encoder

    @cached_property
    def encoder(self) -> TargetEncoder:
        """The shipped encoder, loaded when the first target is read."""
        return self._given or TargetEncoder.load()

    @cached_property
    def version(self) -> str:
        """The hash of all that a reading depends on: the linear model, and the code of the lens."""
        if self._given is not None:
            return "given"
        code = [*sorted(Path(__file__).parent.rglob("*.py")), Path(segment.__file__)]
        files = (
            WEIGHTS, CALIBRATION, linear.file(names=False), linear.FOLDER / "words.npz", *code,
        )  # fmt: skip
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]

    @property
    def threshold(self) -> float:
        """The probability from which a label is right four times in five."""
        return self.encoder.threshold

    def probabilities(self, targets: pd.DataFrame) -> npt.NDArray[np.float64]:
        """One row per target: negative, neutral, positive."""
        return self.readings(targets)[:, :3]

    def readings(self, targets: pd.DataFrame) -> npt.NDArray[np.float64]:
        """One row per target: negative, neutral, positive; then harm, none, benefit."""
        columns = (targets[name].tolist() for name in ("text", "start", "end"))
        asked = list(zip(*columns, strict=True))
        keys = [cache.key(*one) for one in asked]
        first = dict(zip(keys, asked, strict=True))
        distinct = sorted(first)
        store = cache.Store(f"sentiment-{self.version}", 6)
        rows = store.get(distinct)
        self._read([(key, first[key]) for key in distinct], rows, store)
        place = {key: i for i, key in enumerate(distinct)}
        order = np.array([place[key] for key in keys], np.int64)
        found = rows[order].astype(np.float64).reshape(len(keys), 2, 3)
        found /= found.sum(axis=2, keepdims=True)
        return found.reshape(len(keys), 6)

    def _read(
        self, wanted: list[tuple[bytes, tuple[str, int, int]]], rows: Any, store: cache.Store
    ) -> None:
        """Fill the rows that were not kept, and keep them."""
        from tqdm import tqdm

        open_ones = np.nonzero(~np.isfinite(rows).all(axis=1))[0]
        if not len(open_ones):
            return
        about = round(len(open_ones) / RATE)
        bar = {"desc": f"sentiment (about {about} s)", "unit": "target", "disable": None}
        # Nearly as long sentences are read together.
        order = open_ones[np.argsort([len(wanted[i][1][0]) for i in open_ones], kind="stable")]
        progress.count(0, len(order))
        with tqdm(total=len(order), file=sys.stderr, **bar) as drawn:
            for low in range(0, len(order), CHUNK):
                some = order[low : low + CHUNK]
                texts = [wanted[i][1][0] for i in some]
                spans = [(k, *wanted[i][1][1:]) for k, i in enumerate(some)]
                made = self.encoder.read(texts, spans)
                rows[some] = np.concatenate([made.evaluation, made.befalls], axis=1)
                store.add([wanted[i][0] for i in some], rows[some])
                drawn.update(len(some))
                progress.count(low + len(some), len(order))


@cache_once
def _ours() -> EncoderTargets:
    """The shipped encoder, whose files are looked at once."""
    return EncoderTargets()


def meanings(sentences: Sequence[str]) -> Floats:
    """What each sentence is about, by the shipped encoder: see `TargetEncoder.meanings`.

    Without its weights there are no columns, and no two sentences are alike.
    """
    if not available():
        return np.zeros((len(sentences), 0), np.float32)
    targets = _ours()
    of = dict(zip(map(cache.key, sentences), sentences, strict=True))
    store = cache.Store(f"meanings-{targets.version}", targets.encoder.width)
    rows = dict(zip(of, store.get(list(of)), strict=True))
    missing = [key for key, row in rows.items() if not np.isfinite(row).all()]
    if missing:
        made = targets.encoder.meanings([of[key] for key in missing])
        store.add(missing, made)
        rows |= zip(missing, made, strict=True)
    return np.array([rows[cache.key(s)] for s in sentences]).reshape(len(sentences), store.width)
