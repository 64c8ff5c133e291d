"""The part of every paragraph: headline, heading, body, or boilerplate with the rule it fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from helpers import lexicons
from helpers.layout.glued import headline_end
from helpers.layout.inside import Inside, inside
from helpers.layout.paragraphs import MARKDOWN, paragraphs
from helpers.layout.patterns import Wording, blanked, key_of, tells
from helpers.layout.repeated import Repeated
from helpers.readers.front_matter import body_start, title_span

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = lexicons.words("headline_small_words")
_LONGEST_HEADLINE = 300
"""Characters; a longer paragraph is no headline, heading or repeated line."""
_SHORT = 700
"""Characters; boilerplate is short: a long paragraph that ends like a caption is an article."""
_CLOSED = re.compile(r"[.!?…:;,—–-][\"'”’)\]»*]*$")
_SENTENCE_INSIDE = re.compile(r"[a-z0-9][.!?][\"”’)]* +[\"“(]?[A-Z]")
_NO_CAPTION = re.compile(
    r"^[-–—•~]|\]$|[\"“”@]|https?:|pic\.twitter|"
    rf"\b(?:{'|'.join(lexicons.listed('no_caption_words'))})\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*[ \xa0]){1,3}[A-Z][\w.'’-]+")


class Piece(NamedTuple):
    """A paragraph without the Markdown mark before it, and what it is."""

    start: int
    end: int
    part: str
    rule: str
    """Of boilerplate: why it was set aside."""


class Laid(NamedTuple):
    """An article as it is laid out."""

    text: str
    """The article's text with what is set aside inside paragraphs as blanks."""
    pieces: list[Piece]
    inside: list[Inside]
    """What is set aside inside paragraphs that are not set aside as a whole."""
    wording: Wording


class _Paragraph(NamedTuple):
    """A paragraph without the Markdown mark before it, as the rules on parts see it."""

    number: int
    start: int
    end: int
    body: str
    key: str
    """Its words, where it is short enough for a headline."""
    n_words: int
    marked: bool
    """Whether a Markdown mark stood before it, of a heading or an item of a list."""
    hashed: bool


class _Layout:
    """What the rules on parts ask of the whole article."""

    def __init__(
        self,
        text: str,
        spans: list[tuple[int, int]],
        title: str,
        outlet: str,
        known: Repeated,
    ) -> None:
        self.text, self.spans = text, spans
        self.title, self.outlet = _key(title), _key(outlet)
        self.declared = title if isinstance(title, str) else ""
        self.keys = [_key(text[a:b]) if b - a <= _LONGEST_HEADLINE else "" for a, b in spans]
        self.repeated = {key for key, n in Counter(self.keys).items() if n >= 3}
        self.again = known.of(outlet)
        """What the outlet prints in article after article."""
        self.wording = Wording(text, self.again.sentences)
        bodies = (
            i
            for i in range(len(spans) - 1, -1, -1)
            if spans[i][1] - spans[i][0] > 200
            and not self.wording.paragraph("end", text[slice(*spans[i])])
        )
        self.last_body = next(bodies, -1)
        """The last long paragraph that is no end matter."""
        long = [bool(_CLOSED.search(text[b - 6 : b])) for a, b in spans if b - a > 100]
        self.closes = len(long) >= 5 and sum(long) >= 0.6 * len(long)
        """Whether its paragraphs end with a full stop, so that a line without one is none."""


def laid_out(text: str, *, title: str, outlet: str, known: Repeated) -> Laid:
    """The paragraphs of an article and what is set aside inside them.

    A declared title in front matter comes first, as the headline.
    """
    begin = body_start(text)
    spans = paragraphs(text, begin)
    aside = inside(text, begin, known.of(outlet).ends)
    read = blanked(text, [(a, b) for a, b, _ in aside])
    declared = title_span(text)
    layout = _Layout(read, spans, title, outlet, known)
    pieces = [*_parts(read, layout, headline_seen=declared is not None, aside=aside)]
    whole = [(p.start, p.end) for p in pieces if p.part == "boilerplate"]
    kept = [s for s in aside if not any(a <= s.start < b for a, b in whole)]
    if declared:
        pieces.insert(0, Piece(*declared, "headline", ""))
    return Laid(blanked(text, [(a, b) for a, b, _ in kept]), pieces, kept, layout.wording)


def _parts(
    text: str, layout: _Layout, *, headline_seen: bool, aside: list[Inside]
) -> Iterator[Piece]:
    """Every paragraph with its part; Markdown marks of headings and lists are cut off."""
    headline = layout.title
    front = True  # nothing of the body has been seen yet
    first_body = 0
    for number in range(len(layout.spans)):
        p = _paragraph(text, number, layout)
        rule = ""
        first = number == 0 and not headline_seen and not p.marked
        if first and (end := headline_end(p.body, layout.declared)):
            # a headline in one line with the text
            yield Piece(p.start, p.start + end, "headline", "")
            headline, headline_seen = _key(p.body[:end]), True
            start = p.start + end + 1
            p = p._replace(start=start, body=text[start : p.end], key="")
        if not headline_seen and _is_headline(p, layout):
            part, headline, headline_seen = "headline", p.key, True
        else:
            rule = (
                _repeats(p, headline if headline_seen else "", layout.outlet)
                or _is_furniture(p, layout, aside)
                or (front and headline_seen and _is_front_matter(p, headline))
                or (not front and _is_authors_note(p, layout, first_body))
                or ""
            )
            if rule:
                part = "boilerplate"
            elif _heads_a_section(p, layout):
                part = "heading"
            elif rule := _is_open_line(p, layout, front):
                part = "boilerplate"
            else:
                part = "body"
        if front and part == "body":
            front, first_body = False, p.start
        yield Piece(p.start, p.end, part, rule)


