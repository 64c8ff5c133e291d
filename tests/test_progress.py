"""Long work says so in notebooks, and leaves nothing behind."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers import progress
from helpers.made import kept
from helpers.notebook_form import tidy


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What is shown to somebody who waits at a notebook and has no patience."""
    shown: list[tuple[str, Any]] = []

    def display(data: dict[str, str], *, raw: bool, metadata: Any, display_id: bool = False) -> Any:
        assert raw
        shown.append((data["text/plain"], metadata))
        return SimpleNamespace(update=display)

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(progress, "_in_notebook", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    return shown


def story(words: int) -> Any:
    return SimpleNamespace(made={"_corpus": (pd.DataFrame({"n_words": [words]}), None)})


def test_a_step_that_takes_long_is_named_with_those_inside_it(said: list[tuple[str, Any]]) -> None:
    whole = story(600_000)

    def mentions() -> int:
        kept(whole, "tokens", lambda: time.sleep(0.1))
        return 7

    assert kept(whole, "mentions", mentions) == 7
    (first, metadata), (last, _) = said
    assert first == "mentions (tokens): 0 s of about 50 s"
    assert last == ""
    assert metadata == progress.MARK
    assert threading.active_count() == 1 or not progress._steps


def test_a_loop_that_counts_says_how_long_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 110.0, 110.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))  # type: ignore[attr-defined]
    progress.count(0, 40)
    progress.count(10, 40)
    assert progress.line(["sentiment"], 9.0, 0) == "sentiment: 10 of 40, about 30 s more"
    progress.count(40, 40)
    assert progress.line(["sentiment"], 9.0, 0) == "sentiment: 9 s"


def test_a_quick_step_and_one_that_fails_say_nothing_more(said: list[tuple[str, Any]]) -> None:
    assert kept(story(10), "tokens", lambda: 1) == 1
    assert said == []

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept(story(10), "tokens", fails)
    assert said == []
    assert progress._steps == []


def test_executed_notebooks_and_scripts_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_shown", lambda *_: pytest.fail("shown"))
    kept(story(10), "tokens", lambda: 1)
    shell = SimpleNamespace(kernel=1)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    kept(story(10), "tokens", lambda: 1)  # tests set PARALLAX_PROGRESS=0
    monkeypatch.delenv("PARALLAX_PROGRESS")
    assert progress._in_notebook()
    del shell.kernel
    kept(story(10), "tokens", lambda: 1)  # a report has the modules of a kernel loaded, and none


def test_a_saved_notebook_keeps_no_place_of_it() -> None:
    told = {"output_type": "display_data", "data": {"text/plain": ""}, "metadata": progress.MARK}
    other = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}
    notebook = {"metadata": {}, "cells": [
        {"metadata": {}, "outputs": [told, other]}, {"metadata": {}}]}  # fmt: skip
    tidy(notebook)
    assert notebook["cells"][0]["outputs"] == [other]  # type: ignore[index]
