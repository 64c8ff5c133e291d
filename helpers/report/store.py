"""The articles and the places behind numbers, as the page's scripts read them.

The text of the articles stands once in a page for its scripts, packed; a number holds offsets into
it. So ten thousand numbers can open their sentences without a sentence being written twice.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from helpers.reader.text import Shown
from helpers.wording import clean

if TYPE_CHECKING:
    import pandas as pd

_LEVEL = 7
_NO_SYSTEM = b"\xff"
"""Of compression: half the time of the highest, for one hundredth more bytes."""


def packed_articles(
    records: Iterable[Mapping[str, Any]],
    sentences: pd.DataFrame | None,
    docs: Mapping[str, str],
    *,
    shown: Mapping[str, Shown] | None = None,
) -> str:
    """The articles of a page (`reader.records`) by their anchors, as base64 of gzipped JSON.

    One record each: ``a`` anchor, ``d`` doc_id, ``o`` outlet, ``p`` date, ``t`` title, ``u``
    address, ``x`` text, and ``s`` the sentences' starts and ends in turn, each less the one before.
    Offsets count characters of Unicode, as everywhere in the tables. For the page that prints the
    articles there are also ``shown``, what something points at in each (doc_id → span → links
    back, ``k``), and the marks: ``b`` begin, ``h`` head, ``g`` headings, ``n`` names, ``q`` said,
    ``m`` named, ``j`` judging, the last three in one row of numbers each (`_flat`).
    """
    bounds: dict[str, list[int]] = {}
    if sentences is not None:
        columns = (sentences[c].tolist() for c in ("doc_id", "start", "end"))
        for doc_id, start, end in zip(*columns, strict=True):
            bounds.setdefault(doc_id, []).extend((start, end))
    made = []
    for each in records:
        doc_id = each["doc_id"]
        made.append(
            {
                "a": docs[doc_id],
                "d": doc_id,
                "o": each["outlet"] or "unknown",
                "p": each["published"] or "undated",
                "t": each["title"] or doc_id,
                "u": each["url"],
                "x": each["text"],
                "s": _steps(bounds.get(doc_id, [])),
            }
            | ({} if shown is None else _marked(each, shown.get(doc_id, {})))
        )
    return packed(made)


def _marked(record: Mapping[str, Any], shown: Shown) -> dict[str, Any]:
    marks = record["marks"]
    return {
        "b": record["begin"],
        "h": record["head"],
        "g": record["headings"],
        "n": marks["names"],
        "q": _flat(marks["said"]),
        "m": _flat(marks["named"]),
        "j": _flat(marks["judging"]),
        "k": [[start, end, links] for (start, end), links in sorted(shown.items())],
    }


def _flat(rows: Iterable[Sequence[int]]) -> list[int]:
    """Rows of start, end and more in one: the start less the one before, the length, the rest.

    >>> _flat([(3, 9, 0), (10, 12, 1)])
    [3, 6, 0, 7, 2, 1]
    """
    made, at = [], 0
    for start, end, *rest in sorted(rows, key=itemgetter(0, 1)):
        made += [start - at, end - start, *rest]
        at = start
    return made


def packed(value: Any) -> str:
    """A value as base64 of gzipped JSON, the same bytes from the same value."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    data = gzip.compress(text.encode("utf-8", "replace"), compresslevel=_LEVEL, mtime=0)
    # The tenth byte names a system, which Python 3.13 writes as unknown and the others as Unix.
    return base64.b64encode(data[:9] + _NO_SYSTEM + data[10:]).decode("ascii")


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


def _steps(numbers: Sequence[int]) -> list[int]:
    return [b - a for a, b in zip([0, *numbers[:-1]], numbers, strict=True)] if numbers else []
