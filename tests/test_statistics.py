"""The one statistic room: intervals, permutations, error control, agreement."""

import math
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from helpers import statistics as stats
from helpers.statistics.contrast import Contrast

# ----------------------------------------------------------------- intervals


def test_rate_is_the_ratio_of_sums_not_the_mean_of_rates():
    value, low, high = stats.ratio_interval([10, 0, 0, 0], [1000, 10, 10, 10], scale=1000)
    assert value == pytest.approx(10 / 1030 * 1000)
    assert low <= value <= high


def test_interval_is_missing_below_four_articles():
    value, low, high = stats.ratio_interval([1, 2, 3], [10, 10, 10])
    assert value == pytest.approx(0.2)
    assert math.isnan(low)
    assert math.isnan(high)


def test_articles_without_denominator_are_no_units():
    _, low, _ = stats.ratio_interval([1, 2, 3, 0, 0], [10, 10, 10, 0, 0])
    assert math.isnan(low)


def test_zero_hits_do_not_give_a_zero_wide_interval():
    value, low, high = stats.ratio_interval([0] * 6, [500] * 6, scale=1000)
    assert value == 0
    assert low == 0
    assert 0 < high < 5


def test_all_hits_in_a_share_leave_room_below():
    value, low, high = stats.ratio_interval([1] * 8, [1] * 8)
    assert value == high == 1
    assert 0.4 < low < 1


def test_columns_are_answered_at_once_and_equal_single_answers():
    rng = np.random.default_rng(1)
    counts, words = rng.poisson(4, size=(12, 3)), rng.integers(300, 900, size=12)
    together = stats.ratio_interval(counts, words, scale=1000)
    for column in range(3):
        alone = stats.ratio_interval(counts[:, column], words, scale=1000)
        assert together.low[column] == pytest.approx(float(alone.low), rel=1e-5)
        assert together.high[column] == pytest.approx(float(alone.high), rel=1e-5)


@pytest.mark.parametrize(
    ("top", "bottom", "scale", "low", "high"),
    [
        # Wilson, 4 parts worth 4, t² = 5.602 (7 degrees of freedom: 3 and 4 usual articles)
        ([1, 0, 1, 0], [1] * 4, 1, 0.11809, 0.88191),
        # even articles: overdispersion 4 × 1.25 / 8, a fifth of it; √(1 / 10.5 + .125) × 2.5209
        # (t with 4 / (1 + 3 × .625) degrees of freedom and 4 usual articles)
        ([2] * 5, [1000] * 5, 1000, 0.6434, 6.8538),
        # nothing: (.025 ** -(1.25 / 6) - 1) / (1.25 / 6) in 3,000 words
        ([0] * 6, [500] * 6, 1000, 0, 1.8505),
        # a mean: 0 ± 3.2185 × √(.8 / 3 / 4)
        ([-0.6, -0.2, 0.2, 0.6], [1] * 4, 1, -0.831, 0.831),
    ],
)
def test_intervals_worked_by_hand(top, bottom, scale, low, high):
    found = stats.ratio_interval(top, bottom, scale=scale)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), rel=2e-3)


@pytest.mark.parametrize(
    ("share", "articles", "least"),
    [(0.3, 5, 0.90), (0.3, 12, 0.93), (0.05, 12, 0.93), (0.05, 40, 0.92)],
)
def test_intervals_of_shares_hold_what_is_true(share, articles, least):
    rng = np.random.default_rng(3)
    alike = 0.25  # intraclass correlation
    inside = 0
    for _ in range(400):
        parts = 1 + rng.negative_binomial(1.5, 0.18, size=articles)
        odds = (1 - alike) / alike
        top = rng.binomial(parts, rng.beta(share * odds, (1 - share) * odds, size=articles))
        _, low, high = stats.ratio_interval(top, parts)
        inside += low <= share <= high
    assert inside / 400 >= least - 0.02  # two standard errors of 400 runs


@pytest.mark.parametrize(("articles", "least"), [(5, 0.90), (12, 0.93), (40, 0.92)])
def test_intervals_of_bursty_rates_hold_what_is_true(articles, least):
    rng = np.random.default_rng(4)
    inside = 0
    for _ in range(400):
        words = rng.integers(300, 1200, size=articles)
        counts = rng.negative_binomial(0.3, 0.3 / (0.3 + 0.002 * words))
        _, low, high = stats.ratio_interval(counts, words, scale=1000)
        inside += low <= 2 <= high
    assert inside / 400 >= least - 0.02


