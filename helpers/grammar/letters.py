"""The grammar of an article as a string of one letter per token.

Regular expressions over that string find noun phrases and verb groups. That is a shallow parser
(Abney 1991, "Parsing by chunks"): no tree is built, so it costs microseconds a sentence.
"""

from __future__ import annotations

import re
from collections import Counter

from helpers import lexicons

# n common noun, N name, p pronoun, q possessive pronoun, D determiner, J adjective, C number,
# S possessive 's, w who/which, r how/why, F finite verb, v base form, g -ing, e participle,
# M modal, t to, R adverb, P particle, I preposition, c that/if/while, & and/or/but, x there
_LETTER = {
    "NN": "n", "NNS": "n", "NNP": "N", "NNPS": "N", "FW": "n", "PRP": "p", "PRP$": "q", "DT": "D",
    "PDT": "D", "JJ": "J", "JJR": "J", "JJS": "J", "CD": "C", "$": "$", "#": "$", "POS": "S",
    "WP": "w", "WDT": "w", "WP$": "w", "WRB": "r", "VBD": "F", "VBZ": "F", "VBP": "F", "VB": "v",
    "VBG": "g", "VBN": "e", "MD": "M", "TO": "t", "RB": "R", "RBR": "R", "RBS": "R", "RP": "P",
    "IN": "I", "CC": "&", "EX": "x", ",": ",", ".": ".", ":": ":", "``": '"', "''": '"',
    "-LRB-": "(", "-RRB-": ")", "(": "(", ")": ")",
}  # fmt: skip
_BY_WORD = {
    "“": '"', "”": '"', '"': '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "'": "'",
    "`": "'", ",": ",", ";": ";", ":": ":", "—": "-", "–": "-", "―": "-", "‒": "-", "−": "-",
    "-": "-", "--": "-", "---": "-",
    "(": "(", ")": ")", "[": "(", "]": ")", "…": "…", "...": "…", ".": ".", "?": ".", "!": ".",
    "to": "t", "meanwhile": "R",
}  # fmt: skip

_CONJUNCTIONS = lexicons.words("clause_conjunctions")
# Verb forms that taggers take for plural nouns in headlines and after names.
_SAYS = lexicons.words("present_verbs_of_saying")

TAGS = frozenset(_LETTER) | {"AFX", "ADD", "GW", "HYPH", "LS", "NFP", "SYM", "UH"}
"""The part-of-speech tags there are."""
PHRASE = r"(?:[DqRJCegS$]*[nN]+(?:S[JCegR]*[nN]*|[CJ]{1,2}[nN]+)*C?|p|x|[DCq]*[DC])"
"""A simple noun phrase, as a regular expression over letters."""


# An adjective that stands for its noun: "the [executive] tells".
_HEADLESS = re.compile(r"(?<=[DnN])J(?=F)|(?<=n)J(?=,N)")
# A past tense that is all of an aside: "Hale, [exasperated], left".
# or that stands within a noun phrase: "the [proposed] wall".
_ALONE = re.compile(r"(?<=[nNp),],)F(?=,)|(?<=[SqDt])F(?=[JnN])")
_SPECIAL = frozenset(_BY_WORD) | _CONJUNCTIONS | _SAYS


def letters_of(words: list[str], lower: list[str], tags: list[str]) -> str:
    """One letter per token."""
    letters: list[str] = [found or "o" for found in map(_LETTER.get, tags)]
    for i in [i for i, w in enumerate(lower) if w in _SPECIAL]:
        word = lower[i]
        if word in _BY_WORD:
            letters[i] = _BY_WORD[word]
        elif word in _SAYS:
            letters[i] = "F"
        elif tags[i] == "IN":
            letters[i] = "c"  # a conjunction that opens a clause: no phrase runs across it
    odd = [i for i, c in enumerate(letters) if c in "gevFJRoInM" and words[i][0].isupper()]
    for i in odd:  # "Will", the name
        if letters[i] == "M" and tags[i + 1 : i + 2] in (["VBD"], ["VBZ"]):
            letters[i] = "N"
    if odd:  # a name at the head of a sentence, known as a name from elsewhere
        names = Counter([w for w, t in zip(words, tags, strict=True) if t == "NNP"])
        for i in odd:
            if names[words[i]] > 1:
                letters[i] = "N"
    return _ALONE.sub("e", _HEADLESS.sub("n", "".join(letters)))
