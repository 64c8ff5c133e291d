"""What a source is and whom it speaks for: python benchmarks/sources.py --data DIR

The gold are 60 statements drawn at random (`tests/gold/rows-sources.csv`), marked with what the
article says that the speaker is and of which country, party or body; a slash separates what counts
as well. DIR holds `corpora/us-iran-2019` and `gold/polnear/dev`. Of what is said, how much is
right, and of what is marked, how much is said ("not said" is no answer).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gold_data import folder

from helpers import schema
from helpers.spread.material import Material
from helpers.spread.voices import NOT_SAID, voices
from helpers.story import Story

ROWS = Path(__file__).resolve().parent.parent / "tests" / "gold" / "rows-sources.csv"
FOLDERS = {"us-iran-2019": (), "polnear-dev": ("dev", "text")}


class Score(NamedTuple):
    """Right of what is said, and of what is marked how much is rightly said."""

    right: int
    said: int
    marked: int


def compared(data: Path) -> dict[str, Score]:
    """The scores of kind and camp; a statement that is not found says nothing."""
    rows = list(csv.DictReader(ROWS.read_text("utf-8").splitlines()))
    found: dict[tuple[str, str], list[tuple[int, int, str, str]]] = {}
    for corpus, inside in FOLDERS.items():
        wanted = {row["doc_id"] for row in rows if row["corpus"] == corpus}
        place = folder(data, corpus.removesuffix("-dev")).joinpath(*inside)
        for voice in voices(Material(_only(Story(place), wanted))):
            for doc, start, end in voice.spans:
                found.setdefault((corpus, doc), []).append((start, end, voice.kind, voice.camp))
    pairs: dict[str, list[tuple[str, str]]] = {"kind": [], "camp": []}
    for row in rows:
        at = found.get((row["corpus"], row["doc_id"]), [])
        start, end = int(row["start"]), int(row["end"])
        best = max(at, key=lambda f: _overlap(f[:2], (start, end)), default=None)
        if best is not None and _overlap(best[:2], (start, end)) <= 0:
            best = None
        for i, field in enumerate(("kind", "camp"), 2):
            pairs[field].append((row[field], str(best[i]) if best else NOT_SAID))
    return {field: _score(each) for field, each in pairs.items()}


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters that two spans share, of those that one of them has."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def _only(story: Story, wanted: set[str]) -> Story:
    """A story of some of another one's articles."""
    articles: pd.DataFrame = story.articles_read
    kept = articles[articles["doc_id"].isin(sorted(wanted))].reset_index(drop=True)
    return Story.from_articles(schema.make("articles", kept.assign(duplicate_of=None)))


def _score(pairs: Sequence[tuple[str, str]]) -> Score:
    said = [(marked.split("/"), told) for marked, told in pairs if told != NOT_SAID]
    marked = sum(NOT_SAID not in marked.split("/") for marked, _ in pairs)
    right = sum(told in marked for marked, told in said)
    return Score(right, len(said), marked)


def main() -> None:
    """Print a line for kind and one for camp."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    for field, (right, said, marked) in compared(parser.parse_args().data).items():
        print(f"{field}: {right} of {said} said are right; {marked} are marked")


if __name__ == "__main__":
    main()
