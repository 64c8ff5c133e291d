"""Sentiment towards a target: table in, table out, calibrated, explained, repeatable."""

from __future__ import annotations

import doctest
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import schema
from helpers.lenses.sentiment import (
    explain_targets,
    model,
    score_targets,
    target_sentiment,
    token_arrays,
)
from helpers.lenses.sentiment.word_table import TOKEN, stem

LABELS = list(model.LABELS)


def frame(*marked: str) -> pd.DataFrame:
    """Sentences with the target between brackets."""
    rows = []
    for text in marked:
        start, end = text.index("["), text.index("]") - 1
        rows.append((text.replace("[", "").replace("]", ""), start, end))
    return pd.DataFrame(rows, columns=["text", "start", "end"])


CLEAR = [
    ("[Ms. Varga] was praised for her courage.", "positive"),
    ("Critics accused [Mr. Lund] of lying about the scandal.", "negative"),
    ("[Oduya] arrived in Geneva on Tuesday.", "neutral"),
    ("“I met him at noon,” [she] said.", "neutral"),
    ("[Ms. Varga] won a landslide victory and a standing ovation.", "positive"),
    ("[He] was convicted of bribery and fraud.", "negative"),
    ("The senator called [Mr. Lund] a brilliant and honest negotiator.", "positive"),
]


@pytest.mark.parametrize(("text", "label"), CLEAR)
def test_clear_cases(text: str, label: str) -> None:
    assert score_targets(frame(text), names=False)["label"].tolist() == [label]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param(
            "[Varga], whom nobody had ever dared to call a coward, voted no.",
            "positive",
            marks=pytest.mark.xfail(
                strict=True,
                reason="a linear model does not read irony or negation over a relative clause",
            ),
        ),
        pytest.param(
            "What a great help [the minister] has been to the smugglers.",
            "negative",
            marks=pytest.mark.xfail(strict=True, reason="sarcasm"),
        ),
    ],
)
def test_known_failures(text: str, label: str) -> None:
    assert score_targets(frame(text), names=False)["label"].tolist() == [label]


def test_one_row_in_one_row_out_same_index() -> None:
    given_frame = frame(*(text for text, _ in CLEAR)).set_index(
        pd.Index([f"row {i}" for i in range(len(CLEAR))])
    )
    before = given_frame.copy()
    table = score_targets(given_frame)
    assert table.columns.tolist() == [*LABELS, "label"]
    assert table.index.equals(given_frame.index)
    assert str(table["label"].dtype) == "str"
    np.testing.assert_allclose(table[LABELS].sum(axis=1), 1)
    pd.testing.assert_frame_equal(given_frame, before)


def test_scores_do_not_depend_on_the_other_rows() -> None:
    many = frame(*(text for text, _ in CLEAR))
    together = score_targets(many)
    alone = pd.concat([score_targets(many.iloc[[i]]) for i in range(len(many))])
    pd.testing.assert_frame_equal(together, alone)
    reverse = score_targets(many.iloc[::-1])
    pd.testing.assert_frame_equal(together, reverse.sort_index())


def test_order_and_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    many = pd.concat([frame(*(text for text, _ in CLEAR))] * 3, ignore_index=True)
    whole = score_targets(many)
    monkeypatch.setattr(model, "CHUNK", 4)
    pd.testing.assert_frame_equal(whole, score_targets(many))


def test_hidden_names_make_names_equal() -> None:
    table = score_targets(
        frame("[Varga] met reporters after the vote.", "[Lund] met reporters after the vote."),
        names=False,
    )
    np.testing.assert_array_equal(table.loc[0, LABELS], table.loc[1, LABELS])


def test_uncertain_exactly_below_the_threshold() -> None:
    table = score_targets(frame(*(text for text, _ in CLEAR)))
    sure = table[LABELS].max(axis=1) >= model.load().threshold
    assert ((table["label"] != model.UNCERTAIN) == sure).all()


def test_no_rows() -> None:
    empty = frame("[A] b").iloc[:0]
    assert score_targets(empty).empty
    assert explain_targets(empty).empty


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 1), (0, 99)])
def test_a_wrong_span_names_its_row(span: tuple[int, int]) -> None:
    wrong = pd.DataFrame({"text": ["One two."], "start": [span[0]], "end": [span[1]]}, index=["x"])
    with pytest.raises(ValueError, match="row 'x'"):
        score_targets(wrong)


def test_explanations_name_the_words_and_add_up() -> None:
    table = explain_targets(frame("[Ms. Varga] was praised for her courage."), words=2)
    assert sorted(table["word"]) == ["courage", "praised"]
    assert (table["tone"] > 0).all()
    np.testing.assert_allclose(table[LABELS].sum(axis=1), 0, atol=1e-12)


def test_contributions_add_up_to_the_score() -> None:
    many = frame(*(text for text, _ in CLEAR), "[A]", "“[A]” — b ''c'' not, never; d!")
    for names in (True, False):
        loaded = model.load(names=names)
        for _, targets in model.chunks(
            loaded, many["text"].tolist(), np.arange(len(many)),
            many["start"].to_numpy(), many["end"].to_numpy(),
        ):  # fmt: skip
            raw = loaded.scores(targets)
            given_parts = loaded.contributions(targets)
            total = np.stack(
                [np.bincount(given_parts.row, part, targets.n) for part in given_parts.score.T], 1
            )
            np.testing.assert_allclose(total + loaded.intercept, raw)
            own = targets.tokens.sentence[given_parts.token]
            np.testing.assert_array_equal(
                own, targets.tokens.sentence[targets.first][given_parts.row]
            )


