"""Every kind of odd file: no traceback, no hang, and what goes in comes out or is told.

The files are made here, each kind is read in a folder of its own; what was read of all of them then
goes through every table.
"""

from __future__ import annotations

import os
import re
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import containers
import pandas as pd
import pytest
import tables
import texts
from test_hostile_input import HOSTILE

from helpers import schema
from helpers.corpus import CorpusError, read
from helpers.story import Story, saved_tables

LIMIT = 20
"""Seconds that no kind of file may take; on an idle machine all of them take about ten."""
_ROWS = re.compile(r": ([\d,]+) rows \(")
_SUFFIXES = {"csv": tables.CSV, "json": tables.JSON, "jsonl": tables.LINES,
             "parquet": tables.PARQUET}  # fmt: skip


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


FILES: dict[str, bytes] = {
    **{f"encodings/{kind}.txt": data for kind, data in texts.ENCODINGS.items()},
    **{f"texts/{kind}.txt": _bytes(text) for kind, text in texts.TEXTS.items()},
    **{f"pages/{kind}.html": _bytes(page) for kind, page in texts.PAGES.items()},
    **{f"names/{name}": data for name, data in texts.NAMES.items()},
    **{f"{suffix}/{kind}.{suffix}": _bytes(data)
       for suffix, kinds in _SUFFIXES.items() for kind, (data, _) in kinds.items()},
    **{name: _bytes(data) for name, data in containers.FILES.items()},
    **{f"hostile/{name.rpartition('/')[2]}": _bytes(data) for name, data in HOSTILE.items()},
}  # fmt: skip
ROWS = {
    f"{suffix}/{kind}.{suffix}": rows
    for suffix, kinds in _SUFFIXES.items()
    for kind, (_, rows) in kinds.items()
    if rows is not None
}


@dataclass
class Made:
    """What became of one file."""

    articles: pd.DataFrame
    problems: pd.DataFrame
    seconds: float


def _made(folder: Path) -> Made:
    before = time.monotonic()
    try:
        articles, problems = read(folder)
    except CorpusError as error:
        articles, problems = schema.make("articles"), error.problems
    return Made(articles, problems, time.monotonic() - before)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """What became of each file, read alone in its folder."""
    root = tmp_path_factory.mktemp("hostile")
    found = {}
    for number, (name, data) in enumerate(FILES.items()):
        folder = root / str(number)
        folder.mkdir()
        (folder / name.partition("/")[2]).write_bytes(data)
        found[name] = _made(folder)
    return found


def _rows_told(problems: pd.DataFrame) -> int:
    """The rows that were left out, as the problems count them."""
    told = 0
    for row in problems.itertuples():
        if several := _ROWS.search(row.problem):
            told += int(several[1].replace(",", "")) * row.action.startswith("left out")
        elif re.search(r", (?:row|line|article) \d+$", row.file):
            told += row.action.startswith("left out")
    return told


def test_there_are_many_kinds() -> None:
    assert len(FILES) >= 250
    assert sum(map(len, FILES.values())) < 50_000_000, "made, and not kept"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_an_article_or_a_row_that_says_why_not(name: str, made: dict[str, Made]) -> None:
    found = made[name]
    assert found.seconds < LIMIT
    assert len(found.articles) or len(found.problems)
    schema.check_table("articles", found.articles)
    schema.check_table("problems", found.problems)
    assert found.articles["doc_id"].is_unique
    assert found.articles["text"].str.contains(r"\w").all(), "a text of nothing is no article"
    for row in found.problems.itertuples():
        assert row.problem
        assert row.action
        assert row.file.isprintable()
        assert "/tmp" not in row.problem + row.action, "no path of the machine"


@pytest.mark.parametrize("name", ROWS)
def test_rows_in_are_articles_and_rows_left_out(name: str, made: dict[str, Made]) -> None:
    found = made[name]
    if found.articles.empty:
        assert len(found.problems), "a table without an article says so"
        return
    assert len(found.articles) + _rows_told(found.problems) == ROWS[name]


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are another thing there")
def test_what_is_no_file_is_told_and_never_opened(tmp_path: Path) -> None:
    folder, outside = tmp_path / "story", tmp_path / "outside.txt"
    folder.mkdir()
    outside.write_text(texts.TEXT, encoding="utf-8")
    (folder / "a.txt").write_text(texts.TEXT, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket must be short
    server.bind("socket.txt")
    os.chdir(here)
    (folder / "out.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to(folder / "x")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    found = _made(folder)
    server.close()
    assert sorted(found.articles["file"]) == ["a.txt", "inside.txt"]
    assert sorted(found.problems["file"]) == [
        "device.txt", "loop.txt", "nowhere.txt", "out.txt", "pipe.txt", "socket.txt", "up"
    ]  # fmt: skip


@pytest.mark.slow
def test_what_was_read_of_all_kinds_goes_through_every_table(made: dict[str, Made]) -> None:
    small = [one.articles[one.articles["n_words"] < 3_000] for one in made.values()]
    rows = pd.concat(small).drop_duplicates("text", ignore_index=True)
    story = Story.from_texts(*rows["text"], outlets=[f"Outlet {i % 3}" for i in rows.index])
    for name in saved_tables():
        schema.check_table(name, getattr(story, name), articles=story.articles)
