"""Kinds of faults that readers find: who is merged, split, or no actor (text, expected)."""

from __future__ import annotations

import pytest
from test_actors_hard import found, rows


def named(*texts: str) -> list[tuple[str, str]]:
    table = found(*texts)
    table = table[table["kind"] != "pronoun"]
    return list(zip(table["text"], table["actor"].fillna("?"), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nicknames inside a name, a double surname with and without its hyphen
        ("William “Billy” Harker spoke. Billy Harker left. William Harker said no.",
         {"William Harker"}),
        ('Robert "Bo" Hale spoke. Bo Hale left. Hale said no.', {"Robert Hale"}),
        ("Robert (Bob) Dunn spoke. Bob Dunn left.", {"Robert Dunn"}),
        ("Sarah Moss left. Sarah Moss left. Harker Moss left. Sarah Harker Moss spoke. Harker Moss "
         "slept. Harker Moss slept. Harker Moss slept.", {"Sarah Moss"}),
        ("Adil Abd al-Mahdi spoke. Abdul Mahdi left.", {"Adil Abd al-Mahdi"}),
        ("Adil Abdul-Mahdi spoke. Abdul Mahdi left. Abdul-Mahdi said no, and Mahdi went.",
         {"Adil Abdul-Mahdi"}),
        ("Alba Ocaso-Cortes spoke. Ocaso Cortes left. Cortes said no.", {"Alba Ocaso-Cortes"}),
        # an initial that is an honorific elsewhere, a title that is a given name
        ("Sen. Edward M. Harker spoke. Harker left.", {"Edward M. Harker"}),
        ("Dean Harker spoke.", {"Dean Harker"}),
        ("House Speaker Paul D. Ryan (R-Wis.) spoke. Ryan left.", {"Paul D. Ryan"}),
        # a slip in a surname that stands once
        ("Peter Brodan spoke. Brodan won. Brodman said no.", {"Peter Brodan"}),
        ("Peter Brodan spoke. Brodan won. Brodman said no. Brodman left.",
         {"Peter Brodan", "Brodman"}),
        # a chamber's body in small letters
        ("They wrote to the Senate budget committee.", {"Senate budget committee"}),
        ("They want a Democratic House. The House met.", {"House"}),
        # an office that bears its holder's title, marks that hang on the word before
        ("The Hale County Coroner's Office spoke.", {"Hale County Coroner's Office"}),
        ("They called the U.S. Attorney's Office.", {"U.S. Attorney's Office"}),
        ("They joined the Alban Workers' Party.", {"Alban Workers' Party"}),
        # the rest of a name that opens with a body's is no person
        ("Exxon Mobil said no.", {"ExxonMobil"}),
        ("Bloomberg Environment reported it.", {"Bloomberg"}),
        ("They drill in the Arctic and Atlantic Oceans.", set()),
        ("Hale Research asked voters in the slums of Oslo.", {"Hale Research"}),
        # a capital before a profession is the town
        ("James Hale, the Oslo lawyer, left. The Oslo lawyer said no.", {"James Hale"}),
        # a person's initials, and a body's
        ("Rep. Alba Ocaso-Cortes spoke. In May AOC left. Later AOC won.", {"Alba Ocaso-Cortes"}),
        ("Frank D. Hale won. In May FDH left. In June the ODA came.", {"Frank D. Hale", "ODA"}),
        # private persons are no state, its officials are
        ("Both are Norwegians. African American voters came. The Norwegian voters left.", set()),
        ("They wrote of the Norwegian working class and of Norwegian music.", set()),
        ("A Norwegian passenger jet and Norwegian heritage laws matter.", {"Norway"}),
        ("Norwegian officials and the Norwegians agreed.", {"Norway"}),
        ("Understated Moss wins.\n\nThen Thomas Moss spoke. Moss left.", {"Thomas Moss"}),
        # titles are no part of a label
        ("MP Lucia Barger said no.", {"Lucia Barger"}),
        ("General-elect Rosa Quint said yes.", {"Rosa Quint"}),
        ("Later Committeewoman Rita Hale left.", {"Rita Hale"}),
        ("They met Senators Mitch Harker and Ann Lund.", {"Mitch Harker", "Ann Lund"}),
        ("He said so to then-President Anna Keller.", {"Anna Keller"}),
        ("AG Rita Hale left.", {"Rita Hale"}),
        ("Sgt Mat Orme spoke to Det Insp Ann Lisle. Cllr Peter Noon left, and so did Sgt Orme.",
         {"Mat Orme", "Ann Lisle", "Peter Noon"}),
        # words that a headline or a sentence puts before a name
        ("Team Keller was silent. On Monday Keller said no. Then Keller left Anna Keller.",
         {"Anna Keller"}),
        ("Anna Keller spoke, and so did Democrats Anna Keller and Bob Hale.",
         {"Anna Keller", "Bob Hale"}),
        ("Former Miss Universe Alicia Harker wept.", {"Alicia Harker"}),
        ("Under Secretary of State for Trade Affairs Anna Keller left.", {"Anna Keller"}),
        # surnames that are titles elsewhere
        ("Democratic Sen. Barbara Boxer spoke.", {"Barbara Boxer"}),
        ("Martin Luther King Jr. spoke.", {"Martin Luther King Jr."}),
        ("White House press secretary Josh Harker left. The deputy White House press secretary "
         "left.", {"Josh Harker"}),
        ("They asked Democrat Anna Keller.", {"Anna Keller"}),
        ("The Committee for a Responsible Harbour met.", {"Committee for a Responsible Harbour"}),
        # states that are surnames
        ("Jane Monaco left. Monaco said the plan would fail.", {"Jane Monaco"}),
        ("Rep. Jim Jordan left. Jordan said no.", {"Jim Jordan"}),
        ("Jim Jordan flew to talks in Jordan. Later Jordan closed its border.",
         {"Jim Jordan", "Jordan"}),
    ],
)  # fmt: skip
def test_one_person_one_label(text: str, expected: set[str]) -> None:
    assert {actor for _, actor in named(text)} == expected


