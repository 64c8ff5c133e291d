"""Exact and near duplicates: the same wire story in two outlets, whole, cut or set into another.

Texts are compared by their sets of five-word shingles (Broder 1997, "On the resemblance and
containment of documents"). An article repeats another where at least `CONTAINED` of the shorter
one's shingles stand in the longer one and the longer is at most `LONGER` times as long, so that a
digest that quotes a paragraph, or holds a short notice whole, is no duplicate.

Candidates come from a sample of shingles: those whose hash is a multiple of a power of two. All
articles that share a sampled shingle are joined to the earliest of them only, so the work grows
with the number of words, not of pairs. Every candidate is then checked on all its shingles.

`shared` says how much of an article's text another outlet's article prints too, paragraph by
paragraph: what is between quotation marks is left out, because two reports of one speech are two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
PARAGRAPH_WORDS = 12
"""A shorter paragraph may be alike by chance, or be furniture."""
PARAGRAPH_SHARED = 0.7
"""Share of a paragraph's shingles that make it the other text's paragraph (ours)."""
LIKELY_SHARED = 0.15
"""Share of the sample of one of two texts from which their paragraphs are compared."""
MOST_HOLDERS = 30
"""A shingle in more texts than this is furniture, and no sign that two of them share a story."""

_MARKED = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)")
_QUOTES = re.compile(rb"['`\"]|\xe2\x80[\x98-\x9f]|\xc2\xad")
_SPACES = re.compile(rb"\xe2\x80[\x80-\x97\xa6-\xaf]|\xc2\xa0|\xc2\xab|\xc2\xbb")
_LETTERS = bytes(
    c + 32 if 65 <= c <= 90 else c if 48 <= c <= 57 or 97 <= c <= 122 or c >= 128 else 32
    for c in range(256)
)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


@dataclass(frozen=True)
class Copies:
    """What of a story's texts is printed more than once."""

    duplicate_of: pd.Series
    """By article, the doc_id of the earlier one that it repeats."""
    shared: list[dict[int, float]]
    """By article, as `shared` gives it."""


def duplicates(articles: pd.DataFrame) -> pd.Series:
    """For each article the doc_id of the earlier one that it repeats, missing for originals.

    The earlier article is the first by day of publication (undated last), then by doc_id.

    >>> text = " ".join(f"word{i}" for i in range(60))
    >>> frame = pd.DataFrame({"doc_id": ["b", "a"], "text": [text + " end", text],
    ...                       "published": ["2019-09-30", "2019-09-29"]})
    >>> duplicates(frame).tolist()
    ['a', nan]
    """
    return copies(articles, sharing=False).duplicate_of


def copies(
    articles: pd.DataFrame, ranks: Sequence[int] | None = None, *, sharing: bool = True
) -> Copies:
    """The duplicates and, with ``sharing``, how much text each article shares with others.

    Of articles of one day that of the lower rank is the earlier one.
    """
    needs(articles, "doc_id", "text", "published", table="articles")
    order = _order(articles, ranks or [0] * len(articles))
    texts = articles["text"].to_numpy(dtype=object)
    bodies = [_normalised(texts[i]) for i in order]
    exact = _exact(bodies)
    original = [*exact]
    first = [i for i in range(len(order)) if original[i] == i]
    sample = _sample(bodies, first)
    _near(bodies, sample, original)
    doc_ids = articles["doc_id"].to_numpy(dtype=object)
    result = np.full(len(order), np.nan, dtype=object)
    for position, earlier in enumerate(original):
        while original[earlier] != earlier:  # an exact copy of what is a near duplicate itself
            earlier = original[earlier]
        original[position] = earlier
        if earlier != position:
            result[order[position]] = doc_ids[order[earlier]]
    repeats = pd.Series(result, index=articles.index, dtype="str")
    if not sharing or "outlet" not in articles:
        return Copies(repeats, [{} for _ in order])
    days = articles["published"].fillna("9999").to_numpy(dtype=object)[order]
    outlets = articles["outlet"].to_numpy(dtype=object)[order]
    found = _shared(texts[order], days, outlets, exact, sample)
    shared: list[dict[int, float]] = [{} for _ in order]
    for i, partners in enumerate(found):
        shared[order[i]] = {order[j]: part for j, part in partners.items()}
    return Copies(repeats, shared)


def _order(articles: pd.DataFrame, ranks: Sequence[int]) -> list[int]:
    published = articles["published"].fillna("9999").to_numpy(dtype=object)
    doc_ids = articles["doc_id"].to_numpy(dtype=object)
    return sorted(range(len(articles)), key=lambda i: (published[i], ranks[i], doc_ids[i]))


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


def runs_of(text: str) -> np.ndarray:
    """The sorted hashes of every run of `WORDS` words of an article, or a piece of one."""
    return shingles(_normalised(text))


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


@dataclass(frozen=True)
class _Sample:
    """Sampled shingles of all texts, ordered by hash, then by text."""

    hash_: np.ndarray
    owner: np.ndarray
    size: np.ndarray
    """By text, how many shingles it has."""
    sampled: np.ndarray
    """By text, how many of them are in the sample."""


