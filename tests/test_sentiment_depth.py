"""Which model reads sentiment, and that what it read is the same when it is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import cache
from helpers.lenses.sentiment import deep
from helpers.lenses.sentiment.encoder import Reading
from helpers.models import chosen, reading_depth
from helpers.settings import read_settings
from helpers.story import Story

DEPTH = "helpers.models.depth"
SHORT, LONG = 1_000, 10_000_000


class Toy:
    """An encoder that tells by the sentence alone, and counts what it was asked."""

    threshold = 0.5

    def __init__(self) -> None:
        self.asked = 0

    def read(self, sentences, targets):
        self.asked += len(targets)
        rows = []
        for row, start, end in targets:
            bad = "lied" in sentences[row][:4000]
            rows.append([0.8, 0.15, 0.05] if bad else [0.1, 0.8, 0.1])
            assert (start, end) == (int(start), int(end))
        found = np.array(rows, np.float32).reshape(-1, 3)
        return Reading(found, found[:, ::-1])


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "kept"))
    monkeypatch.delenv("PARALLAX_SENTIMENT", raising=False)
    file = tmp_path / "encoder.npz"
    file.write_bytes(b"weights")
    monkeypatch.setattr(f"{DEPTH}.WEIGHTS", file)
    return file


@pytest.mark.parametrize(
    ("asked", "words", "there", "name", "told"),
    [
        ("auto", SHORT, True, "encoder", ""),
        ("auto", LONG, True, "linear", "about 139 minutes"),
        ("encoder", LONG, True, "encoder", ""),
        ("linear", SHORT, True, "linear", ""),
        ("auto", SHORT, False, "linear", ""),
        ("encoder", SHORT, False, "linear", "its weights are missing"),
    ],
)
def test_the_depth_goes_by_words_and_weights(
    weights: Path, asked: str, words: int, there: bool, name: str, told: str
) -> None:
    if not there:
        weights.unlink()
    found = reading_depth(asked, words)
    assert found.name == name
    assert told in found.problem
    assert bool(found.problem) == bool(told) == bool(found.action)


def test_the_command_line_goes_before_the_story(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLAX_SENTIMENT", "linear")
    assert reading_depth("encoder", SHORT).name == "linear"


def test_story_toml_chooses_and_a_wrong_word_is_told() -> None:
    assert read_settings('sentiment = "Linear"')[0].sentiment == "linear"
    settings, problems = read_settings('sentiment = "deep"')
    assert settings.sentiment == "auto"
    assert problems[0].problem == "sentiment is 'deep', not auto, encoder, linear"


def test_a_model_that_is_not_ours_goes_before_the_encoder(weights: Path) -> None:
    models = chosen({}, reading_depth("encoder", SHORT))
    assert isinstance(models.target_sentiment, deep.EncoderTargets)
    assert models.sentiment == "encoder"
    assert chosen({}).target_sentiment is None
    missing = chosen({}, reading_depth("auto", LONG))
    assert [row["file"] for row in missing.notes()] == ["sentiment"]


@pytest.mark.parametrize("kept", [True, False])
def test_readings_are_the_same_kept_or_not(
    weights: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    if not kept:
        monkeypatch.setenv(cache.FOLDER, "")
    texts = ["Orr lied to us.", "Orr left.", "Orr lied to us.", "x" * 2500, "中文 句子", "Orr"]
    table = pd.DataFrame({"text": texts, "start": [0, 0, 0, 2400, 1, 0],
                          "end": [3, 3, 3, 2500, 1, 3]})  # fmt: skip
    toy = Toy()
    first = deep.EncoderTargets(toy).readings(table)
    assert toy.asked == 5, "equal targets are read once"
    again = deep.EncoderTargets(toy).readings(table[::-1])[::-1]
    assert toy.asked == (5 if kept else 10)
    assert again.tobytes() == first.tobytes()
    assert np.isfinite(first).all()
    assert deep.EncoderTargets(toy).readings(table[:0]).shape == (0, 6)


def test_the_table_says_which_model_read(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights.unlink()
    assert set(Story.from_texts("Ada Orr lied.").target_sentiment["model"]) == {"linear"}
    story = Story.from_texts("Ada Orr lied.")
    story.made["models"] = chosen({}, reading_depth("linear", SHORT))
    object.__setattr__(story.made["models"], "target_sentiment", deep.EncoderTargets(Toy()))
    table = story.target_sentiment
    assert set(table["model"]) == {"encoder"}
    assert table["negative"].round(2).tolist() == [0.8]
