"""What one side has and no other side of the event: whom it names, and what it words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.comparing.matching import Floats, Ints, sentence_features, weights
from helpers.made import kept
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Row, Side, Span, plain, times
from helpers.spread.material import MARKS, Material, frame_of
from helpers.spread.tone import evaluates
from helpers.wording import clean, listing

NAMES, TOLD = 6, 2
"""Actors and sentences of one cell."""
LONGEST, STATED = 260, 120
"""Characters of a sentence in a cell, and in a statement."""
LEAST_WORDS, MOST_WORDS = 9, 45
LEAST_NEW, LEAST_SHARE, MOST_NEW = 5, 0.65, 12
"""Words with content and figures that no other side prints anywhere: so many, of so large a share
of the sentence; how many of them count for its rank."""
WEIGHTY, MOST_WEIGHTY = 0.5, 3
"""How much more a sentence weighs for each word in it that evaluates, up to so many."""
OF_HIM = 0.6
"""What a sentence weighs that begins with a pronoun: by itself it does not say of whom it is."""
LEAD = 0.4
"""How much less the last sentence of an article weighs than the first: news tells first what
matters."""
OUTLETS = 5
"""Outlets that are named."""
TRIED = 8
"""Sentences of one side that are held against their nearest ones."""
WIDEST = 5
"""Sides of one spread: more columns cannot be read beside each other."""
SHOWN = 3
"""Nearest sentences that are shown, one of a side."""
NEAREST, LEAST_ALIKE, MOST_ALIKE = 2, 0.08, 0.4
"""Features that the nearest sentence of another side must share; the share of a sentence, by
weight, from which it is shown, and from which that one may tell the same."""


# ------------------------------------------------------------------------------------- names


def named_only(m: Material, columns: Sequence[Column], beside: Sequence[str] = ()) -> Row:
    """The actors that one side alone names, those of most mentions first.

    ``beside`` are further articles of the same event, which must not name them either. A name
    whose last word another side prints is never listed, whoever was meant there.
    """
    cells = []
    for column in columns:
        places = _mentioned(m, column.doc_ids)
        others = sorted(_others(columns, column, beside))
        known = set(_mentioned(m, others))
        texts = [m.articles[doc]["text"].casefold() for doc in others]
        alone = [a for a in places if a not in known and not _is(a, column)
                 and not any(a.split()[-1].casefold() in text for text in texts)]  # fmt: skip
        order = sorted(alone, key=lambda a: (-len(places[a]), a))
        cells.append(tuple(plain(a, at=sorted(places[a]), note=times(places[a]))
                           for a in order[:NAMES]))  # fmt: skip
    return Row("Named here alone", tuple(cells), empty="nobody")


def _mentioned(m: Material, doc_ids: Sequence[str]) -> dict[str, list[Span]]:
    places: dict[str, list[Span]] = {}
    for doc in doc_ids:
        for start, end, actor in m.mentions(doc):
            places.setdefault(actor, []).append((doc, start, end))
    return places


def _others(columns: Sequence[Column], mine: Column, beside: Sequence[str]) -> set[str]:
    docs = {doc for column in columns for doc in column.doc_ids} | set(beside)
    return docs - set(mine.doc_ids)


def _is(actor: str, column: Column) -> bool:
    """Whether an actor is the side's own outlet."""
    return actor.casefold() in column.name.casefold() or column.name.casefold() in actor.casefold()


# --------------------------------------------------------------------------------- sentences


@dataclass(frozen=True)
class _Compared:
    """The sentences of an event, what each is made of, and what of it its side alone prints."""

    sentences: pd.DataFrame
    row: Ints
    feature: Ints
    weight: Floats
    side: Ints
    """The number of each sentence's column."""
    rank: Floats
    """How much of a sentence stands nowhere else; nothing where most of it does."""

    def span(self, r: int) -> Span:
        doc, start, end = (self.sentences[c].tolist()[r] for c in ("doc_id", "start", "end"))
        return str(doc), start, end

    def nearest(self, r: int, side: int) -> tuple[int | None, float]:
        """The sentence of another side that shares most with one, and the share, by weight."""
        features = self.feature[self.row == r]
        mine = np.isin(self.feature, features) & (self.side[self.row] == side)
        shared = np.bincount(self.row[mine], minlength=len(self.sentences))
        mass = np.bincount(self.row[mine], self.weight[self.feature[mine]], len(self.sentences))
        whole = np.bincount(self.row, self.weight[self.feature], len(self.sentences))
        score = np.where(shared >= NEAREST, mass / np.sqrt(np.maximum(whole, 1e-9)), 0.0)
        best = int(np.argmax(score))
        alike = float(mass[best] / max(self.weight[features].sum(), 1e-9))
        return (best, alike) if score[best] > 0 else (None, 0.0)


def _compared(m: Material, columns: Sequence[Column], beside: Sequence[str]) -> _Compared:
    """An event's sentences, compared once for its spread and for what is worth knowing first."""
    docs = tuple(sorted({*(doc for column in columns for doc in column.doc_ids), *beside}))
    key = ("compared", tuple(columns), docs)
    return kept(m.story, key, lambda: _compare(m, columns, docs))


