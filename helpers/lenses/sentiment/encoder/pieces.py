"""Text to word pieces, as BERT's uncased vocabularies are made for (Devlin et al. 2019).

A text is lower-cased, its accents are stripped, it is cut at white space and at every punctuation
mark, and each word is cut greedily into the longest pieces that the vocabulary has; pieces inside
a word begin with ``##``. `Pieces` gives what the package ``tokenizers`` gives for the same
vocabulary (`scripts/train_encoder.py check` compares them), without needing it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LONGEST_WORD = 100  # characters; a longer word is one unknown piece
REMEMBERED = 50_000  # words whose pieces are kept
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class _Characters(dict[int, str]):
    """What each character becomes, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _character(chr(code))
        return made


def _character(char: str) -> str:
    if char in "\t\n\r":
        return " "
    if char == "\ufffd" or unicodedata.category(char)[0] == "C":
        return ""
    if char.isspace():
        return " "
    plain = "".join(
        c.lower() for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn"
    )
    apart = "".join(f" {c} " if _is_mark(c) else c for c in plain)
    return f" {apart} " if any(low <= ord(char) <= high for low, high in IDEOGRAPHS) else apart


def _is_mark(char: str) -> bool:
    """Is it punctuation? All of ASCII that is neither letter, digit nor space is."""
    if char.isascii():
        return char.isprintable() and not char.isalnum() and not char.isspace()
    return unicodedata.category(char)[0] == "P"


class Pieces:
    """A vocabulary and the cutting of texts by it; a piece's number is its place in the list.

    The list must hold ``[CLS]``, ``[SEP]``, ``[MASK]``, ``[UNK]`` and ``[PAD]``, or the names that
    ``special`` gives for them in that order.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        special: Sequence[str] = ("[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]"),
    ) -> None:
        self.number = {piece: i for i, piece in enumerate(vocabulary)}
        if missing := [name for name in special if name not in self.number]:
            raise ValueError(f"The vocabulary lacks {', '.join(missing)}")
        self.first, self.last, self.mask, self.unknown, self.padding = (
            self.number[name] for name in special
        )
        self._characters = _Characters()
        self._known: dict[str, list[int]] = {}

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces of ``text``, without those that mark its beginning and end."""
        found: list[int] = []
        for word in text.translate(self._characters).split():
            pieces = self._known.get(word)
            if pieces is None:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                pieces = self._known[word] = self._cut(word)
            found += pieces
        return found

    def _cut(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(word):
            inside = "##" if start else ""
            for end in range(len(word), start, -1):
                number = self.number.get(inside + word[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            start = end
        return found

    def around(self, text: str, start: int, end: int, longest: int) -> tuple[list[int], int]:
        """The pieces of ``text`` with ``text[start:end]`` hidden, and the place of the hidden one.

        At most ``longest`` pieces, those marking beginning and end included. What is too long is
        cut on both sides of the target; a side that needs less room leaves it to the other.
        """
        before, after = self.of(text[:start]), self.of(text[end:])
        room = longest - 3
        kept = min(len(before), max(room - len(after), room // 2))
        before = before[len(before) - kept :]
        after = after[: room - kept]
        return [self.first, *before, self.mask, *after, self.last], kept + 1
