"""JupyterLab on the notebooks, in this environment, without its question about news."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from helpers.paths import ROOT

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


def command(*, browser: bool) -> list[str]:
    """How JupyterLab is started."""
    options = [] if browser else ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # in a container there is often no other user
    return [
        sys.executable, "-m", "jupyterlab", *options,
        f"--ServerApp.root_dir={ROOT}", "--LabApp.default_url=/lab/tree/notebooks",
    ]  # fmt: skip


def quiet(prefix: Path) -> Path:
    """Write the settings that switch the pop-up off, keeping what else is set; their file."""
    file = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    known: dict[str, object] = {}
    if file.exists():
        known = json.loads(file.read_text(encoding="utf-8"))
    if any(known.get(key) != value for key, value in SETTINGS.items()):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known | SETTINGS, indent=2) + "\n", encoding="utf-8")
    return file


def start(*, browser: bool = True) -> int:
    """Run JupyterLab until it is stopped; its exit code."""
    quiet(Path(sys.prefix))
    try:
        return subprocess.call(command(browser=browser))
    except KeyboardInterrupt:
        return 0
