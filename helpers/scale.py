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
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd

from helpers import schema
from helpers.cache import code_hash
from helpers.errors import ParallaxError
from helpers.models.protocols import ModelError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

SIZE = 250
"""Articles a partition: a process then takes a third of a gigabyte, and starting it a hundredth of
its time."""
ATTEMPTS = 3
NO_SPACE = 74
"""Exit code of a worker that could not read or write its files (`EX_IOERR` of sysexits.h)."""

PRELOADED = ["pyarrow.parquet", "helpers.segment", "helpers.tagging", "helpers.preloaded"]
"""Imported once, for all workers; the last loads every lens."""

Function = Callable[..., dict[str, pd.DataFrame]]


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
    pass made of each, its folder. It returns tables by name. ``elsewhere`` does the tasks in the
    place of processes of this machine.
    """
    tasks = _tasks(function, articles, folder, read, shared, size)
    left = [task for task in tasks if not task.done]
    if elsewhere is None:
        _run(left, workers or os.cpu_count() or 1, label)
    else:
        elsewhere.run(left, label)
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


def work(task: Task) -> None:
    """Make one partition: its tables are complete when its folder is there."""
    module, _, name = task.function.partition(":")
    function: Function = getattr(import_module(module), name)
    extra = pickle.loads(task.shared)
    articles = schema.make("articles", pd.read_parquet(task.source))
    tables = function(articles, extra, *([] if task.read is None else [task.read]))
    with task.filled() as draft:
        for table_name, table in tables.items():
            table.to_parquet(draft / f"{table_name}.parquet", index=False)
        (draft / "key").write_text(task.key, encoding="ascii")


def _in_process(task: Task) -> None:
    """The main function of a worker; what it raises is left beside the partition."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    try:
        work(task)
    except OSError as error:
        sys.stderr.write(f"partition {task.source.name}: {error}\n")
        sys.exit(NO_SPACE)
    except ModelError as error:
        task.target.with_suffix(".refused").write_text(str(error), encoding="utf-8")
        sys.exit(1)
    except Exception:  # noqa: BLE001  whatever it is, the parent raises it
        task.target.with_suffix(".error").write_text(traceback.format_exc(), encoding="utf-8")
        sys.exit(1)


def _run(tasks: Sequence[Task], workers: int, label: str) -> None:
    """Do all tasks, at most ``workers`` at a time, each in a process that ends with it."""
    from tqdm import tqdm

    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(PRELOADED)
        _start_undisturbed()
    waiting = [(task, 1) for task in reversed(tasks)]
    running: dict[int, tuple[SpawnProcess, Task, int]] = {}
    bar = tqdm(total=len(tasks), desc=label, unit="partition", file=sys.stderr, disable=None)
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                task, attempt = waiting.pop()
                process = context.Process(target=_in_process, args=(task,), daemon=True)
                process.start()
                running[process.sentinel] = (process, task, attempt)
            for sentinel in multiprocessing.connection.wait(list(running)):
                assert isinstance(sentinel, int)
                process, task, attempt = running.pop(sentinel)
                process.join()
                if task.done:
                    bar.update()
                else:
                    waiting.append((task, _next_attempt(task, process.exitcode or 0, attempt)))
    finally:
        bar.close()
        for process, _, _ in running.values():
            process.kill()
            process.join()


def _start_undisturbed() -> None:
    """Start the process that makes all others; Ctrl-C, which it is told too, passes it by."""
    from multiprocessing import forkserver, resource_tracker

    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


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
