"""A sample with known chances: spread over outlets and answers, more where the program is unsure.

Items are ordered by outlet, the program's answer (of sentiment the likeliest label) and a random
number and drawn systematically with unequal chances (Madow 1949), so that every outlet and answer
is in the sample by its share, and the chance of each item is known, which is what corrected figures
rest on. Further items are drawn by themselves, with chances that are higher where the findings rest
on an item; an item of either draw counts with its chance to be in one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.coding.questions import CodingError, items
from helpers.statistics import SEED

if TYPE_CHECKING:
    from helpers.findings.finding import Finding
    from helpers.story import Story

Floats = npt.NDArray[np.float64]
DOUBT = 3.0
"""An item of which the program is not sure at all is drawn so many times as often as a sure one."""
ELSEWHERE = 0.5
"""How often an item on which no finding rests is drawn in a further draw, against one on which a
finding on all items rests."""
KEY = ["doc_id", "start", "end", "asked"]
_SAME = 1e-4  # chances are written with six digits


def draw(story: Story, lens: str, *, n: int = 60, seed: int = SEED) -> pd.DataFrame:
    """One row per drawn item, in a random order.

    Columns: item (an id that tells nothing), lens, doc_id, start, end, verb_start, verb_end, asked,
    sha256 (of the sentence, by which a changed text is noticed), chance (of being drawn), design
    (how many were drawn, turn by turn), answer (the program's, not to be shown). Fewer than ``n``
    where the story has fewer.
    """
    rng = np.random.default_rng(seed)
    every, order = _ordered(story, lens, rng)
    chance = chances(_doubt(every), n)
    rows = order[_systematic(chance[order], rng)]
    drawn = every.iloc[rows].assign(chance=np.round(chance[rows], 6), design=f"{len(rows)}")
    return _written(story, lens, drawn.iloc[rng.permutation(len(drawn))])


def draw_further(
    story: Story,
    lens: str,
    drawn: pd.DataFrame | None,
    claims: Sequence[Finding],
    *,
    n: int = 20,
    seed: int = SEED,
) -> pd.DataFrame:
    """The sample ``drawn`` with about ``n`` new items behind it, on which ``claims`` rest most.

    All chances are those of being in any of the draws. Raises `CodingError` where the program reads
    the story otherwise than when the sample was drawn, since then the chances are not known.
    """
    before = [] if drawn is None else str(drawn["design"].iloc[0]).split("+")
    rng = np.random.default_rng([seed, len(before)])
    every, order = _ordered(story, lens, rng)
    size = _size(every, claims)
    known = np.zeros(len(every))
    for turn, drew in enumerate(before):
        again = chances(_doubt(every), int(drew)) if turn == 0 else _scaled(size, float(drew))
        known = 1 - (1 - known) * (1 - again)
    at = pd.Series(np.arange(len(every)), index=pd.MultiIndex.from_frame(every[KEY]))
    old = at.reindex(pd.MultiIndex.from_frame(drawn[KEY])) if drawn is not None else at[:0]
    if drawn is not None and (
        old.isna().any() or np.abs(known[old.astype(int)] - drawn["chance"]).max() > _SAME
    ):
        raise CodingError(
            f"the program reads {lens} otherwise than when the sample was drawn, so that nothing "
            "can be added to it; its codes stay in use. Move codes/ away to draw a new one"
        )
    if len(every) - len(old) < n:
        raise CodingError(f"only {len(every) - len(old)} items of {lens} are not drawn yet")
    total = _total(size, known, n)
    chance = _scaled(size, total)
    new = np.setdiff1d(order[_systematic(chance[order], rng)], old.astype(int))
    rows = np.concatenate([old.to_numpy(np.int64), rng.permutation(new)])
    either = np.round(1 - (1 - known) * (1 - chance), 6)
    design = "+".join([*(before or ["0"]), f"{total:.4f}"])
    return _written(story, lens, every.iloc[rows].assign(chance=either[rows], design=design))


def expected(story: Story, lens: str, claims: Sequence[Finding], *, n: int) -> list[float]:
    """How many of ``n`` further items are of those that each claim's share counts, on average."""
    every, _ = _ordered(story, lens, np.random.default_rng(SEED))
    chance = _scaled(_size(every, claims), min(n, len(every)))
    return [float(chance[_sides(every, claim)[0]].sum()) for claim in claims]


def _ordered(
    story: Story, lens: str, rng: np.random.Generator
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """The items, and the order in which a sample goes over them."""
    every = items(story, lens)
    if every.empty:
        raise CodingError(f"the story has nothing to code of {lens}")
    outlets = story.articles.set_index("doc_id")["outlet"]
    every = every.assign(outlet=every["doc_id"].map(outlets))
    places = [pd.factorize(every[by], sort=True)[0] for by in ("stratum", "outlet")]
    return every, np.lexsort((rng.random(len(every)), *places))


def _doubt(every: pd.DataFrame) -> Floats:
    return np.asarray(every["doubt"].clip(0, 1), dtype=np.float64)


def _systematic(chance: Floats, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Places drawn by a grid of equal steps with one random start over the chances end to end."""
    ends = np.cumsum(chance)
    grid = rng.random() + np.arange(int(ends[-1]) + 1)
    rows = np.searchsorted(ends, grid[grid < ends[-1]], side="right")
    return np.unique(np.minimum(rows, len(ends) - 1))


def _written(story: Story, lens: str, drawn: pd.DataFrame) -> pd.DataFrame:
    drawn = drawn.assign(lens=lens).reset_index(drop=True)
    drawn["sha256"] = hashes(story, drawn)
    keys = drawn[KEY].itertuples(index=False, name=None)
    drawn["item"] = [item_id(lens, *key) for key in keys]
    columns = ["item", "lens", "doc_id", "start", "end", "verb_start", "verb_end", "asked"]
    return drawn[[*columns, "sha256", "chance", "design", "answer"]]


def _sides(every: pd.DataFrame, claim: Finding) -> list[npt.NDArray[np.bool_]]:
    """The items whose share a claim tells, and those that it is held against, if there are any."""
    spans = {*claim.evidence, *claim.reference}
    keys = zip(every["doc_id"], every["start"], every["end"], strict=True)
    rests = np.array([key in spans for key in keys], dtype=bool)
    if not claim.outlet:
        return [rests]
    own = (every["outlet"] == claim.outlet).to_numpy(dtype=bool)
    return [rests & own, rests & ~own]


def _size(every: pd.DataFrame, claims: Sequence[Finding]) -> Floats:
    """How much an item is worth coding: its doubt, by what it weighs in the findings (Neyman)."""
    weight = np.full(len(every), (ELSEWHERE / len(every)) ** 2)
    for claim in claims:
        for side in _sides(every, claim):
            weight[side] += 1 / max(side.sum(), 1) ** 2
    return np.asarray(np.sqrt(weight) * (1 + (DOUBT - 1) * _doubt(every)))


def _total(size: Floats, known: Floats, n: int) -> float:
    """The sum of chances with which ``n`` items are new on average."""
    low, high = float(n), float(len(size))
    for _ in range(60):
        middle = (low + high) / 2
        fresh = float(((1 - known) * _scaled(size, middle)).sum())
        low, high = (middle, high) if fresh < n else (low, middle)
    return round(high, 4)


def chances(doubt: Floats, n: float) -> Floats:
    """Chances that add up to ``n``, `DOUBT` times as large with full doubt; none is above 1."""
    return _scaled(1 + (DOUBT - 1) * doubt, n)


def _scaled(size: Floats, n: float) -> Floats:
    """Chances that add up to ``n``, in proportion to sizes; none is above 1."""
    chance = np.minimum(n * size / size.sum(), 1.0)
    for _ in range(50):
        free = chance < 1
        left = n - (~free).sum()
        if not free.any() or abs(chance[free].sum() - left) < 1e-9:
            break
        chance[free] = np.minimum(left * size[free] / size[free].sum(), 1.0)
    return chance


def item_id(lens: str, doc_id: str, start: int, end: int, asked: str) -> str:
    """The id of an item: it tells nothing, and belongs to this place and question alone.

    It begins with a letter that no number has: spreadsheets would write 12e4 anew.
    """
    return "i" + hashlib.sha256(repr((lens, doc_id, start, end, asked)).encode()).hexdigest()[:11]


def hashes(story: Story, spans: pd.DataFrame) -> list[str]:
    """The hash of each span with the characters around it; empty where it lies outside its text."""
    texts = story.articles.set_index("doc_id")["text"].to_dict()
    return [
        hashlib.sha256(texts[doc][max(0, start - 80) : end + 80].encode()).hexdigest()
        if doc in texts and 0 <= start < end <= len(texts[doc])
        else ""
        for doc, start, end in zip(spans["doc_id"], spans["start"], spans["end"], strict=True)
    ]
