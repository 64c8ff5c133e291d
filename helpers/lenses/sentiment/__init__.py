"""How a text speaks of the actors it mentions, and VADER per sentence as the named baseline.

`score_targets` and `target_sentiment` say how a sentence speaks of one actor in it,
`explain_targets` why, `judged` which of it stands as evaluation; `sentence_sentiment` is NLTK's
VADER, blind to whom a tone is meant for; `meanings` is what sentences are about.
The other functions make the tables of the sentiment notebook.
"""

from __future__ import annotations

from helpers.lenses.sentiment import show, takeaways
from helpers.lenses.sentiment.deep import meanings
from helpers.lenses.sentiment.fortunes import fortunes, told_of
from helpers.lenses.sentiment.judgements import judgements
from helpers.lenses.sentiment.judging import judged
from helpers.lenses.sentiment.sentences import sentence_sentiment
from helpers.lenses.sentiment.tables import (
    counted,
    label_counts,
    label_shares,
    moved,
    said_of_others,
    strongest_sentences,
    who_on_whom,
    word_shift,
)
from helpers.lenses.sentiment.targets import (
    as_targets,
    explain_targets,
    score_targets,
    target_sentiment,
)

__all__ = [
    "as_targets",
    "counted",
    "explain_targets",
    "fortunes",
    "judged",
    "judgements",
    "label_counts",
    "label_shares",
    "meanings",
    "moved",
    "said_of_others",
    "score_targets",
    "sentence_sentiment",
    "show",
    "strongest_sentences",
    "takeaways",
    "target_sentiment",
    "told_of",
    "who_on_whom",
    "word_shift",
]
