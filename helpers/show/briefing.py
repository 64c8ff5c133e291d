"""How the briefing's notebook shows the findings and what they rest on."""

from __future__ import annotations

from helpers import display
from helpers.display import reading as reading
from helpers.leads import Lead
from helpers.show.base import Table
from helpers.show.base import problems as problems
from helpers.show.base import saved as saved
from helpers.statistics import MIN_ARTICLES

COUNTED = {"side": "counted"}

cards = display.findings
findings = Table(
    "Findings, the one most worth saying first",
    {
        "statement": "statement",
        "value": "value",
        "denominator": "of",
        "low": "low",
        "high": "high",
        "method": "method",
    },
    limit=None,
    leads={"value": Lead(("claim_id",), where=COUNTED, whole=Lead(("claim_id",)))},
)
support = Table(
    f"Outlets; below {MIN_ARTICLES} articles: descriptive only",
    {
        "outlet": "outlet",
        "articles": "articles",
        "words": "words",
        "comparable": "can be tested",
    },
    limit=40,
    leads=dict.fromkeys(("articles", "words"), Lead(("outlet",), where={"repeats": False})),
)
behind = Table(
    "Evidence",
    {"statement": "statement", "spans": "spans", "articles": "articles"},
    limit=None,
    leads={
        "spans": Lead(("claim_id",), where=COUNTED),
        "articles": Lead(("claim_id",), where=COUNTED, once=("doc_id",)),
    },
)
