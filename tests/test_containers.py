"""Files of office programs, mail, feeds, books and archives: the same article in each of them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import word

from helpers.corpus import CorpusError, read
from helpers.readers import Unreadable, archives, format_of, formats, markup, read_file

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
TITLE = "Keeper of the lighthouse retires"
BODY = (
    "Ole Brandt has kept the lighthouse on Skarre for forty years, and on Sunday he turned its key "
    "for the last time, with half of the island looking on from the rocks below.",
    "“The light doesn’t need me,” he said. “I needed the light.”",
    "The harbour office has not said who follows him.",
)
TEXT = "\n\n".join([TITLE, *BODY])
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
    f"{''.join(f'<p>{p}</p>' for p in BODY)}</article></body></html>"
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def rtf(paragraphs: tuple[str, ...]) -> bytes:
    lines = []
    for paragraph in paragraphs:
        coded = (c if c.isascii() else f"\\u{ord(c)}?" for c in paragraph)
        lines.append("".join(coded) + "\\par\\par")
    return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\title Draft}}{\\v gone}\n"
            + "\n".join(lines) + "}").encode()  # fmt: skip


def odt(paragraphs: tuple[str, ...]) -> bytes:
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text")
    )
    body = "".join(f"<text:p>{escape(p)}</text:p>" for p in paragraphs)
    hidden = "<text:tracked-changes><text:p>once more</text:p></text:tracked-changes>"
    return packed({"content.xml": f"<office:document-content {names}><office:body><office:text>"
                                  f"{hidden}{body}</office:text></office:body>"
                                  "</office:document-content>"})  # fmt: skip


def xlsx(sheets: Mapping[str, list[list[str]]]) -> bytes:
    """A workbook of texts, as little as a reader asks for."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Target='
        f'"xl/workbook.xml" Type="{office}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{i}" r:id="s{i}"/>'
                  for i, name in enumerate(sheets, start=1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        + "".join(f'<Relationship Id="s{i}" Target="worksheets/s{i}.xml" '
                  f'Type="{office}/worksheet"/>'
                  for i in range(1, len(sheets) + 1)) + "</Relationships>",
    }  # fmt: skip
    for i, rows in enumerate(sheets.values(), start=1):
        cells = "".join(
            f'<row r="{r}">' + "".join(
                f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                for c, cell in enumerate(row, start=1)) + "</row>"
            for r, row in enumerate(rows, start=1))  # fmt: skip
        files[f"xl/worksheets/s{i}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return packed(files)


def letter(*, page: bool = False, attached: bool = False) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Island Letter <post@island.example>", TITLE
    message["Date"] = "Sun, 04 Jun 2023 07:00:00 +0200"
    message.set_content(PAGE if page else "\n\n".join(BODY), subtype="html" if page else "plain")
    if attached:
        message.add_attachment(b"x", maintype="image", subtype="png", filename="tower.png")
    return bytes(message)


def saved_page() -> bytes:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://island.example/1"
    message.set_content(PAGE, subtype="html")
    message["Content-Location"] = "https://island.example/1"
    return bytes(message)


def rss() -> str:
    body = escape("".join(f"<p>{p}</p>" for p in BODY))
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        f'content/"><channel><title>Island Letter</title><item><title>{TITLE}</title><pubDate>Sun, '
        "04 Jun 2023 07:00:00 +0200</pubDate><link>https://island.example/1</link><description>"
        f"Short.</description><content:encoded>{body}</content:encoded></item></channel></rss>"
    )


def atom() -> str:
    body = escape("".join(f"<p>{p}</p>" for p in BODY))
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Island Letter</title><entry>'
        f"<title>{TITLE}</title><published>2023-06-04T07:00:00+02:00</published>"
        f'<link href="https://island.example/1"/><content type="html">{body}</content>'
        "</entry></feed>"
    )


