"""A story: a folder's settings and its tables, each computed once, in any order.

    >>> from helpers.story import Story                      # doctest: +SKIP
    >>> story = Story("data/stories/us-iran-2019")           # doctest: +SKIP
    >>> story.quotes.groupby("actor").size()                 # doctest: +SKIP

Every table is checked against `helpers.schema` as it is made. Tables of single documents
(sentences, mentions, quotes …) cover all articles; comparisons of outlets (keyness, naming,
coverage …) leave out what is marked as a duplicate.
"""

from __future__ import annotations

import gc
import os
import textwrap
from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from helpers import schema
from helpers.settings import StoryFolder, locate
from helpers.statistics import many
from helpers.wording import count

if TYPE_CHECKING:
    from helpers.briefing import Finding
    from helpers.models import Models

T = TypeVar("T")
ONE_RUN = "PARALLAX_ONE_RUN"
"""Environment variable, set while a report is made: stories of the same path share their tables."""
_RUN: dict[str, dict[str, Any]] = {}
MOST = "PARALLAX_MOST_ARTICLES"
"""Environment variable: of a story with more articles a sample is told (`windows.sampled`)."""

DOCUMENT_TABLES = (
    "sentences",
    "mentions",
    "quotes",
    "sentiment",
    "target_sentiment",
    "frames",
    "agency",
)
COMPARISONS = ("keyness", "naming", "coverage")
SAVED = ("articles", "problems", *DOCUMENT_TABLES, *COMPARISONS, "findings", "evidence")


def made_once(make: Callable[[Any], T]) -> cached_property[T]:
    """A table that is computed once, in surroundings that suit its making.

    Making a table allocates hundreds of thousands of small objects and no cycles: at Python's
    default thresholds the collector takes a quarter of the time and finds nothing. And its texts
    go from lists to columns and back many times, which costs a tenth less without Arrow.
    """

    @wraps(make)
    def patiently(story: Any) -> T:
        before = gc.get_threshold()
        if before[0] > 0:
            gc.set_threshold(max(before[0], 100_000), max(before[1], 50), max(before[2], 50))
        try:
            with pd.option_context("mode.string_storage", "python"):
                return make(story)
        finally:
            gc.set_threshold(*before)

    return cached_property(patiently)


