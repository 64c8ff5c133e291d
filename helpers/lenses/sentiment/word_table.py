"""What the target model asks of a word, looked up once for each distinct word.

The trained weights belong to exactly this way of cutting and reducing words, which is why it
stands here and not with the tokens of :mod:`helpers.segment`: a better tokenizer there must not
silently change what the weights mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from helpers.lenses.sentiment.keys import Array

# Leading space is part of a match, so that lengths alone give the offsets. A possessive 's is a
# token of its own; other apostrophes and hyphens stay inside a word.
TOKEN = re.compile(r"\s*(?:\w+(?:(?:-|['’](?!s\b))\w+)*|['’]s\b|''|``|[^\w\s])")

# Bits of a word's flags; the classes of data/lexicons/en/clause_words.csv in this order.
CLASSES = (
    "negator", "clause", "be", "auxiliary", "preposition", "determiner", "pronoun", "speech",
)  # fmt: skip
FLAG = {name: 1 << bit for bit, name in enumerate(CLASSES)}
# Coarse parts of speech.
OTHER, VERB, PAST, GERUND, NOUN, ADJECTIVE, ADVERB, NAME = range(8)
POS_OF_TAG = {
    "VB": VERB, "VBP": VERB, "VBZ": VERB, "VBD": PAST, "VBN": PAST, "VBG": GERUND, "NN": NOUN,
    "NNS": NOUN, "NNP": NAME, "NNPS": NAME, "JJ": ADJECTIVE, "JJR": ADJECTIVE, "JJS": ADJECTIVE,
    "RB": ADVERB, "RBR": ADVERB, "RBS": ADVERB,
}  # fmt: skip
_POS_OF_ENDING = (
    ("ly", ADVERB), ("ed", PAST), ("ing", GERUND),
    *((ending, ADJECTIVE) for ending in ("ful", "ous", "ive", "ble", "less", "ic", "al")),
)  # fmt: skip
OPEN, CLOSE, EITHER = 1, 2, 3
_QUOTES = {"“": OPEN, "”": CLOSE, "''": CLOSE, '"': EITHER, "``": EITHER}

# What a word that was hardly seen in training is taken to mean, by our list and by VADER's, and how
# many sentences outweigh that.
PRIOR_OF_POLARITY, PRIOR_OF_VALENCE, PRIOR_SENTENCES = 0.35, 0.08, 6.0

VOCABULARY_LIMIT = 200_000
MAX_CATEGORIES = 3

_SUFFIX = re.compile(
    r"^(.{3,}?)(?:(ational)|(ization)|(fulness)|(ousness)|(iveness)|(?:ement|ment)s?|(ation)s?|ings?"
    r"|it(?:y|ies)|(ies|ied)|edly|ed|ers?|ors?|ly|ions?|ness|es|(?<!s)s|e|(y))$"
)
_KEEP = ("at", "iz", "ful", "ous", "iv", "at", "i", "i")


def stem(word: str) -> str:
    """The word (in lower case) without its inflection and commonest derivations; crude and fast.

    >>> [stem(word) for word in ("criticised", "criticises", "accusations", "bullies", "war")]
    ['criticis', 'criticis', 'accusat', 'bulli', 'war']
    """
    if len(word) <= 4:
        return word[:-1] if len(word) == 4 and word[-1] == "s" and word[-2] != "s" else word
    match = _SUFFIX.match(word)
    if match:
        kept = match.lastindex
        word = match[1] + (_KEEP[kept - 2] if kept and kept > 1 else "")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "slz":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def key(text: str) -> int:
    """A 64-bit number for a string, the same on every machine and in every run."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little"
    )


# One column each of what is known of a token; the type decides how its array is stored.
COLUMNS: Mapping[str, type] = {
    "length": np.int64, "lead": np.int64, "word": np.uint64, "stem": np.uint64,
    "capital": np.bool_, "digit": np.bool_, "mark": np.bool_, "quote": np.int8, "flags": np.int32,
    "pos": np.int8, "valence": np.float32, "polarity": np.int8, "lean": np.float32,
}  # fmt: skip


