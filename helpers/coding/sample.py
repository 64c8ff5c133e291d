"""A sample with known chances: spread over outlets and answers, more where the program is unsure.

Items are ordered by outlet, the program's answer (of sentiment the likeliest label) and a random
number and drawn systematically with unequal chances (Madow 1949), so that every outlet and answer
is in the sample by its share, and the chance of each item is known, which is what corrected figures
rest on.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.coding.questions import CodingError, items
from helpers.statistics import SEED

if TYPE_CHECKING:
    from helpers.story import Story

DOUBT = 3.0
"""An item of which the program is not sure at all is drawn so many times as often as a sure one."""


def draw(story: Story, lens: str, *, n: int = 60, seed: int = SEED) -> pd.DataFrame:
    """One row per drawn item, in a random order.

    Columns: item (an id that tells nothing), lens, doc_id, start, end, verb_start, verb_end, asked,
    sha256 (of the sentence, by which a changed text is noticed), chance (of being drawn), answer
    (the program's, not to be shown). Fewer than ``n`` where the story has fewer.
    """
    every = items(story, lens)
    if every.empty:
        raise CodingError(f"the story has nothing to code of {lens}")
    rng = np.random.default_rng(seed)
    outlets = story.articles.set_index("doc_id")["outlet"]
    every = every.assign(outlet=every["doc_id"].map(outlets), luck=rng.random(len(every)))
    every = every.sort_values(["outlet", "stratum", "luck"], kind="stable", ignore_index=True)
    chance = chances(every["doubt"].clip(0, 1).to_numpy(np.float64), n)
    # Systematic: a grid of equal steps with one random start over the chances laid end to end.
    ends = np.cumsum(chance)
    total = round(float(ends[-1]))
    grid = rng.random() + np.arange(total)
    rows = np.unique(np.minimum(np.searchsorted(ends, grid, side="right"), len(ends) - 1))
    drawn = every.iloc[rows].assign(chance=np.round(chance[rows], 6), lens=lens)
    drawn = drawn.iloc[rng.permutation(len(drawn))].reset_index(drop=True)
    drawn["sha256"] = hashes(story, drawn)
    drawn["item"] = [
        hashlib.sha256(repr((lens, *key)).encode()).hexdigest()[:12]
        for key in drawn[["doc_id", "start", "end", "asked"]].itertuples(index=False, name=None)
    ]
    columns = ["item", "lens", "doc_id", "start", "end", "verb_start", "verb_end", "asked"]
    return drawn[[*columns, "sha256", "chance", "answer"]]


def chances(doubt: np.ndarray, n: int) -> np.ndarray:
    """Chances that add up to ``n``, `DOUBT` times as large with full doubt; none is above 1."""
    size = 1 + (DOUBT - 1) * doubt
    chance = np.minimum(n * size / size.sum(), 1.0)
    for _ in range(50):
        free = chance < 1
        left = n - (~free).sum()
        if not free.any() or abs(chance[free].sum() - left) < 1e-9:
            break
        chance[free] = np.minimum(left * size[free] / size[free].sum(), 1.0)
    return chance


def hashes(story: Story, spans: pd.DataFrame) -> list[str]:
    """The hash of each span with the characters around it; empty where it lies outside its text."""
    texts = story.articles.set_index("doc_id")["text"].to_dict()
    return [
        hashlib.sha256(texts[doc][max(0, start - 80) : end + 80].encode()).hexdigest()
        if doc in texts and 0 <= start < end <= len(texts[doc])
        else ""
        for doc, start, end in zip(spans["doc_id"], spans["start"], spans["end"], strict=True)
    ]
