"""How the articles begin: headline and first sentence of each side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, dropwhile

from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.grid import Column, Contrast, Entry, Row, Side, Span, plain
from helpers.spread.matched import begin_alike
from helpers.spread.material import OPINION, Material, stems
from helpers.wording import clean, count, listing

HEADLINES = 3
"""Headlines of one side that are shown; the others are counted."""
LONGEST = 260
"""Characters of a first sentence."""
LEAST_WORDS, MOST_WORDS = 5, 60
"""A shorter opening is a dateline, a byline or a caption; a longer one may be run together with
links to other articles, unless it stands on one line and ends as a sentence does."""
SHORT = 10
"""Words of a first sentence below which the next one is shown with it."""
HEAD = 6
"""Sentences at the beginning among which the first one of the article's own text is sought."""
RESTATED, TIMES = 4, 3
"""Words of the headline in a sentence that make it the lead, and how many times as many as the
sentence before it has, which then is a summary or a caption."""
BESIDE, SAME = 3, 0.75
"""Sides whose leads are held against each other; the share of words from which two are one."""
ONE_STORY = 0.6
"""How alike articles must begin, on average, for it to be said that they open one story."""
DAYS = 2
"""Days within which leads tell of the same moment."""
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+)*(?:, [\w.’' ]{2,30})?(?: \([^()]{2,30}\))?\s*"
    r"(?:[—–―]|--)|\([A-Z][\w ]{1,20}\)\s*[—–―-])\s*\S"
)
"""A place in capitals, or an agency in brackets, with a dash behind."""
_BODY = re.compile(r"^\W*(?:FULL TEXT|BODY|TEXT)\W*$", re.MULTILINE)
"""A line behind which a database has the text, and before it an abstract."""
_SHOWN = re.compile(
    r"\b(?:correspondent|anchor|host|reporter)s?\b.*\b(?:reports?|joins?|discuss(?:es)?)\b"
    r"|^\W*(?:watch|listen)\b",
    re.IGNORECASE,
)
"""What is shown beside the text: "Chief correspondent Ann Orr reports from Oslo."."""
_CREDIT = re.compile(r"(?:/|\bvia) ?(?:Reuters|AP|AFP|EPA|Getty(?: Images)?)\)?\W*$")
"""Whose a picture is: behind it stands its caption."""
_ENDED = re.compile(r"[.!?][”\"’']?$")


def headlines(m: Material, columns: Sequence[Column]) -> Row:
    """The headlines of each side."""
    return Row("Headline", tuple(_headlines(m, column) for column in columns))


def openings(m: Material, columns: Sequence[Column]) -> Row:
    """The first sentence of each side's first article."""
    cells = [[e for d in c.doc_ids[:1] if (e := _opening(m, d))] for c in columns]
    return Row("First sentence", tuple(map(tuple, cells)), empty="no first sentence found")


def of_leads(m: Material, columns: Sequence[Column], doc_ids: Sequence[str]) -> Iterator[Contrast]:
    """How each side of an event begins: headline and first sentence, beside each other.

    Nothing is claimed of them. Of many sides those are shown that begin least alike. What begins as
    another side does, as agency copy will, is left out; the note names whoever is not shown.
    """
    sides: list[Side] = []
    said: list[set[str]] = []
    alike: list[str] = []
    for column in columns:
        doc = _of_days(m, column, columns)
        place = first_sentence(m, doc) if doc else None
        if place is None or column.name == UNKNOWN_OUTLET:
            continue
        place = _begun(m, place)
        words = stems(m.text(place))
        if any(len(words & other) >= SAME * max(len(words), len(other)) for other in said):
            alike.append(column.name)
            continue
        said.append(words)
        headline = f"“{m.headline(place[0])[0]}”" if column.name in m.story.outlets else ""
        genre = m.genre(place[0])
        judging = genre if genre.removeprefix("likely ") in OPINION else ""
        note = " · ".join(filter(None, (headline, judging)))
        sides.append(Side(column.name, note, (place,)))
    if len(sides) < 2:
        return
    apart = {
        (i, j): len(said[i] ^ said[j]) / max(len(said[i] | said[j]), 1)
        for i, j in combinations(range(len(sides)), 2)
    }
    shown = [sides[i] for i in _least_alike([_is_report(m, side) for side in sides], apart)]
    named = all(side.name in m.story.outlets for side in sides)
    who = listing([s.name for s in shown]) if named else count(len(shown), "article")
    rest = [side.name for side in sides if side not in shown]
    notes = [f"How {listing(rest)} {_verb('opens', rest)}: below."] if rest and named else []
    notes += [f"{listing(alike)} {_verb('opens', alike)} like one of these."] if alike else []
    here = {m.outlet(doc) for doc in doc_ids}
    if away := {m.outlet(doc) for doc in m.articles} - here - {UNKNOWN_OUTLET}:
        some = "has" if len(away) == 1 else "have"
        notes.append(f"{count(len(away), f'other {m.kind}')} {some} no article in this event.")
    strength = len(sides) + sum(apart.values()) / len(apart)
    same = begin_alike(m, doc_ids) >= ONE_STORY
    statement = f"How {who} open the story" if same else f"How {who} begin"
    yield Contrast("leads", statement, tuple(shown), " ".join(notes), strength)


def _begun(m: Material, place: Span) -> Span:
    """A first sentence; with the next one where it is too short to tell what the story is."""
    doc, start, end = place
    if len(m.text(place).split()) >= SHORT:
        return place
    after = (stop for begin, stop, part in m.sentences(doc) if begin >= end and part == "body")
    return doc, start, next(after, end)


def _least_alike(
    reports: Sequence[bool], apart: Mapping[tuple[int, int], float]
) -> tuple[int, ...]:
    """The numbers of the sides that are shown: reports first, then those furthest apart."""
    some = combinations(range(len(reports)), min(len(reports), BESIDE))
    return max(
        some,
        key=lambda shown: (
            sum(reports[i] for i in shown),
            sum(apart[pair] for pair in combinations(shown, 2)),
        ),
    )


def _is_report(m: Material, side: Side) -> bool:
    """Whether a side begins with a report, or with what is only taken to be an opinion."""
    return m.genre(side.places[0][0]) not in OPINION


def _verb(verb: str, of: Sequence[str]) -> str:
    return verb if len(of) == 1 else verb.removesuffix("s")


def _of_days(m: Material, column: Column, columns: Sequence[Column]) -> str | None:
    """A side's first article of the days on which most sides print one; undated ones are of all.

    A story that went on for days is not begun twice alike.
    """
    known = {doc: _day(m, doc) for each in columns for doc in each.doc_ids}
    first = max(
        sorted({day for day in known.values() if day is not None}),
        key=lambda day: sum(any(_is_near(known[d], day) for d in c.doc_ids) for c in columns),
        default=None,
    )
    return next((doc for doc in column.doc_ids if _is_near(known[doc], first)), None)


def _day(m: Material, doc: str) -> date | None:
    try:
        return date.fromisoformat(m.day(doc))
    except ValueError:
        return None


def _is_near(day: date | None, first: date | None) -> bool:
    """Whether a day is the first one or within `DAYS` from it; without a day, always."""
    return day is None or first is None or 0 <= (day - first).days < DAYS


def _headlines(m: Material, column: Column) -> tuple[Entry, ...]:
    entries = []
    for doc in column.doc_ids[:HEADLINES]:
        words, place = m.headline(doc)
        if words:
            entries.append(plain(words, at=[place or (doc, 0, 0)]))
    if (more := len(column.doc_ids) - HEADLINES) > 0:
        entries.append(plain("", note=f"and {count(more, 'more article')}"))
    return tuple(entries)


def _opening(m: Material, doc: str) -> Entry | None:
    place = first_sentence(m, doc)
    return plain(clean(m.text(place), LONGEST), at=[place]) if place else None


def first_sentence(m: Material, doc: str) -> Span | None:
    """The place of the first sentence of an article's own text.

    Before it may stand a summary or captions: what a database marks as such, who reports on a
    video, what is printed twice in a row, what a dateline follows, and what says nothing of the
    headline where the next sentence says it again.
    """
    head = [(doc, start, end) for start, end, part in m.sentences(doc) if part == "body"]
    text = m.articles[doc]["text"]
    begins = max((label.end() for label in _BODY.finditer(text)), default=0)
    head = [
        span
        for span in head
        if span[1] >= begins and len(m.text(span).split()) >= LEAST_WORDS
    ][:HEAD]
    if len(head) > 1 and _CREDIT.search(text, 0, head[0][1]):
        head = head[1:]
    head = [*dropwhile(lambda span: _SHOWN.search(m.text(span)), head)] or head
    if not head:
        return None
    between = text[head[0][2] : head[1][1]] if len(head) > 1 else ""
    alone = "\n" in between and not between.strip()
    first = head[_lead([m.text(span) for span in head], m.headline(doc)[0], alone=alone)]
    words = m.text(first)
    if len(words.split()) < MOST_WORDS:
        return first
    raw = text[first[1] : first[2]]
    return first if "\n" not in raw.strip() and _ENDED.search(words) else None


def _lead(sentences: Sequence[str], headline: str, *, alone: bool = False) -> int:
    """Which of the first sentences begins the article's own text.

    ``alone`` says that the first one is a paragraph of its own, right before the second.
    """
    dated = next((i for i, words in enumerate(sentences) if _DATELINE.match(words)), 0)
    twice = [i for i, words in enumerate(sentences) if i and words == sentences[i - 1]]
    if dated or twice:
        return max(dated, *(i + 1 for i in twice if i + 1 < len(sentences)), 0)
    if not alone or _DATELINE.match(sentences[0]):
        return 0
    said = stems(headline)
    here, after = (len(said & stems(words)) for words in (*sentences, "", "")[:2])
    return int(after >= RESTATED and after >= TIMES * here)
