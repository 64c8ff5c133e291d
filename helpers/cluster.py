"""Partitions made by the workers of a Dask cluster, which need the package and nothing else.

What a partition reads goes to its worker with the task, as bytes, and what it makes comes back and
is put where processes of this machine would have put it: no folder is shared, no key to a store
leaves this machine, and a run that was interrupted goes on where it stopped, here or on a cluster.
Only a few tasks for each process are on their way at a time. A worker that dies is Dask's to
replace; one with other code, or without it, is refused, since it would make other tables.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.cache import code_hash
from helpers.errors import ParallaxError, in_a_line
from helpers.scale import PartitionFailed, ScaleError, Task, work

PATIENCE = 4.0
"""Seconds in which a scheduler has to answer."""
FIRST = 60.0
"""Seconds in which it has to have a worker."""
_LOOK = 30.0  # seconds without a result after which it is asked whether it still has one
_AHEAD = 2  # tasks for each process that are on their way, so that none waits for the next
_ONE = threading.Lock()
"""Held while a partition is made: the package works in one thread of a process."""
_GO_ON = "the same command goes on from here: finished partitions are kept"


@contextmanager
def connected(
    address: str | None = None, *, scheduler_file: str | None = None
) -> Iterator[Cluster]:
    """The cluster whose scheduler is at an address, or wrote a file; `ScaleError` without one."""
    try:
        import distributed
    except ImportError as error:
        raise ScaleError(
            f"a cluster needs Dask, which is not installed ({error}): pip install "
            "'dask[distributed]' here and where its workers run"
        ) from None
    if address is not None and not address.strip():
        raise ScaleError("--dask is empty: give the address that `dask scheduler` prints")
    named = address or _written(scheduler_file or "")
    for logger in ("distributed", "tornado", "asyncio"):  # what they tell is told here, in a line
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    try:
        _ask(named)  # a client that finds nobody goes on looking for long
        client = distributed.Client(named, timeout=PATIENCE)
    except Exception as error:  # noqa: BLE001  each kind of address fails in its own way
        why = f" ({error})" if isinstance(error, ValueError) else ""
        raise ScaleError(
            f"no scheduler answers at {named}{why}: start one with `dask scheduler`, or look at "
            "the address that it prints"
        ) from None
    try:
        yield Cluster(client, named)
    finally:
        client.close(timeout=PATIENCE)


def _ask(named: str) -> None:
    """Raise where no scheduler says at an address who it is."""
    from distributed import Security, rpc

    async def answers() -> None:
        how = Security().get_connection_args("client")
        async with asyncio.timeout(PATIENCE), rpc(named, connection_args=how) as there:
            await there.identity()

    with ThreadPoolExecutor(1) as apart:  # a notebook's own thread has a loop already
        apart.submit(asyncio.run, answers()).result()


def _written(file: str) -> str:
    """The address in a file that a scheduler wrote."""
    try:
        address: str = json.loads(Path(file).read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScaleError(
            f"--scheduler-file {file} cannot be used ({in_a_line(error)}): it is written by "
            "`dask scheduler --scheduler-file FILE`"
        ) from None
    return address


class Cluster:
    """The processes of a cluster, in the place of this machine's (`scale.Elsewhere`)."""

    def __init__(self, client: Any, named: str) -> None:
        self._client, self._named = client, named

    def run(self, tasks: Sequence[Task], label: str) -> None:
        """Do all tasks; raises what `scale.run_partitions` does."""
        try:
            self._run(tasks, label)
        except (ParallaxError, PartitionFailed):
            raise
        except Exception:
            try:
                _ask(self._named)
            except Exception:  # noqa: BLE001  a connection ends in many ways
                raise ScaleError(f"the scheduler {self._named} is gone: {_GO_ON}") from None
            raise

    def _run(self, tasks: Sequence[Task], label: str) -> None:
        from distributed import wait
        from tqdm import tqdm

        waiting = list(reversed(tasks))
        running: dict[Any, Task] = {}
        bar = tqdm(total=len(tasks), desc=label, unit="partition", file=sys.stderr, disable=None)
        if tasks:
            self._wait_for_a_worker()
        try:
            while waiting or running:
                while waiting and len(running) < _AHEAD * max(1, self._processes()):
                    task = waiting.pop()
                    data = _files(task)
                    sent = self._client.submit(carried, task, code_hash(), data, pure=False)
                    running[sent] = task
                try:
                    done = wait([*running], timeout=_LOOK, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    self._wait_for_a_worker()
                    continue
                for future in done:
                    task = running.pop(future)
                    made = _made(future, f"partition {task.source.name}")
                    with task.filled() as draft:
                        for name, content in made.items():
                            (draft / Path(name).name).write_bytes(content)
                    bar.update()
        finally:
            bar.close()
            with suppress(Exception):  # where the scheduler is gone nothing is left to end
                self._client.cancel([*running], force=True)

    def _wait_for_a_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=FIRST)
        except TimeoutError:
            raise ScaleError(
                f"the scheduler {self._named} has no workers: start some with `dask worker "
                f"{self._named} --nthreads 1`; {_GO_ON}"
            ) from None

    def _processes(self) -> int:
        """How many workers there are now."""
        return len(self._client.nthreads())


def _made(future: Any, name: str) -> dict[str, bytes]:
    """The files of a partition, by name; raises what went wrong in it."""
    from distributed import KilledWorker

    try:
        made: dict[str, bytes] = future.result()
    except (ParallaxError, CancelledError):
        raise
    except KilledWorker:
        raise ScaleError(
            f"every process for {name} died, perhaps for want of memory: give the workers more; "
            f"{_GO_ON}"
        ) from None
    except (ImportError, OSError) as error:
        raise ScaleError(
            f"a worker cannot do {name} ({in_a_line(error)}): it needs this package with what it "
            f"needs, and space for its files; {_GO_ON}"
        ) from None
    except Exception as error:  # noqa: BLE001  whatever it is, it is a bug in the partition
        told = "".join(traceback.format_exception(error))
        raise PartitionFailed(f"{name} failed:\n{told}") from None
    return made


def _files(task: Task) -> dict[str, bytes]:
    """What a task reads: its articles, and what an earlier pass made of them."""
    files = {task.source.name: task.source.read_bytes()}
    if task.read is not None:
        files |= {f"read/{file.name}": file.read_bytes() for file in task.read.iterdir()}
    return files


def carried(task: Task, code: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """In a worker: do a task whose files come and go as bytes."""
    if code_hash() != code:
        raise ScaleError(
            "a worker has another version of this package, or of its lists and models, and would "
            "make other tables: install the same one where the workers run"
        )
    with _ONE, tempfile.TemporaryDirectory(prefix="parallax-") as place:
        here = Path(place)
        (here / "read").mkdir()
        for name, data in files.items():
            (here / name).write_bytes(data)
        moved = replace(
            task,
            source=here / task.source.name,
            target=here / "out",
            read=None if task.read is None else here / "read",
        )
        work(moved)
        return {file.name: file.read_bytes() for file in moved.target.iterdir()}
