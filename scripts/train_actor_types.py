"""Trains the linear model that says what an unknown name names.

    python scripts/train_actor_types.py --data DIR

DIR holds `ud-gum/*.conllu` with entities in MISC, and `gum-news/*.conllu`: the documents of the
benchmark, which are left out. Names in news count threefold. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]

from actors import read_gum

from helpers import segment
from helpers.actors.article import judged_groups
from helpers.actors.kinds import CLASSES, MODEL, features
from helpers.actors.reading import readings
from helpers.actors.vocabulary import vocabulary
from helpers.schema import make

KEEP = 0.08
NEWS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    rows, labels, documents = [], [], []
    held_out = {d["id"] for f in (options.data / "gum-news").glob("*.conllu") for d in read_gum(f)}
    for path in sorted((options.data / "ud-gum").glob("*.conllu")):
        for document in read_gum(path):
            if document["id"] not in held_out:
                found = list(examples(document))
                times = NEWS if "_news_" in document["id"] else 1
                rows += [f for f, _ in found] * times
                labels += [c for _, c in found] * times
                documents.append(document["id"])
    print(f"{len(documents)} documents, {len(rows)} names", Counter(labels))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(r, 1) for r in rows])
    model = LogisticRegression(C=0.5, max_iter=2000).fit(matrix, labels)
    print(f"training accuracy {model.score(matrix, labels):.3f}")
    order = [list(model.classes_).index(c) for c in CLASSES]
    weights = {"bias": [round(float(model.intercept_[i]), 2) for i in order]}
    for j, name in enumerate(vectorizer.feature_names_):
        row = [round(float(model.coef_[i][j]), 2) for i in order]
        if max(map(abs, row)) >= KEEP:
            weights[name] = row
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    stored = {"classes": CLASSES, "weights": dict(sorted(weights.items()))}
    MODEL.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights)} features kept, {MODEL.stat().st_size / 1000:.0f} kB")


def examples(document):
    """(features, class) of every unknown name of a document."""
    text = document["text"]
    articles = make("articles", [{"doc_id": "d", "text": text, "n_words": 1}])
    sentences = segment.sentences(articles)
    heads = {e["head_at"]: e["type"] for e in document["entities"] if e["head"] == "PROPN"}
    for doc in readings(articles, sentences, segment.tokens(articles, sentences)):
        groups, lone, surnames = judged_groups(doc)
        for members in groups:
            votes = Counter()
            for p in members:
                inside = [heads[s] for s in doc.start[p.core : p.core_last] if s in heads]
                votes[inside[0] if inside else "other"] += 1
            best = votes.most_common(1)[0][0]
            yield (
                features(doc, members, lone, surnames, vocabulary()),
                best if best in CLASSES else "other",
            )


if __name__ == "__main__":
    main()
