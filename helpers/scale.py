"""Work in partitions: one function over the parts of a table of articles, in several processes.

Articles are cut into partitions of `SIZE`, each written as Parquet; a process of its own reads one,
makes its tables and writes them as Parquet beside it. What a story's tables need of this is in
`partitions`; the processes of a cluster do the same tasks (`cluster`).

A finished partition is known by a key of its articles, the settings and the code: a run that was
interrupted goes on where it stopped, and one after a change starts anew. A process that dies (out
of memory, killed) is noticed and its partition done again.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import multiprocessing.connection
import os
import pickle
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import pandas as pd

from helpers import schema
from helpers.cache import code_hash
from helpers.errors import ParallaxError
from helpers.models.protocols import ModelError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

SIZE = 250
"""Articles a partition: a process then takes a third of a gigabyte, and starting it a hundredth of
its time."""
ATTEMPTS = 3
NO_SPACE = 74
"""Exit code of a worker that could not read or write its files (`EX_IOERR` of sysexits.h)."""

PRELOADED = ["pyarrow.parquet", "helpers.segment", "helpers.tagging", "helpers.preloaded"]
"""Imported once, for all workers; the last loads every lens."""

Tables = dict[str, pd.DataFrame]
Function = Callable[..., Tables]


class ScaleError(ParallaxError):
    """A partition's process died again and again; the message says which and what to do."""


class PartitionFailed(RuntimeError):
    """A partition's function raised an error: its traceback."""


