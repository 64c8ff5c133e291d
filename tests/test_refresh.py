"""Refreshing the notebooks runs only those that read something which has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.report import NotebookFailed, execute, refresh

SKIPPED = "not executed: nothing that it uses has changed"
SAME = "executed: as before"
CHANGED = "executed: changed"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two notebooks, of which both use one module, and one a second module and a folder of data."""
    for name, content in {
        "helpers/__init__.py": "",
        "helpers/shared.py": "VALUE = 1\n"
        "def used():\n    return VALUE\n"
        "class Box:\n    def open(self):\n        return 1\n"
        "    def never(self):\n        return 1\n",
        "helpers/words.py": "from pathlib import Path\n"
        "def words(): return [f.read_text() for f in sorted(Path('../data').glob('*.csv'))]",
        "helpers/unused.py": "",
        "data/a.csv": "one",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content)
    (tmp_path / "notebooks").mkdir()
    write(tmp_path / "notebooks" / "01-a.ipynb", "from helpers.shared import used\nused()")
    write(tmp_path / "notebooks" / "02-b.ipynb", "import helpers.shared\nhelpers.shared.VALUE > 0",
          "from helpers.words import words\nwords()")  # fmt: skip
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    monkeypatch.setattr(refresh, "RECORD", tmp_path / "build" / "notebooks.json")
    monkeypatch.setattr(execute, "ROOT", tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


def write(file: Path, *sources: str) -> None:
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells), file)


def run(project: Path, **options: Any) -> list[str]:
    files = sorted((project / "notebooks").glob("*.ipynb"))
    return list(refresh.refresh(files, **options).values())


def change(project: Path, before: str, after: str) -> None:
    file = project / "helpers" / "shared.py"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


@pytest.mark.slow
def test_only_what_a_change_can_alter_runs(project: Path) -> None:
    assert run(project) == [CHANGED, CHANGED]
    assert run(project) == [SKIPPED, SKIPPED]
    assert run(project, everything=True) == [SAME, SAME]

    (project / "helpers" / "unused.py").write_text("VALUE = 2")
    (project / "helpers" / "new.py").write_text("")
    assert run(project) == [SKIPPED, SKIPPED]

    before = (project / "notebooks" / "02-b.ipynb").stat().st_mtime_ns
    change(project, "VALUE = 1", "VALUE = 22")
    assert run(project) == [CHANGED, SAME]
    assert (project / "notebooks" / "02-b.ipynb").stat().st_mtime_ns == before, "not written"

    (project / "data" / "b.csv").write_text("two")
    assert run(project) == [SKIPPED, CHANGED]
    (project / "data" / "b.csv").write_text("three")
    assert run(project) == [SKIPPED, CHANGED]
    (project / "data" / "b.csv").unlink()
    assert run(project) == [SKIPPED, CHANGED]

    write(project / "notebooks" / "01-a.ipynb", "1 + 1")
    assert run(project) == [CHANGED, SKIPPED]
    change(project, "VALUE = 22", "VALUE = 333")
    assert run(project) == [SKIPPED, SAME], "what a notebook read before counts no more"


@pytest.mark.slow
def test_of_a_module_only_what_a_notebook_calls_counts(project: Path) -> None:
    write(project / "notebooks" / "02-b.ipynb", "from helpers.shared import Box\nBox().open()")
    assert run(project) == [CHANGED, CHANGED]
    for before, after, expected in (
        ("    return VALUE", "    # a comment\n\n    return VALUE", [SKIPPED, SKIPPED]),
        ("never(self):\n        return 1", "never(self):\n        return 12", [SKIPPED, SKIPPED]),
        ("    return VALUE", "    return VALUE + 10", [CHANGED, SKIPPED]),
        ("open(self):\n        return 1", "open(self):\n        return 123", [SKIPPED, CHANGED]),
        ("def never(self)", "def never(self, more=0)", [SAME, SAME]),
        ("VALUE = 1", "NEW = VALUE = 1", [SAME, SAME]),
        ("class Box:", "class Box:\n    def __repr__(self):\n        return ''", [SAME, SAME]),
    ):
        change(project, before, after)
        assert run(project) == expected, after
    change(project, "class Box:", "class Box")
    with pytest.raises(NotebookFailed):
        run(project)


@pytest.mark.slow
def test_a_record_that_tells_nothing_runs_all(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project)
    refresh.RECORD.write_text("{")
    assert run(project) == [SAME, SAME]
    refresh.RECORD.write_text('{"01-a": {"files": {}}, "02-b": {}}')
    assert run(project) == [SAME, SAME]
    monkeypatch.setattr(refresh, "environment", lambda: "another")
    assert run(project) == [SAME, SAME]
    record = json.loads(refresh.RECORD.read_text())
    assert record["02-b"]["files"].keys() == {
        "notebooks/02-b.ipynb", "helpers/__init__.py", "helpers/shared.py", "helpers/words.py",
        "data", "data/a.csv",
    }  # fmt: skip


def test_what_runs_the_notebooks_counts_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = refresh.environment()
    assert {p.name for p in refresh._RUNNERS} == {
        "execute.py", "notebook_form.py", "refresh.py", "watch.py",
    }  # fmt: skip
    (tmp_path / "execute.py").write_text("")
    monkeypatch.setattr(refresh, "_RUNNERS", (tmp_path / "execute.py",))
    assert refresh.environment() != before


def test_only_files_of_the_project_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    for folder in ("helpers/__pycache__", "data/.cache", "build", ".venv", "data/words"):
        (tmp_path / folder).mkdir(parents=True)
    names = ["helpers", "helpers/a.py", "helpers/__pycache__/a.pyc", "data/.cache/x", "data/words",
             "data/gone.csv", "build/x.csv", ".venv/lib.py", "."]  # fmt: skip
    found = refresh.ours([str(tmp_path / name) for name in names] + ["/etc/hosts"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "data/gone.csv", "data/words", "helpers/a.py",
    ]  # fmt: skip
    assert refresh.fingerprint(tmp_path / "data" / "gone.csv") == {"bytes": "missing"}
