"""Readers of others' formats in a process of their own, with a limit on time and memory.

A PDF of a few kilobytes may draw one form a billion times, a Word file unpack to more elements
than memory holds. No check beforehand sees all such files, so they are read where a limit of the
system ends what goes on for too long: it counts the processor's time, not the clock's, and what
lies far below it comes out the same on every machine.
"""

from __future__ import annotations

import atexit
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from threading import Event, Thread, Timer
from typing import IO, Any

from helpers.paths import ROOT
from helpers.readers.document import Document, Doubt, Unreadable, failure
from helpers.readers.formats import Format

MEMORY = 4_000_000_000
CLOCK = 600
"""Seconds of the clock, for systems without limits on the processor's."""

PATIENCE = 3
"""Seconds after which a file that is still being read is spoken of."""

_LENGTH = struct.Struct(">Q")
_child: subprocess.Popen[bytes] | None = None


def read(found: Format, data: bytes, *, seconds: int | None = None) -> Iterator[Document | Doubt]:
    """What the format's reader makes of a file; `Unreadable` also where it takes too long."""
    seconds = seconds or found.seconds
    child = _running()
    assert child.stdin is not None
    assert child.stdout is not None
    clock = Timer(CLOCK, child.kill)
    clock.daemon = True
    clock.start()
    try:
        with _told(len(data), seconds):
            _send(child.stdin, pickle.dumps((found, data, seconds), protocol=5))
            items, failed = pickle.loads(_receive(child.stdout))
    except (OSError, EOFError):
        stop()
        raise Unreadable(
            f"takes more than {seconds} seconds or too much memory to read",
            "left out; save its text as .txt",
        ) from None
    except BaseException:  # interrupted: the answer must not be taken for that to the next question
        stop()
        raise
    finally:
        clock.cancel()
    if failed is not None:
        raise Unreadable(*failed)
    yield from items


@contextmanager
def _told(size: int, seconds: int) -> Iterator[None]:
    """On a terminal, a line that goes on while a file takes long, and is gone at the end."""
    if not sys.stderr.isatty():
        yield
        return
    ended = Event()

    def tell() -> None:
        line = ""
        for passed in count(PATIENCE):
            if ended.wait(1 if line else PATIENCE):
                break
            line = f"reading a file of {size / 1e6:,.1f} MB: {passed} s (about {seconds} at most)"
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
        if line:
            sys.stderr.write(f"\r{' ' * len(line)}\r")
            sys.stderr.flush()

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _running() -> subprocess.Popen[bytes]:
    """The process that reads, started where there is none."""
    global _child
    if _child is not None and _child.poll() is not None:
        stop()  # it was ended from outside; its pipes are still open
    if _child is None:
        root = str(ROOT)
        path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        _child = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    return _child


@atexit.register
def stop() -> None:
    """End the process that reads, if there is one."""
    global _child
    if _child is None:
        return
    _child.kill()
    for pipe in (_child.stdin, _child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    _child.wait()
    _child = None


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    message = pipe.read(size)
    if len(message) < size:
        raise EOFError
    return message


# -- the process that reads ------------------------------------------------------------------------


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Answer requests until there are none."""
    while True:
        try:
            found, data, seconds = pickle.loads(_receive(asked))
        except EOFError:
            return
        _limit(seconds)
        items: list[Any] = []
        failed = None
        try:
            items = list(found.load()(data))
        except Unreadable as error:
            failed = error.problem, error.action
        except Exception as error:  # noqa: BLE001 - a parser of others' files fails in any way
            failed = failure(error)
        _send(told, pickle.dumps((items, failed), protocol=5))


def _limit(seconds: int) -> None:
    """Let the system end this process after so many further seconds of the processor."""
    try:
        import resource
    except ImportError:  # Windows: the parent looks at the clock
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
