"""Broken and hostile corpora from file to tables: nothing crashes, nothing runs, all is told."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import schema, segment
from helpers.pipeline import write_tables
from helpers.story import Story, saved_tables

SAVED = saved_tables()

MakeStory = Callable[[Mapping[str, str | bytes]], Path]

SPEECH = 'Ann Orr, the foreign minister, said “no” on Monday. Mr. Hale agreed: "Never."\n'
HOSTILE: dict[str, str | bytes] = {
    "=cmd|' /C calc'!A1/@SUM(1).txt": '=HYPERLINK("http://x")\n\n-2+3 said Orr. ' + SPEECH,
    "script/<img src=x onerror=alert(1)>.txt": "<script>alert(1)</script>\n\n" + SPEECH,
    "marks.txt": "”“ '' \"\" ‘’ «» „“ “ " * 50 + SPEECH,
    "unclosed.txt": "Talks\n\n“" + SPEECH * 20,
    "one-line.txt": ("word " * 20_000) + SPEECH,
    "no-spaces.txt": "x" * 100_000 + ". " + SPEECH,
    "stops.txt": "." * 5_000 + " " + "!?" * 2_000 + SPEECH,
    "brackets.txt": "(" * 5_000 + "“" * 2_000 + SPEECH,
    "capitals.txt": "MR. HALE " * 3_000,
    "names.txt": " ".join(f"Ann Orr{i}" for i in range(2_000)),
    "breaks.txt": "\n" * 10_000 + "Talks\r\rEnd\u2028New\u2029Last\x0bx\x0cy\x85z" + SPEECH,
    "zero-width.txt": "Ann\u200b Orr\u202e\u2066 said \ufeff“n\u00ado”. " + SPEECH,
    "combining.txt": "e\u0301" * 2_000 + " 👩‍👩‍👧‍👦 " * 100 + SPEECH,
    "arabic.txt": "قال الوزير إن المحادثات فشلت. " * 50,
    "chinese.txt": "外交部长说会谈失败了。" * 200,
    "digits.txt": "1.2.3.4 1,000.5 $5bn 50% 3:30 " * 500,
    "only-marks.txt": "??? … — –\n",
    "template.txt": "{{7*7}} {% raw %} ${x} %s %(x)s $\\LaTeX$ `rm -rf` <!--\n\n" + SPEECH,
    "bom.txt": b"\xef\xbb\xbf\xef\xbb\xbf" + SPEECH.encode(),
    "cp1252.txt": SPEECH.encode("cp1252"),
    "utf16.txt": SPEECH.encode("utf-16"),
    "bomb.md": "---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\ndate: !!python/object:os\n---\n"
    + SPEECH,
    "binary.txt": bytes(range(256)) * 10,
    "empty.txt": b"",
}


def test_no_cell_of_a_csv_starts_a_formula(make_story: MakeStory, tmp_path: Path) -> None:
    folder = make_story(
        {**HOSTILE, "articles.csv": "file,outlet,=evil()\nmarks.txt,@SUM(1),+1+cmd\n"}
    )
    write_tables(str(folder), str(tmp_path / "out"), formats=["csv"])
    for name in SAVED:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                    assert not formula or is_number(cell), (name, cell[:50])


def is_number(cell: str) -> bool:
    try:
        float(cell.rstrip("%"))
    except ValueError:
        return False
    return True


PIECES = (
    "“", "”", '"', "'", "‘", "’", " said ", " Ann Orr ", " Mr. ", ".", "\n\n", "\r", " the ",
    "U.S.", ", ", "--", "he ", "…", "\xa0", "\u200b", "# ", "---\n", "Iran", " according to ",
    "The minister", "''", "(", ")", " that ", " told ", ": ", " not ", "!",
)  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join)


# Many texts an example: a story has a price of its own, however short its articles are.
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXT, min_size=20, max_size=30))
def test_any_texts_give_valid_tables(texts: list[str]) -> None:
    stored = [text.encode("utf-8", "replace").decode() for text in texts]
    story = Story.from_texts(*stored, outlets=["A", "B"] * 15)
    for name in SAVED:
        schema.check_table(name, getattr(story, name), articles=story.articles)


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


CORPUS = {
    f"articles/{day}-{outlet}.md": f"---\noutlet: {outlet}\ndate: 2019-09-{day}\n---\n"
    f"Talks of day {day}\n\nAnn Orr of Norway said on day {day} the talks had {verb}. “We {verb},” "
    f"she told {outlet}. Paul Hale, the president of Iceland, accused the U.S. of lies.\n"
    for day in range(10, 15)
    for outlet, verb in (("Kite", "failed"), ("Wren", "gone well"))
}


@pytest.mark.slow
def test_three_runs_give_the_same_bytes(make_story: MakeStory, tmp_path: Path) -> None:
    """From two folders, with three hash seeds and two locales, in one, two and three processes."""
    folder = make_story(CORPUS)
    copied = tmp_path / "elsewhere" / folder.name
    shutil.copytree(folder, copied)
    places = [tmp_path / "one", tmp_path / "two" / "deeper", tmp_path / "three"]
    running = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers", "tables", path, "--output", place, *workers],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tehran", "LC_ALL": locale},
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
        )
        for place, path, seed, locale, workers in zip(
            places, (folder, copied, folder), ("0", "4711", "31"), ("C", "C.UTF-8", "C"),
            ([], ["--workers", "3"], ["--workers", "2"]), strict=True,
        )
    ]  # fmt: skip
    assert [process.wait(timeout=300) for process in running] == [0, 0, 0]
    found = [digests(place) for place in places]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2 * len(SAVED)


def test_the_order_in_which_a_folder_lists_its_files_does_not_matter(
    make_story: MakeStory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_story(CORPUS)
    before = Story(folder).mentions
    real = os.scandir

    class Backwards:
        def __init__(self, path: Path) -> None:
            self.entries = sorted(real(path), key=lambda e: e.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr("os.scandir", Backwards)
    pd.testing.assert_frame_equal(Story(folder).mentions, before)


def test_another_article_changes_no_id_and_no_offset_of_the_others(make_story: MakeStory) -> None:
    before = Story(make_story(CORPUS)).sentences
    after = Story(make_story({"articles/aa.txt": "Something else.\n\nIt rained."})).sentences
    kept = after[after["doc_id"] != "aa"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, before)


SLOW = {
    "opening marks": "“",
    "closing marks": "a” ",
    "opened twice": "“a “b c” ",
    "marks of all kinds": "a“‘\"'(",
    "single marks": "‘a ’b ",
    "attributions": "“No,” said Orr, ",
    "reports in reports": "he said that ",
    "reporting verbs": "Orr said, ",
    "names": "Ann Orr ",
    "initials": "J. ",
    "titles": "President ",
    "countries": "Norway and ",
    "offices": "the minister of ",
    "clauses": "Orr, who ",
    "blanks": " ",
    "breaks": "A\n",
    "stops": "U.S. ",
    "one word": "x",
    "hyphens": "a-",
    "passives": "was hit by Orr ",
}


@pytest.mark.parametrize("kind", SLOW)
def test_time_grows_with_the_text_and_not_with_its_square(kind: str) -> None:
    """Quadratic searches took minutes for these; now well below a second each."""
    text = "Talks end. " + SLOW[kind] * (15_000 // len(SLOW[kind])) + " She left."
    story = Story.from_texts(text, SPEECH, outlets=["A", "B"])
    before = time.process_time()
    for name in SAVED:
        assert getattr(story, name) is not None
    assert time.process_time() - before < 6


def test_an_endless_sentence_is_cut_at_blanks_and_keeps_every_word() -> None:
    text = "word " * 5_000 + "x" * 5_000
    found = Story.from_texts(text).sentences
    assert found["text"].str.len().max() <= segment.LONGEST_SENTENCE
    assert "".join(found["text"].str.cat(sep=" ").split()) == "".join(text.split())
