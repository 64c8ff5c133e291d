"""What is installed from a wheel works in a folder of its own, without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree that a wheel holds."""
    place = tmp_path_factory.mktemp("built")
    made = subprocess.run(
        [sys.executable, "setup.py", "-q", "egg_info", "-e", place, "build", "-b", place],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return place / "lib"


def test_all_requirements_are_needed_or_of_the_extra_for_the_lab(installed: Path) -> None:
    told = next(installed.parent.glob("*.egg-info")) / "requires.txt"
    needed, *extras = told.read_text(encoding="utf-8").split("\n\n[")
    lab = next(part for part in extras if part.startswith("lab]")).splitlines()[1:]
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    asked = {str(Requirement(line)) for line in lines if line and not line.startswith("#")}
    assert {str(Requirement(line)) for line in (*needed.split(), *filter(None, lab))} == asked


def test_a_report_is_made_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    articles = tmp_path / "ferry"
    articles.mkdir()
    (articles / "a.txt").write_text("Ferry sinks\n\nAda Orr said the ferry was safe.\n")
    environment = os.environ | {"PYTHONPATH": str(installed), "PARALLAX_SENTIMENT": "linear"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "helpers", "report", "ferry"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for file in (tmp_path / "build" / "ferry" / "notebooks").glob("*.ipynb"):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            assert not [o for o in cell.get("outputs", []) if o.get("name") == "stderr"], file.name
    written = {path.name for path in (tmp_path / "build" / "ferry").iterdir()}
    assert {"briefing.html", "method.html", "tables", "notebooks"} <= written


def test_lists_models_and_the_shipped_story_are_in_it(installed: Path) -> None:
    inside = installed / "helpers" / "installed"
    for part in ("data/lexicons", "data/models", "data/stories/us-iran-2019", "jupyter"):
        ours = {p.relative_to(ROOT) for p in (ROOT / part).rglob("*") if p.is_file()}
        theirs = {p.relative_to(inside) for p in (inside / part).rglob("*") if p.is_file()}
        assert theirs == ours
