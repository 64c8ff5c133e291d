"""How a text speaks of the actors it mentions, and VADER per sentence as the named baseline."""

from __future__ import annotations

from helpers.sentiment.sentences import sentence_sentiment

__all__ = ["sentence_sentiment"]
