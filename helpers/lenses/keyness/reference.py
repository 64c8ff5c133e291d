"""Keyness against a reference corpus (`[reference]`): an outlet's words beside other texts.

Compared with each other, outlets that all write alike show nothing. A reference corpus, other
stories or general news, shows what each of them has in common with the others and not with it.
Each outlet's articles are held against those of the reference alone, in the author's voice, house
style folded in both. Articles are exchanged over both corpora: a difference of topic or of time is
a difference here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.comparing.events import comparable
from helpers.comparing.sides import PUBLISHER, moved_whole
from helpers.comparing.terms import Counting, TermCounts, joined
from helpers.lenses.keyness.columns import REFERENCE_KEYNESS
from helpers.lenses.keyness.method import counted, keyness_of_counts, least_of
from helpers.schema import make
from helpers.statistics import ALPHA

if TYPE_CHECKING:
    from helpers.story import Story

REFERENCE = "(reference)"
_MARK = "reference:"  # before doc_ids, which may be those of the story


def words_of(reference: Story) -> TermCounts:
    """The terms of a reference corpus in its authors' voice, under doc_ids of their own."""
    articles = comparable(reference.originals, voice="author")
    if articles.empty:  # nobody need sign a reference
        articles = reference.originals
    counting = Counting(outlets=sorted(articles["outlet"].unique()))
    counts = counted(
        reference.tokens, articles, reference.quotes, reference.sentences, counting
    )  # fmt: skip
    marked = tuple(_MARK + doc_id for doc_id in counts.doc_ids)
    return TermCounts(marked, counts.terms, counts.words, counts.doc, counts.term, counts.count)


def against_reference(
    counts: TermCounts, articles: pd.DataFrame, reference: TermCounts
) -> pd.DataFrame:
    """The table `reference_keyness`: one row per outlet × term, against the reference corpus.

    Terms are those of ``counts`` that enough of the story's articles use (`least_of`). Columns as
    in `keyness`; ``q_value`` allows for all terms and for all outlets that are tested.
    """
    compared = comparable(articles, voice="author")
    compared = compared[compared["doc_id"].isin(counts.doc_ids)]
    least = least_of(len(compared))
    both = joined([counts.frequent(least), reference], least_articles=least)
    others = pd.DataFrame({"doc_id": reference.doc_ids, "outlet": REFERENCE}).astype("str")
    columns = ["doc_id", "outlet"]
    if moved_whole(compared) is not None:  # groups of outlets, against articles one by one
        columns.append(PUBLISHER)
        others[PUBLISHER] = others["doc_id"]
    blocks = []
    for outlet in sorted(compared["outlet"].unique()):
        mine = compared.loc[compared["outlet"] == outlet, columns]
        frame = pd.concat([mine, others], ignore_index=True)
        everywhere = pd.Series("both", index=pd.Index(frame["doc_id"], name="doc_id"))
        table = keyness_of_counts(both, frame, events=everywhere, problems=[])
        blocks.append(table[(table["outlet"] == outlet) & (table["n_target"] > 0)])
    if not blocks:
        return make(REFERENCE_KEYNESS.name)
    whole = pd.concat(blocks, ignore_index=True)
    tested = int(whole.loc[whole["q_value"].notna(), "outlet"].nunique())
    q_values = np.minimum(whole["q_value"] * max(tested, 1), 1.0)
    whole = whole.assign(q_value=q_values, significant=q_values <= ALPHA)
    return make(REFERENCE_KEYNESS.name, whole)
