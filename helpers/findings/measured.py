"""How often what is told of a kind is right, as it was measured: the figure beside the claim."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.findings.finding import Finding
from helpers.paths import DATA

FILE = DATA / "measured.csv"
"""One row per kind of claim: right, of how many, what was looked at; from docs/accuracy.md."""
ENOUGH = 0.85
"""Share of a kind's rows that must be right for it to be told as found."""


MEASURED_AS = {
    "framing-agency": "agency",
    "framing-frame": "frames",
    "framing-naming": "names",
    "framing-": "",
}
"""Beginning of a claim's id → the kind under which its lens was measured; else its topic is it."""


def kind_of(claim: Finding) -> str:
    """The kind under which a claim's lens was measured; empty where words are only counted."""
    return next((k for i, k in MEASURED_AS.items() if claim.claim_id.startswith(i)), claim.topic)


@cache
def _figures() -> dict[str, tuple[int, int, str]]:
    table = pd.read_csv(FILE, dtype={"kind": str, "what": str})
    columns = (table[c].tolist() for c in ("kind", "right", "of", "what"))
    return {kind: (right, of, what) for kind, right, of, what in zip(*columns, strict=True)}


def is_sure(kind: str) -> bool:
    """Whether a kind was measured, and right often enough."""
    right, of, _ = _figures().get(kind, (0, 1, ""))
    return right / of >= ENOUGH


def in_short(kind: str) -> str:
    """The figure in a few words, for small print.

    >>> in_short("actors"), in_short("blame")
    ('80 of 90 right when checked', '48 of 60 right when checked: read them')
    """
    right, of, _ = _figures()[kind]
    return f"{right} of {of} right when checked{'' if is_sure(kind) else ': read them'}"


def how_right(kind: str) -> str:
    """The figure in a sentence; that it is to be checked where it is low or was not measured.

    >>> how_right("actors")
    'Of 90 mentions checked by outside readers, 80 were right.'
    >>> how_right("blame")
    'Of 60 judging words checked by hand, 48 were right: read the sentences before you use it.'
    """
    if kind not in _figures():
        return "Read the sentences of both sides before you use it."
    right, of, what = _figures()[kind]
    advice = "" if is_sure(kind) else ": read the sentences before you use it"
    return f"Of {of} {what}, {right} were right{advice}."
