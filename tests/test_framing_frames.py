"""Generic frames: cues fire where the codebook says, and only there."""

import math

import pandas as pd
import pytest

from helpers import lexicons
from helpers.comparing.cues import Patterns, lex
from helpers.lenses.frames import article_model
from helpers.lenses.frames import method as room
from helpers.schema import check_table, make
from helpers.segment import tokenize


def tables(*texts, part="body", sentences_each=None):
    """Sentences and tokens of invented articles d0, d1, …; a text may be a list of sentences."""
    sentences, tokens, articles = [], [], []
    for number, given in enumerate(texts):
        listed = [given] if isinstance(given, str) else list(given)
        doc, at = f"d{number}", 0
        for i, text in enumerate(listed):
            end = at + len(text)
            sentences.append((doc, i, at, end, text, 0, part))
            tokens += [(doc, i, a, b, text[a - at : b - at], "NN") for a, b in tokenize(text, at)]
            at = end + 1
        articles.append((doc, " ".join(listed)))
    columns = "doc_id sentence_id start end text paragraph part".split()
    return (
        make("sentences", pd.DataFrame(sentences, columns=columns)),
        make("tokens", pd.DataFrame(tokens, columns=[*columns[:5], "tag"])),
        pd.DataFrame(articles, columns=["doc_id", "text"]),
    )


@pytest.mark.parametrize(
    ("text", "frame", "cues"),
    [
        ("The two ministers traded barbs over the ferry.", "conflict", ["traded barbs"]),
        ("The harbour lost $40 million in trade.", "economic", ["$ 40"]),
        ("His daughter wept at the gate.", "human_interest", ["His daughter", "wept"]),
        ("It was a sin against the poor, the bishop preached.", "morality", ["sin"]),
        ("The board was to blame for the leak.", "responsibility", ["was to blame"]),
        ("Envoys held talks with rebels on a truce.", "resolution", ["talks with", "truce"]),
        ("The train left on time.", "conflict", []),
        ("The old soldier spoke of the World War and of the civil war.", "conflict", []),
        ("The oil tanker left; they paid attention to it.", "economic", []),
        ("She opened the window.", "economic", []),
        ("Lawmakers left the plan and the deal with residents.", "resolution", []),
        ("Lawmakers left the plan and the deal with residents.", "responsibility", []),
        ("His wife met the students of the community at home.", "human_interest", []),
        ("Her father met the mother of his wife.", "human_interest", []),
        ("The child of the woman was killed.", "human_interest", ["child", "killed"]),
        ("The bishop of the church met the pope.", "morality", []),
        ("The storm led to a decision to drop the policy.", "responsibility", []),
        ("The company shipped barrels of oil and crude.", "economic", []),
        ("She won the race, and he lost it.", "conflict", []),
        ("The League for Racial Injustice met in the old town hall.", "morality", []),
        ("They spoke of racial injustice and sin.", "morality", ["injustice", "sin"]),
        ("He is wrong, the wrong man at the wrong time.", "morality", []),
        ("The wrong man came at the wrong time.", "morality", []),
        # classes of people in a policy; a sum that nobody loses; a stem told twice
        ("Fathers and mothers, children and parents get rights by the law.", "human_interest", []),
        ("Children were killed at the gate.", "human_interest", ["Children", "killed"]),
        ("Her campaign had $ 40 in gifts.", "economic", []),
        ("Her campaign spent $40 on gifts.", "economic", ["$ 40"]),
        ("The cost, the costs of it and the costly ship.", "economic", []),
        # words of a conflict or of a duty that tell none
        ("The seals are threatened or endangered, the rules ridiculous.", "conflict", []),
        ("The crew is responsible for cleaning the deck.", "responsibility", []),
        ("The crew is responsible for the fire.", "responsibility", ["responsible for"]),
    ],
)
def test_cues_fire(text, frame, cues):
    sentences, tokens, _ = tables(text)
    hits = room.frames(sentences, tokens)
    found = hits.loc[hits["frame"] == frame, "text"].tolist()
    assert [cue for cue in cues if cue.replace("$ ", "$") in found] == cues
    if not cues:
        assert not found


