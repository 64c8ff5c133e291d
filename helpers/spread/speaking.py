"""Who speaks on each side, as what and for whom, with how many words; and who gets no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from helpers.findings.measured import how_right
from helpers.spread.grid import Column, Entry, Grid, Row, Span, plain
from helpers.spread.judging import judgements
from helpers.spread.material import Material, columns_of
from helpers.spread.voices import KINDS, NOT_SAID, Voice, voices
from helpers.wording import count, listing, number

SHOWN = 5
"""Speakers of one side; the others are counted."""
CAMPS = 4
"""Camps of one side that are shown."""
UNANSWERED = 3
"""Actors of one side who are spoken against and never speak."""
LEAST_AGAINST = 2
"""Places in which an actor must be spoken against before his silence is told."""
FIRST = "Speaks first"
OUTLETS = 8
"""Outlets of the whole story, those that give most words."""
PLURALS = {
    "official": "officials",
    "former official": "former officials",
    "expert": "experts",
    "witness": "witnesses",
    "document": "documents",
    "unnamed": "unnamed sources",
}
LEADING = 3
"""Kinds of source in the title."""
UNCLEAR = "somebody the program could not make out"
UNDESCRIBED = "not described in the text"
ENOUGH = 0.5
"""Share of a side's words of which a camp is said before its camps are laid out."""


def speakers(m: Material, columns: Sequence[Column]) -> list[Row]:
    """Who speaks, and who is spoken against and never heard, on each side.

    A speaker says with how many words, whether he speaks first, and whether on no other side.
    """
    told = [_of(m, column) for column in columns]
    who = [
        _who(column, mine, {v.name for j, other in enumerate(told) if j != i for v in other})
        for i, (column, mine) in enumerate(zip(columns, told, strict=True))
    ]
    silent = [_unanswered(m, column, mine) for column, mine in zip(columns, told, strict=True)]
    return [
        Row("Who speaks", tuple(who), note="words given; as what, for whom", empty="nobody"),
        Row("Spoken against, not heard", tuple(silent), empty="nobody found",
            note="by the text or those it quotes: check these"),
    ]  # fmt: skip


def for_whom(m: Material) -> Grid:
    """Who speaks for whom in the whole story: one row per outlet (article, where none is named).

    Columns: words by camp and by kind of source, and who speaks first in how many articles.
    """
    told = [(side, _of(m, side)) for side in columns_of(m, [*m.articles])]
    told = [(side, mine) for side, mine in told if mine]
    order = sorted(told, key=lambda t: (-sum(v.words for v in t[1]), t[0].name))[:OUTLETS]
    every = [v for _, mine in told for v in mine]
    camps = _with_camp(every) >= ENOUGH
    rows = tuple(
        Row(
            side.name,
            (
                *([_camps(mine)] if camps else []),
                _summed(mine, lambda v: v.kind, len(KINDS), UNDESCRIBED),
                _openers(side, mine),
            ),
            note=side.note,
        )
        for side, mine in order
    )
    heads = ["Words given, by camp"] if camps else []
    columns = [Column(head, ()) for head in (*heads, "Words given, by kind of source", FIRST)]
    note = f"Kinds of source: {how_right('sources')}"
    if camps:
        note = f"{note} Camps: {how_right('camps')}"
    elif every:
        share = f"{_with_camp(every):.0%} of the words"
        note = f"{note} For whom they are spoken is said of {share}: too few to lay out."
    return Grid(_result(every), tuple(columns), rows, note)


def _with_camp(told: Sequence[Voice]) -> float:
    """The share of words of which it is said for whom they are spoken."""
    return _words([v for v in told if v.camp != NOT_SAID]) / max(_words(told), 1)


def _camps(told: Sequence[Voice]) -> tuple[Entry, ...]:
    share = _with_camp(told)
    if share >= ENOUGH:
        return _summed(told, lambda v: v.camp, CAMPS, "no camp named")
    said = [v for v in told if v.camp != NOT_SAID]
    return (plain("", at=_places(said), note=f"named of {share:.0%} of the words only"),)


def _result(told: Sequence[Voice]) -> str:
    """What the grid shows, in a title."""
    whole = _words(told)
    if not whole:
        return "Nobody speaks"
    words = {kind: _words([v for v in told if v.kind == kind]) for kind in KINDS}
    named = [kind for kind in KINDS if kind != NOT_SAID and words[kind]]
    order = sorted(named, key=lambda kind: -words[kind])[:LEADING]
    shares = [f"{PLURALS[kind]} {words[kind] / whole:.0%}" for kind in order]
    return f"Of {number(whole)} words given to speakers: {listing(shares) or 'none is said whose'}"


