"""Windows of some weeks, into which a corpus of many articles is cut to be worked on, or sampled.

Outlets report the same thing within days. So what is compared between articles is sought among
those of the same weeks, and a sample keeps weeks whole: within it nobody is missing.
"""

from __future__ import annotations

import hashlib

import pandas as pd

from helpers.schema import needs

WINDOW = 5_000
"""Articles of a window, and of a sample, at most."""
FEWEST = 8
"""Weeks of a sample at least."""


def windows(articles: pd.DataFrame, *, most: int | None = None) -> list[pd.DataFrame]:
    """The articles in windows: one table per window, at most ``most`` (`WINDOW`) articles each.

    No more articles than that are one window, the table itself. Of more, weeks that follow each
    other are one as long as there is room; a week with too many articles is cut into days. What no
    date tells apart is cut by the hash of the doc_id, so that articles of one outlet do not stay
    among themselves. Articles keep their order in a window.
    """
    most = WINDOW if most is None else most
    if 0 < len(articles) <= most:
        return [articles]
    made: list[list[int]] = []
    for run in _runs(articles, most):
        open_window = made[-1] if made else []
        if run.joins and open_window and len(open_window) + len(run.rows) <= most:
            open_window.extend(run.rows)
        else:
            made += _pieces(run.rows, articles["doc_id"].tolist(), most)
    return [articles.iloc[sorted(rows)].reset_index(drop=True) for rows in made]


def sampled(articles: pd.DataFrame, *, most: int | None = None) -> pd.DataFrame:
    """At most ``most`` (`WINDOW`) articles: whole weeks, evenly spaced from first to last.

    Days where fewer than `FEWEST` weeks have room; without dates, articles drawn by the hash of
    their doc_id.
    """
    most = WINDOW if most is None else most
    articles = articles.reset_index(drop=True)
    if len(articles) <= most:
        return articles
    for unit, least in (("week", FEWEST), ("day", 1)):
        groups = [rows for name, rows in _grouped(articles, unit) if name]
        for wanted in range(len(groups), least - 1, -1):
            # The middle of each of so many equal stretches of time.
            chosen = [groups[(2 * i + 1) * len(groups) // (2 * wanted)] for i in range(wanted)]
            if sum(map(len, chosen)) <= most:
                rows = sorted(row for group in chosen for row in group)
                return articles.iloc[rows].reset_index(drop=True)
    doc_ids = articles["doc_id"].tolist()
    drawn = sorted(range(len(doc_ids)), key=lambda i: _hash(doc_ids[i]))[:most]
    return articles.iloc[sorted(drawn)].reset_index(drop=True)


class _Run:
    """Articles that belong together, and whether the window before may take them in."""

    def __init__(self, rows: list[int], *, joins: bool) -> None:
        self.rows = rows
        self.joins = joins


def _runs(articles: pd.DataFrame, most: int) -> list[_Run]:
    runs: list[_Run] = []
    for week, rows in _grouped(articles, "week"):
        if len(rows) <= most or not week:
            runs.append(_Run(rows, joins=bool(week)))
            continue
        inside = articles.iloc[rows].reset_index(drop=True)
        runs += [_Run([rows[i] for i in days], joins=True) for _, days in _grouped(inside, "day")]
    return runs


def _grouped(articles: pd.DataFrame, unit: str) -> list[tuple[str, list[int]]]:
    """The rows of each week or day, in the order of time; undated ones last, under no name."""
    needs(articles, "doc_id", "published", table="articles")
    days = articles["published"].astype("str").str[:10]
    dates = pd.to_datetime(days, errors="coerce", format="%Y-%m-%d")
    form = "%G-W%V" if unit == "week" else "%Y-%m-%d"
    groups: dict[str, list[int]] = {}
    for row, name in enumerate(dates.dt.strftime(form).fillna("").tolist()):
        groups.setdefault(name, []).append(row)
    undated = groups.pop("", [])
    return [*sorted(groups.items()), *([("", undated)] if undated else [])]


def _pieces(rows: list[int], doc_ids: list[str], most: int) -> list[list[int]]:
    if len(rows) <= most:
        return [list(rows)]
    mixed = sorted(rows, key=lambda row: _hash(doc_ids[row]))
    return [mixed[i : i + most] for i in range(0, len(mixed), most)]


def _hash(doc_id: str) -> str:
    return hashlib.sha256(doc_id.encode("utf-8", "replace")).hexdigest()
