"""What a press database's export is: one declaration a layout, and one splitter for all of them.

An export is a list of lines. A `Layout` says which lines begin or end an article and how one
article's lines are read; `split` cuts, reads, and compares what it found with the number of
articles that the file says it holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from helpers.readers.document import Document, Doubt, Unreadable, checked
from helpers.readers.metadata import day, is_known

Join = Callable[[Sequence[str]], str]
"""Makes paragraphs, an empty line between them, of the lines of a body."""

LEAST_WORDS = 30
"""So many words behind the last article's end are more than a closing note."""
COPYRIGHT = re.compile(r"\s*(?:Copyright|\(c\)|©)", re.IGNORECASE)
_IN_SENTENCE = re.compile(r"(?:on|in|by|since|from|until|till|before|after|of|at|the|for)\b", re.I)
_PLACE = re.compile(r"(.+?) \(([^()]+)\)$")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_SURNAME_FIRST = re.compile(r"([^,;]+), ([^,;]+)$")


@dataclass(frozen=True)
class Found:
    """One article of an export: what the database says of it, and the lines of its body."""

    fields: Mapping[str, str]
    body: Sequence[str]


@dataclass(frozen=True)
class Layout:
    """How a database lays out its articles; ``read`` gives None for lines that are none."""

    database: str
    marks: tuple[str, ...]
    """Some of them stands in every such export: what has none is not looked at any further."""
    read: Callable[[Sequence[str]], Found | None]
    first: re.Pattern[str] | None = None
    """The line that stands before an article, and is no part of it."""
    last: re.Pattern[str] | None = None
    """The last line of an article."""
    cut: Callable[[Sequence[str]], list[int]] | None = None
    """Where articles begin, for layouts in which no single line says so."""
    promised: re.Pattern[str] | None = None
    """A line that says how many articles the file holds."""
    remedy: str = "export the articles again as Word files (.docx), one article a file"

    def pieces(self, lines: Sequence[str]) -> list[Sequence[str]]:
        """The lines of each article; none where nothing marks one."""
        if self.cut is not None:
            starts = self.cut(lines)
            return [lines[a:b] for a, b in pairwise([*starts, len(lines)])] if starts else []
        if self.first is not None:
            starts = [i for i, line in enumerate(lines) if self.first.match(line)]
            return [lines[a + 1 : b] for a, b in pairwise([*starts, len(lines)])] if starts else []
        assert self.last is not None
        ends = [i + 1 for i, line in enumerate(lines) if self.last.match(line)]
        pieces = [lines[a:b] for a, b in pairwise([0, *ends])]
        rest = lines[ends[-1] :] if ends else lines
        return [*pieces, rest] if sum(len(line.split()) for line in rest) >= LEAST_WORDS else pieces


