"""Events found by what articles tell: which articles meet, and what must not matter for it."""

import itertools
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.comparing import found_events as room
from helpers.comparing.events import event_strata, movable
from helpers.comparing.found_events import found_events
from helpers.story import Story

FERRY = (
    "The ferry Marlin sank off Port Ellis on Monday with 212 passengers on board.",
    "Divers at Port Ellis reached the wreck of the Marlin; 212 passengers had sailed.",
)
BUDGET = (
    "Parliament in Halden passed a budget that raises the duty on tobacco by nine cents.",
    "Smokers will pay nine cents more: Halden's parliament voted for the tobacco duty.",
)
STRIKE = "Pilots of Norvan Air walked out over pensions, and the terminal stood empty."


def frame(*texts, published=None, **columns):
    days = list(published or [None] * len(texts))
    ids = [f"d{i}" for i in range(len(texts))]
    return pd.DataFrame({"doc_id": ids, "text": texts, "published": days, **columns})


def groups(articles, **options):
    found = found_events(articles, **options)
    return sorted(sorted(g.index) for _, g in found.groupby(found))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((*FERRY, *BUDGET, STRIKE), [["d0", "d1"], ["d2", "d3"], ["d4"]]),
        ((FERRY[0], BUDGET[0], STRIKE), [["d0"], ["d1"], ["d2"]]),
        (FERRY, [["d0", "d1"]]),  # alone: every word they share is in all articles
        ((FERRY[0],), [["d0"]]),
        ((), []),
        (("", "", FERRY[0]), [["d0"], ["d1"], ["d2"]]),
        (("The the of and.", "The the of and."), [["d0"], ["d1"]]),  # no word of content
    ],
)
def test_articles_that_tell_the_same_meet(texts, expected):
    assert groups(frame(*texts)) == expected


@pytest.mark.parametrize(
    ("days", "together"),
    [
        (("2021-05-03", "2021-05-03"), True),
        (("2021-05-03", "2021-05-05"), True),
        (("2021-05-03", "2021-05-11"), False),
        (("2020-12-30", "2021-01-01"), True),
        (("2021-05-03", None), True),
        (("2021-05-03", "no date"), True),
        (("2021-05-03T10:00:00", "2021-05-03"), True),
    ],
)
def test_the_same_words_are_one_event_within_a_week_and_where_no_date_is_known(days, together):
    assert (len(groups(frame(*FERRY, published=days))) == 1) == together


def test_an_event_bears_the_name_of_its_earliest_article():
    days = ["2021-05-05", "2021-05-03", None]
    articles = frame(*FERRY, FERRY[0] + " Relatives wait.", published=days)
    assert found_events(articles).tolist() == ["d1", "d1", "d1"]


def test_a_repetition_tells_the_event_of_what_it_repeats():
    articles = frame(*BUDGET, FERRY[0], duplicate_of=[None, None, "d0"])
    assert found_events(articles).tolist() == ["d0", "d0", "d0"]


def test_what_is_set_aside_makes_no_event():
    teaser = " Read next: Quillon probe widens as Senator Abara faces Vestry inquiry."
    articles = frame(BUDGET[0] + teaser, STRIKE + teaser)
    assert len(groups(articles)) == 1
    spans = [(d, t.index(teaser), len(t)) for d, t in articles[["doc_id", "text"]].to_numpy()]
    aside = pd.DataFrame(spans, columns=["doc_id", "start", "end"])
    assert groups(articles, set_aside=aside) == [["d0"], ["d1"]]


def test_neither_the_order_of_the_articles_nor_their_index_matters():
    articles = frame(*FERRY, *BUDGET, STRIKE, published=["2021-05-03"] * 4 + [None])
    expected = found_events(articles)
    for order in itertools.islice(itertools.permutations(range(5)), 0, 120, 7):
        assert found_events(articles.iloc[list(order)])[expected.index].equals(expected)


ENTRIES = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 5)), st.floats(0.05, 1), max_size=30
)


@given(ENTRIES, st.lists(st.integers(0, 12), max_size=8), st.sampled_from([1, 40, 10**7]))
@settings(max_examples=150, deadline=None)
def test_likeness_is_the_cosine_less_the_days_between(entries, days, room_for):
    days = np.array(sorted(days), dtype=np.int64)
    dense = np.zeros((8, 6))
    for (row, term), weight in entries.items():
        dense[row, term] = weight
    rows, terms = np.nonzero(dense)
    with patch.object(room, "FAINT", 0.0), patch.object(room, "CHUNK", room_for):
        first, second, likeness = room._alike(8, rows, terms, dense[rows, terms], days=days)
    found = dict(zip(zip(first.tolist(), second.tolist(), strict=True), likeness, strict=True))
    for i, j in itertools.combinations(range(8), 2):
        apart = days[j] - days[i] if j < len(days) else 0
        shared = bool((dense[i] * dense[j]).any()) and apart <= room.DAYS
        assert ((i, j) in found) == shared
        if shared:
            assert found[i, j] == pytest.approx(
                float(dense[i] @ dense[j]) * np.exp(-apart / room.FADING)
            )


