"""What an outlet prints in article after article: promotions, notices, labels.

The background that a wire repeats in each article about a story ("Iran has denied …") is reporting
though it comes again and again. So repetition alone sets nothing aside: what is repeated must also
speak to the reader, be a mere label, or stand at the end and tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from helpers import lexicons
from helpers.layout.inside import own_ends, title_ends
from helpers.layout.paragraphs import paragraphs
from helpers.layout.patterns import key_of, tells
from helpers.readers.front_matter import body_start

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_QUOTE = re.compile(r"[\"“”«»]|''|``")
_ADDRESS = lexicons.words("reader_address")
_SIGNS = ("@", "www.", "http", ".com", "©")
_DIGIT = re.compile(r"\d")
_LONGEST, _LABEL = 700, 60
"""Characters of a paragraph that may be boilerplate, and of one that may be a label."""
LEAST = 3
"""Articles of an outlet that hold a text, so that it may be its boilerplate: two may be versions
of one."""
_ENDING = 3
"""Paragraphs: so near to the end is what stands at the end."""


@dataclass(frozen=True)
class Again:
    """What one outlet repeats."""

    paragraphs: dict[str, str] = field(default_factory=dict)
    """The key of each whole paragraph, and the rule."""
    sentences: dict[str, str] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    """The words with which it ends titles of other articles inside sentences."""


_NOTHING = Again()


@dataclass(frozen=True)
class Repeated:
    """What each outlet repeats, learned from all articles of a story."""

    outlets: dict[str, Again] = field(default_factory=dict)

    def of(self, outlet: str) -> Again:
        """What an outlet repeats."""
        return self.outlets.get(outlet, _NOTHING)


class _Unit(NamedTuple):
    """A paragraph or a sentence of one, where it may be boilerplate."""

    text: str
    whole: bool
    """A whole paragraph."""
    speaks: bool
    """It speaks to the reader."""
    last: bool
    """One of the last paragraphs."""


@dataclass(slots=True)
class _Found:
    """A unit in all articles of an outlet that hold it."""

    unit: _Unit
    article: int
    """The last article that held it."""
    n: int = 1
    """The articles that hold it."""
    last: bool = True
    """Whether it is one of the last paragraphs in all of them."""


def repeated(articles: pd.DataFrame) -> Repeated:
    """What each outlet of ``articles`` repeats from article to article; copies do not count.

    Needs the columns ``doc_id`` and ``text``; uses ``outlet`` and ``duplicate_of``.
    """
    if "outlet" not in articles:
        return Repeated()
    kept = articles
    if "duplicate_of" in articles:
        kept = articles[articles["duplicate_of"].isna()]
    texts: dict[str, list[str]] = defaultdict(list)
    for outlet, text in zip(kept["outlet"].tolist(), kept["text"].tolist(), strict=True):
        texts[outlet].append(text)
    return Repeated({o: made for o in sorted(texts) if (made := _again(texts[o])) != _NOTHING})


def _again(texts: list[str]) -> Again:
    found: dict[str, _Found] = {}
    for number, text in enumerate(texts if len(texts) > 1 else ()):
        for unit in _units(text):
            key = key_of(unit.text)
            held = found.setdefault(key, _Found(unit, number))
            held.last = held.last and unit.last
            if held.article != number:
                held.article, held.n = number, held.n + 1
    rules = [(key, held.unit, _rule(held)) for key, held in found.items() if key]
    return Again(
        {key: rule for key, unit, rule in rules if rule and unit.whole},
        {key: rule for key, _, rule in rules if rule == "repeated call"},
        _ends(texts),
    )


def _ends(texts: list[str]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(title_ends(text, body_start(text)))
    return own_ends(counts)


def _units(text: str) -> Iterator[_Unit]:
    """What may be boilerplate: what speaks to the reader, is short, or stands at the end.

    Nothing of a paragraph that quotes.
    """
    spans = paragraphs(text, body_start(text))
    for number, (a, b) in enumerate(spans):
        if b - a > _LONGEST:
            continue
        body = text[a:b]
        last = number >= len(spans) - _ENDING
        speaks = _speaks(body)
        if not (speaks or last or b - a <= _LABEL) or _QUOTE.search(body):
            continue
        yield _Unit(body, True, speaks, last)
        for sentence in _SENTENCE_END.split(body) if speaks else ():
            if len(sentence) < len(body) and _speaks(sentence):
                yield _Unit(sentence, False, True, last)


def _speaks(text: str) -> bool:
    """Whether a text speaks to the reader, or names a place on the web."""
    words = text.lower().split()
    return (
        not _ADDRESS.isdisjoint(words)
        or not _ADDRESS.isdisjoint(word.rstrip(".,:;?!") for word in words[-1:])
        or any(sign in text for sign in _SIGNS)
    )


def _rule(held: _Found) -> str:
    """Why a text that several articles hold is boilerplate; empty where it may be reporting."""
    text = held.unit.text
    if held.n < LEAST:
        return ""
    if held.unit.speaks:
        return "repeated call"
    if tells(text):
        return ""
    words = text.split()
    if len(words) <= 6 and (text.isupper() or len(words) > 1) and text[-1] not in "?!,;":
        return "repeated label" if all(w[0].isupper() for w in words if len(w) > 3) else ""
    # Numbers are facts: "It takes 1,237 delegates" ends many an article.
    return "repeated at the end" if held.last and not _DIGIT.search(text) else ""
