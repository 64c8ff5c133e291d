"""Run notebooks one after the other in one kernel, the same way every time."""

from __future__ import annotations

import ast
import copy
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import helpers.startup  # noqa: F401  (must come before nbformat)
from helpers.notebook_form import renumber, tidy
from helpers.paths import ROOT

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
WATCH = Path(__file__).with_name("watch.py")
_LONGEST_SOCKET = 90
"""Bytes of a path that still leaves room for the end of a socket's name (macOS allows 104)."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Between notebooks everything that a notebook defined goes; imported modules stay, which is what
# makes one kernel four times as fast as six.
_RESET = "get_ipython().reset(new_session=True)"
_WATCH = """
import importlib.util, sys
_spec = importlib.util.spec_from_file_location("parallax_watch", {file!r})
sys.modules["parallax_watch"] = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sys.modules["parallax_watch"])
sys.modules["parallax_watch"].start({root!r})
"""
_WATCHED = "__import__('parallax_watch')"


class NotebookFailed(RuntimeError):
    """A cell of a notebook raised an error; the message names notebook and cell."""


def execute_notebooks(
    paths: Iterable[str | os.PathLike[str]],
    *,
    parameters: Mapping[str, Any] | None = None,
    output: str | os.PathLike[str] | None = None,
    watch: bool = False,
    timeout: int = 600,
) -> list[NotebookNode]:
    """Execute the notebooks in one kernel, with a reset between them; they come back in order.

    ``parameters`` (such as the story) are set in a cell of their own after the cell tagged
    ``parameters``, so that the notebook's defaults stay readable. With ``output`` the executed
    notebooks are also written into that folder. The notebooks themselves are not changed. With
    ``watch`` each says in its metadata (``parallax``, not written) what `watch.noted` says: files
    that it read and functions that it ran; the project's modules are then loaded anew for each.

    Every notebook comes out the same each time: execution counts from 1, no times, no language
    version, outputs joined, hash seed fixed, no start-up files of the user.
    """
    from tqdm import tqdm

    files = [Path(p).resolve() for p in paths]
    if not files:
        return []
    done = []
    bar = tqdm(total=len(files), desc="notebooks", unit="notebook", file=sys.stderr, disable=None)
    with bar, _kernel(files[0].parent) as (manager, client):
        if watch:
            _silently(client, _WATCH.format(file=str(WATCH), root=str(ROOT)))
        for i, file in enumerate(files):
            bar.set_postfix_str(file.stem)
            notebook = _read(file)
            if parameters:
                inject(notebook, parameters)
            if i:
                _silently(client, _RESET)
            if watch:
                _silently(client, f"{_WATCHED}.forget()")
            _run(notebook, file, manager, client, timeout)
            tidy(notebook)
            renumber(notebook)
            notebook.metadata["parallax"] = {"notebook": file.stem}
            if watch:
                noted = _silently(client, "", noted=f"{_WATCHED}.noted()")["noted"]
                text = ast.literal_eval(noted["data"]["text/plain"])
                notebook.metadata["parallax"] |= json.loads(text)
            done.append(notebook)
            bar.update()
    if output is not None:
        for file, notebook in zip(files, done, strict=True):
            Path(output).mkdir(parents=True, exist_ok=True)
            target = Path(output, f"{file.stem}.ipynb")
            target.write_text(written(notebook), encoding="utf-8", newline="")
    return done


def inject(notebook: NotebookNode, parameters: Mapping[str, Any]) -> None:
    """Put the parameters into a cell after the one tagged ``parameters`` (or the first cell)."""
    from nbformat.v4 import new_code_cell

    cells = [c for c in notebook.cells if INJECTED not in c.metadata.get("tags", [])]
    source = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    cell = new_code_cell(source, id=INJECTED, metadata={"tags": [INJECTED]})
    tagged = [i for i, c in enumerate(cells) if PARAMETERS in c.metadata.get("tags", [])]
    first_code = next((i for i, c in enumerate(cells) if c.cell_type == "code"), len(cells))
    place = tagged[0] + 1 if tagged else first_code
    notebook.cells = [*cells[:place], cell, *cells[place:]]


def _read(file: Path) -> NotebookNode:
    import nbformat

    try:
        return nbformat.read(file, as_version=4)
    except (OSError, ValueError) as error:
        raise NotebookFailed(f"{file.name} cannot be read as a notebook: {error}") from error


def written(notebook: NotebookNode) -> str:
    """An executed notebook as the text of its file, as JupyterLab would write it."""
    import nbformat

    kept = copy.deepcopy(notebook)
    kept.metadata.pop("parallax", None)
    return str(nbformat.writes(kept)) + "\n"


@contextmanager
def _kernel(folder: Path) -> Iterator[tuple[Any, Any]]:
    """A running kernel and its client, in ``folder``, with an empty IPython profile."""
    from jupyter_client.manager import KernelManager

    with tempfile.TemporaryDirectory(prefix="parallax-") as profile:
        package = str(ROOT)
        known = os.environ.get("PYTHONPATH", "")
        environment = {
            **os.environ,
            "PYTHONHASHSEED": "0",
            "PARALLAX_PROGRESS": "0",  # nobody waits at it, and it must come out the same
            "PYTHONPATH": os.pathsep.join(p for p in (package, known) if p),
            "IPYTHONDIR": profile,  # neither start-up files nor settings of the user
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        manager = KernelManager(kernel_name="python3", **_connection(Path(profile)))
        manager.start_kernel(
            cwd=str(folder),
            env=environment,
            extra_arguments=["--HistoryManager.enabled=False", "--log-level=ERROR"],
        )
        client = manager.client()
        try:
            client.start_channels()
            try:
                client.wait_for_ready(timeout=60)
            except RuntimeError as error:
                raise NotebookFailed(f"The notebooks' Python does not start: {error}") from None
            yield manager, client
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def _connection(folder: Path) -> dict[str, Any]:
    """How we speak with the kernel: through files of a folder that is ours alone, where there are
    such; else over the loopback interface, which a machine may have shut."""
    file = folder / "kernel.json"
    if sys.platform == "win32" or len(os.fsencode(file)) > _LONGEST_SOCKET:
        return {}
    return {"transport": "ipc", "connection_file": str(file)}


def _silently(client: Any, code: str, **expressions: str) -> dict[str, Any]:
    """Run code in the kernel that leaves no trace in the notebook; the values of expressions."""
    reply = client.execute_interactive(
        code, silent=True, store_history=False, user_expressions=expressions, timeout=60
    )
    values: dict[str, Any] = reply["content"]["user_expressions"]
    return values


def _run(notebook: NotebookNode, file: Path, manager: Any, client: Any, timeout: int) -> None:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    runner = NotebookClient(
        notebook,
        km=manager,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        timeout=timeout,
    )
    runner.kc = client
    # The kernel runs, and who hears of Ctrl-C is settled: nbclient would take it from us.
    runner.async_setup_kernel = lambda **_: nullcontext()  # type: ignore[method-assign, assignment]
    try:
        runner.execute(reset_kc=False)
    except CellExecutionError as error:
        raise NotebookFailed(_failure(notebook, file, error)) from None
    except CellTimeoutError:
        raise NotebookFailed(
            f"{file.name} was stopped: a cell took longer than {timeout} seconds."
        ) from None
    except DeadKernelError:
        raise NotebookFailed(
            f"{file.name}: the notebook's Python process ended unexpectedly (out of memory?)."
        ) from None


def _failure(notebook: NotebookNode, file: Path, error: Any) -> str:
    """Which notebook, which cell, which line of code, what was raised."""
    code = [c for c in notebook.cells if c.cell_type == "code"]
    for place, cell in enumerate(code, 1):
        wrong = [o for o in cell.get("outputs", []) if o.output_type == "error"]
        if wrong:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            return (
                f"{file.name}, code cell {place} ({cell.get('id', 'without an id')}): "
                f"{wrong[0].ename}: {_COLOUR.sub('', wrong[0].evalue)}\n"
                f"    {lines[0] if lines else ''}\n"
                f"Open the notebook and run its cells up to this one to see the whole error."
            )
    return f"{file.name}: {error.ename}: {_COLOUR.sub('', error.evalue)}"


if sys.platform == "win32":  # pragma: no cover
    import asyncio

    # ZeroMQ needs a selector loop; Windows starts with another kind.
    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
