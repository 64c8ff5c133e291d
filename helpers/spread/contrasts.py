"""Contrasts: where outlets differ in a way that can be read off their sentences.

A contrast claims nothing about chance. It holds both sides' sentences, and it is told only where
neither side rests on agency copy, a transcript, furniture or, of what it is about, one article
alone. Sentiment is no contrast: which of two outlets is the harsher is known too badly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.lenses import quotes
from helpers.schema import UNKNOWN_OUTLET
from helpers.spread.called import BY_NAME, Use
from helpers.spread.grid import Span
from helpers.spread.material import MARKS, Material, kinds
from helpers.spread.quotations import is_cut_of, left_out
from helpers.spread.speaking import speaker
from helpers.wording import clean, count, is_missing, listing

READ = "Read off the sentences; nothing is claimed about chance."
CHECK = "The program reads that a report has no sentence like it; look before you quote."
LEAST_ARTICLES = 2
"""Articles on the side of the word that judges."""
LEAST_CUT, MOST_KEPT, LONGEST = 6, 0.7, 60
"""Words left out, share of the words kept, and words of the longest version of a quotation: of a
long speech everybody leaves something out."""
LEAST_TELLERS = 3
"""Texts that must tell what one outlet lacks."""
OUTLETS = 5
"""Outlets of one side that are named."""


@dataclass(frozen=True)
class Side:
    """One side of a contrast: who, how much, and every place that was counted."""

    name: str
    note: str
    places: tuple[Span, ...]


@dataclass(frozen=True)
class Contrast:
    """A difference in plain words with its two sides, and how it is known."""

    kind: str
    """"names", "quotation" or "report"."""
    statement: str
    sides: tuple[Side, Side]
    note: str
    strength: float
    """How much and how often they differ: articles on both sides, the thinner one first."""


def contrasts(m: Material, found: Iterable[Use]) -> list[Contrast]:
    """All contrasts of a story: names, quotations, reports, the strongest of each first."""
    return [
        contrast
        for same in (_of_names(m, found), _of_quotations(m), _of_reports(m))
        for contrast in sorted(same, key=lambda c: (-c.strength, c.statement))
    ]


# ------------------------------------------------------------------------------------- names


def _of_names(m: Material, found: Iterable[Use]) -> Iterator[Contrast]:
    """A word that judges in some outlets, where others name the same thing without any."""
    groups: dict[tuple[str, str], list[Use]] = {}
    for use in found:
        if use.kind != "family" and m.outlet(use.place[0]) != UNKNOWN_OUTLET:
            groups.setdefault((use.kind, use.of), []).append(use)
    for (kind, of), group in sorted(groups.items()):
        if kind == "deed" and " by " in of:
            continue  # what somebody does may be another deed each time
        judging = {m.outlet(u.place[0]) for u in group if u.loaded}
        plain = [u for u in group if u.own and m.outlet(u.place[0]) not in judging]
        words = sorted({u.stem for u in group if u.loaded})
        pairs = [([u for u in group if u.stem == word and u.own], plain) for word in words]
        able = [pair for pair in pairs if _articles(*pair) >= LEAST_ARTICLES]
        if able:
            often = Counter(u.stem for u in group if u.loaded)
            best = max(able, key=lambda pair: (_articles(*pair), often[pair[0][0].stem]))
            yield _named(m, kind, of, *best)


def _articles(*sides: Sequence[Use]) -> int:
    """Articles on the thinner side."""
    return min(len({use.place[0] for use in side}) for side in sides)


def _named(
    m: Material, kind: str, of: str, here: Sequence[Use], others: Sequence[Use]
) -> Contrast:
    users, rest = _outlets(m, here), _outlets(m, others)
    who = listing(users, OUTLETS)
    if kind == "actor":
        never = f"{count(len(rest), 'other outlet')} {'does' if len(rest) == 1 else 'do'} not"
        verb = "writes" if len(users) == 1 else "write"
        statement = f"{who} {verb} “{_most(here)}” of {of}; {never}"
    else:
        verb, also = ("writes" if len(side) == 1 else "write" for side in (users, rest))
        instead = f"where {listing(rest, OUTLETS)} {also} “{_most(others)}”"
        statement = f"{who} {verb} “{_most(here)}” {instead}: the {of}"
    sides = _side(m, here), _side(m, others)
    size = _articles(here, others) / (len(users) if kind == "actor" else 1)
    return Contrast("names", statement, sides, READ, min(size, 9.0) + len(rest) / 100)


def _most(group: Sequence[Use]) -> str:
    words = [u.word for u in group]
    return min(words, key=lambda w: (-words.count(w), w))


def _outlets(m: Material, group: Sequence[Use]) -> list[str]:
    """The outlets, those with most articles first."""
    docs: dict[str, set[str]] = {}
    for use in group:
        docs.setdefault(m.outlet(use.place[0]), set()).add(use.place[0])
    return sorted(docs, key=lambda o: (-len(docs[o]), o))


def _side(m: Material, group: Sequence[Use]) -> Side:
    ordered = sorted(group, key=lambda u: (u.word == BY_NAME, u.place))
    places = tuple(use.place for use in ordered)  # those that chose a word stand first
    docs = sorted({doc for doc, _, _ in places})
    name = listing(_outlets(m, group), OUTLETS)
    return Side(name, f"{count(len(places), 'time')} in {kinds(m, docs, always=True)}", places)


# -------------------------------------------------------------------------------- quotations


def _of_quotations(m: Material) -> Iterator[Contrast]:
    """A statement that one outlet prints and another one cuts, each in its own article."""
    originals = m.story.originals
    own = originals[originals["doc_id"].isin(sorted(m.own))]
    named = own[own["outlet"] != UNKNOWN_OUTLET]
    versions = quotes.across_outlets(m.story.quotes, named)
    for _, group in versions.groupby("statement_id", sort=True):
        whole = group.sort_values("n_words", ascending=False, kind="stable").iloc[0]
        words = int(whole["n_words"])
        rest = group[group["outlet"] != whole["outlet"]]
        if rest.empty or words > LONGEST:
            continue
        cut = rest.sort_values(["shared_outlet", "outlet"], kind="stable").iloc[0]
        gone = left_out(whole, cut)
        who = speaker(whole["actor"], whole["source"])
        if len(gone) < LEAST_CUT or cut["shared_outlet"] > MOST_KEPT or not who:
            continue
        if not is_cut_of(cut, whole):
            continue
        statement = (
            f"{cut['outlet']} leaves out {count(len(gone), 'word')} of what {who} said: "
            f"“{clean(' '.join(gone), 110)}”"
        )
        sides = _version(whole, "longest version"), _version(cut, f"keeps {words - len(gone)}")
        yield Contrast("quotation", statement, sides, READ, len(gone) * len(group) / 100)


def _version(row: object, note: str) -> Side:
    place = (str(row["doc_id"]), int(row["start"]), int(row["end"]))  # type: ignore[index]
    return Side(str(row["outlet"]), note, (place,))  # type: ignore[index]


# ----------------------------------------------------------------------------------- reports


def _of_reports(m: Material) -> Iterator[Contrast]:
    """What several texts tell and an outlet that reports of the same has no sentence for."""
    table = m.story.coverage
    if table.empty:
        return
    for _, group in table.groupby("fact_id", sort=True):
        lacking = group[group["status"] == "absent"]
        told = group[(group["status"] == "present") & group["doc_id"].isin(sorted(m.own))]
        tellers = group["tellers"].iloc[0]
        if lacking.empty or is_missing(tellers) or tellers < LEAST_TELLERS or len(told) < 2:
            continue
        told = told.dropna(subset=["start"])
        names = listing(sorted(lacking["outlet"]), OUTLETS)
        what = clean(group["statement"].iloc[0], 140)
        if any(mark in what for mark in MARKS):  # what was said is a matter of quotations
            continue
        places = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(told["doc_id"], told["start"], told["end"], strict=True)
        )
        tell = Side(listing(list(told["outlet"]), OUTLETS), "tell it", places)
        nearest = lacking.dropna(subset=["start"])
        near = tuple(
            (str(doc), int(start), int(end))
            for doc, start, end in zip(
                nearest["doc_id"], nearest["start"], nearest["end"], strict=True
            )
        )
        lack = Side(names, "no such sentence found" + (", the nearest one" if near else ""), near)
        yield Contrast(
            "report",
            f"{names} {'does' if len(lacking) == 1 else 'do'} not tell that “{what}”",
            (tell, lack),
            CHECK,
            float(tellers) / 10,
        )
