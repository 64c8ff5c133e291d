"""The `quotes` table: attributions of every article as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.comparing.outlet_names import name_sequences
from helpers.grammar.document import Document, documents
from helpers.grammar.nouns import phrase_ending
from helpers.lenses.quotes.columns import QUOTES
from helpers.lenses.quotes.counting import Others, counts, form_of
from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.rules import VERBATIM
from helpers.lenses.quotes.speakers import Mention, Mentions, Speaker, resolve, trimmed
from helpers.lenses.quotes.spoken import attributed
from helpers.schema import make, needs
from helpers.wording import is_missing

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


def find_quotes(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per content span of an attribution; the rows of one attribution share `quote_id`.

    What an outlet reports of its own ("Harbour News has learned that …") is no row: it is told in
    the outlet's voice.
    """
    needs(articles, "doc_id", "text", table="articles")
    needs(sentences, "doc_id", "sentence_id", "paragraph", "part", table="sentences")
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    rows: list[dict[str, Any]] = []
    known = _mentions(mentions)
    for document in documents(articles, sentences, tokens):
        if not document.words:
            continue
        here = known.get(document.doc_id, [])
        article, found = attributed(document, here)
        rows += _rows(article, found, resolve(article, found, here), Mentions(here))
    names = [*QUOTES.columns, *QUOTES.further]
    table = make("quotes", {name: [row[name] for row in rows] for name in names})
    table = table[~_is_own(table, articles)].reset_index(drop=True)
    return table.astype({"lemma": "str", "form": "str"})


def _is_own(table: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Whether the source of each row is the article's own outlet, and its words are not quoted."""
    if "outlet" not in articles:
        return pd.Series(False, index=table.index)
    outlets = articles["outlet"].fillna("").astype(str)
    called = {name: {*name_sequences([name])} if name else set() for name in outlets.unique()}
    of = dict(zip(articles["doc_id"], outlets, strict=True))
    own = [
        kind == "indirect"
        and not is_missing(source)
        and tuple(_ARTICLE.sub("", source).lower().split()) in called[of[doc]]
        for doc, source, kind in zip(table["doc_id"], table["source"], table["kind"], strict=True)
    ]
    return pd.Series(own, index=table.index, dtype=bool)


def _mentions(mentions: pd.DataFrame) -> dict[str, list[Mention]]:
    """The mentions of each article, in text order."""
    needs(mentions, "doc_id", "start", "end", "text", "actor", "kind", table="mentions")
    out: dict[str, list[Mention]] = {}
    actors = mentions["actor"].astype(object).where(mentions["actor"].notna(), None).tolist()
    rules = mentions["rule"].fillna("").tolist() if "rule" in mentions else [""] * len(mentions)
    types = mentions["actor_type"].fillna("").tolist() if "actor_type" in mentions else None
    for i, (doc, start, end, kind, text) in enumerate(
        zip(
            mentions["doc_id"].tolist(), mentions["start"].tolist(), mentions["end"].tolist(),
            mentions["kind"].tolist(), mentions["text"].tolist(), strict=True,
        )
    ):  # fmt: skip
        type_ = types[i] if types else ""
        out.setdefault(doc, []).append(Mention(start, end, actors[i], kind, type_, text, rules[i]))
    for rows in out.values():
        rows.sort()
    return out


def _rows(
    article: MarkedArticle,
    found: list[Attribution],
    speakers: list[Speaker],
    places: Mentions,
) -> Iterator[dict[str, Any]]:
    """The rows of one article; of attributions with the same content only the surest."""
    doc = article.doc
    contents = [tuple(sorted(set(a.content))) for a in found]
    others = Others(article, found, speakers)
    best: dict[tuple[Range, ...], float] = {}
    for content, a in zip(contents, found, strict=True):
        best[content] = max(best.get(content, 0.0), a.confidence)
    ordered = sorted(
        zip(contents, found, speakers, strict=True), key=lambda x: (x[0][0], x[1].cue or (0, 0))
    )
    seen: set[tuple[Range, ...]] = set()
    for content, a, (actor, anonymous) in ordered:
        if content in seen or a.confidence < best[content]:
            continue
        seen.add(content)
        printed = a.rule in VERBATIM
        kinds = ["direct" if printed else kind(article, s, e) for s, e in content]
        shared = {
            "quote_id": f"{doc.doc_id}#q{len(seen)}",
            "doc_id": doc.doc_id,
            **_span("cue", doc, a.cue),
            **_span("source", doc, _whole_name(doc, a.source, places)),
            "actor": actor,
            "rule": a.rule,
            "anonymous": anonymous,
            "stance": a.stance,
            "confidence": a.confidence,
            "problem": a.problem,
            "lemma": a.lemma or None,
        }
        marked = id(a) not in others.borrowed and any(k != "indirect" for k in kinds)
        marked = marked and not others.have(a)
        shared["form"] = form_of(doc, a, marked)
        shared["counted"] = shared["form"] == "speech" and not others.repeat(a)
        shared["counted"] &= counts(a, doc, content, kinds, actor, marked=marked)
        for (s, e), how in zip(content, kinds, strict=True):
            yield {
                **shared,
                "start": s,
                "end": e,
                "text": doc.printed[s:e],
                "kind": how,
                "sentence_id": doc.sentence_ids[doc.sent[min(doc.at(s), len(doc.sent) - 1)]],
            }


def _whole_name(doc: Document, source: Range | None, places: Mentions) -> Range | None:
    """The source with all of the name that it ends in ("[USA] Today reported"), without "who"."""
    if source is None:
        return None
    source = trimmed(doc, source)
    left = phrase_ending(doc, source[0] - 2, 0) if doc.words[source[0] - 1] == "/" else None
    source = (left[0] if left is not None else source[0], source[1])  # a Post/Times poll
    named = places.over(doc.starts[source[1] - 1])
    if named is None or named.kind != "name" or named.start < doc.starts[source[0]]:
        return source
    return source[0], max(source[1], doc.until(named.end))


def _span(name: str, doc: Document, tokens: Range | None) -> dict[str, Any]:
    """The text of ``tokens`` and its place, as three columns that may be missing."""
    if tokens is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    start, end = doc.starts[tokens[0]], doc.ends[tokens[1] - 1]
    return {name: doc.printed[start:end], f"{name}_start": start, f"{name}_end": end}


def kind(article: MarkedArticle, start: int, end: int) -> str:
    """direct: the quoted words stand as an utterance; mixed: quoted words in a paraphrase."""
    doc = article.doc
    inside = False
    whole = False
    for _, q in article.marks_from(start):
        if q.start >= end:
            break
        inside = True
        first = doc.text[q.inner_start : q.inner_start + 1]
        last = doc.text[q.inner_end - 1 : q.inner_end]
        whole = whole or first.isupper() or last in ".,!?…"
    if not inside:
        return "indirect"
    tokens = range(doc.at(start), doc.until(end))
    paraphrase = any(not article.quoted[i] and doc.words[i][0].isalnum() for i in tokens)
    return "direct" if whole and not paraphrase else "mixed"
