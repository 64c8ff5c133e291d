"""Readers: bytes in, text and declared metadata out, for every format and much broken input."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lexicons import listed, load
from helpers.readers import (
    Document,
    Doubt,
    Format,
    Unreadable,
    docx,
    encoding,
    front_matter,
    limited,
    read_file,
    sheet,
)
from helpers.readers.metadata import day, fields
from helpers.readers.pdf import paragraphs


def all_of(path: Path) -> tuple[list[Document], list[Doubt]]:
    items = [item for item, _ in read_file(path)]
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Doubt)],
    )


PDF = Format((".pdf",), "helpers.readers.pdf:read")


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("data", "text", "problem"),
    [
        ("Zarif’s “no”".encode(), "Zarif’s “no”", None),
        (b"", "", None),
        (b"\xef\xbb\xbfplain", "plain", None),
        ("“No”".encode("utf-16"), "“No”", None),
        ("“No”".encode("utf-16-be").join([b"\xfe\xff", b""]), "“No”", None),
        ("“No”".encode("utf-32"), "“No”", None),
        (b"\x93No,\x94 he said", "“No,” he said", "not valid UTF-8 (byte 0)"),
        (b"caf\xe9", "café", "not valid UTF-8 (byte 3)"),
        ("“No” ".encode() + b"\x93yes\x94", "“No” “yes”", "not valid UTF-8 (byte 9)"),
        (b"line\r\nend\r", "line\r\nend\r", None),
        ("“No,” said Zoë.".encode("utf-7"), "“No,” said Zoë.", "UTF-7"),
        (b"+4420-30, A+ and +IBw", "+4420-30, A+ and +IBw", None),
    ],
)
def test_decodes(data: bytes, text: str, problem: str | None) -> None:
    found, doubts = encoding.decode(data)
    assert found == text
    assert [d.problem for d in doubts] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("declared", "text"),
    [("latin2", "łą"), ("ISO-8859-2", "łą"), ("idna", "³±"), ("zlib", "³±"), ("no such", "³±")],
)
def test_declared_encoding_is_used_where_it_is_a_character_set(declared: str, text: str) -> None:
    assert encoding.decode("łą".encode("iso8859-2"), declared=declared)[0] == text


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\0\0", "no mark".encode("utf-16-le"), b"\xff\xfeodd", b"\x81\x8d", b"a\x01\x02b"],
)
def test_what_is_no_text_is_not_read(data: bytes) -> None:
    with pytest.raises(Unreadable):
        encoding.decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, _ = encoding.decode(data)
    except Unreadable:
        return
    text.encode("utf-8")  # can be stored


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_text_survives_encoding(text: str) -> None:
    bare = text.lstrip("\ufeff")
    assert encoding.decode(bare.encode())[0] == bare
    assert encoding.decode(bare.encode("utf-8-sig"))[0] == bare
    assert encoding.decode(bare.encode("utf-16"))[0] == bare


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("title: Minister: no deal", {"title": "Minister: no deal"}),
        ("title: No\nid: 012", {"title": "No", "id": "012"}),
        ("Title: 'It''s over'\nBy: \"A \\\"B\\\" C\"", {"title": "It's over", "by": 'A "B" C'}),
        ("tags:\n- one\n- two", {"tags": "one, two"}),
        ("title: >\n  Folded\n  text", {"title": "Folded text"}),
        ("# comment\n\nurl: https://example.org/a:b", {"url": "https://example.org/a:b"}),
        ("empty:", {"empty": ""}),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_front_matter(block: str, values: dict[str, str], newline: str, mark: str) -> None:
    text = mark + f"---\n{block}\n---\n\nBody.".replace("\n", newline)
    found, start = front_matter.parse(text)
    assert found == values
    assert text[start:] == "Body."


def test_front_matter_in_toml() -> None:
    text = "+++\ntitle = 'No'\ndate = 2024-03-04\ntags = [\n'a',\n'b']\n[x]\ny = 1\n+++\n\nBody."
    found, start = front_matter.parse(text)
    assert found == {"title": "No", "date": "2024-03-04", "tags": "a, b"}
    assert text[start:] == "Body."
    assert text[slice(*(front_matter.title_span(text) or (0, 0)))] == "No"


@pytest.mark.parametrize(
    "text",
    [
        "+++\nno toml\n+++\n",
        "---\nA rule above an article. It goes on.\n\nMore.",
        "---\n" + "key: value\n" * 300,
        "--- title: x ---",
        "----\ntitle: x\n----\n",
        "title: x\n\nText",
        "---",
        "",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert front_matter.parse(text) == ({}, 0)


@given(st.text(alphabet="-: \n\r\tab\ufeff'\"#>|", max_size=60))
def test_body_start_lies_in_the_text(text: str) -> None:
    assert 0 <= front_matter.body_start(text) <= len(text)


@pytest.mark.parametrize(
    ("written_", "found"),
    [
        ("2019-09-30", "2019-09-30"),
        ("2019-09-30T23:59:00+02:00", "2019-09-30"),
        ("20190930", "2019-09-30"),
        ("2019/9/3", "2019-09-03"),
        ("30.09.2019", "2019-09-30"),
        ("9/30/2019", "2019-09-30"),
        ("3/3/2019", "2019-03-03"),
        ("3/9/2019", None),
        ("Mon, 30 Sep 2019 10:00:00 GMT", "2019-09-30"),
        ("Monday, September 30, 2019", "2019-09-30"),
        ("Sept. 30th, 2019", "2019-09-30"),
        ("30 September 2019", "2019-09-30"),
        ("2019-02-30", None),
        ("2019-09", None),
        ("last Tuesday", None),
        ("1569801600", "2019-09-30"),
        ("1569801600000", "2019-09-30"),
        ("15698016", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_days(written_: str, found: str | None) -> None:
    assert day(written_) == found
    assert day(written_, foreign=True) == found


@pytest.mark.parametrize(
    ("written_", "found"),
    [
        ("Montag, 4. Mär. 2024, 10:30 Uhr", "2024-03-04"),
        ("1er février 2024", "2024-02-01"),
        ("le 4 févr. 2024", "2024-02-04"),
        ("lunes, 4 de marzo del 2024", "2024-03-04"),
        ("4 marzo 2024", "2024-03-04"),
        ("segunda-feira, 4 de março de 2024", "2024-03-04"),
        ("4-mrt-2024", "2024-03-04"),
        ("poniedziałek, 4 marca 2024", "2024-03-04"),
        ("4. maaliskuuta 2024", "2024-03-04"),
        ("4 березня 2024", "2024-03-04"),
        ("4 smarch 2024", None),
        ("32. März 2024", None),
        ("maart 2024", None),
    ],
)
def test_days_of_fields_may_name_months_in_other_languages(
    written_: str, found: str | None
) -> None:
    assert day(written_, foreign=True) == found
    assert day(written_) is None, "a line of running text"


def test_no_name_of_a_month_is_that_of_another_one() -> None:
    table = load("foreign_months")
    assert table["name"].is_unique
    assert not set(table["name"]) & set(listed("months"))


@given(st.dates(min_value=pd.Timestamp("1600-01-01").date()))
def test_every_iso_day_is_itself(value: Any) -> None:
    assert day(value.isoformat()) == value.isoformat()


def test_our_names_go_before_their_aliases() -> None:
    assert fields({"source": "Wire", "outlet": "Post"})[0] == {"outlet": "Post"}
    assert fields({"outlet": "Post", "source": "Wire"})[0] == {"outlet": "Post"}
    assert fields({"author": "nan", "published": ""})[0] == {}


CSV = 'id,Text,Outlet,Date\na1,"The talks\nfailed, he said.",Post,2019-09-30\na2,Second.,Wire,\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(tmp_path: Path, delimiter: str, codec: str) -> None:
    data = "\n".join(delimiter.join(row) for row in [["Text", "Outlet"], ["Talks failed.", "Post"]])
    documents, doubts = all_of(written(tmp_path, "a.csv", data.encode(codec)))
    assert documents == [Document("Talks failed.", {"outlet": "Post"}, "row 1")]
    assert doubts == []


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        ({"source": {"id": None, "name": "Bay Herald"}}, {"outlet": "Bay Herald"}),
        ({"authors": ["Ann Orr", {"name": "B. Lee"}]}, {"byline": "Ann Orr, B. Lee"}),
        ({"publishedAt": "2024-03-05T08:00:00Z"}, {"published": "2024-03-05T08:00:00Z"}),
        ({"date_publish": "2024-03-05"}, {"published": "2024-03-05"}),
        ({"media_name": "Bay Herald", "source": "a feed"}, {"outlet": "Bay Herald"}),
        ({"source": {"id": 3}}, {"outlet": '{"id": 3}'}),
        ({"place": {"name": "Bay"}}, {}),
    ],
)
def test_metadata_as_others_write_them_in_json(
    tmp_path: Path, declared: dict[str, Any], known: dict[str, str]
) -> None:
    line = json.dumps({"text": "Talks failed.", **declared})
    documents, doubts = all_of(written(tmp_path, "a.jsonl", line))
    assert (fields(documents[0].declared)[0], doubts) == (known, [])


def test_csv_keeps_line_breaks_and_further_columns(tmp_path: Path) -> None:
    documents, doubts = all_of(written(tmp_path, "a.csv", CSV))
    assert [d.text for d in documents] == ["The talks\nfailed, he said.", "Second."]
    assert documents[0].declared == {"id": "a1", "outlet": "Post", "date": "2019-09-30"}
    assert doubts == []


@pytest.mark.parametrize(
    ("content", "problem", "texts"),
    [
        ("text,a\nTalks, which failed,x\nok,y\n", "3 cells under 2 column names", ["ok"]),
        ("text\n\n\nok\n", None, ["ok"]),
        ("text,a\n,x\nok,y\n", "no text in it", ["ok"]),
        ("text,a\n,x\n,z\nok,y\n", "no text in it: 2 rows (1, 2)", ["ok"]),
        ('text,a\nok,y\n"never closed,x\nnot lost,z\n', "never closed (line 3 of the file)",
         ["ok", '"never closed', "not lost"]),
        ('text,a,b\none",x,y\n"two,x,y\nthree,x,y\n"four",x,y\nfive,x,y\n', "(line 3 of",
         ['one"', '"two', "three", "four", "five"]),
        ('text,a\n"A line\nand, ""another"" line",x\n', None, ['A line\nand, "another" line']),
        ("text\na\0b" + "c" * 3_000, "1 NUL character", ["ab" + "c" * 3_000]),
        ("text,text\nfirst,second\n", "2 columns are called text", ["first"]),
        ("text\n" + "x" * 5_000_001 + "\nok\n", "5,000,001 characters", ["ok"]),
    ],
)
def test_broken_csv(
    tmp_path: Path, content: str, problem: str | None, texts: list[str] | None
) -> None:
    documents, doubts = all_of(written(tmp_path, "a.csv", content))
    assert [problem in d.problem for d in doubts] == [True] if problem else doubts == []
    if texts is not None:
        assert [d.text for d in documents] == texts


def test_binary_csv(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="binary"):
        all_of(written(tmp_path, "a.csv", "a\0b,text\nx,ok\n"))


def test_csv_without_text_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"no column called text \(there are: prose, date\)"):
        all_of(written(tmp_path, "a.csv", "prose,date\nx,y\n"))


def test_a_large_csv_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpers.readers.delimited.WHOLE", 10)
    documents, doubts = all_of(written(tmp_path, "a.csv", CSV.encode() + b"a3,caf\xe9,,\n"))
    assert [d.text for d in documents][1:] == ["Second.", "café"]
    assert [d.problem for d in doubts] == ["not valid UTF-8"]


def test_jsonl(tmp_path: Path) -> None:
    lines = [
        json.dumps({"Text": "Talks “failed”.", "date": "2019-09-30", "n": 3, "none": None}),
        "",
        "{broken",
        "[1, 2]",
        '{"text": 5}',
        '{"text": "a\\ud800b"}',
        '{"a":' * 100_000,
    ]
    documents, doubts = all_of(written(tmp_path, "a.jsonl", "\n".join(lines)))
    assert documents[0] == Document("Talks “failed”.", {"date": "2019-09-30", "n": "3"}, "row 1")
    assert documents[1].text == "a\ufffdb"
    assert [d.row for d in doubts] == ["row 3", "row 4", "row 6", "row 7", "row 5"]


@pytest.mark.parametrize(
    "content", ['[{"text": "a"}, {"text": "b"}]', '{"text": "a"}\n{"text": "b"}\n']
)
def test_json(tmp_path: Path, content: str) -> None:
    documents, _ = all_of(written(tmp_path, "a.json", content))
    assert [d.text for d in documents] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"text": "a, ]"}, {"text": "b//c",},]', "JSON with signs that JSON has not"),
        ('show({"rows": [{"text": "a, ]"}, {"text": "b//c"}]});', "JSON with signs that JSON has"),
        (")]}'\n// rows\n" '[{"text": "a, ]"}, {"text": "b//c"}]', "JSON with signs that JSON"),
        ("[{'text': 'a, ]', 'by': None}, {'text': 'b//c'}]", "a list as Python prints it"),
        ('{"rows": [{"text": "a, ]"}, {"text": "b//c"}, {"text": "c', "JSON that breaks off"),
    ],
)
def test_what_is_nearly_json(tmp_path: Path, content: str, told: str) -> None:
    documents, doubts = all_of(written(tmp_path, "a.json", content))
    assert [d.text for d in documents] == ["a, ]", "b//c"]
    assert [d.problem[: len(told)] for d in doubts] == [told]


def test_json_lines_without_any_text_are_one_problem(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"no article in its 3 rows \(no text in it\)"):
        all_of(written(tmp_path, "a.jsonl", '{"prose": "x"}\n' * 3))


def test_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["Talks failed.", None, "Again."],
            "published": pd.to_datetime(["2019-09-30", None, "2019-10-01"]),
            "score": [0.5, None, 1.0],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    documents, doubts = all_of(tmp_path / "a.parquet")
    assert [d.text for d in documents] == ["Talks failed.", "Again."]
    assert documents[0].declared["published"].startswith("2019-09-30")
    assert doubts == [Doubt("no text in it", "left out", "row 2")]


def test_parquet_with_a_broken_text_loses_only_that(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    raw = pa.array([b"good", b"caf\xe9"], type=pa.binary())
    parquet.write_table(pa.table({"text": raw}), tmp_path / "a.parquet")
    documents, doubts = all_of(tmp_path / "a.parquet")
    assert [d.text for d in documents] == ["good", "café"]
    assert [d.row for d in doubts] == ["row 2"]


@pytest.mark.parametrize("name", ["a.parquet", "a.pdf", "a.docx"])
@pytest.mark.parametrize("content", [b"", b"PAR1PAR1", b"%PDF-1.7\nnothing", b"PK\x03\x04 nothing"])
def test_broken_files_of_other_formats(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(Unreadable):
        all_of(written(tmp_path, name, content))


PAGE = """<html><head><meta charset="utf-8"><title>Site title | x</title>
<meta property="og:site_name" content="The Daily Post">
<meta property="article:published_time" content="2019-09-30T10:00:00Z">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
"headline": "Envoy leaves empty-handed", "author": [{"name": "Ann Writer"}]}]}</script></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav><article>
<h1>Envoy leaves empty-handed</h1>
%s
</article><footer>Subscribe to our newsletter</footer></body></html>"""
SENTENCE = "The envoy left the capital on Monday after four days of talks that nobody would name. "


def test_html(tmp_path: Path) -> None:
    page = PAGE % "".join(f"<p>Part {i}. {SENTENCE * 3}</p>" for i in range(5))
    documents, doubts = all_of(written(tmp_path, "a.html", page))
    assert doubts == []
    assert "Part 0. The envoy left" in documents[0].text
    assert "newsletter" not in documents[0].text
    assert documents[0].declared == {
        "outlet": "The Daily Post",
        "published": "2019-09-30T10:00:00Z",
        "title": "Envoy leaves empty-handed",
        "byline": "Ann Writer",
    }


@pytest.mark.parametrize("page", ["<html></html>", "", "<p>", "<" * 5000, "<div>" * 5000])
def test_html_without_an_article(tmp_path: Path, page: str) -> None:
    with pytest.raises(Unreadable):
        all_of(written(tmp_path, "a.html", page))


def test_pdf_lines_become_paragraphs() -> None:
    lines = [
        "The talks between the two govern-",
        "ments failed on Monday, said the",
        "well-known envoy.",
        "“We tried,” she said, and left for a",
        "",
        "meeting in the well-",
        "known hall.",
    ]
    assert paragraphs(lines).split("\n\n") == [
        "The talks between the two governments failed on Monday, said the well-known envoy.",
        "“We tried,” she said, and left for a meeting in the well-known hall.",
    ]


def test_pdf(tmp_path: Path) -> None:
    documents, doubts = all_of(written(tmp_path, "a.pdf", one_page_pdf("The talks failed.")))
    assert documents[0].text == "The talks failed."
    assert [d.problem for d in doubts] == ["text from the layout of a PDF"]


def test_pdf_without_text(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="without text"):
        all_of(written(tmp_path, "a.pdf", one_page_pdf("")))


def one_page_pdf(text: str) -> bytes:
    """The smallest PDF that shows one line."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "problem"),
    [("media/image1.png", "unpacks to 2 MB"), ("document.xml", "2 MB of XML")],
)
def test_a_document_that_unpacks_too_far_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, part: str, problem: str
) -> None:
    monkeypatch.setattr(docx, "MAX_UNPACKED", 1_000_000)
    monkeypatch.setattr(docx, "MAX_MARKED", 1_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"word/{part}", bytes(2_000_000))
    with pytest.raises(Unreadable, match=problem):
        list(docx.read(file.getvalue()))


