"""Where the project keeps its data: the one place that knows how deep a module lies."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds the package: the checkout, or where packages are installed."""
_INSTALLED = Path(__file__).resolve().parent / "installed"
HOME = _INSTALLED if _INSTALLED.is_dir() else ROOT
"""The folder of data and notebooks; a wheel carries them inside the package (`setup.py`)."""
DATA = HOME / "data"
LEXICONS = DATA / "lexicons"
MODELS = DATA / "models"
STORIES = DATA / "stories"
NOTEBOOKS = HOME / "notebooks"
ACCURACY = HOME / "docs" / "accuracy.md"
JUPYTER = HOME / "jupyter"


def build() -> Path:
    """Where results go unless told: in the checkout, else in the folder that one is in."""
    return (ROOT if HOME == ROOT else Path.cwd()) / "build"
