"""Whether tables, notebooks and pages are the same bytes, whatever they are made with.

    python benchmarks/same_bytes.py STORY [PYTHON …]

Makes `tables` and `report --docx` of a story again and again: with this Python twice, in folders of
other names, with three seeds of hashing, one to three workers and two locales, then with each other
Python that is named (an environment that `run.py` or `requirements.lock` has made). Nothing is kept
between the runs. Prints one line a run, with the files that differ from the first; the exit code is
their number, 100 at most.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Way(NamedTuple):
    """How a run is made, and what of it differs from the others."""

    name: str
    python: str
    workers: str = "1"
    variables: Mapping[str, str] = {}


def ways(pythons: list[str]) -> list[Way]:
    """The first is what all others are compared with."""
    here = sys.executable
    return [
        Way("first", here),
        Way("hash seed 1, C locale, two workers", here, "2",
            {"PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        Way("hash seed 77, C.UTF-8, three workers", here, "3",
            {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8"}),
        *(Way(python, python) for python in pythons),
    ]  # fmt: skip


def made(way: Way, story: str, folder: Path) -> dict[str, str]:
    """The hash of every file that a run writes, by its name."""
    variables = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT),
                              "PARALLAX_CACHE": "", **way.variables}  # fmt: skip
    base = [way.python, "-P", "-m", "helpers"]
    for command in (["tables", story, "--output", str(folder / "tables"), "--workers", way.workers],
                    ["report", story, "--output", str(folder / "report"), "--docx"]):  # fmt: skip
        subprocess.run(base + command, cwd=ROOT, env=variables, check=True, capture_output=True)
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main(story: str, *pythons: str) -> int:
    """Run each way and compare; the number of files that differ."""
    first: dict[str, str] = {}
    wrong = 0
    story = str(Path(story).resolve()) if Path(story).exists() else story
    for way in ways(list(pythons)):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = made(way, story, Path(folder))
        first = first or found
        other = sorted(n for n in first.keys() | found.keys() if first.get(n) != found.get(n))
        wrong += len(other)
        print(f"{way.name}: {len(found)} files, {len(other)} differ {' '.join(other[:5])} "
              f"({time.monotonic() - began:.0f} s)", flush=True)  # fmt: skip
    return min(wrong, 100)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
