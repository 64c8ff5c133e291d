"""Trains the model of frames of `helpers.lenses.frames.article_model` and says where it is kept.

    python scripts/train_frames.py --data DIR [--repeats 5]

DIR holds `narrative-framing/articles.tsv` (MIT): 321 articles with five frames marked by people.
For each frame three ways are compared by five-fold cross-validation over articles, repeated with
other folds: always "yes", cues alone, and logistic regression on words and cues; thresholds are
set inside the training folds. The model is kept for a frame only where its mean F1 beats both and
it beats the cues in every repeat. Writes data/models/frames/frames.npz; a second run gives the
same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression

from helpers import segment
from helpers.comparing.terms import Counting, count_terms
from helpers.lenses import frames as frames_room
from helpers.lenses.frames.article_model import FILE, tf_idf
from helpers.schema import make

COLUMNS = {
    "conflict": "CO",
    "economic": "EC",
    "human_interest": "HI",
    "morality": "MO",
    "resolution": "RE",
}
FOLDS = 5
STRENGTH = 3.0  # inverse of the ridge penalty
CUE_SCALE = 0.3  # how strongly the cue score is presented beside the words
COUNTING = Counting(phrases=False, house_style=True, least_articles=5)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Data:
    """The articles as numbers: words (tf-idf), cue scores and what people marked."""

    words: tuple[str, ...]
    idf: Floats
    values: Floats
    scores: dict[str, Floats]
    truth: dict[str, Flags]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    data = read(options.data / "narrative-framing")
    print(f"{'frame':<16}{'always':>8}{'cues':>8}{'model':>8}{'wins':>8}")
    kept = []
    for frame, truth in data.truth.items():
        always = f1(truth, np.ones(len(truth), dtype=bool))
        runs = [crossed(data, frame, seed) for seed in range(options.repeats)]
        cues, model = (np.array(column) for column in zip(*runs, strict=True))
        wins = int((model > cues).sum())
        print(f"{frame:<16}{always:>8.1f}{cues.mean():>8.1f}{model.mean():>8.1f}{wins:>8}")
        if model.mean() > max(always, cues.mean()) and wins == options.repeats:
            kept.append(frame)
    print("kept:", ", ".join(kept) or "none")
    write(data, kept)


def read(folder: Path) -> Data:
    gold = pd.read_csv(folder / "articles.tsv", sep="\t", keep_default_na=False)
    ids = [f"n{number}" for number in gold["ID"]]
    texts = gold["text"].tolist()
    articles = make(
        "articles",
        pd.DataFrame(
            {"doc_id": ids, "text": texts, "n_words": [len(text.split()) for text in texts]}
        ),
    )
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    wide = frames_room.cue_scores(sentences, tokens).reindex(ids).fillna(0)
    counts = count_terms(tokens, ids, COUNTING, voice="all")
    idf = np.log((1 + len(ids)) / (1 + counts.documents())) + 1
    return Data(
        words=counts.terms,
        idf=idf,
        values=tf_idf(counts, counts.terms, idf),
        scores={frame: np.sqrt(wide[frame].to_numpy(dtype=np.float64)) for frame in COLUMNS},
        truth={
            frame: gold[column].astype(str).str.startswith("True").to_numpy(dtype=bool)
            for frame, column in COLUMNS.items()
        },
    )


def f1(truth: Flags, found: Flags) -> float:
    """F1 of the positive class, in percent."""
    return 200 * int((truth & found).sum()) / max(int(truth.sum() + found.sum()), 1)


def best_bar(truth: Flags, score: Floats) -> float:
    """The threshold of the highest F1, among 61 quantiles; the lowest of equals."""
    bars = np.unique(np.quantile(score, np.linspace(0, 1, 61)))
    return float(max(bars, key=lambda bar: (f1(truth, score >= bar), -bar)))


def folds(truth: Flags, seed: int) -> npt.NDArray[np.int64]:
    """A fold for every article, the same share of positives in each."""
    rng = np.random.default_rng(seed)
    fold = np.empty(len(truth), dtype=np.int64)
    for value in (False, True):
        members = rng.permutation(np.flatnonzero(truth == value))
        fold[members] = np.arange(len(members)) % FOLDS
    return fold


def joined(values: Floats, cues: Floats, mean: float, spread: float) -> Floats:
    return np.hstack([values, CUE_SCALE * ((cues - mean) / spread)[:, None]])


def fitted(features: Floats, truth: Flags) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500).fit(
        features, truth
    )


def out_of_fold(features: Floats, truth: Flags, seed: int) -> Floats:
    """Scores of every article by a model that has not seen it."""
    fold = folds(truth, seed)
    scores = np.zeros(len(truth))
    for k in range(FOLDS):
        inside = fold != k
        scores[~inside] = fitted(features[inside], truth[inside]).decision_function(
            features[~inside]
        )
    return scores


def crossed(data: Data, frame: str, seed: int) -> tuple[float, float]:
    """F1 of cues and of the model on articles left out, thresholds set without them."""
    truth, cues = data.truth[frame], data.scores[frame]
    fold = folds(truth, seed)
    by_cues = np.zeros(len(truth), dtype=bool)
    by_model = np.zeros(len(truth), dtype=bool)
    for k in range(FOLDS):
        train, test = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        by_cues[test] = cues[test] >= best_bar(truth[train], cues[train])
        mean, spread = cues[train].mean(), cues[train].std()
        features = joined(data.values, cues, mean, spread)
        bar = best_bar(truth[train], out_of_fold(features[train], truth[train], seed + 100))
        model = fitted(features[train], truth[train])
        by_model[test] = model.decision_function(features[test]) >= bar
    return f1(truth, by_cues), f1(truth, by_model)


def write(data: Data, kept: list[str]) -> None:
    weights, cue, bias, threshold = [], [], [], []
    for frame in kept:
        truth, cues = data.truth[frame], data.scores[frame]
        mean, spread = float(cues.mean()), float(cues.std())
        features = joined(data.values, cues, mean, spread)
        model = fitted(features, truth)
        weights.append(model.coef_[0, :-1])
        cue.append((CUE_SCALE * model.coef_[0, -1], mean, spread))
        bias.append(model.intercept_[0])
        threshold.append(best_bar(truth, out_of_fold(features, truth, 100)))
    FILE.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        FILE,
        frames=np.array(kept),
        words=np.frombuffer("\n".join(data.words).encode("utf-8"), dtype=np.uint8),
        idf=data.idf.astype(np.float32),
        weights=np.array(weights, dtype=np.float16).reshape(len(kept), len(data.words)),
        cue=np.array(cue, dtype=np.float32).reshape(len(kept), 3),
        bias=np.array(bias, dtype=np.float32),
        threshold=np.array(threshold, dtype=np.float32),
    )
    print(f"{FILE.stat().st_size / 1024:.0f} kB, {len(data.words)} words")


if __name__ == "__main__":
    main()