def nitf() -> str:
    body = "".join(f"<p>{escape(p)}</p>" for p in BODY)
    return (
        "<nitf><head><title>x</title><pubdata name='Island Letter' date.publication='20230604T07"
        f"0000'/></head><body><body.head><hedline><hl1>{TITLE}</hl1></hedline></body.head>"
        f"<body.content><block>{body}</block></body.content></body></nitf>"
    )


def newsml() -> str:
    body = "".join(f"<p>{escape(p)}</p>" for p in BODY)
    return (
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta><provider><name>Island "
        "Letter</name></provider><versionCreated>2023-06-04T07:00:00Z</versionCreated></itemMeta>"
        f"<contentMeta><headline>{TITLE}</headline></contentMeta><contentSet><inlineXML><html xmlns"
        f"='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{body}</body></html>"
        "</inlineXML></contentSet></newsItem>"
    )


def dump() -> str:
    values = {"title": TITLE, "source": "Island Letter", "date": "2023-06-04",
              "body": escape("\n\n".join(BODY))}  # fmt: skip
    row = "".join(f'<field name="{name}">{value}</field>' for name, value in values.items())
    settings = "<settings><name>a</name><text>b</text></settings>"
    return f"<dump>{settings}<rows><row>{row}</row></rows></dump>"


def book() -> bytes:
    package = ('<package><manifest><item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/>'
               '<item id="c" href="cover.xhtml"/></manifest><spine><itemref idref="c"/>'
               '<itemref idref="a"/><itemref idref="b"/></spine></package>')  # fmt: skip
    return packed({
        "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
        "OPS/book.opf": package, "OPS/two.xhtml": PAGE.replace("Keeper", "Friend"),
        "OPS/one.xhtml": PAGE, "OPS/cover.xhtml": "<html><body><h1>June</h1></body></html>",
    })  # fmt: skip


def web_archive(*answers: str) -> bytes:
    made = b""
    for answer in answers:
        record = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://island.example/1\r\n"
                  f"Content-Length: {len(answer.encode())}\r\n\r\n{answer}\r\n\r\n")  # fmt: skip
        made += gzip.compress(record.encode(), mtime=0)
    return made


ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
CHUNKED = (f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
           f"{len(PAGE.encode()):x}\r\n{PAGE}\r\n0\r\n\r\n")  # fmt: skip
