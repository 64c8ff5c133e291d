"""Counts how often verbs, nouns and adjectives report speech in PolNeAR's training articles.

    python scripts/count_reporting_verbs.py --data DIR

DIR holds `polnear/train` (text and attributions). A word is counted once for every time it
stands outside quotation marks, by the construction it takes there, and as a report where it is
part of the cue of a marked attribution. Only these counts are kept, no text. Two lists are
written to data/lexicons: `reporting_verbs.csv` (one row per verb; stance, and verbs with no
count, are kept from the list as it stands: they are set by hand) and
`reporting_constructions.csv` (one row per word and construction).

Source of the counts: Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for
Political News", LREC.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pandas as pd

from helpers import schema, segment
from helpers.lemmas import lemma as lemma_of
from helpers.quotes.constructions import noun_takes, taken
from helpers.quotes.marks import scan
from helpers.quotes.view import View, views

LEXICONS = Path(__file__).resolve().parent.parent / "data" / "lexicons"
LEAST_REPORTS = 2
LEAST_SHARE = 0.08
AUXILIARY = {"be", "have", "do"}
NO_CUE = {"be", "have", "do", "get", "go", "come", "let"}


def count(
    seen: list[View], gold: dict[str, list[dict]]
) -> dict[str, dict[tuple[str, str], list[int]]]:
    """{part of speech: {(lemma, construction): [times met, times in a cue]}}."""
    counts: dict[str, dict[tuple[str, str], list[int]]] = {
        pos: defaultdict(lambda: [0, 0]) for pos in ("verb", "noun", "adjective")
    }
    for view in seen:
        cue = set()
        for a in gold.get(view.doc_id, []):
            for s, e in a["cue"]:
                cue.update(range(view.at(s), view.until(e)))
        quoted = set()
        for q in scan(view.text):
            if q.depth == 0:
                quoted.update(range(view.at(q.start), view.until(q.end)))
        for a, b in view.sents:
            for i in range(a, b):
                if i in quoted:
                    continue
                letter = view.code[i]
                if letter in "Fvge":
                    lemma = lemma_of(view.lower[i], view.tags[i])
                    if lemma in AUXILIARY:
                        continue
                    key = (lemma, taken(view, i, b, lemma).key)
                    pos = "verb"
                elif letter == "n":
                    lemma = lemma_of(view.lower[i], view.tags[i])
                    key, pos = (lemma, noun_takes(view, i, b).key), "noun"
                elif letter == "J":
                    key, pos = (view.lower[i], noun_takes(view, i, b).key), "adjective"
                else:
                    continue
                cell = counts[pos][key]
                cell[0] += 1
                cell[1] += i in cue
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/")
    folder = parser.parse_args().data / "polnear" / "train"
    gold: dict[str, list[dict]] = defaultdict(list)
    for line in (folder / "attributions.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        gold[row["doc"]].append(row)
    records = []
    for file in sorted((folder / "text").glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        records.append({"doc_id": file.stem, "text": text, "n_words": len(text.split())})
    articles = schema.make("articles", records)
    sentences = segment.sentences(articles)
    seen = [v for v, *_ in views(articles, sentences, segment.tokens(articles, sentences))]
    counts = count(seen, gold)
    write(counts)


def write(counts: dict[str, dict[tuple[str, str], list[int]]]) -> None:
    file = LEXICONS / "reporting_verbs.csv"
    old = pd.read_csv(file, dtype="str", keep_default_na=False) if file.exists() else None
    stance = dict(zip(old["lemma"], old["stance"], strict=True)) if old is not None else {}
    act = dict(zip(old["lemma"], old["act"], strict=True)) if old is not None else {}
    rows, taken_rows = [], []
    for pos, table in counts.items():
        total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (lemma, _), (n, r) in table.items():
            total[lemma][0] += n
            total[lemma][1] += r
        kept = {
            lemma
            for lemma, (n, r) in total.items()
            if lemma not in NO_CUE and lemma.replace("-", "").isalpha()
            and ((r >= LEAST_REPORTS and r / n >= LEAST_SHARE)
                 or any(t[1] >= 3 and t[1] / t[0] >= 0.3 for k, t in table.items() if k[0] == lemma)
                 or (pos == "verb" and lemma in stance))
        }  # fmt: skip
        if pos == "verb":
            for lemma in sorted(kept | set(stance)):
                n, r = total.get(lemma, [0, 0])
                rows.append(
                    {"lemma": lemma, "stance": stance.get(lemma, "neutral"),
                        "act": act.get(lemma, "speech"), "n": n, "n_reports": r,
                     "share": f"{r / n:.3f}" if n else "",
                     "origin": "PolNeAR train" if n else "by hand"}
                )  # fmt: skip
        for (lemma, construction), (n, r) in sorted(table.items()):
            if lemma in kept:
                taken_rows.append(
                    {"lemma": lemma, "pos": pos, "construction": construction, "n": n,
                     "n_reports": r}
                )  # fmt: skip
    pd.DataFrame(rows).to_csv(file, index=False, lineterminator="\n")
    pd.DataFrame(taken_rows).to_csv(
        LEXICONS / "reporting_constructions.csv", index=False, lineterminator="\n"
    )
    print(f"{len(rows)} verbs, {len(taken_rows)} words and constructions")


if __name__ == "__main__":
    main()
