"""Headline against body: whom and which frame the headline stresses more than the article does.

A headline is one sentence, written last, often by somebody else, and read by most. Its share of
headlines that name an actor (or carry a frame) is set against the share of body sentences that
do, article by article.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from helpers.comparing.events import comparable
from helpers.lenses.frames import CARRIES, frames, told_frames
from helpers.schema import make, needs
from helpers.segment import tokenize
from helpers.statistics import MIN_ARTICLES, problem, ratio_interval

LEAST_ARTICLES = 3  # an actor must be in so many articles to be compared
COLUMNS = [
    "outlet",
    "kind",
    "item",
    "headlines",
    "articles",
    "share_headline",
    "share_body",
    "difference",
    "low",
    "high",
    "descriptive",
]


def headlines(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per article with a headline: doc_id, outlet, headline, start, end.

    The headline that stands in the text has its place; a title that is only in the metadata has
    none. Articles without either have no row.
    """
    needs(sentences, "doc_id", "start", "end", "text", "part", table="sentences")
    first = sentences[sentences["part"] == "headline"].drop_duplicates("doc_id")
    placed = {
        doc: (text, start, end)
        for doc, text, start, end in zip(
            first["doc_id"], first["text"], first["start"], first["end"], strict=True
        )
    }
    titles = articles["title"] if "title" in articles else [None] * len(articles)
    rows: list[tuple[Any, ...]] = []
    for doc, outlet, title in zip(articles["doc_id"], articles["outlet"], titles, strict=True):
        if doc in placed:
            text, start, end = placed[doc]
            rows.append((doc, outlet, text, start, end))
        elif not pd.isna(title) and str(title).strip():
            rows.append((doc, outlet, str(title).strip(), None, None))
    table = pd.DataFrame(rows, columns=["doc_id", "outlet", "headline", "start", "end"])
    texts = {"doc_id": "str", "outlet": "str", "headline": "str"}
    return table.astype({**texts, "start": "Int64", "end": "Int64"})


