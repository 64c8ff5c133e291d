"""What things are called: labels that compete for the same event, act or group.

Labels compete inside a family ("deal", "accord", "capitulation"), listed in
`thing_labels.csv`, to which a story's own `labels.csv` (thing, label) adds. A listed
label counts where a definite noun phrase points to something known ("the gambit", "her gambit",
"this latest gambit"); an analyst's label counts wherever it stands. A family gathers words, not
events: whether "the strike" and "the attack" are one event is read from the evidence, which
keeps the words after "of" as the referent.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.comparing.cues import Patterns, lex, longest
from helpers.comparing.events import comparable
from helpers.lenses.naming.method import count_labels, label_of, told_by
from helpers.lenses.naming.phrases import ADJECTIVES, NOUNS, TokenSequence, sequence_of
from helpers.schema import needs
from helpers.wording import is_missing

COLUMNS = ["doc_id", "start", "end", "text", "sentence_id", "thing", "label", "part", "referent"]
_DEFINITE = lexicons.words("definite_openers")
_OF = lexicons.words("referent_prepositions")
_REFERENT_REACH = 8


def concept_namings(
    tokens: pd.DataFrame,
    *,
    labels: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per noun phrase that names a thing by one of its competing labels.

    Columns: doc_id, start, end, text, sentence_id, thing, label, part ("thing"), referent (the
    words after "of", where they follow). `labels` is the story's `labels.csv`.
    """
    needs(tokens, "doc_id", "sentence_id", "start", "end", "text", "tag", table="tokens")
    listed = listed_labels(labels)
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
        sequence = sequence_of(tokens)
        docs, sentence = tokens["doc_id"].tolist(), tokens["sentence_id"].tolist()
    for a, n, e in zip(
        first[order].tolist(), length[order].tolist(), entry[order].tolist(), strict=True
    ):
        b = a + n - 1
        if given[e] or _definite(sequence, a, b):
            text = sequence.text(a, b)
            referent = _referent(sequence, b)
            place = (docs[a], sequence.starts[a], sequence.ends[b], text, sentence[a])
            rows.append((*place, things[e], label_of(text), "thing", referent))
    found = pd.DataFrame(rows, columns=COLUMNS)
    texts = dict.fromkeys(("doc_id", "text", "thing", "label", "part", "referent"), "str")
    return found.astype({**texts, "start": "int64", "end": "int64", "sentence_id": "int64"})


def listed_labels(labels: pd.DataFrame | None) -> pd.DataFrame:
    """One row per row of `labels.csv` that names both: thing, label, listed (True)."""
    pairs = () if labels is None else zip(labels["thing"], labels["label"], strict=True)
    named = [["" if is_missing(v) else " ".join(str(v).split()) for v in pair] for pair in pairs]
    rows = [(thing, label_of(label), True) for thing, label in named if thing and label]
    return pd.DataFrame(rows, columns=["thing", "label", "listed"]).astype({"listed": "bool"})


def _definite(sequence: TokenSequence, first: int, last: int) -> bool:
    """Whether the phrase points to something known: "the …", "her …", "X's …"."""
    if sequence.tag[last] not in NOUNS:
        return False
    if last < sequence.right[first] and sequence.tag[last + 1] in (*NOUNS, "NNP", "NNPS"):
        return False  # only the first part of a longer noun
    i = first - 1
    left = sequence.left[first]
    while i >= left and sequence.tag[i] in (*ADJECTIVES, *NOUNS, "NNP", "NNPS", "CD"):
        i -= 1
    return i >= left and sequence.low[i] in _DEFINITE


def _referent(sequence: TokenSequence, last: int) -> str | None:
    """The content words after "of", "against", "with", "on" or "over", as far as they go."""
    right = sequence.right[last]
    if last + 1 > right or sequence.low[last + 1] not in _OF:
        return None
    words: list[str] = []
    for i in range(last + 2, min(right, last + _REFERENT_REACH) + 1):
        if sequence.tag[i] in ("DT", "PRP$") and not words:
            continue
        if not sequence.tag[i].startswith(("NN", "JJ", "CD")):
            break
        words.append(sequence.low[i])
    return " ".join(words) or None


def concept_labels(
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
    told = concepts_told(evidence, articles, quotes=quotes, voice=voice, problems=problems)
    chosen = told.groupby("thing")["label"].nunique()
    return count_labels(told[told["thing"].isin(chosen[chosen > 1].index)], of="thing")


def concepts_told(
    evidence: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: str = "author",
    problems: list[dict[str, str]] | None = None,
) -> pd.DataFrame:
    """The namings of things in the compared articles and the voice, with their outlet."""
    return told_by(evidence, comparable(articles, problems, voice=voice), quotes, voice)
