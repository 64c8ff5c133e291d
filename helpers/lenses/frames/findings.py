"""The findings about frames: which one outlet uses in more of its own sentences."""

from __future__ import annotations

import pandas as pd

from helpers.comparing.sides import others
from helpers.findings.asked import Measure
from helpers.findings.claims import of_gap, strength_of
from helpers.findings.compare import gaps
from helpers.findings.finding import Finding, one_each, spans_of
from helpers.wording import count, percent


def frame_findings(
    frames: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
) -> list[Finding]:
    """The frame that one outlet uses in a larger share of its own sentences than the others."""
    from helpers.lenses.frames.method import carrying_cues, frame_sentences, told_frames

    frames = frames[frames["frame"].isin(told_frames())]
    if frames.empty or articles.empty:
        return []
    own = carrying_cues(frames, tokens, quotes=quotes)  # one a sentence: what is counted is opened
    shares = frame_sentences(frames, tokens, articles, quotes=quotes)
    units = shares.drop(columns="outlet").merge(
        articles[["doc_id", "outlet", "stratum"]], on="doc_id"
    )
    units = units.rename(columns={"frame": "subject", "carrying": "top", "sentences": "bottom"})
    units = units.astype({"top": "float64", "bottom": "float64"})
    made = []
    for gap in gaps(units, least=20.0, told=3):
        docs = set(articles.loc[articles["outlet"] == gap.outlet, "doc_id"])
        cues = own[(own["frame"] == gap.subject) & own["doc_id"].isin(articles["doc_id"])]
        mine = cues["doc_id"].isin(docs)
        frame = gap.subject.replace("_", " ")
        made.append(
            of_gap(
                gap,
                "framing-frame",
                f"{percent(gap.value)} of {gap.outlet}’s own sentences carry the "
                f"{frame} frame, of those of {others(articles, gap.outlet)} "
                f"{percent(gap.reference)}.",
                base=f"{count(int(gap.total), 'sentence')} in the voice of {gap.outlet}",
                what="cue words, author’s voice; exploratory",
                evidence=one_each(cues[mine]),
                reference=spans_of(cues[~mine]),
                strength=strength_of(gap, support=gap.total) - 0.2,
            )
        )
    return made


def framed(
    frames: pd.DataFrame,
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
) -> Measure:
    """The share of own sentences that carry a frame, for a question asked beforehand."""
    from helpers.lenses.frames.method import carrying_cues, frame_sentences, told_frames

    frames = frames[frames["frame"].isin(told_frames())]
    shares = frame_sentences(frames, tokens, articles, quotes=quotes)
    own = carrying_cues(frames, tokens, quotes=quotes)
    names = {"frame": "subject", "carrying": "top", "sentences": "bottom"}
    units = shares.drop(columns="outlet").rename(columns=names)
    return Measure(
        of="frame",
        units=units.astype({"top": "float64", "bottom": "float64"}),
        places=own.rename(columns={"frame": "subject"}),
        says="{value} of {outlet}’s own sentences carry the frame {subject}, in {others} "
        "{reference}.",
        unit="sentence",
        what="cue words, author’s voice; exploratory",
    )
