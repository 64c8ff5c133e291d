"""What can be asked of a story in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pandas as pd

from helpers import reader, spread
from helpers.asking import concordance
from helpers.asking.selection import Selection, SelectionError, one_of
from helpers.display import Shown
from helpers.spelling import nearest

VIEWED = ("outlet", "published", "title")
"""The columns of its article that `Askable.view` puts beside each row."""


class Asked(Protocol):
    """What of a story the questions need."""

    @property
    def articles(self) -> pd.DataFrame: ...
    @property
    def sentences(self) -> pd.DataFrame: ...
    @property
    def quotes(self) -> pd.DataFrame: ...
    @property
    def mentions(self) -> pd.DataFrame: ...
    @property
    def target_sentiment(self) -> pd.DataFrame: ...
    @property
    def saved(self) -> tuple[str, ...]: ...
    @property
    def lens_tables(self) -> Mapping[str, Any]: ...

    def is_of_outlets(self, name: str) -> bool: ...
    def part(self, selection: Selection) -> Any: ...


class Askable:
    """A story that can be asked for a part, a phrase, or a table with its articles' columns."""

    def where(
        self: Asked,
        *,
        outlet: Any = None,
        actor: Any = None,
        speaker: Any = None,
        voice: Any = None,
        since: Any = None,
        until: Any = None,
        contains: Any = None,
        **columns: Any,
    ) -> Any:
        """The part of the story that fulfils all conditions: a story with the same tables.

        ``outlet``, ``since``, ``until`` (days, inclusive; ``"2019-09"`` is the whole month) and any
        further column of `articles` choose articles. ``actor`` (who is mentioned, by label or by a
        name as it is written), ``speaker`` (who is quoted), ``voice`` (author, quoted or reported),
        ``contains`` (a phrase, or a compiled regular expression) and any other column of a table
        choose rows in the tables that have such a column, and in the others what stands in the same
        sentences. Each takes a value or a list of values. Actors keep the names that they have in
        the whole story; comparisons of outlets are made anew, from the part alone.

        Raises `SelectionError` where a name is not known, with the nearest ones.
        """
        named = {"outlet": outlet, "actor": actor, "speaker": speaker, "voice": voice}
        named |= {"since": since, "until": until, "contains": contains, **columns}
        wanted = {name: value for name, value in named.items() if value is not None}
        return self.part(Selection(self, wanted))

    def find(self: Asked, phrase: Any, *, case: bool = False, width: int = 60) -> pd.DataFrame:
        """One row per place where a phrase stands, with the words before and after it.

        ``phrase`` is text, found as whole words whatever blanks are between them, or a compiled
        regular expression; ``width`` is the number of characters shown on each side. Columns:
        outlet, published, before, match, after, voice, speaker, title, doc_id, start, end. What is
        set aside as boilerplate is not searched.
        """
        return concordance.find(
            self.articles, self.sentences, self.quotes, phrase, case=case, width=width
        )

    def read(self: Asked, doc_id: str, other: str | None = None) -> Shown:
        """An article, or two beside each other, with their marks.

        Marked are quotations with their speakers, mentions with who is meant, judging words, and
        where a person is spoken of ill or well; each kind can be switched off. In a part of a story
        the marks are those of its rows. An article is named by `doc_id` or by its title.

        Raises `SelectionError` where there is no such article, with the nearest ones.
        """
        asked = [_article(self.articles, str(name)) for name in (doc_id, other) if name is not None]
        marks = reader.marks(
            self.articles,
            quotes=self.quotes,
            mentions=self.mentions,
            target_sentiment=self.target_sentiment,
            doc_ids=asked,
        )
        return reader.read(
            reader.records(self.articles, sentences=self.sentences, marks=marks, doc_ids=asked)
        )

    def compare(self: Asked, left: str, right: str) -> Shown:
        """Two outlets, or two articles, held against each other row by row, as in the briefing.

        What each calls the same thing, whom it quotes and what it leaves out, whom it blames, what
        it alone tells: every entry opens its sentences. Articles that repeat another are left out;
        an article is named by `doc_id` or by its title.

        Raises `SelectionError` where there is no such side, with the nearest ones.
        """
        material = spread.Material(self)  # type: ignore[arg-type]
        sides = [_side(material, str(name)) for name in (left, right)]
        if sides[0].doc_ids == sides[1].doc_ids:
            raise SelectionError(f"{left!r} and {right!r} are the same side: name another one")
        names = " and ".join(side.name for side in sides)
        found = spread.uses(material)
        grid = spread.held(material, sides, caption=names, found=found, limit=spread.ALL)
        return spread.show.grid(material, grid)

    def view(self: Asked, name: str) -> pd.DataFrame:
        """A table of rows of articles, with the `outlet`, day and `title` of each row's article.

        ``published`` is a date (NaT where undated), so that it can be compared and resampled. The
        table's own columns are shared with it, not copied.
        """
        viewable = [n for n in (*self.saved, "tokens") if not self.is_of_outlets(n)]
        viewable = [n for n in viewable if n not in ("problems", "findings", "checks")]
        if name not in viewable:
            near = nearest(name, viewable)
            meant = f"did you mean {near!r}?" if near else f"there are {', '.join(viewable)}"
            raise SelectionError(f"there is no table {name!r} whose rows are of articles; {meant}")
        table: pd.DataFrame = getattr(self, name)
        return beside(table, self.articles)


def _article(articles: pd.DataFrame, name: str) -> str:
    """The doc_id of the article that a name means: its own, or its title."""
    titled = articles.loc[articles["title"].str.casefold() == name.casefold(), "doc_id"]
    if len(titled) == 1:
        return str(titled.iloc[0])
    doc_ids = articles["doc_id"].tolist()
    if name in doc_ids:
        return name
    return str(one_of("article", name, [*doc_ids, *articles["title"].dropna()]))


def _side(material: spread.Material, name: str) -> spread.Column:
    """The outlet or article that a name means, as a side of a comparison."""
    docs = [*material.articles]
    columns = {side.name: side for side in spread.by_outlet(material, docs)}
    folded = {known.casefold(): known for known in columns}
    if name.casefold() in folded:
        return columns[folded[name.casefold()]]
    kept = material.story.originals
    if name in docs or name.casefold() in kept["title"].str.casefold().tolist():
        return spread.by_article(material, [_article(kept, name)])[0]
    return columns[one_of("outlet or article", name, [*columns, *docs, *kept["title"].dropna()])]


def beside(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """A table with columns of its rows' articles, after `doc_id`; those it has itself stay."""
    known = articles.drop_duplicates("doc_id").set_index("doc_id")
    viewed = table.copy(deep=False)
    at = list(viewed.columns).index("doc_id") + 1
    for column in reversed([c for c in VIEWED if c not in viewed]):
        viewed.insert(at, column, viewed["doc_id"].map(known[column]))
    return viewed.assign(published=pd.to_datetime(viewed["published"], errors="coerce"))
