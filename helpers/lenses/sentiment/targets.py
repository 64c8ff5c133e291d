"""How a sentence speaks of one target in it: scores, reasons, and the table for a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import helpers
from helpers import schema
from helpers.lenses.sentiment import model as _model
from helpers.lenses.sentiment.keys import Array

if TYPE_CHECKING:
    from helpers.models.protocols import TargetModel

KINDS = ("name", "title", "metonym", "pronoun")
# The training sentences speak of persons. How far the figures hold for other targets is measured
# in docs/sentiment.md; where they were not clearly better than a baseline, rows are marked.
SUPPORTED_TYPES = ("person",)


def score_targets(table: pd.DataFrame, *, names: bool = True) -> pd.DataFrame:
    """One row per row of ``table``, with its index: what ``text`` says of ``text[start:end]``.

    ``negative``, ``neutral`` and ``positive`` are calibrated probabilities, ``label`` is the
    likeliest one, or ``uncertain`` where it is not likely enough to be right four times in five.
    ``text`` should be one sentence. With ``names=False`` a model is used that does not look at the
    target's own words: in the training sentences some names mostly stood in bad light and others
    in good, which helps to guess what annotators wrote and must not help to compare actors.

    With a column ``actor_type``, targets other than persons get the calibration for countries.

    Method: see :mod:`helpers.lenses.sentiment.model`; figures in ``docs/sentiment.md``.

    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "text": ["Ms. Varga was praised for her courage.", "Ms. Varga lied to parliament."],
    ...     "start": [0, 0], "end": [9, 9],
    ... })
    >>> score_targets(table)["label"].tolist()
    ['positive', 'negative']
    """
    probability = probabilities(table, names=names)
    scored = pd.DataFrame(probability, columns=list(_model.LABELS), index=table.index)
    labels = _model.labels(probability, _model.load(names=names).threshold)
    return scored.assign(label=pd.Series(labels, table.index, dtype="str"))


def probabilities(table: pd.DataFrame, *, names: bool) -> Array:
    """One row per row of ``table`` (see `score_targets`), columns as `LABELS`."""
    model = _model.load(names=names)
    texts, sentence, start, end = _read(table)
    raw = np.full((len(table), len(_model.LABELS)), np.nan)
    for part, targets in _model.chunks(model, texts, sentence, start, end):
        raw[part] = model.scores(targets)
    return model.probability(raw, _no_person(table))


class OwnTargets:
    """Our own model in the form that one from elsewhere has (`helpers.models.TargetModel`)."""

    name = "linear"
    version = f"Parallax {helpers.__version__}"

    @property
    def threshold(self) -> float:
        """The probability from which the likeliest label is right four times in five."""
        return _model.load(names=False).threshold

    def probabilities(self, targets: pd.DataFrame) -> Array:
        """One row per target, columns as `LABELS`; the target's own words are not looked at."""
        return probabilities(targets, names=False)


def explain_targets(
    table: pd.DataFrame, *, words: int = 5, names: bool = True, everything: bool = False
) -> pd.DataFrame:
    """One row per explaining word: what it added to the log-odds of each label of its target.

    ``row`` is the index of the target in ``table``, ``start`` and ``end`` give the word's place in
    ``text``. ``negative``, ``neutral`` and ``positive`` add up to 0; ``tone`` is positive minus
    negative. The ``words`` that moved the target most come first. A word counts with every feature
    it is part of; a pair of words counts for both alike. Left out, unless ``everything`` is asked
    for, are punctuation and, with ``names=False``, the target's own words (what they then add is
    due to their place). ``own`` says whether a word is the target's.
    """
    model = _model.load(names=names)
    texts, sentence, start, end = _read(table)
    index = table.index.to_numpy()
    found: dict[str, list[Any]] = {
        name: [] for name in ("row", "start", "end", "word", "own", *_model.LABELS)
    }
    for part, targets in _model.chunks(model, texts, sentence, start, end):
        given = model.contributions(targets)
        inside = (given.token >= targets.first[given.row]) & (
            given.token <= targets.last[given.row]
        )
        if not everything:
            shown = ~targets.tokens.mark[given.token] & (names | ~inside)
            given, inside = given.only(shown), inside[shown]
        logits = given.score @ model.matrix
        logits -= logits.mean(axis=1, keepdims=True)
        order = np.lexsort((-np.abs(logits).max(axis=1), given.row))
        rank = np.arange(len(order)) - np.searchsorted(given.row[order], given.row[order])
        tokens = targets.tokens
        for i in order[rank < words]:
            row, token = part.start + int(given.row[i]), int(given.token[i])
            base = int(tokens.base[tokens.sentence[token]])
            low, high = int(tokens.start[token]) - base, int(tokens.end[token]) - base
            found["row"].append(index[row])
            found["start"].append(low)
            found["end"].append(high)
            found["word"].append(texts[sentence[row]][low:high])
            found["own"].append(bool(inside[i]))
            for name, value in zip(_model.LABELS, logits[i], strict=True):
                found[name].append(float(value))
    reasons = pd.DataFrame(found).astype(
        {
            "start": "int64",
            "end": "int64",
            "word": "str",
            "own": "bool",
            **dict.fromkeys(_model.LABELS, "float64"),
        }
    )
    return reasons.assign(tone=reasons["positive"] - reasons["negative"])


