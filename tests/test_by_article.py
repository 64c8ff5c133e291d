"""What was read of an article is read no more, and no table tells the difference."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from helpers import by_article, cache, partitions, segment
from helpers.kept_tables import KeptTables, frame_of
from helpers.models import depth
from helpers.spread import Material
from helpers.spread.judging import judgements
from helpers.story import Story

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
SIGNED = "\n\nSign up for the harbour letter, sent each Friday.\n"
TEXTS = (
    "Ferry sinks\n\nAda Orr, the Norwegian minister, blamed the harbour. “It was old,” Orr said. "
    "The administration called the union reckless.",
    "Who is to blame\n\nBen Orr, a diver, said that the ferry had been safe. Orr attacked the "
    "minister." + SIGNED,
    "Orr resigns\n\nMinister Orr resigned on Monday. Norway regrets it. “A disgrace,” the union "
    "said." + SIGNED,
    "After Orr\n\nThe Harbour Union (HU) accused the Keller administration of lies. The HU won."
    + SIGNED,
    "Keller speaks\n\nPresident Anna Keller of Norway told reporters: “We failed.” The president "
    "praised the divers.",
    "",
)  # fmt: skip
NAMES = ("Kite/a.txt", "Kite/b.txt", "Kite/c.txt", "Wren/d.txt", "Wren/e.txt")
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("list"), st.just(""), st.integers(0, 1)),
)


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache.FOLDER, str(folder))
    monkeypatch.setattr(by_article, "LEAST", 1)
    return folder


def tables(folder: Path, *, kept: str) -> dict[str, pd.DataFrame]:
    """The tables of documents, with what is kept in a folder, or with nothing.

    All others are made of these.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.FOLDER, kept)
        story = Story(folder)
        made = [name for name in story.lens_tables if not story.is_of_outlets(name)]
        names = ("articles", "sentences", "set_aside", "tokens", *made)
        found = {name: getattr(story, name) for name in names}
        return found | {
            "judgements": pd.DataFrame(judgements(Material(story))),
        }


def assert_same(story: Path, kept: Path) -> None:
    anew = tables(story, kept="")
    for name, table in tables(story, kept=str(kept)).items():
        pd.testing.assert_frame_equal(table, anew[name], check_exact=True, obj=name)


def change(articles: Path, what: str, name: str, value: Any) -> None:
    file = articles / name
    file.parent.mkdir(exist_ok=True)
    if what == "write":
        file.write_text(TEXTS[value])
    elif what == "move" and file.exists():
        (articles / value).parent.mkdir(exist_ok=True)
        file.rename(articles / value)
    elif what == "remove":
        file.unlink(missing_ok=True)
    elif what == "list":
        listed = "actor,alias,kind\nThe Orrs,Orr,person\n" if value else "actor,alias,kind\n"
        (articles.parent / "actors.csv").write_text(listed)


@tried(max_examples=3, deadline=None)
@given(steps=st.lists(STEP, min_size=2, max_size=3))
def test_after_any_changes_the_tables_are_those_of_a_run_that_keeps_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, Any]]
) -> None:
    story = tmp_path_factory.mktemp("story")
    articles = story / "articles"
    for i, name in enumerate(NAMES[:4]):
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        change(articles, "write", name, i)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_article, "LEAST", 1)
        tables(story, kept=str(story / "kept"))
        for step in steps:
            change(articles, *step)
            assert_same(story, story / "kept")
    shutil.rmtree(story)


@pytest.fixture
def story(make_story: MakeStory) -> Path:
    files = zip(NAMES, TEXTS, strict=False)
    return make_story({f"articles/{name}": text for name, text in files})


