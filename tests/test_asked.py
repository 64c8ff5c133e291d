"""Questions asked beforehand: what may be asked, that each is tested alone, and how it is told."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from helpers import briefing
from helpers.findings.asked import Measure, answers, per_row, per_words
from helpers.findings.told import told
from helpers.settings import Question, read_settings
from helpers.statistics import ALPHA
from helpers.story import Story

ASK = '[[question]]\noutlet = "Post"\nlens = "actors"\nactor = "Ann Orr"\ndirection = "more"\n'


def articles(events=12, outlets=("Post", "Wire", "Herald")):
    rows = [(f"{o}-{e}", o, f"e{e}", 1000) for e in range(events) for o in outlets]
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "event", "n_words"])


def measure_of(frame, rates, of="actor"):
    """One place per use; an outlet uses the subject about ``rates[outlet]`` times an article."""
    draw = np.random.default_rng(4)
    rows = [
        ("Ann Orr", doc, i, i + 3)
        for doc, outlet in zip(frame["doc_id"], frame["outlet"], strict=True)
        for i in range(draw.poisson(rates.get(outlet, 2.0)))
    ]
    places = pd.DataFrame(rows, columns=["subject", "doc_id", "start", "end"])
    says = "{outlet} names {subject} {value} times, {others} {reference} times."
    return Measure(of, per_words(places, frame), places, says, "word", "names", scale=1000.0)


def answer(question, rates=None, frame=None):
    frame = articles() if frame is None else frame
    notes = []
    measure = measure_of(frame, rates or {})
    found = answers(
        [question],
        told(frame, {}),
        {"actors": lambda *_: measure},
        file_mark="sha256 ab12",
        notes=notes,
    )
    return (found[0] if found else None), notes


@pytest.mark.parametrize(
    ("direction", "rates", "verdict"),
    [
        ("more", {"Post": 6.0}, "whether it is more: yes, by more than chance gives."),
        ("other", {"Post": 6.0}, "whether it differs: yes, by more than chance gives."),
        ("less", {"Post": 6.0}, "whether it is less: no, it is more."),
        ("less", {"Wire": 6.0, "Herald": 6.0}, "whether it is less: yes,"),
        ("more", {}, "whether it is more: so wide a gap may be chance."),
    ],
)
def test_an_answer_is_told_whatever_it_is(direction, rates, verdict):
    found, notes = answer(
        Question("Post", "actors", "actor", "ann orr", direction=direction), rates
    )
    assert verdict in found.statement
    assert found.statement.startswith("Post names Ann Orr ")
    assert (found.p_value <= ALPHA) == ("yes" in verdict)
    assert "sha256 ab12" in found.method
    assert "tested alone" in found.method
    assert ("one way" in found.method) == (direction != "other")
    assert (" at least " in found.method, " at most " in found.method) == (
        direction == "more",
        direction == "less",
    )
    assert len(found.evidence) == found.numerator
    assert not notes


def test_one_outlet_may_be_held_against_one():
    rates = {"Post": 6.0, "Wire": 6.0, "Herald": 0.5}
    found, _ = answer(Question("Post", "actors", "actor", "Ann Orr", against="Wire"), rates)
    assert "Wire" in found.statement
    assert "may be chance" in found.statement
    assert {doc.split("-")[0] for doc, _, _ in found.reference} == {"Wire"}
    other, _ = answer(Question("Post", "actors", "actor", "Ann Orr", against="Herald"), rates)
    assert other.p_value <= ALPHA


def test_few_articles_are_described():
    found, _ = answer(Question("Post", "actors", "actor", "Ann Orr"), frame=articles(events=2))
    assert found.descriptive
    assert "too few articles for a test" in found.statement


@pytest.mark.parametrize(
    ("question", "problem", "action"),
    [
        (Question("Pots", "actors", "actor", "Ann Orr"), "is of Pots", "write Post if"),
        (Question("Post", "actors", "actor", "Ann Or"), "no actor Ann Or", "write Ann Orr if"),
        (Question("Post", "actor", "actor", "Ann Orr"), "no lens actor", "write actors if"),
        (Question("Post", "actors", "term", "plan"), "about an actor, not a term", "actor ="),
        (
            Question("Post", "actors", "actor", "Ann Orr", against="Wires"),
            "is of Wires",
            "write Wire if",
        ),
        (Question("Post", "actors", "actor", "Ann Orr", against="Post"), "against itself", ""),
    ],
)
def test_what_cannot_be_answered_is_said_with_the_nearest_name(question, problem, action):
    found, notes = answer(question)
    assert found is None
    assert problem in notes[0]["problem"]
    assert notes[0]["action"].startswith("not answered; ")
    assert action in notes[0]["action"]


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (ASK.replace("direction", "way"), "way is no key of [[question]]"),
        (ASK.replace('"more"', '"mroe"'), "question 1: 'mroe' is no direction; write more if"),
        (ASK.replace("actor =", "acto ="), "names neither actor nor term nor frame"),
        (ASK + 'term = "plan"', "question 1 names actor and term; it takes one"),
        (ASK.replace("outlet", "outlets"), "question 1 names no outlet"),
        (ASK.replace('"Post"', "3"), "question 1: outlet is a whole number (3), not text"),
        ("questions = 3", "questions is a whole number (3), not a list of tables"),
        ("questions = [3]", "question 1 is a whole number (3), not a table"),
    ],
)
def test_settings_that_ask_nothing_are_told(toml, problem):
    settings, problems = read_settings(toml)
    assert any(problem in p.problem for p in problems), problems
    assert not settings.questions or "way" in problem


def test_a_story_with_a_question_of_its_own_asks_in_the_plural():
    for tables in (ASK, ASK.replace("question", "questions")):
        settings, problems = read_settings('question = "Who is blamed?"\n' + tables * 2)
        assert not problems
        assert settings.question == "Who is blamed?"
        assert settings.questions == read_settings(ASK)[0].questions * 2
    _, problems = read_settings('question = "Who is blamed?\n' + ASK)
    assert "at line 1" in problems[0].problem


def test_shares_count_rows_and_rates_count_whole_articles():
    rows = pd.DataFrame({"subject": ["x", "x", "y"], "doc_id": ["a", "a", "b"]})
    made = per_row(rows, pd.Series([True, False, True]))
    assert made.to_numpy().tolist() == [["x", "a", 1.0, 2.0], ["y", "b", 1.0, 1.0]]
    words = pd.DataFrame({"doc_id": ["a", "b"], "n_words": [10, 30]})
    assert per_words(rows, words)[["subject", "top", "bottom"]].to_numpy().tolist() == [
        ["x", 2, 10],
        ["x", 0, 30],
        ["y", 0, 10],
        ["y", 1, 30],
    ]


def test_every_lens_that_can_be_asked_answers_from_a_story(tmp_path):
    lines = ["file,outlet,published"]
    (tmp_path / "articles").mkdir()
    for i in range(10):
        outlet = ("Post", "Wire")[i % 2]
        lines.append(f"a{i}.txt,{outlet},2021-05-{i // 2 + 1:02d}")
        text = (
            f"Minister Ann Orr attacked the cruel plan {i}. “We will fight,” Orr said. "
            f"She met Paul Hale, who praised the plan, in a battle over taxes. "
            "The harbour was calm. " + " ".join(f"item{i}of{k}" for k in range(60))
        )
        (tmp_path / "articles" / f"a{i}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "articles.csv").write_text("\n".join(lines), encoding="utf-8")
    asked = [("actors", "actor", "Ann Orr"), ("quotes", "actor", "Ann Orr")]
    asked += [("agency", "actor", "Ann Orr"), ("sentiment", "actor", "Ann Orr")]
    asked += [("keyness", "term", "Harbour"), ("frames", "frame", "conflict")]
    asked += [("actors", "actor", "Ann Ohr")]
    toml = "".join(
        f'[[question]]\noutlet = "Post"\nlens = "{lens}"\n{of} = "{about}"\n'
        for lens, of, about in asked
    )
    (tmp_path / "story.toml").write_text(toml, encoding="utf-8")
    story = Story(tmp_path)
    told_first = [f for f in story.claims if f.topic == "asked beforehand"]
    assert story.claims[: len(told_first)] == told_first
    unanswered = story.problems[story.problems["file"] == "story.toml"]
    assert len(told_first) + len(unanswered) == len(asked)
    assert "write Ann Orr if that is meant" in " ".join(unanswered["action"])
    said = " ".join(f.statement for f in told_first)
    assert all(name in said for name in ("Ann Orr", "“harbor”", "frame conflict"))
    digest = hashlib.sha256((tmp_path / "story.toml").read_bytes()).hexdigest()[:12]
    assert all(digest in f.method for f in told_first)
    assert len(story.claims) <= briefing.LIMIT + len(asked)
