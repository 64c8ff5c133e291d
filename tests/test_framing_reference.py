"""Keyness against a reference corpus: what it finds, and what cannot be a reference."""

import pandas as pd
import pytest

from helpers.comparing.terms import count_terms
from helpers.lenses.keyness.reference import against_reference
from helpers.schema import check_table, make
from helpers.settings import read_settings
from helpers.statistics import ALPHA
from helpers.story import Story

PLAIN = "The council met and talked of roads, schools and taxes in the town hall again."

STRIKE = " The harbour strike went on. Another harbour strike."
FAIR = " The summer fair went on. Another summer fair."  # as long: no other word gets rarer


def corpus(marked, n=12, start=0):
    """Counts of ``n`` articles an outlet; those of ``marked`` speak of a harbour strike."""
    rows, texts = [], {}
    for outlet in ("Post", "Wire"):
        for i in range(start, start + n):
            doc = f"{outlet}-{i}"
            texts[doc] = PLAIN + (STRIKE if outlet in marked else FAIR)
            rows.append((doc, outlet))
    pieces = [
        (doc, 0, at, at + len(word.strip(".,")), word.strip(".,"), "NN")
        for doc, text in texts.items()
        for at, word in zip(_starts(text), text.split(), strict=True)
    ]
    columns = ["doc_id", "sentence_id", "start", "end", "text", "tag"]
    tokens = make("tokens", pd.DataFrame(pieces, columns=columns))
    articles = pd.DataFrame(rows, columns=["doc_id", "outlet"])
    return count_terms(tokens, articles["doc_id"].tolist()), articles


def _starts(text):
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append(at)
        at += len(word)
    return found


def test_words_of_all_outlets_show_against_a_reference_alone():
    counts, articles = corpus({"Post", "Wire"})
    reference, _ = corpus(set(), start=100)
    table = against_reference(counts, articles, reference)
    check_table("reference_keyness", table)
    sure = table[table["significant"]]
    assert set(sure["outlet"]) == {"Post", "Wire"}
    assert {"harbor", "harbor strike"} <= set(sure["term"])
    assert (sure["q_value"] <= ALPHA).all()
    assert not sure["term"].isin(["roads", "town hall"]).any()
    row = table[(table["outlet"] == "Post") & (table["term"] == "harbor strike")].iloc[0]
    assert (row["n_target"], row["n_reference"], row["articles_target"]) == (24, 0, 12)


def test_the_same_texts_in_the_reference_show_nothing_though_they_bear_the_same_names():
    counts, articles = corpus({"Post", "Wire"})
    table = against_reference(counts, articles, counts)
    assert not table["significant"].any()
    assert set(table["n_reference"] - table["n_target"]) == {*table["n_target"]}  # two outlets


def test_a_few_articles_are_described():
    counts, articles = corpus({"Post"}, n=3)
    reference, _ = corpus(set(), start=100)
    table = against_reference(counts, articles, reference)
    assert table["q_value"].isna().all()
    assert not table["significant"].any()


def folder_of(tmp_path, toml):
    for place, words in (("articles", "harbour strike"), ("reference", "town budget")):
        (tmp_path / place).mkdir()
        for i in range(10):
            unlike = " ".join(f"{place}{i}of{k}" for k in range(40))
            text = f"The {words} went on. They spoke of the {words} again. {unlike}."
            outlet = ("Post", "Wire")[i % 2]
            (tmp_path / place / f"{i}.md").write_text(
                f"---\noutlet: {outlet}\npublished: 2021-05-0{i // 2 + 1}\n---\n{text}\n",
                encoding="utf-8",
            )
    (tmp_path / "story.toml").write_text(toml, encoding="utf-8")
    return tmp_path


def test_a_story_is_held_against_its_reference_and_says_so(tmp_path):
    story = Story(folder_of(tmp_path, '[reference]\npath = "reference"'))
    table = story.reference_keyness
    assert "harbor strike" in set(table.loc[table["log_odds"] > 0, "term"])
    assert len(story.articles) == 10
    assert story.problems.query("file == 'story.toml'").empty
    (claim,) = (f for f in story.claims if f.claim_id == "framing-reference")
    assert "“harbor strike" in claim.statement
    assert len(claim.evidence) > 0
    assert {doc for doc, _, _ in claim.evidence} <= set(story.articles["doc_id"])


def test_a_story_without_a_reference_has_an_empty_table(tmp_path):
    story = Story(folder_of(tmp_path, 'title = "T"'))
    assert story.reference is None
    assert story.reference_keyness.empty


@pytest.mark.parametrize(
    ("toml", "problem", "action"),
    [
        ('path = "referenc"', "there is no such folder or file", "write reference if that"),
        ('path = "articles"', "where the story's own articles are", "other articles"),
        ('path = "."', "where the story's own articles are", "other articles"),
        ('path = "empty"', "no article could be read", "other articles"),
        ("", "[reference] names no path", "the default is used"),
        ("path = 3", "reference.path is a whole number (3), not text", "the default is used"),
        ('way = "reference"', "way is no key of [reference]", "left out"),
    ],
)
def test_what_can_be_no_reference_is_told(tmp_path, toml, problem, action):
    folder = folder_of(tmp_path, f"[reference]\n{toml}\n")
    (folder / "empty").mkdir()
    story = Story(folder)
    assert story.reference_keyness.empty
    told = story.problems[story.problems["file"] == "story.toml"]
    assert problem in " ".join(told["problem"])
    assert action in " ".join(told["action"])
    assert read_settings(f"[reference]\n{toml}\n")[0].reference in toml
