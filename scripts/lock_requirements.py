"""Write `requirements.lock` and `requirements-dev.lock`: every package with its version and hashes.

    python scripts/lock_requirements.py

The versions are those of `constraints.txt`; where that says nothing (packages of Windows or macOS
alone) they are those of the locks as they stand, else the newest. Needs uv and the registry that uv
is told of. The second lock holds what the first one does not.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "3.11"
"""The locks hold from this Python on, on every system."""
_PACKAGE = re.compile(r"^[\w.-]+(?:\[[\w,-]+\])?==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Lock what `requirements.txt` and `requirements-dev.txt` ask for."""
    base = locked("requirements.txt")
    pins = {each.split()[0] for each in base}
    both = locked("requirements.txt", "requirements-dev.txt")
    further = [each for each in both if each.split()[0] not in pins]
    for name, packages in (("requirements.lock", base), ("requirements-dev.lock", further)):
        text = "# Made by scripts/lock_requirements.py.\n" + "".join(packages)
        (ROOT / name).write_text(text, encoding="utf-8")


def locked(*names: str) -> list[str]:
    """The lines of each package that the files need, pip among them, which installs the rest."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder, "found.lock")
        known = [ROOT / name for name in ("requirements.lock", "requirements-dev.lock")]
        found.write_text("".join(k.read_text("utf-8") for k in known if k.exists()), "utf-8")
        Path(folder, "pip.in").write_text("pip\n", encoding="utf-8")
        command = ["uv", "pip", "compile", *names, f"{folder}/pip.in", "-c", "constraints.txt",
                   "--universal", "--python-version", OLDEST, "--generate-hashes", "--quiet",
                   "--no-annotate", "--no-header", "-o", str(found)]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return _PACKAGE.findall(found.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
