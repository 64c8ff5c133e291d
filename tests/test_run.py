"""run.py: sets up once, survives interruption, and says what to do where it cannot."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py in a folder of its own, with calls noted instead of made; all of them succeed."""
    folder = tmp_path / "a path with spaces"
    folder.mkdir()
    for name in ("run.py", "requirements.txt", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    spec = importlib.util.spec_from_file_location("run_under_test", folder / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    calls: list[list[str]] = []

    def call(command: list[str], **_: Any) -> int:
        calls.append(command)
        if command[1:3] == ["-m", "venv"] or command[1:2] == ["venv"]:
            python = Path(module.PYTHON)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return int(module.failing(command))

    module.calls = calls  # type: ignore[attr-defined]
    module.failing = lambda command: False  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "call", call)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return module


def steps(run: ModuleType) -> list[str]:
    """What was called, in words."""
    named = []
    for command in run.calls:
        if command[1] == "-c":
            named.append("probe")
            continue
        known = [name for word, name in _STEPS.items() if word in command]
        named.append(known[0] if known else "uv venv" if "venv" in command else "?")
    run.calls.clear()
    return named


_STEPS = {"-e": "itself", "-r": "install", "helpers.lab": "jupyter",
          "helpers": "helpers",
          "ruff": "ruff", "mypy": "mypy", "pytest": "pytest", "-m": "venv"}  # fmt: skip


def test_first_run_sets_up_and_the_second_does_not(run: ModuleType) -> None:
    assert run.main(["check", "folder"]) == 0
    assert steps(run) == ["venv", "install", "itself", "jupyter", "helpers"]
    assert run.main(["check", "folder"]) == 0
    assert steps(run) == ["helpers"]


def test_a_changed_requirements_file_installs_again(run: ModuleType) -> None:
    run.main(["check", "folder"])
    steps(run)
    file = Path(run.ROOT, "requirements.txt")
    file.write_text(file.read_text() + "# changed\n")
    run.main(["check", "folder"])
    assert steps(run) == ["probe", "install", "itself", "jupyter", "helpers"]


def test_test_installs_the_development_requirements_once(run: ModuleType) -> None:
    run.main(["check", "folder"])
    steps(run)
    assert run.main(["test"]) == 0
    assert steps(run) == ["probe", "install", "itself", "jupyter", "ruff", "mypy", "pytest"]
    run.main(["test"])
    run.main(["check", "folder"])
    assert steps(run) == ["ruff", "mypy", "pytest", "helpers"]


@pytest.mark.parametrize("step", ["venv", "-r", "-e"])
def test_an_interrupted_install_is_done_again(run: ModuleType, step: str) -> None:
    def interrupt(command: list[str]) -> bool:
        if step in command:
            raise KeyboardInterrupt
        return False

    run.failing = interrupt  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        run.main(["check", "folder"])
    assert not Path(run.STAMP).exists()
    steps(run)
    run.failing = lambda command: False  # type: ignore[attr-defined]
    assert run.main(["check", "folder"]) == 0
    assert steps(run)[-4:] == ["install", "itself", "jupyter", "helpers"]


@pytest.mark.parametrize("stamp", ["", "[]", "{broken", "\0"])
def test_a_broken_stamp_is_no_stamp(run: ModuleType, stamp: str) -> None:
    run.main(["check", "folder"])
    Path(run.STAMP).write_text(stamp)
    steps(run)
    run.main(["check", "folder"])
    assert "install" in steps(run)


def test_an_environment_that_was_moved_is_set_up_again(run: ModuleType) -> None:
    run.main(["check", "folder"])
    steps(run)
    stamp = json.loads(Path(run.STAMP).read_text())
    Path(run.STAMP).write_text(json.dumps(stamp | {"root": "/elsewhere"}))
    run.main(["check", "folder"])
    assert "itself" in steps(run)


def test_uv_is_used_where_it_is(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/uv")
    run.main(["check", "folder"])
    assert all(c[0] == "/opt/uv" for c in run.calls[:-2])
    assert all("copy" in c for c in run.calls if "pip" in c)  # NLTK opens no hard links
    assert steps(run) == ["uv venv", "install", "itself", "jupyter", "helpers"]


def test_pip_steps_in_where_uv_fails(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/uv")
    run.failing = lambda command: command[:2] == ["/opt/uv", "pip"]  # type: ignore[attr-defined]
    assert run.main(["check", "folder"]) == 0
    assert steps(run)[-4:] == ["install", "itself", "jupyter", "helpers"]


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_parts_of_python_are_named(
    run: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else real(name)
    )
    assert run.main(["check", "folder"]) == 1
    said = capsys.readouterr().err
    assert f"its module {missing} is missing" in said
    assert "sudo apt install python3" in said


def test_a_failed_install_is_told_and_leaves_no_stamp(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    run.failing = lambda command: "-r" in command  # type: ignore[attr-defined]
    assert run.main(["check", "folder"]) == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not Path(run.STAMP).exists()


def test_a_failing_check_fails_the_test_command(run: ModuleType) -> None:
    run.failing = lambda command: "mypy" in command  # type: ignore[attr-defined]
    assert run.main(["test"]) == 1
    assert steps(run)[-3:] == ["ruff", "mypy", "pytest"]  # the others still run


def test_further_arguments_go_to_pytest_only(run: ModuleType) -> None:
    run.main(["test", "-k", "reads", "-x"])
    assert run.calls[-1][-3:] == ["-k", "reads", "-x"]
    with pytest.raises(SystemExit):
        run.main(["check", "folder", "--no-such"])


def test_an_old_python_is_refused_with_a_sentence() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 5))
    first = next(n for n in tree.body if isinstance(n, ast.If))
    late = [n.lineno for n in tree.body if isinstance(n, ast.Import)]
    assert [line < first.lineno for line in late] == [True] + [False] * (len(late) - 1)
    olds = [p for v in (6, 7, 8, 9, 10) if (p := shutil.which(f"python3.{v}"))]
    for old in olds:
        done = subprocess.run([old, ROOT / "run.py", "report"], capture_output=True, text=True)
        if "Parallax" in done.stderr:  # a version manager's stub may refuse by itself
            assert done.returncode == 1
            assert "needs Python 3.11 or newer, and this is Python 3." in done.stderr


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "run.py").read_text())
    names = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import)
             for alias in node.names}  # fmt: skip
    assert names <= sys.stdlib_module_names
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]


