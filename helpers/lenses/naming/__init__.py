"""Naming: what each outlet calls the actors, and the same things."""

from helpers.lenses.naming.method import (
    DESCRIPTIONS,
    LabelCounts,
    count_labels,
    label_of,
    naming,
    naming_differences,
    naming_of_parts,
    namings,
    told_by,
)
from helpers.lenses.naming.things import (
    listed_labels,
    proposed_labels,
    thing_labels,
    thing_namings,
)

__all__ = [
    "DESCRIPTIONS",
    "LabelCounts",
    "count_labels",
    "label_of",
    "listed_labels",
    "naming",
    "naming_differences",
    "naming_of_parts",
    "namings",
    "proposed_labels",
    "thing_labels",
    "thing_namings",
    "told_by",
]
