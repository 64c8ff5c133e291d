"""The rules that find attributions: each is named once, and has a sentence in which it does."""

from __future__ import annotations

import pytest

from helpers import schema, segment
from helpers.lenses.quotes import find_quotes
from helpers.lenses.quotes.rules import CLAUSAL, RULES, SAYING, SPEAKING, Rule
from helpers.paths import STORIES
from helpers.story import Story


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_something_in_its_example(rule: Rule) -> None:
    articles = schema.make("articles", [{"doc_id": "a", "text": rule.example, "n_words": 9}])
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    found = find_quotes(articles, sentences, tokens, schema.make("mentions"))
    assert rule.name in found["rule"].tolist()


def test_every_rule_that_finds_something_is_named() -> None:
    found = Story(STORIES / "us-iran-2019").quotes
    assert set(found["rule"]) <= {rule.name for rule in RULES}


def test_what_is_said_is_speech_and_speech_is_a_clause() -> None:
    assert SAYING < SPEAKING < CLAUSAL
