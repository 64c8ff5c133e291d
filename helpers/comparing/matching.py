"""Sentences of different articles that report the same thing.

A sentence is the set of its content words (base forms), numbers and actors, each weighted by how
few articles have it (inverse document frequency, Spärck Jones 1972); two sentences are as alike
as the cosine of these sets. Only pairs that share two rare features are ever compared, so the
work grows with the rare words and not with the square of the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.comparing.spans import sentence_rows
from helpers.comparing.terms import function_words
from helpers.grammar.token_codes import places, token_codes
from helpers.lemmas import lemma
from helpers.schema import needs

COMMON = 40  # a feature in more sentences than this proposes no pairs (it still weighs)
MOST_PAIRS = 4_000_000  # in large corpora only the rarest features propose: 200 MB at most
LEAST_FEATURES = 4  # shorter sentences ("He declined.") match anything
LEAST_SHARED = 3
NUMBER_WEIGHT = 1.3  # figures tell reports of one event from those of another
NAME_WEIGHT = 0.6  # who is concerned says less than what happened

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Pairs of sentence rows (first < second) of different articles, and how alike they are."""

    first: Ints
    second: Ints
    score: Floats
    shared: Ints
    things: Ints
    """How many of the shared features are no names."""


def sentence_features(
    sentences: pd.DataFrame, tokens: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> tuple[Ints, Ints, list[str]]:
    """Sentence row and feature number of every (sentence, feature), and the features' names.

    Inside a mention the actor stands for the words, so that "the French president" and his name
    are one feature.
    """
    needs(sentences, "doc_id", "sentence_id", table="sentences")
    needs(tokens, "doc_id", "sentence_id", "start", "text", "tag", table="tokens")
    row = sentence_rows(sentences, tokens)
    code, names = _token_features(tokens)
    named = np.zeros(len(tokens), dtype=bool)
    rows, features = [], []
    if mentions is not None and len(mentions):
        known = mentions[mentions["actor"].notna()]
        named, actor_row = _mention_tokens(tokens, known, row)
        actor, labels = pd.factorize(known["actor"])
        rows.append(actor_row[actor_row >= 0])
        features.append(actor[actor_row >= 0] + len(names))
        names = names + [f"@{label}" for label in labels]
    keep = (code >= 0) & ~named & (row >= 0)
    rows.append(row[keep])
    features.append(code[keep])
    key = np.unique(np.concatenate(rows) * max(len(names), 1) + np.concatenate(features))
    return key // max(len(names), 1), key % max(len(names), 1), names


def _token_features(tokens: pd.DataFrame) -> tuple[Ints, list[str]]:
    """A feature number per token: base form of content words, digits of numbers; else -1."""
    forms = token_codes(tokens)
    tag, tags = pd.factorize(tokens["tag"])
    if not len(tokens):
        return np.zeros(0, dtype=np.int64), []
    kinds = [str(value) for value in tags.tolist()]
    pair, both = np.unique(forms.raw * np.int64(len(kinds)) + tag, return_inverse=True)
    small = function_words()
    names: dict[str, int] = {}
    numbers = np.full(len(pair), -1, dtype=np.int64)
    for i, key in enumerate(pair.tolist()):
        name = _feature(forms.spellings[key // len(kinds)], kinds[key % len(kinds)], small)
        if name:
            numbers[i] = names.setdefault(name, len(names))
    return numbers[both], list(names)


def _feature(word: str, tag: str, small: frozenset[str]) -> str:
    low = word.lower()
    if low[:1].isdigit():
        return "#" + low.replace(",", "")
    if not low[:1].isalpha() or low in small:
        return ""
    return ("@" if tag.startswith("NNP") else "") + lemma(word, tag).lower()


def _mention_tokens(
    tokens: pd.DataFrame, mentions: pd.DataFrame, row: Ints
) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Which tokens are inside a mention, and the sentence row of each mention."""
    forms = token_codes(tokens)
    base = np.int64(1 << 32)
    at = forms.doc * base + tokens["start"].to_numpy(np.int64)
    order = np.argsort(at, kind="stable")
    line = at[order]
    doc = places(mentions["doc_id"].tolist(), forms.doc_ids) * base
    first = np.searchsorted(line, doc + mentions["start"].to_numpy(np.int64))
    last = np.searchsorted(line, doc + mentions["end"].to_numpy(np.int64))
    step = np.zeros(len(line) + 1, dtype=np.int64)
    np.add.at(step, first, 1)
    np.add.at(step, last, -1)
    inside = np.zeros(len(line), dtype=bool)
    inside[order] = np.cumsum(step[:-1]) > 0
    found = (doc >= 0) & (last > first)
    rows = np.full(len(mentions), -1, dtype=np.int64)
    rows[found] = row[order[first[found]]]
    return inside, rows


def weights(row: Ints, feature: Ints, names: list[str], doc: Ints, n_docs: int) -> Floats:
    """Inverse document frequency of each feature over articles; figures more, names less."""
    pairs = np.unique(doc[row] * max(len(names), 1) + feature)
    frequency = np.bincount(pairs % max(len(names), 1), minlength=len(names))
    idf = np.log((1 + n_docs) / np.maximum(frequency, 1))
    kind = {"#": NUMBER_WEIGHT, "@": NAME_WEIGHT}
    return idf * np.array([kind.get(name[0], 1.0) for name in names])


def alike(
    row: Ints,
    feature: Ints,
    weight: Floats,
    *,
    doc: Ints,
    names: list[str],
    common: int = COMMON,
    least_score: float = 0.2,
) -> Pairs:
    """All pairs of sentences of different articles that share rare features and are alike."""
    sizes = np.bincount(row, minlength=len(doc))
    norm = np.sqrt(np.bincount(row, weights=weight[feature] ** 2, minlength=len(doc)))
    usable = sizes[row] >= LEAST_FEATURES
    row, feature = row[usable], feature[usable]
    frequency = np.bincount(feature, minlength=len(weight))
    common = min(common, _affordable(frequency))
    rare = (frequency[feature] <= common) & (frequency[feature] > 1)
    order = np.lexsort((row[rare], feature[rare]))
    posted, of = row[rare][order], feature[rare][order]
    first, second, mass = _posting_pairs(posted, of, weight)
    apart = doc[first] != doc[second]
    first, second, mass = first[apart], second[apart], mass[apart]
    key = first * np.int64(len(doc)) + second
    by = np.argsort(key, kind="stable")
    key, mass = key[by], mass[by]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, int)
    shared = np.diff(np.r_[starts, len(key)])
    total = np.add.reduceat(mass, starts) if len(starts) else np.zeros(0)
    first, second = key[starts] // max(len(doc), 1), key[starts] % max(len(doc), 1)
    likely = (shared >= 2) & (total / np.maximum(norm[first] * norm[second], 1e-9) >= 0.1)
    first, second = first[likely], second[likely]
    score, shared, nameless = _full(first, second, row, feature, weight, names, len(doc))
    score = score / np.maximum(norm[first] * norm[second], 1e-9)
    score *= 1 - 1 / np.maximum(shared, 1)  # few words in common may be luck, many are not
    # names alone make no report: something must happen, or a figure must be given
    kept = (score >= least_score) & (shared >= LEAST_SHARED) & (nameless >= 1)
    return Pairs(first[kept], second[kept], score[kept], shared[kept], nameless[kept])


def _affordable(frequency: Ints) -> int:
    """The commonest a feature may be so that not more than `MOST_PAIRS` pairs are proposed."""
    counts = np.bincount(np.minimum(frequency, COMMON))
    pairs = np.cumsum(counts * np.arange(len(counts)) * (np.arange(len(counts)) - 1) // 2)
    return int(np.searchsorted(pairs, MOST_PAIRS, side="right")) - 1


def _full(
    first: Ints,
    second: Ints,
    row: Ints,
    feature: Ints,
    weight: Floats,
    names: list[str],
    n_rows: int,
) -> tuple[Floats, Ints, Ints]:
    """Shared squared weight, number of shared features and of those that are no names."""
    bounds = np.searchsorted(row, np.arange(n_rows + 1)).tolist()
    held = feature.tolist()
    squared = (weight**2).tolist()
    plain = [not name.startswith("@") for name in names]
    sets: dict[int, frozenset[int]] = {}
    mass, shared, nameless = [], [], []
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        for k in (i, j):
            if k not in sets:
                sets[k] = frozenset(held[bounds[k] : bounds[k + 1]])
        both = sets[i] & sets[j]
        mass.append(sum(squared[f] for f in both))
        shared.append(len(both))
        nameless.append(sum(plain[f] for f in both))
    whole = np.int64
    return np.array(mass, dtype=float), np.array(shared, whole), np.array(nameless, whole)


def _posting_pairs(posted: Ints, of: Ints, weight: Floats) -> tuple[Ints, Ints, Floats]:
    """Every two sentences under the same feature, with the feature's squared weight."""
    if not len(posted):
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    lengths = np.diff(np.r_[starts, len(of)])
    firsts, seconds, masses = [], [], []
    for length in np.unique(lengths[lengths > 1]).tolist():
        here = starts[lengths == length]
        block = posted[here[:, None] + np.arange(length)[None, :]]
        a, b = np.triu_indices(length, 1)
        firsts.append(block[:, a].ravel())
        seconds.append(block[:, b].ravel())
        masses.append(np.repeat(weight[of[here]] ** 2, len(a)))
    if not firsts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(masses)
