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
from helpers.lenses.sentiment.befalling import HARM, befalling, hit_by_noun
from helpers.lenses.sentiment.verdicts import verdicts
from helpers.lenses.sentiment.whose import is_attributed

ATTRIBUTED = "attributed"
"""The voice of a sentence of the author's that puts what is thought down to somebody."""
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
    itself) and ``attributed`` (what is thought of it is put down to somebody in the sentence). In a
    sentence of the author's that is so its ``voice`` becomes attributed: whoever counts the
    author's voice must not count what others think.

    Negative and positive stand only with evidence, which then needs a probability of `LEAN` only:

    - in the author's voice, and not attributed, a word of verdict that is bound to the target
      (`helpers.lenses.sentiment.verdicts`);
    - in others' words, or attributed, such a word, or a verb by which the target is blamed or
      praised ("critics accused X of …").
    """
    schema.needs(scored, "doc_id", "sentence_id", "start", "end", "label", "voice",
                 *_model.LABELS, table="target_sentiment")  # fmt: skip
    parsed = _parsed(scored, documents(articles, sentences, tokens))
    events = befalling(scored, agency)
    befalls = events["befalls"].mask(parsed["hit"], HARM)
    table = scored.assign(befalls=befalls, speaks=events["speaks"], attributed=parsed["attributed"])
    written = table["voice"].fillna("author").eq("author").to_numpy()
    own = written & ~parsed["attributed"].to_numpy()
    table["voice"] = table["voice"].mask(written & ~own, ATTRIBUTED)
    verdict = np.sign(parsed["verdict"].to_numpy())
    evidence = np.where((verdict == 0) & ~own, events["blamed"].to_numpy(), verdict)
    probability = table[["negative", "positive"]].to_numpy()
    label = table["label"].to_numpy(dtype=object)
    label[(label == "negative") | (label == "positive")] = _model.UNCERTAIN
    for side, name in enumerate(("negative", "positive")):
        likelier = (probability[:, side] >= LEAN) & (probability.argmax(axis=1) == side)
        label[likelier & (evidence == (-1, 1)[side])] = name
    return table.assign(label=pd.Series(label, table.index, dtype="str"))


def _parsed(scored: pd.DataFrame, read: list[Document]) -> pd.DataFrame:
    """Of each row the sum of its verdicts, whether it is attributed, and whether a noun hits it."""
    by_name = {document.doc_id: document for document in read}
    numbers = {name: {k: i for i, k in enumerate(d.sentence_ids)} for name, d in by_name.items()}
    sums, put_down, hit = [], [], []
    persons = scored["supported"].tolist() if "supported" in scored else [True] * len(scored)
    columns = [scored[name].tolist() for name in ("doc_id", "sentence_id", "start", "end")]
    for doc, sentence, start, end, person in zip(*columns, persons, strict=True):
        number = numbers.get(doc, {}).get(sentence)
        where = None if number is None else place(by_name[doc], number, start, end)
        if number is None or where is None:  # a sentence without a word
            sums.append(0)
            put_down.append(False)
            hit.append(False)
            continue
        document, first = by_name[doc], by_name[doc].sents[number][0]
        s = document.clauses(number)
        found = verdicts(s, *where, person=person)
        quoted = document.quoted[first : document.sents[number][1]]
        sums.append(sum(v.polarity for v in found))
        put_down.append(is_attributed(s, quoted, *where, found))
        hit.append(hit_by_noun(s, *where, person=person))
    return pd.DataFrame(
        {"verdict": np.array(sums, np.int64), "attributed": np.array(put_down, np.bool_),
         "hit": np.array(hit, np.bool_)},
        index=scored.index,
    )


def place(document: Document, number: int, start: int, end: int) -> tuple[int, int] | None:
    """The tokens of a span, counted from the first of its sentence."""
    low, high = document.sents[number]
    a = max(bisect_right(document.starts, start, low, high) - 1, low)
    b = a + 1
    while b < high and document.starts[b] < end:
        b += 1
    return (a - low, b - low) if document.ends[b - 1] > start else None