def test_a_target_is_scored_alike_with_any_others() -> None:
    table = frame(*(text for text, _ in CLEAR))
    together = score_targets(table, names=False)
    for i in range(len(table)):
        alone = score_targets(table.iloc[[i]], names=False)
        assert alone[LABELS].to_numpy().tobytes() == together.iloc[[i]][LABELS].to_numpy().tobytes()


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_text_and_span_is_scored(data: st.DataObject) -> None:
    words = st.sampled_from(
        ["Mr.", "Lund", "lied", "“", "”", '"', ",", "not", "good", "é", "\u00a0"]
    )
    text = data.draw(st.one_of(st.text(min_size=1, max_size=40), st.lists(words, min_size=1)
                               .map(" ".join)))  # fmt: skip
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    given_frame = pd.DataFrame({"text": [text], "start": [start], "end": [end]})
    table = score_targets(given_frame)
    assert table[LABELS].notna().all(axis=None)
    assert np.isclose(table[LABELS].sum(axis=1), 1).all()
    for row in explain_targets(given_frame).itertuples():
        assert text[row.start : row.end] == row.word


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_tokens_cover_the_text(text: str) -> None:
    assert "".join(TOKEN.findall(text)) == text[: len(text.rstrip())]


def test_negation_quotation_and_role_are_seen() -> None:
    loaded = model.load()
    tokens = token_arrays.Tokens(["He did not say “a good plan” was bad."], loaded.vocabulary)
    words = [tokens.words[i] for i in tokens.ids]
    quoted = [w for w, q in zip(words, tokens.quoted, strict=True) if q]
    assert quoted == ["“", "a", "good", "plan"]
    assert tokens.negated[words.index("say")]
    assert not tokens.negated[words.index("bad")]


@pytest.mark.parametrize(
    ("word", "root"),
    [("wars", "war"), ("bullying", "bully"), ("criticised", "criticis"), ("is", "is")],
)
def test_stem(word: str, root: str) -> None:
    assert stem(word) == root


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    texts = ["Mr. Lund lied to parliament.", "He praised Iran.", "Iranian officials agreed."]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    sentences = schema.make(
        "sentences",
        {"doc_id": ["a"] * 3, "sentence_id": range(3), "start": starts,
         "end": [s + len(t) for s, t in zip(starts, texts, strict=True)], "text": texts,
         "paragraph": [0] * 3, "part": ["body"] * 3},
    )  # fmt: skip
    spans = [
        (0, "Mr. Lund", "Anna Lund", "name", "person"),
        (1, "He", "Anna Lund", "pronoun", "person"),
        (1, "Iran", "Iran", "name", "government"),
        (2, "Iranian", "Iran", "demonym", "government"),
        (1, "praised", None, "name", "other"),
    ]
    rows = []
    for number, text, actor, kind, actor_type in spans:
        start = int(starts[number]) + texts[number].index(text)
        rows.append({"doc_id": "a", "start": start, "end": start + len(text), "text": text,
                     "sentence_id": number, "actor": actor, "kind": kind,
                     "actor_type": actor_type})  # fmt: skip
    return schema.make("mentions", rows), sentences


def test_target_sentiment_has_a_row_for_each_known_actor() -> None:
    mentions, sentences = tables()
    table = target_sentiment(mentions, sentences)
    schema.check_table("target_sentiment", table)
    assert table["actor"].tolist() == ["Anna Lund", "Anna Lund", "Iran"]
    assert table["label"][0] == "negative"
    assert table["supported"].tolist() == [True, True, False]
    assert len(target_sentiment(mentions, sentences, demonyms=True)) == 4


def test_target_sentiment_equals_score_targets() -> None:
    mentions, sentences = tables()
    table = target_sentiment(mentions, sentences)
    joined = table.merge(sentences[["sentence_id", "start", "text"]], on="sentence_id")
    alone = score_targets(
        pd.DataFrame({"text": joined["text"], "start": joined["start_x"] - joined["start_y"],
                      "end": joined["end"] - joined["start_y"]}),
        names=False,
    )  # fmt: skip
    persons = table["supported"].to_numpy()
    pd.testing.assert_frame_equal(table.loc[persons, [*LABELS, "label"]], alone[persons])
    # Countries are calibrated apart: nearer to neutral.
    assert (table["neutral"] > alone["neutral"])[~persons].all()


def test_target_sentiment_of_nothing() -> None:
    table = target_sentiment(schema.make("mentions"), schema.make("sentences"))
    schema.check_table("target_sentiment", table)


def test_a_mention_without_its_sentence_is_an_error() -> None:
    mentions, sentences = tables()
    with pytest.raises(schema.SchemaError, match="no sentence 1"):
        target_sentiment(mentions, sentences[sentences["sentence_id"] != 1])


def test_the_stored_model_is_small_and_plain() -> None:
    files = sorted(model.FOLDER.glob("*.npz"))
    assert [file.name for file in files] == ["with_names.npz", "without_names.npz", "words.npz"]
    assert sum(file.stat().st_size for file in files) < 5_000_000
    for file in files:
        with np.load(file, allow_pickle=False) as stored:
            assert all(stored[name].dtype != object for name in stored.files)


def test_the_page_on_sentiment_shows_what_happens() -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "sentiment.md"
    tried = doctest.testfile(str(page), module_relative=False)
    assert tried.attempted > 3
    assert tried.failed == 0
