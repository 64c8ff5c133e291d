"""What things are called: labels that compete for the same event, act or group.

Labels compete inside a family ("deal", "accord", "capitulation"), listed in
`data/lexicons/thing_labels.csv`, to which a story's own `labels.csv` (thing, label) adds. A listed
label counts where a definite noun phrase points to something known ("the gambit", "her gambit",
"this latest gambit"); an analyst's label counts wherever it stands. A family gathers words, not
events: whether "the strike" and "the attack" are one event is read from the evidence, which
keeps the words after "of" as the referent.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.framing.cues import Patterns, lex, longest
from helpers.framing.events import comparable
from helpers.framing.naming import count_labels, label_of, told_by
from helpers.framing.phrases import ADJECTIVES, NOUNS, Reader, reader_of
from helpers.schema import needs
from helpers.statistics import problem

COLUMNS = ["doc_id", "start", "end", "text", "sentence_id", "thing", "label", "part", "referent"]
_DEFINITE = frozenset("the this that these those his her its their our 's '".split())
_OF = frozenset("of against with on over".split())
_REFERENT_REACH = 8


def thing_namings(
    tokens: pd.DataFrame,
    *,
    labels: pd.DataFrame | None = None,
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per noun phrase that names a thing by one of its competing labels.

    Columns: doc_id, start, end, text, sentence_id, thing, label, part ("thing"), referent (the
    words after "of", where they follow). `labels` is the story's `labels.csv`.
    """
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    listed = listed_labels(labels, problems)
    shipped = lexicons.load("thing_labels")[["thing", "label"]].assign(listed=False)
    table = pd.concat([listed, shipped], ignore_index=True)
    table = table.drop_duplicates("label", ignore_index=True)  # the analyst's meaning wins
    things, given = table["thing"].tolist(), table["listed"].tolist()
    patterns = table["label"].tolist()
    first, length, entry = Patterns(patterns).match(lex(tokens))
    kept = longest(first, length, np.zeros(len(first), dtype=np.int64))
    first, length, entry = first[kept], length[kept], entry[kept]
    order = np.argsort(first, kind="stable")
    rows: list[tuple[object, ...]] = []
    if len(order):
        reader = reader_of(tokens)
        docs, sentence = tokens["doc_id"].tolist(), tokens["sentence_id"].tolist()
    for a, n, e in zip(
        first[order].tolist(), length[order].tolist(), entry[order].tolist(), strict=True
    ):
        b = a + n - 1
        if given[e] or _definite(reader, a, b):
            text = reader.text(a, b)
            referent = _referent(reader, b)
            place = (docs[a], reader.starts[a], reader.ends[b], text, sentence[a])
            rows.append((*place, things[e], label_of(text), "thing", referent))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    texts = dict.fromkeys(("doc_id", "text", "thing", "label", "part", "referent"), "str")
    return frame.astype({**texts, "start": "int64", "end": "int64", "sentence_id": "int64"})


def listed_labels(
    labels: pd.DataFrame | None, problems: list[dict[str, str]] | None = None
) -> pd.DataFrame:
    """One row per usable row of `labels.csv`: thing, label, listed (True).

    A row without a thing or a label is left out, with a row in `problems`.
    """
    notes = problems if problems is not None else []
    rows: list[dict[str, object]] = []
    missing = [name for name in ("thing", "label") if labels is not None and name not in labels]
    if missing:
        notes.append(
            problem(
                "labels.csv",
                f"the column {' and '.join(missing)} is missing",
                "the list is left out; name its columns thing, label",
            )
        )
    elif labels is not None:
        for number, pair in enumerate(
            zip(labels["thing"].tolist(), labels["label"].tolist(), strict=True), start=2
        ):
            thing, label = ("" if pd.isna(v) else " ".join(str(v).split()) for v in pair)
            if thing and label:
                rows.append({"thing": thing, "label": label_of(label), "listed": True})
            else:
                what = f"row {number} has no {'label' if thing else 'thing'}"
                notes.append(problem("labels.csv", what, "the row is left out"))
    return pd.DataFrame(rows, columns=["thing", "label", "listed"]).astype({"listed": "bool"})


def _definite(reader: Reader, first: int, last: int) -> bool:
    """Whether the phrase points to something known: "the …", "her …", "X's …"."""
    if reader.tag[last] not in NOUNS:
        return False
    if last < reader.right[first] and reader.tag[last + 1] in (*NOUNS, "NNP", "NNPS"):
        return False  # only the first part of a longer noun
    i = first - 1
    left = reader.left[first]
    while i >= left and reader.tag[i] in (*ADJECTIVES, *NOUNS, "NNP", "NNPS", "CD"):
        i -= 1
    return i >= left and reader.low[i] in _DEFINITE


def _referent(reader: Reader, last: int) -> str | None:
    """The content words after "of", "against", "with", "on" or "over", as far as they go."""
    right = reader.right[last]
    if last + 1 > right or reader.low[last + 1] not in _OF:
        return None
    words: list[str] = []
    for i in range(last + 2, min(right, last + _REFERENT_REACH) + 1):
        if reader.tag[i] in ("DT", "PRP$") and not words:
            continue
        if not reader.tag[i].startswith(("NN", "JJ", "CD")):
            break
        words.append(reader.low[i])
    return " ".join(words) or None


def thing_labels(
    evidence: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """One row per thing × outlet × label, counted like `naming` (the thing is in `actor`).

    Only things for which the story uses at least two labels are shown: one label is no choice.
    """
    told = told_by(evidence, comparable(articles, problems), quotes, voice)
    chosen = told.groupby("thing")["label"].nunique()
    return count_labels(told[told["thing"].isin(chosen[chosen > 1].index)], of="thing")