def test_the_order_of_articles_says_nothing():
    top, words = [1, 4, 2, 8, 5, 0, 7, 3, 1], [10, 20, 10, 30, 20, 17, 29, 11, 13]
    assert stats.ratio_interval(top, words, scale=1000) == pytest.approx(
        stats.ratio_interval(top[::-1], words[::-1], scale=1000)
    )


def test_a_mean_within_bounds_has_an_interval_within_them():
    value, low, high = stats.ratio_interval([-1, -1, -1, -0.2], [1, 1, 1, 1])
    assert low == -1 < value < high < 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 50)), min_size=4, max_size=12),
)
def test_interval_holds_the_value_and_counts_stay_positive(rows):
    top, bottom = zip(*rows, strict=True)
    value, low, high = stats.ratio_interval(top, bottom)
    assert 0 <= low <= value + 1e-6
    assert value <= high + 1e-6


def test_ratio_table_sums_rows_of_one_article_first():
    units = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b", "c", "d", "e"],
            "outlet": ["Lantern"] * 5 + ["Gazette"],
            "hits": [1, 1, 2, 2, 2, 7],
            "words": [50, 50, 100, 100, 100, 100],
        }
    )
    table = stats.ratio_table(
        units, stats.Ratio("hits", "words", scale=1000), by=["outlet"]
    ).set_index("outlet")
    assert table.loc["Lantern", "articles"] == 4
    assert table.loc["Lantern", "value"] == pytest.approx(20)
    assert not table.loc["Lantern", "descriptive"]
    assert table.loc["Gazette", "descriptive"]
    assert math.isnan(table.loc["Gazette", "low"])


def test_missing_column_is_named():
    with pytest.raises(ValueError, match="'hits' is missing"):
        stats.ratio_table(pd.DataFrame({"doc_id": []}), stats.Ratio("hits", "doc_id"), by=[])


# --------------------------------------------------------------- permutation


def test_permutation_keeps_each_stratum_s_labels():
    labels = np.array([1, 0, 1, 0, 0, 1, 1])
    strata = ["mon", "tue", "mon", "mon", "tue", "tue", None]
    drawn = stats.permuted_labels(labels, strata, draws=300)
    for day in ("mon", "tue", None):
        inside = np.array([s == day for s in strata])
        assert set(drawn[:, inside].sum(axis=1)) == {labels[inside].sum()}
    assert len({tuple(row) for row in drawn}) == stats.relabellings(labels, strata) == 9


def test_permutation_is_uniform_over_arrangements():
    drawn = stats.permuted_labels([True, False, False, True], draws=6000)
    _, counts = np.unique(drawn, axis=0, return_counts=True)
    assert len(counts) == 6
    assert counts.min() > 850
    assert counts.max() < 1150


@pytest.mark.parametrize(
    ("labels", "strata", "ways"),
    [
        ([1] * 4 + [0] * 4, None, 70),
        ([1, 0, 1, 0], ["a", "a", "b", "b"], 4),
        ([1, 1, 0, 0], ["a", "a", "b", "b"], 1),
        ([], None, 1),
    ],
)
def test_number_of_relabellings(labels, strata, ways):
    assert stats.relabellings(labels, strata) == ways


def test_p_value_is_never_zero_and_counts_ties():
    assert stats.permutation_p(9.0, np.zeros(99)) == pytest.approx(0.01)
    assert stats.permutation_p(0.0, np.zeros(99)) == 1.0
    assert math.isnan(stats.permutation_p(float("nan"), np.zeros(9)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 9), min_size=1, max_size=200), st.integers(1, 6), st.floats(0, 9))
def test_the_critical_value_is_where_the_corrected_p_reaches_the_level(largest, families, seen):
    corrected = families * float(stats.max_statistic_p(seen, largest))
    assert (corrected <= stats.ALPHA) == (seen > stats.critical_value(largest, families))


def test_a_group_with_a_long_tail_sets_no_bar_for_the_others():
    rng = np.random.default_rng(3)
    drawn = np.stack([np.abs(rng.normal(size=999)), np.abs(rng.standard_t(2, size=999))], axis=1)
    tails = stats.tails_of(np.array([4.0, 4.0]), drawn)
    assert tails.p_values(np.array([4.0, 4.0])).tolist() < [0.005, 0.05]
    assert stats.max_statistic_p(4.0, drawn.max(axis=1)) > 0.02
    assert tails.p_values(tails.bars() * 1.001).max() <= stats.ALPHA


