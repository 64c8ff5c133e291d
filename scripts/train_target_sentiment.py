"""Train the model of sentiment towards a target, and write it with its card.

    python scripts/train_target_sentiment.py --data DIR --taught FILE [--folds 5]

FILE is the ``taught.jsonl`` of ``train_encoder.py label``: the training targets of NewsMTSC (MIT),
those of our minimal pairs, and further ones, with the answers of a large network, from which this
model learns beside the labels (Hinton et al. 2015, Distilling the knowledge in a neural network).
DIR holds, itself or in ``gold/``, ``newsmtsc`` for the development parts, ``ud-ewt`` and ``ud-gum``
for the commonest part of speech of a word; in or beside it ``corpora/us-iran-2019`` for our own
marks of countries in ``tests/gold``. Needs scikit-learn, which the project itself does not. With
``--folds`` the script only cross-validates.
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
import pandas as pd
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from helpers import lexicons
from helpers.lenses.sentiment import features, model, sums, token_arrays
from helpers.lenses.sentiment import word_table as words
from helpers.lenses.sentiment.keys import Family
from helpers.story import Story

SEED = 20190925
BITS = 22
COST = 0.03
MIN_COUNT = 4  # of targets a feature is seen at: less says nothing
TRUST = 0.6  # what the teacher's answer counts beside a label of NewsMTSC
WEIGHT_PAIRS = 2.0  # of a target of our pairs
LEAST = 0.04  # share of an answer that is worth a row of its own
SUMS_SCALE = 6.0
GROUPS_SCALE = 3.0
LEAN_SCALE = 8.0 / SUMS_SCALE
INNER_FOLDS = 4  # a word's leaning is never learned from the article it is used in
SEVERAL = 1.5  # weight of sentences with several targets: they show which word is meant for whom
RIGHT = 0.805  # of decided cases, in each development part
MARKS = Path(__file__).resolve().parents[1] / "tests" / "gold" / "us-iran-2019-targets.csv"
ONE = np.eye(3)  # all of an answer for one label
Array = Any


def folder(data: Path, name: str) -> Path:
    """The data set below DIR, below ``DIR/gold``, or beside DIR."""
    for place in (data / "gold" / name, data / name, data.parent / name):
        if place.is_dir():
            return place
    raise SystemExit(f"No folder {name} in or beside {data.name}: give the folder of the data sets")


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def group(record: dict[str, Any]) -> str:
    """Sentences of one article, which must not be torn apart by cross-validation."""
    return "_".join(record["id"].split("_")[:3])


def example(
    sentence: str, start: int, end: int, label: int, group: str, *, shares: Array = None,
    weight: float = 1.0,
) -> dict[str, Any]:  # fmt: skip
    """A target; ``shares``: what each answer has for itself, else all is for the label."""
    return {
        "sentence": sentence, "from": start, "to": end, "label": label, "group": group,
        "shares": ONE[label] if shares is None else shares, "weight": weight,
    }  # fmt: skip


def labelled(file: Path) -> list[dict[str, Any]]:
    """The targets of a part of NewsMTSC."""
    return [
        example(r["sentence"], r["from"], r["to"], int(r["polarity"]) + 1, group(r))
        for r in read(file)
    ]


def taught(file: Path) -> list[dict[str, Any]]:
    """What `train_encoder.py label` wrote; a pair of ours goes by its label alone."""
    rows = read(file)
    often = Counter(r["text"] for r in rows if r["evaluation"] is not None)
    found = []
    for r in rows:
        label, shares = r["evaluation"], np.array(r["taught"][0])
        weight = WEIGHT_PAIRS if r["pair"] else SEVERAL if often[r["text"]] > 1 else 1.0
        if label is not None:
            trust = 0.0 if r["pair"] else TRUST
            shares = trust * shares + (1 - trust) * ONE[label]
        own = -1 if label is None or r["pair"] else label
        found.append(
            example(r["text"], r["start"], r["end"], own, r["group"], shares=shares, weight=weight)
        )
    return found


def parts_of_speech(data: Path) -> dict[str, int]:
    """Commonest coarse part of speech of each word form of the treebanks."""
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for bank in ("ud-ewt", "ud-gum"):
        with (folder(data, bank) / "train.conllu").open(encoding="utf-8") as lines:
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
        "lean": np.zeros(len(entries), np.int8),
        "seen": np.zeros(len(entries), np.uint16),
    }


def with_leanings(
    table: dict[str, Array], roots: Array, learned: tuple[Array, Array]
) -> dict[str, Array]:
    """The word table with what was learned of each root; roots it lacks are added."""
    total, count = learned
    roots, total, count = roots[count > 0], total[count > 0], count[count > 0]
    keys = np.union1d(table["keys"], roots)
    old, new = np.searchsorted(keys, table["keys"]), np.searchsorted(keys, roots)
    wider: dict[str, Array] = {"keys": keys, "polarity_of": table["polarity_of"]}
    for name in ("pos", "flags", "valence", "categories", "lean", "seen"):
        wider[name] = np.full(len(keys), -1 if name == "pos" else 0, table[name].dtype)
        wider[name][old] = table[name]
    wider["lean"][new] = np.round(125 * total / (count + words.PRIOR_SENTENCES))
    wider["seen"][new] = np.minimum(count, 60_000)
    return wider


class Examples:
    """Sentences with a target, as matrices: hashed features (one kind apart), sums, answers.

    ``shares`` (n, 3) is what each of the three answers has for itself, ``y`` their mean from -1 to
    1; ``labels`` the number of the answer given by people, -1 where the target only helps to learn.
    """

    def __init__(self, records: list[dict[str, Any]], vocabulary: words.Vocabulary) -> None:
        tokens = token_arrays.Tokens([r["sentence"] for r in records], vocabulary)
        targets = token_arrays.Targets(
            tokens,
            np.arange(len(records)),
            np.array([r["from"] for r in records]),
            np.array([r["to"] for r in records]),
        )
        found = {family.name: family for family in features.families(targets)}
        self.targets = targets
        self.prior = tokens.lean  # of each token, before any training sentence was seen
        self.roots, self.root = np.unique(tokens.root, return_inverse=True)
        self.names = hashed([found.pop("target")], targets.n)
        self.rest = hashed(list(found.values()), targets.n)
        self.sums = sums.sums(targets).values[:, : -sums.N_LEAN]
        self.shares = np.array([r["shares"] for r in records])
        self.y = self.shares @ np.array([-1.0, 0.0, 1.0])
        self.groups = np.array([r["group"] for r in records])
        self.weight = np.array([r["weight"] for r in records])
        self.labels = np.array([r["label"] for r in records])

    def sparse(self, *, names: bool) -> Array:
        return (self.rest + self.names).tocsr() if names else self.rest

    def leanings(self, rows: Array) -> tuple[Array, Array]:
        """For each root: how targets near it are judged in ``rows``, and in how many of them."""
        chosen = np.zeros(self.targets.n, bool)
        chosen[rows] = True
        t = self.targets
        near = (t.side > 0) & ((t.clauses <= 1) | (t.distance <= 8)) & chosen[t.row]
        token = t.token[near]
        sign = np.where(t.tokens.negated[token], -1.0, 1.0)
        shape = (t.n, len(self.roots))
        evidence = sp.csr_matrix((sign, (t.row[near], self.root[token])), shape=shape)
        evidence.data = np.sign(evidence.data)  # a word counts once for a target
        y = np.where(chosen, self.y - self.y[rows].mean(), 0.0)
        return evidence.T @ y, np.asarray(abs(evidence).sum(axis=0)).ravel()

    def dense(self, learned: tuple[Array, Array], roots: Array) -> Array:
        """All sums, with leanings learned elsewhere for the words of ``roots``."""
        place = np.searchsorted(roots, self.roots)
        place[place == len(roots)] = 0
        known = roots[place] == self.roots
        total, count = (np.where(known, part[place], 0.0)[self.root] for part in learned)
        k = words.PRIOR_SENTENCES
        lean = (total + k * self.prior) / (count + k)
        lean[self.targets.tokens.masked_root < 100] = 0
        return np.hstack([self.sums, sums.leanings(self.targets, lean)[0]])

    def dense_crossed(self, rows: Array) -> Array:
        """The sums of ``rows``, each with leanings learned from other articles of ``rows``."""
        values = np.zeros((self.targets.n, self.sums.shape[1] + sums.N_LEAN))
        split = GroupKFold(INNER_FOLDS, shuffle=True, random_state=SEED)
        for a, b in split.split(rows, self.y[rows], self.groups[rows]):
            learned = self.leanings(rows[a])
            values[rows[b]] = self.dense(learned, self.roots)[rows[b]]
        return values[rows]


def hashed(families: list[Family], n: int) -> Array:
    rows = np.concatenate([family.row for family in families])
    places = np.concatenate([model.slots(family.key, BITS) for family in families])
    values = np.concatenate([model.share(family, n)[family.row] for family in families])
    return sp.csr_matrix((values, (rows, places)), shape=(n, 1 << BITS))


class Trained:
    """A fitted linear model in the terms of the stored one.

    A target is read once for each answer that has a share in it, and weighs accordingly.
    """

    def __init__(self, sparse: Array, dense: Array, shares: Array, weight: Array) -> None:
        seen = np.bincount(sparse.indices, minlength=sparse.shape[1])
        self.kept = np.nonzero(seen >= MIN_COUNT)[0]
        deviation = dense.std(axis=0)
        divide = np.where(deviation > 0, deviation, 1.0) * SUMS_SCALE
        divide[sums.N_SUMS : -sums.N_LEAN] *= GROUPS_SCALE
        divide[-sums.N_LEAN :] *= LEAN_SCALE
        matrix = sp.hstack([sparse[:, self.kept], sp.csr_matrix(dense / divide)]).tocsr()
        machine = LinearSVC(C=COST, tol=1e-3, random_state=SEED, max_iter=3000)
        row, answer = np.nonzero(shares > LEAST)
        machine.fit(matrix[row], answer - 1, sample_weight=(weight[:, None] * shares)[row, answer])
        n = len(self.kept)
        self.weights = machine.coef_[:, :n].T
        self.sums = (machine.coef_[:, n:] / divide).T
        self.intercept = machine.intercept_

    def decide(self, sparse: Array, dense: Array) -> Array:
        return sparse[:, self.kept] @ self.weights + dense @ self.sums + self.intercept


def cross_validate(examples: Examples, *, folds: int) -> dict[bool, Array]:
    """Scores of every training target by models that have not seen its article."""
    y, n = examples.y, examples.targets.n
    scores = {names: np.zeros((n, 3)) for names in (True, False)}
    split = GroupKFold(folds, shuffle=True, random_state=SEED).split(y, y, examples.groups)
    for a, b in split:
        inside = examples.dense_crossed(a)
        outside = examples.dense(examples.leanings(a), examples.roots)[b]
        for names in (True, False):
            sparse = examples.sparse(names=names)
            fitted = Trained(sparse[a], inside, examples.shares[a], examples.weight[a])
            scores[names][b] = fitted.decide(sparse[b], outside)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate only")
    parser.add_argument("--taught", type=Path, required=True)
    given = parser.parse_args()
    gold = folder(given.data, "newsmtsc")
    table = word_table(given.data)
    vocabulary = words.Vocabulary(words.WordTable(table))
    train = Examples(taught(given.taught), vocabulary)
    dev = [Examples(labelled(gold / f"{name}.dev.jsonl"), vocabulary) for name in ("rw", "mt")]
    states = Examples(marked_states(given.data), vocabulary)
    scores = cross_validate(train, folds=given.folds or 5)
    everything = np.arange(train.targets.n)
    learned = train.leanings(everything)
    crossed = train.dense_crossed(everything)
    for part in (*dev, states):
        part.ready = part.dense(learned, train.roots)
    for names in (True, False):
        given_label = train.labels >= 0
        known, own = train.labels[given_label], scores[names][given_label]
        f1 = f1_score(known, own.argmax(axis=1), average="macro")
        print(f"{'with' if names else 'without'} names: cross-validated macro-F1 {100 * f1:.1f}")
        if given.folds:
            continue
        fitted = Trained(train.sparse(names=names), crossed, train.shares, train.weight)
        calibration = LogisticRegression(C=10.0).fit(own, known)
        heat, offset, threshold = tune(fitted, calibration, dev, names=names)
        matrix = calibration.coef_.T * heat
        raw = fitted.decide(states.sparse(names=names), states.ready)
        of_states = for_states(raw @ matrix + offset, states.labels, states.groups)
        store(model.file(names=names), fitted, matrix, offset, threshold, of_states)
    if not given.folds:
        np.savez_compressed(
            model.FOLDER / "words.npz", **with_leanings(table, train.roots, learned)
        )


def marked_states(data: Path) -> list[dict[str, Any]]:
    """Our own marks of countries and governments, with their sentences."""
    marks = pd.read_csv(MARKS)
    sentences = Story(folder(data, "corpora") / "us-iran-2019").sentences
    joined = marks.reset_index().merge(sentences, on="doc_id", suffixes=("", "_of"))
    joined = joined[(joined["start"] >= joined["start_of"]) & (joined["end"] <= joined["end_of"])]
    joined = joined.drop_duplicates("index")
    return [
        example(row.text, row.start - row.start_of, row.end - row.start_of, row.label + 1,
                row.doc_id)
        for row in joined.itertuples()
    ]  # fmt: skip


def for_states(logits: Array, y: Array, groups: Array) -> tuple[float, Array]:
    """Temperature and shift for countries, and how they do on articles not used for them."""
    crossed = np.empty_like(logits)
    split = GroupKFold(5, shuffle=True, random_state=SEED).split(logits, y, groups)
    for a, b in split:
        heat, shift = calibrate(logits[a], y[a], prior=0.5)
        crossed[b] = softmax(logits[b] * heat + shift)
    guess = crossed.argmax(axis=1)
    f1 = f1_score(y, guess, average="macro", labels=[0, 1], zero_division=0)
    print(
        f"countries, cross-fitted: accuracy {100 * (guess == y).mean():.1f} (neutral always: "
        f"{100 * (y == 1).mean():.1f}), macro-F1 of negative and neutral {100 * f1:.1f}, "
        f"calibration error {error(crossed, y):.3f}"
    )
    return calibrate(logits, y, prior=0.5)


def tune(
    fitted: Trained, calibration: Any, dev: list[Examples], *, names: bool
) -> tuple[float, Array, float]:
    """Temperature, shift of the classes and threshold of certainty, on the development parts."""
    logits = [
        fitted.decide(part.sparse(names=names), part.ready) @ calibration.coef_.T
        + calibration.intercept_
        for part in dev
    ]
    y = [part.labels for part in dev]
    everything, labels = np.concatenate(logits), np.concatenate(y)
    heat, shift = calibrate(everything, labels)
    half = np.arange(len(labels)) % 2 == 0
    crossed = np.empty((len(labels), 3))
    for one in (half, ~half):
        t, b = calibrate(everything[~one], labels[~one])
        crossed[one] = softmax(everything[one] * t + b)
    print(f"temperature {heat:.2f}, calibration error {error(crossed, labels):.3f} (cross-fitted)")
    # The lowest threshold above which at least RIGHT are right in every part, at least 50 of each.
    sure = [softmax(part * heat + shift) for part in logits]
    for threshold in np.arange(0.34, 0.95, 0.005):
        right = []
        for p, gold in zip(sure, y, strict=True):
            decided = p.max(axis=1) >= threshold
            right.append((p.argmax(axis=1) == gold)[decided].mean() if decided.sum() > 50 else 1.0)
        if min(right) >= RIGHT:
            break
    return heat, calibration.intercept_ * heat + shift, float(threshold)


def calibrate(logits: Array, y: Array, prior: float = 0.0) -> tuple[float, Array]:
    """One temperature and one number per class, by likelihood: dev has other priors than train.

    ``prior`` pulls the shifts to zero, for classes that hardly occur.
    """
    best = (np.inf, 1.0, np.zeros(3))
    for heat in np.arange(0.4, 2.01, 0.05):
        shift = np.zeros(3)
        for _ in range(200):
            slope = (np.eye(3)[y] - softmax(logits * heat + shift)).sum(axis=0)
            shift += (slope - prior * shift) / len(y)
        loss = -np.log(softmax(logits * heat + shift)[np.arange(len(y)), y]).mean()
        best = min(best, (loss, heat, shift), key=lambda found: found[0])
    return float(best[1]), best[2]


def error(p: Array, y: Array) -> float:
    """Expected calibration error over ten bins of confidence."""
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(sum(abs((sure - right)[bins == b].sum()) for b in range(10)) / len(y))


def softmax(logits: Array) -> Array:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def store(
    file: Path, fitted: Trained, matrix: Array, offset: Array, threshold: float,
    of_states: tuple[float, Array],
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
        sums=fitted.sums.astype(np.float32),
        intercept=fitted.intercept,
        matrix=matrix,
        offset=offset,
        threshold=np.array(threshold),
        heat_of_states=np.array(of_states[0]),
        shift_of_states=of_states[1],
    )
    print(f"{len(places):,} weights, {file.stat().st_size / 1e6:.2f} MB, threshold {threshold:.3f}")


if __name__ == "__main__":
    main()
