"""What one side of an event has alone: names and sentences that no other article prints."""

from __future__ import annotations

import pytest
from stories import story

from helpers import spread
from helpers.spread.alone import named_only, of_alone, told_only

SHARED = (
    "Mayor Ada Orr closed the old harbour bridge on Monday after two cracks were found. "
    "Orr said the bridge would stay closed until the spring."
)
CRASH = (
    "Orr had ignored three earlier warnings from retired engineers, according to minutes of a "
    "closed council session in November."
)
FERRY = (
    "Commuters praised Orr for the free evening ferries, which carried 4,200 passengers without "
    "any delay during the opening weekend."
)
GARDEN = (
    "Elsewhere, gardeners planted eleven cherry trees beside a quiet library courtyard yesterday."
)


def material(*texts: str) -> spread.Material:
    return spread.Material(story(*texts))


@pytest.fixture(scope="module")
def bridge() -> spread.Material:
    return material(
        f"Bridge closed\n\n{SHARED} {CRASH} {GARDEN} Engineer Ivo Lindqvist wrote the minutes.\n",
        f"Harbour bridge shut\n\n{SHARED} {FERRY} Captain Mia Stone greeted them.\n",
        f"Cracks in the bridge\n\n{SHARED} The council meets again on Friday.\n",
    )


def said(cell: tuple[spread.Entry, ...]) -> list[str]:
    return [entry.runs[0][1] for entry in cell]


def columns(m: spread.Material) -> list[spread.Column]:
    return spread.columns_of(m, [*m.articles])


def test_sentences_that_no_other_side_prints(bridge: spread.Material) -> None:
    row = told_only(bridge, columns(bridge))
    by_name = {c.name: said(cell) for c, cell in zip(columns(bridge), row.cells, strict=True)}
    assert by_name == {"North": [CRASH], "South": [FERRY], "East": []}


def test_what_others_of_the_event_print_is_not_told_alone(bridge: spread.Material) -> None:
    sides = [c for c in columns(bridge) if c.name != "North"]
    twice = material(*(bridge.articles[doc]["text"] for doc in ("a0", "a1")),
                     bridge.articles["a0"]["text"])  # fmt: skip
    apart = [c for c in columns(twice) if c.name != "East"]
    assert said(told_only(twice, apart, ["a2"]).cells[0]) == []
    assert said(told_only(bridge, sides).cells[-1]) == [FERRY]


def test_names_that_no_other_side_prints(bridge: spread.Material) -> None:
    row = named_only(bridge, columns(bridge))
    by_name = {c.name: said(cell) for c, cell in zip(columns(bridge), row.cells, strict=True)}
    assert by_name == {"North": ["Ivo Lindqvist"], "South": ["Mia Stone"], "East": []}
    printed = material(
        bridge.articles["a0"]["text"], "Bridge\n\nThe LINDQVIST report was long. Orr read it.\n"
    )
    assert said(named_only(printed, columns(printed)).cells[0]) == []


def test_a_contrast_holds_the_nearest_sentence_of_the_others(bridge: spread.Material) -> None:
    found = {c.sides[0].name: c for c in of_alone(bridge, columns(bridge), [*bridge.articles])}
    assert set(found) == {"North", "South"}
    (told,) = found["North"].sides[0].places
    assert bridge.text(told) == CRASH
    statement = found["North"].statement
    assert statement.startswith(f"In North, in no like words elsewhere: {CRASH[:60]}")
    assert all(doc != "a0" for doc, _, _ in found["North"].sides[1].places)


def test_a_sentence_that_another_tells_in_few_other_words_is_no_contrast() -> None:
    again = (
        "Orr had ignored earlier warnings, as minutes of a closed council session in November show."
    )
    m = material(f"Bridge closed\n\n{SHARED} {CRASH}\n", f"Bridge shut\n\n{SHARED} {again}\n")
    assert [c.sides[0].name for c in of_alone(m, columns(m), [*m.articles])] == []
