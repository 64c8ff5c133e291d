"""Word lists whose entries are short patterns, matched against tokens all at once.

An entry is one or more words separated by blanks. A word ending in `*` stands for every word
that begins so, `#` for any number. Words are compared in lower case, inside one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.grammar.token_codes import token_codes
from helpers.schema import needs

Ints = npt.NDArray[np.int64]
_OPENING = 3  # letters by which word beginnings are looked up


@dataclass(frozen=True)
class Lexed:
    """Tokens prepared for matching: one form number per token, and where each form stands."""

    code: Ints
    forms: list[str]
    sentence: Ints
    """One number per sentence of the corpus, the same for all its tokens."""
    order: Ints
    bounds: Ints

    def positions(self, forms: Iterable[int]) -> Ints:
        """Where any of the forms stands, in text order."""
        pieces = [self.order[self.bounds[f] : self.bounds[f + 1]] for f in forms]
        return np.sort(np.concatenate(pieces)) if pieces else np.zeros(0, dtype=np.int64)


def lex(tokens: pd.DataFrame) -> Lexed:
    """Prepare a table of tokens (doc_id, sentence_id, start, end, text) for matching."""
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", table="tokens")
    forms = token_codes(tokens)
    code, doc = forms.code, forms.doc
    sentence = tokens["sentence_id"].to_numpy(np.int64)
    changes = np.ones(len(code), dtype=np.int64)
    if len(code):
        changes[0] = 0
        changes[1:] = (doc[1:] != doc[:-1]) | (sentence[1:] != sentence[:-1])
    return Lexed(
        code=code,
        forms=forms.lowered,
        sentence=np.cumsum(changes),
        order=np.argsort(code, kind="stable"),
        bounds=np.searchsorted(np.sort(code), np.arange(len(forms.lowered) + 1)),
    )


class Patterns:
    """Compiled entries of a word list."""

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = [tuple(entry.lower().split()) for entry in entries]
        self.words = sorted({word for entry in self.entries for word in entry})

    def match(self, lexed: Lexed) -> tuple[Ints, Ints, Ints]:
        """First token, number of tokens and entry of every match, overlapping ones included."""
        meant = self._forms(lexed.forms)
        flags: dict[str, npt.NDArray[np.bool_]] = {}
        found: list[tuple[Ints, int, int]] = []
        for entry, words in enumerate(self.entries):
            at = lexed.positions(meant[words[0]])
            for k, word in enumerate(words[1:], start=1):
                if not len(at):
                    break
                at = at[at + k < len(lexed.code)]
                if word not in flags:
                    flags[word] = np.zeros(len(lexed.forms), dtype=bool)
                    flags[word][meant[word]] = True
                same = lexed.sentence[at] == lexed.sentence[at + k]
                at = at[same & flags[word][lexed.code[at + k]]]
            if len(at):
                found.append((at, len(words), entry))
        if not found:
            none = np.zeros(0, dtype=np.int64)
            return none, none, none
        first = np.concatenate([at for at, _, _ in found])
        length = np.repeat([n for _, n, _ in found], [len(at) for at, _, _ in found])
        entries = np.repeat([e for _, _, e in found], [len(at) for at, _, _ in found])
        return first, length.astype(np.int64), entries.astype(np.int64)

    def _forms(self, forms: Sequence[str]) -> dict[str, list[int]]:
        """Which forms of the corpus each pattern word stands for."""
        meant: dict[str, list[int]] = {word: [] for word in self.words}
        stems: dict[str, list[str]] = {}
        for word in self.words:
            if word.endswith("*"):
                stems.setdefault(word[:_OPENING].rstrip("*"), []).append(word[:-1])
        shorter = sorted({len(opening) for opening in stems if len(opening) < _OPENING})
        for i, form in enumerate(forms):
            if form in meant:
                meant[form].append(i)
            for n in (_OPENING, *shorter):
                for stem in stems.get(form[:n], ()):
                    if form.startswith(stem):
                        meant[stem + "*"].append(i)
            if "#" in meant and form[0].isdigit():
                meant["#"].append(i)
        return meant


def longest(first: Ints, length: Ints, group: Ints) -> npt.NDArray[np.bool_]:
    """Whether a match is not inside or across an earlier, longer one of the same group."""
    order = np.lexsort((-length, first, group))
    span = int((first + length).max(initial=0)) + 1
    start = first[order] + group[order] * span
    reach = np.maximum.accumulate(start + length[order])
    free = np.ones(len(order), dtype=bool)
    free[1:] = start[1:] >= reach[:-1]
    kept = np.empty(len(order), dtype=bool)
    kept[order] = free
    return kept
