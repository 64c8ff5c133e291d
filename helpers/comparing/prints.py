"""Which earlier article's text an article prints: a copy's original, or what it shares most with.

Agency copy counts once only where the agency's article, or an earlier print, is at hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.comparing.events import OTHERS_ORIGINS
from helpers.comparing.sides import printer
from helpers.duplicates import runs_of
from helpers.origin import JOINER, OWN
from helpers.schema import needs
from helpers.wording import is_missing

LEAST = 0.3
"""Share of an article's runs of five words that the earlier one must hold (ours)."""
DAYS = 7
"""So many days before it the earlier one may be printed."""


def earlier_print(articles: pd.DataFrame) -> pd.Series:
    """For each article (index: doc_id) the doc_id of the earlier one whose text it prints.

    That is the original of a copy, and of agency copy and shared text (`origin`) the article of an
    outlet named in `shared_with` that holds most of it. Of one day an outlet's own text is the
    earlier one, then the first doc_id. Missing where there is none: the agency's own text is often
    not among the articles.
    """
    needs(articles, "doc_id", "outlet", "text", "published", table="articles")
    copied = {"duplicate_of", "origin", "shared_with"} - set(articles)
    rows: list[dict[str, Any]] = articles.assign(**dict.fromkeys(copied)).to_dict("records")  # type: ignore[assignment]
    by_outlet: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=_order):
        if is_missing(row["duplicate_of"]):
            by_outlet.setdefault(printer(row), []).append(row)
    found = {row["doc_id"]: _of(row, by_outlet) for row in rows}
    return pd.Series(found, dtype="object").reindex(articles["doc_id"]).astype("str")


def _order(row: dict[str, Any]) -> tuple[str, bool, str]:
    day = "9999" if is_missing(row["published"]) else str(row["published"])[:10]
    return day, row["origin"] != OWN, str(row["doc_id"])


def _of(row: dict[str, Any], by_outlet: dict[str, list[dict[str, Any]]]) -> str | None:
    if not is_missing(row["duplicate_of"]):
        return str(row["duplicate_of"])
    if row["origin"] not in OTHERS_ORIGINS or is_missing(row["shared_with"]):
        return None
    names = str(row["shared_with"]).split(JOINER)
    near = [o for name in names for o in by_outlet.get(name, ()) if _is_before(o, row)]
    runs = runs_of(row["text"]) if near else np.empty(0, np.uint64)
    best, most = None, LEAST * runs.size
    for other in near:
        same = np.intersect1d(runs, runs_of(other["text"]), assume_unique=True).size
        if same and same >= most:
            best, most = str(other["doc_id"]), same + 1
    return best


def _is_before(other: dict[str, Any], row: dict[str, Any]) -> bool:
    if _order(other) >= _order(row):
        return False
    if is_missing(other["published"]) or is_missing(row["published"]):
        return True
    days = pd.Timestamp(str(row["published"])[:10]) - pd.Timestamp(str(other["published"])[:10])
    return bool(days.days <= DAYS)
