"""What a run takes, and how that grows: CPU seconds and peak memory on made-up corpora.

    python benchmarks/speed.py FOLDER [--sizes 1000,2000,4000] [--words 480]
    python benchmarks/speed.py FOLDER --sizes 4000 --write corpus.jsonl   # only the corpus

Articles are put together from paragraphs of FOLDER (any readable articles), with names and words
swapped so that none is a near-duplicate of another, and given five outlets and a day of a year.
One row per size, each made in a process of its own without a cache: CPU seconds of reading, of the
tables of documents, of comparisons, of the findings and of what the briefing lays side by side,
with their shares, and the peak of memory. Below it each one's growth from the first size to the
last; what grows as the corpus does stands at the ratio of the sizes. Only ratios within one run
say something: the seconds are those of the machine.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
OUTLETS = ("Kite", "Wren", "Heron", "Tern", "Plover")
SEED = 20210
_WORD = re.compile(r"[^\W\d_]{4,}")
_SWAPPED = 0.12
"""Share of the longer words that are swapped for others with the same ending."""


def paragraphs(folder: Path) -> list[str]:
    """Paragraphs of at least twenty words of all articles in a folder, in order."""
    from helpers import Story

    texts = Story(folder).articles_read["text"]
    cut = (part.strip() for text in texts for part in re.split(r"\n\s*\n|\n", text))
    return [part for part in cut if len(part.split()) >= 20]


def articles(pool: Sequence[str], n: int, words: int) -> Iterator[dict[str, str]]:
    """Rows of ``n`` articles of about so many words each; the same for the same pool."""
    chance = random.Random(SEED)
    alike: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for word in sorted({w for part in pool for w in _WORD.findall(part)}):
        alike[word[0].isupper(), word[-2:]].append(word)

    def swapped(found: re.Match[str]) -> str:
        word = found[0]
        if chance.random() > _SWAPPED:
            return word
        return chance.choice(alike[word[0].isupper(), word[-2:]])

    for i in range(n):
        parts: list[str] = []
        while sum(len(part.split()) for part in parts) < words:
            parts.append(_WORD.sub(swapped, chance.choice(pool)))
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(365))
        title = " ".join(parts[0].split()[:8])
        yield {"doc_id": f"a{i:06}", "outlet": chance.choice(OUTLETS), "title": title,
               "published": day.isoformat(), "text": "\n\n".join([title, *parts])}  # fmt: skip


def write_corpus(pool: Sequence[str], n: int, words: int, file: Path) -> None:
    """Write ``n`` made-up articles as a table of JSON lines, one at a time."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in articles(pool, n, words))


def measure(file: Path) -> dict[str, float]:
    """CPU seconds by step, and the peak of memory in GB."""
    from helpers import Story, spread

    story = Story(file)
    spent: dict[str, float] = {}

    def step(name: str, make: Any) -> Any:
        begun = time.process_time()
        made = make()
        spent[name] = time.process_time() - begun
        return made

    outlets = [name for name in story.lens_tables if story.is_of_outlets(name)]
    documents = [name for name in story.lens_tables if name not in outlets]
    step("read", lambda: story.articles_read)
    step("documents", lambda: [story.table(name) for name in documents])
    step("events", lambda: story.articles)
    step("comparisons", lambda: [story.table(name) for name in outlets])
    step("findings", lambda: story.findings)

    def side_by_side() -> None:
        material = spread.Material(story)
        uses = spread.uses(material)
        spread.contrasts(material, uses)
        some = spread.by_contrast(material, 5)
        _ = [spread.spread(material, event, uses) for event in some]
        spread.pair(material, uses)

    step("side by side", side_by_side)
    spent["GB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return spent


def in_own_process(file: Path) -> dict[str, float]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-P", __file__, str(file), "--one"], check=True, stdout=subprocess.PIPE,
        env={**os.environ, "PARALLAX_CACHE": "", "PARALLAX_SENTIMENT": "linear"},
    )  # fmt: skip
    spent: dict[str, float] = json.loads(done.stdout)
    return spent


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--sizes", default="1000,2000,4000", show_default=True)
@click.option("--words", default=480, show_default=True)
@click.option("--write", metavar="FILE", type=click.Path(path_type=Path), help="Measure nothing.")
@click.option("--one", is_flag=True, hidden=True)
def main(folder: Path, sizes: str, words: int, write: Path | None, one: bool) -> None:
    if one:
        print(json.dumps(measure(folder)))
        return
    pool = paragraphs(folder)
    if write is not None:
        write_corpus(pool, int(sizes), words, write)
        return
    rows: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for n in map(int, sizes.split(",")):
            file = Path(place) / f"{n}.jsonl"
            write_corpus(pool, n, words, file)
            rows[n] = in_own_process(file)
            if len(rows) == 1:
                print(f"{'articles':>9}" + "".join(f"{name:>20}" for name in rows[n]))
            total = sum(rows[n].values()) - rows[n]["GB"]
            cells = [f"{s:.2f}" if k == "GB" else f"{s:.1f} ({s / total:.0%})"
                     for k, s in rows[n].items()]  # fmt: skip
            print(f"{n:>9}" + "".join(f"{cell:>20}" for cell in cells), flush=True)
    first, *_, last = rows
    print(f"{f'× {last / first:.1f}':>9}" + "".join(
        f"{f'× {rows[last][k] / s:.1f}' if s else '':>20}" for k, s in rows[first].items()
    ))  # fmt: skip


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
