"""Parallax: how several outlets tell the same story, with every number led to its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.story import Story

__version__ = "0.1.0"
__all__ = ["Story", "__version__"]


def __getattr__(name: str) -> object:
    # Loaded on first use, so that importing one room does not import pandas for all.
    if name == "Story":
        from helpers.story import Story

        return Story
    raise AttributeError(f"module 'helpers' has no attribute {name!r}")
