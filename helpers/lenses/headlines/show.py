"""How headlines are shown against bodies."""

from __future__ import annotations

from helpers.show.base import Table

headlines = Table(
    "Headline against body",
    {
        "outlet": "outlet",
        "kind": "kind",
        "item": "what",
        "headlines": "headlines",
        "articles": "of",
        "share_headline": "in headlines",
        "share_body": "in bodies",
        "difference": "difference",
        "descriptive": "descriptive only",
    },
    shares=("share_headline", "share_body", "difference"),
    keys=("item",),
    limit=15,
)
