"""Lenses: the registry is whole, no other room names one, and a stranger's works as ours do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from helpers import Story, lenses, summary
from helpers.lenses.lens import Lens

ROOT = Path(__file__).resolve().parents[1]

# The lens of a stranger: how many words an article has.
WORDS = """
from helpers.briefing import Finding
from helpers.lenses.lens import Lens, LensTable, cell
from helpers.schema import COUNT, TEXT, make, table
TABLE = table("words", "article", {"doc_id": TEXT, "n": COUNT}, ("doc_id",), n="words of its text")
def count(articles):
    return make("words", {"doc_id": articles["doc_id"], "n": articles["text"].str.count(r"\\S+")})
def told(source):
    n = source["words"]["n"]
    return [Finding("words", f"There are {n.sum()} words.", n.sum(), len(n), 0, 0, "", strength=9)]
def compared(story, voice):
    return story.with_outlet(story.words).groupby("outlet")["n"].sum()
def cells(sums):
    return {outlet: cell(f"{n} words") for outlet, n in sums.items()}
LENS = Lens("words", (LensTable(TABLE, "documents", ("articles",), count),), told, ("words",),
            heading="Writes", compared=compared, cells=cells)
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder on the search path in which the lens is installed as a package would be."""
    (tmp_path / "lens_of_words.py").write_text(WORDS, encoding="utf-8")
    info = tmp_path / "lens_of_words-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lens-of-words\nVersion: 1.0\n")
    point = f"[{lenses.GROUP}]\nwords = lens_of_words:LENS\n"
    (info / "entry_points.txt").write_text(point, encoding="utf-8")
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A story of four articles that asks for the lens."""
    story = tmp_path / "story"
    texts = {
        "Harbor Wire": "Talks {0}\n\nAda Orr left Oslo on day {0} of the talks.\n",
        "North Post": "Regret {0}\n\nNobody had expected what the envoy said in Paris {0}.\n",
    }
    for outlet, text in texts.items():
        for number in (1, 2):
            file = story / "articles" / outlet / f"{number}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.format(number), encoding="utf-8")
    (story / "story.toml").write_text('title = "Talks"\nlenses = ["words"]\n', encoding="utf-8")
    return story


def run(elsewhere: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(elsewhere), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-P", "-m", "helpers", *arguments],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
    )  # fmt: skip


def test_every_table_of_our_lenses_is_an_attribute_of_a_story() -> None:
    tables = {made.name for lens in lenses.load() for made in lens.tables if made.saved}
    attributes = vars(lenses.LensTables).items()
    assert {n for n, value in attributes if isinstance(value, lenses.LensTable)} == tables
    assert all((getattr(Story, name).__doc__ or "").startswith("One row per ") for name in tables)


def test_the_names_of_the_registry_are_those_of_the_records() -> None:
    assert tuple(lens.name for lens in lenses.load()) == lenses.NAMES


def test_what_a_lens_needs_is_there() -> None:
    story = Story.from_texts("Ada Orr left.")
    for lens in lenses.load():
        for made in lens.tables:
            needs = {*made.needs, *(made.counted.needs if made.counted else ())}
            assert all(n == "notes" or hasattr(story, n) for n in needs), lens.name
        wanted = {*lens.found_in, *lens.looks_in} - {"tokens", "sentences"}
        assert wanted <= story.lens_tables.keys(), lens.name


@pytest.mark.parametrize(
    "room", ["story", "partitions", "scale", "briefing", "summary", "output", "findings/told"]
)
def test_no_other_room_names_a_lens_or_its_tables(room: str) -> None:
    names = {*lenses.NAMES} | {made.name for lens in lenses.load() for made in lens.tables}
    tree = ast.parse((ROOT / "helpers" / f"{room}.py").read_text("utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    said |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    said |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg | ast.keyword)}
    said |= {
        part
        for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        for part in f"{node.module}.{node.names[0].name}".split(".")
    }  # fmt: skip
    assert not names & said


def test_a_lens_from_outside_has_its_table_finding_and_cell(
    elsewhere: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(elsewhere))
    story = Story(folder)
    assert story.words["n"].sum() == 48
    assert "words" in story.saved
    assert "words" in dir(story)
    assert story.findings["statement"].iloc[0] == "There are 48 words."
    cells = summary.of_story(story)
    table = summary.summary_table(cells, story.originals, every=story.lenses)
    assert table["Writes"].tolist() == ["24 words", "24 words"]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_lens_from_outside_is_written_by_any_number_of_workers(
    elsewhere: Path, folder: Path, workers: int, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made = run(elsewhere, "tables", str(folder), "--output", str(out), "--workers", str(workers))
    assert made.returncode == 0, made.stderr
    assert pd.read_csv(out / "words.csv")["n"].tolist() == [12] * 4
    assert "There are 48 words." in (out / "findings.csv").read_text("utf-8")


def test_installation_alone_changes_nothing(
    elsewhere: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(elsewhere))
    (folder / "story.toml").write_text('title = "Talks"\n', encoding="utf-8")
    assert "words" not in Story(folder).saved


def test_a_lens_that_is_not_installed_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    made = run(tmp_path / "nothing", "tables", str(folder), "--output", str(tmp_path / "out"))
    assert made.returncode == 2
    assert "the lens 'words' is not installed" in made.stderr
    assert "take it out of story.toml" in made.stderr
    assert "Traceback" not in made.stderr
    assert not (tmp_path / "out").exists()


def test_a_lens_can_be_given_in_python() -> None:
    space: dict[str, Lens] = {}
    exec(WORDS, space)
    story = Story.from_articles(Story.from_texts("One two.").articles, lenses=[space["LENS"]])
    assert story.words["n"].tolist() == [2]
    with pytest.raises(AttributeError, match="a story has no table 'nothing'; it has articles"):
        _ = story.nothing


def test_a_lens_that_other_processes_cannot_load_is_told(tmp_path: Path) -> None:
    from helpers import partitions

    space: dict[str, Lens] = {}
    exec(WORDS, space)
    articles = Story.from_texts("One two.", "Three.").articles
    story = Story.from_articles(articles, lenses=[space["LENS"]])
    with pytest.raises(lenses.LensError, match="cannot be sent to other processes"):
        partitions.in_partitions(story, tmp_path, workers=2)
