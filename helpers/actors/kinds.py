"""What an unknown name names: person, organisation, place, or nothing that acts.

A small linear model over what stands around the name in its whole article and how it is written;
no word list of names is learned. Trained by ``scripts/train_actor_types.py`` on treebank
documents that are not news; see ``data/models/actor-types/CARD.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path

from helpers.actors.pieces import Piece
from helpers.actors.reading import Reading
from helpers.actors.vocabulary import HONORIFIC, Vocabulary

MODEL = Path(__file__).resolve().parents[2] / "data" / "models" / "actor-types" / "weights.json"
CLASSES = ("person", "organization", "place", "other")
# News names more organisations, and fewer things, than the genres the weights come from.
_PRIOR = (0.0, 0.3, 0.0, -0.4)


@cache
def weights() -> dict[str, list[float]]:
    """Feature → one weight per class."""
    stored = json.loads(MODEL.read_text(encoding="utf-8"))
    return {str(f): [float(w) for w in row] for f, row in stored["weights"].items()}


def shape(word: str) -> str:
    """How a word is written, runs shortened: Xx, X, X.X., Xx-x.

    >>> shape("Keller"), shape("NATO"), shape("McCoy"), shape("Al-Farsi")
    ('Xx', 'X', 'XxXx', 'Xx-Xx')
    """
    out = ""
    for c in word:
        s = "X" if c.isupper() else "x" if c.islower() else "0" if c.isdigit() else c
        if not out or out[-1] != s:
            out += s
    return out


def features(
    doc: Reading, members: list[Piece], lone: dict[str, int], surnames: Iterable[str],
    voc: Vocabulary,
) -> list[str]:  # fmt: skip
    """What is known of a name by all its places in an article; repeated clues count once."""
    tok, low, tag = doc.tok, doc.low, doc.tag
    p = members[0]
    words = tok[p.core : p.core_last]
    n = len(words)
    first, last = words[0], words[-1]
    out = {
        f"n={min(n, 4)}",
        f"shape={shape(last)[:6]}",
        f"suffix={last[-3:].lower()}",
        f"suffix2={last[-2:].lower()}",
        f"count={min(len(members), 3)}",
    }
    if n > 1:
        out.add(f"first shape={shape(first)[:6]}")
        out.add(f"last alone={min(lone.get(last, 0), 1)}")
        out.add(f"first alone={min(lone.get(first, 0), 1)}")
        out.add(f"given={first in voc.given}")
        for word in words[1:-1]:
            out.add(f"inner={word.lower() if word[0].islower() else shape(word)[:4]}")
        out.add(f"last lower={last.lower() in doc.lower}")
    else:
        out.add(f"one given={last in voc.given}")
        out.add(f"one lower={last.lower() in doc.lower}")
        out.add(f"one mid={min(doc.mid.get(last, 0), 2)}")
    if voc.heads.get(last):
        out.add(f"head={voc.heads[last]}")
    out.add(f"surname={last in surnames}")
    the = 0
    for m in members[:12]:
        a, b = doc.bounds[m.sentence]
        before = low[m.first - 1] if m.first > a else "<"
        after = low[m.last] if m.last < b else ">"
        the += before == "the"
        out.add(f"tag={tag[m.core_last - 1]}")
        for name, value, k in (("before", before, m.first - 1), ("after", after, m.last)):
            if (value.isalpha() and value in voc.function_words) or not value[0].isalpha():
                out.add(f"{name}={value}")
            elif a <= k < b:
                out.add(f"{name} tag={tag[k]}")
                kind = voc.contexts.get((name, value))
                if kind:
                    out.add(f"{name} cue={kind[0]}")
        if before == "the" and m.first - 2 >= a:
            out.add(f"the before={low[m.first - 2]}" if low[m.first - 2] in voc.function_words
                    else f"the before tag={tag[m.first - 2]}")  # fmt: skip
        if after in (",", "(") and m.last + 1 < b:
            k = m.last + 1
            if low[k] in ("who", "whose", "which", "where"):
                out.add(f"aside={low[k]}")
            elif tok[k].isdigit():
                out.add(f"aside number={len(tok[k])}")
            elif tok[k][0].isupper():
                out.add("aside capital")
            while k < min(b, m.last + 7) and tok[k] != ",":
                title = voc.title_at(low, k, b)
                if title and title.kind != HONORIFIC:
                    out.add("aside title")
                    break
                k += 1
        if before == "," and m.first - 2 >= a and tok[m.first - 2][0].isupper():
            out.add("after capital, comma")
    out.add(f"the={'always' if the == len(members[:12]) else 'never' if not the else 'some'}")
    return sorted(out)


def classify(found: list[str]) -> tuple[str, float]:
    """(class, probability) of the features of one name."""
    table = weights()
    scores = [b + p for b, p in zip(table["bias"], _PRIOR, strict=True)]
    for f in found:
        row = table.get(f)
        if row is not None:
            for i, w in enumerate(row):
                scores[i] += w
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    best = max(range(len(CLASSES)), key=lambda i: (powers[i], -i))
    return CLASSES[best], powers[best] / sum(powers)
