"""Which rules does no test notice? python benchmarks/mutations.py --room quotes [--sites 40]

Switches off one if-branch at a time (its condition becomes false) in a copy of the project and
runs the room's tests, `tests/test_<room>*.py`. A branch that they all survive without is a rule
that may go, or that needs its test. ROOM is a lens (`quotes`), another folder of `helpers`
(`grammar`) or a module's path below `helpers`. Sites are drawn with a fixed seed; printed are the
share that was noticed and the branches that lived.

To be fast, the tests run once under a tracer that notes which of them reach which branch. Each
branch is then switched off in a fork of one process that has imported everything and run nothing,
by giving the function another code, and only the tests that reach it run: first those, quickest
first, then all others of their files, which may share what was made with them.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import importlib
import multiprocessing
import os
import pickle
import pkgutil
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = (".git", ".venv", "build", "notebooks", "__pycache__", "*.ipynb_checkpoints")
QUICK = "not slow and not shared"
OPTIONS = ("-q", "-x", "--assert=plain", "-p", "no:cacheprovider", "-m", QUICK)
WAIT = 120.0  # seconds after which a run counts as hanging, which is noticed too
SEED = 7
NOT_FOUND = 77  # exit code of a fork that had nothing to switch off
_WAYS = multiprocessing.get_all_start_methods()
FORK: Any = multiprocessing.get_context("fork" if "fork" in _WAYS else None)


class Site(NamedTuple):
    """One condition: its file and where its text stands, in bytes."""

    file: Path
    line: int
    last_line: int
    start: int
    end: int

    def switched_off(self) -> bytes:
        """The file's text with the condition false."""
        raw = self.file.read_bytes()
        return b"".join(
            (raw[: self.start], b"(False and (", raw[self.start : self.end], b"))", raw[self.end :])
        )

    def __str__(self) -> str:
        condition = " ".join(self.file.read_bytes()[self.start : self.end].decode().split())
        return f"{self.file.relative_to(ROOT)}:{self.line}  if {condition[:100]}"


def files_of(room: str) -> list[Path]:
    """The modules of a lens, of a folder of `helpers`, or one module."""
    for place in (ROOT / "helpers" / "lenses" / room, ROOT / "helpers" / room):
        if place.is_dir():
            return sorted(place.rglob("*.py"))
        if place.with_suffix(".py").is_file():
            return [place.with_suffix(".py")]
    raise SystemExit(f"There is no room {room!r} in helpers/ or helpers/lenses/.")


def tests_of(room: str) -> list[str]:
    found = sorted((ROOT / "tests").glob(f"test_{Path(room).stem}*.py"))
    return [str(file.relative_to(ROOT)) for file in found]


def sites_of(files: Sequence[Path]) -> list[Site]:
    """Every condition of an if or elif inside a function."""
    found = []
    for file in files:
        raw = file.read_bytes()
        begins = [0]
        for line in raw.splitlines(keepends=True):
            begins.append(begins[-1] + len(line))
        inside = {
            node
            for function in ast.walk(ast.parse(raw))
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.If)
        }
        for node in sorted(inside, key=lambda node: node.lineno):
            test = node.test
            assert test.end_lineno is not None
            assert test.end_col_offset is not None
            start = begins[test.lineno - 1] + test.col_offset
            end = begins[test.end_lineno - 1] + test.end_col_offset
            found.append(Site(file, test.lineno, test.end_lineno, start, end))
    return found


class Reached:
    """A pytest plugin: which tests run which lines of some files, and how long each test takes."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = {str(file) for file in files}
        self.lines: dict[tuple[str, int], set[str]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.test = ""
        self.users: dict[str, set[str]] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.test = item.nodeid
        for name in getattr(item, "fixturenames", ()):
            self.users.setdefault(f"fixture {name}", set()).add(item.nodeid)
        begin = time.perf_counter()
        sys.settrace(self.enter)
        yield
        sys.settrace(None)
        self.seconds[item.nodeid] = time.perf_counter() - begin

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """What a shared fixture reaches, all tests reach that ask for it."""
        before = self.test
        if fixturedef.scope != "function":
            self.test = f"fixture {fixturedef.argname}"
        yield
        self.test = before

    def reached(self) -> dict[tuple[str, int], set[str]]:
        return {
            place: set().union(*(self.users.get(test, {test}) for test in tests))
            for place, tests in self.lines.items()
        }

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def enter(self, frame: FrameType, event: str, _: Any) -> Any:
        return self.step if frame.f_code.co_filename in self.files else None

    def step(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            place = frame.f_code.co_filename, frame.f_lineno
            self.lines.setdefault(place, set()).add(self.test)
        return self.step


def traced(files: Sequence[Path], tests: Sequence[str]) -> Reached:
    """The room's tests run once, each with the lines it reaches."""
    plugin = Reached(files)
    options = [option for option in OPTIONS if option != "-x"]
    with quiet():
        pytest.main([*options, *tests], plugins=[plugin])
    return plugin


