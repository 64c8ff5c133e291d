"""Forms of JSON: a value is brought to its form, with the known keys alone, or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

LARGEST = 10**9
"""No count and no offset is larger."""
_PLACES = re.compile(r"\d{1,9}-\d{1,9}(?: \d{1,9}-\d{1,9})*")
_RUN = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def shaped(value: Any, shape: Any, name: str) -> Any:
    """``value`` as ``shape`` has it; raises `Malformed`, which names ``name``.

    A shape is a table of known keys ("key?" may be missing), a list of one kind, a type, or a
    function that makes the value.
    """
    if isinstance(shape, dict):
        if not isinstance(value, Mapping):
            raise Malformed(f"{name} is no table")
        made = {}
        for asked, inner in shape.items():
            key = asked.removesuffix("?")
            if key in value:
                made[key] = shaped(value[key], inner, key)
            elif key == asked:
                raise Malformed(f"{name} has no {key}")
        return made
    if isinstance(shape, list):
        if not isinstance(value, list):
            raise Malformed(f"{name} is no list")
        return [shaped(each, shape[0], name) for each in value]
    if not isinstance(shape, type):
        return shape(value, name)
    if not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        raise Malformed(f"{name} is of another type")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Malformed(f"{name} is too large")
    return value


def listed_as(value: Any, name: str, *kinds: type) -> list[Any]:
    """A list of so many values, each of its type."""
    if not isinstance(value, list) or len(value) != len(kinds):
        raise Malformed(f"{name} is no list of {len(kinds)}")
    return [shaped(each, kind, name) for each, kind in zip(value, kinds, strict=True)]


def leads(value: Any, name: str) -> dict[str, Any]:
    """`leads.Book.data`: places that are there, and numbers of them that rise."""
    made: dict[str, Any] = shaped(value, {"places": dict, "refs": [[str]], "at?": dict}, name)
    for doc_id, held in made["places"].items():
        if not isinstance(doc_id, str) or not isinstance(held, str) or not _PLACES.fullmatch(held):
            raise Malformed(f"{name} hold something else than places")
    size = sum(held.count(" ") + 1 for held in made["places"].values())
    for ref in made["refs"]:
        if len(ref) != 2 or not all(_rising(side, size) for side in ref):
            raise Malformed(f"{name} count places that are not there")
    columns = [shaped(column, [int], "at") for column in made.get("at", {}).values()]
    counted((ref for column in columns for ref in column), made)
    return made


def _rising(numbers: str, size: int) -> bool:
    last = 0
    for run in filter(None, numbers.split(",")):
        read = _RUN.fullmatch(run)
        if read is None or not last <= int(read[1]) <= int(read[2] or read[1]) < size:
            return False
        last = int(read[2] or read[1])
    return True


def counted(refs: Iterable[int], leads: Mapping[str, Any]) -> None:
    """Raise `Malformed` where a number is none of those whose places are held."""
    if any(not -1 <= ref < len(leads.get("refs", ())) for ref in refs):
        raise Malformed("a number leads to nothing")


def mapping(value: Any) -> Mapping[str, Any]:
    """A table, or an empty one in the place of anything else."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> list[Any]:
    """A list, or an empty one in the place of anything else."""
    return value if isinstance(value, list) else []


def joined(value: Any) -> str:
    """Text as notebooks hold it: whole, or as a list of lines."""
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))


class Malformed(ValueError):
    """An output is not of the form that its name says."""
