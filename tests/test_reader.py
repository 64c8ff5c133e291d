"""The reader: marks in an article's text, in notebooks and on the page."""

from __future__ import annotations

import json
import re
from html import unescape

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import Story, display, reader, schema
from helpers.asking import SelectionError
from helpers.reader.marks import Marks
from helpers.reader.text import html
from helpers.report import render_notebook
from helpers.report.redact import Redactor

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
KITE = (
    "---\ntitle: Talks fail\noutlet: The Kite\n---\nAda Orr said the talks “went nowhere.”\n\n"
    "“They failed,” she said, “again.” The reckless plan is dead.\n"
)
WREN = f"A day {EVIL}\n\nThe talks go on, Ben Vale said. Nobody else spoke.\n"


@pytest.fixture(scope="module")
def story() -> Story:
    rows = [
        {"doc_id": "kite/1", "file": "a", "outlet": "The Kite", "title": "Talks fail",
         "published": "2024-03-01", "text": KITE, "n_words": 20, "byline": EVIL,
         "url": "https://kite.example/a"},
        {"doc_id": "wren/1", "file": "b", "outlet": EVIL, "title": "The day", "text": WREN,
         "n_words": 12, "url": "javascript:alert(1)"},
    ]  # fmt: skip
    return Story.from_articles(schema.make("articles", rows))


def test_an_article_shows_who_says_what_and_who_is_meant(story: Story) -> None:
    shown = story.read("kite/1")
    text = shown.html[shown.html.index('<p class="headline">') :]
    assert text.startswith('<p class="headline">Talks fail</p>\n<p>'), "no front matter"
    assert '<small class="by">Ada Orr: </small>' in text
    assert re.search(r'<mark class="said quoted">.*?“They failed,”</mark>', text)
    assert text.count("<mark ") == len(story.quotes) - 1, "one of four is of the other article"
    second = text[text.index("said, ") :]
    assert second.startswith('said, <mark class="said quoted">“again.”</mark>'), "named once"
    assert '<u class="named" title="Ada Orr">she</u><small class="who"> (Ada Orr)</small>' in text
    assert '<u class="named" title="Ada Orr">Ada Orr</u> said' in text, "its words say the name"
    assert '<em class="judging">reckless</em><sup class="tone ill">−</sup>' in text
    about = shown.html[shown.html.index('<p class="about">') :]
    assert '<a href="https://kite.example/a" rel="noopener noreferrer">at kite.example</a>' in about


def test_it_is_static_text_whatever_the_articles_hold(story: Story) -> None:
    shown = story.read("kite/1", "wren/1")
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {display.READER, "text/html", "text/plain"}
    assert [each["doc_id"] for each in bundle[display.READER]["articles"]] == ["kite/1", "wren/1"]
    tags = set(re.findall(r"<([a-z0-9]+)", bundle["text/html"]))
    assert not {"script", "img", "form", "button", "iframe"} & tags
    assert "javascript:" not in bundle["text/html"]
    assert bundle["text/html"].count("<article ") == 2
    assert '<p class="headline">The day</p>' in bundle["text/html"], "a title that is not in it"
    assert "title: Talks fail" not in bundle["text/html"] + bundle["text/plain"]


def test_the_switches_need_no_script_and_are_hidden_without_their_style(story: Story) -> None:
    text = story.read("kite/1").html
    assert '<fieldset class="switches" hidden>' in text
    for name, _, _ in reader.show.SWITCHES:
        assert f'<input type="checkbox" class="show-{name}"' in text
        assert f":has(.show-{name}:" in text