class Story(StoryFolder):
    """The articles of one story, and every table that is made from them.

    Parameters
    ----------
    path
        A story folder, any folder of articles, one article, one table file, or a story's name.
    """

    def __init__(self, path: str | os.PathLike[str] = "us-iran-2019") -> None:
        self.path = locate(path)
        if os.environ.get(ONE_RUN):
            # The notebooks of one report run one after the other in one process on one story:
            # they share its tables instead of computing them six times.
            self.__dict__ = _RUN.setdefault(str(self.path), self.__dict__)

    @classmethod
    def from_texts(cls, *texts: str, outlets: Iterable[str] = ()) -> Story:
        """A story of texts at hand, one article each, to try a method on.

        >>> Story.from_texts("The minister left. Nobody spoke.").sentences["text"].tolist()
        ['The minister left.', 'Nobody spoke.']
        """
        named = [*outlets]
        rows = [
            {
                "doc_id": f"text-{i + 1}",
                "file": f"text-{i + 1}",
                "outlet": named[i] if i < len(named) else "unknown",
                "text": text,
                "n_words": len(text.split()),
            }
            for i, text in enumerate(texts)
        ]
        return cls.from_articles(schema.make("articles", rows), name="texts")

    @classmethod
    def from_articles(
        cls,
        articles: pd.DataFrame,
        *,
        name: str = "story",
        problems: pd.DataFrame | None = None,
        folder: str | os.PathLike[str] | None = None,
    ) -> Story:
        """A story of a table of articles; ``folder`` may hold its settings and lists."""
        schema.check_table("articles", articles)
        story = cls.__new__(cls)
        story.path = Path(folder).resolve() if folder else Path(os.devnull) / name
        read = problems if problems is not None else schema.make("problems")
        story.__dict__["_corpus"] = (articles, read)
        return story

    def __repr__(self) -> str:
        from helpers import overview

        per_outlet = overview.by_outlet(self.articles).set_index("outlet")
        days = self.originals["published"].dropna()
        undated = len(self.originals) - len(days)
        first, last = (str(days.min()), str(days.max())) if len(days) else ("", "")
        period = f"{first} to {last}" if len(days) else "no dates"
        repeats = len(self.articles) - int(per_outlet["articles"].sum())
        counts = per_outlet["articles"].to_dict()
        outlets = ", ".join(f"{outlet} {counts[outlet]}" for outlet in self.outlets[:8])
        more = f" and {len(self.outlets) - 8} more" if len(self.outlets) > 8 else ""
        kept = len(self.articles) - repeats
        left_out = f"; {count(repeats, 'duplicate')} left out of counts" if repeats else ""
        doubts = len(self._problems_so_far)
        lines = {
            "Story": self.title,
            "question": self.question,
            "articles": f"{kept}{left_out}",
            "words": f"{int(per_outlet['words'].sum()):,}",
            "period": period + (f"; {undated} undated" if undated and len(days) else ""),
            "outlets": f"{outlets}{more}",
            "support": overview.support(self.articles),
            "doubts": f"{doubts} in the files (see .problems)" if doubts else "none in the files",
            "tables": ", ".join(SAVED),
        }
        return "\n".join(
            textwrap.fill(line, 88, initial_indent=f"{name:<10}", subsequent_indent=" " * 10)
            for name, line in lines.items()
        )

    @cached_property
    def models(self) -> Models:
        """The tagger, name finder and target-sentiment model that the settings choose."""
        from helpers.models import chosen

        models = chosen(self.settings.further.get("models", {}))
        self.note_all(models.notes())
        return models

    @property
    def question(self) -> str:
        """The question that the briefing answers."""
        if self.settings.question:
            return self.settings.question
        several = len(set(self.outlets) - {schema.UNKNOWN_OUTLET}) > 1
        return f"How do these {'outlets' if several else 'articles'} tell the story?"

    # -- reading ----------------------------------------------------------------------------

    @made_once
    def _corpus(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        from helpers import corpus

        articles, problems = corpus.read(self.path)
        schema.check_table("articles", articles)
        most = int(os.environ.get(MOST) or len(articles))
        if len(articles) <= most:
            return articles, problems
        from helpers.comparing.windows import sampled

        chosen = sampled(articles[articles["duplicate_of"].isna()], most=most)
        row = {
            "file": "articles",
            "problem": f"{len(articles):,} articles are more than the {most:,} that are told of",
            "action": f"{len(chosen):,} of them are, those of whole weeks or days that are evenly "
            "spaced; `tables` makes the tables of all",
        }
        rows: list[Any] = [*problems.to_dict("records"), row]
        return chosen, schema.make("problems", rows)

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article."""
        return self._corpus[0]

    @property
    def problems(self) -> pd.DataFrame:
        """One row per file or row that was not read, or was read with doubt.

        What the comparisons had to give up is in it too; asking for it makes them.
        """
        _ = self.keyness, self.naming, self.coverage
        return self._problems_so_far

    @property
    def _problems_so_far(self) -> pd.DataFrame:
        _ = self.models
        rows = pd.concat([self._corpus[1], self.notes], ignore_index=True)
        ordered = rows.sort_values(["file", "problem"], kind="stable")
        return ordered.drop_duplicates(["file", "problem"], ignore_index=True)

    @property
    def originals(self) -> pd.DataFrame:
        """`articles` without duplicates (with them where the settings ask for it)."""
        if self.settings.count_duplicates:
            return self.articles
        return self.articles[self.articles["duplicate_of"].isna()].reset_index(drop=True)

    @made_once
    def outlets(self) -> list[str]:
        """The outlets, in the order of the settings, then by their number of articles."""
        counts = self.originals["outlet"].value_counts()
        listed = [o for o in self.settings.outlets if o in counts.index]
        rest = sorted((o for o in counts.index if o not in listed), key=lambda o: (-counts[o], o))
        return [*listed, *rest]

    def in_originals(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table of documents that are not of duplicates."""
        return table[table["doc_id"].isin(self.originals["doc_id"])].reset_index(drop=True)

    def with_outlet(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of original articles, with their outlet as a further column."""
        known = self.originals.set_index("doc_id")["outlet"]
        kept = self.in_originals(table)
        return kept.assign(outlet=kept["doc_id"].map(known).astype("str"))

    # -- the tables of documents ------------------------------------------------------------

    @made_once
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        from helpers import segment

        return self._checked("sentences", segment.sentences(self.articles))

    @made_once
    def tokens(self) -> pd.DataFrame:
        """One row per token, in text order, tagged. Not saved."""
        from helpers import segment

        return segment.tokens(self.articles, self.sentences, tagger=self.models.tagger)

    @made_once
    def _found(self) -> pd.DataFrame:
        from helpers.lenses import actors

        return actors.find_mentions(
            self.articles, self.sentences, self.tokens,
            actor_list=self.actor_list, finder=self.models.names,
        )  # fmt: skip

    @made_once
    def quotes(self) -> pd.DataFrame:
        """One row per content span of an attribution."""
        from helpers.lenses import quotes

        found = quotes.find_quotes(self.articles, self.sentences, self.tokens, self._found)
        return self._checked("quotes", found)

    @made_once
    def mentions(self) -> pd.DataFrame:
        """One row per mention of an actor, with the voice it stands in."""
        return self._checked("mentions", self._voiced(self._found))

    @made_once
    def sentiment(self) -> pd.DataFrame:
        """One row per sentence: NLTK's VADER, and the voice of the sentence."""
        from helpers.lenses import sentiment

        scored = sentiment.sentence_sentiment(self.sentences)
        spans = self.sentences[["doc_id", "sentence_id", "start", "end"]]
        voice = self._voiced(spans)[["doc_id", "sentence_id", "voice"]]
        scored = scored.drop(columns="voice").merge(voice, on=["doc_id", "sentence_id"], how="left")
        return self._checked("sentiment", schema.make("sentiment", scored))

    @made_once
    def target_sentiment(self) -> pd.DataFrame:
        """One row per mention: what its sentence says of the actor."""
        from helpers.lenses import sentiment

        scored = sentiment.target_sentiment(
            self.mentions, self.sentences, model=self.models.target_sentiment
        )
        return self._checked("target_sentiment", scored)

    @made_once
    def frames(self) -> pd.DataFrame:
        """One row per cue of a generic frame."""
        from helpers.lenses import frames

        return self._checked("frames", self._voiced(frames.frames(self.sentences, self.tokens)))

    @made_once
    def agency(self) -> pd.DataFrame:
        """One row per clause with an actor as doer or done-to."""
        from helpers.lenses import agency

        found = agency.agency(self.articles, self.sentences, self.tokens, self.mentions)
        return self._checked("agency", self._voiced(found))

    # -- comparisons of outlets ---------------------------------------------------------------

    @made_once
    def events(self) -> pd.Series:
        """The event of each original article (index: doc_id): within it outlets are exchanged."""
        from helpers.comparing.events import event_strata

        notes: list[dict[str, str]] = []
        strata = event_strata(self.originals, events=self._event_column, problems=notes)
        self.note_all(notes)
        return strata

    @property
    def _event_column(self) -> str | None:
        return self.settings.event or None

    @made_once
    def keyness(self) -> pd.DataFrame:
        """One row per outlet and term, author's voice: the outlet against all others."""
        from helpers.lenses import keyness

        notes: list[dict[str, str]] = []
        table = keyness.keyness(
            self.tokens,
            self.originals,
            quotes=self.quotes,
            sentences=self.sentences,
            events=self._event_column,
            problems=notes,
        )
        self.note_all(notes)
        return self._checked("keyness", table)

    @made_once
    def naming(self) -> pd.DataFrame:
        """One row per actor, outlet and label, author's voice."""
        from helpers.lenses import naming

        notes: list[dict[str, str]] = []
        table = naming.naming(
            self.tokens, self.mentions, self.originals, quotes=self.quotes, problems=notes
        )
        self.note_all(notes)
        return self._checked("naming", table)

    @made_once
    def coverage(self) -> pd.DataFrame:
        """One row per reported fact and outlet."""
        from helpers.lenses import coverage

        notes: list[dict[str, str]] = []
        table = coverage.coverage_of_parts(
            self._part_for_coverage,
            self.originals,
            facts=self.facts,
            events=self._event_column,
            outlets=self.outlets,
            problems=notes,
        )
        self.note_all(notes)
        return self._checked("coverage", table)

    # -- parts ----------------------------------------------------------------------------------

    def rows_of(self, name: str, doc_ids: pd.Series | None) -> pd.DataFrame:
        """The rows of a table of documents that are of these articles (None: of all)."""
        table: pd.DataFrame = getattr(self, name)
        if doc_ids is None:
            return table
        return table[table["doc_id"].isin(doc_ids)].reset_index(drop=True)

    def _part_for_coverage(self, doc_ids: pd.Series | None) -> Any:
        from helpers.lenses.coverage.method import Part

        return Part(*(self.rows_of(name, doc_ids) for name in ("sentences", "tokens", "mentions")))

    @cached_property
    def _told(self) -> pd.DataFrame:
        """The articles that the findings are read from: all that count or, of many, a sample."""
        if not many(len(self.originals)):
            return self.originals
        from helpers.comparing.windows import sampled

        chosen = sampled(self.originals)
        self.note(
            "articles",
            f"{len(self.originals):,} articles are too many for findings on all of them",
            f"findings that are not about words or facts rest on {len(chosen):,} articles, "
            "those of whole weeks or days that are evenly spaced",
        )
        return chosen

    # -- the briefing -------------------------------------------------------------------------

    @made_once
    def claims(self) -> list[Finding]:
        """The findings, each with its number, interval, method and sentences."""
        from helpers import briefing

        told = self._told
        documents = ("mentions", "quotes", "target_sentiment", "agency", "frames", "tokens")
        sample = many(len(self.originals))
        docs = told["doc_id"] if sample else None
        tables: dict[str, Any] = {name: self.rows_of(name, docs) for name in documents}
        return briefing.find(
            told,
            **tables,
            keyness=self.keyness,
            naming=_naming_in(told, tables) if sample else self.naming,
            coverage=self.coverage,
            facts=self._statements,
            events=self._event_column,
        )

    @property
    def _statements(self) -> dict[str, str]:
        if self.facts is None:
            return {}
        return dict(zip(self.facts["fact_id"], self.facts["statement"], strict=True))

    @made_once
    def _briefing(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        from helpers import briefing

        return briefing.tables(self.claims)

    @property
    def findings(self) -> pd.DataFrame:
        """One row per claim of the briefing, the one most worth saying first."""
        return self._briefing[0]

    @property
    def evidence(self) -> pd.DataFrame:
        """One row per span that supports a claim."""
        return self._briefing[1]

    def _voiced(self, spans: pd.DataFrame) -> pd.DataFrame:
        from helpers.lenses import quotes

        return quotes.add_voice(spans, self.quotes)

    def _checked(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        schema.check_table(name, table)
        return table


def _naming_in(articles: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The names given in a sample: a finding's number must be that of its sentences."""
    from helpers.lenses import naming

    return naming.naming(tables["tokens"], tables["mentions"], articles, quotes=tables["quotes"])
