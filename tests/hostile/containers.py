"""Kinds of office files, mail, feeds and archives that broke something, or might."""

from __future__ import annotations

import gzip
import io
import warnings
import zipfile

import test_containers as made
from office_files import pdf, word, word_of
from texts import BODY, TEXT, TITLE

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + ']><x>&h;</x>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
DEEP = "<a>" * 20_000 + "x" + "</a>" * 20_000
PARAGRAPHS = [TITLE, BODY]


def _locked() -> bytes:
    """An archive whose one file says that it has a password."""
    data = bytearray(made.packed({"a.txt": TEXT}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    return bytes(data)


def _damaged() -> bytes:
    data = bytearray(made.packed({"a.txt": TEXT * 20}))
    data[60] ^= 0xFF
    return bytes(data)


def _twice() -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # of the name that is there twice
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.txt", TEXT + "More.")
    return file.getvalue()


def _pages(tree: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + tree + b"endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF"
    )


def _opened(content: str) -> bytes:
    return made.packed({"content.xml": content})


_MAIL = "From: Island Letter <a@b.example>\nSubject: {}\nDate: {}\nContent-Type: {}\n\n{}"
_SHEET = [["Text", "Outlet"], [BODY, "A"]]
FILES: dict[str, bytes | str] = {
    "pdf/nothing.pdf": b"",
    "pdf/a line.pdf": b"%PDF-1.7\n",
    "pdf/an article.pdf": pdf([[TITLE, "", *BODY.split(". ")]]),
    "pdf/a page of nothing.pdf": pdf([[]]),
    "pdf/a cut file.pdf": pdf([PARAGRAPHS])[:200],
    "pdf/pages that hold themselves.pdf": _pages(b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
    "pdf/pages that are not there.pdf": _pages(b"<</Type/Pages/Kids[7 0 R]/Count 999999999>>"),
    "pdf/lists without end.pdf": _pages(b"[" * 20_000),
    "pdf/no numbers.pdf": _pages(b"<</Type/Pages/Kids[] /Count -1>>"),
    "pdf/a script.pdf": _pages(b"<</Type/Pages/Kids[]/OpenAction<</S/JavaScript/JS(x)>>>>"),
    "pdf/text in disguise.pdf": TEXT,
    "word/an article.docx": word(PARAGRAPHS),
    "word/nothing.docx": b"",
    "word/an archive of nothing.docx": made.packed({}),
    "word/another archive.docx": made.packed({"a.txt": TEXT}),
    "word/no paragraph.docx": word([]),
    "word/not even XML.docx": made.packed({"word/document.xml": "<w:document"}),
    "word/entities.docx": made.packed({"word/document.xml": BOMB}),
    "word/a file outside.docx": made.packed({"word/document.xml": OUTSIDE}),
    "word/deep.docx": word_of(DEEP),
    "word/zeros.docx": made.packed({"word/document.xml": b"\0" * 5_000_000}),
    "word/a field.docx": word_of(
        f"<w:p><w:r><w:instrText>DDE cmd</w:instrText><w:t>{BODY}</w:t></w:r></w:p>"
    ),
    "word/a password.docx": b"\xd0\xcf\x11\xe0" + bytes(600),
    "word/old.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
    "word/a page in disguise.doc": f"<html><body><p>{BODY}</p></body></html>",
    "odt/an article.odt": made.odt((TITLE, BODY)),
    "odt/entities.odt": _opened(BOMB),
    "odt/a file outside.odt": _opened(OUTSIDE),
    "odt/deep.odt": _opened(DEEP),
    "odt/nothing.odt": _opened(""),
    "rtf/an article.rtf": made.rtf((TITLE, BODY)),
    "rtf/braces.rtf": "{\\rtf1 " + "{" * 20_000 + BODY,
    "rtf/numbers.rtf": "{\\rtf1 \\u99999999? \\'zz \\bin99999999 " + BODY + "}",
    "rtf/nothing.rtf": "{\\rtf1}",
    "epub/a book.epub": made.book(),
    "epub/no book.epub": made.packed({"META-INF/container.xml": "<x/>"}),
    "epub/entities.epub": made.packed({"META-INF/container.xml": BOMB}),
    "epub/a page outside.epub": made.packed({
        "META-INF/container.xml": '<container><rootfile full-path="../../etc/x"/></container>'}),
    "mail/a letter.eml": made.letter(),
    "mail/nothing.eml": "",
    "mail/no head.eml": TEXT,
    "mail/a page.eml": made.letter(page=True),
    "mail/an attachment.eml": made.letter(attached=True),
    "mail/another encoding.eml": _MAIL.format(TITLE, "now", "text/plain; charset=zlib", BODY),
    "mail/a day beyond all.eml": _MAIL.format(TITLE, "Sun, 99 Jun 99999", "text/plain", BODY),
    "mail/a head of escapes.eml": _MAIL.format("=?utf-8?q?=1b[31m?=", "x", "text/plain", BODY),
    "mail/parts in parts.eml": "".join(
        f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(200)) + BODY,
    "mail/no mailbox.mbox": "x",
    "mail/a mailbox.mbox": "From a Sun Jun  4 07:00:00 2023\n" + _MAIL.format(TITLE, "", "x", BODY),
    "mail/a saved page.mht": made.saved_page(),
    "mail/a saved letter.mht": made.letter(),
    "feeds/a feed.rss": made.rss(),
    "feeds/another.atom": made.atom(),
    "feeds/entities.xml": BOMB,
    "feeds/a file outside.xml": OUTSIDE,
    "feeds/deep.xml": DEEP,
    "feeds/nothing.rss": "<rss><channel/></rss>",
    "feeds/a cut feed.rss": made.rss()[:200],
    "feeds/no XML.xml": TEXT,
    "warc/an archive.warc.gz": made.web_archive(made.ANSWER),
    "warc/nothing.warc": "",
    "warc/a length that is none.warc": "WARC/1.0\r\nContent-Length: -5\r\n\r\nx\r\n\r\n",
    "warc/a length beyond all.warc": f"WARC/1.0\r\nContent-Length: {'9' * 30}\r\n\r\nx",
    "warc/cut.warc.gz": made.web_archive(made.ANSWER)[:90],
    "zip/articles.zip": made.packed({"A/a.txt": TEXT, "B/b.txt": TEXT + "More."}),
    "zip/nothing.zip": made.packed({}),
    "zip/no archive.zip": TEXT,
    "zip/paths.zip": made.packed({
        "../a.txt": TEXT, "/b.txt": TEXT, "C:\\c.txt": TEXT, "d/../../e.txt": TEXT,
        "f\0.txt": TEXT}),
    "zip/one in another.zip": made.packed({"a.zip": made.packed({"a.txt": TEXT})}),
    "zip/a password.zip": _locked(),
    "zip/damaged.zip": _damaged(),
    "zip/a name twice.zip": _twice(),
    "zip/zeros.zip": made.packed({"a.txt": b"\0" * 25_000_000}),
    "zip/many.zip": made.packed({f"{i}.txt": "x" for i in range(500)}),
    "zip/links.tar.gz": made.tar({"../a.txt": TEXT.encode(), "b.txt": TEXT.encode()}, link="c.txt"),
    "zip/no tar.tar.gz": gzip.compress(b"x" * 600, mtime=0),
    "zip/zeros.tar.xz": made.tar({"a.txt": b"\0" * 60_000_000}, packing="xz"),
    "zip/zeros.tar.bz2": made.tar({"a.txt": b"\0" * 60_000_000}, packing="bz2"),
    "zip/zeros.tar.gz": made.tar({"a.txt": b"\0" * 60_000_000}),
    "zip/no tar.tar.xz": b"\xfd7zXZ\0" + b"x" * 600,
    "zip/a cut tar.tar.bz2": made.tar({"a.txt": TEXT.encode() * 50}, packing="bz2")[:90],
    "zip/a cut tar.tgz": made.tar({"a.txt": TEXT.encode() * 50})[:60],
    "sheets/a sheet.xlsx": made.xlsx({"One": _SHEET}),
    "sheets/nothing.xlsx": made.xlsx({"One": []}),
    "sheets/no texts.xlsx": made.xlsx({"One": [["a", "b"], ["c", "d"]]}),
    "sheets/two of a name.xlsx": made.xlsx({"One": [["Text", "text"], [BODY, "x"]]}),
    "sheets/several.xlsx": made.xlsx({"One": _SHEET, "Two": [["x"]], "=3": [["text"], ["", BODY]]}),
    "sheets/a cut file.xlsx": made.xlsx({"One": _SHEET})[:300],
    "sheets/entities.xlsx": made.packed({"xl/workbook.xml": BOMB}),
    "sheets/a password.xlsx": b"\xd0\xcf\x11\xe0" + bytes(600),
    "sheets/no sheet.ods": made.packed({"content.xml": "<x/>"}),
    "lists/references.ris": "TY  - NEWS\nTI  - A\nER  - \n",
    "lists/nothing.ris": "",
    "lists/references.bib": "@article{a, title = {A}}\n",
    "lists/braces.bib": "@article{a, title = " + "{" * 60_000,
    "lists/entries.bib": "@a{b," * 20_000,
    "lists/fields.bib": "@a{b," + 'c = "x",' * 20_000,
}  # fmt: skip
