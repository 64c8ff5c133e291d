"""What each side shows the main actors doing, in the words of its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from helpers.comparing.terms import function_words
from helpers.findings.measured import in_short
from helpers.made import kept
from helpers.spread.blaming import blamings
from helpers.spread.grid import Column, Entry, Row, Span
from helpers.spread.material import Material, frame_of

ACTORS, DEEDS = 4, 3
"""Actors of one cell, and deeds of one actor."""
OBJECT = 8
"""Words behind the verb that are shown."""
LINKS = ("direct", "conjunct")
"""Of a deed to its doer: of nouns ("the pressure of X") and participles it is often somebody else's
(read by hand)."""
_CLAUSE_END = re.compile(r"[,;:—–()“”\"]|\s-\s|[.?!]$")


def deeds(m: Material, columns: Sequence[Column], *, of: Collection[str]) -> Row:
    """The deeds of the actors ``of`` that no other side tells with the same verb.

    Only what the lens `agency` reads as done, in plain active clauses of the side's own voice that
    say what is done; what somebody says, and who blames whom, stands in rows of its own.
    """
    told = [_told(m, column, of) for column in columns]
    cells = []
    for i, mine in enumerate(told):
        others = {deed for j, other in enumerate(told) if j != i for deed in other}
        alone: dict[str, list[Span]] = defaultdict(list)
        for (actor, verb), places in mine.items():
            if (actor, verb) not in others:
                alone[actor] += places
        order = sorted(alone, key=lambda a: (-len(alone[a]), a))[:ACTORS]
        cells.append(tuple(_entry(m, actor, sorted(alone[actor])) for actor in order))
    note = f"deeds that no other tells with the same verb; {in_short('agency')}"
    return Row("What it shows them doing", tuple(cells), note=note, empty="no other deed found")


def _told(
    m: Material, column: Column, of: Collection[str]
) -> dict[tuple[str, str], list[Span]]:
    """Actor and verb → where a side's own voice tells the deed as done."""
    blamed = kept(m.story, "_blamed", lambda: _verbs_of_blame(m))
    rows = frame_of(m.story.agency, [doc for doc in column.doc_ids if doc in m.own])
    sure = rows["counted"] & (rows["voice"] == "author")
    plain = (rows["construction"] == "active") & rows["link"].isin(LINKS) & rows["through"].isna()
    done = (rows["process"] == "material") | rows["polarity"].notna()  # "offered", "threatened"
    chosen = sure & plain & done & (rows["role"] == "agent")
    rows = rows[chosen & rows["actor"].isin(sorted(of))]
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    columns = ("doc_id", "verb_start", "verb_end", "actor", "predicate")
    for doc, start, end, actor, verb in zip(*(rows[c].tolist() for c in columns), strict=True):
        place = (str(doc), int(start), int(end))
        if not (place[:2] in blamed or m.is_cue(place)) and clause(m, place) != m.text(place):
            found[str(actor), str(verb)].append(place)
    return found


def _verbs_of_blame(m: Material) -> frozenset[tuple[str, int]]:
    rows = blamings(m)
    return frozenset(zip(rows["doc_id"], rows["verb_start"].tolist(), strict=True))


def _entry(m: Material, actor: str, places: Sequence[Span]) -> Entry:
    said = list(dict.fromkeys(clause(m, place) for place in places))
    runs = (("plain", f"{actor}:"), ("plain", "; ".join(said[:DEEDS])))
    return Entry(runs, tuple(places), f"{len(places)} deeds" if len(said) > DEEDS else "")


def clause(m: Material, place: Span) -> str:
    """A deed in the words of its sentence: the verb, and what is done to whom."""
    doc, start, end = place
    stop = m.sentence(doc, start)[1]
    behind = _CLAUSE_END.split(m.text((doc, end, max(end, stop))), maxsplit=1)[0].split()
    more = len(behind) > OBJECT
    words = behind[:OBJECT]
    while words and more and words[-1].lower() in function_words():
        words.pop()  # "refused to leave the" breaks off where nothing can be read
    return " ".join([m.text(place), *words]) + (" …" if more else "")
