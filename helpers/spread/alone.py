"""What one side of an event tells and no other side does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.comparing.matching import Floats
from helpers.spread.grid import Column, Row, plain
from helpers.spread.matched import Matched, is_whole, matched
from helpers.spread.material import Material
from helpers.spread.tone import evaluates
from helpers.wording import clean

TOLD = 2
"""Sentences of one cell."""
LONGEST = 260
"""Characters of a sentence in a cell."""
LEAST_WORDS, MOST_WORDS = 9, 45
LEAST_NEW, LEAST_SHARE, MOST_NEW = 5, 0.65, 12
"""Words with content and figures that no other side prints anywhere: so many, of so large a share
of the sentence; how many of them count for its rank."""
HEAD = 2
"""Sentences at the beginning of an article that tell the common news."""
TOLD_ELSEWHERE = 0.5
"""How alike a sentence of another side must be for this one to be told there, too."""
WEIGHTY, MOST_WEIGHTY = 0.5, 3
"""How much more a sentence weighs for each word in it that evaluates, up to so many."""
OF_HIM = 0.6
"""What a sentence weighs that begins with a pronoun: by itself it does not say of whom it is."""
LEAD = 0.4
"""How much less the last sentence of an article weighs than the first: news tells first what
matters."""
_OF_SOMEBODY = ("He", "She", "They", "It", "His", "Her")


def told_only(m: Material, columns: Sequence[Column], beside: Sequence[str] = ()) -> Row:
    """The sentences of each side that no sentence of the others comes near.

    Of such a sentence most words with content, and at least `LEAST_NEW` of them, stand nowhere in
    the other sides' articles, a name or a figure among them, and none of their sentences is like it
    in meaning; those come first that evaluate and stand early. It must name somebody whom another
    side names too, so that what stands beside the story stays out.
    """
    found = matched(m, columns, beside)
    rank = _rank(found) if found else np.zeros(0)
    cells = []
    for i in range(len(columns)):
        mine = np.flatnonzero((rank > 0) & (found.side == i)).tolist() if found else []
        best = sorted(mine, key=lambda r: (-rank[r], r))[:TOLD]
        spans = sorted(map(found.span, best)) if found else []
        cells.append(tuple(plain(clean(m.text(span), LONGEST), at=[span]) for span in spans))
    note = "no like sentence was found in the others"
    return Row("Told only here", tuple(cells), note=note)


def _rank(found: Matched) -> Floats:
    """How much of a sentence stands nowhere else; nothing where another side tells it."""
    n, names = len(found), found.names
    shared, is_name = found.is_shared, found.is_actor
    is_fact = is_name | np.array([name.startswith("#") for name in names], dtype=bool)
    kinds = (~is_name, ~is_name & ~shared, is_name & shared, is_fact & ~shared)
    size, new, known, facts = (np.bincount(found.row[k[found.feature]], minlength=n) for k in kinds)
    able = (new >= LEAST_NEW) & (new >= LEAST_SHARE * size) & (known > 0) & (facts > 0)
    body = found.sentences["part"] == "body"
    able &= (body & (body.groupby(found.sentences["doc_id"]).cumsum() > HEAD)).to_numpy()
    words = found.sentences["text"].str.count(r"\S+").to_numpy(np.int64)
    able &= (words >= LEAST_WORDS) & (words <= MOST_WORDS)
    able &= np.array([found.closest(r) < TOLD_ELSEWHERE for r in range(n)], dtype=bool)
    rank: Floats = np.minimum(new, MOST_NEW) * new / np.maximum(size, 1)
    rank *= (1 - LEAD * found.late) * able
    rank *= np.array([_weight(text) for text in found.sentences["text"]], dtype=np.float64)
    return rank


def _weight(text: str) -> float:
    """What a sentence weighs by its form and its words that evaluate."""
    if not is_whole(text):
        return 0.0
    words = {word.strip(".,;:!?”“\"'()").lower() for word in text.split()}
    weighty = min(sum(map(evaluates, sorted(words))), MOST_WEIGHTY)
    return (OF_HIM if text.split(" ", 1)[0] in _OF_SOMEBODY else 1.0) * (1 + WEIGHTY * weighty)
