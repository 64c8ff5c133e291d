"""What an outlet prints of a statement beside the words that it quotes.

A quotation that looks cut is often complete: the next sentence goes on with it, the headline has
its other half, or the author tells the rest in his own words. What is told so is not left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.comparing.terms import function_words

RUN = 3
"""Words in a row that must stand in the article, two of them with content."""
BESIDE = 2
"""Sentences on either side of a quotation in which the rest of it may be told."""
TOLD = 0.6
"""Share of the words with content of a gap that tell it, if they stand there in any form."""
LEAST_TOLD = 2
"""So many of them at least, where the gap has so many."""
SMALL = 2
"""So many small words between kept ones are no loss; and letters of a word that tells nothing."""
STEM = 5
"""Letters of a word beyond which its ending does not count."""

WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d]\w*(?:['’]\w+)*")
"""Words as versions of a statement are laid over each other: "1.5C" is 1.5 and C, "a.m." is one."""
_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z])|\n\s*\n")


def missing(kept: set[int], n: int) -> list[tuple[int, int]]:
    """The runs of numbers below ``n`` that are not kept, each with its end.

    >>> missing({2, 3}, 6)
    [(0, 2), (4, 6)]
    """
    runs: list[tuple[int, int]] = []
    for i in range(n):
        if i in kept:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = runs[-1][0], i + 1
        else:
            runs.append((i, i + 1))
    return runs


class Shelf:
    """The articles, to be looked into for the rest of a quotation."""

    def __init__(self, articles: pd.DataFrame) -> None:
        texts = articles["text"] if "text" in articles else [""] * len(articles)
        titles = articles["title"] if "title" in articles else [""] * len(articles)
        self._texts = {
            doc: (text if isinstance(text, str) else "", title if isinstance(title, str) else "")
            for doc, text, title in zip(articles["doc_id"], texts, titles, strict=True)
        }
        self._words: dict[str, str] = {}

    def printed(
        self, keys: list[str], kept: set[int], places: Iterable[tuple[str, int, int]]
    ) -> set[int]:
        """The numbers of further words of a statement that the articles of its places print.

        ``kept`` are those that the quotations at the ``places`` (doc_id, start, end) hold.
        """
        places = list(places)
        found = set(kept)
        small = function_words()
        runs = [keys[i : i + RUN] for i in range(len(keys) - RUN + 1)]
        says = [sum(w not in small and len(w) > SMALL for w in run) >= 2 for run in runs]
        for doc in {doc for doc, _, _ in places}:
            words = self._of(doc)
            for i, run in enumerate(runs):
                if says[i] and f" {' '.join(run)} " in words:
                    found.update(range(i, i + RUN))
        beside = [list(self._beside(*place)) for place in places]
        close = {tuple(words[i : i + RUN]) for words in beside for i in range(len(words))}
        for i, run in enumerate(runs):
            if tuple(run) in close:
                found.update(range(i, i + RUN))
        near = [_stems(words) for words in beside]
        held = _stems(keys[i] for i in found)  # they stand there anyway, and tell nothing else
        for first, last in missing(found, len(keys)):
            gap = [key for key in keys[first:last] if key not in small and len(key) >= STEM - 1]
            stems = _stems(gap) - held
            best = max((len(stems & way) for way in near), default=0)
            is_told = best >= max(TOLD * len(stems), min(len(stems), LEAST_TOLD), 1)
            if is_told or (not gap and last - first <= SMALL):
                found.update(range(first, last))
        return found - kept

    def _of(self, doc: str) -> str:
        """The words of an article, with a blank before and behind each."""
        if doc not in self._words:
            self._words[doc] = f" {' '.join(_words(' . '.join(self._texts[doc])))} "
        return self._words[doc]

    def _beside(self, doc: str, start: int, end: int) -> Iterator[str]:
        """The words of a span and of the sentences around it, the headline's among them."""
        text, title = self._texts[doc]
        before = [found.end() for found in _END.finditer(text[:start])][-BESIDE - 1 :]
        after = [end + found.start() for found in _END.finditer(text[end:])][: BESIDE + 1]
        first = before[0] if len(before) > BESIDE else 0
        last = after[-1] if len(after) > BESIDE else len(text)
        yield from _words(f"{title} {text[first:last]}")


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words)


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]
