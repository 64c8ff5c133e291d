"""Words that may report, each with what it takes and how often it then reports."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from helpers.grammar.reporting import ReportingWord, reporting_words
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import Taken, noun_takes, taken
from helpers.lenses.quotes.marked_article import MarkedArticle

_POS = {"F": "verb", "v": "verb", "g": "verb", "e": "verb", "n": "noun", "J": "adjective"}
"""Parts of speech by their letters in `Document.code`."""
_BEHIND_NOUNS = frozenset('IctwrNnpDq":,')
"""Letters of what a noun that reports may have behind it."""


class Candidate(NamedTuple):
    """A token that may report."""

    token: int
    word: ReportingWord
    taken: Taken
    share: float
    """How often the word reports with what it takes here."""
    marked: float
    """How often what is found here is a marked attribution."""
    pos: str
    """verb, noun or adjective."""


def candidates(article: MarkedArticle) -> list[Candidate]:
    """Every token that may report, in text order."""
    doc, quoted = article.doc, article.quoted
    code, lower, tags, sent, sents = doc.code, doc.lower, doc.tags, doc.sent, doc.sents
    out = []
    for i, c in enumerate(code):
        pos = _POS.get(c)
        if pos is None or quoted[i]:
            continue
        word = reporting_word(lower[i], tags[i], pos)
        if word is None:
            continue
        end = sents[sent[i]][1]
        if pos == "verb":
            t = taken(doc, i, end, word.lemma)
        elif pos == "noun" and code[i + 1 : i + 2] not in _BEHIND_NOUNS:
            continue
        else:
            t = noun_takes(doc, i, end)
        share, marked = word.share.get(t.key, 0.0), word.marked.get(t.key, 0.0)
        out.append(Candidate(i, word, t, share, marked, pos))
    return out


@lru_cache(50_000)
def reporting_word(lower: str, tag: str, pos: str) -> ReportingWord | None:
    """The reporting word that a token is a form of."""
    if lower == "according":
        return None
    lemma = lower if pos == "adjective" else lemma_of(lower, tag)
    return reporting_words(pos).get(lemma)
