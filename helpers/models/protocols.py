"""What a tagger, a name finder and a target-sentiment model must offer to take the place of ours.

Each protocol asks for one function and a ``version``. All three hold the same promises, which
`check_adapter` tests: the same input gives the same output again; what is said of a row does not
depend on the rows given with it (a corpus is read in partitions of any size); the input is left
as it was; and nothing in, nothing out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import ParallaxError

ROLES = ("tagger", "names", "target_sentiment")
"""The keys of ``[models]`` in ``story.toml``: what may be chosen."""

PENN_TAGS = frozenset(
    """$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW GW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS
    NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``
    """.split()
)
"""The Penn Treebank's tags as OntoNotes and UD English write them."""

NAME_TYPES = ("person", "organization", "place", "other")
NAME_COLUMNS = {"doc_id": "str", "start": "int64", "end": "int64", "type": "str",
                "confidence": "float64"}  # fmt: skip
LABELS = ("negative", "neutral", "positive")


class ModelError(ParallaxError):
    """A model cannot be had or breaks its contract; one sentence that names it and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))  # what an adapter raised may have many lines


class Tagger(Protocol):
    """Says of every word of a sentence what part of speech it is."""

    version: str
    """What made the tags: the package and the weights, each with its version."""

    def tag(self, sentences: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
        """One list of `PENN_TAGS` per sentence, one tag per word.

        The words are the story's tokens: hyphenated words and dotted abbreviations are whole,
        "didn't" is did | n't, each mark stands alone.
        """
        ...


class NameFinder(Protocol):
    """Proposes where names stand and what kind of thing each names, never who is meant.

    Which names are one actor, the titles, states, demonyms and pronouns around them stay the
    story's: they need all its articles and its lists.
    """

    version: str

    def find(
        self, articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
    ) -> pd.DataFrame:
        """One row per name, with the columns and dtypes of `NAME_COLUMNS`.

        ``start`` and ``end`` are characters of the article's text; a name begins and ends with a
        token, lies in one sentence and overlaps no other. ``type`` is one of `NAME_TYPES`, a
        country or town a place; ``confidence`` is above 0 and at most 1. The tables are those of
        `helpers.schema`; one article's names do not depend on the other articles.
        """
        ...


class TargetModel(Protocol):
    """Says how a sentence speaks of one person or body in it."""

    version: str
    threshold: float
    """From this probability on the likeliest label is given, below it ``uncertain``."""

    def probabilities(self, targets: pd.DataFrame) -> npt.NDArray[np.float64]:
        """One row per target: the probabilities of `LABELS`, adding up to 1.

        A row of ``targets`` has ``text`` (one sentence), ``start`` and ``end`` (the target's
        characters in it) and ``actor_type`` (person, government, organization). The target's own
        words should not count: an actor must not start with a bonus or a malus for its name.
        """
        ...
