"""The counting tables and the draft of the actor list, on a corpus to be counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.lenses import actors
from helpers.schema import make
from helpers.segment import sentences as split
from helpers.segment import tokens as tokenise

TEXTS = {
    "north/a": "President Anna Keller met Peter Brandt. Brandt smiled. Then Norway agreed.",
    "north/b": "Anna Keller spoke in Oslo. She praised Norway.",
    "south/c": "Peter Brandt refused. Lisbon denied it, and Mr. Brandt left.",
}


@pytest.fixture(scope="module")
def corpus() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = make(
        "articles",
        [
            {"doc_id": d, "outlet": d.split("/")[0], "text": t, "n_words": len(t.split()),
             "published": f"2020-03-0{i + 1}"}
            for i, (d, t) in enumerate(TEXTS.items())
        ],
    )  # fmt: skip
    sentences = split(articles)
    found = actors.find_mentions(articles, sentences, tokenise(articles, sentences))
    return articles, sentences, found


def test_frequency_counts_articles_mentions_and_kinds(corpus) -> None:
    articles, sentences, found = corpus
    table = actors.frequency(found, articles, sentences=sentences)
    row = table[(table["actor"] == "Anna Keller") & (table["outlet"] == "north")].iloc[0]
    assert (row["articles"], row["n_articles"], row["share"]) == (2, 2, 1.0)
    assert (row["mentions"], row["name"], row["pronoun"]) == (3, 2, 1)
    assert row["per_1000_words"] == pytest.approx(1000 * 3 / (11 + 8))
    assert pd.isna(row["low"])  # two articles are too few for an interval
    none = table[(table["actor"] == "Anna Keller") & (table["outlet"] == "south")].iloc[0]
    assert (none["mentions"], none["share"]) == (0, 0.0)
    kinds = ["name", "title", "metonym", "demonym", "pronoun"]
    assert (table[kinds].sum(axis=1) == table["mentions"]).all()
    assert (table[["headline", "lead", "body"]].sum(axis=1) == table["mentions"]).all()


def test_names_of_leads_to_the_place(corpus) -> None:
    articles, _, found = corpus
    table = actors.names_of(found, articles, actor="Peter Brandt")
    assert set(table["label"]) == {"Peter Brandt", "Brandt", "Mr. Brandt"}
    whole = dict(zip(articles["doc_id"], articles["text"], strict=True))
    for row in table.itertuples():
        assert whole[row.doc_id][row.start : row.end] == row.label


def test_comentions_by_article_and_sentence(corpus) -> None:
    _, _, found = corpus
    table = actors.comentions(found)
    pair = table[(table["actor"] == "Anna Keller") & (table["other"] == "Peter Brandt")].iloc[0]
    assert (pair["n"], pair["n_actor"], pair["n_other"]) == (1, 2, 2)
    assert len(actors.comentions(found, within="sentence")) <= len(table)
    with pytest.raises(ValueError, match="within"):
        actors.comentions(found, within="page")


def test_timeline_has_every_period(corpus) -> None:
    articles, _, found = corpus
    table = actors.timeline(found, articles, limit=2)
    assert table.groupby("actor").size().unique().tolist() == [3]
    assert table["share"].between(0, 1).all()


def test_unresolved_reports_the_share() -> None:
    articles = make("articles", [{"doc_id": "a", "text": "He left. He slept.", "n_words": 4}])
    sentences = split(articles)
    found = actors.find_mentions(articles, sentences, tokenise(articles, sentences))
    table = actors.unresolved(found)
    assert table[["text", "kind", "n", "share"]].values.tolist() == [["He", "pronoun", 2, 1.0]]


def test_draft_keeps_edits_on_a_second_run(corpus) -> None:
    articles, sentences, found = corpus
    draft = actors.draft_actor_list(found, articles, minimum=1)
    assert draft.columns.tolist()[:4] == ["actor", "alias", "kind", "note"]
    assert draft["mentions"].is_monotonic_decreasing or draft["actor"].is_unique is False
    edited = draft[draft["actor"] == "Peter Brandt"].assign(actor="P. Brandt (minister)")
    again = actors.find_mentions(
        articles, sentences, tokenise(articles, sentences), actor_list=edited
    )
    assert "Peter Brandt" not in set(again["actor"].dropna())
    second = actors.draft_actor_list(again, articles, previous=edited, minimum=1)
    assert second.head(len(edited))["actor"].tolist() == edited["actor"].tolist()
    assert not second.duplicated(["actor", "alias"]).any()


def test_draft_suggests_merges_of_like_names_only() -> None:
    rows = [("Anna Keller", "person"), ("A. Kellar", "person"), ("Oslo Bank", "organization"),
            ("Oslo Bank of Norway", "organization"), ("Norway", "government")]  # fmt: skip
    articles = make("articles", [{"doc_id": "d", "text": " " * 99, "n_words": 9}])
    found = make(
        "mentions",
        [{"doc_id": "d", "start": 9 * i, "end": 9 * i + 1, "text": a, "sentence_id": 0, "actor": a,
          "kind": "name", "actor_type": t} for i, (a, t) in enumerate(rows)],
    )  # fmt: skip
    draft = actors.draft_actor_list(found, articles, minimum=1).set_index("actor")["suggestion"]
    assert draft["Anna Keller"] == "same as A. Kellar?"
    assert draft["Oslo Bank"] == "same as Oslo Bank of Norway?"
    assert draft["Norway"] == ""


def test_tables_of_nothing() -> None:
    articles = make("articles")
    found = make("mentions")
    assert actors.frequency(found, articles).empty
    assert actors.names_of(found, articles).empty
    assert actors.comentions(found).empty
    assert actors.timeline(found, articles).empty
    assert actors.unresolved(found).empty
    assert actors.draft_actor_list(found, articles).empty


def test_tables_take_only_what_they_are_asked_for(corpus) -> None:
    articles, _, found = corpus
    table = actors.frequency(found, articles, intervals=False)
    assert table["low"].isna().all()
    assert table["share"].notna().all()
    assert "headline" not in table
    assert "author" not in table
    assert "author" in actors.frequency(found.assign(voice="author"), articles)
    assert actors.frequency(found, articles, limit=1)["actor"].nunique() == 1
    assert set(actors.names_of(found, articles)["actor"]) > {"Peter Brandt"}
    one = articles[articles["doc_id"] == "south/c"]
    assert "Anna Keller" not in set(actors.comentions(found, articles=one)["actor"])
    assert actors.unresolved(found.assign(actor=None), one)["doc_id"].unique().tolist() == [
        "south/c"
    ]
    undated = articles.assign(published=pd.NA)
    assert actors.timeline(found, undated).empty
    nobody = found[found["actor"].isna()]
    assert actors.timeline(nobody, articles).empty
    assert actors.frequency(nobody, articles).empty


def test_draft_leaves_out_what_was_decided(corpus) -> None:
    articles, _, found = corpus
    first = actors.draft_actor_list(found, articles, minimum=1)
    assert first["actor"].notna().all()
    edited = first[first["alias"] == "Mr. Brandt"].assign(note="mine", own="kept")
    again = actors.draft_actor_list(found, articles, previous=edited, minimum=1)
    assert again["alias"].tolist().count("Mr. Brandt") == 1
    assert again["own"].iloc[0] == "kept"
    assert len(again) == len(first) - 1  # the label itself is not proposed again
    same = actors.draft_actor_list(found, articles, previous=edited.head(0), minimum=1)
    assert same.columns.tolist() == first.columns.tolist()


def test_what_tables_say_in_sentences(corpus) -> None:
    from helpers.lenses.actors import takeaways
    from helpers.lenses.actors.findings import actor_findings

    articles, _, found = corpus
    overall = actors.frequency(found, articles.assign(outlet="all"))
    assert takeaways.most_named(overall, top=1) == (
        f"Most widely mentioned: {overall['actor'].iloc[0]} "
        f"({overall['articles'].iloc[0]} of 3 articles, {overall['mentions'].iloc[0]} mentions); "
        f"{len(overall)} actors in all."
    )
    assert takeaways.most_named(overall.head(0)) == "No actor was found."
    assert takeaways.widest_gap(actors.frequency(found, articles)).startswith("Fewer than two")
    nobody = found[found["actor"].isna()]
    assert actor_findings(nobody, articles) == []
    short = [("Few", "P", 20), ("Few", "S", 3), ("Few", "W", 20), ("Many", "P", 90),
             ("Many", "S", 1), ("Many", "W", 20)]  # fmt: skip
    rates = pd.DataFrame(short, columns=["actor", "outlet", "mentions"])
    words = rates["outlet"].map({"P": 10_000, "S": 300, "W": 10_000})
    rates = rates.assign(per_1000_words=1000 * rates["mentions"] / words, n_articles=9)
    told = takeaways.widest_gap(rates.assign(low=0.0, high=9.0))
    assert told.startswith("Many differs most: 9.0 mentions per 1,000 words in P, 2.0 in W")
    ties = found.drop_duplicates("actor").dropna(subset="actor")
    (said, *_) = actor_findings(ties, articles.assign(stratum="all"))
    assert "are mentioned most" in said.statement


def test_scores_of_marked_articles() -> None:
    from benchmarks.marked_mentions import b_cubed, scores

    assert b_cubed([], []) == (0.0, 0.0, 0.0)
    assert b_cubed(["a", "a", "b"], ["x", "y", "y"]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    rows = {"doc_id": ["d", "d"], "start": [0, 9], "end": [4, 11], "kind": ["name", "pronoun"]}
    gold = pd.DataFrame({**rows, "actor": ["Ada", "Ada"]})
    made = scores(gold, pd.DataFrame({**rows, "actor": ["Ada Orr", "Ada Orr"]}))
    assert (made["names F1"], made["pronoun P"], made["pronoun R"]) == (1.0, 1.0, 1.0)
