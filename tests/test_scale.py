"""Partitions: the same tables for any size and number of workers; dead workers are replaced."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

from helpers import partitions, schema
from helpers.grammar.document import documents
from helpers.scale import Here, PartitionFailed, ScaleError, run_partitions
from helpers.story import Story, saved_tables

SAVED = saved_tables()

HERE = "test_scale"  # how a worker imports the functions below


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def some(n: int) -> pd.DataFrame:
    return schema.make(
        "articles",
        [
            {"doc_id": f"d{i:03}", "file": f"d{i:03}.txt", "outlet": "Post", "text": f"Talk {i}.",
             "n_words": i, "sha256": f"{i}"}
            for i in range(n)
        ],
    )  # fmt: skip


def words(articles: pd.DataFrame, extra: Any) -> dict[str, pd.DataFrame]:
    """A partition function: the words of every article, noted in a folder."""
    if isinstance(extra, str):
        Path(extra, f"{articles['doc_id'].iloc[0]}.{os.getpid()}").touch()
    table = pd.DataFrame({"doc_id": articles["doc_id"], "n": articles["text"].str.len()})
    return {"words": table}


def dies_once(articles: pd.DataFrame, extra: Any) -> dict[str, pd.DataFrame]:
    """A partition function whose first process is killed, as the system does out of memory."""
    mark = Path(extra, "died")
    if articles["doc_id"].iloc[0] == "d004" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return words(articles, None)


def dies(articles: pd.DataFrame, extra: Any) -> dict[str, pd.DataFrame]:
    """A partition function that is killed every time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def fails(articles: pd.DataFrame, extra: Any) -> dict[str, pd.DataFrame]:
    """A partition function with a bug."""
    raise ValueError("no such thing as a talk")


def goes_on(articles: pd.DataFrame, extra: Any, read: Any) -> dict[str, pd.DataFrame]:
    """A second pass, which tells whether its first one was read from the disk."""
    earlier = pd.read_parquet(read / "words.parquet") if isinstance(read, Path) else read["words"]
    return {"words": earlier.assign(read=isinstance(read, Path), process=os.getpid())}


def whole(function: str, n: int, folder: Path, **options: Any) -> pd.DataFrame:
    parts = run_partitions(f"{HERE}:{function}", some(n), folder, **options)
    return pd.concat([pd.read_parquet(p / "words.parquet") for p in parts], ignore_index=True)


@pytest.mark.parametrize(("size", "workers"), [(3, 1), (4, 2), (100, 2)])
def test_partitions_give_the_same_as_one(tmp_path: Path, size: int, workers: int) -> None:
    found = whole("words", 10, tmp_path, size=size, workers=workers)
    assert_frame_equal(found, words(some(10), None)["words"])


def test_a_killed_worker_is_noticed_and_its_partition_done_again(tmp_path: Path) -> None:
    found = whole("dies_once", 8, tmp_path / "w", size=4, workers=2, shared=str(tmp_path))
    assert (tmp_path / "died").exists()
    assert_frame_equal(found, words(some(8), None)["words"])


@pytest.mark.parametrize(("killed", "read"), [(0, [False] * 3), (1, [True, False, False])])
def test_a_process_that_stays_goes_on_from_what_it_made(
    tmp_path: Path, killed: int, read: list[bool]
) -> None:
    with Here(2, stay=True) as here:
        options: dict[str, Any] = {"size": 3, "elsewhere": here}
        first = run_partitions(f"{HERE}:words", some(9), tmp_path / "first", **options)
        for part in first[:killed]:
            here._staying[part][0].kill()
        found = whole("goes_on", 9, tmp_path / "second", read=first, **options)
        assert found["read"].tolist() == [each for each in read for _ in range(3)]
        assert found["process"].nunique() == 3
    assert_frame_equal(found[["doc_id", "n"]], words(some(9), None)["words"])


