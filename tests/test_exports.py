"""Exports of press databases: cut into their articles, and ordinary articles never cut."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import pdf, rich, word

from helpers.corpus import read
from helpers.readers import Document, Doubt, Unreadable, exports, read_file
from helpers.readers.exports import factiva, layout, plain
from helpers.readers.exports.layout import blocks, byline, date_of
from helpers.readers.wrapping import unwrapped


class Piece(NamedTuple):
    """One article as its newspaper printed it."""

    title: str
    outlet: str
    day: str
    printed: str
    """The day as databases write it."""
    author: str
    body: tuple[str, ...]

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for paragraph in self.body)


PIECES = (
    Piece(
        "Ferry line to Ormsay sinks into debt",
        "The Harbour Gazette",
        "2023-11-06",
        "November 6, 2023",
        "Lena Brodie",
        (
            "The company that runs the ferry to Ormsay owes its banks more than it earns in four "
            "years, according to papers filed on Monday.",
            "“Nobody here pays for a boat that does not sail,” said Hamish Tull, who chairs the "
            "island’s council. He wants the state to buy the line.",
            "The company did not answer questions.",
        ),
    ),
    Piece(
        "Islanders plan a boat of their own",
        "Ormsay Post",
        "2023-11-08",
        "November 8, 2023",
        "Greta Vane",
        (
            "Forty families on Ormsay have put money aside for a second-hand ferry, a meeting in "
            "the school heard on Tuesday night.",
            "Hamish Tull called it “a raft with a bank account”.",
        ),
    ),
    Piece(
        "Minister visits the pier",
        "The Harbour Gazette",
        "2023-11-11",
        "November 11, 2023",
        "",
        (
            "Transport minister Ada Quill walked the length of the pier at Ormsay on Friday and "
            "promised an answer before Christmas.",
            "“I came by the ferry,” she said. “It was late.”",
        ),
    ),
)  # fmt: skip


# -- the same articles, as each database lays them out -----------------------------------------


def nexis(pieces: Sequence[Piece], *, cover: bool = True) -> list[str]:
    """Paragraphs of a Nexis Uni file."""
    lines = []
    if cover and len(pieces) > 1:
        lines = ["User Name: R. Reader", "Date and Time: Monday, 13 November 2023",
                 "Job Number: 55", f"Documents ({len(pieces)})"]  # fmt: skip
        for number, piece in enumerate(pieces, start=1):
            lines += [f"{number}. {piece.title}", "Client/Matter: -None-", "Search Terms: ferry",
                      "Content Type", "Narrowed by", "News", "Language: English"]  # fmt: skip
    for piece in pieces:
        lines += [piece.title, piece.outlet, f"{piece.printed} Monday",
                  f"Copyright 2023 {piece.outlet} All Rights Reserved",
                  "Section: NEWS; Pg. 7", f"Length: {piece.words} words"]  # fmt: skip
        lines += [f"Byline: {piece.author}"] * bool(piece.author)
        lines += ["Body", *piece.body, "Graphic", "Photo: the pier in France", "Classification",
                  "Language: ENGLISH", "Subject: FERRIES (92%)",
                  "Geographic: OSLO, NORWAY (61%)", "Load-Date: November 12, 2023",
                  "End of Document"]  # fmt: skip
    return lines


def lexisnexis(pieces: Sequence[Piece]) -> str:
    """A text file of the older LexisNexis, broken at 78 columns."""
    lines = ["", "Download Request: Selected Items: 1-3", "Send To:", "A LIBRARY", ""]
    for number, piece in enumerate(pieces, start=1):
        lines += [f"{' ' * 30}{number} of {len(pieces)} DOCUMENTS", "", "",
                  f"{' ' * 30}{piece.outlet} (Scotland)", "", f"{' ' * 30}{piece.printed} Monday",
                  "", piece.title, ""]  # fmt: skip
        lines += [f"BYLINE: {piece.author}", ""] * bool(piece.author)
        lines += ["SECTION: NEWS; Pg. 7", "", f"LENGTH: {piece.words} words", ""]
        for paragraph in piece.body:
            lines += [*textwrap.wrap(paragraph, 78), ""]
        lines += ["LOAD-DATE: November 12, 2023", "", "LANGUAGE: ENGLISH", "",
                  "GRAPHIC: The pier, which France admires", "",
                  f"{' ' * 20}Copyright 2023 {piece.outlet}", ""]  # fmt: skip
    return "\r\n".join(lines)


def factiva_codes(pieces: Sequence[Piece]) -> list[tuple[str, Sequence[str]]]:
    """Code and paragraphs of every field of a Factiva file."""
    fields: list[tuple[str, Sequence[str]]] = []
    for number, piece in enumerate(pieces):
        fields += [("SE", ["NEWS"]), ("HD", [piece.title])]
        fields += [("BY", [f"By {piece.author}"])] * bool(piece.author)
        fields += [("WC", [f"{piece.words} words"]), ("PD", [_day_first(piece)]),
                   ("SN", [piece.outlet]), ("SC", ["HARBG"]), ("LA", ["English"]),
                   ("CY", [f"(c) 2023 {piece.outlet}"]), ("LP", piece.body[:1]),
                   ("TD", piece.body[1:]), ("NS", ["gship : Shipping"]), ("RE", ["fr : France"]),
                   ("AN", [f"Document HARBG0002023110{number}ejb60002t"])]  # fmt: skip
    return fields


def _day_first(piece: Piece) -> str:
    month, day, year = piece.printed.replace(",", "").split()
    return f"{day} {month} {year}"


def factiva_text(pieces: Sequence[Piece]) -> str:
    """A Factiva text without codes."""
    lines = []
    for number, piece in enumerate(pieces):
        lines += ["News", piece.title] + [piece.author] * bool(piece.author)
        lines += [f"{piece.words} words", _day_first(piece), "08:15", piece.outlet, "HARBG", "7",
                  "English", f"© 2023 {piece.outlet} Ltd.", ""]  # fmt: skip
        for paragraph in piece.body:
            lines += [paragraph, ""]
        lines += [f"{piece.outlet} Ltd.", "", f"Document HARBG0002023110{number}ejb60002t", ""]
    return "\n".join(lines)


def factiva_page(pieces: Sequence[Piece]) -> str:
    rows = []
    for code, paragraphs in factiva_codes(pieces):
        inner = "".join(f"<p class='articleParagraph'>{escape(p)}</p>" for p in paragraphs)
        rows.append(f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{inner}</td></tr>")
        if code == "AN":
            rows.append("</table></div><div class='article enArticle'><table>")
    return ("<html><body><h1>Factiva</h1><div class='article enArticle'><table>"
            f"{''.join(rows)}</table></div></body></html>")  # fmt: skip


def proquest(pieces: Sequence[Piece]) -> list[str]:
    """Paragraphs of a ProQuest file."""
    lines = []
    for number, piece in enumerate(pieces, start=1):
        lines += ["_" * 60, f"Document {number} of {len(pieces)}", piece.title]
        lines += [f"Author: {_surname_first(piece.author)}"] * bool(piece.author)
        lines += [f"Publication info: {piece.outlet} ; Ormsay [Ormsay]06 Nov 2023: A.7.",
                  f"Abstract: {piece.body[0]}", "Links: http://links.example.org/9",
                  f"Full text: {piece.body[0]}", *piece.body[1:], "Subject: Ferries; France",
                  "Location: Ormsay", f"Title: {piece.title}",
                  f"Publication title: {piece.outlet}; Ormsay", "Pages: A.7",
                  f"Publication date: {piece.printed}", "Section: NEWS; Pg. 7",
                  "ProQuest document ID: 9911", "Database: Newsstream"]  # fmt: skip
    return [*lines, "_" * 60, "Contact us at: http://help.example.org"]


def _surname_first(author: str) -> str:
    given, _, surname = author.partition(" ")
    return f"{surname}, {given}"


def newsbank(pieces: Sequence[Piece], *, dated: bool = False) -> str:
    lines = []
    for number, piece in enumerate(pieces, start=1):
        name = piece.outlet.removeprefix("The ")
        name = f"{name}, The" if name != piece.outlet else name
        if dated:
            lines += [piece.title, f"{piece.printed} | {name} (Ormsay, SCT)"]
        else:
            lines += [piece.title, f"{name} (Ormsay, SCT) - {piece.printed}"]
        lines += [f"Author/Byline: {piece.author}, Staff Writer"] * bool(piece.author)
        lines += ["Section: NEWS", "Page: 7", "Readability: 9-12 grade level", ""]
        for paragraph in piece.body:
            lines += [paragraph, ""]
        lines += ["Caption: The pier, France. Photo/Joe Lamb", f"Record Number: HG-{number}",
                  f"Copyright (c) 2023 {piece.outlet}", ""]  # fmt: skip
    return "\n".join(lines)


def europresse(pieces: Sequence[Piece]) -> str:
    made = []
    for piece in pieces:
        weekday = f"NEWS, Monday, {piece.day}, p. 7"
        body = "".join(f"<p>{escape(p)}</p>\n" for p in piece.body)
        made.append(
            f"<article><header><span class='DocPublicationName'>{piece.outlet}</span>"
            f"<span class='DocHeader'>{weekday}</span><div class='titreArticle'><p>{piece.title}"
            f"</p></div><p class='sm-margin-bottomNews'>{piece.author}</p></header>"
            f"<section><div class='docOcurrContainer'>{body}</div></section>"
            f"<footer>© 2023 France <div class='publiC-lblNodoc'>news·20231106·HG</div></footer>"
            "</article>"
        )
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(made)}</body></html>"


def divided(pieces: Sequence[Piece]) -> str:
    return "\n\n==========\n\n".join(
        "\n".join([piece.title, f"{piece.outlet}, {piece.day}", "", "\n\n".join(piece.body)])
        for piece in pieces
    )


def fronted(pieces: Sequence[Piece]) -> str:
    return "\n\n".join(
        f"---\ntitle: {piece.title}\noutlet: {piece.outlet}\npublished: {piece.day}\n---\n\n"
        + "\n\n".join(piece.body)
        for piece in pieces
    )


def translated(pieces: Sequence[Piece], names: Mapping[str, str], number: str, day: str) -> str:
    """A file of the older LexisNexis as it came with an interface in another language."""
    text = re.sub(r"(\d) of (\d) DOCUMENTS", number, lexisnexis(pieces))
    for english, other in names.items():
        text = text.replace(english, other)
    return re.sub(r"November (\d+), 2023 Monday", day, text)


GERMAN = {"BYLINE:": "AUTOR:", "SECTION:": "RUBRIK:", "LENGTH:": "LÄNGE:", " words": " Wörter",
          "LOAD-DATE:": "UPDATE:", "LANGUAGE:": "SPRACHE:"}  # fmt: skip
FRENCH = {"BYLINE:": "AUTEUR:", "SECTION:": "RUBRIQUE:", "LENGTH:": "LONGUEUR:", " words": " mots",
          "LOAD-DATE:": "DATE-CHARGEMENT:", "LANGUAGE:": "LANGUE:"}  # fmt: skip


def factiva_print(pieces: Sequence[Piece]) -> str:
    """A page of Factiva without codes, whose last paragraph is a short one."""
    made = []
    for number, piece in enumerate(pieces):
        above = ["News", piece.title, *[f"By {piece.author}"] * bool(piece.author)]
        below = [f"{piece.words} words", _day_first(piece), "08:15", piece.outlet, "HARBG",
                 "English", f"(c) 2023 {piece.outlet}", *piece.body,
                 f"Document HARBG0002023110{number}ejb60002t"]  # fmt: skip
        inner = "".join(f"<p>{escape(line)}</p>" for line in [*above, *below])
        made.append(f"<div class='article enArticle'>{inner}</div>")
    return f"<html><meta charset='utf-8'><body>{''.join(made)}</body></html>"


def as_page(lines: Sequence[str]) -> str:
    """The text of a database, saved as a page with thin rules."""
    shown = ("<hr>" if set(line) == {"_"} else f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><meta charset='utf-8'><body>{''.join(shown)}</body></html>"


LABELS = "Title: {p.title}\nSource: {p.outlet}\nDate: {p.day}\nAuthor: {p.author}\nSection: News"


def divided_by(sign: str, pieces: Sequence[Piece], line: str) -> str:
    """Articles below a title and a line with outlet and day, or labels for them."""
    heads = [line.format(p=piece) for piece in pieces]
    texts = ("\n\n".join([head, *p.body]) for head, p in zip(heads, pieces, strict=True))
    return sign.join(texts)


def nexis_pdf(pieces: Sequence[Piece]) -> bytes:
    """A page an article, with the page's number and a running title above it."""
    pages = []
    for number, piece in enumerate(pieces, start=1):
        lines = [line for text in nexis([piece], cover=False)
                 for line in textwrap.wrap(text, 96)]  # fmt: skip
        top = "Ferry to Ormsay" if len(pieces) > 1 else piece.title
        pages.append([f"Page {number} of {len(pieces)}", top, *lines])
    return pdf(pages)


