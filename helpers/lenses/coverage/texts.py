"""Which of the sentences that tell a thing are one text: an agency's, or one that several print."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from helpers.origin import JOINER, WIRE, agency_of

RUN = 4
"""Words in a run."""
LEAST_WORDS = 8
"""Fewer words outside quotation marks may be alike by chance: what is quoted, anybody may quote."""
ONE_TEXT = 0.6
"""Share of the shorter sentence's runs in the other one from which both are one text."""

_MARKED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_WORD = re.compile(r"\w+")


def sources(articles: pd.DataFrame) -> dict[str, str]:
    """Whose text each article (by doc_id) is: the agency's where it is one, else the outlet's."""
    found = {}
    for row in articles.to_dict("records"):
        wire = row.get("origin") == WIRE and isinstance(row.get("shared_with"), str)
        first = str(row["shared_with"]).split(JOINER)[0] if wire else str(row["outlet"])
        found[str(row["doc_id"])] = agency_of(first) or first
    return found


def independent(told: Sequence[tuple[str, str]]) -> int:
    """How many texts the sentences are of, each with its source.

    >>> same = "The envoys left the hall by a side door on Monday and spoke to nobody"
    >>> independent([("Post", same), ("Ledger", same + "."), ("Wire", "The envoys said nothing.")])
    2
    """
    groups: list[tuple[set[str], list[set[tuple[str, ...]]]]] = []
    for source, text in told:
        runs = _runs(text)
        mine = [g for g in groups if source in g[0] or any(_one(runs, r) for r in g[1])]
        groups = [g for g in groups if g not in mine]
        names = {source}.union(*(g[0] for g in mine))
        groups.append((names, [runs, *(r for g in mine for r in g[1])]))
    return len(groups)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(_MARKED.sub(" ", text).lower())
    if len(words) < LEAST_WORDS:
        return set()
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _one(first: set[tuple[str, ...]], second: set[tuple[str, ...]]) -> bool:
    few = min(len(first), len(second))
    return few > 0 and len(first & second) >= ONE_TEXT * few
