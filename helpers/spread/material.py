"""What the rows of a comparison are made of: a story's tables, looked up by article and place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers import genre
from helpers.comparing.events import OTHERS_ORIGINS, own_words
from helpers.comparing.sides import kind, printer
from helpers.comparing.spans import voice_mask
from helpers.comparing.terms import function_words
from helpers.grammar.marks import scan
from helpers.lenses import naming, quotes
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Span
from helpers.wording import clean, count, is_missing, listing

if TYPE_CHECKING:
    from helpers.story import Story

MARKS = "“”\"«»„"
_ANY = re.compile(f"[{MARKS}]")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)")
"""A single quotation mark that opens, and is no apostrophe."""
WORD = quotes.WORD
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5
"""Letters by which words are the same, whatever their endings."""
OPINION = ("opinion", "column", "editorial", "analysis", "letter", "review")
"""Genres in which an author judges."""
FEW = 6
"""Articles up to which a folder is read text against text: of few words each one counts."""
NAMED = 3
"""Genres that the head of a column names."""


def stems(text: str) -> set[str]:
    """The words of a text that have content, by their first letters.

    >>> sorted(stems("The bridges of the bridge-keepers"))
    ['bridg', 'keepe']
    """
    found = (word.lower() for word in _LONG_WORD.findall(text))
    return {word[:STEM] for word in found if word not in function_words()}


class Material:
    """A story's originals, their sentences, and whose words stand where."""

    def __init__(self, story: Story) -> None:
        self.story = story

    @cached_property
    def articles(self) -> dict[str, dict[str, Any]]:
        """doc_id → the row of each article that counts."""
        rows: list[dict[str, Any]] = self.story.originals.to_dict("records")  # type: ignore[assignment]
        return {row["doc_id"]: row for row in rows}

    @cached_property
    def own(self) -> frozenset[str]:
        """Articles whose unquoted words are their outlet's: no agency copy, transcript or talk."""
        originals = self.story.originals
        return frozenset(originals.loc[own_words(originals), "doc_id"])

    @cached_property
    def _rows(self) -> dict[str, dict[Any, Any]]:
        return {}

    def rows(self, name: str, doc_ids: Iterable[str]) -> pd.DataFrame:
        """The rows of a table of the story that are of these articles."""
        table: pd.DataFrame = getattr(self.story, name)
        if name not in self._rows:
            self._rows[name] = dict(table.groupby("doc_id", sort=False).indices)
        of = self._rows[name]
        places = [of[doc] for doc in {*doc_ids} if doc in of]
        return table.iloc[np.sort(np.concatenate(places))] if places else table.iloc[:0]

    @cached_property
    def _sentences(self) -> dict[str, tuple[list[int], list[int], list[str]]]:
        found: dict[str, tuple[list[int], list[int], list[str]]] = {}
        rows = self.story.sentences
        columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "part"))
        for doc, start, end, part in zip(*columns, strict=True):
            starts, ends, parts = found.setdefault(doc, ([], [], []))
            starts.append(start)
            ends.append(end)
            parts.append(part)
        return found

    def sentences(self, doc_id: str) -> list[tuple[int, int, str]]:
        """First character, end and part of each sentence of an article."""
        return list(zip(*self._sentences.get(doc_id, ([], [], [])), strict=True))

    def sentence(self, doc_id: str, place: int) -> tuple[int, int]:
        """The sentence that holds a place; an empty span where none does."""
        starts, ends, _ = self._sentences.get(doc_id, ([], [], []))
        i = bisect_right(starts, place) - 1
        return (starts[i], ends[i]) if i >= 0 and place < ends[i] else (place, place)

    def part(self, doc_id: str, place: int) -> str:
        """The part of an article that holds a place: "body", "headline" …; empty where none."""
        starts, ends, parts = self._sentences.get(doc_id, ([], [], []))
        i = bisect_right(starts, place) - 1
        return parts[i] if i >= 0 and place < ends[i] else ""

    def text(self, span: Span) -> str:
        """The words of a span, on one line."""
        doc, start, end = span
        return clean(self.articles[doc]["text"][start:end])

    @cached_property
    def _spoken(self) -> dict[str, tuple[list[int], list[int]]]:
        """Where every attribution, sure or not, its cue and its source begin, in order, and how far
        those up to there reach."""
        found: dict[str, list[tuple[int, int]]] = {}
        rows = self.story.quotes
        for pair in ("start", "end"), ("cue_start", "cue_end"), ("source_start", "source_end"):
            columns = (rows[c].tolist() for c in ("doc_id", *pair))
            for doc, start, end in zip(*columns, strict=True):
                if not is_missing(start):
                    found.setdefault(doc, []).append((int(start), int(end)))
        return {
            doc: ([start for start, _ in sorted(spans)],
                  list(accumulate((end for _, end in sorted(spans)), max)))
            for doc, spans in found.items()
        }  # fmt: skip

    @cached_property
    def _words(self) -> dict[str, str]:
        return {}

    def words(self, doc_id: str) -> str:
        """The words of an article in small letters, with a blank before and behind each."""
        if doc_id not in self._words:
            text = _plain(self.articles[doc_id]["text"])
            self._words[doc_id] = f" {' '.join(WORD.findall(text))} "
        return self._words[doc_id]

    @cached_property
    def _speech(self) -> dict[str, list[tuple[int, int, str, str]]]:
        found: dict[str, list[tuple[int, int, str, str]]] = {}
        rows = self.story.quotes
        columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "actor", "source"))
        for doc, start, end, *who in zip(*columns, strict=True):
            actor, source = ("" if is_missing(each) else str(each) for each in who)
            found.setdefault(doc, []).append((start, end, actor, source))
        return found

    def speech(self, doc_id: str) -> list[tuple[int, int, str, str]]:
        """First character, end, actor and source of an article's attributions; empty: unknown."""
        return self._speech.get(doc_id, [])

    @cached_property
    def _between(self) -> dict[str, list[tuple[tuple[int, int], tuple[str, ...]]]]:
        return {}

    def in_marks(self, doc_id: str) -> list[tuple[tuple[int, int], tuple[str, ...]]]:
        """What an article has between quotation marks: the span with its marks, and its words in
        small letters."""
        if doc_id not in self._between:
            text = self.articles[doc_id]["text"]
            self._between[doc_id] = [
                ((q.start, q.end), tuple(WORD.findall(_plain(text[q.start : q.end]))))
                for q in scan(text)
                if not q.depth
            ]
        return self._between[doc_id]

    def is_marked(self, span: Span) -> bool:
        """Whether a quotation mark stands right before a span or right behind it."""
        doc, start, end = span
        text = self.articles[doc]["text"]
        return any(c in MARKS for c in text[max(start - 1, 0) : start] + text[end : end + 1])

    def in_own_voice(self, spans: Sequence[Span]) -> list[bool]:
        """Which spans stand in the outlet's own voice: in nobody's speech, and not in marks."""
        frame = pd.DataFrame(list(spans), columns=["doc_id", "start", "end"])
        mine = voice_mask(frame, self.story.quotes, voice="author")
        pairs = zip(spans, mine, strict=True)
        return [bool(is_mine) and not self.is_marked(span) for span, is_mine in pairs]

    def is_own(self, span: Span) -> bool:
        """Whether the whole sentence around a span is the outlet's: nobody else speaks in it.

        Stricter than the voice of the span: one quotation, report or quotation mark in the
        sentence is enough, since the words beside it are often the speaker's too.
        """
        doc, start, _ = span
        if doc not in self.own:
            return False
        low, high = self.sentence(doc, start)
        text = self.articles[doc]["text"][low:high]
        if not text or _ANY.search(text) or _SINGLE.search(text):
            return False
        starts, reach = self._spoken.get(doc, ([], []))
        before = bisect_left(starts, high)
        return not before or reach[before - 1] <= low

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[int, int, str]]]:
        """First character, end and actor of every decided mention, pronouns among them."""
        return _of_actors(self.story.mentions)

    def mentions(self, doc_id: str) -> list[tuple[int, int, str]]:
        """First character, end and actor of an article's decided mentions."""
        return self._mentions.get(doc_id, [])

    @cached_property
    def persons(self) -> frozenset[str]:
        """The actors who are people."""
        mentions = self.story.mentions
        return frozenset(mentions.loc[mentions["actor_type"] == "person", "actor"].dropna())

    @cached_property
    def namings(self) -> pd.DataFrame:
        """Every naming of an actor (`lenses.naming`): names, titles and what stands beside them."""
        return naming.namings(self.story.tokens, self.story.mentions)

    def main_actors(self, doc_ids: Sequence[str], most: int = 12) -> frozenset[str]:
        """The actors whom these articles name most."""
        counts: Counter[str] = Counter()
        for doc in doc_ids:
            counts.update(actor for _, _, actor in self._mentions.get(doc, ()))
        ranked = sorted(counts, key=lambda actor: (-counts[actor], actor))
        return frozenset(ranked[:most])

    def outlet(self, doc_id: str) -> str:
        """The outlet of an article."""
        return str(self.articles[doc_id]["outlet"])

    def day(self, doc_id: str) -> str:
        """The day on which an article was published; empty where that is not known."""
        published = self.articles[doc_id].get("published")
        return "" if is_missing(published) else str(published)[:10]

    def is_told(self, doc_id: str) -> bool:
        """Whether the genre of an article is declared, or the article says it of itself."""
        if doc_id not in self._told:
            self._told[doc_id] = _is_told(self.articles[doc_id])
        return self._told[doc_id]

    @cached_property
    def _told(self) -> dict[str, bool]:
        return {}

    def genre(self, doc_id: str) -> str:
        """The genre of an article; "likely" one where it is opinion by its words alone."""
        found = str(self.articles[doc_id].get("genre"))
        return f"likely {found}" if found in OPINION and not self.is_told(doc_id) else found

    @cached_property
    def kind(self) -> str:
        """What is compared: "outlet" or "side"."""
        return kind(self.story.originals)

    def headline(self, doc_id: str) -> tuple[str, Span | None]:
        """An article's headline, with its place where it stands in the text.

        A title that shares no word with what stands there ("Site navigation") is the headline.
        """
        given = self.articles[doc_id].get("title")
        title = "" if is_missing(given) else clean(given, 200)
        words = set(WORD.findall(title.lower()))
        for start, end, part in self.sentences(doc_id):
            if part == "headline":
                text = self.text((doc_id, start, end))
                if not words or words & set(WORD.findall(text.lower())):
                    return text, (doc_id, start, end)
        return title, None


