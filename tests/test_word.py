"""Word files: all that Word shows arrives, in its order, and nothing that it hides."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import word, word_of

from helpers.readers import Document, Doubt, Unreadable
from helpers.readers.docx import read


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def box(inner: str) -> str:
    """A text box as Word writes it: once for new programs, once more for old ones."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice>{content}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def shown(body: str, **parts: str) -> str:
    documents = [item for item in read(word_of(body, parts)) if isinstance(item, Document)]
    return "\n\n".join(document.text for document in documents)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(run("The envoy "), f"<w:smartTag>{run('left')}</w:smartTag>", run(".")),
         "The envoy left."),
        (p(run("It was "), f"<w:del><w:r><w:delText>bad</w:delText></w:r></w:del>"
           f"<w:ins>{run('good')}</w:ins>"), "It was good"),
        (p(f"<w:moveFrom>{run('late ')}</w:moveFrom>", run("It came "),
           f"<w:moveTo>{run('late')}</w:moveTo>"), "It came late"),
        (f"<w:sdt><w:sdtContent>{p(run('“No,” she said.'))}</w:sdtContent></w:sdt>",
         "“No,” she said."),
        (p(run("Costs "), f"<w:sdt><w:sdtContent>{run('$9 million')}</w:sdtContent></w:sdt>"),
         "Costs $9 million"),
        (p(f"<w:customXml>{run('tagged')}</w:customXml>",
           f"<w:hyperlink>{run(' and linked')}</w:hyperlink>",
           f"<w:fldSimple>{run(' by a field')}</w:fldSimple>"), "tagged and linked by a field"),
        (p(run("seen "), run("unseen", "<w:vanish/>"), run("seen", '<w:vanish w:val="0"/>')),
         "seen seen"),
        (p(run("A"), '<w:r><w:tab/></w:r><w:r><w:br/></w:r>', run("B"),
           '<w:r><w:br w:type="page"/><w:instrText>PAGE</w:instrText></w:r>'), "A\t\nB"),
        (p(run("Before"), box(p(run("In a box"))), run(" and after")),
         "Before and after\n\nIn a box"),
        (f"<w:tbl><w:tr><w:tc>{p(run('a'))}</w:tc><w:tc>{p(run('b'))}</w:tc></w:tr></w:tbl>",
         "a\n\nb"),
        ('<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>'
         + p(run("line")), "One line"),
        (p(), ""),
    ],
)  # fmt: skip
def test_what_word_shows_is_text(body: str, text: str) -> None:
    assert shown(body) == text


def test_styles_hide_text_and_runs_show_it_again() -> None:
    hidden = '<w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    again = run("but this", '<w:vanish w:val="false"/>')
    body = p(run("seen "), run("unseen", '<w:rStyle w:val="Gone"/>')) + p(
        '<w:pPr><w:pStyle w:val="Gone"/></w:pPr>', run("nor this"), again
    )
    assert shown(body, styles=hidden) == "seen\n\nbut this"


def test_notes_follow_in_the_order_of_their_marks() -> None:
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p(run("---"))}</w:footnote>'
        f'<w:footnote w:id="1">{p(run("first"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(run("second"))}</w:footnote>'
        f'<w:footnote w:id="3">{p(run("of nothing"))}</w:footnote>'
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(run("One"), mark.format(2), run(" and two"), mark.format(1), mark.format(-1))
    assert shown(body, footnotes=notes) == "One and two\n\nsecond\n\nfirst"


LETTERS = st.characters(categories=["L", "N"], exclude_characters="ÂÃâ√ﬀﬁﬂﬃﬄﬅﬆ")
WORDS = st.text(LETTERS, min_size=1, max_size=8)
AROUND = st.sampled_from(["", "smartTag", "ins", "moveTo", "hyperlink", "customXml", "fldSimple"])


def _inline(text: str, around: list[str]) -> str:
    made = run(text)
    for name in filter(None, around):
        made = f"<w:{name}>{made}</w:{name}>"
    return made


KINDS = (
    "{}",
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
    "box",
)
HIDDEN = st.one_of(
    st.builds(lambda w: f"<w:del><w:r><w:delText>{w}</w:delText></w:r></w:del>", WORDS),
    st.builds(lambda w: f"<w:moveFrom>{run(w)}</w:moveFrom>", WORDS),
    st.builds(lambda w: run(w, "<w:vanish/>"), WORDS),
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_all_shown_words_arrive_and_no_others(data: st.DataObject) -> None:
    """Words in any nesting of marks, in paragraphs, cells, controls, boxes; hidden ones between."""
    expected: list[str] = []
    body = ""
    for _ in range(data.draw(st.integers(1, 6))):
        runs, words = [], []
        for word_ in data.draw(st.lists(WORDS, min_size=1, max_size=6)):
            runs.append(_inline(word_, data.draw(st.lists(AROUND, max_size=3))))
            words.append(word_)
            if data.draw(st.booleans()):
                runs.append(data.draw(HIDDEN))
        paragraph = p(*runs)
        kind = data.draw(st.sampled_from(KINDS))
        body += p(box(paragraph)) if kind == "box" else kind.format(paragraph)
        expected.append("".join(words))
    assert shown(body) == "\n\n".join(expected)


def test_what_a_document_shows_beside_its_text_has_a_row() -> None:
    body = p(run("Text")) + "<w:altChunk r:id='x'/>" + p("<w:r><w:object/></w:r>")
    doubts = [item for item in read(word_of(body)) if isinstance(item, Doubt)]
    assert [d.problem for d in doubts] == [
        "holds a document inside it (altChunk), an embedded object"]  # fmt: skip


def test_the_main_part_is_where_the_file_says() -> None:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(word(["moved"]))) as made, zipfile.ZipFile(file, "w") as moved:
        moved.writestr("word/document2.xml", made.read("word/document.xml"))
        moved.writestr("_rels/.rels", '<Relationships><Relationship Type="http://schemas.openxml'
                       'formats.org/officeDocument/2006/relationships/officeDocument" '
                       'Target="/word/document2.xml"/></Relationships>')  # fmt: skip
    assert [item.text for item in read(file.getvalue()) if isinstance(item, Document)] == ["moved"]


@pytest.mark.parametrize("broken", ["type", "cut", "unclosed"])
def test_a_broken_document_is_refused(broken: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:p>&b;</w:p>'
        made.writestr("word/document.xml", bomb if broken == "type" else "<a><b></a>")
    data = file.getvalue()
    with pytest.raises(Unreadable):
        list(read(data[: len(data) // 2] if broken == "cut" else data))
