"""A story: a folder's settings and its tables, each computed once, in any order.

    >>> from helpers.story import Story                      # doctest: +SKIP
    >>> story = Story("data/stories/us-iran-2019")           # doctest: +SKIP
    >>> story.quotes.groupby("actor").size()                 # doctest: +SKIP

Every table is checked against `helpers.schema` as it is made. Tables of single documents
(sentences, mentions, quotes …) cover all articles; comparisons of outlets (keyness, naming,
coverage …) leave out what is marked as a duplicate. Which tables there are beside articles,
sentences and tokens is said by the lenses (`helpers.lenses`).
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import lenses, schema
from helpers.asking import Askable, Selection
from helpers.lenses import LensTables
from helpers.lexicons import LANGUAGE
from helpers.made import kept, made_once
from helpers.settings import Compare, comparison, near_remedy
from helpers.story_folder import StoryError, StoryFolder, locate
from helpers.wording import count, listing

if TYPE_CHECKING:
    from helpers.by_article import ByArticle
    from helpers.findings.finding import Finding
    from helpers.layout import Repeated
    from helpers.lenses.lens import Joined, Lens, LensTable
    from helpers.models import Models
    from helpers.segment import Cut

READ = ("articles", "problems", "sentences", "set_aside")
BRIEFED = ("findings", "evidence", "codes", "checks")
"""Saved tables that are no lens's: made by reading, by the briefing, and of people's codes."""
ONE_RUN = "PARALLAX_ONE_RUN"
"""Environment variable, set while a report is made: stories of the same path share their tables."""
_RUN: dict[str, dict[str, Any]] = {}
_NO_REFERENCE = "left out; name a folder of other articles"
BY = "PARALLAX_BY"
"""Environment variable: what is compared in place of what ``story.toml`` says (``--by``)."""
WIRE = "PARALLAX_WIRE"
"""Environment variable: how shared text counts, whatever ``story.toml`` says (``--wire``)."""
MOST = "PARALLAX_MOST_ARTICLES"
"""Environment variable: of a story with more articles a sample is told (`windows.sampled`)."""


def saved_tables(of: Sequence[Lens] = ()) -> tuple[str, ...]:
    """The tables that are written to disk: those of documents first, then those of outlets.

    ``of`` are the lenses of a story; without them ours.
    """
    tables = [made for lens in of or lenses.load() for made in lens.tables if made.saved]
    names = [made.name for kind in ("documents", "outlets") for made in tables if made.of == kind]
    return (*READ, *names, *BRIEFED)


class Story(Askable, LensTables, StoryFolder):
    """The articles of one story, and every table that is made from them.

    Parameters
    ----------
    path
        A story folder, any folder of articles, one article, one table file, or a story's name.
    lenses
        Lenses beside our own and those that its ``story.toml`` asks for.
    """

    def __init__(
        self, path: str | os.PathLike[str] = "us-iran-2019", *, lenses: Sequence[Lens] = ()
    ) -> None:
        self.path = locate(path)
        self._further = tuple(lenses)
        self.made = {}
        if os.environ.get(ONE_RUN):
            # The notebooks of one report run one after the other in one process on one story:
            # they share its tables instead of computing them six times.
            self.made = _RUN.setdefault(str(self.path), {})

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
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        name: str = "frame",
        folder: str | os.PathLike[str] | None = None,
    ) -> Story:
        """A story of any data frame with a column `text`, and `outlet`, `published`, `title` …

        Its rows are read as those of a table file are: what cannot be used is in `problems`, copies
        and origins are found. ``folder`` may hold settings and lists.

        >>> frame = pd.DataFrame({"text": ["Talks fail.", "Talks go on."], "Outlet": ["A", "B"]})
        >>> Story.from_frame(frame).outlets
        ['A', 'B']
        """
        from helpers import corpus

        articles, problems = corpus.of_frame(frame)
        return cls.from_articles(articles, name=name, problems=problems, folder=folder)

    @classmethod
    def from_articles(
        cls,
        articles: pd.DataFrame,
        *,
        name: str = "story",
        problems: pd.DataFrame | None = None,
        folder: str | os.PathLike[str] | None = None,
        lenses: Sequence[Lens] = (),
        made: Mapping[str, Any] | None = None,
    ) -> Story:
        """A story of a table of articles; ``folder`` may hold its settings and lists.

        ``made`` are tables that need not be made again.
        """
        schema.check_table("articles", articles)
        story = cls.__new__(cls)
        story.path = Path(folder).resolve() if folder else Path(os.devnull) / name
        story._further = tuple(lenses)
        read = problems if problems is not None else schema.make("problems")
        story.made = {}
        story.made |= {"_corpus": (story.under_one_name(articles), read), **(made or {})}
        return story

    def __getattr__(self, name: str) -> Any:
        # Asked only for what no class declares: the table of a lens of somebody else.
        if hasattr(type(self), name) or name.startswith("_") or name in {"made", "path"}:
            return object.__getattribute__(self, name)  # raises what was raised before
        if name in self.lens_tables:
            return self.table(name)
        raise AttributeError(
            f"a story has no table {name!r}; it has {', '.join(self.saved)} and tokens"
        )

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.saved})

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
        doubts = len(self.problems_read)
        lines = {
            "Story": self.title,
            "question": self.question,
            "articles": f"{kept}{left_out}",
            "words": f"{int(per_outlet['words'].sum()):,}",
            "period": period + (f"; {undated} undated" if undated and len(days) else ""),
            "outlets": f"{outlets}{more}",
            "support": overview.support(self.articles),
            **self._compared_line(),
            "doubts": f"{doubts} in the files (see .problems)" if doubts else "none in the files",
            "tables": ", ".join(self.saved),
        }
        if self.settings.language != LANGUAGE:
            lines["doubts"] += f"; {self.settings.language!r} is read with {LANGUAGE!r} lists"
        return "\n".join(
            textwrap.fill(line, 88, initial_indent=f"{name:<10}", subsequent_indent=" " * 10)
            for name, line in lines.items()
        )

    def _compared_line(self) -> dict[str, str]:
        from helpers.comparing.events import compared_within
        from helpers.comparing.sides import PUBLISHER, exchange_strata, moved_whole

        named = self.originals[self.originals["outlet"] != schema.UNKNOWN_OUTLET]
        if named["outlet"].nunique() < 2:
            return {}
        if moved_whole(named) is not None:
            of = named.groupby("outlet")[PUBLISHER].nunique()
            sides = listing([f"{side} ({count(n, 'outlet')})" for side, n in of.items()], 6)
            return {"compared": f"{sides}: outlets move between the sides as a whole"}
        strata = exchange_strata(named, events=self.event_column, problems=[])
        return {"compared": f"within {compared_within(strata, named['outlet'])}"}

    @made_once
    def models(self) -> Models:
        """The tagger, name finder and target-sentiment model that the settings choose."""
        from helpers.models import chosen_by

        models = chosen_by(self.settings, words=int(self.articles_read["n_words"].sum()))
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

        articles, problems = corpus.read(self.path, self.settings, origins=self.origins)
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

    @made_once
    def origins(self) -> dict[str, dict[str, str]]:
        """From where outlet, day and title of each article were taken, by its `file`; empty until
        the articles were read."""
        return {}

    @property
    def articles_read(self) -> pd.DataFrame:
        """`articles` as they were read, with every word counted."""
        return self._corpus[0]

    @made_once
    def articles(self) -> pd.DataFrame:
        """One row per article."""
        from helpers import segment

        articles = segment.counted(self.articles_read, self.set_aside)
        found = self._found_events
        if found is not None:
            articles = articles.assign(event=found.array, event_found=True)
        from helpers.comparing.sides import PUBLISHER, sided

        if self.compared_groups is None or PUBLISHER in articles:
            return articles
        notes: list[dict[str, str]] = []
        articles = sided(articles, self.compared_groups, notes)
        self.note_all(notes)
        return articles

    @property
    def compared_groups(self) -> Compare | None:
        """What is compared in place of single outlets: as ``--by`` asks, else as the settings."""
        asked = os.environ.get(BY)
        return comparison(asked) if asked else self.settings.compare

    @made_once
    def _found_events(self) -> pd.Series | None:
        """The event of each article by what it tells, where nobody has said it."""
        read = self.articles_read
        if self.event_column is not None or read["event"].notna().any():
            return None
        from helpers.comparing.found_events import found_events

        return found_events(read, self.set_aside).astype("str")

    @property
    def problems(self) -> pd.DataFrame:
        """One row per file or row that was not read, or was read with doubt.

        What the comparisons had to give up is in it too; asking for it makes them.
        """
        for name in filter(self.is_of_outlets, self.lens_tables):
            self.table(name)
        if self.settings.questions:
            _ = self.claims
        _ = self.codes
        return self.problems_read

    @property
    def problems_read(self) -> pd.DataFrame:
        """`problems` as far as they are known without making the comparisons."""
        _ = self.models
        if self.compared_groups is not None:
            _ = self.articles  # what cannot be compared is told when the sides are made
        rows = pd.concat([self._corpus[1], self.notes], ignore_index=True)
        ordered = rows.sort_values(["file", "problem"], kind="stable")
        return ordered.drop_duplicates(["file", "problem"], ignore_index=True)

    @property
    def originals(self) -> pd.DataFrame:
        """`articles` without duplicates (with them where the settings ask for it).

        Where shared text counts ``once``, also without those that print another outlet's text.
        """
        if self.settings.count_duplicates:
            return self.articles
        kept = self.articles["duplicate_of"].isna()
        if self.wire == "once":
            kept &= self.earlier_print.isna().to_numpy()
        return self.articles[kept].reset_index(drop=True)

    @made_once
    def earlier_print(self) -> pd.Series:
        """By doc_id, the earlier article whose text an article prints; missing without one."""
        from helpers.comparing.prints import earlier_print

        return earlier_print(self.articles)

    @property
    def wire(self) -> str:
        """How text that several outlets print counts: as ``--wire`` asks, else as the settings."""
        return os.environ.get(WIRE) or self.settings.wire

    @made_once
    def outlets(self) -> list[str]:
        """The outlets (or sides), in the order of the settings, then by number of articles."""
        counts = self.originals["outlet"].value_counts()
        groups = self.compared_groups.groups if self.compared_groups else ()
        listed = [o for o in (*groups, *self.settings.outlets) if o in counts.index]
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

    @made_once
    def reference(self) -> Story | None:
        """The corpus that outlets' words are held against, where the settings name one."""
        from helpers.corpus import CorpusError

        if not self.settings.reference:
            return None
        place = (self.folder / self.settings.reference).resolve()
        file, named = "story.toml", f"reference.path {self.settings.reference!r}"
        own = self.folder / "articles"
        own = own if own.is_dir() else self.folder
        if self.folder.is_relative_to(place) or place.is_relative_to(own):
            self.note(file, f"{named} is where the story's own articles are", _NO_REFERENCE)
            return None
        if not place.exists():
            beside = [entry.name for entry in self.folder.iterdir() if entry.is_dir()]
            remedy = near_remedy(self.settings.reference, beside, "it begins at the story's folder")
            self.note(file, f"{named}: there is no such folder or file", f"left out; {remedy}")
            return None
        try:
            found = Story(place)
            _ = found.articles_read
        except (CorpusError, StoryError) as error:
            self.note(file, f"{named}: {error}", _NO_REFERENCE)
            return None
        return found

    # -- the tables -------------------------------------------------------------------------

    @made_once
    def repeated(self) -> Repeated:
        """What each outlet prints in article after article."""
        from helpers import layout

        return layout.repeated(self.articles_read)

    @made_once
    def _cut(self) -> Cut:
        from helpers import segment

        @cache
        def made(docs: tuple[str, ...] | None) -> Cut:
            read = self.articles_read
            some = read if docs is None else read[read["doc_id"].isin(docs)]
            return segment.cut(some, known=self.repeated)

        if self._kept_of_text is None:
            return made(None)
        return segment.Cut(
            self._kept_of_text.table("sentences", lambda docs: made(docs).sentences),
            self._kept_of_text.table("set_aside", lambda docs: made(docs).set_aside),
        )

    @made_once
    def _kept_of_text(self) -> ByArticle | None:
        """Rows that depend on an article, and on what its outlet repeats; None: none are kept."""
        from helpers import by_article

        read = self.articles_read
        ours = self.path.exists() and not self.models.specs
        if not ours or len(read) < by_article.LEAST:
            return None
        store = by_article.store()
        if store is None:
            return None
        again = read["outlet"].map(lambda outlet: repr(self.repeated.of(outlet)))
        keys = by_article.keys_of(read.assign(again=again))
        return by_article.ByArticle(read["doc_id"], keys, store)

    @made_once
    def _kept_of_article(self) -> ByArticle | None:
        """Rows that depend, beside, on what is said of the article, and on the models."""
        from helpers import by_article

        if self._kept_of_text is None:
            return None
        said = self.articles.drop(columns=["text", "event", "event_found"], errors="ignore")
        return self._kept_of_text.with_(by_article.keys_of(said, self.models.depth.name))

    @made_once
    def _kept_of_actors(self) -> ByArticle | None:
        """Rows that depend, beside, on which actors an article's mentions are."""
        from helpers import by_article

        if self._kept_of_article is None:
            return None
        found = by_article.sums_of(self.table(by_article.WHO), self._kept_of_article.docs)
        return self._kept_of_article.with_(found)

    def unread(self) -> list[str]:
        """The articles of which nothing is kept; none where nothing can be."""
        return [] if self._kept_of_text is None else self._kept_of_text.missing("sentences")

    def keep_read(self, docs: Sequence[str], read: Mapping[str, pd.DataFrame]) -> None:
        """Keep what was read of some articles elsewhere: sentences, tokens, shares of what all
        articles decide, each in their order."""
        if self._kept_of_text is None:
            return
        for name in ("sentences", "set_aside"):
            self._kept_of_text.keep(name, docs, read[name])
        assert self._kept_of_article is not None
        self._kept_of_article.keep("tokens", docs, read["tokens"])
        joined = [t.name for lens in lenses.load() for t in lens.tables if t.joined is not None]
        if len(joined) == 1 and len(self.lenses) == len(lenses.load()):
            rest = [table for name, table in read.items() if name not in (*READ, "tokens")]
            self._kept_of_article.keep(joined[0], docs, pd.concat(rest, axis="columns"))

    def keep_told(self, docs: Sequence[str], told: Mapping[str, pd.DataFrame]) -> None:
        """Keep the tables of documents that were made elsewhere of all articles, in their order."""
        from helpers import by_article

        if self._kept_of_article is None:
            return
        self.made[by_article.WHO] = told[by_article.WHO]
        assert self._kept_of_actors is not None
        for name, table in told.items():
            if name != by_article.WHO:
                self._kept_of_actors.keep(name, docs, table)

    def _some(self, docs: tuple[str, ...] | None) -> Story:
        """The part of the story with these articles (None: all)."""
        return self if docs is None else self.where(doc_id=[*docs])

    @made_once
    def sentences(self) -> pd.DataFrame:
        """One row per sentence."""
        return self._checked("sentences", self._cut.sentences)

    @made_once
    def set_aside(self) -> pd.DataFrame:
        """One row per span that is set aside as boilerplate."""
        return self._checked("set_aside", self._cut.set_aside)

    @made_once
    def tokens(self) -> pd.DataFrame:
        """One row per token, in text order, tagged. Not saved."""
        from helpers import segment

        def made(docs: tuple[str, ...] | None) -> pd.DataFrame:
            part = self._some(docs)
            return segment.tokens(
                part.articles, part.sentences, set_aside=part.set_aside, tagger=part.models.tagger
            )

        if self._kept_of_article is None:
            return made(None)
        return schema.make("tokens", self._kept_of_article.table("tokens", made))

    @made_once
    def lenses(self) -> tuple[Lens, ...]:
        """Our lenses, then those that were given, then those that ``story.toml`` asks for."""
        asked = lenses.installed(self.settings.lenses)
        return (*lenses.load(), *map(lenses.known, self._further), *asked)

    @made_once
    def lens_tables(self) -> dict[str, LensTable]:
        """The lenses' tables by their names, and how they are made."""
        return {made.name: made for lens in self.lenses for made in lens.tables}

    @property
    def saved(self) -> tuple[str, ...]:
        """The tables that are written to disk, by name."""
        return saved_tables(self.lenses)

    def is_of_outlets(self, name: str) -> bool:
        """Whether a table is made from the articles of all outlets at once."""
        return name in self.lens_tables and self.lens_tables[name].of == "outlets"

    def table(self, name: str) -> pd.DataFrame:
        """The table of a lens by its name, made once."""
        return kept(self, name, lambda: self.make(self.lens_tables[name]))

    def make(self, made: LensTable) -> pd.DataFrame:
        """The table of a lens, made from the story's other tables, or of what is kept of it."""
        own = made.of == "documents" and any(made in lens.tables for lens in lenses.load())
        if not own or self._kept_of_article is None:
            return self._made_of(made, made.make, made.needs)
        if made.joined is not None:
            return self._joined_of(made.joined, made.name)
        assert self._kept_of_actors is not None
        table = self._kept_of_actors.table(
            made.name, lambda docs: self._some(docs)._made_of(made, made.make, made.needs)
        )
        return self._checked(made.name, schema.make(made.name, table))

    def _joined_of(self, joined: Joined, name: str) -> pd.DataFrame:
        """A table whose rows depend on all articles: the articles' shares are kept."""
        assert self._kept_of_article is not None
        share = self._kept_of_article.table(
            name, lambda docs: pd.concat(joined.first(self._some(docs)).values(), axis="columns")
        )
        shares = {str(column): share[[column]] for column in share}
        (whole,) = joined.join(lambda column: iter([shares[column]]), self, len(share))
        return joined.make(self, shares, whole)

    def rows_by_article(self, name: str, make: Callable[[Story], pd.DataFrame]) -> pd.DataFrame:
        """Rows that are no lens's table but, like one, made article by article of such tables.

        ``make`` takes a story of some of the articles; its rows stand in their order. They are made
        once, and kept as those of tables are.
        """

        def made() -> pd.DataFrame:
            if self._kept_of_actors is None:
                return make(self)
            return self._kept_of_actors.table(name, lambda docs: make(self._some(docs)))

        return kept(self, ("by article", name), made)

    def _made_of(
        self, made: LensTable, make: Callable[..., pd.DataFrame], needs: Sequence[str], *first: Any
    ) -> pd.DataFrame:
        notes: list[dict[str, str]] = []
        table = make(*first, **{n: notes if n == "notes" else getattr(self, n) for n in needs})
        self.note_all(notes)
        return self._checked(made.name, table) if made.saved else table

    @made_once
    def events(self) -> pd.Series:
        """The event of each original article (index: doc_id): within it outlets are permuted."""
        from helpers.comparing.events import event_strata

        notes: list[dict[str, str]] = []
        strata = event_strata(self.originals, events=self.event_column, problems=notes)
        self.note_all(notes)
        return strata

    @property
    def event_column(self) -> str | None:
        """The column of articles that the settings name for events, if they name one."""
        return self.settings.event or None

    @made_once
    def comparable_outlets(self) -> list[str]:
        """The outlets whose own words can be compared, in the order of the alphabet."""
        from helpers.comparing.events import comparable
        from helpers.comparing.sides import by_publisher

        compared = comparable(self.originals, voice="author")
        return sorted(by_publisher(compared)["outlet"].unique())

    def compared(self, lens: str, *, voice: str = "author") -> pd.DataFrame:
        """What a lens compares by outlet in one voice: its cells in the overview rest on it."""
        compared = next(each.compared for each in self.lenses if each.name == lens)
        if compared is None:
            raise StoryError(f"the lens {lens!r} compares no outlets")
        return kept(self, ("compared", lens, voice), lambda: compared(self, voice))

    # -- parts ----------------------------------------------------------------------------------

    def part(self, selection: Selection) -> Story:
        """The story of what is selected (`where`)."""
        return _Part(self, selection)

    def rows_of(self, name: str, doc_ids: pd.Series | None) -> pd.DataFrame:
        """The rows of a table of documents that are of these articles (None: of all)."""
        table: pd.DataFrame = getattr(self, name)
        if doc_ids is None:
            return table
        return table[table["doc_id"].isin(doc_ids)].reset_index(drop=True)

    @made_once
    def _told(self) -> pd.DataFrame:
        """The articles that the findings are read from: all that count or, of many, a sample."""
        from helpers.comparing.windows import sampled

        chosen = sampled(self.originals)
        if len(chosen) == len(self.originals):
            return self.originals
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

        names = [name for each in self.lenses for name in (*each.found_in, *each.looks_in)]
        tables = {name: self._told_table(name) for name in dict.fromkeys(names)}
        notes: list[dict[str, str]] = []
        asked = self.settings.questions
        found = briefing.find(
            self._told, tables, events=self.event_column, lenses=self.lenses, printed=self.articles,
            questions=asked, file_mark=self.settings_mark if asked else "", problems=notes,
        )  # fmt: skip
        self.note_all(notes)
        from helpers import coding

        return coding.checked(self, self.codes, found)

    @made_once
    def codes(self) -> pd.DataFrame:
        """One row per item that people coded, and coder."""
        from helpers import coding

        read = coding.read_codes(self)
        self.note_all(read.problems)
        return self._checked("codes", schema.make("codes", read.table))

    @made_once
    def checks(self) -> pd.DataFrame:
        """One row per lens, label and outlet: how often the program is right, by the codes."""
        from helpers import coding

        return schema.make("checks", coding.accuracy(coding.held(self, self.codes)))

    def _told_table(self, name: str) -> pd.DataFrame:
        """A table as the findings read it: of many articles, only what is of the sample."""
        sample = None if len(self._told) == len(self.originals) else self._told["doc_id"]
        if not self.is_of_outlets(name):
            return self.rows_of(name, sample)
        made = self.lens_tables[name]
        if sample is None or not made.sampled:
            return self.table(name)
        given: dict[str, Any] = {"originals": self._told, "notes": []}
        for need in made.needs:
            if need in self.lens_tables or need in ("sentences", "tokens"):
                given[need] = self._told_table(need)
            elif need not in given:
                given[need] = getattr(self, need)
        return made.make(**{need: given[need] for need in made.needs})

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

    def _checked(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        schema.check_table(name, table)
        return table


class _Part(Story):
    """A part of a story: rows of its tables, and comparisons that are made of these rows alone."""

    def __init__(self, whole: Story, selection: Selection) -> None:
        self.path, self._further = whole.path, whole._further
        shared = ("settings", "models", "lenses", "lens_tables", "repeated", "actor_list", "facts")
        self.made = {name: getattr(whole, name) for name in (*shared, "labels")}
        self.made |= dict.fromkeys(("_kept_of_text", "_kept_of_article", "_kept_of_actors"))
        self._whole, self._selection = whole, selection

    @made_once
    def _corpus(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        articles, problems = self._whole._corpus
        return self._selection.of("articles", articles), problems

    @made_once
    def codes(self) -> pd.DataFrame:
        """One row per item of the part that people coded, and coder."""
        whole = self._whole.codes
        return whole[whole["doc_id"].isin(self.articles["doc_id"])].reset_index(drop=True)

    @made_once
    def articles(self) -> pd.DataFrame:
        """One row per article of the part."""
        return self._selection.of("articles", self._whole.articles)

    @made_once
    def sentences(self) -> pd.DataFrame:
        """One row per sentence of the part."""
        return self._selection.of("sentences", self._whole.sentences)

    @made_once
    def set_aside(self) -> pd.DataFrame:
        """One row per span of the part's articles that is set aside as boilerplate."""
        return self._selection.of("set_aside", self._whole.set_aside)

    @made_once
    def tokens(self) -> pd.DataFrame:
        """One row per token of the part's sentences."""
        return self._selection.of("tokens", self._whole.tokens)

    def table(self, name: str) -> pd.DataFrame:
        """The table of a lens: rows of the whole story's, or a comparison made anew."""
        if self.is_of_outlets(name):
            return super().table(name)
        whole = self._whole.table(name)
        return kept(self, name, lambda: self._selection.of(name, whole))