@dataclass
class _Split:
    """The articles of one file, and the numbers of those that could not be read."""

    articles: list[tuple[int, Found]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def split(lines: Sequence[str], layout: Layout, join: Join) -> Iterator[Document | Doubt] | None:
    """The articles of an export in this layout; None where it is in another, or none.

    Raises `Unreadable` where the layout's marks stand and no article could be read.
    """
    pieces = layout.pieces(lines)
    made = _Split()
    for number, piece in enumerate(pieces, start=1):
        found = layout.read(piece)
        if found is None:
            made.unread.append(number)
        else:
            made.articles.append((number, found))
    if not made.articles:
        if len(pieces) > 1 and layout.promised and any(map(layout.promised.match, lines)):
            raise Unreadable(
                f"looks like an export of {len(pieces):,} articles from {layout.database}, "
                "in a layout that is not known",
                f"left out; {layout.remedy}",
            )
        return None
    return _documents(made, layout, join, promised=_promised(lines, layout), pieces=len(pieces))


def _documents(
    made: _Split, layout: Layout, join: Join, *, promised: int, pieces: int
) -> Iterator[Document | Doubt]:
    several = pieces > 1
    empty: list[int] = []
    for (number, found), fields in zip(made.articles, _with_places(made.articles), strict=True):
        row = f"article {number}" if several else ""
        body = join(found.body).strip()
        if not body:
            empty.append(number)
            continue
        title = fields.get("title", "")
        for item in checked(f"{title}\n\n{body}" if title else body, fields, row=row):
            yield replace(item, database=layout.database) if isinstance(item, Document) else item
    if empty:
        yield Doubt(
            f"without a full text in the export from {layout.database}: {_numbers(empty)}",
            "left out; export them with their full text",
        )
    if made.unread:
        yield Doubt(
            f"not understood as articles of {layout.database}: {_numbers(made.unread)}",
            f"left out; {layout.remedy}",
        )
    if promised > pieces:
        yield Doubt(
            f"says that it holds {promised:,} articles from {layout.database}; {pieces:,} found",
            f"those were read; {layout.remedy}",
        )


def _numbers(numbers: Sequence[int]) -> str:
    """Articles by their numbers, the first ten of them.

    >>> _numbers([3]), _numbers([1, 2])
    ('article 3', '2 articles (1, 2)')
    """
    if len(numbers) == 1:
        return f"article {numbers[0]}"
    more = ", …" if len(numbers) > 10 else ""
    return f"{len(numbers):,} articles ({', '.join(map(str, numbers[:10]))}{more})"


def _promised(lines: Sequence[str], layout: Layout) -> int:
    if layout.promised is None:
        return 0
    found = (layout.promised.match(line) for line in lines)
    return max((int(match[1].replace(",", "")) for match in found if match), default=0)


def _with_places(articles: Sequence[tuple[int, Found]]) -> list[dict[str, str]]:
    """The fields, with an outlet's place apart unless two outlets differ in nothing else."""
    names = [found.fields.get("outlet", "") for _, found in articles]
    bare = Counter(_PLACE.sub(r"\1", name) for name in set(names))
    made = []
    for (_, found), name in zip(articles, names, strict=True):
        fields = {key: value for key, value in found.fields.items() if value}
        if (match := _PLACE.match(name)) and bare[match[1]] == 1:
            fields |= {"outlet": match[1], "place": match[2]}
        made.append(fields)
    return made


# -- what layouts have in common ---------------------------------------------------------------


def labelled(
    lines: Sequence[str], label: re.Pattern[str], names: Mapping[str, str]
) -> dict[str, str]:
    """The values behind labels, by our name for them or the database's in lower case.

    A value goes on until an empty line, the next label or a notice of copyright.

    >>> labelled(["SECTION: News;", "Pg. 4", "", "x"], re.compile("([A-Z]+): ?(.*)"), {})
    {'section': 'News; Pg. 4'}
    """
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        if match := label.match(line):
            name = " ".join(match[1].lower().split())
            key = names.get(name, name)
            if key not in names.values() and is_known(key):
                key = f"{key} (database)"
            values[key] = " ".join([values.get(key, ""), match[2].strip()]).strip()
        elif not line.strip() or COPYRIGHT.match(line):
            key = ""
        elif key:
            values[key] = f"{values[key]} {line.strip()}".strip()
    return values


def filled(lines: Sequence[str]) -> list[str]:
    """The lines that are not empty, without blanks around them."""
    return [text for line in lines if (text := line.strip())]


def blocks(lines: Sequence[str]) -> str:
    """Paragraphs of lines that are whole paragraphs."""
    return "\n\n".join(filled(lines))


def date_of(line: str) -> str:
    """The day that a line of at most eight words begins with, as YYYY-MM-DD; else nothing.

    >>> date_of("March 4, 2024 Monday"), date_of("March 4, 2024 was when it began, all of it here")
    ('2024-03-04', '')
    >>> date_of("lundi 4 mars 2024")
    '2024-03-04'
    """
    said = len(line.split()) <= 8 and not _IN_SENTENCE.match(line)
    return (day(line, foreign=True) or "") if said else ""


def byline(value: str) -> str:
    """Names as they are spoken: without "By", given names first.

    >>> byline("By Ruth Calloway"), byline("Calloway, Ruth; Abara, Tom")
    ('Ruth Calloway', 'Ruth Calloway, Tom Abara')
    """
    names = [name.strip() for name in _BY.sub("", value, count=1).split(";")]
    return ", ".join(_SURNAME_FIRST.sub(r"\2 \1", name) for name in names if name)


def section_and_page(value: str) -> dict[str, str]:
    """What Nexis puts into one field.

    >>> section_and_page("NEWS; Pg. 4")
    {'section': 'NEWS', 'page': '4'}
    """
    section, _, page = value.partition("; Pg.")
    found = {"section": section.strip(), "page": page.strip()}
    return {key: text for key, text in found.items() if text}
