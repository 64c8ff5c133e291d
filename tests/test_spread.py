"""Spreads: what stands in which row, and that every entry has its place."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import story

from helpers import schema, spread
from helpers.findings.finding import Finding
from helpers.findings.measured import how_right, is_sure
from helpers.paths import DATA, ROOT
from helpers.spread import spreads
from helpers.spread.describing import Description, camp_of, kind_in, kind_of, read
from helpers.spread.first import passed
from helpers.spread.grid import Column
from helpers.spread.judging import judged
from helpers.spread.labels import is_document, is_speaker, speaker
from helpers.spread.openings import first_sentence, headlines, openings
from helpers.spread.quotations import _positions, quotations
from helpers.spread.speaking import speakers
from helpers.spread.told import reports
from helpers.spread.voices import NOT_SAID, voices
from helpers.story import Story

NORTH = (
    "Envoy slain on the quay\n\nThe killing of Omar Vance shook the harbour town on Monday. "
    "Vance had led the port guard for ten years.\n\n“We will find out who did this, and we will "
    "not wait for the court,” Mayor Ada Orr said.\n"
)
SOUTH = (
    "Omar Vance murdered\n\nThe assassination of Omar Vance was a reckless act by the guild. "
    "Omar Vance had many friends in the port.\n\n“We will find out who did this,” Mayor Ada Orr "
    "told reporters. A guild official said nobody would talk.\n"
)
EAST = "Harbour calm\n\nThe port was quiet on Monday, and the ferries left on time again.\n"


@pytest.fixture(scope="module")
def told() -> spread.Material:
    return spread.Material(story(NORTH, SOUTH, EAST))


def words(cell: tuple[spread.Entry, ...]) -> list[str]:
    return [" ".join(text for _, text in entry.runs) for entry in cell]


def row(grid: spread.Grid, label: str) -> spread.Row:
    return next(row for row in grid.rows if row.label == label)


def test_an_event_that_two_outlets_tell_is_named_after_its_first_headline(
    told: spread.Material,
) -> None:
    (event,) = spread.events(told)
    assert (event.name, event.when) == ("“Envoy slain on the quay”", "2020-05-04")
    assert event.doc_ids == ("a0", "a1")
    assert spread.events(spread.Material(story(NORTH))) == []


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"event": ["fire", "fire", None]}, [("fire", ("a0", "a1"))]),
        ({"event": ["fire", "fire", None], "outlet": ["North", "North", "South"]}, []),
        ({"event": ["fire", "fire", None], "outlet": ["North"] * 3}, [("fire", ("a0", "a1"))]),
        ({}, []),
    ],
)
def test_articles_of_other_events_are_not_laid_side_by_side(
    columns: dict[str, list[str | None]], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    apart = (
        "Trout return\n\nAnglers lined the upper weir before sunrise.\n",
        "Bread dearer\n\nMillers blame a wet August in Flanders.\n",
        "Museum shut\n\nCurators found woodworm under two altarpieces.\n",
    )
    rows = schema.make("articles", story(*apart).articles_read.assign(**columns))
    found = spread.events(spread.Material(Story.from_articles(rows)))
    assert [(event.name, event.doc_ids) for event in found] == expected


def test_the_same_deed_under_two_names_is_a_row(told: spread.Material) -> None:
    (event,) = spread.events(told)
    grid = spread.spread(told, event, spread.uses(told))
    assert [column.name for column in grid.columns] == ["North", "South"]
    called = row(grid, "The killing of Omar Vance is called")
    assert [words(cell) for cell in called.cells] == [
        ["“killing”"], ["“assassination”", "“murdered”"]
    ]  # fmt: skip
    assert called.cells[1][0].runs[0][0] == "mark"


def test_quotations_show_what_was_left_out(told: spread.Material) -> None:
    columns = spread.columns_of(told, ["a0", "a1", "a2"])
    (statement,) = quotations(told, columns, limit=4)
    east, north, south = statement.cells
    assert east == ()
    assert (words(north), north[0].note) == (
        ["We will find out who did this, and we will not wait for the court"], "all 15 words"
    )  # fmt: skip
    assert south[0].runs == (
        ("plain", "We will find out who did this,"),
        ("cut", "and we will not wait for the court"),
    )
    assert south[0].note == "7 of 15 words"


def test_speakers_are_counted_in_words(told: spread.Material) -> None:
    _, north, south = speakers(told, spread.columns_of(told, ["a0", "a1", "a2"])).cells
    assert [(words((e,))[0], e.note) for e in north] == [
        ("Ada Orr", "15 words; Mayor; heard first")
    ]
    assert [(words((e,))[0], e.note) for e in south] == [
        ("Ada Orr", "7 words; Mayor; heard first"), ("a guild official", "3 words; unnamed")
    ]  # fmt: skip


MINISTERS = (
    "Ferry talks\n\nNorwegian Minister Eva Dahl opened the talks. “Eva Dahl is a reckless liar, "
    "and Norway is a bully,” Swedish Minister Olof Berg said. Analyst Kim Roe said that nobody "
    "would win. A witness said the quay was empty. The statement said talks would go on. Rep. "
    "Ann Cole (D-Ohio) said she was glad. Harbour master Jon Ek said he was not.\n"
)


def test_speakers_are_told_by_kind_and_camp() -> None:
    m = spread.Material(story(MINISTERS, SOUTH))
    found = {v.name: (v.kind, v.camp) for v in voices(m) if v.doc_id == "a0"}
    assert found == {
        "Olof Berg": ("official", "Sweden"),
        "Kim Roe": ("expert", NOT_SAID),
        "a witness": ("unnamed", NOT_SAID),
        "the statement": ("document", NOT_SAID),
        "Ann Cole": ("official", "Democratic Party"),
        "Jon Ek": (NOT_SAID, NOT_SAID),
    }
    first = speakers(m, spread.by_article(m, ["a0", "a1"])).cells[0][0]
    assert words((first,)) == ["Olof Berg"]
    assert first.note == "11 words; Swedish Minister; heard first; named only here"
    shown = spread.for_whom(m)
    assert shown.caption.startswith("Of 38 words given to speakers: officials 55%")
    assert shown.columns[0].name == "Words given, by kind of source", "few camps"
    assert sum(len(e.at) for e in shown.rows[0].cells[0]) == 6, "each statement is in one kind"
    m = spread.Material(story(MINISTERS.split(" Analyst")[0] + "\n", SOUTH.split("“")[0]))
    assert words(spread.for_whom(m).rows[0].cells[0]) == ["Sweden"], "of most words it is said"


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ("Saudi Foreign Minister Adel Noor", "official"),
        ("former Senator Ann Cole", "former official"), ("President Olof Berg", "official"),
        ("president of the ferry club", ""), ("a spokesman for the club", ""),
        ("a Pentagon spokesman", "official"),
        ("a candidate for governor", ""), ("a law professor", "expert"), ("the striker", ""),
        ("an eyewitness", "witness"), ("a retired general", "former official"),
        ("the former senator and governor", "former official"),
        ("a former senator and now governor", "official"),
        ("governor, a former striker", "official"),
    ],
)  # fmt: skip
def test_what_a_description_makes_of_its_bearer(described: str, expected: str) -> None:
    assert kind_of(described) == expected


@pytest.mark.parametrize(
    ("said", "elsewhere", "expected"),
    [
        # the title before the name decides, then what most say
        (["Secretary of State *", "former senator"], [], "official"),
        (["former senator", "governor"], [], "former official"),
        (["former senator", "governor", "governor"], [], "official"),
        # an office of the past is no answer where others call him by the one he has
        (["former senator"], ["Secretary of State *"], "official"),
        # and a title of courtesy none where the office is over
        (["Ambassador *"], ["former ambassador"], "former official"),
        (["Ambassador *", "former ambassador"], [], "former official"),
        ([], ["Secretary of State *"], ""),
    ],
)
def test_former_stands_with_the_office_that_is_over(
    said: list[str], elsewhere: list[str], expected: str
) -> None:
    def made(texts: list[str]) -> list[Description]:
        return [read(t.rstrip(" *"), titles=t.endswith("*")) for t in texts]

    found = {"here": made(said), "there": made(elsewhere)}
    assert kind_in(found, "here", ["here", "there"]) == expected


def test_a_surname_is_no_country() -> None:
    found = {"a": [read("harbour police chief Ada Jordan", name="Ada Jordan")]}
    assert camp_of(found, "a") == ""
    assert camp_of({"a": [read("Jordan’s envoy")]}, "a") == "Jordan"
    assert camp_of({"a": [read("chief", party="R")], "b": [read("Swedish chief")]}, "a") == "R"


LABELS = [
    ("dock workers who", "dock workers"), ("the board, which", "the board"),
    ("several papers in Norwegian", "several papers"), ("the pilot Monday that", "the pilot"),
    ("’s chief engineer, Ada Orr", "s chief engineer, Ada Orr"), ("The", ""), ("a 52", ""),
    ("a minor reason. One pilot", "one pilot"),
]  # fmt: skip
SPEAKERS = [
    ("Ada Orr", True), ("the guild", True), ("a memo from the guild", True), ("his ex-wife", True),
    ("former Ports and Tolls Secretary Ada Orr", True), ("both captains and Ada Orr", True),
    ("dockers’ families", True), ("Ports Secretary", True), ("three harbour pilots", True),
    ("The two mayors", False), ("both captains", False), ("Maritime law", False),
    ("Queens", False), ("Vermont", False), ("runoff from the Orr mill", False), ("There", False),
    ("Calculations", False),
    ("the row over Ada Orr", False), ("Tariff numbers", False), ("he and Ada Orr", False),
    ("Guild Votes Against Toll Plan Again", False),
]  # fmt: skip


def test_what_a_speaker_is_called_and_who_is_none() -> None:
    assert {words: speaker(None, words) for words, _ in LABELS} == dict(LABELS)
    assert {words: is_speaker(words) for words, _ in SPEAKERS} == dict(SPEAKERS)
    texts = ("Polls", "a report of the club", "The Harbour Post", "a memo Orr")
    assert [is_document(words) for words in texts] == [True, True, False, False]


BESIDE = [
    # the name stands beside the words that the attribution has for a source
    ("“No,” said a lawyer for the harbour, Ann Cole of Bergen Law.", "Ann Cole",
     "a lawyer for the harbour"),
    ("The club’s spokesman, Jon Ek, said the pier was shut.", "Jon Ek", "The club’s spokesman"),
    ("“No,” Jon Ek, Democrat of Ohio and a member of the panel, said on Monday.", "Jon Ek",
     "Democrat of Ohio and a member of the panel"),
    ("Mayor Ann Cole and Captain Jon Ek said in a statement that it was over.",
     "Ann Cole and Jon Ek", ""),
    ("“We shut it,” Captain Jon Ek of the Harbour Fund said.", "Jon Ek",
     "Captain of the Harbour Fund"),
    ("“We shut it,” said Jon Ek, a University of Bergen law professor.", "Jon Ek",
     "a University of Bergen law professor"),
    ("The port’s engineer, Jon Ek, a Democrat, said that it was over.", "Jon Ek",
     "The port’s engineer, a Democrat"),
    ("Jon Ek’s statement said that the pier had been shut.", "Jon Ek", ""),
    ("Footage showed Jon Ek telling the guests: “We shut the pier.”", "Jon Ek", ""),
    ("A spokeswoman for Jon Ek left. “The pier is shut,” the spokeswoman said.",
     "a spokeswoman for Jon Ek", ""),
    ("Jon Ek’s lawyer said no more. His lawyer, Ann Cole, said it was late.", "Ann Cole",
     "His lawyer"),
    ("The keeper’s engineer, Jon Ek, left. The keeper’s engineer said that the pier was shut.",
     "Jon Ek", "The keeper’s engineer"),
    ("The envoy sent a letter to Jon Ek. “The pier is shut,” the letter said.",
     "a letter to Jon Ek", ""),
    ("“We shut it,” likely harbour candidate Jon Ek said on “Face the Port.”", "Jon Ek", ""),
    ("“We shut it,” Jon Ek said in a statement. “It is over,” the statement said.", "Jon Ek", ""),
    # what he was asked, a headline and an object are no words of his
    ("Jon Ek, asked if the pier was shut, said: “It is not.”", "Jon Ek", ""),
    # "he" goes on with who spoke, or was named alone, in the sentence before; a thing says nothing
    ("Jon Ek came late. “We shut the pier,” he said. “It is over,” he added.", "Jon Ek", ""),
    ("“We shut the pier,” said Jon Ek, a pilot in the port, who said that it was over.", "Jon Ek",
     "a pilot in the port"),
    ("Mariners said that it was over. They said that the pier was shut.", "Mariners", ""),
    ("The row over the pier shows that it was over. Jon Ek said he was not glad.", "Jon Ek", ""),
    # a body is called as the text calls it; whoever speaks for it is unnamed
    ("The White House said that the pier was shut.", "White House", ""),
    ("A White House official said that the pier was shut.", "a White House official", ""),
]  # fmt: skip


def test_the_name_beside_a_source_is_the_speaker() -> None:
    texts = [f"Pier shut, Ann Cole says\n\nAnn Cole met Jon Ek at noon. {said} It rained.\n"
             for said, *_ in BESIDE]  # fmt: skip
    found = voices(spread.Material(story(*texts, outlets=tuple("ABCDEFGHIJKLMNOPQRSTUV"))))
    assert sorted((int(v.doc_id[1:]), v.name, v.office) for v in found) == [
        (i, who, office) for i, (_, who, office) in enumerate(BESIDE)
    ]
    kinds = {v.doc_id: (v.kind, v.words) for v in found}
    asked, named = (f"a{i}" for i, (s, *_) in enumerate(BESIDE) if "asked if" in s or "“Face" in s)
    assert kinds[asked][1] == kinds[named][1] == 3, "question and title are nobody’s words"
    assert (kinds["a20"][0], kinds["a21"][0]) == ("official", "unnamed")


GIVEN = [
    # what the author tells in words of the own is nobody's words, but for what stands in marks
    ("Jon Ek boasted of his “iron grip on every pier” and the row it led to.",
     ["“iron grip on every pier”"]),
    ("Jon Ek dismissed the notion that the pier was shut. He vowed to stay until it sank.", []),
    ("Jon Ek blamed the guild for its “greed”.", []),
    ("Here is what each needs to do.\n\nJon Ek: Win by a mile.", []),
    ("Jon Ek said that the pier was shut.", ["the pier was shut"]),
    ("“We will not shut it,” Jon Ek said.", ["“We will not shut it,”"]),
    ("Jon Ek, who calls the guild a “club of fools,” said he does not think they are right.",
     ["“club of fools,”", "he does not think they are right"]),
]  # fmt: skip
ROLES = [
    # a role is a whole phrase that is said of this person
    ("It came from the quiet north. The other two, Jon Ek and Ann Cole, left. Jon Ek said it was "
     "late.", ""),
    ("Ann Cole and Bergen Mayor Jon Ek said it was late. Jon Ek said that it was shut.",
     "Bergen Mayor"),
    ("Mayor Jon Ek, while openly lengthening the list of his journalist, said it was late.",
     "Mayor"),
    ("Mayor Jon Ek, Ann Cole and other pilots said it was late. Jon Ek said it was shut.", "Mayor"),
    ("Mayor Jon Ek, Ann Cole’s lawyer, said it was late.", "Mayor, Ann Cole’s lawyer"),
    ("Jon Ek, a professor of law at the old college of the harbour and a former chairman of Mr. "
     "Cole’s council of the wise men of the ports, said it was late.", ""),
    ("It hit the ports of HOLM. Former Mayor Jon Ek said it was late.", "Former Mayor"),
    ("Harbour pilot Jon Ek of Cole’s town left. Jon Ek said it was late.", "Harbour pilot"),
    ("Jon Ek left. The Jon Ek said it was late.", ""),
    # another phrase's end is no part of it
    ("There were many times Ambassador Jon Ek said nothing. Jon Ek said it was shut.",
     "Ambassador"),
    ("Ann Cole and Danish President Jon Ek left. Jon Ek said that it was shut.",
     "Danish President"),
    ("Harbour pilot Jon Ek of the University of Bergen said it was late.",
     "Harbour pilot of the University of Bergen"),
    ("President Jon Ek, the White House, said nothing. Jon Ek said it was shut.", "President"),
]  # fmt: skip


def test_only_what_the_text_gives_a_speaker_are_his_words() -> None:
    texts = [f"Pier row {i}\n\nAnn Cole met Jon Ek at noon. {said} It rained.\n"
             for i, (said, _) in enumerate(GIVEN)]  # fmt: skip
    m = spread.Material(story(*texts, outlets=(*"ABCDEFG",)))
    told: dict[str, list[str]] = {f"a{i}": [] for i in range(len(GIVEN))}
    for v in voices(m):
        told[v.doc_id] += [m.text(span) for span in sorted(v.spans)]
    assert [*told.values()] == [expected for _, expected in GIVEN]


def test_a_role_is_a_whole_phrase_said_of_its_bearer() -> None:
    texts = [f"Pier row {i}\n\nAnn Cole met Jon Ek at noon. {said} It rained.\n"
             for i, (said, _) in enumerate(ROLES)]  # fmt: skip
    m = spread.Material(story(*texts, outlets=(*"ABCDEFGHIJKLM",)))
    found = {v.doc_id: v.office for v in voices(m) if "Jon Ek" in v.name}
    assert found == {f"a{i}": office for i, (_, office) in enumerate(ROLES)}


PARTIES = (
    "Sen. Ann Cole (D-Ohio) said the pier should stay open. Rep. Bo Hult, a Republican, said it "
    "should be shut for good. Kim Roe, the harbour’s engineer, said nobody had asked her.\n",
    "Sen. Ann Cole (D-Ohio) said she was glad about the pier, about the harbour and about the "
    "ferries, and that she would say so to anybody who asked.\n",
)


def test_who_is_heard_on_one_side_alone() -> None:
    m = spread.Material(story(*(f"Pier vote {i}\n\n{t}" for i, t in enumerate(PARTIES))))
    north = speakers(m, spread.columns_of(m, ["a0", "a1"])).cells[0]
    assert north[-1].note == "4 words; the harbour’s engineer; named only here"


MEANT = [
    # who is so described in the article or elsewhere in the story
    ("“We lost,” the Ohio senator said.", "Ann Cole"),
    # who opens the sentence before, where nobody is so described
    ("Jon Ek came late.\n\n“We lost,” the Bergen-born journalist said.", "Jon Ek"),
    # a pronoun of the first sentence; the words that a paper hands on are the speaker's
    ("“No,” Jon Ek said, according to the Harbour Post.", "Jon Ek"),
    # several people behind a name are not that person
    ("He would meet Jon Ek, two people briefed on the ferry said.", "two people"),
]


def test_whom_a_description_means() -> None:
    texts = [f"Ferry talks {i}\n\nSen. Ann Cole met Jon Ek in the hall. {said} It rained.\n"
             for i, (said, _) in enumerate(MEANT)]  # fmt: skip
    first = (
        "Toll talks\n\nMayor Jon Ek is “very close” to choosing a pilot in the place of Ann Cole, "
        "he told harbour reporters on Monday. It rained.\n"
    )
    other = "Ohio votes\n\nSen. Ann Cole (D-Ohio) was glad.\n"
    found = voices(spread.Material(story(*texts, first, other, outlets=(*"UVWXYZ",))))
    named = [(v.doc_id, v.name) for v in found]
    assert named == [(f"a{i}", who) for i, who in enumerate([*(w for _, w in MEANT), "Jon Ek"])]


def test_who_speaks_first_is_told_of_more_than_one_of_several_articles() -> None:
    def said(*speakers: str) -> spread.Material:
        texts = [f"Tolls {i}\n\n{who} said the quay was empty.\n" for i, who in enumerate(speakers)]
        return spread.Material(
            story(*texts, SOUTH, outlets=("North",) * len(speakers) + ("South",))
        )

    def first(m: spread.Material) -> tuple[list[str], list[str]]:
        cell = next(r for r in spread.for_whom(m).rows if r.label == "North").cells[-1]
        return words(cell), [e.note for e in cell]

    assert first(said("Ada Orr")) == (["Ada Orr"], [""])
    assert first(said("Ada Orr", "Ben Hale", "Ada Orr")) == (["Ada Orr"], ["in 2 of 3 articles"])
    nobody = "another one in each article"
    assert first(said("Ada Orr", "Ben Hale")) == ([""], [nobody])


def test_openings_are_the_headline_and_the_first_plain_sentence(told: spread.Material) -> None:
    columns = spread.columns_of(told, ["a0"])
    assert words(headlines(told, columns).cells[0]) == ["Envoy slain on the quay"]
    assert words(openings(told, columns).cells[0])[0].startswith("The killing of Omar Vance shook")


TOLL = "The mayor raised the toll for ferries on Monday after months of talks in the harbour town."
LEADS = [
    # a summary and captions stand before a dateline, and twice
    ("Ferries pay more now, says the guild.\nOSLO — The toll went up on Monday, it was said.", 1),
    ("He waved to a crowd there.\nHe waved to a crowd there.\nThe toll rose on Monday.", 2),
    # but what is set out once more further down is no caption
    ("He waved to a crowd there.\nIt rained on all of them.\nHe waved to a crowd there.", 0),
    # a caption says nothing of the headline, which the next paragraph says again
    (f"Pilots in Bergen still wait for a word from their union.\n{TOLL}", 1),
    # but a first sentence that leads to the news is the first
    (f"OSLO — It was a quiet morning at the quay in town.\n{TOLL}", 0),
    (f"It was a quiet morning at the quay in town. {TOLL}", 0),
    (f"The toll and the ferries had been at odds for years.\n{TOLL}", 0),
    # a long one counts where it stands on one line and ends
    ("OSLO — " + "The mayor, who had waited, and the guild, " * 9 + "went home at last.", 0),
    ("The mayor, who had waited, and the guild, " * 9 + "went home at last", None),
]  # fmt: skip


def test_the_first_sentence_is_the_articles_own() -> None:
    texts = [f"Mayor raises toll for ferries\n\n{text.replace(chr(10), chr(10) * 2)}\n"
             for text, _ in LEADS]  # fmt: skip
    m = spread.Material(story(*texts, outlets=tuple("ABCDEFGHIJKLMNOPQRSTUV")))
    found = [first_sentence(m, f"a{i}") for i in range(len(LEADS))]
    starts = [None if at is None else text.split("\n")[at][:20] for text, at in LEADS]
    assert [span and m.text(span)[:20] for span in found] == starts


JUDGED = [
    ("Ada Orr’s reckless plan fell through.", ["Ada Orr: reckless"]),
    ("Ada Orr is reckless.", ["Ada Orr: reckless"]),
    ("Ada Orr is slow but reckless.", ["Ada Orr: reckless"]),
    ("The brutality of Ada Orr shook them.", ["Ada Orr: brutality"]),
    ("Ada Orr spurned the offer.", ["Ada Orr: spurned"]),
    ("Ada Orr kept to a course of brinkmanship.", ["Ada Orr: brinkmanship"]),
    ("The plan of Ada Orr was reckless.", []),
    ("Reckless drivers met Ada Orr.", []),
    ("Ada Orr left, and a reckless driver hit the quay.", []),
    ("Ada Orr did nothing wrong.", []),
    ("The ferries wait until Ada Orr capitulates.", []),
    ("Ada Orr, her rivals say, is reckless.", []),
    ("He called it Ada Orr’s “reckless” plan.", []),
    ("Two envoys — Ada Orr and another one — foolishly opposed it.", ["Ada Orr: foolishly"]),
]


@pytest.fixture(scope="module")
def by_sentence() -> dict[str, list[str]]:
    """What the row says of each sentence of `JUDGED`, each an article of its own."""
    texts = [f"Harbour news\n\nAda Orr is mayor. {sentence}\n" for sentence, _ in JUDGED]
    m = spread.Material(story(*texts, outlets=tuple(f"o{i}" for i in range(len(texts)))))
    row = judged(m, spread.by_article(m, [*m.articles]), of={"Ada Orr"})[0]
    return {s: words(cell) for (s, _), cell in zip(JUDGED, row.cells, strict=True)}


@pytest.mark.parametrize(("sentence", "expected"), JUDGED)
def test_whom_a_word_judges(
    by_sentence: dict[str, list[str]], sentence: str, expected: list[str]
) -> None:
    assert by_sentence[sentence] == expected


TALKS = (
    "Guild walks out\n\nMayor Ada Orr offered the dockers a new contract on Monday. Guild leader "
    "Ben Hale rejected the offer. Hale’s recklessness shut the harbour. Hale foolishly refused "
    "to meet Ada Orr again.\n"
)
STRIKE = (
    "Mayor digs in\n\nGuild leader Ben Hale asked for a meeting on Monday. Mayor Ada Orr foolishly "
    "banned the dockers. Ada Orr’s arrogance shut the harbour, Hale’s lawyer saw it. “Ada Orr is a "
    "reckless liar,” Ben Hale said.\n"
)


def test_whom_each_of_two_texts_holds_to_account() -> None:
    m = spread.Material(story(TALKS, STRIKE, outlets=("unknown", "unknown")))
    found = [c for c in spread.contrasts(m, []) if c.kind == "blame"]
    assert [c.statement for c in found] == [
        "“Guild walks out” speaks against Ben Hale (“recklessness”, “foolishly”); "
        "“Mayor digs in” speaks against Ada Orr (“foolishly”, “arrogance”)",
        "“Mayor digs in” speaks against Ada Orr (“foolishly”, “arrogance”); "
        "“Guild walks out” speaks against Ben Hale (“recklessness”, “foolishly”)",
    ]


def test_every_measured_figure_stands_in_the_documentation() -> None:
    printed = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
    table = pd.read_csv(DATA / "measured.csv")
    assert table["kind"].is_unique
    for row in table.to_dict("records"):
        assert f"{row['right']} of {row['of']}" in printed, row
        assert is_sure(row["kind"]) == (row["right"] / row["of"] >= 0.85)
        assert ("read the sentences" in how_right(row["kind"])) != is_sure(row["kind"])
    assert "both sides" in how_right("nothing known")


@pytest.mark.parametrize(
    ("term", "told"), [("“officials” (9 uses)", False), ("“slammed” (9 uses)", True)]
)
def test_a_topic_word_is_not_worth_knowing(term: str, told: bool) -> None:
    said = f"North uses {term} more."
    one = replace(claim(0.01), claim_id="framing-own-words-2", statement=said)
    assert passed(one) is told


def test_events_of_opposed_headlines_come_first() -> None:
    told = story(
        f"Mayor speaks\n\n{NORTH}", f"Mayor heard\n\n{SOUTH}",
        f"Mayor praised for brave rescue\n\n{NORTH}", f"Mayor blamed for disaster\n\n{SOUTH}",
        outlets=("North", "South") * 2,
    )  # fmt: skip
    days = ["a speech", "a speech", "the rescue", "the rescue"]
    m = spread.Material(Story.from_articles(told.articles.assign(event=days)))
    assert [event.name for event in spread.events(m)] == ["a speech", "the rescue"]
    assert [e.name for e in spread.by_contrast(m)] == ["the rescue", "a speech"]
    assert [e.name for e in spread.by_contrast(m, 1)] == ["the rescue"]


def test_events_are_looked_at_until_enough_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told = story(*[NORTH, SOUTH] * 4, outlets=("North", "South") * 4)
    found = [doc for doc in told.articles["doc_id"][::2] for _ in range(2)]
    asked: list[str] = []

    def is_one_event(_: spread.Material, docs: tuple[str, ...]) -> bool:
        asked.append(docs[0])
        return docs[0] != found[0]

    monkeypatch.setattr(spreads, "is_one_event", is_one_event)
    m = spread.Material(Story.from_articles(told.articles.assign(event=found)))
    every = spread.events(m)
    assert [event.doc_ids[0] for event in every] == found[2::2]
    assert asked == found[::2]
    assert spread.events(m, 2) == every[:2]
    assert asked[4:] == found[:6:2]


def test_hostile_words_stay_words() -> None:
    evil = "<script>alert(1)</script>"
    text = f"{evil} Vance murdered\n\nThe murder of Omar Vance {evil} shook the port on Monday.\n"
    m = spread.Material(story(text, NORTH, outlets=(evil, "North")))
    shown = spread.show.grid(m, spread.pair(m, spread.uses(m)))
    assert "<script>" not in shown.html
    assert "&lt;script&gt;" in shown.html


def test_every_entry_has_its_place_in_an_article(told: spread.Material) -> None:
    (event,) = spread.events(told)
    grid = spread.spread(told, event, spread.uses(told))
    for line in grid.rows:
        assert len(line.cells) == len(grid.columns)
        for column, cell in zip(grid.columns, line.cells, strict=True):
            for doc, start, end in (place for entry in cell for place in entry.at):
                assert doc in column.doc_ids
                assert 0 <= start <= end <= len(told.articles[doc]["text"])


def test_every_entry_of_the_whole_story_has_its_place_on_the_page(told: spread.Material) -> None:
    shared = spread.Material(shared_story())
    grids = [(told, spread.for_whom(told)), (shared, spread.shared_text(shared))]
    for m, grid in grids:
        assert grid.rows
        for entry in (e for line in grid.rows for cell in line.cells for e in cell):
            assert entry.at, entry
            assert all(0 <= a <= b <= len(m.articles[d]["text"]) for d, a, b in entry.at)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=9), st.sets(st.integers(0, 8)))
def test_what_was_cut_is_found_again(keys: list[str], gone: set[int]) -> None:
    gone = {i for i in gone if i < len(keys)}
    runs: list[list[str]] = []
    for i, key in enumerate(keys):
        if i in gone:
            if i - 1 in gone:
                runs[-1].append(key)
            else:
                runs.append([key])
    cut = " … ".join(f"[{' '.join(run)}]" for run in runs)
    found = _positions(keys, cut)
    assert [keys[i] for i in sorted(found)] == [keys[i] for i in sorted(gone)]


def test_two_of_all_sides_stand_open_and_can_be_chosen(told: spread.Material) -> None:
    names = spread.uses(told)
    grid = spread.pair(told, names)
    assert [grid.columns[i].name for i in grid.chosen] == ["North", "South"]
    grid = spread.pair(told, names, "East", "South")
    assert [grid.columns[i].name for i in grid.chosen] == ["East", "South"]
    assert spread.show.grid(told, grid).plain.splitlines()[1] == "East | South"
    with pytest.raises(KeyError, match="no side West"):
        spread.pair(told, names, "West")


def test_two_articles_without_outlets_are_the_whole_comparison() -> None:
    m = spread.Material(story(NORTH, SOUTH, outlets=("unknown", "unknown")))
    assert spread.events(m) == []
    grid = spread.pair(m, spread.uses(m))
    assert [c.name for c in grid.columns] == ["Envoy slain on the quay", "Omar Vance murdered"]
    assert row(grid, "Who speaks").filled == 2
    one = spread.Material(story(NORTH))
    grid = spread.pair(one, spread.uses(one))
    assert [c.name for c in grid.columns] == ["North"]
    assert row(grid, "Who speaks").filled == 1
    assert any("one article alone" in alert for alert in spread.alerts(one))


def test_articles_of_one_outlet_are_told_apart_by_their_headlines() -> None:
    m = spread.Material(story(NORTH, SOUTH, SOUTH, outlets=("North",) * 3))
    assert spread.pair(m, spread.uses(m)).columns == (), "the event above has all three"
    names = [c.name for c in spread.pair(m, spread.uses(m), "Envoy slain on the quay").columns]
    assert names == ["Envoy slain on the quay", "Omar Vance murdered (a1)",
                     "Omar Vance murdered (a2)"]  # fmt: skip


def test_families_hold_words_that_judge_against_the_others() -> None:
    m = spread.Material(story(NORTH, SOUTH, EAST))
    (line,) = spread.families(m, spread.uses(m)).rows
    assert line.label == "The killing of Omar Vance is called"
    judging, others = line.cells
    assert words(judging) == ["“assassination”", "“murdered”"]
    assert words(others) == ["“killing”"]
    assert line.cells[1][0].note == "North"


LONG = (
    "The council of the harbour town met on Monday to speak of the ferry. "
    "The ferry had been out of order since the storm of last winter. "
    "Nobody knows when the engine will be repaired by the yard. "
    "The mayor said that the town would pay for half of it. "
)


def shared_story() -> Story:
    """A text, its copy, its later version without two sentences, agency copy, and an own text."""
    rows = story(
        f"Ferry\n\n{LONG}", f"Ferry again\n\n{LONG}", f"Boat\n\n{LONG[:133]}", SOUTH, EAST,
        outlets=("A", "B", "C", "D", "E"),
    ).articles  # fmt: skip
    rows["duplicate_of"] = [None, "a0", None, None, None]
    rows["origin"] = ["own", "own", "shared", "wire", "own"]
    rows["shared_with"] = [None, None, "A", "AP", None]
    return Story.from_articles(schema.make("articles", rows))


def test_whose_text_is_whose_and_what_was_left_out() -> None:
    m = spread.Material(shared_story())
    grid = spread.shared_text(m)
    assert [r.label for r in grid.rows] == [
        "B: Ferry again", "C: Boat", "Agency text whose original is not here"
    ]  # fmt: skip
    whose, share, gone = grid.rows[1].cells
    assert words(whose) == ["A: Ferry"]
    assert words(share) == ["100%"]
    assert words(gone) == [
        "Nobody knows when the engine will be repaired by the yard.",
        "The mayor said that the town would pay for half of it.",
    ]
    assert {style for entry in gone for style, _ in entry.runs} == {"cut"}
    assert words(grid.rows[2].cells[0]) == ["D, of AP"]
    assert spread.independent(m).startswith("5 articles hold 3 independent texts beside 1 copy and")


def test_shared_text_counts_once_where_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*shared_story().originals["doc_id"]] == ["a0", "a2", "a3", "a4"]
    monkeypatch.setenv("PARALLAX_WIRE", "once")
    once = shared_story()
    assert [*once.originals["doc_id"]] == ["a0", "a3", "a4"], "agency copy alone stays"
    assert "counted once" in spread.independent(spread.Material(once))


def test_what_was_told_first_comes_first() -> None:
    told = story(NORTH, SOUTH, EAST, outlets=("A", "B", "C"))
    rows = told.articles.assign(published=["2020-05-05", "2020-05-04", None])
    facts = [
        {"fact_id": "f", "outlet": o, "status": "present", "score": 0.9, "doc_id": d, "start": 0,
         "end": 5, "statement": "Vance died.", "reason": "told", "tellers": 3}
        for o, d in (("A", "a0"), ("B", "a1"), ("C", "a2"))
    ]  # fmt: skip
    made = {"coverage": schema.make("coverage", facts)}
    articles = schema.make("articles", rows)
    m = spread.Material(Story.from_articles(articles, made=made))
    found = spread.chronology(m)
    assert found[["day", "first", "what", "later"]].values.tolist() == [
        ["2020-05-04", "B", "Vance died.", "A (05-05)"]
    ]

    strangers = [Column(name, ("text-0",)) for name in ("one", "another")]
    assert reports(m, strangers, limit=5) == []


MORE = "\n\nThe council met in the evening and spoke about the ferry for two hours.\n"


def several() -> Story:
    """Three outlets of two articles each, all telling of the same deed."""
    killed = [
        f"Vance shot\n\nThe {word} of Omar Vance shook the town on {day}.{MORE}"
        for word, day in (("killing", "Monday"), ("killing", "Tuesday"))
    ]
    murdered = [
        f"Quay quiet\n\nThe assassination of Omar Vance shook the town on {day}.{MORE}"
        for day in ("Monday", "Tuesday")
    ]
    said = [
        f"Calm asked\n\nMayor Ada Orr spoke of the “assassination” of Omar Vance on {day}.{MORE}"
        for day in ("Monday", "Tuesday")
    ]
    return story(
        *killed, *murdered, *said, outlets=("North", "North", "South", "South", "East", "East")
    )


def test_a_contrast_of_names_needs_the_outlets_own_words_in_two_articles() -> None:
    m = spread.Material(several())
    found = [c for c in spread.contrasts(m, spread.uses(m)) if c.kind == "names"]
    assert [c.statement for c in found] == [
        "South writes “assassination” where North writes “killing”: the killing of Omar Vance"
    ]
    assert [(s.name, s.note, len(s.places)) for s in found[0].sides] == [
        ("South", "2 times in 2 articles", 2), ("North", "2 times in 2 articles", 2)
    ]  # fmt: skip
    once = spread.Material(story(NORTH, SOUTH))
    assert [c for c in spread.contrasts(once, spread.uses(once)) if c.kind == "names"] == []


def test_an_outlet_that_prints_the_word_is_not_said_to_lack_it() -> None:
    further = f"Old case\n\nThe assassination of a judge in 1950 was never explained.{MORE}"
    told = several()
    texts = [*told.articles["text"], further]
    m = spread.Material(story(*texts, outlets=(*told.articles["outlet"], "North")))
    assert [c for c in spread.contrasts(m, spread.uses(m)) if c.kind == "names"] == []


def test_agency_copy_makes_no_contrast() -> None:
    told = several()
    articles = told.articles.assign(origin=["own", "own", "wire", "wire", "own", "own"])
    m = spread.Material(Story.from_articles(articles))
    assert [c for c in spread.contrasts(m, spread.uses(m)) if c.kind == "names"] == []


def claim(p: float, *, topic: str = "actors", descriptive: bool = False) -> Finding:
    return Finding(
        "c", "North names Vance more.", 1.0, 2.0, 0.1, 0.2, "method", evidence=(("a0", 0, 5),),
        reference=(("a1", 0, 4),), topic=topic, descriptive=descriptive, p_value=p,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (claim(0.01), True),
        (claim(0.2), False),
        (claim(float("nan")), False),
        (claim(0.01, descriptive=True), False),
        (claim(0.01, topic="sentiment"), False),
        (replace(claim(0.01), reference=()), False),
    ],
)
def test_the_gate_of_tested_findings(finding: Finding, expected: bool) -> None:
    assert passed(finding) is expected
    assert len(spread.worth_knowing([], [finding])) == expected


def test_at_most_five_are_first_and_a_tested_one_is_among_them() -> None:
    side = spread.Side("North", "", (("a0", 0, 5),))
    found = [
        spread.Contrast(kind, f"{kind} {i}", (side, side), "", 1.0)
        for kind in ("names", "quotation", "report")
        for i in range(4)
    ]
    first = spread.worth_knowing(found, [claim(0.01)])
    assert [c.kind for c in first] == ["names", "names", "quotation", "quotation", "tested"]


@pytest.mark.parametrize(
    ("texts", "outlets", "told"),
    [
        ((NORTH, NORTH, NORTH), ("A", "B", "C"), ["3 outlets print", "All 3 articles print one"]),
        ((NORTH, SOUTH), ("A", "A"), ["All are by A"]),
        ((NORTH, SOUTH), ("unknown", "unknown"), ["No article names its outlet"]),
        ((NORTH, SOUTH), ("A", "B"), []),
        ((NORTH,), ("A",), ["There is one article alone"]),
    ],
)
def test_alerts(texts: tuple[str, ...], outlets: tuple[str, ...], told: list[str]) -> None:
    rows = story(*texts, outlets=outlets).articles
    twins = [None if texts.index(t) == i else f"a{texts.index(t)}" for i, t in enumerate(texts)]
    marked = schema.make("articles", rows.assign(duplicate_of=twins))
    found = spread.alerts(spread.Material(Story.from_articles(marked)))
    assert len(found) == len(told)
    assert all(given.startswith(words) for given, words in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((NORTH,), "No difference between these outlets is larger than chance"),
        ((NORTH, "Harvest\n\nFarmers brought in the wheat.\n"), "to tell of one event"),
    ],
)
def test_nothing_to_say_is_said(texts: tuple[str, ...], said: str) -> None:
    m = spread.Material(story(*texts, outlets=("North", "South")[: len(texts)]))
    shown = spread.show.contrasts(m, spread.worth_knowing(spread.contrasts(m, spread.uses(m)), []))
    assert said in shown.plain
    assert said in shown.html


def test_what_is_quoted_in_shreds_counts_as_quoted() -> None:
    whole = "“The old plan is a very dangerous gamble. We will stop it before the harvest begins,”"
    m = spread.Material(story(
        f"A plan\n\n{whole} Mayor Ada Orr said on Monday. The council met.\n",
        "A plan\n\nMayor Ada Orr said “we will stop it before the harvest begins” on Monday. Orr "
        "also called the plan a “dangerous gamble,” and the council met.\n",
    ))  # fmt: skip
    (row,) = quotations(m, spread.columns_of(m, [*m.articles]), limit=4)
    by_side = {entry.note: entry.runs for cell in row.cells for entry in cell}
    assert by_side["10 of 16 words, 6 possibly paraphrased"] == (
        ("retold", "The old plan is a very"),
        ("plain", "dangerous gamble. We will stop it before the harvest begins"),
    )


def test_words_are_printed_with_a_lost_mark_and_are_not_a_documents() -> None:
    said = "We can do it. Holding it to 1.5{}C is a great act of the town: start at 10 a.m. here"
    m = spread.Material(story(
        f"A plan\n\n“{said.format(' ')},” Mayor Ada Orr said on Monday. The council met.\n",
        f'A plan\n\nIt rained. {said.format("")}," Mayor Ada Orr said on Monday.\n',
        "A plan\n\n“This is a great act of the town: start at 10 a.m. here,” the lawsuit states. "
        "Mayor Ada Orr met the council.\n",
    ))  # fmt: skip
    (row,) = quotations(m, spread.columns_of(m, [*m.articles]), limit=4)
    notes = {entry.note for cell in row.cells for entry in cell}
    assert notes == {"all 21 words", ""}, "the suit prints its own words"


def test_stray_small_words_between_cuts_are_cut() -> None:
    begun = "“We gathered near the harbour and sold the boats in May."
    m = spread.Material(story(
        f"A plan\n\n{begun} Then all went home to families of the town,” Mayor Ada Orr said.\n",
        f"A plan\n\n{begun} Nobody came to me of the others,” Mayor Ada Orr said.\n",
    ))  # fmt: skip
    (row,) = quotations(m, spread.columns_of(m, [*m.articles]), limit=4)
    cells = {e.note: e.runs for cell in row.cells for e in cell}
    gone = ("cut", "Then all went home to families of the town")
    assert cells["11 of 20 words"][1:] == (gone,)
