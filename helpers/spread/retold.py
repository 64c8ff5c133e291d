"""The same matter in several sides' words: sentence against sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

import numpy as np

from helpers.findings.measured import how_right
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Row, Side, plain
from helpers.spread.matched import Matched, is_whole, matched
from helpers.spread.material import MARKS, Material
from helpers.spread.tone import judging
from helpers.wording import clean, listing

ALIKE, OTHERS = 0.8, 0.7
"""How alike two sentences must be to tell the same; and a further side's to both, on average."""
LEAST_WORDED, SAME_WORDS = 0.05, 0.55
"""Cosine of the words that two sentences must have in common, whatever they mean; and from which
they are one text, and nothing is told in other words."""
LEAST_WORDS, MOST_WORDS = 7, 60
LEAST_SHARED = 3
"""Content words, figures and actors that two such sentences share."""
DIFFERS = 0.2
"""What a word that judges and stands in one of the two alone adds to how alike they are."""
LONGEST = 320
"""Characters of a sentence in a cell."""
NAMES = 2
"""Actors and figures that name a matter."""
_WHEN = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:january|february|march|april|june|july|"
    r"august|september|october|november|december)\b|\b(?:yesterday|today|tonight)\b|"
    r"\b(?:last|this|next) (?:week|month|year|night|spring|summer|fall|winter)\b|"
    r"\b\w+ weekend\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def in_other_words(
    m: Material, columns: Sequence[Column], beside: Sequence[str] = (), *, limit: int
) -> list[Row]:
    """One row per matter that two sides tell in sentences alike in meaning and not in words.

    Those come first that are surest the same and differ most in words that judge. That a side
    has no such sentence is not said.
    """
    found = matched(m, columns, beside)
    if found is None:
        return []
    rows = []
    for group, _ in islice(_groups(found, len(columns)), limit):
        spans = [found.span(group[i]) if i in group else None for i in range(len(columns))]
        cells = [(plain(clean(m.text(at), LONGEST), at=[at]),) if at else () for at in spans]
        rows.append(Row(_matter(found, group), tuple(cells), note="sentences nearest in meaning"))
    return rows


def of_wording(
    m: Material, columns: Sequence[Column], doc_ids: Sequence[str]
) -> Iterator[Contrast]:
    """Sides that tell the same in their own voice, in words that judge differently."""
    found = matched(m, columns, doc_ids)
    if found is None:
        return
    for group, strength in _groups(found, len(columns)):
        own = {i: r for i, r in sorted(group.items())
               if columns[i].name != UNKNOWN_OUTLET and m.is_own(found.span(r))}  # fmt: skip
        said = [judging(str(found.sentences["text"][r])) for r in own.values()]
        if not any(a - b and b - a for a, b in combinations(said, 2)):
            continue
        sides = tuple(Side(columns[i].name, "", (found.span(r),)) for i, r in own.items())
        all_say = set.intersection(*said)
        words = [listing([f"“{word}”" for word in sorted(mine - all_say)]) for mine in said]
        named = zip(sides, words, strict=True)
        who = listing([f"{side.name} ({each})" if each else side.name for side, each in named])
        statement = f"{who} tell one thing in different words"
        yield Contrast("wording", statement, sides, how_right("wording"), strength)


def _matter(found: Matched, group: dict[int, int]) -> str:
    """What a matter is about: the actors and figures that most of its sentences share."""
    made_of = Counter(f for r in group.values() for f in found.made_of[r])
    names = [f for f, n in made_of.items() if n > 1 and found.names[f][0] in "@#"]
    order = sorted(names, key=lambda f: (-made_of[f], -found.weight[f], found.names[f]))
    told = [name for f in order if (name := found.names[f][1:])[:1].isupper()]
    return f"About {listing(told[:NAMES])}" if told else "Told in other words"


def _able(found: Matched) -> list[int]:
    """The sentences of a text's body that stand by themselves."""
    columns = (found.sentences[c].tolist() for c in ("text", "part"))
    return [
        r
        for r, (text, part) in enumerate(zip(*columns, strict=True))
        if part == "body" and LEAST_WORDS <= len(text.split()) <= MOST_WORDS and is_whole(text)
    ]


def _pairs(found: Matched) -> list[tuple[int, int, float]]:
    """Pairs of sentences of two sides that tell the same in other words, the best first."""
    able = np.array(_able(found), dtype=np.int64)
    close = (found.alike[np.ix_(able, able)] >= ALIKE).nonzero()
    texts, pairs = found.sentences["text"].tolist(), []
    for a, b in zip(able[close[0]].tolist(), able[close[1]].tolist(), strict=True):
        if a >= b or found.side[a] == found.side[b] or not (
            LEAST_WORDED <= found.words[a, b] <= SAME_WORDS
        ):
            continue
        if all(any(mark in texts[r] for mark in MARKS) for r in (a, b)):
            continue  # what is quoted has rows of its own
        shared = len(found.made_of[a] & found.made_of[b])
        if shared >= LEAST_SHARED and _is_when(texts[a], texts[b]):
            mine, theirs = (judging(texts[r]) for r in (a, b))
            pairs.append((a, b, float(found.alike[a, b]) + DIFFERS * len(mine ^ theirs)))
    return sorted(pairs, key=lambda pair: (-pair[2], pair[:2]))


def _groups(found: Matched, columns: int) -> Iterator[tuple[dict[int, int], float]]:
    """Column → its sentence, for each matter: a pair, and what further sides have like it.

    With how much the pair is alike and differs in words that judge."""
    used: set[int] = set()
    able = _able(found)
    for a, b, strength in _pairs(found):
        sides = int(found.side[a]), int(found.side[b])
        if {a, b} & used or max(sides) >= columns:
            continue
        group = {sides[0]: a, sides[1]: b}
        for side in range(columns):
            if side in group:
                continue
            like = [(float(found.alike[r, [a, b]].mean()), -r) for r in able
                    if found.side[r] == side and r not in used]  # fmt: skip
            best, at = max(like, default=(0.0, 0))
            if best >= OTHERS:
                group[side] = -at
        used |= set(group.values())
        yield group, strength


def _is_when(a: str, b: str) -> bool:
    """Whether two sentences may tell of one time: what each says of it is no other one."""
    times = [{when.lower() for when in _WHEN.findall(text)} for text in (a, b)]
    return not all(times) or bool(times[0] & times[1])
