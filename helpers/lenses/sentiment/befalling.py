"""What befalls a target: harm or benefit that is done or happens to it, by the verbs of `agency`.

Being killed, sued or sanctioned says nothing of what is thought of somebody
(``data/codebooks/evaluation.md``); told apart, it is a misfortune and no verdict.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import lexicons, schema
from helpers.grammar.clauses import Sentence

HARM, NONE, BENEFIT = "harm", "none", "benefit"
_MISFORTUNES = lexicons.words("nouns_of_misfortune")
_STRIKES = lexicons.words("nouns_of_strikes")
_BLAME = ("accuse", "criticise")
_PRAISE = ("praise",)
_AT_LAW = lexicons.words("verbs_at_law")
"""Verbs of blaming that tell a step at law: an event."""


def befalling(mentions: pd.DataFrame, agency: pd.DataFrame) -> pd.DataFrame:
    """One row per row of ``mentions``, with its index: ``befalls``, ``speaks`` and ``blamed``.

    ``befalls`` is harm, benefit or none: whether something bad or good is told as done or as
    happening to the mention (``befalling.csv``); what is denied, wished or only possible is none,
    and of both the harm counts. ``speaks`` is whether it is the one who says or does the blaming,
    ``blamed`` -1 where it is blamed or criticised by a verb, 1 where it is praised, else 0.
    """
    schema.needs(mentions, "doc_id", "start", table="mentions")
    schema.needs(agency, "doc_id", "mention_start", "role", "predicate", "process", "group",
                 "negated", "hypothetical", table="agency")  # fmt: skip
    told = agency[~agency["negated"].astype(bool) & ~agency["hypothetical"].astype(bool)]
    pairs = zip(told["predicate"], told["role"], strict=True)
    befalls = pd.Series([_listed().get(pair, NONE) for pair in pairs], told.index, dtype="str")
    speaks = agency[(agency["role"] == "agent") & (agency["process"] == "verbal")]
    place = pd.MultiIndex.from_frame(mentions[["doc_id", "start"]])
    found = pd.Series(NONE, mentions.index, dtype="str")
    for value in (BENEFIT, HARM):
        found[_at(place, told[befalls == value])] = value
    done_to = told[(told["role"] == "patient") & ~told["predicate"].isin(_AT_LAW)]
    praised = _at(place, done_to[done_to["group"].isin(_PRAISE)]).astype(np.int64)
    blamed = _at(place, done_to[done_to["group"].isin(_BLAME)]).astype(np.int64)
    columns = {"befalls": found, "speaks": _at(place, speaks), "blamed": praised - blamed}
    return pd.DataFrame(columns, index=mentions.index)


def hit_by_noun(s: Sentence, a: int, b: int, *, person: bool = True) -> bool:
    """Whether a noun tells harm to the target, tokens ``a`` to ``b``.

    "His *death*", "Hale's *arrest*", "the *funeral* of Hale"; of persons "the Hale *killing*".
    """
    c = next((j for j in range(len(s.kinds)) if s.starts[j] <= a < s.ends[j]), -1)
    if c < 0 or s.kinds[c] != "G":
        return False
    end = s.ends[c]
    head = s.words[end - 1].lower()
    if b < end:
        owns = s.letters[b] == "S" or s.tags[b - 1] == "PRP$"
        if s.kinds[c + 1 : c + 2] == "f":
            return False  # "Hale's killing of Doran"
        return head in (_MISFORTUNES if owns else _STRIKES) and (owns or person)
    governor = c - 2
    of = governor >= 0 and s.kinds[c - 1] == "f" and s.kinds[governor] == "G"
    return of and s.head(governor) in _MISFORTUNES


def _at(place: pd.MultiIndex, rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each place has one of the rows."""
    return place.isin(pd.MultiIndex.from_frame(rows[["doc_id", "mention_start"]]))


@cache
def _listed() -> dict[tuple[str, str], str]:
    table = lexicons.load("befalling")
    rows = zip(table["verb"], table["role"], table["befalls"], strict=True)
    return {(verb, role): befalls for verb, role, befalls in rows}
