"""What one side of an event has alone, and what several tell in other words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import story

from helpers import schema, spread
from helpers.lenses import sentiment
from helpers.lenses.sentiment.encoder import TargetEncoder
from helpers.spread.alone import told_only
from helpers.spread.cuts import of_cuts
from helpers.spread.given import attributions
from helpers.spread.heard import of_heard
from helpers.spread.matched import is_one_event, matched
from helpers.spread.openings import first_sentence, of_leads
from helpers.spread.retold import in_other_words, of_wording
from helpers.spread.unquoted import of_unquoted
from helpers.spread.verdicts import of_verdicts
from helpers.story import Story
from helpers.wording import is_missing

SHARED = (
    "Mayor Ada Orr closed the old harbour bridge on Monday after two cracks were found. "
    "Orr said the bridge would stay closed until the spring."
)
CRASH = (
    "Orr had ignored three earlier warnings from 12 retired engineers, according to minutes of a "
    "closed council session in November."
)
FERRY = (
    "Commuters praised Orr for the free evening ferries, which carried 4,200 passengers without "
    "any delay during the opening weekend."
)
GARDEN = (
    "Elsewhere, gardeners planted eleven cherry trees beside a quiet library courtyard yesterday."
)
SPOKEN = (
    "“We counted the cracks twice, wrote to the mayor three times, and heard nothing from her "
    "office in all those weeks, not even that our letters had come,” said engineer Ivo Lindqvist."
)
FILLED = """\
The bridge was built in 1932. Orr became mayor two years ago. The harbour lies below the old town.
Some 900 cars cross the bridge each hour. The council has 40 seats. Dockers use the bridge at night.
Orr leads the council. The bridge is painted green. Trams do not cross it.
Repairs cost 3 million a year. Orr grew up in the north. The town has one other bridge.
"""
"""What all articles print, so that there are enough sentences to see what the event is about."""


def material(*texts: str) -> spread.Material:
    return spread.Material(story(*(f"{text}\n{FILLED}\n" for text in texts)))


@pytest.fixture(scope="module")
def bridge() -> spread.Material:
    return material(
        f"Bridge closed\n\n{SHARED} {CRASH} {GARDEN} {SPOKEN}\n",
        f"Harbour bridge shut\n\n{SHARED} {FERRY} Captain Mia Stone greeted them.\n",
        f"Cracks in the bridge\n\n{SHARED} The council meets again on Friday.\n",
    )


def said(cell: tuple[spread.Entry, ...]) -> list[str]:
    return [" ".join(words for _, words in entry.runs) for entry in cell]


def columns(m: spread.Material) -> list[spread.Column]:
    return spread.columns_of(m, [*m.articles])


def by_name(m: spread.Material, row: spread.Row) -> dict[str, list[str]]:
    return {c.name: said(cell) for c, cell in zip(columns(m), row.cells, strict=True)}


def test_sentences_that_no_other_side_tells(bridge: spread.Material) -> None:
    row = told_only(bridge, columns(bridge))
    assert by_name(bridge, row) == {"North": [CRASH, SPOKEN], "South": [FERRY], "East": []}


def test_the_lead_and_what_brings_no_name_or_figure_are_not_told_alone() -> None:
    first = f"Bridge closed\n\n{FERRY} {SHARED}\n"
    vague = FERRY.replace("4,200", "many").replace("evening ", "").replace("opening ", "")
    for text in (first, f"Bridge closed\n\n{SHARED} {vague}\n"):
        m = material(text, f"Bridge shut\n\n{SHARED}\n")
        assert by_name(m, told_only(m, columns(m)))["North"] == []


def test_what_others_of_the_event_print_is_not_told_alone(bridge: spread.Material) -> None:
    sides = [c for c in columns(bridge) if c.name != "North"]
    twice = material(*(bridge.articles[doc]["text"] for doc in ("a0", "a1")),
                     bridge.articles["a0"]["text"])  # fmt: skip
    apart = [c for c in columns(twice) if c.name != "East"]
    assert said(told_only(twice, apart, ["a2"]).cells[0]) == []
    assert said(told_only(bridge, sides).cells[-1]) == [FERRY]


def test_a_sentence_that_another_tells_in_other_words_is_not_told_alone() -> None:
    again = "Minutes of a secret meeting show that retired engineers had warned Orr before."
    m = material(f"Bridge closed\n\n{SHARED} {CRASH}\n", f"Bridge shut\n\n{SHARED} {again}\n")
    assert by_name(m, told_only(m, columns(m)))["North"] == []


FIRED = "On Tuesday Mayor Ada Orr foolishly sacked the harbour master after a row over the bridge."
LEFT = "Mayor Ada Orr fired the harbour master on Tuesday, after a row about the bridge."


def test_the_same_matter_in_other_words() -> None:
    m = material(f"Sacked\n\n{FIRED}\n", f"Dismissed\n\n{LEFT} {GARDEN}\n")
    (row,) = in_other_words(m, columns(m), limit=3)
    assert by_name(m, row) == {"North": [FIRED], "South": [LEFT]}
    assert row.label == "About Ada Orr"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FIRED, id="in the same words"),
        pytest.param(GARDEN, id="another matter"),
        pytest.param("Orr was away.", id="too short"),
    ],
)
def test_what_is_not_the_same_in_other_words(other: str) -> None:
    m = material(f"Sacked\n\n{FIRED}\n", f"Dismissed\n\n{other}\n")
    assert in_other_words(m, columns(m), limit=3) == []


def test_wording_is_told_where_both_sides_judge_in_their_own_voice() -> None:
    praised = LEFT.replace("fired", "bravely fired")
    m = material(f"Sacked\n\n{FIRED}\n", f"Dismissed\n\n{praised}\n")
    (found,) = of_wording(m, columns(m), [*m.articles])
    assert found.statement == (
        "North (“foolishly”) and South (“bravely”) tell one thing in different words"
    )
    quoted = praised.replace("Mayor", "“Mayor").replace("bridge.", "bridge,” he said.")
    m = material(f"Sacked\n\n{FIRED}\n", f"Dismissed\n\n{quoted}\n")
    assert not [*of_wording(m, columns(m), [*m.articles])]


def test_how_each_side_opens_the_story() -> None:
    leads = ("Judges seem ready to block the case of the dockers.",
             "The court looked closely divided on the dockers’ case on Monday.")  # fmt: skip
    m = material(*(f"A case\n\n{lead} Ada Orr spoke.\n" for lead in leads))
    (found,) = of_leads(m, columns(m), [*m.articles])
    assert [m.text(side.places[0]) for side in found.sides] == [*leads]
    assert found.statement == "How North and South open the story"
    same = material(*(f"A case\n\n{leads[0]} Ada Orr spoke.\n" for _ in leads))
    assert not [*of_leads(same, columns(same), [*same.articles])]


def test_of_more_sentences_than_can_be_read_none_is_matched(
    bridge: spread.Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.spread.matched.MOST_READ", 3)
    sides = columns(bridge)[:2]
    assert matched(bridge, sides) is None
    assert in_other_words(bridge, sides, limit=3) == []
    assert not any(told_only(bridge, sides).cells)


WORDS = st.text("ab “\"é漢.,", max_size=40)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_what_a_sentence_is_about_does_not_hang_on_what_is_read_beside_it(
    sentences: list[str],
) -> None:
    read = TargetEncoder.load().meanings
    together = read(sentences)
    assert together.shape == (len(sentences), 384)
    assert np.isfinite(together).all()
    assert np.array_equal(together, np.concatenate([read([each]) for each in sentences]))
    for _ in ("read", "kept"):
        assert np.array_equal(together, sentiment.meanings(sentences))


def test_articles_on_different_matters_are_not_opened_beside_each_other() -> None:
    seats = " ".join(
        f"The {party} won {n} seats in the {where}."
        for n, party in enumerate(("liberals", "greens", "farmers"), 3)
        for where in ("north", "south", "west")
    )
    whole = f"Bridge closed\n\n{SHARED} {CRASH} {FERRY} {SPOKEN} {FIRED} {FILLED}\n"
    apart = spread.Material(story(whole, f"Elections\n\n{seats}\n"))
    assert len(apart.story.sentences) > 20
    assert not [c for c in spread.contrasts(apart, []) if c.kind == "leads"]


ATTACK = (
    "“This is a shameful betrayal of every docker who trusted the council and paid for its "
    "reckless mistakes with his wages,” Tom Vale said."
)


@pytest.mark.parametrize(
    ("third", "told"),
    [
        pytest.param(f"{CRASH} {FERRY}", True, id="nothing of it"),
        pytest.param(f"{CRASH} “Shameful betrayal,” somebody called it.", False, id="a shred"),
        pytest.param(f"{CRASH} Dockers trusted her, and she betrayed them.", False, id="retold"),
        pytest.param(f"{CRASH} {ATTACK}", False, id="printed"),
        pytest.param("", False, id="a short notice"),
    ],
)  # fmt: skip
def test_what_two_sides_quote_and_another_prints_nothing_of(third: str, told: bool) -> None:
    texts = [f"Bridge\n\n{SHARED} {ATTACK} {CRASH}", f"Dockers\n\n{SHARED} {ATTACK} {FERRY}"]
    short = f"Bridge shut\n\n{SHARED} {third}"
    texts = [f"{text}\n{FILLED}\n" for text in texts]
    texts.append(f"{short}\n{FILLED if third else ''}\n")
    m = spread.Material(story(*texts, outlets=("North", "South", "West")))
    found = [*of_unquoted(m, columns(m), [*m.articles])]
    assert [c.statement for c in found] == told * [
        "West prints no word of Tom Vale’s “This is a shameful betrayal of every docker who "
        "trusted the council and paid for its…”, which North and South quote"
    ]


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        pytest.param("recklessly", "", "North judges Ada Orr in its own words (“recklessly”)"),
        pytest.param("quietly", "", "", id="no word that judges"),
        pytest.param(
            "recklessly", "falsely", "North judges Ada Orr in its own words (“recklessly”)",
            id="both",
        ),
    ],
)  # fmt: skip
def test_a_verdict_stands_beside_what_another_side_says(here: str, there: str, told: str) -> None:
    said = "Mayor Ada Orr {} told the dockers that the old bridge was safe.".replace("  ", " ")
    north = f"Bridge\n\n{SHARED} {said.format(here)}\n"
    south = f"Bridge shut\n\n{SHARED} {said.format(there)}\n".replace("  ", " ")
    m = material(north, south)
    found = [c for c in of_verdicts(m, columns(m), [*m.articles]) if c.sides[0].name == "North"]
    assert [c.statement for c in found] == [told] * bool(told)
    assert [c.sides[1].note for c in found] == [
        "in its own words" if there else "the nearest sentence that names the same"
    ] * bool(told)


WHOLE = (
    "“We will open the bridge to every lorry in the spring, but only if those reckless owners pay "
    "for all the cracks they made in it,” Tom Vale said."
)
CUT = "“We will open the bridge to every lorry in the spring,” Tom Vale said."


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        pytest.param(WHOLE, CUT, True, id="cut"),
        pytest.param(WHOLE, WHOLE, False, id="whole"),
        pytest.param(WHOLE, f"{CUT} Reckless owners must pay for the cracks.", False, id="told"),
        pytest.param(WHOLE, "“Every lorry in the spring,” Tom Vale said.", False, id="a shred"),
        pytest.param(
            WHOLE.replace("but only if those reckless owners", "and those owners of them"), CUT,
            False, id="nothing turns",
        ),
    ],
)  # fmt: skip
def test_a_quotation_that_one_side_cuts(here: str, there: str, told: bool) -> None:
    m = material(f"Bridge\n\n{SHARED} {here}\n", f"Bridge shut\n\n{SHARED} {there}\n")
    found = [*of_cuts(m, columns(m), [*m.articles])]
    assert [c.statement for c in found] == told * [
        "South leaves out of Tom Vale’s words what North quotes: “but only if those reckless "
        "owners pay for all the cracks they made in it”"
    ]
    assert [[side.note for side in c.sides] for c in found] == told * [
        ["all 26 words", "11 of 26 words"]
    ]


def test_who_judges_on_one_side_alone() -> None:
    said = (
        "“It was a reckless and dishonest decision that nobody will forgive, and I told them so in "
        "April and in May,” said Tom Vale, a retired harbour engineer."
    )
    m = material(f"Bridge\n\n{SHARED} {said}\n", f"Bridge\n\n{SHARED} A man ran away.\n")
    (found,) = of_heard(m, columns(m), [*m.articles])
    assert found.statement == "Only North quotes Tom Vale, a retired harbour engineer"
    assert found.sides[1].note == "does not print the name"
    plain = said.replace("reckless and dishonest", "long and late").replace("forgive", "recall")
    for other in (f"{SHARED} {plain}", f"{SHARED} {said[:30]}” he said."):
        m = material(f"Bridge\n\n{other}\n", f"Bridge\n\n{SHARED} A man ran away.\n")
        assert not [*of_heard(m, columns(m), [*m.articles])]


LEAD = "Mayor Ada Orr closed the old harbour bridge on Monday."


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("ABSTRACT.\n\nThe cracks may last for years.\n\nFULL TEXT.", id="abstract"),
        pytest.param("Chief harbour correspondent Mia Stone reports from the quay.", id="video"),
        pytest.param("Mia Stone / Reuters\n\nDockers hold a banner at the quay.", id="caption"),
        pytest.param("Watch the mayor speak to the dockers on the quay.", id="promotion"),
    ],
)  # fmt: skip
def test_the_first_sentence_is_the_text_s_own(before: str) -> None:
    m = material(f"A bridge\n\n{before}\n\n{LEAD} Two cracks had been found in it before noon.\n")
    assert [m.text(place) for doc in m.articles if (place := first_sentence(m, doc))] == [LEAD]


def test_of_many_sides_those_open_that_begin_least_alike() -> None:
    first = "Judges seem ready to block the case of the dockers against the city"
    leads = (
        f"{first} in March.", f"{first} in spring.", "The patience of dockers is at an end now.",
        "A strike is now hardly to be avoided.", "Nobody at the port wants to speak.",
    )  # fmt: skip
    texts = [f"A case\n\n{lead} Ada Orr spoke.\n" for lead in leads]
    m = spread.Material(story(*texts, outlets=("A", "B", "C", "D", "E")))
    (found,) = of_leads(m, columns(m), [*m.articles])
    assert [side.name for side in found.sides] == ["A", "D", "E"]
    assert found.note == "How C opens: below. B opens like one of these."


def test_a_found_event_whose_sides_begin_with_different_matters_is_none() -> None:
    far = (
        "Election\n\nThe liberals won nine seats in the north. The greens lost four in the south. "
        f"Their leader resigned in the evening. Voters waited for hours in the rain. {SHARED}"
    )
    bridge = f"Bridge closed\n\n{CRASH} {FERRY} {SPOKEN} {SHARED}\n"
    m = material(bridge, far)
    assert not is_one_event(m, [*m.articles])
    m = material(bridge, f"Bridge shut\n\n{SHARED} {FERRY} {CRASH}\n")
    assert is_one_event(m, [*m.articles])


def test_where_a_story_has_several_events_each_claim_names_its_own() -> None:
    one = [f"Bridge {n}\n\n{FERRY if n else CRASH} {SHARED} {FILLED}\n" for n in range(2)]
    other = "Harvest\n\nFarmers brought in the wheat before the rain came.\n"
    found = story(*one, other, outlets=("North", "South", "East"))
    events = found.articles.assign(event=["the bridge", "the bridge", None])
    m = spread.Material(Story.from_articles(schema.make("articles", events)))
    told = [c.statement for c in spread.contrasts(m, []) if c.kind == "leads"]
    assert told == ["How North and South open the story (event: the bridge, 2020-05-04)"]


def test_words_that_another_outlet_gives_to_somebody_else_are_nobodys() -> None:
    """Where one names the speaker and the other has a pronoun, the name is believed."""
    said = "“There is no danger at all on the old harbour bridge today,”"
    north = f"Bridge\n\nTom Vale spoke. Ada Orr listened. {said} Ada Orr said.\n"
    south = f"Bridge\n\nTom Vale met the dockers. {said} he said.\n"
    rows = attributions(material(north, south))
    told = dict(zip(rows["doc_id"], rows["actor"], strict=True))
    assert [None if is_missing(told[doc]) else told[doc] for doc in sorted(told)] == [
        "Ada Orr", None
    ]  # fmt: skip
    south = south.replace("Tom Vale", "Ada Orr").replace("he s", "she s")
    rows = attributions(material(north, south))
    assert rows["actor"].tolist() == ["Ada Orr"] * 2
