"""Events found by what the articles tell, so that outlets meet inside an event and not on a day.

Two articles tell the same event where they use the same rare words, names and figures within some
days of each other. Each article is a vector of its terms (term frequency and inverse document
frequency, Spärck Jones 1972); two are as alike as their cosine, less for each day between them;
groups are joined in the order of the mean likeness of their articles (average linkage, Sokal and
Michener 1958) as long as it reaches `LEAST`; two articles alone need `LEAST_PAIR`.

Outlets' names are never looked at, so that a permutation of them leaves the events as they are.
Only articles within `DAYS` of each other that share a term are held against each other; of many
articles the events are found within `windows`.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers import layout
from helpers.comparing.terms import function_words
from helpers.comparing.windows import windows
from helpers.readers.front_matter import body_start
from helpers.schema import needs

DAYS = 7
"""Articles further apart tell two events, however alike; undated ones are near to all."""
FADING = 10.0
"""Days in which a likeness falls to 1/e: what is told again a week later is seldom the same."""
LEAST = 0.12
"""Mean likeness at which two groups still are one event."""
LEAST_PAIR = 0.14
"""Likeness at which two articles without a third one still are one event: nothing bears it out."""
NAME_WEIGHT = 1.5
"""Who and where tells events of one story apart better than what is done."""
SMOOTHING = 10
"""Articles that are thought to be there beside those given: else the words of one event that is
told alone would be in every article and say nothing."""
STEM = 6
"""Letters of a word beyond which its ending is taken for an inflection."""
MOST_PAIRS = 8_000_000
"""Pairs of articles under a term, over all terms; beyond, the most frequent terms are left out."""
CHUNK = MOST_PAIRS // 10
"""Pairs that are summed at once."""
FAINT = LEAST / 3
"""A likeness below it counts as none."""

_PIECE = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?|\d[\d,.]*\d|\d|[.!?:\n“\"]")
_STOPS = frozenset('.!?:\n“"')
_POSSESSIVE = re.compile(r"['’]s?$")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def found_events(articles: pd.DataFrame, set_aside: pd.DataFrame | None = None) -> pd.Series:
    """The event that each article tells (index: doc_id), under the doc_id of its earliest article.

    ``articles`` needs doc_id and text, and should have `published` (days; without them the words
    decide alone) and `duplicate_of` (an article that repeats another tells its event). What
    ``set_aside`` lists is not read. The answer does not depend on the articles' order.

    >>> told = ["The ferry Marlin sank off Port Ellis.", "Divers reached the Marlin at Port Ellis.",
    ...         "Parliament passed the budget."]
    >>> frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": told})
    >>> found_events(frame).tolist()
    ['a', 'a', 'c']
    """
    needs(articles, "doc_id", "text", table="articles")
    given = articles.reset_index(drop=True)
    index = pd.Index(given["doc_id"], name="doc_id")
    missing = pd.Series(None, index=given.index, dtype="object")
    repeats = given.get("duplicate_of", missing)
    if "published" not in given:
        given = given.assign(published=missing)
    first = given[repeats.isna() | ~repeats.isin(given["doc_id"])]
    event: dict[str, str] = {}
    for window in windows(first):
        event |= _within(window, _spans(set_aside))
    known = given["doc_id"].where(given["doc_id"].isin(event.keys()), repeats)
    return pd.Series(known.map(event).to_numpy(dtype=object), index=index, name="event")


def _within(articles: pd.DataFrame, aside: dict[str, list[tuple[int, int]]]) -> dict[str, str]:
    """The event of each article, by doc_id, of those of one window."""
    day = pd.to_datetime(
        articles["published"].astype("str").str[:10], errors="coerce", format="%Y-%m-%d"
    )
    order = (
        articles.assign(day=day)
        .sort_values(["day", "doc_id"], na_position="last")
        .reset_index(drop=True)
    )
    docs = order["doc_id"].tolist()
    texts = [
        layout.blanked(text, aside[doc], 0) if doc in aside else text
        for doc, text in zip(docs, order["text"], strict=True)
    ]
    days = order["day"].dropna().to_numpy("datetime64[D]").astype(np.int64)
    earliest = _joined(len(docs), *_alike(*_vectors(texts), days=days))
    return {doc: docs[i] for doc, i in zip(docs, earliest, strict=True)}


def _spans(set_aside: pd.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    if set_aside is not None:
        columns = (set_aside[name].tolist() for name in ("doc_id", "start", "end"))
        for doc, start, end in zip(*columns, strict=True):
            spans[doc].append((start, end))
    return dict(spans)


# -- what an article tells --------------------------------------------------------------------


def _terms(text: str) -> Counter[str]:
    """How often a text uses each term: figures (#), names (@) and stems of other words.

    A capital at the beginning of a sentence makes a name only of a word that has one elsewhere.

    >>> sorted(_terms("Talks failed in Oslo. Oslo expected 1,200 talks."))
    ['#1200', '@oslo', 'expect', 'failed', 'talks']
    """
    pieces = _PIECE.findall(text[body_start(text) :])
    begin = [True, *map(_STOPS.__contains__, pieces)]
    seen = Counter(pair for pair in zip(pieces, begin, strict=False) if pair[0] not in _STOPS)
    names = {_form(word) for word, begins in seen if not begins and word[0].isupper()}
    terms: Counter[str] = Counter()
    small = function_words()
    for (word, begins), n in seen.items():
        form = _form(word)
        if word[0].isdigit():
            terms["#" + word.replace(",", "")] += n
        elif form in small or len(form) < 3:
            continue
        elif word[0].isupper() and (not begins or form in names):
            terms["@" + form] += n
        else:
            terms[form[:STEM]] += n
    return terms


@lru_cache(maxsize=100_000)
def _form(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())


def _vectors(texts: list[str]) -> tuple[int, Ints, Ints, Floats]:
    """Number of articles; article, term and weight of all terms that several use; unit length.

    Terms are in the order of the alphabet inside an article, so that sums are always the same.
    """
    used = [_terms(text) for text in texts]
    spread = Counter(term for terms in used for term in terms)
    number = {term: i for i, term in enumerate(sorted(spread))}
    rows, columns, weights = [], [], []
    for i, terms in enumerate(used):
        listed = sorted(terms)
        uses = np.array([terms[term] for term in listed], dtype=np.float64)
        spreads = np.array([spread[term] for term in listed], dtype=np.float64)
        kind = np.array([NAME_WEIGHT if term[0] == "@" else 1.0 for term in listed])
        weight = kind * (1 + np.log(uses)) * np.log((len(texts) + SMOOTHING) / spreads)
        weight /= max(float(np.sqrt((weight**2).sum())), 1e-9)
        shared = spreads > 1
        rows.append(np.full(int(shared.sum()), i, dtype=np.int64))
        columns.append(np.array([number[term] for term in listed], dtype=np.int64)[shared])
        weights.append(weight[shared])
    none = np.zeros(0, dtype=np.int64)
    return (
        len(texts),
        np.concatenate([none, *rows]),
        np.concatenate([none, *columns]),
        np.concatenate([np.zeros(0), *weights]),
    )


# -- which articles are alike -----------------------------------------------------------------


def _alike(
    n: int, row: Ints, term: Ints, weight: Floats, *, days: Ints
) -> tuple[Ints, Ints, Floats]:
    """Pairs of articles (first < second) near in time, and their likeness.

    Articles stand in the order of their ``days``, the undated ones after all others.
    """
    reach = np.full(n, n, dtype=np.int64)
    reach[: len(days)] = np.searchsorted(days, days + DAYS, side="right")
    row, term, weight = _affordable(n, row, term, weight, reach, dated=len(days))
    by = np.lexsort((row, term))
    row, weight = row[by], weight[by]
    spans = _partners(n, row, term[by], reach, dated=len(days))
    found = [(np.zeros(0, np.int64), np.zeros(0))]
    entries = np.lexsort((by, row))  # of each article in turn, in the order of its terms
    count = np.add(*(ends - starts for starts, ends in spans))[entries]
    total = np.concatenate([[0], np.cumsum(count)])
    last = np.searchsorted(row[entries], np.arange(n), side="right")  # entries up to an article
    done = 0
    while done < len(entries):
        room = np.searchsorted(total, total[done] + CHUNK, side="right") - 1
        up_to = last[last <= room]
        stop = int(up_to[-1]) if len(up_to) and up_to[-1] > done else int(last[last > done][0])
        found.append(_summed(n, entries[done:stop], row, weight, spans))
        done = stop
    key, likeness = (np.concatenate(column) for column in zip(*found, strict=True))
    first, second = key // max(n, 1), key % max(n, 1)
    both = second < len(days)
    apart = np.zeros(len(key))
    apart[both] = days[second[both]] - days[first[both]]
    likeness = likeness * np.exp(-apart / FADING)
    kept = likeness >= FAINT
    return first[kept], second[kept], likeness[kept]


def _affordable(
    n: int, row: Ints, term: Ints, weight: Floats, reach: Ints, *, dated: int
) -> tuple[Ints, Ints, Floats]:
    """The entries without those of the most frequent terms, where all are too many pairs."""
    by = np.lexsort((row, term))
    spans = _partners(n, row[by], term[by], reach, dated=dated)
    spread = np.bincount(term)
    pairs = np.bincount(term[by], weights=np.add(*(ends - starts for starts, ends in spans)))
    order = np.argsort(spread, kind="stable")
    within = np.cumsum(pairs[order]) <= MOST_PAIRS
    if within.all():
        return row, term, weight
    most = spread[order][~within][0]  # terms as spread as the first one left out go too
    kept = spread[term] < most
    length = np.sqrt(np.bincount(row[kept], weights=weight[kept] ** 2, minlength=n))
    whole = np.sqrt(np.bincount(row, weights=weight**2, minlength=n))
    longer = whole / np.maximum(length, 1e-9)
    return row[kept], term[kept], weight[kept] * longer[row[kept]]


def _partners(
    n: int, row: Ints, term: Ints, reach: Ints, *, dated: int
) -> tuple[tuple[Ints, Ints], ...]:
    """Of each entry (sorted by term, then article) those of later articles that are near.

    Two half-open ranges of entries: of those within its days, and of the undated ones.
    """
    key = term * (n + 1) + row
    here = np.arange(len(row), dtype=np.int64) + 1
    near = np.searchsorted(key, term * (n + 1) + reach[row])
    undated = np.maximum(np.searchsorted(key, term * (n + 1) + dated), near)
    end = np.searchsorted(key, term * (n + 1) + n)
    return (here, near), (undated, np.maximum(end, undated))


def _summed(
    n: int, entries: Ints, row: Ints, weight: Floats, spans: tuple[tuple[Ints, Ints], ...]
) -> tuple[Ints, Floats]:
    """Pairs of these entries' articles as one number each, and the products' sums."""
    ours, theirs = [], []
    for starts, ends in spans:
        count = (ends - starts)[entries]
        mine = np.repeat(entries, count)
        within = np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count)
        ours.append(mine)
        theirs.append(starts[mine] + within)
    one, other = np.concatenate(ours), np.concatenate(theirs)
    key = row[one] * n + row[other]
    by = np.argsort(key, kind="stable")
    key, product = key[by], (weight[one] * weight[other])[by]
    if not len(key):
        return key, product
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    return key[starts], np.add.reduceat(product, starts)


# -- which are one event ----------------------------------------------------------------------


def _joined(n: int, first: Ints, second: Ints, likeness: Floats) -> list[int]:
    """For each article the earliest one of its event. Pairs that are not given are not alike."""
    near: list[dict[int, float]] = [{} for _ in range(n)]
    queue: list[tuple[float, int, int]] = []
    for i, j, score in zip(first.tolist(), second.tolist(), likeness.tolist(), strict=True):
        near[i][j] = near[j][i] = score
        if score >= LEAST:
            queue.append((-score, i, j))
    heapq.heapify(queue)
    members = [[i] for i in range(n)]

    def mean(i: int, j: int) -> float:
        return near[i][j] / (len(members[i]) * len(members[j]))

    while queue:
        score, i, j = heapq.heappop(queue)
        if not members[i] or not members[j] or j not in near[i] or -score != mean(i, j):
            continue  # one of them has changed since
        members[i], members[j] = members[i] + members[j], []
        for k, total in near[j].items():
            del near[k][j]
            if k != i:
                near[i][k] = near[k][i] = near[i].get(k, 0.0) + total
        near[j] = {}
        for k in near[i]:
            if (now := mean(i, k)) >= LEAST:
                heapq.heappush(queue, (-now, min(i, k), max(i, k)))
    alike = dict(zip(zip(first.tolist(), second.tolist(), strict=True), likeness, strict=True))
    earliest = list(range(n))
    for i, group in enumerate(members):
        if len(group) != 2 or alike[min(group), max(group)] >= LEAST_PAIR:
            for j in group:
                earliest[j] = i
    return earliest