def _wrapped(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in textwrap.wrap(line, 96) or [""]]


LAYOUTS: dict[str, Callable[[Sequence[Piece]], str | bytes]] = {
    "nexis.DOCX": lambda pieces: word(nexis(pieces)),
    "nexis.txt": lambda pieces: "\n\n".join(nexis(pieces)),
    "nexis.pdf": nexis_pdf,
    "lexisnexis.TXT": lexisnexis,
    "nexis.rtf": lambda pieces: rich(nexis(pieces)),
    "nexis_blanks.DOCX": lambda pieces: word(
        [re.sub(r"^([\w-]+): (?=\S)", "\\1:\xa0", line) for line in nexis(pieces)]
    ),
    "owned_above.TXT": lambda pieces: lexisnexis(pieces).replace(
        " DOCUMENTS\r\n", " DOCUMENTS\r\n\r\nCopyright 2023 A Trust\r\nAll Rights Reserved\r\n"
    ),
    "cells.txt": lambda pieces: "\n".join(
        f"{code}|{text}|" if not i else f"|{text}|"
        for code, texts in factiva_codes(pieces) for i, text in enumerate(texts)
    ),
    "factiva.rtf": lambda pieces: rich(
        [line for code, texts in factiva_codes(pieces) for line in (code, *texts)]
    ),
    "newsbank.pdf": lambda pieces: pdf([_wrapped(newsbank([piece])) for piece in pieces]),
    "factiva.html": factiva_page,
    "factiva.txt": factiva_text,
    "coded.txt": lambda pieces: "\n".join(
        line for code, texts in factiva_codes(pieces) for line in (code, *texts, "")
    ),
    "proquest.txt": lambda pieces: "\n\n".join(proquest(pieces)),
    "proquest.docx": lambda pieces: word(proquest(pieces)),
    "europresse.HTML": europresse,
    "newsbank.txt": newsbank,
    "newsbank_dated.txt": lambda pieces: newsbank(pieces, dated=True),
    "german.TXT": lambda pieces: translated(
        pieces, GERMAN, r"Dokument \1 von \2", r"\1. November 2023 Montag"),
    "french.TXT": lambda pieces: translated(
        pieces, FRENCH, r"Document \1 de \2", r"lundi \1 novembre 2023"),
    "print.html": factiva_print,
    "proquest.html": lambda pieces: as_page(proquest(pieces)),
    "proquest_capitals.txt": lambda pieces: "\n\n".join(proquest(pieces)).replace(
        "Full text: ", "FULL TEXT\n\n"
    ),
    "nexis.htm": lambda pieces: as_page(nexis(pieces)),
    "newsbank_british.txt": lambda pieces: re.sub(
        r"November (\d+), 2023\n", r"\1 November 2023\n", newsbank(pieces)
    ),
    "europresse_french.html": lambda pieces: re.sub(
        r"Monday, 2023-11-0?(\d+)", r"lundi \1 novembre 2023", europresse(pieces)
    ),
    "europresse_windows.html": lambda pieces: europresse(pieces).replace(
        "utf-8", "iso-8859-1").encode("cp1252"),
    "divided.txt": divided,
    "spaced.docx": lambda pieces: word(divided(pieces).split("\n")),
    "stars.txt": lambda pieces: divided_by(
        "\n\n* * * * *\n\n", pieces, "{p.title}\n{p.outlet}, {p.day}"),
    "pages.txt": lambda pieces: divided_by(
        "\f", pieces, "Titel: {p.title}\nQuelle: {p.outlet}\nDatum: {p.day}\nAutor:"),
    "tight.txt": lambda pieces: divided_by(
        "\n=====\n", pieces, "{p.title}\n{p.outlet}, {p.day}"),
    "headed.md": lambda pieces: divided_by(
        "\n\n", pieces, "# {p.title}\n\n*{p.outlet}, {p.printed}*"),
    "fronted.md": fronted,
    "labelled.txt": lambda pieces: divided_by("\n\n", pieces, LABELS),
    "labelled.docx": lambda pieces: word(divided_by("\n\n", pieces, LABELS).split("\n")),
    "gale.txt": lambda pieces: divided_by(
        "\n\nSource Citation (MLA)\nCalled so.\n\n", pieces,
        LABELS.replace("Source", "From") + "\n\nFull Text:"),
    "numbered.txt": lambda pieces: "\n\n".join(
        f"Article {n} of {len(pieces)}\n\n{divided_by('', [p], '{p.title}')}".replace(
            p.title, f"{p.title}\n{p.outlet}\n{p.printed}")
        for n, p in enumerate(pieces, start=1)),
}  # fmt: skip
OF_SEVERAL_ONLY = {"divided.txt", "spaced.docx", "stars.txt", "pages.txt", "tight.txt", "headed.md",
                   "fronted.md", "numbered.txt"}  # fmt: skip


