"""Exact and near duplicates: the same wire story in two outlets, whole or cut.

Texts are compared by their sets of five-word shingles (Broder 1997, "On the resemblance and
containment of documents"). An article repeats another where at least `CONTAINED` of the shorter
one's shingles stand in the longer one and the longer is at most `LONGER` times as long, so that a
digest that quotes a paragraph, or holds a short notice whole, is no duplicate.

Candidates come from a sample of shingles: those whose hash is a multiple of a power of two. All
articles that share a sampled shingle are joined to the earliest of them only, so the work grows
with the number of words, not of pairs. Every candidate is then checked on all its shingles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from helpers.readers.front_matter import body_start
from helpers.schema import needs

WORDS = 5
CONTAINED = 0.6
LONGER = 3.0
FEWEST = 20
"""Shorter texts (in shingles) are compared exactly only: a caption may well stand in a story."""
SAMPLE_ROWS = 10_000_000
"""The sample is thinned until about so many shingles of the whole corpus are kept in memory."""
KEPT = 1_000
"""Texts whose shingles are kept while candidates are checked (12 kB for 1,200 words)."""
LIKELY = 0.35
"""Candidates share at least this part of the shorter one's sample (below `CONTAINED`, because a
sample of few shingles strays)."""

_QUOTES = re.compile(rb"['`\"]|\xe2\x80[\x98-\x9f]|\xc2\xad")
_SPACES = re.compile(rb"\xe2\x80[\x80-\x97\xa6-\xaf]|\xc2\xa0|\xc2\xab|\xc2\xbb")
_LETTERS = bytes(
    c + 32 if 65 <= c <= 90 else c if 48 <= c <= 57 or 97 <= c <= 122 or c >= 128 else 32
    for c in range(256)
)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


def duplicates(articles: pd.DataFrame) -> pd.Series:
    """For each article the doc_id of the earlier one that it repeats, missing for originals.

    The earlier article is the first by day of publication (undated last), then by doc_id.

    >>> text = " ".join(f"word{i}" for i in range(60))
    >>> frame = pd.DataFrame({"doc_id": ["b", "a"], "text": [text + " end", text],
    ...                       "published": ["2019-09-30", "2019-09-29"]})
    >>> duplicates(frame).tolist()
    ['a', nan]
    """
    needs(articles, "doc_id", "text", "published", table="articles")
    order = _order(articles)
    texts = articles["text"].to_numpy(dtype=object)
    bodies = [_normalised(texts[i]) for i in order]
    original = _exact(bodies)
    first = [i for i in range(len(order)) if original[i] == i]
    _near(bodies, first, original)
    doc_ids = articles["doc_id"].to_numpy(dtype=object)
    result = np.full(len(order), np.nan, dtype=object)
    for position, earlier in enumerate(original):
        while original[earlier] != earlier:  # an exact copy of what is a near duplicate itself
            earlier = original[earlier]
        if earlier != position:
            result[order[position]] = doc_ids[order[earlier]]
    return pd.Series(result, index=articles.index, dtype="str")


def _order(articles: pd.DataFrame) -> list[int]:
    published = articles["published"].fillna("9999").to_numpy(dtype=object)
    doc_ids = articles["doc_id"].to_numpy(dtype=object)
    return sorted(range(len(articles)), key=lambda i: (published[i], doc_ids[i]))


def _normalised(text: str) -> bytes:
    """The body in lower-case ASCII, other letters as UTF-8, all else as spaces."""
    data = text[body_start(text) :].encode("utf-8", "replace")
    return _SPACES.sub(b" ", _QUOTES.sub(b"", data)).translate(_LETTERS)


def _exact(bodies: Iterable[bytes]) -> list[int]:
    seen: dict[bytes, int] = {}
    return [
        seen.setdefault(hashlib.sha256(b" ".join(body.split())).digest(), i)
        for i, body in enumerate(bodies)
    ]


def shingles(body: bytes) -> np.ndarray:
    """The sorted hashes of every run of `WORDS` words.

    Words are hashed all at once: the prefix sums of a polynomial in an odd base, modulo 2^64, give
    each word's value after division by the base to the power of its start.
    """
    data = np.frombuffer(body, dtype=np.uint8)
    letter = np.concatenate(([False], data != 32, [False]))
    edges = np.flatnonzero(letter[1:] != letter[:-1])
    starts, ends = edges[::2], edges[1::2]
    if len(starts) < WORDS:
        return np.empty(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        powers, inverses = _powers(len(data) + 1)
        sums = np.concatenate(
            ([np.uint64(0)], np.cumsum(data.astype(np.uint64) * powers[: len(data)]))
        )
        words = _mixed((sums[ends] - sums[starts]) * inverses[starts])
        runs = words[: len(words) - WORDS + 1].copy()
        for offset in range(1, WORDS):
            runs = runs * _PRIME + words[offset : len(words) - WORDS + 1 + offset]
        return np.unique(_mixed(runs))


_POWERS: dict[str, np.ndarray] = {}


def _powers(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The first ``n`` powers of the base and of its inverse, kept for the longest text so far."""
    if len(_POWERS.get("base", ())) < n:
        size = max(n, 1 << 16)
        ones = np.ones(size, dtype=np.uint64)
        for name, base in (("base", _PRIME), ("inverse", _INVERSE)):
            factors = ones * base
            factors[0] = 1
            _POWERS[name] = np.cumprod(factors)
    return _POWERS["base"], _POWERS["inverse"]


