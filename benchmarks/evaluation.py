"""Scores what is told as evaluation and what as misfortune, on marks and on minimal pairs.

    python benchmarks/evaluation.py --data DIR [--only marks,pairs] [--part test] [--depth linear]

DIR holds `corpora/us-iran-2019`. Marks: `tests/gold/us-iran-2019-evaluation.csv`, mentions in the
author's voice, drawn by the label that the linear model alone gave them (`stratum`). Pairs:
`data/sentiment/minimal_pairs.csv`, by default the third kept for testing.

Told are: how many mentions are shown as the author's own evaluation and how many of them are one;
how many evaluations are found; what befalls the targets, with precision and recall of harm and
benefit. Beside each stands the model's label alone, without grammar.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd
from gold_data import folder

from helpers.lenses.agency import agency
from helpers.lenses.sentiment import judged, model
from helpers.lenses.sentiment.deep import EncoderTargets
from helpers.lenses.sentiment.targets import OwnTargets
from helpers.models.depth import ASKED
from helpers.schema import make
from helpers.story import Story

ROOT = Path(__file__).resolve().parents[1]
MARKS = ROOT / "tests" / "gold" / "us-iran-2019-evaluation.csv"
PAIRS = ROOT / "data" / "sentiment" / "minimal_pairs.csv"
SIDES = ("negative", "positive")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="marks,pairs")
    parser.add_argument("--part", choices=["train", "test"], default="test")
    parser.add_argument("--depth", choices=["linear", "encoder"], default="linear")
    options = parser.parse_args()
    wanted = options.only.split(",")
    os.environ[ASKED] = options.depth
    if "marks" in wanted:
        marks(options.data)
    if "pairs" in wanted:
        pairs(options.part, EncoderTargets() if options.depth == "encoder" else OwnTargets())


def marks(data: Path) -> None:
    """What is shown of a real corpus, against a hundred marks."""
    story = Story(folder(data, "us-iran-2019"))
    gold = pd.read_csv(MARKS, keep_default_na=False)
    place = ["doc_id", "start", "end"]
    table = gold.merge(story.target_sentiment, on=place, suffixes=("_gold", ""))
    print(f"us-iran-2019: {len(table)} marked mentions in the author's voice")
    own = ~table["attributed"]
    told(table, {"the label alone": table["stratum"], "shown as the author's": table["label"].where(
        own, "others'"), "shown as others'": table["label"].where(~own, "author's")})  # fmt: skip
    happenings(table)


def pairs(part: str, scorer: OwnTargets | EncoderTargets) -> None:
    """The minimal pairs, each sentence an article of its own, all targets persons."""
    gold = pd.read_csv(PAIRS, keep_default_na=False)
    gold = gold[gold["part"] == part].reset_index(drop=True)
    texts = gold["sentence"].drop_duplicates().tolist()
    names = {text: f"pair-{i}" for i, text in enumerate(texts)}
    articles = make("articles", [{"doc_id": names[text], "outlet": "unknown", "text": text,
                                  "n_words": len(text.split())} for text in texts])  # fmt: skip
    story = Story.from_articles(articles)
    sentences = story.sentences[["doc_id", "sentence_id", "start", "end"]]
    targets = gold.assign(doc_id=gold["sentence"].map(names), actor=gold.index.astype("str"),
                          actor_type="person", voice="author")  # fmt: skip
    at = targets.reset_index().merge(sentences, on="doc_id", suffixes=("", "_sentence"))
    at = at[(at["start"] >= at["start_sentence"]) & (at["start"] < at["end_sentence"])]
    targets["sentence_id"] = at.set_index("index")["sentence_id"]
    probability = scorer.probabilities(targets.rename(columns={"sentence": "text"}))
    scored = pd.DataFrame(probability, columns=list(model.LABELS))
    scored["label"] = model.labels(probability, scorer.threshold)
    told_to = make("target_sentiment", targets.drop(columns="befalls").join(scored))
    done = agency(articles, story.sentences, story.tokens, targets)
    table = judged(told_to, articles, story.sentences, story.tokens, done)
    table = table.assign(evaluation=gold["evaluation"], befalls_gold=gold["befalls"])
    print(f"\nMinimal pairs, {part}: {len(table)} targets")
    told(table, {"the label alone": scored["label"], "with grammar": table["label"]})
    happenings(table)
    right = table["label"].eq(table["evaluation"]) & table["label"].isin(SIDES)
    wrong = table["label"].isin(SIDES) & ~right
    kinds = pd.DataFrame({"kind": gold["kind"], "evaluations": table["evaluation"].isin(SIDES),
                          "found": right, "wrong": wrong})  # fmt: skip
    print(kinds.groupby("kind").sum().to_string())


def told(table: pd.DataFrame, labels: dict[str, pd.Series]) -> None:
    """For each way of labelling: how many are shown as evaluation, and how many of them are."""
    print(f"{'':24} {'side':9} {'shown':>6} {'right':>6} {'%':>6} {'found of':>9}")
    for name, label in labels.items():
        for side in SIDES:
            shown, is_so = label == side, table["evaluation"] == side
            right = int((shown & is_so).sum())
            share = f"{100 * right / shown.sum():6.1f}" if shown.any() else "     –"
            print(f"{name:24} {side:9} {shown.sum():6} {right:6} {share} {is_so.sum():9}")


def happenings(table: pd.DataFrame) -> None:
    """Harm and benefit: precision and recall."""
    for what in ("harm", "benefit"):
        shown, is_so = table["befalls"] == what, table["befalls_gold"] == what
        right = int((shown & is_so).sum())
        print(f"befalls {what:16} told {int(shown.sum()):4}, of these right {right:4}, "
              f"of {int(is_so.sum())} marked")  # fmt: skip


if __name__ == "__main__":
    main()
