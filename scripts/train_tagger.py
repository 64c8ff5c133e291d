"""Trains the part-of-speech tagger of `helpers.tagging` on two treebanks and reports its accuracy.

    python scripts/train_tagger.py --data DIR            trains, measures, writes data/models/tagger
    python scripts/train_tagger.py --data DIR --baseline  also trains NLTK's PerceptronTagger

DIR holds `ud-ewt/{train,dev}.conllu` and `ud-gum/{train,dev}.conllu`; documents that are also in
`gum-news/` are left out, because actors are measured on them. Both passes are multinomial
logistic regressions fitted with Adagrad; pass 2 learns from what pass 1 says about sentences it has
not seen (four folds), as it will in use.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from helpers import tagging
from helpers.tagging import POSITIONS, Tagger

SEED = 20191
FOLDS = 4
EPOCHS = (8, 5)
RATE = 0.12
RIDGE = (0.006, 0.005)
BATCH = 512
MIN_FEATURE = 2
SCALE = 12.0
DROP = (1.5, 1.5)  # weights below this many units are dropped
CONTEXT_WORDS = 700
CONTEXTS = [
    "-2",
    "-1",
    "0",
    "+1",
    "+2",
    "-2-1",
    "-1+1",
    "+1+2",
    "-10",
    "0+1",
    "w-1",
    "w+1",
    "w0",
    "-1w",
    "+1w",
    "before",
    "after",
    "verb",
    "beforeafter",
]
Sentence = tuple[list[str], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=tagging.MODEL)
    parser.add_argument(
        "--baseline", action="store_true", help="also train NLTK's PerceptronTagger"
    )
    options = parser.parse_args()
    kept_apart = {file.stem for file in (options.data / "gum-news").glob("*.conllu")}
    train = [
        sentence
        for name in ("ud-ewt", "ud-gum")
        for document, sentence in read(options.data / name / "train.conllu")
        if document not in kept_apart
    ]
    parts = evaluation_parts(options.data)
    model = train_model(train)
    save(model, options.out)
    print(f"{options.out.stat().st_size / 1e6:.2f} MB")
    model = tagging.load_tagger(options.out)
    report("window tagger", model.tag, parts)
    speed(model.tag, parts)
    if options.baseline:
        report("PerceptronTagger", perceptron(train), parts)


def read(path: Path) -> list[tuple[str, Sentence]]:
    """(document, (words, tags)) per sentence, without empty nodes and contraction ranges."""
    found: list[tuple[str, Sentence]] = []
    document = ""
    words: list[str] = []
    tags: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            document = line.split("=", 1)[1].strip()
        elif not line:
            if words:
                found.append((document, (words, tags)))
            words, tags = [], []
        elif line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells[1])
                tags.append(cells[4])
    return found


def evaluation_parts(data: Path) -> dict[str, list[Sentence]]:
    ewt = read(data / "ud-ewt" / "dev.conllu")
    gum = read(data / "ud-gum" / "dev.conllu")
    both = [s for _, s in ewt + gum]
    news = [s for d, s in gum if d.startswith("GUM_news")]
    return {
        "all": both,
        "ud-ewt": [s for _, s in ewt],
        "ud-gum": [s for _, s in gum],
        "news": news,
        "news, hyphens joined": [joined(s) for s in news],
        "news, curly quotes": [curly(s) for s in news],
        "news, Title Case": [titled(s) for s in news if len(s[0]) <= 18],
        "news, CAPITALS": [([w.upper() for w in s[0]], s[1]) for s in news if len(s[0]) <= 18],
        "news, small": [([w.lower() for w in s[0]], s[1]) for s in news if len(s[0]) <= 18],
    }


def joined(sentence: Sentence) -> Sentence:
    """Hyphenated words as one token, as our tokenizer leaves them ("long-term")."""
    words: list[str] = []
    tags: list[str] = []
    glue = False
    for word, tag in zip(*sentence, strict=True):
        if tag in ("HYPH", "AFX") and words and word == "-":
            words[-1] += word
            glue = True
        elif glue:
            first = tags[-1]
            words[-1] += word
            # "long-term", "US-led", "two-day" before a noun are adjectives in the Penn style.
            modifier = tag in ("VBN", "VBG", "JJ") or (first in ("JJ", "CD") and tag == "NN")
            tags[-1] = "JJ" if modifier else tag
            glue = False
        else:
            words.append(word)
            tags.append(tag)
    return words, tags


def curly(sentence: Sentence) -> Sentence:
    marks = {"``": "“", "''": "”", "POS": "’s"}
    words = [
        marks[t] if t in ("``", "''") else w.replace("'", "’")
        for w, t in zip(*sentence, strict=True)
    ]
    return words, sentence[1]


def titled(sentence: Sentence) -> Sentence:
    """A headline: capitals on all but the small words."""
    small = {"a", "an", "and", "as", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to"}
    words = [
        w if (i and w.lower() in small) or w[:1] == "'" or w == "n't" else w[:1].upper() + w[1:]
        for i, w in enumerate(sentence[0])
    ]
    return words, sentence[1]


def copies(train: list[Sentence], rng: np.random.Generator) -> tuple[list[Sentence], np.ndarray]:
    """The training sentences with variants that our input shows, and each one's fold."""
    result: list[Sentence] = []
    fold: list[int] = []
    for i, sentence in enumerate(train):
        variants = [sentence]
        if "HYPH" in sentence[1]:
            variants.append(joined(sentence))
        if {"``", "''", "POS"} & set(sentence[1]) and rng.random() < 0.5:
            variants.append(curly(sentence))
        short = len(sentence[0]) <= 20
        if short and rng.random() < 0.12:
            variants.append(titled(sentence))
        if short and rng.random() < 0.05:
            variants.append(([w.upper() for w in sentence[0]], sentence[1]))
        if rng.random() < 0.03:
            variants.append(([w.lower() for w in sentence[0]], sentence[1]))
        result += variants
        fold += [i * 40 // len(train) % FOLDS] * len(variants)
    return result, np.array(fold)


def ambiguity_classes(train: list[Sentence]) -> dict[str, str]:
    """Which tags a form was seen with, most frequent first; forms seen three times and more.

    Small forms get the class of all their spellings, capitalised ones that of the exact spelling
    inside a sentence, where a capital means something.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for words, tags in train:
        for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
            plain = tagging.normalise(word)
            counts[plain.lower()][tag] += 1
            if i and plain != plain.lower():
                counts[plain][tag] += 1
    classes = {}
    for form, tags_of in sorted(counts.items()):
        total = tags_of.total()
        if total >= 3 and "\t" not in form:
            kept = [
                t
                for t, n in sorted(tags_of.items(), key=lambda x: (-x[1], x[0]))
                if n >= 0.04 * total
            ]
            classes[form] = "|".join(kept[:4])
    return classes


def train_model(train: list[Sentence]) -> Tagger:
    rng = np.random.default_rng(SEED)
    sentences, fold = copies(train, rng)
    tags = sorted({t for _, ts in sentences for t in ts})
    number = {t: i for i, t in enumerate(tags)}
    gold = np.array([number[t] for _, ts in sentences for t in ts])
    lengths = np.array([len(w) for w, _ in sentences])
    token_fold = np.repeat(fold, lengths)
    classes = ambiguity_classes(train)
    frequent = Counter(tagging.normalise(w).lower() for words, _ in train for w in words)
    ambiguous = [
        w
        for w, _ in sorted(frequent.items(), key=lambda x: (-x[1], x[0]))
        if "|" in classes.get(w, "")
    ]
    model = Tagger(
        tags=tags,
        classes=classes,
        words=[{} for _ in POSITIONS],
        word_weights=[np.zeros((1, len(tags)), np.int8) for _ in POSITIONS],
        context_words={w: i + 1 for i, w in enumerate(ambiguous[:CONTEXT_WORDS])},
        contexts=CONTEXTS,
        context_weights=[],
    )
    types = model._types
    ids, inside = types.encode([w for w, _ in sentences], lengths)
    forms = list(types.ids)
    words, spans, x = word_matrix(model, forms, ids, inside)
    print(
        f"{len(gold)} tokens, {len(forms)} types, {x.shape[1]} word features, {len(tags)} tags",
        flush=True,
    )

    none = np.zeros((len(gold), len(tags)), np.float32)
    heard = np.zeros_like(none)
    one: dict[str, Any] = {"epochs": EPOCHS[0], "ridge": RIDGE[0]}
    for k in range(FOLDS):
        rows = np.flatnonzero(token_fold != k)
        w = fit(x[rows], gold[rows], none[rows], rng, **one)
        held = np.flatnonzero(token_fold == k)
        heard[held] = x[held] @ w
        print(f"fold {k}: pass 1 {np.mean(heard[held].argmax(1) == gold[held]):.4f}", flush=True)
    first = quantise(fit(x, gold, none, rng, **one), DROP[0])

    guess = heard.argmax(axis=1)
    rows2 = tagging.context_rows(model, guess, types.context.take(ids), lengths)
    sizes = [context_sizes(model)[c] for c in CONTEXTS]
    starts = np.cumsum([0, *sizes[:-1]])
    columns = np.stack([r + s for r, s in zip(rows2, starts, strict=True)], axis=1).ravel()
    indptr = np.arange(0, len(columns) + 1, len(CONTEXTS))
    y = sparse.csr_matrix(
        (np.ones(len(columns), np.float32), columns.astype(np.int32), indptr),
        shape=(len(gold), sum(sizes)),
    )
    w2 = fit(y, gold, heard, rng, epochs=EPOCHS[1], ridge=RIDGE[1])
    print(f"pass 2 on training folds {np.mean((heard + y @ w2).argmax(1) == gold):.4f}", flush=True)
    second = quantise(w2, DROP[1])
    kept = [np.flatnonzero(first[a:b].any(axis=1)) for a, b in spans]
    return Tagger(
        tags=tags,
        classes=classes,
        words=[
            {words[i][j]: n for n, j in enumerate(kept[i].tolist())} for i in range(len(POSITIONS))
        ],
        word_weights=[first[a:b][k] for (a, b), k in zip(spans, kept, strict=True)],
        context_words=model.context_words,
        contexts=CONTEXTS,
        context_weights=[second[s : s + n] for s, n in zip(starts, sizes, strict=True)],
    )


def word_matrix(
    model: Tagger, forms: list[str], ids: np.ndarray, inside: np.ndarray
) -> tuple[list[list[str]], list[tuple[int, int]], sparse.csr_matrix]:
    """Feature names per position, their column ranges and the token × feature matrix."""
    described = [tagging.type_features(f, model.classes) for f in forms]
    frequency = [np.bincount(ids[inside + o], minlength=len(forms)) for o in POSITIONS]
    names: list[list[str]] = []
    spans: list[tuple[int, int]] = []
    blocks = []
    start = 0
    for p, offset in enumerate(POSITIONS):
        counts: Counter[str] = Counter()
        for features, n in zip(described, frequency[p].tolist(), strict=True):
            if n:
                for f in features[p]:
                    counts[f] += n
        known = sorted(f for f, n in counts.items() if n >= MIN_FEATURE)
        index = {f: i for i, f in enumerate(known)}
        rows = [[index[f] for f in features[p] if f in index] for features in described]
        indptr = np.cumsum([0, *map(len, rows)])
        flat = np.array([i for r in rows for i in r], dtype=np.int32)
        of_type = sparse.csr_matrix(
            (np.ones(len(flat), np.float32), flat, indptr), shape=(len(forms), len(known))
        )
        blocks.append(of_type[ids[inside + offset]])
        names.append(known)
        spans.append((start, start + len(known)))
        start += len(known)
    return names, spans, sparse.hstack(blocks, format="csr", dtype=np.float32)


def fit(
    x: sparse.csr_matrix,
    gold: np.ndarray,
    base: np.ndarray,
    rng: np.random.Generator,
    *,
    epochs: int,
    ridge: float,
) -> np.ndarray:
    """Weights of a multinomial logistic regression over `base` scores: Adagrad, falling rate."""
    n, n_tags = base.shape
    w = np.zeros((x.shape[1], n_tags), np.float32)
    squares = np.full(w.shape, 1e-4, np.float32)
    steps, step = epochs * (n // BATCH + 1), 0
    total = np.zeros_like(w)
    for epoch in range(epochs):
        order = rng.permutation(n)
        for i in range(0, n, BATCH):
            chosen = order[i : i + BATCH]
            part = x[chosen]
            columns, place = np.unique(part.indices, return_inverse=True)
            small = sparse.csr_matrix(
                (part.data, place, part.indptr), shape=(len(chosen), len(columns))
            )
            scores = small @ w[columns] + base[chosen]
            scores -= scores.max(axis=1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=1, keepdims=True)
            scores[np.arange(len(chosen)), gold[chosen]] -= 1.0
            known = w[columns]
            gradient = small.T @ scores + ridge * known
            sq = squares[columns] + gradient * gradient
            squares[columns] = sq
            rate = RATE * (1 - 0.9 * step / steps)
            w[columns] = known - rate * gradient / np.sqrt(sq)
            step += 1
        if epoch >= epochs - 2:
            total += w
    return total / min(2, epochs)


def quantise(weights: np.ndarray, drop: float) -> np.ndarray:
    units = weights * SCALE
    units[np.abs(units) < drop] = 0
    return np.clip(np.rint(units), -127, 127).astype(np.int8)


def save(model: Tagger, path: Path) -> None:
    def text(lines: list[str]) -> np.ndarray:
        return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)

    arrays: dict[str, np.ndarray] = {
        "tags": text(model.tags),
        "classes": text([f"{w}\t{c}" for w, c in model.classes.items()]),
        "contexts": text(model.contexts),
        "context_words": text(list(model.context_words)),
    }
    for p in range(len(POSITIONS)):
        arrays[f"words{p}"] = text(list(model.words[p]))
        arrays[f"weights{p}"] = model.word_weights[p]
    for i, table in enumerate(model.context_weights):
        rows = np.flatnonzero(table.any(axis=1)).astype(np.int32)
        arrays[f"size{i}"] = np.array(len(table))
        arrays[f"rows{i}"] = rows
        arrays[f"context{i}"] = table[rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def context_sizes(model: Tagger) -> dict[str, int]:
    """How many rows each table of pass 2 has."""
    width, words = len(model.tags) + 1, len(model.context_words) + 1
    one, two, lexical = width, width * width, words * width
    return {
        "-2": one,
        "-1": one,
        "0": one,
        "+1": one,
        "+2": one,
        "-2-1": two,
        "-1+1": two,
        "+1+2": two,
        "-10": two,
        "0+1": two,
        "w-1": lexical,
        "w+1": lexical,
        "w0": lexical,
        "-1w": lexical,
        "+1w": lexical,
        "before": 3 * one,
        "after": 3 * one,
        "verb": lexical,
        "beforeafter": 9 * two,
    }


def perceptron(train: list[Sentence]):
    """NLTK's PerceptronTagger on the same sentences, without our variants."""
    from nltk.tag.perceptron import PerceptronTagger

    tagger = PerceptronTagger(load=False)
    tagger.train([list(zip(*s, strict=True)) for s in train], nr_iter=5)
    return lambda sentences: [[t for _, t in tagger.tag(list(s))] for s in sentences]


def report(name: str, tagger, parts: dict[str, list[Sentence]]) -> None:
    print(f"\n{name}: accuracy in %")
    for part, sentences in parts.items():
        out = tagger([w for w, _ in sentences])
        pairs = [
            (a, b)
            for (_, gold), got in zip(sentences, out, strict=True)
            for a, b in zip(gold, got, strict=True)
        ]
        right = sum(a == b for a, b in pairs)
        print(f"  {part:24s} {100 * right / len(pairs):5.2f}  ({len(pairs)} tokens)")
        if part in ("all", "news"):
            wrong = Counter(f"{a}→{b}" for a, b in pairs if a != b)
            print("     " + ", ".join(f"{k} {v}" for k, v in wrong.most_common(14)))


def speed(tagger, parts: dict[str, list[Sentence]]) -> None:
    words = [w for w, _ in parts["all"]]
    tagger(words)
    started = time.perf_counter()
    tagger(words)
    took = time.perf_counter() - started
    print(f"\n{sum(map(len, words)) / took:,.0f} tokens/s in one batch (forms seen before)")
    started = time.perf_counter()
    for sentence in words[:2000]:
        tagger([sentence])
    took = time.perf_counter() - started
    print(f"{sum(map(len, words[:2000])) / took:,.0f} tokens/s a sentence at a time")


if __name__ == "__main__":
    main()