def test_one_weak_cue_does_not_carry_a_frame():
    sentences, tokens, _ = tables("The tax rose.", "The tax and the price rose.")
    hits = room.frames(sentences, tokens)
    assert set(hits.loc[hits["frame"] == "economic", "doc_id"]) == {"d1"}
    assert len(room.frames(sentences, tokens, carries=0)) > len(hits)


def test_hits_are_spans_of_the_text_and_of_the_declared_form():
    sentences, tokens, articles = tables(
        ["The row over the bridge cost £3 million.", "“You should be ashamed,” she said."],
        "Talks on the bridge failed; the mayor blamed the builders.",
    )
    hits = room.frames(sentences, tokens)
    check_table("frames", hits, articles=articles)
    assert hits["voice"].isna().all()
    assert {"cue", "weight"} <= set(hits.columns)


def test_a_frame_is_told_where_its_cues_were_right_when_read(monkeypatch):
    book = room.codebook().set_index("frame")
    assert ((book["precision"] >= room.LEAST_PRECISION) == book["told"]).all()
    assert (book["n_read"] >= 15).all()
    assert room.told_frames() == tuple(book.index[book["told"]])
    sentences, tokens, articles = shared_tables()
    hits = room.frames(sentences, tokens)
    shares = room.frame_shares(hits, tokens, articles)
    assert shares["told"].equals(shares["frame"].isin(room.told_frames()))
    monkeypatch.setattr(room, "LEAST_PRECISION", 1.01)
    assert not room.codebook()["told"].any()


def test_longest_cue_of_a_frame_wins():
    sentences, tokens, _ = tables("The economic sanctions bit.")
    hits = room.frames(sentences, tokens, carries=0)
    assert hits.loc[hits["frame"] == "economic", "text"].tolist() == ["economic sanctions"]


def test_patterns_know_endings_numbers_and_sentence_ends():
    _, tokens, _ = tables(["He was accused of 12 million", "lies."])
    first, length, entry = Patterns(["accus*", "# million", "million lies"]).match(lex(tokens))
    assert sorted(zip(first.tolist(), length.tolist(), entry.tolist(), strict=True)) == [
        (2, 1, 0),
        (4, 2, 1),
    ]


def test_codebook_is_complete_and_owns_its_words():
    book = room.codebook()
    assert book["frame"].tolist() == list(room.FRAMES)
    assert book[["question", "definition", "not_counted"]].notna().all().all()
    assert book["exploratory"].all()  # nobody reached .667 on any of them
    for frame in room.FRAMES:
        cues = lexicons.load(f"frames/{frame}")
        assert cues["cue"].is_unique
        assert set(cues["weight"]) == {"0", "1", "2"}
        assert cues["origin"].notna().all()


def shared_tables():
    told = ["The rivals traded barbs.", "The ferry left at noon."]
    quiet = ["The ferry left at noon.", "It rained in the harbour."]
    sentences, tokens, articles = tables(*[told] * 4, *[quiet] * 4, told)
    outlets = ["Lantern"] * 4 + ["Gazette"] * 4 + ["Signal"]
    return sentences, tokens, articles.assign(outlet=outlets, event=["e"] * 9)


def test_shares_have_intervals_and_agreement_beside_them():
    sentences, tokens, articles = shared_tables()
    problems = []
    hits = room.frames(sentences, tokens)
    shares = room.frame_shares(hits, tokens, articles, problems=problems)
    row = shares.set_index(["outlet", "frame"]).loc[("Lantern", "conflict")]
    assert (row["n"], row["total"], row["value"]) == (4, 8, 0.5)
    assert row["low"] <= 0.5 <= row["high"]
    assert row["agreement"] == pytest.approx(0.58)
    single = shares.set_index(["outlet", "frame"]).loc[("Signal", "conflict")]
    assert single["descriptive"]
    assert math.isnan(single["low"])
    assert "Signal" in problems[0]["problem"]


