"""The command line: what each command prints and writes, and how it says what is wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from helpers import lab, pipeline, text_table
from helpers.__main__ import cli
from helpers.settings import read_settings
from helpers.story import Story, saved_tables

SAVED = saved_tables()

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
FILES = {
    "articles/a.md": "---\noutlet: Kite\ndate: 2019-09-30\n---\nEnvoy leaves\n\nForeign Minister "
    "Ann Orr left Norway on Monday. “It is over,” Orr said.\n",
    "articles/b.md": "---\noutlet: Wren\ndate: 2019-10-01\n---\nTalks end\n\nAnn Orr said the "
    "talks had failed. Paul Hale called it a “sad day”.\n",
    "articles/c.jpg": b"\xff\xd8\0",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)


def test_check_says_what_would_be_read_and_what_not(make_story: MakeStory) -> None:
    result = run("check", make_story(FILES))
    assert result.exit_code == 0
    assert "2 articles of 2 outlets" in result.stdout
    assert "Envoy leaves" in result.stdout
    assert "c.jpg: a kind of file that is not read (.jpg) – left out" in result.stdout
    assert result.stderr == ""


def test_check_lists_a_few_or_all(make_story: MakeStory) -> None:
    folder = make_story({f"{i:02}.txt": f"Talk {i}." for i in range(50)})
    assert "… and 10 more" in run("check", folder).stdout
    assert "… and" not in run("check", folder, "--all").stdout


INTAKE = {
    "list.csv": "title,outlet,text\nOne,Kite,They left.\nTwo,Wren,They came.\nThree,,\n",
    "2018-10-26_harbor-wire_shuttle.txt": "Shuttle\n\nThe envoy flew again.",
    "Kite/2018-10-27.md": "---\ndate: 2018-10-27\n---\nThe envoy stayed.",
    "scan.png": b"\x89PNG",
    "empty.txt": "",
}


def test_check_accounts_for_every_file(make_story: MakeStory, tmp_path: Path) -> None:
    table = tmp_path / "files.csv"
    result = run("check", make_story(INTAKE), "--csv", table)
    lines = result.stdout.splitlines()
    assert lines[2] == (
        "5 files: 3 read as 4 articles (1 of these files with a problem), 2 left out (problems say "
        "why)."
    )
    assert result.stdout.index("3 problems:") < result.stdout.index("\noutlet ")
    assert lines[3] == (
        "Taken from: outlet row (2), folder (1), nowhere (1); day file (1), nowhere (3); "
        "title first line (2), row (2)."
    )
    made = pd.read_csv(table, keep_default_na=False)
    assert made[["outlet from", "day from", "title from"]].values.tolist() == [
        ["", "", ""], ["row", "nowhere", "row"], ["", "", ""],
        ["nowhere", "nowhere", "first line"], ["folder", "file", "first line"]]  # fmt: skip
    assert made[["file", "articles", "problems"]].values.tolist() == [
        ["empty.txt", 0, 1], ["list.csv", 2, 1], ["scan.png", 0, 1],
        ["2018-10-26_harbor-wire_shuttle.txt", 1, 0], ["Kite/2018-10-27.md", 1, 0]]  # fmt: skip
    assert made["articles"].sum() == 4
    assert run("check", tmp_path / "story", "--csv", table).exit_code == 0  # its own table


def test_check_offers_what_names_suggest_and_uses_none_of_it(make_story: MakeStory) -> None:
    folder = make_story(INTAKE)
    result = run("check", folder)
    said = [line for line in result.stdout.splitlines() if line.startswith("  ") and "2018" in line]
    assert said == [
        "  2018-10-26_harbor-wire_shuttle.txt,2018-10-26,Harbor Wire"]  # fmt: skip
    (folder / "articles.csv").write_text(f"file,published,outlet\n{said[0].strip()}\n")
    again = run("check", folder)
    assert "suggest" not in again.stdout
    assert "Harbor Wire" in again.stdout


@pytest.mark.parametrize("file", ["", "story", "story/list.csv"])
def test_check_writes_over_nothing_else(make_story: MakeStory, tmp_path: Path, file: str) -> None:
    folder = make_story(INTAKE)
    result = run("check", folder, "--csv", tmp_path / file if file else "")
    assert result.exit_code == 2
    assert (folder / "list.csv").read_text() == INTAKE["list.csv"]


def test_check_of_nothing_readable_lists_why_and_fails(make_story: MakeStory) -> None:
    result = run("check", make_story({"a.jpg": b"\0", "b.txt": ""}))
    assert result.exit_code == 2
    assert "b.txt: empty" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "looked for plain text (.txt)" in result.stderr


@pytest.mark.parametrize("command", ["check", "actors", "report"])
def test_a_path_that_is_not_there_is_one_line_and_code_2(tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path / "no where")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("parallax: There is no file, folder or story called")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["check", ""], "PATH is empty"),
        (["tables", "", "--output", "x"], "PATH is empty"),
        (["tables", "us-iran-2019", "--output", ""], "--output is empty"),
        (["report", "us-iran-2019", "--output", " "], "--output is empty"),
        (["actors", "us-iran-2019", "--output", ""], "--output is empty"),
        (["new", ""], "FOLDER is empty"),
    ],
)
def test_nothing_is_no_path(command: list[str], told: str) -> None:
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 2
    assert told in done.output
    assert len(done.output.splitlines()) == 1


def test_wrong_usage_is_code_2() -> None:
    for arguments in (["check"], ["no-such"], ["tables", ".", "--format", "xls"], ["check", "--x"]):
        assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["report", "tables", "check", "actors", "lab"])
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


def test_nothing_that_a_terminal_obeys_is_printed(make_story: MakeStory) -> None:
    folder = make_story({
        "\x1b[31mred.txt": "\x1b]0;title\x07 Talks\n\nEnd.", "x\x1by.bin": b"\0",
        "story.toml": "title = \"\\u001b[31mred \\u202ebidi\"",
    })  # fmt: skip
    result = run("check", folder)
    assert not {*"\x1b\u202e\x07"} & {*result.stdout, *result.stderr}


def test_tables_writes_every_table(make_story: MakeStory, tmp_path: Path) -> None:
    out = tmp_path / "out put"
    result = run("tables", make_story(FILES), "--output", out)
    assert result.exit_code == 0, result.stderr
    assert {p.name for p in out.iterdir()} == {
        f"{n}.{k}" for n in SAVED for k in ("csv", "parquet")
    }
    assert "mentions" in result.stdout
    assert len(pd.read_parquet(out / "quotes.parquet")) >= 1
    assert "c.jpg" in pd.read_csv(out / "problems.csv")["file"].tolist()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_tables_in_one_format(make_story: MakeStory, tmp_path: Path, kind: str) -> None:
    run("tables", make_story(FILES), "--output", tmp_path / "out", "--format", kind)
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {f".{kind}"}


def test_tables_in_the_folder_that_is_read_are_refused(make_story: MakeStory) -> None:
    folder = make_story(FILES)
    result = run("tables", folder, "--output", folder / "tables")
    assert result.exit_code == 2
    assert "choose another" in result.stderr
    assert not (folder / "tables").exists()


def test_an_output_that_is_a_file_is_refused(make_story: MakeStory, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    result = run("tables", make_story(FILES), "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_actors_drafts_a_list_and_keeps_edits(make_story: MakeStory) -> None:
    folder = make_story(FILES)
    result = run("actors", folder)
    assert result.exit_code == 0, result.stderr
    file = folder / "actors.csv"
    assert result.stdout.startswith(f"{file}: 0 rows kept, ")
    draft = pd.read_csv(file)
    assert draft.columns[:3].tolist() == ["actor", "alias", "kind"]
    assert "Ann Orr" in set(draft["actor"])
    edited = "actor,alias,kind,note\nAnna Orr-Berg,Ann Orr,person,mine\n"
    file.write_text(edited)
    assert "1 rows kept" in run("actors", folder).stdout
    assert pd.read_csv(file).loc[0, "actor"] == "Anna Orr-Berg"


def test_actors_writes_over_no_other_file(make_story: MakeStory, tmp_path: Path) -> None:
    folder = make_story(FILES)
    target = tmp_path / "new" / "list.csv"
    assert run("actors", folder, "--output", target).exit_code == 0
    before = target.read_text()
    result = run("actors", folder, "--output", target)
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert target.read_text() == before
    (folder / "actors.csv").write_bytes(b"\0\0")
    assert run("actors", folder).exit_code == 2
    assert (folder / "actors.csv").read_bytes() == b"\0\0"


def test_an_unknown_notebook_is_told() -> None:
    result = run("notebooks", "99-none")
    assert result.exit_code == 2
    assert "no notebook is called 99-none" in result.stderr


def test_lab_opens_the_notebooks() -> None:
    command = lab.command(browser=False)
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--no-browser" in command


def test_lab_opens_them_on_a_story(
    make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, told = make_story(FILES), {}
    monkeypatch.setattr(lab, "install", lambda _: None)
    monkeypatch.setattr(lab.subprocess, "call", lambda _, env: told.update(env) or 0)
    assert run("lab", folder, "--no-browser").exit_code == 0
    assert Path(told["PARALLAX_STORY"]) == folder.resolve()
    missing = run("lab", folder / "none")
    assert missing.exit_code == 2
    assert str(folder / "none") in missing.stderr


def test_the_module_runs_from_any_folder(make_story: MakeStory, tmp_path: Path) -> None:
    folder = make_story(FILES)
    (tmp_path / "helpers").mkdir()  # a folder of the user's that must not be taken for ours
    (tmp_path / "helpers" / "__init__.py").write_text("raise SystemExit('wrong helpers')")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "helpers", "check", folder.name],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "2 articles" in done.stdout


def test_text_tables_align_and_cut() -> None:
    table = pd.DataFrame({"a": ["x", "y" * 100], "n": [1, 20], "m": [None, "z\n1"]})
    lines = text_table.lines(table).split("\n")
    assert lines[0].split() == ["a", "n", "m"]
    assert lines[1].rstrip().endswith(" 1")
    assert "…" in lines[2]
    assert lines[2].endswith("z 1")
    assert text_table.lines(table, limit=1).split("\n")[-1] == "… and 1 more"


def test_the_report_refuses_to_write_where_it_reads(make_story: MakeStory) -> None:
    folder = make_story(FILES)
    with pytest.raises(pipeline.PipelineError, match="choose another"):
        pipeline.write_report(str(folder), str(folder))


def test_a_new_story_can_be_read_at_once_and_says_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / 'my "first" story'
    result = run("new", folder)
    assert result.exit_code == 0
    assert result.stdout.count("python3 run.py ") == 3
    told = Story(folder)
    assert told.title == 'my "first" story'
    assert told.outlets == ["The Kite"]
    assert set(told.quotes["actor"].dropna()) >= {"Ada Orr"}
    assert set(told.problems_read["file"]) <= {"articles"}
    assert run("check", folder).exit_code == 0


def test_what_is_commented_out_in_a_new_story_can_be_set(tmp_path: Path) -> None:
    run("new", tmp_path / "kites")
    text = (tmp_path / "kites" / "story.toml").read_text(encoding="utf-8")
    lines = [re.sub(r"^# (?=\w+ = |\[|\")", "", line) for line in text.split("\n")]
    settings, problems = read_settings("\n".join(lines))
    assert problems == []
    assert settings.aliases == {"Kite Online": "The Kite"}
    assert settings.outlets == ("The Kite", "The Wren")


def test_a_new_story_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mine.", encoding="utf-8")
    for path in (tmp_path, tmp_path / "a.txt", tmp_path / "a.txt" / "b"):
        result = run("new", path)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
    assert [f.name for f in tmp_path.iterdir()] == ["a.txt"]
