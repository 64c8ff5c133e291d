"""Who is in the story: actors found by their names, merged over articles, and counted."""

from __future__ import annotations

from helpers.actors.finding import find_mentions

__all__ = ["find_mentions"]
