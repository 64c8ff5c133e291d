"""The sentiment tables: counts that add up, intervals only where they may stand, exact shifts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import schema
from helpers.lenses.sentiment import (
    as_targets,
    fortunes,
    label_counts,
    label_shares,
    model,
    score_targets,
    strongest_sentences,
    takeaways,
    target_sentiment,
    who_on_whom,
    word_shift,
)

KIND = ["praised for her courage", "thanked for her help", "admired for a brilliant speech"]
HARSH = ["accused of lying", "convicted of fraud", "mocked as a coward", "blamed for the scandal"]


@pytest.fixture(scope="module")
def story() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Scored mentions, articles and sentences of two invented outlets, five articles each."""
    articles, sentences, mentions = [], [], []
    for outlet, said in (("Lantern", KIND), ("Quay Post", HARSH)):
        for number in range(5):
            doc = f"{outlet}-{number}"
            copy = f"{outlet}-0" if number == 4 else None
            articles.append({"doc_id": doc, "outlet": outlet, "duplicate_of": copy})
            at = 0
            for i in range(3):
                text = f"Ms. Varga was {said[(number + i) % len(said)]}."
                sentences.append({"doc_id": doc, "sentence_id": i, "start": at,
                                  "end": at + len(text), "text": text, "paragraph": 0,
                                  "part": "body"})  # fmt: skip
                voice = "quoted" if i == 2 else "author"
                mentions.append({"doc_id": doc, "start": at, "end": at + 9, "text": "Ms. Varga",
                                 "sentence_id": i, "actor": "Ida Varga", "kind": "name",
                                 "voice": voice, "speaker": "Tom Lund" if i == 2 else None,
                                 "actor_type": "person"})  # fmt: skip
                at += len(text) + 1
    made = schema.make("sentences", sentences)
    scored = target_sentiment(schema.make("mentions", mentions), made)
    return scored, pd.DataFrame(articles), made


Story = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def test_counts_add_up_without_duplicates(story: Story) -> None:
    scored, articles, _ = story
    table = label_counts(scored, articles)
    assert table[["outlet", "words", "n", "n_articles"]].values.tolist() == [
        ["Lantern", "author", 8, 4], ["Lantern", "others", 4, 4],
        ["Quay Post", "author", 8, 4], ["Quay Post", "others", 4, 4],
    ]  # fmt: skip
    labels = table[["negative", "neutral", "positive", "uncertain"]]
    assert (labels.sum(axis=1) == table["n"]).all()


def test_shares_have_intervals_and_a_side(story: Story) -> None:
    scored, articles, _ = story
    table = label_shares(scored, articles).set_index("outlet")
    assert table.loc["Lantern", "balance"] > 0.5
    assert table.loc["Quay Post", "balance"] < -0.5
    for name in ("negative", "positive", "balance"):
        known = table[[f"{name}_low", name, f"{name}_high"]]
        assert known.apply(lambda row: row.is_monotonic_increasing, axis=1).all()


def test_too_few_mentions_say_nothing(story: Story) -> None:
    scored, articles, _ = story
    table = label_shares(scored, articles, words="others")
    assert table["note"].tolist() == ["too few", "too few"]
    told = ["actor", "outlet", "n", "n_articles", "speaking", "note"]
    assert table.drop(columns=told).isna().all(axis=None)


def test_a_source_is_not_a_target(story: Story) -> None:
    scored, articles, _ = story
    # of each article's two sentences the second is made one in which Varga speaks, and neutral
    speaks = scored["sentence_id"] == 1
    quoted = scored.assign(speaks=speaks, label=scored["label"].where(~speaks, "neutral"))
    table = label_shares(quoted, articles).set_index("outlet")
    assert table.loc["Quay Post", ["n", "speaking"]].tolist() == [8, 4]
    assert table.loc["Quay Post", ["negative", "negative_apart"]].tolist() == [0.5, 1.0]
    told = takeaways.harshest(table.reset_index())
    assert "50% speak ill" in told
    assert "where Ida Varga is not the one who speaks, the shares are 100% and 0%." in told
    assert "neutral sentences" not in takeaways.harshest(label_shares(scored, articles))


