"""Every name of a text, for benchmarks whose gold marks towns and names inside names too."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers import lexicons
from helpers.lenses.actors.article_entities import ArticleMentions, Mention
from helpers.lenses.actors.candidates import GOVERNMENT, PERSON, TITLE
from helpers.lenses.actors.gazetteer import CAPITAL, COUNTRY, ORGANIZATION, PLACE, gazetteer
from helpers.lenses.actors.mentions import find_in_articles
from helpers.lenses.actors.merging import merge
from helpers.lenses.actors.registry import Registry
from helpers.lenses.actors.tagged_article import TaggedArticle
from helpers.lenses.actors.vocabulary import POSSESSIVE, vocabulary
from helpers.models import NameFinder

_LINKS = lexicons.words("description_small_words") | POSSESSIVE


def find_names(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    finder: NameFinder | None = None,
) -> pd.DataFrame:
    """One row per name in the text, whatever it names: people, bodies, states, places too.

    `find_mentions` keeps the actors among them; here towns and rivers stand as well, and names
    inside longer names ("U.S." in "U.S. President Anna Keller"), for work that needs every name.
    Columns: doc_id, start, end, text, type, actor, kind, inside (of a longer name).
    """
    found = find_in_articles(articles, sentences, tokens, finder=finder)
    registry = merge([a.entities for a in found])
    rows: list[tuple[Any, ...]] = []
    for number, article in enumerate(found):
        doc = article.doc
        known: dict[str, tuple[str, str | None]] = {}
        spans: list[tuple[int, int]] = []
        for mention in article.mentions:
            if mention.kind == "pronoun" or (mention.entity < 0 and mention.kind != TITLE):
                continue
            at = registry.assigned.get((number, mention.entity))
            actor = registry.actors[at] if at is not None else None
            type_ = actor.type if actor is not None and actor.type else mention.type
            label = actor.label if actor is not None else None
            if mention.rule == "administration":
                held = _inner(doc, [(mention.first, mention.last)], known)
                rows += [(*row[:-1], False) for row in held]
                continue
            start, end = doc.starts[mention.first], doc.ends[mention.last - 1]
            text = doc.text[start:end]
            rows.append((doc.doc_id, start, end, text, type_, label, mention.kind, False))
            rows += _described(number, mention, article, registry)
            if mention.kind == "name" and type_ in (PERSON, ORGANIZATION, PLACE, GOVERNMENT):
                spans.append((mention.first, mention.last))
                known.setdefault(" ".join(doc.words[mention.first : mention.last]), (type_, label))
        rows += _inner(doc, spans, known)
    columns = ["doc_id", "start", "end", "text", "type", "actor", "kind", "inside"]
    table = pd.DataFrame(rows, columns=columns).astype({"actor": "str", "type": "str"})
    return table.sort_values(["doc_id", "start", "end"], kind="stable").reset_index(drop=True)


def _described(
    number: int, mention: Mention, article: ArticleMentions, registry: Registry
) -> list[tuple[Any, ...]]:
    """Names inside a description; "the head of Oslo Bank" is no longer name around them."""
    doc = article.doc
    held = {k for f in mention.within for k in range(f.first, f.last)}
    named = all(
        doc.words[k][0].isupper() or doc.lower[k] in _LINKS
        for k in range(mention.first, mention.last)
        if k not in held
    )
    rows: list[tuple[Any, ...]] = []
    for f in mention.within:
        at = registry.assigned.get((number, f.entity))
        actor = registry.actors[at] if at is not None else None
        type_ = actor.type if actor is not None and actor.type else f.type
        start, end = doc.starts[f.first], doc.ends[f.last - 1]
        label = actor.label if actor is not None else None
        rows.append((doc.doc_id, start, end, doc.text[start:end], type_, label, f.kind, named))
    return rows


def _inner(
    doc: TaggedArticle, spans: list[tuple[int, int]], known: dict[str, tuple[str, str | None]]
) -> list[tuple[Any, ...]]:
    """Names inside longer names: forms of the gazetteer and other names of the article."""
    gaz = gazetteer()
    rows: list[tuple[Any, ...]] = []
    for first, last in spans:
        k = first
        while k < last:
            if not doc.words[k][0].isupper():
                k += 1
                continue
            best: tuple[int, str, str | None] | None = None
            entry = gaz.match(doc.words, k, last)
            if entry is not None and entry.kind in (COUNTRY, CAPITAL, PLACE, ORGANIZATION):
                kind = GOVERNMENT if entry.kind == COUNTRY else entry.kind
                best = (len(entry.words), PLACE if kind == CAPITAL else kind, entry.label)
            for n in range(min(last - k, 6), 0, -1):
                other = known.get(" ".join(doc.words[k : k + n]))
                word = doc.words[k + n - 1]
                if other is not None and n == 1 and word in vocabulary().heads:
                    continue  # "the Party" alone is a name; inside "Green Party" it is not
                if other is not None and other[0] != PERSON and (best is None or n > best[0]):
                    if n < last - first:
                        best = (n, *other)
                    break
            if best is None or best[0] >= last - first:
                k += 1
                continue
            start, end = doc.starts[k], doc.ends[k + best[0] - 1]
            rows.append(
                (doc.doc_id, start, end, doc.text[start:end], best[1], best[2], "name", True)
            )
            k += best[0]
    return rows
