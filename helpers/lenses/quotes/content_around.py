"""The content around a report that takes nothing behind it: "[A], he said, [B]"."""

from __future__ import annotations

from helpers.grammar.document import Document
from helpers.lenses.quotes.contents import before, end_of
from helpers.lenses.quotes.marked_article import MarkedArticle, Range, is_work, same_line, span
from helpers.lexicons import words


def around(
    article: MarkedArticle,
    i: int,
    start: int,
    source: Range | None,
    inverted: bool,
    low: int,
    high: int,
    cues: set[int],
) -> list[Range]:
    """The content before the verb at token ``i``, whose group begins at ``start``, and behind it.

    ``inverted`` says that the ``source`` follows the verb; ``low`` and ``high`` are the sentence.
    """
    code, quoted = article.doc.code, article.quoted
    edge = start
    if source is not None and not inverted and source[0] < edge:
        edge = source[0]
    out: list[Range] = []
    left, phrase = None, False
    if edge > low and (quoted[edge - 1] or code[edge - 1] in ",-"):
        left = before(article.doc, edge, low, quoted)
        if left is not None and not _ends_in_work(article, left[1]):
            out.append(span(article, *left))
            phrase = not any(quoted[left[0] : left[1]]) and _VERBS.isdisjoint(code[slice(*left)])
    elif edge == low and low > 0 and quoted[low - 1] == 1 and _goes_on(article, low, i, high):
        whole = article.ranges[article.holder[low - 1]]
        out.append(span(article, *whole))  # the sentence was cut behind the closing mark
    p = source[1] if inverted and source is not None else i + 1
    resumed = _resumed(article, p, high, left, cues)
    if resumed is not None:
        if left is not None and (only_opens(article, *left) or _is_scene(article, *left)):
            out.clear()  # he left because, Hale said, [it was late]
        out.append(resumed)
    elif phrase:
        out.clear()  # after hours of talks, Hale apologised
    return out


def _is_scene(article: MarkedArticle, a: int, b: int) -> bool:
    """Whether the part before a report only says when it was made: "When asked, Hale smiled"."""
    return article.doc.lower[a] in ("when", "asked") and not any(article.quoted[a:b])


def condition(article: MarkedArticle, edge: int, low: int, cues: set[int]) -> Range | None:
    """The condition before a report of words in marks: "[If it fails], Hale said, “we leave.”".

    Or an opening that they go on with: "[There was], Hale said, “a bargain.”".
    """
    doc = article.doc
    if edge - low == len("_F,") and doc.code[edge - 2 : edge] == "F," and not article.quoted[low]:
        return span(article, low, edge - 1)
    low += doc.code[low] == "&" or doc.lower[low] == "but"
    if edge - low < 3 or doc.lower[low] not in _CONDITIONS or doc.code[edge - 1] != ",":
        return None
    told = any(k in cues or article.quoted[k] for k in range(low, edge))
    told = told or {"F", "M"}.isdisjoint(doc.code[low:edge])  # "if anything"
    return None if told or "," in doc.code[low : edge - 1] else span(article, low, edge - 1)


_CONDITIONS = words("conditions")


def _ends_in_work(article: MarkedArticle, end: int) -> bool:
    """Whether the name of a work ends there: the film “Harbour” opens on Friday."""
    return article.quoted[end - 1] == 1 and is_work(article, article.holder[end - 1])


_VERBS = frozenset("FMve")


def _resumed(
    article: MarkedArticle, p: int, high: int, left: Range | None, cues: set[int]
) -> Range | None:
    """What goes on behind a report that ends at token ``p`` or later: "A, he said, [B]".

    That is words in marks, or the rest of a clause that its first part ``left`` has not finished.
    """
    doc, code, quoted = article.doc, article.doc.code, article.quoted
    while p < high and code[p] not in ",:;.-" and not quoted[p]:
        p += 1
    if p + 1 >= high or code[p] not in ",:;-":
        return None
    if not quoted[p + 1]:
        if left is None or quoted[left[1] - 1] or code[p] != "," or code[p + 1] in "&gw":
            return None
        goes_on = _goes_with_left(doc, p + 1) or only_opens(article, *left)
        if _is_finished(doc, left) and not goes_on:
            return None
    end = end_of(doc, p + 1, high, quoted, cues, "clause")
    return span(article, p + 1, end) if end > p + 1 else None


def only_opens(article: MarkedArticle, a: int, b: int) -> bool:
    """Whether the part of a clause before its report is the author's, but for its last word."""
    doc = article.doc
    opens = doc.code[b - 1] in "cw" or doc.lower[b - 1] in _SUBORDINATE
    return b - a > _OPENING and opens and not article.quoted[b - 1]


def _is_finished(doc: Document, left: Range) -> bool:
    """Whether the part of a clause before its report has a verb of its own, and not under "if"."""
    a, b = left
    opens = doc.lower[a] in _SUBORDINATE or doc.code[a] in "cr"
    return not opens and b - a > _OPENING and not {"F", "M"}.isdisjoint(doc.code[a:b])


def _goes_with_left(doc: Document, p: int) -> bool:
    """Whether what stands at ``p`` only goes on: "it was lost, he said, [because] …"."""
    return doc.code[p] in "cFM" or doc.lower[p] in _GOING_ON


_OPENING = 3
"""Tokens of "what's more" and the like, which finish nothing."""
_SUBORDINATE = words("subordinators")
_GOING_ON = words("going_on_words")


def _goes_on(article: MarkedArticle, low: int, i: int, high: int) -> bool:
    """Whether the sentence at ``low`` belongs to the quotation before: “Really?” [she asked]."""
    doc = article.doc
    if not same_line(doc, low - 1, low):
        return False
    q = article.marks[article.holder[low - 1]]
    last = doc.text[q.inner_start : q.inner_end].rstrip()[-1:]
    if last in ",—-" or not doc.words[low][0].isupper():
        return True
    # “No.” She said, twice, that … has a content of its own
    return set(",:;c\"'").isdisjoint(doc.code[i + 1 : high])
