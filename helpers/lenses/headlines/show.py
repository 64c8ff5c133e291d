"""How headlines are shown against bodies."""

from __future__ import annotations

from helpers.leads import Lead
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
    leads={
        "headlines": Lead(("outlet", "kind", "item"), where={"part": "headline"}),
        "articles": Lead(("outlet",), once=("doc_id",), where={"part": "headline"}),
        "share_headline": Lead(("outlet", "kind", "item"), where={"part": "headline"}),
        "share_body": Lead(("outlet", "kind", "item"), where={"part": "body"}),
        "difference": Lead(
            ("outlet", "kind", "item"),
            where={"part": "headline"},
            whole=Lead(("outlet", "kind", "item")),
        ),
    },
)
