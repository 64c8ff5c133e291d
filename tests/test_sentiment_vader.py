"""VADER: every score equals NLTK's own, to the last digit."""

from __future__ import annotations

import string
import time
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import schema
from helpers.lenses.sentiment import sentence_sentiment, vader


@cache
def stock() -> Any:
    vader.analyzer()  # makes the word list known to NLTK
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer(lexicon_file="vader_lexicon.txt")


SENTENCES = [
    "",
    "!",
    "?? !!",
    "a b c",
    "The minister was kind of pleased, kind of not.",
    "A good plan and not a good outcome.",
    "A GOOD plan, but the envoy called it the worst, the LEAST useful of all!!!",
    "Never so good; never this bad; not at least good.",
    "“Good,” she said. ''Bad'' 'good' ,good good, (good) good.. :good: ?!?good",
    "It was the bomb, not the shit, hand to mouth, the kiss of death :) :( </3",
    "kind of kind OF least happy without doubt",
    "Hardly anyone wasn't happy\u00a0about the deal — or sad…",
    "good good GOOD good, good! bad but good but bad",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_equals_nltk(text: str) -> None:
    assert vader.analyzer().polarity_scores(text) == stock().polarity_scores(text)


def words() -> st.SearchStrategy[str]:
    """Words that meet VADER's rules often: its lists, marks at their sides, capitals."""
    constants = stock().constants
    plain = st.one_of(
        st.sampled_from(sorted(stock().lexicon)[::7]),
        st.sampled_from(sorted(constants.BOOSTER_DICT)),
        st.sampled_from(sorted(constants.NEGATE)),
        st.sampled_from(
            [
                "but",
                "kind",
                "of",
                "least",
                "at",
                "very",
                "never",
                "so",
                "this",
                "the",
                "shit",
                "bomb",
                "yeah",
                "right",
                "hand",
                "to",
                "mouth",
                "good",
                "bad",
                "great",
                "not",
                "I",
            ]
        ),
    )
    cased = st.one_of(plain, plain, plain.map(str.upper), plain.map(str.title))
    mark = st.sampled_from([*constants.PUNC_LIST, *string.punctuation, "“", "”", "’", "..."])
    return st.one_of(
        cased,
        cased,
        st.builds("{}{}".format, mark, cased),
        st.builds("{}{}".format, cased, mark),
        st.builds("{}{}{}".format, mark, cased, mark),
    )


@cache
def sentences() -> st.SearchStrategy[str]:
    return st.lists(words(), max_size=14).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_equals_nltk_on_made_sentences(data: st.DataObject) -> None:
    text = data.draw(sentences())
    assert vader.analyzer().polarity_scores(text) == stock().polarity_scores(text)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=60))
def test_equals_nltk_on_any_text(text: str) -> None:
    assert vader.analyzer().polarity_scores(text) == stock().polarity_scores(text)


def test_memo_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vader, "MEMO_LIMIT", 50)
    fast = vader.analyzer()
    for i in range(200):
        fast.polarity_scores(f"word{i} is good")
    assert len(fast.memo) <= 50


def test_sentence_sentiment_is_a_valid_table() -> None:
    given_sentences = schema.make(
        "sentences",
        [
            {"doc_id": "a", "sentence_id": 0, "start": 0, "end": 9, "text": "So great.",
             "paragraph": 0, "part": "body"},
            {"doc_id": "a", "sentence_id": 1, "start": 10, "end": 13, "text": "So.",
             "paragraph": 0, "part": "body"},
        ],
    )  # fmt: skip
    before = given_sentences.copy()
    table = sentence_sentiment(given_sentences)
    schema.check_table("sentiment", table)
    assert table["compound"].tolist() == [0.659, 0.0]
    pd.testing.assert_frame_equal(given_sentences, before)


def test_no_sentences_give_an_empty_table() -> None:
    table = sentence_sentiment(schema.make("sentences"))
    schema.check_table("sentiment", table)
    assert table.empty


def test_a_missing_column_is_named() -> None:
    with pytest.raises(schema.SchemaError, match="text"):
        sentence_sentiment(pd.DataFrame({"doc_id": ["a"], "sentence_id": [0]}))


def test_a_monstrous_sentence_takes_linear_time() -> None:
    words = sorted(stock().lexicon)
    text = " ".join(words * 20)
    began = time.process_time()
    vader.analyzer().polarity_scores(text)
    assert time.process_time() - began < 5  # 150,000 words of the list; seconds, not minutes
