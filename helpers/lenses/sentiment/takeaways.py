"""What tables of sentiment say, in sentences, and the rows that they speak of."""

from __future__ import annotations

import math
from collections.abc import Hashable

import pandas as pd

from helpers.statistics import DESCRIPTIVE_ONLY, MIN_ARTICLES, ratio_interval, shrunken
from helpers.takeaways import names_its_outlet
from helpers.wording import count, number, out_of, percent

HARSHER = "54% of pairs of articles with the linear model, 57% with the encoder (45 to 66)"
"""How often the harsher of two outlets is told right: `benchmarks/harsher.py`, the rule."""


READ_BY = {
    "linear": "the linear model, its labels held to words of verdict (of 34 shown as the author’s "
    "blame in NewsMTSC’s sentences 28 were, read by hand)",
    "encoder": "the encoder, its labels held to words of verdict (of 19 shown as the author’s "
    "blame in 109 articles of 2019 18 were, read by hand)",
}
"""What reads sentiment, with how far what is shown was found right: docs/sentiment.md."""


def read_by(scored: pd.DataFrame) -> str:
    """ "read by the linear model (…)": what made the rows of `target_sentiment`, and how well."""
    names = sorted(set(scored["model"].dropna())) if "model" in scored else []
    if not names:
        return "read by a model that is not named"
    return "read by " + " and ".join(READ_BY.get(name, "a model of story.toml") for name in names)


def fortune(fortunes: pd.DataFrame) -> str:
    """Whom harm befalls most, and how rarely that comes with blame, from `fortunes`."""
    hit = fortunes[fortunes["harm"] > 0]
    if hit.empty:
        return "No harm is told to befall a person in the authors’ own words."
    first, harm = hit.iloc[0], int(hit["harm"].sum())
    return (
        f"Harm befalls {first['actor']} most often, in {int(first['harm'])} of "
        f"{count(int(first['n']), 'mention')}. Of {count(harm, 'mention')} that harm befalls, "
        f"{number(int(hit['both'].sum()))} are spoken of ill by the author in the same sentence."
    )


def tones_read(scored: pd.DataFrame) -> str:
    """How many mentions were scored, of whom, and how many were decided."""
    persons = scored[scored["supported"]]
    decided = int((persons["label"] != "uncertain").sum())
    return (
        f"{count(len(scored), 'scored mention')}, {number(len(persons))} of persons, of which "
        f"{number(decided)} decided; {read_by(scored)}"
    )


def tone(counts: pd.DataFrame) -> str:
    """How mentions of persons read in the author's and in others' words, from `label_counts`."""
    if counts.empty:
        return "No mention of a person could be scored."
    parts = []
    for words, said in (("author", "the authors’ own"), ("others", "quoted and reported")):
        rows = counts[counts["words"] == words]
        decided = int(rows[["negative", "neutral", "positive"]].to_numpy().sum())
        bad, good = int(rows["negative"].sum()), int(rows["positive"].sum())
        if decided:
            parts.append(
                f"in {said} words {out_of(bad, decided)} decided mentions speak ill of them and "
                f"{number(good)} ({percent(good / decided)}) well"
            )
    return f"Of persons: {'; '.join(parts)}." if parts else "Every mention stayed uncertain."


def harshest(shares: pd.DataFrame) -> str:
    """The widest gap between two outlets in how one actor's mentions read, from `label_shares`.

    In the order of shares drawn towards all outlets' (`shrunken`), the more the fewer mentions.
    """
    counted = shares["negative"].notna() & shares["negative_low"].notna()
    able = shares[counted & names_its_outlet(shares)]
    best = (0.0, "")
    for actor, rows in able.groupby("actor", sort=True):
        if len(rows) < 2:
            continue
        steady = shrunken(rows["negative"] * rows["n"], rows["n"])
        ranked = rows.assign(steady=steady).sort_values(["steady", "outlet"], kind="stable")
        low, high = ranked.iloc[0], ranked.iloc[-1]
        if not high["negative"] > low["negative"]:
            continue
        apart = bool(high["negative_low"] > low["negative_high"])
        text = (
            f"The outlets differ most on {actor}: of {int(high['n'])} mentions in "
            f"{high['outlet']}’s own words {percent(high['negative'])} speak ill, of "
            f"{int(low['n'])} in {low['outlet']}’s {percent(low['negative'])}; the intervals "
            f"{'do not overlap' if apart else 'overlap'}.{_elsewhere(actor, high, low)} Which "
            f"outlet is the harsher, such counts tell right in {HARSHER}; a coin in 50%."
        )
        best = max(best, (float(high["steady"] - low["steady"]), text))
    if able["actor"].duplicated().any():
        return best[1] or "No outlet’s authors speak ill of an actor more often than another’s."
    return f"No actor can be compared between two outlets: {DESCRIPTIVE_ONLY}."


def _elsewhere(actor: Hashable, high: pd.Series, low: pd.Series) -> str:
    """The same shares without the mentions in which the actor speaks, where there are any."""
    apart = [high["negative_apart"], low["negative_apart"]]
    if not high["speaking"] + low["speaking"] or any(map(math.isnan, apart)):
        return ""
    ends = [percent(share) for share in apart]
    return (
        f" An outlet that quotes {actor} often names {actor} in neutral sentences: where {actor} "
        f"is not the one who speaks, the shares are {ends[0]} and {ends[1]}."
    )


def two_outlets(counts: pd.DataFrame, actor: str, *, least: int = 3) -> tuple[str, str] | None:
    """The two outlets that mention ``actor`` most in the author's voice, if two do often enough."""
    rows = counts[(counts["actor"] == actor) & (counts["words"] == "author")]
    rows = rows[rows["n"] >= least].sort_values(["n", "outlet"], ascending=[False, True])
    names = rows["outlet"].head(2).tolist()
    return (names[0], names[1]) if len(names) == 2 else None


def read_by_vader(sentiment: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences that `vader_means` counts, those of headlines and body, with their places."""
    keys = ["doc_id", "sentence_id"]
    told = sentences[sentences["part"].isin(["headline", "body"])]
    return sentiment.merge(told[[*keys, "part", "start", "end"]], on=keys)


def vader_means(sentiment: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per outlet and voice: the mean VADER compound of its sentences, with its interval.

    ``sentiment`` has the column outlet. Headlines and body count; the interval is one over
    articles, missing below four (``descriptive``).
    """
    rows = read_by_vader(sentiment, sentences)
    units = (
        rows.groupby(["outlet", "voice", "doc_id"])["compound"].agg(["sum", "size"]).reset_index()
    )
    table = []
    for (outlet, voice), group in units.groupby(["outlet", "voice"], sort=True):
        few = len(group) < MIN_ARTICLES
        mean = ratio_interval(group["sum"].to_numpy(), group["size"].to_numpy())
        table.append(
            {
                "outlet": outlet,
                "voice": voice,
                "mean": float(group["sum"].sum() / group["size"].sum()),
                "low": math.nan if few else float(mean.low),
                "high": math.nan if few else float(mean.high),
                "sentences": int(group["size"].sum()),
                "articles": len(group),
                "descriptive": few,
            }
        )
    columns = ["outlet", "voice", "mean", "low", "high", "sentences", "articles", "descriptive"]
    return pd.DataFrame(table, columns=columns)
