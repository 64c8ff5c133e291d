"""Execute the project's own notebooks again, but only those whose outputs a change can alter.

A record beside the build, outside of git, holds what each notebook used when it last ran: files
that it read, folders of data that it listed, and of our modules the functions that it called. It
runs again when one of these, the notebook itself or an installed package has changed. A comment or
a function that it never called is no such change; nor is what only a child process reads, of which
the notebooks start none on the shipped story.
"""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, NamedTuple

from helpers import notebook_form
from helpers.paths import ROOT
from helpers.report import execute
from helpers.report.execute import execute_notebooks, written

RECORD = ROOT / "build" / "notebooks.json"
_RUNNERS = (Path(__file__), Path(execute.__file__), execute.WATCH, Path(notebook_form.__file__))
_OTHER = ("build", "tests", "notebooks", "__pycache__")
"""Folders below the project that hold nothing a notebook's outputs are made of."""


def refresh(files: Sequence[Path], *, everything: bool = False) -> dict[Path, str]:
    """Execute the notebooks that need it and write back those that changed; what became of each.

    With ``everything`` all are executed, whatever the record says.
    """
    record = _read()
    now = environment()
    stale = [file for file in files if everything or not _current(record.get(file.stem), now)]
    told = dict.fromkeys(files, "not executed: nothing that it uses has changed")
    started = time.time()
    for file, notebook in zip(stale, execute_notebooks(stale, watch=True), strict=True):
        text = written(notebook)
        same = text == file.read_text(encoding="utf-8")
        told[file] = "executed: as before" if same else "executed: changed"
        if not same:
            file.write_text(text, encoding="utf-8", newline="")
        noted = notebook.metadata["parallax"]
        lines: dict[str, list[int]] = {}
        for path, line in noted["ran"]:
            lines.setdefault(path, []).append(line)
        known = {_name(file): fingerprint(file)}
        for used in ours(noted["read"]):
            known[_name(used)] = fingerprint(used, lines.get(str(used), ()))
            if used.exists() and used.stat().st_mtime >= started:
                known[_name(used)] = {"bytes": "edited while the notebooks ran"}
        record[file.stem] = {"environment": now, "files": known}
    if stale:
        RECORD.parent.mkdir(parents=True, exist_ok=True)
        RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return told


def ours(paths: Iterable[str]) -> list[Path]:
    """The project's own files among those that were read, and the folders that hold its data."""
    found = []
    for path in sorted(map(Path, set(paths))):
        if not path.is_relative_to(ROOT):
            continue
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") or part in _OTHER for part in parts)
        # A folder of modules is listed by every import; a module that matters was itself read.
        if parts and not hidden and (parts[0] == "data" or not path.is_dir()):
            found.append(path)
    return found


# -- fingerprints ---------------------------------------------------------------------------------


def fingerprint(path: Path, lines: Iterable[int] = ()) -> dict[str, Any]:
    """What tells whether a file has changed: a hash of its ``bytes``, or of the names in a folder.

    Of a module, given the first lines of the functions that ran, also their names (``ran``) and a
    hash of its ``code`` without the bodies of the others.
    """
    if path.is_dir():
        names = sorted(p.name for p in path.iterdir() if not p.name.startswith("."))
        return {"bytes": _hash("\n".join(names).encode())}
    if not path.exists():
        return {"bytes": "missing"}
    content = path.read_bytes()
    known: dict[str, Any] = {"bytes": _hash(content)}
    if path.suffix == ".py":
        at = set(lines)
        known["ran"] = sorted({f.name for f in _module(content).functions if f.line in at})
        known["code"] = code(content, known["ran"])
    return known


def code(content: bytes, ran: Iterable[str]) -> str:
    """A hash of a module's code: without comments, and without the bodies of what never ran."""
    module, names = _module(content), set(ran)
    bodies = [f.body for f in module.functions if f.name in names]
    return _hash("\n".join([module.outline, *bodies]).encode())


def environment() -> str:
    """A hash of Python's version, of the packages installed, and of what runs the notebooks."""
    packages = sorted({f"{d.name}=={d.version}" for d in distributions()})
    ours = [_hash(path.read_bytes()) for path in _RUNNERS]
    return _hash("\n".join([platform.python_version(), *packages, *ours]).encode())


class _Function(NamedTuple):
    name: str
    """With its class; functions inside of a function belong to it."""
    line: int
    """The first one as code objects have it: that of the first decorator."""
    body: str


class _Module(NamedTuple):
    outline: str
    """Everything that runs at import, and every function's name, arguments and decorators."""
    functions: tuple[_Function, ...]


@cache
def _module(content: bytes) -> _Module:
    tree = ast.parse(content)
    functions = tuple(_functions(tree, ""))
    return _Module(ast.dump(tree), functions)


def _functions(tree: ast.Module | ast.ClassDef, within: str) -> Iterator[_Function]:
    """A module's functions and methods, whose bodies are taken out of the tree."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            line = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            body = "\n".join(map(ast.dump, node.body))
            node.body = []
            yield _Function(f"{within}{node.name}", line, body)
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{within}{node.name}.")


def _current(known: dict[str, Any] | None, now: str) -> bool:
    if known is None or known.get("environment") != now:
        return False
    return all(_same(ROOT / name, had) for name, had in known["files"].items())


def _same(path: Path, had: dict[str, Any]) -> bool:
    if "code" not in had or not path.is_file():
        return fingerprint(path)["bytes"] == str(had["bytes"])
    content = path.read_bytes()
    try:
        return _hash(content) == had["bytes"] or code(content, had["ran"]) == had["code"]
    except SyntaxError:
        return False


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# -- the record -----------------------------------------------------------------------------------


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read() -> dict[str, Any]:
    """The record; empty where there is none, or none that we can read."""
    try:
        known = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
