"""A story reads its folder's settings, makes each table once, and says what it could not use."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import Story, settings, story, story_folder, story_name
from helpers.story_folder import StoryError, locate

TEXT = "Talks collapse\n\nAda Orr said the talks “went nowhere.” The minister left.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kites" / "articles" / "The Kite").mkdir(parents=True)
    (tmp_path / "kites" / "articles" / "The Kite" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "kites"


def problems(told: Story) -> dict[str, str]:
    return dict(zip(told.problems["file"], told.problems["problem"], strict=True))


def test_a_folder_without_settings_works(folder: Path) -> None:
    told = Story(folder)
    assert told.title == "kites"
    assert told.settings == settings.Settings()
    assert told.outlets == ["The Kite"]
    assert told.actor_list is None
    assert told.facts is None
    assert set(told.problems["file"]) == {"articles"}  # one article compares with nothing


def test_settings_are_read(folder: Path) -> None:
    (folder / "story.toml").write_text(
        'title = "Kites"\nquestion = "Who flies?"\noutlets = ["The Wren", "The Kite"]\n',
        encoding="utf-8",
    )
    told = Story(folder)
    assert (told.title, told.question) == ("Kites", "Who flies?")
    assert told.outlets == ["The Kite"]
    assert problems(told)["story.toml"].startswith("the order of outlets names The Wren")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("story.toml", b'title = "Kites\n', "not readable"),
        ("story.toml", b"title = 3\n", "title is a whole number (3), not text"),
        ("story.toml", b"\xff\xfe\x00", "not readable"),
        ("actors.csv", b"name,alias\nA,B\n", "has no column actor"),
        ("actors.csv", b"", "has no column actor, alias (it has none)"),
        ("facts.csv", b"\x00\x01\x02\x00", "binary, or UTF-16"),
        ("facts.csv", b'fact_id,statement,cues\n1,"open\n', "row 1: a quotation mark"),
    ],
)
def test_a_bad_sheet_is_a_problem_and_stops_nothing(
    folder: Path, name: str, content: bytes, problem: str
) -> None:
    (folder / name).write_bytes(content)
    told = Story(folder)
    assert problem in problems(told)[name]
    assert len(told.sentences) == 3
    assert told.title == "kites"


def test_sheets_in_old_encodings_are_read_with_a_doubt(folder: Path) -> None:
    (folder / "actors.csv").write_bytes("Actor,Alias\nAda Orr,Mme. Orré\n".encode("cp1252"))
    told = Story(folder)
    assert told.actor_list is not None
    assert told.actor_list["alias"].tolist() == ["Mme. Orré"]
    assert "UTF-8" in problems(told)["actors.csv"]


def test_tables_are_made_once(folder: Path) -> None:
    told = Story(folder)
    assert told.sentences is told.sentences


def test_a_problem_is_told_once(folder: Path) -> None:
    told = Story(folder)
    told.note("x", "odd", "left")
    told.note_all([{"file": "x", "problem": "odd", "action": "left"}])
    assert (told.problems["file"] == "x").sum() == 1


def test_a_story_prints_as_a_summary(folder: Path) -> None:
    said = repr(Story(folder))
    assert "articles  1\n" in said
    assert "The Kite 1" in said
    assert "described, not compared" in said
    assert str(folder) not in said


def test_a_name_is_looked_up_in_the_folders_of_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(story_folder.SEARCH_PATH, str(folder.parent))
    assert Story("kites").path == folder.resolve()


def test_what_is_not_there_is_said_with_what_is() -> None:
    with pytest.raises(story_folder.StoryError, match="us-iran-2019"):
        Story("no such story")


def test_the_articles_folder_itself_finds_its_storys_settings(folder: Path) -> None:
    (folder / "story.toml").write_text('title = "Kites"\n', encoding="utf-8")
    told = Story(folder / "articles")
    assert told.title == "Kites"
    assert told.name == "kites"


def test_stories_of_one_report_share_their_tables(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Story(folder).sentences is not Story(folder).sentences
    monkeypatch.setenv(story.ONE_RUN, "1")
    assert Story(folder).sentences is Story(folder).sentences
    story._RUN.clear()


def test_a_duplicate_is_left_out_unless_the_settings_count_it(folder: Path) -> None:
    body = TEXT * 8
    for outlet in ("The Kite", "The Wren"):
        target = folder / "articles" / outlet / "b.txt"
        target.parent.mkdir(exist_ok=True)
        target.write_text(body, encoding="utf-8")
    assert len(Story(folder).articles) == 3
    assert len(Story(folder).originals) == 2
    (folder / "story.toml").write_text("count_duplicates = true\n", encoding="utf-8")
    assert len(Story(folder).originals) == 3


def test_a_story_is_chosen_once_for_all_notebooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARALLAX_STORY", raising=False)
    assert story_name("us-iran-2019") == "us-iran-2019"
    monkeypatch.setenv("PARALLAX_STORY", "my-articles")
    assert story_name("us-iran-2019") == "my-articles"


def test_a_path_counts_from_here_and_from_the_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    assert locate(folder.name) == folder.resolve()
    assert locate("data/stories/us-iran-2019") == locate("us-iran-2019")


def test_a_story_that_is_not_there_is_said_in_a_few_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoryError) as caught:
        Story("my-articles")
    shown = caught.value._render_traceback_()
    assert len(shown) <= 6
    assert str(tmp_path / "my-articles") in "".join(shown)
