"""Execute the project's own notebooks again, but only those whose outputs a change can alter.

A record beside the build, outside of git, holds the fingerprint of every file that each notebook
read when it last ran: modules and data of the project, and the folders of data that it listed. A
notebook runs again when one of them, the notebook itself or an installed package has changed.
What only a child process reads is not seen; the notebooks start none on the shipped story.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from helpers.paths import ROOT
from helpers.report.execute import execute_notebooks, written

RECORD = ROOT / "build" / "notebooks.json"
_OTHER = ("build", "tests", "notebooks", "__pycache__")
"""Folders below the project that hold nothing a notebook's outputs are made of."""


def refresh(files: Sequence[Path], *, everything: bool = False) -> dict[Path, str]:
    """Execute the notebooks that need it and write back those that changed; what became of each.

    With ``everything`` all are executed, whatever the record says.
    """
    record = _read()
    stale = [file for file in files if everything or not _current(file, record)]
    told = dict.fromkeys(files, "not executed: nothing that it reads has changed")
    started = time.time()
    for file, notebook in zip(stale, execute_notebooks(stale, watch=True), strict=True):
        read = notebook.metadata["parallax"]["read"]
        text = written(notebook)
        same = text == file.read_text(encoding="utf-8")
        told[file] = "executed: as before" if same else "executed: changed"
        if not same:
            file.write_text(text, encoding="utf-8", newline="")
        prints = {path: fingerprint(path) for path in (file, *ours(read))}
        for path in ours(read):
            if path.exists() and path.stat().st_mtime >= started:
                prints[path] = "edited while it was read"
        record[file.stem] = {
            "environment": environment(),
            "files": {path.relative_to(ROOT).as_posix(): known for path, known in prints.items()},
        }
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


def fingerprint(path: Path) -> str:
    """A hash of a file's bytes, or of the names in a folder; of a missing one, that it is so."""
    if path.is_dir():
        content = "\n".join(sorted(p.name for p in path.iterdir() if p.name[0] != ".")).encode()
    elif path.exists():
        content = path.read_bytes()
    else:
        return "missing"
    return hashlib.sha256(content).hexdigest()


def environment() -> str:
    """A hash of Python's version and of every package that is installed."""
    packages = sorted({f"{d.name}=={d.version}" for d in distributions()})
    return hashlib.sha256("\n".join([platform.python_version(), *packages]).encode()).hexdigest()


def _current(file: Path, record: dict[str, Any]) -> bool:
    known = record.get(file.stem)
    if known is None or known["environment"] != environment():
        return False
    return all(fingerprint(ROOT / name) == had for name, had in known["files"].items())


def _read() -> dict[str, Any]:
    """The record; empty where there is none, or none that we can read."""
    try:
        known = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
