"""How fast the tables of a corpus are made, room by room.

    python benchmarks/tables.py PATH [--repeat N]

CPU seconds of one process after imports and with the models loaded; the best of the repeats. The
absolute figures depend on the machine; the shares of the rooms do not.
"""

from __future__ import annotations

import time
from pathlib import Path

import click

from helpers import Story

ROOMS = {
    "read": "articles",
    "sentences": "sentences",
    "tokens and tags": "tokens",
    "actors": "found_mentions",
    "quotes": "quotes",
    "voice of mentions": "mentions",
    "VADER": "sentiment",
    "sentiment towards actors": "target_sentiment",
    "frames": "frames",
    "agency": "agency",
    "naming": "naming",
    "coverage": "coverage",
    "keyness": "keyness",
    "findings": "findings",
}
WARM = "The U.S. minister said “no” to Ada Orr. She accused him of a terrible lie on Monday."


def measure(path: Path) -> dict[str, float]:
    """CPU seconds per room for one run over ``path``."""
    story = Story(path)
    spent = {}
    for room, attribute in ROOMS.items():
        start = time.process_time()
        getattr(story, attribute)
        spent[room] = time.process_time() - start
    return spent


@click.command(help=__doc__)
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--repeat", default=3, show_default=True)
def main(path: Path, repeat: int) -> None:
    warm = Story.from_texts(WARM, WARM, outlets=["a", "b"])
    for attribute in ROOMS.values():
        getattr(warm, attribute)
    runs = [measure(path) for _ in range(repeat)]
    best = {room: min(run[room] for run in runs) for room in ROOMS}
    n = len(Story(path).articles)
    documents = [r for r in ROOMS if r not in ("naming", "coverage", "keyness", "findings")]
    total, per_document = sum(best.values()), sum(best[r] for r in documents)
    print(f"{'room':<28}{'CPU s':>8}{'ms/article':>12}{'share':>8}")
    for room, seconds in best.items():
        print(f"{room:<28}{seconds:8.2f}{1000 * seconds / n:12.2f}{seconds / total:8.1%}")
    print(f"{n} articles: {n / total:.1f} a second, {n / per_document:.1f} without comparisons")
    print(f"quotes: {best['quotes'] / total:.1%} of the whole")


if __name__ == "__main__":
    main()
