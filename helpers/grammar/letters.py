"""The grammar of an article as strings of one letter per token, all from one alphabet.

Regular expressions over such a string find noun phrases and verb groups. That is a shallow parser
(Abney 1991, "Parsing by chunks"): no tree is built, so it costs microseconds a sentence.

``letters.csv`` is the alphabet: what each letter means, an example (the token in brackets), and
which tags and words it stands for (the first row that fits). A letter means the same wherever it
stands. Two columns say which letters a reader of the grammar takes as one: ``quotes``
(`quote_letters`, for who says what) and ``clauses`` (`clause_letters`, for who does what).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from helpers import lexicons

_MARKS = {
    "“": '"', "”": '"', '"': '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "'": "'",
    "`": "'", ",": ",", ";": ";", ":": ":", "—": "-", "–": "-", "―": "-", "‒": "-", "−": "-",
    "-": "-", "--": "-", "---": "-",
    "(": "(", ")": ")", "[": "(", "]": ")", "…": "…", "...": "…", ".": ".", "?": ".", "!": ".",
}  # fmt: skip
# Verb forms that taggers take for plural nouns in headlines and after names.
_BY_WORD = (
    _MARKS | {"meanwhile": "R"} | dict.fromkeys(lexicons.words("present_verbs_of_saying"), "F")
)
"""Letters for the quotes that a word has whatever its tag says."""

_SINGLE = {"‘", "'", "`"}
"""Marks that may open a quotation which an apostrophe closes."""
_AUXILIARIES = lexicons.words("auxiliaries")
_SHORT = lexicons.words("bodies_named_by_verbs")
_NUMBER = frozenset(("No", "No.", "Number"))
_POINTS = frozenset(("point", "points", "pointed", "pointing"))
PHRASE = r"(?:[DqRJCegS$]*[nN]+(?:S[JCegR]*[nN]*|[CJ]{1,2}[nN]+)*C?|p|x|[DCq]*[DC])"
"""A simple noun phrase, as a regular expression over letters."""


# An adjective that stands for its noun: "the [executive] tells".
_HEADLESS = re.compile(r"(?<=[DnN])J(?=F)|(?<=n)J(?=,N)|(?<=D)J(?=w|,w)")
# A past tense that is all of an aside: "Hale, [exasperated], left".
# or that stands within a noun phrase: "the [proposed] wall".
_ALONE = re.compile(r"(?<=[nNp),],)F(?=,)|(?<=[SqDt])F(?=[JnN])")
_DECADE = re.compile(r"(?:1[5-9]|20)?\d0['’]?s$")


def _rows() -> Iterator[tuple[str, str, frozenset[str]]]:
    """(tag, letter, words it is for; none of them: for all) in the order of the table."""
    table = lexicons.load("letters").fillna("")
    for letter, tags, entries in zip(table["letter"], table["tags"], table["words"], strict=True):
        found: set[str] = set()
        for entry in entries.split():
            is_class = len(entry) > 2 and entry[0] == "<"
            found |= lexicons.words(entry[1:-1]) if is_class else {entry}
        found.discard("may")  # the modal verb far more often than the month
        for tag in tags.split():
            yield tag, letter, frozenset(found)


_ROWS: dict[str, list[tuple[str, frozenset[str]]]] = {}
for _tag, _letter, _words in _rows():
    _ROWS.setdefault(_tag, []).append((_letter, _words))
_BY_ALL_TAGS = _ROWS.pop("*")

TAGS = frozenset(_ROWS) | {"LS", "UH"}
"""The part-of-speech tags there are."""


def _reading(column: str) -> dict[int, str]:
    table = lexicons.load("letters").dropna(subset=column)
    return {ord(a): b for a, b in zip(table["letter"], table[column], strict=True)}


_FOR_QUOTES, _FOR_CLAUSES = _reading("quotes"), _reading("clauses")


class _Letters(dict[tuple[str, str], str]):
    """Letter of a (word, tag) pair, worked out once; bounded."""

    def __missing__(self, key: tuple[str, str]) -> str:
        if len(self) > 40_000:
            self.clear()
        letter = self[key] = letter_of(*key)
        return letter


_LETTERS = _Letters()


def letter_of(word: str, tag: str) -> str:
    """The letter of one token.

    >>> letter_of("of", "IN"), letter_of("house", "NN")
    ('f', 'n')
    """
    low = word.lower().replace("’", "'")
    if _DECADE.match(low):
        low = "1990s"
    if (low, tag) == ("-", "HYPH"):
        low = ""  # within a compound it is no dash
    for letter, words in (*_BY_ALL_TAGS[:-1], *_ROWS.get(tag, ()), _BY_ALL_TAGS[-1]):
        if not words or low in words:
            return letter
    raise AssertionError("the last row of letters.csv fits all")


def letters_of(words: Sequence[str], tags: Sequence[str]) -> str:
    """One letter per token, the finest there are."""
    return "".join(map(_LETTERS.__getitem__, zip(words, tags, strict=True)))


def clause_letters(letters: str) -> str:
    """The `letters` as the clauses read them."""
    return letters.translate(_FOR_CLAUSES)


def quote_letters(letters: str, words: list[str], lower: list[str], tags: list[str]) -> str:
    """The `letters` as the quotes read them, with what words and neighbours say against a tag."""
    found = list(letters.translate(_FOR_QUOTES))
    for i in [i for i, w in enumerate(lower) if w in _BY_WORD]:
        opened = tags[i] != "POS" or lower[i] == "‘" or _SINGLE & set(lower[max(i - 40, 0) : i])
        if opened:  # else "the voters[’] rights"
            found[i] = _BY_WORD[lower[i]]
    for i in [i for i, c in enumerate(found) if c == "x" and tags[i] == "EX"]:
        behind = found[i - 1 : i] in (["n"], ["N"]) and tags[i + 1 : i + 2] in (["VBD"], ["VBZ"])
        if behind and lower[i + 1] not in _AUXILIARIES:
            found[i] = "R"  # "the mission there said"
    for i in [i for i, w in enumerate(lower) if w == "out" and found[i] == "I"]:
        if lower[i - 1] in _POINTS:
            found[i] = "P"  # "points [out] the port is shut"
    odd = [i for i, c in enumerate(found) if c in "gevFJRoInM" and words[i][0].isupper()]
    if odd:  # a name at the head of a sentence, known as a name from elsewhere
        names = Counter([w for w, t in zip(words, tags, strict=True) if t == "NNP"])
        for i in odd:
            titled = words[i] in _SHORT and tags[i + 1 : i + 2] == ["NNP"]  # "Fed Chair Hale"
            if names[words[i]] > 1 or titled:
                found[i] = "N"
    for i in [i for i, w in enumerate(words) if i and w == "10" and words[i - 1] in _NUMBER]:
        found[i - 1 : i + 1] = "NN"  # the house in Downing Street
    return _ALONE.sub("e", _HEADLESS.sub("n", "".join(found)))
