"""What a command wrote is kept, and written again where nothing has changed since.

A run is known by a hash of all that its output is made of: every file in the story's folder and in
that of its reference corpus, the package with its lists, models and notebooks, the versions of
Python and of what is installed, the options and the settings of the environment. It is kept only if
the hash is the same at its end. A story that uses code of somebody else (lenses, adapters) is
always made anew, since nothing says what such code reads.
"""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers import cache
from helpers.models.choosing import OWN
from helpers.paths import ACCURACY, NOTEBOOKS
from helpers.readers.folder import STORY_FILES, STORY_FOLDERS
from helpers.story import Story

_SETTINGS = ("PARALLAX_", "LC_", "LANG", "TZ", "OMP_", "OPENBLAS_", "MKL_")
_NO_MATTER = (cache.FOLDER, cache.LIMIT)
_MOST = 2_000_000_000
"""Bytes of a folder beyond which reading it twice is no saving."""


class KeptRun:
    """The output of one command on one story, as it was kept; or nothing."""

    def __init__(self, story: Story, command: str, *options: object) -> None:
        self._story, self._asked = story, (command, *map(str, options))
        self.name = self._hash()
        self.there = self.name is not None and cache.kept(self.name)

    def recall(self, into: Path) -> bool:
        """Put the output into an empty folder; whether it was kept and could be used."""
        return self.name is not None and cache.recall(self.name, into)

    def keep(self, made: Path, files: Iterable[str]) -> None:
        """Keep the output, unless what it was made of has changed meanwhile."""
        cache.code_hash.cache_clear()
        if self.name is not None and self.name == self._hash():
            cache.keep(self.name, made, files)

    def _hash(self) -> str | None:
        """What tells this run from all others; None where it cannot be told."""
        settings = self._story.settings
        foreign = [name for name in settings.models.values() if name.strip() != OWN]
        if cache.folder() is None or foreign or settings.lenses:
            return None
        total = hashlib.sha256()
        for line in self._asked:
            total.update(line.encode("utf-8", "surrogateescape") + b"\0")
        left = _MOST
        for place in _places(self._story):
            for entry, size in _content(place):
                total.update(entry + b"\0")
                left -= size
                if left < 0:
                    return None
        for line in _surroundings():
            total.update(line.encode("utf-8", "surrogateescape") + b"\0")
        return f"run-{total.hexdigest()[:32]}"


def _places(story: Story) -> Iterator[Path]:
    """The files and folders that a story is read from."""
    given = [story.path]
    if story.settings.reference:
        given.append((story.folder / story.settings.reference).resolve())
    for path in given:
        if path.is_dir():
            yield path.parent if path.name == "articles" else path
            continue
        yield path
        for folder in (path.parent, path.parent.parent):
            yield from (folder / name for name in sorted(STORY_FILES | STORY_FOLDERS))


def _content(place: Path) -> Iterator[tuple[bytes, int]]:
    """Lines that change with anything at a place or below it, each with the bytes it stands for."""
    yield from _entry(place, place.name)
    if place.is_dir():
        for folder, folders, files in os.walk(place):
            folders.sort()
            for name in sorted([*folders, *files]):
                path = Path(folder, name)
                yield from _entry(path, path.relative_to(place).as_posix())


def _entry(path: Path, name: str) -> Iterator[tuple[bytes, int]]:
    said, size = "missing", 0
    try:
        mode = path.lstat().st_mode
        said = str(stat.S_IFMT(mode))
        if stat.S_ISLNK(mode):
            said = f"link to {path.resolve()}"
        if path.is_file():
            size = path.stat().st_size
            with path.open("rb") as file:
                said += hashlib.file_digest(file, "sha256").hexdigest()
        elif path.is_dir():
            os.scandir(path).close()
    except (OSError, RuntimeError) as error:
        said += type(error).__name__
    yield f"{name}\0{said}".encode("utf-8", "surrogateescape"), size


def _surroundings() -> Iterator[str]:
    """Lines that change with the program, what it runs on, and how it was asked to run."""
    yield cache.code_hash()
    for file in (*sorted(NOTEBOOKS.glob("*.ipynb")), ACCURACY):
        for line, _ in _entry(file, file.name):
            yield line.decode("utf-8", "surrogateescape")
    yield f"{sys.version} {platform.system()} {platform.machine()}"
    for place in sys.path:
        yield from sorted(entry.name for entry in Path(place).glob("*.dist-info"))
    for name, value in sorted(os.environ.items()):
        if name.startswith(_SETTINGS) and name not in _NO_MATTER:
            yield f"{name}={value}"
