"""The shipped story against its hand-marked gold: the figures printed in the docs, and floors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def shipped():  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import shipped_story

        yield shipped_story
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def found(shipped):  # type: ignore[no-untyped-def]
    return shipped.measure()


def test_the_page_of_accuracy_prints_what_is_measured(shipped, found) -> None:  # type: ignore[no-untyped-def]
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert shipped.table(found) in page, "run: python benchmarks/shipped_story.py --write"


def test_no_figure_falls_below_what_was_reached(found) -> None:  # type: ignore[no-untyped-def]
    worse = [
        s for s in found
        if (100 * s.value > s.floor if s.at_most else 100 * s.value < s.floor)
    ]  # fmt: skip
    assert not worse
