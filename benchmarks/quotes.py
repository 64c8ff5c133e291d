"""Scores quote attribution on PolNeAR: python benchmarks/quotes.py --data DIR [--split dev]

DIR holds `polnear/<split>/text/*.txt` and `polnear/<split>/attributions.jsonl` (or is the
`polnear` folder itself). One table is printed: overall, per publisher and per kind.

- attributions: predicted and gold contents (the union of an attribution's spans) are matched one
  to one, greedily by intersection over union of characters, a match at 0.5 and more;
- joint: the same, counting a match only where the source is right too (the two source spans
  overlap, or both are missing);
- quoted segments: every run of three or more words between outer quotation marks is a unit. It is
  attributed where a content covers at least half of it (the shortest such content, if several do).
  Source accuracy is taken over the units that both sides attribute.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from helpers import schema, segment
from helpers.grammar.marks import scan
from helpers.lenses import quotes as quotes_room

Span = tuple[int, int]
MATCH = 0.5
WORDS = 3


class Attribution(NamedTuple):
    doc: str
    publisher: str
    source: tuple[Span, ...]
    content: tuple[Span, ...]


def polnear(data: Path, split: str) -> tuple[pd.DataFrame, list[Attribution]]:
    """The split's articles as an `articles` table, and its attributions."""
    tries = [data / "polnear" / split, data / "gold" / "polnear" / split, data / split, data]
    folder = next((f for f in tries if (f / "attributions.jsonl").is_file()), None)
    if folder is None:
        raise SystemExit(f"No attributions.jsonl for the split {split!r} below {data}.")
    gold = []
    with (folder / "attributions.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            gold.append(
                Attribution(
                    row["doc"], row["publisher"], _spans(row["source"]), _spans(row["content"])
                )
            )
    publisher = {a.doc: a.publisher for a in gold}
    records = []
    for file in sorted((folder / "text").glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as stream:  # offsets count every character
            text = stream.read()
        name = file.stem
        outlet = publisher.get(name, name.split("_")[0])
        records.append(
            {"doc_id": name, "file": file.name, "outlet": outlet, "text": text,
             "n_words": len(text.split()), "sha256": ""}
        )  # fmt: skip
    return schema.make("articles", records), gold


def predicted(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[Attribution]:
    """A `quotes` table as attributions: the rows of one quote_id are one.

    PolNeAR marks the "who" of "Hale, who said" as the source, the table has Hale: a source
    that a relative pronoun follows is scored with it.
    """
    out = []
    texts = dict(zip(articles["doc_id"], articles["text"], strict=True))
    publishers = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    for _, rows in quotes.groupby("quote_id", sort=False):
        doc = str(rows["doc_id"].iloc[0])
        spans = tuple(sorted(zip(rows["start"].tolist(), rows["end"].tolist(), strict=True)))
        known = rows.dropna(subset=["source_start"])
        source = tuple(
            {(int(a), _with_pronoun(texts[doc], int(b))) for a, b in
             zip(known["source_start"], known["source_end"], strict=True)}
        )  # fmt: skip
        out.append(Attribution(doc, publishers[doc], source, spans))
    return out


def _with_pronoun(text: str, end: int) -> int:
    found = _RELATIVE.match(text, end)
    return end if found is None else found.end()


_RELATIVE = re.compile(r",?\s+(?:who|which|that)\b")


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(a), int(b)) for a, b in pairs)


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _size(spans: Iterable[Span]) -> int:
    return sum(b - a for a, b in _merged(spans))


def _shared(left: Iterable[Span], right: Iterable[Span]) -> int:
    right = _merged(right)
    return sum(max(0, min(b, d) - max(a, c)) for a, b in _merged(left) for c, d in right)


def match(gold: list[Attribution], found: list[Attribution]) -> list[tuple[int, int, float]]:
    """(gold, found, overlap) of the attributions of one document, best overlap first."""
    pairs = []
    reach = [(min(f.content)[0], max(b for _, b in f.content)) for f in found]
    for i, g in enumerate(gold):
        first, last = min(g.content)[0], max(b for _, b in g.content)
        for j, f in enumerate(found):
            if reach[j][0] >= last or reach[j][1] <= first:
                continue
            both = _shared(g.content, f.content)
            if both:
                overlap = both / (_size(g.content) + _size(f.content) - both)
                if overlap >= MATCH:
                    pairs.append((-overlap, i, j))
    pairs.sort()
    seen_gold: set[int] = set()
    seen_found: set[int] = set()
    out = []
    for overlap, i, j in pairs:
        if i not in seen_gold and j not in seen_found:
            seen_gold.add(i)
            seen_found.add(j)
            out.append((i, j, -overlap))
    return out


def same_source(gold: Attribution, found: Attribution) -> bool:
    if not gold.source or not found.source:
        return not gold.source and not found.source
    return _shared(gold.source, found.source) > 0


def kind(marked: list[Span], content: Iterable[Span]) -> str:
    """direct: within marks; mixed: holds marks; indirect: holds none."""
    spans = list(content)
    inside = _shared(spans, marked)
    if not inside:
        return "indirect"
    return "direct" if inside >= 0.9 * _size(spans) else "mixed"


