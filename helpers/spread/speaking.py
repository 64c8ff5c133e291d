"""Who speaks on each side, as what and for whom, with how many words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from helpers.made import kept
from helpers.spread.grid import Column, Entry, Row, Span, plain
from helpers.spread.material import Material
from helpers.spread.voices import Voice, voices
from helpers.wording import count, listing

SHOWN, BESIDE_MANY = 5, 3
"""Speakers of one side with words and office, and where many sides stand beside each other; the
others are named."""
MANY = 4
"""Sides beside each other that are many."""
NAMED = 6
"""Names in one entry."""
UNCLEAR = "speaker unclear"


def speakers(m: Material, columns: Sequence[Column]) -> Row:
    """Who speaks on each side, by words.

    A speaker says with how many words, as what the text has him, whether he speaks first, and
    whether no other side names him: that he is named and given no word would be less sure.
    """
    told = [of_side(m, column) for column in columns]
    named = [{w for doc in c.doc_ids for _, _, w in m.mentions(doc)} for c in columns]

    def beside(i: int) -> list[str]:
        return [who for j, other in enumerate(named) if j != i for who in other]

    every = range(len(columns))
    most = SHOWN if len(columns) < MANY else BESIDE_MANY
    cells = tuple(_who(columns[i], told[i], beside(i), most) for i in every)
    note = "words quoted or reported; as what, where the text says it"
    return Row("Who speaks", cells, empty="nobody", note=note)


def of_side(m: Material, column: Column) -> list[Voice]:
    """The voices of a side's articles."""
    by_doc = kept(m.story, "_voices_by_doc", lambda: _by_doc(m))
    return [voice for doc in sorted(set(column.doc_ids)) for voice in by_doc.get(doc, ())]


def _by_doc(m: Material) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    for voice in voices(m):
        found.setdefault(voice.doc_id, []).append(voice)
    return found


def _who(
    column: Column, told: Sequence[Voice], elsewhere: Sequence[str], most: int
) -> tuple[Entry, ...]:
    by_name: dict[tuple[str, bool], list[Voice]] = {}
    for voice in told:
        if voice.name:
            by_name.setdefault((voice.name, voice.kind == "unnamed"), []).append(voice)
    order = sorted(by_name, key=lambda who: (-words_of(by_name[who]), who))
    opened = Counter(voice.name for voice in openings(column, told))
    first = {name for name, n in opened.items() if n >= min(opened.total(), 2)} - {""}
    shown = order[:most] if len(order) > most + 1 else order
    shown += [who for who in order if who[0] in first and who not in shown]
    entries = []
    for who in shown:
        mine = by_name[who]
        alone = elsewhere and mine[0].actor and mine[0].actor not in elsewhere
        facts = [*_facts(mine), *(["heard first"] if who[0] in first else []),
                 *(["named only here"] if alone else [])]  # fmt: skip
        entries.append(plain(who[0], at=places_of(mine), note="; ".join(facts)))
    if rest := [who for who in order if who not in shown and who[0]]:
        also = [voice for who in rest for voice in by_name[who]]
        names = listing([name for name, _ in rest], NAMED)
        note = count(words_of(also), "word")
        entries.append(plain(f"also {names}", at=places_of(also), note=note))
    if unclear := [voice for voice in told if not voice.name]:
        note = count(words_of(unclear), "word")
        entries.append(plain(UNCLEAR, at=places_of(unclear), note=note))
    return tuple(entries)


def _facts(told: Sequence[Voice]) -> list[str]:
    """The words of a speaker and what he is, as the text has it."""
    office = next((v.office for v in told if v.office), "")
    kind = "unnamed" if told[0].kind == "unnamed" else ""
    return [count(words_of(told), "word"), *(fact for fact in (office or kind,) if fact)]


def openings(column: Column, told: Sequence[Voice]) -> list[Voice]:
    """The first voice of each article of a side that has any, in the side's order."""
    first: dict[str, Voice] = {}
    for voice in told:  # in order of place
        first.setdefault(voice.doc_id, voice)
    return [first[doc] for doc in column.doc_ids if doc in first]


def words_of(told: Sequence[Voice]) -> int:
    """The words of some voices."""
    return sum(voice.words for voice in told)


def places_of(told: Sequence[Voice]) -> list[Span]:
    """Every place where some voices speak, in order."""
    return sorted(place for voice in told for place in voice.spans)
