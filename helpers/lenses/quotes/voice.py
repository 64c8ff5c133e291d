"""Whose words a span is in: the author's, quoted, or reported. The quotes alone decide."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
import pandas as pd

from helpers.grammar.marks import outer
from helpers.lenses.quotes.rules import PHRASAL
from helpers.made import made_of_tables
from helpers.schema import needs

AUTHOR, REPORTED, QUOTED = 0, 1, 2
_NAMES = np.array(["author", "reported", "quoted"], dtype=object)


def add_voice(spans: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per row of ``spans``, with the columns `voice` and `speaker` filled.

    ``spans`` is any table with `doc_id`, `start` and `end`; its voice is the one that holds more
    than half of its characters: *quoted* between quotation marks, *reported* in a paraphrase, else
    the *author*'s. Where reports stand inside each other the inner one speaks. What is reported
    without a clause ("refused to go", "backs the deal") is told in the author's words. `speaker` is
    the actor of that attribution, missing in the author's voice and where no actor was decided.

    >>> spans = pd.DataFrame({"doc_id": ["a", "a"], "start": [1, 20], "end": [4, 24]})
    >>> quotes = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [9], "text": ["“No talks”"],
    ...                        "kind": ["direct"], "actor": ["Ann Hale"]})
    >>> add_voice(spans, quotes)[["voice", "speaker"]].fillna("").values.tolist()
    [['quoted', 'Ann Hale'], ['author', '']]
    """
    needs(spans, "doc_id", "start", "end", table="the table of spans")
    needs(quotes, "doc_id", "start", "end", "text", "kind", "actor", table="quotes")
    voice, speaker = _look_up(spans, *_segments_of(quotes))
    return spans.assign(
        voice=pd.Series(voice, index=spans.index, dtype="str"),
        speaker=pd.Series(speaker, index=spans.index, dtype="str"),
    )


def words_given(quotes: pd.DataFrame) -> pd.DataFrame:
    """One row per stretch of words that the text gives to a speaker, of the rows of ``quotes``.

    A report with a clause gives all of its content. Of what the author tells in words of the own
    ("vowed to stay", "dismissed the notion that …", "accused them of “fraud”"), and behind a name
    and a colon ("Hale: Win now"), only what stands between marks is the speaker's.
    """
    needs(quotes, "doc_id", "start", "end", "text", "kind", "rule", table="quotes")
    told = (quotes["rule"].isin(_NARRATED) & (quotes["kind"] != "direct")).tolist()
    rows = enumerate(zip(told, quotes["start"].tolist(), quotes["text"].tolist(), strict=True))
    pieces = [
        (i, start + a, start + b, text[a:b])
        for i, (cut, start, text) in rows
        if cut
        for a, b in outer(text)
    ]
    marked = quotes.iloc[[i for i, *_ in pieces]].assign(
        start=[start for _, start, _, _ in pieces],
        end=[end for *_, end, _ in pieces],
        text=[text for *_, text in pieces],
    ).astype({"start": "int64", "end": "int64", "text": "str"})
    given = pd.concat([quotes[[not each for each in told]], marked])
    return given.sort_values(["doc_id", "start"], kind="stable")


_NARRATED = PHRASAL | {"as", "objthat", "colon"}
"""Rules whose content the author words."""

Segments = tuple[dict[str, int], np.ndarray, np.ndarray, np.ndarray, list[Any], int]


@made_of_tables
def _segments_of(quotes: pd.DataFrame) -> Segments:
    """The stretches of the quotes, for which many tables ask."""
    if "rule" in quotes:
        told = quotes["rule"].isin(PHRASAL) & (quotes["kind"] == "indirect")
        quotes = quotes[~told]
    return _segments(quotes)


