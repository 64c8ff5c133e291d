"""Parallax: how several outlets tell the same story, with every number led to its sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Before NumPy is loaded: our matrix products are small, and with more threads their helpers spin
# rather than work (measured: 5 times the CPU time of keyness on two busy cores).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from helpers.story import Story
    from helpers.story_folder import story_name

__version__ = "0.1.0"
__all__ = ["Story", "__version__", "story_name"]


def __getattr__(name: str) -> object:
    # Loaded on first use, so that importing one room does not import pandas for all.
    if name == "Story":
        from helpers.story import Story

        return Story
    if name == "story_name":
        from helpers.story_folder import story_name

        return story_name
    raise AttributeError(f"module 'helpers' has no attribute {name!r}")