@given(st.lists(st.integers(0, 40), min_size=21, max_size=21))
@settings(max_examples=150, deadline=None)
def test_groups_are_those_of_average_linkage(scores):
    pairs = list(itertools.combinations(range(7), 2))
    likeness = np.array(scores) / 100
    first, second = (np.array(side) for side in zip(*pairs, strict=True))
    kept = likeness > 0
    answer = room._joined(7, first[kept], second[kept], likeness[kept])
    matrix = np.zeros((7, 7))
    matrix[first, second] = matrix[second, first] = likeness
    clusters = [[i] for i in range(7)]
    while len(clusters) > 1:
        best = max(
            itertools.combinations(clusters, 2),
            key=lambda two: (round(matrix[np.ix_(*two)].mean(), 9), -two[0][0], -two[1][0]),
        )
        if matrix[np.ix_(*best)].mean() < room.LEAST - 1e-9:
            break
        clusters = sorted([c for c in clusters if c not in best] + [sorted([*best[0], *best[1]])])
    alone = [c for c in clusters if len(c) == 2 and matrix[tuple(c)] < room.LEAST_PAIR]
    expected = {i: i if c in alone else min(c) for c in clusters for i in c}
    means = {round(float(matrix[np.ix_(a, b)].mean()), 6) for a in clusters for b in clusters}
    if len(set(scores)) == len(scores) and round(room.LEAST, 6) not in means:  # no ties
        assert answer == [expected[i] for i in range(7)]
    assert all(answer[answer[i]] == answer[i] <= i for i in range(7))


def test_frequent_words_are_left_out_where_all_are_too_many_pairs():
    articles = frame(*FERRY, *BUDGET, STRIKE)
    with patch.object(room, "MOST_PAIRS", 12):
        assert groups(articles) == groups(articles.sample(frac=1, random_state=1))
    with patch.object(room, "MOST_PAIRS", 0):
        assert len(groups(articles)) == 5


def folder_of(tmp_path, **front):
    days = ("03", "04", "05", "06", "20")
    for i, (text, day) in enumerate(zip((*FERRY, *BUDGET, STRIKE), days, strict=True)):
        head = "\n".join(f"{k}: {v[i]}" for k, v in front.items() if v[i])
        outlet = ("Post", "Wire")[i % 2]
        path = tmp_path / f"a{i}.txt"
        path.write_text(
            f"---\noutlet: {outlet}\npublished: 2021-05-{day}\n{head}\n---\n{text}\n",
            encoding="utf-8",
        )
    return tmp_path


def test_a_story_has_the_events_that_are_found_and_says_that_they_are(tmp_path):
    articles = Story(folder_of(tmp_path)).articles
    assert articles["event"].tolist() == ["a0", "a0", "a2", "a2", "a4"]
    assert articles["event_found"].all()
    assert event_strata(articles).name == "event"


def test_events_that_somebody_declares_are_left_as_they_are(tmp_path):
    story = Story(folder_of(tmp_path, event=["One", "", "", "", ""]))
    assert story.articles["event"].isna().tolist() == [False, True, True, True, True]
    assert not story.articles["event_found"].any()


@pytest.mark.parametrize(
    ("days", "unit", "moved"),
    [
        (["03", "03", "04", "04", "05", "05", "06", "06"], "event or day", 8),
        (["03", "03", "04", "05", "06", "07", "08", "09"], "event or week", 8),
        (["03", "10", "04", "11", "17", "24", "18", "25"], "event or month", 8),
    ],
)
def test_what_nobody_else_tells_is_compared_within_days_or_weeks(days, unit, moved):
    articles = frame(
        *["x"] * 12,
        published=["2021-04-01"] * 4 + [f"2021-05-{day}" for day in days],
        outlet=["Post", "Wire"] * 6,
        event=["e0", "e0", "e1", "e1", *(f"alone{i}" for i in range(8))],
        event_found=[True] * 12,
    )
    problems = []
    strata = event_strata(articles, problems=problems)
    assert strata.name == unit
    assert strata.tolist()[:4] == ["e0", "e0", "e1", "e1"]
    assert int(movable(strata, articles["outlet"])[4:].sum()) == moved
    assert problems[0]["problem"] == "8 of 12 articles tell what no other outlet's article tells"


@pytest.mark.parametrize(
    ("likeness", "expected"),
    [
        ({(0, 1): 0.13}, [0, 1, 2]),  # of two articles alone more is asked
        ({(0, 1): 0.15}, [0, 0, 2]),
        ({(0, 1): 0.13, (0, 2): 0.13, (1, 2): 0.12}, [0, 0, 0]),
    ],
)
def test_a_third_article_bears_an_event_out(
    likeness: dict[tuple[int, int], float], expected: list[int]
) -> None:
    first, second = np.array(list(likeness)).T
    assert room._joined(3, first, second, np.array([*likeness.values()])) == expected
