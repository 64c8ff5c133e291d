"""Whether these articles can show any difference between outlets at all, said first where not."""

from __future__ import annotations

import math

import pandas as pd

from helpers.comparing.sides import kind
from helpers.findings.compare import UNDIVIDED, WHOLE
from helpers.findings.finding import Finding
from helpers.statistics import ALPHA, MIN_ARTICLES, WORDS_PART, enough, relabellings
from helpers.wording import count, number

NEEDED = WORDS_PART / ALPHA
"""Ways to exchange an outlet's articles below which no corrected p-value reaches the level."""
FIRST = 4.0
"""The strength of what is to be read before anything else."""


def nothing_to_show(compared: pd.DataFrame) -> list[Finding]:
    """The finding that no difference could be shown, however large; none where one could be.

    ``compared`` has outlet and stratum, one row per article that names its outlet.
    """
    if compared["outlet"].nunique() < 2:
        return []
    side = kind(compared)
    ways, articles = _best_placed(compared)
    if ways >= NEEDED:
        return []
    if ways < 1:
        why = f"no {side} has {MIN_ARTICLES} articles with as many of other {side}s beside it"
        helps = f"more articles of each {side}, or outlets joined into groups (`[compare]`)"
    else:
        why = (
            f"the articles of the {side} best placed can change places with others’ of their events"
            f" in {count(int(ways), 'way')}, and {number(int(NEEDED))} are needed"
        )
        helps = (
            f"more events that several {side}s tell, wider events, outlets joined into groups "
            "(`[compare]`), or one question asked beforehand (`[[question]]`)"
        )
    outlets = int(compared["outlet"].nunique())
    return [
        Finding(
            claim_id="corpus-shows-no-difference",
            topic="corpus",
            statement=f"No difference between {side}s could be shown here, however large: {why}. "
            f"What they do is only described. What would help: {helps} in story.toml.",
            value=0.0,
            numerator=0.0,
            denominator=float(outlets),
            base=f"{count(outlets, side)}, the best placed with {count(articles, 'article')}",
            low=math.nan,
            high=math.nan,
            method="ways to exchange outlets within events; a p-value below the level, which the "
            f"lenses share, needs {number(int(NEEDED))}",
            descriptive=True,
            strength=FIRST,
        )
    ]


def _best_placed(compared: pd.DataFrame) -> tuple[float, int]:
    """The most ways to exchange one outlet's articles (none with too few), and how many it has."""
    whole = compared["stratum"] <= WHOLE
    if whole.any():  # outlets change sides as a whole
        compared = compared.drop_duplicates(["outlet", "stratum"]).assign(stratum=UNDIVIDED)
    best = (0.0, 0)
    for outlet in sorted(compared["outlet"].unique()):
        mine = (compared["outlet"] == outlet).to_numpy()
        n = int(mine.sum())
        able = enough(n, len(mine) - n)
        best = max(best, (relabellings(mine, compared["stratum"]) if able else 0.0, n))
    return best
