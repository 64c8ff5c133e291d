"""Turns of an interview, a debate or a transcript: whose label stands before the words.

"HALE: We never did. / Q. Why not? / The Prime Minister: I refer her to …": what follows a label is
its speaker's up to the next. A label is told from a heading or a list ("Update: …", "Where to
watch: …") by counting: it names a person of the article or an office, comes again, and takes turns
with another; and its turns talk: they ask, or say "I" and "you".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from helpers.lenses.quotes.marked_article import Attribution, MarkedArticle, Range
from helpers.lenses.quotes.people import People, name_words
from helpers.lenses.quotes.printed_lines import SIGNED, Lines
from helpers.lexicons import words

_OPEN = r"[\"“‘'*_\[]{0,4}"
_COLON = re.compile(
    rf"{_OPEN}(?P<label>[^\W_](?:[^:\n\"“”*\[\]?!]{{0,79}}?[\w.)])?)[\]*_]{{0,3}}:[*_]{{0,3}}(?=\s|$|[\"“‘'])"
)
_STOP = re.compile(
    rf"{_OPEN}(?P<label>(?:[A-Z][A-Z.’'-]+ ){{0,4}}[A-Z]{{3,}}|The(?: [A-Z][a-z]+){{1,3}})"
    r"\.(?=\s+\S)"
)
"""A label that a full stop ends, as in the papers of the presidents of the United States."""
_Q_AND_A = re.compile(
    rf"{_OPEN}(?:(?P<label>Q|A|Question|Answer|QUESTION|ANSWER)(?:[.:]|\s?[—–-])[*_]{{0,3}}(?=\s)"
    r"|(?P<glued>Q)(?=[A-Z][a-z]*[ '’]))"
)
_RECORDED = re.compile(
    r"(?<!\S)(?P<label>archived recording(?: \d{1,2})?)(?: \((?P<name>[^()\n]{2,40})\))?(?=\s)"
)
_INSIDE = re.compile(
    r"(?:(?<=[.!?…\"”)\]—–-] )|(?<=[.!?…”\]]))(?P<label>[A-Z][A-Z.’' -]{1,40}):(?=\s)"
)
_NAME_LINE = re.compile(
    r"[\[*_]{0,3}(?P<label>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,4})(?<!\.)[\]*_]{0,3}$"
)
_ASIDE = re.compile(r"\s?\([^()]*\)")
_ASIDE_NAME = re.compile(r"\(([^()]*)\)")
_TALKS = re.compile(r"\b(?:[Ii]|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b|\?")
_SELF = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y)\b")
_FURNITURE = words("label_furniture")
_ROLES = words("turn_roles")
_SMALL = words("headline_small_words")
_RECORDING = "archived recording"
_MOST_WORDS = 7
_TALK = 0.25
"""Share of the turns that ask or say "I" or "you", from which labels are those of a talk.

Of 13 texts in PolNeAR and two other corpora whose labels take turns, the twelve talks have 0.54
and more, the one list (of delegates) none.
"""
_INTERLUDE = 6
"""Paragraphs behind a label that are its speaker's where another label follows."""


class _Label(NamedTuple):
    """A label before what may be a turn."""

    line: int
    start: int
    """Where the label begins; characters, as below."""
    end: int
    body: int
    """Where the words behind it begin."""
    key: str
    """The last word of the name, which stays where the first is dropped; q or a."""
    case: str
    """upper, lower or mixed."""
    known: bool
    """Whether it names a person of the article, an office, or Q. and A."""
    alone: bool
    """Whether it is a line of its own without a colon."""
    name: Range | None
    """The characters that name the speaker."""


def labelled_turns(article: MarkedArticle, lines: Lines, people: People) -> list[Attribution]:
    """One attribution per turn; its lines are taken."""
    labels = _accepted(article, lines, _labels(lines, people))
    if not labels:
        return []
    asked = people.most_named(labels[0].start) if any(x.key == "a" for x in labels) else None
    announced = any(
        "transcript" in lines.text(n).lower()
        for n in range(max(0, labels[0].line - 3), labels[0].line)
    )
    found = []
    several = announced
    """Whether turns are known to go on over several paragraphs."""
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        who = asked if label.key == "a" else _who(label, people)
        content = lines.words_in(label.line, label.body, _same_line(label, after))
        lines.take(label.line)
        if after is None or after.line > label.line:
            to = after.line if after is not None else len(lines)
            close = announced or (after is not None and to - label.line <= _INTERLUDE)
            more: list[Range] = []
            if not _ended(lines, label):
                more = _goes_on(lines, label, to, who, close, several, people)
            content += more
            several = several or (close and len(more) > label.alone)
        if content:
            found.append(_turn(article, label, who, content))
    return found