def test_a_part_marks_its_own_rows(story: Story) -> None:
    assert 'class="named"' in story.read("kite/1").html
    part = story.where(contains="reckless plan").read("kite/1")
    assert "went nowhere" in part.html
    assert not re.search(r'class="(named|said quoted)"', part.html[part.html.index("<article") :])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("kite/2", "no article is 'kite/2'; did you mean 'kite/1'?"),
        ("Talks fails", "no article is 'Talks fails'; did you mean 'Talks fail'?"),
        ("no", "no article is 'no'; there are 'kite/1', 'wren/1', 'Talks fail', 'The day'"),
    ],
)
def test_a_wrong_name_gives_the_nearest(story: Story, name: str, message: str) -> None:
    with pytest.raises(SelectionError, match="^" + re.escape(message) + "$"):
        story.read(name)
    assert story.read("talks FAIL").data == story.read("kite/1").data


def test_redacted_it_holds_no_text(story: Story) -> None:
    data = Redactor([KITE, WREN]).value(story.read("kite/1").data)
    assert "nowhere" not in json.dumps(data)
    assert "nowhere" not in reader.reader(data["articles"])


def test_a_page_of_a_notebook_draws_the_reader_from_what_it_holds(story: Story) -> None:
    bundle = {**story.read("kite/1")._repr_mimebundle_(), "text/html": EVIL}
    cell = new_code_cell("story.read('kite/1')", outputs=[new_output("display_data", bundle)])
    page = render_notebook(new_notebook(cells=[cell]))
    assert '<section class="reader" aria-label="Reader: Talks fail">' in page
    assert '<small class="by">Ada Orr: </small>' in page
    assert EVIL not in page
    for part, value in (("said", [[0, 5, 0, 9]]), ("named", [[0, 9999, 0, 0, 0]]),
                        ("judging", [[0, 5, 7]]), ("names", [EVIL, 3])):  # fmt: skip
        data = json.loads(json.dumps(bundle))
        data[display.READER]["articles"][0]["marks"][part] = value
        cell["outputs"] = [new_output("display_data", data)]
        assert "An output is not drawn" in render_notebook(new_notebook(cells=[cell])), part


ARTICLE = st.text(alphabet="ab<&“ \n\t\u202e.", max_size=40)
SPAN = st.tuples(st.integers(0, 40), st.integers(0, 8))


@settings(max_examples=150)
@given(ARTICLE, st.lists(SPAN, max_size=5), st.lists(SPAN, max_size=4), st.lists(SPAN, max_size=4))
def test_marks_keep_every_word_and_every_place(
    text: str,
    pointed: list[tuple[int, int]],
    said: list[tuple[int, int]],
    named: list[tuple[int, int]],
) -> None:
    def inside(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(s, min(s + n, len(text))) for s, n in spans if s <= len(text)]

    shown = {span: ["#back"] for span in inside(pointed)}
    marks = Marks(
        ["who"],
        said=[(*span, 0, 0) for span in inside(said)],
        named=[(*span, 0, 1, 0) for span in inside(named)],
    )
    made = html(text, marks, anchor="d", shown=shown)
    for tag in ("mark", "u", "p", "span"):
        assert len(re.findall(rf"<{tag}[ >]", made)) == made.count(f"</{tag}>")
    ids = re.findall(r' id="d-(\d+)"', made)
    assert len(ids) == len(set(ids))
    if text.strip(" \n\t"):
        assert {int(i) for i in ids} == {start for start, _ in shown}
    bare = re.sub(r"<(a|small|sup)\b.*?</\1>", "", made)
    words = unescape(re.sub(r"<[^>]+>", "", bare))
    squeeze = str.maketrans("", "", " \n\t\u202e")
    assert words.translate(squeeze) == text.translate(squeeze)


def test_text_that_only_looks_like_front_matter_stays() -> None:
    text = "---\nHe spoke.\n---\nShe left."
    articles = schema.make("articles", [{"doc_id": "a", "outlet": "X", "text": text, "n_words": 4}])
    sentences = pd.DataFrame({"doc_id": "a", "start": [4, 18], "end": [13, 27], "part": "body"})
    (one,) = reader.records(articles, sentences=sentences)
    assert "He spoke." in reader.article(one)
    (other,) = reader.records(articles)
    assert "He spoke." not in reader.article(other)
