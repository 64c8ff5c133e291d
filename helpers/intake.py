"""What was made of each file of a folder, in numbers that add up; and what its names suggest."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from helpers import schema
from helpers.readers.metadata import day

MOST_NAMED = 3
_CALLED = {"outlet": "outlet", "published": "day", "title": "title"}
_PLACE = re.compile(r", (?:row|article|sheet|page|reference) [^/]*$")
_NAME = re.compile(r"(\d{4}-\d\d-\d\d|\d{8})(?:[_ ]+([^_]+?))?(?:_|\.\w+$|$)")
_NO_FILES = frozenset(
    {"articles", "articles.csv", "story.toml", "actors.csv", "facts.csv", "labels.csv"}
)
"""What problems are of that are no file of articles, unless articles were read of it."""


def by_file(articles: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """One row per file, those with problems first: what was made of it.

    Columns are file, articles, words, outlets (the first three), dated (articles), first and last
    (days), problems (number) and told (what they say). A file without articles has problems.

    >>> made = schema.make("articles", [{"doc_id": "a/1", "file": "a.csv, row 1", "outlet": "X",
    ...                                  "text": "One.", "n_words": 1}])
    >>> told = schema.make("problems", [{"file": "b.txt", "problem": "empty", "action": "none"}])
    >>> by_file(made, told)[["file", "articles", "problems"]].values.tolist()
    [['b.txt', 0, 1], ['a.csv', 1, 0]]
    """
    read = articles.assign(file=articles["file"].map(_file_of))
    told = problems.assign(file=problems["file"].map(_file_of))
    told = told[~told["file"].isin(_NO_FILES.difference(read["file"]))]
    rows = []
    by_name = dict(iter(read.groupby("file", sort=False)))
    doubts = dict(iter(told.groupby("file", sort=False)))
    for name in sorted({*by_name, *doubts}, key=lambda name: (name not in doubts, name)):
        made, said = by_name.get(name, read.head(0)), doubts.get(name, told.head(0))
        outlets = [*dict.fromkeys(made["outlet"])]
        more = " …" if len(outlets) > MOST_NAMED else ""
        days = made["published"].dropna()
        rows.append({
            "file": name,
            "articles": len(made),
            "words": int(made["n_words"].sum()),
            "outlets": ", ".join(outlets[:MOST_NAMED]) + more,
            "dated": len(days),
            "first": days.min() if len(days) else "",
            "last": days.max() if len(days) else "",
            "problems": len(said),
            "told": "; ".join(said["problem"]),
        })  # fmt: skip
    columns = ["file", "articles", "words", "outlets", "dated", "first", "last", "problems", "told"]
    return pd.DataFrame(rows, columns=columns)


def _file_of(place: str) -> str:
    """The file of an article or problem, without its row."""
    return _PLACE.sub("", place)


def account(files: pd.DataFrame) -> str:
    """One sentence that accounts for every file: read, or left out with a problem.

    >>> account(by_file(schema.make("articles"), schema.make("problems", [
    ...     {"file": "b.txt", "problem": "empty", "action": "left out"}])))
    '1 file: none read, 1 left out (its problem says why).'
    """
    read, all_ = files[files["articles"] > 0], len(files)
    left = all_ - len(read)
    doubted = int((read["problems"] > 0).sum())
    parts = [f"{len(read):,} read as {_articles(read)}" if len(read) else "none read"]
    if doubted:
        parts[0] += f" ({doubted:,} of these files with a problem)"
    if left:
        parts.append(
            f"{left:,} left out ({'its problem says' if left == 1 else 'problems say'} why)"
        )
    return f"{all_:,} file{'s' * (all_ != 1)}: {', '.join(parts)}."


def _articles(files: pd.DataFrame) -> str:
    total = int(files["articles"].sum())
    return f"{total:,} article{'s' * (total != 1)}"


def taken_from(origins: Mapping[str, Mapping[str, str]]) -> str:
    """One sentence on where outlets, days and titles come from, those of most articles first.

    >>> taken_from({"a": {"outlet": "folder", "published": "nowhere", "title": "file"},
    ...             "b": {"outlet": "folder", "published": "articles.csv", "title": "file"}})
    'Taken from: outlet folder (2); day articles.csv (1), nowhere (1); title file (2).'
    """
    parts = []
    for name, called in _CALLED.items():
        counts = Counter(told[name] for told in origins.values())
        ranked = sorted(counts.items(), key=lambda item: (item[0] == "nowhere", -item[1], item[0]))
        parts.append(f"{called} " + ", ".join(f"{where} ({n:,})" for where, n in ranked))
    return f"Taken from: {'; '.join(parts)}."


def of_file(files: pd.DataFrame, origins: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """The table of `by_file` with a column each for where outlet, day and title come from."""
    found: dict[str, dict[str, set[str]]] = {}
    for place, told in origins.items():
        mine = found.setdefault(_file_of(place), {name: set() for name in _CALLED})
        for name in _CALLED:
            mine[name].add(told[name])
    columns = {
        f"{called} from": [", ".join(sorted(found.get(f, {}).get(name, ()))) for f in files["file"]]
        for name, called in _CALLED.items()
    }
    return files.assign(**columns)


def guesses(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per article whose file's name tells of a day or outlet that nothing declares.

    Columns are those of the sheet `articles.csv`: file, published, outlet. Never used unasked.

    >>> guesses(schema.make("articles", [{"doc_id": "a", "outlet": schema.UNKNOWN_OUTLET,
    ...     "n_words": 0, "text": "", "file": "2018-10-26_harbor-wire_shuttle.txt",
    ... }])).values.tolist()
    [['2018-10-26_harbor-wire_shuttle.txt', '2018-10-26', 'Harbor Wire']]
    """
    rows = []
    columns = (articles[name].tolist() for name in ("file", "published", "outlet"))
    for file, known, outlet in zip(*columns, strict=True):
        match = _NAME.match(file.rpartition("/")[2])
        if not match or _PLACE.search(file):
            continue
        published = "" if isinstance(known, str) and known else day(match[1]) or ""
        unknown = outlet == schema.UNKNOWN_OUTLET
        meant = match[2].replace("-", " ").title() if unknown and match[2] else ""
        if published or meant:
            rows.append({"file": file, "published": published, "outlet": meant})
    return pd.DataFrame(rows, columns=["file", "published", "outlet"])


def sheet_lines(table: pd.DataFrame) -> list[str]:
    """The lines of a sheet, as a file of comma-separated values has them."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.itertuples(index=False))
    return made.getvalue().splitlines()
