"""Stance: with which verbs an outlet reports what others say."""

from helpers.lenses.stance.method import (
    stance_shares,
)

__all__ = [
    "stance_shares",
]
