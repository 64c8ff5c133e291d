"""Who speaks for whom in the whole story: words by camp and kind of source, and who opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpers.findings.measured import how_right
from helpers.spread.grid import Column, Entry, Grid, Row, Span, plain
from helpers.spread.material import Material, columns_of
from helpers.spread.speaking import UNCLEAR, of_side, openings, places_of, words_of
from helpers.spread.voices import KINDS, NOT_SAID, Voice
from helpers.wording import count, listing, number

CAMPS = 4
"""Camps of one side that are shown."""
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
UNDESCRIBED = "not said"
ENOUGH = 0.5
"""Share of a side's words of which a camp is said before its camps are laid out."""


def for_whom(m: Material) -> Grid:
    """Who speaks for whom in the whole story: one row per outlet (article, where none is named).

    Columns: words by camp and by kind of source, and who speaks first in how many articles.
    """
    told = [(side, of_side(m, side)) for side in columns_of(m, [*m.articles])]
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
    return words_of([v for v in told if v.camp != NOT_SAID]) / max(words_of(told), 1)


def _camps(told: Sequence[Voice]) -> tuple[Entry, ...]:
    share = _with_camp(told)
    if share >= ENOUGH:
        return _summed(told, lambda v: v.camp, CAMPS, "no camp named")
    said = [v for v in told if v.camp != NOT_SAID]
    return (plain("", at=places_of(said), note=f"named of {share:.0%} of the words only"),)


def _result(told: Sequence[Voice]) -> str:
    """What the grid shows, in a title."""
    whole = words_of(told)
    if not whole:
        return "Nobody speaks"
    words = {kind: words_of([v for v in told if v.kind == kind]) for kind in KINDS}
    named = [kind for kind in KINDS if kind != NOT_SAID and words[kind]]
    order = sorted(named, key=lambda kind: -words[kind])[:LEADING]
    shares = [f"{PLURALS[kind]} {words[kind] / whole:.0%}" for kind in order]
    return f"Of {number(whole)} words given to speakers: {listing(shares) or 'none is said whose'}"


def _summed(
    told: Sequence[Voice], of: Callable[[Voice], str], most: int, unsaid: str
) -> tuple[Entry, ...]:
    groups: dict[str, list[Voice]] = {}
    for voice in told:
        groups.setdefault(of(voice), []).append(voice)
    order = sorted(groups, key=lambda g: (g == NOT_SAID, -words_of(groups[g]), g))
    whole = words_of(told)
    shown = order[:most] if len(order) <= most + 1 else [*order[:most], *order[-1:]]
    return tuple(
        plain(
            unsaid if group == NOT_SAID else group,
            at=places_of(groups[group]),
            note=_share(words_of(groups[group]), whole),
        )
        for group in shown
    )


def _share(words: int, whole: int) -> str:
    return f"{count(words, 'word')}, {words / whole:.0%}" if whole else ""


def _openers(column: Column, told: Sequence[Voice]) -> tuple[Entry, ...]:
    """Who speaks first in the article, or in more than one of several."""
    firsts: dict[str, list[Span]] = {}
    opened = openings(column, told)
    for first in opened:
        if first.name:
            firsts.setdefault(first.name, []).append(min(first.spans))
    least = min(len(opened), 2)
    order = sorted(firsts, key=lambda who: (-len(firsts[who]), who))
    often = [who for who in order if len(firsts[who]) >= least]
    if not often:
        nobody = UNCLEAR if least < 2 else "another one in each article"
        return (plain("", at=[min(first.spans) for first in opened], note=nobody),)
    return tuple(
        plain(
            who,
            at=firsts[who],
            note=f"in {len(firsts[who])} of {len(opened)} articles" if least > 1 else "",
        )
        for who in often[:2]
    )
