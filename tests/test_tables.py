"""Tables and answers of interfaces as they come: names, wrappers, dates, and what is broken."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from helpers.corpus import CorpusError, of_frame, read
from helpers.readers.delimited import csv_rows, table_in

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
TEXT = "The baker closed his shop on Friday, and nobody in the street could say why he had."

NEWSAPI = {"status": "ok", "articles": [
    {"source": {"id": None, "name": "Street Post"}, "author": "Ida Roe", "title": "Baker closes",
     "publishedAt": "2023-05-06T08:00:00Z", "description": "A shop", "content": TEXT}]}  # fmt: skip
GUARDIAN = {"response": {"status": "ok", "results": [
    {"type": "article", "webTitle": "Baker closes", "webPublicationDate": "2023-05-06T08:00:00Z",
     "fields": {"byline": "Ida Roe", "publication": "Street Post", "bodyText": TEXT}},
]}}  # fmt: skip
CRAWLED = {"maintext": TEXT, "authors": ["Ida Roe"], "source_domain": "Street Post",
           "date_publish": "2023-05-06 08:00:00", "title": "Baker closes"}  # fmt: skip
SEARCHED = {"hits": {"total": 1, "hits": [{"_id": "9", "_source": {
    "headline": {"main": "Baker closes"}, "byline": {"original": "Ida Roe"},
    "source": "Street Post", "pub_date": "2023-05-06", "full_text": TEXT}}]}}  # fmt: skip
PARAGRAPHS = [{"text": [TEXT, "He left."], "title": "Baker closes", "author": "Ida Roe",
               "publisher": {"name": "Street Post"}, "date": "2023-05-06"}]  # fmt: skip


@pytest.mark.parametrize("value", [NEWSAPI, GUARDIAN, CRAWLED, SEARCHED, PARAGRAPHS])
def test_what_interfaces_answer(make_story: MakeStory, value: Any) -> None:
    articles, problems = read(make_story({"a.json": json.dumps(value)}))
    (article,) = articles.to_dict("records")
    assert article["text"].startswith(TEXT)
    assert (article["outlet"], article["published"]) == ("Street Post", "2023-05-06")
    assert (article["title"], article["byline"]) == ("Baker closes", "Ida Roe")
    assert problems["problem"].tolist() == ["its text is a list"] * (value is PARAGRAPHS)


ROWS = [{"title": "Baker closes", "outlet": "Street Post", "date": "2023-05-06", "text": TEXT},
        {"title": "Baker opens", "outlet": "Lane News", "date": "2023-05-09",
         "text": f"{TEXT} He is back."}]  # fmt: skip
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}
SHAPES: dict[str, Any] = {
    "list": ROWS,
    "any wrapper": {"count": 2, "facets": [{"id": n} for n in range(9)], "found": {"pieces": ROWS}},
    "called as texts are": {"content": ROWS},
    "by keys": {f"a{n}": row for n, row in enumerate(ROWS)},
    "graph": {"@context": "x", "@graph": [
        {"@type": "NewsArticle", "headline": r["title"], "articleBody": r["text"],
         "datePublished": r["date"], "publisher": {"name": r["outlet"]}} for r in ROWS]},
    "columns": COLUMNS,
    "columns by number": {k: dict(enumerate(v)) for k, v in COLUMNS.items()},
    "split": {"columns": list(COLUMNS), "data": [list(row.values()) for row in ROWS]},
    "rendered": [{"title": {"rendered": r["title"]}, "content": {"rendered": r["text"]},
                  "date": r["date"], "source": {"Name": r["outlet"]}} for r in ROWS],
    "item": {"items": [{"key": "K", "data": {
        "title": r["title"], "publicationTitle": r["outlet"], "date": r["date"],
        "fulltext": r["text"]}} for r in ROWS]},
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_articles_are_found_whatever_they_stand_in(make_story: MakeStory, name: str) -> None:
    assert _told(make_story({"a.json": json.dumps(SHAPES[name])})) == [*map(tuple, _values(ROWS))]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.json", "\n".join(json.dumps(row, indent=1) for row in ROWS)),
        ("a.txt", "\n".join(map(json.dumps, ROWS))),
        ("a.txt", json.dumps(ROWS, indent=1)),
    ],
)
def test_json_in_pieces_and_in_text_files(make_story: MakeStory, file: str, content: str) -> None:
    assert _told(make_story({file: content})) == [*map(tuple, _values(ROWS))]


def _values(rows: list[dict[str, str]]) -> list[list[str]]:
    return [list(row.values()) for row in rows]


def _told(story: Path) -> list[tuple[str, ...]]:
    articles = read(story)[0]
    names = ["title", "outlet", "published", "text"]
    return [tuple(row) for row in articles[names].itertuples(index=False)]


@pytest.mark.parametrize(
    "names",
    [
        "Titel,Quelle,Erscheinungsdatum,Volltext",
        "Titre,Journal,Date de publication,Texte",
        "Título,Medio,Fecha,Contenido",
        "titolo,testata,data,testo",
        "titel,krant,datum,tekst",
        "Article Title,Source Name,Pub Date,Article Text",
        "heading,media,time,news_content",
        "fields.headline,fields.publication,day,fields.bodyText",
    ],
)
@pytest.mark.parametrize(("file", "sign"), [("a.csv", ";"), ("a.txt", ","), ("a.txt", "|")])
def test_columns_by_the_names_that_others_give_them(
    make_story: MakeStory, names: str, file: str, sign: str
) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=sign).writerows([names.split(","), *_values(ROWS)])
    assert _told(make_story({file: made.getvalue()})) == [*map(tuple, _values(ROWS))]


def test_lines_above_the_names_of_the_columns_have_a_row(make_story: MakeStory) -> None:
    made = io.StringIO()
    csv.writer(made).writerows([["Export of 9 May"], [], list(ROWS[0]), *_values(ROWS)])
    story = make_story({"a.csv": made.getvalue()})
    assert _told(story) == [*map(tuple, _values(ROWS))]
    assert read(story)[1]["problem"].tolist() == ["2 lines above the names of the columns"]


def test_a_name_that_may_mean_something_else_goes_last(make_story: MakeStory) -> None:
    rows = "text;media;time;published\n" + TEXT + ";photo.jpg;14:05;2023-05-06\n"
    rows += TEXT + " He left.;clip.mp4;noon;2023-05-07\n"
    articles, problems = read(make_story({"Post/a.csv": rows}))
    assert articles["published"].tolist() == ["2023-05-06", "2023-05-07"]
    assert articles["time"].tolist() == ["14:05", "noon"]
    assert problems.empty


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ({"response": {"docs": [{"abstract": "A shop", "web_url": "x"}] * 3}}, "abstracts only"),
        ({"articles": [{"url": "https://e.org/1", "title": "Baker closes"}] * 3}, "addresses only"),
        ([{"prose": TEXT}] * 3, "call the column"),
    ],
)
def test_an_answer_without_texts_is_one_problem_with_what_to_do(
    make_story: MakeStory, value: Any, remedy: str
) -> None:
    with pytest.raises(CorpusError) as error:
        read(make_story({"a.json": json.dumps(value)}))
    (row,) = error.value.problems.to_dict("records")
    assert row["problem"] == "no article in its 3 rows (no text in it)"
    assert remedy in row["action"]


def test_what_is_wrong_with_many_rows_is_told_once(make_story: MakeStory) -> None:
    rows = [
        {"text": f"{TEXT} … [+{n} chars]", "title": f"Part {n}", "outlet": "Street Post"}
        for n in range(2_000, 2_030)
    ]
    rows += [{"text": "", "title": "none"}] * 12
    rows += [{"text": f"<p>{TEXT}</p><p>&ldquo;Why?&rdquo; asked <b>Ida Roe</b>.</p>"}]
    articles, problems = read(make_story({"a.json": json.dumps(rows)}))
    assert len(articles) == 31
    assert not articles["text"].str.contains("chars]", regex=False).any()
    assert articles["text"].iloc[-1] == f"{TEXT}\n\n“Why?” asked Ida Roe."
    told = problems[["file", "problem"]].values.tolist()
    assert told == [
        ["a.json", "no text in it: 12 rows (31, 32, 33, 34, 35, 36, 37, 38, 39, 40, …)"],
        ["a.json", "cut short by its source (“[+… chars]”): 30 rows (1, 2, 3, 4, 5, 6, 7, 8, 9, 10,"
         " …)"],
        ["a.json, row 43", "marked up as HTML"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.tsv"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", ["\t", ";"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_a_table_is_one_whatever_its_suffix(
    make_story: MakeStory, name: str, codec: str, delimiter: str, first: str
) -> None:
    if first and name == "a.txt":
        return
    lines = [["Title", "Source", "Text"], ["Baker closes", "Street Post", f'"{TEXT}\n\nHe left."']]
    table = first.format(delimiter) + "\r\n".join(delimiter.join(line) for line in lines)
    articles, problems = read(make_story({name: table.encode(codec)}))
    assert articles[["title", "outlet", "text"]].values.tolist() == [
        ["Baker closes", "Street Post", f"{TEXT}\n\nHe left."]]  # fmt: skip
    assert problems.empty


@pytest.mark.parametrize(
    "text",
    [
        "Title\n\nText of an article, with no table in it.",
        "Text\tof a kind\nwith tabs in it",
        "Title; text\n",
        "",
    ],
)
def test_a_text_is_no_table(text: str) -> None:
    assert table_in(text) is None


@pytest.mark.parametrize(
    ("written", "published", "told"),
    [
        (["04/03/2024", "25/03/2024"], ["2024-03-04", "2024-03-25"],
         ["days such as 04/03/2024 (1)"]),
        (["04/03/2024", "3/25/2024"], ["2024-04-03", "2024-03-25"],
         ["days such as 04/03/2024 (1)"]),
        (["04.03.2024", "05.03.2024"], ["2024-03-04", "2024-03-05"],
         ["days such as 04.03.2024 (2)"]),
        (["04.03.2024", "3.25.2024"], ["2024-04-03", "2024-03-25"],
         ["days such as 04.03.2024 (1)"]),
        (["04/03/2024", "25/03/2024", "3/25/2024"], [None, "2024-03-25", "2024-03-25"],
         ["doubtful date: 04/03/2024"]),
        (["04/03/2024", "04.03.2024"], [None, None],
         ["doubtful date: 04/03/2024", "doubtful date: 04.03.2024"]),
        (["1/2/2024", "2/3/2024", "3/4/2024", "Monday"], [None] * 4,
         ["4 doubtful dates (1/2/2024, 2/3/2024, 3/4/2024 …)"]),
        (["04.03.24", "25.03.24"], ["2024-03-04", "2024-03-25"], ["days such as 04.03.24 (2)"]),
        (["3/4/68", "3/25/69"], ["2068-03-04", "1969-03-25"], ["days such as 3/4/68 (2)"]),
        (["24/03/04", "24/03/25"], [None, None],
         ["doubtful date: 24/03/04", "doubtful date: 24/03/25"]),
        (["4-Mar-24", "25-Mar-24"], ["2024-03-04", "2024-03-25"], ["days such as 4-Mar-24 (2)"]),
        (["45355", "45376.5"], ["2024-03-04", "2024-03-25"], ["days such as 45355 (2)"]),
        (["20240304101500", "Posted on 5 March 2024"], ["2024-03-04", "2024-03-05"], []),
        (["31.02.2024", "04.03.2024"], [None, "2024-03-04"],
         ["days such as 04.03.2024 (1)", "doubtful date: 31.02.2024"]),
    ],
)  # fmt: skip
def test_the_days_of_a_table_are_read_as_one_column(
    make_story: MakeStory, written: list[str], published: list[str | None], told: list[str]
) -> None:
    rows = "".join(f'Report {n},{day},"{TEXT} {n}"\n' for n, day in enumerate(written))
    articles, problems = read(make_story({"t.csv": f"title,date,text\n{rows}"}))
    assert [day if isinstance(day, str) else None for day in articles["published"]] == published
    assert problems["problem"].tolist() == told


def test_rows_that_are_paragraphs_are_told(make_story: MakeStory) -> None:
    rows = "".join(f'Bridge,"{TEXT} {n}"\n' for n in range(4))
    articles, problems = read(make_story({"t.csv": f"title,text\n{rows}Total,4\n"}))
    assert len(articles) == 4
    assert problems["problem"].tolist() == [
        "no word in it", "4 rows, 1 title: paragraphs, perhaps"]  # fmt: skip


@pytest.mark.parametrize(
    "record",
    [
        {"text": [TEXT[:4], {"type": "bold", "text": TEXT[4:9]}, TEXT[9:]]},
        {"content_elements": [{"type": "text", "content": TEXT}]},
        {"html": f"<html><body><nav>Menu</nav><article><h1>Vote</h1><p>{TEXT}</p><p>{TEXT * 3}</p>"
                 "</article></body></html>"},
    ],
)  # fmt: skip
def test_texts_in_parts_and_pages(make_story: MakeStory, record: dict[str, Any]) -> None:
    articles, _ = read(make_story({"a.json": json.dumps({"db": [{"data": {"posts": [record]}}]})}))
    assert articles["text"][0].removeprefix("Vote\n\n").split("\n")[0] == TEXT


def test_an_address_is_no_outlet(make_story: MakeStory) -> None:
    rows = f'https://post.example/talks,"{TEXT}"\n'
    articles, _ = read(make_story({"a.csv": f"source,text\n{rows}"}))
    assert articles["url"].tolist() == ["https://post.example/talks"]
    assert articles["outlet"].tolist() == ["unknown"]


def test_a_column_called_name_is_asked_about(make_story: MakeStory) -> None:
    _, problems = read(make_story({"t.csv": f'name,text\nHarbor,"{TEXT}"\n'}))
    assert "what is called name may be titles or outlets" in problems["problem"].tolist()


def test_the_days_of_one_file_do_not_decide_for_another(make_story: MakeStory) -> None:
    a, b = (f'title,date,text\nA,{day},"{TEXT}"\n' for day in ("25/3/2024", "4/3/2024"))
    articles, problems = read(make_story({"a.csv": a, "b.csv": b}))
    assert articles["published"].isna().tolist() == [False, True]
    assert problems["file"].tolist() == ["b.csv, row 1"]


EMPTY_FRAME = io.BytesIO()
pd.DataFrame({"text": pd.Series([], dtype="str")}).to_parquet(EMPTY_FRAME)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b""),
        ("a.json", b"[]"),
        ("a.jsonl", b""),
        ("a.jsonl", b"\n\n"),
        ("a.csv", b""),
        ("a.csv", b"title,text\n"),
        ("a.tsv", b"title\ttext\r\n\r\n"),
        ("a.parquet", EMPTY_FRAME.getvalue()),
    ],
)
def test_an_empty_table_has_a_row(make_story: MakeStory, name: str, content: bytes) -> None:
    articles, problems = read(make_story({name: content, "b.txt": TEXT}))
    assert (len(articles), len(problems)) == (1, 1)
    assert problems["file"].tolist() == [name]


@pytest.mark.parametrize("text", ["\u200b \u200b", " \t\n", "— * —", "\ufeff", "…"])
def test_a_text_without_a_word_is_none(make_story: MakeStory, text: str) -> None:
    rows = json.dumps([{"text": text}, {"text": TEXT}])
    articles, problems = read(make_story({"a.json": rows, "b.txt": text}))
    assert (len(articles), len(problems)) == (1, 2)


def test_one_stray_mark_costs_no_other_row(tmp_path: Path) -> None:
    rows = [f'{n},Post,"He said ""no"" on day {n}."' for n in range(3_000)]
    rows[700] = '700,Post,"We tried, she said'
    rows[1_900] = '1900,"Post,He left.'
    path = tmp_path / "t.csv"
    path.write_text("id,outlet,text\n" + "\n".join(rows), encoding="utf-8")
    _, found = csv_rows(path, wanted="text")
    items = [*found]
    whole = [row for _, row in items if isinstance(row, dict)]
    assert len(whole) == 2_999
    told = [(row.row, row.problem) for _, row in items if not isinstance(row, dict)]
    assert told[0] == ("row 701", "a quotation mark that is never closed (line 702 of the file)")
    assert [row for row, _ in told] == ["row 701", "row 701", "row 1901"]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n"), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=12), st.sampled_from(",;\t|"))
def test_what_a_program_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["text", "a", "b"])
    writer.writerows(rows)
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_text(made.getvalue(), encoding="utf-8", newline="")
    found = [(row["text"], row["a"], row["b"]) for _, row in csv_rows(path, wanted="text")[1]
             if isinstance(row, dict)]  # fmt: skip
    assert found == [row for row in rows if any(cell.strip() for cell in row)]


def test_parquet_with_values_that_python_has_not(tmp_path: Path) -> None:
    table = pa.table({
        "text": pa.array([TEXT, TEXT + " Again.", None]),
        "note": pa.array([b"ok", b"caf\xe9", b"x"], pa.binary()),
        "seen": pa.array([0, 2**62, None], pa.timestamp("us")),
        "tags": pa.array([["a"], [], None], pa.list_(pa.string())),
        "edits": pa.array([[0], [2**62], None], pa.list_(pa.timestamp("us"))),
        "colour": pa.array(["x", "y", "x"]).dictionary_encode(),
    })  # fmt: skip
    parquet.write_table(table, tmp_path / "a.parquet")
    articles, problems = read(tmp_path)
    assert articles["note"].tolist() == ["ok", "café"]
    assert articles["colour"].tolist() == ["x", "y"]
    told = dict(zip(problems["file"], problems["problem"], strict=True))
    assert told["a.parquet, row 3"] == "no text in it"
    assert told["a.parquet, row 2"].startswith("a value that cannot be read")


def test_parquet_whose_text_is_a_structure_is_refused_or_joined(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": pa.array([[TEXT, "He left."]])}), tmp_path / "a.parquet")
    parquet.write_table(pa.table({"text": pa.array([{"a": TEXT}])}), tmp_path / "b.parquet")
    articles, problems = read(tmp_path)
    assert articles["text"].tolist() == [f"{TEXT}\n\nHe left."]
    assert problems["file"].tolist() == ["a.parquet, row 1", "b.parquet"]


def test_a_data_frame_is_a_table() -> None:
    days = ["1.2.2024", "", "2.2.2024"]
    frame = pd.DataFrame({"Full Text": [TEXT, None, TEXT + " x"], "date": days})
    articles, problems = of_frame(frame)
    assert articles["published"].tolist() == ["2024-02-01", "2024-02-02"]
    assert problems["problem"].tolist() == ["no text in it", "days such as 1.2.2024 (1)"]
