"""Charts: plain deterministic JSON, escaped labels, a text alternative with the main numbers."""

import html
import json
import math
import re
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from helpers import charts
from helpers.charts import Columns, Look
from helpers.charts.figure import CELL_INK, INK, PALETTE, label, luminance, outlet_colours
from helpers.charts.picture import svg

EVIL = "<a href='https://x.example'>Daily & <script>alert(1)</script></a> $x$ %{x}"
LONG = "The Association of Very Long Names of Newspapers in the Valley"
T = Look("T")


def _by_outlet(values=((9, 4), (5, 6))):
    return pd.DataFrame(
        [
            {"actor": actor, "outlet": outlet, "n": n, "low": n - 1, "high": n + 2, "few": n < 5}
            for actor, row in zip(("Ana Ruiz", EVIL), values, strict=True)
            for outlet, n in zip(("North Post", LONG), row, strict=True)
        ]
    )


PARTS = pd.DataFrame(
    {
        "outlet": ["North Post", "North Post", EVIL, EVIL],
        "kind": ["direct", "indirect", "direct", "indirect"],
        "n": [3, 1, 0, 2],
    }
)
TERMS = pd.DataFrame(
    {
        "term": ["gambit", "talks", EVIL, "oil"],
        "outlet": ["North Post", "North Post", EVIL, "North Post"],
        "n_target": [12, 3, 7, 40],
        "log_odds": [2.5, -0.4, 3.1, 0.1],
        "significant": [True, False, True, False],
    }
)
DATED = pd.DataFrame(
    {
        "published": ["2019-09-24", "2019-09-25", "2019-09-25", None],
        "outlet": ["North Post", "North Post", EVIL, EVIL],
    }
)
ROLES = pd.DataFrame(
    {
        "actor": ["Ana Ruiz", "Ana Ruiz", EVIL],
        "role": ["agent", "patient", "patient"],
        "n": [7, 2, 5],
    }
)
PAIRS = pd.DataFrame({"a": ["Ana Ruiz", EVIL], "b": [EVIL, "Iran"], "n": [4, 2]})


def _all(outlets=("North Post", LONG)):
    counts = _by_outlet()
    mentions = Columns("actor", "n", "outlet", low="low", high="high")
    return {
        "ranked": charts.ranked_bars(
            counts, mentions, Look("Who is named most?", axis="mentions", order=outlets)
        ),
        "shares": charts.share_bars(
            PARTS, Columns("outlet", "n", "kind"), Look("How are words reported?", unit="quote")
        ),
        "diverging": charts.diverging_bars(
            TERMS, Columns("term", "log_odds"), Look("Which words differ?"),
            left="B", right=EVIL, certain="significant",
        ),
        "dots": charts.dots(
            counts, mentions, Look("How much?"), descriptive="few", reference=0
        ),
        "dumbbell": charts.dumbbell(
            ROLES, Columns("actor", "n", "role"), Look("Who acts?"), roles=("patient", "agent")
        ),
        "keyness": charts.keyness_scatter(TERMS, Look("Whose words?")),
        "heatmap": charts.heatmap(
            counts, Columns("outlet", "n", "actor"), Look("Where?")
        ),
        "diverging heatmap": charts.heatmap(
            TERMS, Columns("outlet", "log_odds", "term"), Look("Lean?"), diverging=True
        ),
        "pairs": charts.co_mentions(PAIRS, Columns("a", "n", "b"), Look("Who with whom?")),
        "strips": charts.timeline(DATED, Look("When?"), date="published", group="outlet"),
        "columns": charts.timeline(DATED, Look("When?"), date="published"),
    }  # fmt: skip


FIGURES = _all()
EVERY = pytest.mark.parametrize("kind", FIGURES)


