"""Comparisons by other things than single outlets: which sides there are, and what moves."""

import numpy as np
import pandas as pd
import pytest

from helpers import display, schema, spread
from helpers.comparing.sides import exchange_strata, moved_whole, sided
from helpers.findings.compare import WHOLE, gaps
from helpers.findings.told import told
from helpers.lenses.keyness.permutation import ArticleTerms, judge
from helpers.pipeline import PipelineError, write_tables
from helpers.reader import records
from helpers.report.search import searchable
from helpers.settings import Compare, read_settings
from helpers.spread.material import by_article
from helpers.story import Story

DAYS = ["2021-05-01", "2021-05-02", "2021-05-03", "2021-05-04", None, "2021-05-06"]
OUTLETS = ["Post", "Post", "Wire", "Herald", "Wire", "unknown"]


def articles(**columns):
    return pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(6)],
            "outlet": OUTLETS,
            "published": DAYS,
            "lean": ["left", "left", "right", "right", None, "left"],
            "genre": ["report", "opinion", "report", "report", "opinion", "report"],
        }
        | columns
    )


def compare(toml):
    settings, problems = read_settings(toml)
    assert not problems
    return settings.compare


@pytest.mark.parametrize(
    ("toml", "sides"),
    [
        ('compare.by = "lean"', ["left", "left", "right", "right", "", ""]),
        ('compare.by = "genre"', ["report", "opinion", "report", "report", "opinion", ""]),
        (
            'compare.by = "published"\ncompare.at = 2021-05-03',
            ["coverage before 2021-05-03"] * 2 + ["coverage from 2021-05-03 on"] * 2 + ["", ""],
        ),
        ("compare.groups.Big = ['Post']", ["Big", "Big", *["other outlets"] * 3, ""]),
        ("compare.groups = {A = ['Post'], B = ['Herald']}", ["A", "A", "", "B", "", ""]),
        ("compare.only = ['Post', 'Wire']", ["Post", "Post", "Wire", "", "Wire", ""]),
        (
            "aliases = {'The Post' = 'Post'}\ncompare.groups.Big = ['The Post']",
            ["Big", "Big", *["other outlets"] * 3, ""],
        ),
    ],
)
def test_a_side_takes_the_place_of_the_outlet(toml, sides):
    made = sided(articles(), compare(toml), [])
    assert made["outlet"].replace("unknown", "").tolist() == sides
    assert made["publisher"].tolist() == OUTLETS


@pytest.mark.parametrize(
    ("asked", "problem", "action"),
    [
        (Compare(by="laen"), "no column laen", "write lean if that is meant"),
        (Compare(by="text_length"), "no column", "there are "),
        (Compare(by="lean", only=("lefft", "right")), "no side lefft", "write left if"),
        (Compare(by="published"), "needs a day", 'at = "2020-01-31"'),
        (Compare(by="published", at="2031-01-01"), "from 2021-05-01 to 2021-05-06", "a day within"),
        (Compare(by="published", at="2021-05-01"), "one side of 2021-05-01", "a day within"),
        (Compare(groups={"A": ("Pots",), "B": ("Wire",)}), "of Pots", "write Post if"),
        (Compare(groups={"A": ("Pots",), "B": ("Wire",)}), "'compare.groups.A names no outlet", ""),
        (
            Compare(groups={"A": ("Post", "Wire"), "B": ("Wire", "Herald")}),
            "in A and in B",
            "for A",
        ),
        (Compare(groups={"A": ("Post",), "B": ("Herald",)}), "2 of 6 articles are on no side", ""),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_nearest_name(asked, problem, action):
    notes = []
    sided(articles(), asked, notes)
    assert any(problem.strip("'") in n["problem"] and action in n["action"] for n in notes), notes


@pytest.mark.parametrize(
    "asked",
    [
        Compare(by="laen"),
        Compare(by="published", at="2031-01-01"),
        Compare(groups={"A": ("Pots",), "B": ("Wire",)}),
        Compare(by="one"),
        Compare(by="none"),
    ],
)
def test_where_no_two_sides_are_left_outlets_are_compared_and_it_is_said(asked):
    notes = []
    given = articles(one=["same"] * 6, none=[None] * 6)
    assert sided(given, asked, notes) is given
    assert any("the outlets are compared" in n["action"] for n in notes)


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("compare = 'lean'", "compare is text (lean), not a table"),
        ("compare.bye = 'lean'", "bye is no key of [compare]"),
        ("compare.at = 'May'", "compare.at is 'May', no day written YYYY-MM-DD"),
        ("compare.groups = ['Post']", "compare.groups is a list, not a table"),
        ("compare.groups.A = 'Post'", "compare.groups.A is text (post), not a list"),
        ("compare.groups.A = []", "compare.groups.A is empty"),
        ("[compare]", "[compare] says nothing"),
        ("compare = {by = 'lean', at = 2021-05-03}", "compare has a day and by = 'lean'"),
        ("compare = {at = 2021-05-03, groups = {A = ['Post']}}", "has groups of outlets and a day"),
        ("compare = {by = 'lean', groups = {A = ['Post']}}", "has groups of outlets and by = "),
    ],
)
def test_settings_that_say_no_comparison_are_told(toml, problem):
    _, problems = read_settings(toml)
    assert any(problem in p.problem for p in problems), problems


