"""Words that may report, each with what it takes and how often it then reports."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE
from helpers.grammar.reporting import NEARLY_ALWAYS, ReportingWord, acts, reporting_words, says
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes.constructions import (
    TELLING,
    Taken,
    has_new_clause,
    noun_takes,
    taken,
)
from helpers.lenses.quotes.marked_article import MarkedArticle
from helpers.lexicons import words

_POS = {"F": "verb", "v": "verb", "g": "verb", "e": "verb", "n": "noun", "J": "adjective"}
"""Parts of speech by their letters in `Document.code`."""
_BEHIND_NOUNS = frozenset('IctwrNnpDq":,F')
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
        if pos is None or quoted[i] or is_modifier(code, i):
            continue
        word = reporting_word(lower[i] + particle(doc, i), tags[i], pos)
        if word is None:
            continue
        end = sents[sent[i]][1]
        if pos == "verb":
            t = taken(doc, i, end, word.lemma)
            if t.construction == "clause" and not t.word and has_new_clause(doc, t.begin, end):
                t = Taken("object", t.begin, "")
            elif t.construction in ("object", "other") and _is_clause(doc, word, t.begin, end):
                t = Taken("clause", t.begin, "")
        elif pos == "noun" and code[i + 1 : i + 2] not in _BEHIND_NOUNS:
            continue
        else:
            t = noun_takes(doc, i, end)
        share, marked = word.share.get(t.key, 0.0), word.marked.get(t.key, 0.0)
        out.append(Candidate(i, word, t, share, marked, pos))
    return out


def _is_clause(doc: Document, word: ReportingWord, begin: int, end: int) -> bool:
    """Whether what stands behind a verb of saying is a clause whose verb was tagged otherwise.

    "Hale said the Kestrel [sustained] damage": hardly anybody says a thing.
    """
    if not says(word, NEARLY_ALWAYS, ("clause",)) or acts().get(word.lemma) != "speech":
        return False
    if doc.lower[begin] in _NOMINATIVE:
        return True  # "he said he plans", with a plural for a verb
    letters = doc.code[begin:end]
    if word.lemma not in TELLING:  # "the envoy to Rome left", but "asked him to leave"
        tags = doc.tags[begin:end]
        pairs = zip(letters, tags, strict=True)
        letters = "".join("I" if pair == ("t", "IN") else pair[0] for pair in pairs)
    return _TO_ITS_VERB.match(letters) is not None


def is_modifier(code: str, i: int) -> bool:
    """Whether the participle at ``i`` stands in a noun phrase: "a [convincing] win"."""
    return code[i] in "ge" and code[i - 1 : i] in ("D", "q", "S") and code[i + 1 : i + 2] in _NOUNS


def particle(doc: Document, i: int) -> str:
    """The particle that makes another verb of the one at ``i``: "called[ off] the strike"."""
    if doc.code[i] not in "Fveg" or doc.code[i + 1 : i + 2] not in ("P", "R"):
        return ""
    word = doc.lower[i + 1]
    return " " + word if doc.code[i + 1] == "P" or word in _PARTICLES else ""


_NOMINATIVE = words("subject_pronouns")
_TO_ITS_VERB = re.compile(
    rf"R?(?:{PHRASE})(?:I(?:{PHRASE}))*"
    rf"(?:R*[eFMv]|[gRDqJnNpCSIe$]*[FM]|,(?:{PHRASE})(?:[I,](?:{PHRASE}))*,R*[FM])"
)
_NOUNS = ("n", "N", "J")
_PARTICLES = words("verb_particles")


@lru_cache(50_000)
def reporting_word(lower: str, tag: str, pos: str) -> ReportingWord | None:
    """The reporting word that a token is a form of."""
    if lower == "according":
        return None
    return reporting_words(pos).get(lower if pos == "adjective" else phrasal_lemma(lower, tag))


def phrasal_lemma(lower: str, tag: str) -> str:
    """The lemma of a word, with its particle if it has one: "called off" is "call off"."""
    verb, blank, rest = lower.partition(" ")
    return lemma_of(verb, tag) + blank + rest
