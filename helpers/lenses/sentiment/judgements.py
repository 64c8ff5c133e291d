"""Words that judge an actor, in their places: read off the grammar, without any model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from helpers import schema
from helpers.grammar.document import Document, documents
from helpers.lenses.sentiment.judging import place
from helpers.lenses.sentiment.judging_words import can_judge
from helpers.lenses.sentiment.verdicts import verdicts
from helpers.lenses.sentiment.whose import is_attributed

COLUMNS = {
    "doc_id": "str",
    "start": "int64",
    "end": "int64",
    "actor": "str",
    "mention_start": "int64",
    "mention_end": "int64",
    "sentence_id": "int64",
    "polarity": "int64",
    "attributed": "bool",
}


def judgements(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    mentions: pd.DataFrame,
) -> pd.DataFrame:
    """One row per judging word and actor it is bound to by grammar, in text order.

    ``start`` and ``end`` are the word's, ``polarity`` is 1 or -1, and ``attributed`` says whether
    the sentence puts what is thought down to somebody (`whose.is_attributed`); who speaks there is
    not looked at. A word that is bound to two mentions of one actor is one row.
    """
    schema.needs(mentions, "doc_id", "sentence_id", "start", "end", "actor", table="mentions")
    known = mentions[mentions["actor"].notna()]
    if "kind" in known:  # "his excellent English": a language
        known = known[(known["kind"] != "demonym") | known["text"].str.endswith("s")]
    at: dict[str, dict[int, list[tuple[int, int, str]]]] = {}
    columns = (known[c].tolist() for c in ("doc_id", "sentence_id", "start", "end", "actor"))
    for doc, number, start, end, actor in zip(*columns, strict=True):
        at.setdefault(doc, {}).setdefault(number, []).append((start, end, actor))
    rows = [
        row
        for document in documents(articles, sentences, tokens)
        if document.doc_id in at
        for row in _of_article(document, at[document.doc_id])
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return frame.drop_duplicates(["doc_id", "start", "actor"], ignore_index=True)


def _of_article(
    document: Document, at: dict[int, list[tuple[int, int, str]]]
) -> Iterator[tuple[object, ...]]:
    for i, number in enumerate(document.sentence_ids):
        a, b = document.sents[i]
        if number in at and _any_judges(document, a, b):
            yield from _of_sentence(document, i, number, at[number])


def _any_judges(document: Document, a: int, b: int) -> bool:
    return any(map(can_judge, document.lower[a:b], document.tags[a:b]))


def _of_sentence(
    document: Document, i: int, number: int, mentioned: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[object, ...]]:
    low, high = document.sents[i]
    quoted, s = document.quoted[low:high], document.clauses(i)
    found = []
    for start, end, actor in mentioned:
        tokens = place(document, i, start, end)
        words = verdicts(s, *tokens, wide=True) if tokens else []
        for v in words:
            j = low + v.token
            told = is_attributed(s, quoted, *tokens, words) if tokens else False
            found.append((document.doc_id, document.starts[j], document.ends[j], actor, start, end,
                          number, v.polarity, told))  # fmt: skip
    yield from sorted(found, key=lambda row: row[1:6])
