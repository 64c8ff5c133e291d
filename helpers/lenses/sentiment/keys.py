"""Keys of features: a 64-bit number for each combination of word and place."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LEFT, RIGHT = 1, 2
TARGET, ENTITY, NUMBER, EDGE = 11, 22, 33, 44  # stand for words that must not be learned by heart

FAMILIES = (
    "word", "place", "clause", "quoted", "near", "pair", "pair_side", "gap", "around", "target",
    "mark", "role", "group_role", "group_clause", "group_quoted", "group_between",
)  # fmt: skip
CODE = {name: 100 + number for number, name in enumerate(FAMILIES)}
WEIGHT = {"group_clause": 0.7, "group_quoted": 0.7, "group_between": 0.7}


class Family(NamedTuple):
    """Features of one kind: for each its target, the token it comes from, and its key."""

    name: str
    row: Array
    token: Array
    key: Array


def mix(*parts: Any) -> Array:
    """One 64-bit key out of several numbers (multiply, exclusive or, shift)."""
    with np.errstate(over="ignore"):
        mixed = np.asarray(parts[0]).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = mixed ^ (mixed >> np.uint64(29))
        for part in parts[1:]:
            mixed = (mixed ^ np.asarray(part).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = mixed ^ (mixed >> np.uint64(29))
    return mixed
