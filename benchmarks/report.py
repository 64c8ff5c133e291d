"""What the briefing costs beside the notebooks it is made of.

    python benchmarks/report.py [--repeat N]

CPU seconds (of the process and its kernel) and wall seconds for `report` on the shipped story, and
for executing the same notebooks with a bare nbclient loop in one kernel; the best of the repeats.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

PAGES = ("briefing", "method")
ROOT = Path(__file__).resolve().parent.parent
BARE = """
import helpers.startup, nbformat, sys
from pathlib import Path
from nbclient import NotebookClient
from jupyter_client.manager import KernelManager
manager = KernelManager()
for i, path in enumerate(sorted(Path("notebooks").glob("*.ipynb"))):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, km=manager, resources={"metadata": {"path": "notebooks"}})
    with client.setup_kernel(cleanup_kc=i == 5):
        client.kc.execute_interactive("%reset -f", silent=True)
        for j, cell in enumerate(notebook.cells):
            client.execute_cell(cell, j)
manager.shutdown_kernel(now=True)
"""


def cost(command: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    anew = {**os.environ, "PARALLAX_CACHE": ""}
    subprocess.run(command, check=True, cwd=ROOT, env=anew, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall


@click.command(help=__doc__)
@click.option("--repeat", default=3, show_default=True)
def main(repeat: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = [sys.executable, "-m", "helpers", "report", "--output", folder]
        ours = [cost(report) for _ in range(repeat)]
        size = sum((Path(folder) / f"{page}.html").stat().st_size for page in PAGES)
    bare = [cost([sys.executable, "-c", BARE]) for _ in range(repeat)]
    print(f"{'':<12}{'CPU s':>8}{'wall s':>8}")
    print(f"{'report':<12}{min(c for c, _ in ours):8.2f}{min(w for _, w in ours):8.2f}")
    print(f"{'bare loop':<12}{min(c for c, _ in bare):8.2f}{min(w for _, w in bare):8.2f}")
    ratio = min(c for c, _ in ours) / min(c for c, _ in bare)
    print(f"report / bare loop: {ratio:.2f} in CPU; both pages {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