def _who(label: _Label, people: People) -> str | None:
    if label.name is None:
        return None
    name = people.text[slice(*label.name)]
    return people.actor(name) or people.with_initials(name)


def _same_line(label: _Label, after: _Label | None) -> int | None:
    return after.start if after is not None and after.line == label.line else None


def _ended(lines: Lines, label: _Label) -> bool:
    """Whether the signature of a post ends the line of the label, and so the turn."""
    return SIGNED.search(lines.whole, label.body, lines[label.line].end) is not None


def _labels(lines: Lines, people: People) -> list[_Label]:
    """Every label that may be one, in text order."""
    out = []
    alone = Counter(
        lines.text(n).lower()
        for n, line in enumerate(lines)
        if line.part in ("heading", "body", "boilerplate") and line.end - line.start <= 60
    )
    for n, line in enumerate(lines):
        if line.part == "headline":
            continue
        found = _at_start(lines, n, people, alone)
        if found is not None:
            out.append(found)
        for m in _inside(lines, n):
            if m.re is _RECORDED:
                name = m.span("name" if m["name"] else "label")
                out.append(_Label(n, *m.span(), m.end(), _RECORDING, "lower", True, False, name))
            elif (found is None or m.start() > found.end) and _may_label(m["label"]):
                out.append(_made(n, m.start("label"), m.end("label"), m.end(), people, False))
    return out


def _inside(lines: Lines, n: int) -> Iterator[re.Match[str]]:
    """What looks like a label within line ``n``."""
    text = lines.text(n)
    if _RECORDING in text:
        yield from _RECORDED.finditer(lines.whole, lines[n].start, lines[n].end)
    if ":" in text:
        yield from _INSIDE.finditer(lines.whole, lines[n].start, lines[n].end)


def _at_start(lines: Lines, n: int, people: People, alone: Counter[str]) -> _Label | None:
    line, text = lines[n], lines.whole
    m = _Q_AND_A.match(text, line.start, line.end)
    if m is not None:
        group = "label" if m["label"] else "glued"
        key = m[group][0].lower()
        name = m.span("label") if m["label"] else None
        return _Label(n, *m.span(group), m.end(), key, "", True, False, name)
    m = _COLON.match(text, line.start, line.end) or _STOP.match(text, line.start, line.end)
    if m is not None:
        if not _may_label(m["label"]):
            return None
        return _made(n, m.start("label"), m.end("label"), m.end(), people, False)
    short = line.end - line.start <= 60 and not lines.is_remark(n)
    m = _NAME_LINE.match(text, line.start, line.end) if short else None
    if m is not None and m["label"].split()[0].lower() not in _FURNITURE and m["label"]:
        small = m["label"].islower() and " " in m["label"]
        if small or alone[lines.text(n).lower()] >= 3:
            return _made(n, m.start("label"), m.end("label"), line.end, people, True)
    return None


def _made(n: int, start: int, end: int, body: int, people: People, alone: bool) -> _Label:
    named = _ASIDE_NAME.finditer(people.text, start, end)
    holder = next((m.span(1) for m in named if people.actor(m[1])), (start, end))
    label = people.text[slice(*holder)]  # "The Secretary of State (Ann Hale)"
    bare = _ASIDE.sub("", label)
    key = (name_words(bare) or [bare.lower()])[-1]
    parts = re.findall(r"[^\W\d_]+", bare.lower())
    known = people.named(label) or (bool(parts) and parts[-1] in _ROLES)
    case = "upper" if bare.isupper() else "lower" if bare.islower() else "mixed"
    return _Label(n, start, end, body, key, case, known, alone, holder)


def _may_label(label: str) -> bool:
    """Whether the words are short, capitalised as names and offices are, and no usual heading."""
    bare = _ASIDE.sub("", label)
    parts = bare.split()
    if not 0 < len(parts) <= _MOST_WORDS or parts[0].lower().strip(".,") in _FURNITURE:
        return False
    return all(p[0].isupper() or p[0].isdigit() or p.lower() in _SMALL for p in parts)


