"""Scores the events that are found by what articles tell, with the labels hidden.

    python benchmarks/events.py --data DIR

DIR holds `basil` and `newswcl50`, itself or in `gold/`, and may hold `corpora/us-iran-2019`. All
articles of both sets are one folder, of which half of the events (by the hash of their names) were
looked at while the method was written; the other half is for measuring only. B³ (Bagga and Baldwin
1998) is the mean over articles of how pure and how whole their event is. *Undated* hides the days
too (those of NewsWCL50 are not known at all). *Small folders* are drawn: some events, of each one
to three articles. A corpus without labels shows only how many articles meet another outlet's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from pathlib import Path

import pandas as pd
from gold_data import folder, root

from helpers.comparing.events import movable
from helpers.comparing.found_events import found_events
from helpers.story import Story

SEED = 5
FOLDERS = 40
"""Small folders drawn of each size."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    gold = pd.concat([basil(root(data)), newswcl50(root(data))], ignore_index=True)
    halves = gold["event"].map(half)
    print(f"{'':<46}{'events':>7}{'articles':>9}{'B³':>7}{'pure':>7}{'whole':>7}")
    for name, part in (("seen half", gold[~halves]), ("held-out half", gold[halves])):
        row(f"{name}, dated", part)
        row(f"{name}, undated", part.assign(published=None))
        for size in (1, 3, 10):
            small_folders(f"{name}, undated, {FOLDERS} folders of {size} events", part, size)
    try:
        story = Story(folder(data, "us-iran-2019"))
    except FileNotFoundError:
        return
    read, aside = story.articles_read, story.set_aside
    started = time.perf_counter()
    found = found_events(read, aside)
    seconds = time.perf_counter() - started
    told = movable(found, read["outlet"])
    print(
        f"us-iran-2019: {int(told.sum())} of {len(read)} articles share an event with another "
        f"outlet's; {found.nunique()} events, {seconds:.2f} s"
    )


def half(event: str) -> bool:
    """Whether an event is of the half that is for measuring only."""
    return bool(int(hashlib.sha256(event.encode()).hexdigest(), 16) % 2)


def basil(data: Path) -> pd.DataFrame:
    """One row per article of BASIL: three outlets on each of its events."""
    rows = []
    for file in sorted((folder(data, "basil") / "articles").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        text = "\n\n".join([held["title"], *(" ".join(p) for p in held["body-paragraphs"])])
        rows.append((file.stem, held["date"], text, file.stem.rsplit("_", 1)[0]))
    return pd.DataFrame(rows, columns=["doc_id", "published", "text", "event"])


def newswcl50(data: Path) -> pd.DataFrame:
    """One row per article of NewsWCL50: five outlets on each of its events, undated."""
    rows = [
        (file.stem, None, file.read_text(encoding="utf-8", errors="replace"), file.parent.name)
        for file in sorted(folder(data, "newswcl50").glob("event_*/*.txt"))
    ]
    return pd.DataFrame(rows, columns=["doc_id", "published", "text", "event"])


def b_cubed(gold: pd.Series, found: pd.Series) -> tuple[float, float, float]:
    """F1, precision and recall of B³ in percent."""
    pairs = pd.DataFrame({"gold": gold.to_numpy(), "found": found.to_numpy()})
    both = pairs.groupby(["gold", "found"])["gold"].transform("size")
    pure = float((both / pairs.groupby("found")["found"].transform("size")).mean())
    whole = float((both / pairs.groupby("gold")["gold"].transform("size")).mean())
    return 200 * pure * whole / (pure + whole), 100 * pure, 100 * whole


def row(name: str, part: pd.DataFrame) -> None:
    scores = b_cubed(part["event"], found_events(part))
    told = "".join(f"{score:7.1f}" for score in scores)
    print(f"{name:<46}{part['event'].nunique():>7}{len(part):>9}{told}", flush=True)


def small_folders(name: str, part: pd.DataFrame, size: int) -> None:
    """The mean over folders of `size` events, of each one to three articles."""
    draw = random.Random(SEED)
    events = {event: group.index.tolist() for event, group in part.groupby("event")}
    scores, articles = [], 0
    for _ in range(FOLDERS):
        rows = []
        for event in draw.sample(sorted(events), size):
            rows += draw.sample(events[event], 3 if size == 1 else draw.randint(1, 3))
        drawn = part.loc[rows].assign(published=None)
        scores.append(b_cubed(drawn["event"], found_events(drawn)))
        articles += len(drawn)
    told = "".join(f"{sum(column) / FOLDERS:7.1f}" for column in zip(*scores, strict=True))
    print(f"{name:<46}{size * FOLDERS:>7}{articles:>9}{told}", flush=True)


if __name__ == "__main__":
    main()