def read_of(folder: Path, name: str, content: str | bytes) -> tuple[list[Document], list[Doubt]]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = [item for item, _ in read_file(path)]
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Doubt)],
    )


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("name", LAYOUTS)
def test_an_export_becomes_its_articles(name: str, n: int, tmp_path: Path) -> None:
    if n == 1 and name in OF_SEVERAL_ONLY:
        return
    documents, doubts = read_of(tmp_path, name, LAYOUTS[name](PIECES[:n]))
    assert [d.declared["title"] for d in documents] == [p.title for p in PIECES[:n]]
    assert [d.declared["outlet"] for d in documents] == [p.outlet for p in PIECES[:n]]
    assert [d.declared["published"] for d in documents] == [p.day for p in PIECES[:n]]
    if name not in OF_SEVERAL_ONLY:
        assert [d.declared.get("byline", "") for d in documents] == [p.author for p in PIECES[:n]]
        assert {d.declared["section"].title() for d in documents} == {"News"}
    for document, piece in zip(documents, PIECES, strict=False):
        text = document.text.split("---\n\n")[-1] if name == "fronted.md" else document.text
        body = " ".join(text.removeprefix(piece.title).split())
        assert body == " ".join(" ".join(piece.body).split())
        if not name.endswith(".pdf"):  # where its paragraphs end is guessed
            assert text.removeprefix(piece.title).strip() == "\n\n".join(piece.body)
    assert [d.row for d in documents] == ([""] if n == 1 else [f"article {i}" for i in (1, 2, 3)])
    assert [d.problem for d in doubts] == ["text from the layout of a PDF"] * name.endswith(".pdf")


