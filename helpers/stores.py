"""Articles in an object store, and output for one, by way of a folder of this machine.

What is read is copied from the store before work begins, and what was made is sent there when it is
whole; between, nothing knows of stores. Each file that has arrived is noted: a run after one that
ended half-way copies or sends only what is missing. The folder lies in the cache folder, is locked
while a run uses it, and goes when the run was well.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from helpers import cache
from helpers.errors import ParallaxError, in_a_line
from helpers.placing import locked
from helpers.readers.folder import STORY_FILES, STORY_FOLDERS, printable

KINDS = {"s3": "s3fs", "gs": "gcsfs"}
"""The kinds of store, and the package that each needs beside fsspec."""
SENT = "_SUCCESS"
"""An empty object that says that all files beside it are of one run; put last, removed first."""
_AT_ONCE, _HANDS = 64, 8  # files between two looks at what has arrived; on their way at a time
_UNSAFE = re.compile(r"//|/\.{1,2}/|[\0\\]")  # in a name between slashes
_ARRIVED, _CONTENT = "arrived.json", "content"
_AGAIN = "run the same command again: it goes on with what is missing"


class StoreError(ParallaxError):
    """A store cannot be used, or has not kept what was sent; the message says what to do."""


def is_address(given: str) -> bool:
    """Whether a path is the address of something that is no file of this machine."""
    return "://" in given and not given.startswith("file://")


@contextmanager
def near(path: str) -> Iterator[str]:
    """A path of this machine at which the files of ``path`` lie: itself, or a store's copy."""
    if not is_address(path):
        yield _local(path)
        return
    store, root = _opened(path)
    with _folder(path, "read") as folder:
        yield str(_copied(store, root, printable(path), folder))


@contextmanager
def place(given: str, owned: Iterable[str]) -> Iterator[Path]:
    """A folder for output whose files go to ``given``: itself, or one that is sent to a store.

    ``owned`` are the files, relative to it, that are this output's: of them the store keeps none
    that was not made.
    """
    if not is_address(given):
        yield Path(_local(given))
        return
    store, root = _opened(given)
    with _folder(given, "made") as folder:
        content = folder / _CONTENT / PurePosixPath(root).name
        yield content
        _send(store, root, printable(given), content, _Arrived(folder / _ARRIVED), owned)


def _local(path: str) -> str:
    """A path that may be written as an address, file:///…, without it."""
    if not path.startswith("file://"):
        return path
    parts = urlsplit(path)
    if parts.netloc not in ("", "localhost"):
        raise StoreError(f"{printable(path)} names another machine: write file:///FOLDER")
    return url2pathname(parts.path)


def _opened(address: str) -> tuple[Any, str]:
    """A store and the path in it that an address names."""
    named, kind = printable(address), address.partition("://")[0]
    if kind not in KINDS:
        raise StoreError(
            f"{named} is an address of a kind that is not known: there are file://, "
            f"{' and '.join(f'{known}://' for known in KINDS)}; else copy the files into a folder"
        )
    try:
        from fsspec.core import url_to_fs

        with _said_in_a_line(named):
            store, root = url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise StoreError(
            f"{named} needs {KINDS[kind]}, which is not installed ({error}): pip install "
            f"{KINDS[kind]}"
        ) from None
    root = str(root).strip("/")
    if not root:
        raise StoreError(f"{named} names no bucket: write {kind}://BUCKET/FOLDER")
    return store, root


@contextmanager
def _folder(address: str, use: str) -> Iterator[Path]:
    """A folder for what an address holds; it stays only where a run did not come to its end."""
    at = cache.stores()
    try:
        if at is not None:
            at.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        at = None
    if at is None or not os.access(at, os.W_OK):  # a run that fails begins again
        with tempfile.TemporaryDirectory(prefix="parallax-") as apart:
            yield Path(apart)
        return
    folder = at / cache.key(use, address).hex()
    with locked(folder):
        try:
            yield folder
        except BaseException:
            if (folder / _CONTENT).exists():
                raise
            shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _said_in_a_line(named: str) -> Iterator[None]:
    """What a store's own packages raise, as one line; an error of this machine as it is."""
    quiet = logging.getLogger("s3fs"), logging.getLogger("aiobotocore"), logging.getLogger("gcsfs")
    for logger in quiet:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    except (ParallaxError, ImportError):
        raise
    except Exception as error:  # noqa: BLE001  each store has errors of its own
        told = printable(in_a_line(error, 300))
        raise StoreError(f"{named} cannot be used ({told}); {_AGAIN}") from None


def _versions(store: Any, paths: Iterable[str]) -> dict[str, list[str]]:
    """What changes where an object is written anew, of those of these objects that are there."""

    def of(path: str) -> Any:
        try:
            return store.info(path)
        except FileNotFoundError:
            return None

    with ThreadPoolExecutor(_HANDS) as hands:
        found = zip(paths := [*paths], hands.map(of, paths), strict=True)
        return {path: _version(info) for path, info in found if info and info["type"] == "file"}


def _version(info: Mapping[str, Any]) -> list[str]:
    names = ("size", "ETag", "etag", "md5Hash", "generation", "LastModified", "created")
    return [f"{name} {info[name]}" for name in names if info.get(name) is not None]


