"""Two real articles without metadata: the first real input must give a briefing to trust."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from helpers import Story

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "seeds"
DIGEST = "004_87009a5e6f8c08e5"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not at hand")

# The surname of the speaker, and the first words between the marks: the digest's quotations.
QUOTATIONS = [
    ("Rouhani", "First, the [JCPOA]"),
    ("Rouhani", "We want America"),
    ("Rouhani", "toxic atmosphere"),
    ("Trump", "Iran wanted me"),
    ("Zarif", "the United States started"),
    ("Zarif", "So there is"),
    ("Jalali", "America has started"),
    ("Jalali", "decisively will resort"),
    ("Jalali", "strategic mistake"),
    ("Salman", "If the world"),
    ("Salman", "Oil supplies will"),
    ("Salman", "The political and"),
]


@cache
def story() -> Story:
    return Story(SEEDS)


@pytest.mark.parametrize(("speaker", "words"), QUOTATIONS)
def test_each_quotation_of_the_digest_is_found_with_its_speaker(speaker: str, words: str) -> None:
    rows = story().quotes
    found = rows[(rows["doc_id"] == DIGEST) & rows["text"].str.contains(words, regex=False)]
    assert found["kind"].isin(["direct", "mixed"]).all()
    assert [str(a).rsplit(" ", 1)[-1] for a in found["actor"]] == [speaker]


def test_quoted_words_stand_in_the_quoted_voice_of_their_speaker() -> None:
    rows = story().mentions
    digest = rows[rows["doc_id"] == DIGEST]
    text = story().articles.set_index("doc_id")["text"][DIGEST]
    at = text.index("America has started")
    row = digest[digest["start"] == at].iloc[0]
    assert (row["voice"], str(row["speaker"]).rsplit(" ", 1)[-1]) == ("quoted", "Jalali")


def test_headings_and_the_authors_note_are_told_from_the_body() -> None:
    rows = story().sentences
    digest = rows[rows["doc_id"] == DIGEST]
    assert digest["part"].value_counts().to_dict().get("heading") == 3
    assert digest["part"].iloc[0] == "headline"
    opinion = rows[rows["doc_id"] != DIGEST]
    assert opinion["part"].iloc[-2:].tolist() == ["boilerplate", "boilerplate"]


def test_nothing_is_invented_about_the_outlets_and_nothing_is_tested() -> None:
    assert story().outlets == ["unknown"]
    assert story().articles["published"].isna().all()
    assert story().findings["descriptive"].all()
    assert story().findings["p_value"].isna().all()
