"""Any spaCy pipeline that is installed, as tagger and name finder (``spacy:en_core_web_sm``).

The pipeline gets the story's own tokens, so its spans fit them without guessing, and one sentence
at a time: spaCy adds up a batch in another order than its sentences alone, and a rare tag would
depend on the size of a partition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd

from helpers.models.protocols import NAME_COLUMNS, ModelError

TYPES = {
    "PERSON": "person", "PER": "person",
    "ORG": "organization",
    "GPE": "place", "LOC": "place", "FAC": "place",
    "EVENT": "other", "LAW": "other", "PRODUCT": "other", "WORK_OF_ART": "other", "MISC": "other",
}  # fmt: skip
"""spaCy's labels of names, OntoNotes' and CoNLL's; peoples (NORP) and quantities are no names."""
CONFIDENCE = 0.8
"""spaCy says no probability of a name: one rank for all, below what our lists are sure of."""
_UNKNOWN = "XX"


def tagger(argument: str) -> SpacyTagger:
    """The tags of the pipeline called ``argument``."""
    return SpacyTagger(_pipeline(argument))


def names(argument: str) -> SpacyNames:
    """The entities of the pipeline called ``argument``."""
    return SpacyNames(_pipeline(argument))


@cache
def _pipeline(name: str) -> Any:
    if not name:
        raise ModelError("“spacy” needs the name of a pipeline: write spacy:en_core_web_sm, say")
    try:
        import spacy
    except ImportError:
        raise ModelError(
            f"“spacy:{name}” needs spaCy, which is not installed: pip install spacy, then a "
            f"pipeline (python -m spacy download {name})"
        ) from None
    try:
        return spacy.load(name)
    except OSError:
        raise ModelError(
            f"“spacy:{name}”: spaCy finds no pipeline called {name}: install it (python -m spacy "
            f"download {name}), or give the path of its folder after “spacy:”"
        ) from None


class _Spacy:
    def __init__(self, pipeline: Any, needed: str) -> None:
        import spacy

        self.pipeline = pipeline
        self.skipped = [p for p in pipeline.pipe_names if p in _UNUSED[needed]]
        meta = pipeline.meta
        self.version = (
            f"spaCy {spacy.__version__}, {meta['lang']}_{meta['name']} {meta.get('version', '')}"
        ).strip()

    def _read(self, sentences: Sequence[Sequence[str]]) -> Iterator[Any]:
        from spacy.tokens import Doc

        vocabulary = self.pipeline.vocab
        with self.pipeline.select_pipes(disable=self.skipped):
            for words in sentences:
                yield self.pipeline(Doc(vocabulary, words=list(words)))


_UNUSED = {
    "tagger": ("parser", "ner", "entity_ruler", "lemmatizer", "senter", "sentencizer"),
    "names": ("parser", "tagger", "attribute_ruler", "morphologizer", "lemmatizer", "senter",
              "sentencizer"),
}  # fmt: skip
"""Parts of a pipeline whose answers are not asked for."""


class SpacyTagger(_Spacy):
    """The fine-grained tags (``token.tag_``) of a spaCy pipeline."""

    def __init__(self, pipeline: Any) -> None:
        super().__init__(pipeline, "tagger")

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """One Penn tag per word."""
        return [[_penn(token.tag_) for token in doc] for doc in self._read(sentences)]


class SpacyNames(_Spacy):
    """The entities (``doc.ents``) of a spaCy pipeline that are names."""

    def __init__(self, pipeline: Any) -> None:
        super().__init__(pipeline, "names")

    def find(
        self, articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
    ) -> pd.DataFrame:
        """One row per name."""
        words, start, end = (tokens[c].tolist() for c in ("text", "start", "end"))
        key = tokens["doc_id"].ne(tokens["doc_id"].shift()) | tokens["sentence_id"].ne(
            tokens["sentence_id"].shift()
        )
        firsts = [*key.to_numpy().nonzero()[0].tolist(), len(words)]
        docs = tokens["doc_id"].tolist()
        given = [words[a:b] for a, b in pairwise(firsts)]
        rows = [
            (docs[a], start[a + e.start], end[a + e.end - 1], TYPES[e.label_], CONFIDENCE)
            for a, doc in zip(firsts, self._read(given), strict=False)
            for e in doc.ents
            if e.label_ in TYPES
        ]
        return pd.DataFrame(rows, columns=[*NAME_COLUMNS]).astype(NAME_COLUMNS)


def _penn(tag: str) -> str:
    """The tag; XX for spaCy's own mark of white space. Other sets of tags stay, and are refused."""
    return _UNKNOWN if tag == "_SP" else tag
