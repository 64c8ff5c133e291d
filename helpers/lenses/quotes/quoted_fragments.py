"""Quoted words inside a sentence that no report holds, from three words on: whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.grammar.nouns import owner_of, phrase_ending, phrase_from, with_head
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.grammar.subjects import group_start, is_passive, subject
from helpers.lenses.quotes.constructions import taken
from helpers.lenses.quotes.contents import end_of
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range, span
from helpers.lexicons import words

_IDLE = words("idle_verbs") | {"get"}
GUESSED = 0.3
"""Confidence of words in marks that a verb which reports nothing gives to its subject."""


def attribute_fragment(article: MarkedArticle, n: int, last: Range | None) -> Attribution:
    """A run of quoted words inside a sentence; ``last`` is who spoke before in the paragraph.

    Its speaker is, in this order: whoever a colon, a that-clause or a noun of speech gives it to;
    the subject of a reporting verb before it; of another verb, if that names a person; of the verb
    behind it; who spoke last; the name that the sentence, a headline without a verb, begins with.
    """
    doc, code = article.doc, article.doc.code
    a, b = article.ranges[n]
    low, high = doc.sents[doc.sent[a]]
    content: Range = (article.marks[n].start, article.marks[n].end)
    for way in (_introduced, _in_clause, _owned):
        made = way(article, a, low, high, content)
        if made is not None:
            return made
    made, sure = _of_verb_before(article, a, low, content)
    if made is not None and sure:
        return made
    behind = _of_verb_behind(article, b, high, content)
    if behind is not None:
        return behind
    if last is not None:
        return Attribution([content], None, last, "quoted words", confidence=0.4)
    if made is not None and made.source is not None:
        return made
    for k in range(a - 1, low - 1, -1):
        if code[k] in "FM" and not article.quoted[k]:
            made = _made(article, k, "", low, content)
            made.confidence = GUESSED
            return made
    name = phrase_from(doc, low, a) if code[low] == "N" else None
    return Attribution([content], None, name, "quoted words", confidence=0.3)


def _of_verb_before(
    article: MarkedArticle, a: int, low: int, content: Range
) -> tuple[Attribution | None, bool]:
    """Words behind their verb, and whether they are surely its subject's: a person, or reports."""
    doc = article.doc
    nearest, reporting = _verbs_before(article, a, low)
    k = reporting if reporting is not None else nearest
    if k is None:
        return None, False
    made = _made(article, k, doc.lemma(k), low, content)
    who = made.source
    if who is not None and (
        reporting is not None or doc.code[who[1] - 1] == "N" or doc.lower[who[0]] in _PERSONS
    ):
        return made, True
    # it has been called “…”: by nobody who is named
    return made, a - k <= 2 and is_passive(doc, group_start(doc, k, low), k, made.lemma)


_PERSONS = words("personal_pronouns")


def _of_verb_behind(
    article: MarkedArticle, b: int, high: int, content: Range
) -> Attribution | None:
    """Words that open the sentence: “…” [Hale] thought it: who its verb is about."""
    doc, code = article.doc, article.doc.code
    k = next((k for k in range(b, high) if code[k] in "FM" and not article.quoted[k]), None)
    if k is None:
        return None
    lemma = doc.lemma(k)
    start = group_start(doc, k, b)
    who = subject(doc, start, b)
    if who is None or not (code[who[1] - 1] == "N" or lemma in reporting_words("verb")):
        return None
    return Attribution([content], (start, k + 1), who, "quoted words", lemma, confidence=0.3)


def _introduced(
    article: MarkedArticle, a: int, low: int, high: int, content: Range
) -> Attribution | None:
    """Words behind a colon: the name before it, else the subject of the verb before it."""
    doc, code = article.doc, article.doc.code
    if a <= low or code[a - 1] != ":":
        return None
    j = a - 2
    if j > low and code[j] == ")":
        j = code.rfind("(", low, j) - 1
    name = phrase_ending(doc, j, low)
    if name is not None and doc.words[name[1] - 1][0].isupper():
        name = with_head(doc, name, low)
        if name[0] == low or code[name[0] - 1] in "-." or doc.lower[name[0] - 1] == "from":
            return Attribution([content], (a - 1, a), name, "quoted words", confidence=0.5)
    near = [k for k in range(max(low, a - 4), a) if code[k] in "F" and not article.quoted[k]]
    for k in [*near, *range(a - 1, low - 1, -1)]:
        if code[k] in "FM" and not article.quoted[k]:
            made = _made(article, k, doc.lemma(k), low, content)
            if made.source is not None:
                return made
    return None