@dataclass(frozen=True)
class Task:
    """One partition: the function as `module:name`, what it reads, and where its tables go.

    ``read`` is the folder of what an earlier pass made of it. ``shared`` is pickled for the worker,
    and goes to it with the task: a pickle runs what it holds, so none is read from a folder that
    others may write to.
    """

    function: str
    source: Path
    target: Path
    read: Path | None
    shared: bytes
    key: str

    @property
    def done(self) -> bool:
        """Whether an earlier run made this partition from the same articles with the same code."""
        try:
            return (self.target / "key").read_text(encoding="ascii") == self.key
        except OSError:
            return False

    @contextmanager
    def filled(self) -> Iterator[Path]:
        """An empty folder for the task's files, which becomes its target when all are there."""
        draft = self.target.with_name(self.target.name + ".part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        yield draft
        shutil.rmtree(self.target, ignore_errors=True)
        draft.rename(self.target)
        self.source.unlink(missing_ok=True)


class Elsewhere(Protocol):
    """Processes that are not this machine's own."""

    def run(self, tasks: Sequence[Task], label: str) -> None:
        """Do all tasks; raises what `run_partitions` does."""


# -- running tasks --------------------------------------------------------------------------------


def run_partitions(
    function: str,
    articles: pd.DataFrame,
    folder: Path,
    *,
    read: Sequence[Path] = (),
    shared: Iterator[Any] | Any = None,
    size: int = SIZE,
    workers: int | None = None,
    label: str = "",
    elsewhere: Elsewhere | None = None,
) -> list[Path]:
    """The folders with each partition's tables as Parquet, in the order of the articles.

    ``function`` is named as `module:name`; it takes a partition's articles, ``shared`` (one value
    for all partitions, or an iterator with one for each) and, where ``read`` names what an earlier
    pass made of each, its folder, or in a process that stayed (`Here`) the tables themselves. It
    returns tables by name; one whose name begins with "_" is kept for the second pass of such a
    process alone. ``elsewhere`` does the tasks in the place of ``workers`` processes of this
    machine that end with their task.
    """
    tasks = _tasks(function, articles, folder, read, shared, size)
    left = [task for task in tasks if not task.done]
    (elsewhere or Here(workers)).run(left, label)
    return [task.target for task in tasks]


def _tasks(
    function: str,
    articles: pd.DataFrame,
    folder: Path,
    read: Sequence[Path],
    shared: Any,
    size: int,
) -> list[Task]:
    folder.mkdir(parents=True, exist_ok=True)
    parts = [articles.iloc[i : i + size] for i in range(0, len(articles), size)]
    each = shared if isinstance(shared, Iterator) else [shared] * len(parts)
    before: Sequence[Path | None] = read or [None] * len(parts)
    tasks = []
    for number, (part, extra, earlier) in enumerate(zip(parts, each, before, strict=True)):
        data = pickle.dumps(extra, protocol=5)
        key = hashlib.sha256()
        told = b"" if earlier is None else (earlier / "key").read_bytes()
        for piece in (function.encode(), code_hash().encode(), data, told):
            key.update(hashlib.sha256(piece).digest())
        rows = part[["doc_id", "sha256", "outlet", "title", "text"]].itertuples(index=False)
        for *names, text in rows:  # an outlet may have been renamed, a title corrected
            key.update("\0".join(map(str, [*names, len(text), ""])).encode())
        task = Task(
            function,
            folder / f"{number:06}.in.parquet",
            folder / f"{number:06}.out",
            earlier,
            data,
            key.hexdigest(),
        )
        if not task.done:
            shutil.rmtree(task.target, ignore_errors=True)
            part.to_parquet(task.source, index=False)
        tasks.append(task)
    return tasks


def work(task: Task, at_hand: Tables | None = None) -> Tables:
    """Make one partition: its tables are complete when its folder is there.

    ``at_hand`` is what an earlier pass of this process made of it, else read from the disk.
    """
    module, _, name = task.function.partition(":")
    function: Function = getattr(import_module(module), name)
    extra = pickle.loads(task.shared)
    articles = schema.make("articles", pd.read_parquet(task.source))
    earlier = task.read if at_hand is None else at_hand
    tables = function(articles, extra, *([] if earlier is None else [earlier]))
    with task.filled() as draft:
        for table_name, table in tables.items():
            if not table_name.startswith("_"):
                table.to_parquet(draft / f"{table_name}.parquet", index=False)
        (draft / "key").write_text(task.key, encoding="ascii")
    return tables


def _in_process(task: Task, line: Connection | None) -> None:
    """The main function of a worker, which ends with its task or, given a ``line``, with the one
    that it is sent when it has told that the first is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    made = _tried(task)
    if line is None:
        return
    try:
        line.send(None)
        following = line.recv()
    except (EOFError, OSError, pickle.UnpicklingError):
        return  # nothing follows, or the parent has ended in the middle of it
    _tried(following, made)


def _tried(task: Task, at_hand: Tables | None = None) -> Tables:
    """A task's tables; what is raised is left beside the partition, and ends the process."""
    try:
        return work(task, at_hand)
    except OSError as error:
        sys.stderr.write(f"partition {task.source.name}: {error}\n")
        sys.exit(NO_SPACE)
    except ModelError as error:
        task.target.with_suffix(".refused").write_text(str(error), encoding="utf-8")
        sys.exit(1)
    except Exception:  # noqa: BLE001  whatever it is, the parent raises it
        task.target.with_suffix(".error").write_text(traceback.format_exc(), encoding="utf-8")
        sys.exit(1)


class Here:
    """Processes of this machine, at most ``workers`` at a time, each of which ends with its task.

    Those that ``stay``, between ``with`` and its end, wait with what they made in a first pass and
    go on from it in the second: all partitions of a corpus are then in memory. One that dies
    meanwhile is missed by nobody, since what it made lies on the disk, too.
    """

    def __init__(self, workers: int | None = None, *, stay: bool = False) -> None:
        self._workers, self._stay = workers or os.cpu_count() or 1, stay
        self._staying: dict[Path, tuple[SpawnProcess, Connection]] = {}

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        for process, line in self._staying.values():
            line.close()
            process.kill()
            process.join()

    def run(self, tasks: Sequence[Task], label: str) -> None:
        """Do all tasks."""
        from tqdm import tqdm

        begin = _beginning()
        waiting = [(task, 1) for task in reversed(tasks)]
        running: dict[int, tuple[SpawnProcess, Task, int]] = {}
        lines: dict[Connection, int] = {}
        bar = tqdm(total=len(tasks), desc=label, unit="partition", file=sys.stderr, disable=None)
        try:
            while waiting or running:
                while waiting and len(running) < self._workers:
                    task, attempt = waiting.pop()
                    process, line = self._sent(task) or begin(task, self._stay and not task.read)
                    running[process.sentinel] = (process, task, attempt)
                    if line is not None:
                        lines[line] = process.sentinel
                for ready in multiprocessing.connection.wait([*running, *lines]):
                    if not isinstance(ready, int):
                        line = cast("Connection", ready)
                        sentinel = lines.pop(line)
                        if sentinel in running and _told(line):
                            process, task, _ = running.pop(sentinel)
                            self._staying[task.target] = process, line
                            bar.update()
                    elif ready in running:
                        process, task, attempt = running.pop(ready)
                        process.join()
                        if task.done:
                            bar.update()
                        else:
                            code = process.exitcode or 0
                            waiting.append((task, _next_attempt(task, code, attempt)))
        finally:
            bar.close()
            for process, _, _ in running.values():
                process.kill()
                process.join()

    def _sent(self, task: Task) -> tuple[SpawnProcess, None] | None:
        """The process that stayed with what a task goes on from, if there is one."""
        if task.read not in self._staying:
            return None
        process, line = self._staying.pop(task.read)
        with suppress(OSError):  # it has died, and its end is seen
            line.send(task)
        return process, None


def _told(line: Connection) -> bool:
    """Whether a process has told that it stays; else it has ended."""
    try:
        line.recv()
    except (EOFError, OSError):
        return False
    return True


Begin = Callable[[Task, bool], "tuple[SpawnProcess, Connection | None]"]


def _beginning() -> Begin:
    """How a process is begun with a task, and stays or does not."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(PRELOADED)
        _start_undisturbed()

    def begin(task: Task, stays: bool) -> tuple[SpawnProcess, Connection | None]:
        ours, theirs = context.Pipe() if stays else (None, None)
        process = context.Process(target=_in_process, args=(task, theirs), daemon=True)
        process.start()
        if theirs is not None:
            theirs.close()
        return process, ours

    return begin


def _start_undisturbed() -> None:
    """Start the process that makes all others; Ctrl-C, which it is told too, passes it by."""
    from multiprocessing import forkserver, resource_tracker

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        for each in (resource_tracker, forkserver):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # the first lets it through
            each.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _next_attempt(task: Task, code: int, attempt: int) -> int:
    """The number of the next attempt; an error where another one cannot help."""
    refused, error = (task.target.with_suffix(kind) for kind in (".refused", ".error"))
    if refused.exists():
        told = refused.read_text(encoding="utf-8")
        refused.unlink()
        raise ModelError(told)
    if error.exists():
        told = error.read_text(encoding="utf-8")
        error.unlink()
        raise PartitionFailed(f"partition {task.source.name} failed:\n{told}")
    if code == NO_SPACE:
        raise ScaleError(
            f"the files of partition {task.source.name} could not be read or written, perhaps for "
            f"want of space in {task.target.parent}: make room and run the command again; finished "
            "partitions are kept"
        )
    if attempt >= ATTEMPTS:
        raise ScaleError(
            f"the process for partition {task.source.name} died {attempt} times (exit code "
            f"{code}), perhaps for want of memory: run the command again with fewer --workers; "
            "finished partitions are kept"
        )
    return attempt + 1