def test_what_the_database_says_of_an_article_is_kept_and_never_counted(tmp_path: Path) -> None:
    for name in ("nexis.DOCX", "proquest.txt", "factiva.txt"):
        (tmp_path / name).write_bytes(_bytes(LAYOUTS[name](PIECES)))
    articles, problems = read(tmp_path)
    assert problems["problem"].tolist() == []
    assert len(articles) == 9
    assert not articles["text"].str.contains("France|Norway|ENGLISH|HARBG").any()
    nexis_rows = articles[articles["doc_id"].str.startswith("nexis/")]
    assert nexis_rows["doc_id"].nunique() == 3
    assert set(nexis_rows["geographic"]) == {"OSLO, NORWAY (61%)"}
    assert articles["duplicate_of"].notna().sum() == 6  # three articles in three layouts


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


LETTERS = st.characters(codec="utf-8", categories=["L"], exclude_characters="ÂÃâ√ﬀﬁﬂﬃﬄﬅﬆ")
PARAGRAPH = st.lists(
    st.text(alphabet=LETTERS, min_size=1, max_size=9), min_size=6, max_size=30
).map(lambda words: " ".join(["They", *words]) + ".")  # fmt: skip


@pytest.mark.parametrize("name", ["nexis.txt", "proquest.txt", "factiva.txt", "fronted.md"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_word_of_any_article_is_lost(name: str, data: st.DataObject) -> None:
    body = st.lists(PARAGRAPH, min_size=1, max_size=4).map(tuple)
    bodies = data.draw(st.lists(body, min_size=2, max_size=5))
    pieces = [PIECES[0]._replace(title=f"Report {n}", body=b) for n, b in enumerate(bodies)]
    text = LAYOUTS[name](pieces)
    assert isinstance(text, str)
    found = plain.split(text) if name == "fronted.md" else exports.articles(text, unwrapped)
    assert found is not None
    texts = [item.text for item in found if isinstance(item, Document)]
    assert len(texts) == len(pieces)
    for text, piece in zip(texts, pieces, strict=True):
        assert text.endswith("\n\n".join(piece.body))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "\n\n".join(nexis(PIECES)[: -len(nexis(PIECES[2:]))]),
            "says that it holds 3 articles from Nexis Uni; 2 found",
        ),
        (
            "\n\n".join(line for line in proquest(PIECES) if not line.startswith("Full text")),
            "without a full text in the export from ProQuest: 3 articles (1, 2, 3)",
        ),
        (
            "\n\n".join(nexis(PIECES)).replace("Body", "", 1).replace("Length", "Size", 1),
            "not understood as articles of Nexis Uni: article 1",
        ),
        (
            divided(PIECES).replace(PIECES[1].title + "\nOrmsay Post, 2023-11-08\n\n", ""),
            "lines divide it into 3 parts, which may be articles",
        ),
        (
            divided_by("\n\nDokumentnummer: A\n\n", PIECES, "{p.title}") + "\n\nDokumentnummer: B",
            "numbers of documents tell of 2 parts, which may be articles",
        ),
        (
            divided_by("\n\n", PIECES, LABELS) + "\n\nTitle: Empty\nSource: Ormsay Post\nDate: May",
            "labels without a text below them",
        ),
        (
            fronted(PIECES) + "\n\n---\ntitle: Empty\noutlet: Ormsay Post\n---\n",
            "no text below the front matter",
        ),
    ],
)  # fmt: skip
def test_what_an_export_holds_and_is_not_read_has_a_row(
    text: str, problem: str, tmp_path: Path
) -> None:
    _, doubts = read_of(tmp_path, "all.txt", text)
    assert [doubt.problem for doubt in doubts] == [problem]


