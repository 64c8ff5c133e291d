"""Articles into paragraphs, parts, sentences and tokens, every one with its offsets.

Sentence ends are found by one scan for sentence-final punctuation; each candidate is judged by
what stands before it (abbreviations, initials) and after it, in the manner of Kiss and Strunk
(2006) but with a fixed list (``data/lexicons/en/abbreviations.csv``): on 24 news documents that is
as good as a model trained on the text. Nothing is rewritten: a span is always a piece of
``articles.text``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import lexicons
from helpers.readers.front_matter import body_start, title_span
from helpers.schema import make, needs

if TYPE_CHECKING:
    from helpers.models.protocols import Tagger

_CLOSERS = "\"'”’»“‘)\\]*_"
# The punctuation class comes first: a pattern that opens with a look-behind is 20 times slower.
_CANDIDATE = re.compile(
    rf"[.!?…]++(?:[ \xa0]\.)*[{_CLOSERS}]*+(?=[\s\xa0]|$)|[.!?][”\"’]?(?=[A-Z“][a-z])"
)
_NEXT = re.compile(r"[\s\xa0]*([\"'“”‘’«(\[*_\-–—•]*[\s\xa0]?)(\w+)?")
_LAST_WORD = re.compile(r"(?:\w[\w.’'&-]*|\S)$")
_INITIAL = re.compile(r"(?:[A-Z]\.-?)*[A-Z]$")
_DOTTED = re.compile(r"(?:\w\.)+\w$")
_STARTERS = lexicons.words("sentence_starters")
_SPEECH_AFTER = re.compile(
    rf"[\s\xa0]+(?:(?:{'|'.join(lexicons.listed('speaker_determiners'))})[\s\xa0]+)?"
    rf"(?:[\w.’'-]+,?[\s\xa0]+){{0,5}}?(?:{'|'.join(lexicons.listed('speech_after_quotation'))})\b"
)
_TRIM = " \t\r\n\f\v\xa0\u200b\u200e\u200f\ufeff\u2028\u2029"
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_MARKDOWN = re.compile(r"(?:#{1,6}|>+|[*•·-]|\d{1,2}[.)])[ \t\xa0]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = lexicons.words("headline_small_words")

# One regular expression, tried from the most specific form to the single character.
_TOKEN = re.compile(
    r"""
    [A-Za-z]+(?<!\b[Cc]annot)(?=[\s,;)])            # most words, quickly
    | (?:https?://|www\.)[^\s<>"“”]+                # addresses
    | [@\#]\w+                                      # handles and hashtags
    | (?:[^\W\d_]\.){2,}                            # U.S., a.m.
    | \d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\b  # numbers, times, 1990s
    | (?:can(?=not\b))
    | [^\W\d_]+?(?=n[’']t\b)                        # did | n't
    | n[’']t\b
    | [’'](?:s|S|re|ve|ll|d|m|RE|VE|LL)\b           # clitics
    | (?:[^\W\d_]|\d)+(?:[-‐‑&](?:[^\W_])+)+        # well-known, AT&T
    | (?:O|D|L|d|l|al)[’'](?=[A-Z])[^\W\d_]+        # O'Brien, d'Orsay
    | [^\W_]+(?:[’'][^\W\d_]+)*?(?=[’'](?:s|S|re|ve|ll|d|m)\b)   # word before a clitic
    | [^\W_]+(?:[’'](?!s\b)[^\W\d_]{2,})*           # words
    | \.{2,} | …
    | -{2,}
    | [^\s\u200b\u200e\u200f\ufeff]
    """,
    re.VERBOSE,
)
_LONGEST_HEADLINE = 300
LONGEST_SENTENCE = 2_000
"""Characters: what is longer (a list of names, a table, a text without marks) is cut, since what
reads sentences asks of each word what stands around it. In 950 real articles none has 1,300."""
"""Characters; a longer paragraph is no headline, heading or repeated line."""


class _Abbreviations:
    def __init__(self) -> None:
        table = lexicons.load("abbreviations")
        kinds = {kind: frozenset(rows["abbreviation"]) for kind, rows in table.groupby("kind")}
        self.title = kinds["title"]
        self.number = kinds["number"]
        self.inner = kinds["inner"]
        self.all = self.title | self.number | self.inner


@cache
def _abbreviations() -> _Abbreviations:
    return _Abbreviations()


class _Patterns:
    """The patterns of one place: those bound to the beginning are tried there alone."""

    def __init__(self, patterns: Iterable[str]) -> None:
        listed = list(patterns)
        self.begin = _either([p for p in listed if p.startswith("^")])
        self.inside = _either([p for p in listed if not p.startswith("^")])

    def fit(self, text: str) -> bool:
        """Whether one of the patterns is in the text."""
        return bool(
            (self.begin and self.begin.match(text)) or (self.inside and self.inside.search(text))
        )


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None


@cache
def _boilerplate() -> dict[str, _Patterns]:
    table = lexicons.load("boilerplate")
    return {str(where): _Patterns(rows["pattern"]) for where, rows in table.groupby("where")}


def tokenize(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The (start, end) of every token of ``text``, shifted by ``start``.

    Close to the Penn Treebank's rules: "didn't" is did | n't, "Trump's" Trump | 's; hyphenated
    words, numbers and dotted abbreviations ("U.S.") stay whole; each mark stands alone.

    >>> [ "Mr. Hale didn't call."[a:b] for a, b in tokenize("Mr. Hale didn't call.")]
    ['Mr.', 'Hale', 'did', "n't", 'call', '.']
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if "." in text:
        spans = _with_dots(text, spans)
    return [(a + start, b + start) for a, b in spans] if start else spans


def _with_dots(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with the dot of every known abbreviation joined to it, even at a sentence's end."""
    known = _abbreviations().all
    dots = [
        i
        for i, (a, b) in enumerate(spans)
        if b - a == 1 and text[a] == "." and i and spans[i - 1][1] == a
    ]
    last = len(spans) - 1
    # "George W. Bush": an initial inside a sentence keeps its dot too.
    joined = [
        i
        for i in dots
        if text[slice(*spans[i - 1])] in known
        or (i < last and spans[i - 1][1] - spans[i - 1][0] == 1 and text[spans[i - 1][0]].isupper())
    ]
    for i in reversed(joined):
        spans[i - 1 : i + 1] = [(spans[i - 1][0], spans[i][1])]
    return spans


def paragraphs(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The (start, end) of every paragraph of ``text`` from ``start`` on, trimmed of white space.

    A line is a paragraph, unless the text is hard-wrapped (blank lines between blocks whose lines
    break at a like width): then a block is.
    """
    lines = [m.span() for m in _LINE.finditer(text, start)]
    trimmed = [t for t in (_trim(text, a, b) for a, b in lines) if t[0] < t[1]]
    if not _hard_wrapped(text, trimmed):
        return trimmed
    blocks: list[tuple[int, int]] = []
    for a, b in trimmed:
        if blocks and text.count("\n", blocks[-1][1], a) == 1 and not _MARKDOWN.match(text, a):
            blocks[-1] = (blocks[-1][0], b)
        else:
            blocks.append((a, b))
    return blocks


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    while a < b and text[a] in _TRIM:
        a += 1
    while b > a and text[b - 1] in _TRIM:
        b -= 1
    return a, b


def _hard_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether most lines that are followed at once by another break at 50 to 100 characters."""
    joined = [(b - a) for (a, b), (c, _) in pairwise(lines) if text.count("\n", b, c) == 1]
    if len(joined) < 3 or len(joined) == len(lines) - 1 < 8:
        return False
    return sum(50 <= n <= 100 for n in joined) >= 0.8 * len(joined)


def sentence_spans(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """The (start, end) of every sentence of the paragraph ``text[a:b]``."""
    spans: list[tuple[int, int]] = []
    start = a
    for match in _CANDIDATE.finditer(text, a, b):
        end = match.end()
        if end >= b:
            break
        if end > start and _ends(text, start, match.start(), end, b):
            first, last = _trim(text, start, end)
            if first < last:
                spans.append((first, last))
            start = end
    first, last = _trim(text, start, b)
    if first < last:
        spans.append((first, last))
    return spans


def _bounded(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """The sentence, or where it is too long its pieces, cut at blanks where there are any."""
    pieces: list[tuple[int, int]] = []
    while b - a > LONGEST_SENTENCE:
        furthest = a + LONGEST_SENTENCE
        blanks = (i for i in range(furthest, a + LONGEST_SENTENCE // 2, -1) if text[i].isspace())
        cut = next(blanks, furthest)
        first, last = _trim(text, a, cut)
        if first < last:
            pieces.append((first, last))
        a, _ = _trim(text, cut, b)
    return [*pieces, (a, b)] if a < b else pieces


def _ends(text: str, start: int, mark: int, end: int, limit: int) -> bool:
    """Whether the punctuation at ``text[mark:end]`` ends the sentence begun at ``start``."""
    after = _NEXT.match(text, end, limit)
    opener = after.group(1) if after else ""
    word = (after.group(2) if after else None) or ""
    glued = not text[end].isspace()
    if glued:
        before = text[max(start, mark - 30) : mark].rsplit(None, 1)[-1:]
        if not before or not before[0][-2:].islower() or re.search(r"[@/.]|www", before[0]):
            return False
    if word[:1].islower() and not opener.strip(" \xa0"):
        return False
    if word[:1].islower() and not any(q in opener for q in "\"“‘«'”"):
        return False
    closed = text[mark:end]
    quoted = any(q in closed for q in "\"”’»'“")
    if quoted and ("!" in closed or "?" in closed or "…" in closed or ".." in closed):
        # “Really?” Hale asked. runs on; “Really?” He added … does not.
        runs_on = _SPEECH_AFTER.match(text, end, min(limit, end + 90)) is not None
        return word in _STARTERS or not runs_on
    if closed[0] != "." or len(closed.rstrip(_CLOSERS)) > 1:
        return True
    if quoted and not text[mark - 1 : mark].isupper():
        return True
    last = _LAST_WORD.search(text, max(start, mark - 24), mark)
    stem = last.group() if last else ""
    return _full_stop(stem, word, opener)


def _full_stop(stem: str, word: str, opener: str) -> bool:
    known = _abbreviations()
    stem = stem.rsplit("-", 1)[-1] if stem.rsplit("-", 1)[-1] in known.all else stem
    if stem in known.title:
        return False
    if stem in known.number:
        return not (word[:1].isdigit() or word == "") and word in _STARTERS
    starter = word in _STARTERS
    if stem in known.inner or _DOTTED.match(stem):
        return starter or (word[:1].isupper() and any(q in opener for q in '"“«'))
    if _INITIAL.match(stem):
        # "George W. Bush", but "Plan B. The minister": "I" alone is a pronoun, not an initial.
        return starter or stem == "I"
    return True


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

    def __init__(self, text: str, spans: list[tuple[int, int]], title: str, outlet: str) -> None:
        self.spans = spans
        self.title, self.outlet = _key(title), _key(outlet)
        self.keys = [_key(text[a:b]) if b - a <= _LONGEST_HEADLINE else "" for a, b in spans]
        self.repeated = {key for key, n in Counter(self.keys).items() if n >= 3}
        self.furniture = _boilerplate()
        bodies = (
            i
            for i in range(len(spans) - 1, -1, -1)
            if spans[i][1] - spans[i][0] > 200
            and not self.furniture["end"].fit(text[slice(*spans[i])])
        )
        self.last_body = next(bodies, -1)
        """The last long paragraph that is no end matter."""


def _parts(
    text: str,
    spans: list[tuple[int, int]],
    title: str,
    outlet: str,
    *,
    headline_seen: bool = False,
) -> Iterator[tuple[int, int, str]]:
    """(start, end, part) of every paragraph; Markdown marks of headings and lists are cut off."""
    layout = _Layout(text, spans, title, outlet)
    headline = layout.title
    front = True  # nothing of the body has been seen yet
    for number in range(len(spans)):
        p = _paragraph(text, number, layout)
        if not headline_seen and _is_headline(p, layout):
            part, headline, headline_seen = "headline", p.key, True
        elif (
            _repeats(p, headline if headline_seen else "", layout.outlet)
            or _is_furniture(p, layout)
            or (front and headline_seen and _is_bare_byline(p))
        ):
            part = "boilerplate"
        elif _heads_a_section(p, layout):
            part = "heading"
        else:
            part = "body"
        front = front and part != "body"
        yield p.start, p.end, part


def _paragraph(text: str, number: int, layout: _Layout) -> _Paragraph:
    a, b = layout.spans[number]
    mark = _MARKDOWN.match(text, a)
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


def _is_furniture(p: _Paragraph, layout: _Layout) -> bool:
    """Whether its wording is that of page furniture: anywhere, at the start or at the end.

    Furniture is short; a long paragraph that ends like a caption is a whole article.
    """
    short = p.end - p.start <= 700
    if short and layout.furniture["any"].fit(p.body):
        return True
    if p.number <= 3 and layout.furniture["start"].fit(p.body):
        return True
    at_end = layout.last_body < p.number and len(layout.spans) <= 2 * p.number
    return at_end and short and layout.furniture["end"].fit(p.body)


def _repeats(p: _Paragraph, headline: str, outlet: str) -> bool:
    """Whether it says the headline again, or nothing but the outlet's name."""
    return p.key != "" and (p.key == headline or p.key == outlet != "unknown")


def _is_bare_byline(p: _Paragraph) -> bool:
    """Whether it is no more than a name below the headline."""
    return p.number <= 3 and p.n_words <= 3 and _heading(p.body, p.n_words)


def _heads_a_section(p: _Paragraph, layout: _Layout) -> bool:
    """Whether it is marked as a heading, comes again and again, or looks like one."""
    if p.hashed or (p.key in layout.repeated and p.n_words <= 6 and p.body[-1] not in ".?!"):
        return True
    if p.marked or p.number == len(layout.spans) - 1 or not _heading(p.body, p.n_words):
        return False
    # A short question heads a section only where a real paragraph follows.
    after, end = layout.spans[p.number + 1]
    return not (p.body[-1] == "?" and end - after <= 80)


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


def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per sentence of ``articles``: its span, paragraph and part.

    Needs the columns ``doc_id`` and ``text``; uses ``title`` and ``outlet`` where they are there
    (a first line that repeats the title is the headline; a line that is only the outlet's name is
    boilerplate). Of front matter only the declared title is a sentence, the headline.

    >>> from helpers.schema import make
    >>> text = "A Line Goes Quiet\\n\\nMr. Hale left the U.S. on Monday. He did not call."
    >>> sentences(make("articles", [{"doc_id": "a", "text": text, "n_words": 15}]))[
    ...     ["sentence_id", "part", "text"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [[0, 'headline', 'A Line Goes Quiet'], [1, 'body', 'Mr. Hale left the U.S. on Monday.'],
     [2, 'body', 'He did not call.']]
    """
    needs(articles, "doc_id", "text", table="articles")
    n = len(articles)
    titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * n
    outlets = articles["outlet"].fillna("").tolist() if "outlet" in articles else [""] * n
    columns: dict[str, list[Any]] = {
        c: [] for c in ("doc_id", "sentence_id", "start", "end", "text", "paragraph", "part")
    }
    rows = zip(articles["doc_id"], articles["text"], titles, outlets, strict=True)
    for doc_id, text, title, outlet in rows:
        declared = title_span(text)
        spans = paragraphs(text, body_start(text))
        cut = list(_parts(text, spans, title, outlet, headline_seen=declared is not None))
        if declared:
            cut.insert(0, (*declared, "headline"))
        found = [
            (first, last, number, part)
            for number, (a, b, part) in enumerate(cut)
            for whole in (
                [(a, b)] if part in ("headline", "heading") else sentence_spans(text, a, b)
            )
            for first, last in _bounded(text, *whole)
        ]
        columns["doc_id"] += [doc_id] * len(found)
        columns["sentence_id"] += range(len(found))
        columns["start"] += [first for first, _, _, _ in found]
        columns["end"] += [last for _, last, _, _ in found]
        columns["text"] += [text[first:last] for first, last, _, _ in found]
        columns["paragraph"] += [number for _, _, number, _ in found]
        columns["part"] += [part for _, _, _, part in found]
    return make("sentences", columns)


def tokens(
    articles: pd.DataFrame, sentences: pd.DataFrame, *, tagger: Tagger | None = None
) -> pd.DataFrame:
    """One row per token of ``sentences``, in text order, with its part-of-speech tag.

    ``tagger`` tags in the place of our own.
    """
    from helpers.tagging import default_tagger

    needs(sentences, "doc_id", "sentence_id", "start", "text", table="sentences")
    texts = sentences["text"].tolist()
    starts = sentences["start"].to_numpy()
    spans = [tokenize(text) for text in texts]
    words = [[text[a:b] for a, b in span] for text, span in zip(texts, spans, strict=True)]
    tags = (tagger or default_tagger()).tag(words)
    counts = np.array([len(s) for s in spans], dtype="int64")
    offsets = np.array([s for span in spans for s in span], dtype="int64").reshape(-1, 2)
    offsets += np.repeat(starts, counts)[:, None]
    columns: dict[str, Any] = {
        "doc_id": sentences["doc_id"].repeat(counts.tolist()).reset_index(drop=True),
        "sentence_id": sentences["sentence_id"].repeat(counts.tolist()).reset_index(drop=True),
        "start": offsets[:, 0],
        "end": offsets[:, 1],
        "text": [w for sentence in words for w in sentence],
        "tag": [t for sentence in tags for t in sentence],
    }
    return make("tokens", columns)