def test_only_what_is_new_is_read(
    story: Path, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    made = segment.tokens

    def noted(articles: pd.DataFrame, *others: Any, **more: Any) -> pd.DataFrame:
        read.append(len(articles))
        return made(articles, *others, **more)

    monkeypatch.setattr(segment, "tokens", noted)
    # The note on a depth that could not be had counts the words of all articles: it reads nothing.
    monkeypatch.delenv(depth.ASKED)
    monkeypatch.setattr(depth, "MOST_SECONDS", 0)
    for text in (None, None, TEXTS[2].replace("Monday", "Friday, after the ferry sank")):
        if text is not None:
            (story / "articles" / "Wren" / "f.txt").write_text(text)
        _ = Story(story).tokens
    assert read == [5, 1]


def test_articles_keep_the_order_in_which_a_table_lists_them(
    make_story: MakeStory, at: Path
) -> None:
    rows = [json.dumps({"id": str(11 - i), "outlet": "Kite", "text": t})
            for i, t in enumerate(TEXTS) if t]  # fmt: skip
    story = make_story({"a.jsonl": "\n".join(rows)}) / "a.jsonl"
    for _ in ("read", "kept"):
        assert_same(story, at)


@pytest.mark.slow
def test_what_several_processes_read_is_kept_as_if_it_had_been_read_here(
    story: Path, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "AHEAD", 2)
    monkeypatch.setattr(partitions, "LEAST", 2)
    partitions.read_ahead(Story(story), at / "pieces", workers=2)
    assert len(list((at / "pieces" / "ahead").iterdir())) == 3
    assert Story(story).unread() == []
    with monkeypatch.context() as patch:
        patch.setattr(segment, "cut", None)
        patch.setattr(segment, "tokens", None)
        patch.setattr("helpers.lenses.actors.mentions.find_in_articles", None)
        told = Story(story)
        patch.setattr(told, "_some", None)
        for made in told.lens_tables.values():  # none is made anew
            if made.of == "documents" and made.saved:
                assert told._kept_of_actors is not None
                assert told._kept_of_actors.missing(made.name) == []
                _ = told.table(made.name)
    assert_same(story, at)


@pytest.mark.parametrize("damage", ["header", "batch", "rows"])
def test_a_damaged_file_changes_nothing(
    story: Path, at: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    tables(story, kept=str(at))
    (file,) = at.glob("*.tables")
    if damage == "header":
        file.write_bytes(b"no database" * 999)
    else:
        import sqlite3

        with sqlite3.connect(file) as kept:
            wrong = {"batch": "UPDATE batches SET data = zeroblob(length(data))",
                     "rows": "UPDATE rows SET first = first + 1"}  # fmt: skip
            kept.execute(wrong[damage])
        kept.close()
    with caplog.at_level(logging.WARNING):
        assert_same(story, at)
    assert ("damaged" in caplog.text) == (damage == "header")


def test_rows_come_back_as_they_were_put_in(at: Path) -> None:
    keys = [cache.key(i) for i in range(3)]
    table = pa.table({"a": [1, 2, 3], "b": ["x", None, "z"]})
    store = KeptTables("one")
    store.add(keys, table, [2, 0, 1])
    found = KeptTables("one").get([keys[2], cache.key("other"), keys[0], keys[1]])
    assert [None if piece is None else piece.to_pylist() for piece in found] == [
        [{"a": 3, "b": "z"}], None, [{"a": 1, "b": "x"}, {"a": 2, "b": None}], [],
    ]  # fmt: skip


def test_rows_out_of_their_articles_order_are_refused(at: Path) -> None:
    kept = by_article.ByArticle("ab", [cache.key("a"), cache.key("b")], KeptTables("one"))
    with pytest.raises(ValueError, match="order"):
        kept.table("t", lambda docs: pd.DataFrame({"doc_id": ["b", "a"]}))


@given(
    st.lists(
        st.tuples(st.sampled_from(["kite", "wren", "", "ü"]), st.none() | st.text(max_size=2)),
        max_size=12,
    )
)
def test_a_text_that_repeats_is_one_object_and_the_frame_the_same(
    rows: list[tuple[str, str | None]],
) -> None:
    table = pa.table({
        "n": list(range(len(rows))),
        "outlet": pa.array([r[0] for r in rows], pa.large_string()),
        "title": pa.array([r[1] for r in rows], pa.string()),
    })  # fmt: skip
    with pd.option_context("mode.string_storage", "python"):
        found = frame_of(table)
        assert_frame_equal(found, table.to_pandas())
    if len(rows) >= 8:  # there are four names
        assert len({id(text) for text in found["outlet"]}) == found["outlet"].nunique()