PICTURE = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"
FILES: dict[str, str | bytes] = {
    "a.rtf": rtf((TITLE, *BODY)),
    "b.doc": rtf((TITLE, *BODY)),
    "c.odt": odt((TITLE, *BODY)),
    "d.eml": letter(),
    "e.eml": letter(page=True),
    "f.mht": saved_page(),
    "g.rss": rss(),
    "h.xml": atom(),
    "m.xml": nitf(),
    "n.xml": newsml(),
    "o.xml": dump(),
    "i.warc.gz": web_archive(PICTURE, ANSWER),
    "j.warc.gz": web_archive(CHUNKED),
    "k.docm": word([TITLE, *BODY]),
    "l.xlsx": xlsx({"Sheet1": [["Title", "Source", "Text"],
                               [TITLE, "Island Letter", "\n\n".join(BODY)]]}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_article_in_every_kind_of_file(make_story: MakeStory, name: str) -> None:
    articles, problems = read(make_story({name: FILES[name]}))
    (article,) = articles.to_dict("records")
    assert article["text"].removeprefix(TITLE).strip() == "\n\n".join(BODY)
    assert article["title"] == TITLE
    told = {"i.warc.gz": ["1 things that are no page (pictures, errors)"]}
    assert problems["problem"].tolist() == told.get(name, [])
    if name[0] in "deghmno":
        assert (article["outlet"], article["published"]) == ("Island Letter", "2023-06-04")
    if name[0] in "fghij":
        assert article["url"] == "https://island.example/1"


SHOWN = ("alpha bravo charlie delta echo foxtrot golf hotel mike november oscar papa quebec romeo"
         " sierra").split()  # fmt: skip
RICH = (
    f"<h1>{TITLE}</h1><h2>Harbour alpha</h2><p>The <b>mayor</b> said<a href='x'> bravo</a> that"
    "<sup>1</sup> it<br/>would charlie.</p><ul><li>First delta item</li><li>Second <i>echo</i> item"
    "<ul><li>foxtrot within</li></ul></li></ul><ol><li>numbered golf</li></ol><blockquote><p>We "
    "hotel waited.</p></blockquote><p>Nobody <span>mike</span> came, the harbour master told "
    "reporters, and the november council adjourned.</p><pre>plain oscar lines</pre><dl><dt>Papa "
    "term</dt><dd>quebec meaning</dd></dl><details><summary>Romeo sums up</summary><p>Sierra tells "
    f"more of it.</p></details>{''.join(f'<p>{p}</p>' for p in BODY)}"
)
TABLE = ("<table><caption>Piers</caption><tr><th>Pier india</th><th>Day</th></tr>"
         "<tr><td>North juliett</td><td>Monday</td></tr></table>")  # fmt: skip


def in_all_kinds(page: str) -> dict[str, str | bytes]:
    """A page as it is, as a letter, as a saved page, in a book, a feed, an archive and a table."""
    letter_, saved = EmailMessage(), EmailMessage()
    letter_["From"], letter_["Subject"] = "Island Letter <post@island.example>", TITLE
    letter_.set_content(page, subtype="html")
    saved["Snapshot-Content-Location"] = "https://island.example/1"
    saved.set_content(page, subtype="html")
    saved["Content-Location"] = "https://island.example/1"
    book_ = packed({
        "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
        "a.opf": '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine>'
                 '<itemref idref="a"/></spine></package>', "a.xhtml": page,
    })  # fmt: skip
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    return {
        "a.html": page, "a.eml": bytes(letter_), "a.mht": bytes(saved), "a.epub": book_,
        "a.rss": rss().replace(escape("".join(f"<p>{p}</p>" for p in BODY)), escape(RICH)),
        "a.warc.gz": web_archive(answer), "a.json": json.dumps([{"title": TITLE, "text": page}]),
        "a.zip": packed({"b.html": page}),
    }  # fmt: skip


@pytest.mark.parametrize("name", in_all_kinds(""))
def test_no_word_that_a_page_shows_is_lost_without_a_row(
    make_story: MakeStory, name: str
) -> None:
    page = f"<html><body><nav>Menu</nav><article>{RICH}{TABLE}</article></body></html>"
    articles, problems = read(make_story({name: in_all_kinds(page)[name]}))
    said = " ".join(articles["text"]).lower().split()
    words = {w.strip(".,") for w in said}
    assert not [w for w in SHOWN if w not in words]
    assert Counter(said)["delta"] == 1, "nothing is told twice"
    table = any("a table of" in problem for problem in problems["problem"])
    assert name == "a.rss" or table != ({"india", "juliett"} <= words)


def test_a_mailbox_is_its_letters(make_story: MakeStory) -> None:
    box = b"".join(b"From post Sun Jun  4 07:00:00 2023\n" + data + b"\n\n"
                   for data in (letter(), letter(attached=True)))  # fmt: skip
    articles, problems = read(make_story({"june.mbox": box}))
    assert articles["file"].tolist() == ["june.mbox, article 1", "june.mbox, article 2"]
    assert problems["problem"].tolist() == ["1 attached file (tower.png …)"]


def test_a_letter_in_a_letter_has_a_row(make_story: MakeStory) -> None:
    message = EmailMessage()
    message["Subject"] = "Fwd"
    message.set_content("See what came today.")
    message.add_attachment(message_from_bytes(letter(), policy=policy.default))
    articles, problems = read(make_story({"a.eml": bytes(message)}))
    assert articles["text"].tolist() == ["See what came today."]
    assert problems["problem"].tolist() == ["1 attached file (a letter …)"]


@pytest.mark.parametrize(
    ("content", "suffix"), [(PAGE, ".html"), (rss(), ".rss"), (rtf(BODY), ".rtf")]
)
def test_what_is_no_plain_text_is_read_as_what_it_is(
    make_story: MakeStory, content: str | bytes, suffix: str
) -> None:
    articles, problems = read(make_story({"a.txt": content}))
    assert BODY[0] in articles["text"][0]
    assert problems["action"][0] == f"read as {suffix}"


def test_a_book_is_read_in_its_order(make_story: MakeStory) -> None:
    articles, problems = read(make_story({"june.epub": book()}))
    assert articles["title"].tolist() == [TITLE, TITLE.replace("Keeper", "Friend")]
    assert problems["problem"].tolist() == ["1 page of fewer than 30 words"]


def test_a_workbook_is_its_sheets_with_texts(make_story: MakeStory) -> None:
    made = xlsx({
        "Notes": [["what", "when"], ["call Ole", "soon"]],
        "May": [["Our list"], [], ["Title", "Date", "Text"], ["A", "2023-05-01", TEXT]],
        "June": [["text", "outlet"], [TEXT.replace("Ole", "Per"), "Island Letter"], ["", "Post"]],
    })  # fmt: skip
    articles, problems = read(make_story({"list.xlsx": made}))
    places = ["list.xlsx, sheet May row 1", "list.xlsx, sheet June row 1"]
    assert articles["file"].tolist() == places
    assert articles["published"].tolist()[0] == "2023-05-01"
    assert problems["problem"].tolist() == ["the sheet Notes has no column of texts",
                                            "no text in it"]  # fmt: skip


def tar(files: Mapping[str, bytes], *, link: str = "", packing: str = "gz") -> bytes:
    made = io.BytesIO()
    with tarfile.open(None, f"w|{packing}", made) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return made.getvalue()


def test_an_archive_is_its_files_in_their_folders(make_story: MakeStory, tmp_path: Path) -> None:
    inner: dict[str, str | bytes] = {
        "Island Letter/one.txt": TEXT,
        "Island Letter/two.docx": word([TITLE.upper(), *BODY]),
        "list.csv": f'text,outlet\n"{TEXT} Again.",Post\n',
        "list.json": "[]",
        "../../out.txt": TEXT,
        "/root.txt": TEXT,
        "more.zip": packed({"x.txt": TEXT}),
        "__MACOSX/one.txt": "x",
        "README.md": "A note.",
        "tower.png": b"\x89PNG",
    }
    story = make_story({"Download (5).zip": packed(inner)})
    before = sorted(tmp_path.rglob("*"))
    articles, problems = read(story)
    assert articles["doc_id"].tolist() == [
        "Download (5).zip/Island Letter/one", "Download (5).zip/Island Letter/two",
        "Download (5).zip/list/6acb02fd36"]  # fmt: skip
    assert articles["outlet"].tolist() == ["Island Letter", "Island Letter", "Post"]
    told = {row.file.partition(", ")[2]: row.problem for row in problems.itertuples()}
    assert told == {
        "../../out.txt": "its path leads out of the archive",
        "/root.txt": "its path leads out of the archive",
        "README.md": "named like a note on the folder",
        "list.json": "no article in it: it has no rows",
        "more.zip": "an archive in an archive",
        "tower.png": "a kind of file that is not read (.png)",
    }
    assert sorted(tmp_path.rglob("*")) == before  # nothing was unpacked


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
def test_tar_archives_and_their_links(make_story: MakeStory, packing: str) -> None:
    made = tar({"Post/a.txt": TEXT.encode(), "../b.txt": b"x"}, link="c.txt", packing=packing)
    articles, problems = read(make_story({f"all.tar.{packing}": made}))
    assert articles["doc_id"].tolist() == [f"all.tar.{packing}/Post/a"]
    assert sorted(problems["file"]) == [f"all.tar.{packing}, {n}" for n in ("../b.txt", "c.txt")]


def test_an_archive_beyond_its_limits(
    make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    articles, problems = read(make_story({"a.zip": packed({f"{n}.txt": TEXT for n in "123"})}))
    assert len(articles) == 2
    assert problems["action"].tolist() == ["the rest is left out; divide it"]


def test_a_locked_file_in_an_archive_has_a_row(make_story: MakeStory) -> None:
    made = bytearray(packed({"a.txt": TEXT, "b.txt": TEXT + " More."}))
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        at = made.index(sign)
        made[at + (6 if sign[2] == 3 else 8)] |= 1
    articles, problems = read(make_story({"a.zip": bytes(made)}))
    assert len(articles) == 1
    assert problems["problem"].tolist() == ["locked with a password"]


BROKEN: dict[str, tuple[bytes, str]] = {
    "a.doc": (b"\xd0\xcf\x11\xe0" + bytes(500), "of before 2007"),
    "a.docx": (b"\xd0\xcf\x11\xe0" + bytes(500), "an old Word file, or one with a password"),
    "a.xlsx": (b"PK\x03\x04cut", "no valid spreadsheet"),
    "a.ods": (packed({"x": "y"}), "no valid spreadsheet"),
    "a.rtf": (b"no rich text", "no rich text"),
    "a.odt": (packed({"content.xml": "<a><b></a>"}), "no valid OpenDocument"),
    "a.epub": (packed({"x": "y"}), "a book without a page"),
    "a.mbox": (b"nothing", "no mailbox"),
    "a.mht": (letter(), "a saved page without HTML"),
    "a.xml": (b"<html><p>x</p></html>", "XML that is no feed"),
    "a.rss": (b"<rss><channel/></rss>", "it has no rows"),
    "a.warc": (b"WARC/1.0\r\n\r\n", "a web archive without a page"),
    "a.zip": (b"PK\x03\x04cut", "no valid archive"),
    "a.tar.gz": (gzip.compress(b"cut", mtime=0), "no valid archive"),
    "a.ris": (b"TY  - NEWS\nTI  - A\nER  - \n", "1 reference without"),
    "a.msg": (b"x", "a kind of file that is not read (.msg)"),
    "a.xls": (b"", "no valid spreadsheet"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_has_a_row_with_a_remedy(make_story: MakeStory, name: str) -> None:
    content, problem = BROKEN[name]
    with pytest.raises(CorpusError) as error:
        read(make_story({name: content}))
    (row,) = error.value.problems.to_dict("records")
    assert problem in row["problem"]
    assert row["action"].startswith("left out")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.97])
def test_a_file_that_is_cut_is_an_article_or_a_row(
    make_story: MakeStory, name: str, part: float
) -> None:
    content = FILES[name]
    data = content.encode() if isinstance(content, str) else content
    articles, problems = read(make_story({name: data[: int(len(data) * part)], "z.txt": TEXT}))
    assert len(articles) - 1 + len(problems) >= 1


def test_every_suffix_with_a_remedy_is_of_no_format() -> None:
    suffixes = [suffix for several in formats._REMEDIES for suffix in several]
    assert not [suffix for suffix in suffixes if format_of(f"a{suffix}")]
    assert "a picture" in formats.refusal("scan.JPG")[1]
    assert "readable are plain text" in formats.refusal("a.exe")[1]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["<p>{}</p>", "{}<br>", "</p>{}", "<b>{}</a></b>"]))
def test_any_markup_has_a_text(text: str, around: str) -> None:
    shown = markup.text_of(around.format(text))
    assert shown is None or not shown or shown.strip()


@pytest.mark.parametrize("suffix", sorted(formats._BY_SUFFIX))
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 40, b"<", b"\xff\xfe<p>", b"{}", b"PK\x05\x06" + bytes(18)]
)
def test_no_bytes_under_any_suffix_raise(tmp_path: Path, suffix: str, data: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(data)
    with suppress(Unreadable):
        list(read_file(tmp_path / f"a{suffix}"))
