"""Commit hooks and the workflow run what the README says, on the Pythons that run.py supports."""

from __future__ import annotations

import re
import runpy
import shlex
import tomllib
from pathlib import Path
from typing import Any

import yaml

from helpers.paths import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "two-commands.yml"
RUN = runpy.run_path(str(ROOT / "run.py"), run_name="run")


def job() -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    assert len(jobs) == 1
    return dict(jobs.popitem()[1])


def hooks() -> list[dict[str, Any]]:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (repository,) = yaml.safe_load(text)["repos"]
    assert repository["repo"] == "local"
    return list(repository["hooks"])


def test_the_workflow_runs_the_two_commands_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.split("## Two commands")[1].split("```")[1]
    commands = [line.split("#")[0].strip() for line in block.strip().splitlines()]
    assert commands == [step["run"] for step in job()["steps"] if "run" in step]
    assert len(commands) == 2


def test_the_workflow_runs_on_the_oldest_and_the_newest_python() -> None:
    versions = job()["strategy"]["matrix"]["python"]
    ends = [".".join(map(str, RUN[name])) for name in ("MINIMUM", "TESTED")]
    assert versions == ends
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == f">={ends[0]}"
    assert project["tool"]["mypy"]["python_version"] == ends[0]
    assert project["tool"]["ruff"]["target-version"] == "py" + ends[0].replace(".", "")


def test_actions_are_fixed_to_a_version_and_the_report_is_kept() -> None:
    uses = [step["uses"] for step in job()["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", name) for name in uses)
    (kept,) = [step["with"] for step in job()["steps"] if "upload-artifact" in step.get("uses", "")]
    assert kept["path"] == "build/us-iran-2019/"


def test_the_hooks_are_the_gates_of_run_py() -> None:
    commands = {hook["stages"][0]: shlex.split(hook["entry"]) for hook in hooks()}
    assert all(c[:3] == ["python3", "run.py", "test"] for c in commands.values())
    assert commands["pre-push"] == ["python3", "run.py", "test"]
    _, options = RUN["parser"]().parse_known_args(commands["pre-commit"][2:])
    assert options == ["-m", "not slow and not shared"]
    markers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert {m.split(":")[0] for m in markers["markers"]} == {"slow", "shared"}


def test_the_types_are_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "py.typed" in project["tool"]["setuptools"]["package-data"]["helpers"]
    assert Path(ROOT, "helpers", "py.typed").read_bytes() == b""


def test_git_keeps_line_ends_and_bytes() -> None:
    rules = {
        words[0]: words[1:]
        for line in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
        if (words := line.split()) and not line.startswith("#")
    }
    assert rules["*"] == ["text=auto", "eol=lf"]
    assert "binary" in rules["*.npz"]
    kinds = {p.suffix for p in (ROOT / "data").rglob("*.*") if b"\0" in p.read_bytes()[:8000]}
    assert kinds <= {rule[1:] for rule, words in rules.items() if "binary" in words}