def _in_clause(
    article: MarkedArticle, a: int, low: int, high: int, content: Range
) -> Attribution | None:
    """Words in a that-clause of a verb: “he said that the offer was a “trap””."""
    doc = article.doc
    for k, lemma in _verbs(article, a, low):
        t = taken(doc, k, high, lemma)
        if t.construction == "clause" and t.word == "that" and t.begin < a:
            end = end_of(doc, t.begin, high, article.quoted, set(), "clause")
            if end > a:
                return _made(article, k, lemma, low, span(article, t.begin, end))
    return _far_that(article, a, low, content)


_FAR = 40
"""Tokens between a verb and its that-clause, and between that and the words in marks."""


def _far_that(article: MarkedArticle, a: int, low: int, content: Range) -> Attribution | None:
    """Words in a that-clause far from its verb: “she said on Monday, in a bar, that …”."""
    doc, code = article.doc, article.doc.code
    for m in range(a - 1, max(low + 1, a - _FAR), -1):
        if doc.lower[m] != "that" or code[m] != "c" or article.quoted[m]:
            continue
        for k in range(m - 1, max(low, m - _FAR), -1):
            if code[k] in "FMg" and not article.quoted[k]:
                lemma = doc.lemma(k)
                if says(reporting_words("verb").get(lemma), MOSTLY, ("clause",)):
                    return _made(article, k, lemma, low, content)
                break
    return None


def _owned(
    article: MarkedArticle, a: int, low: int, high: int, content: Range
) -> Attribution | None:
    """Words that a noun of speech announces: “her remark that “…””, “Hale's answer: “…””."""
    doc, code = article.doc, article.doc.code
    for k in range(a - 2, max(low, a - 6) - 1, -1):
        if code[k + 1] not in ",:-cNn" and doc.lower[k + 1] not in _LINKS:
            return None
        if code[k] != "n":
            continue
        lemma = doc.lemma(k)
        word = reporting_words("noun").get(lemma)
        if lemma in _SPEECHES or says(word, MOSTLY, ("clause",)):
            owner = owner_of(doc, k, low)
            if owner is None:
                return None
            return Attribution([content], (k, k + 1), owner, "quoted words", lemma, confidence=0.4)
    return None


_LINKS = words("speech_noun_links")
_SPEECHES = words("speech_nouns")


def _verbs(article: MarkedArticle, a: int, low: int) -> Iterator[tuple[int, str]]:
    """The verbs outside marks before token ``a`` with their lemmas, the nearest first; no "be"."""
    doc = article.doc
    for k in range(a - 1, low - 1, -1):
        if doc.code[k] in "Fvge" and not article.quoted[k]:
            lemma = doc.lemma(k)
            if lemma not in _IDLE:
                yield k, lemma


def _verbs_before(article: MarkedArticle, a: int, low: int) -> tuple[int | None, int | None]:
    """The nearest verb before token ``a``, and the nearest that mostly reports."""
    code = article.doc.code
    verbs = reporting_words("verb")
    nearest: int | None = None
    for k, lemma in _verbs(article, a, low):
        word = verbs.get(lemma)
        if nearest is None and (word is not None or code[k] == "F"):
            nearest = k
        if word is not None and says(word, MOSTLY, word.share):
            return nearest, k
    return nearest, None


def _made(article: MarkedArticle, k: int, lemma: str, low: int, content: Range) -> Attribution:
    doc = article.doc
    start = group_start(doc, k, low)
    source = None if is_passive(doc, start, k, lemma) else subject(doc, start, low)
    return Attribution([content], (start, k + 1), source, "quoted words", lemma, confidence=0.4)
