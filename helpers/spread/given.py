"""Which attributions give a speaker words in the body of an article, and how many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.lenses.quotes import words_given
from helpers.made import kept
from helpers.spread.grid import Span
from helpers.spread.material import WORD, Material

FEW = 3
"""Words of which fewer, in a report, say nothing: boasts of “winning”."""
RUN = 8
"""Words in a row by which two quotations are the same."""
_PROGRAMME = re.compile(r"(?:\b(?:on|show|program|programme|series)|[’']s?)\s$")
_SMALL = lexicons.words("headline_small_words")


def attributions(m: Material) -> pd.DataFrame:
    """The attributions that give a speaker words in the body of an article, cut to those words."""
    rows = m.story.quotes
    rows = rows[rows["counted"] & (rows["form"] == "speech") & rows["doc_id"].isin([*m.articles])]
    rows = rows[np.array([not relayed for relayed in _relayed(rows)], dtype=bool)]
    rows = words_given(rows)
    short = rows["text"].str.count(r"\S+") < FEW
    rows = rows[(rows["kind"] == "direct") | ~short]
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end"))
    given = [
        m.part(doc, start) == "body"
        and not _is_title(m.articles[doc]["text"], start, end)
        for doc, start, end in zip(*columns, strict=True)
    ]
    rows = rows[np.array(given, dtype=bool)]
    unclear = rows["quote_id"].isin(kept(m.story, "_contested", lambda: _contested(m)))
    return rows.assign(
        actor=rows["actor"].mask(unclear), source=rows["source"].mask(unclear)
    )


def _contested(m: Material) -> frozenset[str]:
    """Quotations of which `RUN` words in a row are another's elsewhere, where here a pronoun stands
    or nothing: those of whom fewer articles hold to say them; of as many all."""
    rows = m.story.quotes.dropna(subset=["actor"])
    rows = rows[rows["counted"] & rows["kind"].isin(["direct", "mixed"])]
    columns = (rows[c].tolist() for c in ("quote_id", "actor", "source", "text"))
    said: dict[tuple[str, ...], set[tuple[str, str, bool]]] = {}
    for quote, actor, source, text in zip(*columns, strict=True):
        words = WORD.findall(text.lower())
        each = (quote, actor, _names(source, actor))
        for i in range(len(words) - RUN + 1):
            said.setdefault(tuple(words[i : i + RUN]), set()).add(each)
    found: set[str] = set()
    for sayings in said.values():
        if len({actor for _, actor, _ in sayings}) == 1:
            continue
        votes = Counter(actor for _, actor, is_named in sayings for _ in range(1 + is_named))
        most = max(votes.values())
        sure = {actor for actor, n in votes.items() if n == most}
        found.update(q for q, actor, is_named in sayings
                     if not is_named and sure != {actor})  # fmt: skip
    return frozenset(found)


def _names(source: object, actor: str) -> bool:
    """Whether a source is the speaker's name, or holds it."""
    return isinstance(source, str) and not set(actor.split()).isdisjoint(source.split())


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether words between marks are what a programme is called: on CBS’s “Face the Nation.”"""
    words = re.findall(r"[^\W\d_]+", text[start:end])
    named = 1 < len(words) < 5 and all(word[0].isupper() or word in _SMALL for word in words)
    return named and _PROGRAMME.search(text[max(start - 12, 0) : start]) is not None


def counted(m: Material, places: Sequence[Span]) -> dict[Span, int]:
    """The words of each place that no earlier one holds."""
    found: dict[Span, int] = {}
    over = 0
    for doc, start, end in sorted(places, key=lambda p: (p[1], -p[2])):
        start = max(start, over)
        if words := len(m.articles[doc]["text"][start:end].split()):
            found[doc, start, end] = words
        over = max(over, end)
    return found


def _relayed(rows: pd.DataFrame) -> list[bool]:
    """Which attributions hold another's quotation: "“No,” Orr said, according to a paper"."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "kind", "rule"))
    every = [*zip(*columns, strict=True)]
    for doc, start, end, kind, _ in every:
        if kind == "direct":
            quoted.setdefault(doc, []).append((start, end))
    return [
        rule == "according to" and any(start <= s and e < end for s, e in quoted.get(doc, ()))
        for doc, start, end, _, rule in every
    ]
