"""What a command wrote is written again, byte for byte, and only where nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from helpers import cache, pipeline
from helpers.kept_runs import KeptRun
from helpers.story import Story

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
FERRY = "The ferry sank\n\nAda Orr, the minister, blamed the harbour. “It was old,” she said.\n"
FILES = {
    "articles/Kite/a.txt": FERRY,
    "articles/Wren/b.txt": "No ferry\n\nThe union said that Orr had lied about the ferry.\n",
    "story.toml": 'title = "Ferry"\n[reference]\npath = "../other"\n',
}


@pytest.fixture(autouse=True)
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache.FOLDER, str(folder))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def written(folder: Path, place: Path) -> tuple[dict[str, bytes], str, list[str]]:
    """The files of a run of `tables`, its rows as text, and what was told."""
    told: list[str] = []
    rows = pipeline.write_tables(str(folder), str(place), tell=told.append)
    return content(place), rows.to_string(), told


def test_a_second_run_writes_the_same_bytes_from_what_was_kept(
    make_story: MakeStory, tmp_path: Path, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = make_story(FILES)
    first = written(story, tmp_path / "one")
    again = written(story, tmp_path / "two")
    assert first[:2] == again[:2]
    assert (first[2], len(again[2])) == ([], 1)
    (archive,) = at.glob(f"*{cache.RUN}")
    archive.write_bytes(archive.read_bytes()[:2000] + bytes(50) + archive.read_bytes()[2050:])
    assert written(story, tmp_path / "three") == first, "a damaged archive is not used"
    (story / "articles/Kite/a.txt").write_text(FERRY.replace("old", "new"))
    after = written(story, tmp_path / "four")
    assert (after[0] != first[0], after[2]) == (True, [])


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "an article edited": lambda s, _: (s / "articles/Kite/a.txt").write_text(FERRY + "More."),
    "an article added": lambda s, _: (s / "articles/c.txt").write_text(FERRY),
    "an article removed": lambda s, _: (s / "articles/Kite/a.txt").unlink(),
    "an article renamed": lambda s, _: (s / "articles/Kite/a.txt").rename(s / "articles/z.txt"),
    "an empty folder": lambda s, _: (s / "articles/New").mkdir(),
    "the folder renamed": lambda s, _: s.rename(s.with_name("other story")),
    "settings": lambda s, _: (s / "story.toml").write_text('title = "The ferry"\n'),
    "a sheet": lambda s, _: (s / "actors.csv").write_text("actor,alias\nAda Orr,the minister\n"),
    "codes": lambda s, _: ((s / "codes").mkdir(), (s / "codes/x.csv").write_text("")),
    "the reference": lambda s, _: (s.parent / "other").mkdir(),
    "a link": lambda s, _: (s / "articles/l.txt").symlink_to(s / "articles/Kite/a.txt"),
    "what is compared": lambda _, patch: patch.setenv("PARALLAX_BY", "genre"),
    "the code": lambda _, patch: patch.setattr(cache, "code_hash", lambda: "another"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_anything_that_output_is_made_of_changes_the_name_of_a_run(
    make_story: MakeStory, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    story = make_story(FILES)
    before = KeptRun(Story(story), "tables").name
    assert before == KeptRun(Story(story), "tables").name != KeptRun(Story(story), "report").name
    CHANGES[change](story, monkeypatch)
    place = story if story.exists() else story.with_name("other story")
    assert KeptRun(Story(place), "tables").name != before


def test_of_one_file_the_sheets_beside_it_count(make_story: MakeStory) -> None:
    story = make_story(FILES)
    file = story / "articles" / "Kite" / "a.txt"
    before = KeptRun(Story(file), "tables").name
    (file.parent / "articles.csv").write_text("file,outlet\na.txt,Heron\n")
    assert KeptRun(Story(file), "tables").name != before


@pytest.mark.parametrize("line", ['lenses = ["weather"]', '[models]\ntagger = "other:x"'])
def test_a_story_that_uses_code_of_others_is_always_made_anew(
    make_story: MakeStory, line: str
) -> None:
    assert KeptRun(Story(make_story({**FILES, "story.toml": line})), "tables").name is None


def test_what_changed_during_a_run_is_not_kept(make_story: MakeStory, at: Path) -> None:
    story = make_story(FILES)
    run = KeptRun(Story(story), "tables")
    (story / "articles" / "late.txt").write_text(FERRY)
    run.keep(story, ["story.toml"])
    assert not at.exists()


def test_beyond_the_limit_goes_what_was_not_used_for_longest(
    tmp_path: Path, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "x.txt").write_bytes(os.urandom(600_000))
    monkeypatch.setenv(cache.LIMIT, "2")
    for age, name in enumerate("abc"):
        cache.keep(name, tmp_path / "made", ["x.txt", "never made"])
        os.utime(at / f"{name}.run", (age, age))
    into = tmp_path / "into"
    into.mkdir()
    assert cache.recall("a", into)
    cache.keep("d", tmp_path / "made", ["x.txt"])
    assert [file.stem for file in cache.files()] == ["a", "c", "d"]
    monkeypatch.setenv(cache.LIMIT, "0")
    cache.keep("e", tmp_path / "made", ["x.txt"])
    assert not cache.kept("e")


@pytest.mark.parametrize("place", ["", "file/below"])
def test_without_a_folder_to_write_to_no_run_is_kept(
    make_story: MakeStory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(cache.FOLDER, place and str(tmp_path / place))
    story = make_story(FILES)
    KeptRun(Story(story), "tables").keep(story, ["story.toml"])
    run = KeptRun(Story(story), "tables")
    assert not run.there
    assert not run.recall(tmp_path)
