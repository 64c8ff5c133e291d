"""One article as plain lists: tokens, where its sentences begin, and what its capitals prove."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

_OPEN = frozenset("“«") | {"``"}
_MARKS = frozenset('"“”«»') | {"``", "''"}
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
    quoted: bytearray = field(default_factory=bytearray)
    mid: dict[str, int] = field(default_factory=dict)
    lower: set[str] = field(default_factory=set)


def readings(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> Iterator[Reading]:
    """One `Reading` per article, in the order of `articles`."""
    groups: dict[str, dict[int, tuple[int, int]]] = {}
    docs = tokens["doc_id"].tolist()
    numbers = tokens["sentence_id"].tolist()
    n = len(docs)
    first = 0
    for at in range(1, n + 1):
        if at == n or numbers[at] != numbers[first] or docs[at] != docs[first]:
            groups.setdefault(docs[first], {})[numbers[first]] = (first, at)
            first = at
    places: dict[str, dict[int, tuple[str, int]]] = {}
    m = len(sentences)
    for doc, number, part, paragraph in zip(
        sentences["doc_id"].tolist(),
        sentences["sentence_id"].tolist(),
        sentences["part"].tolist() if "part" in sentences else ["body"] * m,
        sentences["paragraph"].tolist() if "paragraph" in sentences else [0] * m,
        strict=True,
    ):
        where = (part if isinstance(part, str) else "body", paragraph)
        places.setdefault(doc, {})[number] = where
    columns: dict[str, list[Any]] = {c: tokens[c].tolist() for c in ("text", "tag", "start", "end")}
    for doc, text in zip(articles["doc_id"].tolist(), articles["text"].tolist(), strict=True):
        spans = groups.get(doc, {})
        ids = sorted(spans, key=lambda i: spans[i][0])
        a = min((spans[i][0] for i in ids), default=0)
        b = max((spans[i][1] for i in ids), default=0)
        tok, tag = columns["text"][a:b], columns["tag"][a:b]
        start, end = columns["start"][a:b], columns["end"][a:b]
        bounds = [(spans[i][0] - a, spans[i][1] - a) for i in ids]
        _join_initials(tok, tag, start, end, bounds)
        yield _read(
            Reading(
                doc_id=doc,
                text=text,
                tok=tok,
                low=[t.lower() for t in tok],
                tag=tag,
                start=start,
                end=end,
                bounds=bounds,
                sentence_ids=ids,
                parts=[places.get(doc, {}).get(i, ("body", 0))[0] for i in ids],
                paragraphs=[places.get(doc, {}).get(i, ("body", 0))[1] for i in ids],
            )
        )


def _join_initials(
    tok: list[str], tag: list[str], start: list[int], end: list[int],
    bounds: list[tuple[int, int]],
) -> None:  # fmt: skip
    """Put the dot back to an initial inside a sentence ("J" "." before another capital)."""
    dots = [
        k
        for k in range(1, len(tok) - 1)
        if tok[k] == "." and len(tok[k - 1]) == 1 and tok[k - 1].isupper()
        and start[k] == end[k - 1] and tok[k + 1][0].isupper()
    ]  # fmt: skip
    lasts = {b - 1 for _, b in bounds}
    dots = [k for k in dots if k not in lasts]
    if not dots:
        return
    for k in reversed(dots):
        tok[k - 1 : k + 1] = [tok[k - 1] + "."]
        tag[k - 1 : k + 1] = ["NNP"]
        start[k - 1 : k + 1] = [start[k - 1]]
        end[k - 1 : k + 1] = [end[k]]
    for i, (a, b) in enumerate(bounds):
        bounds[i] = (a - bisect_left(dots, a), b - bisect_left(dots, b))


def _read(doc: Reading) -> Reading:
    """Mark headlines, sentence openings and quotations; count what stands inside sentences."""
    tok, mid, lower = doc.tok, doc.mid, doc.lower
    doc.quoted = bytearray(len(tok))
    inside = False
    paragraph = -1
    for (a, b), part, number in zip(doc.bounds, doc.parts, doc.paragraphs, strict=True):
        if number != paragraph:
            # A mark that was never closed must not swallow the article.
            inside, paragraph = False, number
        caps = long = 0
        for t in tok[a:b]:
            if len(t) > 3 and t[0].isalpha():
                long += 1
                caps += t[0].isupper()
        ended = tok[b - 1] in (".", "”", '"', "?", "!")
        muted = caps >= _MUTED_SHARE * long and (
            (long >= 3 and part != "body") or (long >= 5 and caps >= 0.85 * long and not ended)
        )
        muted = muted or (long >= 4 and sum(t.isupper() for t in tok[a:b]) >= 0.7 * (b - a))
        doc.muted.append(muted)
        opening = True
        for k in range(a, b):
            t = tok[k]
            if t in _MARKS:
                inside = not inside if t == '"' else t in _OPEN
                opening = True
            elif t == "‘":
                opening = True
            if inside:
                doc.quoted[k] = 1
            c = t[0]
            if c.isupper():
                if opening:
                    doc.initial.add(k)
                elif not muted:
                    mid[t] = mid.get(t, 0) + 1
                opening = False
            elif c.isalpha():
                lower.add(t)
                opening = False
            elif t == ":" or (c in "-–—•*" and k == a):
                opening = True
    return doc
