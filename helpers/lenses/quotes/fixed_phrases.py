"""Attributions that a fixed phrase announces: according to, in his view, a name and a colon."""

from __future__ import annotations

from helpers.grammar.document import Document
from helpers.grammar.nouns import phrase_from
from helpers.grammar.reporting import MOSTLY, reporting_words, says
from helpers.lenses.quotes.content_around import only_opens
from helpers.lenses.quotes.content_ends import NEW_CLAUSE
from helpers.lenses.quotes.contents import before, end_of, trim
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range, span
from helpers.lexicons import load, words


def according_to(article: MarkedArticle, cues: set[int]) -> list[Attribution]:
    """ "According to the report, …", "…, according to two officials"."""
    doc, code, quoted = article.doc, article.doc.code, article.quoted
    out: list[Attribution] = []
    i = -1
    lower = doc.lower
    while True:
        try:
            i = lower.index("according", i + 1)
        except ValueError:
            return out
        if i + 2 >= len(lower) or lower[i + 1] != "to" or quoted[i]:
            continue
        low, high = doc.sents[doc.sent[i]]
        if i + 2 >= high:
            continue
        source = phrase_from(doc, i + 2, high)
        if source is not None and i > low and code[i - 1] in "egv" and not _speaks(doc, source):
            continue  # they are paid according to their years
        after = source[1] if source else i + 3
        content: list[Range] = []
        left = before(doc, i, low, quoted) if i > low else None
        if left is not None and only_opens(article, *left):
            left = None
        if left is not None and left[1] - left[0] >= 2:
            b = _clause_start(doc, left, quoted)
            content.append(span(article, b, left[1]))
            stretch = code[b : left[1]]
            inserted = "F" not in stretch and "M" not in stretch and not any(quoted[b : left[1]])
        else:
            inserted = True
        if inserted:
            p = after
            if code[p : p + 2] == ",w":
                p += 1  # according to the aide, who left, the talks …
            while p < high and code[p] != "," and not quoted[p]:
                p += 1
            if p < high and code[p] == ",":
                p = _past_apposition(doc, p + 1, high)
            if p < high:
                end = end_of(doc, p, high, quoted, cues, "clause")
                content.append(span(article, p, end))
        if content:
            out.append(
                Attribution(content, (i, i + 2), source, "according to", "accord", "neutral", 0.95)
            )


def _past_apposition(doc: Document, p: int, high: int) -> int:
    """Behind who the speaker is: according to Hale, [a clerk at the port,] the quay was old."""
    comma = doc.code.find(",", p, high)
    noun = doc.code[p:comma].partition("w")[0].partition("c")[0]
    one = doc.lower[p] in _ONE or (doc.lower[p] == "the" and "I" in noun)
    if comma < 0 or not one or not {"F", "M"}.isdisjoint(noun):
        return p
    clause = NEW_CLAUSE.match(doc.code, comma + 1, high)
    return comma + 1 if clause is not None and "&" not in clause.group() else p


_ONE = frozenset(("a", "an"))


def _speaks(doc: Document, source: Range) -> bool:
    """Whether a source is somebody, or a text: a name, a person, a report."""
    named = not {"N", "p"}.isdisjoint(doc.code[source[0] : source[1]])
    return named or not _SPEAKERS.isdisjoint((doc.lower[source[1] - 1], doc.lemma(source[1] - 1)))


_SPEAKERS = words("documents") | words("findings") | frozenset(load("anonymous_sources")["noun"])


