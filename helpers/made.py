"""What is computed once for a story and kept in its store."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, overload

import pandas as pd

T = TypeVar("T")


@contextmanager
def patiently() -> Iterator[None]:
    """Surroundings that suit the making of tables.

    Making a table allocates hundreds of thousands of small objects and no cycles: at Python's
    default thresholds the collector takes a quarter of the time and finds nothing. And its texts
    go from lists to columns and back many times, which costs a tenth less without Arrow.
    """
    before = gc.get_threshold()
    if before[0] > 0:
        gc.set_threshold(max(before[0], 100_000), max(before[1], 50), max(before[2], 50))
    try:
        with pd.option_context("mode.string_storage", "python"):
            yield
    finally:
        gc.set_threshold(*before)


def kept(story: Any, key: Any, make: Callable[[], T]) -> T:
    """What the story's store holds under a key, made patiently where it holds nothing yet."""
    if key not in story.made:
        with patiently():
            story.made[key] = make()
    found: T = story.made[key]
    return found


class made_once(Generic[T]):  # used as a decorator, like `property`
    """Something of a story that is computed when it is first asked for, and kept in its store."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make, self.__doc__ = make, make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, story: None, owner: type) -> made_once[T]: ...

    @overload
    def __get__(self, story: Any, owner: type) -> T: ...

    def __get__(self, story: Any, owner: type) -> made_once[T] | T:
        if story is None:
            return self
        return kept(story, self.name, lambda: self.make(story))