def _compare(m: Material, columns: Sequence[Column], docs: Sequence[str]) -> _Compared:
    sentences = frame_of(m.story.sentences, docs).reset_index(drop=True)
    row, feature, names = sentence_features(
        sentences, frame_of(m.story.tokens, docs), frame_of(m.story.mentions, docs)
    )
    of = {doc: i for i, column in enumerate(columns) for doc in column.doc_ids}
    side: Ints = np.array([of.get(d, len(columns)) for d in sentences["doc_id"]], dtype=np.int64)
    pairs = np.unique(side[row] * max(len(names), 1) + feature)
    shared = np.bincount(pairs % max(len(names), 1), minlength=len(names)) > 1
    is_name = np.array([name.startswith("@") for name in names], dtype=bool)
    kinds = (~is_name, ~is_name & ~shared, is_name & shared)
    size, new, known = (np.bincount(row[k[feature]], minlength=len(sentences)) for k in kinds)
    article = sentences.groupby("doc_id")["doc_id"]
    late = (article.cumcount() / article.transform("size")).to_numpy(np.float64)
    able = (new >= LEAST_NEW) & (new >= LEAST_SHARE * size) & (known > 0)
    able &= (sentences["part"] == "body").to_numpy()
    words = sentences["text"].str.count(r"\S+").to_numpy(np.int64)
    able &= (words >= LEAST_WORDS) & (words <= MOST_WORDS)
    weighty = np.array([_weighty(text) for text in sentences["text"]], dtype=np.float64)
    rank = np.minimum(new, MOST_NEW) * new / np.maximum(size, 1) * (1 - LEAD * late) * able
    rank *= 1 + WEIGHTY * weighty
    rank *= np.array([_opening(text) for text in sentences["text"]])
    number, _ = pd.factorize(sentences["doc_id"])
    weight = weights(row, feature, names, number.astype(np.int64), len(docs))
    return _Compared(sentences, row, feature, weight, side, rank)


def _opening(text: str) -> float:
    """What a sentence weighs by its form: nothing where a quotation only begins or ends in it."""
    straight, curly = text.count('"') % 2, text.count("“") != text.count("”")
    whole = text[:1] in MARKS and text.rstrip()[-1:] in MARKS
    if straight or curly or whole:
        return 0.0
    return OF_HIM if text.split(" ", 1)[0] in ("He", "She", "They", "It", "His", "Her") else 1.0


def _weighty(text: str) -> int:
    """How many words of a sentence evaluate."""
    words = {word.strip(".,;:!?”“\"'()").lower() for word in text.split()}
    return min(sum(map(evaluates, sorted(words))), MOST_WEIGHTY)


def _best(found: _Compared, side: int) -> list[int]:
    mine = np.flatnonzero((found.rank > 0) & (found.side == side)).tolist()
    return sorted(mine, key=lambda r: (-found.rank[r], r))


def told_only(m: Material, columns: Sequence[Column], beside: Sequence[str] = ()) -> Row:
    """The sentences of each side that have least in common with all that the others print.

    Of such a sentence most words with content, and at least `LEAST_NEW` of them, stand nowhere in
    the other sides' articles; those come first that evaluate and stand early. That nobody tells it
    in other words is not said: of 31 read by strangers 23 were told by one side alone. It must
    name somebody whom another side names too, so that what stands beside the story stays out.
    """
    found = _compared(m, columns, beside)
    cells = []
    for i in range(len(columns)):
        spans = sorted(map(found.span, _best(found, i)[:TOLD]))
        cells.append(tuple(plain(clean(m.text(span), LONGEST), at=[span]) for span in spans))
    note = "most of its words stand in no other article; it may be told there in other words"
    return Row("Worded here alone", tuple(cells), note=note)


def of_alone(m: Material, columns: Sequence[Column], doc_ids: Sequence[str]) -> Iterator[Contrast]:
    """What each side of an event words alone, beside the sentences that come nearest elsewhere."""
    found = _compared(m, columns, doc_ids)
    for i, column in enumerate(columns):
        others = [j for j in range(len(columns)) if j != i]
        if column.name == UNKNOWN_OUTLET or not set(column.doc_ids) & m.own:
            continue
        for r in _best(found, i)[:TRIED]:
            near = sorted((found.nearest(r, j) for j in others), key=lambda n: -n[1])
            if near[0][1] < MOST_ALIKE:
                close = [at for at, share in near[:SHOWN] if share >= LEAST_ALIKE]
                places = tuple(found.span(at) for at in close if at is not None)
                yield _alone(m, columns, i, found.span(r), places, float(found.rank[r]))
                break


def _alone(
    m: Material, columns: Sequence[Column], i: int, told: Span, near: tuple[Span, ...], rank: float
) -> Contrast:
    name = columns[i].name
    others = listing([c.name for j, c in enumerate(columns) if j != i], OUTLETS)
    sides = (
        Side(name, "", (told,)),
        Side(others, "the nearest sentences" if near else "nothing near it in words", near),
    )
    statement = f"In {name}, in no like words elsewhere: {clean(m.text(told), STATED)}"
    return Contrast("alone", statement, sides, "", rank)