def nested_forms(depth: int, fan: int) -> bytes:
    """A PDF whose page draws a form that draws a form `fan` times, and so on, `depth` deep."""
    forms = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 "
        b"R>>>>/Length %d>>stream\n%b\nendstream" % (7 + i, len(drawn), drawn)
        for i in range(depth)
        for drawn in [b"/X Do " * fan if i < depth - 1 else b"BT /F 9 Tf (a) Tj ET"]
    ]
    page = b"BT /F 9 Tf 9 90 Td (Ann Orr said no to the harbour tax.) Tj ET /X Do"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R"
        b">>/XObject<</X 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *forms,
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(parts) + 1, b"".join(places), len(parts) + 1, len(made))
    )


@pytest.mark.parametrize("terminal", [True, False])
def test_a_file_that_takes_long_is_spoken_of_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    screen = Screen()
    monkeypatch.setattr(limited, "PATIENCE", 0)
    monkeypatch.setattr(sys, "stderr", screen)
    with limited._told(2_500_000, 60):
        end = time.monotonic() + 10
        while terminal and not screen.getvalue() and time.monotonic() < end:
            time.sleep(0.01)
    lines = screen.getvalue().split("\r")
    if terminal:
        assert lines[1] == "reading a file of 2.5 MB: 0 s (about 60 at most)"
        assert (lines[-2].strip(), lines[-1]) == ("", ""), "the line is taken away"
    else:
        assert lines == [""]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the processor's time")
