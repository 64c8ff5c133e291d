"""The genre of an article, guessed where none is declared: report, opinion, transcript …

What an article says of itself counts first: its address (`/opinion/`), its title ("Analysis: …"),
a kicker, the lines about its author at the end (`data/lexicons/en/genre_cues.csv`). Then its form:
turns under speakers' names, entries under times of day. Then how it speaks: an author who says
"I" or "we" and "must" outside quotation marks is taken to argue, unless a dateline and who said
what make it a report. All else is a report.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from helpers.lexicons import listed, load, words
from helpers.readers.front_matter import body_start

REPORT = "report"
LEAST_WORDS = 40
"""Of a shorter text nothing is guessed."""
HEAD, TAIL, SHORT = 5, 4, 400
"""Lines at the top and at the end that may say what a text is, and their longest (characters)."""
TURNS, TURN_SHARE = 4, 0.4
"""So many turns under names, and so much of the text in them, make a transcript or interview."""
ANNOUNCED = 15
"""Lines at the top among which one may announce a transcript."""
ENTRIES = 3
"""Entries under times of day that make a live text."""
PARAGRAPH = 12
"""Words of a paragraph in which an author may be heard: shorter ones are headings and posts."""
ARGUED, ARGUED_ALONE = 12.0, 9.0
"""Words of argument per 1,000 of the author's words from which a text is an opinion piece (read
by hand, see docs/reading.md); and of a text that attributes next to nothing."""
ARGUED_WORDS, FEWEST = 120, 4
"""Words of an author, and words of argument among them, below which nothing is concluded."""
TURN_WORDS = 6
"""Words of a turn on average: a shorter one is an entry of a list."""

_MARKED = re.compile(
    r"[“\"‘'](?:(?<=“)[^”\n]*(?:”|$)|(?<=\")[^\"\n]*(?:\"|$)|(?<=‘)(?<!\w‘)[^’\n]*’(?!\w)"
    r"|(?<=')(?<!\w')(?:[^'\n]|\b'\b)+'(?!\w))"
)
_MARK = re.compile(r"[“\"‘']")
_NAMED = r"[A-Z][\w.'’-]*"
_LABEL = re.compile(
    rf"\W{{0,3}}({_NAMED}(?:,? (?:{_NAMED}|of|the|de|al)){{0,6}}(?: \([^()]{{1,40}}\))?)"
    r"(?:, [A-Z][A-Z ]+)?\s?:(?=\s|$)"
)
_DIGIT = re.compile(r"\d")
_ZONE = r"(?:hrs?|gmt|utc|bst|e[sd]?t|p[sd]?t|local time)"
_TIME = re.compile(
    r"\W{0,3}(?:updated? )?(?:at )?(?:\w{3,9}\.? \d{1,2}, )?\d{1,2}[:.h]?\d{0,2}\s?"
    rf"(?:[ap]\.?\s?m\.?|{_ZONE}\b)(?:\W{{0,3}}{_ZONE})?\s?(?:[-–—:.|]|$)", re.I
)  # fmt: skip
_NOTE = re.compile(
    r"\W{0,3}((?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+)(?:, [^,]{2,40},)?(?: \(@\w+\))?,?"
    r" (?:is|was|has been|served as|serves as) (?:an? |the )?(?:[\w’'-]+,? ){0,3}"
    rf"(?:{'|'.join(sorted(words('roles_of_guest_authors')))})\b"
)
"""A line about somebody by his full name: "Ann Hale is director of the Harbour Institute."."""
_ATTRIBUTED = re.compile(r"\b(?:said|says|told|added|according to|wrote|asked)\b")
REPORTED, UNREPORTED = 9.0, 3.0
"""Attributions per 1,000 words from which a text is a report, however it speaks; and below which
fewer words of argument make it opinion."""
_SIGNS = str.maketrans(dict.fromkeys(",.;:?!()[]—–…/", " "))
_ANNOUNCED = re.compile(
    r"^(?!\W*(?:listen|watch|hear|see|view)\b).*\b(?:transcripts?|text|remarks)\b.{0,60}"
    r"\b(?:as follows|below|follows)\b|^transcript\b",
    re.I,
)


@dataclass(frozen=True)
class _Text:
    """One article as the rules look at it."""

    body: str
    title: str = ""
    url: str = ""
    byline: str = ""
    outlet: str = ""

    @cached_property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.body.split("\n") if line.strip()]

    @cached_property
    def own(self) -> str:
        """The author's paragraphs, what is between quotation marks left out; no posts of others."""
        plain = (
            _MARKED.sub(" ", line) if _MARK.search(line) else line
            for line in self.lines
            if "(@" not in line
        )
        return "\n".join(line for line in plain if len(line.split()) >= PARAGRAPH)

    @cached_property
    def places(self) -> dict[str, list[str]]:
        """The texts that cues of each place are sought in."""
        return {
            "url": [self.url],
            "title": [self.title],
            "outlet": [self.outlet],
            "byline": [self.byline],
            "head": [line for line in self.lines[:HEAD] if len(line) <= SHORT],
            "end": [line for line in self.lines[-TAIL:] if len(line) <= SHORT],
        }


def guess(
    text: str, *, title: str = "", url: str = "", byline: str = "", outlet: str = ""
) -> str | None:
    """The genre that an article's form and words make likely; None of a very short text.

    >>> guess("We know well by now that all of us must act before it is too late for that. " * 10)
    'opinion'
    """
    article = _Text(text[body_start(text) :], title, url, byline, outlet)
    declared = _said(article, ("url", "title", "outlet", "byline", "head"))
    if declared in ("opinion", "editorial", "column", "live", "digest", "transcript"):
        return declared
    if len(article.body.split()) < LEAST_WORDS and not declared:
        return None
    return (
        _turns(article) or _entries(article) or declared or _said(article, ("end",))
        or _noted(article) or _argued(article) or REPORT
    )  # fmt: skip


