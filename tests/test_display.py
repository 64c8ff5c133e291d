"""Tables, evidence, readings: three faces, the same from run to run, escaped in HTML."""

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import display, wording

EVIL = "<script>alert(1)</script>\x00\u202e & more"
TEXT = f"The envoy spoke. Her “plan” was {EVIL}, said one. Nobody\u00a0else came."
ARTICLES = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "outlet": ["North Post", "North Post", EVIL],
        "published": ["2019-09-24", None, "2019-09-26"],
        "title": ["Talks", "More talks", EVIL],
        "text": [TEXT, "One line.\nAnother line here.", "Short."],
    }
)
SENTENCES = pd.DataFrame(
    {"doc_id": ["a", "a", "a"], "start": [0, 17, TEXT.index("Nobody")],
     "end": [16, TEXT.index(" Nobody"), len(TEXT)]}
)  # fmt: skip
PLAN = TEXT.index("“plan”")
SPANS = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b", "c"],
        "start": [PLAN, 0, 18, 0],
        "end": [PLAN + 6, 9, 22, 5],
        "voice": ["quoted", "author", None, "author"],
    }
)


def _faces(shown):
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {shown.mime, "text/html", "text/plain"}
    assert json.loads(json.dumps(bundle[shown.mime], allow_nan=False)) == bundle[shown.mime]
    assert "<script" not in bundle["text/html"]
    assert "\x00" not in json.dumps(bundle[shown.mime]) + bundle["text/plain"]
    return bundle


def test_table_counts_formats_and_links():
    frame = SPANS.assign(share=[0.25, None, 0.004, 1], n=[1200, 1, 2, 3], flag=True, mean=-0.125)
    shown = display.table(frame, caption="Spans", units={"share": "share"}, limit=3)
    data = _faces(shown)[display.TABLE]
    assert data["total"] == 4
    assert data["note"] == "The first 3 of 4 rows."
    assert [c["type"] for c in data["columns"]] == [
        "text", "number", "number", "text", "number", "number", "text", "number",
    ]  # fmt: skip
    assert data["rows"][0][3:] == ["quoted", "25%", "1,200", "yes", "−0.12"]
    assert data["rows"][1][4] == data["rows"][2][3] == "–"
    assert data["links"][0] == ["a", PLAN]


def test_table_picks_and_renames_columns():
    shown = display.table(SPANS, caption="S", columns={"voice": "whose words"}, limit=None)
    assert [c["heading"] for c in shown.data["columns"]] == ["whose words"]
    assert shown.data["rows"][0] == ["quoted"]
    assert str(shown).splitlines()[:3] == ["S", "whose words", "quoted"]
    with pytest.raises(KeyError, match="no column who to show; it has doc_id, start"):
        display.table(SPANS, caption="S", columns=["who"])


def test_counts_that_a_join_made_floats_are_counts_again():
    frame = pd.DataFrame({"n": [3.0, None, 12.0], "mean": [3.0, 0.5, 1.0]})
    rows = display.table(frame, caption="S").data["rows"]
    assert rows == [["3", "3.00"], ["–", "0.50"], ["12", "1.00"]]


def test_an_empty_table_keeps_its_head():
    data = _faces(display.table(SPANS.head(0), caption="None"))[display.TABLE]
    assert data["rows"] == []
    assert data["total"] == 0
    assert len(data["columns"]) == 4


def test_evidence_marks_the_span_in_its_sentence():
    data = _faces(display.evidence(SPANS, ARTICLES, sentences=SENTENCES, note="voice"))[
        display.EVIDENCE
    ]
    first = data["items"][0]
    assert first["span"] == "“plan”"
    assert first["before"] == "Her "
    assert first["after"].startswith(" was <script>alert(1)</script>")
    assert first["after"].endswith("said one.")
    assert (first["outlet"], first["published"], first["note"]) == (
        "North Post", "2019-09-24", "quoted",
    )  # fmt: skip
    undated = data["items"][2]
    assert (undated["before"], undated["span"], undated["published"]) == ("Another ", "line", "")


def test_evidence_comes_from_different_outlets_first():
    shown = display.evidence(SPANS, ARTICLES, limit=2)
    assert [i["doc_id"] for i in shown.data["items"]] == ["a", "c"]
    assert shown.data["total"] == 4
    kept = display.evidence(SPANS, ARTICLES, limit=2, spread=False)
    assert [i["doc_id"] for i in kept.data["items"]] == ["a", "a"]


def test_evidence_of_one_outlet_comes_from_different_articles_first():
    rows = [("a", "North Post"), ("b", "North Post"), ("c", "South Wire")]
    articles = pd.DataFrame(rows, columns=["doc_id", "outlet"]).assign(text="One line. " * 9)
    spans = pd.DataFrame({"doc_id": list("aaabc"), "start": [0, 10, 20, 0, 0]})
    spans["end"] = spans["start"] + 3
    for limit, docs in ((2, "ac"), (3, "abc"), (4, "aabc")):
        shown = display.evidence(spans, articles, limit=limit)
        assert "".join(i["doc_id"] for i in shown.data["items"]) == docs


def test_evidence_of_nothing_says_so():
    assert "No sentence." in str(display.evidence(SPANS.head(0), ARTICLES))


def test_long_surroundings_and_spans_are_cut_at_words():
    text = "word " * 400
    articles = pd.DataFrame({"doc_id": ["x"], "text": [text]})
    spans = pd.DataFrame({"doc_id": ["x"], "start": [500], "end": [1500]})
    item = display.evidence(spans, articles).data["items"][0]
    assert len(item["before"]) <= display.CONTEXT + 1
    assert item["before"].startswith("… word")
    assert item["span"].endswith("word …")
    assert len(item["span"]) <= display.LONGEST_SPAN + 2


def test_reading_keeps_denominator_and_limit():
    bundle = _faces(display.reading(f"1 of 2 {EVIL}", denominator="2 quotes", limit="One day."))
    assert bundle["text/plain"].endswith("(Of 2 quotes.) (Limit: One day.)")
    assert bundle[display.READING]["limit"] == "One day."


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_text_can_be_shown(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    articles = pd.DataFrame({"doc_id": ["x"], "outlet": [text], "text": [text]})
    spans = pd.DataFrame({"doc_id": ["x"], "start": [start], "end": [end]})
    bundle = display.evidence(spans, articles)._repr_mimebundle_()
    json.dumps(bundle).encode()
    bundle["text/html"].encode()
    item = bundle[display.EVIDENCE]["items"][0]
    assert wording.clean(item["span"]) == wording.clean(text[start:end])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.count(2, "story"), "2 stories"),
        (wording.count(1, "quote"), "1 quote"),
        (wording.number(-0.0), "0.00"),
        (wording.number(-0.001), "0.00"),
        (wording.number(float("nan")), "–"),
        (wording.number(pd.NA), "–"),
        (wording.number(pd.NaT), "–"),
        (wording.percent(-0.2), "−20%"),
        (wording.between(1, 2.25), "1 to 2.2"),
        (wording.out_of(1, 3), "1 of 3 (33%)"),
        (wording.listing(["a", "b"]), "a and b"),
        (wording.clean("a\u2028b\tc"), "a b c"),
    ],
)
def test_words(said, expected):
    assert said == expected
