"""Trains the linear model that says what an unknown name names.

    python scripts/train_actor_types.py --data DIR [--folds K]

DIR holds `ud-gum/*.conllu` with entities in MISC, and `gum-news/*.conllu`: the documents of the
benchmark, which are left out. A row is a name with all its places in a document, weighted by the
root of their number; names in news count twice. Organisations that the word lists know are rows
too: unknown ones are rare outside news. Needs scikit-learn; writes the same bytes in every run.

`--folds K` writes nothing: it prints how well names are decided in documents left out of training.
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

from actors import _bare as bare
from actors import read_gum

from helpers import segment
from helpers.lenses.actors import type_model
from helpers.lenses.actors.detection import detect
from helpers.lenses.actors.gazetteer import ORGANIZATION
from helpers.lenses.actors.name_types import unknown_names
from helpers.lenses.actors.tagged_article import tagged_articles
from helpers.lenses.actors.type_model import CLASSES, MODEL, features
from helpers.lenses.actors.vocabulary import vocabulary
from helpers.schema import make

KEEP = 0.08
"""Features whose weights all stay below this are left out."""
STRENGTH = 0.1
"""Inverse of the L2 penalty; chosen by cross-validation over documents, as was what follows."""
NEWS = 2
MANY = 16
"""Places of a name beyond this number add no weight."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    rows = read_rows(options.data)
    documents = sorted({r[0] for r in rows})
    print(f"{len(documents)} documents, {len(rows)} names", Counter(r[2] for r in rows))
    if options.folds:
        cross_validate(rows, documents, options.folds)
        return
    table = train(rows)
    MODEL.parent.mkdir(parents=True, exist_ok=True)
    stored = {"classes": CLASSES, "weights": dict(sorted(table.items()))}
    MODEL.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(table)} features kept, {MODEL.stat().st_size / 1000:.0f} kB")


def read_rows(data: Path) -> list[tuple[str, list[str], str, float, bool]]:
    """(document, features, class, weight, whether the name is unknown) of every name."""
    held_out = {d["id"] for f in (data / "gum-news").glob("*.conllu") for d in read_gum(f)}
    rows = []
    for path in sorted((data / "ud-gum").glob("*.conllu")):
        for document in read_gum(path):
            if document["id"] not in held_out:
                times = NEWS if "_news_" in document["id"] else 1
                rows += [
                    (document["id"], found, kind, times * min(n, MANY) ** 0.5, unknown)
                    for found, kind, n, unknown in examples(document)
                ]
    return rows


def examples(document):
    """(features, class, number of places, unknown?) of the names of a document."""
    text = document["text"]
    articles = make("articles", [{"doc_id": "d", "text": text, "n_words": 1}])
    sentences = segment.sentences(articles)
    exact = spans_of(document)
    for doc in tagged_articles(articles, sentences, segment.tokens(articles, sentences)):
        candidates = detect(doc)
        groups, lone, surnames = unknown_names(doc, candidates)
        listed = {}
        for p in candidates:
            if p.kind == "name" and p.type == ORGANIZATION and p.rule in (ORGANIZATION, "head"):
                listed.setdefault(tuple(doc.words[p.core : p.core_last]), []).append(p)
        for members in [*groups, *listed.values()]:
            votes = Counter(kind_of(document, exact, doc, p) for p in members)
            best = votes.most_common(1)[0][0]
            found = features(doc, members, lone, surnames, vocabulary())
            yield found, best, len(members), members[0].rule not in (ORGANIZATION, "head")


def spans_of(document):
    """The type at every span, with and without what follows the name; proper nouns win."""
    exact = {}
    for e in document["entities"]:
        for end in ("name_end", "end"):
            span = bare(document["text"], e["start"], e[end])
            if span not in exact or e["head"] == "PROPN":
                exact[span] = e["type"]
    return exact


def kind_of(document, exact, doc, p):
    """What the treebank says a name names: its span, its head, or a phrase that ends with it."""
    text, last = document["text"], doc.ends[p.core_last - 1]
    for first in (p.core, p.first):
        kind = exact.get(bare(text, doc.starts[first], last))
        if kind is not None:
            return kind if kind in CLASSES else "other"
    start, end = bare(text, doc.starts[p.core], last)
    entities = document["entities"]
    headed = [e for e in entities if start <= e["head_at"] < end]
    if headed:
        kind = max(headed, key=lambda e: e["end"] - e["start"])["type"]
        return kind if kind in CLASSES else "other"
    # "author X": the head is a common noun, X stands beside it.
    around = [
        e
        for e in entities
        if e["start"] <= start
        and end in (e["end"], e["name_end"], bare(text, e["start"], e["end"])[1])
        and e["head"] != "PROPN"
        and e["type"] in CLASSES
    ]
    return min(around, key=lambda e: e["end"] - e["start"])["type"] if around else "other"


def train(rows):
    """Feature → one weight per class, with the row `bias`."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(r[1], 1) for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [r[2] for r in rows], sample_weight=[r[3] for r in rows])
    order = [list(model.classes_).index(c) for c in CLASSES]
    table = {"bias": [round(float(model.intercept_[i]), 2) for i in order]}
    for j, name in enumerate(vectorizer.feature_names_):
        row = [round(float(model.coef_[i][j]), 2) for i in order]
        if max(map(abs, row)) >= KEEP:
            table[name] = row
    return table


def cross_validate(rows, documents, folds):
    """Print the share of names, by weight, whose class is right in documents left out."""
    fold = {d: i % folds for i, d in enumerate(documents)}
    right = total = 0.0
    wrong = Counter()
    for k in range(folds):
        table = train([r for r in rows if fold[r[0]] != k])
        type_model.weights = lambda table=table: table
        for document, found, kind, weight, unknown in rows:
            if fold[document] == k and unknown:
                chances = type_model.classify(found)
                best = max(CLASSES, key=chances.__getitem__)
                total += weight
                right += weight * (best == kind)
                wrong[kind, best] += best != kind
    print(f"{folds} folds over documents: {100 * right / total:.1f}% right")
    for (kind, best), n in wrong.most_common(6):
        print(f"  {kind} taken for {best}: {n}")


if __name__ == "__main__":
    main()
