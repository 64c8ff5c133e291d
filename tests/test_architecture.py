"""What may import what: the layers drawn in docs/architecture.md, lenses apart, and no cycles.

Read with ast, so that an import inside a function or for type checking counts as well.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from helpers.paths import NOTEBOOKS, ROOT

LAYER = re.compile(r"^ *(\d+)  (\S.*?) {2,}(\S.*)$", re.MULTILINE)
FOR_TYPES = {"story", "models"}
"""Rooms of which any other may name a type, of what it is handed; it may not load them."""


@dataclass(frozen=True)
class Import:
    """One import of one of our modules: where it stands, what it names, when it happens."""

    module: str
    target: str
    name: str
    when: str
    """``at once``, ``in a function`` or ``for types``."""

    def __str__(self) -> str:
        return f"{self.module} -> {self.target}{'.' + self.name if self.name else ''} ({self.when})"


@cache
def modules() -> dict[str, Path]:
    found = {}
    for file in sorted((ROOT / "helpers").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports_of(module: str, source: str) -> Iterator[Import]:
    known = modules()

    def walk(node: ast.AST, when: str) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            then = when
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                then = "in a function" if when == "at once" else when
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                then = "for types"
            if isinstance(child, ast.Import):
                for alias in child.names:
                    if alias.name.split(".")[0] == "helpers":
                        yield Import(module, alias.name, "", when)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                if child.level:
                    raise AssertionError(f"{module}: write imports in full, not with dots")
                if base.split(".")[0] == "helpers":
                    for alias in child.names:
                        whole = f"{base}.{alias.name}"
                        target = (whole, "") if whole in known else (base, alias.name)
                        yield Import(module, *target, when)
            yield from walk(child, then)

    yield from walk(ast.parse(source), "at once")


@cache
def imports() -> tuple[Import, ...]:
    return tuple(
        found
        for module, file in modules().items()
        for found in imports_of(module, file.read_text(encoding="utf-8"))
    )


def room(module: str) -> str:
    """The room of a module: a lens's folder is ``<lens>``, else the longest name that is drawn.

    >>> room("helpers.statistics.rules"), room("helpers.lenses.quotes.table")
    ('statistics', '<lens>')
    """
    parts = module.split(".")[1:]
    if lens(module):
        return "<lens>"
    inner = "/".join(parts[:2])
    return inner if inner in layers() else parts[0] if parts else "helpers"


def lens(module: str) -> str:
    """The name of the lens in whose folder a module stands; empty for any other."""
    parts = module.split(".")
    if len(parts) < 3 or parts[1] != "lenses":
        return ""
    folder = modules().get(".".join(parts[:3]))
    return parts[2] if folder is not None and folder.name == "__init__.py" else ""


@cache
def layers() -> dict[str, int]:
    """The layer of every room, from the drawing; a room imports from lower layers only."""
    return {name: int(at) for at, _, rooms in drawing() for name in rooms.split()}


def drawing() -> list[tuple[str, str, str]]:
    """Number, name and rooms of each layer."""
    return LAYER.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))


# -- directions -----------------------------------------------------------------------------------


def wrong_arrows(found: Iterable[Import]) -> list[str]:
    wrong = []
    for one in found:
        here, there = room(one.module), room(one.target)
        if here == there or "helpers" in (here, there):
            continue
        upward = layers().get(there, 0) >= layers().get(here, 0)
        if upward and not (one.when == "for types" and there in FOR_TYPES):
            wrong.append(str(one))
    return wrong


def test_the_drawing_has_every_room_once() -> None:
    drawn = drawing()
    rooms = [name for _, _, names in drawn for name in names.split()]
    assert len(rooms) == len(set(rooms))
    assert set(rooms) == {room(module) for module in modules()} - {"helpers"}
    numbers = [int(number) for number, _, _ in drawn]
    assert numbers == list(range(len(numbers), 0, -1))


def test_no_room_imports_from_above() -> None:
    assert wrong_arrows(imports()) == []


def test_the_package_itself_offers_the_story_its_name_and_nothing_else() -> None:
    offered = {one.target for one in imports() if one.module == "helpers"}
    assert offered == {"helpers.story", "helpers.story_folder"}


def test_only_neighbours_import_private_names() -> None:
    private = [
        str(one)
        for one in imports()
        if one.name.startswith("_") and room(one.module) != room(one.target)
    ]
    assert private == []


@pytest.mark.parametrize(
    ("module", "line", "wrong"),
    [
        ("helpers.statistics.rules", "from helpers.schema import TABLES", True),
        ("helpers.statistics.rules", "def f():\n    import helpers.story", True),
        ("helpers.readers.html", "from helpers import corpus", True),
        ("helpers.display", "if TYPE_CHECKING:\n    from helpers.report import render", True),
        ("helpers.display", "if TYPE_CHECKING:\n    from helpers.story import Story", False),
        ("helpers.display", "from helpers.story import Story", True),
        ("helpers.comparing.terms", "from helpers.lenses.keyness import keyness", True),
        ("helpers.lenses.keyness.method", "from helpers.comparing import terms", False),
        ("helpers.story", "from helpers.lenses.keyness import keyness", False),
    ],
)
def test_a_wrong_arrow_is_seen(module: str, line: str, wrong: bool) -> None:
    assert bool(wrong_arrows(imports_of(module, line))) is wrong


# -- lenses ---------------------------------------------------------------------------------------


def from_within(found: Iterable[Import]) -> list[Import]:
    """Imports of what stands inside a lens by a module outside of it."""
    return [
        one
        for one in found
        if (lens(one.target) and lens(one.module) != lens(one.target))
        and (one.target.count(".") > 2 or (one.name and one.name not in exported(one.target)))
    ]


@cache
def exported(package: str) -> frozenset[str]:
    tree = ast.parse(modules()[package].read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def test_a_lens_is_used_by_what_it_exports() -> None:
    assert [str(one) for one in from_within(imports())] == []


def test_notebooks_use_what_a_lens_exports_and_how_it_is_shown() -> None:
    wrong = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                found = list(imports_of(f"notebooks.{path.stem}", "".join(cell["source"])))
                wrong += [str(i) for i in from_within(found) if not i.target.endswith(".show")]
                wrong += [str(i) for i in found if i.name.startswith("_")]
    assert wrong == []


def test_an_import_from_within_is_seen() -> None:
    line = "from helpers.lenses.quotes.table import find_quotes\n"
    assert from_within(imports_of("helpers.lenses.actors.method", line))
    assert from_within(imports_of("helpers.story", line))
    assert not from_within(imports_of("helpers.lenses.quotes.show", line))
    assert not from_within(imports_of("helpers.story", line.replace(".table", "")))
    private = "from helpers.lenses.quotes import speakers_of_everything"
    assert from_within(imports_of("helpers.story", private))


# -- cycles ---------------------------------------------------------------------------------------


def cycles(arrows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Groups of modules that reach each other (Tarjan's strongly connected components)."""
    graph: dict[str, set[str]] = {}
    for here, there in arrows:
        graph.setdefault(here, set()).add(there)
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    found = []

    def visit(node: str) -> None:
        order[node] = lowest[node] = len(order)
        open_.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in order:
                visit(other)
            if other in open_:
                lowest[node] = min(lowest[node], lowest[other])
        if lowest[node] == order[node]:
            group = open_[open_.index(node) :]
            del open_[open_.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def arrows_of(found: Iterable[Import]) -> Iterator[tuple[str, str]]:
    """From module to module; an import from another package runs that package's own module too.

    The package itself is left out: it runs before any of them, and loads the story when asked for.
    """
    for one in found:
        if "helpers" in (one.module, one.target):
            continue
        yield one.module, one.target
        parts = one.target.split(".")
        for size in range(2, len(parts)):
            package = ".".join(parts[:size])
            if not f"{one.module}.".startswith(f"{package}."):
                yield one.module, package


@pytest.mark.parametrize("late", [False, True], ids=["at once", "with those in functions"])
def test_there_is_no_cycle(late: bool) -> None:
    when = {"at once", "in a function"} if late else {"at once"}
    assert cycles(arrows_of(one for one in imports() if one.when in when)) == []


def test_a_cycle_is_seen() -> None:
    assert cycles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]) == [["a", "b", "c"]]
    assert cycles([("a", "b"), ("a", "c"), ("b", "c")]) == []