def test_run_py_and_helpers_take_the_same_options(run: ModuleType) -> None:
    from helpers.__main__ import cli

    actions = next(a for a in run.parser()._actions if a.dest == "command")
    ours = {
        name: {o for a in parser._actions for o in a.option_strings} - {"-h", "--help"}
        for name, parser in actions.choices.items()
    }
    developers = {"notebooks"}
    assert set(ours) - {"test"} == set(cli.commands) - developers
    for name in set(ours) - {"test"}:
        command = cli.commands[name]
        theirs = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
        assert ours[name] == theirs, name


@pytest.mark.parametrize("command", ["", "report", "test", "lab", "tables", "check", "actors"])
def test_help_explains_each_command_without_a_set_up(
    run: ModuleType, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run.main([*filter(None, [command]), "--help"])
    assert stopped.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 4
    assert run.calls == []


def test_ci_runs_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "python3 run.py test" in script.read_text()


def pins(name: str) -> dict[str, str]:
    """The fixed version of each package in a file, without what it holds for."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", (ROOT / name).read_text(), re.M)
    return {re.sub(r"[-_.]+", "-", package.lower()): version for package, version in found}


def test_the_versions_of_every_direct_requirement_are_fixed_and_no_registry_is_named() -> None:
    fixed = pins("constraints.txt")
    base, further = pins("requirements.lock"), pins("requirements-dev.lock")
    assert not base.keys() & further.keys()
    assert fixed == {name: v for name, v in (base | further).items() if name in fixed}
    assert {*base, *further} - {*fixed} <= {"appnope", "colorama", "pywinpty"}, "of other systems"
    assert "pip" in base, "that of the environment itself"
    for name, known in (("requirements.txt", base), ("requirements-dev.txt", base | further)):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith("#"):
                assert re.sub(r"[-_.]+", "-", re.split(r"[\[<>=]", line)[0].lower()) in known, line
    texts = [(ROOT / name).read_text() for name in FIXED]
    assert not any("://" in text or "--index" in text for text in texts)


FIXED = ("constraints.txt", "requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("name", FIXED[1:])
def test_a_lock_holds_a_hash_of_each_package(name: str) -> None:
    packages = re.findall(r"^\w.*?(?=^\w|\Z)", (ROOT / name).read_text(), re.M | re.S)
    assert len(packages) == len(pins(name)) > 10
    for package in packages:
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}\b", package), package[:60]
        assert all("==" in line or line.startswith("    --hash=") for line in package.splitlines())


def test_what_is_installed_must_have_its_hash_unless_told(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.main(["check", "folder"])
    (install,) = (c for c in run.calls if "-r" in c)
    assert install[-4:-1] == ["--require-hashes", "--no-deps", "-r"]
    assert Path(install[-1]).name == "requirements.lock"
    assert "requirements.lock" in " ".join(run.locks(["requirements"]))
    monkeypatch.setenv("PARALLAX_HASHES", "0")
    assert [Path(part).name for part in run.locks(["requirements"])] == [
        "-r", "requirements.txt", "-c", "constraints.txt"]  # fmt: skip


@pytest.mark.parametrize(("version", "answer"), [((3, 14), 1), ((3, 15), 0)])
def test_a_newer_python_gets_the_newest_that_fit(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int], answer: int
) -> None:
    run.failing = lambda command: "--require-hashes" in command  # type: ignore[attr-defined]
    monkeypatch.setattr(run, "TESTED", (3, 14))
    monkeypatch.setattr(run.sys, "version_info", (*version, 0))
    assert run.main(["check", "folder"]) == answer

