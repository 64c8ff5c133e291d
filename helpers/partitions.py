"""A story's tables made in partitions, and read from them: what is held is a part, not the corpus.

Two passes go over the partitions (`scale`). The first cuts and tags the articles and finds each
article's local actors, which are then joined to the actors of the story in one place; the second
makes the tables of documents with those actors, and what the comparisons need of them: the counts
of words and the namings. So the result is the same for any size of partition and any number of
workers, and the same as without partitions.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers import scale, schema
from helpers.story import DOCUMENT_TABLES, Story, made_once

if TYPE_CHECKING:
    from helpers.comparing.terms import TermCounts
    from helpers.lenses.actors.merging import Registry

LARGE = 2_000
"""From so many articles on, `tables` works in partitions."""
FIRST_PASS = ("sentences", "tokens")
COUNTS = ("terms", "counts", "lengths")


def in_partitions(
    story: Story,
    folder: Path,
    *,
    size: int = scale.SIZE,
    workers: int | None = None,
    client: Any = None,
) -> PartitionedStory:
    """The same story with its tables of documents made in partitions, kept below ``folder``."""
    from helpers.comparing.events import comparable
    from helpers.lenses.actors import merging

    articles = story.articles
    options: dict[str, Any] = {"size": size, "workers": workers, "client": client}
    models = {"models": story.models.specs, "versions": story.models.versions}
    read = scale.run_partitions(
        "helpers.partitions:local_actors", articles, folder / "actors", shared=models,
        label="actors", **options,
    )  # fmt: skip
    entities = [
        pickle.loads(blob)
        for made in read
        for blob in pd.read_parquet(made / "entities.parquet")["entities"]
    ]
    known = story.actor_list
    listed = [] if known is None else [*known["actor"], *known["alias"]]
    pieces = parts_of(merging.merge(entities), len(articles), size, listed=listed)
    del entities
    further = {
        **models,
        "actor_list": story.actor_list,
        "outlets": sorted(comparable(story.originals)["outlet"].unique()),
    }
    shared = [
        {"registry": piece, "read": made, **further}
        for piece, made in zip(pieces, read, strict=True)
    ]
    del pieces
    tables = scale.run_partitions(
        "helpers.partitions:tables_of", articles, folder / "tables", shared=shared,
        label="tables", **options,
    )  # fmt: skip
    return PartitionedStory(story, read, tables, size)


def parts_of(
    registry: Registry, articles: int, size: int, *, listed: Iterable[str] = ()
) -> list[Registry]:
    """The registry as each partition of ``size`` articles needs it, counted from its first.

    Of the actors only those that occur there are kept (and those ``listed`` by the analyst), and
    of those what decides on a mention (label, type, offices, state): a partition gets a small
    piece.
    """
    from helpers.lenses.actors.labels import Actor
    from helpers.lenses.actors.merging import Registry

    home = registry.home()
    names = set(listed)
    always = [i for i, actor in enumerate(registry.actors) if actor.state and actor.label in names]
    pieces = [Registry([], {}, {}, registry.nouns, home) for _ in range(0, articles, size)]
    places: list[dict[int, int]] = [{} for _ in pieces]

    def keep(part: int, at: int) -> int:
        piece, place = pieces[part], places[part]
        if at not in place:
            actor = registry.actors[at]
            place[at] = len(piece.actors)
            piece.actors.append(
                Actor(actor.type, label=actor.label, offices=actor.offices, state=actor.state)
            )
        return place[at]

    for part in range(len(pieces)):
        for at in always:
            keep(part, at)
    for (number, local), where in registry.assigned.items():
        part, inside = divmod(number, size)
        pieces[part].assigned[inside, local] = None if where is None else keep(part, where)
    for (number, local), sure in registry.sure.items():
        part, inside = divmod(number, size)
        pieces[part].sure[inside, local] = sure
    return pieces


# -- what a worker does ---------------------------------------------------------------------------


def _part(articles: pd.DataFrame, shared: dict[str, Any]) -> Story:
    """The story of a partition's articles, with the models of the whole story."""
    from helpers.models import chosen

    story = Story.from_articles(articles)
    story.__dict__["models"] = chosen(shared["models"])
    return story