def test_an_export_in_an_unknown_layout_is_refused_with_the_number_of_articles(
    tmp_path: Path,
) -> None:
    text = "Documents (3)\n\n" + "Some words.\n\nEnd of Document\n\n" * 3
    with pytest.raises(Unreadable, match=r"an export of 3 articles from Nexis Uni.*article a file"):
        read_of(tmp_path, "all.txt", text)


@pytest.mark.parametrize(
    "text",
    [
        "Talks end\n\n***\n\nThey had begun on Monday, March 4, and nobody said a word of it.",
        "Section: the law\n\nThe law has a section. End of Document it says, and Load-Date: too.",
        "One\n\n-----\n\nTwo parts of a feature, with a rule between them and no day above any.",
        "# Report\n\nOf May 3.\n\n# Method\n\nMay 4, 2024\n\n" + "They counted words. " * 9,
        "Talks end\nThe Post, 2024-03-04\n\n"
        + "They left. " * 9
        + "\fTalks end\n2024-03-04\n\n"
        + "They came. " * 9,
        "Report\n======\n\nThe heading is underlined, as Markdown has it, and it is one article.",
        "---\ntitle: Talks end\n---\n\nThey said it.\n\n---\n\nA rule, and more of the same text.",
        "He read Document 3 of 12, and then Document ABCDEFGHIJKLMNOP1 which says 300 words.",
        "Source: the sea\n\nThe source of it all, they said. Date: unknown. " + "They left. " * 9,
        "Title: a film\nCast: two men\n\nThe film begins at sea. " + "They left. " * 9,
        "Article 1\n\nThe law says so. " + "They left. " * 9 + "\n\nArticle 2\n\nAnd so. " * 9,
        "Body and soul\n\nA review\n\nMarch 4, 2024\n\nBody\n\nOf ProQuest and NewsBank’s end.",
    ],
)
def test_an_ordinary_article_stays_one(text: str, tmp_path: Path) -> None:
    documents, doubts = read_of(tmp_path, "a.txt", text)
    assert [d.text for d in documents] == [text]
    assert doubts == []


