"""Whose text an article is: an agency's, shared with other outlets, or the outlet's own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from helpers import corpus, lexicons
from helpers.comparing.events import comparable, own_words
from helpers.findings.same_text import same_text
from helpers.origin import agency_of, credited
from helpers.story import Story

BODY = "The talks ended on Monday without a deal, and the envoys went home."


def prose(seed: int, paragraphs: int) -> list[str]:
    """Paragraphs of 30 invented words."""
    rng = random.Random(seed)
    words = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("lt", "rn", "st", "mp")]
    return [" ".join(rng.choices(words, k=30)).capitalize() + "." for _ in range(paragraphs)]


@pytest.mark.parametrize(
    ("text", "byline", "agencies", "whole"),
    [
        (f"Talks end\n\nOSLO, Norway (AP) — {BODY}", "", ("AP",), True),
        (f"Talks end\n\n(Reuters) - {BODY}", "", ("Reuters",), True),
        (f"Talks end\n\nAug 27 (Reuters) - {BODY}", "", ("Reuters",), True),
        (f"Talks end\n\nNEW YORK, Nov. 19 (UPI) — {BODY}", "", ("UPI",), True),
        (f"Talks end\n\nMexico City (AFP) – {BODY}", "", ("AFP",), True),
        (f"Talks end in a quiet town OSLO/BERN (Reuters) – {BODY} {BODY} {BODY}", "",
         ("Reuters",), True),
        (f"Talks end. {BODY} {BODY} {BODY} Orr asked the crew (Reuters) for water - and got it.",
         "", (), False),
        (f"Talks end\n\nBy ANN HALE\nAssociated Press\n\n{BODY}", "", ("AP",), True),
        (f"Talks end\n\n{BODY}", "By ANN HALE and TOM ROE, Associated Press", ("AP",), True),
        (f"Talks end\n\n{BODY}", "Reuters", ("Reuters",), True),
        (f"Talks end\n\n{BODY}\n\n(Reporting by Ann Hale; Editing by Tom Roe)", "",
         ("Reuters",), True),
        (f"Talks end\n\n{BODY}\n\nAssociated Press writers Ann Hale in Oslo and Tom Roe in Bern "
         "contributed to this report.", "", ("AP",), True),
        (f"Talks end\n\n{BODY}\n\nCopyright 2019 The Associated Press. All rights reserved.", "",
         ("AP",), True),
        (f"Talks end\n\n(CNN) {BODY}", "", ("CNN",), True),
        (f"Talks end\n\n{BODY}\n\nContributing: The Associated Press", "", ("AP",), False),
        (f"Talks end\n\n{BODY}\n\nReuters contributed to this report", "", ("Reuters",), False),
        (f"Talks end\n\n{BODY}", "Ann Hale for Mailbag and Associated Press", ("AP",), False),
        (f"Talks end\n\n{BODY}", "Ann Hale, Tom Roe, Desk Staff, Lea Wye, Associated Press",
         ("AP",), False),
        (f"Talks end\n\n{BODY} The Associated Press reported the offer first.", "", (), False),
        (f"Talks end\n\nAn envoy leaves the hall (AP) after\n\n{BODY}", "", (), False),
        (f"Talks end\n\n{BODY}", "Ann Hale", (), False),
    ],
)  # fmt: skip
def test_agencies_are_known_by_byline_dateline_and_credits(text, byline, agencies, whole):
    assert credited(text, byline) == (agencies, whole)


def test_every_agency_has_a_label_and_an_origin():
    table = lexicons.load("agencies")
    assert not table.isna().any(axis=None)
    assert table["name"].is_unique


@pytest.mark.parametrize(
    ("outlet", "agency"),
    [("Associated Press", "AP"), ("CNN (Web News)", "CNN"), ("Harbor Wire", "Harbor Wire"),
     ("Daily Post", ""), ("unknown", "")],
)  # fmt: skip
def test_an_outlet_may_be_an_agency(outlet, agency):
    assert agency_of(outlet) == agency


def written(folder: Path, texts: dict[str, str], sheet: str = "") -> Path:
    """A folder with a subfolder per outlet."""
    for name, text in texts.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if sheet:
        (folder / "articles.csv").write_text(sheet, encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, tuple[str, str]]:
    articles, _ = corpus.read(folder)
    named = articles["shared_with"].fillna("")
    return dict(zip(articles["doc_id"], zip(articles["origin"], named, strict=True), strict=True))


def test_what_an_agency_publishes_is_its_own_and_elsewhere_it_is_wire(tmp_path):
    wire = "\n\n".join(["Talks end", f"OSLO (AP) — {BODY}", *prose(1, 6)])
    found = read(written(tmp_path, {"Associated Press/a": wire, "Daily Post/b": wire}))
    assert found == {
        "Associated Press/a": ("own", ""), "Daily Post/b": ("wire", "AP"),
    }  # fmt: skip


def test_agency_copy_without_its_credits_is_known_by_the_agencys_own_text(tmp_path):
    body = prose(1, 6)
    found = read(written(tmp_path, {
        "Associated Press/a": "\n\n".join(["Talks end", f"OSLO (AP) — {BODY}", *body]),
        "Daily Post/b": "\n\n".join(["Envoys go home", *body]),
    }))  # fmt: skip
    assert found["Daily Post/b"] == ("wire", "AP")


def test_the_agencys_text_is_the_original_of_the_same_day(tmp_path):
    wire = "\n\n".join(["Talks end", *prose(1, 6)])
    folder = written(tmp_path, {"A Post/a": wire, "Reuters/b": wire})
    articles, _ = corpus.read(folder)
    assert articles["duplicate_of"].tolist()[0] == "Reuters/b"


def test_a_text_of_one_day_in_several_outlets_is_shared(tmp_path):
    text = "\n\n".join(["Talks end", *prose(1, 6)])
    found = read(written(tmp_path, {f"{o}/a": text for o in ("East", "North", "West")}))
    assert found == {
        "East/a": ("shared", "North; West"), "North/a": ("shared", "East; West"),
        "West/a": ("shared", "East; North"),
    }  # fmt: skip


def test_who_printed_it_on_an_earlier_day_keeps_it(tmp_path):
    text = "\n\n".join(["Talks end", *prose(1, 6)])
    sheet = "file,published\nEast/a.txt,2020-01-02\nWest/a.txt,2020-01-01\n"
    found = read(written(tmp_path, {f"{o}/a": text for o in ("East", "West")}, sheet))
    assert found == {"East/a": ("shared", "West"), "West/a": ("own", "")}


def test_an_article_is_shared_where_most_of_its_paragraphs_are(tmp_path):
    wire, own = prose(1, 8), prose(2, 8)
    texts = {
        "East/whole": "\n\n".join(["Talks end", *wire]),
        "West/most": "\n\n".join(["Envoys leave", *own[:3], *wire[:6], *own[3:5]]),
        "South/some": "\n\n".join(["Nobody calls", *prose(3, 6), *wire[6:]]),
    }
    found = read(written(tmp_path, texts))
    assert found["West/most"] == ("shared", "East")
    assert found["South/some"] == ("own", "East")


def test_a_speech_that_both_quote_is_no_shared_text(tmp_path):
    speech = [f"“{p}”" for p in prose(1, 8)]
    texts = {
        "East/a": "\n\n".join(["Speech", *prose(2, 3), *speech]),
        "West/a": "\n\n".join(["Speech", *prose(3, 3), *speech]),
    }
    assert {origin for origin, _ in read(written(tmp_path, texts)).values()} == {"own"}


def test_a_notice_that_a_long_digest_holds_stays_its_outlets_own(tmp_path):
    notice = prose(1, 2)
    texts = {
        "East/notice": "\n\n".join(["Notice", *notice]),
        "West/digest": "\n\n".join(["All the news", *prose(2, 10), *notice]),
    }
    assert {origin for origin, _ in read(written(tmp_path, texts)).values()} == {"own"}


def test_what_a_sheet_declares_goes_before(tmp_path):
    text = "\n\n".join(["Talks end", f"OSLO (AP) — {BODY}"])
    sheet = "file,outlet,origin,shared_with\na.txt,East,own,\nb.txt,West,wire,Harbour Agency\n"
    sheet += "c.txt,North,borrowed,\n"
    folder = written(tmp_path, {"a": text, "b": "Nobody calls. " * 9, "c": BODY}, sheet)
    assert read(folder) == {"a": ("own", "AP"), "b": ("wire", "Harbour Agency"), "c": ("own", "")}
    problems = corpus.read(folder)[1]
    assert "origin is borrowed, not own, wire, shared" in set(problems["problem"])


def test_own_words_leave_out_agencies_shared_texts_and_talks(tmp_path):
    own = "\n\n".join(["Talks end", *prose(5, 3)])
    wire = "\n\n".join(["Talks end", f"OSLO (AP) — {BODY}", *prose(1, 3)])
    articles, _ = corpus.read(written(tmp_path, {"East/a": own, "West/b": wire}))
    assert own_words(articles).tolist() == [True, False]
    notes: list[dict[str, str]] = []
    assert comparable(articles, notes, voice="author")["outlet"].tolist() == ["East"]
    assert notes[0]["problem"].startswith("1 of 2 articles are agency copy")
    assert len(comparable(articles, voice="quoted")) == 2
    talk = articles.assign(genre=["transcript", "report"], origin="own")
    assert own_words(talk).tolist() == [False, True]


def test_an_outlet_is_not_told_by_the_agencys_words(tmp_path):
    """The namings and terms of a story rest on the outlets' own articles."""
    wire = "\n\n".join(
        ["Envoys leave", f"OSLO (AP) — The strongman of Norland, Aldo Brandt, left. {BODY}"]
        + [f"Aldo Brandt, the strongman, spoke of {w}." for w in ("ships", "tolls", "grain")]
    )
    about = ("ships", "tolls", "grain", "fish")
    told = [f"President Aldo Brandt spoke of {what} on Monday." for what in about]
    own = "\n\n".join(["Envoys leave", *told])
    story = Story(written(tmp_path, {"East/a": own, "West/b": wire, "West/c": own + " Again."}))
    assert story.articles.set_index("doc_id")["origin"]["West/b"] == "wire"
    assert "West/b" not in " ".join(story.naming["doc_ids"])
    hits = story.compared("agency", voice="author")
    assert "West/b" not in set(hits["doc_id"])
    assert "West/b" in set(story.mentions["doc_id"])


def test_one_text_in_four_outlets_is_the_first_finding(tmp_path):
    wire = "\n\n".join(["Talks end", f"OSLO (AP) — {BODY}", *prose(1, 6)])
    story = Story(written(tmp_path, {f"{o}/a": wire for o in ("East", "North", "South", "West")}))
    first = story.findings.iloc[0]
    assert first["claim_id"] == "corpus-same-text"
    assert first["statement"].startswith(
        "4 outlets print the same text by AP, “Talks end”: East, North, South and West."
    )
    proof = story.evidence[story.evidence["claim_id"] == "corpus-same-text"]
    assert sorted(proof["doc_id"]) == ["East/a", "North/a", "South/a", "West/a"]
    told = " ".join(story.problems["problem"])
    assert "all articles are by one outlet" not in told.replace("of others all articles", "")


def test_versions_of_one_outlet_are_no_shared_text(tmp_path):
    text = "\n\n".join(["Talks end", *prose(1, 6)])
    articles, _ = corpus.read(written(tmp_path, {"East/a": text, "East/b": text + " Update."}))
    assert same_text(articles) == []
    assert set(articles["origin"]) == {"own"}
