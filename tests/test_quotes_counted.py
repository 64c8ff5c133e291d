"""Counted facts: what they add to a share, and which ends and reports they decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import lexicons, schema, segment
from helpers.lenses.quotes import find_quotes
from helpers.lenses.quotes.content_ends import FACTS as TURNS
from helpers.lenses.quotes.counted import Counted, counted, ratio
from helpers.lenses.quotes.report_evidence import FACTS as SIGNS


@given(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.floats(0, 1)
)
def test_what_a_value_adds_has_the_sign_of_its_difference_from_its_group(
    counts: tuple[int, int], share: float
) -> None:
    n, hits = counts
    added = ratio(n, hits, share)
    expected = min(max(share, 1e-4), 1 - 1e-4) * n
    assert abs(added) < 1e-6 or (added > 0) == (hits > expected)


def test_more_cases_say_more() -> None:
    added = [ratio(n, 4 * n // 5, 0.5) for n in (5, 20, 80, 320)]
    assert added == sorted(added)


def test_a_share_is_that_of_all_until_a_value_is_known() -> None:
    counts = Counted(
        [("all", "", 100, 20), ("mark", ",", 50, 20), ("mark", "and", 50, 0),
         ("word", ", | who", 10, 10), ("word", "so", 10, 0)],
        {},
    )  # fmt: skip
    assert counts.share(("never met", "nor this")) == pytest.approx(0.2)
    comma = counts.share((",", ""))
    assert counts.share(("and", "")) < 0.2 < comma < counts.share((",", ", | who"))
    assert counts.share((",", "so")) < comma
    assert counts.share((",", ""), start=0.0) == pytest.approx(0.5)


def test_a_fact_adds_with_its_weight() -> None:
    rows = [("all", "", 100, 50), ("mark", ",", 100, 50), ("word", "so", 80, 60)]
    odds = [Counted(rows, {"word": w}).share((",", "so")) for w in (-1.0, 0.0, 0.5, 1.0)]
    assert odds == sorted(odds)
    assert odds[1] == pytest.approx(0.5)
    assert Counted(rows, {"constant": -1.0}).share((",", "")) < 0.5
    assert Counted(rows, {"start": 0.5}).share((",", ""), start=2.0) < Counted(rows, {}).share(
        (",", ""), start=2.0
    )


def test_a_value_is_held_against_its_group() -> None:
    rows = [("all", "", 200, 60), ("mark", ",", 100, 50), ("mark", "and", 100, 10)]
    rows += [("word", ", | who", 40, 20), ("word", "and | who", 40, 4)]
    as_all = Counted(rows, {})
    assert as_all.share((",", ", | who")) == pytest.approx(as_all.share((",", "")))
    assert as_all.share(("and", "and | who")) == pytest.approx(as_all.share(("and", "")))


@pytest.mark.parametrize(("question", "names"), [("ends", TURNS), ("reports", SIGNS)])
def test_the_list_has_every_fact_in_its_order(question: str, names: tuple[str, ...]) -> None:
    table = lexicons.load("reporting_facts")
    rows = table[table["question"] == question]
    assert ["all", *names] == rows["fact"].drop_duplicates().tolist()
    assert len(counted(question).tables) == len(names)
    weights = lexicons.load("reporting_weights")
    weighed = weights.loc[weights["question"] == question, "fact"].tolist()
    assert weighed == ["constant", "start", *names[1:]]
    assert (rows["n_true"].astype(int) <= rows["n"].astype(int)).all()


def contents(text: str) -> list[str]:
    articles = schema.make("articles", [{"doc_id": "a", "text": text, "n_words": 1}])
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    table = find_quotes(articles, sentences, tokens, schema.make("mentions"))
    return table.sort_values("start")["text"].tolist()


ENDS = [
    ("The mayor said on Monday that the bridge was safe, and the council believed her.",
     "the bridge was safe"),
    ("Hale said the harbour would stay open, adding that the strike was over.",
     "the harbour would stay open"),
    ("The minister criticized the new tariff, which takes effect in June.", "the new tariff"),
    ("Officials said the ferry that sank in March had been repaired twice.",
     "the ferry that sank in March had been repaired twice"),
    ("The senator demanded an inquiry into the fire, and her rivals left the hall.",
     "an inquiry into the fire"),
]  # fmt: skip


ENDS += [
    ("Hale hopes that as his lead grows, Grey will stop.", "as his lead grows, Grey will stop"),
    ("Experts said that once the port closed, towns had no choice.",
     "once the port closed, towns had no choice"),
    ("The mayor condemned the loud, costly plan on Monday.", "the loud, costly plan"),
    ("The mayor condemned fires, floods and storms.", "fires, floods and storms"),
    ("Unless towns act, the experts say, the port could close.", "the port could close"),
    ("The port is full, he said, because nobody left.", "because nobody left"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENDS, ids=[t[:30] for t, _ in ENDS])
def test_where_a_content_ends(text: str, expected: str) -> None:
    assert expected in contents(text)


NO_REPORTS = [
    "The boat drew two metres of water.",
    "She made the bed and drew the curtains.",
    "The navy launched a boat that carried two guns.",
]


@pytest.mark.parametrize("text", NO_REPORTS)
def test_other_uses_of_words_that_report(text: str) -> None:
    assert contents(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died of a fever, which confirmed what his sons knew.", False),
        ("A group of clerks, who said the pier was lost, left.", True),
        ("Hale heard calls to her “Harbour Hour” show who said the pier was lost.", False),
    ],
)
def test_a_thing_says_nothing(text: str, expected: bool) -> None:
    articles = schema.make("articles", [{"doc_id": "d", "text": text, "n_words": 9}])
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    found = find_quotes(articles, sentences, tokens, schema.make("mentions"))
    assert found.loc[found["cue"].isin(["confirmed", "said"]), "counted"].tolist() == [expected]


JOINED = 'Ann Orr said the quay was old. The town had paid for it for years." '


@pytest.mark.parametrize(
    ("behind", "counts"),
    [
        ("Ben Hale left.", {'The town had paid for it for years."': False}),
        ('We will not pay again," Ben Hale said.', {'" We will not pay again,"': True}),
    ],
)
def test_a_sentence_before_a_mark_that_was_never_opened_is_the_authors(
    behind: str, counts: dict[str, bool]
) -> None:
    articles = schema.make("articles", [{"doc_id": "d", "text": JOINED + behind, "n_words": 9}])
    sentences = segment.sentences(articles)
    tokens = segment.tokens(articles, sentences)
    found = find_quotes(articles, sentences, tokens, schema.make("mentions"))
    marked = found[found["kind"] == "direct"]
    assert dict(zip(marked["text"], marked["counted"], strict=True)) == counts