@pytest.mark.shared
def test_no_real_article_is_split(shared: Path) -> None:
    seen = 0
    for text in _real_texts(shared):
        assert plain.split(text) is plain.split(text, spaced=True) is None, text[:80]
        assert exports.articles(text, unwrapped) is None, text[:80]
        seen += 1
    assert seen > 1_000


def _real_texts(shared: Path) -> Iterator[str]:
    for folder in (shared / "corpora", shared / "gold"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".txt", ".md"}:
                yield path.read_text(encoding="utf-8", errors="replace")
            elif path.suffix == ".json":
                yield from _strings(json.loads(path.read_text(encoding="utf-8")))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > 300:
            yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["One two three four, and then one more", "line.", "x"],
         "One two three four, and then one more line.\n\nx"),
        (["A short one.", "Another short one.", "A third."],
         "A short one.\n\nAnother short one.\n\nA third."),
        (["x" * 200, "y"], "x" * 200 + "\n\ny"),
        (["  a", "", "", "b  "], "a\n\nb"),
        ([], ""),
    ],
)  # fmt: skip
def test_lines_that_a_program_broke_are_joined(lines: list[str], text: str) -> None:
    assert unwrapped(lines) == text


@pytest.mark.parametrize(
    ("above", "fields"),
    [
        (["Talks end"], {"title": "Talks end"}),
        (["World", "Talks end"], {"section": "World", "title": "Talks end"}),
        (["Talks end for now", "Ann Orr"], {"title": "Talks end for now", "byline": "Ann Orr"}),
        (["News", "Talks end", "By Ann Orr in Oslo"],
         {"section": "News", "title": "Talks end", "byline": "Ann Orr in Oslo"}),
    ],
)  # fmt: skip
def test_lines_above_a_number_of_words(above: list[str], fields: dict[str, str]) -> None:
    assert factiva._above(above) == fields


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("4 March 2024", "2024-03-04"),
        ("March 4, 2024 Monday 9:31 AM GMT", "2024-03-04"),
        ("Monday 4 March 2024", "2024-03-04"),
        ("March 2024", ""),
        ("On 4 March 2024", ""),
    ],
)
def test_lines_that_are_a_day(line: str, day: str) -> None:
    assert date_of(line) == day


def test_two_papers_of_one_name_keep_their_places() -> None:
    articles = [(1, layout.Found({"outlet": "The Herald (Leith)"}, ())),
                (2, layout.Found({"outlet": "The Herald (Wick)"}, ())),
                (3, layout.Found({"outlet": "The Times (London)"}, ()))]  # fmt: skip
    assert [fields["outlet"] for fields in layout._with_places(articles)] == [
        "The Herald (Leith)", "The Herald (Wick)", "The Times"]  # fmt: skip


def test_bylines_and_blocks() -> None:
    assert byline("by Ann Orr") == "Ann Orr"
    assert blocks(["a", "", " b "]) == "a\n\nb"
