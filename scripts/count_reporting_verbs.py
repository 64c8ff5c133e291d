"""Counts how words report in PolNeAR's training articles, and where their contents end.

    python scripts/count_reporting_verbs.py --data DIR

DIR holds `polnear/train` (text and attributions). Only counts are kept, no text. Four lists are
written to data/lexicons:

- `reporting_verbs.csv`, one row per verb, and `reporting_constructions.csv`, one row per word and
  construction: how often a verb, noun or adjective stands outside quotation marks, by what it
  takes there, and how often it is then part of the cue of a marked attribution (n_reports); how
  often an attribution is found there (n_found), and that one is marked (n_marked). Stance, act and
  the verbs with no count are kept from the list as it stands: they are set by hand.
- `reporting_facts.csv`, one row per value of a fact: how many cases had it, and in how many it
  was so (`lenses.quotes.counted`). The question *ends*: of the contents that had reached such a
  place, how many ended there; the question *reports*: of the attributions found with such a fact,
  how many were marked. Names and figures stand for their class: nothing of 2016 is kept.

Source of the counts: Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for
Political News", LREC.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from helpers import lexicons, schema, segment
from helpers.grammar.document import documents
from helpers.grammar.reporting import CUE, tally
from helpers.lemmas import lemma as lemma_of
from helpers.lenses.quotes import attribution, content_ends, report_evidence
from helpers.lenses.quotes.candidates import (
    Candidate,
    candidates,
    is_modifier,
    particle,
    phrasal_lemma,
)
from helpers.lenses.quotes.constructions import noun_takes, taken
from helpers.lenses.quotes.contents import trim
from helpers.lenses.quotes.counted import CONSTANT, FIRST, Counted, Facts
from helpers.lenses.quotes.marked_article import MarkedArticle, mark

PARTS = ("verb", "noun", "adjective")
LEAST_REPORTS = 2
LEAST_SHARE = 0.08
AUXILIARY = {"be", "have", "do"}
NO_CUE = {"be", "have", "do", "get", "go", "come", "let"}
NO_CUE |= lexicons.words("raising_verbs") | lexicons.words("period_nouns")
_WITHIN = str.maketrans("", "", "- ")
LEAST_CASES = 5
"""A value is listed from this number of cases on …"""
LEAST_ENDS = 0.005
"""… and a mark where contents end, from this share."""
ALIKE = 0.5
"""Intersection over union from which two contents are the same."""
COLUMNS = ["question", "fact", "value", "n", "n_true"]
WEIGHTS = ["question", "fact", "weight"]
FOLDS = 6
"""Parts of the articles; each is weighed by counts of the others."""
STEPS = 12
"""Of Newton's method, which is there after five."""


class Article(NamedTuple):
    text: MarkedArticle
    gold: list[dict]
    """The marked attributions: source, cue and content as lists of character spans."""
    cues: list[set[int]]
    """The tokens of the cue of each."""