def test_a_weight_lowers_a_bar_and_leaves_the_error_of_all_as_it_is():
    rng = np.random.default_rng(4)
    weights = stats.weights_of(np.array([1.0, 1.0, 1.0, 6.0]))
    assert weights.mean() == pytest.approx(1)
    assert weights.min() > 0.5
    drawn = np.abs(rng.normal(size=(1999, 4)))
    alike = stats.tails_of(np.zeros(4), drawn).bars()
    bars = stats.tails_of(np.zeros(4), drawn, weights).bars()
    assert (bars[:3] > alike[:3]).all()
    assert bars[3] < alike[3]
    again = np.abs(rng.normal(size=(4000, 4)))
    assert 0.035 < (again > bars).any(axis=1).mean() < 0.065


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5))
def test_one_comparison_alone_is_judged_by_its_rank(seed, families):
    drawn = np.random.default_rng(seed).standard_t(2, size=(199, 1))
    seen = np.random.default_rng(seed + 1).standard_t(2, size=(1,))
    assert stats.tails_of(seen, drawn).p_values(seen) == stats.max_statistic_p(seen, drawn[:, 0])


def _units(rng, effect, *, n=12):
    """Two outlets, `n` events each told once by both; the first has `effect` times the hits."""
    rows = []
    for event in range(n):
        level = rng.gamma(3, 1)
        for outlet, factor in (("Lantern", effect), ("Gazette", 1.0)):
            rows.append((f"{outlet}{event}", outlet, event, rng.poisson(level * factor), 1))
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "event", "hits", "words"])


def _p(units):
    table = stats.difference_table(units, stats.Ratio("hits", "words"), strata="event", draws=300)
    return table.set_index("outlet").loc["Lantern"]


def test_a_large_difference_is_found_and_has_an_interval_beside_it():
    row = _p(_units(np.random.default_rng(5), 4.0))
    assert row["p_value"] < 0.05
    assert row["low"] > 0
    assert row["difference"] == pytest.approx(row["value"] - row["reference"])


def test_no_difference_is_called_about_as_often_as_promised():
    rng = np.random.default_rng(11)
    called = sum(_p(_units(rng, 1.0))["p_value"] <= 0.05 for _ in range(60))
    assert called <= 8


def test_three_articles_a_side_are_descriptive_only():
    row = _p(_units(np.random.default_rng(5), 9.0, n=3))
    assert row["descriptive"]
    assert math.isnan(row["p_value"])
    assert math.isnan(row["q_value"])
    assert math.isnan(row["low"])


def test_no_shared_event_means_no_p_value_but_an_interval():
    units = _units(np.random.default_rng(5), 3.0, n=6)
    units["event"] = units["doc_id"]
    row = _p(units)
    assert math.isnan(row["p_value"])
    assert not math.isnan(row["low"])
    assert not row["descriptive"]


def test_the_difference_is_that_inside_events():
    # two events: 3 of 4 against 2 of 8, and 1 of 4 against 0 of 4; by hand
    # (3 × 8 - 2 × 4) / 12 + (1 × 4 - 0 × 4) / 8 = 11 / 6, over 4 × 8 / 12 + 4 × 4 / 8 = 14 / 3
    rows = [("Lantern", 1, 2, 2), ("Lantern", 1, 1, 2), ("Lantern", 2, 1, 2), ("Lantern", 2, 0, 2)]
    rows += [("Gazette", 1, 1, 2), ("Gazette", 1, 1, 2), ("Gazette", 1, 0, 2), ("Gazette", 1, 0, 2)]
    rows += [("Gazette", 2, 0, 2), ("Gazette", 2, 0, 2)]
    units = pd.DataFrame(rows, columns=["outlet", "event", "hits", "words"])
    units["doc_id"] = [f"d{i}" for i in range(len(rows))]
    ratio = stats.Ratio("hits", "words")
    table = stats.difference_table(units, ratio, strata="event", draws=200)
    assert table["difference"].tolist() == pytest.approx([-11 / 28, 11 / 28])
    assert table["value"].tolist() == pytest.approx([2 / 12, 4 / 8])


