"""The articles and the places behind numbers, as the page's scripts read them.

The text of the articles stands once in a page for its scripts, packed; a number holds offsets into
it. So ten thousand numbers can open their sentences without a sentence being written twice.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.reader import web_address
from helpers.wording import clean, is_missing

if TYPE_CHECKING:
    import pandas as pd


def packed_articles(
    articles: pd.DataFrame, sentences: pd.DataFrame | None, docs: Mapping[str, str]
) -> str:
    """The articles of a page by their anchors, as base64 of gzipped JSON.

    One record each: ``a`` anchor, ``d`` doc_id, ``o`` outlet, ``p`` date, ``t`` title, ``u``
    address, ``x`` text, and ``s`` the sentences' starts and ends in turn, each less the one before.
    Offsets count characters of Unicode, as everywhere in the tables.
    """
    bounds: dict[str, list[int]] = {}
    if sentences is not None:
        columns = (sentences[c].tolist() for c in ("doc_id", "start", "end"))
        for doc_id, start, end in zip(*columns, strict=True):
            bounds.setdefault(doc_id, []).extend((start, end))
    made = [
        {
            "a": docs[row["doc_id"]],
            "d": str(row["doc_id"]),
            "o": _words(row.get("outlet"), "unknown", 80),
            "p": _words(row.get("published"), "undated", 40),
            "t": _words(row.get("title"), str(row["doc_id"]), 200),
            "u": web_address(row.get("url")),
            "x": "" if is_missing(row["text"]) else str(row["text"]),
            "s": _steps(bounds.get(row["doc_id"], [])),
        }
        for row in articles.to_dict("records")
        if row["doc_id"] in docs
    ]
    return packed(made)


def packed(value: Any) -> str:
    """A value as base64 of gzipped JSON, the same bytes from the same value."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    data = gzip.compress(text.encode("utf-8", "replace"), compresslevel=9, mtime=0)
    return base64.b64encode(data).decode("ascii")


def led(data: Mapping[str, Any], docs: Mapping[str, str]) -> dict[str, Any]:
    """Places and numbers as the page holds them: articles by anchor, those not printed by name.

    Numbers are small where each is told from the one before, and small ones pack to half the size:
    of a place ("gap length") how far it begins behind the end of the last, of the places behind a
    number ("gap" or "gap-further") how far behind the last one.
    """
    return {
        "p": [
            [docs[doc_id], _close(held)]
            if doc_id in docs
            else ["", _close(held), clean(doc_id, 120)]
            for doc_id, held in data["places"].items()
        ],
        "r": [[_gaps(counted), _gaps(rest)] for counted, rest in data["refs"]],
    }


def _close(places: str) -> str:
    """Spans by the gap before each and its length.

    >>> _close("0-9 12-20 15-21")
    '0 9 3 8 -5 6'
    """
    ends = [tuple(map(int, place.split("-"))) for place in places.split()]
    before = [0, *(end for _, end in ends[:-1])]
    return " ".join(f"{a - last} {b - a}" for (a, b), last in zip(ends, before, strict=True))


def _gaps(numbers: str) -> str:
    """Rising numbers and runs of them (`leads.runs`), each by its distance from the last.

    >>> _gaps("3-5,7,7,12")
    '3-2,2,0,5'
    """
    made, last = [], 0
    for run in filter(None, numbers.split(",")):
        first, _, end = run.partition("-")
        further = int(end or first) - int(first)
        made.append(f"{int(first) - last}-{further}" if further else str(int(first) - last))
        last = int(end or first)
    return ",".join(made)


def _words(value: Any, otherwise: str, limit: int) -> str:
    return clean(otherwise if is_missing(value) or not str(value) else value, limit)


def _steps(numbers: Sequence[int]) -> list[int]:
    return [b - a for a, b in zip([0, *numbers[:-1]], numbers, strict=True)] if numbers else []