def headline_items(
    heads: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> dict[str, dict[str, set[str]]]:
    """For each article, the actors its headline names and the frames it carries.

    An actor is named where any of the words that stand for it in the article does; the frames
    come from the cues of the codebook.
    """
    found: dict[str, dict[str, set[str]]] = {
        doc: {"actor": set(), "frame": set()} for doc in heads["doc_id"].tolist()
    }
    for doc, frame in _frames_of(heads):
        found[doc]["frame"].add(frame)
    if mentions is None or mentions.empty:
        return found
    known = mentions[mentions["actor"].notna() & (mentions["kind"] != "pronoun")]
    names = known.drop_duplicates(["doc_id", "text", "actor"])
    by_doc: dict[str, list[tuple[str, str]]] = {}
    for doc, text, actor in zip(names["doc_id"], names["text"], names["actor"], strict=True):
        by_doc.setdefault(doc, []).append((text, actor))
    for doc, headline in zip(heads["doc_id"].tolist(), heads["headline"].tolist(), strict=True):
        for text, actor in by_doc.get(doc, []):
            if text in headline and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", headline):
                found[doc]["actor"].add(actor)
    return found


def _frames_of(heads: pd.DataFrame) -> list[tuple[str, str]]:
    """(article, frame) for every headline that carries a frame."""
    sentences, tokens = [], []
    for doc, text in zip(heads["doc_id"].tolist(), heads["headline"].tolist(), strict=True):
        sentences.append((doc, 0, 0, len(text), text, 0, "headline"))
        tokens += [(doc, 0, a, b, text[a:b], "") for a, b in tokenize(text)]
    columns = ["doc_id", "sentence_id", "start", "end", "text"]
    hits = frames(
        make("sentences", pd.DataFrame(sentences, columns=[*columns, "paragraph", "part"])),
        make("tokens", pd.DataFrame(tokens, columns=[*columns, "tag"])),
    )
    return list(dict.fromkeys(zip(hits["doc_id"].tolist(), hits["frame"].tolist(), strict=True)))


def headline_against_body(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    hits: pd.DataFrame | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per outlet × actor or frame: share of its headlines against share of its bodies.

    `hits` is the table `frames`. Columns: outlet, kind (actor, frame), item, headlines (how many
    have it), articles, share_headline, share_body (mean share of body sentences), difference
    with its interval over articles, descriptive (fewer than 4 articles: no interval). Actors
    in fewer than three articles of the story are left out.
    """
    notes = problems if problems is not None else []
    compared = comparable(articles, notes, voice="author")
    heads = headlines(compared, sentences)
    if heads.empty:
        notes.append(
            problem("articles", "no article has a headline or a title", "headlines are left out")
        )
        return pd.DataFrame(columns=COLUMNS)
    items = headline_items(heads, mentions)
    shares = _body_shares(sentences, mentions, hits)
    wanted = [("frame", frame) for frame in told_frames()] if hits is not None else []
    wanted += [("actor", actor) for actor in _frequent_actors(mentions, set(items))]
    rows: list[dict[str, Any]] = []
    if not wanted:
        return pd.DataFrame(columns=COLUMNS)
    for outlet, group in heads.groupby("outlet", sort=True):
        docs = group["doc_id"].tolist()
        head = np.array([[item in items[doc][kind] for kind, item in wanted] for doc in docs])
        body = np.array([[shares.get((doc, *of), 0.0) for of in wanted] for doc in docs])
        seen = np.flatnonzero(head.any(axis=0) | body.any(axis=0)).tolist()
        gap = (head.astype(float) - body)[:, seen]
        value, low, high = ratio_interval(gap, np.ones(len(docs)))
        for place, column in enumerate(seen):
            kind, item = wanted[column]
            rows.append(
                {
                    "outlet": outlet,
                    "kind": kind,
                    "item": item,
                    "headlines": int(head[:, column].sum()),
                    "articles": len(docs),
                    "share_headline": float(head[:, column].mean()),
                    "share_body": float(body[:, column].mean()),
                    "difference": float(value[place]),
                    "low": float(low[place]),
                    "high": float(high[place]),
                    "descriptive": len(docs) < MIN_ARTICLES,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def places(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    hits: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per headline, or body sentence, that has an actor or frame: what is compared.

    Columns: outlet, kind, item, part (headline, body), doc_id, start, end. A title that stands
    in the metadata alone leads to the first sentence of its article; every headline has a row
    without an item besides, so that all can be counted.
    """
    heads = headlines(comparable(articles, voice="author"), sentences)
    items = headline_items(heads, mentions)
    first = sentences.drop_duplicates("doc_id").set_index("doc_id")
    rows: list[tuple[Any, ...]] = []
    for doc, outlet, start, end in heads[["doc_id", "outlet", "start", "end"]].itertuples(
        index=False, name=None
    ):
        where = (start, end) if not pd.isna(start) else tuple(first.loc[doc, ["start", "end"]])
        rows.append((outlet, "", "", "headline", doc, *where))
        for kind, found in items[doc].items():
            rows += [(outlet, kind, item, "headline", doc, *where) for item in sorted(found)]
    columns = ["outlet", "kind", "item", "part", "doc_id", "start", "end"]
    outlets = dict(zip(heads["doc_id"], heads["outlet"], strict=True))
    body = sentences.loc[sentences["part"] == "body", ["doc_id", "sentence_id", "start", "end"]]
    told = [pd.DataFrame(rows, columns=columns)]
    for kind, column, table in _carriers(mentions, hits):
        once = table[["doc_id", "sentence_id", column]].drop_duplicates()
        there = once.merge(body, on=["doc_id", "sentence_id"]).rename(columns={column: "item"})
        there = there.assign(kind=kind, part="body", outlet=there["doc_id"].map(outlets))
        told.append(there.dropna(subset=["outlet"])[columns])
    return pd.concat(told, ignore_index=True)


def _body_shares(
    sentences: pd.DataFrame, mentions: pd.DataFrame | None, hits: pd.DataFrame | None
) -> dict[tuple[str, str, str], float]:
    """(article, kind, item) → share of the article's body sentences that have the item."""
    body = sentences.loc[sentences["part"] == "body", ["doc_id", "sentence_id"]]
    size = body.groupby("doc_id").size()
    shares: dict[tuple[str, str, str], float] = {}
    for kind, column, table in _carriers(mentions, hits):
        once = table[["doc_id", "sentence_id", column]].drop_duplicates()
        counts = once.merge(body, on=["doc_id", "sentence_id"]).groupby(["doc_id", column]).size()
        for doc, item, n in counts.rename("n").reset_index().itertuples(index=False, name=None):
            shares[doc, kind, item] = n / size[doc]
    return shares


def _carriers(
    mentions: pd.DataFrame | None, hits: pd.DataFrame | None
) -> list[tuple[str, str, pd.DataFrame]]:
    """Of each kind of item, its column and the rows whose sentences have it."""
    tables: list[tuple[str, str, pd.DataFrame]] = []
    if mentions is not None:
        tables.append(("actor", "actor", mentions[mentions["actor"].notna()]))
    if hits is not None:
        weight = hits["weight"] if "weight" in hits else pd.Series(CARRIES, index=hits.index)
        sums = hits.assign(weight=weight).groupby(["doc_id", "sentence_id", "frame"])["weight"]
        strong = sums.sum().loc[lambda s: s >= CARRIES].reset_index()
        tables.append(("frame", "frame", strong))
    return tables


def _frequent_actors(mentions: pd.DataFrame | None, docs: set[str]) -> list[str]:
    if mentions is None or mentions.empty:
        return []
    known = mentions[mentions["actor"].notna() & mentions["doc_id"].isin(sorted(docs))]
    spread = known.groupby("actor")["doc_id"].nunique()
    least = min(LEAST_ARTICLES, max(len(docs) // 2, 1))
    return sorted(spread[spread >= least].index)
