"""The committed notebooks: executed, silent on stderr, and of the anatomy a reader can rely on."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
QUESTIONS = FOLDER / "00-your-question.ipynb"
"""Answers by hand, for people to change: no part of a report, and of another anatomy."""
NAMES = [
    "00-your-question", "01-corpus", "02-actors", "03-sentiment", "04-quotes", "05-framing",
    "06-briefing", "07-check",
]  # fmt: skip


def cells(path: Path, kind: str | None = None) -> list[dict[str, Any]]:
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [c for c in found if kind in (None, c["cell_type"])]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_the_notebooks_are_there() -> None:
    assert [p.stem for p in NOTEBOOKS] == NAMES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestNotebook:
    def test_every_code_cell_was_executed_in_order(self, path: Path) -> None:
        counts = [c["execution_count"] for c in cells(path, "code")]
        assert counts == list(range(1, len(counts) + 1))

    def test_nothing_went_to_stderr_and_nothing_failed(self, path: Path) -> None:
        outputs = [o for c in cells(path, "code") for o in c["outputs"]]
        assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]

    def test_cells_are_named_by_people(self, path: Path) -> None:
        names = [c["id"] for c in cells(path)]
        assert all(re.fullmatch(r"[a-z][a-z-]{2,30}", n) for n in names), names

    def test_the_title_is_a_question(self, path: Path) -> None:
        assert source(cells(path)[0]).splitlines()[0].endswith("?")

    def test_one_parameters_cell_chooses_the_story_near_the_top(self, path: Path) -> None:
        tagged = [
            i for i, c in enumerate(cells(path)) if "parameters" in c["metadata"].get("tags", [])
        ]
        assert tagged
        assert tagged == [2]
        assert source(cells(path)[2]).startswith('STORY = story_name("us-iran-2019")')

    def test_code_is_short_and_defines_nothing(self, path: Path) -> None:
        code = [source(c) for c in cells(path, "code")]
        assert not [c for c in code if re.search(r"^\s*(def|class) ", c, re.MULTILINE)]
        assert 10 <= len(code) <= 34
        assert statistics.median(len(c.splitlines()) for c in code) <= 3

    def test_no_path_of_a_machine_is_in_it(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|Users|tmp|work)/", text)
        assert not re.search(r"<[\w.]+ object at 0x", text)


@pytest.mark.parametrize("path", NOTEBOOKS[1:], ids=lambda p: p.stem)
class TestReported:
    def test_it_has_its_method_its_failure_its_check_its_limits_and_saves(self, path: Path) -> None:
        names = {c["id"] for c in cells(path)}
        assert {"title", "story", "answer", "check", "limits", "save"} <= names
        assert path.stem == "06-briefing" or {"method", "method-wrong"} <= names

    def test_figures_and_tables_are_structured(self, path: Path) -> None:
        kinds = {k for c in cells(path, "code") for o in c["outputs"] for k in o.get("data", {})}
        assert "application/vnd.parallax.table+json" in kinds
        assert "application/vnd.parallax.reading+json" in kinds
        assert path.stem == "06-briefing" or "application/vnd.plotly.v1+json" in kinds


def test_each_question_is_answered_in_two_lines() -> None:
    answers = cells(QUESTIONS, "code")[3:]
    assert len(answers) == 12
    assert max(len(source(c).splitlines()) for c in answers) == 2
    assert all(c["outputs"] for c in answers)
