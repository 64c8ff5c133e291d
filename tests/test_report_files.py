"""What a report hands on: a Word file, a paragraph for a paper, and a copy without the text."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import display, schema
from helpers.findings.finding import Finding
from helpers.report import Redactor, briefing_docx, method_paragraph, page, pages
from helpers.report.redact import LONGEST
from helpers.report.shell import ASSETS

EVIL = "=HYPERLINK(1)<script>alert(1)</script>\x0b&"
TEXT = "The old bridge at Poole was shut again on Monday. Nobody told the miller why."
ARTICLES = schema.make(
    "articles",
    [{"doc_id": "a", "outlet": EVIL, "title": "Shut", "text": TEXT, "n_words": 14,
      "published": "2020-02-03"}],
)  # fmt: skip
CLAIM = Finding(
    "one", f"{EVIL} tells of it.", 1.0, 2.0, 0.0, 0.0, "counted",
    evidence=(("a", 4, 14),), numerator=1.0,
)  # fmt: skip


def _told() -> object:
    shown = [
        display.findings([CLAIM], articles=ARTICLES),
        display.table(pd.DataFrame({"what": [EVIL, TEXT]}), caption="Words"),
        display.reading("One of two."),
    ]
    outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown]
    cells = [new_markdown_cell(f"## Found {EVIL}\n\nText."), new_code_cell("x", outputs=outputs)]
    return new_notebook(cells=cells, metadata={"parallax": {"notebook": page.TOLD_BY}})


def _words(file: bytes) -> str:
    document = Document(io.BytesIO(file))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_word_file_holds_what_was_found_with_its_places() -> None:
    given_words = {"title": f"Bridge {EVIL}", "articles": ARTICLES, "method": "How it was done."}
    made = briefing_docx([_told()], **given_words)
    words = _words(made)
    for told in ("tells of it.", "old bridge", "(a, characters 4–14)", "One of two.",
                 "How it was done.", "<script>alert(1)</script>"):  # fmt: skip
        assert told in words
    assert made == briefing_docx([_told()], **given_words), "the same bytes twice"
    parts = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "<script>" not in parts
    assert "w:fldSimple" not in parts, "text is no field"
    assert "w:instrText" not in parts


def test_nothing_of_an_article_is_left_in_a_redacted_report() -> None:
    redactor = Redactor(ARTICLES["text"])
    notebook = redactor.notebook(_told())
    texts = pages([notebook], title="The bridge", articles=ARTICLES, redacted=True)
    told = " ".join(texts.values()) + _words(briefing_docx([notebook], title="x"))
    found = re.findall(r"\w+", TEXT)
    for i in range(len(found) - LONGEST):
        assert " ".join(found[i : i + LONGEST + 1]) not in told
    assert "characters 4–14, sha256:" in told
    assert "miller" not in json.dumps(notebook)
    bare = redactor.table(ARTICLES)
    assert bare["text"].str.startswith("sha256:").all()
    schema.check_table("articles", bare)


@given(st.lists(st.sampled_from("one two three four".split()), min_size=6, max_size=40))
def test_no_run_of_an_articles_words_passes(drawn: list[str]) -> None:
    text = " ".join(drawn)
    left = Redactor([text]).text(f"before {text} after")
    assert left.startswith("before [sha256:")
    assert left.endswith(" words] after")
    assert Redactor(["something else"]).text(text) == text


def test_the_paragraph_tells_this_corpus_and_the_measured_accuracy() -> None:
    words = method_paragraph(ARTICLES, {"mentions": 3, "quotes": 0}, outlets=["A", "B"])
    assert "1 article of 1 outlet, 14 words, published 2020-02-03 to 2020-02-03" in words
    assert "It found 3 mentions of an actor." in words
    assert re.search(r"quotations found .*: \d\d\.\d%", words)
    assert "permutations of the outlets' names" in words
    assert "Nothing was compared" in method_paragraph(ARTICLES, {}, outlets=["A"])
    assert method_paragraph(ARTICLES, {}, checked="By codes, all is well.").endswith("is well.")


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript runtime here")
@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("+31 20 1", "'+31 20 1"), ("@sum", "'@sum"), ("-a", "'-a"),
        ("−0.52", "-0.52"), ("1,234", "1234"), ("40%", "40%"), ("a, b", '"a, b"'),
        ('say "no"', '"say ""no"""'), ("plain", "plain"),
    ],
)  # fmt: skip
def test_cells_saved_from_the_page_are_no_formulas(cell: str, written: str, tmp_path: Path) -> None:
    script = (ASSETS / "csv.js").read_text("utf-8")
    body = re.search(r"const NUMBER.*?\n  };", script, re.DOTALL)
    assert body
    file = tmp_path / "cell.js"
    file.write_text(f"{body[0]}\nprocess.stdout.write(cell({json.dumps(cell)}));", "utf-8")
    run = subprocess.run(["node", str(file)], capture_output=True, text=True, check=True)
    assert run.stdout == written
