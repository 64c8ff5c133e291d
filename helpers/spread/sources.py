"""Whose text is whose, and what was told when, by whom first."""

from __future__ import annotations

import pandas as pd

from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.material import Material
from helpers.wording import clean, is_missing, listing

LATER = 5
"""Outlets that tell a thing later, by name."""
LONGEST = 220


def taken_over(m: Material) -> pd.DataFrame:
    """One row per article that is not its outlet's own text alone: outlet, published, title, whose.

    Copies of another article, agency copy, and texts that other outlets print in large part. What
    is left of the story once each text counts once are the other articles.
    """
    articles = m.story.articles
    outlet = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    rows = []
    for row in articles.to_dict("records"):
        twin, origin, others = row["duplicate_of"], row["origin"], row["shared_with"]
        if not is_missing(twin):
            whose = f"the same text as in {outlet.get(twin, twin)}"
        elif origin == "wire":
            whose = "agency copy" if is_missing(others) else f"agency copy: {others}"
        elif origin == "shared":
            whose = f"printed by {others} too"
        elif not is_missing(others):
            whose = f"its own, with {others}"
        else:
            continue
        published = None if is_missing(row["published"]) else str(row["published"])[:10]
        title = clean(row["title"], 100)
        rows.append((row["outlet"], published, title, clean(whose, 120), row["doc_id"], 0, 0))
    columns = ["outlet", "published", "title", "whose", "doc_id", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def chronology(m: Material) -> pd.DataFrame:
    """One row per report that two outlets tell: the day, who told it first, what, and who later.

    Outlets of the same day stand together as the first; articles without a date are left out.
    """
    told = m.story.coverage
    told = told[(told["status"] == "present") & told["start"].notna()]
    told = told[told["doc_id"].isin(sorted(m.articles)) & (told["outlet"] != UNKNOWN_OUTLET)]
    days = told["doc_id"].map({doc: _day(row) for doc, row in m.articles.items()})
    told = told.assign(day=days).dropna(subset=["day"])
    rows = []
    for _, group in told.groupby("fact_id", sort=True):
        group = group.sort_values(["day", "doc_id"], kind="stable")
        first = group.iloc[0]
        same = group[group["day"] == first["day"]]
        later = [f"{o} ({d[5:]})" for o, d in zip(group["outlet"], group["day"], strict=True)
                 if d != first["day"]]  # fmt: skip
        if len(group) > 1:
            what = clean(first["statement"], LONGEST)
            place = first["doc_id"], int(first["start"]), int(first["end"])
            by = listing(list(dict.fromkeys(same["outlet"])), LATER)
            rows.append((first["day"], by, what, listing(later, LATER), len(group), *place))
    columns = ["day", "first", "what", "later", "outlets", "doc_id", "start", "end"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["day", "outlets", "doc_id", "start"],
                             ascending=[True, False, True, True], ignore_index=True)  # fmt: skip


def _day(row: dict[str, object]) -> str | None:
    published = row["published"]
    return None if is_missing(published) else str(published)[:10]
