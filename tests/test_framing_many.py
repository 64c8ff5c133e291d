"""Many articles: keyness from sums, coverage in windows, samples of whole weeks."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from helpers import Story, output, partitions, pipeline
from helpers.comparing.terms import TermCounts
from helpers.comparing.windows import sampled, windows
from helpers.lenses.keyness import sums
from helpers.lenses.keyness.method import keyness_of_counts, keyness_of_many
from helpers.schema import make
from helpers.statistics import rules
from helpers.story import MOST, saved_tables

SAVED = saved_tables()


def corpus(
    seed: int, *, articles: int = 60, terms: int = 40, extra: int = 0
) -> tuple[TermCounts, pd.DataFrame]:
    """Three outlets that tell ten events; the first uses term t00 `extra` times more."""
    rng = np.random.default_rng(seed)
    outlets = [("Lantern", "Gazette", "Courier")[i % 3] for i in range(articles)]
    table = rng.poisson(rng.gamma(0.5, 3.0, size=terms), size=(articles, terms))
    table[[outlet == "Lantern" for outlet in outlets], 0] += extra
    doc, term = np.nonzero(table)
    ids = [f"a{i:03d}" for i in range(articles)]
    counts = TermCounts(
        tuple(ids),
        tuple(f"t{i:02d}" for i in range(terms)),
        table.sum(axis=1) + 200.0,
        doc,
        term,
        table[doc, term],
    )
    events = [f"event {i // 6}" for i in range(articles)]
    return counts, pd.DataFrame({"doc_id": ids, "outlet": outlets, "event": events})


def cut(counts: TermCounts, size: int) -> list[TermCounts]:
    """The same counts in parts of `size` articles, each with the terms that it uses."""
    made = []
    for first in range(0, len(counts.doc_ids), size):
        here = (counts.doc >= first) & (counts.doc < first + size)
        used, term = np.unique(counts.term[here], return_inverse=True)
        made.append(
            TermCounts(
                counts.doc_ids[first : first + size],
                tuple(counts.terms[i] for i in used),
                counts.words[first : first + size],
                counts.doc[here] - first,
                term,
                counts.count[here],
            )
        )
    return made


# ------------------------------------------------------------------------------------ keyness


@pytest.mark.parametrize("size", [1, 7, 60])
def test_parts_of_any_size_give_the_same_table(size: int) -> None:
    counts, articles = corpus(1)
    whole = keyness_of_many(lambda: [counts], articles)
    assert_frame_equal(keyness_of_many(lambda: cut(counts, size), articles), whole)


def test_effects_are_those_of_permutations() -> None:
    counts, articles = corpus(2, extra=4)
    keys = ["outlet", "term"]
    drawn = keyness_of_counts(counts, articles).sort_values(keys, ignore_index=True)
    summed = keyness_of_many(lambda: [counts], articles, least_articles=1).sort_values(
        keys, ignore_index=True
    )
    same = [*keys, "n_target", "n_reference", "articles_target", "articles_reference"]
    assert_frame_equal(summed[same], drawn[same])
    near = ["rate_target", "rate_reference", "log_odds", "z"]
    assert_frame_equal(summed[near], drawn[near])
    widths = (drawn["high"] - drawn["low"]) / (summed["high"] - summed["low"])
    assert 0.9 < widths.median() < 1.1


def test_the_bound_lies_above_what_permutations_give() -> None:
    counts, articles = corpus(3, extra=2)
    keys = ["outlet", "term"]
    drawn = keyness_of_counts(counts, articles, draws=2000).set_index(keys)
    summed = (
        keyness_of_many(lambda: [counts], articles, least_articles=1)
        .set_index(keys)
        .loc[drawn.index]
    )
    fewer = np.where(drawn["p_value"] > 0.001, drawn["p_value"] * 0.8, 0)
    assert (summed["p_value"].to_numpy() >= fewer).all()
    assert (summed["q_value"] >= summed["p_value"]).all()


def test_what_is_planted_is_found_and_nothing_else() -> None:
    counts, articles = corpus(4, articles=600, extra=3)
    table = keyness_of_many(lambda: [counts], articles)
    sure = table[table["significant"] & (table["log_odds"] > 0)]
    assert sure[["outlet", "term"]].to_numpy().tolist() == [["Lantern", "t00"]]


def test_one_article_that_repeats_a_word_proves_nothing() -> None:
    counts, articles = corpus(5, articles=300)
    at = np.flatnonzero(counts.term == 1)
    count = counts.count.copy()
    count[at[counts.doc[at] == counts.doc[at][0]]] += 400
    one = TermCounts(
        counts.doc_ids, counts.terms, counts.words + 400, counts.doc, counts.term, count
    )
    table = keyness_of_many(lambda: [one], articles)
    assert not table.loc[table["term"] == "t01", "significant"].any()


def test_an_outlet_s_own_bursts_prove_nothing() -> None:
    """Five of its articles repeat a word."""
    counts, articles = corpus(6, articles=400)
    mine = (articles["outlet"] == "Lantern").to_numpy().nonzero()[0]
    loud = np.isin(counts.doc, mine[:40:8]) & (counts.term == 1)
    count = np.where(loud, 30, counts.count)
    made = TermCounts(
        counts.doc_ids, counts.terms, counts.words + 100, counts.doc, counts.term, count
    )
    table = keyness_of_many(lambda: [made], articles).set_index(["outlet", "term"])
    row = table.loc[("Lantern", "t01")]
    assert row["log_odds"] > 0
    assert row["q_value"] == 1
    outside = (table["low"] > 0) | (table["high"] < 0)
    assert (outside == table["significant"]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 70))
def test_no_part_loses_a_term_that_the_whole_uses_often(seed: int, size: int) -> None:
    counts, articles = corpus(seed, articles=70, terms=60)
    outlet = dict.fromkeys(articles["doc_id"], 0)
    least = sums.least_articles(70)
    made = sums.gather(lambda: cut(counts, size), outlet, outlet, least=least)
    spread = counts.documents()
    assert list(made.terms) == [t for t, n in zip(counts.terms, spread, strict=True) if n >= least]


def test_terms_without_room_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, articles = corpus(6)
    monkeypatch.setattr(sums, "CELLS", 100)
    notes: list[dict[str, str]] = []
    table = keyness_of_many(lambda: [counts], articles, problems=notes)
    assert table["term"].nunique() <= 10
    assert any("too many at once" in note["problem"] for note in notes)


# ------------------------------------------------------------------------------------ windows


def dated(days: list[str | None]) -> pd.DataFrame:
    return make(
        "articles",
        [
            {"doc_id": f"d{i}", "file": f"d{i}", "outlet": "A", "text": "x", "n_words": 1,
             "published": day}
            for i, day in enumerate(days)
        ],
    )  # fmt: skip


def names(tables: list[pd.DataFrame]) -> list[list[str]]:
    return [table["doc_id"].tolist() for table in tables]


def test_weeks_share_a_window_while_there_is_room() -> None:
    days = ["2024-01-01", "2024-01-15", "2024-01-09", "2024-01-02"]
    assert names(windows(dated(days), most=3)) == [["d0", "d2", "d3"], ["d1"]]


def test_a_full_week_is_cut_into_days_and_a_full_day_by_hash() -> None:
    days: list[str | None] = ["2024-01-01"] * 5 + ["2024-01-02"] * 2
    found = names(windows(dated(days), most=3))
    assert sorted(chain.from_iterable(found)) == [f"d{i}" for i in range(7)]
    assert max(map(len, found)) <= 3
    assert found[-1] == ["d5", "d6"] or {"d5", "d6"} <= set(found[-1])


def test_undated_articles_are_among_themselves() -> None:
    assert names(windows(dated([None, "2024-01-01", None]), most=2)) == [["d1"], ["d0", "d2"]]


def test_no_more_articles_than_a_window_holds_are_one() -> None:
    articles = dated([None, "2024-01-01", "2025-01-01"])
    (only,) = windows(articles, most=3)
    assert only is articles
    assert windows(articles.iloc[:0]) == []


def test_a_sample_keeps_weeks_whole_and_spread() -> None:
    days = [f"2024-{1 + i // 28:02d}-{1 + i % 28:02d}" for i in range(280)]
    articles = dated([day for day in days for _ in range(3)])
    chosen = sampled(articles, most=200)
    weeks = pd.to_datetime(chosen["published"]).dt.strftime("%G-W%V")
    every = pd.to_datetime(articles["published"]).dt.strftime("%G-W%V").value_counts()
    assert 100 < len(chosen) <= 200
    assert weeks.value_counts().eq(every.reindex(weeks.unique())).all()
    assert weeks.nunique() >= 8


def test_a_sample_without_dates_is_drawn() -> None:
    articles = dated([None] * 50)
    assert len(sampled(articles, most=20)) == 20
    assert_frame_equal(sampled(articles, most=20), sampled(articles, most=20))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.dates().map(str), st.just("soon")), max_size=40),
    st.integers(1, 12),
)
def test_windows_hold_every_article_once(days: list[str | None], most: int) -> None:
    found = names(windows(dated(days), most=most))
    assert sorted(chain.from_iterable(found)) == sorted(f"d{i}" for i in range(len(days)))
    assert all(0 < len(window) <= most for window in found)


# ------------------------------------------------------------------------------------ a story

TEXTS = [
    "Dam fails\n\nThe Orlen dam burst on Monday and 31 people drowned in Vessel valley. "
    "Governor Ada Orr said the sluice gates had been left shut.\n",
    "Flood\n\nOn Monday the Orlen dam burst, and 31 people in Vessel valley drowned. "
    "Orr blamed engineers who left the sluice gates shut.\n",
    "Vote\n\nParliament rejected the harbour tax by 112 votes to 97 on Friday.\n",
    "Tax falls\n\nThe harbour tax was rejected by parliament, 112 votes to 97, on Friday.\n",
] * 3


def told(monkeypatch: pytest.MonkeyPatch, most: int) -> Story:
    monkeypatch.setattr(rules, "MANY", most)
    monkeypatch.setattr("helpers.comparing.windows.WINDOW", most)
    small = Story.from_texts(*TEXTS, outlets=["A", "B", "C"] * 4)
    days = ["2024-01-01", "2024-01-01", "2024-02-02", "2024-02-02"] * 3
    return Story.from_articles(small.articles.assign(published=pd.Series(days, dtype="str")))


def test_nothing_stays_empty_where_articles_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    story = told(monkeypatch, 5)
    for name in ("keyness", "naming", "coverage", "findings", "evidence"):
        assert len(getattr(story, name)), name
    said = " ".join(story.problems["problem"])
    for what in ("permute their outlets", "findings on all of them"):
        assert what in said
    docs = set(story.articles["doc_id"])
    assert set(story.evidence["doc_id"]) <= docs


def test_naming_does_not_depend_on_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many_ = told(monkeypatch, 100).naming, told(monkeypatch, 5).naming
    assert_frame_equal(few, many_)


@pytest.mark.slow
@pytest.mark.parametrize("size", [3, 5])
def test_partitions_of_many_give_the_same_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    alone = told(monkeypatch, 5)
    with pd.option_context("mode.string_storage", "python"):
        parts = partitions.in_partitions(alone, tmp_path, size=size, workers=2)
        for name in ("keyness", "naming", "coverage", "findings", "evidence", "problems"):
            assert_frame_equal(getattr(parts, name), getattr(alone, name), obj=name)


@pytest.mark.slow
def test_written_from_partitions_a_table_has_the_same_bytes(tmp_path: Path) -> None:
    rows = [f'{{"id": "{i}", "outlet": "{"AB"[i % 2]}", "text": {json.dumps(text)}}}\n'
            for i, text in enumerate(TEXTS)]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("".join(rows), encoding="utf-8")
    made = []
    for workers in (1, 2):
        folder = tmp_path / f"out{workers}"
        pipeline.write_tables(str(tmp_path / "a.jsonl"), str(folder), workers=workers)
        made.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 2 * len(SAVED)


def test_a_table_in_pieces_has_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(output, "GROUP", 4)
    monkeypatch.setattr(output, "_CSV_ROWS", 3)
    whole = pd.DataFrame({"a": [f"x{i}" for i in range(10)], "n": range(10), "t": [None] * 10})
    whole = whole.astype({"a": "str", "t": "str"})
    pieces = [whole.iloc[:0], whole.iloc[:5], whole.iloc[5:6], whole.iloc[6:]]
    for name, table in (("one", [whole]), ("many", pieces)):
        output.write_pieces(table, tmp_path, name, formats=output.FORMATS)
    for kind in output.FORMATS:
        first, second = (tmp_path / f"{name}.{kind}" for name in ("one", "many"))
        assert first.read_bytes() == second.read_bytes()


def test_of_more_articles_than_asked_for_a_sample_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for i, text in enumerate(TEXTS):
        (tmp_path / f"{i:02d}.txt").write_text(f"{text}\nCase {i} of its own.\n", encoding="utf-8")
    monkeypatch.setenv(MOST, "5")
    story = Story(tmp_path)
    assert len(story.articles) == 5
    assert story.articles.index.tolist() == [0, 1, 2, 3, 4]
    assert "12 articles are more than the 5" in story.problems["problem"].str.cat()