def _of(m: Material, column: Column) -> list[Voice]:
    docs = set(column.doc_ids)
    return [voice for voice in voices(m) if voice.doc_id in docs]


def _who(column: Column, told: Sequence[Voice], heard: Collection[str]) -> tuple[Entry, ...]:
    by_name: dict[tuple[str, bool], list[Voice]] = {}
    for voice in told:
        by_name.setdefault((voice.name, voice.kind == "unnamed"), []).append(voice)
    order = sorted(by_name, key=lambda who: (who[0] == "", -_words(by_name[who]), who))
    opened = Counter(voice.name for voice in _openings(column, told))
    first = {name for name, n in opened.items() if n >= min(opened.total(), 2)}
    entries = []
    for name, unnamed in order[:SHOWN]:
        mine = by_name[name, unnamed]
        alone = ["here alone"] if name and not unnamed and name not in heard else []
        facts = [*_facts(mine), *(["first"] if name in first else []), *alone]
        entries.append(plain(name or UNCLEAR, at=_places(mine), note=", ".join(facts)))
    if rest := order[SHOWN:]:
        others = [voice for who in rest for voice in by_name[who]]
        more = f"and {count(len(rest), 'more speaker')}"
        entries.append(plain(more, at=_places(others), note=number(_words(others))))
    return tuple(entries)


def _facts(told: Sequence[Voice]) -> list[str]:
    """The words of a speaker, what he is and whom he speaks for, as far as it is said."""
    kinds = [k for k in KINDS if k != NOT_SAID and any(v.kind == k for v in told)]
    camps = [v.camp for v in told if v.camp not in (NOT_SAID, told[0].name)]
    return [number(_words(told)), *kinds[:1], *camps[:1]]


def _openings(column: Column, told: Sequence[Voice]) -> list[Voice]:
    """The first voice of each article of a side that has any, in the side's order."""
    first: dict[str, Voice] = {}
    for voice in told:  # in order of place
        first.setdefault(voice.doc_id, voice)
    return [first[doc] for doc in column.doc_ids if doc in first]


def _unanswered(m: Material, column: Column, told: Sequence[Voice]) -> tuple[Entry, ...]:
    """Actors spoken against in a side's articles who never speak there, nor anybody of theirs."""
    heard = {v.name for v in told} | {v.camp for v in told}
    docs = set(column.doc_ids)
    against: dict[str, list[Span]] = {}
    for j in judgements(m):
        if j.place[0] in docs and j.polarity < 0 and j.actor not in heard:
            against.setdefault(j.actor, []).append(j.place)
    often = sorted(against, key=lambda who: (-len(against[who]), who))
    return tuple(
        plain(who, at=against[who], note=f"{number(len(against[who]))} times")
        for who in often[:UNANSWERED]
        if len(against[who]) >= LEAST_AGAINST
    )


def _summed(
    told: Sequence[Voice], of: Callable[[Voice], str], most: int, unsaid: str
) -> tuple[Entry, ...]:
    groups: dict[str, list[Voice]] = {}
    for voice in told:
        groups.setdefault(of(voice), []).append(voice)
    order = sorted(groups, key=lambda g: (g == NOT_SAID, -_words(groups[g]), g))
    whole = _words(told)
    shown = order[:most] if len(order) <= most + 1 else [*order[:most], *order[-1:]]
    return tuple(
        plain(
            unsaid if group == NOT_SAID else group,
            at=_places(groups[group]),
            note=_share(_words(groups[group]), whole),
        )
        for group in shown
    )


def _share(words: int, whole: int) -> str:
    return f"{count(words, 'word')}, {words / whole:.0%}" if whole else ""


def _openers(column: Column, told: Sequence[Voice]) -> tuple[Entry, ...]:
    """Who speaks first in the article, or in more than one of several."""
    firsts: dict[str, list[Span]] = {}
    opened = _openings(column, told)
    for first in opened:
        if first.name:
            firsts.setdefault(first.name, []).append(min(first.spans))
    least = min(len(opened), 2)
    order = sorted(firsts, key=lambda who: (-len(firsts[who]), who))
    often = [who for who in order if len(firsts[who]) >= least]
    if not often:
        nobody = UNCLEAR if least < 2 else f"nobody in more than one of {len(opened)} articles"
        return (plain("", at=[min(first.spans) for first in opened], note=nobody),)
    return tuple(
        plain(
            who,
            at=firsts[who],
            note=f"in {len(firsts[who])} of {len(opened)} articles" if least > 1 else "",
        )
        for who in often[:2]
    )


def _words(told: Sequence[Voice]) -> int:
    return sum(voice.words for voice in told)


def _places(told: Sequence[Voice]) -> list[Span]:
    return sorted(place for voice in told for place in voice.spans)
