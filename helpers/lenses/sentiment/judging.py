"""Evaluation against misfortune: which readings of a mention stand, once the sentence is parsed.

A model of target sentiment was trained on news, where whoever is killed or sued stands in dark
sentences. What is told as an outlet's evaluation has to be one, so a reading other than neutral
stands only with evidence, and is ``uncertain`` without.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd

from helpers import schema
from helpers.grammar.document import Document, documents
from helpers.lenses.sentiment import model as _model
from helpers.lenses.sentiment.befalling import HARM, befalling
from helpers.lenses.sentiment.verdicts import verdicts
from helpers.lenses.sentiment.whose import is_attributed

LEAN = 0.4
"""With a word of verdict, the probability from which a reading that is the likelier side stands."""


def judged(
    scored: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    agency: pd.DataFrame,
) -> pd.DataFrame:
    """One row per row of ``scored`` (`target_sentiment`): its label as far as it stands.

    Further columns: ``befalls`` (harm, benefit or none), ``speaks`` (the target says or blames
    itself) and ``attributed`` (what is thought of it is put down to somebody in the sentence).

    - In the author's voice, and not attributed, negative and positive stand only where a word of
      verdict is bound to the target (`helpers.lenses.sentiment.verdicts`), which then needs a
      probability of `LEAN` only.
    - In others' words, or attributed, negative stands unless all that grammar shows is that harm
      befalls the target, or that the target is the one who blames.
    """
    schema.needs(scored, "doc_id", "sentence_id", "start", "end", "label", "voice",
                 *_model.LABELS, table="target_sentiment")  # fmt: skip
    parsed = _parsed(scored, documents(articles, sentences, tokens))
    table = scored.join(befalling(scored, agency)).assign(attributed=parsed["attributed"])
    verdict = parsed["verdict"].to_numpy()
    own = table["voice"].fillna("author").eq("author").to_numpy() & ~parsed["attributed"].to_numpy()
    negative, positive = (table[side].to_numpy() for side in ("negative", "positive"))
    label = table["label"].to_numpy(dtype=object)
    dark = (table["befalls"] == HARM).to_numpy() | table["speaks"].to_numpy()
    open_ones = (own & np.isin(label, ("negative", "positive"))) | (dark & (label == "negative"))
    label[open_ones & (verdict >= 0) & (label == "negative")] = _model.UNCERTAIN
    label[open_ones & (verdict <= 0) & (label == "positive")] = _model.UNCERTAIN
    label[own & (verdict < 0) & (negative >= LEAN) & (negative > positive)] = "negative"
    label[own & (verdict > 0) & (positive >= LEAN) & (positive > negative)] = "positive"
    return table.assign(label=pd.Series(label, table.index, dtype="str"))


def _parsed(scored: pd.DataFrame, read: list[Document]) -> pd.DataFrame:
    """Of each row the sum of the verdicts bound to it, and whether it is attributed."""
    by_name = {document.doc_id: document for document in read}
    numbers = {name: {k: i for i, k in enumerate(d.sentence_ids)} for name, d in by_name.items()}
    sums, put_down = [], []
    columns = [scored[name].tolist() for name in ("doc_id", "sentence_id", "start", "end")]
    for doc, sentence, start, end in zip(*columns, strict=True):
        number = numbers.get(doc, {}).get(sentence)
        place = None if number is None else _place(by_name[doc], number, start, end)
        if number is None or place is None:  # a sentence without a word
            sums.append(0)
            put_down.append(False)
            continue
        document, first = by_name[doc], by_name[doc].sents[number][0]
        s = document.clauses(number)
        found = verdicts(s, *place)
        quoted = document.quoted[first : document.sents[number][1]]
        sums.append(sum(v.polarity for v in found))
        put_down.append(is_attributed(s, quoted, *place, found))
    return pd.DataFrame(
        {"verdict": np.array(sums, np.int64), "attributed": np.array(put_down, np.bool_)},
        index=scored.index,
    )


def _place(document: Document, number: int, start: int, end: int) -> tuple[int, int] | None:
    """The tokens of a span, counted from the first of its sentence."""
    low, high = document.sents[number]
    a = max(bisect_right(document.starts, start, low, high) - 1, low)
    b = a + 1
    while b < high and document.starts[b] < end:
        b += 1
    return (a - low, b - low) if document.ends[b - 1] > start else None
