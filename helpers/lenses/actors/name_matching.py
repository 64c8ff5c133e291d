"""When two names may be one: spellings, initials, nicknames, middle names, order of parts."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from helpers import lexicons
from helpers.lenses.actors.vocabulary import vocabulary

SUFFIXES = frozenset(suffix.removesuffix(".").lower() for suffix in lexicons.words("name_suffixes"))
_SMALL = lexicons.words("acronym_small_words")
_VOWELS = re.compile(r"(?<=.)[aeiouyhw]+")
_DOUBLE = re.compile(r"(.)\1+")
_DIGRAPHS = (("ph", "f"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("dh", "d"), ("th", "t"),
             ("q", "k"), ("c", "k"), ("x", "ks"), ("v", "w"), ("j", "y"))  # fmt: skip
_ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s)[-‐‑](?=[A-Z])")
"""The Arabic article: papers write "al-Saleh" and "Saleh" of one person."""
NICKNAME_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'", "``": "''", "(": ")"}
"""Marks that open a nickname inside a name, each with the one that closes it."""
_MARKS = frozenset({",", *NICKNAME_MARKS, *NICKNAME_MARKS.values()})
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
        return len(a) >= 8 and len(b) >= 8 and edits(a, b) <= 1
    return edits(a, b) <= (1 if min(len(a), len(b)) < 7 else 2) and len(skeleton(a)) > 1


def edits(a: str, b: str) -> int:
    """By how many letters put in, left out or changed two words differ (Levenshtein)."""
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
    if a[0] != b[0] or min(len(a), len(b)) < 4:
        return False
    if skeleton(a) == skeleton(b):
        return edits(a, b) <= (1 if len(skeleton(a)) < 3 else 3)
    # A slip: "Vincente" for "Vicente", "Brain" for "Brian"; but Daniel is not Daniela.
    known = vocabulary().given
    slip = (min(len(a), len(b)) > 5 and edits(a, b) == 1) or sorted(a) == sorted(b)
    return slip and not (a.capitalize() in known and b.capitalize() in known)


def person_key(words: list[str] | tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """(folded words without suffix, suffix) of a person's name.

    >>> person_key(["Donald", "J.", "Trump", "Jr."])
    (('donald', 'j', 'trump'), 'jr')
    >>> person_key(["Nadia", "al-Saleh"])
    (('nadia', 'saleh'), '')
    >>> person_key(["Adil", "Abd", "al-Mahdi"]) == person_key(["Adil", "Abdul-Mahdi"])
    True
    """
    folded: list[str] = []
    for word in words:
        bare = "" if word in _MARKS else fold(_ARTICLE.sub("", word))
        if folded and folded[-1] == "abd" and _ARTICLE.match(word):
            folded[-1] = f"abdul{bare}"
        elif bare:
            folded.append(bare)
    suffix = ""
    while len(folded) > 1 and folded[-1] in SUFFIXES:
        suffix = folded.pop()
    return tuple(folded), suffix if suffix in ("jr", "sr") else ""


def without_nickname(words: list[str]) -> list[str]:
    """The name as it is mostly written, without what it holds in quotation marks or brackets.

    >>> without_nickname(["William", "“", "Billy", "”", "Harker"])
    ['William', 'Harker']
    """
    at = next((k for k in range(1, len(words) - 3) if words[k] in NICKNAME_MARKS), 0)
    return words[:at] + words[at + 3 :] if at else words


def initials(words: list[str]) -> set[str]:
    """First letters of the words, with and without the small ones; hyphens part words.

    >>> sorted(initials(["office", "of", "trade"]))
    ['oot', 'ot']
    """
    parts = [p for w in words for p in w.split("-") if p[:1].isalnum() or p == "&"]
    return {
        "".join(p[0] for p in parts if p != "&"),
        "".join(p[0] for p in parts if p not in _SMALL),
    }


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names (folded words, two or more each) may be one person's.

    >>> same_person(("javad", "zarif"), ("mohammad", "javad", "zarif"))
    True
    >>> same_person(("kim", "jongun"), ("kim", "jong", "un"))
    True
    >>> same_person(("adil", "abdulmahdi"), ("abdul", "mahdi"))
    True
    >>> same_person(("k", "conaway"), ("kelly", "conway"))
    False
    >>> same_person(("hillary", "clinton"), ("bill", "clinton"))
    False
    """
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) > len(b):
        a, b = b, a
    if "".join(a) == b[-1] or "".join(b) == a[-1]:
        return True  # "Abdul Mahdi" is "Adil Abdul-Mahdi"
    if len(a) == len(b) > 2 and a[:-1] == b[:-1] and a[-1][0] == b[-1][0]:
        return edits(a[-1], b[-1]) <= 2  # two given names agree, the surname is misspelt
    if sorted(a) == sorted(b):
        return True  # surname first
    if not near(a[-1], b[-1]):
        return _contained(a, b) and len(a) >= 2 and (a[0] == b[0] and len(a) > 2)
    if given_match(a[0], b[0]):
        if a[-1] != b[-1] and min(len(a[0]), len(b[0])) == 1:
            return False  # an initial and a surname of another spelling prove nothing
        middle_a, middle_b = a[1:-1], b[1:-1]
        return (
            not middle_a
            or not middle_b
            or any(given_match(x, y) for x in middle_a for y in middle_b)
        )
    # "Javad Zarif" in "Mohammad Javad Zarif"; never "D. Smith" in "Anna D. Smith".
    return len(a[0]) > 1 and any(given_match(a[0], w) and len(w) > 1 for w in b[1:-1])


def shared(name: tuple[str, ...]) -> set[object]:
    """What a full name has in common with each that may be the same person's: at least one of them.

    So that a list of thousands of names is gathered without comparing each with each.
    """
    more = {name[:-1], name[:1]} if len(name) > 2 else set()
    return {"".join(name), tuple(sorted(name)), *more, *shared_surname(name[-1])}


def shared_surname(word: str) -> set[object]:
    """The same of a folded surname and those that are `near` to it."""
    if len(word) < 5:
        return {word}
    slips = {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) >= 8 else set()
    return {word, (skeleton(word),), *slips}


def _contained(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    rest = iter(b)
    return all(any(x == y for y in rest) for x in a)