def _words(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield value


@EVERY
def test_bundle_is_plain_json_and_the_same_twice(kind):
    bundle = FIGURES[kind]._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/svg+xml", "application/vnd.plotly.v1+json"}
    text = json.dumps(bundle, allow_nan=False, sort_keys=True)
    assert "bdata" not in text
    assert text == json.dumps(_all()[kind]._repr_mimebundle_(), allow_nan=False, sort_keys=True)
    assert len(text) < 24_000


@EVERY
def test_no_markup_from_data_reaches_a_label(kind):
    bundle = FIGURES[kind]._repr_mimebundle_()["application/vnd.plotly.v1+json"]
    ours = re.compile(r"<br>|<span style='font-size:11px'>|</span>")
    for word in _words(bundle):
        assert "<" not in ours.sub("", word)
        assert "$" not in word
    assert not any("template" in key for t in bundle["data"] for key in t), "a format string"


@EVERY
def test_floats_are_rounded_and_never_minus_zero(kind):
    def check(value):
        if isinstance(value, dict):
            [check(v) for v in value.values()]
        elif isinstance(value, list):
            [check(v) for v in value]
        elif isinstance(value, float):
            assert value == round(value, 4)
            assert math.copysign(1, value) == 1 or value != 0

    bundle = FIGURES[kind]._repr_mimebundle_()["application/vnd.plotly.v1+json"]
    check(bundle["data"])


@EVERY
def test_background_is_transparent_and_words_are_in_one_grey(kind):
    layout = FIGURES[kind].layout
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["font"]["color"] == INK


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ranked", ["Ana Ruiz (most in North Post: 9", "least in"]),
        ("shares", ["North Post direct 75%, indirect 25% (of 4 quotes)"]),
        ("diverging", ["Strongest towards B: talks (−0.40)", "Hollow bars"]),
        ("dots", ["Ana Ruiz in North Post 9 (interval 8 to 11)", "descriptive only"]),
        ("dumbbell", ["Ana Ruiz (patient 2, agent 7)"]),
        ("keyness", ["Of 4 terms in 2 outlets 2 survive", "“gambit” in North Post (2.50"]),
        ("heatmap", ["2 rows by 2 columns", "North Post × Ana Ruiz (9)"]),
        ("pairs", ["Ana Ruiz (4)"]),
        ("strips", ["3 articles between 2019-09-24 and 2019-09-25", "1 article without a date"]),
        ("columns", ["most (2) on 2019-09-25"]),
    ],
)
def test_text_alternative_gives_the_main_numbers(kind, expected):
    for words in expected:
        assert words in FIGURES[kind].alt
    assert "\n" not in FIGURES[kind].alt


@pytest.mark.parametrize(
    "make",
    [
        lambda f: charts.ranked_bars(f, Columns("actor", "n"), T),
        lambda f: charts.share_bars(f, Columns("actor", "n", "outlet"), T),
        lambda f: charts.diverging_bars(f, Columns("actor", "n"), T, left="l", right="r"),
        lambda f: charts.dots(f, Columns("actor", "n"), T),
        lambda f: charts.dumbbell(f, Columns("actor", "n", "outlet"), T),
        lambda f: charts.keyness_scatter(f, T),
        lambda f: charts.heatmap(f, Columns("actor", "n", "outlet"), T),
        lambda f: charts.co_mentions(f, Columns("actor", "n", "outlet"), T),
        lambda f: charts.timeline(f, T, date="day"),
    ],
)
def test_an_empty_table_draws_nothing_and_says_so(make):
    names = ["actor", "outlet", "n", "day", "term", "n_target", "log_odds", "significant"]
    figure = make(pd.DataFrame({name: [] for name in names}))
    assert list(figure._repr_mimebundle_()) == ["text/plain"]
    assert "Nothing to draw" in figure.alt


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(KeyError, match=r"no column 'share'.*it has actor, outlet"):
        charts.dots(_by_outlet(), Columns("actor", "share"), T)


