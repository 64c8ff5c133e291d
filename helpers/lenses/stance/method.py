"""Stance of reporting verbs: whose words an outlet lets stand, doubts or has them argue for.

"She noted" takes a statement for true, "she claimed" leaves it open, "she insisted" hears a
quarrel in it. The stance of each cue comes with the quotes (`reporting_verbs.csv`);
here the cues are counted per outlet and speaker. Verbs of speech alone are asked: who "praised" a
plan, "sought" it or "appears" to have it has a view, but nobody lets words of theirs stand or not.
"""

from __future__ import annotations

import pandas as pd

from helpers.comparing.events import comparable
from helpers.schema import needs
from helpers.statistics import Ratio, problem, ratio_table

STANCES = ("neutral", "endorsing", "doubting", "arguing", "ordering")
EVERYONE = "(all speakers)"
LEAST_QUOTES = 3  # a speaker quoted less often in an outlet has no row of their own


def stance_shares(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per outlet × speaker × stance: share of the speaker's attributions, with interval.

    Columns: outlet, speaker, stance, value, low, high (over articles), n, total, articles,
    descriptive. All speakers together are "(all speakers)". Attributions without a cue ("…": a
    bare quotation) take no stance and are not counted, nor are attitudes and thoughts (`form`).
    """
    needs(quotes, "quote_id", "doc_id", "cue", "actor", "stance", table="quotes")
    notes = problems if problems is not None else []
    compared = comparable(articles, notes, voice="author")
    outlet = dict(zip(compared["doc_id"], compared["outlet"], strict=True))
    cued = quotes[quotes["cue"].notna() & quotes["stance"].notna()]
    if "form" in cued:
        cued = cued[cued["form"].fillna("speech") == "speech"]
    cued = cued.drop_duplicates("quote_id")
    cued = cued.assign(outlet=cued["doc_id"].map(outlet).astype("str")).dropna(subset=["outlet"])
    if cued.empty:
        notes.append(
            problem(
                "quotes",
                "no attribution has a reporting verb",
                "the stance of reporting verbs is left out",
            )
        )
    named = cued[cued["actor"].notna()].assign(speaker=lambda t: t["actor"])
    often = named.groupby(["outlet", "speaker"])["quote_id"].transform("size") >= LEAST_QUOTES
    everyone = cued.assign(speaker=EVERYONE)
    rows = pd.concat([everyone, named[often]], ignore_index=True)
    keys = ["outlet", "speaker", "doc_id"]
    total = rows.groupby(keys).size().rename("total").reset_index()
    units = total.merge(pd.DataFrame({"stance": list(STANCES)}), how="cross")
    counts = rows.groupby([*keys, "stance"]).size().rename("n").reset_index()
    units = units.merge(counts, on=[*keys, "stance"], how="left").fillna({"n": 0})
    return ratio_table(units, Ratio("n", "total"), by=["outlet", "speaker", "stance"])
