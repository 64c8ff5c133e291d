"""Headlines: what stands in them against what stands in the bodies."""

from helpers.lenses.headlines import show
from helpers.lenses.headlines.method import (
    headline_against_body,
    headline_items,
    places,
)

__all__ = [
    "headline_against_body",
    "headline_items",
    "places",
    "show",
]
