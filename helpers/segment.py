"""Articles into paragraphs, parts, sentences and tokens, every one with its offsets.

Sentence ends are found by one scan for sentence-final punctuation; each candidate is judged by
what stands before it (abbreviations, initials) and after it, in the manner of Kiss and Strunk
(2006) but with a fixed list (``data/lexicons/en/abbreviations.csv``): on 24 news documents that is
as good as a model trained on the text. Nothing is rewritten: a span is always a piece of
``articles.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from helpers import layout, lexicons
from helpers.layout import Repeated, trim
from helpers.layout.slid_marks import slid_marks
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
# One regular expression, tried from the most specific form to the single character.
_TOKEN = re.compile(
    r"""
    [A-Za-z]+(?<!\b[Cc]annot)(?=[\s,;)])            # most words, quickly
    | (?:https?://|www\.)[^\s<>"“”]+                # addresses
    | [@\#]\w+                                      # handles and hashtags
    | (?:[A-Z]-)?(?:[^\W\d_]\.){2,}                 # U.S., a.m., R-N.Y.
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
_WORDS = r"\w+(?:[-'’.]\w+)*"
"""As `corpus.n_words` counts them."""
LONGEST_SENTENCE = 2_000
"""Characters: what is longer (a list of names, a table, a text without marks) is cut, since what
reads sentences asks of each word what stands around it. In 950 real articles none has 1,300."""


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
        if text[slice(*spans[i - 1])].rpartition("-")[2] in known  # D-Calif.
        or (i < last and spans[i - 1][1] - spans[i - 1][0] == 1 and text[spans[i - 1][0]].isupper())
    ]
    for i in reversed(joined):
        spans[i - 1 : i + 1] = [(spans[i - 1][0], spans[i][1])]
    return spans


def sentence_spans(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """The (start, end) of every sentence of the paragraph ``text[a:b]``."""
    spans: list[tuple[int, int]] = []
    start = a
    slid = slid_marks(text, a, b)
    for match in _CANDIDATE.finditer(text, a, b):
        end = match.end() - (match.end() - 1 in slid)  # it opens the next sentence
        if end >= b:
            break
        if end > start and _ends(text, start, match.start(), end, b):
            first, last = trim(text, start, end)
            if first < last:
                spans.append((first, last))
            start = end
    first, last = trim(text, start, b)
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
        first, last = trim(text, a, cut)
        if first < last:
            pieces.append((first, last))
        a, _ = trim(text, cut, b)
    return [*pieces, (a, b)] if a < b else pieces


def _ends(text: str, start: int, mark: int, end: int, limit: int) -> bool:
    """Whether the punctuation at ``text[mark:end]`` ends the sentence begun at ``start``."""
    after = _NEXT.match(text, end, limit)
    opener = after.group(1) if after else ""
    word = (after.group(2) if after else None) or ""
    glued = not text[end].isspace() and text[end] != '"'  # a mark left over opens what follows
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
    name = _LAST_WORD.search(text, max(start, mark - 26), mark - 2) if stem == "I" else None
    if name and name.group() in _given_names():
        return word in _STARTERS  # "Joseph I. Hale"
    return _full_stop(stem, word, opener)


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lexicons.load("given_names")["name"])


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


class Cut(NamedTuple):
    """Articles cut into sentences, and what of them was set aside."""

    sentences: pd.DataFrame
    set_aside: pd.DataFrame


def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per sentence of ``articles``: its span, paragraph and part; see `cut`.

    >>> from helpers.schema import make
    >>> text = "A Line Goes Quiet\\n\\nMr. Hale left the U.S. on Monday. He did not call."
    >>> sentences(make("articles", [{"doc_id": "a", "text": text, "n_words": 15}]))[
    ...     ["sentence_id", "part", "text"]].values.tolist()  # doctest: +NORMALIZE_WHITESPACE
    [[0, 'headline', 'A Line Goes Quiet'], [1, 'body', 'Mr. Hale left the U.S. on Monday.'],
     [2, 'body', 'He did not call.']]
    """
    return cut(articles).sentences


def cut(articles: pd.DataFrame, *, known: Repeated | None = None) -> Cut:
    """The sentences of ``articles`` and, one row each, the spans that are set aside.

    Needs the columns ``doc_id`` and ``text``; uses ``title`` and ``outlet`` where they are there
    (a first line that repeats the title is the headline; a line that is only the outlet's name is
    boilerplate). Of front matter only the declared title is a sentence, the headline. ``known`` is
    what the outlets repeat (`layout.repeated`); without it only these articles say so.

    >>> from helpers.schema import make
    >>> text = "The talks failed. Sign up for our newsletter here. Nobody (RELATED: A Line) called."
    >>> made = cut(make("articles", [{"doc_id": "a", "text": text, "n_words": 13}]))
    >>> made.set_aside[["text", "rule"]].values.tolist()
    [['Sign up for our newsletter here.', 'call to the reader'], ['(RELATED: A Line)', 'link']]
    """
    needs(articles, "doc_id", "text", table="articles")
    known = layout.repeated(articles) if known is None else known
    n = len(articles)
    titles = articles["title"].fillna("").tolist() if "title" in articles else [""] * n
    outlets = articles["outlet"].fillna("").tolist() if "outlet" in articles else [""] * n
    rows: dict[str, list[Any]] = {
        c: [] for c in ("doc_id", "sentence_id", "start", "end", "text", "paragraph", "part")
    }
    aside: dict[str, list[Any]] = {c: [] for c in ("doc_id", "start", "end", "text", "rule")}
    each = zip(articles["doc_id"], articles["text"], titles, outlets, strict=True)
    for doc_id, text, title, outlet in each:
        found, spans = _cut(text, title, outlet, known)
        rows["doc_id"] += [doc_id] * len(found)
        rows["sentence_id"] += range(len(found))
        rows["start"] += [first for first, _, _, _ in found]
        rows["end"] += [last for _, last, _, _ in found]
        rows["text"] += [text[first:last] for first, last, _, _ in found]
        rows["paragraph"] += [number for _, _, number, _ in found]
        rows["part"] += [part for _, _, _, part in found]
        aside["doc_id"] += [doc_id] * len(spans)
        aside["start"] += [a for a, _, _ in spans]
        aside["end"] += [b for _, b, _ in spans]
        aside["text"] += [text[a:b] for a, b, _ in spans]
        aside["rule"] += [rule for _, _, rule in spans]
    return Cut(make("sentences", rows), make("set_aside", aside))


_Row = tuple[int, int, int, str]
"""A sentence: start, end, paragraph, part."""


def _cut(
    text: str, title: str, outlet: str, known: Repeated
) -> tuple[list[_Row], list[tuple[int, int, str]]]:
    """The sentences of an article, and the spans set aside with their rules, in text order."""
    laid = layout.laid_out(text, title=title, outlet=outlet, known=known)
    found: list[_Row] = []
    aside = [(a, b, rule) for a, b, rule in laid.inside]
    for number, (a, b, part, rule) in enumerate(laid.pieces):
        if part == "boilerplate":
            aside.append((a, b, rule))
        read = text if part == "boilerplate" else laid.text
        whole = (
            [trim(read, a, b)] if part in ("headline", "heading") else sentence_spans(read, a, b)
        )
        rules = [""] * len(whole)
        if part in ("body", "heading"):
            rules = [laid.wording.sentence(read[x:y]) or "" for x, y in whole]
            rules = layout.spread(rules, [read[x:y] for x, y in whole])
        for (x, y), why in zip(whole, rules, strict=True):
            if why:
                aside.append((x, y, why))
            kept = "boilerplate" if why else part
            found += [(first, last, number, kept) for first, last in _bounded(read, x, y)]
    return found, sorted(aside)


def counted(articles: pd.DataFrame, set_aside: pd.DataFrame) -> pd.DataFrame:
    """``articles`` whose ``n_words`` leave out what is set aside."""
    if set_aside.empty:
        return articles
    words = set_aside["text"].str.count(_WORDS).groupby(set_aside["doc_id"]).sum()
    fewer = articles["doc_id"].map(words).fillna(0).astype("int64")
    return articles.assign(n_words=(articles["n_words"] - fewer).clip(lower=0))


def as_read(sentences: pd.DataFrame, set_aside: pd.DataFrame) -> pd.DataFrame:
    """``sentences`` with what is set aside inside them as blanks, every character in its place.

    For what reads the words of a sentence; the table itself keeps the article's.
    """
    inside = _inside(sentences, set_aside)
    if not inside:
        return sentences
    texts = sentences["text"].tolist()
    begins = sentences["start"].tolist()
    for row, spans in inside.items():
        texts[row] = layout.blanked(texts[row], spans, begins[row])
    return sentences.assign(text=pd.Series(texts, sentences.index, dtype="str"))


def _inside(sentences: pd.DataFrame, set_aside: pd.DataFrame) -> dict[int, list[tuple[int, int]]]:
    """Of each sentence, by its row: the spans that are set aside in it, where it is not one."""
    found: dict[int, list[tuple[int, int]]] = {}
    if set_aside.empty:
        return found
    spans: dict[str, list[tuple[int, int]]] = {}
    for doc, a, b in zip(
        set_aside["doc_id"].tolist(),
        set_aside["start"].tolist(),
        set_aside["end"].tolist(),
        strict=True,
    ):
        spans.setdefault(doc, []).append((a, b))
    for of_doc in spans.values():
        of_doc.sort()
    reach = {doc: list(accumulate((b for _, b in of_doc), max)) for doc, of_doc in spans.items()}
    rows = np.flatnonzero(sentences["doc_id"].isin(set_aside["doc_id"]).to_numpy())
    docs = sentences["doc_id"].to_numpy(dtype=object)[rows].tolist()
    starts = sentences["start"].to_numpy()[rows].tolist()
    ends = sentences["end"].to_numpy()[rows].tolist()
    for row, doc, start, end in zip(rows.tolist(), docs, starts, ends, strict=True):
        first = bisect_right(reach[doc], start)  # all before it end at or before the sentence
        last = bisect_left(spans[doc], (end,), first)
        here = [(a, b) for a, b in spans[doc][first:last] if start < b and (a > start or b < end)]
        if here:
            found[row] = here
    return found


def tokens(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    set_aside: pd.DataFrame | None = None,
    tagger: Tagger | None = None,
) -> pd.DataFrame:
    """One row per token of ``sentences``, in text order, with its part-of-speech tag.

    Boilerplate has no tokens, neither whole sentences nor what is ``set_aside`` inside them: so
    nothing that is counted is counted there. ``tagger`` tags in the place of our own.
    """
    from helpers.tagging import default_tagger

    needs(sentences, "doc_id", "sentence_id", "start", "text", table="sentences")
    if "part" in sentences:
        sentences = sentences[sentences["part"] != "boilerplate"]
    read = sentences if set_aside is None else as_read(sentences, set_aside)
    texts = read["text"].tolist()
    starts = sentences["start"].to_numpy()
    spans = [tokenize(text) for text in texts]
    known: dict[str, str] = {}  # of each word one string, however often it stands there
    words = [
        [known.setdefault(word, word) for word in (text[a:b] for a, b in span)]
        for text, span in zip(texts, spans, strict=True)
    ]
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
