"""Shares from counts of several facts at once.

How often something is so is counted fact by fact: of the cases with a value, how many there were,
how many came true, and how many were expected to from the facts counted before. The ratio of the
two odds says what the value adds; where a value is rare it is drawn towards adding nothing. A
share is the product of the odds of its facts. (Indirect standardisation, as in tables of
mortality: observed against expected.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from helpers import lexicons

PRIOR = 4.0
"""Expected hits that every value is given on top of its own, at most `MOST` cases."""
MOST = 80.0

Facts = tuple[str, ...]
"""The value of each fact of a question, in the question's order."""


def ratio(n: float, hits: float, expected: float) -> float:
    """What a value adds to the log odds: of ``n`` cases ``hits`` came true, ``expected`` were to.

    >>> round(ratio(200, 90, 50), 1), round(ratio(2, 2, 0.5), 1)
    (0.8, 0.4)
    """
    mean = min(max(expected / n, 1e-4), 1 - 1e-4)
    more = min(PRIOR / mean, MOST)
    odds = (hits + more * mean) / (n - hits + more * (1 - mean))
    return math.log(odds * (1 - mean) / mean)


class Counted:
    """The facts that were counted for one question."""

    def __init__(self, rows: Iterable[tuple[str, str, float, float, float]]) -> None:
        """``rows``: fact, value, n, hits, expected; the facts in the order they were counted."""
        self.start = 0.0
        self._ratios: dict[str, dict[str, float]] = {}
        for fact, value, n, hits, expected in rows:
            if fact == "all":
                self.start = math.log(hits / (n - hits))
            else:
                self._ratios.setdefault(fact, {})[value] = ratio(n, hits, expected)
        self.tables = tuple(self._ratios.values())
        self.known = frozenset(self.tables[0]) if self.tables else frozenset[str]()
        """The values of the first fact."""

    def share(self, facts: Facts, start: float | None = None) -> float:
        """How often it is so, given the value of each fact; ``start`` in log odds."""
        total = self.start if start is None else start
        for table, value in zip(self.tables, facts, strict=True):
            total += table.get(value, 0.0)
        return 1 / (1 + math.exp(-total))


@cache
def counted(question: str) -> Counted:
    """The counts of ``question`` (ends, reports) in ``data/lexicons/reporting_facts.csv``."""
    table = lexicons.load("reporting_facts")
    table = table[table["question"] == question]
    return Counted(
        zip(
            table["fact"], table["value"].fillna(""), table["n"].astype(int),
            table["n_true"].astype(int), table["expected"].astype(float), strict=True,
        )
    )  # fmt: skip
