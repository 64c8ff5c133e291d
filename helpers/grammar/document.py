"""One article as it is read: tokens, sentences, quotation marks and the letters of its grammar.

Made once a story from the tables and shared by all lenses; nobody changes a `Document`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from copy import copy
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.grammar.clauses import Predicate, Sentence, read
from helpers.grammar.letters import TAGS, letter_of, letters_of, quote_letters
from helpers.grammar.marks import Quoted, scan
from helpers.grammar.retagging import retagged
from helpers.grammar.token_codes import token_codes
from helpers.lemmas import lemma
from helpers.made import made_of_tables

_DOUBTFUL = {
    *(("F", tag) for tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VB", "VBN", "VBG")),
    *(("N", tag) for tag in TAGS if not tag.startswith("NNP")),
    ("t", "IN"),
    ("-", "HYPH"),
    ("w", "WP"),
    ("R", "EX"),
}
"""Letter and tag of the tokens whose tag is looked at again."""


class Document:
    """One article as parallel lists of tokens; token ranges are (first, one past the last)."""

    def __init__(
        self,
        doc_id: str,
        text: str,
        words: list[str],
        tags: list[str],
        starts: list[int],
        ends: list[int],
        sents: list[tuple[int, int]],
        *,
        printed: str | None = None,
        lower: list[str] | None = None,
        sentence_ids: list[int] | None = None,
        parts: list[str] | None = None,
        paragraphs: list[int] | None = None,
    ) -> None:
        self.doc_id = doc_id
        self.text = text
        """The article as it is read: what is set aside inside sentences is blank."""
        self.printed = text if printed is None else printed
        """The article's text, with the same offsets; what a table keeps is cut from it."""
        self.words = words
        self.lower = [word.lower() for word in words] if lower is None else lower
        self.tags = tags
        self.starts = starts
        """Where each token begins, in characters of ``text``."""
        self.ends = ends
        self.sents = sents
        """Token ranges of the sentences."""
        self.sentence_ids = [*range(len(sents))] if sentence_ids is None else sentence_ids
        self.parts = ["body"] * len(sents) if parts is None else parts
        """Of each sentence: headline, body, caption, boilerplate …"""
        self.paragraphs = [0] * len(sents) if paragraphs is None else paragraphs
        """Of each sentence: the number of its paragraph."""
        self._sentences: dict[int, Sentence] = {}

    @cached_property
    def sent(self) -> list[int]:
        """The number of each token's sentence."""
        return [number for number, (a, b) in enumerate(self.sents) for _ in range(a, b)]

    @cached_property
    def marks(self) -> list[Quoted]:
        """The outer quotations, in text order."""
        spans: list[tuple[int, int]] = []
        previous = -1
        for (a, b), paragraph in zip(self.sents, self.paragraphs, strict=True):
            start, end = self.starts[a], self.ends[b - 1]
            if paragraph == previous:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            previous = paragraph
        return [mark for mark in scan(self.text, spans) if mark.depth == 0]

    @cached_property
    def ranges(self) -> list[tuple[int, int]]:
        """Token ranges of the outer quotations, marks included."""
        return [(self.at(mark.start), self.until(mark.end)) for mark in self.marks]

    @cached_property
    def quoted(self) -> bytearray:
        """1 for every token between (or at) outer quotation marks; a 0 behind the last token."""
        inside = bytearray(len(self.words) + 1)
        for a, b in self.ranges:
            inside[a:b] = b"\x01" * (b - a)
        return inside

    @cached_property
    def letters(self) -> str:
        """One letter per token, by its word and its tag alone."""
        return letters_of(self.words, self.tags)

    @cached_property
    def code(self) -> str:
        """The letters as quotes read them; beside quotations verbs tagged as nouns are verbs."""
        return retagged(self, quote_letters(self.letters, self.words, self.lower, self.tags))

    def clauses(self, number: int) -> Sentence:
        """The clauses of a sentence, read once; its token numbers count from its first token."""
        found = self._sentences.get(number)
        if found is None:
            a, b = self.sents[number]
            tags, code = self._corrected
            quotation = self._spoken[a:b] if any(self.quoted[a:b]) else ()
            found = read(self.words[a:b], tags[a:b], code[a:b], quotation)
            self._sentences[number] = found
        return found

    def predicate(self, token: int) -> tuple[Sentence, Predicate] | None:
        """The verb group that holds a token, with its sentence."""
        at = token - self.sents[self.sent[token]][0]
        s = self.clauses(self.sent[token])
        found = next((p for p in s.predicates if p.start <= at < p.end), None)
        return (s, found) if found is not None else None

    @cached_property
    def _spoken(self) -> list[int]:
        """The number of the quotation that holds a clause of its own around each token, else 0."""
        inside = [0] * len(self.words)
        for number, (a, b) in enumerate(self.ranges, 1):
            if not set("FM").isdisjoint(self.code[a:b]):
                inside[a:b] = [number] * (b - a)
        return inside

    @cached_property
    def _corrected(self) -> tuple[list[str], str]:
        """The tags and letters, where the code and neighbours correct the tags."""
        tags, found = [*self.tags], list(self.letters)
        for i, tag in self._corrections():
            tags[i] = tag
            found[i] = letter_of(self.words[i], tag)
        return tags, "".join(found)

    def _corrections(self) -> Iterator[tuple[int, str]]:
        """(token, its tag as it should be)."""
        tags, code = self.tags, self.code
        for i in [i for i, pair in enumerate(zip(code, tags, strict=True)) if pair in _DOUBTFUL]:
            letter = code[i]
            if letter == "F":
                yield i, "VBZ" if self.lower[i].endswith("s") else "VBD"
            elif letter == "N":
                yield i, "NNP"
            elif letter == "t" and code[i + 1 : i + 2] == "v":
                yield i, "TO"
            elif letter == "R":
                yield i, "RB"
            elif letter == "-" and self._is_spaced(i):
                yield i, ":"
            elif letter == "w" and i > 1 and tags[i - 1] == "JJ" and tags[i - 2][:2] == "NN":
                yield i - 1, "NN"  # "a U.S. official who"

    def _is_spaced(self, i: int) -> bool:
        """Whether a blank stands on either side of token ``i``."""
        left = i == 0 or self.ends[i - 1] < self.starts[i]
        return left and (i + 1 == len(self.words) or self.ends[i] < self.starts[i + 1])

    def with_own_marks(self) -> Document:
        """A copy whose ``quoted`` may be changed; what is worked out of the rest is shared."""
        _ = self.code, self.sent, self._corrected, self._spoken
        made = copy(self)
        made.quoted = bytearray(self.quoted)
        return made

    def lemma(self, i: int) -> str:
        """The base form of token ``i``."""
        return lemma(self.lower[i], self.tags[i])

    def at(self, position: int) -> int:
        """The first token that ends after the character ``position``."""
        return bisect_right(self.ends, position)

    def until(self, position: int) -> int:
        """One past the last token that begins before the character ``position``."""
        return bisect_left(self.starts, position)

    def common(self, i: int) -> str:
        """The word at ``i`` in small letters; of a name or number its letter alone.

        What was counted of the names of one year says nothing of other stories.
        """
        letter = self.code[i]
        return letter if letter in "NC" else self.lower[i]


