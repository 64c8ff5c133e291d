"""What is known of who speaks where, before anybody knows which actors the speakers are.

An article's attributions are found once: `method` writes them into the table, and the lens on
actors reads them where a pronoun depends on who is speaking.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import NamedTuple

from helpers.grammar.document import Document
from helpers.lenses.quotes.attribution import find
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range, mark
from helpers.lenses.quotes.replies import replies
from helpers.lenses.quotes.rules import CLAUSAL, VERBATIM
from helpers.lenses.quotes.speakers import Mention, heads_of, trimmed
from helpers.lenses.quotes.unattributed_quotations import attribute_rest
from helpers.lenses.quotes.verbatim import find_verbatim, with_reports
from helpers.lexicons import words

_KEPT: weakref.WeakKeyDictionary[Document, tuple[MarkedArticle, list[Attribution]]] = (
    weakref.WeakKeyDictionary()
)


def attributed(
    document: Document, mentions: list[Mention]
) -> tuple[MarkedArticle, list[Attribution]]:
    """The article with its quotations marked, and all its attributions.

    Kept with the document where nothing is printed as somebody's words: the names of the
    ``mentions`` say only whose such words are.
    """
    article = mark(document)
    printed = find_verbatim(article, mentions)
    kept = _KEPT.get(document) if not printed else None
    if kept is None:
        found = with_reports(article, printed, find(article))
        found += replies(article, found, document.paragraphs)
        found = attribute_rest(article, found, document.paragraphs, document.parts)
        kept = article, found
        if not printed:
            _KEPT[document] = kept
    return kept


class Report(NamedTuple):
    """Who says something and what, in tokens."""

    source: Range
    """The words that name the speaker, without what follows them ("Pence, who")."""
    heads: tuple[int, ...]
    """Their head words: several where several speak."""
    content: tuple[Range, ...]
    speech: bool
    """Whether it is words or a thought, not an attitude ("backs the deal")."""
    act: str
    """ask, answer or empty."""
    cue: int
    """One past its cue; -1: none."""
    actor: str | None
    """The actor in the mentions asked with, where the source is a label."""
    verbatim: bool
    """Whether it is printed as somebody's words, without marks."""


_ACTS = {
    **dict.fromkeys(words("questioning_verbs"), "ask"),
    **dict.fromkeys(words("answering_verbs"), "answer"),
}


def reports_of(document: Document, mentions: Sequence[Mention]) -> list[Report]:
    """The attributions of an article that have a source, in the order of their sources."""
    if not document.words:
        return []
    article, found = attributed(document, sorted(mentions))
    doc = article.doc
    out = []
    for a in found:
        if a.source is None:
            continue
        source = trimmed(doc, a.source)
        content = tuple(sorted((doc.at(s), doc.until(e)) for s, e in set(a.content)))
        speech = a.rule in CLAUSAL or any(any(doc.quoted[x:y]) for x, y in content)
        cue = a.cue[1] if a.cue is not None else -1
        heads = tuple(heads_of(doc, source))
        out.append(Report(source, heads, content, speech, _ACTS.get(a.lemma, ""), cue, a.actor,
                          a.rule in VERBATIM))  # fmt: skip
    return sorted(out, key=lambda report: (report.source, report.content))
