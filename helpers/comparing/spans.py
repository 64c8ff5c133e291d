"""Where a span stands: in whose voice, and in which sentence."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.grammar.token_codes import doc_numbers, places
from helpers.schema import needs

VOICE_CHOICES = ("author", "quoted", "reported", "all")
_MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_SPAN = 1 << 32  # one article's stretch on the common line of positions

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def voice_mask(spans: pd.DataFrame, quotes: pd.DataFrame | None, *, voice: str) -> Flags:
    """One flag per row of `spans`: whether its first character is in the voice asked for.

    Only the quotes are needed. The author's voice is everything outside their spans; "quoted" is
    inside a direct quotation or between the marks of a mixed one, "reported" is the paraphrase.
    A column `voice` that is already filled is believed.
    """
    if voice not in VOICE_CHOICES:
        raise ValueError(f"voice must be one of {', '.join(VOICE_CHOICES)}, not {voice!r}")
    known = "voice" in spans and bool(spans["voice"].notna().any())
    if voice == "all" or (quotes is None and not known):
        return np.ones(len(spans), dtype=bool)
    if known:
        return (spans["voice"] == voice).to_numpy(dtype=bool)
    assert quotes is not None
    needs(quotes, "doc_id", "start", "end", table="quotes")
    number, names = doc_numbers(spans)
    at = number * _SPAN + spans["start"].to_numpy(np.int64)
    # quotes of articles without a span lie behind everything
    base = places(quotes["doc_id"].tolist(), names) % (len(names) + 1) * _SPAN
    starts = base + quotes["start"].to_numpy(np.int64)
    ends = base + quotes["end"].to_numpy(np.int64)
    if voice == "author":
        return ~_inside(at, starts, ends)
    direct = (quotes["kind"] == "direct").to_numpy(dtype=bool)
    marked = _marked(quotes[~direct], starts[~direct])
    quoted = _inside(at, np.r_[starts[direct], marked[:, 0]], np.r_[ends[direct], marked[:, 1]])
    if voice == "quoted":
        return quoted
    return _inside(at, starts[~direct], ends[~direct]) & ~quoted


def _marked(quotes: pd.DataFrame, starts: Ints) -> Ints:
    """Where quotation marks stand inside a paraphrase: begin and end of every marked piece."""
    if "text" not in quotes:
        return np.zeros((0, 2), dtype=np.int64)
    found = [
        (begin + m.start(), begin + m.end())
        for text, begin in zip(quotes["text"].tolist(), starts.tolist(), strict=True)
        for m in _MARKED.finditer(text)
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _inside(at: Ints, starts: Ints, ends: Ints) -> Flags:
    """Whether each position lies in any of the half-open stretches, which may overlap."""
    if not len(starts):
        return np.zeros(len(at), dtype=bool)
    order = np.argsort(starts, kind="stable")
    opened, reach = starts[order], np.maximum.accumulate(ends[order])
    last = np.searchsorted(opened, at, side="right") - 1
    return (last >= 0) & (at < reach[np.maximum(last, 0)])


def sentence_rows(sentences: pd.DataFrame, spans: pd.DataFrame) -> Ints:
    """The row of `sentences` in which each span stands, -1 where there is none."""
    number, names = doc_numbers(spans)
    home, homes = doc_numbers(sentences)
    width = int(sentences["sentence_id"].max() if len(sentences) else 0) + 1
    place = np.full(len(homes) * width + 1, -1, dtype=np.int64)
    place[home * width + sentences["sentence_id"].to_numpy(np.int64)] = np.arange(len(sentences))
    doc = places(names, homes)[number] if len(spans) else number
    of = spans["sentence_id"].to_numpy(np.int64)
    return place[np.where((doc >= 0) & (of < width), doc * width + of, len(place) - 1)]
