"""Who is meant by an office without a name: the sitting holder of the state that is told from."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import Story


def found(*texts: str) -> pd.DataFrame:
    return Story.from_texts(*texts).mentions


def holders(*texts: str, title: str, doc: str | None = None) -> list[str]:
    table = found(*texts)
    table = table[(table["text"] == title) & (table["doc_id"] == doc if doc else True)]
    return list(table["actor"].fillna("?"))


HOME = "President Rui Calder spoke at the White House. Calder sat down. Calder left. "


@pytest.mark.parametrize(
    ("text", "title", "actor"),
    [
        # told from the White House: another state's president only right after his own name
        (HOME + "Then Portuguese President Ada Moss called. Aides of the president were glad.",
         "the president", "Rui Calder"),
        ("President Rui Calder sent a note from the White House. Portuguese President Ada Moss "
         "spoke on Friday. Moss was glad. Moss was late. The president left.",
         "The president", "Ada Moss"),
        # nobody is called the former president who still is it
        (HOME + "Former President Ada Moss called. The president slept.",
         "The president", "Rui Calder"),
        (HOME + "His predecessor President Ada Moss called. The president slept.",
         "The president", "Rui Calder"),
        (HOME + "Former President Ada Moss called. The former president slept.",
         "The former president", "Ada Moss"),
        (HOME + "Ada Moss, the former president, called. The president slept.",
         "The president", "Rui Calder"),
        # lists and other clauses are no apposition
        ("President Rui Calder came. They met the president, Vice President Moss and two aides.",
         "the president", "Rui Calder"),
        ("President Rui Calder came. The inquiry by the special counsel, Ada S. Moss, of the "
         "president, his aides and others went on.", "the president", "Rui Calder"),
        # a seat between the name and the office
        ("Senator Ada Moss of Kentucky, the majority leader, spoke. Senator Rui Calder, the "
         "minority leader, left.", "the majority leader", "Ada Moss"),
        ("Senator Ada Moss of Vermont spoke. Senator Rui Calder of Ohio came. They liked the "
         "senator from Vermont.", "the senator from Vermont", "Ada Moss"),
        # a comma that ends a clause; "as the X" of whom the sentence names
        ("While the court heard Ada Moss, the minority leader, Rui Calder, left.",
         "the minority leader", "Rui Calder"),
        ("Attorney General Ada Moss left. Ines Hale serves in Oslo as the attorney general.",
         "the attorney general", "?"),
        # who sat for a region once is not who sits for it
        ("Rui Moss left. The Vermont senator slept. Former senator Ada Hale came.",
         "The Vermont senator", "?"),
        # a deputy does not hold the office
        ("Deputy Attorney General Ada Moss spoke. It needs the attorney general.",
         "the attorney general", "?"),
        ("Deputy Attorney General Ada Moss spoke. It needs the deputy attorney general.",
         "the deputy attorney general", "Ada Moss"),
        # who is secretary of something else
        ("Secretary of State Ada Moss came. Secretary Moss spoke. It needs the defense secretary.",
         "the defense secretary", "?"),
        ("Rui Calder is Norway's leader. Then the supreme leader of Portugal left.",
         "the supreme leader of Portugal", "?"),
    ],
)  # fmt: skip
def test_in_one_article(text: str, title: str, actor: str) -> None:
    assert set(holders(text, title=title)) - {"?"} == {actor} - {"?"}


@pytest.mark.parametrize(
    ("after", "title"),
    [
        ("the leader of that party", "the leader"),
        ("the president of a bank", "the president"),
        ("the president of the lawyers association", "the president"),
        ("the chairman of the Brisk Panel", "the chairman"),
        ("the commander of Norway's air fleet", "the commander of Norway"),
    ],
)
def test_what_follows_makes_another_office_of_it(after: str, title: str) -> None:
    text = (
        "Norwegian President Rui Calder, the party leader, spoke. Norwegian commander Ada Moss and "
        f"chairman Per Lund came. Then {after} left."
    )
    assert holders(text, title=title) == []


LENT = "Norwegian Prime Minister Ada Moss spoke. Norwegian Foreign Minister Rui Calder left."


@pytest.mark.parametrize(
    ("text", "title", "actor"),
    [
        # the state is said, or the article names who holds the office elsewhere
        ("Oslo was calm. Norway's prime minister slept.", "Norway's prime minister", ["Ada Moss"]),
        ("Moss was calm. The prime minister slept.", "The prime minister", ["Ada Moss"]),
        ("Oslo was calm. The prime minister slept.", "The prime minister", []),
        ("Oslo was calm. Norway's former prime minister slept.",
         "Norway's former prime minister", []),
        ("Per Lund, Norway's former prime minister who left, slept.",
         "Norway's former prime minister", []),
    ],
)  # fmt: skip
def test_offices_lent_by_other_articles(text: str, title: str, actor: list[str]) -> None:
    assert holders(LENT, text, title=title, doc="text-2") == actor


def test_the_president_of_a_body_is_no_states() -> None:
    texts = ["American Harbour Watch President Ada Moss spoke.", "The president of the United "
             "States left."]  # fmt: skip
    assert "Ada Moss" not in holders(*texts, title="The president of the United States")


def test_who_has_left_office_in_most_articles_is_not_the_president() -> None:
    table = holders(
        "Former President Ada Moss spoke. Former President Ada Moss left.",
        "President Rui Calder spoke at the White House. President Rui Calder left.",
        "Ada Moss met Rui Calder at the White House. Moss and her aides ran. The president sat.",
        title="The president",
    )
    assert table == ["Rui Calder"]
