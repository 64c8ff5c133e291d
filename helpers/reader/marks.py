"""What the reader marks in an article: who speaks, who is meant, and what is judged."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from helpers import lexicons
from helpers.wording import clean, is_missing

if TYPE_CHECKING:
    import pandas as pd

QUOTED, REPORTED = 0, 1
"""Kinds of words that are somebody else's: inside quotation marks, and told in other words."""
TONES = {"negative": -1, "positive": 1}
UNNAMED = "not said who"
_NAME = 60
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass
class Marks:
    """The marks of one article as whole numbers, offsets into its text.

    ``said`` is (start, end, kind, name), ``named`` (start, end, name, tone, plain), ``judging``
    (start, end, tone). A name is its place in ``names``; −1 of words said goes on with the speaker
    before, of a mention it is undecided who is meant. A tone is −1, 0 or 1; a mention is plain (1)
    where its words say the name.
    """

    names: list[str] = field(default_factory=list)
    said: list[tuple[int, int, int, int]] = field(default_factory=list)
    named: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    judging: list[tuple[int, int, int]] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """The marks as plain JSON."""
        return {name: [*map(_plain, held)] for name, held in asdict(self).items()}

    def name(self, label: str) -> int:
        """The number of a name, which is given where it has none."""
        if label not in self.names:
            self.names.append(label)
        return self.names.index(label)


def marks(
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    target_sentiment: pd.DataFrame | None = None,
    doc_ids: Collection[str] | None = None,
) -> dict[str, Marks]:
    """doc_id → the marks of each article (of ``doc_ids`` alone, where they are given).

    Words said are those that are counted, mentions all, with the tone that counts: of actors for
    whom the model is good enough, where it decides.
    """
    made: dict[str, Marks] = {}
    for doc_id, text in zip(articles["doc_id"].tolist(), articles["text"].tolist(), strict=True):
        if doc_ids is None or doc_id in doc_ids:
            made[doc_id] = Marks(judging=[] if is_missing(text) else _judging(str(text)))
    if quotes is not None:
        _add_said(made, quotes[quotes["counted"]] if "counted" in quotes else quotes)
    if mentions is not None:
        _add_named(made, mentions, target_sentiment)
    return made


def _add_said(made: dict[str, Marks], quotes: pd.DataFrame) -> None:
    before: dict[str, str] = {}
    ordered = quotes.sort_values(["doc_id", "start"], kind="stable")
    columns = ("doc_id", "start", "end", "kind", "actor", "source", "quote_id")
    for doc_id, start, end, kind, actor, source, quote in zip(
        *(ordered[c].tolist() for c in columns), strict=True
    ):
        if doc_id not in made:
            continue
        label = next((clean(n, _NAME) for n in (actor, source) if not is_missing(n)), UNNAMED)
        goes_on = before.get(doc_id) == quote
        name = -1 if goes_on else made[doc_id].name(label)
        quoted = QUOTED if kind == "direct" else REPORTED
        made[doc_id].said.append((int(start), int(end), quoted, name))
        before[doc_id] = quote


def _add_named(
    made: dict[str, Marks], mentions: pd.DataFrame, target_sentiment: pd.DataFrame | None
) -> None:
    tones: dict[tuple[str, int], int] = {}
    if target_sentiment is not None:
        rows = target_sentiment[target_sentiment["label"].isin([*TONES])]
        if "supported" in rows:
            rows = rows[rows["supported"]]
        columns = (rows[c].tolist() for c in ("doc_id", "start", "label"))
        tones = {(d, s): TONES[label] for d, s, label in zip(*columns, strict=True)}
    ordered = mentions.sort_values(["doc_id", "start"], kind="stable")
    names = ("doc_id", "start", "end", "actor", "text")
    for doc_id, start, end, actor, text in zip(*(ordered[c].tolist() for c in names), strict=True):
        if doc_id in made:
            label = "" if is_missing(actor) else clean(actor, _NAME)
            name = made[doc_id].name(label) if label else -1
            tone = tones.get((doc_id, start), 0)
            told = int(_says(text, label))
            made[doc_id].named.append((int(start), int(end), name, tone, told))


def _says(text: str, label: str) -> bool:
    """Whether the words of a mention say whom they mean.

    >>> [_says(t, "Ada Orr") for t in ("Ms. Orr’s", "Ada", "she", "Orrs")]
    [True, True, False, False]
    >>> _says("U.N.", "United Nations"), _says("Iranian", "Iran"), _says("United", "United Nations")
    (True, True, True)
    """
    written, names = _words(text), _words(label)
    if not names or label.casefold() in text.casefold():
        return bool(label)
    initials = "".join(word[0] for word in names)
    short = len(names) > 1 and text.replace(".", "").casefold() == initials
    return short or names[-1] in written or (bool(written) and {*written} <= {*names})


def _words(text: str) -> list[str]:
    return [
        word[0].removesuffix("’s").removesuffix("'s") for word in _WORD.finditer(text.casefold())
    ]


def _judging(text: str) -> list[tuple[int, int, int]]:
    """The words of a text that judge, whoever says them."""
    tones = lexicons.judging_words()
    words = ((w.start(), w.end(), tones.get(w[0].lower(), 0)) for w in _WORD.finditer(text))
    return [word for word in words if word[2]]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
