"""An article's text as HTML: its paragraphs, and the marks in them, one inside the other.

The page's script draws the same from the same numbers (`helpers/report/assets/reader.js`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from operator import itemgetter

from helpers.reader.marks import QUOTED, Marks
from helpers.wording import clean

Shown = Mapping[tuple[int, int], Sequence[str]]
"""Spans that something points at, each with the links back to it; an empty span is a place."""
_Write = Callable[[str, bool, bool], str]
"""How a stretch of a mark is written: its words, whether it is the mark's first, and its last."""
_Level = list[tuple[int, int, _Write]]
"""What is marked at one depth, in order and apart from each other: start, end, how."""
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)")
UNDECIDED = "undecided"
_SIGNS = {
    -1: '<sup class="tone ill">−</sup>',
    0: "",
    1: '<sup class="tone well">+</sup>',
}


def front_end(text: str) -> int:
    """Where the front matter of a text ends; 0 without any.

    >>> front_end("---\\ntitle: Talks\\n---\\nThey met.")
    21
    """
    front = _FRONT.match(text)
    return front.end() if front else 0


def paragraphs(text: str, begin: int = 0) -> list[tuple[int, int]]:
    """Start and end of each paragraph: what lies between stretches of blanks with a line break.

    >>> paragraphs("One.  \\n\\n Two.")
    [(0, 4), (9, 13)]
    """
    found, at = [], begin
    for low, high in [*_gaps(text, begin), (len(text), len(text))]:
        if low > at:
            found.append((at, low))
        at = max(at, high)
    return found


def html(
    text: str,
    marks: Marks,
    *,
    begin: int = 0,
    head: Sequence[int] = (),
    headings: Collection[int] = (),
    anchor: str = "",
    shown: Shown | None = None,
) -> str:
    """``text`` from ``begin`` on in paragraphs, with its marks; everything is escaped.

    ``head`` is start and end of a headline before ``begin``; ``headings`` are the starts of further
    ones and of headings. ``shown`` get ids that begin with ``anchor``, and their links back.
    """
    parts = [*([(head[0], head[1])] if head else []), *paragraphs(text, begin)]
    levels = [_said(marks), _shown(shown or {}, parts, anchor), _inner(marks)]
    made = []
    for number, (low, high) in enumerate(parts):
        words = _nested(text, low, high, levels)
        name = ' class="heading"' if number else ' class="headline"'
        name = name if low in headings or (head and not number) else ""
        made.append(f"<p{name}>{words}</p>")
    return "\n".join(made)


def _nested(text: str, low: int, high: int, levels: Sequence[_Level]) -> str:
    """A stretch of text with the marks of all levels, the later ones inside the earlier."""
    if not levels:
        return escape(_visible(text[low:high]))
    spans, inside = levels[0], levels[1:]
    out, at = [], low
    for start, end, write in spans[bisect_left(spans, low, key=itemgetter(1)) :]:
        if start >= high:
            break
        begin, stop = max(start, low), min(end, high)
        if begin < stop or start == end:
            out += [_nested(text, at, begin, inside)] if at < begin else []
            words = _nested(text, begin, stop, inside) if begin < stop else ""
            out.append(write(words, begin == start, stop == end))
            at = stop
    return "".join([*out, _nested(text, at, high, inside)] if at < high else out)


def _apart(level: Iterable[tuple[int, int, _Write]]) -> _Level:
    """Marks in order; of two that overlap the later one begins where the earlier ends."""
    made: _Level = []
    at = 0
    for start, end, write in sorted(level, key=itemgetter(0, 1)):
        if end > max(start, at):
            made.append((max(start, at), end, write))
            at = end
    return made


def _said(marks: Marks) -> _Level:
    def level(start: int, end: int, kind: int, name: int) -> tuple[int, int, _Write]:
        tag = f'<mark class="said {"quoted" if kind == QUOTED else "told"}">'
        by = f'<small class="by">{escape(marks.names[name])}: </small>' if name >= 0 else ""
        return start, end, lambda words, first, _: f"{tag}{by if first else ''}{words}</mark>"

    return _apart(level(*each) for each in marks.said)