def read(folder: Path) -> list[Article]:
    gold: dict[str, list[dict]] = defaultdict(list)
    for line in (folder / "attributions.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            gold[row["doc"]].append(row)
    records = []
    for file in sorted((folder / "text").glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        records.append({"doc_id": file.stem, "text": text, "n_words": len(text.split())})
    articles = schema.make("articles", records)
    sentences = segment.sentences(articles)
    out = []
    for doc in documents(articles, sentences, segment.tokens(articles, sentences)):
        if not doc.words:
            continue
        marked = gold[doc.doc_id]
        cues = [{i for s, e in a["cue"] for i in range(doc.at(s), doc.until(e))} for a in marked]
        out.append(Article(mark(doc), marked, cues))
    return out


Counts = dict[str, dict[tuple[str, str], list[int]]]


def count_words(articles: list[Article]) -> Counts:
    """{part of speech: {(lemma, construction): [times met, times in a cue]}}."""
    counts: Counts = {pos: defaultdict(lambda: [0, 0]) for pos in PARTS}
    for article in articles:
        doc, quoted = article.text.doc, article.text.quoted
        cue = set().union(*article.cues)
        for a, b in doc.sents:
            for i in range(a, b):
                if quoted[i]:
                    continue
                letter = doc.code[i]
                if letter in "Fvge":
                    if is_modifier(doc.code, i):
                        continue
                    lemma = phrasal_lemma(doc.lower[i] + particle(doc, i), doc.tags[i])
                    if lemma in AUXILIARY:
                        continue
                    key = (lemma, taken(doc, i, b, lemma).key)
                    pos = "verb"
                elif letter == "n":
                    lemma = lemma_of(doc.lower[i], doc.tags[i])
                    key, pos = (lemma, noun_takes(doc, i, b).key), "noun"
                elif letter == "J":
                    key, pos = (doc.lower[i], noun_takes(doc, i, b).key), "adjective"
                else:
                    continue
                cell = counts[pos][key]
                cell[0] += 1
                cell[1] += i in cue
    return counts


class Case(NamedTuple):
    article: int
    facts: Facts
    hit: bool
    start: float | None = None
    """The log odds it starts from, where they are not those of the first fact."""


def count_ends(articles: list[Article]) -> list[Case]:
    """Every place that a marked content behind its cue reached, and whether it ended there."""
    cases: list[Case] = []
    for number, article in enumerate(articles):
        text, doc = article.text, article.text.doc
        proposed = candidates(text)
        cues = {c.token for c in proposed if c.share >= CUE}
        for candidate in proposed:
            if not any(candidate.token in cue for cue in article.cues):
                continue
            made = attribution.propose(text, candidate, cues, [])
            if made is None or made.opening is None:
                continue
            begin, takes, initial = made.opening
            end = _end(article, candidate.token, begin)
            if end is None:
                continue
            last = trim(doc, begin, doc.sents[doc.sent[begin]][1], text.quoted)
            for j, facts in content_ends.possible_ends(
                doc, begin, last, cues, takes, initial=initial
            ):
                if j > end:
                    break
                cases.append(Case(number, facts, j == end))
    return cases


def _end(article: Article, token: int, begin: int) -> int | None:
    """Where the marked content that the cue at ``token`` opens at ``begin`` ends, if it does."""
    doc = article.text.doc
    found = None
    for row, cue in zip(article.gold, article.cues, strict=True):
        if token in cue:
            for n, (start, _) in enumerate(row["content"]):
                if abs(doc.at(start) - begin) <= 1:
                    found = row["content"][n:]
    if found is None:
        return None
    high = doc.sents[doc.sent[begin]][1]
    end = doc.until(found[0][1])
    for start, stop in found[1:]:  # spans that only a few words part are one stretch here
        if doc.at(start) < high and doc.at(start) - end <= 8:
            end = doc.until(stop)
    return min(end, high)


def proposals(article: Article) -> Iterator[tuple[Candidate, Facts, bool]]:
    """What each word that may report would make: its facts, and whether that was marked.

    It was where a marked attribution has the word in its cue and the same content.
    """
    text = article.text
    proposed = candidates(text)
    cues = {c.token for c in proposed if c.share >= CUE}
    found, inserted = attribution.by_place(text, cues)
    used = {a.cue[1] - 1 for a in found + inserted if a.cue is not None}
    contents = report_evidence.Contents(found)
    for candidate in proposed:
        if candidate.token in used:
            continue
        made = attribution.propose(text, candidate, cues, found)
        if made is None:
            continue
        facts = report_evidence.evidence(text, candidate, made, contents, cues)
        if candidate.share >= CUE:
            found.append(made)
            contents.add(made)
        yield (
            candidate,
            facts,
            any(
                candidate.token in cue and alike(row["content"], made.content) >= ALIKE
                for row, cue in zip(article.gold, article.cues, strict=True)
            ),
        )


def alike(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> float:
    """Intersection over union of two contents, in characters."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)
    return shared / (sum(b - a for a, b in left) + sum(b - a for a, b in right) - shared)


def count_marked(articles: list[Article], constructions: pd.DataFrame) -> list[Case]:
    """Fills `n_found` and `n_marked`, and returns a case for every word that may report."""
    seen = [(number, *p) for number, article in enumerate(articles) for p in proposals(article)]
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for _, candidate, _, hit in seen:
        cell = found[candidate.word.lemma, candidate.pos, candidate.taken.key]
        cell[0] += 1
        cell[1] += hit
    columns = (constructions[name] for name in ("lemma", "pos", "construction"))
    keys = list(zip(*columns, strict=True))
    constructions["n_found"] = [found[key][0] for key in keys]
    constructions["n_marked"] = [found[key][1] for key in keys]
    write(constructions, "reporting_constructions")
    tallies = {pos: tally(pos, "n_found", "n_marked") for pos in ("verb", "noun", "adjective")}
    cases = []
    for number, candidate, facts, hit in seen:
        key = (candidate.word.lemma, candidate.taken.key)
        if key in tallies[candidate.pos].cells:
            share = tallies[candidate.pos].share(*key, without=(1, int(hit)))
            if share >= attribution.WORTH:
                cases.append(Case(number, facts, hit, math.log(share / (1 - share))))
    return cases


def fact_rows(question: str, names: Sequence[str], cases: list[Case]) -> list[list]:
    """The rows of `reporting_facts.csv`: all cases, then every value that has enough of them."""
    first = _by_value(cases, 0)
    least = LEAST_ENDS if question == "ends" else 0.0
    known = {v for v, (n, r) in first.items() if n >= LEAST_CASES and r >= least * n and r}
    if question == "ends":
        cases = [c for c in cases if c.facts[0] in known]
    rows: list[list] = [[question, "all", "", len(cases), sum(case.hit for case in cases)]]
    for number, name in enumerate(names):
        rows += [
            [question, name, value, n, r]
            for value, (n, r) in sorted(_by_value(cases, number).items())
            if n >= LEAST_CASES
        ]
    return rows


def weight_rows(question: str, names: Sequence[str], cases: list[Case]) -> list[list]:
    """The rows of `reporting_weights.csv`: no article is weighed by counts that hold it."""
    terms: list[list[float]] = []
    hits: list[bool] = []
    for fold in range(FOLDS):
        rest = [case for case in cases if case.article % FOLDS != fold]
        counts = Counted([tuple(row[1:]) for row in fact_rows(question, names, rest)], {})
        for case in cases:
            if case.article % FOLDS == fold and (case.start is not None
                                                 or case.facts[0] in counts.known):  # fmt: skip
                start = counts.log_odds(case.facts) if case.start is None else case.start
                gains = zip(counts.tables[1:], case.facts[1:], strict=True)
                terms.append([1.0, start, *(table.get(value, 0.0) for table, value in gains)])
                hits.append(case.hit)
    weights = logistic(np.array(terms), np.array(hits, dtype=float))
    facts = (CONSTANT, FIRST, *names[1:])
    return [[question, fact, f"{w:.2f}"] for fact, w in zip(facts, weights, strict=True)]


def logistic(terms: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """The weights under which the hits are likeliest, by Newton's method."""
    weights = np.zeros(terms.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-terms @ weights))
        curve = terms.T @ (terms * (shares * (1 - shares))[:, None])
        weights += np.linalg.solve(curve, terms.T @ (hits - shares))
    return weights


def _by_value(cases: list[Case], number: int) -> dict[str, list[int]]:
    """{value of a fact: [cases, those that were so]}."""
    cells: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in cases:
        cell = cells[case.facts[number]]
        cell[0] += 1
        cell[1] += case.hit
    return cells


def word_tables(counts: Counts) -> tuple[pd.DataFrame, pd.DataFrame]:
    file = lexicons.FOLDER / "reporting_verbs.csv"
    old = pd.read_csv(file, dtype="str", keep_default_na=False) if file.exists() else None
    stance = dict(zip(old["lemma"], old["stance"], strict=True)) if old is not None else {}
    act = dict(zip(old["lemma"], old["act"], strict=True)) if old is not None else {}
    rows, taken_rows = [], []
    for pos, table in counts.items():
        total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        often: set[str] = set()
        for (lemma, _), (n, r) in table.items():
            total[lemma][0] += n
            total[lemma][1] += r
            if r >= 3 and r / n >= 0.3:
                often.add(lemma)
        kept = {
            lemma
            for lemma, (n, r) in total.items()
            if lemma not in NO_CUE and lemma.translate(_WITHIN).isalpha()
            and ((r >= LEAST_REPORTS and r / n >= LEAST_SHARE) or lemma in often
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
                     "n_reports": r, "n_found": 0, "n_marked": 0}
                )  # fmt: skip
    return pd.DataFrame(rows), pd.DataFrame(taken_rows)


def write(table: pd.DataFrame, name: str) -> None:
    table.to_csv(lexicons.FOLDER / f"{name}.csv", index=False, lineterminator="\n")
    attribution.forget_lists()


def count(articles: list[Article]) -> None:
    """All lists, each counted with those before it."""
    verbs, constructions = word_tables(count_words(articles))
    write(verbs, "reporting_verbs")
    write(constructions, "reporting_constructions")
    facts: list[list] = []
    weights: list[list] = []
    for question, names, cases in (
        ("ends", content_ends.FACTS, count_ends),
        ("reports", report_evidence.FACTS, lambda a: count_marked(a, constructions)),
    ):
        write(pd.DataFrame(facts, columns=COLUMNS), "reporting_facts")
        write(pd.DataFrame(weights, columns=WEIGHTS), "reporting_weights")
        found = cases(articles)
        facts += fact_rows(question, names, found)
        weights += weight_rows(question, names, found)
    write(pd.DataFrame(facts, columns=COLUMNS), "reporting_facts")
    write(pd.DataFrame(weights, columns=WEIGHTS), "reporting_weights")
    print(f"{len(verbs)} verbs, {len(constructions)} words and constructions, {len(facts)} facts")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/")
    data = parser.parse_args().data
    tries = [data / "polnear" / "train", data / "gold" / "polnear" / "train"]
    count(read(next((f for f in tries if f.is_dir()), tries[0])))


if __name__ == "__main__":
    main()
