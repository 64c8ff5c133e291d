"""Part-of-speech tags at a few microseconds a token, and the lemmas that follow from them.

The tagger is a linear window model in two passes (after the observation of Giménez and Màrquez
2004 that local features carry most of the decision). Pass 1 scores each token from its own form and
its neighbours' forms at distance one and two; pass 2 adds what pass 1 said about the neighbourhood.
No decision waits for its left neighbour, so both passes are NumPy gathers over a whole batch. What
a word type contributes at each of the five positions is added up once and kept: a token costs five
rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice, repeat
from pathlib import Path
from typing import ClassVar

import numpy as np

import helpers
from helpers import paths
from helpers.lemmas import lemma

__all__ = ["Tagger", "default_tagger", "lemma", "tag"]

MODEL = paths.MODELS / "tagger" / "tagger.npz"
POSITIONS = (-2, -1, 0, 1, 2)
# A form whose capital says nothing (first word, headline in capitals) is looked up under this mark.
MUTED = "\x01"
# Two types are kept back: outside the sentence, and "no such neighbour" for the verbal context.
EDGE = "\x02"
MAX_TYPES = 50_000
BATCH = 16_384
# Share of capitalised words from which capitals carry no information (headlines).
CAPITAL_SHARE = 0.65
OPENERS = frozenset(
    {'"', "``", "''", "'", "`", "(", "[", "-", "--", "–", "—", "•", "*", "“", "‘", "«"}
)

_NORMAL = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‑": "-",
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "\u00ad": None,
    }
)
_DIGITS = re.compile(r"\d")
_RUNS = re.compile(r"(.)\1+")
# Tags that open, continue or close a verb group: what pass 2 looks for to the left and right.
VERBAL = ("MD", "TO", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")


@dataclass(frozen=True)
class Tagger:
    """Weights of the two passes, as `scripts/train_tagger.py` writes them, on one scale."""

    tags: list[str]
    classes: dict[str, str]
    words: list[dict[str, int]]
    word_weights: list[np.ndarray]
    context_words: dict[str, int]
    contexts: list[str]
    context_weights: list[np.ndarray]
    version: ClassVar[str] = f"Parallax {helpers.__version__}"
    _types: _Types = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_types", _Types(self))

    def tag(self, sentences: Iterable[Sequence[str]]) -> list[list[str]]:
        """One list of Penn Treebank tags per sentence, one tag per token."""
        result: list[list[str]] = []
        for batch in _batches(sentences):
            result.extend(self._tag_batch(batch))
        return result

    def first_pass(self, batch: list[Sequence[str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Token scores of pass 1, the tokens' context-word numbers and the sentences' lengths."""
        types = self._types
        lengths = np.fromiter(map(len, batch), np.int64, len(batch))
        ids, inside = types.encode(batch, lengths)
        scores = np.zeros((int(lengths.sum()), len(self.tags)), np.int16)
        for offset, table in zip(POSITIONS, types.scores, strict=True):
            scores += table.take(ids[inside + offset], axis=0)
        return scores, types.context.take(ids), lengths

    def _tag_batch(self, batch: list[Sequence[str]]) -> list[list[str]]:
        scores, context, lengths = self.first_pass(batch)
        if not len(scores):
            return [[] for _ in batch]
        rows = context_rows(self, scores.argmax(axis=1), context, lengths)
        for row, weights in zip(rows, self.context_weights, strict=True):
            scores += weights.take(row, axis=0)
        names = np.array(self.tags, dtype=object)[scores.argmax(axis=1)].tolist()
        ends = np.cumsum(lengths).tolist()
        return [names[end - n : end] for end, n in zip(ends, lengths.tolist(), strict=True)]


