"""Who speaks on each side, as what and for whom, with how many words; and who gets no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from helpers import lexicons
from helpers.findings.measured import how_right
from helpers.spread.grid import Column, Entry, Grid, Row, Span, plain
from helpers.spread.judging import judgements
from helpers.spread.material import Material, columns_of
from helpers.spread.voices import KINDS, NOT_SAID, Voice, voices
from helpers.wording import count, listing, number

T = TypeVar("T")
SHOWN = 5
"""Speakers of one side with words and office; the others are named."""
NAMED = 6
"""Names in one entry."""
MISSING = 4
"""Speakers of other sides that one side does not quote."""
HEARD = 15
"""Words elsewhere from which it is told that a side does not quote somebody."""
SIDES = 2
"""Parties that must be heard."""
NO_PARTY = "no party said"
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
UNCLEAR = "speaker not clear from the text"
UNDESCRIBED = "none of these, or not said"
ENOUGH = 0.5
"""Share of a side's words of which a camp is said before its camps are laid out."""


def speakers(m: Material, columns: Sequence[Column]) -> list[Row]:
    """Who speaks on each side, by words and by party; who is heard elsewhere only, or never.

    A speaker says with how many words, as what the text has him, whether he speaks first, and
    whether no other side names him: that he is named and given no word would be less sure.
    """
    told = [_of(m, column) for column in columns]
    named = [{w for doc in c.doc_ids for _, _, w in m.mentions(doc)} for c in columns]

    def beside(of: Sequence[Collection[T]], i: int) -> list[T]:
        return [each for j, other in enumerate(of) if j != i for each in other]

    every = range(len(columns))
    return [
        Row("Who speaks",
            tuple(_who(columns[i], told[i], beside(named, i)) for i in every), empty="nobody",
            note="words quoted or reported; as what, where the text says it"),
        *_by_party(told),
        Row("Speaks elsewhere, not named here",
            tuple(_missing(m, columns[i], beside(told, i), named[i]) for i in every),
            note=f"named speakers with at least {HEARD} words there", empty="nobody"),
        Row("Spoken against, not heard",
            tuple(_unanswered(m, columns[i], told[i]) for i in every),
            note="by the text or those it quotes: check these", empty="nobody found"),
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


def _who(column: Column, told: Sequence[Voice], elsewhere: Sequence[str]) -> tuple[Entry, ...]:
    by_name: dict[tuple[str, bool], list[Voice]] = {}
    for voice in told:
        if voice.name:
            by_name.setdefault((voice.name, voice.kind == "unnamed"), []).append(voice)
    order = sorted(by_name, key=lambda who: (-_words(by_name[who]), who))
    opened = Counter(voice.name for voice in _openings(column, told))
    first = {name for name, n in opened.items() if n >= min(opened.total(), 2)} - {""}
    shown = order[:SHOWN] if len(order) > SHOWN + 1 else order
    shown += [who for who in order if who[0] in first and who not in shown]
    entries = []
    for who in shown:
        mine = by_name[who]
        alone = elsewhere and mine[0].actor and mine[0].actor not in elsewhere
        facts = [*_facts(mine), *(["speaks first"] if who[0] in first else []),
                 *(["named here alone"] if alone else [])]  # fmt: skip
        entries.append(plain(who[0], at=_places(mine), note="; ".join(facts)))
    if rest := [who for who in order if who not in shown and who[0]]:
        also = [voice for who in rest for voice in by_name[who]]
        names = listing([name for name, _ in rest], NAMED)
        entries.append(plain(f"also {names}", at=_places(also), note=count(_words(also), "word")))
    if unclear := [voice for voice in told if not voice.name]:
        note = count(_words(unclear), "word")
        entries.append(plain(UNCLEAR, at=_places(unclear), note=note))
    return tuple(entries)


def _facts(told: Sequence[Voice]) -> list[str]:
    """The words of a speaker and what he is, as the text has it."""
    office = next((v.office for v in told if v.office), "")
    camp = next((v.camp for v in told if v.camp not in (NOT_SAID, told[0].name)), "")
    kind = "unnamed" if told[0].kind == "unnamed" else ""
    facts = [office] if office else [f for f in (kind, camp) if f]
    return [count(_words(told), "word"), *facts]


def _by_party(told: Sequence[Sequence[Voice]]) -> list[Row]:
    """Who is heard for which party, where most words of persons are put down to one."""
    parties = frozenset(lexicons.load("party_words")["party"])
    said = [[v for v in mine if v.camp in parties] for mine in told]
    persons = _words([v for mine in told for v in mine if v.actor])
    found = sorted({v.camp for mine in said for v in mine})
    if len(found) < SIDES or _words([v for mine in said for v in mine]) < ENOUGH * persons:
        return []
    cells = []
    for mine, all_mine in zip(said, told, strict=True):
        groups = [(party, [v for v in mine if v.camp == party]) for party in found]
        groups += [(NO_PARTY, [v for v in all_mine if v.actor and v.camp not in parties])]
        cells.append(
            tuple(
                Entry(
                    (("plain", f"{party}:"), ("plain", listing(_names(group), NAMED))),
                    tuple(_places(group)),
                    count(_words(group), "word"),
                )
                for party, group in groups
                if group and any(v.camp in parties for v in mine)
            )
        )
    return [Row("Heard of each party", tuple(cells), note="party as any outlet states it")]


def _names(told: Sequence[Voice]) -> list[str]:
    """The names of some voices, those of most words first."""
    words: Counter[str] = Counter()
    for voice in told:
        words[voice.name] += voice.words
    return [name for name, _ in sorted(words.items(), key=lambda w: (-w[1], w[0]))]


def _missing(
    m: Material, column: Column, others: Sequence[Voice], named: Collection[str]
) -> tuple[Entry, ...]:
    """Named speakers of other sides whom a side does not name at all."""
    there: dict[str, list[Voice]] = {}
    for voice in others:
        if voice.actor and voice.actor not in named:
            there.setdefault(voice.name, []).append(voice)
    order = sorted(there, key=lambda who: (-_words(there[who]), who))
    return tuple(
        plain(
            who,
            at=_places(there[who]),
            note=f"{count(_words(there[who]), 'word')} in "
            f"{listing(sorted({m.outlet(v.doc_id) for v in there[who]}))}",
        )
        for who in order[:MISSING]
        if _words(there[who]) >= HEARD
    )


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