def _accepted(article: MarkedArticle, lines: Lines, labels: list[_Label]) -> list[_Label]:
    """Those of ``labels`` that open turns."""
    able = [x for x in labels if x.known or x.alone or x.case == "upper" or _is_name(article, x)]
    bodies = {x: _body(lines, x) for x in able}
    able = [x for x in able if x.key == _RECORDING or (bodies[x] and not bodies[x].isupper())]
    keys = _taking_turns(able, bodies)
    chosen = [x for x in able if x.key in keys]
    if chosen:
        talks = sum(bool(_TALKS.search(bodies[x])) for x in chosen)
        needed = _TALK if any(x.known for x in chosen) else 2 * _TALK
        if talks < needed * len(chosen):
            return []
        places = [x.line for x in chosen]
        alone = {x.case for x in chosen if x.alone}
        return [x for x in able if x.key in keys or (_like(x, alone) and _near(x.line, places))]
    shouted = [
        x for x in able
        if x.line > 0 and x.known and x.case == "upper" and lines[x.line].part == "body"
    ]  # fmt: skip
    return [x for x in shouted if _TALKS.search(bodies[x])]


_AROUND = 8
"""Paragraphs from a turn within which a label that stands once is one too."""


def _is_name(article: MarkedArticle, label: _Label) -> bool:
    return "N" in article.doc.code[article.doc.at(label.start) : article.doc.until(label.end)]


def _like(label: _Label, alone: set[str]) -> bool:
    """Whether a label that stands once is printed as the others are; ``alone``: how those lines."""
    if label.alone:
        return label.case in alone
    return label.known or label.case == "upper"


def _near(line: int, places: list[int]) -> bool:
    """Whether one of the ``places``, which are in order, is near."""
    k = bisect_left(places, line - _AROUND)
    return k < len(places) and places[k] <= line + _AROUND


def _taking_turns(labels: list[_Label], bodies: dict[_Label, str]) -> set[str]:
    """Keys that come again with another between; or a question's and that of the answer to it."""
    last: dict[str, int] = {}
    keys: set[str] = set()
    for i, x in enumerate(labels):
        before = last.get(x.key)
        if before is not None and i - before > 1:
            between = {y.key for y in labels[max(before + 1, i - 4) : i] if y.key != x.key}
            if between:
                keys |= {x.key} | between
        last[x.key] = i
    for x, y in pairwise(labels):
        asks = bodies[x].rstrip("\"”’' ").endswith("?")
        if x.key != y.key and y.line - x.line <= 1 and asks and (x.known or y.known):
            keys |= {x.key, y.key}
    return keys


def _body(lines: Lines, x: _Label) -> str:
    """The words behind a label, in its line or the next."""
    text = lines.whole[x.body : lines[x.line].end].strip()
    if not text and x.line + 1 < len(lines):
        return lines.text(x.line + 1)
    return text


def _goes_on(
    lines: Lines,
    label: _Label,
    to: int,
    who: str | None,
    close: bool,
    several: bool,
    people: People,
) -> list[Range]:
    """The spans of the further lines of a turn, up to line ``to``.

    Up to a label near by all are (``close``); behind the last label, where ``several`` lines make
    a turn, those that say "I" or "you". Where the speaker is named the narrator is back.
    """
    spans: list[Range] = []
    for n in range(label.line + 1, to):
        line = lines[n]
        first = label.alone and not spans
        if lines.is_remark(n) or (close and line.part == "heading" and not first):
            continue
        if line.part == "boilerplate" or (line.part == "heading" and not first):
            break
        if not first:
            if who is not None and people.names(who, line.start, line.end):
                break
            if not close and not (several and _SELF.search(lines.text(n))):
                break
        spans += lines.words_in(n, line.start, None)
        lines.take(n)
    return spans


def _turn(
    article: MarkedArticle, label: _Label, who: str | None, content: list[Range]
) -> Attribution:
    doc = article.doc
    b = doc.until(label.end)
    cue = (b, b + 1) if b < len(doc.words) and doc.words[b] == ":" else None
    article.silence(label.start, label.body)
    source = (doc.at(label.name[0]), doc.until(label.name[1])) if label.name is not None else None
    return Attribution(content, cue, source, "turn", confidence=0.9, actor=who)
