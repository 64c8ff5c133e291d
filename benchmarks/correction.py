"""How well a few codes correct the program, simulated from public gold.

    python benchmarks/correction.py --data DIR [--draws N]

A corpus is drawn with replacement from the gold's articles, codes from its items as `code` draws
them (the unsure ones three times as often), and the corrected share and difference are held against
those of all gold. One row per setting: how often the 95% interval held the truth, and the root mean
square errors of the correction, of the codes alone, and of the program alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import framing as framing_benchmark
import gold_data
import numpy as np
import numpy.typing as npt
import pandas as pd
import quotes as quotes_benchmark

from helpers.coding.sample import chances
from helpers.lenses.quotes import add_voice
from helpers.lenses.sentiment import score_targets
from helpers.statistics.correction import corrected_difference, corrected_mean
from helpers.story import Story

Floats = npt.NDArray[np.float64]
SEED = 20260131
FEW = 17
"""Articles of a small corpus, as the shipped story has."""
RARE = 0.1
"""A figure that fewer corpora have, because too few codes fall on a side, is not printed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of the gold data")
    parser.add_argument("--draws", type=int, default=1000, help="simulated corpora a setting")
    given = parser.parse_args()
    several = polnear(given.data)
    settings = [(name, items, 0) for name, items in newsmtsc(given.data)]
    settings += [(*basil(given.data), 0), (*several, 0), (*several, FEW)]
    rows = [
        {
            "items": f"{name}, {few} articles" if few else name,
            "codes": codes,
            **simulate(items, codes, given.draws, articles=few),
        }
        for name, items, few in settings
        for codes in (30, 60)
    ]
    table = pd.DataFrame(rows)
    print(table.round(3).to_string(index=False))
    alone, program = table["rmse codes alone"], table["rmse program"]
    less = table["rmse corrected"] < np.minimum(alone, program)
    many = table["codes"] == table["codes"].max()
    print(f"errs less than both with most codes: {less[many].sum()} of {many.sum()}")
    print(f"error over that of codes alone, at most: {(table['rmse corrected'] / alone).max():.3f}")


def newsmtsc(data: Path) -> list[tuple[str, pd.DataFrame]]:
    """Sentiment towards targets: share negative, guessed by the linear model, target hidden."""
    found: list[tuple[str, pd.DataFrame]] = []
    for part in ("rw.dev", "mt.dev"):
        lines = (gold_data.folder(data, "newsmtsc") / f"{part}.jsonl").read_text(encoding="utf-8")
        frame = pd.DataFrame([json.loads(line) for line in lines.splitlines()])
        targets = frame.rename(columns={"sentence": "text", "from": "start", "to": "end"})
        scored = score_targets(targets, names=False)
        article = ["_".join(i.split("_")[:3]) for i in frame["id"]]
        negative = frame["polarity"] == -1
        found.append((f"negative, {part}", items_of(scored["negative"], negative, article)))
    return found


def polnear(data: Path) -> tuple[str, pd.DataFrame]:
    """Attributions found in PolNeAR's development articles: share that is in the gold."""
    articles, gold = quotes_benchmark.polnear(data, "dev")
    found = Story.from_articles(articles).quotes
    guessed = quotes_benchmark.predicted(found, articles)
    pairs = quotes_benchmark.match(gold, guessed)
    right = np.zeros(len(guessed), dtype=bool)
    right[[pair[1] for pair in pairs]] = True
    sure = found.groupby("quote_id", sort=False)["confidence"].first()
    return "attribution is right", items_of(sure, right, [g.doc for g in guessed])


def basil(data: Path) -> tuple[str, pd.DataFrame]:
    """Spans that BASIL's coders marked: share that stands in a source's words."""
    told = framing_benchmark.read_basil(gold_data.folder(data, "basil"))
    spans = told["spans"]
    voiced = add_voice(spans[["doc_id", "start", "end"]], told["quotes"])
    quoted = (voiced["voice"] == "quoted").to_numpy(np.float64)
    truth = spans["quote"] == "yes"
    return "span is a source's", items_of(quoted, truth, spans["doc_id"].tolist())


def items_of(guess: npt.ArrayLike, truth: npt.ArrayLike, article: list[str]) -> pd.DataFrame:
    """One row per item: the program's guess, the truth, the article's number, and its side.

    Sides are halves of the articles, so that the true difference is that of these halves.
    """
    number = pd.factorize(pd.Series(article))[0]
    return pd.DataFrame(
        {
            "guess": np.asarray(guess, dtype=np.float64),
            "truth": np.asarray(truth, dtype=np.float64),
            "article": number,
            "side": number % 2,
        }
    )


def simulate(
    items: pd.DataFrame, codes: int, draws: int, *, articles: int = 0
) -> dict[str, Any]:
    """Coverage and errors of the corrected share and of the difference between two sides.

    A corpus has as many articles as the gold, or as many as said.
    """
    rng = np.random.default_rng(SEED)
    groups = [group.index.to_numpy() for _, group in items.groupby("article")]
    sides = [[g for g in groups if items["side"][g[0]] == side] for side in (0, 1)]
    truth = np.array([items.loc[items["side"] == s, "truth"].mean() for s in (0, 1)])
    whole = items["truth"].mean()
    held: dict[str, list[bool]] = {"share": [], "difference": []}
    errors: dict[str, list[float]] = {"corrected": [], "codes alone": [], "program": []}
    for _ in range(draws):
        drawn = [
            group for k, side in enumerate(sides)
            for group in resampled(side, (articles + k) // 2 or len(side), rng)
        ]  # fmt: skip
        number = np.repeat(np.arange(len(drawn)), [len(g) for g in drawn])
        corpus = items.loc[np.concatenate(drawn)].reset_index(drop=True)
        code, weight = coded(corpus, codes, rng)
        guess = corpus["guess"].to_numpy()
        found = corrected_mean(guess, code, weight, number)
        if found is None:
            continue
        held["share"].append(found.low <= whole <= found.high)
        known = ~np.isnan(code)
        alone = np.average(code[known], weights=weight[known])
        errors["corrected"].append(found.value - whole)
        errors["codes alone"].append(alone - whole)
        errors["program"].append(found.raw - whole)
        parts = [
            corrected_mean(
                *(v[corpus["side"] == s] for v in (guess, code, weight, number)),
                articles=len(drawn),
            )
            for s in (0, 1)
        ]
        if parts[0] is not None and parts[1] is not None:
            _, low, high = corrected_difference(parts[0], parts[1])
            held["difference"].append(low <= truth[0] - truth[1] <= high)
    return {
        **{
            f"{name} held": float(np.mean(h)) if len(h) > RARE * draws else np.nan
            for name, h in held.items()
        },
        **{f"rmse {name}": float(np.mean(np.square(e)) ** 0.5) for name, e in errors.items()},
        "truth": float(whole),
    }


def resampled(groups: list[npt.NDArray[np.int64]], n: int, rng: np.random.Generator) -> list:
    return [groups[i] for i in rng.integers(0, len(groups), n)]


def coded(corpus: pd.DataFrame, codes: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Codes of a random sample, NaN elsewhere, and the weights of the sample."""
    doubt = 1 - 2 * np.abs(corpus["guess"].to_numpy() - 0.5)
    chance = chances(doubt, codes)
    drawn = rng.random(len(corpus)) < chance
    return np.where(drawn, corpus["truth"], np.nan), 1 / chance


if __name__ == "__main__":
    main()
