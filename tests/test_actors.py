"""Actors found, merged and resolved: tables of invented sentences and what they must give."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import Story, segment
from helpers.lenses.actors import find_mentions
from helpers.schema import check_table, make


def tables(*texts: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = make(
        "articles",
        [{"doc_id": f"d{i}", "text": t, "n_words": len(t.split())} for i, t in enumerate(texts)],
    )
    sentences = segment.sentences(articles)
    return articles, sentences, segment.tokens(articles, sentences)


def mentions(*texts: str, actor_list: pd.DataFrame | None = None) -> pd.DataFrame:
    articles, sentences, tokens = tables(*texts)
    found = find_mentions(articles, sentences, tokens, actor_list=actor_list)
    check_table("mentions", found)
    whole = dict(zip(articles["doc_id"], articles["text"], strict=True))
    for row in found.itertuples():
        assert whole[row.doc_id][row.start : row.end] == row.text
    return found


def spans(*texts: str, kind: str = "name") -> list[tuple[str, str]]:
    found = mentions(*texts)
    found = found[found["kind"] == kind]
    return list(zip(found["text"], found["actor"].fillna("?"), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday President Anna Keller met Mr. Brandt.",
         [("President Anna Keller", "Anna Keller"), ("Mr. Brandt", "Brandt")]),
        ("The talks with Portuguese Foreign Minister Rui Tavares failed.",
         [("Portuguese Foreign Minister Rui Tavares", "Rui Tavares")]),
        ("It was signed by national security adviser Ruth Olsen on Friday.",
         [("national security adviser Ruth Olsen", "Ruth Olsen")]),
        ("He called Mohammed bin Rashid al-Farsi a friend.",
         [("Mohammed bin Rashid al-Farsi", "Mohammed bin Rashid al-Farsi")]),
        ("Then J. K. Morrow spoke.", [("J. K. Morrow", "J. K. Morrow")]),
        ("Officials from Norway and the U.S. disagreed.",
         [("Norway", "Norway"), ("U.S.", "United States")]),
        ("She told us that the US would leave.", [("US", "United States")]),
        ("The Ministry of Health and Social Care denied it.",
         [("Ministry of Health and Social Care", "Ministry of Health and Social Care")]),
    ],
)  # fmt: skip
def test_names_by_shape(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


def test_a_full_name_anywhere_makes_the_surname_a_person() -> None:
    text = "Keller said no. Nobody had asked. The vote pleased Anna Keller."
    found = mentions(text)
    named = found[found["kind"] == "name"]
    assert named["text"].tolist() == ["Keller", "Anna Keller"]
    assert named["actor"].tolist() == ["Anna Keller", "Anna Keller"]


@pytest.mark.parametrize("text", ["In Lisbon it rained.", "He flew to Oslo on Monday.",
                                  "LISBON — It rained all day.",
                                  "The Lisbon accord failed.", "Few kept the Oslo Accords.",
                                  "The Oslo harbour agreement was signed."])  # fmt: skip
def test_a_capital_as_a_town_is_no_mention(text: str) -> None:
    assert spans(text, kind="metonym") == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [("Lisbon refused to sign.", "Portugal"), ("The deal with Oslo collapsed.", "Norway"),
     ("Lisbon's offer came late.", "Portugal"), ("The Kremlin denied it.", "Russia"),
     ("No 10 denied it.", "United Kingdom")],
)  # fmt: skip
def test_a_capital_that_acts_is_its_government(text: str, actor: str) -> None:
    assert [a for _, a in spans(text, kind="metonym")] == [actor]


def test_two_people_of_one_surname_stay_apart() -> None:
    text = (
        "Anna Keller and her brother Peter Keller disagreed. "
        "Mr. Keller left early. Ms. Keller stayed."
    )
    named = [a for _, a in spans(text)]
    assert named == ["Anna Keller", "Peter Keller", "Peter Keller", "Anna Keller"]


def test_spellings_and_short_names_meet_over_articles() -> None:
    first = "Mohammad Karimi arrived. Karimi was late."
    second = "President Mohammed Karimi spoke, and Mr. Karimi was heard."
    third = "Karimi said that he would go."
    actors = {a for t in (first, second, third) for a in [t]}
    found = mentions(*sorted(actors))
    named = found[found["kind"] == "name"]["actor"]
    assert named.nunique() == 1


def test_titles_and_pronouns_find_their_person() -> None:
    text = (
        "Norwegian Prime Minister Ingrid Dahl met reporters in Oslo. She was calm. "
        "The Norwegian prime minister said her plan would work."
    )
    found = mentions(text)
    rest = found[found["kind"].isin(["pronoun", "title"])]
    assert rest["actor"].tolist() == ["Ingrid Dahl"] * 3


def test_the_actor_list_overrides() -> None:
    listed = pd.DataFrame(
        {"actor": ["Harbour Board", "Ingrid Dahl"], "alias": ["the Board", "the captain"],
         "kind": ["organization", "person"], "note": [None, "title"]},
        dtype="str",
    )  # fmt: skip
    found = mentions("The Board met. Then the captain left.", actor_list=listed)
    assert found["actor"].tolist() == ["Harbour Board", "Ingrid Dahl"]
    assert found["kind"].tolist() == ["name", "title"]


def test_empty_tables() -> None:
    assert mentions().empty


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("president", "president", True),
        ("minister", "prime minister", True),
        ("vice president", "president", False),
        ("president", "vice president", False),
        ("deputy foreign minister", "foreign minister", False),
        ("former president", "president", False),
    ],
)
def test_a_deputy_does_not_hold_the_office_itself(a: str, b: str, same: bool) -> None:
    from helpers.lenses.actors.offices import same_office

    assert same_office(a, b) is same


def test_the_president_is_not_the_vice_president() -> None:
    text = "Vice President Ada Orr met lawmakers. President Bo Hale tweeted. The president left."
    rows = Story.from_texts(text).mentions
    assert rows.loc[rows["text"] == "The president", "actor"].tolist() == ["Bo Hale"]