# Marks of lists and quotations, which are no tokens either, have no letters.
_LETTER = re.compile(r"[^\W\d_]")


@made_of_tables
def documents(
    articles: pd.DataFrame, sentences: pd.DataFrame, tokens: pd.DataFrame
) -> list[Document]:
    """One `Document` per row of ``articles``, in its order.

    Sentences without a token are left out; where ``sentences`` has no part or paragraph, all is one
    body.
    """
    forms = token_codes(tokens)
    small = [word.lower() for word in forms.spellings]
    raw = forms.raw.tolist()
    words, lower = [forms.spellings[i] for i in raw], [small[i] for i in raw]
    tags = _shared(tokens["tag"])
    starts, ends = tokens["start"].tolist(), tokens["end"].tolist()
    numbers = tokens["sentence_id"].to_numpy()
    new = (np.diff(forms.doc) != 0) | (np.diff(numbers) != 0)
    edges = [0, *(np.flatnonzero(new) + 1).tolist(), len(raw)] if raw else [0]
    here: dict[str, list[int]] = {}  # the sentences of each article, by number
    for i, doc in enumerate(forms.doc[edges[:-1]].tolist()):
        here.setdefault(forms.doc_ids[doc], []).append(i)
    ids = numbers[edges[:-1]].tolist()
    places = _places(sentences)
    out = []
    for doc_id, text in zip(articles["doc_id"].tolist(), articles["text"].tolist(), strict=True):
        own = here.get(doc_id, [])
        a, b = (edges[own[0]], edges[own[-1] + 1]) if own else (0, 0)
        known = places.get(doc_id, {})
        where = [known.get(ids[i], ("body", 0)) for i in own]
        out.append(
            Document(
                doc_id, _as_read(text, starts[a:b], ends[a:b]),
                words[a:b], tags[a:b], starts[a:b], ends[a:b],
                [(edges[i] - a, edges[i + 1] - a) for i in own],
                printed=text,
                lower=lower[a:b],
                sentence_ids=[ids[i] for i in own],
                parts=[part for part, _ in where],
                paragraphs=[paragraph for _, paragraph in where],
            )
        )  # fmt: skip
    return out


def _as_read(text: str, starts: list[int], ends: list[int]) -> str:
    """The text with blanks for what stands between tokens and is none: it was set aside."""
    pieces: list[str] = []
    last = 0
    for end, start in zip(ends, starts[1:], strict=False):
        if start - end > 2 and not (gap := text[end:start]).isspace():
            lines = (" " * len(x) if _LETTER.search(x) else x for x in gap.split("\n"))
            pieces += [text[last:end], "\n".join(lines)]
            last = start
    return "".join(pieces) + text[last:]


def _shared(column: pd.Series) -> list[str]:
    """The column as a list in which equal texts are one object."""
    codes, values = pd.factorize(column)
    known = [str(value) for value in values.tolist()]
    return [known[code] for code in codes.tolist()]


def _places(sentences: pd.DataFrame) -> dict[str, dict[int, tuple[str, int]]]:
    """{article: {sentence: (part, paragraph)}}."""
    n = len(sentences)
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for doc, number, part, paragraph in zip(
        sentences["doc_id"].tolist(),
        sentences["sentence_id"].tolist(),
        sentences["part"].tolist() if "part" in sentences else ["body"] * n,
        sentences["paragraph"].tolist() if "paragraph" in sentences else [0] * n,
        strict=True,
    ):
        where = (part if isinstance(part, str) else "body", paragraph)
        found.setdefault(doc, {})[number] = where
    return found