def _sample(bodies: list[bytes], first: list[int]) -> _Sample:
    total = sum(len(bodies[i]) for i in first) // 6
    thin = np.uint64(1)
    while total // int(thin) > SAMPLE_ROWS:
        thin *= np.uint64(2)
    size = np.zeros(len(bodies), dtype=np.int64)
    sampled = np.zeros(len(bodies), dtype=np.int64)
    hashes, owners = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.int32)]
    for i in first:
        found = shingles(bodies[i])
        size[i] = found.size
        if found.size >= FEWEST:
            part = found[found % thin == 0]
            sampled[i] = part.size
            hashes.append(part)
            owners.append(np.full(part.size, i, dtype=np.int32))
    hash_, owner = np.concatenate(hashes), np.concatenate(owners)
    rank = np.lexsort((owner, hash_))
    return _Sample(hash_[rank], owner[rank], size, sampled)


def _near(bodies: list[bytes], sample: _Sample, original: list[int]) -> None:
    """Mark in ``original`` every sampled text that repeats an earlier one nearly."""
    kept: dict[int, np.ndarray] = {}
    for later, earlier in _candidates(len(bodies), sample):
        if original[earlier] != earlier or original[later] != later:
            continue  # an earlier original was found already, or this one is none
        few, many = sorted((int(sample.size[later]), int(sample.size[earlier])))
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


def _candidates(n: int, sample: _Sample) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of ``n`` texts that share much of their samples, in order."""
    hash_, owner, sampled = sample.hash_, sample.owner, sample.sampled
    if not len(hash_):
        return
    begins = np.concatenate(([True], hash_[1:] != hash_[:-1]))
    earliest = owner[np.maximum.accumulate(np.where(begins, np.arange(len(owner)), 0))]
    pair = owner.astype(np.int64) * n + earliest
    pairs, shared = np.unique(pair[~begins], return_counts=True)
    later, earlier = pairs // n, pairs % n
    likely = shared >= LIKELY * np.minimum(sampled[later], sampled[earlier])
    yield from zip(later[likely].tolist(), earlier[likely].tolist(), strict=True)


def _shared(
    texts: np.ndarray, days: np.ndarray, outlets: np.ndarray, exact: list[int], sample: _Sample
) -> list[dict[int, float]]:
    """By text (in order), by the number of another outlet's that is no later: the share of words.

    A text that is much longer than what it holds whole has taken it from there, not given it.
    """
    found = _copied(days, outlets, exact)
    kept: dict[int, np.ndarray] = {}
    partners: dict[int, list[int]] = {}
    for a, b in _overlapping(outlets, sample):
        for i, j in ((a, b), (b, a)):
            longer = sample.size[j] > LONGER * sample.size[i]
            if days[j] <= days[i] and not longer and j not in found[i]:
                partners.setdefault(i, []).append(j)
    for i in sorted(partners):
        if len(kept) >= KEPT:
            kept.clear()
        for j in partners[i]:
            if j not in kept:
                kept[j] = runs_of(texts[j])
        found[i] |= _parts(texts[i], {j: kept[j] for j in partners[i]})
    return found


def _copied(days: np.ndarray, outlets: np.ndarray, exact: list[int]) -> list[dict[int, float]]:
    """By text, the first copy of the same words in every other outlet that is no later."""
    found: list[dict[int, float]] = [{} for _ in exact]
    groups: dict[int, dict[str, int]] = {}
    for i, j in enumerate(exact):
        groups.setdefault(j, {}).setdefault(outlets[i], i)
    for i, j in enumerate(exact):
        for outlet, k in groups[j].items():
            if outlet != outlets[i] and days[k] <= days[i]:
                found[i][k] = 1.0
    return found


def _overlapping(outlets: np.ndarray, sample: _Sample) -> list[tuple[int, int]]:
    """Pairs of texts of different outlets that share a part of their samples."""
    hash_, owner = sample.hash_, sample.owner.astype(np.int64)
    if not len(hash_):
        return []
    starts = np.flatnonzero(np.concatenate(([True], hash_[1:] != hash_[:-1])))
    lengths = np.diff(np.append(starts, len(hash_)))
    code = pd.factorize(outlets)[0]
    keys = [np.empty(0, dtype=np.int64)]
    for length in np.unique(lengths[(lengths > 1) & (lengths <= MOST_HOLDERS)]).tolist():
        block = owner[starts[lengths == length][:, None] + np.arange(length)[None, :]]
        a, b = np.triu_indices(length, 1)
        first, second = block[:, a].ravel(), block[:, b].ravel()
        apart = code[first] != code[second]
        keys.append(first[apart] * len(outlets) + second[apart])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    first, second = pairs // len(outlets), pairs % len(outlets)
    few = np.minimum(sample.sampled[first], sample.sampled[second])
    likely = shared >= LIKELY_SHARED * few
    return list(zip(first[likely].tolist(), second[likely].tolist(), strict=True))


def _parts(text: str, others: dict[int, np.ndarray]) -> dict[int, float]:
    """The share of the words outside quotation marks that stand in each other text's paragraphs."""
    total, held = 0, dict.fromkeys(others, 0)
    for line in text[body_start(text) :].split("\n"):
        unquoted = _MARKED.sub(" ", line)
        words = len(unquoted.split())
        total += words
        if words < PARAGRAPH_WORDS or 2 * len(unquoted) < len(line):
            continue
        runs = runs_of(line)
        for j, other in others.items():
            same = np.intersect1d(runs, other, assume_unique=True).size
            if same >= PARAGRAPH_SHARED * runs.size:
                held[j] += words
    return {j: n / total for j, n in held.items() if n}
