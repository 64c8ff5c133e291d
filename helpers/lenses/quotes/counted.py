"""Shares from counts of several facts at once.

How often something is so is counted fact by fact: of the cases with a value, how many there were
and how many came true. A value's odds, against those of the group it belongs to, say what it adds;
where it is rare it is drawn towards adding nothing. Since the facts overlap, each adds only with a
weight: a logistic regression over the log odds that naive Bayes would add up (Hand and Yu 2001).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from helpers import lexicons

PRIOR = 4.0
"""Expected hits that every value is given on top of its own, at most `MOST` cases."""
MOST = 80.0
CONSTANT, FIRST = "constant", "start"
"""What weighs in beside the facts: a constant, and the log odds that a case starts from."""

Facts = tuple[str, ...]
"""The value of each fact of a question, in the question's order."""


def ratio(n: int, hits: int, share: float) -> float:
    """What a value adds to the log odds: of ``n`` cases ``hits`` came true, ``share`` in its group.

    >>> round(ratio(200, 90, 0.25), 1), round(ratio(2, 2, 0.25), 1)
    (0.8, 0.4)
    """
    mean = min(max(share, 1e-4), 1 - 1e-4)
    more = min(PRIOR / mean, MOST)
    odds = (hits + more * mean) / (n - hits + more * (1 - mean))
    return math.log(odds * (1 - mean) / mean)


class Counted:
    """The facts that were counted for one question."""

    def __init__(
        self, rows: Iterable[tuple[str, str, int, int]], weights: Mapping[str, float]
    ) -> None:
        """``rows``: fact, value, n, hits; first "all", then the facts in their order.

        ``weights`` of the facts but the first, of `FIRST` and of `CONSTANT`; 1 (0 for the
        constant) where there is none.

        The values of the first fact are groups. Values of later facts that begin with a group's
        name and " | " are held against that group, all others against all cases.
        """
        self.start = overall = 0.0
        self._constant, self._first = weights.get(CONSTANT, 0.0), weights.get(FIRST, 1.0)
        self._ratios: dict[str, dict[str, float]] = {}
        groups: dict[str, float] = {}
        for fact, value, n, hits in rows:
            if fact == "all":
                overall = hits / n
                self.start = math.log(hits / (n - hits))
                continue
            table = self._ratios.setdefault(fact, {})
            if len(self._ratios) == 1:
                groups[value] = hits / n
                table[value] = ratio(n, hits, overall)
            else:
                share = groups.get(value.partition(" | ")[0], overall)
                table[value] = weights.get(fact, 1.0) * ratio(n, hits, share)
        self.tables = tuple(self._ratios.values())
        self._gains = tuple(table.get for table in self.tables[1:])
        self.known = frozenset(self.tables[0]) if self.tables else frozenset[str]()
        """The values of the first fact."""

    def log_odds(self, facts: Facts) -> float:
        """Those of the group that the first fact names."""
        return self.start + self.tables[0].get(facts[0], 0.0)

    def share(self, facts: Facts, start: float | None = None) -> float:
        """How often it is so, given the value of each fact.

        ``start``, in log odds, takes the place of what the groups of the first fact say.
        """
        total = self._constant + self._first * (self.log_odds(facts) if start is None else start)
        for gain, value in zip(self._gains, facts[1:], strict=True):
            total += gain(value, 0.0)
        return 1 / (1 + math.exp(-total))


@cache
def counted(question: str) -> Counted:
    """The counts of ``question`` (ends, reports) in ``data/lexicons/en/reporting_facts.csv``."""
    table, weights = (
        found[found["question"] == question].fillna("")
        for found in map(lexicons.load, ("reporting_facts", "reporting_weights"))
    )
    counts = table["n"].astype(int), table["n_true"].astype(int)
    rows = zip(table["fact"], table["value"], *counts, strict=True)
    known = zip(weights["fact"], weights["weight"].astype(float), strict=True)
    return Counted(rows, dict(known))