def _mixed(values: np.ndarray) -> np.ndarray:
    """Spread every bit over the whole word (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _near(bodies: list[bytes], first: list[int], original: list[int]) -> None:
    """Mark in ``original`` every text of ``first`` that repeats an earlier one nearly."""
    size = np.zeros(len(bodies), dtype=np.int64)
    kept: dict[int, np.ndarray] = {}
    for later, earlier in _candidates(bodies, first, size):
        if original[earlier] != earlier or original[later] != later:
            continue  # an earlier original was found already, or this one is none
        few, many = sorted((int(size[later]), int(size[earlier])))
        if many > LONGER * few:
            continue
        if len(kept) >= KEPT:
            kept.clear()
        for i in (later, earlier):
            if i not in kept:
                kept[i] = shingles(bodies[i])
        shared = np.intersect1d(kept[later], kept[earlier], assume_unique=True).size
        if shared >= CONTAINED * few:
            original[later] = earlier


def _candidates(
    bodies: list[bytes], first: list[int], size: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) that share much of their samples, in order; fills ``size``."""
    total = sum(len(bodies[i]) for i in first) // 6
    thin = np.uint64(1)
    while total // int(thin) > SAMPLE_ROWS:
        thin *= np.uint64(2)
    hashes, owners = [], []
    sampled = np.zeros(len(bodies), dtype=np.int64)
    for i in first:
        found = shingles(bodies[i])
        size[i] = found.size
        if found.size >= FEWEST:
            part = found[found % thin == 0]
            sampled[i] = part.size
            hashes.append(part)
            owners.append(np.full(part.size, i, dtype=np.int32))
    if not hashes:
        return
    hash_, owner = np.concatenate(hashes), np.concatenate(owners)
    rank = np.lexsort((owner, hash_))
    hash_, owner = hash_[rank], owner[rank]
    begins = np.concatenate(([True], hash_[1:] != hash_[:-1]))
    earliest = owner[np.maximum.accumulate(np.where(begins, np.arange(len(owner)), 0))]
    pair = owner.astype(np.int64) * len(bodies) + earliest
    pairs, shared = np.unique(pair[~begins], return_counts=True)
    later, earlier = pairs // len(bodies), pairs % len(bodies)
    likely = shared >= LIKELY * np.minimum(sampled[later], sampled[earlier])
    yield from zip(later[likely].tolist(), earlier[likely].tolist(), strict=True)
