"""Text that is somebody's words without a reporting clause: turns, posts and block quotations.

They are found by how the article is printed. What they report is their speaker's, unless they
quote somebody else in marks: “…,” Hale wrote, in a post of somebody else's.
"""

from __future__ import annotations

from bisect import bisect_right

from helpers.lenses.quotes.block_quotations import block_quotations
from helpers.lenses.quotes.labelled_turns import labelled_turns
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle
from helpers.lenses.quotes.people import People
from helpers.lenses.quotes.posts import posts
from helpers.lenses.quotes.printed_lines import Lines
from helpers.lenses.quotes.rules import SPEAKING
from helpers.lenses.quotes.speakers import Mention
from helpers.lexicons import words


def find_verbatim(article: MarkedArticle, mentions: list[Mention]) -> list[Attribution]:
    """The attributions of text printed as somebody's words; in labels nothing else is found."""
    lines = Lines(article.doc)
    people = People(article.doc.text, mentions)
    found = labelled_turns(article, lines, people)
    found += posts(article, lines, people)
    found += block_quotations(article, lines, people)
    return found


def with_reports(
    article: MarkedArticle, printed: list[Attribution], reports: list[Attribution]
) -> list[Attribution]:
    """``printed`` and those of the ``reports`` that stand outside it, or quote another in it."""
    spans = sorted(span for a in printed for span in a.content)
    starts = [start for start, _ in spans]
    out = [*printed]
    for a in reports:
        at = article.doc.starts[a.cue[1] - 1] if a.cue is not None else a.content[0][0]
        k = bisect_right(starts, at) - 1
        if k < 0 or spans[k][1] <= at:
            out.append(a)
        elif _quotes_another(article, a):
            a.content = [(s, min(e, spans[k][1])) for s, e in a.content if s < spans[k][1]]
            out.append(a)
    return out


_FIRST = words("first_and_second_pronouns")


def _quotes_another(article: MarkedArticle, a: Attribution) -> bool:
    """Whether a report holds words in marks of somebody who is not the speaker."""
    if a.rule not in SPEAKING or a.source is None or article.doc.lower[a.source[0]] in _FIRST:
        return False
    start, end = a.content[0][0], a.content[-1][1]
    first = next(article.marks_from(start), None)
    return first is not None and first[1].start < end
