"""Long work shows itself in notebooks: what is made, for how long, and how long it may take.

On a terminal the long loops draw their own bars. In a notebook a line appears once a table takes
more than `PATIENCE` seconds, and goes when it is made; saving the notebook takes out its place
(`notebook_form.tidy`). Notebooks that a program executes say nothing (`PARALLAX_PROGRESS=0`).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

PATIENCE = 3.0
"""Seconds of silence: most tables of most stories are there by then."""
WORDS_A_SECOND = 12_000
"""What one core reads for every table (`python benchmarks/tables.py`), with some time to spare."""
MARK = {"parallax": {"progress": True}}
"""The metadata of the output in which a line stands."""
_steps: list[str] = []
_counted: list[float] = []
"""Of a loop that counts: when it began, how many are done, how many there are."""


def step(name: object, words: Callable[[], int]) -> AbstractContextManager[None]:
    """Surroundings of a step of the work; ``words`` says how many are read, where that is known."""
    if not isinstance(name, str) or name.startswith("_") or not _in_notebook():
        return nullcontext()
    return _shown(name, words)


def count(done: int, total: int) -> None:
    """Say how far a loop has come, from which follows how long it goes on."""
    began = _counted[0] if _counted and done else time.monotonic()
    _counted[:] = [began, done, total] if done < total else []


def line(steps: list[str], seconds: float, words: int) -> str:
    """What is said after so many seconds.

    >>> line(["mentions", "tokens"], 4.2, 120_000)
    'mentions (tokens): 4 s of about 10 s'
    >>> line(["mentions"], 14.0, 120_000), line(["mentions"], 4.0, 0)
    ('mentions: 14 s, longer than the usual 10 s', 'mentions: 4 s')
    """
    what = steps[0] + (f" ({steps[-1]})" if len(steps) > 1 else "")
    if len(_counted) == 3 and _counted[1]:
        began, done, total = _counted
        more = (time.monotonic() - began) * (total - done) / done
        return f"{what}: {done:,.0f} of {total:,.0f}, about {more:.0f} s more"
    about = round(words / WORDS_A_SECOND)
    if not about:
        return f"{what}: {seconds:.0f} s"
    if seconds > about:
        return f"{what}: {seconds:.0f} s, longer than the usual {about} s"
    return f"{what}: {seconds:.0f} s of about {about} s"


@contextmanager
def _shown(name: str, words: Callable[[], int]) -> Iterator[None]:
    outermost = not _steps
    _steps.append(name)
    done = threading.Event()
    thread = threading.Thread(target=_tell, args=(done, words), daemon=True)
    if outermost:
        thread.start()
    try:
        yield
    finally:
        _steps.pop()
        if outermost:
            done.set()
            thread.join()


def _tell(done: threading.Event, words: Callable[[], int]) -> None:
    """Show a line, anew each second, until the work is done."""
    from IPython.display import display

    began = time.monotonic()
    if done.wait(PATIENCE):
        return

    def now() -> dict[str, str]:
        return {"text/plain": line([*_steps] or ["…"], time.monotonic() - began, words())}

    shown = display(now(), raw=True, display_id=True, metadata=MARK)
    while not done.wait(1):
        shown.update(now(), raw=True, metadata=MARK)
    shown.update({"text/plain": ""}, raw=True, metadata=MARK)


def _in_notebook() -> bool:
    """Whether a person waits at a notebook for this; a module may be loaded without a kernel."""
    python = sys.modules.get("IPython")
    if getattr(python and python.get_ipython(), "kernel", None) is None:
        return False
    if os.environ.get("PARALLAX_PROGRESS") == "0":
        return False
    return threading.current_thread() is threading.main_thread()
