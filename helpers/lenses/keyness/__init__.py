"""Keyness: the terms that set an outlet apart from all others."""

from helpers.lenses.keyness import show, takeaways
from helpers.lenses.keyness.effects import COLUMNS
from helpers.lenses.keyness.method import (
    counted,
    keyness,
    keyness_of_counts,
    keyness_of_many,
    keyness_of_parts,
    uses,
)

__all__ = [
    "COLUMNS",
    "counted",
    "keyness",
    "keyness_of_counts",
    "keyness_of_many",
    "keyness_of_parts",
    "show",
    "takeaways",
    "uses",
]
