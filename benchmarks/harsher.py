"""Which of two outlets is the harsher on an actor: one rule, fixed before it was measured.

    python benchmarks/harsher.py --data DIR [--depth linear]

DIR holds `basil` (Fan et al. 2019): events that three outlets report, with the author's feeling for
each actor marked for every article. A pair is two articles on one event whose authors were marked
to feel differently about one actor.

The rule: an article's harshness is the sum, over the mentions of the actor in the author's voice
that the sentence puts down to nobody, of negative less positive probability; the article with the
larger sum is the harsher one. No mention in either, or equal sums: a coin, which counts one half.
The mean in place of the sum, and only what is shown as evaluation, stand beside it and are not the
rule. Intervals: 2,000 draws of events.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from gold_data import folder

from helpers.models.depth import ASKED
from helpers.schema import make
from helpers.story import Story

FEELING = {"neg": -1, "neu": 0, "pos": 1}
DRAWS = 2_000
Pair = tuple[str, str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--depth", choices=["linear", "encoder"], default="linear")
    options = parser.parse_args()
    os.environ[ASKED] = options.depth
    feelings, story = read(folder(options.data, "basil"))
    pairs = [
        (event, actor, one, other)
        for (event, actor), marked in sorted(feelings.items())
        for one in sorted(marked)
        for other in sorted(marked)
        if one < other and marked[one] != marked[other]
    ]
    scored = story.target_sentiment
    print(f"BASIL: {len(pairs)} pairs of {len({pair[0] for pair in pairs})} events, "
          f"sentiment read by {', '.join(sorted(set(scored['model'])))}")  # fmt: skip
    own = scored[scored["voice"] == "author"]
    dark = own["negative"] - own["positive"]
    shown = (own["label"] == "negative") * 1.0 - (own["label"] == "positive")
    for name, values, how in (
        ("the rule: sum", dark, "sum"),
        ("mean", dark, "mean"),
        ("shown as evaluation", shown, "sum"),
    ):
        right = answers(pairs, feelings, own.assign(value=values), how)
        low, high = interval(pairs, right)
        print(f"{name:22} {100 * np.mean(right):5.1f}%  ({low:.0f} to {high:.0f}), "
              f"{sum(r == 0.5 for r in right)} undecided")  # fmt: skip


def read(source: Path) -> tuple[dict[tuple[str, str], dict[str, int]], Story]:
    """The author's feeling by (event, actor) and article, and the articles as a story."""
    feelings: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    rows = []
    for file in sorted((source / "annotations").glob("*_ann.json")):
        name = file.name.removesuffix("_ann.json")
        article = json.loads((source / "articles" / f"{name}.json").read_text(encoding="utf-8"))
        text = "\n\n".join(" ".join(paragraph) for paragraph in article["body-paragraphs"])
        row = {"doc_id": name, "outlet": name[-1], "text": text, "n_words": len(text.split())}
        rows.append(row)
        marks = json.loads(file.read_text(encoding="utf-8"))["article-level-annotations"]
        for key, value in marks.items():
            actor = key.removeprefix("author_feeling_")
            if actor not in (key, "main_event"):
                feelings[name.rsplit("_", 1)[0], actor][name] = FEELING[value]
    return feelings, Story.from_articles(make("articles", rows))


def answers(
    pairs: list[Pair], feelings: dict[tuple[str, str], dict[str, int]], rows: pd.DataFrame, how: str
) -> list[float]:
    """For each pair 1, 0 or, where there is nothing to go by, one half."""
    last = rows["actor"].str.split().str[-1].str.lower()
    value = rows.groupby(["doc_id", last])["value"].agg(how).to_dict()
    found = []
    for event, actor, one, other in pairs:
        name = actor.split("_")[-1].lower()
        a, b = value.get((one, name), 0.0), value.get((other, name), 0.0)
        marked = feelings[event, actor]
        found.append(0.5 if a == b else float((a > b) == (marked[one] < marked[other])))
    return found


def interval(pairs: list[Pair], right: list[float]) -> tuple[float, float]:
    """95% interval of the share of right answers, by draws of whole events."""
    table = pd.DataFrame({"event": [pair[0] for pair in pairs], "right": right})
    events = table.groupby("event")["right"].agg(["sum", "size"]).to_numpy()
    drawn = np.random.default_rng(1).integers(0, len(events), (DRAWS, len(events)))
    sums = events[drawn].sum(axis=1)
    low, high = np.percentile(100 * sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