class Count:
    """Counts of one row of the table."""

    def __init__(self) -> None:
        self.gold = self.found = self.hit = self.joint = 0
        self.unit_gold = self.unit_found = self.unit_hit = self.unit_source = 0

    def row(self, name: str) -> str:
        p, r, f = prf(self.hit, self.found, self.gold)
        jp, jr, jf = prf(self.joint, self.found, self.gold)
        up, ur, uf = prf(self.unit_hit, self.unit_found, self.unit_gold)
        source = 100 * self.unit_source / self.unit_hit if self.unit_hit else 0.0
        return (
            f"{name:<14}{self.gold:>6}{self.found:>7}  {p:5.1f} {r:5.1f} {f:5.1f}"
            f"   {jp:5.1f} {jr:5.1f} {jf:5.1f}   {self.unit_gold:>5} {up:5.1f} {ur:5.1f} {uf:5.1f}"
            f"  {source:5.1f}"
        )


HEAD = (
    f"{'':<14}{'gold':>6}{'found':>7}  {'P':>5} {'R':>5} {'F1':>5}"
    f"   {'joint':>5} {'R':>5} {'F1':>5}   {'units':>5} {'P':>5} {'R':>5} {'F1':>5}  {'source':>5}"
)


def prf(hit: int, found: int, gold: int) -> tuple[float, float, float]:
    p = 100 * hit / found if found else 0.0
    r = 100 * hit / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def score(
    articles: pd.DataFrame, gold: list[Attribution], found: list[Attribution]
) -> dict[str, Count]:
    """The counts overall, per publisher and per kind (of the gold, or of the unmatched found)."""
    counts = {"all": Count()}
    by_doc: dict[str, tuple[list[Attribution], list[Attribution]]] = {
        d: ([], []) for d in articles["doc_id"]
    }
    for a in gold:
        by_doc[a.doc][0].append(a)
    for a in found:
        by_doc[a.doc][1].append(a)
    rows = zip(articles["doc_id"], articles["outlet"], articles["text"], strict=True)
    for doc, outlet, text in rows:
        golds, founds = by_doc[doc]
        pairs = match(golds, founds)
        partner = {j: i for i, j, _ in pairs}
        marked = _merged((q.start, q.end) for q in scan(text) if q.depth == 0)
        gold_kind = [kind(marked, g.content) for g in golds]
        found_kind = [
            gold_kind[partner[j]] if j in partner else kind(marked, f.content)
            for j, f in enumerate(founds)
        ]
        names: list[tuple[str, list[int], list[int]]] = [
            ("all", list(range(len(golds))), list(range(len(founds)))),
            (outlet, list(range(len(golds))), list(range(len(founds)))),
        ]
        names += [
            (
                k,
                [i for i, x in enumerate(gold_kind) if x == k],
                [j for j, x in enumerate(found_kind) if x == k],
            )
            for k in ("direct", "mixed", "indirect")
        ]
        for name, inside, ours in names:
            count = counts.setdefault(name, Count())
            keep = set(inside)
            count.gold += len(inside)
            count.found += len(ours)
            for i, j, _ in pairs:
                if i in keep:
                    count.hit += 1
                    count.joint += same_source(golds[i], founds[j])
        for unit in units(text):
            g, f = holder(unit, golds), holder(unit, founds)
            for name in ("all", outlet):
                count = counts[name]
                count.unit_gold += g is not None
                count.unit_found += f is not None
                if g is not None and f is not None:
                    count.unit_hit += 1
                    count.unit_source += same_source(g, f)
    return counts


def units(text: str) -> list[Span]:
    """The words between outer quotation marks, where there are three or more."""
    return [
        (q.inner_start, q.inner_end)
        for q in scan(text)
        if q.depth == 0 and len(text[q.inner_start : q.inner_end].split()) >= WORDS
    ]


def holder(unit: Span, attributions: list[Attribution]) -> Attribution | None:
    """The shortest content that covers half of the unit."""
    size = unit[1] - unit[0]
    covering = [a for a in attributions if 2 * _shared([unit], a.content) >= size]
    return min(covering, key=lambda a: (_size(a.content), a.content), default=None)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/")
    parser.add_argument("--split", default="dev", help="train or dev (default)")
    parser.add_argument("--time", action="store_true", help="also print how fast it ran")
    options = parser.parse_args()
    articles, gold = polnear(options.data, options.split)
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    mentions = schema.make("mentions")  # sources are spans here, so no actors are needed
    begin = time.process_time()
    table = quotes_room.find_quotes(articles, sentences, tokens, mentions)
    spent = time.process_time() - begin
    publishers = dict(zip(articles["doc_id"], articles["outlet"], strict=True))
    counts = score(articles, gold, predicted(table, articles))
    print(HEAD)
    order = ["all", *sorted(set(publishers.values())), "direct", "mixed", "indirect"]
    for name in order:
        if name in counts:
            print(counts[name].row(name))
    if options.time:
        words = int(articles["n_words"].sum())
        print(f"{1e3 * spent / len(articles):.1f} ms an article, "
              f"{1.2e6 * spent / words:.1f} ms per 1,200 words")  # fmt: skip


if __name__ == "__main__":
    main()
