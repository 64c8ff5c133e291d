"""What was measured of a model on gold data: one small file a model, and what a story says of it.

`benchmarks/models.py` measures and writes the cards in ``data/models/adapters/``. A card names
the model, what made it (``version``), and for each role its figures beside those of our own model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.paths import MODELS

FOLDER = MODELS / "adapters"
OWN = "parallax"


def file_of(name: str, folder: Path = FOLDER) -> Path:
    """Where the card of the model that ``story.toml`` calls ``name`` lies."""
    return folder / f"{re.sub(r'[^A-Za-z0-9_.]+', '-', name).strip('-.')}.json"


def read(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """The card of a model; empty without one."""
    file = file_of(name, folder)
    card: dict[str, Any] = {}
    if file.is_file():
        card = json.loads(file.read_text(encoding="utf-8"))
    return card


def write(
    name: str, role: str, version: str, figures: Mapping[str, float], folder: Path = FOLDER
) -> Path:
    """Add the figures (measure → per cent) of a role to the model's card; the card's file.

    A card of another version starts anew.
    """
    card = read(name, folder)
    if card.get("version") != version:
        card = {"model": name, "version": version, "figures": {}}
    card["figures"][role] = {measure: round(value, 1) for measure, value in figures.items()}
    card["figures"] = dict(sorted(card["figures"].items()))
    file = file_of(name, folder)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def notes(chosen: Mapping[str, tuple[str, str]], folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """A row of `problems` for each model that is not ours: which, and its figures beside ours."""
    for role, (name, version) in chosen.items():
        told = _figures(role, name, version, folder)
        yield {
            "file": "story.toml",
            "problem": f"{role} is {name} ({version}), not Parallax's own: {told}",
            "action": _ACTIONS[role],
        }


_ACTIONS = {
    "tagger": "used; what the texts say of accuracy was measured with Parallax's own tagger",
    "names": "used; what the texts say of the accuracy of actors was measured with Parallax's own "
    "names; which names are one actor is decided as ever",
    "target_sentiment": "used; what the texts say of its accuracy, and the words given as reasons, "
    "are of Parallax's own model",
}


def _figures(role: str, name: str, version: str, folder: Path) -> str:
    """ "GUM news, names, F1: 70.1% (Parallax's own 84.0%)", or that nothing was measured."""
    card = read(name, folder)
    figures: dict[str, float] = card.get("figures", {}).get(role, {})
    if not figures:
        return "its accuracy is not measured (benchmarks/models.py measures it on gold data)"
    ours = read(OWN, folder).get("figures", {}).get(role, {})
    told = "; ".join(
        f"{measure}: {value:.1f}%"
        + (f" (Parallax's own {ours[measure]:.1f}%)" if measure in ours else "")
        for measure, value in figures.items()
    )
    return told if card["version"] == version else f"measured as {card['version']}, {told}"
