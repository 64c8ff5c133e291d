"""`report` from end to end: the shipped story twice, and corpora that can hardly be compared."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from helpers import pipeline
from helpers.paths import STORIES
from helpers.story import saved_tables

SAVED = saved_tables()

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
PAIR = "Talks collapse\n\nAnn Orr accused Mr. Hale of lying. “He lied,” she told reporters.\n"
HOSTILE = (
    "</script><script>alert(1)</script>\n\n<img src=x onerror=alert(2)> said “<b>no</b>” to Ann "
    "Orr. [x](javascript:alert(3)) {{7*7}} $$\\LaTeX$$ =HYPERLINK(1) “Never,” said Orr.\n"
)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.mark.slow
def test_the_shipped_story_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """From two folders, with two hash seeds and two locales; no output names either folder."""
    places = [tmp_path / "one", tmp_path / "a second place"]
    copied = tmp_path / "elsewhere" / "us-iran-2019"
    shutil.copytree(STORIES / copied.name, copied)
    running = []
    for place, seed, locale, path in zip(
        places, ("0", "7"), ("C", "en_US.UTF-8"), ([], [str(copied)]), strict=True
    ):
        place.mkdir()
        running.append(
            subprocess.Popen(
                [sys.executable, "-P", "-m", "helpers", "report", *path, "--output", "out"],
                cwd=place,
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tehran", "LC_ALL": locale},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    for place, process in zip(places, running, strict=True):
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        assert out.strip() == str(place / "out" / "briefing.html")
    first, second = (files(place / "out") for place in places)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert {f"tables/{n}.{k}" for n in SAVED for k in ("csv", "parquet")} <= first.keys()
    assert len(first["briefing.html"]) + len(first["method.html"]) < 2_000_000
    assert str(tmp_path).encode() not in b"".join(first.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    "corpus",
    [
        pytest.param({"<b>Kite</b>/=1+1.txt": HOSTILE, "Wren/b.txt": HOSTILE + PAIR}, id="hostile"),
    ],
)
def test_every_notebook_says_something_of_a_small_corpus(
    make_story: MakeStory, tmp_path: Path, corpus: Mapping[str, str]
) -> None:
    briefing = Path(pipeline.write_report(str(make_story(corpus)), str(tmp_path / "out")))
    page = briefing.read_text("utf-8") + briefing.with_name("method.html").read_text("utf-8")
    assert "onerror=alert" not in re.sub(r"&lt;img src=x onerror=alert|\\u003cimg[^\"]*", "", page)
    assert "<script>alert" not in page
    for file in sorted((tmp_path / "out" / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                assert output.get("name") != "stderr", (file.name, cell["id"], output)
