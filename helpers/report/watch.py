"""In a kernel: which files a notebook reads, and which of the project's functions it runs.

Loaded by its path, apart from the package, whose modules are loaded anew for each notebook.
"""

from __future__ import annotations

import json
import os
import sys
from types import CodeType, FrameType
from typing import Any

read: set[str] = set()
"""Files that Python opened to read, and folders that it listed; absolute."""
ran: set[tuple[str, int]] = set()
"""File and first line of each function below the project's folder that was called."""
_root = ""
_met: dict[int, CodeType] = {}


def start(root: str) -> None:
    """Note from now on, in a kernel once; of functions only those below ``root``."""
    global _root
    _root = os.path.join(root, "")
    sys.addaudithook(_opened)
    if sys.version_info >= (3, 12):
        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.PROFILER_ID, "parallax")
        monitoring.register_callback(monitoring.PROFILER_ID, monitoring.events.PY_START, _started)
        monitoring.set_events(monitoring.PROFILER_ID, monitoring.events.PY_START)
    else:
        sys.settrace(_called)


def forget() -> None:
    """Forget what was noted and unload the project, so that the next notebook loads its own."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "helpers"]:
        del sys.modules[name]
    for noted in (read, ran, _met):
        noted.clear()


def noted() -> str:
    """What was noted, as JSON: ``read`` and ``ran``."""
    files = {f for m in list(sys.modules.values()) if (f := getattr(m, "__file__", None))}
    return json.dumps({"read": sorted(read | files), "ran": sorted(ran)})


def _opened(event: str, about: tuple[Any, ...]) -> None:
    reads = event == "open" and not set(about[1] or "") & set("wax")
    if (reads or event in ("os.listdir", "os.scandir")) and isinstance(about[0], str | os.PathLike):
        read.add(os.path.abspath(os.fsdecode(about[0])))


def _called(frame: FrameType, event: str, about: Any) -> None:
    code = frame.f_code
    if id(code) not in _met:
        _met[id(code)] = code
        _ran(code)


def _started(code: CodeType, offset: int) -> Any:
    _ran(code)
    return sys.monitoring.DISABLE  # type: ignore[attr-defined, unused-ignore]


def _ran(code: CodeType) -> None:
    if code.co_filename.startswith(_root):
        ran.add((code.co_filename, code.co_firstlineno))
