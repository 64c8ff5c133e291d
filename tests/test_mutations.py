"""The benchmark that switches branches off: that it finds them, and that a fork is another one."""

from __future__ import annotations

import importlib.util
import multiprocessing
import sys
from pathlib import Path
from types import ModuleType

import mutations
import pytest

CODE = """\
def size(n: int) -> str:
    if n > 10 and (
        n % 2 == 0
    ):
        return "größer"
    elif n < 0:
        return "none"
    return "small"


def outer(n: int):
    def inner() -> int:
        if n:
            return n
        return -1
    return inner


if __name__ == "__main__":
    print(size(1))
"""


@pytest.fixture
def module(tmp_path: Path) -> ModuleType:
    file = tmp_path / "invented_module.py"
    file.write_text(CODE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("invented_module", file)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_every_condition_inside_a_function_is_a_site(module: ModuleType) -> None:
    assert module.__file__
    sites = mutations.sites_of([Path(module.__file__)])
    assert [site.line for site in sites] == [2, 6, 13]
    off = sites[1].switched_off().decode()
    assert "elif (False and (n < 0)):" in off
    assert len(off.splitlines()) == len(CODE.splitlines())  # lines stay where they were


def test_a_function_gets_the_code_without_the_branch(module: ModuleType) -> None:
    assert module.__file__
    first, _, nested = mutations.sites_of([Path(module.__file__)])
    assert module.size(12) == "größer"
    assert mutations.switch_off(first)
    assert module.size(12) == "small"
    assert module.size(-1) == "none"
    assert module.outer(3)() == 3
    assert mutations.switch_off(nested)
    assert module.outer(3)() == -1


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no forks here")
def test_the_tests_that_reach_a_line_are_known(tmp_path: Path) -> None:
    code = tmp_path / "reached_module.py"
    code.write_text(CODE, encoding="utf-8")
    test = tmp_path / "test_reached.py"
    test.write_text(
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport reached_module as m\n"
        "def test_small():\n    assert m.size(3) == 'small'\n"
        "def test_none():\n    assert m.size(-3) == 'none'\n",
        encoding="utf-8",
    )
    found = mutations.traced_in_fork([code], [str(test)])
    assert not found["failed"]
    by_line = {line: {t.split("::")[1] for t in tests}
               for (_, line), tests in found["lines"].items()}  # fmt: skip
    assert by_line[7] == {"test_none"}
    assert by_line[8] == {"test_small"}
    assert by_line[6] == {"test_none", "test_small"}


def test_rooms_are_lenses_folders_and_modules() -> None:
    names = {file.name for file in mutations.files_of("quotes")}
    assert "speakers.py" in names
    assert [file.name for file in mutations.files_of("segment")] == ["segment.py"]
    assert mutations.tests_of("quotes")
    with pytest.raises(SystemExit, match="no room"):
        mutations.files_of("cellar")


@pytest.fixture(autouse=True)
def _forget() -> None:
    sys.modules.pop("reached_module", None)
