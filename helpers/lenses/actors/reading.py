"""One article as plain lists: tokens, where its sentences begin, and what its capitals prove."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from helpers.grammar.document import documents

_MARKS = frozenset('"“”«»') | {"``", "''"}
_ENDS = frozenset({".", "”", '"', "?", "!", "''"})
_MUTED_SHARE = 0.6
"""From this share of capitalised long words a line's capitals say nothing (headlines)."""


@dataclass(slots=True)
class Reading:
    """One article: parallel token lists; `bounds` holds each sentence's first and last token."""

    doc_id: str
    text: str
    tok: list[str]
    low: list[str]
    tag: list[str]
    start: list[int]
    end: list[int]
    bounds: list[tuple[int, int]]
    sentence_ids: list[int]
    parts: list[str]
    paragraphs: list[int]
    muted: list[bool] = field(default_factory=list)
    initial: set[int] = field(default_factory=set)
    capitals: list[int] = field(default_factory=list)
    quoted: bytearray = field(default_factory=bytearray)
    mid: dict[str, int] = field(default_factory=dict)
    lower: set[str] = field(default_factory=set)


def readings(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> Iterator[Reading]:
    """One `Reading` per article, in the order of `articles`."""
    for document in documents(articles, sentences, tokens):
        yield _read(
            Reading(
                doc_id=document.doc_id,
                text=document.text,
                tok=document.words,
                low=document.lower,
                tag=document.tags,
                start=document.starts,
                end=document.ends,
                bounds=document.sents,
                sentence_ids=document.sentence_ids,
                parts=document.parts,
                paragraphs=document.paragraphs,
                quoted=document.quoted[:-1],
            )
        )


def _read(doc: Reading) -> Reading:
    """Mark headlines and sentence openings; count what stands inside sentences."""
    tok = doc.tok
    doc.lower = set(tok)
    doc.capitals = [k for k, t in enumerate(tok) if t[0].isupper()]
    for (a, b), part in zip(doc.bounds, doc.parts, strict=True):
        muted = False
        if part != "body" or tok[b - 1] not in _ENDS or tok[a].isupper():
            muted = _is_muted(tok[a:b], part)
        doc.muted.append(muted)
    sentence = 0
    bounds, muted_at, mid = doc.bounds, doc.muted, doc.mid
    for k in doc.capitals:
        while k >= bounds[sentence][1]:
            sentence += 1
        if _opening(tok, k, bounds[sentence][0]):
            doc.initial.add(k)
        elif not muted_at[sentence]:
            mid[tok[k]] = mid.get(tok[k], 0) + 1
    return doc


def _is_muted(words: list[str], part: str) -> bool:
    """Whether a line's capitals say nothing: a headline in Title Case or a line in CAPITALS."""
    long = [t for t in words if len(t) > 3 and t[0].isalpha()]
    caps = sum(t[0].isupper() for t in long)
    if caps >= _MUTED_SHARE * len(long) and (
        (len(long) >= 3 and part != "body")
        or (len(long) >= 5 and caps >= 0.85 * len(long) and words[-1] not in _ENDS)
    ):
        return True
    return len(long) >= 4 and sum(t.isupper() for t in words) >= 0.7 * len(words)


def _opening(tok: list[str], k: int, a: int) -> bool:
    """Whether nothing but marks stands between `k` and the sentence's start or a quotation mark."""
    while k > a:
        k -= 1
        t = tok[k]
        if t in _MARKS or t in ("‘", ":"):
            return True
        if t[0].isalnum():
            return False
        if t in (",", "(", ";", "/", "&", "'s", "’s", "'", "’", "$", ".", "...", "…", ")"):
            return False
    return True
