"""Findings about sentiment: whom authors, in their own words, speak ill of, and whom harm befalls.

The two are kept apart: who is killed or sued is mentioned in dark sentences without being blamed.
Outlets are not compared here: which of two outlets is the harsher on somebody is known too badly
(``docs/sentiment.md``).
"""

from __future__ import annotations

import pandas as pd

from helpers.findings.asked import Measure, per_row
from helpers.findings.claims import of_share, share
from helpers.findings.compare import in_articles
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.lenses.sentiment.befalling import HARM
from helpers.lenses.sentiment.judging import ATTRIBUTED
from helpers.lenses.sentiment.takeaways import read_by
from helpers.statistics import shrunken
from helpers.wording import count, number, out_of, percent

LEAST = 8
"""Decided mentions below which an actor's share of negative ones is not told."""
LEAST_ILL = 5
"""About one label in five is wrong; fewer negative ones than this are no pattern."""
_WHAT = (
    "author’s voice, without what a sentence puts down to somebody; a verdict counts, what befalls "
    "an actor does not; "
)
_EVENTS = "verbs of harm (befalling.csv) told as done or happening to the actor, author’s voice"


def sentiment_findings(target_sentiment: pd.DataFrame) -> list[Finding]:
    """Who is spoken of ill most often, and whom harm befalls most often.

    Only the author's voice counts, and only actors that the model supports. Of verdicts only
    mentions count whose label is decided, and nothing that the sentence puts down to somebody; how
    many are uncertain is said with the number. A source is not a target: the share is told without
    the mentions, too, in which the actor is the one who speaks.
    """
    ours = _own(target_sentiment)
    decided = ours[ours["label"] != "uncertain"]
    made = _most_negative(ours, decided) or _overall(ours, decided)
    return made + _befallen(_own(target_sentiment, "author", ATTRIBUTED))


def _most_negative(own: pd.DataFrame, decided: pd.DataFrame) -> list[Finding]:
    often = _often(decided, decided["label"] == "negative")
    if not often:
        return []
    who, _, n, _ = often[0]
    then = ""
    if len(often) > 1:
        second, _, m, total = often[1]
        then = f", before {second} ({number(m)} of {number(total)})"
    mine = decided[decided["actor"] == who]
    ill = mine[mine["label"] == "negative"]
    part = share(ill, mine)
    open_ones = int((own["actor"] == who).sum()) - part.whole
    return [
        of_share(
            part,
            "sentiment-most-negative",
            f"In the authors’ own words, {who} is spoken of ill most often: "
            f"{number(n)} of {count(part.whole, 'decided mention')} ({percent(part.value)}), "
            f"{in_articles(part.articles)}{then}{_not_speaking(mine, who)}; {_open(open_ones)}.",
            base=f"{count(part.whole, 'decided mention')} in the author’s voice",
            how=f"{_WHAT}{read_by(own)}; actors with {LEAST} decided mentions or more",
            evidence=one_each(ill),
            reference=spans_of(mine.drop(ill.index)),
            strength=part.strength - 0.2,
            answer="negative",
        )
    ]


def _overall(own: pd.DataFrame, decided: pd.DataFrame) -> list[Finding]:
    """Where nobody is judged often enough to be named: how mentions read in all."""
    if len(decided) < LEAST:
        return []
    ill = decided["label"] == "negative"
    part = share(decided[ill], decided)
    well = int((decided["label"] == "positive").sum())
    return [
        of_share(
            part,
            "sentiment-overall",
            f"In the authors’ own words, {out_of(part.n, part.whole)} decided mentions of persons "
            f"speak ill of them and {number(well)} ({percent(well / part.whole)}) well"
            f"{_not_speaking(decided, 'the person')}; {_open(len(own) - part.whole)}.",
            base=f"{count(part.whole, 'decided mention')} in the author’s voice",
            how=_WHAT + read_by(own),
            evidence=one_each(decided[ill]),
            reference=spans_of(decided[~ill]),
            strength=part.strength - 0.2,
            answer="negative",
        )
    ]


def _befallen(own: pd.DataFrame) -> list[Finding]:
    """Whom harm befalls most often: a misfortune, told as such."""
    if "befalls" not in own:
        return []
    often = _often(own, own["befalls"] == HARM)
    if not often:
        return []
    who = often[0][0]
    mine = own[own["actor"] == who]
    hit = mine[mine["befalls"] == HARM]
    part = share(hit, mine)
    return [
        of_share(
            part,
            "sentiment-misfortune",
            f"Harm befalls {who} most often: in {number(part.n)} of "
            f"{count(part.whole, 'mention')} in the author’s voice ({percent(part.value)}), "
            f"{in_articles(part.articles)}, {who} is hit by what the sentence tells (killed, hurt, "
            "sued, ousted and the like). That is misfortune, and no verdict.",
            base=f"{count(part.whole, 'mention')} in the author’s voice",
            how=_EVENTS,
            evidence=one_each(hit),
            reference=spans_of(mine.drop(hit.index)),
            strength=part.strength - 0.4,
        )
    ]


def _often(rows: pd.DataFrame, chosen: pd.Series) -> list[tuple[str, float, int, int]]:
    """Actors with enough rows and chosen ones: (actor, shrunk share, chosen, rows), highest first.

    Shares are drawn towards that of all rows, so that 8 of 9 do not come before 80 of 100.
    """
    totals = rows.groupby("actor").size()
    hits = rows[chosen].groupby("actor").size().reindex(totals.index, fill_value=0)
    found = [
        (str(actor), share, hit, total)
        for actor, share, hit, total in zip(
            totals.index, shrunken(hits, totals).tolist(), hits.tolist(), totals.tolist(),
            strict=True,
        )
        if total >= LEAST and hit >= LEAST_ILL
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row[1], -row[3], row[0]))


def _not_speaking(decided: pd.DataFrame, who: str) -> str:
    """The share without the mentions in which the target is the one who speaks, if there are any.

    Who is quoted often is mentioned in many neutral sentences (", X said").
    """
    if "speaks" not in decided or not decided["speaks"].any():
        return ""
    rest = decided[~decided["speaks"].astype(bool)]
    ill = int((rest["label"] == "negative").sum())
    return f" ({out_of(ill, len(rest))} where {who} is not the one who speaks)"


def _open(n: int) -> str:
    """How many mentions were left undecided, as the end of a statement."""
    return f"{count(n, 'further mention')} {'stays' if n == 1 else 'stay'} uncertain"


def ill_spoken_of(target_sentiment: pd.DataFrame) -> Measure:
    """The share of an actor's decided mentions that speak ill, for a question asked beforehand."""
    ours = _own(target_sentiment)
    decided = ours[ours["label"] != "uncertain"]
    rows = decided.assign(subject=decided["actor"])
    ill = rows["label"] == "negative"
    return Measure(
        of="actor",
        units=per_row(rows, ill),
        places=rows[ill],
        says="in {outlet}’s own words, {value} of the decided mentions of {subject} speak ill, in "
        "{others} {reference}.",
        unit="decided mention",
        what=_WHAT,
    )


def _own(target_sentiment: pd.DataFrame, *voices: str) -> pd.DataFrame:
    """Mentions in the author's voice (or in these) of actors that the model supports."""
    voiced = target_sentiment[
        target_sentiment["voice"].fillna("author").isin(voices or ("author",))
    ]
    own = voiced[voiced["actor"].notna()]
    if "supported" in own:  # of countries and the like the model knows too little
        own = own[own["supported"].astype(bool)]
    return own
