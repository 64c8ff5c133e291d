"""A small linear model of which frames an article has, for the frames where it beats the cues.

Logistic regression on the article's content words (tf-idf) and on its cue score, trained by
`scripts/train_frames.py` on narrative-framing (MIT); figures and limits are in
`data/models/frames/CARD.md`. Frames that are not in the file are decided by cues alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import paths
from helpers.comparing.terms import Counting, TermCounts, count_terms

FILE = paths.MODELS / "frames" / "frames.npz"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ArticleModel:
    """Weights of the kept frames; one row per frame where an array has two dimensions."""

    frames: tuple[str, ...]
    words: tuple[str, ...]
    idf: Floats
    weights: Floats
    cue: Floats
    """Per frame: weight, mean and spread of the square root of the cue score."""
    bias: Floats
    threshold: Floats

    def margins(self, tokens: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
        """One row per article, one column per kept frame: above 0 the article has the frame.

        `scores` holds the cue scores: one row per article (index: doc_id), one column per frame.
        """
        ids = [str(doc) for doc in scores.index]
        counts = count_terms(tokens, ids, Counting(phrases=False, house_style=True), voice="all")
        values = tf_idf(counts, self.words, self.idf)
        columns = {}
        for i, frame in enumerate(self.frames):
            weight, mean, spread = self.cue[i]
            cues = (np.sqrt(scores[frame].to_numpy(dtype=np.float64)) - mean) / spread
            total = values @ self.weights[i] + weight * cues + self.bias[i]
            columns[frame] = total - self.threshold[i]
        return pd.DataFrame(columns, index=scores.index)


def tf_idf(counts: TermCounts, words: tuple[str, ...], idf: Floats) -> Floats:
    """One row per article, one column per word: damped counts, rare words heavier, length 1."""
    place = {word: i for i, word in enumerate(words)}
    column = np.array([place.get(term, -1) for term in counts.terms], dtype=np.int64)
    at = column[counts.term] if len(counts.term) else counts.term
    values = np.zeros((len(counts.doc_ids), len(words)))
    known = at >= 0
    values[counts.doc[known], at[known]] = np.log1p(counts.count[known])
    values *= idf
    norms = np.linalg.norm(values, axis=1, keepdims=True)
    return values / np.maximum(norms, 1e-9)


@cache
def load(file: Path = FILE) -> ArticleModel | None:
    """The shipped model, or None where there is none: then cues decide all frames."""
    if not file.is_file():
        return None
    with np.load(file, allow_pickle=False) as stored:
        return ArticleModel(
            frames=tuple(str(frame) for frame in stored["frames"]),
            words=tuple(bytes(stored["words"]).decode("utf-8").split("\n")),
            idf=stored["idf"].astype(np.float64),
            weights=stored["weights"].astype(np.float64),
            cue=stored["cue"].astype(np.float64),
            bias=stored["bias"].astype(np.float64),
            threshold=stored["threshold"].astype(np.float64),
        )
