"""Actors against 20 real articles marked by hand; only offsets and labels are kept here."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.marked_mentions import b_cubed, scores

GOLD = Path(__file__).parent / "gold"


@pytest.mark.shared
@pytest.mark.slow
def test_twenty_real_articles_without_an_actor_list(shared: Path) -> None:
    from helpers.story import Story

    folder = shared / "corpora" / "us-iran-2019"
    if not folder.is_dir():
        pytest.skip("the corpus us-iran-2019 is not here")
    story = Story(folder)
    gold = pd.read_csv(GOLD / "us-iran-2019-mentions.csv")
    marked = pd.read_csv(GOLD / "us-iran-2019-mentions-docs.csv")
    until = dict(zip(marked["doc_id"], marked["end_offset"], strict=True))
    ours = story.mentions
    ours = ours[ours["doc_id"].isin(until)]
    ours = ours[ours["end"] <= ours["doc_id"].map(until)]
    reached = scores(gold, ours)
    assert reached["names F1"] >= 0.93
    assert reached["B3 F1"] >= 0.97
    assert reached["metonym P"] >= 0.85
    assert reached["demonym P"] >= 0.93


def test_scores_on_a_case_counted_by_hand() -> None:
    gold = pd.DataFrame(
        [("a", 0, 4, "Anna Keller", "name"), ("a", 10, 14, "Oslo Bank", "name"),
         ("a", 20, 22, "Anna Keller", "pronoun"), ("a", 30, 32, "Anna Keller", "pronoun")],
        columns=["doc_id", "start", "end", "actor", "kind"],
    )  # fmt: skip
    ours = pd.DataFrame(
        [("a", 0, 4, "Keller", "name"), ("a", 11, 14, "Oslo Bank", "name"),
         ("a", 20, 22, "Keller", "pronoun"), ("a", 30, 32, None, "pronoun")],
        columns=["doc_id", "start", "end", "actor", "kind"],
    )  # fmt: skip
    reached = scores(gold, ours)
    assert (reached["names P"], reached["names R"]) == (0.5, 0.5)
    assert reached["B3 F1"] == 1.0
    assert (reached["pronoun resolved"], reached["pronoun right"]) == (1, 1)


def test_b_cubed_of_nothing() -> None:
    assert b_cubed([], []) == (0.0, 0.0, 0.0)