def traced_in_fork(files: Sequence[Path], tests: Sequence[str]) -> dict[str, Any]:
    """The same in a fork, so that what the tests cache is not there when branches are off."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "reached"
        child = FORK.Process(target=_trace, args=(files, tests, file))
        child.start()
        child.join()
        if not file.is_file():
            raise SystemExit("The tests could not be run.")
        found: dict[str, Any] = pickle.loads(file.read_bytes())
    return found


def _trace(files: Sequence[Path], tests: Sequence[str], file: Path) -> None:
    plugin = traced(files, tests)
    found = {"lines": plugin.reached(), "seconds": plugin.seconds, "failed": plugin.failed}
    file.write_bytes(pickle.dumps(found))
    os._exit(0)


def warm() -> None:
    """Import everything once, so that the forks need not."""
    package = importlib.import_module("helpers")
    for found in pkgutil.walk_packages(package.__path__, "helpers."):
        if not found.name.endswith("__main__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(found.name)
    gc.unfreeze()  # what a module has frozen is not among the objects that are looked through


def switch_off(site: Site) -> bool:
    """Give the function around a condition the code without it; False where it is not found."""
    changed = False
    codes = {
        (code.co_name, code.co_firstlineno): code
        for code in _codes(compile(site.switched_off(), str(site.file), "exec"))
        if code.co_firstlineno <= site.line
    }
    for function in [o for o in gc.get_objects() if isinstance(o, FunctionType)]:
        old = function.__code__
        if old.co_filename == str(site.file):
            new = codes.get((old.co_name, old.co_firstlineno))
            if new is not None and new.co_freevars == old.co_freevars and new != old:
                function.__code__ = new
                changed = True
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing of what the tests print, also from below Python."""
    kept = os.dup(1), os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            for number, old in enumerate(kept, 1):
                os.dup2(old, number)
                os.close(old)


def _forked(site: Site, tests: Sequence[str]) -> None:
    if not switch_off(site):
        os._exit(NOT_FOUND)
    with quiet():
        failed = pytest.main([*OPTIONS, *tests]) != pytest.ExitCode.OK
    os._exit(1 if failed else 0)


def noticed_in_fork(site: Site, tests: Sequence[str]) -> bool:
    child = FORK.Process(target=_forked, args=(site, tests))
    child.start()
    child.join(WAIT)
    if child.is_alive():
        child.kill()
        child.join()
        return True
    if child.exitcode == NOT_FOUND:
        raise LookupError(f"{site}: no loaded function holds this branch")
    return bool(child.exitcode)


def _file(test: str) -> str:
    return test.partition("::")[0]


def measure(room: str, n: int, seed: int, further: Sequence[str]) -> None:
    """Draw, switch off, print. Runs inside the copy."""
    files, tests = files_of(room), [*tests_of(room), *further]
    if not tests:
        raise SystemExit(f"No tests/test_{room}*.py; name some with --tests.")
    sites = sites_of(files)
    drawn = random.Random(seed).sample(sites, min(n, len(sites)))
    warm()
    found = traced_in_fork(files, tests)
    if found["failed"]:
        raise SystemExit("Tests fail as things are: " + ", ".join(sorted(set(found["failed"]))))
    print(
        f"{room}: {len(sites)} branches, {len(drawn)} drawn, {len(found['seconds'])} tests",
        flush=True,
    )
    lived: list[str] = []
    begin = time.time()
    for number, site in enumerate(drawn, 1):
        reach = set().union(
            *(
                found["lines"].get((str(site.file), line), set())
                for line in range(site.line, site.last_line + 1)
            )
        )
        ordered = sorted(reach, key=lambda test: (found["seconds"][test], test))
        near = {_file(test) for test in reach}
        beside = [t for t in found["seconds"] if t not in reach and _file(t) in near]
        noticed = any(noticed_in_fork(site, some) for some in (ordered, beside) if some)
        if not noticed:
            lived.append(str(site) if ordered else f"{site}  (no test reaches it)")
        what = "noticed" if noticed else "LIVED"
        print(f"{number:>4} {what:<8}{site}  [{len(ordered)} tests]", flush=True)
    share = 100 * (len(drawn) - len(lived)) / max(1, len(drawn))
    print(f"{room}: noticed {len(drawn) - len(lived)} of {len(drawn)} ({share:.0f}%), "
          f"{time.time() - begin:.0f} s")  # fmt: skip
    print("\n".join(lived))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--room", required=True, help="a lens, or a folder or module of helpers")
    parser.add_argument("--sites", type=int, default=40, help="how many branches (default 40)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--tests", nargs="*", default=[], help="further test files of the room")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        measure(options.room, options.sites, options.seed, options.tests)
        return
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place).resolve() / "parallax"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        inside = [sys.executable, "-P", str(copy / "benchmarks" / "mutations.py"), "--inside"]
        own = os.environ | {"PYTHONPATH": str(copy), "PYTHONHASHSEED": "0"}
        raise SystemExit(subprocess.run([*inside, *sys.argv[1:]], cwd=copy, env=own).returncode)


if __name__ == "__main__":
    main()
