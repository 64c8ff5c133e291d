"""What the documents name exists, and what they say of the tables is what the tables are."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "data" / "README.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")
NAMED = re.compile(r"`((?:notebooks|helpers|data|tests|docs|scripts|benchmarks)/[\w./*-]*)`")
COMMAND = re.compile(r"python3 run\.py ([a-z]+[^`#\n|]*)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_linked_and_named_files_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [t for t in LINK.findall(text) if not re.match(r"[a-z]+:", t)]
    lost = [t for t in links if not (document.parent / t).exists()]
    lost += [t for t in NAMED.findall(text) if not list(ROOT.glob(t.rstrip("/")))]
    assert not lost


def commands(text: str) -> list[list[str]]:
    return [shlex.split(found) for found in COMMAND.findall(text)]


def test_the_commands_of_the_readme_exist_with_their_options() -> None:
    from click.testing import CliRunner

    from helpers.__main__ import cli

    found = commands((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {c[0] for c in found} >= {"report", "test", "check", "tables", "lab", "actors"}
    run = (ROOT / "run.py").read_text(encoding="utf-8")
    for name, *rest in found:
        assert f'"{name}"' in run, f"run.py knows no command {name}"
        options = {w.split("=")[0] for w in rest if w.startswith("--")}
        if name != "test":
            shown = CliRunner().invoke(cli, [name, "--help"]).output
            assert all(option in shown for option in options), (name, options)


def test_elsewhere_the_same_is_installed_and_run() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert commands(container["postCreateCommand"]) == [["report"]]
    assert f"{container['postCreateCommand']} " in readme
    binder = ROOT / "binder"
    version = container["image"].partition(":")[2]
    assert (binder / "runtime.txt").read_text("utf-8") == f"python-{version}\n"
    named = re.findall(r"^-[rc] (\S+)$", (binder / "requirements.txt").read_text("utf-8"), re.M)
    assert [(binder / name).resolve() for name in named] == [ROOT / "requirements.lock"]
    script = (binder / "postBuild").read_text("utf-8")
    options = re.search(r"return \[(.*), ROOT\]", (ROOT / "run.py").read_text("utf-8"))
    assert options
    told = " ".join(re.findall(r'"([^"]+)"', options[1]))
    assert f"pip install {told} ." in script
    assert "python -m helpers.lab" in script
    subprocess.run(["bash", "-n", binder / "postBuild"], check=True)
    cell = readme.partition("!pip install")[2].partition("```")[0]
    assert commands(cell) == [["report"]]
    ast.parse(cell.partition("\n")[2])


def test_the_page_of_tables_is_written_from_the_schema() -> None:
    spec = importlib.util.spec_from_file_location(
        "write_table_docs", ROOT / "scripts" / "write_table_docs.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == module.document(), "run: python scripts/write_table_docs.py"
