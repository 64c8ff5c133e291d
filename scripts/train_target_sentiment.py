"""Train the model of sentiment towards a target, and write it with its card.

    python scripts/train_target_sentiment.py --data DIR [--folds 5]

DIR holds ``gold/newsmtsc`` (NewsMTSC, MIT) for sentences and labels, ``gold/ud-ewt`` and
``gold/ud-gum`` for the commonest part of speech of a word. Needs scikit-learn, which the
project itself does not. With ``--folds`` the script only cross-validates on the training part.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers import lexicons
from helpers.sentiment import features, model, words

SEED = 20190925
BITS = 22
COST = 0.03
MIN_COUNT = 2  # a feature seen once says nothing
SUMS_SCALE = 6.0
Array = Any


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def group(record: dict[str, Any]) -> str:
    """Sentences of one article, which must not be torn apart by cross-validation."""
    return "_".join(record["id"].split("_")[:3])


def parts_of_speech(data: Path) -> dict[str, int]:
    """Commonest coarse part of speech of each word form of the treebanks."""
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for bank in ("ud-ewt", "ud-gum"):
        with (data / "gold" / bank / "train.conllu").open(encoding="utf-8") as lines:
            for line in lines:
                cell = line.rstrip("\n").split("\t")
                if len(cell) == 10 and cell[0].isdigit():
                    tag = words.POS_OF_TAG.get(cell[4], words.OTHER)
                    seen[cell[1].lower()][tag] += 1
    return {word: count.most_common(1)[0][0] for word, count in seen.items()}


def vader_valence() -> dict[str, float]:
    package = importlib.util.find_spec("vaderSentiment")
    assert package is not None
    assert package.submodule_search_locations
    file = Path(next(iter(package.submodule_search_locations))) / "vader_lexicon.txt"
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    return {cell[0]: float(cell[1]) for cell in lines}


def word_table(data: Path) -> dict[str, Array]:
    """Everything that is known of words beforehand, as arrays sorted by key."""
    evaluation = lexicons.load("evaluation")
    names = list(dict.fromkeys(evaluation["category"]))
    bit = {name: 1 << i for i, name in enumerate(names)}
    polarity = evaluation.groupby("category")["polarity"].first().astype(int)
    valence = vader_valence()
    tags = parts_of_speech(data)
    flags: Counter[str] = Counter()
    for word, name in lexicons.load("clause_words")[["word", "class"]].itertuples(index=False):
        flags[word] |= words.FLAG[name]
    groups: Counter[str] = Counter()
    for word, name in evaluation[["word", "category"]].itertuples(index=False):
        groups["w:" + word] |= bit[name]
        groups["s:" + words.stem(word)] |= bit[name]
    entries = sorted(
        {*groups, *("w:" + w for w in valence), *("w:" + w for w in tags),
         *("w:" + w for w in flags)}, key=words.key,
    )  # fmt: skip
    plain = [entry[2:] if entry[0] == "w" else "" for entry in entries]
    return {
        "keys": np.array([words.key(entry) for entry in entries], np.uint64),
        "pos": np.array([tags.get(w, -1) for w in plain], np.int8),
        "flags": np.array([flags.get(w, 0) for w in plain], np.int16),
        "valence": np.array([round(10 * valence.get(w, 0)) for w in plain], np.int8),
        "categories": np.array([groups[entry] for entry in entries], np.int32),
        "polarity_of": np.array([polarity[name] for name in names], np.int8),
    }


def matrices(records: list[dict[str, Any]], vocabulary: words.Vocabulary) -> tuple[Array, Array]:
    """Sparse matrix of hashed features, and the dense sums of polarity."""
    tokens = features.Tokens([r["sentence"] for r in records], vocabulary)
    targets = features.Targets(
        tokens,
        np.arange(len(records)),
        np.array([r["from"] for r in records]),
        np.array([r["to"] for r in records]),
    )
    rows, places, values = [], [], []
    for family in features.families(targets):
        rows.append(family.row)
        places.append(model.slots(family.key, BITS))
        values.append(model.share(family, targets.n))
    data = (np.concatenate(values), (np.concatenate(rows), np.concatenate(places)))
    return sp.csr_matrix(data, shape=(targets.n, 1 << BITS)), features.sums(targets).values


class Trained:
    """A fitted linear model in the terms of the stored one."""

    def __init__(self, sparse: Array, sums: Array, y: Array) -> None:
        seen = np.bincount(sparse.indices, minlength=sparse.shape[1])
        self.kept = np.nonzero(seen >= MIN_COUNT)[0]
        deviation = sums.std(axis=0)
        self.divide = np.where(deviation > 0, deviation, 1.0) * SUMS_SCALE
        matrix = sp.hstack([sparse[:, self.kept], sp.csr_matrix(sums / self.divide)]).tocsr()
        fitted = LinearSVC(C=COST, tol=1e-3, random_state=SEED, max_iter=3000).fit(matrix, y)
        n = len(self.kept)
        self.weights = fitted.coef_[:, :n].T
        self.sums = (fitted.coef_[:, n:] / self.divide).T
        self.intercept = fitted.intercept_

    def decide(self, sparse: Array, sums: Array) -> Array:
        return sparse[:, self.kept] @ self.weights + sums @ self.sums + self.intercept


def cross_validate(sparse: Array, sums: Array, y: Array, groups: Array, folds: int) -> Array:
    """Scores of every training sentence by a model that has not seen its article."""
    scores = np.zeros((len(y), 3))
    for a, b in GroupKFold(folds, shuffle=True, random_state=SEED).split(sparse, y, groups):
        scores[b] = Trained(sparse[a], sums[a], y[a]).decide(sparse[b], sums[b])
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate only")
    parser.add_argument("--output", type=Path, default=model.FILE)
    given = parser.parse_args()
    gold = given.data / "gold" / "newsmtsc"
    train = read(gold / "train.jsonl")
    table = word_table(given.data)
    vocabulary = words.Vocabulary(words.WordTable(table))
    sparse, sums = matrices(train, vocabulary)
    y = np.array([r["polarity"] for r in train])
    groups = np.array([group(r) for r in train])
    scores = cross_validate(sparse, sums, y, groups, given.folds or 5)
    guess = scores.argmax(axis=1) - 1
    print(f"cross-validated macro-F1 {100 * f1_score(y, guess, average='macro'):.1f}")
    if given.folds:
        return
    fitted = Trained(sparse, sums, y)
    calibration = LogisticRegression(C=10.0).fit(scores, y)
    dev = {name: read(gold / f"{name}.dev.jsonl") for name in ("rw", "mt")}
    offset, threshold = tune(fitted, calibration, dev, vocabulary)
    store(given.output, fitted, calibration.coef_.T, offset, threshold, table)


def tune(
    fitted: Trained, calibration: Any, dev: dict[str, list[dict[str, Any]]], vocabulary: Any
) -> tuple[Array, float]:
    """Shift of the classes and threshold of certainty, on the two development parts."""
    records = dev["rw"] + dev["mt"]
    y = np.array([r["polarity"] for r in records]) + 1
    sparse, sums = matrices(records, vocabulary)
    logits = fitted.decide(sparse, sums) @ calibration.coef_.T + calibration.intercept_
    # Other priors than in training: one number per class, by likelihood (Saerens et al. 2002).
    shift = np.zeros(3)
    onehot = np.eye(3)[y]
    for _ in range(500):
        p = softmax(logits + shift)
        shift += (onehot - p).mean(axis=0)
    p = softmax(logits + shift)
    best, sure = p.argmax(axis=1), p.max(axis=1)
    order = np.argsort(-sure, kind="stable")
    right = np.cumsum(best[order] == y[order]) / np.arange(1, len(y) + 1)
    decided = np.nonzero(right >= 0.815)[0]  # a margin above 80%: the threshold must hold elsewhere
    return calibration.intercept_ + shift, float(sure[order][decided.max()])


def softmax(logits: Array) -> Array:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def store(
    file: Path, fitted: Trained, matrix: Array, offset: Array, threshold: float,
    table: dict[str, Array],
) -> None:  # fmt: skip
    scale = np.abs(fitted.weights).max(axis=0) / 127
    weights = np.round(fitted.weights / scale).astype(np.int8)
    kept = np.nonzero((weights != 0).any(axis=1))[0]
    places = fitted.kept[kept]
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        file,
        bits=np.array(BITS),
        steps=np.diff(places, prepend=0).astype(np.uint32),
        weights=weights[kept].T.copy(),
        scale=scale,
        sums=fitted.sums,
        intercept=fitted.intercept,
        matrix=matrix,
        offset=offset,
        threshold=np.array(threshold),
        **{"word_" + name: array for name, array in table.items()},
    )
    print(f"{len(places):,} weights, {file.stat().st_size / 1e6:.2f} MB, threshold {threshold:.3f}")


if __name__ == "__main__":
    main()