def test_a_day_alone_divides_the_time():
    assert compare("compare.at = 2021-05-03") == Compare(by="published", at="2021-05-03")


def test_of_two_sides_what_one_has_more_of_is_told_once():
    days = [f"2021-05-{day:02d}" for day in range(1, 21)]
    units = pd.DataFrame(
        {"subject": "x", "doc_id": days, "outlet": ["before", "after"] * 10, "stratum": 0,
         "top": [1.0, 8.0] * 10, "bottom": 10.0}
    )  # fmt: skip
    assert [(gap.outlet, gap.looked_at, gap.sure) for gap in gaps(units)] == [("after", 1, True)]


def test_outlets_move_as_a_whole_where_each_is_on_one_side_and_stay_where_not():
    nested = sided(articles(), Compare(by="lean"), []).iloc[:4]
    assert moved_whole(nested).tolist() == ["Post", "Post", "Wire", "Herald"]
    crossed = sided(articles(), Compare(by="genre"), []).iloc[:5]
    assert moved_whole(crossed) is None
    assert exchange_strata(crossed).tolist() == OUTLETS[:5]
    alone = sided(articles(), Compare(only=("Post", "Wire")), []).iloc[:3]
    assert moved_whole(alone) is None  # one outlet a side: articles move between the outlets
    assert exchange_strata(alone, problems=[]).name != "publisher"


def group_story(of_loud):
    """Ten outlets of four articles, five a side; one of the left has ``of_loud`` more, all loud."""
    rows = []
    for outlet in range(10):
        loud = outlet == 0
        side = "left" if outlet < 5 else "right"
        rows += [(f"{outlet}-{i}", f"o{outlet}", side, loud) for i in range(4 + of_loud * loud)]
    frame = pd.DataFrame(rows, columns=["doc_id", "publisher", "outlet", "loud"])
    frame["published"] = "2021-05-01"
    return frame


def test_an_outlet_of_many_articles_does_not_speak_for_its_group():
    story = group_story(of_loud=40)
    compared = told(story, {}).compared
    assert (compared["stratum"] <= WHOLE).all()
    assert compared["stratum"].nunique() == 10
    units = compared.assign(subject="x", top=story["loud"] * 9.0, bottom=10.0)
    assert not any(gap.sure for gap in gaps(units, told=9))
    as_articles = units.assign(stratum=0)
    assert any(gap.sure for gap in gaps(as_articles, told=9))


def test_words_of_one_outlet_are_no_words_of_its_group():
    story = group_story(of_loud=40)
    told_terms = ArticleTerms(
        table=np.c_[story["loud"] * 9.0, np.ones(len(story))].astype(np.float32),
        words=np.full(len(story), 500.0),
        outlet=story["outlet"].to_numpy(dtype=object),
        stratum=np.zeros(len(story), dtype=object),
    )
    movers = told_terms.as_movers(story["publisher"].to_numpy(dtype=object))
    assert movers.table[:, 1].tolist() == [44.0] + [4.0] * 9
    assert movers.outlet.tolist() == ["left"] * 5 + ["right"] * 5
    by_article, by_outlet = (
        judge(t, draws=999, seed=1, problems=[])["left"].p_value for t in (told_terms, movers)
    )
    assert by_article[0] < 0.01 < 0.2 < by_outlet[0]


WORDS = ["ferry", "trawler", "ferry", "tanker", "tanker", "trawler"]