def as_they_say(article: MarkedArticle, cues: set[int]) -> list[Attribution]:
    """ "As Hale put it, …", "As the Post reported, …": an inserted clause with "as"."""
    doc, code, quoted = article.doc, article.doc.code, article.quoted
    verbs = reporting_words("verb")
    out = []
    for low, high in doc.sents:
        if high - low < 6 or doc.lower[low] != "as" or quoted[low]:
            continue
        i = next((k for k in range(low + 1, high) if code[k] in "FM" and not quoted[k]), high)
        if i + 2 >= high or code[i] != "F":
            continue
        lemma = doc.lemma(i)
        p = i + 1
        if lemma == "put" and doc.lower[p] == "it":
            p += 1
        elif not says(verbs.get(lemma), MOSTLY, ("bare",)):
            continue
        while p < high and code[p] != "," and not quoted[p] and code[p] in "RIDJnNC":
            p += 1
        if p + 2 >= high or code[p] not in ",:":
            continue
        source = phrase_from(doc, low + 1, i)
        end = end_of(doc, p + 1, high, quoted, cues, "clause")
        if source is not None and end > p + 1:
            cue, content = (i, i + 1), [span(article, p + 1, end)]
            stance = verbs[lemma].stance if lemma in verbs else "neutral"
            out.append(Attribution(content, cue, source, "as they say", lemma, stance, 0.8))
    return out


_VIEWS = words("view_nouns")


def in_their_view(article: MarkedArticle, cues: set[int]) -> list[Attribution]:
    """ "In his view, …", "…, in the minister's words, …"."""
    doc, code, quoted = article.doc, article.doc.code, article.quoted
    out: list[Attribution] = []
    for i, word in enumerate(doc.lower):
        if word not in _VIEWS or quoted[i] or i < 2 or code[i - 1] not in "qS":
            continue
        low, high = doc.sents[doc.sent[i]]
        k = i - 1 if code[i - 1] == "q" else i - 2
        while k > low and doc.lower[k - 1] != "in" and code[k - 1] in "DqNnJC":
            k -= 1
        if k <= low or doc.lower[k - 1] != "in":
            continue
        source = (k, i if code[i - 1] == "q" else i - 1)
        content: list[Range] = []
        p = i + 1
        if p < high and code[p] == ",":
            end = end_of(doc, p + 1, high, quoted, cues, "clause") if p + 1 < high else p
            if end > p + 1:
                content.append(span(article, p + 1, end))
        else:
            left = before(doc, k - 1, low, quoted)
            if left is not None and left[1] - left[0] > 2:
                content.append(span(article, *left))
        if content:
            out.append(
                Attribution(
                    content, (k - 1, i + 1), source, "in their view", "view", "neutral", 0.8
                )
            )
    return out


def _clause_start(doc: Document, left: Range, quoted: bytearray) -> int:
    """Where the clause before "according to" begins: after "but", "; " or an earlier report."""
    code = doc.code
    for j in range(left[1] - 1, left[0], -1):
        if not quoted[j] and code[j] == ";":
            return j + 1
    return left[0]


def colons(article: MarkedArticle) -> list[Attribution]:
    """ "Hale: No deal this year" — a speaker, a colon and words, at the start of a line."""
    doc, code = article.doc, article.doc.code
    out = []
    for low, high in doc.sents:
        k = code.find(":", low, min(high, low + _SPEAKER))
        if k <= low:
            continue
        if k + 2 < high and doc.words[k] == ":" and _names_speaker(article, low, k):
            shouted = "".join(doc.words[low:k]).isupper()
            end = _spoken_until(article, k, high, shouted)
            if end > k + 1:
                said = span(article, k + 1, end)
                out.append(Attribution([said], (k, k + 1), (low, k), "colon", confidence=0.6))
    return out


_SPEAKER = 8
"""Tokens of a speaker and the colon."""


def _names_speaker(article: MarkedArticle, low: int, k: int) -> bool:
    """Whether what stands before the colon ``k`` is a name, or a noun before quoted words."""
    head = article.doc.code[low:k]
    named = "N" in head or ("n" in head and article.quoted[k + 1] > 0)
    return (
        named
        and not article.quoted[k]
        and head[-1] in "Nn)"
        and set(head).isdisjoint("FMvegtIc,w.;")
    )


def _spoken_until(article: MarkedArticle, k: int, high: int, shouted: bool) -> int:
    """One past the words behind the colon ``k``.

    Without marks or a verb behind it there are none, unless the speaker is ``shouted``.
    """
    doc = article.doc
    verb = any(c in "FMv" for c in doc.code[k + 1 : high])
    if not (shouted or verb or article.quoted[k + 1]):
        return k
    return high if article.quoted[high - 1] else trim(doc, k + 1, high, article.quoted)