@pytest.mark.parametrize("scale", [1.0, 1000.0])
def test_articles_that_cannot_move_say_nothing_of_a_difference(scale):
    rng = np.random.default_rng(5)
    event, bottom = rng.integers(0, 9, size=40), rng.integers(1, 9, size=40).astype(float)
    whole = Contrast(np.floor(bottom * rng.random(40)), bottom, event, scale=scale)
    mine = (event < 4) & (rng.random(40) < 0.5)
    some = whole.within(np.isin(event, event[mine]))
    for one, other in zip(whole.measured(mine[None], 9.0), some.measured(mine[None], 9.0),
                          strict=True):  # fmt: skip
        assert one == pytest.approx(other)
        assert np.isfinite(one).all()


def test_a_long_article_counts_for_what_its_parts_are_worth():
    rows = [("Lantern", n, hits, 4) for n, hits in enumerate([1, 0, 1, 2, 1])]
    rows += [("Lantern", 9, 60, 60)]
    rows += [("Gazette", 20 + n, hits, 4) for n, hits in enumerate([1, 1, 0, 2, 1, 0])]
    units = pd.DataFrame(rows, columns=["outlet", "doc_id", "hits", "words"])
    row = stats.difference_table(units, stats.Ratio("hits", "words"), draws=200).iloc[1]
    assert row["outlet"] == "Lantern"
    assert row["value"] - row["reference"] == pytest.approx(65 / 80 - 5 / 24)
    # the means of articles, each counted alike, are 2.25 / 6 - 5 / 24 apart
    assert 2.25 / 6 - 5 / 24 < row["difference"] < 0.3


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**20), st.sampled_from([1, -1]))
def test_asked_one_way_the_test_is_half_and_the_interval_open(seed, towards):
    rng = np.random.default_rng(seed)
    words = rng.integers(1, 9, size=16)
    hits = rng.binomial(words, np.repeat([0.7, 0.3], 8))
    units = pd.DataFrame({"doc_id": range(16), "outlet": ["A"] * 8 + ["B"] * 8, "hits": hits})
    units["words"] = words
    ratio = stats.Ratio("hits", "words")
    (both,), (way,) = (
        stats.difference_table(units, ratio, draws=300, of="A", towards=t).to_dict("records")
        for t in (0, towards)
    )
    if np.sign(both["difference"]) == towards:
        assert way["q_value"] <= max(0.7 * both["q_value"], 0.01)
    else:
        assert way["q_value"] > 0.3
    near, far = ("low", "high") if towards > 0 else ("high", "low")
    assert way[far] == towards
    assert (way[near] * towards > 0) == (way["q_value"] <= stats.ALPHA)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**20), st.sampled_from([1, 3, 6]), st.sampled_from([1.0, 1000.0]))
def test_intervals_leave_zero_out_exactly_where_the_test_says_so(seed, families, scale):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(8, 30))
    words = rng.integers(1, 9, size=n)
    mine = rng.random(n) < 0.5
    hits = rng.binomial(words, np.where(mine, rng.random(), 0.3))
    units = pd.DataFrame({"doc_id": range(n), "outlet": np.where(mine, "A", "B"), "hits": hits})
    units["words"], units["event"] = words, rng.integers(0, 3, size=n)
    ratio = stats.Ratio("hits", "words", scale)
    table = stats.difference_table(units, ratio, strata="event", families=families, draws=300)
    for row in table[table["q_value"].notna()].to_dict("records"):
        assert ((row["low"] > 0) or (row["high"] < 0)) == (row["q_value"] <= stats.ALPHA)
        assert row["low"] <= row["difference"] <= row["high"]


def test_all_rows_of_an_answer_are_allowed_for():
    units = pd.concat(
        [_units(np.random.default_rng(s), 1.8 if s == 5 else 1.0).assign(actor=s) for s in range(9)]
    )
    units["doc_id"] = units["doc_id"].astype(str)
    ratio = stats.Ratio("hits", "words")
    alone = stats.difference_table(units[units["actor"] == 5], ratio, strata="event")
    among = stats.difference_table(units, ratio, by=["actor"], strata="event")
    row = among[among["actor"] == 5].iloc[0]
    assert row["q_value"] > alone["q_value"].iloc[0]
    assert row["could_show"] > alone["could_show"].iloc[0]
    assert row["high"] - row["low"] > alone["high"].iloc[0] - alone["low"].iloc[0]


