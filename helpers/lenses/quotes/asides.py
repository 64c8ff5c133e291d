"""Phrases of time and place that may stand between a verb and what it takes."""

from __future__ import annotations

import re

from helpers.grammar.document import Document
from helpers.grammar.letters import PHRASE
from helpers.lexicons import listed, words

_ASIDE = re.compile(
    rf"(?:R|P|It?(?:{PHRASE})(?:&(?:{PHRASE}))?(?:t(?:{PHRASE}))?|It?g(?:{PHRASE})?|I(?=[,:]))+"
)
_OPENING = words("content_openers")
_TIMES = words("days") | words("relative_days") | words("time_adverbs")


def _one_of(*classes: str) -> str:
    """A pattern for one word of the classes."""
    return f"(?:{'|'.join(re.escape(word) for name in classes for word in listed(name))})"


_TIME = re.compile(
    rf"(?:{_one_of('time_leads')}\s)*"
    rf"(?:{_one_of('days', 'relative_days')}|"
    rf"{_one_of('time_determiners')} {_one_of('time_stretches')})"
    rf"(?:\s{_one_of('day_parts')})?(?=\s|$|,)|"
    rf"\w+ {_one_of('time_stretches')}s? (?:ago|earlier|later)(?=\s|$|,)"
)


def skip_time(doc: Document, p: int, end: int) -> int:
    """Past a time at token ``p``: "on Monday", "late last night"."""
    if doc.lower[p] not in _TIMES and doc.code[p] not in "IDJNRC":
        return p
    last = min(end, p + 4)
    stretch = " ".join(doc.lower[p:last])
    found = _TIME.match(stretch)
    if found is None:
        return p
    past = p + found.group().count(" ") + 1
    return p if doc.code[past : past + 1] == "S" else past  # "Thursday's protests"


def skip_asides(doc: Document, p: int, end: int) -> int:
    """Past phrases of place and time that stand between a verb and its content."""
    for _ in range(4):
        q = skip_time(doc, p, end) if p < end else p
        if q == p:
            found = _ASIDE.match(doc.code, p, end)
            if found is None or doc.lower[p] in _OPENING:
                return p
            q = found.end()
        p = q
    return p
