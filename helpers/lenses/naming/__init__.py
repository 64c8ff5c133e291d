"""Naming: what each outlet calls the actors, and the same things."""

from helpers.lenses.naming import show, takeaways
from helpers.lenses.naming.concepts import (
    concept_labels,
    concept_namings,
    concepts_told,
    listed_labels,
)
from helpers.lenses.naming.method import (
    DESCRIPTIONS,
    LabelCounts,
    count_labels,
    counted,
    label_of,
    naming,
    naming_of_parts,
    namings,
    told_by,
)

__all__ = [
    "DESCRIPTIONS",
    "LabelCounts",
    "concept_labels",
    "concept_namings",
    "concepts_told",
    "count_labels",
    "counted",
    "label_of",
    "listed_labels",
    "naming",
    "naming_of_parts",
    "namings",
    "show",
    "takeaways",
    "told_by",
]