def _paragraph(text: str, number: int, layout: _Layout) -> _Paragraph:
    a, b = layout.spans[number]
    mark = MARKDOWN.match(text, a)
    hashed = mark is not None and text[a] == "#"
    if mark and mark.end() < b:
        a = mark.end()
    body = text[a:b]
    n = len(_WORD.findall(body)) if b - a <= 200 else 99
    return _Paragraph(number, a, b, body, layout.keys[number], n, mark is not None, hashed)


def _is_headline(p: _Paragraph, layout: _Layout) -> bool:
    """The declared title wherever it stands, or a first line that looks like one."""
    if not p.key or p.key == layout.title:
        return bool(p.key)
    first_of_several = p.number == 0 and len(layout.spans) > 1
    return first_of_several and p.n_words > 2 and (p.hashed or _headline(p.body, p.n_words))


def _is_furniture(p: _Paragraph, layout: _Layout, aside: list[Inside]) -> str:
    """The rule by which a paragraph is boilerplate: its wording or its repetition in the outlet."""
    if not p.body.strip():
        return next((s.rule for s in aside if p.start <= s.start < p.end), "blank")
    short = p.end - p.start <= _SHORT
    if short and (rule := layout.wording.paragraph("any", p.body)):
        return rule
    if p.number <= 3 and (rule := layout.wording.paragraph("start", p.body)):
        return rule
    if short and layout.again.paragraphs and key_of(p.body) in layout.again.paragraphs:
        return layout.again.paragraphs[key_of(p.body)]
    if (
        p.n_words <= 40
        and not _SENTENCE_INSIDE.search(p.body)
        and (rule := layout.wording.sentence(p.body))
    ):
        return rule
    at_end = layout.last_body < p.number and len(layout.spans) <= 2 * p.number
    return (at_end and short and layout.wording.paragraph("end", p.body)) or ""


def _repeats(p: _Paragraph, headline: str, outlet: str) -> str:
    """Whether it says the headline again, or nothing but the outlet's name."""
    if p.key and p.key == headline:
        return "headline again"
    return "outlet's name" if p.key and p.key == outlet != "unknown" else ""


def _is_front_matter(p: _Paragraph, headline: str) -> str:
    """Whether a line between headline and body is a name, or a caption with the headline in it."""
    if p.number <= 3 and p.n_words <= 3 and _heading(p.body, p.n_words):
        return "byline"
    if len(headline) > 20 and p.end - p.start <= _SHORT and headline in _key(p.body):
        return "headline again"
    return ""


def _is_authors_note(p: _Paragraph, layout: _Layout, first_body: int) -> str:
    """Whether one of the last two paragraphs tells of somebody of whom the article does not."""
    if len(layout.spans) - p.number > 2 or p.end - p.start > _SHORT:
        return ""
    name = _NAME.match(p.body)
    if not name or not layout.wording.paragraph("author", p.body[name.end() :]):
        return ""
    last = name.group().split()[-1]
    return "" if last in layout.text[first_body : p.start] else "author's note"


def _heads_a_section(p: _Paragraph, layout: _Layout) -> bool:
    """Whether it is marked as a heading, comes again and again, or looks like one."""
    if p.hashed or (p.key in layout.repeated and p.n_words <= 6 and p.body[-1] not in ".?!"):
        return True
    if p.marked or p.number == len(layout.spans) - 1 or not _heading(p.body, p.n_words):
        return False
    # A short question heads a section only where a real paragraph follows.
    after, end = layout.spans[p.number + 1]
    return not (p.body[-1] == "?" and end - after <= 80)


def _is_open_line(p: _Paragraph, layout: _Layout, front: bool) -> str:
    """Whether a line in the middle of the body tells nothing and ends without a full stop.

    Such lines are captions and titles of films or other articles: "Orr talks tariffs and trade".
    """
    if front or not layout.closes or p.marked or not 5 <= p.n_words <= 45:
        return ""
    if _CLOSED.search(p.body[-6:]) or _NO_CAPTION.search(p.body) or _SENTENCE_INSIDE.search(p.body):
        return ""
    return "" if tells(p.body) else "line without a full stop"


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold())) if isinstance(text, str) else ""


def _headline(body: str, n: int) -> bool:
    if body.rstrip("\"”’' ").endswith((".", ":", ";", ",")):
        return n <= 25 and _title_case(body, n)
    return n <= 30


def _title_case(body: str, n: int) -> bool:
    """Whether the content words of a short line are capitalised ("Iran's Foes Parry")."""
    words = [w for w in _WORD.findall(body) if w.lower() not in _SMALL]
    return 0 < n <= 25 and len(words) > 0 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _heading(body: str, n: int) -> bool:
    if (
        n == 0
        or n > 14
        or body.rstrip("\"”’' )").endswith((".", "!", ":", ";", ",", "—", "–", "…"))
    ):
        return False
    if body[0] in '"“‘«(' and body.rstrip()[-1] in '"”’»)' and n > 4:
        return False
    if body.isupper():
        return True
    return _title_case(body, n) or (n <= 8 and body[0].isupper() and "," not in body)