def test_then_is_no_part_of_a_title() -> None:
    assert rows("Then President Anna Keller left.") == [("President Anna Keller", "Anna Keller")]


@pytest.mark.parametrize(
    "text",
    [
        "They voted in Boca Raton, in Fort Harker and at St. Anna.",
        "The plant in nearby Decatur is closed.",
        "Iowans and New Yorkers voted, and so did Texans.",
        "The Democratic voters read the Executive Order.",
        "The chief Democratic sponsor was glad.",
        "African-Americans and H.I.V. patients rely on Social Security.",
        "The race for the White House, and a White House bid, end at a White House ceremony.",
        "The USS Anna C. Keller left for Ras al-Ayn.",
        "He will host New Year's Eve shows.",
        "The attacks hit New York, Washington and Pennsylvania.",
        "Alas, it was late.",
        "A charge of TNT went off.",
    ],
)
def test_towns_people_of_regions_and_things_are_no_actors(text: str) -> None:
    assert named(text) == []


def test_a_capital_behind_a_clause_is_its_government() -> None:
    assert ("Oslo", "Norway") in named("According to a diplomat in Bergen, Oslo had agreed.")


def test_a_region_before_a_title_says_whose_governor() -> None:
    table = named("Florida Gov. Ben Hale met Texas Gov. Ann Lund. The Texas governor left.")
    assert table[-1] == ("The Texas governor", "Ann Lund")
    table = named("The former mayor of South Bend left. Pete Hale, the mayor of South Bend, sat.")
    assert table[0][1] == "Pete Hale"


def test_an_office_goes_to_who_holds_it_in_other_articles() -> None:
    table = named(
        "Bill Keller spoke on Monday. Secretary Keller left, and Keller sat down.",
        "Secretary of State Anna Keller spoke. Anna Keller left.",
    )
    assert ("Secretary Keller", "Anna Keller") in table


def test_surnames_alike_and_given_names_alike_are_two_people() -> None:
    table = named("Sen. Rick Harker spoke.", "Rakeya Harker wept.", "K. Lee Conaway left.",
                  "Kelly Conway came.")  # fmt: skip
    assert len({actor for _, actor in table}) == 4


def test_a_slip_in_a_given_name_is_one_person() -> None:
    table = named("Vicente Harker spoke.", "Vicente Harker left.", "Vincente Harker came.")
    assert {actor for _, actor in table} == {"Vicente Harker"}


def test_initials_are_a_body_only_where_an_article_says_so() -> None:
    apart = named("The National Baptist Council met.", "NBC told it. The NBC hosts laughed.")
    assert len({actor for _, actor in apart}) == 2
    apart = named("The Harbour Workers Alliance met.", "The HWA said no.")
    assert len({actor for _, actor in apart}) == 2
    said = named("The Harbour Workers Alliance (HWA) met. The HWA sat.", "The HWA said no.")
    assert {actor for _, actor in said} == {"Harbour Workers Alliance"}
    here = named("The National Baptist Council (NBC) met. NBC sat.", "An NBC host laughed.")
    assert [a for _, a in here] == ["National Baptist Council"] * 3 + ["NBC"]


