"""Ctrl-C on the command line: one line on stderr and exit code 130, whatever it meets.

While a command works, the first one unwinds it in order, so that no half output and no process
stays behind; those that follow are not needed. Before and after there is nothing to unwind.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

CODE = 128 + signal.SIGINT
_TOLD = b"\nparallax: interrupted; the same command begins again\n"
_working = _heard = False


def listen() -> None:
    """Answer Ctrl-C from now on."""
    signal.signal(signal.SIGINT, _answer)


@contextmanager
def in_order() -> Iterator[None]:
    """Let a command that is interrupted inside end in order, and with it the program."""
    global _working
    _working = True
    try:
        yield
    except SystemExit:
        raise
    except BaseException:  # what was caught by whom on the way is nobody's business any more
        if not _heard:
            raise
        _end()
    finally:
        _working = False


def _answer(number: int, frame: FrameType | None) -> None:
    global _heard
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":  # at its very end Python forgets what was to be ignored
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    _heard = True
    if _working:
        raise KeyboardInterrupt
    os.write(2, _TOLD)
    os._exit(CODE)


def _end() -> None:
    """Tell it in one line; what is cleared away afterwards says nothing more."""
    sys.stderr.flush()
    os.write(2, _TOLD)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.exit(CODE)