def _plain(text: str) -> str:
    """A text in small letters with one kind of apostrophe."""
    return text.lower().replace("’", "'")


def _of_actors(table: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    """doc_id → first character, end and actor of the rows whose actor is known."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    rows = table.dropna(subset=["actor"])
    columns = (rows[c].tolist() for c in ("doc_id", "start", "end", "actor"))
    for doc, start, end, actor in zip(*columns, strict=True):
        found.setdefault(doc, []).append((start, end, actor))
    return found


def by_outlet(m: Material, doc_ids: Sequence[str]) -> list[Column]:
    """A column for each outlet of these articles, in the story's order of outlets."""
    docs: dict[str, list[str]] = {}
    for doc in doc_ids:
        docs.setdefault(m.outlet(doc), []).append(doc)
    order = {outlet: i for i, outlet in enumerate(m.story.outlets)}
    return [
        Column(outlet, tuple(docs[outlet]), kinds(m, docs[outlet]))
        for outlet in sorted(docs, key=lambda o: (order.get(o, len(order)), o))
    ]


def by_article(m: Material, doc_ids: Sequence[str]) -> list[Column]:
    """A column for each article, named after its outlet, else (or of several) its headline."""
    printers = [printer(m.articles[doc]) for doc in doc_ids]
    outlets = Counter(printers)
    names = []
    for doc, outlet in zip(doc_ids, printers, strict=True):
        alone = outlet != UNKNOWN_OUTLET and outlets[outlet] == 1
        names.append(clean(outlet if alone else m.headline(doc)[0] or doc, 60))
    known = Counter(names)
    return [
        Column(name if known[name] == 1 else f"{name} ({doc})", (doc,), kinds(m, [doc]))
        for doc, name in zip(doc_ids, names, strict=True)
    ]


def columns_of(m: Material, doc_ids: Sequence[str]) -> list[Column]:
    """Outlets as columns where at least two are named, else the articles."""
    named = [doc for doc in doc_ids if m.outlet(doc) != UNKNOWN_OUTLET]
    if len({m.outlet(doc) for doc in named}) > 1:
        return by_outlet(m, named)
    return by_article(m, doc_ids)


def kinds(m: Material, doc_ids: Sequence[str], *, always: bool = False) -> str:
    """What a column is made of, in a few words: how many articles of which genre, whose text.

    A single article is only counted where it ``always`` is to be said.
    """
    rows = [m.articles[doc] for doc in doc_ids]
    genres = [m.genre(doc) for doc in doc_ids if not is_missing(m.articles[doc].get("genre"))]
    names = sorted(set(genres), key=lambda g: (-genres.count(g), g))
    facts = [count(len(rows), "article")] if always or len(rows) > 1 else []
    facts += [listing(names, NAMED)] if names else []
    taken = [r for r in rows if str(r.get("origin")) in OTHERS_ORIGINS]
    if taken:
        whose = "agency text" if all(r["origin"] == "wire" for r in taken) else "shared text"
        facts.append(whose if len(taken) == len(rows) else f"{len(taken)} with {whose}")
    return ", ".join(facts)


def _is_told(row: Mapping[str, Any]) -> bool:
    known = {c: row.get(c) for c in ("title", "url", "byline", "outlet")}
    given = {c: "" if is_missing(value) else str(value) for c, value in known.items()}
    return not row.get("genre_guessed") or genre.says(str(row["text"]), **given)