@pytest.mark.parametrize(
    ("longer", "shorter", "one"),
    [
        ("National Democratic Party of Germany", "Democratic Party", False),
        ("Wyoming Republican Party", "Republican Party", False),
        ("U.S. Central Intelligence Agency", "CIA", True),
    ],
)
def test_a_known_body_is_not_another_body_cut_short(longer: str, shorter: str, one: bool) -> None:
    table = named(f"The {longer} met.", f"The {shorter} said no.")
    assert (len({actor for _, actor in table}) == 1) is one


def test_a_person_s_government_and_campaign_are_bodies() -> None:
    table = named(
        "President Peter Keller of Norway left. Keller slept. The Keller Administration said no. "
        "The Keller campaign paid. The Keller campaign bus left. Keller's campaign went on."
    )
    assert table[-4:] == [
        ("The Keller Administration", "Norway"),
        ("Keller campaign", "Keller campaign"),
        ("Keller", "Peter Keller"),
        ("Keller", "Peter Keller"),
    ]
    table = named("Anna Keller of the United States left. The Keller White House was calm.")
    assert table[-1] == ("The Keller White House", "United States")


def test_a_son_is_not_the_president_of_other_articles() -> None:
    table = named(
        "Donald Keller Jr. spoke. President Keller left.",
        "President Donald Keller spoke. Keller left.",
    )
    assert ("Donald Keller Jr.", "Donald Keller Jr.") in table
    assert ("President Keller", "Donald Keller") in table
    table = named("Vice President Joe R. Moss Jr. spoke. Mr. Moss left.", "Joe Moss came.")
    assert len({actor for _, actor in table}) == 1


def test_a_nickname_in_a_headline_splits_nobody() -> None:
    table = named(
        "Hillary Keller spoke. Keller left.",
        "Crooked Hillary Keller Runs Away From All\n\nHillary Rodham Keller spoke on Monday.",
        "Hillary Keller left.",
    )
    assert len({actor for text, actor in table if "Crooked" not in text}) == 1


def test_two_names_in_one_word_and_families_are_no_bodies() -> None:
    table = named("Keller met Moss. The Keller-Moss race is close. They call it Keller-Moss.")
    assert {actor for _, actor in table} == {"Keller", "Moss"}
    table = named("Anna Keller left. The Kellers live in Bergen, and the Kellers are rich.")
    assert {text for text, _ in table} == {"Anna Keller"}


def test_two_given_names_share_the_surname_behind_them() -> None:
    table = named("Peter and Anna Keller came.", "Peter Moss left. Peter and Anna Lund came.")
    assert table[0] == ("Peter", "Peter Keller")
    assert table[3] == ("Peter", "Peter Moss")


def test_the_house_is_the_house_of_representatives_of_the_article() -> None:
    table = named("The House of Representatives met. The House voted.", "The House sat.")
    assert {actor for _, actor in table} == {"House of Representatives"}
    assert named("A super PAC paid, as PACs do.") == []


def test_al_qaeda_with_a_small_article_is_a_body() -> None:
    table = found("They fought al Qaeda in Norway. Al Qaeda fled.")
    table = table[table["actor"] == "al-Qaeda"]
    assert list(table["actor_type"]) == ["organization"] * 2


def test_a_given_name_alone_is_who_is_called_so_elsewhere() -> None:
    """A guard called by his given name is no senator of another article."""
    bob = ["Bob Moss spoke.", "A guard known as Bob left. They saw Bob in May.", "It rained."]
    assert ("Bob", "Bob") in named(*bob)
    hillary = ["Hillary Moss spoke. They saw Hillary.", "They saw Hillary in May.", "It rained."]
    assert named(*hillary)[-1] == ("Hillary", "Hillary Moss")


def test_the_president_of_a_firm_is_no_head_of_state() -> None:
    text = "President Anna Keller spoke on Monday. The president {} spoke to the clerks."
    assert len(named(text.format("slept and"))) == 2
    assert len(named(text.format("and chief operating officer of the firm"))) == 1
    assert len(named(text.format("and publisher of the paper"))) == 1
