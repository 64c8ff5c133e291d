"""The views of the notebooks: each shows an empty table, and names columns that the rooms make."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import Story, charts, display
from helpers.show.base import Passages, Table, in_voice

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = {
    "01-corpus": ["corpus"],
    "02-actors": ["actors"],
    "03-sentiment": ["sentiment"],
    "04-quotes": ["quotes"],
    "05-framing": ["keyness", "frames", "naming", "agency", "coverage", "headlines"],
    "06-briefing": ["briefing"],
    "07-check": ["check"],
}
MODULES = {
    room: importlib.import_module(
        f"helpers.show.{room}"
        if room in ("corpus", "briefing", "check")
        else f"helpers.lenses.{room}.show"
    )
    for rooms in CHAPTERS.values()
    for room in rooms
}

USED = (
    "outlet actor speaker about other word term genre part voice stance role frame statement "
    "published period n value low high articles mentions share share_low share_high balance mean "
    "descriptive per_1000_words shift n_target log_odds significant score "
    "lens of called precision precision_low precision_high"
).split()
"""The columns that the figures draw."""
GIVEN: dict[str, Any] = {
    "order": ["A Paper"], "top": 3, "actor": "Ada Orr", "outlets": None,
    "of": pd.DataFrame(
        columns=[*USED, *"doc_id start end kind place repeats label words".split()]
    ),
}  # fmt: skip
"""What figures are given beside their table."""


def views(kind: type) -> list[Any]:
    """The records of a kind, module by module."""
    return [
        pytest.param(value, id=f"{room}.{name}")
        for room, module in MODULES.items()
        for name, value in vars(module).items()
        if isinstance(value, kind)
    ]


def figures() -> list[Any]:
    """The functions of the views that draw a figure."""
    return [
        pytest.param(function, id=f"{room}.{name}")
        for room, module in MODULES.items()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def cells(notebook: str) -> list[str]:
    """The sources of a notebook's code cells."""
    found = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    return ["".join(c["source"]) for c in found if c["cell_type"] == "code"]


def code(notebook: str) -> str:
    return "\n".join(cells(notebook))


@pytest.mark.parametrize("view", views(Table))
class TestTables:
    def test_an_empty_table_is_shown(self, view: Table) -> None:
        shown = view(pd.DataFrame(columns=list(view.columns)))
        assert shown.data["total"] == 0
        assert "No row." in shown.data["note"]
        assert [c["heading"] for c in shown.data["columns"]] == list(view.columns.values())

    def test_every_column_has_a_heading_for_a_reader(self, view: Table) -> None:
        headings = list(view.columns.values())
        assert all(h.strip() and "_" not in h for h in headings)
        assert len(set(headings)) == len(headings)

    def test_percentages_are_written_in_columns_that_are_shown(self, view: Table) -> None:
        assert set(view.shares) <= set(view.columns)

    def test_it_has_a_caption_and_a_limit(self, view: Table) -> None:
        assert view.caption
        assert view.caption[-1] != "."
        assert view.limit is None or 5 <= view.limit <= 50


@pytest.mark.parametrize("view", views(Passages))
def test_no_passage_is_shown_without_failing(view: Passages) -> None:
    spans = pd.DataFrame(
        {"doc_id": [], "start": [], "end": []} | ({view.note: []} if view.note else {})
    )
    assert view(spans, Story.from_texts("One line.")).data == {
        "caption": view.caption, "items": [], "total": 0,
    }  # fmt: skip


@pytest.mark.parametrize("draw", figures())
class TestFigures:
    def test_an_empty_table_is_drawn_or_said(self, draw: Callable[..., Any]) -> None:
        wanted = inspect.signature(draw).parameters
        given = {k: v for k, v in GIVEN.items() if k in wanted}
        drawn = draw(pd.DataFrame(columns=USED), **given)
        assert isinstance(drawn, charts.Figure | display.Shown)
        assert str(drawn)

    def test_it_says_what_it_shows(self, draw: Callable[..., Any]) -> None:
        assert draw.__doc__
        assert draw.__doc__.endswith(".")