class WordTable:
    """What is known of words before any text is read: word classes, polarity, categories.

    ``keys`` are sorted :func:`key` values of ``w:<word>`` and ``s:<stem>``; the other arrays run
    beside them. It is written by the training script and kept with the weights.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.keys: Array = arrays["keys"]
        self.pos: Array = arrays["pos"]  # -1: not known
        self.flags: Array = arrays["flags"]
        self.valence: Array = arrays["valence"].astype(np.float32) / 10
        self.categories: Array = arrays["categories"]  # one bit per category
        # How targets near the word were judged in training, and in how many sentences.
        self.lean: Array = arrays["lean"].astype(np.float32) / 125
        self.seen: Array = arrays["seen"].astype(np.float32)
        self.polarity_of: Array = arrays["polarity_of"]  # one number per category

    def find(self, keys: Array) -> Array:
        """Row of each key, -1 where it is not known."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, at, -1)


class Vocabulary(dict[str, int]):
    """Raw token (with the space before it) → row of the arrays that describe it."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.table = table
        self.words: list[str] = []
        self.pending: list[tuple[Any, ...]] = []
        self.columns: dict[str, Array] = {
            name: np.zeros(0, dtype) for name, dtype in COLUMNS.items()
        }
        self.categories: Array = np.zeros((0, MAX_CATEGORIES), np.int8)

    def __missing__(self, raw: str) -> int:
        text = raw.lstrip()
        plain = text.replace("’", "'")
        lower = plain.lower()
        root = stem(lower)
        first = lower[:1]
        letter, digit = first.isalpha(), first.isdigit()
        pos = OTHER
        if letter:
            pos = NAME if plain[0].isupper() else NOUN
            for ending, kind in _POS_OF_ENDING:
                if lower.endswith(ending):
                    pos = kind
                    break
        self.pending.append(
            (
                len(raw), len(raw) - len(text), key("w:" + lower), key("s:" + root),
                letter and plain[0].isupper(), digit, not (letter or digit),
                _QUOTES.get(text, 0), FLAG["negator"] if lower.endswith("n't") else 0, pos, 0.0, 0,
                0.0,
            )
        )  # fmt: skip
        row = self[raw] = len(self)
        self.words.append(lower)
        return row

    def rows(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Rows of all tokens of the texts in order, and the number of tokens of each text."""
        if len(self) > VOCABULARY_LIMIT:
            self.__init__(self.table)  # type: ignore[misc]
        find, row = TOKEN.findall, self.__getitem__
        found: list[int] = []
        counts = []
        for text in texts:
            tokens = find(text)
            counts.append(len(tokens))
            found.extend(map(row, tokens))
        self._flush()
        return np.array(found, np.int64), np.array(counts, np.int64)

    def _flush(self) -> None:
        """Look the new words up in the table, all at once, and put them behind the known ones."""
        if not self.pending:
            return
        new: dict[str, Array] = {
            name: np.array(values, COLUMNS[name])
            for name, values in zip(COLUMNS, zip(*self.pending, strict=True), strict=True)
        }
        table = self.table
        word, root = table.find(new["word"]), table.find(new["stem"])
        known = word >= 0
        new["flags"] |= np.where(known, table.flags[word], 0).astype(np.int32)
        pos = np.where(known, table.pos[word], -1)
        new["pos"] = np.where(pos >= 0, pos, new["pos"]).astype(np.int8)
        new["valence"] = np.where(known, table.valence[word], 0).astype(np.float32)
        by_word = np.where(known, table.categories[word], 0)
        by_stem = np.where(root >= 0, table.categories[root], 0)
        bits = np.where(by_word > 0, by_word, by_stem)
        n = len(table.polarity_of)
        has = (bits[:, None] >> np.arange(n, dtype=bits.dtype)) & 1
        new["polarity"] = np.sign(has.astype(np.int64) @ table.polarity_of).astype(np.int8)
        prior = PRIOR_OF_POLARITY * new["polarity"] + PRIOR_OF_VALENCE * new["valence"]
        seen = np.where(root >= 0, table.seen[root], 0)
        learned = np.where(root >= 0, table.lean[root], 0)
        new["lean"] = (learned + prior * PRIOR_SENTENCES / (PRIOR_SENTENCES + seen)).astype(
            np.float32
        )
        categories = np.zeros((len(bits), MAX_CATEGORIES), np.int8)
        ranks = np.cumsum(has, axis=1)
        for rank in range(MAX_CATEGORIES):
            at = (ranks == rank + 1) & (has == 1)
            categories[:, rank] = np.where(at.any(axis=1), at.argmax(axis=1) + 1, 0)
        self.columns = {name: np.concatenate([self.columns[name], new[name]]) for name in COLUMNS}
        self.categories = np.concatenate([self.categories, categories])
        self.pending = []
