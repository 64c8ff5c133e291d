"""NLTK's VADER, exactly, at a multiple of its speed: the named baseline of sentiment.

Method: Hutto & Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text", as implemented in :mod:`nltk.sentiment.vader`. The word list is the file shipped
in the ``vaderSentiment`` package (MIT), because NLTK's own copy has to be downloaded. Scores differ
from those of the ``vaderSentiment`` package on about one sentence in a hundred, so name NLTK's when
you report them.
"""

from __future__ import annotations

import importlib.util
import string
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# A memo of raw tokens is emptied when it holds this many: memory stays bounded on any corpus.
MEMO_LIMIT = 200_000
_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Token(NamedTuple):
    """What VADER's rules ask about one whitespace token, after its outer mark is removed."""

    text: str
    lower: str
    upper: bool
    scored: bool
    booster: bool


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Hide optional modules while something is imported.

    ``import nltk`` pulls in scikit-learn and scipy.stats where they are installed, two seconds for
    parts that are never used here.
    """
    hidden = [name for name in modules if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


@cache
def analyzer() -> Any:
    """NLTK's ``SentimentIntensityAnalyzer``, loaded on first use, with a faster way in."""
    with without("sklearn", "scipy"):
        import nltk.data
        from nltk.sentiment.vader import SentimentIntensityAnalyzer

    package = importlib.util.find_spec("vaderSentiment")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(
            "the word list of VADER is missing: install the package vaderSentiment "
            "(it is in requirements.txt)"
        )
    folder = str(Path(next(iter(package.submodule_search_locations))))
    if folder not in nltk.data.path:  # NLTK opens files inside its own data roots only
        nltk.data.path.append(folder)

    class FastAnalyzer(SentimentIntensityAnalyzer):
        """Same rules, same numbers; each distinct token is looked at once.

        NLTK builds every product of punctuation mark and word of a text to find which tokens are
        a word with one mark at its side. That is decided by the token alone, hence the memo. Its
        rules are then asked about the tokens of the word list only: every other one scores 0.
        """

        def __init__(self) -> None:
            super().__init__(lexicon_file="vader_lexicon.txt")
            self.marks = frozenset(self.constants.PUNC_LIST)
            self.longest_mark = max(map(len, self.marks))
            self.memo: dict[str, Token | None] = {}
            stock_negated = self.constants.negated
            known: dict[str, bool] = {}

            def negated(input_words: list[str], include_nt: bool = True) -> bool:
                if len(input_words) != 1 or not include_nt:
                    return bool(stock_negated(input_words, include_nt))
                word = input_words[0]
                answer = known.get(word)
                if answer is None:
                    if len(known) >= MEMO_LIMIT:
                        known.clear()
                    answer = known[word] = bool(stock_negated(input_words))
                return answer

            self.constants.negated = negated

        def token(self, raw: str) -> Token | None:
            """Look at a whitespace token; one character alone is no word for VADER."""
            if len(raw) < 2:
                return None
            text = raw
            # what NLTK's REGEX_REMOVE_PUNCTUATION takes away
            word = raw if raw.isalnum() else raw.translate(_PUNCTUATION)
            if len(word) > 1 and len(word) < len(raw) <= len(word) + self.longest_mark:
                before, found, after = raw.partition(word)
                if found and (before + after) in self.marks and not (before and after):
                    text = word
            lower = text.lower()
            return Token(
                text,
                lower,
                text.isupper(),
                lower in self.lexicon,
                lower in self.constants.BOOSTER_DICT,
            )

        def tokens(self, text: str) -> list[Token]:
            memo = self.memo
            found = []
            for raw in text.split():
                try:
                    token = memo[raw]
                except KeyError:
                    if len(memo) >= MEMO_LIMIT:
                        memo.clear()
                    token = memo[raw] = self.token(raw)
                if token is not None:
                    found.append(token)
            return found

        def polarity_scores(self, text: str) -> dict[str, float]:
            tokens = self.tokens(text)
            hits = [i for i, token in enumerate(tokens) if token.scored]
            sentiments: list[float] = [0] * len(tokens)
            if hits:
                self.score_hits(tokens, hits, sentiments)
            return dict(self.score_valence(sentiments, text))

        def score_hits(self, tokens: list[Token], hits: list[int], sentiments: list[float]) -> None:
            """Fill in the valence of the tokens at ``hits``, by NLTK's own rules."""
            words = [token.text for token in tokens]
            n_upper = sum(token.upper for token in tokens)
            context = Context(words, 0 < n_upper < len(words))
            last = len(words) - 1
            seen: dict[str, int] = {}
            for hit in hits:
                # NLTK reads a repeated word at its first place, which is a hit as well.
                first = seen.setdefault(words[hit], hit)
                if first < hit:
                    sentiments[hit] = sentiments[first]
                    continue
                token = tokens[hit]
                if token.booster or (
                    token.lower == "kind" and hit < last and tokens[hit + 1].lower == "of"
                ):
                    continue
                sentiments[hit] = self.sentiment_valence(0, context, token.text, hit, [])[0]
            but = next((i for i, token in enumerate(tokens) if token.lower == "but"), None)
            if but is not None:
                for hit in hits:
                    if hit != but:
                        sentiments[hit] *= 0.5 if hit < but else 1.5

    return FastAnalyzer()


class Context(NamedTuple):
    """The two attributes of NLTK's ``SentiText`` that its rules read."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


def scores(texts: list[str]) -> list[dict[str, float]]:
    """VADER's neg, neu, pos and compound of each text, equal to NLTK's to the last digit."""
    score = analyzer().polarity_scores
    return [score(text) for text in texts]