class _Types:
    """What each word type adds at each position; a full memo starts afresh."""

    def __init__(self, model: Tagger) -> None:
        self.model = model
        self.ids: dict[str, int] = {}
        self.forms: list[str] = []
        width = len(model.tags)
        self.scores = [np.zeros((4096, width), np.int16) for _ in POSITIONS]
        self.context = np.zeros(4096, np.int64)
        # 0: no letter or bare number, 1: capital first, 2: small first
        self.letter = np.zeros(4096, np.int8)
        self.opener = np.zeros(4096, bool)
        self.muted = np.zeros(4096, np.int64)
        self.add([EDGE])

    def add(self, forms: Iterable[str]) -> None:
        """Number the forms that are new, and add up their rows."""
        new = [form for form in dict.fromkeys(forms) if form not in self.ids]
        if not new:
            return
        for form in new:
            self.ids[form] = len(self.ids)
        self.forms += new
        while len(self.ids) > len(self.context):
            self._grow()
        at = np.array([self.ids[form] for form in new])
        features = [type_features(form, self.model.classes) for form in new]
        for i in range(len(POSITIONS)):
            get = self.model.words[i].get
            said_here = [said[i] for said in features]
            size = np.fromiter(map(len, said_here), np.int64, len(new))
            rows = np.fromiter(
                map(get, chain.from_iterable(said_here), repeat(-1)), np.int64, int(size.sum())
            )
            known = rows >= 0
            size = np.add.reduceat(known, np.cumsum(size) - size)
            sums = np.zeros((len(new), len(self.model.tags)), np.int16)
            if known.any():
                # All rows of all forms at once; reduceat has no sum for a form without a row.
                flat = self.model.word_weights[i][rows[known]]
                begin = (np.cumsum(size) - size)[size > 0]
                sums[size > 0] = np.add.reduceat(flat, begin, axis=0, dtype=np.int16)
            self.scores[i][at] = sums
        for form, row in zip(new, at.tolist(), strict=True):
            plain = form.lstrip(MUTED)
            first = plain[:1]
            self.context[row] = self.model.context_words.get(normalise(plain).lower(), 0)
            self.letter[row] = 1 if first.isupper() else 2 if first.islower() else 0
            self.opener[row] = plain in OPENERS
            # a twin with a muted capital is made when it is asked for
            self.muted[row] = -1 if first.isupper() and plain == form != EDGE else row

    def _grow(self) -> None:
        self.scores = [np.concatenate([t, np.zeros_like(t)]) for t in self.scores]
        self.context = np.concatenate([self.context, np.zeros_like(self.context)])
        self.letter = np.concatenate([self.letter, np.zeros_like(self.letter)])
        self.opener = np.concatenate([self.opener, np.zeros_like(self.opener)])
        self.muted = np.concatenate([self.muted, np.zeros_like(self.muted)])

    def encode(
        self, batch: list[Sequence[str]], lengths: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Type numbers with two edge rows around each sentence, and where the tokens stand."""
        if len(self.ids) > MAX_TYPES:
            self.ids.clear()
            self.forms.clear()
            self.add([EDGE])
        known = self.ids
        words = list(chain.from_iterable(batch))
        found: list[int | None] = list(map(known.get, words))
        if None in found:
            self.add(dict.fromkeys(w for w, i in zip(words, found, strict=True) if i is None))
            found = list(map(known.get, words))
        flat = np.array(found, dtype=np.int64)
        flat = self._mute(flat, lengths)
        n = len(flat)
        inside = np.arange(n) + 2 * np.repeat(np.arange(1, len(lengths) + 1), lengths)
        ids = np.zeros(n + 2 * len(lengths) + 2, np.int64)
        ids[inside] = flat
        return ids, inside

    def _mute(self, flat: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Mutes the capital of first words (also after an opening mark) and of headlines."""
        if not len(flat):
            return flat
        ends = np.cumsum(lengths)
        sentence = np.repeat(np.arange(len(lengths)), lengths)
        letter = self.letter[flat]
        upper = np.bincount(sentence, letter == 1, len(lengths))
        lower = np.bincount(sentence, letter == 2, len(lengths))
        titled = (upper >= CAPITAL_SHARE * (upper + lower)) & (upper + lower >= 4)
        mute = titled[sentence]
        first = (ends - lengths)[lengths > 0]
        mute[first] = True
        second = first[self.opener[flat[first]] & (lengths[lengths > 0] > 1)] + 1
        mute[second] = True
        twins = self.muted[flat[mute]]
        if (twins < 0).any():
            self._add_twins(np.unique(flat[mute][twins < 0]).tolist())
        return np.where(mute, self.muted[flat], flat)

    def _add_twins(self, rows: list[int]) -> None:
        """Number the muted twins of these forms."""
        forms = [self.forms[row] for row in rows]
        self.add([MUTED + form for form in forms])
        for row, form in zip(rows, forms, strict=True):
            self.muted[row] = self.ids[MUTED + form]


def tag(sentences: Iterable[Sequence[str]]) -> list[list[str]]:
    """One list of Penn Treebank tags per sentence (as XPOS in UD English), one tag per token.

    >>> tag([["He", "met", "the", "envoy", "."]])
    [['PRP', 'VBD', 'DT', 'NN', '.']]
    """
    return default_tagger().tag(sentences)


@cache
def default_tagger() -> Tagger:
    """The shipped model (`data/models/tagger`, see its card)."""
    return load_tagger(MODEL)


def load_tagger(path: Path) -> Tagger:
    """Reads the weights `scripts/train_tagger.py` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        arrays: dict[str, np.ndarray] = dict(stored)

    def lines(name: str) -> list[str]:
        return arrays[name].tobytes().decode("utf-8").split("\n")

    classes = dict(line.split("\t") for line in lines("classes"))
    words = [{f: i for i, f in enumerate(lines(f"words{p}"))} for p in range(len(POSITIONS))]
    contexts = lines("contexts")
    tags = lines("tags")
    weights = []
    for i in range(len(contexts)):
        table = np.zeros((int(arrays[f"size{i}"]), len(tags)), np.int8)
        table[arrays[f"rows{i}"]] = arrays[f"context{i}"]
        weights.append(table)
    return Tagger(
        tags=tags,
        classes=classes,
        words=words,
        word_weights=[arrays[f"weights{p}"] for p in range(len(POSITIONS))],
        context_words={w: i + 1 for i, w in enumerate(lines("context_words"))},
        contexts=contexts,
        context_weights=weights,
    )


def normalise(form: str) -> str:
    """The form with quotes, dashes and spaces made plain, as the treebanks write them."""
    return form.translate(_NORMAL)


def type_features(form: str, classes: dict[str, str]) -> tuple[list[str], ...]:
    """What a word type says at positions -2 … 2; `form` may carry the mark of a muted capital."""
    if form == EDGE:
        return ([EDGE],) * 5
    muted = form.startswith(MUTED)
    plain = normalise(form[1:] if muted else form)
    lower = plain.lower()
    key = _DIGITS.sub("0", lower)
    capital = _capital(plain, muted)
    seen = classes.get(lower, "?")
    exact = "=" if plain == lower else classes.get(plain, "?")
    if muted and plain.isupper() and len(plain) > 1:
        exact = classes.get(plain.capitalize(), exact)
    tail = key[-3:]
    shape = "s" + _shape(plain, muted)
    here = [
        "w" + key,
        "a" + seen,
        "A" + exact,
        "b" + seen + "/" + exact + capital,
        "c" + capital,
        "1" + key[-1:],
        "2" + key[-2:],
        "3" + tail,
        "4" + key[-4:],
        "5" + key[-5:],
        "p" + key[:2],
        "P" + key[:3],
        "t" + capital + tail,
        shape,
    ]
    if not muted and plain != lower:
        here.append("W" + plain)
    if "-" in key[1:-1]:
        left, _, right = key.rpartition("-")
        here += ["h" + right, "H" + left.partition("-")[0], "k" + classes.get(right, "?")]
    near = [
        "w" + key,
        "a" + seen,
        "A" + exact,
        "c" + capital,
        "3" + tail,
        "2" + key[-2:],
        shape,
    ]
    far = ["w" + key, "a" + seen, "c" + capital + ("=" if exact == "=" else exact)]
    return far, near, here, near, far


def context_rows(
    model: Tagger, guess: np.ndarray, context: np.ndarray, lengths: np.ndarray
) -> list[np.ndarray]:
    """Row numbers of pass 2, one array per table of `model.contexts`.

    `guess` are the tags of pass 1; `context` the context-word numbers with two edge rows before
    each sentence and two at the end of the batch.
    """
    n, width = len(guess), len(model.tags) + 1
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(n) + 2 * (sentence + 1)
    padded = np.full(len(context), width - 1, np.int64)
    padded[at] = guess
    t = {k: padded[at + k] for k in (-2, -1, 0, 1, 2)} if n else {}
    w = {k: context[at + k] for k in (-1, 0, 1)}
    before, after, verb_word = _verbs_around(model, padded, context, at, width)
    rows = {
        "-2": t[-2],
        "-1": t[-1],
        "0": t[0],
        "+1": t[1],
        "+2": t[2],
        "-2-1": t[-2] * width + t[-1],
        "-1+1": t[-1] * width + t[1],
        "+1+2": t[1] * width + t[2],
        "-10": t[-1] * width + t[0],
        "0+1": t[0] * width + t[1],
        "w-1": w[0] * width + t[-1],
        "w+1": w[0] * width + t[1],
        "w0": w[0] * width + t[0],
        "-1w": w[-1] * width + t[0],
        "+1w": w[1] * width + t[0],
        "before": before,
        "after": after,
        "verb": verb_word * width + t[0],
        "beforeafter": before * (3 * width) + after,
    }
    return [rows[name] for name in model.contexts]


def _verbs_around(
    model: Tagger,
    padded: np.ndarray,
    context: np.ndarray,
    at: np.ndarray,
    width: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tag and distance class (1, 2-3, more) of the nearest verbal token on either side."""
    verbal = np.zeros(width, bool)
    verbal[[model.tags.index(v) for v in VERBAL if v in model.tags]] = True
    verbal[width - 1] = True  # the edge of the sentence stops the search
    hit = verbal[padded]
    place = np.arange(len(padded))
    last = np.maximum.accumulate(np.where(hit, place, 0))
    following = np.minimum.accumulate(np.where(hit, place, len(padded) - 1)[::-1])[::-1]
    left, right = last[at - 1], following[at + 1]

    def bucket(distance: np.ndarray) -> np.ndarray:
        return np.where(distance == 1, 0, np.where(distance <= 3, 1, 2))

    before = padded[left] * 3 + bucket(at - left)
    after = padded[right] * 3 + bucket(right - at)
    return before, after, context[left]


def _capital(plain: str, muted: bool) -> str:
    if not plain[:1].isupper():
        return "l" if plain[:1].islower() else "o"
    if muted:
        return "m"
    return "u" if len(plain) > 1 and plain.isupper() else "c"


def _shape(plain: str, muted: bool) -> str:
    if plain.isalpha() and plain.islower():
        return "x+" if len(plain) > 1 else "x"  # most types, at no cost
    kinds = "".join(
        "d"
        if c.isdigit()
        else "x"
        if c.islower() or (muted and c.isalpha())
        else "X"
        if c.isupper()
        else c
        for c in plain[:12]
    )
    return _RUNS.sub(r"\1+", kinds)


def _batches(sentences: Iterable[Sequence[str]]) -> Iterable[list[Sequence[str]]]:
    """Lists of sentences of about `BATCH` tokens: bounded memory whatever comes in."""
    stream = iter(sentences)
    while True:
        batch: list[Sequence[str]] = []
        size = 0
        for sentence in islice(stream, BATCH):
            batch.append(sentence)
            size += len(sentence)
            if size >= BATCH:
                break
        if not batch:
            return
        yield batch
