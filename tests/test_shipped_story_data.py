"""The shipped story: what it must hold, and that its hand-marked gold fits the articles."""

from __future__ import annotations

import csv
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from helpers import Story, corpus
from helpers.readers.front_matter import parse

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "data" / "stories" / "us-iran-2019"
GOLD = STORY / "gold"
SHARED = ROOT.parent / "shared" / "corpora"
RUN = 12
"""So many words in a row that stand in a publisher's article would be its sentence, not ours."""

ARTICLES = {
    file.stem: file.read_bytes().decode("utf-8")
    for file in sorted((STORY / "articles").glob("*.md"))
}
DECLARED = {doc_id: parse(text) for doc_id, text in ARTICLES.items()}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spans(name: str, *fields: str) -> Iterator[tuple[str, int, int, str]]:
    """The non-empty spans of a gold table: a prefix such as `cue_` names its columns."""
    for row in rows(GOLD / name):
        for field in fields or ("",):
            if row[f"{field}start"]:
                text = row[field.rstrip("_") or "text"]
                yield row["doc_id"], int(row[f"{field}start"]), int(row[f"{field}end"]), text


def runs(text: str) -> Iterable[tuple[str, ...]]:
    words = [word.lower() for word in re.findall(r"[^\W_]+", text)]
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def test_there_are_enough_articles_of_enough_outlets() -> None:
    outlets = [values["outlet"] for values, _ in DECLARED.values()]
    assert len(ARTICLES) >= 12
    assert len(set(outlets)) >= 5
    assert sorted(map(outlets.count, set(outlets)))[-2] >= 5  # two can be compared
    assert {"report", "analysis", "opinion", "editorial", "digest"} == {
        values["genre"] for values, _ in DECLARED.values()
    }


@pytest.mark.parametrize("doc_id", ARTICLES)
def test_each_article_is_of_the_length_of_an_article(doc_id: str) -> None:
    assert 400 <= len(ARTICLES[doc_id][DECLARED[doc_id][1] :].split()) <= 700


def test_one_article_has_no_date_and_the_others_fall_into_the_days_of_the_story() -> None:
    dates = [values.get("published") for values, _ in DECLARED.values()]
    assert dates.count(None) == 1
    assert all("2019-09-24" <= date <= "2019-10-07" for date in dates if date)


def test_the_articles_are_written_as_differently_as_real_ones() -> None:
    bodies = [ARTICLES[doc_id][start:] for doc_id, (_, start) in DECLARED.items()]
    whole = "\n".join(bodies)
    curly = [("“" in body) for body in bodies]
    assert any(curly)
    assert not all(curly)
    assert any("‘" in body and "“" not in body for body in bodies)  # single marks outside
    for sign in ("\u00a0", "U.S.", "Mr. ", "a.m.", " ...", "…", "\n## ", " is a contributor to "):
        assert sign in whole, sign
    paragraphs = whole.split("\n\n")
    assert any(  # a quotation that goes on in the next paragraph, where its mark is opened again
        paragraph.count('"') % 2 and following.startswith('"')
        for paragraph, following in itertools.pairwise(paragraphs)
    )


def test_a_wire_story_returns_cut_in_another_outlet() -> None:
    articles, problems = corpus.read(STORY)
    assert problems.empty
    assert Story(STORY).notes.empty, "what is said of the story's own sheets"
    again = articles.dropna(subset="duplicate_of")
    assert len(again) == 1
    copied = articles.set_index("doc_id").loc[again["duplicate_of"].iloc[0]]
    assert copied["outlet"] != again["outlet"].iloc[0]
    assert copied["title"] != again["title"].iloc[0]
    assert copied["n_words"] > again["n_words"].iloc[0]


def test_the_settings_name_the_outlets_of_the_articles() -> None:
    settings = tomllib.loads((STORY / "story.toml").read_text(encoding="utf-8"))
    assert settings.keys() >= {"title", "question", "outlets", "language"}
    assert set(settings["outlets"]) == {values["outlet"] for values, _ in DECLARED.values()}


def test_the_lists_of_actors_and_facts_can_be_read() -> None:
    actors = rows(STORY / "actors.csv")
    assert all(row["actor"] and row["alias"] for row in actors)
    assert {row["kind"] for row in actors} == {"person", "government", "organization"}
    assert len({row["alias"] for row in actors}) == len(actors)
    facts = rows(STORY / "facts.csv")
    assert len({row["fact_id"] for row in facts}) == len(facts) >= 12
    whole = "\n".join(ARTICLES.values()).lower().replace("’", "'")
    for fact in facts:  # each fact is told by someone
        cues = fact["cues"].lower().replace("’", "'").split("|")
        assert fact["statement"]
        assert all(cues)
        assert any(cue in whole for cue in cues), fact["fact_id"]


@pytest.mark.parametrize(
    ("name", "fields"), [("mentions.csv", ("",)), ("quotes.csv", ("", "cue_", "source_"))]
)
def test_gold_offsets_give_the_text(name: str, fields: tuple[str, ...]) -> None:
    for doc_id, start, end, text in spans(name, *fields):
        assert ARTICLES[doc_id][start:end] == text.strip() != "", (doc_id, start, text)
        assert start >= DECLARED[doc_id][1], (doc_id, start, "in the front matter")


def test_gold_mentions_neither_nest_nor_repeat() -> None:
    last = ("", 0)
    for doc_id, start, end, _ in sorted(spans("mentions.csv")):
        assert doc_id != last[0] or start >= last[1], (doc_id, start)
        last = (doc_id, end)


def test_gold_words_are_those_of_the_conventions() -> None:
    mentions, quotes = rows(GOLD / "mentions.csv"), rows(GOLD / "quotes.csv")
    assert {row["doc_id"] for row in mentions} == set(ARTICLES)
    assert {row["doc_id"] for row in quotes} == set(ARTICLES)
    assert {row["kind"] for row in mentions} == {"name", "title", "metonym", "demonym", "pronoun"}
    assert {row["kind"] for row in quotes} == {"direct", "mixed", "indirect"}
    assert {row["anonymous"] for row in quotes} == {"True", "False"}
    assert not any(row["actor"] for row in quotes if row["anonymous"] == "True")
    for row in quotes:
        assert row["quote_id"].startswith(f"{row['doc_id']}#q")
        assert re.search('["“‘]', row["text"]) or row["kind"] != "direct"


def test_one_attribution_has_one_speaker_and_one_cue() -> None:
    seen: dict[str, tuple[str, str, str]] = {}
    for row in rows(GOLD / "quotes.csv"):
        told = (row["actor"], row["cue_start"], row["source_start"])
        assert seen.setdefault(row["quote_id"], told) == told, row["quote_id"]


def test_every_actor_of_the_gold_is_listed() -> None:
    listed = {row["actor"] for row in rows(STORY / "actors.csv")}
    further = {row["actor"] for row in rows(GOLD / "further_actors.csv")}
    used = {row["actor"] for name in ("mentions", "quotes") for row in rows(GOLD / f"{name}.csv")}
    assert used - {""} <= listed | further
    assert not listed & further


def test_no_sentence_is_taken_from_the_corpora() -> None:
    if not SHARED.is_dir():
        pytest.skip("the corpora of publishers' articles are not beside this checkout")
    theirs = {
        run
        for file in sorted(SHARED.rglob("*.txt"))
        for run in runs(file.read_text(encoding="utf-8", errors="replace"))
    }
    for doc_id, text in ARTICLES.items():
        assert not [run for run in runs(text) if run in theirs], doc_id
