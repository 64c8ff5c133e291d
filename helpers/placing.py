"""Output that is old or new, never half of each: built apart and moved into its place when whole.

What a run makes is built in a folder inside the place where it goes (so on the same disk), and
moved file by file when nothing can fail any more. A run that is killed, or meets an error or a full
disk, leaves what was there as it was; one that is killed while it moves its files is finished by
the next. A lock, which ends with its process, keeps two runs from one place.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from helpers.errors import ParallaxError
from helpers.readers.folder import printable

BUILDING, READY, LOCK = ".building", ".ready", ".lock"
KEPT = ".partitions"
"""Below `BUILDING`: what an interrupted run leaves for the next to go on with."""


class PlaceError(ParallaxError):
    """Nothing can be written there; the message says why and what to do."""


@contextmanager
def placed(target: Path, owned: Iterable[str]) -> Iterator[Path]:
    """A folder to build in; what it holds at the end goes to ``target``.

    ``owned`` are the files, relative to ``target``, that are this output's: those that are not
    built anew are removed, any other file stays. Raises `PlaceError` before any work where nothing
    can be written, or where another run is writing.
    """
    new = not target.exists()
    lock = locked(target)
    building = target / BUILDING
    try:
        _place(target, ())  # what an earlier run had ready
        _clear(building)
        building.mkdir(exist_ok=True)
        yield building
        shutil.rmtree(building / KEPT, ignore_errors=True)
        building.rename(target / READY)
        _place(target, owned)
    finally:
        _clear(building)
        (target / LOCK).unlink(missing_ok=True)
        lock.close()
        if new:
            _remove_empty(target)


def locked(target: Path) -> IO[str]:
    """The lock of a place, open as long as it is held."""
    name = printable(str(target))
    try:
        target.mkdir(parents=True, exist_ok=True)
        file = (target / LOCK).open("a+", encoding="ascii")
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise PlaceError(
            f"nothing can be written to {name} ({reason}): choose another folder with --output"
        ) from error
    try:
        _lock(file)
    except OSError:
        file.seek(0)
        run = file.read(20).strip()
        file.close()
        raise PlaceError(
            f"another run (process {run or 'unknown'}) is writing to {name}: wait for it, or "
            "choose another folder with --output"
        ) from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _lock(file: IO[str]) -> None:
    """Take the lock or raise `OSError`; the system gives it back when the process ends."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _place(target: Path, owned: Iterable[str]) -> None:
    """Move what is ready into its place, and remove what it does not replace."""
    ready = target / READY
    if not ready.is_dir():
        return
    made = {file.relative_to(ready) for file in ready.rglob("*") if file.is_file()}
    for name in sorted({Path(name) for name in owned} - made):
        (target / name).unlink(missing_ok=True)
        _remove_empty((target / name).parent)
    for name in sorted(made):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (ready / name).replace(target / name)
    shutil.rmtree(ready)


def _clear(building: Path) -> None:
    """Remove a building folder, but not what the next run can go on with."""
    if building.is_symlink():
        building.unlink()
    if not building.is_dir():
        return
    for entry in building.iterdir():
        if entry.name == KEPT and not any(p.is_symlink() for p in (entry, *entry.rglob("*"))):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
    _remove_empty(building)


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
