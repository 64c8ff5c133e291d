"""The sentences of one event, each held against all sentences of the other sides.

Two sentences are as alike as the cosine of their meanings, from the shipped encoder, plus the
cosine of their words. The meanings find what is told in other words; the words keep apart what
only speaks of the same matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from helpers.comparing.matching import Flags, Floats, Ints, sentence_features, weights
from helpers.lenses import sentiment
from helpers.made import kept
from helpers.spread.grid import Column, Span
from helpers.spread.material import MARKS, Material, columns_of

LEAST_READ, MOST_READ = 20, 600
"""Sentences of one event from which and up to which their meanings are read: what all of them share
is taken off, which fewer do not show, and more take above six seconds of one core."""
HEAD, TOGETHER, TWO_TOGETHER = 4, 0.5, 0.6
"""Sentences with which an article begins, and how alike to another side's the nearest of them must
be, on average, for the sides to tell of one event; where there are two of them alone."""


@dataclass(frozen=True)
class Matched:
    """The sentences of an event: where they stand, what each is made of, what it is like."""

    sentences: pd.DataFrame
    side: Ints
    """The number of each sentence's column; of what stands beside, one past the last."""
    row: Ints
    feature: Ints
    """Sentence and content word (or figure, or actor) of each pair of both, in order."""
    names: Sequence[str]
    weight: Floats
    """How rare each feature is, by articles."""
    words: Floats
    """Sentence by sentence, the cosine of their words."""
    alike: Floats
    """The same with the cosine of their meanings added."""

    def __len__(self) -> int:
        return len(self.sentences)

    def span(self, r: int) -> Span:
        """The place of a sentence."""
        start, end = (int(self.sentences[c].to_numpy()[r]) for c in ("start", "end"))
        return str(self.sentences["doc_id"].iat[r]), start, end

    def rows_at(self, place: Span) -> list[int]:
        """The sentences that a place touches."""
        doc, start, end = place
        s = self.sentences
        touched = (s["doc_id"] == doc) & (s["start"] < end) & (s["end"] > start)
        return np.flatnonzero(touched.to_numpy()).tolist()

    @cached_property
    def made_of(self) -> list[frozenset[int]]:
        """The features of each sentence."""
        ends = np.searchsorted(self.row, np.arange(len(self) + 1))
        every = self.feature.tolist()
        return [frozenset(every[a:b]) for a, b in pairwise(ends.tolist())]

    @cached_property
    def late(self) -> Floats:
        """How far down its article each sentence stands: from 0, the first, towards 1."""
        article = self.sentences.groupby("doc_id")["doc_id"]
        return (article.cumcount() / article.transform("size")).to_numpy(np.float64)

    @cached_property
    def is_actor(self) -> Flags:
        """Which features are actors."""
        return np.array([name.startswith("@") for name in self.names], dtype=bool)

    @cached_property
    def is_shared(self) -> Flags:
        """Which features stand on more than one side."""
        width = max(len(self.names), 1)
        pairs = np.unique(self.side[self.row] * width + self.feature)
        return np.bincount(pairs % width, minlength=len(self.names)) > 1

    def closest(self, r: int) -> float:
        """How alike a sentence is to the one that comes nearest on any other side."""
        others = self.alike[r][self.side != self.side[r]]
        return float(others.max()) if len(others) else 0.0


def is_one_event(m: Material, doc_ids: Sequence[str]) -> bool:
    """Whether what each side's articles begin with is told by another side, too, on average.

    True where the sentences cannot be held against each other.
    """
    columns = columns_of(m, doc_ids)
    found = matched(m, columns, doc_ids)
    if found is None or len(columns) < 2:
        return True
    head = found.sentences.groupby("doc_id").cumcount().to_numpy() < HEAD
    near = [
        max(found.closest(r) for r in np.flatnonzero(head & (found.side == i)).tolist())
        for i in range(len(columns))
    ]
    return float(np.mean(near)) >= (TWO_TOGETHER if len(columns) == 2 else TOGETHER)


def begin_alike(m: Material, doc_ids: Sequence[str]) -> float:
    """How alike the nearest two sentences are with which each side and another one begin, on
    average; 1 where the sentences cannot be held against each other.
    """
    columns = columns_of(m, doc_ids)
    found = matched(m, columns, doc_ids)
    if found is None or len(columns) < 2:
        return 1.0
    head = found.sentences.groupby("doc_id").cumcount().to_numpy() < HEAD
    near = [
        found.alike[np.ix_(head & (found.side == i), head & (found.side != i))].max(initial=0.0)
        for i in range(len(columns))
    ]
    return float(np.mean(near))


def matched(m: Material, columns: Sequence[Column], beside: Sequence[str] = ()) -> Matched | None:
    """An event's sentences, compared once for its spread and for what is worth knowing first.

    None where there are fewer or more of them than can be read. ``beside`` are further articles of
    the event, which no column holds.
    """
    docs = tuple(sorted({*(doc for column in columns for doc in column.doc_ids), *beside}))
    key = ("matched", tuple(columns), docs)
    return kept(m.story, key, lambda: _match(m, columns, docs))


def _match(m: Material, columns: Sequence[Column], docs: Sequence[str]) -> Matched | None:
    sentences = m.rows("sentences", docs).reset_index(drop=True)
    if not LEAST_READ <= len(sentences) <= MOST_READ:
        return None
    row, feature, names = sentence_features(
        sentences, m.rows("tokens", docs), m.rows("mentions", docs)
    )
    number, _ = pd.factorize(sentences["doc_id"])
    weight = weights(row, feature, names, number.astype(np.int64), len(docs))
    made_of = np.zeros((len(sentences), len(names)))
    made_of[row, feature] = weight[feature]
    words = _cosines(made_of)
    of = {doc: i for i, column in enumerate(columns) for doc in column.doc_ids}
    side: Ints = np.array([of.get(d, len(columns)) for d in sentences["doc_id"]], dtype=np.int64)
    about = sentiment.meanings(sentences["text"].tolist()).astype(np.float64)
    about -= about.mean(axis=0)
    alike = words + np.maximum(_cosines(about), 0)
    return Matched(sentences, side, row, feature, names, weight, words, alike)


def _cosines(rows: Floats) -> Floats:
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    unit = rows / np.maximum(length, 1e-9)
    found: Floats = unit @ unit.T
    return found


def is_whole(text: str) -> bool:
    """Whether a sentence begins and ends no quotation that it does not hold whole."""
    straight, curly = text.count('"') % 2, text.count("“") != text.count("”")
    return not (straight or curly or (text[:1] in MARKS and text.rstrip()[-1:] in MARKS))
