"""When a file was last committed, as git tells it where the file lies in a work tree.

The repository may be a stranger's: what its settings could start (signature programs, transports
of a partial clone, filters) is switched off or not asked for, and the file's own bytes are hashed
here, so that no filter runs.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

SECONDS = 10
_SAFE = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


def commit_date(file: Path) -> str:
    """The day (YYYY-MM-DD, as the committer wrote it) on which ``file`` got the words it has.

    Empty where there is no git, no work tree, no commit of the file, or where the file has been
    changed since: then no commit vouches for what is read. Raises nothing.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return ""
    kept = _git(file.parent, "rev-parse", "--verify", "--quiet", f"HEAD:./{file.name}")
    if kept not in {_blob(content, len(kept)), _blob(content.replace(b"\r\n", b"\n"), len(kept))}:
        return ""
    asked = ("log", "-1", "--format=%cs", "--no-show-signature", "--", f":(literal){file.name}")
    day = _git(file.parent, *asked)
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""


def _blob(content: bytes, figures: int) -> str:
    """The name that git gives the content, in SHA-1 or in the SHA-256 of newer repositories."""
    way = hashlib.sha256 if figures > 40 else hashlib.sha1
    return way(b"blob %d\0" % len(content) + content).hexdigest()


def _git(folder: Path, *asked: str) -> str:
    """The one line that git answers; empty where it answers nothing."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "--no-pager", "-C", str(folder), *asked],
            env=own | _SAFE, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
