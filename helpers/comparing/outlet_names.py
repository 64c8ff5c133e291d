"""The outlets' own names: that an outlet names itself says nothing of how it tells a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from helpers import lexicons

_GENERIC = lexicons.words("generic_outlet_words")
_PAPERS = lexicons.listed("newspaper_words")
_WEB = _GENERIC - {"news", "the"}

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def name_sequences(
    outlets: Iterable[str], aliases: Mapping[str, Sequence[str]] | None = None
) -> list[tuple[str, ...]]:
    """The word sequences, in lower case, by which outlets call themselves.

    >>> name_sequences(["NPR Online News", "The Evening Lantern"])
    [('el',), ('evening', 'lantern'), ('eveninglantern',), ('npr',), ('npr', 'online', 'news')]
    """
    found: set[tuple[str, ...]] = set()
    for outlet in outlets:
        for name in (outlet, *(aliases or {}).get(outlet, ())):
            plain = re.sub(r"\(.*?\)", " ", str(name))
            words = re.findall(r"[^\W_][\w’'.&]*", plain)
            kept = words[1:] if len(words) > 1 and words[0].lower() == "the" else words
            core = [word for word in kept if word.lower() not in _GENERIC]
            found.add(tuple(word.lower() for word in kept))
            if len(core) == 1 and (len(kept) == 1 or core[0].isupper()):
                found.add((core[0].lower(),))
            found |= _short_names(kept)
            capitals = [word for word in kept if word.isupper() and len(word) > 1]
            if capitals and len(capitals) < len(kept):
                found |= {(word.lower(),) for word in capitals}
    return sorted(found - {()})


def _short_names(words: list[str]) -> set[tuple[str, ...]]:
    """Initials (AP for Associated Press) and the words run together (HuffPost)."""
    core = [word for word in words if word.lower() not in _WEB]
    if len(core) != len(words) or not 1 < len(core) < 5:
        return {("".join(words[0].split("-")).lower(),)} if "-" in words[0] else set()
    return {("".join(word[0] for word in core).lower(),), ("".join(core).lower(),)}


def _spelled_by(letters: str, form: str) -> bool:
    """Whether an outlet called by three letters may be a newspaper of this name: hpo, huffpost."""
    if not 3 <= len(letters) <= 4 or len(form) <= len(letters) or not form.endswith(_PAPERS):
        return False
    rest = iter(form)
    return form[0] == letters[0] and all(letter in rest for letter in letters)


def own_name_flags(
    code: Ints, upper: Flags, forms: list[str], sequences: list[tuple[str, ...]]
) -> Flags:
    """Tokens that belong to an outlet's name; only where the text writes it with a capital.

    Words such as "News" behind the name belong to it.
    """
    number = {form: i for i, form in enumerate(forms)}
    hidden = np.zeros(len(code), dtype=bool)
    initials = np.array([ord(form[0]) if form else 0 for form in forms], dtype=np.int32)
    first_letter = initials[code] if forms else code
    for words in sequences:
        wanted = [number.get(word, -2) for word in words]
        _mark(hidden, upper, [code == w for w in wanted])
        if len(words) == 1 and 3 <= len(words[0]) <= 5 and words[0].isalpha():
            letters = [first_letter == ord(letter) for letter in words[0]]
            _mark(hidden, upper, [flag & upper for flag in letters])
            for form in forms:
                if _spelled_by(words[0], form):
                    _mark(hidden, upper, [code == number[form]])
    generic = np.array([form in _GENERIC for form in forms], dtype=bool)
    if len(code) > 1 and forms:
        hidden[1:] |= hidden[:-1] & upper[1:] & generic[code[1:]]
    return hidden


def _mark(hidden: Flags, upper: Flags, steps: list[Flags]) -> None:
    """Flag every run of tokens that takes the steps one after the other, capital first."""
    length = len(steps)
    if length > len(hidden):
        return
    ends = len(hidden) - length + 1
    run = upper[:ends].copy()
    for k, step in enumerate(steps):
        run &= step[k : k + ends]
    at = np.flatnonzero(run)
    for k in range(length):
        hidden[at + k] = True