def test_few_articles_have_no_interval(story: Story) -> None:
    scored, articles, _ = story
    table = label_shares(scored[scored["doc_id"].isin(["Lantern-0", "Lantern-1", "Lantern-2"])],
                         articles)  # fmt: skip
    assert table["balance"].notna().all()
    assert table["balance_low"].isna().all()


def test_who_on_whom(story: Story) -> None:
    scored, articles, _ = story
    table = who_on_whom(scored, articles)
    assert table[["speaker", "actor", "n"]].values.tolist() == [["Tom Lund", "Ida Varga", 8]]
    assert np.isclose(table["balance"][0], (table["positive"] - table["negative"])[0] / 8)
    assert who_on_whom(scored, articles, minimum=9)["note"].tolist() == ["too few"]


def test_what_befalls_is_counted_apart_from_how_authors_judge(story: Story) -> None:
    scored, articles, _ = story
    told = scored.assign(
        befalls=np.where(scored["sentence_id"] == 0, "harm", "none"),
        voice=scored["voice"].mask(scored["sentence_id"] == 1, "attributed"),
        label="negative",
    )
    (row,) = fortunes(told, articles).to_dict("records")
    # Eight originals; of each the first two sentences are the author's, the second attributed.
    assert row == {"actor": "Ida Varga", "n": 16, "harm": 8, "benefit": 0, "ill": 8, "well": 0,
                   "both": 8}  # fmt: skip
    assert takeaways.fortune(fortunes(told, articles)).startswith(
        "Harm befalls Ida Varga most often, in 8 of 16 mentions."
    )
    none = takeaways.fortune(fortunes(told.assign(befalls="none"), articles))
    assert none.startswith("No harm")


def test_outlets_that_do_not_differ_are_not_ranked(story: Story) -> None:
    scored, articles, _ = story
    told = takeaways.harshest(label_shares(scored.assign(label="neutral"), articles))
    assert told == "No outlet’s authors speak ill of an actor more often than another’s."
    assert "54% of pairs" in takeaways.harshest(label_shares(scored, articles))


def test_unsupported_targets_are_left_out_by_default(story: Story) -> None:
    scored, articles, _ = story
    hidden = scored.assign(supported=False)
    assert label_counts(hidden, articles).empty
    assert label_shares(hidden, articles).empty
    assert who_on_whom(hidden, articles).empty
    assert len(label_counts(hidden, articles, supported=False)) == 4


def test_strongest_sentences_give_reasons(story: Story) -> None:
    scored, articles, sentences = story
    table = strongest_sentences(scored, articles, sentences, actor="Ida Varga", n=2)
    assert table["label"].tolist() == ["negative", "negative", "positive", "positive"]
    for row in table.itertuples():
        assert all(word in row.text for word in row.because.split(", "))
    assert (table["probability"] >= model.load(names=False).threshold).all()
    assert strongest_sentences(scored, articles, sentences, actor="nobody").empty


def test_word_shift_is_the_difference_of_tone(story: Story) -> None:
    scored, articles, sentences = story
    table = word_shift(scored, articles, sentences, actor="Ida Varga",
                       outlets=("Lantern", "Quay Post"))  # fmt: skip
    originals = articles[articles["duplicate_of"].isna()]
    own = scored[scored["doc_id"].isin(originals["doc_id"]) & (scored["voice"] == "author")]
    tone = np.log(own["positive"]) - np.log(own["negative"])
    mean = tone.groupby(own["doc_id"].str[:7]).mean()
    assert np.isclose(table["shift"].sum(), mean["Lantern"] - mean["Quay Po"])
    assert table["shift"].abs().is_monotonic_decreasing
    words = set(table["word"])
    assert not words & {"the", "said", "and", ".", "“"}, "grammar is no choice of words"
    assert "(function words)" in words
    with pytest.raises(ValueError, match="does not mention"):
        word_shift(scored, articles, sentences, actor="Ida Varga", outlets=("Lantern", "Else"))


def test_as_targets_gives_what_score_targets_reads(story: Story) -> None:
    scored, _, sentences = story
    again = score_targets(as_targets(scored, sentences), names=False)
    pd.testing.assert_frame_equal(again, scored[again.columns.tolist()])