def says(text: str, **known: str) -> bool:
    """Whether an article says of itself what genre it is: its address, a line, a note at its end.

    >>> says("Rain.", title="Opinion: Shut the docks"), says("We must shut the docks. " * 60)
    (True, False)
    """
    article = _Text(text[body_start(text) :], **known)
    return bool(_said(article, tuple(article.places)) or _noted(article))


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = load("genre_cues")
    return tuple(
        (where, re.compile(pattern, re.I), genre)
        for where, pattern, genre in zip(rows["where"], rows["pattern"], rows["genre"], strict=True)
    )


def _said(article: _Text, places: tuple[str, ...]) -> str | None:
    """The genre of the first cue, in the order of the list, that one of the places holds."""
    for where, pattern, genre in _cues():
        if where in places and any(pattern.search(text) for text in article.places[where] if text):
            return genre
    return None


def _turns(article: _Text) -> str | None:
    """Transcript or interview, where most of the text stands under speakers' names."""
    spoken, speaker, labels, asked = 0, "", Counter[str](), Counter[str]()
    total = sum(map(len, article.lines))
    if _named_lines(article):
        return "transcript"
    for number, line in enumerate(article.lines):
        if number < ANNOUNCED and speaker == "" and len(line) <= 200 and _ANNOUNCED.search(line):
            rest = sum(map(len, article.lines[number + 1 :]))
            if rest >= TURN_SHARE * total:
                return "transcript"
        if found := _LABEL.match(line[:100]) if ":" in line[:100] else None:
            speaker = found[1].split(",")[0].split(" (")[0].split()[-1].lower()
            labels[speaker] += 1
            asked[speaker] += line.endswith("?")
            spoken += len(line)
        elif speaker:
            spoken += len(line)  # a turn goes on until the next name
    if len(article.body.split()) < LEAST_WORDS or spoken < TURN_WORDS * 5 * sum(labels.values()):
        return None
    repeated = {name: n for name, n in labels.items() if n > 1}
    turns = sum(repeated.values())
    if len(repeated) < 2 or turns < TURNS or spoken < TURN_SHARE * total:
        return None
    if turns < len(article.lines) / 4:
        return None
    asker = max(repeated, key=lambda name: (asked[name], name))
    questions = asked[asker] >= 0.5 * repeated[asker]
    return "interview" if questions and len(repeated) <= 3 else "transcript"


def _named_lines(article: _Text) -> bool:
    """Whether speakers' names stand on lines of their own, above their turns."""
    short = Counter(
        line.lower().rstrip(":") for line in article.lines
        if len(line) < 60 and (line[-1:].isalpha() or line.endswith(":"))
    )  # fmt: skip
    names = [n for line, n in short.items() if n >= TURNS - 1 and len(line.split()) <= 4]
    return len(names) >= 2 and sum(names) >= len(article.lines) / 4


def _entries(article: _Text) -> str | None:
    """Live, where entries stand under times of day."""
    timed = (line[:60] for line in article.lines if _DIGIT.search(line[:24]))
    found = sum(bool(_TIME.match(line)) for line in timed)
    return "live" if found >= ENTRIES else None


def _noted(article: _Text) -> str | None:
    """Opinion, where the last line tells who somebody is whom the article never names."""
    found = _NOTE.match(article.lines[-1]) if len(article.lines) > 1 else None
    if found is None or len(article.lines[-1]) > SHORT:
        return None
    surname = found[1].split()[-1]
    return None if surname in "\n".join((article.title, *article.lines[1:-1])) else "opinion"


def _argued(article: _Text) -> str | None:
    """Opinion, where the author speaks of "I" or "we", demands, judges or asks often enough.

    What says of much who said it is a report; what says it of next to nothing is sooner opinion.
    """
    said = 1000 * len(_ATTRIBUTED.findall(article.body)) / max(len(article.body.split()), 1)
    least = ARGUED if said >= UNREPORTED else ARGUED_ALONE
    return "opinion" if said < REPORTED and argument(article.own) >= least else None


def argument(own: str) -> float:
    """Words of the first person, of demand and of judgement, and questions, per 1,000 words.

    0 of a short text, of few such words, and where nothing but demands and questions are found:
    reports say what others should do.

    >>> argument("We think so. " * 50)
    333.3333333333333
    """
    said = Counter(own.replace("’", "'").translate(_SIGNS).split())
    n = said.total()
    personal, judging, demands = (
        sum(said[word] for word in _forms(kind))
        for kind in ("first_person", "arguing_words", "demanding_words")
    )
    found = personal + judging + demands + own.count("?")
    if n < ARGUED_WORDS or found < FEWEST or not personal + judging:
        return 0.0
    return 1000 * found / n


@cache
def _forms(kind: str) -> frozenset[str]:
    """The words of a class as written inside a sentence and at its head."""
    return frozenset(form for word in listed(kind) for form in (word, word[0].upper() + word[1:]))


def fill(articles: pd.DataFrame) -> None:
    """Fill missing genres of a table of articles with guesses, marked in `genre_guessed`."""
    missing = articles["genre"].fillna("").str.strip() == ""
    columns = ("text", "title", "url", "byline", "outlet")
    rows = articles.loc[missing, list(columns)].astype(object).fillna("")
    found = [
        guess(text, title=title, url=url, byline=byline, outlet=outlet)
        for text, title, url, byline, outlet in rows.itertuples(index=False)
    ]
    articles.loc[missing, "genre"] = pd.Series(found, index=rows.index, dtype="str")
    articles["genre_guessed"] = missing & articles["genre"].notna()
