"""Where the project keeps its data: the one place that knows how deep a module lies."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
LEXICONS = DATA / "lexicons"
MODELS = DATA / "models"
STORIES = DATA / "stories"
NOTEBOOKS = ROOT / "notebooks"