def _inner(marks: Marks) -> _Level:
    """Mentions and judging words: the shortest marks, which hold no other."""

    def mention(start: int, end: int, name: int, tone: int, plain: int) -> tuple[int, int, _Write]:
        label = escape(marks.names[name] if name >= 0 else UNDECIDED)
        who = "" if plain else f'<small class="who"> ({label})</small>'
        return start, end, _short(f'u class="named" title="{label}"', who + _SIGNS[tone])

    def judgement(start: int, end: int, tone: int) -> tuple[int, int, _Write]:
        return start, end, _short('em class="judging"', _SIGNS[tone])

    named = [mention(*each) for each in marks.named]
    return _apart([*named, *(judgement(*each) for each in marks.judging)])


def _short(tag: str, after: str) -> _Write:
    close = tag.partition(" ")[0]
    return lambda words, _, last: f"<{tag}>{words}</{close}>{after if last else ''}"


def _shown(shown: Shown, parts: Sequence[tuple[int, int]], anchor: str) -> _Level:
    """The spans pointed at, cut where another one begins or ends, so that none overlap.

    The first stretch of each has its id; its links back stand at its end.
    """
    ids: dict[int, list[str]] = {}
    backs: dict[int, dict[str, None]] = {}
    lit = []
    for (start, end), sources in sorted(shown.items()):
        low, high = _within(start, end, parts)
        ids.setdefault(low, []).append(f' id="{anchor}-{start}"')
        backs.setdefault(high, {}).update(dict.fromkeys(sources))
        lit += [(low, high)] if low < high else []

    def level(low: int, high: int) -> tuple[int, int, _Write]:
        name, *others = dict.fromkeys(ids.get(low, [""]))
        before = "".join(f"<span{other}></span>" for other in others)
        links = [*backs.pop(high, ())]
        after = "".join(_arrow(link, n, len(links)) for n, link in enumerate(links, 1))
        tag = "mark" if low < high else "span"

        def write(words: str, first: bool, last: bool) -> str:
            begin = f"{before}<{tag}{name}>" if first else f"<{tag}>"
            return f"{begin}{words}</{tag}>{after if last else ''}"

        return low, high, write

    cuts = sorted({*ids, *(high for _, high in lit)})
    pieces = [piece for piece in pairwise(cuts) if any(a <= piece[0] < b for a, b in lit)]
    begun = {low for low, _ in pieces}
    points = [(at, at) for at in ids if at not in begun]
    return [level(*piece) for piece in sorted(pieces + points)]


def _within(start: int, end: int, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A span without the blanks between paragraphs at its ends; a place lies at a letter."""
    if not parts:
        return start, start
    first = bisect_right(parts, start, key=itemgetter(1))
    low = max(start, parts[first][0]) if first < len(parts) else parts[-1][1] - 1
    last = bisect_left(parts, end, key=itemgetter(0)) - 1
    return low, max(low, min(end, parts[last][1]) if last >= 0 else low)


def _arrow(link: str, number: int, of: int) -> str:
    here = link.startswith("#")
    where = "back to where this is shown" if here else "to where this is shown among the methods"
    where += f", {number} of {of}" if of > 1 else ""
    return f'<a class="back" href="{escape(link)}" aria-label="{where}">↩</a>'


def _gaps(text: str, begin: int) -> Iterable[tuple[int, int]]:
    """Where a paragraph ends: stretches of blanks with a line break in them."""
    at = text.find("\n", begin)
    while at >= 0:
        low, high = at, at + 1
        while low > begin and text[low - 1] in " \t\r":
            low -= 1
        while high < len(text) and text[high] in " \t\r\n":
            high += 1
        yield low, high
        at = text.find("\n", high)


def _visible(piece: str) -> str:
    """Control and direction characters would change how other words read; they become blanks."""
    return clean(f"|{piece}|")[1:-1]  # blanks at the ends stay, one each
