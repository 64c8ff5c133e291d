"""One article as plain lists: tokens, where its sentences begin, and what its capitals prove."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from helpers.grammar.document import documents

_OPEN = frozenset("“«") | {"``"}
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
            )
        )


def _read(doc: Reading) -> Reading:
    """Mark headlines, sentence openings and quotations; count what stands inside sentences."""
    tok = doc.tok
    doc.lower = set(tok)
    doc.capitals = [k for k, t in enumerate(tok) if t[0].isupper()]
    _mark_quotations(doc)
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


def _mark_quotations(doc: Reading) -> None:
    """Set `quoted` between quotation marks; a mark never closed ends with its paragraph."""
    tok = doc.tok
    doc.quoted = bytearray(len(tok))
    marks = [k for k, t in enumerate(tok) if t in _MARKS]
    if not marks:
        return
    ends: list[int] = []  # the first token after each token's paragraph, by sentence
    last = len(tok)
    for i in range(len(doc.bounds) - 1, -1, -1):
        if i + 1 < len(doc.bounds) and doc.paragraphs[i] != doc.paragraphs[i + 1]:
            last = doc.bounds[i][1]
        ends.append(last)
    ends.reverse()
    firsts = [a for a, _ in doc.bounds]
    opened, limit = -1, 0
    for k in marks:
        if opened >= 0 and k >= limit:
            doc.quoted[opened:limit] = b"\x01" * (limit - opened)
            opened = -1
        opens = tok[k] in _OPEN or (tok[k] == '"' and opened < 0)
        if opens and opened < 0:
            opened, limit = k, ends[bisect_right(firsts, k) - 1]
        elif not opens and opened >= 0:
            doc.quoted[opened:k] = b"\x01" * (k - opened)
            opened = -1
    if opened >= 0:
        doc.quoted[opened:limit] = b"\x01" * (limit - opened)
