"""Block quotations without marks: printed on their own behind a sentence that announces them.

"The statement read: / We regret the delay.": on the page the words are set in, in the text only
their place is left. So a block must be announced by a colon and a word of speech, a name behind
"From", or a quoting sign before each line; and it ends where the narrator is heard again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.grammar.nouns import owner_of, phrase_from
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.grammar.subjects import group_start, is_passive, previous_subject, subject
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.people import People
from helpers.lenses.quotes.printed_lines import Lines
from helpers.lexicons import words

_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Yy]ou|[Yy]our)\b")
_SIGN = re.compile(r"[ \t]*>+[ \t]")
_TEXTS = words("printed_texts")
_OPENS_ASIDE = words("announcing_openers")
_WHOLE = frozenset(("full", "whole", "entire"))
"""What is announced where a reader is told to read it: "Read the full letter:"."""
_DESKS = frozenset(("desk", "office", "pen"))
_FAR = 12
"""Tokens before the colon among which the word of speech stands."""


def block_quotations(article: MarkedArticle, lines: Lines, people: People) -> list[Attribution]:
    """One attribution per block; its lines are taken."""
    out = []
    told = _tells_of_itself(article, lines)
    for n, line in enumerate(lines):
        if line.part == "headline" or lines.is_taken(n):
            continue
        if _set_off(lines, n):
            out.append(_made(_while_set_off(lines, n), None))
        elif n + 1 < len(lines) and article.doc.words[line.last - 1] == ":":
            by = announced(article, line.last)
            content = _while_set_off(lines, n + 1)
            if by is not None and not content:
                content = _block(article, lines, n + 1, by, told, people)
            if content:
                out.append(_made(content, by))
    return out


def _made(content: list[Range], by: Announced | None) -> Attribution:
    source, cue = (by.source, by.cue) if by is not None else (None, None)
    return Attribution(content, cue, source, "block", confidence=0.7)


class Announced(NamedTuple):
    """What a sentence that ends in a colon says of the words behind it."""

    source: Range | None
    cue: Range
    at_once: bool
    """Whether the words themselves are due: "he wrote:", and not "he noted the low turnout:"."""


def announced(article: MarkedArticle, last: int) -> Announced | None:
    """What the sentence whose colon is the token ``last - 1`` announces, if it is words."""
    doc, code = article.doc, article.doc.code
    low, high = doc.sents[doc.sent[last - 1]]
    if code[high - 1] != ":" or high != last:
        return None
    if (at := from_whom(doc, low)) is not None:
        source = phrase_from(doc, at, high)
        if source is None or high - low > _FAR + at - low or "F" in code[low:high]:
            return None
        return Announced(source, (at - 1, at), True)
    if doc.lower[low] == "read" and not _WHOLE.isdisjoint(doc.lower[low:high]):
        return Announced(None, (low, low + 1), False)
    for k in range(high - 2, max(low, high - _FAR) - 1, -1):
        if article.quoted[k] or code[k] not in "Fegn":
            continue
        if code[k] == "n":
            made = _by_noun(article, k, low, high)
        else:
            made = _by_verb(article, k, low, high)
        if made is not None:
            return made
    return None


def from_whom(doc: Document, low: int) -> int | None:
    """Where the sender stands in a sentence that begins with "From"; None in others.

    "And from | Hale:", "From the desk of | Hale:".
    """
    at = low + (doc.lower[low] in ("and", "but", "then"))
    if doc.lower[at : at + 1] != ["from"]:
        return None
    desk = doc.lower[at + 1 : at + 4]
    named = len(desk) == 3 and desk[0] == "the" and desk[1] in _DESKS and desk[2] == "of"
    return at + 4 if named else at + 1


def _by_verb(article: MarkedArticle, k: int, low: int, high: int) -> Announced | None:
    doc, code = article.doc, article.doc.code
    lemma = doc.lemma(k)
    word = reporting_words("verb").get(lemma)
    if not (says(word, MOSTLY, ("quote",)) or (says(word, MOSTLY) and code[k] == "F")):
        return None
    behind = high - 2 == k or doc.lower[k + 1] in _OPENS_ASIDE
    at_once = behind and set("FMv").isdisjoint(code[k + 1 : high])
    start = group_start(doc, k, low)
    if is_passive(doc, start, k, lemma):
        return Announced(None, (start, k + 1), False)
    source = subject(doc, start, low) or previous_subject(doc, high - 2, low)
    if source is None and k == low:
        source = phrase_from(doc, k + 1, high)
        at_once = source is not None
    return Announced(source, (start, k + 1), at_once)


def _by_noun(article: MarkedArticle, k: int, low: int, high: int) -> Announced | None:
    doc = article.doc
    if doc.lemma(k) not in _TEXTS:
        return None
    source = owner_of(doc, k, low)
    if source is None and doc.lower[k + 1] in ("from", "by", "of"):
        source = phrase_from(doc, k + 2, high)
    due = source is not None and (k == high - 2 or doc.lower[k + 1 : high - 1] == ["in", "full"])
    return Announced(source, (k, k + 1), due)


def _set_off(lines: Lines, n: int) -> bool:
    """Whether a quoting sign stands before the line."""
    start = lines[n].start
    low = lines.whole.rfind("\n", 0, start) + 1
    return _SIGN.match(lines.whole, low, start + 2) is not None


def _while_set_off(lines: Lines, n: int) -> list[Range]:
    out: list[Range] = []
    while n < len(lines) and _set_off(lines, n):
        out += lines.words_in(n, lines[n].start, None)
        lines.take(n)
        n += 1
    return out


def _tells_of_itself(article: MarkedArticle, lines: Lines) -> bool:
    """Whether the narrator says "I" or "you" in a tenth of the lines."""
    free = [n for n, line in enumerate(lines) if line.part == "body" and not lines.is_taken(n)]
    own = sum(_first_person(article, lines, n) for n in free)
    return own > max(2, 0.25 * len(free))


def _first_person(article: MarkedArticle, lines: Lines, n: int) -> bool:
    """Whether the line says "I" or "you" outside quotation marks."""
    line = lines[n]
    return any(
        not article.quoted[article.doc.at(m.start())]
        for m in _FIRST_PERSON.finditer(lines.whole, line.start, line.end)
    )


def _block(
    article: MarkedArticle,
    lines: Lines,
    n: int,
    by: Announced,
    told: bool,
    people: People,
) -> list[Range]:
    """The spans of the block that begins with line ``n``; none where the narrator goes on."""
    out: list[Range] = []
    first = n
    who = _named(article, by.source, people)
    while n < len(lines):
        line = lines[n]
        if line.part != "body" or lines.is_taken(n) or _narrates(article, line.first, line.last):
            break
        if who is not None and people.names(who, line.start, line.end):
            break
        due = n == first and by.at_once
        if not due and (told or not _first_person(article, lines, n)):
            break
        out += lines.words_in(n, line.start, None)
        lines.take(n)
        n += 1
    return out


def _named(article: MarkedArticle, source: Range | None, people: People) -> str | None:
    if source is None:
        return None
    doc = article.doc
    return people.actor(doc.text[doc.starts[source[0]] : doc.ends[source[1] - 1]])


def _narrates(article: MarkedArticle, first: int, last: int) -> bool:
    """Whether the line quotes more than a word or two: so the narrator speaks, or marks tell it."""
    start, end = article.doc.starts[first], article.doc.ends[last - 1]
    for _, q in article.marks_from(start):
        if q.start >= end:
            break
        if q.start == start or article.doc.text.count(" ", q.inner_start, q.inner_end) >= _WORDS:
            return True
    return False


_WORDS = 3
"""Blanks in words quoted within a block, beyond which the narrator is taken to quote."""
