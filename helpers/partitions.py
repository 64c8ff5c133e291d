"""A story's tables made in partitions, and read from them: what is held is a part, not the corpus.

Two passes go over the partitions (`scale`). The first cuts and tags the articles and takes from
each partition its share of what depends on all articles (its entities), which is then joined in one
place; the second makes the tables of documents with what was joined, and what the comparisons need
of them: the counts of words and the namings. So the result is the same for any size of partition
and any number of workers, and the same as without partitions. What is joined and what is counted is
said by the lenses (`helpers.lenses.lens.Joined`, `Counted`).
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers import lenses, scale, schema
from helpers.kept_tables import frame_of
from helpers.lenses.lens import Lens, LensTable
from helpers.made import made_once, patiently
from helpers.models import chosen
from helpers.story import Story

LARGE = 2_000
"""From so many articles on, `tables` works in partitions."""
AHEAD, LEAST = 200, 50
"""From so many articles of which nothing is kept several processes read them, so many each."""
HELD = 500
"""Articles for each process up to which it holds what it read of them from one pass to the next."""
_SEVERAL = 20
"""Partitions of full size that a corpus has at least, for a cluster to share them."""
FIRST_PASS = ("sentences", "set_aside", "tokens")
_SAME = "_articles"
"""What a process that stays hands itself: the grammar that it has is of these very articles."""


def in_partitions(
    story: Story,
    folder: Path,
    *,
    size: int | None = None,
    workers: int | None = None,
    elsewhere: scale.Elsewhere | None = None,
) -> PartitionedStory:
    """The same story with its tables of documents made in partitions, kept below ``folder``.

    ``size`` is how many articles a partition has; without it, at most `scale.SIZE`. They are made
    by ``workers`` processes of this machine, or ``elsewhere``.
    """
    articles = story.articles_read
    if size is None and elsewhere is not None:  # the same however many are there today
        size = scale.SIZE if len(articles) > _SEVERAL * scale.SIZE else LEAST
    if size is None:  # as many partitions for each process, so that none waits for another
        several = workers or os.cpu_count() or 1
        rounds = ceil(len(articles) / (scale.SIZE * several))
        size = ceil(len(articles) / (rounds * several))
    every = _shared(story)
    with _here(workers, len(articles)) as here:
        options: dict[str, Any] = {"size": size, "elsewhere": elsewhere or here}
        shares = scale.run_partitions(
            "helpers.partitions:shares_of", articles, folder / "shares", shared=every,
            label="articles", **options,
        )  # fmt: skip
        aside = (pd.read_parquet(share / "set_aside.parquet") for share in shares)
        story.made["set_aside"] = _whole("set_aside", aside)
        made = scale.run_partitions(
            "helpers.partitions:tables_of", articles, folder / "tables", read=shares,
            shared=_each(story, every, shares, size), label="tables", **options,
        )  # fmt: skip
    return PartitionedStory(story, shares, made, size)


def read_ahead(story: Story, folder: Path, *, workers: int | None = None) -> None:
    """Read the articles of which nothing is kept in several processes, and keep what they read.

    Sentences, tags and names take most of the time and depend on one article alone; the story then
    goes on from what is kept. Where all articles are new the processes make their tables too. Few
    articles, or one processor, are left to the story itself.
    """
    several = workers or os.cpu_count() or 1
    waiting = story.unread() if several > 1 else []
    if len(waiting) < AHEAD:
        return
    read = story.articles_read
    some = read[read["doc_id"].isin(waiting)].reset_index(drop=True)
    every = _shared(story)
    size = min(scale.SIZE, max(LEAST, ceil(len(some) / (2 * several))))
    once = len(some) < len(read) or len(story.lenses) > len(lenses.load())
    with _here(several, 0 if once else len(some)) as here:
        options: dict[str, Any] = {"size": size, "elsewhere": here}
        shares = scale.run_partitions(
            "helpers.partitions:shares_of", some, folder / "ahead", shared=every,
            label="articles", **options,
        )  # fmt: skip
        docs = some["doc_id"].tolist()
        with patiently():
            made = _pieces(shares)
            first = {name: _whole(name, made.pop(name)) for name in FIRST_PASS}
            rest = {name: pd.concat(held, ignore_index=True) for name, held in made.items()}
            story.keep_read(docs, first | rest)
        if once:
            return
        told = scale.run_partitions(
            "helpers.partitions:told_of", some, folder / "told", read=shares,
            shared=_each(story, every, shares, size), label="tables", **options,
        )  # fmt: skip
    with patiently():
        made = _pieces(told)
        whole = {name: pd.concat(held, ignore_index=True) for name, held in made.items()}
        story.keep_told(docs, whole)


def _here(workers: int | None, articles: int) -> scale.Here:
    """Processes of this machine, which stay for the second pass of so many articles, or not."""
    several = workers or os.cpu_count() or 1
    return scale.Here(several, stay=0 < articles <= HELD * several)


def _pieces(folders: Sequence[Path]) -> dict[str, list[pd.DataFrame]]:
    """What lies in the folders of partitions, by name."""
    names = sorted(file.stem for file in folders[0].glob("*.parquet"))
    pieces = {
        name: [_read(folder / f"{name}.parquet") for folder in folders] for name in names
    }
    # An empty table says nothing of the types of its further columns.
    return {
        name: [piece for piece in held if len(piece)] or held[:1] for name, held in pieces.items()
    }


def _each(
    story: Story, every: dict[str, Any], shares: Sequence[Path], size: int
) -> Iterator[dict[str, Any]]:
    """What each process of the second pass has to know, one partition after the other."""
    every |= {"comparable_outlets": story.comparable_outlets}
    joined = _joined(story, _tables(story.lenses), shares, size)
    return ({"joined": joined.pop(0), **every} for _ in shares)  # none is held longer than needed


def _shared(story: Story) -> dict[str, Any]:
    """What each process has to know of the whole story."""
    return {
        "lenses": _portable(story),
        "models": (story.models.specs, story.models.depth),
        "versions": story.models.versions,
        "repeated": story.repeated,
    }


def _joined(
    story: Story, tables: Sequence[LensTable], shares: Sequence[Path], size: int
) -> list[dict[str, Any]]:
    """For each partition, by table, the object with which it makes its rows."""

    def pieces(name: str) -> Iterator[pd.DataFrame]:
        return (pd.read_parquet(share / f"{name}.parquet") for share in shares)

    each: list[dict[str, Any]] = [{} for _ in shares]
    for table in tables:
        if table.joined is not None:
            for objects, made in zip(each, table.joined.join(pieces, story, size), strict=True):
                objects[table.name] = made
    return each


def _tables(of: Iterable[Lens]) -> list[LensTable]:
    return [table for lens in of for table in lens.tables]


def _portable(story: Story) -> tuple[Lens, ...]:
    """The story's lenses that are not ours, as another process can be told of them."""
    further = tuple(lens for lens in story.lenses if lens not in lenses.load())
    for lens in further:
        try:
            pickle.dumps(lens)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise lenses.LensError(
                f"the lens {lens.name!r} cannot be sent to other processes ({error}): define its "
                "functions in a module, not in a notebook or as lambdas, or use one process"
            ) from error
    return further


