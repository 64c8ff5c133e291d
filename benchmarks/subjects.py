"""Scores the finder of subjects against Universal Dependencies.

    python benchmarks/subjects.py --data DIR [--split dev]

DIR holds `ud-gum/<split>.conllu` and `ud-ewt/<split>.conllu`. A unit is a verb (UPOS VERB) with a
nominal subject (`nsubj`, no relative pronoun) in the basic tree at which we see a finite active
verb. It is right where the gold subject's head lies in one of the noun groups that
`Document.clauses` gives the verb. Verbs that we do not read as finite and active are counted
beside, as are those of the verbs that report ("said", "claimed").
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from agency import Parsed, load

from helpers.grammar.clauses import Predicate
from helpers.grammar.clauses.groups import takes_clause
from helpers.grammar.document import Document
from helpers.segment import tokenize
from helpers.tagging import tag

Span = tuple[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds ud-gum, ud-ewt")
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    print(f"{'subjects, ' + options.split:24s}{'verbs':>8s}{'right':>8s}{'wrong':>8s}{'none':>8s}")
    total: Counter[str] = Counter()
    for name, part in load(options.data, options.split).items():
        counts = score(part)
        total += counts
        show(name, counts)
    show("both", total)
    show("both, verbs of saying", total, "saying ")
    print(f"not read as finite and active: {total['unread']}")


def score(part: list[Parsed]) -> Counter[str]:
    """How many subjects are right, wrong and not found; with "saying " of verbs that report."""
    counts: Counter[str] = Counter()
    for text, words, places in part:
        document = read(text)
        if document is None:
            continue
        for verb, subject in gold(words, places):
            p = finite_verb(document, verb)
            if p is None:
                counts["unread"] += 1
                continue
            outcome = judge(document, p, subject)
            counts[outcome] += 1
            counts["saying " + outcome] += takes_clause(p.lemma)
    return counts


def read(text: str) -> Document | None:
    """A line of the treebank as a document of one sentence; nothing where it has no words."""
    spans = tokenize(text)
    words = [text[a:b] for a, b in spans]
    if not words:
        return None
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    return Document("", text, words, list(tag([words])[0]), starts, ends, [(0, len(words))])


def gold(words: list[list[str]], places: list[Span]) -> Iterator[tuple[Span, Span]]:
    """The places of a verb and of its subject's head, for every nominal subject of a verb."""
    by_id = {row[0]: (row, place) for row, place in zip(words, places, strict=True)}
    for row, place in zip(words, places, strict=True):
        relative = "PronType=Rel" in row[5] or row[4] in ("WDT", "WP")
        verb = by_id.get(row[6])
        subject = row[7].partition(":")[0] == "nsubj" and row[7] != "nsubj:pass"
        if subject and not relative and verb is not None and verb[0][3] == "VERB":
            yield verb[1], place


def finite_verb(document: Document, place: Span) -> Predicate | None:
    for p in document.clauses(0).predicates:
        inside = document.starts[p.main] < place[1] and place[0] < document.ends[p.main]
        if inside and p.finite and not (p.passive or p.auxiliary):
            return p
    return None


def judge(document: Document, p: Predicate, head: Span) -> str:
    s = document.clauses(0)
    if not p.subject:
        return "none"
    found = (
        document.starts[s.starts[k]] < head[1] and head[0] < document.ends[s.ends[k] - 1]
        for k in p.subject
    )
    return "right" if any(found) else "wrong"


def show(name: str, counts: Counter[str], kind: str = "") -> None:
    right, wrong, none = (counts[kind + outcome] for outcome in ("right", "wrong", "none"))
    n = right + wrong + none
    shares = "".join(f"{100 * x / max(n, 1):8.1f}" for x in (right, wrong, none))
    print(f"{name:24s}{n:8d}{shares}")


if __name__ == "__main__":
    main()
