"""Replies without a cue: “Did you sign?” Brand asked. / “No.” / “Why not?”

Quotations that fill the paragraphs below a question take turns: the first is not the asker's. In
the asker's own paragraph what follows the cue still is ("“Can we win?” he asked. “I think so.”":
ten of ten in the training part of PolNeAR, BASIL and 109 articles of many outlets).
"""

from __future__ import annotations

from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range, inside
from helpers.lenses.quotes.unattributed_quotations import is_whole, opens_line, owners
from helpers.lexicons import words

_ASKING = words("questioning_verbs")
_NEAR = 6
"""Paragraphs back in which the one who replies was heard."""


def replies(
    article: MarkedArticle, found: list[Attribution], lines: list[int]
) -> list[Attribution]:
    """The replies to the questions among ``found``, whose contents further questions join.

    ``lines`` are the paragraphs of the sentences. Who replies is whoever was quoted by name before
    the question, if that is near; else it stays open.
    """
    if not any(a.lemma in _ASKING for a in found):
        return []
    doc = article.doc
    owner = owners(article, found)
    out: list[Attribution] = []
    heard: list[tuple[int, Attribution]] = []
    asker = reply = None
    asked_last, line_before = False, -2
    for n, q in enumerate(article.marks):
        a, b = article.ranges[n]
        if a >= b:
            continue
        line, by = lines[doc.sent[a]], owner[n]
        asks = inside(article, n).rstrip().endswith("?")
        if by is not None:
            asker, reply = (by if asks and by.lemma in _ASKING else None), None
            heard = [*heard[-3:], (line, by)]
        elif (
            asker is None
            or line != line_before + 1
            or not (
                is_whole(article, n) and opens_line(doc, a, lines) and _fills(article, n, lines)
            )
        ):
            asker = None
        elif reply is None or (asked_last and not asks):
            if reply is None:
                reply = Attribution([], None, _other(article, heard, asker, line), "reply",
                                    confidence=0.4, problem=q.problem)  # fmt: skip
                out.append(reply)
            reply.content.append((q.start, q.end))
        else:
            (asker if asks else reply).content.append((q.start, q.end))
        asked_last, line_before = asks, line
    return out


def _fills(article: MarkedArticle, n: int, lines: list[int]) -> bool:
    """Whether nothing follows the quotation in its paragraph."""
    doc = article.doc
    after = article.ranges[n][1]
    return after >= len(doc.words) or lines[doc.sent[after]] != lines[doc.sent[after - 1]]


def _other(
    article: MarkedArticle, heard: list[tuple[int, Attribution]], asker: Attribution, line: int
) -> Range | None:
    """The name of whoever was quoted last before the asker."""
    own = _name(article, asker)
    for place, by in reversed(heard):
        name = _name(article, by)
        if by is not asker and name and own and name != own:
            return by.source if line - place <= _NEAR else None
    return None


def _name(article: MarkedArticle, a: Attribution) -> str:
    """The last word of a source that is a name."""
    if a.source is None:
        return ""
    last = a.source[1] - 1
    return article.doc.lower[last] if article.doc.code[last] == "N" else ""
