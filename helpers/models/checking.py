"""`check_adapter`: whether a model keeps the contract of its protocol, on a few built-in sentences.

What can be seen in one answer (lengths, dtypes, tags, spans, sums) is also looked at in every
later answer, by the `Guarded…` wrapper in which a story holds a model that is not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.models.protocols import (
    LABELS,
    NAME_COLUMNS,
    NAME_TYPES,
    PENN_TAGS,
    ROLES,
    ModelError,
)

Frame = pd.DataFrame
SAMPLE = (
    "Talks Over Oslo Line Stall\n\nMs. Keller left the U.S. on Monday. “We didn't agree,” she "
    "said; Mr. Hale's ministry called the long-awaited talks a failure.",
    "OSLO (Wire) — The Harbour Bank paid $1.2m, 3% less than in 2018… Nobody asked why!",
    "It rained.",
    "Ana María Gómez, 41, praised al-Hadi’s courage. Senator Keller accused him of lying.",
)
_CLOSE = 1e-6
"""How far probabilities of one target may lie apart, alone and in a batch (rounding)."""


def check_adapter(role: str, model: Any, *, name: str = "") -> None:
    """Raise `ModelError` where ``model`` breaks the contract of its ``role``.

    ``role`` is one of `ROLES`; ``name`` is what the message calls the model. Tested are schema
    and dtypes, spans, the same answer on a second run and in other batches, input left as it was,
    and empty and one-row input.

    >>> from helpers.models import load
    >>> check_adapter("tagger", load("tagger", "parallax"))
    """
    guard = guarded(role, model, name)
    units, ask = _SAMPLES[role](guard)
    answers = ask(units)
    ask([])
    for what, again in (
        ("another answer on a second run", ask(units)),
        ("another answer where it is given in another order", ask(units[::-1])[::-1]),
        ("another answer where it is given alone", [ask([unit])[0] for unit in units]),
    ):
        for unit, (first, second) in enumerate(zip(answers, again, strict=True)):
            if not _same(first, second):
                shown = _difference(first, second)
                guard.refuse(f"gave {what}: {shown}", f"number {unit + 1} of the built-in rows")


def guarded(role: str, model: Any, name: str) -> Any:
    """The model in a wrapper that looks at every answer."""
    kinds = {"tagger": GuardedTagger, "names": GuardedNames, "target_sentiment": GuardedTargets}
    if role not in kinds:
        raise ModelError(f"there is no model called {role}; there are {', '.join(ROLES)}")
    return kinds[role](role, name or type(model).__name__, model)


# -- every answer ---------------------------------------------------------------------------------


class _Guard:
    method: str

    def __init__(self, role: str, name: str, model: Any) -> None:
        self.role, self.name, self.model = role, name, model
        self.version: str = getattr(model, "version", "")
        if not isinstance(self.version, str) or not self.version:
            self.refuse("has no version (a text that says package and weights)")
        if not callable(getattr(model, self.method, None)):
            self.refuse(f"has no method {self.method}()")

    def refuse(self, what: str, given: str = "") -> None:
        """Raise the one sentence that says what is wrong, for which input, and the remedy."""
        where = f" for {given}" if given else ""
        raise ModelError(
            f"{self.role} = “{self.name}” does not keep the contract of a {self.role} model: it "
            f"{what}{where}; mend the adapter (docs/models.md) or take the line out of [models]"
        )

    def _ask(self, *given: Any) -> Any:
        try:
            return getattr(self.model, self.method)(*given)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  whatever it is, the adapter raised it
            size = len(given[0])
            what = f"raised {type(error).__name__} ({error})"
            self.refuse(what, f"{size} rows" if size else "empty input")


class GuardedTagger(_Guard):
    """A tagger whose answers have one Penn tag a word."""

    method = "tag"

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """See `protocols.Tagger.tag`."""
        given = self._ask(sentences)
        if not isinstance(given, Sequence) or len(given) != len(sentences):
            size = len(given) if isinstance(given, Sequence) else type(given).__name__
            self.refuse(f"returned {size} for {len(sentences)} sentences")
        for words, tags in zip(sentences, given, strict=True):
            if isinstance(tags, str) or not isinstance(tags, Sequence) or len(tags) != len(words):
                self.refuse(f"returned {tags!r:.80}, not one tag a word,", _quoted(words))
            for word, tag in zip(words, tags, strict=True):
                if tag not in PENN_TAGS:
                    self.refuse(f"returned {tag!r}, no Penn Treebank tag,", f"{word!r}")
        return [list(tags) for tags in given]


class GuardedNames(_Guard):
    """A name finder whose rows are spans of whole tokens."""

    method = "find"

    def find(self, articles: Frame, sentences: Frame, tokens: Frame) -> Frame:
        """See `protocols.NameFinder.find`."""
        given = self._ask(articles, sentences, tokens)
        if not isinstance(given, Frame):
            self.refuse(f"returned a {type(given).__name__}, not a DataFrame")
        for column, dtype in NAME_COLUMNS.items():
            if column not in given.columns:
                self.refuse(f"returned no column {column}")
            if str(given[column].dtype) != dtype:
                self.refuse(f"returned {column} as {given[column].dtype}, not {dtype}")
        found: Frame = given[[*NAME_COLUMNS]]
        texts: dict[str, str] = dict(zip(articles["doc_id"], articles["text"], strict=True))
        sure = found["confidence"]
        for wrong, what in (
            (~found["doc_id"].isin(texts), "returned a doc_id that was not asked about"),
            (~found["type"].isin(NAME_TYPES), f"returned a type that is not of {NAME_TYPES}"),
            (~((sure > 0) & (sure <= 1)), "returned a confidence that is not above 0 and up to 1"),
            (~_whole_tokens(found, tokens), "returned a span that is not whole tokens of one "
             "sentence"),
        ):  # fmt: skip
            if wrong.any():
                self.refuse(what, _shown(found[wrong.to_numpy()].iloc[0], texts))
        found = found.sort_values(["doc_id", "start"], kind="stable", ignore_index=True)
        same = found["doc_id"].eq(found["doc_id"].shift())
        overlap = same & (found["start"] < found["end"].shift())
        if overlap.any():
            self.refuse("returned names that overlap", _shown(found[overlap].iloc[0], texts))
        return found


class GuardedTargets(_Guard):
    """A target-sentiment model whose rows are probabilities."""

    method = "probabilities"

    def __init__(self, role: str, name: str, model: Any) -> None:
        super().__init__(role, name, model)
        threshold = getattr(model, "threshold", None)
        if not isinstance(threshold, float) or not 0 <= threshold <= 1:
            self.refuse(f"has {threshold!r} as threshold, no number (float) from 0 to 1")
        self.threshold: float = threshold or 0.0

    def probabilities(self, targets: Frame) -> npt.NDArray[np.float64]:
        """See `protocols.TargetModel.probabilities`."""
        given = self._ask(targets)
        if not isinstance(given, np.ndarray) or given.dtype != np.float64:
            kind = given.dtype if isinstance(given, np.ndarray) else type(given).__name__
            self.refuse(f"returned {kind}, not an array of float64")
        if given.shape != (len(targets), len(LABELS)):
            self.refuse(f"returned the shape {given.shape} for {len(targets)} rows")
        wrong = ~(np.isfinite(given).all(axis=1) & (given >= 0).all(axis=1))
        wrong |= np.abs(given.sum(axis=1) - 1) > _CLOSE
        if wrong.any():
            at = int(wrong.argmax())
            row = targets.iloc[at]
            self.refuse(
                f"returned {given[at].tolist()}, no probabilities that add up to 1,",
                f"{row['text'][row['start'] : row['end']]!r} in {row['text']!r:.80}",
            )
        return given


def _whole_tokens(found: Frame, tokens: Frame) -> pd.Series:
    """Whether each span begins with a token and ends with a token of the same sentence."""
    row = found[["doc_id", "start", "end"]]
    for edge in ("start", "end"):
        known = tokens[["doc_id", edge, "sentence_id"]]
        row = row.merge(known.rename(columns={"sentence_id": f"at_{edge}"}), how="left")
    whole = row["at_start"].notna() & row["at_start"].eq(row["at_end"])
    return pd.Series(whole.to_numpy() & (found["start"] < found["end"]).to_numpy(), found.index)


def _shown(row: pd.Series, texts: dict[str, str]) -> str:
    text = texts.get(row["doc_id"], "")
    span = text[max(row["start"], 0) : row["end"]]
    return f"{row['doc_id']!r}, text[{row['start']}:{row['end']}] = {span!r:.60}"


def _quoted(words: Sequence[str]) -> str:
    return f"“{' '.join(words):.80}”"


# -- the same answer in any company ---------------------------------------------------------------


@dataclass(frozen=True)
class _Sample:
    articles: Frame
    sentences: Frame
    tokens: Frame
    targets: Frame


@cache
def _sample() -> _Sample:
    from helpers import segment
    from helpers.schema import make

    rows = [{"doc_id": f"sample-{i + 1}", "text": text, "n_words": len(text.split())}
            for i, text in enumerate(SAMPLE)]  # fmt: skip
    articles = make("articles", rows)
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    places = [(text, text.find(who), text.find(who) + len(who), kind)
              for text in sentences["text"] for who, kind in _TARGETS if who in text]  # fmt: skip
    targets = pd.DataFrame(places, columns=["text", "start", "end", "actor_type"])
    targets = targets.astype({"text": "str", "actor_type": "str"})
    return _Sample(articles, sentences, tokens, targets)


_TARGETS = (("Ms. Keller", "person"), ("she", "person"), ("the U.S.", "government"),
            ("The Harbour Bank", "organization"), ("al-Hadi", "person"),
            ("Senator Keller", "person"))  # fmt: skip
Ask = Callable[[list[Any]], list[Any]]


def _for_tagger(guard: GuardedTagger) -> tuple[list[Any], Ask]:
    words = _sample().tokens.groupby(["doc_id", "sentence_id"], sort=False)["text"].agg(list)

    def ask(units: list[Any]) -> list[Any]:
        given = [list(unit) for unit in units]
        tags = guard.tag(given)
        if given != [list(unit) for unit in units]:
            guard.refuse("changed the words that it was given")
        return tags

    return words.tolist(), ask


def _for_names(guard: GuardedNames) -> tuple[list[Any], Ask]:
    sample = _sample()

    def ask(units: list[Any]) -> list[Any]:
        order = {unit: i for i, unit in enumerate(units)}
        tables = []
        for table in (sample.articles, sample.sentences, sample.tokens):
            some = table[table["doc_id"].isin(units)]
            tables.append(
                some.sort_values("doc_id", key=lambda ids: ids.map(order), kind="stable",
                                 ignore_index=True)
            )  # fmt: skip
        given = [table.copy() for table in tables]
        found = guard.find(*given)
        _unchanged(guard, given, tables)
        rows = {d: g.drop(columns="doc_id").to_numpy().tolist() for d, g in found.groupby("doc_id")}
        return [rows.get(unit, []) for unit in units]

    return sample.articles["doc_id"].tolist(), ask


def _for_targets(guard: GuardedTargets) -> tuple[list[Any], Ask]:
    targets = _sample().targets

    def ask(units: list[Any]) -> list[Any]:
        rows = targets.iloc[units].reset_index(drop=True)
        given = rows.copy()
        answer: list[Any] = guard.probabilities(given).tolist()
        _unchanged(guard, [given], [rows])
        return answer

    return list(range(len(targets))), ask


_SAMPLES: dict[str, Callable[[Any], tuple[list[Any], Ask]]] = {
    "tagger": _for_tagger, "names": _for_names, "target_sentiment": _for_targets,
}  # fmt: skip


def _unchanged(guard: _Guard, given: list[Frame], before: list[Frame]) -> None:
    if not all(a.equals(b) for a, b in zip(given, before, strict=True)):
        guard.refuse("changed the table that it was given")


def _same(first: list[Any], second: list[Any]) -> bool:
    if first and isinstance(first[0], float):
        return bool(np.allclose(first, second, rtol=0, atol=_CLOSE))
    return first == second


def _difference(first: list[Any], second: list[Any]) -> str:
    a, b = next(((a, b) for a, b in zip(first, second, strict=False) if a != b), (first, second))
    return f"{a!r:.60} became {b!r:.60}"
