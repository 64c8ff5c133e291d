"""One article as parallel lists of tokens, and its grammar as a string of one letter per token.

Regular expressions over that string find noun phrases and verb groups. That is a shallow parser
(Abney 1991, "Parsing by chunks"): no tree is built, so it costs microseconds a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter

import pandas as pd

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

_CONJUNCTIONS = frozenset("that whether if because although though unless while whereas".split())
# Verb forms that taggers take for plural nouns in headlines and after names.
_SAYS = frozenset(
    "says tells adds warns asks vows insists argues explains writes thinks believes denies "
    "accuses blasts slams urges tweets".split()
)

_SIMPLE = r"(?:[DqRJCegS$]*[nN]+(?:S[JCegR]*[nN]*|[CJ]{1,2}[nN]+)*C?|p|x|[DCq]*[DC])"


# An adjective that stands for its noun: "the [executive] tells".
_HEADLESS = re.compile(r"(?<=[DnN])J(?=F)|(?<=n)J(?=,N)")
# A past tense that is all of an aside: "Hale, [exasperated], left".
# or that stands within a noun phrase: "the [proposed] wall".
_ALONE = re.compile(r"(?<=[nNp),],)F(?=,)|(?<=[SqDt])F(?=[JnN])")
_SPECIAL = frozenset(_BY_WORD) | _CONJUNCTIONS | _SAYS


def _code(words: list[str], lower: list[str], tags: list[str]) -> str:
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


class View:
    """The tokens of one article."""

    __slots__ = (
        "code", "doc_id", "ends", "lower", "quoted", "sent", "sents", "starts", "tags", "text",
        "words",
    )  # fmt: skip

    def __init__(
        self,
        doc_id: str,
        text: str,
        words: list[str],
        tags: list[str],
        starts: list[int],
        ends: list[int],
        sents: list[tuple[int, int]],
    ) -> None:
        self.doc_id = doc_id
        self.text = text
        self.words = words
        self.lower = [w.lower() for w in words]
        self.tags = tags
        self.starts = starts
        self.ends = ends
        self.sents = sents
        """Token ranges of the sentences."""
        self.code = _code(words, self.lower, tags)
        self.quoted = bytearray(len(words) + 1)
        """1 for tokens between quotation marks, as soon as they are known."""
        self.sent: list[int] = []
        for number, (a, b) in enumerate(sents):
            self.sent += [number] * (b - a)

    def at(self, position: int) -> int:
        """The first token that ends after the character ``position``."""
        return bisect_right(self.ends, position)

    def until(self, position: int) -> int:
        """One past the last token that begins before the character ``position``."""
        return bisect_left(self.starts, position)

    def common(self, i: int) -> str:
        """The word at ``i`` in small letters; of a name or number its letter alone.

        What was counted of the names of one year says nothing of other stories.
        """
        letter = self.code[i]
        return letter if letter in "NC" else self.lower[i]


def views(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> list[tuple[View, list[int], list[str], list[int]]]:
    """One view per article, with its sentences' ids, parts and paragraphs."""
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    s_doc = sentences["doc_id"].tolist()
    s_id = sentences["sentence_id"].tolist()
    s_part = sentences["part"].tolist()
    s_par = sentences["paragraph"].tolist()
    t_doc = tokens["doc_id"].tolist()
    t_id = tokens["sentence_id"].tolist()
    words, tags = tokens["text"].tolist(), tokens["tag"].tolist()
    starts, ends = tokens["start"].tolist(), tokens["end"].tolist()
    out = []
    t, n_tokens, n_sents = 0, len(t_doc), len(s_doc)
    s = 0
    while s < n_sents:
        doc = s_doc[s]
        s0, t0 = s, t
        ranges: list[tuple[int, int]] = []
        while s < n_sents and s_doc[s] == doc:
            begin = t
            number = s_id[s]
            while t < n_tokens and t_id[t] == number and t_doc[t] == doc:
                t += 1
            ranges.append((begin - t0, t - t0))
            s += 1
        view = View(doc, texts[doc], words[t0:t], tags[t0:t], starts[t0:t], ends[t0:t], ranges)
        out.append((view, s_id[s0:s], s_part[s0:s], s_par[s0:s]))
    return out
