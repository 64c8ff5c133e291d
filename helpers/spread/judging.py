"""Words with which a side judges in its own voice, by whom they stand beside."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from helpers import lexicons
from helpers.spread.grid import Column, Entry, Row, Span
from helpers.spread.material import Material

SHOWN = 4
"""Actors of one cell, those of most words first."""
WORDS = 6
"""Words beside one actor that are shown."""
_WITHIN = re.compile(r"(?:[’']s)?(?:\s+[\w’'-]+){0,3}\s+")
"""Between an owner and the word: his own other words, without a break."""
_OF = re.compile(r"\s+(?:(?:of|by)\s+)?(?:the\s+)?")
_GOVERNED = re.compile(r"\b(?:of|by|for|to|from|with|on|against|and|at|in)\s+(?:the\s+)?$", re.I)
"""An actor behind these is no subject."""
_CLAUSE = re.compile(r"(?:\s+[\w’'-]+){1,9}\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def judgements(m: Material, doc_ids: Sequence[str]) -> list[tuple[Span, int]]:
    """Every judging word in the outlet's own voice, and its polarity (1 or -1)."""
    rows = lexicons.load("judging_words").query("kind == 'word'")
    polarity = {w: int(p) for w, p in zip(rows["word"], rows["polarity"], strict=True)}
    found = []
    for doc in doc_ids:
        text = m.articles[doc]["text"]
        for start, end, part in m.sentences(doc) if doc in m.own else ():
            if part == "boilerplate":
                continue
            for word in _WORD.finditer(text, start, end):
                sign = polarity.get(word[0].lower())
                if sign is not None:
                    found.append(((doc, word.start(), word.end()), sign))
    mine = m.in_own_voice([span for span, _ in found])
    return [one for one, is_mine in zip(found, mine, strict=True) if is_mine]


def judged(m: Material, columns: Sequence[Column], *, of: Collection[str]) -> Row:
    """Whom each side judges with which words, in its own voice, for the actors ``of``.

    A word is said of the doer of the verb that it is, of whom it belongs to ("X’s brutal plan",
    "the brutality of X", "reckless X"), and of a subject that goes before it without a break ("X is
    reckless", "X chose a course of brinkmanship"). Of anything else nothing is guessed.
    """
    doers = _doers(m)
    cells = []
    for column in columns:
        places: dict[str, dict[Span, int]] = {}
        for span, sign in judgements(m, column.doc_ids):
            who = _doer(span, doers) or _owner(m, span)
            if who in of:
                places.setdefault(who, {})[span] = sign
        order = sorted(places, key=lambda who: (-len(places[who]), who))
        cells.append(tuple(_entry(m, who, places[who]) for who in order[:SHOWN]))
    note = "its own judging words, by the actor they are read of: check these"
    return Row("Whom it judges", tuple(cells), note=note, empty="no word found")


def _doers(m: Material) -> dict[str, list[tuple[int, int, str]]]:
    """doc_id → first character and end of each verb, and who does it."""
    rows = m.story.agency
    rows = rows[rows["role"] == "agent"]
    columns = (rows[c].tolist() for c in ("doc_id", "verb_start", "verb_end", "actor"))
    found: dict[str, list[tuple[int, int, str]]] = {}
    for doc, start, end, actor in zip(*columns, strict=True):
        found.setdefault(doc, []).append((start, end, actor))
    return found


def _doer(span: Span, doers: Mapping[str, Sequence[tuple[int, int, str]]]) -> str:
    doc, start, end = span
    return next((who for s, e, who in doers.get(doc, ()) if s <= start and end <= e), "")


def _owner(m: Material, span: Span) -> str:
    """The actor to whom a word belongs, or whose predicate it is; empty where neither is plain."""
    doc, start, end = span
    low, high = m.sentence(doc, start)
    text = m.articles[doc]["text"]
    before = [found for found in m.mentions(doc) if low <= found[0] and found[1] <= start]
    behind = [found for found in m.mentions(doc) if end <= found[0] and found[1] <= high]
    for _, stop, actor in reversed(before):
        between = text[stop:start]
        owns = text[:stop].endswith(("’s", "'s")) or between.startswith(("’s", "'s"))
        if owns and _WITHIN.fullmatch(between):
            return actor
    if behind and _OF.fullmatch(text[end : behind[0][0]]):
        return behind[0][2]
    for first, stop, actor in reversed(before):
        if not _GOVERNED.search(text[low:first]) and _CLAUSE.fullmatch(text[stop:start]):
            return actor
    return ""


def _entry(m: Material, who: str, places: Mapping[Span, int]) -> Entry:
    words = list(dict.fromkeys(m.text(place).lower() for place in places))
    listed = ", ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")
    signs = set(places.values())
    tone = "critical" if signs == {-1} else "approving" if signs == {1} else "both ways"
    return Entry((("plain", f"{who}:"), ("mark", listed)), tuple(places), tone)
