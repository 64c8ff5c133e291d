"""What is kept between runs: the same with and without, damaged, read-only, or nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from helpers import cache
from helpers.__main__ import cli

KEYS = [cache.key("a sentence", 0, 1), cache.key("a sentence", 0, 2)]
ROWS = np.array([[0.25, 0.75], [1.0, 0.0]], np.float32)


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(cache.FOLDER, str(folder))
    return folder


def test_what_is_kept_is_found_again_to_the_bit(at: Path) -> None:
    cache.Store("one", 2).add(KEYS, ROWS)
    again = cache.Store("one", 2).get([*KEYS, cache.key("another", 0, 1)])
    assert again[:2].tobytes() == ROWS.tobytes()
    assert np.isnan(again[2]).all()
    assert np.isnan(cache.Store("other", 2).get(KEYS)).all(), "of another model"


def test_many_keys_are_asked_for_at_once(at: Path) -> None:
    keys = [cache.key("s", i) for i in range(1234)]
    rows = np.arange(1234, dtype=np.float32)[:, None]
    cache.Store("many", 1).add(keys, rows)
    assert (cache.Store("many", 1).get(keys[::-1]) == rows[::-1]).all()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to look like one" * 99,
                                     b"SQLite format 3\0" + bytes(5000)])  # fmt: skip
def test_a_damaged_store_is_begun_anew_with_a_note(
    at: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    at.mkdir()
    store = cache.Store("one", 2)
    (at / "one.scores").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert np.isnan(store.get(KEYS)).all()
    assert "one.scores was damaged" in caplog.text
    store.add(KEYS, ROWS)
    assert (cache.Store("one", 2).get(KEYS) == ROWS).all()


def test_a_row_of_another_width_is_not_used(at: Path) -> None:
    cache.Store("one", 1).add(KEYS, ROWS[:, :1])
    assert np.isnan(cache.Store("one", 2).get(KEYS)).all()


@pytest.mark.parametrize("place", ["", "file/below"])
def test_without_a_folder_to_write_to_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(cache.FOLDER, place and str(tmp_path / place))
    store = cache.Store("one", 2)
    store.add(KEYS, ROWS)
    assert np.isnan(store.get(KEYS)).all()
    assert cache.files() == []


def test_the_command_tells_the_size_and_clears(at: Path) -> None:
    cache.Store("one", 1).add([cache.key(i) for i in range(9000)], np.ones((9000, 1), np.float32))
    told = CliRunner().invoke(cli, ["cache"]).output
    assert told.startswith(f"{at}: 0.")
    assert "0.0" not in told
    assert "removed" in CliRunner().invoke(cli, ["cache", "--clear"]).output
    assert cache.files() == []
    assert CliRunner().invoke(cli, ["cache"]).output == f"{at}: 0.0 MB\n"