def target_sentiment(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    demonyms: bool = False,
    model: TargetModel | None = None,
) -> pd.DataFrame:
    """One row per mention of a known actor: what its sentence says of the actor.

    Names, titles, metonyms and pronouns are scored, demonyms ("Iranian officials") only when asked
    for. The target's own words are hidden from the model, so that no actor starts with a bonus or
    a malus for its name. A further column, ``supported``, is False where the actor is not a
    person: for those the model was not found clearly better than a simple baseline.

    ``model`` scores in the place of our own linear one; the column ``model`` says which did.
    """
    schema.needs(mentions, "doc_id", "start", "end", "sentence_id", "actor", "kind",
                 table="mentions")  # fmt: skip
    schema.needs(sentences, "doc_id", "sentence_id", "start", "text", table="sentences")
    kinds = (*KINDS, "demonym") if demonyms else KINDS
    chosen = mentions[mentions["actor"].notna() & mentions["kind"].isin(kinds)]
    targets = as_targets(chosen, sentences)
    if "actor_type" in chosen.columns:
        targets = targets.assign(actor_type=chosen["actor_type"])
    scorer = model or OwnTargets()
    probability = scorer.probabilities(targets.reset_index(drop=True))
    columns = {
        name: chosen[name].array
        for name in ("doc_id", "start", "end", "actor", "sentence_id", "voice", "speaker")
        if name in chosen.columns
    }
    for i, name in enumerate(_model.LABELS):
        columns[name] = probability[:, i]
    columns["label"] = _model.labels(probability, scorer.threshold)
    columns["model"] = [getattr(scorer, "name", "other")] * len(chosen)
    if "actor_type" in chosen.columns:
        columns["supported"] = ~_no_person(chosen)
    return schema.make("target_sentiment", columns)


def _no_person(table: pd.DataFrame) -> Any:
    """Which targets are no persons, where their type is known."""
    if "actor_type" not in table.columns:
        return None
    return ~table["actor_type"].isin(SUPPORTED_TYPES).to_numpy()


def as_targets(spans: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """One row per span, with its index: its sentence and its place there, for `score_targets`."""
    at, start, end = _places(spans, sentences)
    texts = pd.Series(sentences["text"].to_numpy()[at], spans.index, dtype="str")
    return pd.DataFrame({"text": texts, "start": start, "end": end}, index=spans.index)


def _places(mentions: pd.DataFrame, sentences: pd.DataFrame) -> tuple[Any, Any, Any]:
    """For each mention the row of its sentence, and its start and end there."""
    keys = ["doc_id", "sentence_id"]
    place = sentences[keys].assign(_row=np.arange(len(sentences)))
    at = mentions[keys].merge(place, on=keys, how="left")["_row"]
    if at.isna().any():
        first = mentions[at.isna().to_numpy()].iloc[0]
        raise schema.SchemaError(
            f"mentions: {first['doc_id']!r} has no sentence {first['sentence_id']}; give the "
            "sentences that the mentions were found in"
        )
    row = at.to_numpy(np.int64)
    begins = sentences["start"].to_numpy(np.int64)[row]
    length = sentences["text"].str.len().to_numpy(np.int64)[row]
    start = np.clip(mentions["start"].to_numpy(np.int64) - begins, 0, np.maximum(length - 1, 0))
    end = np.clip(mentions["end"].to_numpy(np.int64) - begins, start + 1, None)
    return row, start, np.minimum(end, np.maximum(length, 1))


def _read(table: pd.DataFrame) -> tuple[list[str], Any, Any, Any]:
    """The distinct texts, and each target's text and offsets, checked."""
    schema.needs(table, "text", "start", "end", table="the table of targets")
    start, end = table["start"].to_numpy(np.int64), table["end"].to_numpy(np.int64)
    sentence, distinct = pd.factorize(table["text"])
    texts: list[str] = distinct.tolist()
    length = np.array([len(text) for text in texts] or [0])[sentence]
    wrong = (sentence < 0) | (start < 0) | (end <= start) | (end > length)
    if wrong.any():
        at = table.index[wrong][0]
        raise ValueError(
            f"row {at!r}: start and end must be a span inside text ({int(wrong.sum())} rows are "
            "not); offsets are half-open character positions"
        )
    return texts, sentence, start, end
