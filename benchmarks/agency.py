"""Scores who does what to whom against Universal Dependencies: one table, then the errors by kind.

    python benchmarks/agency.py --data DIR [--split dev] [--tokens ours|gold]

DIR holds `ud-gum/<split>.conllu` and `ud-ewt/<split>.conllu`. A unit is (verb, argument, role):
the verb has UPOS VERB, the argument's head is a proper noun (UPOS PROPN). Gold roles: agent =
`nsubj` of an active verb and `obl:agent`; patient = `obj` and `nsubj:pass`. The treebank is read in
two ways:

- *written*: these relations as they stand in the basic tree, one head per noun phrase;
- *spread*: the enhanced graph, where coordinated verbs and nouns share their arguments and a
  relative clause takes its antecedent (`nsubj:xsubj` of control is left out).

Ours are clauses' arguments whose head our tagger calls a proper noun; for *written* only those that
the clause states itself (link direct or inverted, first conjunct of a coordination), for *spread*
also link conjunct and relative. A pair is right if the verbs overlap and the gold head lies in our
argument with the same role. Text is our tokenizer's reading of each `# text` line (or gold tokens
on request); tags are always our tagger's.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gold_data import folder

from helpers.grammar.clauses import Predicate, sentence_clauses
from helpers.segment import tokenize
from helpers.tagging import tag

WRITTEN = ("direct", "inverted")
SPREAD = (*WRITTEN, "conjunct", "relative")
ROLES = ("agent", "patient")
# A treebank sentence: its text, its words as CoNLL-U rows, their places in the text.
Parsed = tuple[str, list[list[str]], list[tuple[int, int]]]


@dataclass(frozen=True)
class Gold:
    """One verb-argument pair by character offsets: verb, head, role, construction."""

    verb: tuple[int, int]
    head: tuple[int, int]
    role: str
    construction: str
    proper: bool


@dataclass(frozen=True)
class Found:
    verb: tuple[int, int]
    span: tuple[int, int]
    role: str
    construction: str
    link: str
    proper: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--tokens", choices=("ours", "gold"), default="ours")
    options = parser.parse_args()
    treebanks = load(options.data, options.split)
    print(f"agency: agent and patient, proper nouns, {options.split}, {options.tokens} tokens")
    print(f"{'':34s}{'P':>7s}{'R':>7s}{'F1':>7s}{'gold':>7s}{'ours':>7s}")
    for reading in ("written", "spread"):
        parts = {name: pairs(part, reading, options.tokens) for name, part in treebanks.items()}
        both = [pair for part in parts.values() for pair in part]
        for name, part in {**parts, "both": both}.items():
            show(f"{reading}, {name}", score(part))
        for role in ROLES:
            show(f"{reading}, both, {role}", score(both, role=role))
        for construction in ("active", "passive"):
            show(f"{reading}, both, {construction}", score(both, construction=construction))
    print("\nerrors, spread")
    everything = [sentence for part in treebanks.values() for sentence in part]
    for kind, n in errors(everything, options.tokens).most_common():
        print(f"{n:5d}  {kind}")


def summary(data: Path, split: str = "dev") -> list[tuple[str, float, float]]:
    """(what, precision, recall) in per cent, for a table of all framing figures."""
    rows = []
    for reading in ("written", "spread"):
        parts = {name: pairs(part, reading, "ours") for name, part in load(data, split).items()}
        parts["both"] = [pair for part in parts.values() for pair in part]
        for name, part in parts.items():
            precision, recall, *_ = score(part)
            rows.append((f"{name}, {reading}", 100 * precision, 100 * recall))
    return rows


def load(data: Path, split: str) -> dict[str, list[Parsed]]:
    return {
        name: list(read(folder(data, name) / f"{split}.conllu")) for name in ("ud-gum", "ud-ewt")
    }


def read(path: Path) -> Iterator[Parsed]:
    """(text, words as CoNLL-U rows, their character spans) per sentence."""
    text = ""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# text ="):
            text = line[8:].strip()
        elif not line:
            if rows:
                words = [r for r in rows if r[0].isdigit()]
                yield text, words, spans(text, rows)
            rows = []
        elif line[0] != "#":
            rows.append(line.split("\t"))


def spans(text: str, rows: list[list[str]]) -> list[tuple[int, int]]:
    """Character offsets of the words; words of a contraction share what is left of its form."""
    result: list[tuple[int, int]] = []
    at = 0
    for row in rows:
        if not row[0].isdigit():
            continue
        found = text.find(row[1], at)
        if found < 0 or found > at + 4:
            found = at
        end = min(found + len(row[1]), len(text))
        result.append((found, end))
        at = end
    return result


def gold_pairs(words: list[list[str]], places: list[tuple[int, int]], reading: str) -> list[Gold]:
    index = {row[0]: i for i, row in enumerate(words)}
    found: list[Gold] = []
    for i, row in enumerate(words):
        if reading == "written":
            links = [(row[6], row[7])]
        else:
            parts = [part.partition(":") for part in row[8].split("|")]
            links = [(governor, relation) for governor, _, relation in parts]
        for governor, relation in links:
            verb = index.get(governor)
            if verb is None or words[verb][3] != "VERB":
                continue
            passive = "Voice=Pass" in words[verb][5]
            if relation == "nsubj":
                role = "agent"
            elif relation == "obl:agent":
                role, passive = "agent", True
            elif relation == "obj":
                role = "patient"
            elif relation == "nsubj:pass":
                role, passive = "patient", True
            else:
                continue
            found.append(Gold(places[verb], places[i], role, "passive" if passive else "active",
                              row[3] == "PROPN"))  # fmt: skip
    return found


def our_pairs(
    text: str, words: list[list[str]], places: list[tuple[int, int]], tokens: str, reading: str
) -> list[Found]:
    places = tokenize(text) if tokens == "ours" else places
    forms = [text[a:b] for a, b in places] if tokens == "ours" else [row[1] for row in words]
    if not forms:
        return []
    tags = tag([forms])[0]
    links = WRITTEN if reading == "written" else SPREAD
    return [
        f for p in sentence_clauses(forms, tags) for f in _found(p, places, tags, links, reading)
    ]


def _found(
    p: Predicate,
    places: list[tuple[int, int]],
    tags: list[str],
    links: tuple[str, ...],
    reading: str,
) -> Iterator[Found]:
    construction = "passive" if p.passive else "active"
    for role, arguments, link in (
        ("agent", p.agents, p.agent_link),
        ("patient", p.patients, p.patient_link),
    ):
        if link not in links:
            continue
        for a, b in arguments[:1] if reading == "written" else arguments:
            yield Found(places[p.main], (places[a][0], places[b - 1][1]), role, construction, link,
                        tags[b - 1].startswith("NNP"))  # fmt: skip


def _meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _right(found: Found, gold: Gold) -> bool:
    return (
        found.role == gold.role and _meets(found.verb, gold.verb) and _meets(found.span, gold.head)
    )


def pairs(
    sentences: list[Parsed], reading: str, tokens: str
) -> list[tuple[list[Gold], list[Found]]]:
    """Gold and ours, sentence by sentence."""
    return [
        (gold_pairs(words, places, reading), our_pairs(text, words, places, tokens, reading))
        for text, words, places in sentences
    ]


def score(
    part: list[tuple[list[Gold], list[Found]]], *, role: str = "", construction: str = ""
) -> tuple[float, float, int, int]:
    """(precision, recall, how many in gold, how many of ours)."""
    right = predicted = recalled = wanted = 0
    for gold, ours in part:
        for f in ours:
            if f.proper and role in ("", f.role) and construction in ("", f.construction):
                predicted += 1
                right += any(_right(f, g) for g in gold)
        for g in gold:
            if g.proper and role in ("", g.role) and construction in ("", g.construction):
                wanted += 1
                recalled += any(_right(f, g) for f in ours)
    return right / max(predicted, 1), recalled / max(wanted, 1), wanted, predicted


def show(name: str, figures: tuple[float, float, int, int]) -> None:
    precision, recall, wanted, predicted = figures
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    shares = "".join(f"{100 * share:7.1f}" for share in (precision, recall, f1))
    print(f"{name:34s}{shares}{wanted:7d}{predicted:7d}")


def errors(sentences: list[Parsed], tokens: str) -> Counter[str]:
    """What goes wrong, by kind: for ours without gold and for gold not found."""
    kinds: Counter[str] = Counter()
    for text, words, places in sentences:
        gold = gold_pairs(words, places, "spread")
        ours = our_pairs(text, words, places, tokens, "spread")
        verbs = dict(zip(places, words, strict=True))
        for f in ours:
            if not f.proper or any(_right(f, g) for g in gold):
                continue
            row = next((r for p, r in verbs.items() if _meets(p, f.verb)), None)
            inside = next(
                (r for p, r in verbs.items() if _meets(p, (f.span[1] - 1, f.span[1]))), None
            )
            at_verb = [g for g in gold if _meets(g.verb, f.verb)]
            kinds["wrong: " + _why(f, row, inside, at_verb)] += 1
        for g in gold:
            if not g.proper or any(_right(f, g) for f in ours):
                continue
            same = [f for f in ours if _meets(f.verb, g.verb)]
            if any(f.role == g.role for f in same):
                why = "another argument taken"
            elif any(_meets(f.span, g.head) for f in same):
                why = "the other role"
            elif same:
                why = f"no {g.role} found ({g.construction})"
            else:
                why = f"nothing found at the verb ({g.role})"
            kinds["missed: " + why] += 1
    return kinds


def _why(f: Found, verb: list[str] | None, noun: list[str] | None, at_verb: list[Gold]) -> str:
    if verb is None or verb[3] != "VERB":
        return f"not a verb in the treebank ({'-' if verb is None else verb[3]})"
    if any(_meets(f.span, g.head) for g in at_verb):
        return f"{f.role} is the other role"
    if noun is not None and any(g.role == f.role for g in at_verb):
        return f"{f.role}, the treebank has another ({f.link})"
    relation = noun[7] if noun else "-"
    return f"{f.role} by link {f.link}, treebank: {relation.split(':')[0]} elsewhere"


if __name__ == "__main__":
    main()
