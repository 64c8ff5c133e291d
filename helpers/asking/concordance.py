"""A phrase in its contexts (keyword in context, KWIC), each place with outlet, day and voice."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.asking.selection import pattern
from helpers.lenses import quotes as quotes_lens
from helpers.wording import clean

COLUMNS = (
    "outlet", "published", "before", "match", "after", "voice", "speaker", "title", "doc_id",
    "start", "end",
)  # fmt: skip


def find(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    quotes: pd.DataFrame,
    phrase: Any,
    *,
    case: bool = False,
    width: int = 60,
) -> pd.DataFrame:
    """One row per place of ``phrase`` (`selection.pattern`), in the order of the articles.

    ``start`` and ``end`` are offsets into ``articles.text``; ``before`` and ``after`` are at most
    ``width`` characters of the article, on one line. A place that begins in one sentence and ends
    in another is not found.
    """
    meant = pattern(phrase, case=case)
    known = articles.drop_duplicates("doc_id").set_index("doc_id")
    texts = known["text"].to_dict()
    rows = []
    searched = sentences[sentences["part"] != "boilerplate"]
    columns = (searched[c].tolist() for c in ("doc_id", "start", "text", "part"))
    for doc_id, at, text, part in zip(*columns, strict=True):
        for found in meant.finditer(text):
            start, end = at + found.start(), at + found.end()
            if start == end:
                continue
            whole = texts[doc_id]
            # Around a headline stand lines of metadata, which are no context.
            low, high = (at, at + len(text)) if part == "headline" else (0, len(whole))
            before = clean(whole[max(low, start - 2 * width) : start])[-width:]
            after = clean(whole[end : min(high, end + 2 * width)])[:width]
            rows.append((doc_id, start, end, before, clean(whole[start:end]), after))
    table = pd.DataFrame(rows, columns=["doc_id", "start", "end", "before", "match", "after"])
    for column in ("doc_id", "before", "match", "after"):
        table[column] = table[column].astype("str")
    for column in ("start", "end"):
        table[column] = table[column].astype("int64")
    table = quotes_lens.add_voice(table, quotes)
    for column in ("outlet", "title"):
        table[column] = table["doc_id"].map(known[column]).astype("str")
    table["published"] = pd.to_datetime(table["doc_id"].map(known["published"]), errors="coerce")
    return table[[*COLUMNS]]