def shown(notebook: str, room: str) -> set[str]:
    """What a notebook takes from the module ``show`` of a room."""
    one = len(CHAPTERS[notebook]) == 1
    own = r"(?<!\.)\bshow\.(\w+)"
    return set(re.findall(own if one else rf"\b{room}\.show\.(\w+)", code(notebook)))


@pytest.mark.parametrize(
    ("notebook", "room"), [(n, room) for n, rooms in CHAPTERS.items() for room in rooms]
)
class TestUse:
    def test_every_view_of_the_notebook_exists(self, notebook: str, room: str) -> None:
        assert shown(notebook, room) <= set(vars(MODULES[room]))

    def test_every_view_is_used(self, notebook: str, room: str) -> None:
        ids = [str(v.id).split(".") for v in [*views(Table), *views(Passages), *figures()]]
        own = {name for of, name in ids if of == room}
        assert own
        assert own <= shown(notebook, room)

    def test_its_cells_and_lines_are_short(self, notebook: str, room: str) -> None:
        sources = [c.splitlines() for c in cells(notebook)]
        assert max(map(len, sources)) <= 10
        assert max(len(line) for lines in sources for line in lines) <= 100


def test_a_column_that_the_table_lacks_is_named() -> None:
    with pytest.raises(KeyError, match="no column lemma to show; it has outlet"):
        MODULES["quotes"].verbs(pd.DataFrame(columns=["outlet", "stance", "n", "share"]))


def test_a_share_is_a_percentage_and_a_caption_can_be_given() -> None:
    rows = pd.DataFrame({"who": ["A"], "share": [0.256]})
    view = Table("Shares", {"who": "who", "share": "of all"}, shares=("share",))
    shown = view(rows, caption="Two papers", voice="quoted")
    assert shown.data["caption"] == "The same in the quoted voice: two papers"
    assert shown.data["rows"] == [["A", "26%"]]


def test_a_table_without_named_columns_shows_all() -> None:
    shown = Table("All")(pd.DataFrame({"doc_id": ["a"], "n_words": [3]}))
    assert [c["heading"] for c in shown.data["columns"]] == ["doc id", "n words"]


def test_a_title_is_kept_without_another_voice() -> None:
    assert in_voice("Terms", "") == "Terms"


def test_a_table_in_the_story_s_order_of_outlets_keeps_what_stands_before_them() -> None:
    rows = [("Ben", "A"), ("Ben", "B"), ("Ada", "A"), ("Ada", "C"), ("Ada", "B")]
    frame = pd.DataFrame(rows, columns=["actor", "outlet"])
    show = Table("Actors by outlet", {"actor": "actor", "outlet": "outlet"})
    shown = show(frame, order=["C", "B", "A"]).data["rows"]
    assert shown == [["Ben", "B"], ["Ben", "A"], ["Ada", "C"], ["Ada", "B"], ["Ada", "A"]]
    assert show(frame).data["rows"] == [list(row) for row in rows]


def test_passages_say_whose_they_are() -> None:
    story = Story.from_texts("Ada Orr left.")
    shown = Passages("Some words")(story.sentences, story, of=["Ada Orr"])
    assert shown.data["caption"] == "Some words: Ada Orr"


def test_terms_that_no_test_was_made_of_are_drawn_as_descriptive() -> None:
    columns = ["outlet", "term", "n_target", "log_odds", "significant", "descriptive"]
    rows = [("A", "oil", 3, 1.0, False, True), ("B", "war", 4, 1.0, False, True)]
    draw = MODULES["keyness"].terms_scatter
    assert "Descriptive only" in draw(
        pd.DataFrame(rows, columns=columns), order=["A", "B"], of=GIVEN["of"]
    ).alt
    rows.append(("A", "gas", 9, 1.0, False, False))
    tested = draw(
        pd.DataFrame(rows, columns=columns), order=["A", "B"], of=GIVEN["of"]
    ).alt
    assert "Of 1 term none survives" in tested


def test_names_with_underscores_are_written_with_spaces() -> None:
    show = Table("Frames", {"frame": "frame"}, keys=("frame",))
    frame = pd.DataFrame({"frame": ["human_interest"]})
    assert show(frame).data["rows"] == [["human interest"]]
    assert frame["frame"].tolist() == ["human_interest"], "the table itself keeps its names"
