"""Where names begin and end, and what unknown ones are, in invented sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.every_name import find_names
from helpers import segment
from helpers.lenses.actors import find_mentions
from helpers.lenses.actors.name_matching import initials
from helpers.lenses.actors.type_model import CLASSES, classify
from helpers.lenses.actors.vocabulary import usual_tag
from helpers.schema import make


def tables(text: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = make("articles", [{"doc_id": "d", "text": text, "n_words": len(text.split())}])
    sentences = segment.sentences(articles)
    return articles, sentences, segment.tokens(articles, sentences)


def named(text: str) -> list[tuple[str, str]]:
    table = find_mentions(*tables(text))
    table = table[table["kind"] == "name"]
    return list(zip(table["text"], table["actor_type"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What an acronym spells out decides what it is.
        ("The Harbour Workers Union (HWU) struck. Later HWU signed.",
         [("Harbour Workers Union", "organization"), ("HWU", "organization"),
          ("HWU", "organization")]),
        ("They use heat transfer imaging (HTI) daily. Later HTI failed.", []),
        ("The Lisbon Fisheries Treaty (LFT) holds. Critics of the LFT left.", []),
        # "of" and "for": the noun before them is the head.
        ("She signed the Treaty of the Northern States.", []),
        ("He won the Oslo Award for Best Director.", []),
        # "and" joins what has one head, not two names with a head each.
        ("They called the Office of Trade and Bureau of Labor.",
         [("Office of Trade", "organization"), ("Bureau of Labor", "organization")]),
        ("She left the Food and Water Agency.", [("Food and Water Agency", "organization")]),
        ("The firm was called Blue Sails, L.L.C., for a year.",
         [("Blue Sails, L.L.C.", "organization")]),
        ("The firm was an L.L.C. for a year.", []),
        ("The Department of Energy and U.S. ships met.",
         [("Department of Energy", "organization"), ("U.S.", "government")]),
        ("They sued the Calder Shipping Company, Inc. on Monday.",
         [("Calder Shipping Company, Inc.", "organization")]),
        # Given names that are usual words or months, beside a surname of the article.
        ("Chase Adair lost. Those who know where Chase Adair lives told Ms. Adair.",
         [("Chase Adair", "person"), ("Chase Adair", "person"), ("Ms. Adair", "person")]),
        ("Brandt knows why Will Brandt left. Will Brandt return?",
         [("Brandt", "person"), ("Will Brandt", "person"), ("Brandt", "person")]),
        ("Brandt is ill, and in May Brandt left.", [("Brandt", "person"), ("Brandt", "person")]),
        ("Brandt is the town where May Brandt works.",
         [("Brandt", "person"), ("May Brandt", "person")]),
        ("They heard PC Tom Hill and Rt Hon Ida Orr.",
         [("PC Tom Hill", "person"), ("Rt Hon Ida Orr", "person")]),
        ("The minister for Women and Health Ida Orr left.", [("Ida Orr", "person")]),
        # Short names of bodies that are words.
        ("Fed on hay, they slept. Met by a crowd, they ran.", []),
        ("They told the Fed. Fed officials and the Tories left.",
         [("Fed", "organization"), ("Fed", "organization"), ("Tories", "organization")]),
        # Words before a full name are no part of it.
        ("The report by Passenger Anna Keller surprised them.", [("Anna Keller", "person")]),
        # A person's name in a run of common words is still no thing, and no day.
        ("They met Anna Keller Tuesday in the harbour.", [("Anna Keller", "person")]),
        ("Many read the Diary of General Anna Keller.", [("General Anna Keller", "person")]),
        # Storms, operations, parties behind names, many of a kind.
        ("The coast feared Hurricane Anna.", []),
        ("The vote of Sen. Anna Keller, D-Ohio, counted.", [("Sen. Anna Keller", "person")]),
        ("They spoke Arabic and Farsi there.", []),
        ("Ships of the 5th Fleet left.", [("5th Fleet", "organization")]),
        ("The Second Circuit Court sat.", [("Second Circuit Court", "organization")]),
        ("A Keller-led group met Anna Keller.", [("Anna Keller", "person")]),
        ("It was chosen by curator Elda Brunn.", [("curator Elda Brunn", "person")]),
    ],
)  # fmt: skip
def test_bounds_and_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_half_of_two_states() -> None:
    table = find_mentions(*tables("Envoys of North and South Korea met again."))
    assert table["actor"].tolist() == ["North Korea", "South Korea"]


def test_capitals_inside_a_word_do_not_hide_a_name() -> None:
    text = "Editors at HarborWatch wrote it. HarborWatch said it was sure, and HarborWatch sued."
    assert [t for t, _ in named(text)] == ["HarborWatch"] * 3


def test_two_words_that_lost_their_space_are_no_name() -> None:
    text = "A plan by Ada Calder won. CalderOvernight page. Ada Calder left."
    assert "CalderOvernight" not in [t for t, _ in named(text)]


def test_a_towns_name_may_be_a_persons() -> None:
    text = "Jack London wrote again. Critics said that London was tired."
    assert named(text) == [("Jack London", "person"), ("London", "person")]
    text = "Carla Bergamo spoke first. Later Bergamo said that she had won."
    assert named(text) == [("Carla Bergamo", "person"), ("Bergamo", "person")]


def test_two_last_words_stand_for_the_body() -> None:
    text = "The Bergamo Harbour Wardens Union met. Harbour Wardens Union members voted."
    actors = find_mentions(*tables(text))["actor"].tolist()
    assert len(set(actors)) == 1


def test_names_inside_a_description_are_names_of_their_own() -> None:
    names = find_names(*tables("The head of the Calder Harbour Bank left. The bank was glad."))
    row = names[names["text"] == "Calder Harbour Bank"]
    assert row["type"].tolist() == ["organization"]
    assert not row["inside"].any()


def test_initials_with_and_without_small_words() -> None:
    assert initials("federal bureau of trade".split()) == {"fbot", "fbt"}
    assert initials("non-aligned states".split()) == {"nas"}


def test_chances_sum_to_one() -> None:
    chances = classify(["shape=Xx", "no such feature"])
    assert set(chances) == set(CLASSES)
    assert sum(chances.values()) == pytest.approx(1.0)


def test_usual_tag_ignores_capitals() -> None:
    assert usual_tag("Voices") == usual_tag("voices") == "NNS"