def test_a_pdf_that_takes_too_long_is_left_out_and_the_next_one_read() -> None:
    with pytest.raises(Unreadable, match="more than 1 seconds"):
        list(limited.read(PDF, nested_forms(9, 30), seconds=1))
    found = [item.text for item in limited.read(PDF, nested_forms(1, 1))
             if isinstance(item, Document)]  # fmt: skip
    assert found == ["Ann Orr said no to the harbour tax. a"]


@pytest.mark.parametrize(
    ("content", "rows", "problems"),
    [
        ("file,outlet\na.txt,Post\n", {"a.txt": {"outlet": "Post", "#": "row 1"}}, []),
        ("\ufefffile;outlet\na.txt;Post\n", {"a.txt": {"outlet": "Post", "#": "row 1"}}, []),
        (
            "file,outlet\na.txt,Post\na.txt,Wire\n,Wire\n",
            {"a.txt": {"outlet": "Post", "#": "row 1"}},
            ["a second row for a.txt", "names no file"],
        ),
        ("name,outlet\na.txt,Post\n", {}, ["no column called file"]),
        ("", {}, ["no column called file"]),
        (b"\0\0", {}, ["binary, or UTF-16 without a byte-order mark"]),
    ],
)
def test_sheet(
    tmp_path: Path, content: str | bytes, rows: dict[str, dict[str, str]], problems: list[str]
) -> None:
    found, doubts = sheet.read(written(tmp_path, "articles.csv", content))
    assert found == rows
    assert [d.problem for d in doubts] == problems
