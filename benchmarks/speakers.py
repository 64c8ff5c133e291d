"""Scores the speakers of quotations as actors: python benchmarks/speakers.py [--data DIR]

Two golds, marked by hand: the shipped story (`data/stories/us-iran-2019/gold/quotes.csv`), and,
with --data, the real articles in DIR/corpora/us-iran-2019 or DIR/us-iran-2019
(`tests/gold/us-iran-2019-quotes.csv`: names and offsets only). A gold span is found where one of
our spans overlaps it by half (intersection over union), or else holds half of it. Of the found
ones with an actor in the gold: how many of the resolved are right, how many stay unresolved. A
label is right where it names the same actor ("Turki Maliki", "Turki al-Maliki"): the real corpus
has no list of actors that would fix the spelling.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from helpers.story import Story

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "data" / "stories" / "us-iran-2019"
REAL = ROOT / "tests" / "gold" / "us-iran-2019-quotes.csv"
_IDLE = frozenset("the of inc corp company islamic mr mrs ms dr".split())


def same_actor(gold: str, found: str) -> bool:
    """Whether two labels name one actor: equal words, one inside the other, or initials."""
    a, b = _words(gold), _words(found)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) > 1 and short[0] == long[0] and short[-1][:5] == long[-1][:5]:
        return True  # Zelensky, Zelenskiy
    if len(short) > 1 and (set(short) <= set(long) or short[-1] == long[-1]):
        return True
    if not short:
        return False
    if len(short) == 1 and short[0] == "".join(w[0] for w in _words(gold, keep=True)):
        return True
    return len(short) == 1 and len(long) <= 3 and short[0] == long[-1] and len(short[0]) > 3


def _words(label: str, *, keep: bool = False) -> list[str]:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z]+", plain.replace("'s", ""))
    if keep:
        return found
    return [w.rstrip("s") for w in found if w not in _IDLE]


def compare(gold: pd.DataFrame, quotes: pd.DataFrame) -> tuple[Counter[str], list[tuple[Any, ...]]]:
    """The counts, and one record per error."""
    ours: dict[str, list[Any]] = {}
    for row in quotes.itertuples():
        ours.setdefault(str(row.doc_id), []).append(row)
    count: Counter[str] = Counter()
    errors: list[tuple[Any, ...]] = []
    for row in gold.itertuples():
        count["gold"] += 1
        best = partner(row, ours.get(str(row.doc_id), []))
        named = isinstance(row.actor, str)
        hidden = str(row.anonymous).lower() == "true"
        if best is None:
            count["not found"] += 1
            errors.append(("not found", row.doc_id, row.start, row.kind, row.actor, "", "", ""))
            continue
        count["anonymous right"] += hidden == bool(best.anonymous)
        count["found"] += 1
        if not named:
            what = "no actor: none given" if not isinstance(best.actor, str) else "invented"
        elif not isinstance(best.actor, str):
            what = "unresolved"
        else:
            what = "right" if same_actor(row.actor, best.actor) else "wrong"
        count[what] += 1
        if what in ("invented", "unresolved", "wrong"):
            errors.append(
                (what, row.doc_id, row.start, row.kind, row.actor, best.actor, best.source,
                 best.rule)
            )  # fmt: skip
    return count, errors


def partner(row: Any, ours: list[Any]) -> Any | None:
    best, overlap = None, 0.5
    for mine in ours:
        both = min(row.end, mine.end) - max(row.start, mine.start)
        if both > 0 and both / (max(row.end, mine.end) - min(row.start, mine.start)) >= overlap:
            best, overlap = mine, both / (max(row.end, mine.end) - min(row.start, mine.start))
    if best is not None:
        return best
    holding = [
        m
        for m in ours
        if 2 * (min(row.end, m.end) - max(row.start, m.start)) >= row.end - row.start
    ]
    return min(holding, key=lambda m: m.end - m.start, default=None)


def line(name: str, count: Counter[str]) -> str:
    resolved = count["right"] + count["wrong"]
    known = resolved + count["unresolved"]
    return (
        f"{name:<16} {count['gold']:>4} marked, {count['found']:>4} found;"
        f" with an actor {known:>4}:"
        f" right of resolved {100 * count['right'] / max(1, resolved):5.1f},"
        f" unresolved {100 * count['unresolved'] / max(1, known):5.1f};"
        f" actor where there is none {count['invented']};"
        f" anonymous right {100 * count['anonymous right'] / max(1, count['found']):5.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with corpora/us-iran-2019")
    parser.add_argument("--errors", action="store_true", help="list the errors")
    options = parser.parse_args()
    jobs = [("shipped story", STORY, STORY / "gold" / "quotes.csv")]
    if options.data is not None:
        tries = [options.data / "corpora" / "us-iran-2019", options.data / "us-iran-2019"]
        folder = next((f for f in tries if f.is_dir()), None)
        if folder is None:
            raise SystemExit(f"No us-iran-2019 below {options.data}.")
        jobs.append(("real articles", folder, REAL))
    for name, folder, file in jobs:
        count, errors = compare(pd.read_csv(file), Story(folder).quotes)
        print(line(name, count))
        if options.errors:
            for error in errors:
                print("  ", *error, sep=" | ")


if __name__ == "__main__":
    main()