def test_rows_beyond_the_top_are_counted():
    frame = pd.DataFrame({"actor": list("abcdefgh"), "n": range(8, 0, -1)})
    figure = charts.ranked_bars(frame, Columns("actor", "n"), Look("T", top=5))
    assert "3 further rows (6 together) not shown." in figure.alt
    assert figure.layout["yaxis"]["ticktext"] == list("abcde")
    taller = charts.ranked_bars(frame, Columns("actor", "n"), T)
    assert taller.layout["height"] > figure.layout["height"]


def test_names_that_look_the_same_after_cutting_stay_two_rows():
    frame = pd.DataFrame({"actor": [LONG + " A", LONG + " B"], "n": [2, 1]})
    figure = charts.ranked_bars(frame, Columns("actor", "n"), T)
    assert figure.data[0]["y"] == [0, 1]
    assert figure.data[0]["hovertext"][1].startswith(LONG + " B")


def test_few_articles_give_hollow_dots():
    symbols = [s for t in FIGURES["dots"].data for s in t["marker"]["symbol"]]
    assert sorted(s.endswith("-open") for s in symbols) == [False, False, False, True]


def test_only_survivors_are_named_in_the_keyness_chart():
    cloud, *strong = FIGURES["keyness"].data
    assert set(cloud["text"]) == {""}
    assert "gambit" in [t for trace in strong for t in trace["text"]]


def test_a_keyness_chart_without_survivors_says_so():
    figure = charts.keyness_scatter(TERMS.assign(significant=False), T)
    assert figure.alt == "T. Of 4 terms in 2 outlets none survives."


def test_a_keyness_chart_draws_one_of_the_terms_that_lie_on_one_another():
    many = pd.DataFrame(
        {
            "term": [f"word{i}" for i in range(20_000)],
            "outlet": "North Post",
            "n_target": [1 + i % 4 for i in range(20_000)],
            "log_odds": [-1 + i / 10_000 for i in range(20_000)],
            "significant": False,
        }
    )
    figure = charts.keyness_scatter(many, T)
    (cloud,) = figure.data
    assert set(cloud["x"]) == {1, 2, 3, 4}
    assert min(cloud["y"]) == -1
    assert max(cloud["y"]) == many["log_odds"].max()
    assert len(cloud["x"]) < 500
    assert "20,000 terms" in figure.alt


def test_a_pair_fills_both_halves_and_never_the_diagonal():
    grid = FIGURES["pairs"].data[0]["z"]
    assert all(grid[i][i] is None for i in range(len(grid)))
    assert grid == [list(row) for row in zip(*grid, strict=True)]


@pytest.mark.parametrize(
    ("days", "words"),
    [(["2019-01-01", "2019-06-01"], "Counted by week."), (["2017-01-01", "2019-06-01"], "month")],
)
def test_long_spans_are_counted_by_week_or_month(days, words):
    figure = charts.timeline(pd.DataFrame({"d": days}), T, date="d")
    assert words in figure.alt


def test_days_without_anything_have_no_circle():
    frame = pd.DataFrame({"d": ["2019-09-24", "2019-09-25"], "g": ["a", "a"], "n": [12, 0]})
    figure = charts.timeline(frame, T, date="d", group="g", value="n")
    assert figure.data[0]["x"] == ["2019-09-24"]
    assert figure.data[0]["marker"]["size"][0] >= 19


def test_one_colour_per_outlet_in_the_given_order():
    assert outlet_colours(["b", "a", "b"]) == {"b": PALETTE[0], "a": PALETTE[1]}


# Simulation matrices for full colour blindness: Machado, Oliveira & Fernandes (2009).
SIGHT = {
    "usual": np.eye(3),
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def _oklab(rgb):
    to_lms = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
    to_lab = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    return 100 * np.array(to_lab) @ np.cbrt(np.array(to_lms) @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("sight", SIGHT)
def test_outlets_are_told_apart_by_all_eyes(sight):
    linear = []
    for colour in PALETTE:
        c = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear.append(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))
    seen = [_oklab(np.array(SIGHT[sight]) @ c) for c in linear]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 7.5


@pytest.mark.parametrize("ground", ["#ffffff", "#15181c"])
@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out_in_light_and_dark(colour, ground):
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 2.95
    assert luminance(CELL_INK) < 0.02


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A & B", "A &amp; B"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("$5bn", "&#36;5bn"),
        ("two\nlines\u202e", "two lines"),
        (None, "–"),
        ("\ud800", "\ufffd"),
    ],
)
def test_labels(text, expected):
    assert label(text) == expected


