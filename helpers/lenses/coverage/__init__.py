"""Coverage: which reported facts each outlet tells, and which it leaves out."""

from helpers.lenses.coverage import show, takeaways
from helpers.lenses.coverage.method import (
    REASONS,
    Part,
    coverage,
    coverage_of_parts,
    genres_of,
    one_story,
)

__all__ = [
    "REASONS",
    "Part",
    "coverage",
    "coverage_of_parts",
    "genres_of",
    "one_story",
    "show",
    "takeaways",
]