def local_actors(articles: pd.DataFrame, shared: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """First pass: sentences, tokens, and one row per article with its local actors, pickled."""
    from helpers.lenses.actors import finding

    story = _part(articles, shared)
    names = finding.read(articles, story.sentences, story.tokens, finder=story.models.names)
    blobs = {
        "entities": [pickle.dumps(article.entities, protocol=5) for article in names],
        "found": [pickle.dumps(article.found, protocol=5) for article in names],
    }
    tables = {name: pd.DataFrame({name: column}) for name, column in blobs.items()}
    return {name: getattr(story, name) for name in FIRST_PASS} | tables


def tables_of(articles: pd.DataFrame, shared: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Second pass: every table of documents, with the actors of the whole story."""
    from helpers.lenses.actors import finding

    story = _part(articles, shared)
    made: Path = shared["read"]
    with pd.option_context("mode.string_storage", "python"):
        for name in FIRST_PASS:
            story.__dict__[name] = pd.read_parquet(made / f"{name}.parquet")
        blobs = [pd.read_parquet(made / f"{n}.parquet")[n].tolist() for n in ("found", "entities")]
        names = finding.read_again(
            articles, story.sentences, story.tokens,
            found=[pickle.loads(blob) for blob in blobs[0]],
            entities=[pickle.loads(blob) for blob in blobs[1]],
        )  # fmt: skip
        story.__dict__["_found"] = finding.mentions_of(
            names, shared["registry"], actor_list=shared["actor_list"]
        )
    tables = {name: getattr(story, name) for name in DOCUMENT_TABLES if name not in FIRST_PASS}
    return tables | _for_comparisons(story, shared["outlets"])


def _for_comparisons(story: Story, outlets: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The words and the namings of a partition's articles, as the comparisons count them."""
    from helpers.comparing.events import comparable
    from helpers.comparing.spans import voice_mask
    from helpers.comparing.terms import Counting
    from helpers.lenses import keyness, naming

    counts = keyness.counted(
        story.tokens, comparable(story.articles), story.quotes, story.sentences,
        Counting(outlets=outlets),
    )  # fmt: skip
    found = naming.namings(story.tokens, story.mentions)
    return {
        "terms": pd.DataFrame({"term": pd.Series(counts.terms, dtype="str")}),
        "counts": pd.DataFrame({"doc": counts.doc, "term": counts.term, "n": counts.count}),
        "lengths": pd.DataFrame(
            {"doc_id": pd.Series(counts.doc_ids, dtype="str"), "words": counts.words}
        ),
        "namings": found[voice_mask(found, story.quotes, voice="author")].reset_index(drop=True),
    }


# -- the story ------------------------------------------------------------------------------------


def _whole(name: str, pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The table ``name`` of its pieces."""
    held = list(pieces)
    # An empty table says nothing of the types of its further columns.
    full = [piece for piece in held if len(piece)] or held[:1]
    return schema.make(name, pd.concat(full, ignore_index=True) if full else ())


def _loaded(name: str) -> Any:
    def whole(story: PartitionedStory) -> pd.DataFrame:
        return story.joined(name, range(len(story.parts)))

    whole.__doc__ = f"The table `{name}` of all partitions; of many articles it may not fit."
    return made_once(whole)


class PartitionedStory(Story):
    """A story whose tables of documents lie in partitions on the disk."""

    def __init__(
        self, story: Story, read: Sequence[Path], tables: Sequence[Path], size: int
    ) -> None:
        self.path = story.path
        self.__dict__["_corpus"] = (story.articles, story._problems_so_far)
        self.parts = list(zip(read, tables, strict=True))
        self.size = size

    sentences = _loaded("sentences")
    tokens = _loaded("tokens")
    mentions = _loaded("mentions")
    quotes = _loaded("quotes")
    sentiment = _loaded("sentiment")
    target_sentiment = _loaded("target_sentiment")
    frames = _loaded("frames")
    agency = _loaded("agency")

    def pieces(self, name: str, parts: Sequence[int] | None = None) -> Iterator[pd.DataFrame]:
        """A table of documents partition by partition."""
        for number in range(len(self.parts)) if parts is None else parts:
            file = self.parts[number][name not in FIRST_PASS] / f"{name}.parquet"
            with pd.option_context("mode.string_storage", "python"):
                yield pd.read_parquet(file)

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

    @made_once
    def keyness(self) -> pd.DataFrame:
        """One row per outlet and term, author's voice: the outlet against all others."""
        from helpers.lenses import keyness

        notes: list[dict[str, str]] = []
        table = keyness.keyness_of_parts(
            self._counts, self.originals, events=self._event_column, problems=notes
        )
        self.note_all(notes)
        return self._checked("keyness", table)

    def _counts(self) -> Iterator[TermCounts]:
        from helpers.comparing.terms import TermCounts

        for terms, counts, lengths in zip(*(self.pieces(name) for name in COUNTS), strict=True):
            yield TermCounts(
                tuple(lengths["doc_id"].tolist()),
                tuple(terms["term"].tolist()),
                lengths["words"].to_numpy(np.float64),
                *(counts[column].to_numpy(np.int64) for column in ("doc", "term", "n")),
            )

    @made_once
    def naming(self) -> pd.DataFrame:
        """One row per actor, outlet and label, author's voice."""
        from helpers.lenses import naming

        notes: list[dict[str, str]] = []
        table = naming.naming_of_parts(self.pieces("namings"), self.originals, problems=notes)
        self.note_all(notes)
        return self._checked("naming", table)