def test_an_interval_that_ends_at_zero_has_its_whisker():
    frame = pd.DataFrame({"word": ["oil"], "n": [-2.0], "low": [-3.0], "high": [0.0]})
    figure = charts.dots(frame, Columns("word", "n", low="low", high="high"), T)
    assert figure.data[0]["error_x"]["array"] == [2.0]
    assert figure.data[0]["error_x"]["arrayminus"] == [1.0]


# ------------------------------------------------------------------------------ still pictures


@pytest.mark.parametrize("kind", FIGURES)
def test_a_still_picture_has_the_words_and_no_markup_of_data(kind):
    figure = FIGURES[kind]
    text = figure._repr_mimebundle_()["image/svg+xml"]
    drawn = ElementTree.fromstring(text)
    assert {part.tag.split("}")[1] for part in drawn.iter()} <= {
        "svg", "title", "text", "path", "rect", "circle", "polygon",
    }  # fmt: skip
    assert drawn.findtext("{*}title") == figure.alt
    words = [part.text for part in drawn.iterfind(".//{*}text")]
    assert html.unescape(figure.layout["title"]["text"]) in words
    for part in drawn.iter():
        numbers = [part.get(name) for name in ("x", "y", "width", "height", "cx", "cy", "r")]
        assert all(-50 <= float(n) <= 2000 for n in numbers if n)
    assert text == _all()[kind]._repr_mimebundle_()["image/svg+xml"]


def test_bars_of_a_picture_are_as_long_as_their_numbers():
    bar = {"type": "bar", "orientation": "h", "y": [0, 1], "width": 0.8}
    data = [{**bar, "x": [3, 1]}, {**bar, "x": [1, 1]}]
    axes = {"yaxis": {"range": [1.5, -0.5]}, "xaxis": {"range": [0, 4]}}
    drawn = ElementTree.fromstring(svg(data, {"barmode": "stack", "height": 100, **axes}, ""))
    bars = [(float(r.get("x")), float(r.get("width"))) for r in drawn.iterfind(".//{*}rect")]
    unit = bars[1][1]
    assert [round(wide / unit) for _, wide in bars] == [3, 1, 1, 1]
    assert bars[2][0] == pytest.approx(bars[0][0] + bars[0][1], abs=0.11)


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        ({"range": [0, 1], "tickformat": ".0%"}, ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ({"range": [0, 9000], "tickformat": ","}, ["0", "2,000", "4,000", "6,000", "8,000"]),
        ({"range": [0, 2], "type": "log"}, ["1", "2", "5", "10", "20", "50", "100"]),
        (
            {"range": ["2023-12-30", "2024-01-03"], "type": "date", "dtick": 172_800_000.0,
             "tick0": "2023-12-30"},
            ["30 Dec", "2023", "1 Jan", "2024", "3 Jan"],
        ),
        ({"range": [-0.5, 1.5], "tickmode": "array", "tickvals": [0, 1],
          "ticktext": ["A &amp; B", "<b>C</b>"]}, ["A & B", "C"]),
    ],
)  # fmt: skip
def test_ticks_of_a_picture(axis, words):
    trace = {"type": "scatter", "mode": "markers", "x": [], "y": []}
    layout = {"xaxis": axis, "yaxis": {"showticklabels": False, "range": [0, 1]}}
    drawn = ElementTree.fromstring(svg([trace], layout, ""))
    assert [part.text for part in drawn.iterfind(".//{*}text")] == words
