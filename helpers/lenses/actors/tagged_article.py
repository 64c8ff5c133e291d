"""One article as plain lists: tokens, where its sentences begin, and what its capitals prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from helpers.grammar.clauses import Sentence
from helpers.grammar.document import documents

_MARKS = frozenset('"“”«»') | {"``", "''"}
_ENDS = frozenset({".", "”", '"', "?", "!", "''"})
_MUTED_SHARE = 0.6
"""From this share of capitalised long words a line's capitals say nothing (headlines)."""


@dataclass(slots=True)
class TaggedArticle:
    """One article: the token lists of its `Document`, and what its capitals prove."""

    doc_id: str
    text: str
    printed: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]
    sents: list[tuple[int, int]]
    """Token ranges of the sentences."""
    sentence_ids: list[int]
    parts: list[str]
    paragraphs: list[int]
    clauses: Callable[[int], Sentence]
    """The clauses of a sentence; its tokens count from the sentence's first."""
    muted: list[bool] = field(default_factory=list)
    """Of each sentence: whether its capitals say nothing, as those of most headlines."""
    openings: set[int] = field(default_factory=set)
    """Capitalised tokens that would have a capital anyway: they open a sentence or quotation."""
    capitals: list[int] = field(default_factory=list)
    """Tokens that begin with a capital."""
    quoted: bytearray = field(default_factory=bytearray)
    inside_counts: dict[str, int] = field(default_factory=dict)
    """How often a word has a capital where only names have one: inside sentences."""
    spellings: set[str] = field(default_factory=set)
    """The words as they are written; a name whose small letters are among them is a usual word."""


def tagged_articles(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> Iterator[TaggedArticle]:
    """One `TaggedArticle` per article, in the order of `articles`."""
    for document in documents(articles, sentences, tokens):
        yield _marked(
            TaggedArticle(
                doc_id=document.doc_id,
                text=document.text,
                printed=document.printed,
                words=document.words,
                lower=document.lower,
                tags=document.tags,
                starts=document.starts,
                ends=document.ends,
                sents=document.sents,
                sentence_ids=document.sentence_ids,
                parts=document.parts,
                paragraphs=document.paragraphs,
                clauses=document.clauses,
                quoted=document.quoted[:-1],
            )
        )


def _marked(doc: TaggedArticle) -> TaggedArticle:
    """Mark headlines and sentence openings; count what stands inside sentences."""
    tok = doc.words
    doc.spellings = set(tok)
    capitals = {word for word in doc.spellings if word[0].isupper()}
    doc.capitals = [k for k, t in enumerate(tok) if t in capitals]
    for (a, b), part in zip(doc.sents, doc.parts, strict=True):
        muted = False
        if part != "body" or tok[b - 1] not in _ENDS or tok[a].isupper():
            muted = _is_muted(tok[a:b], part)
        doc.muted.append(muted)
    sentence = 0
    sents, muted_at, counts = doc.sents, doc.muted, doc.inside_counts
    for k in doc.capitals:
        while k >= sents[sentence][1]:
            sentence += 1
        if _opening(tok, k, sents[sentence][0]):
            doc.openings.add(k)
        elif not muted_at[sentence]:
            counts[tok[k]] = counts.get(tok[k], 0) + 1
    return doc


def _is_muted(words: list[str], part: str) -> bool:
    """Whether a line's capitals say nothing: a headline in Title Anaphor or a line in CAPITALS."""
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
