"""The three models that a story can have from elsewhere: tagger, name finder, target sentiment.

`chosen` gives those that ``story.toml`` names; `check_adapter` says whether a replacement keeps
its contract. How to write one: ``docs/models.md``.
"""

from __future__ import annotations

from helpers.models.checking import check_adapter
from helpers.models.choosing import Models, chosen, chosen_by, load
from helpers.models.depth import Depth, reading_depth
from helpers.models.protocols import (
    LABELS,
    NAME_COLUMNS,
    NAME_TYPES,
    PENN_TAGS,
    ROLES,
    ModelError,
    NameFinder,
    Tagger,
    TargetModel,
)

__all__ = [
    "LABELS",
    "NAME_COLUMNS",
    "NAME_TYPES",
    "PENN_TAGS",
    "ROLES",
    "Depth",
    "ModelError",
    "Models",
    "NameFinder",
    "Tagger",
    "TargetModel",
    "check_adapter",
    "chosen",
    "chosen_by",
    "load",
    "reading_depth",
]
