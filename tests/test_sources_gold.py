"""Kinds and camps of sources against the statements that were marked by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benchmarks.sources import ROWS, _score, compared
from helpers.spread.voices import KINDS

PAIRS = [("official", "official"), ("expert/not said", "not said"), ("official", "not said")]


def test_a_score_counts_what_is_said() -> None:
    assert tuple(_score([*PAIRS, ("not said", "witness")])) == (1, 2, 2)


def test_marks_are_of_known_kinds() -> None:
    rows = list(csv.DictReader(ROWS.read_text("utf-8").splitlines()))
    assert len(rows) == 60
    assert {kind for row in rows for kind in row["kind"].split("/")} <= set(KINDS)


@pytest.mark.slow
@pytest.mark.shared
def test_kinds_and_camps_of_real_statements(shared: Path) -> None:
    found = compared(shared)
    assert found["kind"].right >= 0.85 * found["kind"].said >= 20
    assert found["camp"].right >= 0.7 * found["camp"].said >= 13
