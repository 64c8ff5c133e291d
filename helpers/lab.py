"""JupyterLab on the notebooks, in this environment, without its question about news.

The module is also an extension of Jupyter's server: what is saved below `notebooks/` is put in
order by `helpers.notebook_form.tidy`, so that running and saving a notebook changes no byte. The
files in `jupyter/` switch both on wherever they lie in an environment, and hold an extension of
JupyterLab by which the rows of tables are sorted, searched and filtered (`tables.js`, which the
pages use too); `install` puts them there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpers.paths import HOME, JUPYTER, NOTEBOOKS
from helpers.story_folder import CHOSEN, locate


def install(prefix: str | os.PathLike[str]) -> None:
    """Put our settings of Jupyter into the environment; no other file is touched."""
    for file in sorted(path for path in JUPYTER.rglob("*") if path.is_file()):
        target = Path(prefix, file.relative_to(JUPYTER))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def command(*, browser: bool) -> list[str]:
    """How JupyterLab is started."""
    options = [] if browser else ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # in a container there is often no other user
    return [
        sys.executable, "-m", "jupyterlab", *options,
        f"--ServerApp.root_dir={HOME}", "--LabApp.default_url=/lab/tree/notebooks",
    ]  # fmt: skip


def start(story: str | None = None, *, browser: bool = True) -> int:
    """Run JupyterLab until it is stopped, its notebooks on a story; its exit code.

    Raises `StoryError` where there is no such story.
    """
    chosen = {CHOSEN: str(locate(story))} if story is not None else {}
    install(sys.prefix)
    try:
        return subprocess.call(command(browser=browser), env=os.environ | chosen)
    except KeyboardInterrupt:
        return 0


# -- the extension of Jupyter's server ------------------------------------------------------------


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(put_in_order)


def put_in_order(*, model: dict[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Before Jupyter saves one of the project's notebooks: tidy it; leave any other file alone."""
    file = Path(contents_manager.root_dir, path.strip("/")).resolve()
    if model["type"] == "notebook" and file.is_relative_to(NOTEBOOKS):
        from helpers.notebook_form import tidy

        tidy(model["content"])


if __name__ == "__main__":  # run.py calls this when it has set up the environment
    install(sys.prefix)