# -- what a worker does ---------------------------------------------------------------------------


def _story_of(articles: pd.DataFrame, shared: dict[str, Any], given: Mapping[str, Any]) -> Story:
    """The story of a partition's articles, with the lenses and models of the whole story."""
    given = {"models": chosen(*shared["models"]), "repeated": shared["repeated"], **given}
    given["_found_events"] = None  # they are found over all articles, and no worker asks for them
    return Story.from_articles(articles, lenses=shared["lenses"], made=given)


def shares_of(articles: pd.DataFrame, shared: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """First pass: sentences, tokens, and the partition's share of what all articles decide."""
    story = _story_of(articles, shared, {})
    made = {name: getattr(story, name) for name in FIRST_PASS}
    with patiently():
        for table in story.lens_tables.values():
            if table.joined is not None:
                made |= table.joined.first(story)
    return made | {_SAME: story.articles}


def tables_of(
    articles: pd.DataFrame, shared: dict[str, Any], read: Path | scale.Tables
) -> dict[str, pd.DataFrame]:
    """Second pass: every table of documents, and what the comparisons of outlets need of them."""
    story = _second(articles, shared, read)
    made = {t.name: story.table(t.name) for t in _documents(story) if t.saved}
    for table in story.lens_tables.values():
        if table.counted is not None:
            needs = {name: getattr(story, name) for name in table.counted.needs}
            made |= table.counted.count(**needs)
    return made


def told_of(
    articles: pd.DataFrame, shared: dict[str, Any], read: Path | scale.Tables
) -> dict[str, pd.DataFrame]:
    """Second pass: every table of documents, those that are steps to others too."""
    story = _second(articles, shared, read)
    return {table.name: story.table(table.name) for table in _documents(story)}


def _documents(story: Story) -> list[LensTable]:
    return [table for table in story.lens_tables.values() if table.of == "documents"]


def _second(
    articles: pd.DataFrame, shared: dict[str, Any], read: Path | scale.Tables
) -> Story:
    """The story of a partition's articles, from what the first pass made and what was joined."""
    with patiently():
        if isinstance(read, Path):
            read = {file.stem: _read(file) for file in sorted(read.glob("*.parquet"))}
        given = {"comparable_outlets": shared["comparable_outlets"]}
        share = dict(read)
        given |= {name: share.pop(name) for name in FIRST_PASS}
        if _SAME in share:
            given["articles"] = share.pop(_SAME)
        story = _story_of(articles, shared, given)
        for name, joined in shared["joined"].items():
            make = story.lens_tables[name].joined
            assert make is not None
            story.made[name] = make.make(story, share, joined)
    return story


# -- the story ------------------------------------------------------------------------------------


def _read(file: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    return frame_of(pq.read_table(file))


def _whole(name: str, pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The table ``name`` of its pieces."""
    held = list(pieces)
    # An empty table says nothing of the types of its further columns.
    full = [piece for piece in held if len(piece)] or held[:1]
    return schema.make(name, pd.concat(full, ignore_index=True) if full else ())


class PartitionedStory(Story):
    """A story whose tables of documents lie in partitions on the disk."""

    def __init__(
        self, story: Story, read: Sequence[Path], tables: Sequence[Path], size: int
    ) -> None:
        self.path = story.path
        self._further = story._further
        self.made = {"_corpus": (story.articles_read, story.problems_read)}
        self.made["_found_events"] = story._found_events
        self.parts = list(zip(read, tables, strict=True))
        self.size = size

    @made_once
    def sentences(self) -> pd.DataFrame:
        """The sentences of all partitions; of many articles they may not fit."""
        return self.joined("sentences", range(len(self.parts)))

    @made_once
    def set_aside(self) -> pd.DataFrame:
        """What all partitions set aside."""
        return self.joined("set_aside", range(len(self.parts)))

    @made_once
    def tokens(self) -> pd.DataFrame:
        """The tokens of all partitions; of many articles they may not fit."""
        return self.joined("tokens", range(len(self.parts)))

    def in_pieces(self, name: str) -> bool:
        """Whether a table lies in partitions: those of documents do."""
        return name in FIRST_PASS or (name in self.lens_tables and not self.is_of_outlets(name))

    def pieces(self, name: str, parts: Sequence[int] | None = None) -> Iterator[pd.DataFrame]:
        """A table of documents, or what was counted of it, partition by partition."""
        for number in range(len(self.parts)) if parts is None else parts:
            file = self.parts[number][name not in FIRST_PASS] / f"{name}.parquet"
            with pd.option_context("mode.string_storage", "python"):
                yield _read(file)

    def joined(self, name: str, parts: Sequence[int]) -> pd.DataFrame:
        """A table of documents of some partitions."""
        return _whole(name, self.pieces(name, parts))

    def rows_of(self, name: str, doc_ids: pd.Series | None) -> pd.DataFrame:
        """The rows of a table of documents that are of these articles (None: of all)."""
        if doc_ids is None:
            return super().rows_of(name, None)
        places = np.flatnonzero(self.articles["doc_id"].isin(doc_ids).to_numpy())
        wanted = set(doc_ids.tolist())
        with pd.option_context("mode.string_storage", "python"):
            parts = self.pieces(name, np.unique(places // self.size).tolist())
            return _whole(name, (part[part["doc_id"].isin(wanted)] for part in parts))

    def make(self, made: LensTable) -> pd.DataFrame:
        """The table of a lens: read from the partitions, or made of what was counted in them."""
        if self.in_pieces(made.name):
            return self.joined(made.name, range(len(self.parts)))
        if made.counted is None:
            return super().make(made)
        return self._made_of(made, made.counted.make, made.counted.further, self.pieces)
