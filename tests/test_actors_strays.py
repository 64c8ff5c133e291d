"""What a sentence glues to a name, whose government is meant, and media that are no actors."""

from __future__ import annotations

import pytest

from helpers import Story


def rows(*texts: str, kinds: tuple[str, ...] = ("name", "metonym")) -> list[tuple[str, str]]:
    table = Story.from_texts(*texts).mentions
    table = table[table["kind"].isin(kinds)]
    return list(zip(table["text"], table["actor"].fillna("?"), strict=True))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Anna Keller spoke. They read a list of Conservatives Rebuking Keller on Friday.",
         ("Keller", "Anna Keller")),
        ("Anna Keller spoke. Keller left. The Stop Keller movement grew. Stop Keller said so.",
         ("Keller", "Anna Keller")),
        ("Anna Keller spoke. Teens met outside Wisconsin Keller offices.",
         ("Keller", "Anna Keller")),
        ("Anna Keller spoke. Lena Keller, her sister, left.", ("Lena Keller", "Lena Keller")),
        ("Keller Poised to Win\n\nAnna Keller spoke on Monday. Keller left.",
         ("Keller", "Anna Keller")),
        ("Peter Keller Jr. Pleads Guilty\n\nFormer Rep. Peter Keller Jr. spoke on Monday.",
         ("Peter Keller Jr.", "Peter Keller Jr.")),
        # a nickname alone
        ("Richard Moss spoke. Dick has been there, and Dick was glad.", ("Dick", "Richard Moss")),
        # an epithet
        ("Hillary Keller won. A banner of the Crooked Hillary sort hung there.",
         ("Hillary", "Hillary Keller")),
        # nobody holds the office of "a President X"
        ("Hillary Keller won. It is a plan that a President Keller could like. Then Keller slept.",
         ("Keller", "Hillary Keller")),
        # a queen is no other woman of her given name, and a surname may be a title
        ("Elizabeth Moss wrote a song for Queen Elizabeth II on Monday.",
         ("Queen Elizabeth II", "Queen Elizabeth")),
        ("“No,” Senator Peter T. King said.", ("Senator Peter T. King", "Peter T. King")),
        ("Rep. Francis Moss left. Pope Francis wrote a song.", ("Pope Francis", "Pope Francis")),
        ("Rep. Peter King left. King said no to it.", ("King", "Peter King")),
        # nor is a president his namesake's son
        ("Peter Moss Jr. slept. It is a plan that President Moss likes. Later Moss slept.",
         ("Moss", "Moss")),
        # words of the sentence are no titles
        ("President Anna Keller spoke. One major Keller goal is peace.", ("Keller", "Anna Keller")),
        ("President Anna Keller spoke. It would force President Keller to wait.",
         ("President Keller", "Anna Keller")),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_name(text: str, row: tuple[str, str]) -> None:
    assert row in rows(text)


def test_an_interjection_is_nobody() -> None:
    assert rows("Alas, within hours he left. Mark Doran slept. Wow, it snowed.") == [
        ("Mark Doran", "Mark Doran")
    ]


HOME = "The White House said so. The United States voted. "


@pytest.mark.parametrize(
    ("text", "wording", "actor"),
    [
        (HOME + "The government in Oslo slept.", "The government", "Norway"),
        (HOME + "The government of Norway slept.", "The government", "Norway"),
        (HOME + "The government slept.", "The government", "United States"),
        (
            HOME + "The U.S. administration left. The administration slept.",
            "The administration",
            "United States",
        ),
        (
            HOME + "The U.S. administration left. The college cheered as the administration slept.",
            "the administration",
            "",
        ),
        (
            HOME + "Norway voted. Norway slept. Norway ran. The government left.",
            "The government",
            "",
        ),
        (HOME + "The House administration committee met.", "The House administration", ""),
    ],
)
def test_whose_government(text: str, wording: str, actor: str) -> None:
    assert [a for t, a in rows(text) if t == wording] == ([actor] if actor else [])


def test_a_regime_is_not_lent_to_an_article_that_does_not_name_its_state() -> None:
    found = rows("The Norwegian regime fell.", "Peru voted, and the regime fell.")
    assert ("the regime", "Norway") not in found


def test_a_president_whose_state_is_sometimes_said_is_not_the_homes() -> None:
    texts = [
        "The White House said so. Portuguese President Rui Tavares came. President Tavares left.",
        "President Tavares came to the White House. President Rui Tavares slept.",
        "The White House spoke of the Tavares administration.",
    ]
    assert ("the Tavares administration", "Portugal") in rows(*texts)


@pytest.mark.parametrize("said", ["on Twitter", "in a Twitter post", "from his Twitter account"])
def test_where_something_was_said_is_no_actor(said: str) -> None:
    text = f"Anna Keller wrote it {said}. Later Twitter banned her, and a Twitter spokesman left."
    assert [t for t, _ in rows(text)].count("Twitter") == 2


def test_a_medium_is_no_antecedent() -> None:
    text = "Twitter banned Anna Keller. They wanted, Keller said on Twitter, its end."
    assert ("its", "Twitter") not in rows(text, kinds=("pronoun",))
