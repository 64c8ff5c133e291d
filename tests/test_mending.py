"""Damaged text: mended where one reading is possible, told of where not, else left as it is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus import read
from helpers.readers import Unreadable, encoding
from helpers.readers.mending import mended

MakeStory = Callable[[Mapping[str, str | bytes]], Path]
PARAGRAPHS = (
    "The keeper of the mill said on Monday that the wheel would turn again before the snow came, "
    "and that whoever doubted it was welcome to bring a hammer and a lamp to the yard at six.",
    "“Nobody has come so far,” she added, “and I have stopped laying out the second hammer,” which "
    "the people in the lane below took for a complaint about their sons and about their sleep.",
    "The council has offered her a loan. She has not said what she thinks of it, nor to whom the "
    "second hammer belongs.",
)


@pytest.mark.parametrize(
    ("text", "whole", "problem"),
    [
        ("It&#39;s &ldquo;over&rdquo;, R&amp;D said.", "It's “over”, R&D said.", "HTML entities"),
        ("The tag &lt;p&gt; opens a paragraph.", None, None),
        ("AT&T; and &unknown; and Q&A", None, None),
        ("He said â€œnoâ€\x9d â€” twice.", "He said “no” — twice.", "UTF-8 that was read"),
        ("The cafÃ©s of KÃ¶ln", "The cafés of Köln", "UTF-8 that was read"),
        ("São Paulo, Ângela, À LA CARTE, Ã", None, None),
        ("in\u00adter\u00adest\u200bing", "interesting", "3 soft hyphens"),
        ("It&amp;#39;s &amp;ldquo;over&amp;rdquo;.", "It's “over”.", "HTML entities"),
        ("â\x80\x9cNoâ\x80\x9d, he said.", "“No”, he said.", "UTF-8 that was read"),
        ("\x93No\x94, he said \x96 twice.", "“No”, he said – twice.", "3 signs of Windows-1252"),
        ("‚ÄúNo‚Äù, it‚Äôs said.", "“No”, it’s said.", "UTF-8 that was read as Mac Roman"),
        (r"\u201cNo\u201d, he said.", "“No”, he said.", "letters written as"),
        ("=E2=80=9CNo=E2=80=9D, he=\n said.", "“No”, he said.", "as in mails"),
        ("the o\ufb03ce was \ufb01led", "the office was filed", "2 ligatures"),
        ("a √ of nine, ‚as it were‘, =E2=80= and \\u20", None, None),
        ("\ufeffmark at the start, \u200b and a sign alone", None, None),
        ("naïve “quotes” — and dashes", None, None),
        ("?No choice?, she said. ?I won?t go, he?s late.?", None, "4 question marks where"),
        ("Who? Where? Why now? And when? he asked.", None, None),
        ("caf\ufffd and caf\ufffd", None, "2 lost letters (U+FFFD)"),
        ("one\rtwo\rthree", "one\ntwo\nthree", None),
        ("the clos-\ning of a well-\nknown mill, well-known for its clos-\ning",
         "the closing of a well-known mill, well-known for its closing", "2 words divided"),
        ("> The mill closed.\n>\n> It was\n> old.\n> Very\n> old.",
         "The mill closed.\n\nIt was\nold.\nVery\nold.", "lines marked with >"),
        ("He wrote:\n> It was\n> old.\n> Very\n> old.\n> So.\n> Yes.\nShe agreed.\nOften.",
         None, None),
        ("A dash-\nlike sign stands at one line's end.", None, None),
        ("an out-\nrage, they said: out with her, out", None, "1 words that a line's end may"),
    ],
)  # fmt: skip
def test_damage(text: str, whole: str | None, problem: str | None) -> None:
    found, told = mended(text)
    assert found == (text if whole is None else whole)
    assert [(problem or "") in said for said, _ in told] == ([True] if problem else [])


@pytest.mark.parametrize("width", [38, 40, 45, 49, 104, 112, 120])
def test_lines_broken_at_any_column_are_joined(width: int) -> None:
    text = "\n\n".join(textwrap.fill(p, width) for p in PARAGRAPHS * 3)
    found, told = mended(text)
    assert found == "\n\n".join(PARAGRAPHS * 3)
    assert [problem for problem, _ in told] == [f"lines broken at {_longest(text)} columns"]


@pytest.mark.parametrize("width", [40, 110])
def test_a_line_that_begins_with_blanks_begins_a_paragraph(width: int) -> None:
    text = "\n".join(textwrap.fill(p, width, initial_indent="   ") for p in PARAGRAPHS * 3)
    assert mended(text)[0] == "\n\n".join(PARAGRAPHS * 3)


def _longest(text: str) -> int:
    return max(map(len, text.split("\n")))


def test_front_matter_keeps_its_lines() -> None:
    head = "---\ntitle: The mill\noutlet: Post\n---\n\n"
    body = "\n\n".join(textwrap.fill(p, 40) for p in PARAGRAPHS)
    assert mended(head + body)[0] == head + "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS),
        "\n".join(PARAGRAPHS * 4),
        "\n".join(f"- item {n} of the list" for n in range(30)),
        "Roses are red,\nviolets are blue,\n" * 12,
        "MARA: I do not know.\nLEE: Nor do I, and I was there.\nMARA: So.\n" * 5,
    ],
)
def test_lines_that_an_author_broke_stay(text: str) -> None:
    assert mended(text) == (text, [])


@given(st.text(st.characters(codec="ascii", exclude_characters="&?\r-"), max_size=200))
def test_plain_ascii_is_never_changed_but_by_its_lines(text: str) -> None:
    found, _ = mended(text)
    assert found.split() == text.split()


@given(st.text(st.characters(categories=["L", "P", "Zs"], max_codepoint=0x24F), max_size=60))
def test_what_was_misread_once_is_read_as_it_was(text: str) -> None:
    try:
        damaged = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    once, _ = mended(text)
    if once == text and "Ã" in damaged and "&" not in text:
        assert mended(damaged)[0] in {mended(text)[0], damaged.replace("\r", "\n")}


@pytest.mark.parametrize(
    ("data", "text", "action"),
    [
        (b"\xd2No,\xd3 she said. It\xd5s late.", "“No,” she said. It’s late.", "Mac Roman"),
        (b"\x93No,\x94 she said \xd2 once.", "“No,” she said Ò once.", "cp1252"),
        ("No mark, but wide letters.".encode("utf-16-le"), "No mark, but wide letters.", "UTF-16"),
        ("No mark, but wide letters.".encode("utf-16-be"), "No mark, but wide letters.", "UTF-16"),
    ],
)
def test_encodings_without_a_mark(data: bytes, text: str, action: str) -> None:
    found, (doubt,) = encoding.decode(data)
    assert found == text
    assert action in doubt.action


def test_a_binary_file_is_no_wide_text() -> None:
    with pytest.raises(Unreadable):
        encoding.decode(bytes(range(32)) * 8)


def test_a_mended_text_is_what_offsets_count_in(make_story: MakeStory) -> None:
    story = make_story({"a.txt": "It&rsquo;s â€œoverâ€\x9d.", "b.txt": "Nothing is wrong here."})
    articles, problems = read(story)
    assert articles["text"].tolist() == ["It’s “over”.", "Nothing is wrong here."]
    assert problems["file"].tolist() == ["a.txt", "a.txt"]


def test_markup_in_a_text_file_is_read_as_it_is_shown(make_story: MakeStory) -> None:
    story = make_story({"a.txt": "<p>One <b>bold</b> word.</p>\n\n<p>Two.</p>"})
    articles, problems = read(story)
    assert articles["text"].tolist() == ["One bold word.\n\nTwo."]
    assert problems["problem"].tolist() == ["marked up as HTML"]
