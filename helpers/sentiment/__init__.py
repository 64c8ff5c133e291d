"""How a text speaks of the actors it mentions, and VADER per sentence as the named baseline."""

from __future__ import annotations

from helpers.sentiment.sentences import sentence_sentiment
from helpers.sentiment.targets import explain_targets, score_targets, target_sentiment

__all__ = ["explain_targets", "score_targets", "sentence_sentiment", "target_sentiment"]