def folder_of(tmp_path, toml=""):
    folder = tmp_path / "story"
    (folder / "articles").mkdir(parents=True)
    lines = ["file,outlet,published,lean"]
    for i in range(6):
        outlet, lean = (("Post", "left"), ("Wire", "right"), ("Herald", "right"))[i % 3]
        lines.append(f"a{i}.txt,{outlet},2021-05-0{i + 1},{lean}")
        text = f"Minister Ann Orr spoke on day {i}. The harbour froze. A {WORDS[i]} sank."
        (folder / "articles" / f"a{i}.txt").write_text(text, encoding="utf-8")
    (folder / "articles.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "story.toml").write_text(toml, encoding="utf-8")
    return folder


def test_lenses_follow_the_sides(tmp_path):
    story = Story(folder_of(tmp_path, '[compare]\nby = "lean"'))
    assert story.outlets == ["right", "left"]
    assert set(story.with_outlet(story.mentions)["outlet"]) == {"left", "right"}
    assert "left (1 outlet) and right (2 outlets)" in repr(story)
    assert story.comparable_outlets == ["Herald", "Post", "Wire"]
    assert story.articles_read["outlet"].tolist() == ["Post", "Wire", "Herald"] * 2


def test_pages_cite_the_outlet_and_say_which_is_on_which_side(tmp_path):
    story = Story(folder_of(tmp_path, '[compare]\nby = "lean"'))
    m = spread.Material(story)
    assert spread.alerts(m) == [
        "Held against each other are left (Post) and right (Herald and Wire)."
    ]
    spans = pd.DataFrame({"doc_id": ["a1"], "start": [0], "end": [8]})
    (cited,) = display.evidence(spans, story.articles).data["items"]
    (read,) = records(story.articles, doc_ids=["a1"])
    assert (cited["outlet"], read["outlet"]) == ("Wire", "Wire")
    assert searchable(story.articles, {"a1": "one", "a2": "two"})["fields"][0][2] == [
        "Herald", "Wire",
    ]  # fmt: skip
    assert [c.name for c in by_article(m, ["a1", "a2"])] == ["Wire", "Herald"]


def test_of_periods_nothing_is_told_first_and_what_has_no_day_is_said(tmp_path):
    folder = folder_of(tmp_path, '[compare]\nby = "published"\nat = 2021-05-03')
    sheet = folder / "articles.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("2021-05-06", ""), encoding="utf-8")
    m = spread.Material(Story(folder))
    assert spread.alerts(m) == ["1 article is on no side."]
    facts = [
        {"fact_id": "f", "outlet": side, "status": "present", "score": 0.9, "doc_id": doc,
         "start": 0, "end": 8, "statement": "Orr spoke.", "reason": "told", "tellers": 2}
        for side, doc in (("coverage before 2021-05-03", "a0"),
                          ("coverage from 2021-05-03 on", "a3"))
    ]  # fmt: skip
    made = {"coverage": schema.make("coverage", facts)}
    of = {"folder": folder, "made": made}
    assert len(spread.chronology(spread.Material(Story.from_articles(m.story.articles, made=made))))
    m = spread.Material(Story.from_articles(m.story.articles, **of))
    assert spread.chronology(m).empty


def test_the_command_line_goes_before_the_settings(tmp_path):
    folder = folder_of(tmp_path, '[compare]\nby = "lean"')
    write_tables(str(folder), str(tmp_path / "out"), formats=("csv",), by="published=2021-05-03")
    made = pd.read_csv(tmp_path / "out" / "articles.csv")
    assert made["outlet"].value_counts().to_dict() == {
        "coverage from 2021-05-03 on": 4,
        "coverage before 2021-05-03": 2,
    }
    with pytest.raises(PipelineError, match="no day written"):
        write_tables(str(folder), str(tmp_path / "no"), by="published=soon")
    said: list[str] = []
    write_tables(str(folder), str(tmp_path / "b"), formats=("csv",), by="laen", tell=said.append)
    what = "compare: articles have no column laen to compare by"
    assert said == [f"{what}: the outlets are compared; write lean if that is meant"]


def test_partitions_count_only_what_is_on_a_side(tmp_path):
    toml = '[compare]\nby = "outlet"\nonly = ["Post", "Wire"]'
    story = Story(folder_of(tmp_path, toml))
    made = story.lens_tables["keyness"]
    parts = []
    for rows in (slice(0, 4), slice(4, 6)):
        part = Story.from_articles(story.articles_read[rows].reset_index(drop=True))
        given = {name: getattr(part, name) for name in made.counted.needs}
        given["comparable_outlets"] = story.comparable_outlets
        parts.append(made.counted.count(**given))
    with pd.option_context("mode.string_storage", "python"):
        table = made.counted.make(
            lambda name: (part[name] for part in parts), story.originals, None, notes=[]
        )
    pd.testing.assert_frame_equal(table, story.keyness)
    assert set(table["outlet"]) == {"Post", "Wire"}
