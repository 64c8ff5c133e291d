"""Questions at the keyboard: parts of a story, phrases in context, tables with their outlets."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Story, schema
from helpers.asking import SelectionError

PAGE = Path(__file__).resolve().parents[1] / "docs" / "asking.md"
KITE = "Talks fail\n\nAda Orr said the talks “went nowhere.” Ben Vale visited Ada Orr.\n"
WREN = "Talks go on\n\nThe talks go on, Ben Vale said. Nobody else spoke of red  lines.\n"


@pytest.fixture(scope="module")
def small() -> Story:
    frame = pd.DataFrame(
        {
            "text": [KITE, WREN, "Later\n\nAda Orr praised Ben Vale."],
            "outlet": ["The Kite", "The Wren", "The Kite"],
            "published": ["2024-03-01", "2024-03-09", None],
            "desk": ["world", "home", "world"],
        }
    )
    return Story.from_frame(frame)


@pytest.fixture(scope="module")
def shipped() -> Story:
    story = Story("us-iran-2019")
    for name in (*story.saved, "tokens"):  # the examples' time is not for making tables
        getattr(story, name)
    return story


def test_the_examples_of_the_page_run() -> None:
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, PAGE.name, "exec"), names)
    assert len(names["story"].find("maximum pressure")) == 5
    assert names["mine"].articles["outlet"].tolist() == ["The Kite", "The Wren"]


@pytest.mark.parametrize(
    ("conditions", "articles"),
    [
        ({"outlet": "the kite"}, ["frame/1", "frame/3"]),
        ({"outlet": ["The Wren", "The Kite"]}, ["frame/1", "frame/2", "frame/3"]),
        ({"since": "2024-03"}, ["frame/1", "frame/2"]),
        ({"since": date(2024, 3, 2)}, ["frame/2"]),
        ({"until": "2024-03-01"}, ["frame/1"]),
        ({"desk": "home"}, ["frame/2"]),
        ({"speaker": "Ben Vale"}, ["frame/2"]),
        ({"actor": "Vale"}, ["frame/1", "frame/2", "frame/3"]),
        ({"actor": "Ben Vale", "outlet": "The Kite", "until": "2024"}, ["frame/1"]),
        ({"contains": "red lines"}, ["frame/2"]),
        ({"contains": re.compile("prais|visit")}, ["frame/1", "frame/3"]),
        ({"contains": "line"}, []),
        ({"since": "2025"}, []),
    ],
)
def test_a_part_has_the_articles_that_fulfil_all(
    small: Story, conditions: dict[str, Any], articles: list[str]
) -> None:
    assert small.where(**conditions).articles["doc_id"].tolist() == articles


def test_rows_are_those_of_the_condition_and_else_of_its_sentences(small: Story) -> None:
    part = small.where(actor="Ada Orr")
    assert set(part.mentions["actor"]) == {"Ada Orr"}
    assert [*part.quotes["text"]] == [*small.where(outlet="The Kite").quotes["text"]]
    assert "Ben Vale visited Ada Orr." in [*part.sentences["text"]]
    spoken = small.where(speaker="Ada Orr")
    assert set(spoken.quotes["actor"]) == {"Ada Orr"}
    assert not spoken.sentences["text"].str.contains("visited").any()


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"outlet": "The Kit"}, "no outlet is 'The Kit'; did you mean 'The Kite'?"),
        ({"actor": "Ada Or"}, "no actor is 'Ada Or'; did you mean 'Ada Orr'?"),
        ({"voice": "autor"}, "no voice is 'autor'; did you mean 'author'?"),
        ({"speakr": "Ada Orr"}, "no table has a column 'speakr'; did you mean 'speaker'?"),
        ({"since": "soon"}, "since is 'soon', which is no day: write it YYYY-MM-DD"),
        ({"until": "2024-02-30"}, "until is '2024-02-30', which is no day"),
        ({"contains": " "}, "an empty phrase is found everywhere"),
    ],
)
def test_a_name_that_is_not_known_gives_the_nearest(
    small: Story, conditions: dict[str, Any], message: str
) -> None:
    with pytest.raises(SelectionError, match="^" + re.escape(message)):
        small.where(**conditions)


@pytest.mark.parametrize("names", [("the kite", "The Wren"), ("frame/1", "Talks go on")])
def test_two_sides_stand_on_the_same_rows(small: Story, names: tuple[str, str]) -> None:
    shown = small.compare(*names)
    (grid,) = shown.data["grids"]
    assert [column["name"] for column in grid["columns"]] == ["The Kite", "The Wren"]
    rows = {row["label"]: row["cells"] for row in grid["rows"]}
    first = [cell[0]["runs"] for cell in rows["Headline"]]
    assert first == [[["plain", "Talks fail"]], [["plain", "Talks go on"]]]
    assert "Who speaks" in rows
    assert "Talks go on" in shown.html


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("The Kite", "The Wrenn"), "no outlet or article is 'The Wrenn'; did you mean 'The Wren'"),
        (("The Kite", "the kite"), "'The Kite' and 'the kite' are the same side"),
    ],
)
def test_sides_that_are_not_there_are_named(
    small: Story, names: tuple[str, str], message: str
) -> None:
    with pytest.raises(SelectionError, match="^" + re.escape(message)):
        small.compare(*names)


def test_an_empty_part_has_every_table(small: Story) -> None:
    nothing = small.where(since="2031")
    assert "No article" in repr(nothing)
    for name in nothing.saved:
        table = getattr(nothing, name)
        assert name == "problems" or table.empty


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_part_has_rows_of_the_whole_and_holds_the_schema(
    shipped: Story, data: st.DataObject
) -> None:
    choices = {
        "outlet": [*shipped.outlets],
        "actor": sorted(shipped.mentions["actor"].dropna().unique()),
        "voice": ["author", "quoted", "reported"],
        "kind": ["name", "pronoun", "direct", "indirect"],
        "since": ["2019-09-24", "2019-09-27", "2019-10"],
        "contains": ["Iran", "talks", "the"],
    }
    names = data.draw(st.sets(st.sampled_from(sorted(choices)), min_size=1, max_size=3))
    conditions = {name: data.draw(st.sampled_from(choices[name])) for name in sorted(names)}
    part = shipped.where(**conditions)
    kept = {*part.articles["doc_id"]}
    for name in ("sentences", "mentions", "quotes", "target_sentiment", "agency"):
        table, whole = getattr(part, name), getattr(shipped, name)
        schema.check_table(name, table)
        assert {*table["doc_id"]} <= kept
        both = table.merge(whole, how="left", indicator=True)
        assert (both["_merge"] == "both").all()
    if "outlet" in conditions:
        assert {*part.articles["outlet"]} <= {conditions["outlet"]}


def test_a_phrase_is_found_where_it_stands(small: Story) -> None:
    found = small.find("Red lines")
    assert found[["outlet", "match", "voice"]].values.tolist() == [
        ["The Wren", "red lines", "author"]
    ]
    place = found.iloc[0]
    text = small.articles.set_index("doc_id").loc[place["doc_id"], "text"]
    assert text[place["start"] : place["end"]] == "red  lines"
    assert small.find("Red lines", case=True).empty
    assert small.find("went nowhere")[["voice", "speaker"]].values.tolist() == [
        ["quoted", "Ada Orr"]
    ]


def test_metadata_is_no_context_of_a_headline(shipped: Story) -> None:
    assert not shipped.find("pressure")["before"].str.contains("title:").any()


def test_a_view_has_the_columns_of_its_articles(small: Story) -> None:
    viewed = small.view("quotes")
    assert [*viewed.columns[:5]] == ["quote_id", "doc_id", "outlet", "published", "title"]
    assert viewed["published"].dt.month.dropna().eq(3).all()
    assert len(small.view("articles")) == 3
    with pytest.raises(SelectionError, match="did you mean 'mentions'"):
        small.view("mention")
    with pytest.raises(SelectionError, match="no table 'keyness' whose rows are of articles"):
        small.view("keyness")


def test_a_frame_is_read_as_a_file_is() -> None:
    frame = pd.DataFrame({"Text": ["Talks fail.", "", 3.5], "Date": ["2024-01-02"] * 3})
    told = Story.from_frame(frame)
    assert told.articles["published"].tolist() == ["2024-01-02"]
    assert [*told.problems_read["problem"]][:1] == ["no text in it: 2 rows (2, 3)"]
    with pytest.raises(ValueError, match="no column called text"):
        Story.from_frame(pd.DataFrame({"prose": ["Talks fail."]}))
