"""Where the public gold data is: every benchmark finds it below the folder it is given."""

from __future__ import annotations

from pathlib import Path


def folder(data: Path, name: str) -> Path:
    """The folder ``name`` at ``data``, in its ``gold/`` or ``corpora/``, or ``data`` itself."""
    tries = [data / name, data / "gold" / name, data / "corpora" / name]
    if data.name == name:
        tries.append(data)
    for candidate in tries:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no folder {name} in {data} (nor in its gold/ or corpora/)")


def root(data: Path) -> Path:
    """The folder that holds the gold folders: ``data``, or its ``gold/``."""
    return data / "gold" if (data / "gold").is_dir() else data