def test_each_sentence_counted_is_opened_once():
    told = ["The rivals traded barbs and accused the mayor.", "He blamed them.", "They slept."]
    sentences, tokens, articles = tables(told, told)
    hits = room.frames(sentences, tokens)
    counted = room.frame_sentences(hits, tokens, articles.assign(outlet="Lantern"))
    opened = room.carrying_cues(hits, tokens)
    sums = counted.groupby("frame")["carrying"].sum()
    assert len(hits) > len(opened) == sums.sum()
    assert opened["frame"].value_counts().to_dict() == sums[sums > 0].to_dict()


def test_the_author_s_voice_leaves_quoted_cues_out():
    text = "“They betrayed us and God,” the shameless pastor said."
    sentences, tokens, articles = tables(text)
    quote = {"quote_id": "q", "doc_id": "d0", "start": 0, "end": 27, "text": text[:27]}
    quotes = make("quotes", [quote | {"kind": "direct", "sentence_id": 0}])
    hits = room.frames(sentences, tokens)
    articles["outlet"] = "Lantern"
    author = room.frame_sentences(hits, tokens, articles, quotes=quotes)
    quoted = room.frame_sentences(hits, tokens, articles, quotes=quotes, voice="quoted")
    assert author.set_index("frame").loc["morality", "carrying"] == 1  # the pastor himself
    assert quoted.set_index("frame").loc["morality", "carrying"] == 1
    assert author["sentences"].max() == 1


def test_no_word_in_the_voice_is_a_plain_sentence():
    sentences, tokens, articles = tables("“All of it.”")
    quote = {"quote_id": "q", "doc_id": "d0", "start": 0, "end": 12, "text": "“All of it.”"}
    quotes = make("quotes", [quote | {"kind": "direct", "sentence_id": 0}])
    problems = []
    hits = room.frames(sentences, tokens)
    shares = room.frame_shares(
        hits, tokens, articles.assign(outlet="Lantern"), quotes=quotes, problems=problems
    )
    assert shares.empty
    assert "voice asked for (author)" in problems[0]["problem"]


def test_articles_as_a_whole():
    sentences, tokens, _ = tables("The tax cost the firm $3 million in lost revenue.", "It rained.")
    whole = room.article_frames(sentences, tokens).set_index(["doc_id", "frame"])
    assert whole.loc[("d0", "economic"), "present"]
    assert whole.loc[("d1", "economic"), "score"] == 0


def test_the_model_decides_only_the_frames_it_was_kept_for():
    sentences, tokens, _ = tables("The tax cost the firm $3 million in lost revenue.", "It rained.")
    whole = room.article_frames(sentences, tokens)
    trained = article_model.load()
    assert trained is not None
    kept = set(whole.loc[whole["method"] == "model", "frame"])
    assert kept == set(trained.frames)
    assert ((whole["margin"] >= 0) == whole["present"]).all()
    cues = room.article_frames(sentences, tokens, model=False)
    assert set(cues["method"]) == {"cues"}
    assert cues["score"].equals(whole["score"])


def test_without_a_model_file_cues_decide(tmp_path):
    assert article_model.load(tmp_path / "none.npz") is None


def test_empty_tables_give_empty_tables():
    sentences, tokens, articles = tables()
    hits = room.frames(sentences, tokens)
    check_table("frames", hits)
    assert room.frame_shares(hits, tokens, articles.assign(outlet=[])).empty
    assert room.article_frames(sentences, tokens).empty


@pytest.mark.xfail(strict=True, reason="a cue does not know irony or what a figure of speech means")
def test_a_figure_of_speech_is_no_conflict():
    sentences, tokens, _ = tables("She attacked her lunch and clashed with the curtains.")
    hits = room.frames(sentences, tokens)
    assert "conflict" not in set(hits["frame"])
