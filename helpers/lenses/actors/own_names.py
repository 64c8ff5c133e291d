"""Our own finder of names in the form that one from elsewhere has (`helpers.models.NameFinder`)."""

from __future__ import annotations

import pandas as pd

import helpers
from helpers.lenses.actors.candidates import GOVERNMENT, OTHER, PERSON, Candidate
from helpers.lenses.actors.detection import detect
from helpers.lenses.actors.gazetteer import ORGANIZATION, PLACE
from helpers.lenses.actors.name_types import TypeDecider
from helpers.lenses.actors.tagged_article import tagged_articles
from helpers.models.protocols import NAME_COLUMNS

_TYPES = {PERSON: "person", ORGANIZATION: "organization", PLACE: "place", GOVERNMENT: "place"}


class OwnNames:
    """The names among what the room finds.

    A story without another finder takes a shorter way and keeps what these rows cannot say.
    """

    version = f"Parallax {helpers.__version__}"

    def find(
        self, articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
    ) -> pd.DataFrame:
        """One row per name, with `NAME_COLUMNS`; of names that overlap the first and longest."""
        rows = []
        for doc in tagged_articles(articles, sentences, tokens):
            found = [
                (doc.starts[p.core], doc.ends[p.core_last - 1], _type(p), p.confidence)
                for p in TypeDecider(doc).decide(detect(doc))
                if p.kind in ("name", "metonym")
                and p.core < p.core_last
                and p.rule != "bare government"
            ]
            found.sort(key=lambda row: (row[0], -row[1]))
            ends = [0, *(end for _, end, _, _ in found)]
            rows += [(doc.doc_id, *n) for end, n in zip(ends, found, strict=False) if n[0] >= end]
        return pd.DataFrame(rows, columns=[*NAME_COLUMNS]).astype(NAME_COLUMNS)


def _type(candidate: Candidate) -> str:
    if candidate.title == "holder":
        return "person"  # "the Keller administration" holds the name of one
    return _TYPES.get(candidate.type, OTHER)
