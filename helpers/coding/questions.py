"""What a coder is asked of each lens: which rows, which question, which labels.

The program's answer is kept apart from what the coder sees: it is never written into a sheet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.comparing.events import own_words
from helpers.errors import ParallaxError
from helpers.lenses.coverage import genres_of
from helpers.paths import DATA
from helpers.readers.front_matter import body_start

if TYPE_CHECKING:
    from helpers.story import Story

UNCLEAR = "unclear"
"""The label of what cannot be said, and the program's answer where it has decided nothing."""
CANDIDATES = 5
"""Actors among whom a coder chooses: the program's answer and the article's most mentioned."""
COLUMNS = ("doc_id", "start", "end", "answer", "stratum", "doubt", "counted", "verb_start",
           "verb_end", "asked", "actor")  # fmt: skip


class CodingError(ParallaxError):
    """A sample cannot be drawn or codes cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Label:
    """One label of a code book."""

    name: str
    meaning: str
    example: str
    counter: str


@dataclass(frozen=True)
class CodeBook:
    """What a coder is asked, and what the labels mean (`data/codebooks/<lens>.toml`)."""

    lens: str
    question: str
    about: str
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, in the order of their keys."""
        return tuple(label.name for label in self.labels)


@cache
def codebook(lens: str) -> CodeBook:
    """The code book of a lens."""
    text = (DATA / "codebooks" / f"{lens}.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    labels = tuple(Label(**label) for label in read["label"])
    return CodeBook(lens, read["question"], read["about"], labels)


def items(story: Story, lens: str) -> pd.DataFrame:
    """One row per item that can be drawn: its span, the program's answer, and how sure that is.

    ``answer`` is `UNCLEAR` where nothing was decided; over ``stratum`` a sample is spread;
    ``counted`` says whether the item enters the shares that notebooks and findings tell; ``doubt``
    goes from 0 (sure) to 1; ``verb_start`` and ``verb_end`` mark a second span where the question
    is about one; ``asked`` is what the question names (a frame), empty elsewhere.
    """
    if lens not in _ITEMS:
        raise CodingError(f"no lens {lens!r} can be coded; there are {', '.join(_ITEMS)}")
    found = _ITEMS[lens](story)
    kept = found["doc_id"].isin(story.originals["doc_id"])
    found = found.reset_index(drop=True) if kept.all() else found[kept].reset_index(drop=True)
    empty: Mapping[str, Any] = {"verb_start": -1, "verb_end": -1, "asked": "", "actor": None}
    for column, value in {**empty, "stratum": found["answer"], "counted": True}.items():
        if column not in found:
            found[column] = value
    again = found.duplicated(["doc_id", "start", "end", "asked"])
    found = found[~again].reset_index(drop=True) if again.any() else found
    return found[[*COLUMNS]]


def choices(story: Story, lens: str, item: Mapping[str, Any]) -> tuple[str, ...]:
    """The labels that one item can get: actors to choose among first, then the code book's."""
    book = codebook(lens).names
    return (*_candidates(story, item), *book) if lens in ("quotes", "actors") else book


def _candidates(story: Story, item: Mapping[str, Any]) -> list[str]:
    mentions = story.mentions
    there = mentions.loc[mentions["doc_id"] == item["doc_id"], "actor"].dropna()
    counts = there.value_counts()
    ranked = sorted(counts.index, key=lambda actor: (-counts[actor], actor))
    fixed = {*codebook("quotes").names, *codebook("actors").names}
    own = [item["answer"]] if item["answer"] not in fixed else []
    return sorted([*own, *(a for a in ranked if a not in own)][:CANDIDATES])


def _sentiment(story: Story) -> pd.DataFrame:
    every, originals = story.target_sentiment, story.originals
    shares = ["negative", "neutral", "positive"]
    kept = every["voice"].isin(["author", "attributed"]) & every["supported"]
    table = every.loc[kept, ["doc_id", "start", "end", "actor", "label", "attributed", *shares]]
    at = pd.Index(originals["doc_id"]).get_indexer(pd.Index(table["doc_id"]))
    own = own_words(originals).to_numpy(dtype=bool)[at]
    likely = table[shares].to_numpy()
    return table.assign(
        answer=table["label"].where(table["label"] != "uncertain", UNCLEAR),
        stratum=np.array(shares)[likely.argmax(axis=1)],
        doubt=1.5 * (1 - likely.max(axis=1)),
        counted=own & ~table["attributed"].to_numpy(dtype=bool),
    )


def _quotes(story: Story) -> pd.DataFrame:
    table = story.quotes[story.quotes["counted"]].drop_duplicates("quote_id")
    unnamed = table["anonymous"].map({True: "somebody unnamed", False: UNCLEAR})
    return table.assign(
        answer=table["actor"].where(table["actor"].notna(), unnamed), doubt=1 - table["confidence"]
    )


def _actors(story: Story) -> pd.DataFrame:
    table = story.mentions
    return table.assign(answer=table["actor"].fillna(UNCLEAR), doubt=1 - table["confidence"])


def _agency(story: Story) -> pd.DataFrame:
    table = story.agency[story.agency["process"] == "material"]
    spans = table.assign(start=table["mention_start"], end=table["mention_end"])
    return spans.assign(answer=table["role"], doubt=(table["link"] != "direct").astype(float))


def _frames(story: Story) -> pd.DataFrame:
    table = story.frames.drop_duplicates(["doc_id", "sentence_id", "frame"])
    sentences = story.sentences.set_index(["doc_id", "sentence_id"])[["start", "end"]]
    spans = table.drop(columns=["start", "end"]).join(sentences, on=["doc_id", "sentence_id"])
    return spans.assign(answer="yes", doubt=0.5, asked=table["frame"])


def _coverage(story: Story) -> pd.DataFrame:
    """Whole articles that tell a report, and of outlets that lack it the first that could tell it.

    That is the outlet's first report from the day on which the report was first told.
    """
    articles = story.originals.sort_values(["published", "doc_id"], kind="stable")
    days = articles.set_index("doc_id")["published"].fillna("").astype("str")
    news = articles[(genres_of(articles) == "news").to_numpy()]
    rows = []
    for statement, fact in story.coverage.groupby("statement", sort=False):
        told = fact[fact["status"] == "present"]
        rows += [(doc, statement, "told", 0.0) for doc in told["doc_id"]]
        first = min((days[doc] for doc in told["doc_id"] if days.get(doc)), default="")
        for outlet in fact.loc[fact["status"] == "absent", "outlet"]:
            own = news[news["outlet"] == outlet]
            rows += [
                (doc, statement, "left out", 1.0)
                for doc in own.loc[own["doc_id"].map(days) >= first, "doc_id"][:1]
            ]
    found = pd.DataFrame(rows, columns=["doc_id", "asked", "answer", "doubt"])
    texts = articles.set_index("doc_id")["text"]
    found = found[found["doc_id"].isin(texts.index)]
    whole = found["doc_id"].map(texts)
    return found.assign(start=whole.map(body_start), end=whole.str.rstrip().str.len())


_ITEMS: Mapping[str, Callable[[Story], pd.DataFrame]] = {
    "sentiment": _sentiment,
    "quotes": _quotes,
    "actors": _actors,
    "agency": _agency,
    "frames": _frames,
    "coverage": _coverage,
}
LENSES = tuple(_ITEMS)