def test_the_second_pass_of_a_process_that_stayed_finds_the_grammar_of_the_first() -> None:
    story = Story.from_texts("Ada Orr left. She said so.", "Orr stayed.")
    shared = partitions._shared(story)
    made = partitions.shares_of(story.articles_read, shared)
    shared |= {"joined": {}, "comparable_outlets": []}
    again = partitions._second(story.articles_read.copy(), shared, made)
    assert documents.known(again.articles, again.sentences, again.tokens) is not None


def test_a_worker_that_always_dies_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ScaleError, match=r"died 3 times .*fewer --workers"):
        whole("dies", 2, tmp_path, size=4, workers=1)


def test_a_bug_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(PartitionFailed, match="no such thing as a talk") as caught:
        whole("fails", 2, tmp_path, size=4, workers=1)
    assert "in fails" in str(caught.value)


def test_a_second_run_does_only_what_is_missing(tmp_path: Path) -> None:
    notes, folder = tmp_path / "notes", tmp_path / "work"
    notes.mkdir()

    def made() -> int:
        whole("words", 9, folder, size=3, workers=1, shared=str(notes))
        return len(list(notes.iterdir()))

    assert made() == 3
    assert made() == 3
    (folder / "000001.out" / "key").unlink()  # as if interrupted
    assert made() == 4


def test_a_renamed_outlet_makes_its_partition_anew(tmp_path: Path) -> None:
    notes, folder = tmp_path / "notes", tmp_path / "work"
    notes.mkdir()
    for outlet in ("Post", "Post", "Wire"):
        articles = some(3).assign(outlet=outlet)
        run_partitions(f"{HERE}:words", articles, folder, workers=1, shared=str(notes))
    assert len(list(notes.iterdir())) == 2


def test_other_articles_are_not_taken_for_the_old_ones(tmp_path: Path) -> None:
    whole("words", 4, tmp_path, size=4, workers=1)
    other = some(4).assign(text="Longer text than before.", sha256="x")
    (part,) = run_partitions(f"{HERE}:words", other, tmp_path, size=4, workers=1)
    assert set(pd.read_parquet(part / "words.parquet")["n"]) == {24}


TEXTS = [
    "Envoy leaves\n\nForeign Minister Ann Orr left Norway on Monday. “It is over,” Orr said.\n",
    "Talks end\n\nOrr said the talks with Norway had failed. The minister blamed Paul Hale.\n",
    "Hale replies\n\nMr. Hale called Ann Orr a liar. “She lies,” he told reporters in Oslo.\n",
    "No comment\n\nThe ministry declined to comment. Paul Hale was not seen again.\n",
    "Again\n\n“We go on,” said Ann Orr, the foreign minister. Norway’s prime minister agreed.\n",
]


@pytest.mark.slow
def test_a_story_in_partitions_has_the_same_tables(tmp_path: Path) -> None:
    alone = Story.from_texts(*TEXTS, outlets=["A", "B", "A", "B", "A"])
    # How pandas keeps texts in memory is no part of a table: a story asks for Python's way.
    with pd.option_context("mode.string_storage", "python"):
        parts = partitions.in_partitions(alone, tmp_path, size=3, workers=2)
        for name in filter(parts.in_pieces, alone.saved):
            assert_frame_equal(getattr(parts, name), getattr(alone, name), obj=name)
        assert_frame_equal(parts.articles, alone.articles)
        assert alone.articles["event_found"].all()
        assert len(alone.mentions) > 5
        kept = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "key"]
        assert {p.suffix for p in kept} == {".parquet"}
        for file in kept:  # a pickle runs what it holds, and this folder may come from others
            assert not any(pa.types.is_binary(t) for t in pq.read_schema(file).types), file
        assert_frame_equal(parts.naming, alone.naming)


@pytest.mark.slow
def test_the_shipped_story_in_partitions_has_the_same_tables(tmp_path: Path) -> None:
    alone = Story("us-iran-2019")
    with pd.option_context("mode.string_storage", "python"):
        parts = partitions.in_partitions(Story("us-iran-2019"), tmp_path, size=5, workers=2)
        for name in SAVED:
            assert_frame_equal(getattr(parts, name), getattr(alone, name), obj=name)
