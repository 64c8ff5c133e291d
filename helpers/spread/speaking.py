"""Who speaks on each side, with how many words, and who is left without a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from helpers import lexicons
from helpers.spread.grid import Column, Entry, Row, Span, plain
from helpers.spread.material import Material, frame_of
from helpers.wording import clean, count, is_missing, number

SHOWN = 5
"""Speakers of one side; the others are counted."""
LONGEST = 60
_NOBODY = lexicons.words("words_for_no_speaker")
_DOCUMENTS = lexicons.words("document_nouns")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def speakers(m: Material, columns: Sequence[Column]) -> Row:
    """The speakers of each side by the words that are given to them, quoted or reported."""
    speech = m.story.quotes
    speech = speech[speech["counted"] & (speech["form"] == "speech")]
    cells = [_cell(frame_of(speech, column.doc_ids)) for column in columns]
    return Row("Who speaks", tuple(cells), note="words given", empty="nobody")


def _cell(rows: pd.DataFrame) -> tuple[Entry, ...]:
    spans: dict[tuple[str, bool], dict[Span, int]] = {}
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "text", "actor", "source",
                                          "anonymous"))  # fmt: skip
    for doc, start, end, text, actor, source, anonymous in zip(*columns, strict=True):
        who = speaker(actor, source)
        unnamed = bool(anonymous) and bool(who) and is_missing(actor)
        who = who if unnamed or is_speaker(who) else ""
        spans.setdefault((who, unnamed), {})[doc, start, end] = len(str(text).split())
    order = sorted(spans, key=lambda who: (who[0] == "", -sum(spans[who].values()), who))
    entries = [
        plain(
            name or "speaker not clear",
            at=sorted(spans[name, unnamed]),
            note=_note(sum(spans[name, unnamed].values()), unnamed),
        )
        for name, unnamed in order[:SHOWN]
    ]
    if rest := order[SHOWN:]:
        words = sum(sum(spans[who].values()) for who in rest)
        places = sorted(place for who in rest for place in spans[who])
        more = f"and {count(len(rest), 'more speaker')}"
        entries.append(plain(more, at=places, note=_note(words, False)))
    return tuple(entries)


def speaker(actor: object, source: object) -> str:
    """The speaker as a reader knows him: the actor, else the words of the text; empty if unclear.

    >>> speaker("Ann Orr", "she"), speaker(None, "a senior aide"), speaker(None, "he")
    ('Ann Orr', 'a senior aide', '')
    """
    if not is_missing(actor):
        return clean(actor, LONGEST)
    words = "" if is_missing(source) else clean(source, LONGEST)
    return words if _LETTERS.search(words) and words.lower() not in _NOBODY else ""


def is_speaker(words: str) -> bool:
    """Whether words name somebody or a document; anything else was hardly the speaker.

    >>> [is_speaker(w) for w in ("Ann Orr", "the report", "confidence and poise")]
    [True, True, False]
    """
    return any(w[:1].isupper() or w in _DOCUMENTS for w in words.split())


def _note(words: int, unnamed: bool) -> str:
    return f"{number(words)}{', unnamed' if unnamed else ''}"
