"""Keyness of a corpus too large for permuting names: the same effects, from sums.

All that the effects need are sums over articles, per outlet and per event, and sums can be added
up part by part: memory grows with the terms and the events, not with the articles. Drawing
permutations would need every article at once. What a permutation within events can give is
bounded instead: the excess of a term in an outlet is a sum of articles drawn without replacement
from each event, to which Bernstein's inequality applies (Hoeffding 1963, theorems 3 and 4). The
bound holds for any number of articles, also where one article repeats a word eighty times; it is
larger than the p-value that permutations would give. It knows nothing of an outlet whose own
articles come in bursts, so that the excess has to stand out over its standard error as well.

Counts are whole numbers and so are their sums and squares: the parts give the same bytes in any
order and of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from helpers.comparing.terms import TermCounts
from helpers.statistics import clustered
from helpers.statistics.permutation import choices
from helpers.statistics.student import z_of

FLOOR = 50
"""A term must occur in one of so many articles."""
CELLS = 10_000_000
"""Terms times outlets or events held at once (five sums of 80 MB); beyond, the rarest terms go."""
_ROWS = 500
_SMALLEST = 1e-300  # a p-value is never zero

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Parts = Callable[[], Iterable[TermCounts]]
"""The counts of a corpus, part by part; asked for twice."""


def least_articles(n: int) -> int:
    """In how many of ``n`` articles a term must occur."""
    return max(3, -(-n // FLOOR))


@dataclass(frozen=True)
class GroupSums:
    """Sums over the articles of each group: one row per group, one column per term."""

    articles: Ints
    """Articles of the group that have counted words."""
    members: Ints
    words: Floats
    squared_words: Floats
    longest: Floats
    uses: Floats
    squares: Floats
    products: Floats
    """Of uses and words."""
    spread: Ints
    """Articles that use the term."""

    @classmethod
    def zero(cls, groups: int, terms: int) -> GroupSums:
        """Sums of no article."""
        return cls(
            articles=np.zeros(groups, dtype=np.int64),
            members=np.zeros(groups, dtype=np.int64),
            words=np.zeros(groups),
            squared_words=np.zeros(groups),
            longest=np.zeros(groups),
            uses=np.zeros((groups, terms)),
            squares=np.zeros((groups, terms)),
            products=np.zeros((groups, terms)),
            spread=np.zeros((groups, terms), dtype=np.int64),
        )

    def add(self, group: Ints, table: Floats, words: Floats) -> None:
        """Add articles: the group of each, its counts and its words."""
        order = np.argsort(group, kind="stable")
        sorted_, table, words = group[order], table[order], words[order]
        starts = np.flatnonzero(np.r_[True, sorted_[1:] != sorted_[:-1]])
        at = sorted_[starts]
        self.articles[at] += np.add.reduceat((words > 0).astype(np.int64), starts)
        self.members[at] += np.diff(np.r_[starts, len(sorted_)])
        self.words[at] += np.add.reduceat(words, starts)
        self.squared_words[at] += np.add.reduceat(words**2, starts)
        self.longest[at] = np.maximum(self.longest[at], np.maximum.reduceat(words, starts))
        self.uses[at] += np.add.reduceat(table, starts)
        self.squares[at] += np.add.reduceat(table**2, starts)
        self.products[at] += np.add.reduceat(table * words[:, None], starts)
        self.spread[at] += np.add.reduceat((table > 0).astype(np.int64), starts)


@dataclass(frozen=True)
class CorpusSums:
    """What a corpus's counts come to, per outlet and per event."""

    terms: tuple[str, ...]
    left_out: int
    """Terms of enough articles for which there was no room."""
    outlets: GroupSums
    events: GroupSums
    most: Floats
    """The most often that any one article uses each term."""
    members: Ints
    """Articles of each outlet (row) in each event (column)."""
    words: Floats
    """Their words."""


