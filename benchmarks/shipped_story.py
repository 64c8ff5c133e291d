"""Our output on the shipped story against its hand-marked gold; needs no other data.

    python benchmarks/shipped_story.py [--write]

Prints the table that docs/accuracy.md holds; ``--write`` renews it there. A test compares the two
and fails where a figure falls below what was reached before.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import click
import pandas as pd
import speakers
from marked_mentions import f1, scores

from helpers import Story
from helpers.readers.front_matter import body_start

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "data" / "stories" / "us-iran-2019" / "gold"
PAGE = ROOT / "docs" / "accuracy.md"
BLOCK = re.compile(r"(?<=<!-- shipped story -->\n).*?(?=<!-- end -->)", re.DOTALL)


class Score(NamedTuple):
    """One line of the table, in per cent; ``floor`` is what the test holds it to."""

    what: str
    value: float
    counted: str
    floor: float
    at_most: bool = False


def measure() -> list[Score]:
    """The scores of quotations, speakers, names, merging and pronouns."""
    story = Story("us-iran-2019")
    begin = {
        d: body_start(t)
        for d, t in zip(story.articles["doc_id"], story.articles["text"], strict=True)
    }
    # The gold marks the body; the title in the front matter is marked nowhere.
    found = story.mentions[story.mentions["start"] >= story.mentions["doc_id"].map(begin)]
    marked = pd.read_csv(GOLD / "mentions.csv")
    names = scores(marked, found)
    gold = pd.read_csv(GOLD / "quotes.csv")
    quotes = story.quotes[story.quotes["start"] >= story.quotes["doc_id"].map(begin)]
    speech = quotes[quotes["counted"]]
    counts, _ = speakers.compare(gold, quotes)
    matched, total, ours = _matched(gold, speech)
    p, r = matched / ours, matched / total
    resolved = counts["right"] + counts["wrong"]
    known = resolved + counts["unresolved"]
    return [
        Score("quotations found (content overlap ≥ 0.5), F1", f1(p, r), f"{total} spans", 75),
        Score("speaker right, of those resolved", counts["right"] / resolved, f"{resolved}", 92),
        Score("speaker left unresolved", counts["unresolved"] / known, f"{known}", 10, True),
        Score("named mentions (exact span), F1", names["names F1"], f"{names['names gold']}", 95),
        Score("names merged into actors, B³ F1", names["B3 F1"], f"{names['names gold']}", 93),
        Score(
            "pronouns right, of those resolved",
            names["pronoun P"],
            f"{names['pronoun resolved']}",
            85,
        ),
        Score(
            "titles (“the minister”) found with the right actor, F1",
            f1(names["title P"], names["title R"]),
            f"{names['title gold']}",
            70,
        ),
        Score(
            "metonyms (“Tehran”) found with the right actor, F1",
            f1(names["metonym P"], names["metonym R"]),
            f"{names['metonym gold']}",
            80,
        ),
    ]


def _matched(gold: pd.DataFrame, ours: pd.DataFrame) -> tuple[int, int, int]:
    """Content spans matched one to one, greedily by overlap; how many there are on each side."""
    pairs = []
    spans = dict(iter(ours.groupby("doc_id")))
    for g in gold.itertuples():
        for o in spans.get(g.doc_id, ours.head(0)).itertuples():
            both = min(g.end, o.end) - max(g.start, o.start)
            if both > 0:
                share = both / (max(g.end, o.end) - min(g.start, o.start))
                if share >= 0.5:
                    pairs.append((-share, g.Index, o.Index))
    left: set[object] = set()
    right: set[object] = set()
    for _, g, o in sorted(pairs):
        if g not in left and o not in right:
            left.add(g)
            right.add(o)
    return len(left), len(gold), len(ours)


def table(found: list[Score]) -> str:
    """The scores as a Markdown table."""
    rows = [f"| {s.what} | {s.counted} | {100 * s.value:.1f} |" for s in found]
    return "\n".join(["| measure | counted | % |", "| --- | --- | --- |", *rows]) + "\n"


@click.command(help=__doc__)
@click.option("--write", is_flag=True, help="Renew the table in docs/accuracy.md.")
def main(write: bool) -> None:
    text = table(measure())
    click.echo(text, nl=False)
    if write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(BLOCK.sub(lambda _: text, page), encoding="utf-8")


if __name__ == "__main__":
    main()
