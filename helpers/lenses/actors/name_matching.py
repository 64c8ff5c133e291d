"""When two names may be one: spellings, initials, nicknames, middle names, order of parts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from helpers import lexicons
from helpers.lenses.actors.vocabulary import vocabulary

SUFFIXES = frozenset(suffix.removesuffix(".").lower() for suffix in lexicons.words("name_suffixes"))
_VOWELS = re.compile(r"(?<=.)[aeiouyhw]+")
_DOUBLE = re.compile(r"(.)\1+")
_DIGRAPHS = (("ph", "f"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("dh", "d"), ("th", "t"),
             ("q", "k"), ("c", "k"), ("x", "ks"), ("v", "w"), ("j", "y"))  # fmt: skip
_ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s)[-‐‑](?=[A-Z])")
"""The Arabic article: papers write "al-Saleh" and "Saleh" of one person."""
_DROP = str.maketrans("", "", ".'’‘`-‐‑")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word in lower case without accents, hyphens, apostrophes and dots.

    >>> fold("Élysée"), fold("Jong-un"), fold("W.")
    ('elysee', 'jongun', 'w')
    """
    if word.isascii():
        return word.translate(_DROP).lower()
    plain = unicodedata.normalize("NFKD", word.translate(_DROP))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """What different transliterations of a folded word share: its first letter and consonants.

    >>> skeleton("mohammad") == skeleton("muhammed") == skeleton("mohamed")
    True
    >>> skeleton("soleimani") == skeleton("suleimani")
    True
    """
    for a, b in _DIGRAPHS:
        word = word.replace(a, b)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", word))


def near(a: str, b: str) -> bool:
    """Whether two folded surnames are spellings of one: like consonants, at most two letters apart.

    >>> near("zelensky", "zelenskyy"), near("rouhani", "ruhani"), near("keller", "miller")
    (True, True, False)
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 2 or a[0] != b[0]:
        return False
    if skeleton(a) != skeleton(b):
        return len(a) >= 8 and len(b) >= 8 and _edits(a, b) <= 1
    return _edits(a, b) <= (1 if min(len(a), len(b)) < 7 else 2) and len(skeleton(a)) > 1


def _edits(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def given_match(a: str, b: str) -> bool:
    """Whether two folded given names may be one person's.

    >>> given_match("mike", "michael"), given_match("d", "donald"), given_match("ali", "hassan")
    (True, True, False)
    """
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    nick = vocabulary().nicknames
    full_a, full_b = nick.get(a, frozenset()), nick.get(b, frozenset())
    if b in full_a or a in full_b or full_a & full_b:
        return True
    return a[0] == b[0] and min(len(a), len(b)) > 3 and skeleton(a) == skeleton(b)


def person_key(words: list[str] | tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """(folded words without suffix, suffix) of a person's name.

    >>> person_key(["Donald", "J.", "Trump", "Jr."])
    (('donald', 'j', 'trump'), 'jr')
    >>> person_key(["Nadia", "al-Saleh"])
    (('nadia', 'saleh'), '')
    """
    folded = [f for f in (fold(_ARTICLE.sub("", w)) for w in words if w != ",") if f]
    suffix = ""
    while len(folded) > 1 and folded[-1] in SUFFIXES:
        suffix = folded.pop()
    return tuple(folded), suffix if suffix in ("jr", "sr") else ""


def surname(key: tuple[str, ...]) -> str:
    """The folded word by which a full name is usually cut short."""
    return key[-1]


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names (folded words, two or more each) may be one person's.

    >>> same_person(("javad", "zarif"), ("mohammad", "javad", "zarif"))
    True
    >>> same_person(("kim", "jongun"), ("kim", "jong", "un"))
    True
    >>> same_person(("hillary", "clinton"), ("bill", "clinton"))
    False
    """
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(a) == len(b) > 2 and a[:-1] == b[:-1] and a[-1][0] == b[-1][0]:
        return _edits(a[-1], b[-1]) <= 2  # two given names agree, the surname is misspelt
    if sorted(a) == sorted(b):
        return True  # surname first
    if not near(a[-1], b[-1]):
        return _contained(a, b) and len(a) >= 2 and (a[0] == b[0] and len(a) > 2)
    if given_match(a[0], b[0]):
        middle_a, middle_b = a[1:-1], b[1:-1]
        return (
            not middle_a
            or not middle_b
            or any(given_match(x, y) for x in middle_a for y in middle_b)
        )
    # "Javad Zarif" in "Mohammad Javad Zarif"; never "D. Smith" in "Anna D. Smith".
    return len(a[0]) > 1 and any(given_match(a[0], w) and len(w) > 1 for w in b[1:-1])


def _contained(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    rest = iter(b)
    return all(any(x == y for y in rest) for x in a)