def gather(
    parts: Parts, outlet: dict[str, int], event: dict[str, int], *, least: int
) -> CorpusSums:
    """The sums of all articles that have an outlet and an event (numbers by doc_id).

    A part may leave out only such terms as cannot be in ``least`` articles of the whole.
    """
    groups = max(outlet.values(), default=-1) + 1, max(event.values(), default=-1) + 1
    terms, left_out = _vocabulary(parts, outlet, least, CELLS // max(*groups, 1))
    place = {term: i for i, term in enumerate(terms)}
    made = CorpusSums(
        terms=tuple(terms),
        left_out=left_out,
        outlets=GroupSums.zero(groups[0], len(terms)),
        events=GroupSums.zero(groups[1], len(terms)),
        most=np.zeros(len(terms)),
        members=np.zeros(groups, dtype=np.int64),
        words=np.zeros(groups),
    )
    for part in parts():
        for doc_ids, table, words in _blocks(part, place):
            here = np.array([doc in outlet for doc in doc_ids], dtype=bool)
            known = [doc for doc in doc_ids if doc in outlet]
            if not known:
                continue
            table, words = table[here], words[here]
            one = np.array([outlet[doc] for doc in known], dtype=np.int64)
            other = np.array([event[doc] for doc in known], dtype=np.int64)
            made.outlets.add(one, table, words)
            made.events.add(other, table, words)
            np.maximum(made.most, table.max(axis=0, initial=0), out=made.most)
            np.add.at(made.members, (one, other), 1)
            np.add.at(made.words, (one, other), words)
    return made


def _vocabulary(
    parts: Parts, outlet: dict[str, int], least: int, most: int
) -> tuple[list[str], int]:
    """The terms of enough articles, in alphabetical order, and how many had no room.

    A term in one of fifty articles of the whole is in one of fifty of some part, so that only
    such terms are ever held (the partition algorithm of Savasere, Omiecinski and Navathe 1995).
    """
    candidates: set[str] = set()
    for part in parts():
        counts = _spread(part, outlet)
        share = least * sum(doc in outlet for doc in part.doc_ids)
        least_here = -(-share // max(len(outlet), 1))
        candidates.update(part.terms[i] for i in np.flatnonzero(counts >= least_here).tolist())
    spread = dict.fromkeys(candidates, 0)
    for part in parts():
        counts = _spread(part, outlet)
        for i, term in enumerate(part.terms):
            if term in spread:
                spread[term] += int(counts[i])
    kept = sorted(term for term, n in spread.items() if n >= least)
    if len(kept) <= most:
        return kept, 0
    # Terms as spread as the first one left out go too, so that no spelling decides.
    bar = sorted((spread[term] for term in kept), reverse=True)[most]
    chosen = [term for term in kept if spread[term] > bar]
    return chosen, len(kept) - len(chosen)


def _spread(part: TermCounts, outlet: dict[str, int]) -> Ints:
    """In how many articles that count each term of the part occurs."""
    here = np.array([doc in outlet for doc in part.doc_ids], dtype=bool)
    used = here[part.doc] & (part.count > 0) if len(part.doc) else np.zeros(0, dtype=bool)
    return np.bincount(part.term[used], minlength=len(part.terms))


def _blocks(
    part: TermCounts, place: dict[str, int]
) -> Iterator[tuple[Sequence[str], Floats, Floats]]:
    """Article ids, counts (one column per wanted term) and words, some hundred articles a time."""
    column = np.array([place.get(term, -1) for term in part.terms], dtype=np.int64)
    at = column[part.term] if len(part.term) else part.term
    wanted = np.flatnonzero(at >= 0)
    wanted = wanted[np.argsort(part.doc[wanted], kind="stable")]
    docs = part.doc[wanted]
    for first in range(0, len(part.doc_ids), _ROWS):
        last = min(first + _ROWS, len(part.doc_ids))
        inside = wanted[np.searchsorted(docs, first) : np.searchsorted(docs, last)]
        table = np.zeros((last - first, len(place)))
        table[part.doc[inside] - first, at[inside]] = part.count[inside]
        yield part.doc_ids[first:last], table, part.words[first:last].astype(np.float64)


# ------------------------------------------------------------------------------------ verdict


def excess(made: CorpusSums, outlet: int) -> Floats:
    """Uses of each term in the outlet beyond what its events' articles let expect."""
    over = made.outlets.uses[outlet].copy()
    for event in np.flatnonzero(made.words[outlet]).tolist():
        # One event after the other: a matrix product may round differently on another machine.
        over -= made.words[outlet, event] * _share(made, event)
    return over


def bound(made: CorpusSums, outlet: int) -> Floats:
    """For each term a bound on the two-sided p-value of its excess; missing where nothing moves."""
    variance = np.zeros(len(made.terms))
    largest = np.zeros(len(made.terms))
    n, k = made.events.members, made.members[outlet]
    for event in np.flatnonzero((k > 0) & (k < n)).tolist():
        share = _share(made, event)
        squares = (
            made.events.squares[event]
            - 2 * share * made.events.products[event]
            + share**2 * made.events.squared_words[event]
        )
        # The excess of the one side is the lack of the other: the smaller one is drawn.
        drawn = min(int(k[event]), int(n[event] - k[event]))
        variance += drawn * np.maximum(squares, 0.0) / n[event]
        largest = np.maximum(largest, made.events.longest[event] * share)
    over = np.abs(excess(made, outlet))
    reach = np.maximum(largest, made.most)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = over**2 / (2 * (variance + reach * over / 3))
    p = np.clip(2 * np.exp(-np.nan_to_num(exponent)), _SMALLEST, 1.0)
    return np.where(variance > 0, p, np.nan)


def _share(made: CorpusSums, event: int) -> Floats:
    """Each term's uses per word in the event."""
    shares: Floats = made.events.uses[event] / max(float(made.events.words[event]), 1.0)
    return shares


def relabellings(made: CorpusSums, outlet: int) -> float:
    """In how many ways the outlet's articles can fall inside their events (capped at 1e18)."""
    ways = 1.0
    n = made.events.members
    for event in np.flatnonzero(made.members[outlet]).tolist():
        ways = min(ways * choices(int(n[event]), int(made.members[outlet, event])), 1e18)
    return ways


def sides(made: CorpusSums, outlet: int) -> tuple[clustered.Sums, clustered.Sums]:
    """The sums of an outlet's articles, and those of all others."""
    mine = np.arange(len(made.outlets.words)) == outlet
    return _together(made.outlets, mine), _together(made.outlets, ~mine)


def _together(groups: GroupSums, which: npt.NDArray[np.bool_]) -> clustered.Sums:
    terms = groups.uses.shape[1]
    return clustered.Sums(
        units=np.full(terms, float(groups.articles[which].sum())),
        top=groups.uses[which].sum(axis=0),
        bottom=np.full(terms, groups.words[which].sum()),
        top_squares=groups.squares[which].sum(axis=0),
        products=groups.products[which].sum(axis=0),
        bottom_squares=np.full(terms, groups.squared_words[which].sum()),
    )


def of_articles(table: npt.NDArray[np.float32], words: Floats) -> clustered.Sums:
    """Sums over articles of each term's uses, and of the articles' words."""
    uses, filled = table.astype(np.float64), words > 0
    terms = uses.shape[1]
    return clustered.Sums(
        units=np.full(terms, float(filled.sum())),
        top=uses.sum(axis=0),
        bottom=np.full(terms, words.sum()),
        top_squares=np.einsum("ij,ij->j", uses, uses),
        products=np.einsum("i,ij->j", words, uses),
        bottom_squares=np.full(terms, (words**2).sum()),
    )


def less(whole: clustered.Sums, part: clustered.Sums) -> clustered.Sums:
    """Sums over the articles that are left when a part of them is taken away."""
    names = [field.name for field in fields(clustered.Sums)]
    return clustered.Sums(*(getattr(whole, name) - getattr(part, name) for name in names))


def sizes(made: CorpusSums, outlet: int) -> Floats:
    """The excess of each term over its standard error, each side with its own bursts.

    Where an outlet's own articles vary more than those of its events, the bound on permutations is
    too small: they are then no articles that any outlet could have written.
    """
    here, others = sides(made, outlet)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = here.bottom / (here.bottom + others.bottom)
        one = (1 - part) ** 2 * np.maximum(here.linearised(), here.top)
        other = part**2 * np.maximum(others.linearised(), others.top)
        freedom = (one + other) ** 2 / (one**2 / here.own + other**2 / others.own)
        size = np.where(one + other > 0, excess(made, outlet) / np.sqrt(one + other), 0.0)
        return np.nan_to_num(z_of(size, np.nan_to_num(freedom, nan=1.0)))