def _segments(quotes: pd.DataFrame) -> Segments:
    """Disjoint stretches of all articles laid end to end: begin, end, voice and speaker."""
    docs: dict[str, int] = {}
    rows: list[list[tuple[int, int, int, Any]]] = []
    longest = 1
    for doc, start, end, text, kind, actor in zip(
        quotes["doc_id"].tolist(), quotes["start"].tolist(), quotes["end"].tolist(),
        quotes["text"].tolist(), quotes["kind"].tolist(), quotes["actor"].tolist(), strict=True,
    ):  # fmt: skip
        if doc not in docs:
            docs[doc] = len(docs)
            rows.append([])
        here = rows[docs[doc]]
        longest = max(longest, end)
        here.append((start, end, QUOTED if kind == "direct" else REPORTED, actor))
        if kind == "mixed":
            here.extend((start + a, start + b, QUOTED, actor) for a, b in outer(text))
    begins: list[int] = []
    ends: list[int] = []
    voices: list[int] = []
    speakers: list[Any] = []
    width = longest + 1
    for number, here in enumerate(rows):
        bounds = sorted({p for a, b, *_ in here for p in (a, b)})
        voice = [AUTHOR] * len(bounds)
        speaker: list[Any] = [None] * len(bounds)
        here.sort(key=lambda r: (r[0] - r[1], r[2]))  # the longest first: inner ones paint over
        for a, b, kind, actor in here:
            i, j = bisect_left(bounds, a), bisect_left(bounds, b)
            voice[i:j] = [kind] * (j - i)
            speaker[i:j] = [actor] * (j - i)
        for k in range(len(bounds) - 1):
            if voice[k] != AUTHOR:
                begins.append(number * width + bounds[k])
                ends.append(number * width + bounds[k + 1])
                voices.append(voice[k])
                speakers.append(speaker[k])
    return (
        docs,
        np.array(begins, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(voices, dtype=np.int64),
        speakers,
        width,
    )


def _look_up(
    spans: pd.DataFrame,
    docs: dict[str, int],
    begins: np.ndarray,
    ends: np.ndarray,
    voices: np.ndarray,
    speakers: list[Any],
    width: int,
) -> tuple[np.ndarray, np.ndarray]:
    n = len(spans)
    who = np.full(n, None, dtype=object)
    number = spans["doc_id"].map(docs).to_numpy(dtype=float, na_value=-1.0).astype(np.int64)
    if not len(begins) or not n:
        return np.full(n, "author", dtype=object), who
    raw_start = np.minimum(spans["start"].to_numpy(dtype=np.int64), width - 1)
    raw_end = np.minimum(spans["end"].to_numpy(dtype=np.int64), width - 1)
    size = np.maximum(spans["end"].to_numpy(dtype=np.int64) - spans["start"].to_numpy(), 1)
    start, end = number * width + raw_start, number * width + raw_end
    held = []
    for kind in (REPORTED, QUOTED):
        total = np.concatenate([[0], np.cumsum(np.where(voices == kind, ends - begins, 0))])
        held.append(
            _covered(end, begins, ends, voices == kind, total)
            - _covered(start, begins, ends, voices == kind, total)
        )
    reported, quoted = held
    known = (number >= 0) & (2 * (reported + quoted) > size)
    voice = np.where(known, np.where(quoted >= reported, QUOTED, REPORTED), AUTHOR)
    # the speaker is that of the first stretch of this voice inside the span
    first = np.minimum(np.searchsorted(ends, start, side="right"), len(begins) - 1)
    named = np.array([*speakers, None], dtype=object)
    last = len(begins) - 1
    for _ in range(4):
        wrong = known & (voices[first] != voice) & (first < last) & (begins[first] < end)
        if not wrong.any():
            break
        first = np.where(wrong, np.minimum(first + 1, last), first)
    right = known & (voices[first] == voice) & (begins[first] < end)
    who[right] = named[first[right]]
    return _NAMES[voice], who


def _covered(
    position: np.ndarray,
    begins: np.ndarray,
    ends: np.ndarray,
    counts: np.ndarray,
    total: np.ndarray,
) -> np.ndarray:
    """Characters of the counted stretches that lie before each position."""
    index = np.searchsorted(begins, position, side="right")
    before = np.maximum(index - 1, 0)
    inside = np.minimum(position, ends[before]) - begins[before]
    partial = np.where((index > 0) & counts[before], inside, 0)
    return total[before] * (index > 0) + partial
