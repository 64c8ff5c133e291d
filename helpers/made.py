"""What is computed once: for a story, kept in its store, and for the tables asked last."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any, Generic, TypeVar, overload

import pandas as pd

from helpers import progress

T = TypeVar("T")
_SMALL = 20_000
"""Rows of a table of few texts, which are read while those of a corpus are kept."""


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
        with patiently(), progress.step(key, lambda: _words(story)):
            story.made[key] = make()
    found: T = story.made[key]
    return found


def _words(story: Any) -> int:
    """How many words a story has; 0 before it was read."""
    corpus = story.made.get("_corpus")
    return int(corpus[0]["n_words"].sum()) if corpus else 0


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


class made_of_tables(Generic[T]):  # used as a decorator
    """A function of tables whose answers are kept for the tables that it was last asked for.

    Kept are the answers for the last small tables and for the last large ones, so that all lenses
    share them; a sentence that is read in between does not cost a corpus.
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self.make = make
        self._last: dict[bool, tuple[list[weakref.ref[pd.DataFrame]], T]] = {}
        update_wrapper(self, make)

    def __call__(self, *tables: pd.DataFrame) -> T:
        made = self.known(*tables)
        if made is None:
            made = self.make(*tables)
            self._last[len(tables[-1]) < _SMALL] = [weakref.ref(table) for table in tables], made
        return made

    def known(self, *tables: pd.DataFrame) -> T | None:
        """The answer for these tables where it is kept."""
        of, made = self._last.get(len(tables[-1]) < _SMALL, ([], None))
        same = bool(of) and all(kept() is table for kept, table in zip(of, tables, strict=True))
        return made if same else None
