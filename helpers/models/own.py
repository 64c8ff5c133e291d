"""Our own three models in the form that any replacement has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

import helpers
from helpers.models.protocols import NAME_COLUMNS

VERSION = f"Parallax {helpers.__version__}"
_PLACES = frozenset({"government", "capital"})


def tagger(argument: str) -> OwnTagger:
    """The window tagger of `helpers.tagging`."""
    return OwnTagger()


def names(argument: str) -> OwnNames:
    """The names by shape and list of `helpers.lenses.actors`."""
    return OwnNames()


def target_sentiment(argument: str) -> OwnTargets:
    """The linear model of `helpers.lenses.sentiment` that does not look at the target's words."""
    return OwnTargets()


class OwnTagger:
    """See `helpers.tagging`."""

    version = VERSION

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """One tag per word."""
        from helpers.tagging import tag

        return tag(sentences)


class OwnNames:
    """The names among what `helpers.lenses.actors` finds.

    A story with our own finder takes a shorter way and keeps what these rows cannot say.
    """

    version = VERSION

    def find(
        self, articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
    ) -> pd.DataFrame:
        """One row per name."""
        from helpers.lenses.actors.candidates import PERSON
        from helpers.lenses.actors.detection import detect
        from helpers.lenses.actors.name_types import TypeDecider
        from helpers.lenses.actors.tagged_article import tagged_articles

        rows = []
        for doc in tagged_articles(articles, sentences, tokens):
            found = [
                # "the Keller administration" holds the name of a person
                (doc.starts[p.core], doc.ends[p.core_last - 1],
                 PERSON if p.title == "holder" else p.type, p.confidence)
                for p in TypeDecider(doc).decide(detect(doc))
                if p.kind in ("name", "metonym") and p.core < p.core_last
                and p.rule != "bare government"
            ]  # fmt: skip
            found.sort(key=lambda row: (row[0], -row[1]))
            after = [(0, 0, "", 0.0), *found]
            rows += [
                (doc.doc_id, start, end, _kind(type_), confidence)
                for (_, last, *_), (start, end, type_, confidence) in pairwise(after)
                if start >= last
            ]
        return pd.DataFrame(rows, columns=[*NAME_COLUMNS]).astype(NAME_COLUMNS)


class OwnTargets:
    """See `helpers.lenses.sentiment.model`."""

    version = VERSION

    @property
    def threshold(self) -> float:
        """The probability from which the likeliest label is right four times in five."""
        from helpers.lenses.sentiment import model

        return model.load(names=False).threshold

    def probabilities(self, targets: pd.DataFrame) -> npt.NDArray[np.float64]:
        """One row per target."""
        from helpers.lenses.sentiment.targets import probabilities

        return probabilities(targets, names=False)


def _kind(type_: str) -> str:
    if type_ in _PLACES:
        return "place"
    return type_ if type_ in ("person", "organization", "place") else "other"