def _moved(move: Callable[[str, str], None], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Move files between here and a store; by source, why one could not be."""

    def told(pair: tuple[str, str]) -> str:
        try:
            move(*pair)
        except Exception as error:  # noqa: BLE001  each store has errors of its own
            return in_a_line(error)
        return ""

    with ThreadPoolExecutor(_HANDS) as hands:
        results = zip(pairs := [*pairs], hands.map(told, pairs), strict=True)
        return {source: why for (source, _), why in results if why}


class _Arrived:
    """Which files have arrived, by name with the version of each, kept beside them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        self.files: dict[str, list[str]] = found if isinstance(found, dict) else {}

    def note(self, more: Mapping[str, list[str]]) -> None:
        """Keep that these have arrived, too."""
        self.files |= more
        draft = self._file.with_suffix(".part")
        draft.write_text(json.dumps(self.files), encoding="utf-8")
        draft.replace(self._file)


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[i : i + _AT_ONCE] for i in range(0, len(ordered), _AT_ONCE))


def _lost(named: str, lost: Mapping[str, str], all_: int, what: str) -> StoreError:
    name, why = min(lost.items())
    return StoreError(
        f"{named}: {len(lost):,} of {all_:,} files {what}, {printable(name)} first"
        f"{f' ({printable(why)})' if why else ''}; {_AGAIN}"
    )


# -- reading --------------------------------------------------------------------------------------


def _copied(store: Any, root: str, named: str, folder: Path) -> Path:
    """The copy of a file, or of all files below a folder, with what a story says beside them."""
    with _said_in_a_line(named):
        found = {path.strip("/"): _version(info) for path, info in _below(store, root).items()}
        inside = PurePosixPath(root).parent if root in found else PurePosixPath(root)
        base = inside.parent if inside.name == "articles" and len(inside.parts) > 1 else inside
        if str(base) != root:
            for name in sorted(STORY_FOLDERS):
                beside = _below(store, f"{base}/{name}")
                found |= {path.strip("/"): _version(info) for path, info in beside.items()}
            found |= _versions(store, [f"{base}/{name}" for name in sorted(STORY_FILES)])
    if not any(path == root or path.startswith(f"{root}/") for path in found):
        raise StoreError(f"there is nothing at {named}: look at its name, or for the keys to it")
    content = folder / _CONTENT / base.name
    names = {path.removeprefix(f"{base}/"): path for path in found}
    if unsafe := sorted(name for name in names if _UNSAFE.search(f"/{name}/")):
        raise StoreError(
            f"{named} holds an object whose name no file of this machine can have, "
            f"{printable(unsafe[0])!r}: rename it, or copy what is to be read into a folder"
        )
    there = {p.relative_to(content).as_posix(): p for p in content.rglob("*") if p.is_file()}
    for name in there.keys() - names.keys():
        there[name].unlink()
    arrived = _Arrived(folder / _ARRIVED)
    wanted = [
        name for name, path in names.items()
        if name not in there or arrived.files.get(name) != found[path]
    ]  # fmt: skip
    lost: dict[str, str] = {}
    for batch in _batches(wanted):
        for name in batch:
            (content / name).parent.mkdir(parents=True, exist_ok=True)
        failed = _moved(store.get_file, [(names[n], str(content / n)) for n in batch])
        for name in batch:
            size = (content / name).stat().st_size if (content / name).is_file() else -1
            if names[name] in failed or f"size {size}" != found[names[name]][0]:
                lost[name] = failed.get(names[name], "")
        arrived.note({name: found[names[name]] for name in batch if name not in lost})
    if lost:
        raise _lost(named, lost, len(names), "were not copied")
    return content / root.removeprefix(str(base)).strip("/")


def _below(store: Any, root: str) -> dict[str, dict[str, Any]]:
    """The object of this name, or all below it; folders that are objects are none."""
    found = store.find(root, detail=True)
    return {path: info for path, info in found.items() if not path.endswith("/")}


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# -- writing --------------------------------------------------------------------------------------


def _send(
    store: Any, root: str, named: str, content: Path, arrived: _Arrived, owned: Iterable[str]
) -> None:
    """Send the files of a folder; raise `StoreError` where the store has not kept them all."""
    made = {
        file.relative_to(content).as_posix(): file
        for file in content.rglob("*")
        if file.is_file() and not file.relative_to(content).as_posix().startswith(".")
    }
    sums = {name: _sum(file) for name, file in made.items()}
    mark = f"{root}/{SENT}"
    with _said_in_a_line(named):
        there = _versions(store, [f"{root}/{name}" for name in {*made, *owned, SENT}])
        wanted = [
            name for name in made
            if f"{root}/{name}" not in there
            or arrived.files.get(name) != [sums[name], *there[f"{root}/{name}"]]
        ]  # fmt: skip
        if mark in there:
            store.rm_file(mark)
        lost: dict[str, str] = {}
        for batch in _batches(wanted):
            failed = _moved(store.put_file, [(str(made[n]), f"{root}/{n}") for n in batch])
            kept = _versions(store, [f"{root}/{name}" for name in batch])
            for name in batch:
                version = kept.get(f"{root}/{name}", [""])
                if str(made[name]) in failed or version[0] != f"size {made[name].stat().st_size}":
                    lost[name] = failed.get(str(made[name]), "")
                else:
                    arrived.note({name: [sums[name], *version]})
        if lost:
            raise _lost(named, lost, len(made), "are missing there")
        for name in sorted({*owned} - made.keys()):
            if f"{root}/{name}" in there:
                store.rm_file(f"{root}/{name}")
        store.pipe_file(mark, b"")
