"""The lens on own words: what an outlet stresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.comparing.events import comparable
from helpers.comparing.terms import Counting, TermCounts, joined
from helpers.lenses.keyness import method
from helpers.lenses.keyness.columns import KEYNESS, REFERENCE_KEYNESS
from helpers.lenses.keyness.findings import keyness_findings, reference_findings, uses_of
from helpers.lenses.keyness.overview import cells
from helpers.lenses.keyness.reference import against_reference, words_of
from helpers.lenses.lens import Counted, Lens, LensTable, Pieces
from helpers.schema import make

if TYPE_CHECKING:
    from helpers.findings.asked import Measure
    from helpers.findings.finding import Finding
    from helpers.findings.told import Told
    from helpers.story import Story


def _keyness(
    tokens: pd.DataFrame,
    originals: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    event_column: str | None,
    notes: list[dict[str, str]],
) -> pd.DataFrame:
    return method.keyness(
        tokens,
        originals,
        quotes=quotes,
        sentences=sentences,
        events=event_column,
        problems=notes,
    )


def _count(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    comparable_outlets: list[str],
) -> dict[str, pd.DataFrame]:
    """The words of a partition's articles: terms, their counts, and each article's length."""
    counting = Counting(outlets=comparable_outlets)
    compared = comparable(articles, voice="author")
    counts = method.counted(tokens, compared, quotes, sentences, counting)
    return {
        "terms": pd.DataFrame({"term": pd.Series(counts.terms, dtype="str")}),
        "counts": pd.DataFrame({"doc": counts.doc, "term": counts.term, "n": counts.count}),
        "lengths": pd.DataFrame(
            {"doc_id": pd.Series(counts.doc_ids, dtype="str"), "words": counts.words}
        ),
    }


def _counted(pieces: Pieces, compared: pd.DataFrame) -> Iterator[TermCounts]:
    """What `_count` counted of the articles that are compared, partition by partition.

    A partition does not know what the story compares: it counts articles on no side, too.
    """
    names = ("terms", "counts", "lengths")
    for terms, used, lengths in zip(*map(pieces, names), strict=True):
        kept = lengths["doc_id"].isin(compared["doc_id"]).to_numpy()
        place = np.cumsum(kept) - 1
        used = used[kept[used["doc"].to_numpy(np.int64)]]
        yield TermCounts(
            tuple(lengths["doc_id"][kept].tolist()),
            tuple(terms["term"].tolist()),
            lengths["words"].to_numpy(np.float64)[kept],
            place[used["doc"].to_numpy(np.int64)],
            *(used[column].to_numpy(np.int64) for column in ("term", "n")),
        )


def _of_counts(
    pieces: Pieces,
    originals: pd.DataFrame,
    event_column: str | None,
    notes: list[dict[str, str]],
) -> pd.DataFrame:
    compared = comparable(originals, voice="author")
    return method.keyness_of_parts(
        lambda: _counted(pieces, compared), originals, events=event_column, problems=notes
    )


def _against(
    tokens: pd.DataFrame,
    originals: pd.DataFrame,
    quotes: pd.DataFrame,
    sentences: pd.DataFrame,
    reference: Story | None,
) -> pd.DataFrame:
    if reference is None:
        return make(REFERENCE_KEYNESS.name)
    compared = comparable(originals, voice="author")
    counts = method.counted(tokens, compared, quotes, sentences, Counting())
    return against_reference(counts, originals, words_of(reference))


def _nothing_more() -> dict[str, pd.DataFrame]:
    """What is held against a reference is what `_count` counts."""
    return {}


def _against_of_counts(
    pieces: Pieces, originals: pd.DataFrame, reference: Story | None
) -> pd.DataFrame:
    if reference is None:
        return make(REFERENCE_KEYNESS.name)
    compared = comparable(originals, voice="author")
    counts = joined(_counted(pieces, compared), least_articles=method.least_of(len(compared)))
    return against_reference(counts, originals, words_of(reference))


def _findings(told: Told) -> list[Finding]:
    return keyness_findings(
        told["keyness"],
        told.own.compared,
        tokens=told.get("tokens"),
        quotes=told.get("quotes"),
        sentences=told.get("sentences"),
    ) + reference_findings(
        told.get("reference_keyness"), told.own.compared, told.get("tokens"), told.get("quotes")
    )


def _compared(story: Story, voice: str) -> pd.DataFrame:
    if voice == "author":
        return story.keyness
    return method.keyness(
        story.tokens,
        story.originals,
        quotes=story.quotes,
        sentences=story.sentences,
        voice=voice,
    )


def _asked(told: Told, about: str) -> Measure:
    return uses_of(about, told.own.compared, told.get("tokens"), told.get("quotes"))


LENS = Lens(
    "keyness",
    tables=(
        LensTable(
            KEYNESS,
            of="outlets",
            needs=("tokens", "originals", "quotes", "sentences", "event_column", "notes"),
            make=_keyness,
            counted=Counted(
                needs=("tokens", "articles", "quotes", "sentences", "comparable_outlets"),
                count=_count,
                further=("originals", "event_column", "notes"),
                make=_of_counts,
            ),
        ),
        LensTable(
            REFERENCE_KEYNESS,
            of="outlets",
            needs=("tokens", "originals", "quotes", "sentences", "reference"),
            make=_against,
            counted=Counted(
                needs=(),
                count=_nothing_more,
                further=("originals", "reference"),
                make=_against_of_counts,
            ),
        ),
    ),
    findings=_findings,
    asked=_asked,
    found_in=("keyness",),
    looks_in=("tokens", "quotes", "sentences", "reference_keyness"),
    heading="Stresses",
    compared=_compared,
    cells=cells,
)