def test_the_smallest_difference_shown_is_found_about_as_often_as_said():
    rng = np.random.default_rng(2)
    told = [_p(_units(rng, 1.0, n=16))["could_show"] for _ in range(20)]
    factor = 1 + np.median(told) / 3  # hits per article are 3 on average
    found = sum(_p(_units(rng, factor, n=16))["q_value"] <= stats.ALPHA for _ in range(60))
    assert 0.6 <= found / 60 <= 0.95


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=12))
def test_drawn_shares_lie_between_their_own_and_the_usual_one(rows):
    top, bottom = zip(*((min(a, b), b) for a, b in rows), strict=True)
    drawn = stats.shrunken(top, bottom)
    if not sum(bottom):
        assert np.isnan(drawn).all()
        return
    usual = sum(top) / sum(bottom)
    for a, b, value in zip(top, bottom, drawn.tolist(), strict=True):
        own = a / b if b else usual
        assert min(own, usual) - 1e-9 <= value <= max(own, usual) + 1e-9


def test_eighty_of_a_hundred_come_before_eight_of_nine():
    drawn = stats.shrunken([8, 80, 10, 20, 5], [9, 100, 50, 60, 30])
    assert drawn.argmax() == 1
    rates = stats.shrunken([9, 300, 90, 80], [1, 50, 60, 70], rates=True)
    assert rates.argmax() == 1


def test_the_lenses_that_look_for_differences_share_the_level_without_rest():
    from pathlib import Path

    folder = Path(stats.__file__).parents[1] / "lenses"
    texts = {f.parent.name: f.read_text("utf-8") for f in folder.glob("*/findings.py")}
    looking = [lens for lens, text in texts.items() if "gaps(" in text]
    assert 1 / stats.WORDS_PART + len(looking) / stats.LENS_PART == 1, sorted(looking)
    assert [lens for lens, text in texts.items() if "q_value" in text] == ["keyness"]


# -------------------------------------------------------- effects, agreement


def test_alpha_on_krippendorff_s_own_kind_of_table():
    codings = pd.DataFrame(
        {"first": [1, 1, 0, 0, None], "second": [1, 1, 0, 0, 1], "third": [1, 1, 0, None, None]}
    )
    assert stats.krippendorff_alpha(codings) == pytest.approx(1.0)
    against = pd.DataFrame({"first": [1, 0, 1, 0], "second": [0, 1, 0, 1]})
    assert stats.krippendorff_alpha(against) < 0
    assert math.isnan(stats.krippendorff_alpha(pd.DataFrame({"a": [1, 1], "b": [1, 1]})))


def test_alpha_matches_the_published_two_coder_example():
    # ten items, nominal: 1 - (n-1) * disagreements / pairs of unlike labels in the margins
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    two = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    alpha = stats.krippendorff_alpha(pd.DataFrame({"one": one, "two": two}))
    assert alpha == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-9)


def test_alpha_matches_the_published_example_of_four_coders_and_gaps():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, data D: nominal .743
    coders = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    codings = pd.DataFrame([[None if c == "." else c for c in line] for line in coders]).T
    assert round(stats.krippendorff_alpha(codings), 3) == 0.743


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=2, max_size=25))
def test_alpha_is_that_of_nltk_and_lies_in_its_interval(rows):
    codings = pd.DataFrame(rows, dtype=object)
    kept = codings[codings.notna().sum(axis=1) > 1]
    cells = ((str(c), i, v) for i, row in kept.iterrows() for c, v in row.items())
    triples = [cell for cell in cells if isinstance(cell[2], str)]
    if len({label for _, _, label in triples}) < 2:
        assert math.isnan(stats.krippendorff_alpha(codings))
        return
    alpha = stats.krippendorff_alpha(codings)
    assert alpha == pytest.approx(AnnotationTask(data=triples).alpha(), abs=1e-9)
    low, high = stats.alpha_interval(codings)
    assert -1 <= low <= high <= 1


def test_two_thousand_draws_of_two_hundred_articles_are_quick():
    rng = np.random.default_rng(0)
    began = time.process_time()
    stats.ratio_interval(rng.poisson(1, (200, 60)), rng.integers(1, 9, 200))
    assert time.process_time() - began < 3
